"""Filters as the code that makes them: what ``repr`` of one says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..errors import FieldValueError
from ..values import FieldInput, encode, parse_moment
from .nodes import AllOf, AnyOf, Comparison, Node, Not, TagComparison
from .system_fields import ORDERINGS, SYSTEM_FIELDS, operators
from .wire import write

__all__ = ["written"]

_KINDS: Mapping[str, str] = {
    "Text": "text",
    "Number": "number",
    "Boolean": "boolean",
    "DateTime": "datetime",
    "SingleSelect": "select",
    "Url": "url",
    "User": "user",
}
"""What ``F`` calls a field of each type."""

_CALLED: Mapping[str, str] = {"equalTo": "eq", "contains": "contains", **ORDERINGS}
_SEVERAL = 2


def written(node: Node) -> str:
    """Code that makes ``node``; it needs ``F``, ``Filter``, ``all_of``, ``any_of``, ``datetime`` and ``timezone``."""
    match node:
        case Comparison():
            return _comparison(node, "eq") or f"Filter.from_wire({write(node)!r})"
        case TagComparison():
            return _tag(node, "eq") or f"Filter.from_wire({write(node)!r})"
        case Not():
            return _not(node)
        case AllOf():
            return _between(node.terms) or _combined("all_of", node)
        case AnyOf():
            return _one_of(node.terms) or _combined("any_of", node)


def _combined(called: str, node: AllOf | AnyOf) -> str:
    if not node.terms:
        return f"Filter.from_wire({write(node)!r})"
    return f"{called}({', '.join(map(written, node.terms))})"


def _not(node: Not) -> str:
    term = node.term
    direct = None
    if isinstance(term, Comparison) and term.operator == "equalTo":
        direct = _comparison(term, "ne")
    elif isinstance(term, TagComparison):
        direct = _tag(term, "ne")
    return direct or f"~{written(term)}"


def _comparison(node: Comparison, equality: str) -> str | None:
    """A comparison by its builder; ``None`` if none says exactly this."""
    operand = _operand(node)
    if operand is None:
        return None
    if node.value is None:
        return f"{operand[0]}.{'is_empty' if equality == 'eq' else 'is_set'}()"
    return f"{operand[0]}.{equality if node.operator == 'equalTo' else _CALLED[node.operator]}({operand[1]})"


def _operand(node: Comparison) -> tuple[str, str] | None:
    """The reference, and the value, of a comparison."""
    if node.value is None and node.operator != "equalTo":
        return None
    system = SYSTEM_FIELDS.get(node.field_id)
    for type_ in (system, node.type, *_by_wire(node)):
        if type_ is None or type_ not in _KINDS or _CALLED[node.operator] not in operators(type_):
            continue
        value = parse_moment(node.value) if type_ == "DateTime" else node.value
        if node.value is None or (value is not None and _encoded(value, type_) == {node.member: node.value}):
            reference = f"F.{node.field_id}" if type_ == system else f"F.{_KINDS[type_]}({node.field_id!r})"
            return reference, _literal(value)
    return None


def _by_wire(node: Comparison) -> Sequence[str]:
    """The types that a comparison may be about, the likeliest first."""
    if node.member == "stringValue":
        return ("DateTime",) if node.operator in ORDERINGS else ("Text",)
    return {"doubleValue": ("Number",), "booleanValue": ("Boolean",), "userArnValue": ("User",)}.get(
        node.member, ("Text",)
    )


def _encoded(value: FieldInput, type_: str) -> dict[str, Any] | None:
    try:
        return encode(value, type_, field="")
    except FieldValueError:
        return None


def _literal(value: object) -> str:
    # What datetime's own repr begins with is the name of the module.
    if not isinstance(value, datetime):
        return repr(value)
    parts = [value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]
    while len(parts) > 3 and not parts[-1]:  # noqa: PLR2004 - year, month and day
        parts.pop()
    return f"datetime({', '.join(map(str, parts))}, tzinfo=timezone.utc)"


def _tag(node: TagComparison, operator: str) -> str | None:
    if not node.key or node.value is None:
        return None
    return f"F.tag({node.key!r}).{operator}({node.value!r})"


def _between(terms: Sequence[Node]) -> str | None:
    if len(terms) != _SEVERAL:
        return None
    low, high = terms
    if not isinstance(low, Comparison) or not isinstance(high, Comparison):
        return None
    if (low.operator, high.operator) != ("greaterThanOrEqualTo", "lessThanOrEqualTo"):
        return None
    first, second = _operand(low), _operand(high)
    if first is None or second is None or first[0] != second[0] or _reversed(low.value, high.value):
        return None
    return f"{first[0]}.between({first[1]}, {second[1]})"


def _reversed(low: object, high: object) -> bool:
    moments = parse_moment(low), parse_moment(high)
    if moments[0] is not None and moments[1] is not None:
        return moments[0] > moments[1]
    return isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high


def _one_of(terms: Sequence[Node]) -> str | None:
    if len(terms) < _SEVERAL:
        return None
    if all(isinstance(term, TagComparison) for term in terms):
        operands = [
            (f"F.tag({term.key!r})", repr(term.value)) if isinstance(term, TagComparison) and _tag(term, "eq") else None
            for term in terms
        ]
    else:
        operands = [
            _operand(term)
            if isinstance(term, Comparison) and term.operator == "equalTo" and term.value is not None
            else None
            for term in terms
        ]
    references = {operand[0] if operand else None for operand in operands}
    (reference, *others) = references
    if others or reference is None:
        return None
    return f"{reference}.one_of({', '.join(operand[1] for operand in operands if operand)})"
