"""The generator: its output is what is committed, and what it can't write correctly it refuses, saying why."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from codegen import __main__ as command, files, service
from codegen.description import GenerationError
from codegen.files import read_toml
from codegen.render import render
from codegen.service import read_services

MODELS = Path(__file__).parents[2] / "connectkit" / "models"


@pytest.fixture(scope="module")
def wanted() -> dict[Path, str]:
    return command.everything()


def test_the_committed_models_are_what_the_generator_makes(
    wanted: dict[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.check(wanted) == 0, capsys.readouterr().err


def test_drift_is_named(wanted: dict[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    changed = next(path for path in wanted if path.name == "cases.py")
    missing = changed.with_name("not_there.py")
    assert command.check({**wanted, changed: wanted[changed] + "x = 1\n", missing: ""}) == 1
    told = capsys.readouterr().err
    assert "connectcases/cases.py differs" in told
    assert "connectcases/not_there.py is missing" in told
    assert "python -m codegen" in told


def test_a_file_too_many_is_drift(wanted: dict[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    fewer = {path: text for path, text in wanted.items() if path.name != "cases.py"}
    assert command.check(fewer) == 1
    assert "connectcases/cases.py shouldn't be there" in capsys.readouterr().err


def test_a_botocore_release_that_changes_no_shape_is_no_drift(wanted: dict[Path, str]) -> None:
    versions = MODELS / "_versions.py"
    assert (
        command.check(
            {**wanted, versions: wanted[versions].replace(f'FROM = "{service.BOTOCORE_VERSION}', 'FROM = "9.9.9')}
        )
        == 0
    )


def test_every_operation_of_connectcases_is_modelled() -> None:
    cases = next(one for one in read_services() if one.name == "connectcases")
    session: Any = botocore.session.get_session()
    assert set(cases.operations) == set(session.get_service_model("connectcases").operation_names)


def test_writing_is_repeatable() -> None:
    assert [render(one) for one in read_services()] == [render(one) for one in read_services()]


def test_no_generated_module_is_long(wanted: dict[Path, str]) -> None:
    lengths = {path.name: text.count("\n") for path, text in wanted.items() if path.name != "__init__.py"}
    assert max(lengths.values()) < 600, lengths


Change = Callable[[dict[str, Any]], object]


def _with_docs(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    def read(path: Path) -> dict[str, Any]:
        data = copy.deepcopy(read_toml(path))
        if path.parent.name == "docs" and path.stem == "connectcases":
            change(data)
        return data

    monkeypatch.setattr(files, "read_toml", read)


def test_a_missing_sentence_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_docs(monkeypatch, lambda docs: docs["operations"].pop("GetCase"))
    with pytest.raises(GenerationError, match=r"docs/connectcases.toml has no text for operations.GetCase"):
        read_services()


def test_a_stale_sentence_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_docs(monkeypatch, lambda docs: docs["shapes"].update(Gone="What is no more."))
    with pytest.raises(GenerationError, match=r"shapes\.Gone"):
        read_services()


def test_an_operation_that_botocore_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path) -> dict[str, Any]:
        data = copy.deepcopy(read_toml(path))
        if path.name == "operations.toml":
            data["connect"]["modules"]["views"].append("InventView")
        return data

    monkeypatch.setattr(files, "read_toml", read)
    with pytest.raises(GenerationError, match=r"has no connect\.InventView"):
        read_services()
