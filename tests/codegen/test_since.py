"""Since when there is what: the search asks about few releases, and its file has what it found."""

from __future__ import annotations

import gzip
import json
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest

from codegen.files import OPERATIONS, SINCE, read_toml
from codegen.since import __main__ as command, releases
from codegen.since.releases import Wheels, as_boto3
from codegen.since.search import first_seen
from codegen.since.surface import Name, surface

if TYPE_CHECKING:
    from pathlib import Path

MODEL: Any = {
    "operations": {
        "Search": {"input": {"shape": "SearchRequest"}},
        "Ping": {},
        "Other": {"input": {"shape": "OtherRequest"}},
    },
    "shapes": {
        "SearchRequest": {"members": {"filter": {"shape": "Filter"}, "tags": {"shape": "Tags"}}},
        "Filter": {"members": {"all": {"shape": "Filters"}, "text": {"shape": "Text"}}},
        "Filters": {"member": {"shape": "Filter"}},
        "Tags": {"key": {"shape": "Text"}, "value": {"shape": "Tag"}},
        "Tag": {"members": {"value": {"shape": "Text"}}},
        "Text": {},
        "OtherRequest": {"members": {"id": {"shape": "Text"}}},
    },
}


def names(kind: str, *those: str) -> set[Name]:
    return {Name("cases", kind, name) for name in those}


def test_a_release_has_operations_and_what_their_requests_lead_to() -> None:
    found = surface("cases", MODEL, ["Search", "Ping", "NotYet"])
    members = ("SearchRequest.filter", "SearchRequest.tags", "Filter.all", "Filter.text", "Tag.value")
    assert found == names("operations", "Search", "Ping") | names("members", *members)


@pytest.mark.parametrize("likely", [[], ["1.0.30", "1.0.71"], ["1.0.1", "1.0.99", "9.9.9"]])
def test_each_name_is_found_in_few_questions(likely: list[str]) -> None:
    versions = [f"1.0.{number}" for number in range(100)]
    came = {"A": 30, "B": 30, "C": 71, "D": 99, "E": 1, "Always": 0}
    asked: list[str] = []

    def surface_of(version: str) -> frozenset[Name]:
        asked.append(version)
        number = int(version.rpartition(".")[2])
        return frozenset(names("operations", *(name for name, since in came.items() if since <= number)))

    found = first_seen(versions, surface_of, likely={"cases": likely})
    assert {name.name: version for name, version in found.items()} == {
        name: versions[since] for name, since in came.items() if since
    }
    assert len(asked) == len(set(asked)) <= 24


@pytest.mark.parametrize(
    ("botocore_version", "boto3_version"), [("1.41.6", "1.42.0"), ("1.42.1", "1.42.1"), ("1.9.0", "1.10.0")]
)
def test_a_release_of_botocore_goes_with_the_next_one_of_boto3(botocore_version: str, boto3_version: str) -> None:
    assert as_boto3(botocore_version, ["1.10.0", "1.41.5", "1.42.0", "1.42.1"]) == boto3_version


def test_a_botocore_without_a_boto3_is_an_error() -> None:
    with pytest.raises(RuntimeError, match=r"no boto3 release goes with botocore 1\.42\.2 yet"):
        as_boto3("1.42.2", ["1.42.1"])


def test_models_are_taken_out_of_a_wheel_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads: list[str] = []

    def pip(*arguments: str) -> str:
        downloads.append(arguments[-1])
        with zipfile.ZipFile(f"{arguments[arguments.index('--dest') + 1]}/botocore.whl", "w") as wheel:
            wheel.writestr("botocore/data/cases/2022-10-03/service-2.json", json.dumps(MODEL))
            packed = gzip.compress(json.dumps({"operations": {"View": {}}, "shapes": {}}).encode())
            wheel.writestr("botocore/data/views/2017-08-08/service-2.json.gz", packed)
            wheel.writestr("botocore/data/others/2017-08-08/service-2.json", "no JSON")
        return ""

    monkeypatch.setattr(releases, "_pip", pip)
    wheels = Wheels(tmp_path, {"cases": ["Ping"], "views": ["View"], "later": ["Sooner"]})
    for _ in range(2):
        assert wheels.surface("1.2.3") == names("operations", "Ping") | {Name("views", "operations", "View")}
    assert downloads == ["botocore==1.2.3"]
    assert [path.name for path in tmp_path.iterdir()] == ["1.2.3"]


def test_a_download_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(*_: str) -> str:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(releases, "_pip", pip)
    with pytest.raises(subprocess.CalledProcessError):
        Wheels(tmp_path, {"cases": ["Ping"]}).surface("1.2.3")
    assert list(tmp_path.iterdir()) == []


def test_the_file_that_is_written_can_be_read(tmp_path: Path) -> None:
    found = {Name("cases", "operations", "Ping"): "1.42.0", Name("cases", "members", "Tag.value"): "1.42.1"}
    path = tmp_path / "since.toml"
    path.write_text(command.render(found, services=["cases"], oldest="1.34.0", newest="1.42.1"), encoding="utf-8")
    assert read_toml(path) == {"cases": {"operations": {"Ping": "1.42.0"}, "members": {"Tag.value": "1.42.1"}}}


def test_what_is_dated_is_modelled() -> None:
    loader: Any = botocore.session.get_session().get_component("data_loader")
    tables = read_toml(OPERATIONS)
    for service, dated in read_toml(SINCE).items():
        operations = [name for group in tables[service]["modules"].values() for name in group]
        there = surface(service, loader.load_service_model(service, "service-2"), operations)
        assert {Name(service, kind, name) for kind, names in dated.items() for name in names} <= there
