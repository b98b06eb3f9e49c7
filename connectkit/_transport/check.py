"""Check a request against the *installed* botocore model, before the network.

Limits and enum values move with every boto3 release, so none of them is in our generated models. This takes the place
of botocore's own check, which knows no maximum and no enum, and finds all faults at once.
"""

from __future__ import annotations

import keyword
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

from botocore import __version__ as botocore_version, xform_name

from ..errors import Fault
from ..models._versions import GENERATED_FROM, SINCE

__all__ = ["Checker", "came_with"]

Path = tuple[str | int, ...]
Report = Callable[[Path, str], None]
Check = Callable[[Any, Path, Report], None]


class Checker:
    """Checks for the operations of one service model. Checks are put together when an operation is first used."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._by_shape: dict[str, Check] = {}

    def for_input(self, shape: Any) -> Callable[[Mapping[str, Any]], list[Fault]]:
        """A function that lists what is wrong with the parameters of one operation, whose input is ``shape``."""
        check = self._structure(shape)

        def faults(parameters: Mapping[str, Any]) -> list[Fault]:
            found: list[Fault] = []
            check(parameters, (), lambda path, problem: found.append(Fault(_written(path), problem)))
            return found

        return faults

    # Each of these puts together the check of one kind of shape.

    def _for(self, shape: Any) -> Check:
        kind: str = shape.type_name
        make = {"structure": self._structure, "list": self._list, "map": self._map, "string": self._string}.get(kind)
        if make is None:
            return self._timestamp if kind == "timestamp" else self._number(shape)
        key = f"{kind}:{shape.name}"
        check = self._by_shape.get(key)
        if check is None:
            # A shape may hold itself: what finds it on the way down looks it up when it runs.
            self._by_shape[key] = self._later(key)
            self._by_shape[key] = check = make(shape)
        return check

    def _later(self, key: str) -> Check:
        def check(value: Any, path: Path, report: Report) -> None:
            self._by_shape[key](value, path, report)

        return check

    def _structure(self, shape: Any) -> Check:
        name: str = shape.name
        members: dict[str, Check] = {wire: self._for(member) for wire, member in shape.members.items()}
        required: list[str] = list(shape.required_members)
        in_uri = [
            wire
            for wire, member in shape.members.items()
            if member.serialization.get("location") == "uri" and not member.metadata.get("min")
        ]
        union = bool(getattr(shape, "is_tagged_union", False))

        def check(value: Any, path: Path, report: Report) -> None:
            if not isinstance(value, dict):
                return report(path, _expected("an object", value))
            given = cast("dict[str, Any]", value)
            for wire in required:
                if wire not in given:
                    report((*path, wire), "is required, and missing")
            for wire in in_uri:
                if given.get(wire) == "":
                    report((*path, wire), "is part of the URL, and can't be empty")
            if union and len(given) != 1:
                report(path, _choice(members, given))
            for wire, held in given.items():
                known = members.get(wire)
                if known is not None:
                    known(held, (*path, wire), report)
                else:
                    self._unknown(name, wire, members, path, report)
            return None

        return check

    def _list(self, shape: Any) -> Check:
        item = self._for(shape.member)
        size = _bounds(shape, "item")

        def check(value: Any, path: Path, report: Report) -> None:
            if not isinstance(value, (list, tuple)):
                return report(path, _expected("a list", value))
            items = cast("list[Any]", value)
            size(len(items), path, report)
            for index, held in enumerate(items):
                item(held, (*path, index), report)
            return None

        return check

    def _map(self, shape: Any) -> Check:
        key_check, value_check = self._for(shape.key), self._for(shape.value)
        size = _bounds(shape, "entry", "entries")

        def check(value: Any, path: Path, report: Report) -> None:
            if not isinstance(value, dict):
                return report(path, _expected("a mapping", value))
            entries = cast("dict[str, Any]", value)
            size(len(entries), path, report)
            for key, held in entries.items():
                at = (*path, f"[{key!r}]")
                key_check(key, at, report)
                value_check(held, at, report)
            return None

        return check

    def _string(self, shape: Any) -> Check:
        length = _bounds(shape, "character")
        allowed: list[str] = list(shape.enum)

        def check(value: Any, path: Path, report: Report) -> None:
            if not isinstance(value, str):
                return report(path, _expected("a string", value))
            length(len(value), path, report)
            if allowed and value not in allowed:
                report(path, _not_allowed(value, allowed))
            return None

        return check

    def _number(self, shape: Any) -> Check:
        kind: str = shape.type_name
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        called, types = {
            "boolean": ("True or False", (bool,)),
            "double": ("a number", (int, float)),
            "float": ("a number", (int, float)),
        }.get(kind, ("a whole number", (int,)))

        def check(value: Any, path: Path, report: Report) -> None:
            if not isinstance(value, types) or (kind != "boolean" and isinstance(value, bool)):
                return report(path, _expected(called, value))
            if isinstance(value, float) and not math.isfinite(value):
                return report(path, f"is {value}, which JSON has no way to write")
            if least is not None and value < least:
                report(path, f"is {value}; {least} is the least")
            if most is not None and value > most:
                report(path, f"is {value}; {most} is the most")
            return None

        return check

    def _timestamp(self, value: Any, path: Path, report: Report) -> None:
        if not isinstance(value, datetime):
            report(path, _expected("a datetime", value))

    def _unknown(self, shape: str, wire: str, members: Mapping[str, Check], path: Path, report: Report) -> None:
        since = SINCE.get(self._service, {}).get(f"{shape}.{wire}")
        if since is not None:
            return report((*path, wire), came_with(since))
        near = _nearest(wire, members)
        meant = f"; did you mean {_python(near)}?" if near else ""
        # Its name as it was given: turned into an attribute's it could read like a right one.
        return report((*path, f"[{wire!r}]"), f"is not a member of {shape} in botocore {botocore_version}{meant}")


def came_with(since: str | None) -> str:
    """Why the installed boto3 can't do something, and which one can."""
    needed = f"boto3 {since}" if since else f"boto3 {GENERATED_FROM}"
    return f"the installed botocore {botocore_version} doesn't know it; it needs {needed} or newer"


def _bounds(shape: Any, unit: str, units: str | None = None) -> Callable[[int, Path, Report], None]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    units = units or f"{unit}s"

    def check(count: int, path: Path, report: Report) -> None:
        if least is not None and count < least:
            report(path, f"has {_counted(count, unit, units)}; {least} is the least")
        if most is not None and count > most:
            report(path, f"has {_counted(count, unit, units)}; {most} is the most")

    return check


def _counted(count: int, unit: str, units: str) -> str:
    return f"{count} {unit if count == 1 else units}"


def _expected(wanted: str, value: object) -> str:
    return f"must be {wanted}, not {'None' if value is None else type(value).__name__}"


def _choice(members: Mapping[str, Check], given: Mapping[str, Any]) -> str:
    are = "none is" if not given else f"{', '.join(_python(wire) for wire in given)} are"
    return f"exactly one of {', '.join(_python(wire) for wire in members)} must be set; {are}"


def _not_allowed(value: str, allowed: list[str]) -> str:
    near = _nearest(value, allowed)
    meant = f"; did you mean {near!r}?" if near else ""
    told = value if len(value) <= 40 else f"{value[:40]}…"  # noqa: PLR2004 - enough to recognize it
    return f"{told!r} is none of {', '.join(map(repr, allowed))}{meant}"


def _nearest(given: str, names: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # only a faulty request needs it

    return next(iter(get_close_matches(given, names, n=1, cutoff=0.5)), None)


@cache
def _python(wire: str) -> str:
    """The attribute that the models give to a wire name."""
    name: str = xform_name(wire)
    return f"{name}_" if keyword.iskeyword(name) else name


def _written(path: Path) -> str:
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.startswith("["):
            text += step
        else:
            text += f".{_python(step)}" if text else _python(step)
    return text
