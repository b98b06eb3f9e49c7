"""What connectkit offers in public, read from its source: modules, the names in their ``__all__``, their members."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias, cast

import griffe

from .checkers import ROOT

PACKAGE = "connectkit"
MODELS = ("connectkit.models.connect", "connectkit.models.connectcases")
"""The modules that are generated."""
BY_HAND = (
    "connectkit",
    "connectkit.events",
    "connectkit.filters",
    "connectkit.models",
    "connectkit.pytest_plugin",
    "connectkit.simulator",
    "connectkit.simulator.moto",
    "connectkit.simulator.server",
    "connectkit.simulator.wsgi",
    "connectkit.task_definitions",
    "connectkit.values",
)
"""The modules that people import names from; the others are where those have their homes."""
# Made by these alone, so that what they are made from is nobody's business; so is what takes a scope or a caller.
_MADE_BY = {"connectkit.Plan": "sync()", "connectkit.simulator.Fault": "Simulator.fail()"}
_INSIDE = {"scope", "caller"}
# Not ours: they come with dataclasses and with pydantic.
_EVERYBODY_HAS = {"__setattr__", "__delattr__", "__post_init__"}

Named: TypeAlias = "griffe.Module | griffe.Class | griffe.Function | griffe.Attribute | griffe.TypeAlias"


@cache
def package() -> griffe.Module:
    """The package, as its source has it."""
    loaded = griffe.load(PACKAGE, search_paths=[str(ROOT)], resolve_aliases=True)
    assert isinstance(loaded, griffe.Module)
    return loaded


def find(path: str) -> griffe.Object | None:
    """What a dotted path of the package leads to at last; ``None`` for what isn't ours."""
    if path == PACKAGE:
        return package()
    if not path.startswith(f"{PACKAGE}."):
        return None
    try:
        found = package()[path.removeprefix(f"{PACKAGE}.")]
        return found.final_target if isinstance(found, griffe.Alias) else cast("griffe.Object", found)
    except (KeyError, griffe.AliasResolutionError):
        return None


@cache
def exported(module: str) -> dict[str, griffe.Object | None]:
    """The names of a module's ``__all__``; ``None`` for what another package defines."""
    found = find(module)
    assert found is not None, module
    assert found.exports, module
    return {str(name): find(f"{module}.{name}") for name in found.exports}


def public(modules: tuple[str, ...] = BY_HAND) -> dict[str, griffe.Object]:
    """Everything that modules offer, by the path that it is imported by."""
    return {f"{module}.{name}": thing for module in modules for name, thing in exported(module).items() if thing}


def members(path: str, thing: griffe.Object) -> Iterator[tuple[str, griffe.Object]]:
    """What a class has for everyone, inherited members of ours included, by name."""
    if not isinstance(thing, griffe.Class):
        return
    for name, member in thing.all_members.items():
        found = find(member.canonical_path) if isinstance(member, griffe.Alias) else member
        hidden = name.startswith("_") and not (name.startswith("__") and name.endswith("__"))
        if found is None or hidden or name in _EVERYBODY_HAS:
            continue
        if name == "__init__" and isinstance(found, griffe.Function):
            taken = {parameter.name for parameter in found.parameters}
            if path in _MADE_BY or taken & _INSIDE:
                continue
        yield name, found


def mentioned(thing: griffe.Object) -> Iterator[griffe.Object]:
    """What of ours the annotations of a function, an attribute or an alias name."""
    for annotation in _annotations(thing):
        for path in _names(annotation, thing):
            found = find(path)
            if found is not None and not _is_variable(found):
                yield found


def _annotations(thing: griffe.Object) -> Iterator[griffe.Expr | str]:
    found: list[griffe.Expr | str | None] = []
    if isinstance(thing, griffe.Function):
        found += [thing.returns, *(parameter.annotation for parameter in thing.parameters)]
    elif isinstance(thing, griffe.Attribute):
        found.append(thing.annotation)
        if "TypeAlias" in str(thing.annotation):
            found.append(thing.value)
    yield from (annotation for annotation in found if annotation is not None)


def _names(annotation: griffe.Expr | str, owner: griffe.Object) -> Iterator[str]:
    if isinstance(annotation, griffe.Expr):
        yield from (name.canonical_path for name in annotation.iterate(flat=True) if isinstance(name, griffe.ExprName))
        return
    # A text: an alias that stands for what is imported for type checkers only.
    tree = ast.parse(ast.literal_eval(annotation) if annotation[:1] in "'\"" else annotation, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            try:
                yield owner.resolve(node.id)
            except griffe.NameResolutionError:
                continue  # a built-in one


def _is_variable(thing: griffe.Object) -> bool:
    made = str(thing.value) if isinstance(thing, griffe.Attribute) else ""
    return made.startswith(("TypeVar(", "ParamSpec("))
