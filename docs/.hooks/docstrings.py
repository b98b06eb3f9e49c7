"""Makes Markdown of our docstrings for the reference; mkdocs.yml names it as an extension of griffe.

They are written for editors: in Google's style, with ``:meth:`` and its like for links and ``::`` before an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import griffe

_ROLE = re.compile(r":(?:attr|class|data|func|meth|mod):`~?([\w.]+)`")
_EXAMPLE = re.compile(r"^( *)(.*)::\n\n((?:\1 +\S.*\n|[ ]*\n)+)", re.MULTILINE)
# Of a constructor that takes one of these nobody but us has the arguments.
_INSIDE = {"scope", "caller", "id_"}
_MADE_BY_OTHERS = {"connectkit.resources._sync.Plan", "connectkit.simulator.core.faults.Fault"}


class Docstrings(griffe.Extension):
    """Links what docstrings point at, fences their examples, and leaves out what isn't for people."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Go through a package that has been read."""
        for thing in list(_everything(pkg)):
            if isinstance(thing, griffe.Class) and not _made_by_people(thing):
                thing.del_member("__init__")
            if isinstance(thing, griffe.Attribute) and "instance-attribute" in thing.labels:
                thing.value = None  # what a constructor made it of
            if isinstance(thing, griffe.Function):
                _spell_out_defaults(thing, pkg)
            if thing.docstring is not None:
                thing.docstring.value = _markdown(thing.docstring.value, thing, pkg)


def _everything(thing: griffe.Object) -> Iterator[griffe.Object]:
    yield thing
    for member in thing.members.values():
        if isinstance(member, griffe.Object):
            yield from _everything(member)


def _made_by_people(kind: griffe.Class) -> bool:
    made = kind.members.get("__init__")
    if not isinstance(made, griffe.Function):
        return True
    return kind.path not in _MADE_BY_OTHERS and not _INSIDE & {parameter.name for parameter in made.parameters}


def _spell_out_defaults(function: griffe.Function, package: griffe.Module) -> None:
    """Say ``10`` where the source names a constant of its own."""
    for parameter in function.parameters:
        if isinstance(parameter.default, griffe.ExprName):
            path = parameter.default.canonical_path.removeprefix(f"{package.name}.")
            try:
                named = package[path]
            except KeyError:
                continue
            named = named.final_target if isinstance(named, griffe.Alias) else named
            if isinstance(named, griffe.Attribute) and named.value is not None:
                parameter.default = named.value


def _markdown(text: str, owner: griffe.Object, package: griffe.Module) -> str:
    text = _EXAMPLE.sub(_fenced, f"{text}\n").rstrip("\n")
    return _ROLE.sub(lambda found: _link(found.group(1), owner, package), text)


def _fenced(found: re.Match[str]) -> str:
    indent, before, example = found.groups()
    language = "text" if "──" in example else "python"
    told = f"{indent}{before}:\n\n" if before else ""
    lines = [line[len(indent) + 4 :] for line in example.rstrip().splitlines()]
    body = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
    return f"{told}{indent}```{language}\n{body}{indent}```\n\n"


def _link(told: str, owner: griffe.Object, package: griffe.Module) -> str:
    found = _find(told.split("."), owner, package)
    shown = f"<code>{told}</code>"
    # What isn't on any page stays a word.
    return f'<autoref optional identifier="{found.path}">{shown}</autoref>' if found is not None else shown


def _find(names: list[str], owner: griffe.Object, package: griffe.Module) -> griffe.Object | None:
    first, *rest = names[1:] if names[0] == package.name else names
    scopes: list[griffe.Object] = [package]
    if names[0] != package.name:
        around = owner if isinstance(owner, griffe.Class) else owner.parent
        scopes = [one for one in (around, owner.module, package) if one is not None]
    for scope in scopes:
        found = _member(scope, first)
        for name in rest:
            found = _member(found, name) if found is not None else None
        if found is not None:
            return found
    return None


def _member(of: griffe.Object, name: str) -> griffe.Object | None:
    """A member of a class or a module; of a property, that of what it gives."""
    if isinstance(of, griffe.Attribute):
        given = of.annotation
        if not isinstance(given, griffe.ExprName):
            return None
        of = of.modules_collection[given.canonical_path]
    try:
        found = of.all_members[name] if isinstance(of, (griffe.Class, griffe.Module)) else None
        return found.final_target if isinstance(found, griffe.Alias) else found
    except (KeyError, griffe.AliasResolutionError):
        return None
