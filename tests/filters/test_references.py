"""References have the operators of their field's type, refuse what doesn't suit, and guard against slips."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest

from connectkit import (
    AnyRef,
    BooleanRef,
    DateTimeRef,
    F,
    FieldRef,
    FieldValueError,
    Filter,
    FilterError,
    NumberRef,
    SelectRef,
    TagRef,
    TextRef,
    UrlRef,
    UserRef,
    all_of,
    any_of,
)
from connectkit.filters import SYSTEM_FIELDS, Fields, reference, typed
from connectkit.models.connectcases import FieldFilter
from connectkit.simulator import simulate
from connectkit.values import Choices

from ..simulator.helpers import make_client

NOON = datetime(2030, 1, 1, 12, tzinfo=timezone.utc)
CLASSES: dict[str, type[FieldRef[Any]]] = {
    "Text": TextRef,
    "Number": NumberRef,
    "Boolean": BooleanRef,
    "DateTime": DateTimeRef,
    "SingleSelect": SelectRef,
    "Url": UrlRef,
    "User": UserRef,
}


def priorities() -> Choices:
    return Choices([("p1", "High"), ("p2", "Low")])


Make = Callable[..., Any]


def wire(built: Filter) -> Any:
    return built.to_wire()


def compared(operator: str, value: Any, field_id: str = "f") -> dict[str, Any]:
    return {"field": {operator: {"id": field_id, "value": value}}}


# What each operator says.


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (F.text("f").eq("x"), compared("equalTo", {"stringValue": "x"})),
        (F.text("f").ne("x"), {"not": compared("equalTo", {"stringValue": "x"})}),
        (F.text("f").contains("x"), compared("contains", {"stringValue": "x"})),
        (F.url("f").contains("x"), compared("contains", {"stringValue": "x"})),
        (F.number("f").gt(5), compared("greaterThan", {"doubleValue": 5.0})),
        (F.number("f").gte(Decimal("5.5")), compared("greaterThanOrEqualTo", {"doubleValue": 5.5})),
        (F.datetime("f").lt(NOON), compared("lessThan", {"stringValue": "2030-01-01T12:00:00Z"})),
        (F.datetime("f").lte(NOON), compared("lessThanOrEqualTo", {"stringValue": "2030-01-01T12:00:00Z"})),
        (F.boolean("f").eq(False), compared("equalTo", {"booleanValue": False})),
        (F.user("f").eq("arn:u"), compared("equalTo", {"userArnValue": "arn:u"})),
        (F.select("f").is_empty(), compared("equalTo", {"emptyValue": {}})),
        (F.select("f").is_set(), {"not": compared("equalTo", {"emptyValue": {}})}),
        (F.tag("team").eq("legal"), {"tag": {"equalTo": {"key": "team", "value": "legal"}}}),
        (F.tag("team").ne("legal"), {"not": {"tag": {"equalTo": {"key": "team", "value": "legal"}}}}),
    ],
)
def test_operators_say_on_the_wire_what_they_are_called(built: Filter, expected: dict[str, Any]) -> None:
    assert wire(built) == expected


def test_between_includes_both_ends_and_one_of_is_any_of() -> None:
    number, status = F.number("n"), F.status
    assert number.between(1, 5) == number.gte(1) & number.lte(5)
    assert number.between(5, 5) == number.gte(5) & number.lte(5)
    assert status.one_of("open", "closed") == any_of(status.eq("open"), status.eq("closed"))
    assert status.one_of("open") == status.eq("open")
    assert F.tag("t").one_of("a", "b") == F.tag("t").eq("a") | F.tag("t").eq("b")


@pytest.mark.parametrize(
    ("sugar", "called"), [(gt, "gt"), (ge, "gte"), (lt, "lt"), (le, "lte"), (eq, "eq"), (ne, "ne")]
)
def test_signs_are_short_for_operators(sugar: Callable[[Any, Any], Any], called: str) -> None:
    for ref, value in ((F.number("n"), 5), (F.datetime("d"), NOON), (AnyRef("n", "Number"), 5)):
        assert sugar(ref, value) == getattr(ref, called)(value)
    mirrored = {gt: lt, ge: le, lt: gt, le: ge, eq: eq, ne: ne}[sugar]
    assert mirrored(5, F.number("n")) == sugar(F.number("n"), 5)


def test_signs_for_equality_work_on_every_kind() -> None:
    pairs: list[tuple[Any, Any]] = [
        (F.title, "x"),
        (F.url("u"), "x"),
        (F.status, "open"),
        (F.boolean("b"), True),
        (F.user("u"), "arn:u"),
        (F.tag("t"), "x"),
    ]
    for ref, value in pairs:
        assert (ref == value) == ref.eq(value)
        assert (ref != value) == ref.ne(value)
        assert ref.ne(value) == ~ref.eq(value)


# What a field is.


def test_a_field_that_is_none_of_the_systems_is_told_where_to_look() -> None:
    with pytest.raises(AttributeError, match=r"F has no field 'priority': F has the .*, domain\.schema\[name\] has"):
        _ = F.priority  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - the mistake
    with pytest.raises(AttributeError, match=r"did you mean F\.created_datetime\?"):
        _ = F.create_datetime  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - the mistake
    assert copy.copy(F).title is F.title


def test_the_system_fields_are_those_of_every_domain() -> None:
    with simulate():
        client = make_client("connectcases")
        listed = client.list_fields(domainId=client.create_domain(name="Support")["domainId"])["fields"]
    assert {field["fieldId"]: field["type"] for field in listed} == SYSTEM_FIELDS
    offered: dict[str, Any] = {name: value for name, value in vars(Fields).items() if hasattr(value, "type")}
    assert {name: (ref.id, ref.type, type(ref)) for name, ref in offered.items()} == {
        name: (name, type_, CLASSES[type_]) for name, type_ in SYSTEM_FIELDS.items()
    }


@pytest.mark.parametrize("type_", sorted(CLASSES))
def test_references_know_their_type(type_: str) -> None:
    kind = {"SingleSelect": "select"}.get(type_, type_.lower())
    ref: FieldRef[Any] = getattr(F, kind)("f")
    assert (type(ref), ref.id, ref.type, ref.name) == (CLASSES[type_], "f", type_, None)
    named = reference("f", type_, name="Eff")
    assert (type(named), named.id, named.type, named.name) == (CLASSES[type_], "f", type_, "Eff")
    narrowed = typed(AnyRef("f", type_, name="Eff"))
    assert (type(narrowed), narrowed.id, narrowed.name) == (CLASSES[type_], "f", "Eff")


def test_a_type_that_nobody_knows_yet_has_every_operator() -> None:
    rating = reference("r", "Rating")
    assert isinstance(rating, AnyRef)
    assert wire(rating.gte(4)) == compared("greaterThanOrEqualTo", {"doubleValue": 4.0}, "r")
    assert wire(rating.contains("a")) == compared("contains", {"stringValue": "a"}, "r")
    assert wire(rating == NOON) == compared("equalTo", {"stringValue": "2030-01-01T12:00:00Z"}, "r")


def test_references_are_keys_that_stand_for_themselves() -> None:
    one, twin = F.text("f"), F.text("f")
    keys: list[Any] = [one, twin, F.status, AnyRef("f", "Text"), F.tag("f")]
    held = {key: place for place, key in enumerate(keys)}
    assert [held[key] for key in keys] == [0, 1, 2, 3, 4]
    assert F.status in held


def test_a_reference_does_not_tell_its_options_until_it_is_asked() -> None:
    def choices() -> Choices:
        raise AssertionError("nobody asked")

    ref = SelectRef("p", name="Priority", choices=choices)
    assert repr(ref) == "SelectRef('p', name='Priority')"
    assert wire(ref.is_set()) == {"not": compared("equalTo", {"emptyValue": {}}, "p")}


@pytest.mark.parametrize(
    "ref",
    [
        SelectRef("p", name="Priority", choices=priorities),
        AnyRef("p", "SingleSelect", name="Priority", choices=priorities),
    ],
)
def test_options_may_be_called_by_their_names(ref: Any) -> None:
    assert ref.eq("High") == ref.eq("p1") == F.select("p").eq("p1")
    assert ref.one_of("High", "Low") == F.select("p").one_of("p1", "p2")
    narrowed = typed(ref)
    assert isinstance(narrowed, SelectRef)
    assert narrowed.eq("Low") == F.select("p").eq("p2")
    with pytest.raises(FieldValueError, match="field 'Priority' has no option 'Hihg'; did you mean 'High'"):
        ref.eq("Hihg")


# What is refused. A type checker refuses most of it before: tests/typing/samples/filter_mistakes.py.

UNTYPED: Any = F
untyped_all_of: Any = all_of
untyped_any_of: Any = any_of


NO_FILTER: list[tuple[Make, str]] = [
    (
        lambda: UNTYPED.status.eq(None),
        r"field 'status': eq\(None\) compares with nothing; say is_empty\(\) or is_set\(\)",
    ),
    (lambda: UNTYPED.status != None, r"field 'status': ne\(None\)"),  # noqa: E711 - the slip itself
    (lambda: UNTYPED.number("n").gt(None), r"field 'n': gt\(None\)"),
    (UNTYPED.status.one_of, r"field 'status': one_of\(\) needs at least one value"),
    (lambda: UNTYPED.status.one_of(["open", "closed"]), r"field 'status': one_of\(\) takes values one by one; say"),
    (lambda: UNTYPED.tag("t").one_of(), r"tag 't': one_of\(\) needs at least one value"),
    (lambda: UNTYPED.number("n").between(5, 1), r"field 'n': between\(5, 1\) holds nothing: say the lower one first"),
    (lambda: UNTYPED.datetime("d").between(NOON, NOON - timedelta(1)), r"field 'd': between\(.*\) holds nothing"),
    (lambda: UNTYPED.tag("t").eq(5), r"tag 't' takes a str, not 5"),
    (lambda: UNTYPED.tag("t").eq(None), r"tag 't' takes a str, not None"),
    (lambda: UNTYPED.tag(""), r"the key of a tag is a str that isn't empty, not ''"),
    (lambda: UNTYPED.text(""), r"the ID of a field is a str that isn't empty, not ''"),
    (lambda: UNTYPED.number(5), r"the ID of a field is a str that isn't empty, not 5"),
    (all_of, r"all_of\(\) needs at least one filter"),
    (any_of, r"any_of\(\) needs at least one filter"),
    (lambda: untyped_all_of([]), r"all_of\(\) needs at least one filter"),
    (lambda: untyped_any_of(iter(())), r"any_of\(\) needs at least one filter"),
    (lambda: untyped_all_of(UNTYPED.title.eq("x"), UNTYPED.title), r"all_of\(\) takes filters, not TextRef"),
    (lambda: untyped_any_of("xy"), r"any_of\(\) takes filters, not str"),
    (lambda: untyped_all_of(5), r"all_of\(\) takes filters, not int"),
    (lambda: untyped_all_of([UNTYPED.title.eq("x")], [UNTYPED.title.eq("y")]), r"all_of\(\) takes filters, not list"),
]


@pytest.mark.parametrize(("make", "told"), NO_FILTER)
def test_what_makes_no_filter_is_refused_with_a_reason(make: Make, told: str) -> None:
    with pytest.raises(FilterError, match=f"^{told}"):
        make()


NO_VALUE: list[tuple[Make, str]] = [
    (lambda: UNTYPED.text("f").eq(3), "field 'f' is of type Text and takes a str, not 3"),
    (lambda: UNTYPED.text("f") == 3, "field 'f' is of type Text and takes a str, not 3"),
    (lambda: UNTYPED.text("f").contains(3), "field 'f' is of type Text and takes a str, not 3"),
    (lambda: UNTYPED.number("f").one_of(1, "2"), "takes an int, a float or a Decimal, not '2'"),
    (lambda: UNTYPED.number("f").eq(True), "takes an int, a float or a Decimal, not True"),
    (lambda: UNTYPED.number("f").between(1, float("nan")), "takes a finite number, not nan"),
    (lambda: UNTYPED.datetime("f").lt(datetime(2030, 1, 1)), "takes a datetime with a time zone"),  # noqa: DTZ001 - that's the point
    (lambda: UNTYPED.created_by.eq("Ana"), "takes the ARN of a Connect user, not 'Ana'"),
    (lambda: UNTYPED.title == UNTYPED.summary, "field 'title' is of type Text and takes a str, not TextRef"),
    (lambda: AnyRef("f", "Text", name="Title").eq(3), "field 'Title' is of type Text and takes a str, not 3"),
]


@pytest.mark.parametrize(("make", "told"), NO_VALUE)
def test_a_value_that_does_not_suit_is_refused_when_the_filter_is_made(make: Make, told: str) -> None:
    with pytest.raises(FieldValueError, match=told):
        make()


@pytest.mark.parametrize("type_", ["Text", "Url", "SingleSelect", "User", "Boolean"])
def test_what_has_no_order_says_so_at_run_time(type_: str) -> None:
    ref: Any = AnyRef("f", type_, name="Customer tier")
    narrowed: Any = typed(ref)
    calls: list[Make] = [ref.gt, ref.gte, ref.lt, ref.lte, ref.__lt__, ref.between]
    for call in calls:
        with pytest.raises(
            FilterError, match=f"^field 'Customer tier' is of type {type_}, which has no .*: it has eq, ne"
        ):
            call(*["x"] * (2 if call == ref.between else 1))
    with pytest.raises((AttributeError, TypeError)):
        _ = narrowed < "x"


@pytest.mark.parametrize("type_", ["Number", "DateTime", "SingleSelect", "User", "Boolean"])
def test_what_has_no_text_says_so_at_run_time(type_: str) -> None:
    told = rf"^field 'f' is of type {type_}, which has no contains\(\): it has eq, ne, one_of, is_empty, is_set"
    with pytest.raises(FilterError, match=told):
        AnyRef("f", type_).contains("x")
    assert not hasattr(typed(AnyRef("f", type_)), "contains")


# Slips that Python lets through.


Slip = Callable[[Any, Any], Any]
SLIPS: list[Slip] = [
    lambda one, other: one and other,
    lambda one, other: one or other,
    lambda one, _: not one,
    lambda one, other: other if one else one,
    lambda one, _: bool(one),
    lambda one, other: [held for held in (one, other) if held],
    lambda one, other: all([one, other]),
    lambda one, other: any([one, other]),
]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_filter_is_neither_true_nor_false(slip: Slip) -> None:
    with pytest.raises(TypeError, match=r"combine filters with &, \| and ~"):
        slip(F.title == "x", F.status == "open")


def test_a_chain_of_comparisons_is_no_between() -> None:
    with pytest.raises(TypeError, match=r"say between\(low, high\) in place of low <= x <= high"):
        _ = 1 <= F.number("n") <= 5


@pytest.mark.parametrize("other", ["x", None, True, F.status, {"field": {}}])
def test_a_filter_combines_with_filters_only(other: Any) -> None:
    built: Any = F.title.eq("x")
    for one, another in ((built, other), (other, built)):
        with pytest.raises(TypeError, match="unsupported operand"):
            _ = one & another
        with pytest.raises(TypeError, match="unsupported operand"):
            _ = one | another


def test_neither_filters_nor_references_change() -> None:
    built: Any = F.title.eq("x")
    with pytest.raises(AttributeError, match="doesn't change"):
        built.node = None
    with pytest.raises(AttributeError, match="doesn't change"):
        del built._node
    ref: Any = F.title
    for name in ("id", "type", "name", "anything"):
        with pytest.raises(AttributeError):
            setattr(ref, name, "x")
    fields: Any = F
    with pytest.raises(AttributeError):
        fields.status = F.title


def test_a_filter_equals_no_other_thing() -> None:
    built = F.title.eq("x")
    assert built != built.to_wire()
    assert built != "x"


@pytest.mark.parametrize(
    ("built", "code"),
    [
        (F.status.eq("open"), "F.status.eq('open')"),
        (F.status != "open", "F.status.ne('open')"),
        (F.text("f").eq("x"), "F.text('f').eq('x')"),
        (F.url("f").contains("x"), "F.url('f').contains('x')"),
        (F.select("f").one_of("a", "b"), "F.select('f').one_of('a', 'b')"),
        (F.number("f").between(1, 5), "F.number('f').between(1.0, 5.0)"),
        (F.created_datetime >= NOON, "F.created_datetime.gte(datetime(2030, 1, 1, 12, tzinfo=timezone.utc))"),
        (F.title.is_empty() | F.title.is_set(), "any_of(F.title.is_empty(), F.title.is_set())"),
        (~F.title.contains("x"), "~F.title.contains('x')"),
        (~(F.tag("a").eq("b") & F.boolean("f").eq(True)), "~all_of(F.tag('a').eq('b'), F.boolean('f').eq(True))"),
        (F.tag("a").one_of("b", "c"), "F.tag('a').one_of('b', 'c')"),
        (F.user("f").ne("arn:u"), "F.user('f').ne('arn:u')"),
        (Filter.from_wire({"andAll": []}), "Filter.from_wire({'andAll': []})"),
        (
            Filter.from_wire(compared("equalTo", {"userArnValue": "Ana"})),
            "Filter.from_wire({'field': {'equalTo': {'id': 'f', 'value': {'userArnValue': 'Ana'}}}})",
        ),
    ],
)
def test_the_repr_reads_as_it_would_be_written(built: Filter, code: str) -> None:
    assert repr(built) == code


def test_the_comparisons_of_the_service_all_have_an_operator() -> None:
    refs: list[Any] = [F.text("f"), F.number("f")]
    called = {"eq": 5, "gt": 5, "gte": 5, "lt": 5, "lte": 5, "contains": "x"}
    made = [
        getattr(ref, name)(str(value) if ref.type == "Text" else value)
        for ref in refs
        for name, value in called.items()
        if hasattr(ref, name)
    ]
    assert {next(iter(wire(one)["field"])) for one in made} == set(FieldFilter.wire_names().values())


def test_tags_are_referred_to_by_key() -> None:
    assert repr(F.tag("team")) == repr(TagRef("team")) == "TagRef('team')"
    assert F.tag("team").key == "team"


@pytest.mark.parametrize("name", ["Open", "Closed"])
def test_the_name_of_a_fixed_status_is_not_taken_for_its_value(name: str) -> None:
    for operator in (F.status.eq, F.status.ne, F.status.one_of):
        with pytest.raises(FilterError, match=f"the value is '{name.casefold()}'; '{name}' is what people call it"):
            operator(name)
    wire = F.select("custom").eq(name).to_wire()
    assert wire["field"]["equalTo"]["value"] == {"stringValue": name}
