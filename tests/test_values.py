"""Python values become field values by the type of their field and come back; what doesn't suit is refused."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from connectkit import FieldValueError
from connectkit.models.connectcases import FieldValueUnion
from connectkit.values import Choices, FieldInput, PlainValue, decode, encode, format_moment, parse_moment

NOON = datetime(2030, 1, 1, 12, tzinfo=timezone.utc)
ARN = "arn:aws:connect:us-east-1:123456789012:instance/i/agent/a"
PRIORITIES = Choices([("p1", "High"), ("p2", "Low"), ("p3", "low"), ("High", "p9")])

texts = st.text(st.characters(codec="utf-8"))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones)  # noqa: DTZ001 - hypothesis adds the zones
numbers = st.floats(allow_nan=False, allow_infinity=False)
BY_TYPE: dict[str, st.SearchStrategy[FieldInput]] = {
    "Text": texts,
    "Url": texts,
    "SingleSelect": texts,
    "DateTime": moments,
    "Number": numbers | st.integers(-(2**53), 2**53),
    "Boolean": st.booleans(),
    "User": texts.map("arn:{}".format),
}
typed_values = st.sampled_from(sorted(BY_TYPE)).flatmap(
    lambda kind: st.tuples(st.just(kind), BY_TYPE[kind] | st.none())
)


def kind(value: object) -> type:
    return float if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)


# What is written comes back.


@given(typed_values)
def test_a_value_comes_back_from_the_wire_and_through_json_and_models(given_value: tuple[str, FieldInput]) -> None:
    type_, value = given_value
    wire = encode(value, type_, field="f")
    for read in (wire, json.loads(json.dumps(wire)), FieldValueUnion.from_wire(wire).to_wire()):
        back = decode(read, type_)
        assert back == value
        assert kind(back) is kind(value)


@given(typed_values)
def test_a_value_of_a_type_that_nobody_knows_yet_is_written_as_what_it_is(given_value: tuple[str, FieldInput]) -> None:
    type_, value = given_value
    known = "Text" if type_ == "User" else type_
    assert encode(value, "Rating", field="f") == encode(value, known, field="f")


@pytest.mark.parametrize(
    ("value", "type_", "wire"),
    [
        ("", "Text", {"stringValue": ""}),
        (0, "Number", {"doubleValue": 0.0}),
        (Decimal("0.1"), "Number", {"doubleValue": 0.1}),
        (False, "Boolean", {"booleanValue": False}),
        (NOON, "DateTime", {"stringValue": "2030-01-01T12:00:00Z"}),
        (NOON.astimezone(timezone(timedelta(hours=5))), "DateTime", {"stringValue": "2030-01-01T12:00:00Z"}),
        (ARN, "User", {"userArnValue": ARN}),
        (None, "Number", {"emptyValue": {}}),
    ],
)
def test_values_are_written_into_the_member_of_their_fields_type(
    value: FieldInput, type_: str, wire: dict[str, Any]
) -> None:
    written = encode(value, type_, field="f")
    assert written == wire
    assert [kind(one) for one in written.values()] == [kind(one) for one in wire.values()]


def test_members_of_enums_are_written_as_their_values() -> None:
    class Status(str, Enum):
        OPEN = "open"

    class Size(IntEnum):
        BIG = 9

    for type_ in ("Text", "SingleSelect"):
        ((_, text),) = encode(Status.OPEN, type_, field="f").items()
        assert (text, type(text)) == ("open", str)
    ((_, chosen),) = encode(Status.OPEN, "SingleSelect", field="f", choices=Choices([("open", "Open")])).items()
    assert (chosen, type(chosen)) == ("open", str)
    assert encode(Size.BIG, "Number", field="f") == {"doubleValue": 9.0}


# What doesn't suit is refused, with the field and what would be right.


@pytest.mark.parametrize(
    ("value", "type_", "told"),
    [
        (3, "Text", "is of type Text and takes a str, not 3"),
        (True, "Text", "takes a str, not True"),
        (b"text", "Text", "takes a str, not bytes"),
        (7, "Url", "is of type Url and takes a str"),
        ("5", "Number", "takes an int, a float or a Decimal, not '5'"),
        (True, "Number", "takes an int, a float or a Decimal, not True"),
        (math.nan, "Number", "takes a finite number, not nan"),
        (math.inf, "Number", "takes a finite number, not inf"),
        (10**400, "Number", "takes a finite number, not 1000000"),
        (Decimal("Infinity"), "Number", "takes a finite number"),
        (Decimal("sNaN"), "Number", "takes a finite number"),
        (2**53 + 1, "Number", "9007199254740993 would become 9007199254740992.0"),
        (1, "Boolean", "takes True or False, not 1"),
        ("yes", "Boolean", "takes True or False, not 'yes'"),
        (datetime(2030, 1, 1), "DateTime", "has none: say replace(tzinfo=timezone.utc), if it is UTC"),  # noqa: DTZ001 - that's the point
        (date(2030, 1, 1), "DateTime", "such as datetime.combine(day, time(), timezone.utc), not date"),
        ("2030-01-01T12:00:00Z", "DateTime", "takes a datetime with a time zone, not '2030"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=1))), "DateTime", "is no date in UTC"),
        ("Ana", "User", "takes the ARN of a Connect user, not 'Ana'"),
        (5, "User", "takes the ARN of a Connect user, not 5"),
        (5, "SingleSelect", "takes an option's value or name, a str, not 5"),
        (["a"], "Rating", "takes an int, a float or a Decimal, not list"),
        (date(2030, 1, 1), "Rating", "takes a datetime with a time zone"),
    ],
)
def test_a_value_that_does_not_suit_is_refused_with_what_would(value: Any, type_: str, told: str) -> None:
    with pytest.raises(FieldValueError) as caught:
        encode(value, type_, field="Due date")
    assert str(caught.value).startswith("field 'Due date' ")
    assert told in str(caught.value)
    assert caught.value.field == "Due date"
    assert caught.value.problem in str(caught.value)


def test_an_error_shows_the_beginning_of_a_long_value() -> None:
    with pytest.raises(FieldValueError) as caught:
        encode("x" * 5000, "Number", field="f")
    assert len(str(caught.value)) < 200


# The options of a SingleSelect.


@pytest.mark.parametrize(
    ("said", "value"), [("p1", "p1"), ("Low", "p2"), ("low", "p3"), ("High", "High"), ("p9", "High")]
)
def test_an_option_is_understood_by_value_and_then_by_name(said: str, value: str) -> None:
    assert encode(said, "SingleSelect", field="Priority", choices=PRIORITIES) == {"stringValue": value}
    assert PRIORITIES.value(said) == value


def test_options_are_looked_through_by_value() -> None:
    assert list(PRIORITIES) == ["p1", "p2", "p3", "High"]
    assert len(PRIORITIES) == 4
    assert "p1" in PRIORITIES
    assert "Low" not in PRIORITIES
    assert PRIORITIES.name("p1") == "High"
    assert PRIORITIES.name("Low") is None
    assert "('p1', 'High')" in repr(PRIORITIES)


@pytest.mark.parametrize(
    ("options", "said", "told"),
    [
        ([("p1", "High"), ("p2", "Low")], "high", "has no option 'high'; did you mean 'High'?"),
        ([("urgent", "Now"), ("later", "Then")], "Urgnt", "has no option 'Urgnt'; did you mean 'urgent'?"),
        ([("a", "A"), ("b", "B")], "wholly else", "its options are 'a', 'b'"),
        ([(str(n), f"name {n}") for n in range(10, 23)], "x", "'19' and 3 more"),
        ([("1", "Same"), ("2", "Same")], "Same", "several options called 'Same': say which by its value, '1', '2'"),
        ([], "a", "it has no options at all"),
    ],
)
def test_an_option_that_is_not_there_is_refused_with_what_is(
    options: list[tuple[str, str]], said: str, told: str
) -> None:
    with pytest.raises(FieldValueError) as caught:
        encode(said, "SingleSelect", field="Priority", choices=Choices(options))
    assert "field 'Priority'" in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(("count", "end"), [(2, "'1'"), (10, "'9'"), (11, "'9' and 1 more")])
def test_ten_options_are_told_and_how_many_more_there_are(count: int, end: str) -> None:
    choices = Choices([(str(number), f"name {number}") for number in range(count)])
    with pytest.raises(FieldValueError) as caught:
        encode("x", "SingleSelect", field="Priority", choices=choices)
    assert str(caught.value).endswith(end)


def test_no_value_needs_no_option() -> None:
    assert encode(None, "SingleSelect", field="f", choices=Choices([])) == {"emptyValue": {}}


# What the service sends is read, whatever it is.


@pytest.mark.parametrize(
    ("union", "type_", "value"),
    [
        ({}, "Text", None),
        ({"stringValue": None}, "Text", None),
        ({"emptyValue": {}}, "Number", None),
        ({"__type": "FieldValueUnion", "stringValue": "x"}, "Text", "x"),
        ({"stringValue": None, "doubleValue": 2}, "Number", 2.0),
        ({"doubleValue": "2.5"}, "Number", 2.5),
        ({"doubleValue": Decimal("2.5")}, "Number", 2.5),
        ({"doubleValue": "many"}, "Number", "many"),
        ({"doubleValue": True}, "Number", True),
        ({"doubleValue": 10**400}, "Number", 10**400),
        ({"stringValue": "2030-01-01T12:00:00Z"}, "Text", "2030-01-01T12:00:00Z"),
        ({"stringValue": "2030-01-01T12:00:00Z"}, None, "2030-01-01T12:00:00Z"),
        ({"stringValue": "soon"}, "DateTime", "soon"),
        ({"stringValue": ""}, "DateTime", ""),
        ({"doubleValue": [1]}, "Number", [1]),
        ({"ratingValue": 5}, "Rating", 5),
    ],
)
def test_what_cannot_be_understood_is_given_as_it_is(
    union: dict[str, Any], type_: str | None, value: PlainValue
) -> None:
    read = decode(union, type_)
    assert (read, type(read)) == (value, type(value))


# Moments.


@given(moments)
def test_a_moment_comes_back_from_its_text(moment: datetime) -> None:
    text = format_moment(moment)
    assert text.endswith("Z")
    assert parse_moment(text) == moment
    assert format_moment(cast("datetime", parse_moment(text))) == text


@pytest.mark.parametrize(
    "text",
    [
        "2030-01-01T12:00:00Z",
        "2030-01-01t12:00:00z",
        "2030-01-01T12:00Z",
        "2030-01-01T12:00:00",
        "2030-01-01T12:00:00.0Z",
        "2030-01-01T12:00:00.000000000Z",
        "2030-01-01T12:00:00,000Z",
        "2030-01-01T13:00:00+01:00",
        "2030-01-01T13:00:00+0100",
        "2030-01-01T13:00:00.000+0100",
        "2030-01-01T13:00:00+01",
    ],
)
def test_one_moment_has_many_spellings(text: str) -> None:
    assert parse_moment(text) == NOON


def test_digits_beyond_microseconds_are_cut() -> None:
    assert parse_moment("2030-01-01T12:00:00.123456789Z") == NOON.replace(microsecond=123456)
    assert parse_moment("2030-01-01T12:00:00.5Z") == NOON.replace(microsecond=500000)


@pytest.mark.parametrize("text", ["", "soon", "2030-13-01T12:00:00Z", "2030-01-01T25:00:00+0000", 5, None, NOON])
def test_what_names_no_moment_is_none(text: object) -> None:
    assert parse_moment(text) is None
