"""Requests that the simulator accepts, for every operation: from botocore's shapes, and from what a world holds.

What is known of a value is kept under the name of its shape or, where one operation wants it otherwise, under the
operation, in the modules ``known_...``. All other values come from the bounds of their shapes.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from . import known_cases, known_connect, known_relations
from .ingredients import ANY, PLAIN, Knowledge, Strategy, members
from .wire import Ask, Target, is_union, model
from .world import ids

__all__ = ["valid_asks"]

_KNOWN: Final = {
    "connectcases": known_cases.KNOWN | known_relations.KNOWN,
    "connect": known_connect.KNOWN,
}


@cache
def valid_asks(target: Target, *, full: bool = False) -> st.SearchStrategy[Ask]:
    """Give requests for an operation that a new world accepts; ``full`` ones have every optional member."""
    shape, known = model(target).input_shape, _KNOWN[target.service]
    values = _Values(known, full=full)
    made = {name: values.of(member) for name, member in shape.members.items() if name not in _CURSORS}
    if target.operation in known.by_operation:
        made |= {name: held for name, held in known.by_operation[target.operation](ids()).items() if name in made}
    fit = known.fitted.get(target.operation, dict)
    asked = members(made, made.keys() if full else shape.required_members)
    return asked.map(lambda params: Ask(target, fit(params)))


# A token is only ever the one that an answer gave out.
_CURSORS: Final = frozenset({"nextToken", "NextToken"})


class _Values:
    """Values of shapes, from what is known of them or else from their bounds."""

    def __init__(self, known: Knowledge, *, full: bool) -> None:
        self._known = known
        self._full = full

    def of(self, shape: Any, stack: tuple[str, ...] = ()) -> Strategy:  # noqa: PLR0911 - a kind of shape each
        if shape.name in self._known.by_shape:
            return self._known.by_shape[shape.name](ids())
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if shape.type_name == "structure":
            # A shape may hold itself.
            return st.deferred(lambda: self._structure(shape, (*stack, shape.name)))
        if shape.type_name == "list":
            # A query can't say that a list is empty.
            least = max(least or 0, self._full, shape.serialization.get("location") == "querystring")
            return st.lists(self.of(shape.member, stack), min_size=least, max_size=min(most or 2, 2))
        if shape.type_name == "map":
            keys, values = self.of(shape.key, stack), self.of(shape.value, stack)
            return st.dictionaries(keys, values, min_size=max(least or 0, self._full), max_size=min(most or 2, 2))
        if shape.type_name == "string":
            return _texts(shape)
        if shape.type_name == "boolean":
            return st.booleans()
        if shape.type_name in {"double", "float"}:
            return st.floats(least, most, allow_nan=False, allow_infinity=False)
        return st.integers(1 if least is None else least, 100 if most is None else most)

    def _structure(self, shape: Any, stack: tuple[str, ...]) -> Strategy:
        required = set(shape.required_members)
        # Inside itself a shape has nothing that it could do without.
        whole = is_union(shape) or stack.count(shape.name) == 1
        inner = {name: self.of(held, stack) for name, held in shape.members.items() if whole or name in required}
        if is_union(shape):
            return st.one_of(*(st.fixed_dictionaries({name: member}) for name, member in inner.items()))
        return members(inner, inner.keys() if self._full else required)


def _texts(shape: Any) -> Strategy:
    if shape.enum:
        return st.sampled_from(list(shape.enum))
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 12)
    characters = PLAIN if "pattern" in shape.metadata else ANY
    short = st.text(characters, min_size=least, max_size=max(least, min(most, 12)))
    return st.one_of(short, st.just("x" * most)) if most <= 500 else short
