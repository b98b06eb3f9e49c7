"""Whatever can be built goes over the wire and comes back, and whatever the service may hold can be read."""

from __future__ import annotations

import copy
import json
import math
import pickle
from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal
from functools import cache, reduce
from typing import Any, cast

import botocore.session
import botocore.validate
import pytest
from hypothesis import given

from connectkit import F, Fault, Filter, FilterError, all_of, any_of
from connectkit._transport.check import Checker
from connectkit.filters.nodes import DEEPEST
from connectkit.models.connectcases import CaseFilter, SearchCasesRequest

from ..simulator.helpers import needs_member
from .strategies import DATES, MORE, any_filter, any_wire, lists_in

NAMES = {"F": F, "Filter": Filter, "all_of": all_of, "any_of": any_of, "datetime": datetime, "timezone": timezone}
MODEL: Any = cast("Any", botocore.session).get_session().get_service_model("connectcases")
INPUT: Any = MODEL.operation_model("SearchCases").input_shape
current = [needs_member("connectcases", "CaseFilter", "orAll"), needs_member("connectcases", "CaseFilter", "tag")]


def made_by(code: str) -> Filter:
    made: Filter = eval(code, dict(NAMES))  # noqa: S307 - our own text
    return made


def terms(count: int) -> list[Filter]:
    return [F.number("n").eq(number) for number in range(count)]


@cache
def our_check() -> Callable[[Any], list[Fault]]:
    return Checker("connectcases").for_input(INPUT)


# There and back.


@MORE
@given(any_filter)
def test_a_filter_comes_back_from_the_wire(built: Filter) -> None:
    wire = built.to_wire()
    assert Filter.from_wire(wire) == built
    assert Filter.from_wire(wire).to_wire() == wire
    assert Filter.from_wire(json.loads(json.dumps(wire))) == built


@given(any_filter)
def test_a_filter_comes_back_from_a_model(built: Filter) -> None:
    model = built.to_model()
    assert isinstance(model, CaseFilter)
    assert model.to_wire() == built.to_wire()
    assert Filter.from_wire(model) == built
    assert Filter.from_wire(SearchCasesRequest(domain_id="d", filter=model).to_wire()["filter"]) == built


@MORE
@given(any_filter)
def test_the_repr_of_a_filter_is_code_that_makes_it(built: Filter) -> None:
    assert made_by(repr(built)) == built
    assert repr(made_by(repr(built))) == repr(built)


@MORE
@given(any_wire)
def test_any_filter_of_the_service_can_be_read(wire: dict[str, Any]) -> None:
    read = Filter.from_wire(wire)
    assert Filter.from_wire(read.to_wire()) == read
    assert made_by(repr(read)) == read
    assert Filter.from_wire(CaseFilter.from_wire(wire)) == read


@given(any_filter)
def test_copies_are_equal_and_so_are_their_hashes(built: Filter) -> None:
    for twin in (copy.deepcopy(built), pickle.loads(pickle.dumps(built)), Filter.from_wire(built.to_wire())):  # noqa: S301 - our own bytes
        assert twin == built
        assert hash(twin) == hash(built)
        assert len({twin, built}) == 1


@pytest.mark.parametrize("text", DATES)
def test_a_moment_from_the_wire_keeps_its_spelling(text: str) -> None:
    wire = {"field": {"lessThan": {"id": "due", "value": {"stringValue": text}}}}
    assert Filter.from_wire(wire).to_wire() == wire


# What boto3 and the service accept.


@pytest.mark.parametrize("_", [pytest.param(None, marks=current)])
@MORE
@given(built=any_filter)
def test_botocore_and_our_own_stricter_check_accept_every_filter(_: None, built: Filter) -> None:
    parameters = {"domainId": "d", "filter": built.to_wire()}
    report: Any = cast("Any", botocore.validate).ParamValidator().validate(parameters, INPUT)
    assert not report.has_errors(), report.generate_report()
    assert our_check()(parameters) == []


@MORE
@given(any_filter)
def test_no_list_is_longer_than_the_service_takes(built: Filter) -> None:
    assert all(0 < len(found) <= 10 for found in lists_in(built.to_wire()))


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 12, 19, 20, 21, 99, 100, 101, 123, 999, 1001, 5000])
@pytest.mark.parametrize(("combine", "member"), [(all_of, "andAll"), (any_of, "orAll")])
def test_long_lists_are_grouped_evenly_and_in_order(count: int, combine: Callable[..., Filter], member: str) -> None:
    built = combine(terms(count))
    wire = built.to_wire()
    found = lists_in(wire)

    def leaves(held: Any) -> list[float]:
        if "field" in held:
            return [held["field"]["equalTo"]["value"]["doubleValue"]]
        assert set(held) == {member}
        return [leaf for one in held[member] for leaf in leaves(one)]

    def levels(held: Any) -> int:
        return 0 if "field" in held else 1 + max(levels(one) for one in held[member])

    assert leaves(wire) == list(range(count))
    # As flat as lists of ten can be; and groups of the same level are of the same size, give or take one.
    assert levels(wire) == (math.ceil(round(math.log10(count), 9)) if count > 1 else 0)
    sizes = [len(one) for one in found if "field" in one[0]]
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert len(sizes) == (-(-count // 10) if count > 1 else 0)
    assert Filter.from_wire(wire) == built


def test_thousands_of_terms_can_be_joined_one_by_one() -> None:
    five_thousand = terms(5000)
    every = reduce(lambda one, other: one & other, five_thousand)
    some = reduce(lambda one, other: one | other, five_thousand)
    assert every == all_of(five_thousand)
    assert some == any_of(five_thousand)
    for built in (every, some):
        assert Filter.from_wire(built.to_wire()) == built
        assert Filter.from_wire(built.to_model()) == built
        assert made_by(repr(built)) == built
        assert hash(built) == hash(Filter.from_wire(built.to_wire()))
    assert some.matches({"n": 4999.0})
    assert not every.matches({"n": 4999.0})


# Canonical form.


def test_what_says_the_same_in_the_same_order_is_equal() -> None:
    a, b, c = terms(3)
    assert (a & b) & c == a & (b & c) == all_of(a, b, c) == all_of([a, b, c]) == all_of(x for x in (a, b, c))
    assert (a | b) | c == a | (b | c) == any_of(a, b, c) == any_of([a, b, c])
    assert ~~a == a
    assert ~~~(a & b) == ~(a & b)
    assert all_of(a) == any_of([a]) == a
    assert all_of(~~(a & b), c) == a & b & c
    assert a & b != b & a
    assert a & b != a | b
    assert a != ~a
    assert (a | b) & c != a | (b & c)


def test_equality_is_about_the_wire_and_not_about_the_reference() -> None:
    assert F.text("f").eq("x") == F.select("f").eq("x") == F.url("f").eq("x")
    assert F.text("status").eq("open") == F.status.eq("open")
    assert F.text("f").eq("arn:x") != F.user("f").eq("arn:x")
    assert F.number("f").eq(1) != F.boolean("f").eq(True)
    assert F.number("f").eq(5) == F.number("f").eq(5.0)
    assert F.text("f").eq("") != F.text("f").is_empty()


def test_a_dictionary_given_away_is_no_way_to_change_the_filter() -> None:
    built = F.title.eq("x") & F.status.is_empty()
    wire = built.to_wire()
    wire["andAll"][1]["field"]["equalTo"]["value"]["emptyValue"]["more"] = 1
    wire["andAll"].clear()
    assert built == F.title.eq("x") & F.status.is_empty()


# What can't be read says where.


def a_field(value: Any, operator: str = "equalTo", field_id: Any = "f") -> dict[str, Any]:
    return {"field": {operator: {"id": field_id, "value": value}}}


VALUE = r"filter\.field\.equalTo\.value"
GOOD = a_field({"stringValue": "x"})


UNREADABLE: list[tuple[Any, str]] = [
    ({}, "filter: must have exactly one of field, not, tag, andAll, orAll; it has none"),
    ({"field": None}, "filter: must have exactly one of field, not, tag, andAll, orAll; it has none"),
    ({**GOOD, "andAll": [GOOD]}, "filter: must have exactly one of .*; it has 'field' and 'andAll'"),
    ({"fuzzy": {}}, "filter: has 'fuzzy', which this version of connectkit doesn't know; it knows field, not"),
    ({"andAll": [GOOD, {"not": {"fuzzy": {}}}]}, r"filter\.andAll\[1\]\.not: has 'fuzzy'"),
    ({"andAll": GOOD}, r"filter\.andAll: must be a list, not dict"),
    ({"orAll": [GOOD, "x"]}, r"filter\.orAll\[1\]: must be a mapping, not str"),
    ({"field": []}, r"filter\.field: must be a mapping, not list"),
    ({"field": {}}, r"filter\.field: must have exactly one of equalTo, contains, .*; it has none"),
    (a_field({"stringValue": "x"}, "startsWith"), r"filter\.field: has 'startsWith'.*knows equalTo, contains"),
    (a_field({"stringValue": "x"}, field_id=None), r"filter\.field\.equalTo\.id: must be a str, not None"),
    (a_field({"stringValue": "x"}, field_id=""), r"filter\.field\.equalTo\.id: is empty"),
    (a_field(None), r"filter\.field\.equalTo\.value: must be a mapping, not None"),
    (a_field("x"), r"filter\.field\.equalTo\.value: must be a mapping, not str"),
    (a_field({}), rf"{VALUE}: must have exactly one of stringValue, .*; it has none"),
    (a_field({"ratingValue": 5}), rf"{VALUE}: has 'ratingValue'.*knows stringValue"),
    (a_field({"stringValue": 5}), rf"{VALUE}\.stringValue: must be a str, not int"),
    (a_field({"doubleValue": "5"}), rf"{VALUE}\.doubleValue: must be a number, not str"),
    (a_field({"doubleValue": True}), rf"{VALUE}\.doubleValue: must be a number, not bool"),
    (a_field({"doubleValue": math.nan}), rf"{VALUE}\.doubleValue: must be a finite number, not nan"),
    (a_field({"doubleValue": 10**400}), rf"{VALUE}\.doubleValue: is no number of double precision"),
    (a_field({"booleanValue": 1}), rf"{VALUE}\.booleanValue: must be True or False, not int"),
    (a_field({"emptyValue": "x"}), rf"{VALUE}\.emptyValue: must be a mapping, not str"),
    (a_field({"emptyValue": {"why": "x"}}), rf"{VALUE}\.emptyValue: has 'why'"),
    (
        {"field": {"equalTo": {"id": "f", "value": {"stringValue": "x"}, "boost": 2}}},
        r"filter\.field\.equalTo: has 'boost'",
    ),
    ({"tag": {"contains": {"key": "k"}}}, r"filter\.tag: has 'contains'.*knows equalTo"),
    ({"tag": {"equalTo": {"key": 5}}}, r"filter\.tag\.equalTo\.key: must be a str, not int"),
    ([GOOD], "filter: must be a mapping, not list"),
    (None, "filter: must be a mapping, not None"),
    ("status = open", "filter: must be a mapping, not str"),
]


@pytest.mark.parametrize(("wire", "told"), UNREADABLE)
def test_what_cannot_be_read_is_refused_with_its_path(wire: Any, told: str) -> None:
    with pytest.raises(FilterError, match=f"^{told}"):
        Filter.from_wire(wire)


def test_a_model_that_knows_more_than_this_version_is_refused_with_the_path() -> None:
    with pytest.raises(FilterError, match=r"^filter\.not: has 'fuzzy'"):
        Filter.from_wire(CaseFilter.from_wire({"not": {"fuzzy": {"field": "f"}}}))


def test_members_that_are_null_are_no_members() -> None:
    wire = {"__type": "CaseFilter", "not": None, "field": {"contains": None, **GOOD["field"]}}
    assert Filter.from_wire(wire) == F.text("f").eq("x")


# Depth.


def depth_of(wire: dict[str, Any]) -> int:
    ((_, held),) = wire.items()
    if isinstance(held, list):
        return 1 + max(depth_of(one) for one in cast("list[dict[str, Any]]", held))
    return 1 + depth_of(held) if "not" in wire else 1


@MORE
@given(any_filter)
def test_a_filter_knows_how_deep_it_is_on_the_wire(built: Filter) -> None:
    assert built.node.depth == depth_of(built.to_wire())


def alternating(depth: int) -> Filter:
    built = F.number("n").eq(0)
    for level in range(1, depth):
        built = F.number("n").eq(level) & built if level % 2 else F.number("n").eq(level) | built
    return built


def test_the_deepest_filter_goes_all_the_way() -> None:
    deepest = alternating(DEEPEST)
    assert Filter.from_wire(deepest.to_wire()) == deepest
    assert Filter.from_wire(deepest.to_model()) == deepest
    assert deepest.matches({"n": float(DEEPEST)}) in (True, False)
    assert hash(deepest) == hash(Filter.from_wire(deepest.to_wire()))
    assert deepest == copy.deepcopy(deepest)


def test_each_level_of_a_deep_filter_may_be_long() -> None:
    built = F.number("n").eq(0)
    for level in range(1, DEEPEST // 3):
        others = [F.number("n").eq(level * 200 + number) for number in range(101)]
        built = (all_of if level % 2 else any_of)([built, *others])
    assert built.node.depth == depth_of(built.to_wire()) <= DEEPEST
    assert Filter.from_wire(built.to_wire()) == built
    assert Filter.from_wire(built.to_model()) == built


def test_a_filter_that_nests_too_deep_is_refused_when_it_is_made() -> None:
    with pytest.raises(FilterError, match=f"can nest {DEEPEST} levels deep, and this one would have {DEEPEST + 1}"):
        alternating(DEEPEST + 1)
    with pytest.raises(FilterError, match=f"can nest {DEEPEST} levels"):
        _ = ~alternating(DEEPEST)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 200, 5000])
def test_a_filter_from_the_wire_that_nests_too_deep_is_refused(depth: int) -> None:
    wire: dict[str, Any] = GOOD
    for level in range(depth):
        wire = {"andAll" if level % 2 else "orAll": [wire, GOOD]}
    with pytest.raises(FilterError, match="levels"):
        Filter.from_wire(wire)


def test_what_only_looks_deep_on_the_wire_is_read() -> None:
    wire: dict[str, Any] = GOOD
    for level in range(2 * DEEPEST - 1):
        wire = {"not": wire} if level % 2 else {"andAll": [wire]}
    assert Filter.from_wire(wire) == F.text("f").ne("x")


@pytest.mark.parametrize("member", ["not", "andAll", "orAll"])
def test_what_only_looks_deep_is_read_to_twice_the_levels(member: str) -> None:
    wire: dict[str, Any] = GOOD
    for _ in range(2 * DEEPEST - 1):
        wire = {member: wire if member == "not" else [wire]}
    Filter.from_wire(wire)
    with pytest.raises(FilterError, match=f"is read to {2 * DEEPEST} levels, and this one is nested deeper"):
        Filter.from_wire({member: wire if member == "not" else [wire]})


@pytest.mark.parametrize(("given", "kept"), [(5, 5), (5.0, 5.0), (Decimal("2.5"), 2.5)])
def test_a_number_from_the_wire_stays_the_number_that_it_is(given: Any, kept: float) -> None:
    wire = Filter.from_wire({"field": {"equalTo": {"id": "n", "value": {"doubleValue": given}}}}).to_wire()
    written = wire["field"]["equalTo"]["value"]["doubleValue"]
    assert (written, type(written)) == (kept, type(kept))
