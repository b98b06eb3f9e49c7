"""How the models behave in a person's hands: strict in Python, lenient with the service, quiet about secrets."""

from __future__ import annotations

import copy
import json
import pickle
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from connectkit.models import Response, ResponseMetadata, Shape, Union, connect, connectcases as cases

DOUBLE = cases.FieldValueUnion(double_value=5)


def faults(error: ValidationError) -> dict[tuple[int | str, ...], str]:
    return {fault["loc"]: fault["type"] for fault in error.errors()}


# --- made in Python: strict -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "where", "kind"),
    [
        (lambda: cases.GetLayoutRequest(domain_id="d"), ("layout_id",), "missing"),  # type: ignore[call-arg]
        (cases.GetLayoutResponse, ("layout_id",), "missing"),
        (lambda: cases.FieldIdentifier(id="i", nmae="n"), ("nmae",), "extra_forbidden"),  # type: ignore[call-arg]
        (lambda: cases.CaseFilter(nott=None), ("nott",), "extra_forbidden"),  # type: ignore[call-arg]
        (lambda: cases.GetLayoutRequest(domain_id=5, layout_id="l"), ("domain_id",), "string_type"),  # type: ignore[arg-type]
        (lambda: cases.FieldValueUnion(double_value="5"), ("double_value",), "number_type"),  # type: ignore[arg-type]
        (lambda: cases.FieldValueUnion(double_value=True), ("double_value",), "number_type"),
        (
            lambda: cases.CaseFilter(and_all=[cases.TagFilter()]),  # type: ignore[list-item]
            ("and_all", 0),
            "model_type",
        ),
    ],
)
def test_a_slip_fails_where_it_is_made(make: Callable[[], Any], where: tuple[int | str, ...], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make()
    assert faults(caught.value)[where] == kind


def test_all_slips_are_told_at_once_and_by_python_names() -> None:
    with pytest.raises(ValidationError) as caught:
        cases.GetLayoutRequest(domain_id=5, layuot_id="l")  # type: ignore[call-arg, arg-type]
    assert set(faults(caught.value)) == {("domain_id",), ("layout_id",), ("layuot_id",)}


def test_a_request_read_from_the_wire_is_as_strict() -> None:
    with pytest.raises(ValidationError) as caught:
        cases.GetLayoutRequest.from_wire({"domainId": "d", "layuotId": "l"})
    assert set(faults(caught.value)) == {("layout_id",), ("layuotId",)}


def test_wire_names_are_accepted_as_keywords_too() -> None:
    values: dict[str, Any] = {"domainId": "d", "layoutId": "l"}
    assert cases.GetLayoutRequest(**values) == cases.GetLayoutRequest(domain_id="d", layout_id="l")


def test_an_enum_is_open() -> None:
    kind: Any = "Hologram"
    request = cases.CreateFieldRequest(domain_id="d", name="n", type=kind)
    assert request.to_wire() == {"domainId": "d", "name": "n", "type": "Hologram"}


# --- read from the service: lenient -----------------------------------------------------------------------------------


def test_reading_survives_what_the_service_leaves_out_and_adds() -> None:
    read = cases.GetLayoutResponse.from_json('{"layoutArn": null, "newThing": {"a": [null, 1]}, "tags": {"k": null}}')
    absent: list[str | None] = [read.layout_id]  # typed as what it should be
    assert absent == [None]
    assert read.to_wire() == {"layoutArn": None, "newThing": {"a": [None, 1]}, "tags": {"k": None}}
    assert cases.GetLayoutResponse.from_wire(read.to_wire()) == read


@pytest.mark.parametrize(
    "name", ["next_token", "fields", "to_wire", "model_config", "_metadata", "__dict__", "", "self"]
)
def test_an_unknown_member_may_have_any_name(name: str) -> None:
    wire: dict[str, Any] = {"templateId": "t", name: []}
    read = cases.GetCaseResponse.from_wire(wire)
    assert read.to_wire() == wire
    assert read.next_token is None
    assert cases.GetCaseResponse.from_wire(read.to_wire()) == read


def test_unset_is_not_null() -> None:
    null = cases.GetCaseResponse.from_json('{"nextToken": null}')
    unset = cases.GetCaseResponse.from_json("{}")
    assert (null.next_token, unset.next_token) == (None, None)
    assert (null.to_wire(), unset.to_wire()) == ({"nextToken": None}, {})


def test_what_was_read_is_equal_however_often_and_whatever_came_between() -> None:
    known, unknown = '{"cases": [], "totalCount": 1}', '{"cases": [{"caseId": "c", "new": 1}]}'
    first = cases.SearchCasesResponse.from_json(known)
    between = cases.SearchCasesResponse.from_json(unknown)
    assert between.to_wire() == json.loads(unknown)
    assert cases.SearchCasesResponse.from_json(known) == first


def test_made_in_python_and_read_from_the_service_are_equal() -> None:
    wire = {"id": "f", "value": {"doubleValue": 5}}
    made = cases.FieldValue(id="f", value=DOUBLE)
    assert made == cases.FieldValue.from_wire(wire)
    assert made != cases.FieldValue.from_wire({**wire, "new": 1})
    response = cases.GetCaseResponse(fields=[made], template_id="t")
    assert response == cases.GetCaseResponse.from_wire({"fields": [wire], "templateId": "t"})


def test_a_request_has_no_null_and_a_shape_by_itself_has() -> None:
    request = cases.SearchCasesRequest(
        domain_id="d", filter=None, sorts=[], search_term="", max_results=0, next_token=None
    )
    assert request.to_wire() == {"domainId": "d", "sorts": [], "searchTerm": "", "maxResults": 0}
    nested = cases.SearchCasesRequest(domain_id="d", filter=cases.CaseFilter(field=None, or_all=[]))
    assert nested.to_wire() == {"domainId": "d", "filter": {"orAll": []}}
    assert cases.CaseFilter(field=None, or_all=[]).to_wire() == {"field": None, "orAll": []}


# --- unions -----------------------------------------------------------------------------------------------------------


def test_a_union_tells_its_member_by_wire_name() -> None:
    inner = cases.CaseFilter(and_all=[])
    assert (inner.member, inner.value) == ("andAll", [])
    assert (cases.CaseFilter(not_=inner).member, cases.CaseFilter(not_=inner).value) == ("not", inner)
    assert (DOUBLE.member, DOUBLE.value) == ("doubleValue", 5)


def test_a_union_without_one_member_tells_none() -> None:
    for odd in (cases.CaseFilter(), cases.CaseFilter(field=None), cases.CaseFilter(and_all=[], or_all=[])):
        assert (odd.member, odd.value) == (None, None)
    assert isinstance(DOUBLE, Union)
    assert not issubclass(cases.FieldValue, Union)


def test_member_names_of_the_service_do_not_shadow_those_of_a_union() -> None:
    """``member`` and ``value`` belong to us, on every union of both services."""
    for package in (connect, cases):
        for name in package.__all__:
            found = getattr(package, name)
            if isinstance(found, type) and issubclass(found, Union):
                assert not {"member", "value"} & set(found.model_fields), name


# --- what is printed --------------------------------------------------------------------------------------------------


def test_repr_has_what_is_set_and_nothing_else() -> None:
    assert repr(cases.GetLayoutRequest(domain_id="d", layout_id="")) == "GetLayoutRequest(domain_id='d', layout_id='')"
    assert repr(cases.CaseFilter(or_all=[cases.CaseFilter()])) == "CaseFilter(or_all=[CaseFilter()])"
    assert repr(cases.Sort.from_wire({"fieldId": "f", "sortOrder": None})) == "Sort(field_id='f', sort_order=None)"


def test_repr_names_unknown_members_once_and_never_tells_their_values() -> None:
    told = repr(cases.GetCaseResponse.from_wire({"templateId": "t", "diagnosis": "secret", "next_token": "secret"}))
    assert "secret" not in told
    assert told.count("diagnosis=") == 1
    assert told.count("next_token=") == 1


# --- values -----------------------------------------------------------------------------------------------------------


def test_a_model_cannot_be_changed_but_copied() -> None:
    request = cases.GetLayoutRequest(domain_id="d", layout_id="l")
    with pytest.raises(AttributeError, match=r"GetLayoutRequest doesn't change; .*model_copy\(update="):
        setattr(request, "layout_id", "m")  # noqa: B010 - checkers refuse the plain way
    with pytest.raises(AttributeError, match="no attribute 'layout'"):
        setattr(request, "layout", "m")  # noqa: B010 - checkers refuse the plain way
    with pytest.raises(AttributeError, match="doesn't change"):
        delattr(request, "layout_id")
    changed = request.model_copy(update={"layout_id": "m"})
    assert (request.layout_id, changed.to_wire()) == ("l", {"domainId": "d", "layoutId": "m"})
    assert changed != request
    assert hash(changed) != hash(request)
    assert {request: 1}[cases.GetLayoutRequest(domain_id="d", layout_id="l")] == 1


@pytest.mark.parametrize("number", [5, 5.0, 0, 0.0, -1, 2**70, 0.1, 1e300])
def test_a_number_stays_the_number_it_was(number: float) -> None:
    made = cases.FieldValueUnion(double_value=number)
    for one in (
        made,
        cases.FieldValueUnion.from_wire(made.to_wire()),
        cases.FieldValueUnion.from_wire({"doubleValue": number}),
    ):
        held = one.to_wire()["doubleValue"]
        assert (type(held), held) == (type(number), number)
        assert json.loads(one.model_dump_json(by_alias=True, exclude_unset=True)) == {"doubleValue": number}


def test_decimals_of_boto3_are_read() -> None:
    assert cases.FieldValueUnion.from_wire({"doubleValue": Decimal("0.5")}).double_value == 0.5


def test_what_cannot_be_on_the_wire_is_refused() -> None:
    with pytest.raises(TypeError, match="object can't be on the wire"):
        cases.FieldIdentifier.from_wire({"id": object()})


def test_timestamps_are_aware() -> None:
    naive = datetime(2030, 1, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValidationError) as caught:
        connect.StartTaskContactRequest(instance_id="i", name="n", scheduled_time=naive)
    assert faults(caught.value) == {("scheduled_time",): "timezone_aware"}

    there = datetime(2030, 1, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    request = connect.StartTaskContactRequest(instance_id="i", name="n", scheduled_time=there)
    read = connect.StartTaskContactRequest.from_wire(request.to_wire())
    assert read.scheduled_time == there
    assert read.scheduled_time is not None
    assert read.scheduled_time.utcoffset() == there.utcoffset()

    # boto3 takes naive ones as UTC.
    wire = {"InstanceId": "i", "Name": "n", "ScheduledTime": naive}
    taken = connect.StartTaskContactRequest.from_wire(wire).scheduled_time
    assert taken == naive.replace(tzinfo=timezone.utc)


def example() -> cases.GetCaseResponse:
    """A response with everything that could be lost: nesting, nulls, unknown members."""
    return cases.GetCaseResponse.from_wire(
        {
            "fields": [{"id": "f", "value": {"tomorrowValue": [1]}}, {"id": None, "value": {"doubleValue": 5}}],
            "templateId": None,
            "new": {"a": None},
        }
    )


def test_dumps_have_everything_and_warn_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dumped = example().model_dump(exclude_unset=True)
        text = example().model_dump_json(by_alias=True, exclude_unset=True)
        example().model_dump()
    assert dumped["fields"][0]["value"] == {"tomorrowValue": [1]}
    assert dumped["new"] == {"a": None}
    assert json.loads(text) == example().to_wire()
    # And a model that was made in Python.
    made = cases.FieldValue(id="f", value=DOUBLE)
    assert made.model_dump(exclude_unset=True) == {"id": "f", "value": {"double_value": 5}}


def _answered(response: Response, metadata: ResponseMetadata) -> None:
    """Do what the transport does with an answer."""
    setattr(response, "_metadata", metadata)  # noqa: B010 - checkers refuse the plain way


COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    lambda one: one.model_copy(deep=True),
    lambda one: pickle.loads(pickle.dumps(one)),  # noqa: S301 - our own
]


@pytest.mark.parametrize("copied", COPIES)
def test_copies_are_equal_and_whole(copied: Callable[[Any], Any]) -> None:
    response = example()
    _answered(response, ResponseMetadata(request_id="r", status=200, attempts=2))
    again = copied(response)
    assert again == response
    assert again.to_wire() == response.to_wire()
    assert again.metadata.request_id == "r"
    request = cases.SearchCasesRequest(domain_id="d", filter=cases.CaseFilter(not_=cases.CaseFilter(and_all=[])))
    assert copied(request) == request
    assert copied(request).to_wire() == request.to_wire()


def test_metadata_take_no_part_in_comparing() -> None:
    one, other = example(), example()
    _answered(one, ResponseMetadata(request_id="r", status=200, attempts=2))
    assert one == other
    assert (other.metadata.request_id, other.metadata.status, other.metadata.attempts) == (None, None, 0)
    assert "r" not in one.to_wire()


def test_made_by_hand_each_response_has_its_own_metadata() -> None:
    one, other = cases.UpdateCaseResponse(), cases.UpdateCaseResponse()
    _answered(one, ResponseMetadata(request_id="r"))
    assert other.metadata.request_id is None
    assert isinstance(one, Response)
    assert isinstance(one, Shape)


def test_wire_names_are_told_in_order() -> None:
    assert cases.CaseFilter.wire_names() == {
        "field": "field",
        "not_": "not",
        "tag": "tag",
        "and_all": "andAll",
        "or_all": "orAll",
    }
    assert list(cases.GetLayoutRequest.wire_names()) == ["domain_id", "layout_id"]


def test_python_keywords_get_an_underscore() -> None:
    assert cases.CaseFilter.from_wire({"not": {"andAll": []}}).not_ == cases.CaseFilter.from_wire({"andAll": []})


@pytest.mark.parametrize(("wrong", "right"), [("max_result", "max_results"), ("maxResults", "max_results")])
def test_a_copy_refuses_what_is_no_attribute(wrong: str, right: str) -> None:
    request = cases.SearchCasesRequest(domain_id="d")
    with pytest.raises(TypeError, match=rf"SearchCasesRequest has no attribute '{wrong}'; did you mean '{right}'"):
        request.model_copy(update={wrong: 5})


def test_json_dumped_is_read_back() -> None:
    page = cases.ListFieldsResponse.from_wire(
        {"fields": [{"fieldId": "f", "name": "Priority", "namespace": "Custom", "type": "Text", "new": 1}]}
    )
    assert cases.ListFieldsResponse.model_validate_json(page.model_dump_json()) == page
    request = cases.SearchCasesRequest(domain_id="d", sorts=[cases.Sort(field_id="title", sort_order="Asc")])
    assert cases.SearchCasesRequest.model_validate_json(request.model_dump_json()).to_wire() == request.to_wire()
    assert json.loads(request.model_dump_json(by_alias=False, exclude_unset=True))["domain_id"] == "d"


def test_what_a_boto3_client_returns_is_read_with_its_metadata() -> None:
    about: dict[str, Any] = {"RequestId": "r-1", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 2}
    reply = cases.GetDomainResponse.from_wire({"domainId": "d", "ResponseMetadata": about})
    assert reply == cases.GetDomainResponse.from_wire({"domainId": "d"})
    assert reply.metadata == ResponseMetadata(request_id="r-1", status=200, attempts=3)
    assert reply.to_wire() == {"domainId": "d"}
