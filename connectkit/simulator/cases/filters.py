"""Case filters: from the recursive wire form to functions that each go down one column of many cases."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from connectkit.simulator.cases.lookup import invalid, known_field
from connectkit.simulator.cases.values import read_value
from connectkit.simulator.state.columns import Columns, Key
from connectkit.simulator.state.domains import Domain

__all__ = ["Filter", "Select", "all_of", "compile_filter", "compile_keywords"]


# Which comparison goes with which type is inferred.
_CONTAINS_TYPES = frozenset({"Text", "Url"})
_ORDERED_TYPES = frozenset({"Number", "DateTime"})
_ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = {
    "greaterThan": operator.gt,
    "greaterThanOrEqualTo": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqualTo": operator.le,
}
_CHEAP, _DEAR = 1, 3


class Select(Protocol):
    """Goes through cases, which it is given and gives by their places in the columns of the search index."""

    def __call__(self, places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        """Give those that pass the filter or, unless ``passing``, those that don't, in the same order."""
        ...


class Filter(NamedTuple):
    """A filter, read and checked."""

    select: Select
    cost: int
    """How long one case takes, compared with other filters."""


def compile_filter(domain: Domain, columns: Columns[Any], wire: Mapping[str, Any], *, where: str = "filter") -> Filter:
    """Read a filter from the wire, to pass what is in some columns: cases, or related items with fields.

    Raises a ValidationException for an unknown field, a value of the wrong type, or a comparison that a
    field's type does not have.
    """
    ((member, content),) = wire.items()
    where = f"{where}.{member}"
    match member:
        case "field":
            return _field_filter(domain, columns, content, where=where)
        case "tag":
            return _tag_filter(columns, content, where=where)
        case "not":
            return _not(compile_filter(domain, columns, content, where=where))
        case "andAll":
            return all_of(
                [compile_filter(domain, columns, term, where=f"{where}[{i}]") for i, term in enumerate(content)]
            )
        case "orAll":
            return _any_of(
                [compile_filter(domain, columns, term, where=f"{where}[{i}]") for i, term in enumerate(content)]
            )
        case _:
            # Only a botocore newer than this simulator models another kind.
            raise invalid(f"{where}: the simulator does not know this kind of filter")


def compile_keywords(columns: Columns[Any], words: Iterable[str]) -> Filter:
    """Make the filter for cases that have all of some words."""
    return all_of([_keyword(columns, word) for word in sorted(words)])


def all_of(filters: Sequence[Filter]) -> Filter:
    """Make the filter that passes what passes all of some. The cheap go first, and leave less to the others."""
    terms = sorted(filters, key=lambda term: term.cost)

    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        passed = places
        for term in terms:
            passed = term.select(passed, passing=True)
        return passed if passing else _without(places, passed)

    return Filter(select, sum(term.cost for term in terms))


def _any_of(filters: Sequence[Filter]) -> Filter:
    """Make the filter that passes what passes one of some: all but what fails each of them."""
    terms = sorted(filters, key=lambda term: term.cost)

    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        failed = places
        for term in terms:
            failed = term.select(failed, passing=False)
        return _without(places, failed) if passing else failed

    return Filter(select, sum(term.cost for term in terms))


def _not(term: Filter) -> Filter:
    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        return term.select(places, passing=not passing)

    return Filter(select, term.cost)


def _without(places: Sequence[int], others: Iterable[int]) -> Sequence[int]:
    gone = set(others)
    return [place for place in places if place not in gone]


def _field_filter(domain: Domain, columns: Columns[Any], wire: Mapping[str, Any], *, where: str) -> Filter:
    ((comparison, operand),) = wire.items()
    where = f"{where}.{comparison}"
    field = known_field(domain, operand["id"], where=where)
    value = read_value(field, operand["value"], where=where)
    if comparison == "equalTo":
        # A case without a value has None there, so an emptyValue is found in the same way.
        return _equal(lambda: columns.keys(field.id), None if value is None else value.key)
    if value is None:
        raise invalid(f"{where}: an emptyValue can only be compared with equalTo")
    if comparison == "contains":
        if field.type not in _CONTAINS_TYPES:
            raise invalid(f"{where}: contains works on Text and Url fields; {field.id} is of type {field.type}")
        return _containing(columns, field.id, str(value.key).casefold())
    if field.type not in _ORDERED_TYPES:
        message = f"{comparison} works on Number and DateTime fields; {field.id} is of type {field.type}"
        raise invalid(f"{where}: {message}")
    return _ordered(columns, field.id, _ORDERINGS[comparison], value.key)


def _equal(column: Callable[[], Sequence[Key | None]], wanted: Key | None) -> Filter:
    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        keys = column()
        return [place for place in places if (keys[place] == wanted) is passing]

    return Filter(select, _CHEAP)


def _containing(columns: Columns[Any], field_id: str, needle: str) -> Filter:
    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        keys: Sequence[Any] = columns.keys(field_id)
        return [
            place for place in places if ((text := keys[place]) is not None and needle in text.casefold()) is passing
        ]

    return Filter(select, _DEAR)


def _ordered(columns: Columns[Any], field_id: str, compare: Callable[[Any, Any], bool], bound: Key) -> Filter:
    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        keys = columns.keys(field_id)
        return [place for place in places if ((key := keys[place]) is not None and compare(key, bound)) is passing]

    return Filter(select, _CHEAP)


def _tag_filter(columns: Columns[Any], wire: Mapping[str, Any], *, where: str) -> Filter:
    """Compare a tag's key and value. The model requires neither; that the service needs both is inferred."""
    wanted = wire["equalTo"]
    if "key" not in wanted or "value" not in wanted:
        raise invalid(f"{where}.equalTo: needs a key and a value")
    return _equal(lambda: columns.tags(wanted["key"]), wanted["value"])


def _keyword(columns: Columns[Any], word: str) -> Filter:
    whole = f" {word} "

    def select(places: Sequence[int], /, *, passing: bool) -> Sequence[int]:
        texts = columns.texts
        return [place for place in places if (whole in texts[place]) is passing]

    return Filter(select, _DEAR)
