"""A filter decides about a case here as the service's search does there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import assume, given, strategies as st

from connectkit import F, FieldValueError, Filter, FilterError, all_of, any_of
from connectkit.filters import SYSTEM_FIELDS, HasFields
from connectkit.models.connectcases import FieldValueUnion, GetCaseResponse
from connectkit.values import decode

from ..simulator.helpers import needs_member
from .conftest import World
from .strategies import MORE, any_filter, lists_in

NOON = datetime(2030, 1, 1, 12, tzinfo=timezone.utc)
searches = needs_member("connectcases", "CaseFilter", "orAll")


def in_each_form(world: World, answer: dict[str, Any]) -> dict[str, Any]:
    """A case in each form that ``matches`` takes."""
    unions = {field["id"]: field["value"] for field in answer["fields"]}
    types = {ref.id: ref.type for ref in world.refs}
    return {
        "unions": unions,
        "as events carry them": {held: {"value": union} for held, union in unions.items()},
        "models": {held: FieldValueUnion.from_wire(union) for held, union in unions.items()},
        "plain values": {held: decode(union, types[held]) for held, union in unions.items()},
        "an object": SimpleNamespace(fields=unions),
        "boto3's list": SimpleNamespace(fields=answer["fields"]),
        "an answer": GetCaseResponse.from_wire({"fields": answer["fields"], "templateId": "t"}),
    }


# The same as the search.


@searches
@MORE
@given(data=st.data())
def test_it_finds_the_cases_that_a_search_finds(world: World, data: st.DataObject) -> None:
    built = data.draw(world.filters)
    found = world.found(built)
    tags = {case_id: case.get("tags", {}) for case_id, case in world.cases.items()}
    for form in in_each_form(world, world.cases[world.ids[0]]):
        here = {
            case_id
            for case_id, answer in world.cases.items()
            if built.matches(in_each_form(world, answer)[form], tags=tags[case_id])
        }
        assert here == found, form


@searches
@MORE
@given(data=st.data())
def test_a_filter_that_came_over_the_wire_finds_the_same(world: World, data: st.DataObject) -> None:
    """There it lost the types of its fields."""
    built = Filter.from_wire(data.draw(world.filters).to_wire())
    # A Text that looks like a moment is the one thing that can't be told.
    assume("2030-01-01T12:00:00Z" not in str(built.to_wire()))
    here = {
        case_id
        for case_id, answer in world.cases.items()
        if built.matches(in_each_form(world, answer)["unions"], tags=answer.get("tags", {}))
    }
    assert here == world.found(built)


@searches
@given(data=st.data())
def test_de_morgan_and_double_negation_hold(world: World, data: st.DataObject) -> None:
    one, other = data.draw(world.filters), data.draw(world.filters)
    ones, others, every = world.found(one), world.found(other), set(world.ids)
    assert world.found(~(one & other)) == world.found(~one | ~other) == every - (ones & others)
    assert world.found(~(one | other)) == world.found(~one & ~other) == every - (ones | others)
    # A filter leaves a double negation out; the service has its own.
    assert world.found_by({"not": {"not": one.to_wire()}}) == ones


@given(any_filter, any_filter)
def test_they_hold_here_too(one: Filter, other: Filter) -> None:
    case = {"title": "Parcel", "status": "open", "created_datetime": NOON}

    def passes(built: Filter) -> bool:
        return built.matches(case, tags={"team": "legal"})

    try:
        passes(one)
        passes(other)
    except FilterError:
        # A comparison that the type of a system field hasn't, which any_filter makes as well.
        assume(False)
    assert passes(~(one & other)) == passes(~one | ~other) == (not (passes(one) and passes(other)))
    assert passes(~(one | other)) == passes(~one & ~other) == (not (passes(one) or passes(other)))
    assert passes(~~one) == passes(one)


@searches
@pytest.mark.parametrize("count", [10, 11, 123, 1234])
def test_more_terms_than_the_service_takes_find_the_right_cases(world: World, count: int) -> None:
    number = F.number(world.fields["Number"])
    any_number = any_of(number.eq(1000 + place) for place in range(count - 1)) | number.eq(1.5)
    all_numbers = all_of(number.ne(1000 + place) for place in range(count - 1)) & number.eq(1.5)
    expected = {
        case_id for case_id, case in world.cases.items() if {"doubleValue": 1.5} in [f["value"] for f in case["fields"]]
    }
    assert expected
    for built in (any_number, all_numbers):
        assert world.found(built) == expected
        sent = world.sim.calls("SearchCases")[-1].params
        assert sent is not None
        lists = lists_in(sent["filter"])
        assert all(len(one) <= 10 for one in lists)
        assert sum(1 for one in lists for term in one if "andAll" not in term and "orAll" not in term) == count


# What it says about values.


@pytest.mark.parametrize(
    ("built", "value", "passes"),
    [
        (F.text("f").eq("x"), "x", True),
        (F.text("f").eq("x"), "X", False),
        (F.text("f").eq("x"), None, False),
        (F.text("f").ne("x"), None, True),
        (F.text("f").contains("STRASSE"), "Hauptstraße", True),
        (F.text("f").contains(""), "", True),
        (F.text("f").contains(""), None, False),
        (F.text("f").is_empty(), "", False),
        (F.text("f").is_empty(), None, True),
        (F.text("f").is_empty(), {"value": {"emptyValue": {}}}, True),
        (F.text("f").is_empty(), {}, True),
        (F.text("f").is_set(), {"newValue": 1}, True),
        (F.number("f").eq(1), True, False),
        (F.boolean("f").eq(True), 1, False),
        (F.number("f").eq(1), "1", False),
        (F.text("f").eq("1"), 1, False),
        (F.number("f").gt(1), Decimal("1.5"), True),
        (F.number("f").gt(1), {"doubleValue": 2}, True),
        (F.number("f").gt(1), "2", False),
        (F.number("f").lt(1), None, False),
        (F.datetime("f").eq(NOON), "2030-01-01T13:00:00.000+01:00", True),
        (F.datetime("f").eq(NOON), NOON.astimezone(timezone(timedelta(hours=1))), True),
        (F.datetime("f").eq(NOON), "soon", False),
        (F.datetime("f").gt(NOON), "soon", False),
        (F.datetime("f").gt(NOON), "2030-01-01T12:00:00.001Z", True),
        (F.datetime("f").gt(NOON), 5.0, False),
        # A Text is a text, whatever it looks like; what nobody says anything about is what it looks like.
        (F.text("f").eq("2030-01-01T12:00:00Z"), "2030-01-01T12:00:00.000Z", False),
        (Filter.from_wire(F.text("f").eq("2030-01-01T12:00:00Z").to_wire()), "2030-01-01T12:00:00.000Z", True),
        (Filter.from_wire(F.text("f").eq("2030-01-01T12:00:00Z").to_wire()), NOON, True),
        (Filter.from_wire(F.text("f").eq("2030-01-01").to_wire()), "2030-01-01T00:00:00Z", False),
        (Filter.from_wire({"andAll": []}), "x", True),
        (Filter.from_wire({"orAll": []}), "x", False),
    ],
)
def test_values_are_compared_as_the_service_would(built: Filter, value: Any, passes: bool) -> None:  # noqa: FBT001 - a column of the table
    assert built.matches({"f": value}) is passes
    if value is None:
        assert built.matches({}) is passes


def test_the_type_of_a_system_field_is_known_without_a_reference() -> None:
    read = Filter.from_wire(F.text("created_datetime").eq("2030-01-01T12:00:00Z").to_wire())
    assert read.matches({"created_datetime": {"stringValue": "2030-01-01T12:00:00.000Z"}})
    assert not Filter.from_wire(F.title.eq("2030-01-01T12:00:00Z").to_wire()).matches(
        {"title": {"stringValue": "2030-01-01T12:00:00.000Z"}}
    )


# Tags.


class Tagged:
    def __init__(self, tags: Any) -> None:
        self.fields: dict[str, Any] = {"title": "x"}
        self.tags = tags


def test_tags_come_from_the_case_or_the_argument() -> None:
    legal = F.tag("team").eq("legal")
    assert legal.matches({}, tags={"team": "legal"})
    assert not legal.matches({}, tags={"team": "Legal"})
    assert not legal.matches({}, tags={})
    assert F.tag("team").ne("legal").matches({}, tags={})
    assert legal.matches(Tagged({"team": "legal"}))
    assert not legal.matches(Tagged({"team": "legal"}), tags={})
    assert isinstance(Tagged({}), HasFields)


@pytest.mark.parametrize("case", [{}, Tagged(None), SimpleNamespace(fields={})])
def test_tags_that_nobody_knows_are_not_guessed(case: Any) -> None:
    with pytest.raises(FilterError, match=r"asks for the tag 'team'.*say matches\(case, tags=\.\.\.\)"):
        (~F.tag("team").eq("legal")).matches(case)
    assert F.title.ne("y").matches(case)


# What can't be decided.


def odd(operator: str, value: dict[str, Any], field_id: str = "f") -> Filter:
    return Filter.from_wire({"field": {operator: {"id": field_id, "value": value}}})


@pytest.mark.parametrize(
    ("built", "told"),
    [
        (odd("contains", {"emptyValue": {}}), "an emptyValue can only be compared with equalTo"),
        (odd("lessThan", {"emptyValue": {}}), "an emptyValue can only be compared with equalTo"),
        (odd("contains", {"doubleValue": 5}), "contains has no meaning for doubleValue 5"),
        (odd("greaterThan", {"stringValue": "soon"}), "gt has no meaning for stringValue 'soon'"),
        (odd("greaterThan", {"booleanValue": True}), "gt has no meaning for booleanValue True"),
        (
            odd("contains", {"stringValue": "o"}, "status"),
            "field 'status' is of type SingleSelect, which has no contains",
        ),
        (odd("lessThan", {"doubleValue": 5}, "title"), "field 'title' is of type Text, which has no lt"),
        (Filter.from_wire({"tag": {"equalTo": {"key": "team"}}}), "needs a key and a value"),
        (Filter.from_wire({"tag": {"equalTo": {"value": "legal"}}}), "needs a key and a value"),
    ],
)
def test_what_the_service_refuses_is_refused_here(built: Filter, told: str) -> None:
    with pytest.raises(FilterError, match=told):
        built.matches({"f": "x"}, tags={})


@searches
@pytest.mark.parametrize(
    "built",
    [
        odd("contains", {"emptyValue": {}}, "title"),
        odd("contains", {"stringValue": "o"}, "status"),
        odd("lessThan", {"stringValue": "soon"}, "created_datetime"),
        odd("lessThan", {"stringValue": "x"}, "title"),
    ],
)
def test_the_simulated_service_refuses_it_as_well(world: World, built: Filter) -> None:
    with pytest.raises(world.client.exceptions.ValidationException):
        world.found(built)
    with pytest.raises(FilterError):
        built.matches({})


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(FieldValueError, match="field 'f' has a datetime without a time zone"):
        F.datetime("f").gt(NOON).matches({"f": datetime(2030, 1, 1)})  # noqa: DTZ001 - that's the point


@pytest.mark.parametrize("fields", [5, "", "x", [1], [{"value": {"stringValue": "x"}}]])
def test_what_has_no_fields_is_refused(fields: Any) -> None:
    with pytest.raises(TypeError, match="values by field ID, or something whose attribute fields has them"):
        F.status.eq("open").matches(cast("Any", SimpleNamespace(fields=fields)))


@pytest.mark.parametrize("case", ["x", 5, None, object(), [1]])
def test_what_is_no_case_is_refused(case: Any) -> None:
    with pytest.raises(TypeError, match="values by field ID, or something whose attribute fields has them"):
        F.title.eq("x").matches(case)


def test_every_system_field_can_be_matched(world: World) -> None:
    case: Callable[[], dict[str, Any]] = world.cases[world.ids[0]].copy
    held = {field["id"]: field["value"] for field in case()["fields"]}
    assert {"title", "status", "created_datetime"} <= set(held) & set(SYSTEM_FIELDS)
    for field_id, union in held.items():
        assert odd("equalTo", union, field_id).matches(held)
