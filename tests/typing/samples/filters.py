"""Filters as a caller composes them: nothing of this is an error, and every type is known."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeVar

from typing_extensions import assert_type

from connectkit import (
    AnyRef,
    BooleanRef,
    DateTimeRef,
    F,
    FieldRef,
    Filter,
    NumberRef,
    SelectRef,
    TagRef,
    TextRef,
    UrlRef,
    UserRef,
    all_of,
    any_of,
)
from connectkit.models import connectcases as cases

V = TypeVar("V")


def references_know_their_kind() -> None:
    assert_type(F.title, TextRef)
    assert_type(F.status, SelectRef)
    assert_type(F.created_by, UserRef)
    assert_type(F.created_datetime, DateTimeRef)
    assert_type(F.text("f"), TextRef)
    assert_type(F.number("f"), NumberRef)
    assert_type(F.boolean("f"), BooleanRef)
    assert_type(F.datetime("f"), DateTimeRef)
    assert_type(F.select("f"), SelectRef)
    assert_type(F.url("f"), UrlRef)
    assert_type(F.user("f"), UserRef)
    assert_type(F.tag("team"), TagRef)
    assert_type((F.title.id, F.title.type, F.title.name), tuple[str, str, str | None])


def value_of(_: FieldRef[V]) -> V:
    raise NotImplementedError


def references_know_the_type_of_their_values() -> None:
    assert_type(value_of(F.title), str)
    assert_type(value_of(F.status), str)
    assert_type(value_of(F.url("f")), str)
    assert_type(value_of(F.created_by), str)
    assert_type(value_of(F.number("f")), float)
    assert_type(value_of(F.boolean("f")), bool)
    assert_type(value_of(F.created_datetime), datetime)
    assert_type(value_of(AnyRef("f", "Text")), str | float | bool | datetime | None)


def references_go_where_less_is_asked_for(values: dict[FieldRef[object], object]) -> list[FieldRef[object]]:
    values[F.status] = "open"
    values[F.number("f")] = 5
    return [F.title, F.boolean("f"), AnyRef("f", "Rating"), *values]


def every_operator(moment: datetime) -> list[Filter]:
    number, due = F.number("f"), F.datetime("f")
    return [
        F.title.eq("x"),
        F.title.ne("x"),
        F.title.contains("x"),
        F.url("f").contains("x"),
        F.status.one_of("open", "closed"),
        F.created_by.eq("arn:aws:connect:us-east-1:123456789012:instance/i/agent/a"),
        F.boolean("f").eq(value=True),
        F.summary.is_empty(),
        F.summary.is_set(),
        number.gt(5),
        number.gte(5.5),
        number.lt(Decimal("5.5")),
        number.lte(5),
        number.between(1, Decimal(5)),
        number.one_of(1, 2.5, Decimal(3)),
        due.between(moment, moment + timedelta(days=1)),
        due.lt(moment),
        F.tag("team").eq("legal"),
        F.tag("team").ne("legal"),
        F.tag("team").one_of("legal", "sales"),
    ]


def signs_give_filters_too(moment: datetime) -> None:
    assert_type(F.title == "x", Filter)
    assert_type(F.title != "x", Filter)
    assert_type(F.number("f") > 5, Filter)
    assert_type(F.number("f") >= 5.5, Filter)
    assert_type(F.created_datetime < moment, Filter)
    assert_type(F.created_datetime <= moment, Filter)
    assert_type(F.boolean("f") == True, Filter)  # noqa: E712 - a filter, no truth
    assert_type(F.tag("team") == "legal", Filter)
    assert_type((F.status == "open") & ~(F.title == "x") | (F.number("f") > 5), Filter)


def some_field_by_its_name(ref: AnyRef) -> Filter:
    """What it is, only run time knows; so it can be asked for anything."""
    return ref.contains("x") | ref.gt(5) | (ref == "High") | ref.between(1, 2) | ref.eq(datetime.now(timezone.utc))


def combined(several: Iterable[Filter], one: Filter) -> Filter:
    assert_type(all_of(several), Filter)
    assert_type(any_of(one, *several), Filter)
    assert_type(one & one | ~one, Filter)
    return any_of([all_of(F.number("f") == number for number in range(200)), one])


def there_and_back(one: Filter) -> cases.SearchCasesRequest:
    assert_type(one.to_wire(), dict[str, Any])
    assert_type(Filter.from_wire(one.to_wire()), Filter)
    assert_type(Filter.from_wire(one.to_model()), Filter)
    return cases.SearchCasesRequest(domain_id="d", filter=one.to_model())


class CaseEvent:
    """Something that has fields."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self.fields = fields


def about_a_case(one: Filter, reply: cases.GetCaseResponse, item: cases.SearchCasesResponseItem) -> list[bool]:
    return [
        one.matches({"title": "x", "f": 5}),
        one.matches({"title": {"stringValue": "x"}}, tags={"team": "legal"}),
        one.matches(CaseEvent({"title": "x"})),
        one.matches(reply),
        one.matches(item),
    ]
