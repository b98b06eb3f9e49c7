"""What connectkit reads from an answer's bytes is what boto3 reads from them, for every operation; or more."""

from __future__ import annotations

import json
import traceback
from datetime import datetime, timezone
from typing import Any, cast

import pytest
from botocore.parsers import ResponseParserError
from hypothesis import given, strategies as st

from connectkit import ResponseDecodeError
from connectkit.models import Response, connect, connectcases as cases

from .harness import INSTALLED, AnyRequest, boto_line, exact, kit, kit_line, name_of, operation_model
from .reference import UNKNOWN, Refusal, as_read, left_by_botocore, with_floats
from .strategies import JSON_STYLES, as_json, bodies, least_parameters, odd_bodies


def read(request_class: AnyRequest, body: bytes) -> Response:
    """What connectkit makes of ``body``."""
    line = kit_line(request_class.operation.service)
    line.answer = body
    try:
        answer: Response = kit().send(request_class.from_wire(least_parameters(request_class.operation)))
    finally:
        line.sent.clear()
    return answer


def read_parsed(request_class: AnyRequest, parsed: dict[str, Any]) -> Response:
    """What connectkit makes of a dictionary that it gets in place of bytes, from a stubbed client for instance."""
    line = kit_line(request_class.operation.service)
    line.parsed = parsed
    try:
        answer: Response = kit().send(request_class.from_wire(least_parameters(request_class.operation)))
    finally:
        line.parsed = None
    return answer


def read_by_botocore(request_class: AnyRequest, body: bytes) -> dict[str, Any]:
    """What boto3 makes of ``body``."""
    line = boto_line(request_class.operation.service)
    line.answer = body
    try:
        return line.call(request_class.operation.method, least_parameters(request_class.operation))
    finally:
        line.sent.clear()


@pytest.mark.parametrize("request_class", INSTALLED, ids=name_of)
@given(data=st.data(), style=JSON_STYLES)
def test_connectkit_reads_what_botocore_reads(request_class: AnyRequest, data: st.DataObject, style: Any) -> None:
    document = data.draw(bodies(request_class.operation), label="body")
    shape = operation_model(request_class.operation).output_shape
    body = as_json(document, style)

    answer = read(request_class, body)
    theirs = read_by_botocore(request_class, body)

    assert type(answer) is request_class.operation.response
    assert exact(with_floats(shape, answer.to_wire())) == exact(with_floats(shape, theirs))
    # And a number is the one that the service sent, whole or not.
    assert exact(answer.to_wire()) == exact(as_read(shape, document))
    # The way for answers that come without bytes.
    slow = read_parsed(request_class, theirs)
    assert slow == answer
    assert exact(slow.to_wire()) == exact(theirs)
    assert type(answer).from_wire(answer.to_wire()) == answer


@pytest.mark.parametrize("request_class", INSTALLED, ids=name_of)
@given(data=st.data(), style=JSON_STYLES)
def test_what_no_model_foresees_is_kept(request_class: AnyRequest, data: st.DataObject, style: Any) -> None:
    document = data.draw(odd_bodies(request_class.operation), label="body")
    shape = operation_model(request_class.operation).output_shape
    body = as_json(document, style)

    answer = read(request_class, body)

    assert exact(answer.to_wire()) == exact(as_read(shape, document))
    assert type(answer).from_wire(answer.to_wire()) == answer
    # And it can be used like any other: warnings are errors here.
    repr(answer)
    answer.model_dump_json()
    assert exact(answer.model_dump(by_alias=True, exclude_unset=True)) == exact(answer.to_wire())

    # botocore drops some of it, and doesn't read some at all.
    left, refusal = left_by_botocore(shape, document)
    try:
        theirs = read_by_botocore(request_class, body)
    except ResponseParserError:
        assert refusal is not Refusal.NO
    else:
        assert refusal is not Refusal.YES
        assert exact(with_floats(shape, anonymous(theirs))) == exact(with_floats(shape, left))


# --- by example: what the properties above reach by luck ------------------------------------------------------------

# What takes the bytes has to take these as well.
EMPTY = [b"", b"{}"]


@pytest.mark.parametrize("body", EMPTY)
@pytest.mark.parametrize("request_class", INSTALLED, ids=name_of)
def test_an_answer_may_say_nothing(request_class: AnyRequest, body: bytes) -> None:
    answer = read(request_class, body)
    assert answer.to_wire() == {} == read_by_botocore(request_class, body)
    assert answer.metadata.request_id == "made-up"
    assert (answer.metadata.status, answer.metadata.attempts) == (200, 1)


def case_with(*fields: Any, **more: Any) -> bytes:
    return json.dumps({"fields": list(fields), "templateId": "t", **more}).encode()


def test_what_is_false_or_empty_is_read() -> None:
    values: list[dict[str, Any]] = [
        {"booleanValue": False},
        {"doubleValue": 0},
        {"doubleValue": 0.0},
        {"stringValue": ""},
        {"emptyValue": {}},
    ]
    body = case_with(*({"id": str(number), "value": value} for number, value in enumerate(values)), tags={})
    answer = read(cases.GetCaseRequest, body)
    assert isinstance(answer, cases.GetCaseResponse)
    assert [field.value.value for field in answer.fields] == [False, 0, 0.0, "", cases.EmptyFieldValue()]
    assert answer.tags == {}
    assert exact(answer.to_wire()) == exact(json.loads(body))


@pytest.mark.parametrize(
    ("union", "member", "value"),
    [
        ({"stringValue": "x"}, "stringValue", "x"),
        ({"stringValue": ""}, "stringValue", ""),
        ({"booleanValue": False}, "booleanValue", False),
        ({"stringValue": None, "doubleValue": 0}, "doubleValue", 0),
        ({"__type": "t", "doubleValue": 0}, "doubleValue", 0),
        ({"tomorrowValue": [1, {"a": None}]}, "tomorrowValue", [1, {"a": None}]),
        ({}, None, None),
        ({"stringValue": None}, None, None),
        ({"stringValue": "x", "doubleValue": 5}, None, None),
        ({"stringValue": "x", "tomorrowValue": 5}, None, None),
    ],
)
def test_a_union_says_which_member_it_holds(union: dict[str, Any], member: str | None, value: Any) -> None:
    answer = read(cases.GetCaseRequest, case_with({"id": "f", "value": union}))
    assert isinstance(answer, cases.GetCaseResponse)
    found = answer.fields[0].value
    assert found.member == member
    assert exact(found.value) == exact(value)
    assert exact(found.to_wire()) == exact(union)


def test_a_member_that_botocore_does_not_know_of_is_not_lost_on_the_slow_way() -> None:
    noted = {"fields": [{"id": "f", "value": {"SDK_UNKNOWN_MEMBER": {"name": "tomorrowValue"}}}], "templateId": "t"}
    answer = read_parsed(cases.GetCaseRequest, noted)
    assert isinstance(answer, cases.GetCaseResponse)
    assert answer.fields[0].value.member == "SDK_UNKNOWN_MEMBER"
    assert answer.to_wire() == noted


def test_nulls_are_told_from_what_is_missing() -> None:
    body = {"fields": [None, {"id": None}], "tags": {"a": None}, "templateId": None}
    answer = read(cases.GetCaseRequest, json.dumps(body).encode())
    assert isinstance(answer, cases.GetCaseResponse)
    absent: list[str | None] = [answer.template_id, answer.next_token]
    assert absent == [None, None]
    assert answer.model_fields_set == {"fields", "tags", "template_id"}
    assert answer.to_wire() == body


def test_enum_values_of_tomorrow_are_read_and_sent() -> None:
    field = {"fieldId": "f", "fieldArn": "a", "name": "n", "type": "Hologram", "namespace": "Custom"}
    answer = read(cases.ListFieldsRequest, json.dumps({"fields": [field]}).encode())
    assert isinstance(answer, cases.ListFieldsResponse)
    assert str(answer.fields[0].type) == "Hologram"
    assert answer.to_wire() == {"fields": [field]}


def test_answers_nest_as_deep_as_they_are_sent() -> None:
    condition: dict[str, Any] = {
        "equalTo": {"operandOne": {"fieldId": "f"}, "operandTwo": {"doubleValue": 5}, "result": True}
    }
    for _ in range(8):
        condition = {"andAll": {"conditions": [condition, {"orAll": {"conditions": [condition]}}]}}
    # Read by itself, for this operation came later than the oldest botocore that we allow.
    rule = cases.RequiredCaseRule.from_wire({"defaultValue": False, "conditions": [condition]})
    assert exact(rule.to_wire()) == exact({"defaultValue": False, "conditions": [condition]})
    inner = rule.conditions[0]
    for _ in range(8):
        assert isinstance(inner, cases.BooleanCondition)
        assert inner.member == "andAll"
        assert inner.and_all is not None
        inner = inner.and_all.conditions[0]
    assert inner.equal_to is not None
    assert inner.equal_to.operand_two is not None
    assert inner.equal_to.operand_two.value == 5


def test_whole_numbers_keep_all_their_digits() -> None:
    answer = read(cases.GetCaseRequest, case_with({"id": "f", "value": {"doubleValue": 2**70 + 1}}))
    assert isinstance(answer, cases.GetCaseResponse)
    assert exact(answer.fields[0].value.value) == exact(2**70 + 1)


@pytest.mark.parametrize("request_class", INSTALLED, ids=name_of)
@pytest.mark.parametrize("value", [None, "tell nobody", ["tell nobody"]])
def test_an_unknown_member_may_be_called_as_an_attribute_is(request_class: AnyRequest, value: Any) -> None:
    names = request_class.operation.response.wire_names()
    body = {attribute: value for attribute in names if attribute not in names.values()}

    answer = read(request_class, json.dumps(body).encode())

    assert answer.to_wire() == body
    assert all(getattr(answer, attribute) is None for attribute in names)
    assert "nobody" not in repr(answer)


@pytest.mark.parametrize(
    "told",
    [
        0,
        1700000000,
        1700000000.5,
        1700000000.123,
        1700000000.9999999,
        -1,
        4102444800,
        "1700000000",
        "1700000000.25",
        "253402300799",
        "2023-11-14T22:13:20Z",
        "2023-11-14T22:13:20.1Z",
        "2023-11-14T22:13:20.123456Z",
        "2023-11-14T22:13:20.123456789Z",
        "2023-11-14T22:13:20+05:30",
        "2023-11-14T22:13:20-0800",
        "2023-11-14 22:13:20+00:00",
        "20231114T221320Z",
        "Tue, 14 Nov 2023 22:13:20 GMT",
        "0001-01-02T00:00:00Z",
        "9999-12-30T23:59:59Z",
    ],
)
def test_timestamps_are_read_in_every_form_that_botocore_reads(told: str | float) -> None:
    for request_class, holder, name in (
        (connect.DescribeInstanceRequest, "Instance", "CreatedTime"),
        (cases.GetLayoutRequest, "", "createdTime"),
    ):
        body = json.dumps({holder: {name: told}} if holder else {name: told}).encode()
        assert exact(read(request_class, body).to_wire()) == exact(read_by_botocore(request_class, body))


def test_a_timestamp_without_an_offset_is_utc() -> None:
    answer = read(cases.GetLayoutRequest, b'{"createdTime": "2023-11-14T22:13:20"}')
    assert answer.to_wire() == {"createdTime": datetime(2023, 11, 14, 22, 13, 20, tzinfo=timezone.utc)}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b'{"fields": [{"id": "f"}, {"id": 5}]}', "fields[1].id"),
        (b'{"fields": "f"}', "fields"),
        (b'{"templateId": {}}', "template_id"),
        (b"[]", ""),
        (b"null", ""),
        (b'{"fields": [', ""),
        (b"<html></html>", ""),
        (b'{"templateId": "\xff"}', ""),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(body: bytes, path: str) -> None:
    with pytest.raises(ResponseDecodeError) as caught:
        read(cases.GetCaseRequest, body)
    error = caught.value
    assert (error.operation, error.request_id, error.status, error.attempts) == ("GetCase", "made-up", 200, 1)
    assert [fault.path for fault in error.faults] == [path]
    assert "made-up" in str(error)


def test_what_is_told_of_unreadable_answers_quotes_nothing_of_them() -> None:
    secret = str(4 * 37 * 7507)  # so that it isn't in the source lines of the traceback
    body = json.dumps({"templateId": [secret]}).encode()
    with pytest.raises(ResponseDecodeError) as caught:
        read(cases.GetCaseRequest, body)
    assert secret not in "".join(traceback.format_exception(caught.value))


def anonymous(held: Any) -> Any:
    """``held`` without the names that botocore gives to unknown members: they aren't always the right ones."""
    if isinstance(held, dict):
        if held.keys() == UNKNOWN.keys():
            return UNKNOWN
        return {name: anonymous(inner) for name, inner in cast("dict[str, Any]", held).items()}
    if isinstance(held, list):
        return [anonymous(inner) for inner in held]  # pyright: ignore[reportUnknownVariableType]
    return held
