"""Every public name is on one page of the reference, with all that it has for everyone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import griffe
import pytest

from ..typing.surface import BY_HAND, MODELS, find, members, mentioned, public

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
_DIRECTIVE = re.compile(
    r"^::: (?P<path>\S+)\n(?: +options: \{(?:inherited_members: (?P<inherited>true|\[.*?\]))?.*\}\n)?", re.MULTILINE
)
# What pytest calls, and what pydantic is told.
_NOT_FOR_PEOPLE = {"connectkit.pytest_plugin.pytest_configure", "model_config"}


class Entry(NamedTuple):
    """What a page says of one name."""

    page: str
    path: str
    inherited: frozenset[str]
    """What it has of its bases and is told here; ``true`` for all of that."""

    def tells(self, thing: griffe.Class, name: str) -> bool:
        """Whether the page says what the member ``name`` of the class is."""
        if name in thing.members:
            return True
        return name in thing.all_members and bool(self.inherited & {"true", name})


def entries() -> list[Entry]:
    return [
        Entry(page.name, found.group("path"), frozenset(re.findall(r"\w+", found.group("inherited") or "")))
        for page in sorted(REFERENCE.glob("*.md"))
        if not page.name.startswith("models-")
        for found in _DIRECTIVE.finditer(page.read_text(encoding="utf-8"))
    ]


def by_home() -> dict[str, Entry]:
    homes: dict[str, Entry] = {}
    for entry in entries():
        found = find(entry.path)
        assert found is not None, f"{entry.page}: there is no {entry.path}"
        assert found.path not in homes, f"{entry.path} is on {homes[found.path].page} and on {entry.page}"
        homes[found.path] = entry
    return homes


def test_every_public_name_has_its_place() -> None:
    homes = by_home()
    missing = {path for path, thing in public().items() if thing.path not in homes} - _NOT_FOR_PEOPLE
    assert missing == {"connectkit.__version__"}


def test_nothing_else_has_and_it_is_called_as_it_is_imported() -> None:
    paths = set(public())
    top = {thing.path for thing in public(("connectkit",)).values()}
    for entry in entries():
        assert entry.path in paths, f"{entry.page}: {entry.path} is not public"
        found = find(entry.path)
        assert found is not None
        # Where two modules offer it, the shorter way is the one to learn.
        assert (found.path in top) == (entry.path.count(".") == 1), entry


@pytest.mark.parametrize("module", [module for module in BY_HAND if module != "connectkit.simulator.moto"])
def test_everything_that_a_class_has_is_told_there_or_of_a_base_on_a_page(module: str) -> None:
    homes = by_home()
    untold: list[str] = []
    for path, thing in public((module,)).items():
        if not isinstance(thing, griffe.Class):
            continue
        lineage = [one for one in (thing, *thing.mro()) if one.path in homes]
        for name, _ in members(path, thing):
            told = any(homes[one.path].tells(one, name) for one in lineage)
            if not told and not name.startswith("__") and name not in _NOT_FOR_PEOPLE:
                untold.append(f"{path}.{name}")
    assert not untold, "\n" + "\n".join(untold)


@pytest.mark.parametrize("service", MODELS)
def test_every_model_is_told_with_its_module(service: str) -> None:
    text = (REFERENCE / f"models-{service.rpartition('.')[2]}.md").read_text(encoding="utf-8")
    told = [found.group("path") for found in _DIRECTIVE.finditer(text)]
    assert len(set(told)) == len(told)
    assert set(told) == {thing.path.rpartition(".")[0] for thing in public((service,)).values()}


@pytest.mark.parametrize("service", MODELS)
def test_every_model_is_part_of_an_operation_on_the_list(service: str) -> None:
    """What the page of operations names leads, attribute by attribute, to all the rest."""
    text = (REFERENCE / "operations.md").read_text(encoding="utf-8")
    models = public((service,))
    reached = {name for name in models if f"`{name.rpartition('.')[2]}`" in text}
    homes = {thing.path: name for name, thing in models.items()}
    new = set(reached)
    while new:
        things = [part for name in new for part in (models[name], *dict(members(name, models[name])).values())]
        new = {homes[one.path] for thing in things for one in mentioned(thing) if one.path in homes} - reached
        reached |= new
    assert models.keys() == reached
