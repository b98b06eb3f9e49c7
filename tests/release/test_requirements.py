"""Versions stand in one place, and the floors of pyproject.toml are what `make test-floor` and `make test-moto` try."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from connectkit import __version__

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]


def pins(name: str) -> dict[str, set[str]]:
    """The versions that a file of requirements/ has for each distribution."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            ((operator, version),) = ((one.operator, one.version) for one in requirement.specifier)
            assert operator == "==", line
            found.setdefault(requirement.name, set()).add(version)
    return found


def floor(line: str) -> tuple[str, Version]:
    """The distribution that a requirement names, and the oldest version of it: there is always one."""
    requirement = Requirement(line)
    (version,) = (one.version for one in requirement.specifier if one.operator == ">=")
    return requirement.name, Version(version)


@pytest.mark.parametrize("line", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["yaml"]])
def test_floors_are_tried(line: str) -> None:
    name, oldest = floor(line)
    assert {Version(version) for version in pins("floor")[name]} == {oldest}


def test_the_floor_of_moto_is_tried() -> None:
    (line,) = PROJECT["optional-dependencies"]["moto"]
    found = re.search(r"^MOTO_VERSIONS := (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    assert Version(found[1]) == floor(line)[1]


def test_every_extra_has_floors() -> None:
    for lines in PROJECT["optional-dependencies"].values():
        for line in lines:
            floor(line)


def test_everyone_works_with_what_is_pinned_and_allowed() -> None:
    pinned = pins("dev")
    assert {Requirement(line).name for line in PYPROJECT["dependency-groups"]["dev"]} <= set(pinned)
    for line in PROJECT["dependencies"]:
        requirement = Requirement(line)
        assert all(requirement.specifier.contains(version) for version in pinned[requirement.name]), line


def test_the_backend_that_releases_are_built_with_is_allowed() -> None:
    (line,) = PYPROJECT["build-system"]["requires"]
    backend = Requirement(line)
    (version,) = pins("release")[backend.name]
    assert backend.specifier.contains(version)


def test_nothing_but_the_package_and_the_changelog_says_which_version_this_is() -> None:
    assert "version" not in PROJECT
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "connectkit/__init__.py"
    for path in [ROOT / "README.md", ROOT / "mkdocs.yml", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(rf"(connectkit|version)\W{{1,3}}v?{re.escape(__version__)}\b", text, re.IGNORECASE), path
