"""mypy and pyright see in the samples what they should: the types of answers, and every slip."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from . import checkers
from .checkers import Diagnostic
from .conftest import SAMPLES

Reported = Callable[[str, str], list[Diagnostic]]
both = pytest.mark.parametrize("checker", ["mypy", "pyright"])

WITHOUT_STUBS = """\
from connectkit import ConnectKit
from connectkit.models import connectcases as cases

kit = ConnectKit(region_name="us-east-1")
reply = kit.send(cases.GetDomainRequest(domain_id="d"))
print(reply.name)
for field in kit.paginate(cases.ListFieldsRequest(domain_id="d")):
    print(field.name)
print(reply.nam)
"""
INSTALLED = (
    "connectkit",
    "annotated_types",
    "boto3",
    "botocore",
    "pydantic",
    "pydantic_core",
    "tenacity",
    "typing_extensions",
    "typing_inspection",
)


@both
@pytest.mark.parametrize("sample", [path.name for path in SAMPLES])
def test_sample_has_exactly_the_errors_that_its_comments_announce(
    checker: str, sample: str, reported: Reported
) -> None:
    found = reported(checker, sample)
    assert not found, "\n" + "\n".join(f"{one.file}:{one.line}: {one.rule}: {one.message}" for one in found)


@both
def test_neither_a_new_error_nor_a_missing_one_stays_unnoticed(checker: str, reported: Reported) -> None:
    found = reported(checker, "canary.py")
    slip, unneeded = {
        "mypy": ("call-arg", "unused-ignore"),
        "pyright": ("reportCallIssue", "reportUnnecessaryTypeIgnoreComment"),
    }[checker]
    assert {(one.line, one.rule) for one in found} == {(3, slip), (4, unneeded)}
    assert any('"domain"' in one.message for one in found)


@both
def test_models_and_answers_are_typed_without_the_types_extra(checker: str, tmp_path: Path) -> None:
    """Whoever installs no boto3 stubs loses the types of the raw clients only."""
    site = checkers.only(INSTALLED, tmp_path / "site")
    project = tmp_path / "project"
    project.mkdir()
    (project / "app.py").write_text(WITHOUT_STUBS)
    # The interpreter below this environment: it has none of what is installed here.
    python: str = getattr(sys, "_base_executable", sys.executable)
    check = {"mypy": checkers.mypy, "pyright": checkers.pyright}[checker]
    found = check(project, python=python, paths=(site,))
    assert {one.line for one in found} == {9}, found
    assert found[0].rule in ("attr-defined", "reportAttributeAccessIssue")
