"""Random filters: any that can be built, and any that the service model lets be on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, cast

from hypothesis import settings, strategies as st

from connectkit import AnyRef, F, Filter, all_of, any_of
from connectkit.filters import SYSTEM_FIELDS, Fields, reference

MORE = settings(max_examples=4 * settings().max_examples)
"""Filters are quickly made, and there are many."""

Filters = st.SearchStrategy[Filter]

texts = st.text(st.characters(codec="utf-8"), max_size=20)
ids = st.sampled_from(sorted(SYSTEM_FIELDS)) | st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones)  # noqa: DTZ001 - hypothesis adds them
floats = st.floats(allow_nan=False, allow_infinity=False)
numbers = floats | st.integers(-(2**53), 2**53) | floats.map(str).map(Decimal)
arns = texts.map("arn:{}".format)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Text": texts,
    "Url": texts,
    "SingleSelect": texts,
    "DateTime": moments,
    "Number": numbers,
    "Boolean": st.booleans(),
    "User": arns,
    "Rating": texts | floats | st.booleans() | moments,
}
ORDERED = ("Number", "DateTime")
OPERATORS: dict[str, tuple[str, ...]] = {
    "Text": ("contains",),
    "Url": ("contains",),
    "Number": ("gt", "gte", "lt", "lte", "between"),
    "DateTime": ("gt", "gte", "lt", "lte", "between"),
}
EQUALITY = ("eq", "ne", "one_of", "is_empty", "is_set")


@st.composite
def comparisons(draw: st.DrawFn, ref: Any, values: st.SearchStrategy[Any]) -> Filter:
    """Any comparison that a reference has, with some of ``values``."""
    operator = draw(st.sampled_from(EQUALITY + OPERATORS.get(ref.type, ())))
    if operator in ("is_empty", "is_set"):
        built: Filter = getattr(ref, operator)()
    elif operator == "one_of":
        built = ref.one_of(*draw(st.lists(values, min_size=1, max_size=12)))
    elif operator == "between":
        built = ref.between(*sorted([draw(values), draw(values)]))
    else:
        built = getattr(ref, operator)(draw(values))
    return built


@st.composite
def tag_comparisons(draw: st.DrawFn, keys: st.SearchStrategy[str], values: st.SearchStrategy[str]) -> Filter:
    ref = F.tag(draw(keys))
    operator = draw(st.sampled_from(["eq", "ne", "one_of"]))
    if operator == "one_of":
        return ref.one_of(*draw(st.lists(values, min_size=1, max_size=12)))
    return ref.eq(draw(values)) if operator == "eq" else ref.ne(draw(values))


def combinations(leaves: Filters, *, most: int = 12) -> Filters:
    """Filters that combine ``leaves``, in all the ways there are."""

    def combined(inner: Filters) -> Filters:
        several = st.lists(inner, min_size=1, max_size=most)
        two = st.tuples(inner, inner)
        return st.one_of(
            inner.map(lambda term: ~term),
            several.map(lambda terms: all_of(*terms)),
            several.map(any_of),
            two.map(lambda pair: pair[0] & pair[1]),
            two.map(lambda pair: pair[0] | pair[1]),
        )

    return st.recursive(leaves, combined, max_leaves=30)


@st.composite
def _any_comparison(draw: st.DrawFn) -> Filter:
    type_ = draw(st.sampled_from(sorted(VALUES)))
    # What the ID of a system field says of its type needn't be what the reference says.
    ref = draw(st.sampled_from([reference, AnyRef]))(draw(ids), type_)
    return draw(comparisons(ref, VALUES[type_]))


@st.composite
def _system_comparison(draw: st.DrawFn) -> Filter:
    ref = getattr(Fields, draw(st.sampled_from(sorted(SYSTEM_FIELDS))))
    return draw(comparisons(ref, VALUES[ref.type]))


any_filter: Filters = combinations(
    _any_comparison() | _system_comparison() | tag_comparisons(texts.filter(bool), texts)
)


def _field_wire(operator: str, field_id: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"field": {operator: {"id": field_id, "value": value}}}


def _recursive_wire(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    lists = st.lists(inner, max_size=10)
    return (
        inner.map(lambda term: {"not": term})
        | lists.map(lambda terms: {"andAll": terms})
        | lists.map(lambda terms: {"orAll": terms})
    )


DATES = ["2030-01-01T12:00:00Z", "2030-01-01T12:00:00.000Z", "2030-01-01T13:00:00+01:00", "2030-01-01", "soon"]
_EMPTY: dict[str, Any] = {"emptyValue": {}}
_WIRE_VALUES: st.SearchStrategy[dict[str, Any]] = (
    (texts | st.sampled_from(DATES)).map(lambda text: {"stringValue": text})
    | (floats | st.integers(-(2**60), 2**60)).map(lambda number: {"doubleValue": number})
    | st.booleans().map(lambda truth: {"booleanValue": truth})
    | (texts | arns).map(lambda arn: {"userArnValue": arn})
    | st.just(_EMPTY)
)
_COMPARISONS = ["equalTo", "contains", "greaterThan", "greaterThanOrEqualTo", "lessThan", "lessThanOrEqualTo"]
_TAGS = st.fixed_dictionaries({}, optional={"key": texts.filter(bool), "value": texts})

any_wire: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.builds(_field_wire, st.sampled_from(_COMPARISONS), ids, _WIRE_VALUES)
    | _TAGS.map(lambda tag: {"tag": {"equalTo": tag}}),
    _recursive_wire,
    max_leaves=30,
)


def lists_in(wire: Any) -> Sequence[list[Any]]:
    """Every list in a filter on the wire."""
    match wire:
        case dict():
            return [found for held in cast("dict[str, Any]", wire).values() for found in lists_in(held)]
        case [*terms]:
            return [terms, *(found for one in terms for found in lists_in(one))]
        case _:
            return []
