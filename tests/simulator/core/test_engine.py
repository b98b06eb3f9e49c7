"""Requests are read by the service model, and whatever is wrong with one is refused the way the service would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import HttpRequest, HttpResponse, Simulator
from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT

from ..helpers import maximum, needs

if TYPE_CHECKING:
    from collections.abc import Mapping

# 100 and 25 in a current botocore.
LARGEST_PAGE = maximum("connectcases", "SearchCasesRequest", "maxResults")
MOST_FIELDS = maximum("connectcases", "SearchCasesRequest", "fields")
SIGNED = "AWS4-HMAC-SHA256 Credential=AKID/20300101/eu-west-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def call(
    sim: Simulator, method: str, path: str, body: object = None, *, query: str = "", service: str = "connectcases"
) -> tuple[HttpResponse, Any]:
    """Send a request past any client, and give the response with its parsed body."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    response = sim.handle(HttpRequest(method, path, query, {}, data), service=service)
    return response, json.loads(response.body or b"{}")


# An object of no particular type, which a bare {} is not to the type checkers.
NOTHING: dict[str, Any] = {}
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"maxResults": LARGEST_PAGE + 1}, f"maxResults must be at most {LARGEST_PAGE}"),
    ({"maxResults": 0}, "maxResults must be at least 1"),
    ({"maxResults": 1.5}, "maxResults must be a whole number, not a number"),
    ({"maxResults": True}, "maxResults must be a whole number, not a boolean"),
    ({"maxResults": 2**31}, "maxResults must be at least -2147483648 and at most 2147483647"),
    ({"searchTerm": "x" * 256}, "searchTerm must have at most 255 characters"),
    ({"fields": [{"id": "title"}] * (MOST_FIELDS + 1)}, f"fields must have at most {MOST_FIELDS} elements"),
    ({"fields": [None]}, "fields[0] must not be null"),
    ({"fields": [{}]}, "fields[0].id is required"),
    ({"fields": {}}, "fields must be a list, not an object"),
    ({"sorts": [{"fieldId": "title", "sortOrder": "Up"}]}, "sorts[0].sortOrder must be one of Asc, Desc"),
    ({"filter": {}}, "filter must have exactly one of"),
    ({"filter": {"someday": {}}}, "filter must have exactly one of"),
    ({"filter": {"not": {"field": {}}}}, "filter.not.field must have exactly one of"),
    ({"filter": {"field": []}}, "filter.field must be an object, not a list"),
]


@pytest.fixture
def domain_id(sim: Simulator) -> str:
    """A domain, made without a client."""
    return str(call(sim, "POST", "/domains", {"name": "Support"})[1]["domainId"])


def search(sim: Simulator, domain_id: str, body: object) -> tuple[HttpResponse, Any]:
    """Send a SearchCases body."""
    return call(sim, "POST", f"/domains/{domain_id}/cases-search", body)


# ---- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"text"',
        b'{"name": NaN}',
        b"[" * 100_000,
        b'{"name": ' + b"9" * 5000 + b"}",
        b'{"name": "\\ud800"}',
    ],
)
def test_a_body_that_is_no_good_json_object_is_a_bad_request(sim: Simulator, body: bytes) -> None:
    response, parsed = call(sim, "POST", "/domains", body)
    assert response.status == 400
    assert response.headers["x-amzn-ErrorType"] == "ValidationException"
    assert parsed["message"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, "name is required"),
        ({"name": None}, "name is required"),
        ({"name": 5}, "name must be a string, not a number"),
        ({"name": ["a"]}, "name must be a string, not a list"),
        ({"name": True}, "name must be a string, not a boolean"),
        ({"name": ""}, "name must have at least 1 character"),
        ({"name": "x" * 101}, "name must have at most 100 characters"),
    ],
)
def test_a_member_that_does_not_fit_the_model_is_named(sim: Simulator, body: object, fault: str) -> None:
    response, parsed = call(sim, "POST", "/domains", body)
    assert response.status == 400
    assert parsed["message"] == f"1 validation error detected: {fault}"


@pytest.mark.parametrize(("body", "fault"), FAULTS)
def test_every_kind_of_fault_is_found(sim: Simulator, domain_id: str, body: object, fault: str) -> None:
    response, parsed = search(sim, domain_id, body)
    assert response.status == 400
    assert fault in parsed["message"]


def test_a_union_takes_exactly_one_member(sim: Simulator, domain_id: str) -> None:
    value = {"stringValue": "a", "doubleValue": 1}
    body = {"filter": {"field": {"equalTo": {"id": "title", "value": value}}}}
    response, parsed = search(sim, domain_id, body)
    assert response.status == 400
    assert "filter.field.equalTo.value must have exactly one of" in parsed["message"]
    found = parsed["message"].partition("it has ")[2]
    assert set(found.split(", ")) == {"stringValue", "doubleValue"}


@pytest.mark.parametrize("raw", ["1e999", "1" + "0" * 400])
def test_a_number_beyond_a_double_is_refused(sim: Simulator, domain_id: str, raw: str) -> None:
    body = '{"filter":{"field":{"equalTo":{"id":"title","value":{"doubleValue":NUMBER}}}}}'.replace("NUMBER", raw)
    response, parsed = search(sim, domain_id, body.encode())
    assert response.status == 400
    assert "too large for a double" in parsed["message"]


def test_all_faults_of_a_request_are_reported_together(sim: Simulator, domain_id: str) -> None:
    _, parsed = search(sim, domain_id, {"maxResults": 0, "fields": [NOTHING], "searchTerm": 5})
    assert parsed["message"].startswith("3 validation errors detected: ")


def test_a_list_of_faults_ends_somewhere(sim: Simulator, domain_id: str) -> None:
    response, parsed = search(sim, domain_id, {"fields": [NOTHING] * 10_000})
    assert response.status == 400
    assert f"fields must have at most {MOST_FIELDS} elements; fields[0].id is required" in parsed["message"]
    assert len(response.body) < 10_000


@pytest.mark.parametrize("depth", [70, 900, 50_000])
def test_a_filter_that_nests_without_end_is_refused(sim: Simulator, domain_id: str, depth: int) -> None:
    body = b'{"filter":' + b'{"not":' * depth + b"{}" + b"}" * depth + b"}"
    response, _ = search(sim, domain_id, body)
    assert response.status == 400


@pytest.mark.parametrize("value", ["0", "11", "x", "1_0", " 1", "", "1.0", "٣"])
def test_a_number_in_the_query_is_checked_like_one_in_a_body(sim: Simulator, value: str) -> None:
    response, _ = call(sim, "POST", "/domains-list", query=f"maxResults={value}")
    assert response.status == 400


def test_half_a_surrogate_pair_is_refused_wherever_it_stands(sim: Simulator, domain_id: str) -> None:
    arn = f"arn%3Aaws%3Acases%3Aus-east-1%3A123456789012%3Adomain%2F{domain_id}"
    response, parsed = call(sim, "POST", f"/tags/{arn}", b'{"tags": {"\\ud800": 5}}')
    assert response.status == 400
    assert r"tags.\ud800 must be a string, not a number" in parsed["message"]
    # An action is text inside of the text of a template.
    content = {"Template": r'{"Action": "\ud800"}'}
    view = {"Name": "Greeting", "Status": "PUBLISHED", "Content": content}
    response, parsed = call(sim, "PUT", f"/views/{sim.instance_id}", view, service="connect")
    assert (response.status, parsed["Message"]) == (400, r"Content.Actions lacks \ud800, which the template uses")
    response, parsed = call(sim, "POST", "/nowhere/\ud800")
    assert (response.status, parsed["message"]) == (404, r"connectcases has no operation for POST /nowhere/\ud800")


def test_unknown_members_and_nulls_are_ignored(sim: Simulator) -> None:
    response, _ = call(sim, "POST", "/domains", {"name": "Support", "colour": "red", "size": None})
    assert response.status == 200


def test_text_in_a_body_has_no_influence_on_the_route(sim: Simulator) -> None:
    body = {"name": "/domains-list", "Action": "DeleteDomain", "domainId": "x"}
    assert call(sim, "POST", "/domains", body)[1]["domainStatus"] == "Active"


@pytest.mark.parametrize(
    ("path", "method", "body", "code"),
    [
        ("/views/{}", "PUT", {"Name": 5}, "InvalidParameterException"),
        ("/views/{}", "PUT", b"{", "InvalidRequestException"),
        # Operations that model only one of the two errors answer with that.
        ("/instance/{}/task/template", "PUT", b"{", "InvalidParameterException"),
        ("/instance/{}/integration-associations?maxResults=0", "GET", None, "InvalidRequestException"),
    ],
)
def test_connect_has_its_own_words_for_a_bad_request(
    sim: Simulator, path: str, method: str, body: object, code: str
) -> None:
    path, _, query = path.format(sim.instance_id).partition("?")
    response, parsed = call(sim, method, path, body, query=query, service="connect")
    assert response.status == 400
    assert response.headers["x-amzn-ErrorType"] == code
    assert parsed["Message"]


# ---- the shape of answers ------------------------------------------------------------------------------------------


def test_an_error_has_the_status_and_members_of_its_model(sim: Simulator) -> None:
    response, parsed = call(sim, "POST", "/domains/nowhere")
    assert response.status == 404
    assert response.headers["x-amzn-ErrorType"] == "ResourceNotFoundException"
    assert parsed == {
        "message": "Domain nowhere does not exist",
        "resourceId": "nowhere",
        "resourceType": "Domain",
    }


def test_every_answer_has_a_request_id_of_its_own(sim: Simulator) -> None:
    good, bad = call(sim, "POST", "/domains-list")[0], call(sim, "POST", "/nowhere")[0]
    assert len({good.headers["x-amzn-RequestId"], bad.headers["x-amzn-RequestId"]}) == 2


def test_timestamps_are_iso_in_cases_and_epoch_in_connect(sim: Simulator, domain_id: str) -> None:
    created = call(sim, "POST", f"/domains/{domain_id}")[1]["createdTime"]
    assert created == "2030-01-01T12:00:00.001Z"
    described = call(sim, "GET", f"/instance/{sim.instance_id}", service="connect")[1]
    assert described["Instance"]["CreatedTime"] == pytest.approx(1893499200)


def test_an_answer_without_members_has_an_empty_body(sim: Simulator, domain_id: str) -> None:
    response, _ = call(sim, "DELETE", f"/domains/{domain_id}")
    assert (response.status, response.body) == (200, b"")


def test_a_fault_of_the_simulator_is_an_internal_error_with_retry_after(
    sim: Simulator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setitem(CASES.handlers, "ListDomains", fail)
    response, parsed = call(sim, "POST", "/domains-list")
    assert response.status == 500
    assert response.headers["x-amzn-ErrorType"] == "InternalServerException"
    assert response.headers["Retry-After"] == "1"
    assert parsed == {"message": "The simulator failed: ZeroDivisionError"}
    assert "ListDomains" in caplog.text


# ---- which operation, which service --------------------------------------------------------------------------------


def test_a_path_that_no_operation_has_is_an_unknown_operation(sim: Simulator) -> None:
    response, parsed = call(sim, "GET", "/no/such/path")
    assert response.status == 404
    assert response.headers["x-amzn-ErrorType"] == "UnknownOperationException"
    assert "GET /no/such/path" in parsed["message"]


def test_every_operation_of_cases_is_simulated() -> None:
    assert CASES.model.operations - CASES.handlers.keys() == set()


def test_an_operation_of_another_part_of_connect_is_known_but_not_simulated(sim: Simulator) -> None:
    response, parsed = call(sim, "GET", f"/users-summary/{sim.instance_id}", service="connect")
    assert response.status == 501
    assert response.headers["x-amzn-ErrorType"] == "OperationNotSimulatedException"
    assert "ListUsers" in parsed["message"]


@pytest.mark.parametrize(
    ("headers", "service"),
    [
        ({"Authorization": SIGNED.format("cases")}, "cases"),
        ({"authorization": SIGNED.format("connect")}, "connect"),
        ({"Host": "cases.eu-west-1.amazonaws.com"}, "cases"),
        ({"host": "connect.eu-west-1.amazonaws.com"}, "connect"),
    ],
)
def test_the_signature_or_the_host_says_service_and_region(
    sim: Simulator, headers: Mapping[str, str], service: str
) -> None:
    path, method, body = ("/domains", "POST", b'{"name":"a"}') if service == "cases" else ("/instance", "GET", b"")
    response = sim.handle(HttpRequest(method, path, "", headers, body))
    assert response.status == 200
    assert b":eu-west-1:123456789012:" in response.body


def test_a_request_that_names_no_service_is_for_the_one_that_has_its_path(sim: Simulator) -> None:
    assert sim.handle(HttpRequest("POST", "/domains-list")).body == b'{"domains":[]}'
    assert sim.instance_id.encode() in sim.handle(HttpRequest("GET", "/instance")).body


@pytest.mark.parametrize(
    ("path", "host", "reason"),
    [
        ("/nowhere", "127.0.0.1", b"does not say which"),
        ("/tags/arn", "127.0.0.1", b"connectcases and connect both have a path like /tags/arn"),
        ("/instance", "s3.us-east-1.amazonaws.com", b"does not say which"),
    ],
)
def test_a_request_that_could_be_for_any_service_is_told_so(
    sim: Simulator, path: str, host: str, reason: bytes
) -> None:
    response = sim.handle(HttpRequest("GET", path, "", {"Host": host}))
    assert response.status == 404
    assert reason in response.body


def test_regions_share_nothing_but_the_id_of_their_instance(sim: Simulator) -> None:
    request = HttpRequest("POST", "/domains", "", {}, b'{"name":"a"}')
    assert sim.handle(request, service="connectcases", region="us-east-1").status == 200
    assert sim.handle(request, service="connectcases", region="eu-west-1").status == 200
    instance = sim.handle(HttpRequest("GET", f"/instance/{sim.instance_id}"), service="connect", region="eu-west-1")
    assert instance.status == 200


def test_an_arn_in_a_path_may_hold_slashes(sim: Simulator, domain_id: str) -> None:
    arn = f"arn%3Aaws%3Acases%3Aus-east-1%3A123456789012%3Adomain%2F{domain_id}"
    assert call(sim, "GET", f"/tags/{arn}")[1] == {"tags": {}}


@needs("connectcases", "BatchUpdateCase")
def test_handlers_are_for_operations_that_the_newest_model_has() -> None:
    # An old botocore lacks some; a name that no botocore has is a slip of ours.
    for service in (CASES, CONNECT):
        unknown = {name for name in service.handlers if name not in service.model}
        assert unknown <= {"SearchViews", "UpdateContactTaskTemplate"}
