"""Readers: for each shape of the model the function that checks and converts a value from the wire.

A shape gets its reader once. Where a value is, is kept as a chain and spelt out only for a fault, so that a
request without one costs little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, cast

from connectkit.simulator.core.model import Shape
from connectkit.simulator.core.timestamps import parse_epoch, parse_iso

__all__ = ["Faults", "Reader", "Where", "reader"]

# Inferred: the services must stop somewhere, and Python's own stack does at about ten times this depth.
_DEEPEST = 64
_MOST_FAULTS = 50
_INTEGER_BITS = {"integer": 31, "long": 63}
_ABSENT: Final = object()
_JSON_NAMES: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    datetime: "a timestamp",
}

Where = tuple[int, Any, "str | int"]
"""How deep a value is, the ``Where`` of what it is in (or None), and its name or its index in there."""


class Faults:
    """Everything that is wrong with a request, each with its path."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, where: Where, problem: str) -> Any:
        """Note what is wrong with a value, and give what stands in for it."""
        if len(self.found) < _MOST_FAULTS:
            self.found.append(f"{_path(where)} {problem}")
        return _ABSENT

    def wrong_type(self, where: Where, wanted: str, value: object) -> Any:
        """Note that a value is not of the type that is wanted."""
        return self.add(where, f"must be {wanted}, not {_JSON_NAMES.get(type(value), 'text')}")

    def require(self, shape: Shape, found: Mapping[str, Any], where: Where | None = None) -> None:
        """Note every required member of a structure that was not found."""
        for name in sorted(shape.required - found.keys()):
            self.add((0, where, name), "is required")


def _path(where: Where) -> str:
    _, parent, name = where
    before = "" if parent is None else _path(parent)
    if isinstance(name, int):
        return f"{before}[{name}]"
    return f"{before}.{name}" if before else name


Reader = Callable[[Any, Where, Faults], Any]
"""Takes a value, where it is, and the faults to add to; gives the value as handlers have it."""


@cache
def reader(shape: Shape) -> Reader:
    """Give the reader of a shape."""
    return _MAKERS[shape.kind](shape)


def _structure(shape: Shape) -> Reader:
    members: dict[str, tuple[str, Reader]] | None = None
    required, union = shape.required, shape.union

    def read(value: Any, where: Where, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return faults.wrong_type(where, "an object", value)
        nonlocal members
        if members is None:
            # Only now, because a structure may contain itself.
            members = {member.wire_name: (name, reader(member.shape)) for name, member in shape.members.items()}
        depth = where[0] + 1
        if depth > _DEEPEST:
            return faults.add(where, f"is nested deeper than {_DEEPEST} levels")
        found: dict[str, Any] = {}
        for wire_name, item in cast("dict[str, Any]", value).items():
            if item is not None and (member := members.get(wire_name)) is not None:
                name, read_member = member
                found[name] = read_member(item, (depth, where, name), faults)
        if required and not required <= found.keys():
            faults.require(shape, found, where)
        if union and len(found) != 1:
            choices = ", ".join(shape.members)
            faults.add(where, f"must have exactly one of {choices}; it has {', '.join(found) or 'none'}")
        return found

    return read


def _list(shape: Shape) -> Reader:
    read_element = reader(cast("Shape", shape.element))
    check_size = _range_check(shape, "element")

    def read(value: Any, where: Where, faults: Faults) -> Any:
        if not isinstance(value, list):
            return faults.wrong_type(where, "a list", value)
        items = cast("Sequence[Any]", value)
        check_size(len(items), where, faults)
        depth = where[0] + 1
        decoded: list[Any] = []
        for index, item in enumerate(items):
            if item is not None:
                decoded.append(read_element(item, (depth, where, index), faults))
            elif shape.sparse:
                decoded.append(None)
            else:
                faults.add((depth, where, index), "must not be null")
        return decoded

    return read


def _map(shape: Shape) -> Reader:
    read_key, read_element = reader(cast("Shape", shape.key)), reader(cast("Shape", shape.element))
    check_size = _range_check(shape, "entry", plural="entries")

    def read(value: Any, where: Where, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return faults.wrong_type(where, "an object", value)
        entries = cast("dict[str, Any]", value)
        check_size(len(entries), where, faults)
        depth = where[0] + 1
        decoded: dict[str, Any] = {}
        for key, item in entries.items():
            read_key(key, (depth, None, f"{_path(where)} key {key[:40]!r}"), faults)
            if item is not None:
                decoded[key] = read_element(item, (depth, where, key), faults)
        return decoded

    return read


def _string(shape: Shape) -> Reader:
    enum = shape.enum
    check_length = _range_check(shape, "character")

    def read(value: Any, where: Where, faults: Faults) -> Any:
        if not isinstance(value, str):
            return faults.wrong_type(where, "a string", value)
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                # JSON can spell half of a surrogate pair, which is not text in any encoding.
                return faults.add(where, "must be valid Unicode text")
        check_length(len(value), where, faults)
        if enum is not None and value not in enum:
            faults.add(where, f"must be one of {', '.join(sorted(enum))}")
        return value

    return read


def _boolean(_: Shape) -> Reader:
    def read(value: Any, where: Where, faults: Faults) -> Any:
        return value if isinstance(value, bool) else faults.wrong_type(where, "a boolean", value)

    return read


def _integer(shape: Shape) -> Reader:
    limit = 1 << _INTEGER_BITS[shape.kind]
    check_range = _range_check(shape)

    def read(value: Any, where: Where, faults: Faults) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return faults.wrong_type(where, "a whole number", value)
        if not -limit <= value < limit:
            return faults.add(where, f"must be at least {-limit} and at most {limit - 1}")
        check_range(value, where, faults)
        return value

    return read


def _double(shape: Shape) -> Reader:
    check_range = _range_check(shape)

    def read(value: Any, where: Where, faults: Faults) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return faults.wrong_type(where, "a number", value)
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            return faults.add(where, f"is too large for a {shape.kind}")
        check_range(number, where, faults)
        return number

    return read


def _timestamp(shape: Shape) -> Reader:
    iso = shape.timestamp_format == "iso8601"
    wanted = "an ISO-8601 date and time" if iso else "a number of seconds since 1970"

    def read(value: Any, where: Where, faults: Faults) -> Any:
        try:
            if iso and isinstance(value, str):
                return parse_iso(value)
            if not iso and isinstance(value, (int, float)) and not isinstance(value, bool):
                return parse_epoch(value)
        except ValueError as error:
            return faults.add(where, f"is {error}")
        return faults.wrong_type(where, wanted, value)

    return read


def _range_check(shape: Shape, unit: str = "", *, plural: str = "") -> Callable[[float, Where, Faults], None]:
    """Make the check of a length, size or number against the model's bounds; a bare number has no ``unit``."""
    least = -math.inf if shape.minimum is None else shape.minimum
    most = math.inf if shape.maximum is None else shape.maximum
    verb = "have" if unit else "be"

    def check(size: float, where: Where, faults: Faults) -> None:
        if not least <= size <= most:
            bound, word = (least, "least") if size < least else (most, "most")
            named = f" {unit if bound == 1 else plural or unit + 's'}" if unit else ""
            faults.add(where, f"must {verb} at {word} {bound:.15g}{named}")

    return check


_MAKERS: Mapping[str, Callable[[Shape], Reader]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "boolean": _boolean,
    "integer": _integer,
    "long": _integer,
    "double": _double,
    "float": _double,
    "timestamp": _timestamp,
}
