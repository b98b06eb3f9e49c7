"""What can be on the wire, made from botocore's shapes: valid request parameters, and response bodies good and odd.

Everything is taken from the *installed* botocore, so the tests follow whichever version they run over.
"""

from __future__ import annotations

import copy
import json
import string
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from hypothesis import strategies as st

from connectkit.models import Operation

from .harness import operation_model
from .shapes import Stack, is_union, nesting, place

Json = Any
Strategy = st.SearchStrategy[Any]

# Long lists are short ones again.
_MOST_ITEMS: Final = 3
_MOST_CHARACTERS: Final = 12

# Whatever has a meaning in a URL, in JSON, in a format string or to Unicode.
_CHARACTERS: Final = st.one_of(
    st.sampled_from(
        string.ascii_letters + string.digits + " /%&=+?#;:.~-_{}[]\"'\\<>\n\t\x00\x7f\u0085\u2028é漢😀\ufeff"
    ),
    st.characters(exclude_categories=["Cs"]),  # lone surrogates are not text
)
_INTEGERS: Final = (0, 1, -1, 2**31 - 1, 2**31, 2**53 + 1, -(2**63), 2**63, 10**30)


# --- requests ---------------------------------------------------------------------------------------------------------


@cache
def parameters(operation: Operation) -> Strategy:
    """Parameters that the operation accepts, an idempotency token among them where it takes one."""
    shape = operation_model(operation).input_shape
    if shape is None:
        return st.just({})
    token = operation.token
    return _Parameters(operation.service, always=frozenset([token] if token else [])).of(shape)


@cache
def least_parameters(operation: Operation) -> Mapping[str, Any]:
    """The fewest parameters that the operation accepts, always the same."""
    shape = operation_model(operation).input_shape
    least: dict[str, Any] = _least(shape) if shape is not None else {}
    return least


def _least(shape: Any) -> Any:  # noqa: PLR0911 - a kind of shape each
    if shape.type_name == "structure":
        wanted = list(shape.required_members) or (list(shape.members)[:1] if is_union(shape) else [])
        return {name: _least(shape.members[name]) for name in wanted}
    smallest = shape.metadata.get("min", 0)
    if shape.type_name == "list":
        return [_least(shape.member)] * smallest
    if shape.type_name == "map":
        return {f"key{index}": _least(shape.value) for index in range(smallest)}
    if shape.type_name == "timestamp":
        return datetime(2030, 1, 1, tzinfo=timezone.utc)
    if shape.type_name == "boolean":
        return False
    if shape.type_name == "string":
        return shape.enum[0] if shape.enum else "x" * max(smallest, 1)
    return smallest


class _Parameters:
    """Valid parameters. ``always`` names members of the outermost structure that are never left out."""

    def __init__(self, service: str, *, always: frozenset[str]) -> None:
        self._nesting = nesting(service)
        self._always = always
        self._made: dict[Any, Strategy] = {}

    def of(self, shape: Any, stack: Stack = (), *, outermost: bool = True) -> Strategy:  # noqa: PLR0911 - as above
        if shape.type_name == "structure":
            return self._structure(shape, stack, outermost=outermost)
        if shape.type_name == "list":
            least, most = _sizes(shape, _MOST_ITEMS)
            return st.lists(self.of(shape.member, stack, outermost=False), min_size=least, max_size=most)
        if shape.type_name == "map":
            least, most = _sizes(shape, _MOST_ITEMS)
            keys, values = _valid_text(shape.key), self.of(shape.value, stack, outermost=False)
            return st.dictionaries(keys, values, min_size=least, max_size=most)
        if shape.type_name == "string":
            return _valid_text(shape)
        if shape.type_name == "timestamp":
            return st.datetimes(_EARLIEST, _LATEST, timezones=_ZONES)
        if shape.type_name == "boolean":
            return st.booleans()
        return _valid_number(shape)

    def _structure(self, shape: Any, stack: Stack, *, outermost: bool) -> Strategy:
        key = place(shape, stack), outermost
        if key not in self._made:
            inside = self._nesting.inside(shape, stack)
            members = {
                name: self.of(member, inside, outermost=False)
                for name, member in self._nesting.members(shape, inside).items()
            }
            if is_union(shape):
                made: Strategy = st.one_of(*(st.fixed_dictionaries({name: one}) for name, one in members.items()))
            else:
                required = {*shape.required_members, *(self._always if outermost else ())}
                made = st.fixed_dictionaries(
                    {name: one for name, one in members.items() if name in required},
                    optional={name: one for name, one in members.items() if name not in required},
                )
            self._made[key] = made
        return self._made[key]


# hypothesis wants these without a zone, and adds one.
_EARLIEST, _LATEST = datetime(1970, 1, 2), datetime(2099, 12, 30)  # noqa: DTZ001
_ZONES: Final = st.sampled_from(
    [
        timezone.utc,
        timezone(timedelta(hours=5, minutes=30)),
        timezone(-timedelta(hours=8)),
        timezone(timedelta(hours=14)),
    ]
)


def _valid_text(shape: Any) -> Strategy:
    if shape.enum:
        return st.sampled_from(list(shape.enum))
    least, most = _sizes(shape, _MOST_CHARACTERS)
    if shape.serialization.get("location") == "uri":
        least = max(least, 1)
    return st.text(_CHARACTERS, min_size=least, max_size=max(least, most))


def _valid_number(shape: Any) -> Strategy:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if shape.type_name in ("double", "float"):
        reals = st.floats(least, most, allow_nan=False, allow_infinity=False)
        return st.one_of(reals, _integers(least, most))
    return _integers(least, most)


def _integers(least: int | None, most: int | None) -> Strategy:
    known = [
        number
        for number in (*_INTEGERS, *(limit for limit in (least, most) if limit is not None))
        if (least is None or number >= least) and (most is None or number <= most)
    ]
    return st.one_of(st.sampled_from(known), st.integers(least, most)) if known else st.integers(least, most)


def _sizes(shape: Any, enough: int) -> tuple[int, int]:
    least = shape.metadata.get("min", 0)
    return least, max(least, min(shape.metadata.get("max", enough), least + enough))


# --- responses --------------------------------------------------------------------------------------------------------


def bodies(operation: Operation) -> Strategy:
    """Answers that botocore reads without loss.

    Any member may be missing, required or not; values keep no limit of the model; enums hold values of tomorrow.
    """
    return _bodies(operation.service).of(operation_model(operation).output_shape)


@st.composite
def odd_bodies(draw: st.DrawFn, operation: Operation) -> Json:
    """Answers with a few things that no model foresees: nulls, unknown members, unions of none or two."""
    shape = operation_model(operation).output_shape
    kinds = _bodies(operation.service)
    body = draw(kinds.of(shape))
    for _ in range(draw(st.integers(1, 5))):
        spot = draw(st.sampled_from(list(_all_places(shape, body))))
        oddities = _ODDITIES[spot.kind]
        draw(st.sampled_from(oddities))(draw, spot, kinds)
    return body


JSON_STYLES: Final[Strategy] = st.sampled_from(
    [
        {"separators": (",", ":")},
        {"ensure_ascii": False, "indent": 1},
    ]
)
"""How a service may write an answer, for ``as_json``: packed and escaped, or neither."""


def as_json(body: Json, style: Mapping[str, Any]) -> bytes:
    """The bytes of ``body``."""
    return json.dumps(body, **style).encode()


class _Bodies:
    """Answers as the model describes them, limits apart."""

    def __init__(self, service: str) -> None:
        self._nesting = nesting(service)
        self._made: dict[Any, Strategy] = {}

    def of(self, shape: Any, stack: Stack = ()) -> Strategy:  # noqa: PLR0911 - as above
        if shape is None:
            return st.fixed_dictionaries({})
        kind = shape.type_name
        if kind == "structure":
            return self._structure(shape, stack)
        if kind == "list":
            return st.lists(self.of(shape.member, stack), max_size=_MOST_ITEMS)
        if kind == "map":
            return st.dictionaries(_TEXT, self.of(shape.value, stack), max_size=_MOST_ITEMS)
        if kind == "string":
            return st.one_of(_TEXT, st.sampled_from(list(shape.enum))) if shape.enum else _TEXT
        if kind == "timestamp":
            return _INSTANTS[shape.serialization.get("timestampFormat", "unixtimestamp")]
        return _SCALARS[kind]

    def _structure(self, shape: Any, stack: Stack) -> Strategy:
        key = place(shape, stack)
        if key not in self._made:
            inside = self._nesting.inside(shape, stack)
            members = {name: self.of(member, inside) for name, member in self._nesting.members(shape, inside).items()}
            self._made[key] = (
                st.one_of(*(st.fixed_dictionaries({name: one}) for name, one in members.items()))
                if is_union(shape)
                else st.fixed_dictionaries({}, optional=members)
            )
        return self._made[key]


@cache
def _bodies(service: str) -> _Bodies:
    return _Bodies(service)  # once: putting strategies together takes longer than using them


_TEXT: Final = st.text(_CHARACTERS, max_size=_MOST_CHARACTERS)
_WHOLE: Final = st.one_of(st.sampled_from(_INTEGERS), st.integers())
_SCALARS: Final[Mapping[str, Strategy]] = {
    "boolean": st.booleans(),
    "integer": _WHOLE,
    "long": _WHOLE,
    # Newer botocores make floats of all doubles, which changes whole numbers beyond this.
    "double": st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**53), 2**53)),
}
_FIRST, _LAST = 0, 4102444800  # 1970 to 2100


def _iso(instant: datetime, digits: int, offset: str) -> str:
    fraction = f".{instant.microsecond:06}"[: digits + 1] if digits else ""
    return f"{instant:%Y-%m-%dT%H:%M:%S}{fraction}{offset}"


_INSTANTS: Final[Mapping[str, Strategy]] = {
    "iso8601": st.builds(
        _iso,
        st.datetimes(_EARLIEST, _LATEST),
        st.sampled_from([0, 3, 6]),
        st.sampled_from(["Z", "+00:00", "+05:30", "-08:00"]),
    ),
    "unixtimestamp": st.one_of(
        st.integers(_FIRST, _LAST),
        st.integers(_FIRST * 1000, _LAST * 1000).map(lambda thousandths: thousandths / 1000),
        st.floats(_FIRST, _LAST),
    ),
}


# --- what no model foresees -------------------------------------------------------------------------------------------

Kind = Literal["structure", "union", "list", "map"]


class _Place(NamedTuple):
    """A container in a body: where something odd can be."""

    kind: Kind
    shape: Any
    held: Any


def _all_places(shape: Any, held: Json) -> Iterator[_Place]:
    if shape is None:
        yield _Place("structure", None, held)
    elif held is None:
        return
    elif shape.type_name == "structure":
        yield _Place("union" if is_union(shape) else "structure", shape, held)
        for name, inner in held.items():
            if name in shape.members:
                yield from _all_places(shape.members[name], inner)
    elif shape.type_name == "list":
        yield _Place("list", shape, held)
        for inner in held:
            yield from _all_places(shape.member, inner)
    elif shape.type_name == "map":
        yield _Place("map", shape, held)
        for inner in held.values():
            yield from _all_places(shape.value, inner)


# Names that models use for themselves are as good as any other. (Python's spelling of a wire name has its own test.)
_UNKNOWN_NAMES: Final = st.one_of(
    st.sampled_from(
        ["", "futureMember", "FutureMember", "Not", "self", "cls", "model_config",
         "model_fields", "to_wire", "metadata", "_metadata", "__dict__", "__class__", "member", "value_", "漢字"]
    ),
    _TEXT,
)  # fmt: skip
_UNKNOWN_VALUES: Final = st.sampled_from(
    [None, False, True, 0, 5, 5.0, 2**70, "", "text", "2030-01-01T00:00:00Z", [], [None], {}, {"a": None},
     [{"deep": [{"deeper": {"still": [0.5, ""]}}]}]]
)  # fmt: skip


def _unknown_name(draw: st.DrawFn, place: _Place) -> str:
    members: Mapping[str, Any] = place.shape.members if place.shape is not None else {}
    return draw(_UNKNOWN_NAMES.filter(lambda name: name not in members))


def _add_null(draw: st.DrawFn, place: _Place, _: _Bodies) -> None:
    if place.shape is not None and place.shape.members:
        place.held[draw(st.sampled_from(list(place.shape.members)))] = None


def _add_unknown(draw: st.DrawFn, place: _Place, _: _Bodies) -> None:
    place.held[_unknown_name(draw, place)] = copy.deepcopy(draw(_UNKNOWN_VALUES))


def _empty(_draw: st.DrawFn, place: _Place, _: _Bodies) -> None:
    place.held.clear()


def _add_member(draw: st.DrawFn, place: _Place, kinds: _Bodies) -> None:
    name = draw(st.sampled_from(list(place.shape.members)))
    place.held[name] = draw(kinds.of(place.shape.members[name], (place.shape.name,) * 5))


def _replace_by_unknown(draw: st.DrawFn, place: _Place, kinds: _Bodies) -> None:
    place.held.clear()
    _add_unknown(draw, place, kinds)


def _add_type(_draw: st.DrawFn, place: _Place, _: _Bodies) -> None:
    # Some AWS services tag structures this way.
    place.held["__type"] = f"com.amazonaws#{place.shape.name}"


def _insert_null(draw: st.DrawFn, place: _Place, _: _Bodies) -> None:
    place.held.insert(draw(st.integers(0, len(place.held))), None)


def _null_entry(draw: st.DrawFn, place: _Place, _: _Bodies) -> None:
    place.held[draw(st.sampled_from([*place.held, "new"]))] = None


_ODDITIES: Final[Mapping[Kind, list[Callable[[st.DrawFn, _Place, _Bodies], None]]]] = {
    "structure": [_add_null, _add_unknown],
    "union": [_empty, _add_member, _replace_by_unknown, _add_type, _add_null],
    "list": [_insert_null],
    "map": [_null_entry],
}
