"""Filters on the wire: written as SearchCases takes them, and read back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from ..errors import FilterError
from .nodes import DEEPEST, LONGEST, AllOf, AnyOf, Comparison, Node, Not, TagComparison, combined, negated

__all__ = ["read", "write"]

_DEEPEST = 2 * DEEPEST
"""How deep to go down on the wire, where what says nothing, as a ``not`` of a ``not``, has levels too."""

_COMPARISONS = ("equalTo", "contains", "greaterThan", "greaterThanOrEqualTo", "lessThan", "lessThanOrEqualTo")


def write(node: Node) -> dict[str, Any]:
    """``node`` as the wire has it, more than ten terms in groups of at most ten."""
    match node:
        case Comparison():
            value: dict[str, Any] = {node.member: {} if node.value is None else node.value}
            return {"field": {node.operator: {"id": node.field_id, "value": value}}}
        case TagComparison():
            tag = {"key": node.key, "value": node.value}
            return {"tag": {"equalTo": {name: text for name, text in tag.items() if text is not None}}}
        case Not():
            return {"not": write(node.term)}
        case AllOf():
            return _grouped("andAll", [write(term) for term in node.terms])
        case AnyOf():
            return _grouped("orAll", [write(term) for term in node.terms])


def _grouped(member: str, terms: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A list of at most ten, by putting neighbours into lists of their own: as few as that takes, of even size."""
    while len(terms) > LONGEST:
        groups = -(-len(terms) // LONGEST)
        edges = [index * len(terms) // groups for index in range(groups + 1)]
        terms = [{member: list(terms[edges[i] : edges[i + 1]])} for i in range(groups)]
    return {member: list(terms)}


def read(wire: object, path: str = "filter", level: int = 1) -> Node:
    """The filter that ``wire`` is, in its canonical form.

    Args:
        wire: A case filter as boto3 takes it.
        path: What to call it in an error.
        level: How deep it is in the filter.

    Raises:
        FilterError: it isn't one, or has something that this version doesn't know; says where.
    """
    if level > _DEEPEST:
        raise FilterError(f"a filter on the wire is read to {_DEEPEST} levels, and this one is nested deeper")
    member, held = _only(wire, path, _KINDS)
    return _KINDS[member](held, f"{path}.{member}", level)


def _field(wire: object, path: str, _: int) -> Node:
    operator, held = _only(wire, path, _COMPARISONS)
    path = f"{path}.{operator}"
    operand = _members(held, path, ("id", "value"))
    field_id = _text(operand.get("id"), f"{path}.id")
    if not field_id:
        raise FilterError(f"{path}.id: is empty")
    path = f"{path}.value"
    member, value = _only(operand.get("value"), path, _VALUES)
    return Comparison(field_id, operator, member, _VALUES[member](value, f"{path}.{member}"))


def _tag(wire: object, path: str, _: int) -> Node:
    operator, held = _only(wire, path, ("equalTo",))
    path = f"{path}.{operator}"
    tag = _members(held, path, ("key", "value"))
    key, value = (None if tag.get(name) is None else _text(tag[name], f"{path}.{name}") for name in ("key", "value"))
    return TagComparison(key, value)


def _not(wire: object, path: str, level: int) -> Node:
    return negated(read(wire, path, level + 1))


def _all(wire: object, path: str, level: int) -> Node:
    return combined(AllOf, _terms(wire, path, level))


def _any(wire: object, path: str, level: int) -> Node:
    return combined(AnyOf, _terms(wire, path, level))


def _terms(wire: object, path: str, level: int) -> list[Node]:
    if not isinstance(wire, (list, tuple)):
        raise FilterError(f"{path}: must be a list, not {_kind(wire)}")
    terms = cast("Sequence[object]", wire)
    return [read(term, f"{path}[{index}]", level + 1) for index, term in enumerate(terms)]


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise FilterError(f"{path}: must be a str, not {_kind(value)}")
    return value


def _number(value: object, path: str) -> float:
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        try:
            if math.isfinite(value):
                return float(value) if isinstance(value, Decimal) else value
        except OverflowError:
            raise FilterError(f"{path}: is no number of double precision") from None
        raise FilterError(f"{path}: must be a finite number, not {value}")
    raise FilterError(f"{path}: must be a number, not {_kind(value)}")


def _truth(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise FilterError(f"{path}: must be True or False, not {_kind(value)}")
    return value


def _empty(value: object, path: str) -> None:
    _members(value, path, ())


_KINDS: Mapping[str, Callable[[object, str, int], Node]] = {
    "field": _field,
    "not": _not,
    "tag": _tag,
    "andAll": _all,
    "orAll": _any,
}
_VALUES: Mapping[str, Callable[[object, str], str | float | bool | None]] = {
    "stringValue": _text,
    "doubleValue": _number,
    "booleanValue": _truth,
    "emptyValue": _empty,
    "userArnValue": _text,
}


def _only(wire: object, path: str, known: Iterable[str]) -> tuple[str, object]:
    """The one member of a union that is set, and what it holds."""
    held = {name: value for name, value in _mapping(wire, path).items() if value is not None and name != "__type"}
    names = ", ".join(known)
    if len(held) != 1:
        has = " and ".join(map(repr, held)) or "none"
        raise FilterError(f"{path}: must have exactly one of {names}; it has {has}")
    _refuse_unknown(held, path, known)
    return next(iter(held.items()))


def _members(wire: object, path: str, known: Iterable[str]) -> Mapping[str, object]:
    held = _mapping(wire, path)
    _refuse_unknown([name for name, value in held.items() if value is not None], path, known)
    return held


def _refuse_unknown(names: Iterable[str], path: str, known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            right = f"; it knows {', '.join(known)}" if known else ""
            raise FilterError(f"{path}: has {name!r}, which this version of connectkit doesn't know{right}")


def _mapping(wire: object, path: str) -> Mapping[str, object]:
    if not isinstance(wire, Mapping):
        raise FilterError(f"{path}: must be a mapping, not {_kind(wire)}")
    return cast("Mapping[str, object]", wire)


def _kind(value: object) -> str:
    return "None" if value is None else value.__class__.__name__
