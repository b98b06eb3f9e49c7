"""Run each checker once over all the samples: both are slow to start."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from . import checkers
from .checkers import Diagnostic
from .lsp import LanguageServer

SAMPLES = sorted(path for path in (Path(__file__).parent / "samples").glob("*.py") if path.name != "__init__.py")
# One slip that nobody announces, and one announcement that nothing answers to.
CANARY = """\
from connectkit.models import connectcases as cases

cases.GetDomainRequest(domain="d")
cases.GetDomainRequest(domain_id="d")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
"""


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the samples out of the checkout, to where a user's code would be."""
    where = tmp_path_factory.mktemp("typed")
    for sample in SAMPLES:
        shutil.copy(sample, where)
    (where / "canary.py").write_text(CANARY)
    return where


@pytest.fixture(scope="session")
def reported(project: Path) -> Callable[[str, str], list[Diagnostic]]:
    """What a checker reports for a file of the project."""
    by_checker: dict[str, list[Diagnostic]] = {}

    def of(checker: str, file: str) -> list[Diagnostic]:
        if checker not in by_checker:
            by_checker[checker] = {"mypy": checkers.mypy, "pyright": checkers.pyright}[checker](project)
        return [one for one in by_checker[checker] if one.file == file]

    return of


@pytest.fixture(scope="session")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    where = tmp_path_factory.mktemp("edited")
    checkers.settings_for_pyright(where)
    with LanguageServer(where) as server:
        yield server
