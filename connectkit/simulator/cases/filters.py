"""Case filters: from the recursive wire form to one function, made once for each search."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from connectkit.simulator.cases.lookup import invalid, known_field
from connectkit.simulator.cases.values import read_value
from connectkit.simulator.state.cases import Value
from connectkit.simulator.state.domains import Domain

__all__ = ["Filterable", "Predicate", "compile_filter"]


class Filterable(Protocol):
    """What can be filtered: a case, or a related item with fields of its own."""

    @property
    def values(self) -> Mapping[str, Value]:
        """The values by field id."""
        ...

    @property
    def tags(self) -> Mapping[str, str]:
        """The tags."""
        ...


Predicate = Callable[[Filterable], bool]

# Which comparison goes with which type is inferred.
_CONTAINS_TYPES = frozenset({"Text", "Url"})
_ORDERED_TYPES = frozenset({"Number", "DateTime"})
_ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = {
    "greaterThan": operator.gt,
    "greaterThanOrEqualTo": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqualTo": operator.le,
}


def compile_filter(domain: Domain, wire: Mapping[str, Any], *, where: str = "filter") -> Predicate:
    """Give the function that says whether a case passes a filter.

    Raises a ValidationException for an unknown field, a value of the wrong type, or a comparison that a
    field's type does not have.
    """
    ((member, content),) = wire.items()
    where = f"{where}.{member}"
    match member:
        case "field":
            return _field_predicate(domain, content, where=where)
        case "tag":
            return _tag_predicate(content, where=where)
        case "not":
            inner = compile_filter(domain, content, where=where)
            return lambda case: not inner(case)
        case "andAll":
            terms = [compile_filter(domain, term, where=f"{where}[{i}]") for i, term in enumerate(content)]
            return lambda case: all(term(case) for term in terms)
        case "orAll":
            terms = [compile_filter(domain, term, where=f"{where}[{i}]") for i, term in enumerate(content)]
            return lambda case: any(term(case) for term in terms)
        case _:
            # Only a botocore newer than this simulator models another kind.
            raise invalid(f"{where}: the simulator does not know this kind of filter")


def _field_predicate(domain: Domain, wire: Mapping[str, Any], *, where: str) -> Predicate:
    ((comparison, operand),) = wire.items()
    where = f"{where}.{comparison}"
    field_id: str = operand["id"]
    field = known_field(domain, field_id, where=where)
    value = read_value(field, operand["value"], where=where)
    if comparison == "equalTo":
        if value is None:
            return lambda case: field_id not in case.values
        wanted = value.key
        return lambda case: (found := case.values.get(field_id)) is not None and found.key == wanted
    if value is None:
        raise invalid(f"{where}: an emptyValue can only be compared with equalTo")
    if comparison == "contains":
        if field.type not in _CONTAINS_TYPES:
            raise invalid(f"{where}: contains works on Text and Url fields; {field_id} is of type {field.type}")
        needle = str(value.wire).casefold()
        return lambda case: (found := case.values.get(field_id)) is not None and needle in str(found.wire).casefold()
    if field.type not in _ORDERED_TYPES:
        message = f"{comparison} works on Number and DateTime fields; {field_id} is of type {field.type}"
        raise invalid(f"{where}: {message}")
    compare, bound = _ORDERINGS[comparison], value.key
    return lambda case: (found := case.values.get(field_id)) is not None and compare(found.key, bound)


def _tag_predicate(wire: Mapping[str, Any], *, where: str) -> Predicate:
    """Compare a tag's key and value. The model requires neither; that the service needs both is inferred."""
    wanted = wire["equalTo"]
    if "key" not in wanted or "value" not in wanted:
        raise invalid(f"{where}.equalTo: needs a key and a value")
    key, value = wanted["key"], wanted["value"]
    return lambda case: case.tags.get(key) == value
