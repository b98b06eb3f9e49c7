"""Requests of which nobody knows what is wrong with them, if anything is: values that mostly fit their shapes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from .ingredients import ANY, Strategy, members
from .valid import valid_asks
from .wire import ABSENT, Ask, Target, Wire, is_union, model

__all__ = ["noisy_wires"]

_SCALARS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(ANY, max_size=5),
    st.sampled_from(["title", "status", "summary", "$.x", "2030-01-01T00:00:00Z", "PUBLISHED", "{}", ":$SAVED"]),
)
_DEEPEST: Final = 6


@cache
def noisy_wires(target: Target) -> st.SearchStrategy[Wire]:
    """Give requests for an operation in which some members of a valid one are noise, and others have come to it."""
    body: dict[str, Strategy] = {}
    query: dict[str, Strategy] = {}
    for name, member in model(target).input_shape.members.items():
        location = member.serialization.get("location")
        wire_name = member.serialization.get("name", name)
        if location == "querystring":
            query[wire_name] = st.one_of(st.text(ANY, max_size=5), st.integers(-1, 101).map(str))
        elif location is None:
            body[wire_name] = _noise(member)

    def mixed(ask: Ask, chosen: dict[str, Any], queried: dict[str, str]) -> Wire:
        wire = Wire.of(ask).with_query(*queried.items())
        return wire if wire.document is ABSENT else replace(wire, document={**wire.document, **chosen})

    return st.builds(mixed, valid_asks(target), members(body, ()), members(query, ()))


def _noise(shape: Any, depth: int = 0) -> Strategy:
    """Give values that mostly have the form of a shape: one in a dozen is of some other kind."""
    if depth > _DEEPEST:
        return _SCALARS
    fitting: Strategy = _SCALARS
    if shape.type_name == "structure":
        fitting = st.deferred(lambda: _structures(shape, depth))
    elif shape.type_name == "list":
        fitting = st.lists(st.deferred(lambda: _noise(shape.member, depth + 1)), max_size=2)
    elif shape.type_name == "map":
        values = st.deferred(lambda: _noise(shape.value, depth + 1))
        fitting = st.dictionaries(st.text(ANY, max_size=3), values, max_size=2)
    elif shape.type_name == "string" and shape.enum:
        fitting = st.sampled_from(list(shape.enum))
    elif shape.type_name in {"integer", "long"}:
        fitting = st.integers(0, 3)
    elif shape.type_name == "boolean":
        fitting = st.booleans()
    elif shape.type_name == "string":
        fitting = st.text(ANY, max_size=5)
    return st.integers(0, 11).flatmap(lambda dice: _SCALARS if dice == 0 else fitting)


def _structures(shape: Any, depth: int) -> Strategy:
    inner = {name: _noise(member, depth + 1) for name, member in shape.members.items()}
    if is_union(shape):
        return st.one_of(*(st.fixed_dictionaries({name: value}) for name, value in inner.items()))
    return members(inner, shape.required_members)
