"""Whether a case passes a filter, decided here: written from the rules, as the service is understood to decide it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias, cast

from ..errors import FieldValueError, FilterError
from ..values import decode, parse_moment
from .nodes import AllOf, AnyOf, Comparison, Node, Not, TagComparison
from .system_fields import ORDERINGS, SYSTEM_FIELDS, operators

__all__ = ["matches"]

Key: TypeAlias = "tuple[type, Any] | None"
"""What values are compared by: of the same kind, or never equal. ``None`` for no value."""

_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = {
    "greaterThan": operator.gt,
    "greaterThanOrEqualTo": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqualTo": operator.le,
}
_DATE_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d.*", re.ASCII)


def matches(node: Node, case: object, tags: Mapping[str, str] | None) -> bool:
    """Whether ``case`` passes ``node``; see ``Filter.matches``."""
    return _Case(case, tags).passes(node)


class _Case:
    """A case to look at."""

    def __init__(self, case: object, tags: Mapping[str, str] | None) -> None:
        self._case = case
        self._tags = tags
        self._values = _by_id(case)

    def passes(self, node: Node) -> bool:
        match node:
            case Comparison():
                return self._compare(node)
            case TagComparison():
                return self._has_tag(node)
            case Not():
                return not self.passes(node.term)
            case AllOf():
                return all(self.passes(term) for term in node.terms)
            case AnyOf():
                return any(self.passes(term) for term in node.terms)

    def _compare(self, node: Comparison) -> bool:
        type_ = SYSTEM_FIELDS.get(node.field_id, node.type)
        _check(node, type_)
        value = _plain(self._values.get(node.field_id))
        if node.operator == "contains":
            return isinstance(value, str) and str(node.value).casefold() in value.casefold()
        if node.value is None:
            return value is None
        if node.operator in ORDERINGS:
            # Text has no order: what is compared by it is a moment.
            held, bound = (_key(one, node.field_id, moment=True) for one in (value, node.value))
            return (
                held is not None
                and bound is not None
                and held[0] is bound[0]
                and _ORDERED[node.operator](held[1], bound[1])
            )
        moment = (
            type_ == "DateTime" or isinstance(value, datetime) or (type_ is None and _both_moments(value, node.value))
        )
        return _key(value, node.field_id, moment=moment) == _key(node.value, node.field_id, moment=moment)

    def _has_tag(self, node: TagComparison) -> bool:
        if node.key is None or node.value is None:
            raise FilterError("a filter on tags needs a key and a value")
        tags = self._tags if self._tags is not None else getattr(self._case, "tags", None)
        if not isinstance(tags, Mapping):
            unknown = f"the filter asks for the tag {node.key!r}, and the tags of this case aren't known"
            raise FilterError(f"{unknown}: say matches(case, tags=...)")
        return cast("Mapping[str, Any]", tags).get(node.key) == node.value


def _check(node: Comparison, type_: str | None) -> None:
    """Refuse what the service refuses; that it does is inferred."""
    if node.value is None and node.operator != "equalTo":
        raise FilterError(f"field {node.field_id!r}: an emptyValue can only be compared with equalTo")
    called = "contains" if node.operator == "contains" else ORDERINGS.get(node.operator)
    if called is None:
        return
    if type_ is not None and called not in operators(type_):
        raise FilterError(f"field {node.field_id!r} is of type {type_}, which has no {called}")
    if called == "contains":
        fits = node.member == "stringValue"
    else:
        fits = node.member == "doubleValue" or (node.member == "stringValue" and parse_moment(node.value) is not None)
    if not fits:
        raise FilterError(f"field {node.field_id!r}: {called} has no meaning for {node.member} {node.value!r}")


def _by_id(case: object) -> Mapping[str, object]:
    if isinstance(case, Mapping):
        return cast("Mapping[str, object]", case)
    values: object = getattr(case, "fields", None)
    if isinstance(values, Mapping):
        return cast("Mapping[str, object]", values)
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes)):
        wires = [_wire(one) for one in cast("Iterable[object]", values)]
        if all(isinstance(one, Mapping) and "id" in one for one in wires):
            return {one["id"]: one.get("value") for one in cast("list[Mapping[str, Any]]", wires)}
    raise TypeError(
        "matches() takes values by field ID, or something whose attribute fields has them, "
        f"not {case.__class__.__name__}"
    )


def _wire(value: object) -> object:
    """What a model says on the wire; anything else as it is."""
    to_wire = getattr(value, "to_wire", None)
    return to_wire() if callable(to_wire) else value


def _plain(value: object) -> object:
    """The value of a field, out of whatever it was wrapped in."""
    value = _wire(value)
    if not isinstance(value, Mapping):
        return value
    union = cast("Mapping[str, Any]", value)
    return _plain(union["value"]) if "value" in union else decode(union)


def _both_moments(value: object, other: object) -> bool:
    """Whether two texts of a field of unknown type look like moments, as only those of a DateTime are likely to."""
    return all(isinstance(one, str) and _DATE_AND_TIME.fullmatch(one) for one in (value, other))


def _key(value: object, field_id: str, *, moment: bool) -> Key:
    if value is None:
        return None
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise FieldValueError(field=field_id, problem=f"has a datetime without a time zone, {value.isoformat()}")
        return datetime, value
    if moment and (read := parse_moment(value)) is not None:
        return datetime, read
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return float, float(value)
    return type(value), value
