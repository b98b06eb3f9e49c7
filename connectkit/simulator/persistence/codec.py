"""Writes records as JSON and reads them again, by the annotations of their dataclasses.

What comes back is what went in, down to the type: a value that was 1 is neither 1.0 nor True afterwards. A library
that validates takes one for the other where a union allows it, which is why this is written by hand. Where an
annotation says Sequence, a tuple comes back as the list that it is in JSON; where it says Any, there must be JSON.

Of the values of fields there are more than of all else together, so they are written as short as they can be: one that
is compared by what it is on the wire, and travels in the member that its JSON type suggests, as just that.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache, partial
from sys import intern
from typing import Any, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

from connectkit.simulator.state.cases import Value

__all__ = ["Codec", "RecordError"]

Convert = Callable[[Any], Any]

_SCALARS = frozenset({str, int, float, bool, type(None)})


class RecordError(ValueError):
    """A record can't be written, or what should be one can't be read as one."""


class Codec:
    """Writes and reads the records of a class. Raises TypeError for one with members of types it does not know."""

    def __init__(self, record_class: type[Any]) -> None:
        self._class = record_class
        annotation: Any = record_class
        self._shape = _shape_of(annotation)

    def write(self, record: object) -> str:
        """Give a record as JSON. Raises RecordError when it is of another class or holds what JSON has not."""
        if type(record) is not self._class:
            raise RecordError(f"a {type(record).__name__} is no {self._class.__name__}")
        try:
            return json.dumps(self._shape.write(record), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise RecordError(f"this {self._class.__name__} can't be written: {error}") from error

    def read(self, text: str) -> Any:
        """Read a record. A member that is not there has its default.

        Raises RecordError when it has none, when there is a member that the class doesn't know, or when one is of
        another type than it should be.
        """
        try:
            return self._shape.read(json.loads(text))
        except (TypeError, ValueError, AttributeError) as error:
            raise RecordError(f"this is no {self._class.__name__}: {error}") from error


class _Shape(NamedTuple):
    """How the values of a type are written and read.

    ``plain`` ones are JSON already when they are to be written. Those that are scalars need no more reading than a look
    at their type, which is to be one of ``allowed``.
    """

    write: Convert
    read: Convert
    plain: bool = False
    allowed: frozenset[Any] | None = None


@cache
def _shape_of(annotation: Any) -> _Shape:
    for make in (_any, _scalar, _moment, _union, _mapping, _sequence, _fixed_tuple, _value, _dataclass):
        if (shape := make(annotation)) is not None:
            return shape
    raise TypeError(f"a record can't have a member of type {annotation}")


def _same(value: Any) -> Any:
    return value


def _any(annotation: Any) -> _Shape | None:
    return _Shape(_same, _same, plain=True) if annotation is Any else None


def _scalar(annotation: Any) -> _Shape | None:
    return _scalars(frozenset({annotation})) if annotation in _SCALARS else None


def _scalars(allowed: frozenset[Any]) -> _Shape:
    # Where a float is expected there may be an int; JSON tells them apart.
    known = allowed | {int} if float in allowed else allowed
    names = ", ".join(sorted(kind.__name__ for kind in known))

    def read(value: Any) -> Any:
        if type(value) in known:
            return value
        raise TypeError(f"{value!r} is none of {names}")

    return _Shape(_same, read, plain=True, allowed=known)


def _moment(annotation: Any) -> _Shape | None:
    if annotation is not datetime:
        return None

    def write(moment: Any) -> Any:
        return _with_zone(moment).isoformat()

    def read(text: Any) -> Any:
        return _with_zone(datetime.fromisoformat(text))

    return _Shape(write, read)


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise TypeError(f"{moment} has no time zone")
    return moment


def _union(annotation: Any) -> _Shape | None:
    """Write one of several scalars, or something that may be None."""
    if get_origin(annotation) not in {Union, types.UnionType}:
        return None
    members = frozenset(get_args(annotation))
    if members <= _SCALARS:
        return _scalars(members)
    (inner,) = members - {type(None)}
    write_inner, read_inner, plain, _ = _shape_of(inner)

    def write(value: Any) -> Any:
        return None if value is None else write_inner(value)

    def read(value: Any) -> Any:
        return None if value is None else read_inner(value)

    return _Shape(_same if plain else write, read, plain=plain)


def _mapping(annotation: Any) -> _Shape | None:
    """Write a mapping, whose keys JSON has as text only."""
    if get_origin(annotation) is not Mapping:
        return None
    key, value = get_args(annotation)
    write_value, read_value, plain, _ = _shape_of(value)

    def write(items: Any) -> Any:
        return {str(name): write_value(item) for name, item in items.items()}

    def read(items: Any) -> Any:
        # The same names come again with every record.
        return {intern(name): read_value(item) for name, item in items.items()}

    def read_numbered(items: Any) -> Any:
        return {int(name): read_value(item) for name, item in items.items()}

    if key is int:
        return _Shape(write, read_numbered)
    return _Shape(dict, read) if plain else _Shape(write, read)


def _sequence(annotation: Any) -> _Shape | None:
    """Write items of one type, however many: a Sequence, or a tuple that says so."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is not Sequence and not (origin is tuple and arguments[-1:] == (Ellipsis,)):
        return None
    write_item, read_item, _, _ = _shape_of(arguments[0])
    as_tuple = origin is tuple

    def write(items: Any) -> Any:
        return [write_item(item) for item in items]

    def read(items: Any) -> Any:
        if type(items) is not list:
            raise TypeError(f"{items!r} is no list")
        read_items = [read_item(item) for item in cast("Sequence[Any]", items)]
        return tuple(read_items) if as_tuple else read_items

    return _Shape(write, read)


def _fixed_tuple(annotation: Any) -> _Shape | None:
    """Write a tuple of so many members, each of a type of its own, as a list."""
    if get_origin(annotation) is not tuple:
        return None
    shapes = [_shape_of(argument) for argument in get_args(annotation)]
    writers, readers = [shape.write for shape in shapes], [shape.read for shape in shapes]

    def write(items: Any) -> Any:
        return [write_item(item) for write_item, item in zip(writers, items, strict=True)]

    def read(items: Any) -> Any:
        return tuple([read_item(item) for read_item, item in zip(readers, items, strict=True)])

    if len(readers) != 3:  # noqa: PLR2004 - the history of cases is made of these
        return _Shape(write, read)
    read_first, read_second, read_third = readers

    def read_three(items: Any) -> Any:
        first, second, third = items
        return read_first(first), read_second(second), read_third(third)

    return _Shape(write, read_three)


# The member that a value of each JSON type travels in, unless it is said.
_USUAL_MEMBERS: Mapping[type[Any], str] = {
    str: "stringValue",
    float: "doubleValue",
    int: "doubleValue",
    bool: "booleanValue",
}


# What the constructor of a named tuple does, without a Python function in between.
_new_value: Callable[[tuple[Any, ...]], Value] = partial(cast("Any", tuple).__new__, Value)


def _usual(wire: Any) -> str | None:
    return _USUAL_MEMBERS.get(wire.__class__)


def _value(annotation: Any) -> _Shape | None:
    return _Shape(_write_value, _read_value) if annotation is Value else None


def _write_value(value: Any) -> Any:
    member, wire, key = value
    if _usual(wire) == member and type(key) is type(wire) and key == wire:
        return wire
    return [member, wire, key]


def _read_value(given: Any) -> Value:
    if (usual := _USUAL_MEMBERS.get(given.__class__)) is not None:
        return _new_value((usual, given, given))
    if len(given) == 3 and type(given[0]) is str and all(_usual(item) for item in given[1:]):  # noqa: PLR2004 - its members
        return Value(*given)
    raise TypeError(f"{given!r} is no value")


def _dataclass(annotation: Any) -> _Shape | None:
    if not is_dataclass(annotation):
        return None
    make: Any = annotation
    hints = get_type_hints(make)
    shapes = {field.name: _shape_of(hints[field.name]) for field in fields(make)}
    required = {field.name for field in fields(make) if field.default is field.default_factory is MISSING}

    converted = [(name, shape.read) for name, shape in shapes.items() if shape.allowed is None]
    checked = [(name, shape.allowed) for name, shape in shapes.items() if shape.allowed is not None]

    def write(record: Any) -> Any:
        return {name: shape.write(getattr(record, name)) for name, shape in shapes.items()}

    def read(given: Any) -> Any:
        known = given.keys()
        if not shapes.keys() >= known >= required:
            raise TypeError(_difference(known, shapes.keys(), required))
        for name, allowed in checked:
            if name in given and type(given[name]) not in allowed:
                raise TypeError(f"{name} is {given[name]!r}")
        for name, convert in converted:
            if name in given:
                given[name] = convert(given[name])
        return make(**given)

    return _Shape(write, read)


def _difference(given: Any, known: Any, required: set[str]) -> str:
    missing = [f"{name} is missing" for name in sorted(required - given)]
    unknown = [f"{name} is not known to this version" for name in sorted(given - known)]
    return "; ".join(missing + unknown)
