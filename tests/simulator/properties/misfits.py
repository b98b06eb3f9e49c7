"""Requests that don't fit botocore's shapes: each member in turn missing, of another type, too long, and so on."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, cast
from urllib.parse import quote

from .broken import Broken
from .wire import ABSENT, Raw, Wire, is_union, model, spell

__all__ = ["Place", "misfits", "places", "with_label"]

Json = Any
Path = tuple[str | int, ...]

_OTHERS: Final[Mapping[str, tuple[Json, ...]]] = {
    "structure": (1, "x", True, [], ["x"], ""),
    "list": ({}, "x", 1, False, "", {"0": "x"}),
    "map": ([], "x", 1, True, ""),
    "string": (1, 1.5, True, [], {}, ["x"]),
    "boolean": ("true", "", 0, 1, [], {}),
    "integer": ("1", "", 1.5, True, [], {}),
    "long": ("1", "", 1.5, True, [], {}),
    "double": ("1", "", True, [], {}, "NaN"),
    "float": ("1", "", True, [], {}, "NaN"),
    "timestamp": ("yesterday", "", True, [], {}),
}
"""By kind of shape, values of other types."""
# From some hundred levels on it depends on Python whether the JSON can be read at all.
_READABLE: Final = 900
_DEPTHS: Final = (10, 70, 500, 990, 1_010, 10_000, 100_000)
_RECURSIVE_DEPTHS: Final = (70, 200, 900, 1_010, 10_000, 100_000)


@dataclass(frozen=True)
class Place:
    """Where something stands in a body."""

    shape: Any
    path: Path
    value: Json
    name: str
    """The nearest member's name, as an error should have it."""


def places(shape: Any, value: Json, path: Path = (), name: str = "") -> Iterator[Place]:
    """Give every place of a body that fits its shape, the body itself first."""
    yield Place(shape, path, value, name)
    if shape.type_name == "structure":
        for member, inner in shape.members.items():
            wire_name = inner.serialization.get("name", member)
            if "location" not in inner.serialization and wire_name in value:
                yield from places(inner, value[wire_name], (*path, wire_name), member)
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            yield from places(shape.member, item, (*path, index), name)
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from places(shape.value, item, (*path, key), name)


def misfits(wire: Wire) -> Iterator[Broken]:
    """Break a valid request in every way in which it can leave its shapes, one at a time."""
    shape = model(wire.target).input_shape
    if wire.document is not ABSENT:
        for place in places(shape, wire.document):
            for misfit in _misfits_at(place):
                says = misfit.names or place.name
                yield Broken(misfit.kind, partial(_edited, wire, place, misfit), says=says if misfit.read else "")
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        if location == "querystring":
            yield from _query_misfits(wire, member, name)
        elif location == "uri":
            yield from _label_misfits(wire, member, name)


@dataclass(frozen=True)
class _Misfit:
    """What to put into a place."""

    kind: str
    value: Json | Callable[[], Json]
    read: bool = True
    """Whether the body can still be read as JSON, so that the error can name the place."""
    names: str = ""
    """What the error names instead of the place."""


def _edited(wire: Wire, place: Place, misfit: _Misfit) -> Wire:
    value = misfit.value() if callable(misfit.value) else misfit.value
    if not place.path:
        return replace(wire, document=value)
    changed = copy.deepcopy(wire.document)
    inner = changed
    for step in place.path[:-1]:
        inner = inner[step]
    inner[place.path[-1]] = value
    return replace(wire, document=changed)


# --- in a body --------------------------------------------------------------------------------------------------------


def _misfits_at(place: Place) -> Iterator[_Misfit]:
    """Give what to put into a place, and what is then wrong."""
    shape, value = place.shape, place.value
    if place.path:
        for other in _OTHERS[shape.type_name]:
            yield _Misfit("another type", other)
        for depth in _DEPTHS:
            kind, read = f"junk of {depth} levels", depth < _READABLE
            if shape.type_name != "list":
                yield _Misfit(kind, partial(_nested, "[", "1", "]", depth), read)
            if shape.type_name not in {"structure", "map"}:
                yield _Misfit(kind, partial(_nested, '{"a":', "1", "}", depth), read)
    if (further := _OF_KIND.get(shape.type_name)) is not None:
        yield from further(shape, value)


def _nested(before: str, inside: str, after: str, depth: int) -> Raw:
    return Raw(before * depth + inside + after * depth)


def _structure_misfits(shape: Any, value: Mapping[str, Json]) -> Iterator[_Misfit]:
    body_members = {
        name: member.serialization.get("name", name)
        for name, member in shape.members.items()
        if "location" not in member.serialization
    }
    for name in shape.required_members:
        if (wire_name := body_members.get(name)) is not None:
            rest = {key: held for key, held in value.items() if key != wire_name}
            yield _Misfit("a required member missing", rest, names=name)
            yield _Misfit("a required member null", {**rest, wire_name: None}, names=name)
    if is_union(shape):
        (chosen,) = value
        yield _Misfit("no union member", {})
        yield _Misfit("no union member", {chosen: None})
        yield _Misfit("an unknown union member", {"someday": value[chosen]})
        yield _Misfit("an unknown union member", {chosen.upper(): value[chosen]})
        for name in shape.members:
            if name != chosen:
                yield _Misfit("two union members", {**value, name: _anything(shape.members[name])})
    for before, after in _ways_to_itself(shape):
        for depth in _RECURSIVE_DEPTHS:
            # A depth that can be read is named by its innermost place, which is the same member again.
            spelt = partial(_itself, before, value, after, depth)
            yield _Misfit(f"itself {depth} levels deep", spelt, depth < _READABLE)


def _itself(before: str, value: Json, after: str, depth: int) -> Raw:
    return _nested(before, spell(value), after, depth)


def _ways_to_itself(shape: Any) -> Iterator[tuple[str, str]]:
    """What to write around a structure so that it holds itself."""
    for name, member in shape.members.items():
        if member.type_name == "structure" and member.name == shape.name:
            yield f'{{"{name}":', "}"
        elif member.type_name == "list" and member.member.name == shape.name:
            yield f'{{"{name}":[', "]}"


def _anything(shape: Any) -> Json:
    """A value of the right type, if of nothing else."""
    simple: Mapping[str, Json] = {"structure": {}, "list": [], "map": {}, "string": "x", "boolean": True}
    return simple.get(shape.type_name, 1)


def _list_misfits(shape: Any, value: list[Json]) -> Iterator[_Misfit]:
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max")
    filler = value[0] if value else _anything(shape.member)
    yield _Misfit("a null element", [*value, None])
    if least:
        yield _Misfit("too few elements", value[: least - 1])
    if most is not None:
        yield _Misfit("too many elements", lambda: [filler] * (most + 1))
        # Fewer of them where each is a structure of its own.
        anything = spell(_anything(shape.member))
        yield _Misfit("far too many elements", lambda: Raw("[" + ",".join([anything] * 20_000) + "]"))


def _map_misfits(shape: Any, value: Mapping[str, Json]) -> Iterator[_Misfit]:
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max")
    if least:
        yield _Misfit("too few entries", {})
    if most is not None:
        yield _Misfit("too many entries", {f"key {index}": _anything(shape.value) for index in range(most + 1)})
    longest = shape.key.metadata.get("max")
    if longest is not None:
        yield _Misfit("a key too long", {**value, "k" * (longest + 1): _anything(shape.value)})
    if shape.key.metadata.get("min"):
        yield _Misfit("a key too short", {**value, "": _anything(shape.value)})
    yield _Misfit("half a surrogate pair", Raw('{"\\ud800":' + spell(_anything(shape.value)) + "}"))
    yield _Misfit("half a surrogate pair and another type", Raw('{"\\udfff":[[]]}'))
    yield _Misfit("another type", {**value, "key": [[1]]})


def _string_misfits(shape: Any, value: str) -> Iterator[_Misfit]:
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max")
    if shape.enum:
        for odd in ("", "nonsense", value.swapcase(), f"{value} ", f" {value}", f"{value}\x00", f"{value}é"):
            yield _Misfit("outside the enum", odd)
    elif least:
        yield _Misfit("too short", "x" * (least - 1))
    if most is not None:
        yield _Misfit("too long", "x" * (most + 1))
        yield _Misfit("too long", "é" * (most + 1))
        yield _Misfit("far too long", lambda: "x" * 1_000_000)
    for half in ('"\\ud800"', '"a\\udfff"', '"\\udc00\\ud800"', '"\\ud83d"'):
        yield _Misfit("half a surrogate pair", Raw(half))


def _number_misfits(shape: Any, _: Json) -> Iterator[_Misfit]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None:
        yield _Misfit("too small", least - 1)
        yield _Misfit("too small", -(10**9))
    if most is not None:
        yield _Misfit("too large", most + 1)
    if shape.type_name in {"integer", "long"}:
        bits = 31 if shape.type_name == "integer" else 63
        for number in (2**bits, -(2**bits) - 1, 10**30, Raw("1e3"), Raw("1.0")):
            yield _Misfit("no whole number of its size", number)
    for beyond in ("1e999", "-1e999", "1" + "0" * 400):
        yield _Misfit("a number beyond all bounds", Raw(beyond))
    for wrong in ("NaN", "Infinity", "-Infinity", "9" * 5000, "01", "+1", ".5", "1.", "0x10", "1_000", "1e", "--1"):
        yield _Misfit("no JSON number", Raw(wrong), read=False)


_OF_KIND: Final[Mapping[str, Callable[[Any, Any], Iterator[_Misfit]]]] = {
    "structure": _structure_misfits,
    "list": _list_misfits,
    "map": _map_misfits,
    "string": _string_misfits,
    **dict.fromkeys(("integer", "long", "double", "float"), _number_misfits),
}


# --- in a query or a path ---------------------------------------------------------------------------------------------


def _query_misfits(wire: Wire, member: Any, name: str) -> Iterator[Broken]:
    key = member.serialization.get("name", name)
    element = member.member if member.type_name == "list" else member
    most, enough = member.metadata.get("max"), _fitting_text(element)
    if member.type_name == "list" and most is not None:
        yield Broken("too many in the query", partial(wire.with_query, *[(key, enough)] * (most + 1)), says=name)
    for text in _bad_texts(element):
        yield Broken("a bad value in the query", partial(wire.with_query, (key, text)), says=name)


def _fitting_text(shape: Any) -> str:
    return shape.enum[0] if shape.type_name == "string" and shape.enum else "1"


def _bad_texts(shape: Any) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if shape.type_name in {"integer", "long"}:
        yield from ("", "x", "1.0", "1.5", " 1", "1 ", "1_0", "+1", "٣", "0x10", "1e2", "NaN", "true", "null", "[1]")
        yield from ("9" * 5000, str(2**63), str(-(2**63) - 1), "-", "--1")
        if least is not None:
            yield from (str(least - 1), "-5")
        if most is not None:
            yield str(most + 1)
    elif shape.enum:
        yield from ("", "nonsense", shape.enum[0].swapcase(), shape.enum[0] + "\x00")
    else:
        if least:
            yield "x" * (least - 1)
        if most is not None:
            yield "x" * (most + 1)


def _label_misfits(wire: Wire, member: Any, name: str) -> Iterator[Broken]:
    for text in _bad_texts(member):
        # Without its label a path is another one.
        if text:
            yield Broken("a bad value in the path", partial(with_label, wire, name, text), says=name)


def with_label(wire: Wire, name: str, text: str, *, raw: bool = False) -> Wire:
    """Write another text for a label of the path, percent-encoded unless it is ``raw``."""
    member = model(wire.target).input_shape.members[name]
    label = f"{{{member.serialization.get('name', name)}}}"
    template = cast("str", model(wire.target).http["requestUri"]).split("/")
    segments = wire.path.split("/")
    segments[template.index(label)] = text if raw else quote(text, safe="", errors="surrogatepass")
    return replace(wire, path="/".join(segments))
