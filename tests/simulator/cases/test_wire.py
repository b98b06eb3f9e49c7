"""What travels: how requests are read, whichever client sent them, and how answers and errors are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from botocore.exceptions import ClientError

from connectkit.simulator import Quotas, Rate

from ..helpers import refused, text
from .support import comment, compare, decide, history, send_events

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture
    from ..remote import Send

STATUSES = {
    "AccessDeniedException": 403,
    "ConflictException": 409,
    "InternalServerException": 500,
    "ResourceNotFoundException": 404,
    "ServiceQuotaExceededException": 402,
    "ThrottlingException": 429,
    "ValidationException": 400,
}


@pytest.mark.rule("wire.cases-timestamps", "wire.connect-timestamps")
def test_times_are_texts_in_cases_and_numbers_in_connect(send: Send, domain: DomainFixture, sim: Simulator) -> None:
    assert send("POST", f"/domains/{domain.id}").json["createdTime"].startswith("2030-01-01T12:00:00.")
    assert send("POST", f"/domains/{domain.id}").json["createdTime"].endswith("Z")
    instance = send("GET", f"/instance/{sim.instance_id}", service="connect").json["Instance"]
    assert instance["CreatedTime"] == pytest.approx(1893499200, abs=1)


@pytest.mark.rule("wire.error-shape")
def test_an_error_has_its_name_in_a_header_and_its_text_as_the_service_spells_it(send: Send) -> None:
    answer = send("POST", "/domains/nowhere")
    assert (answer.status, answer.error) == (404, "ResourceNotFoundException")
    assert answer.json["message"]
    answer = send("GET", "/instance/nowhere", service="connect")
    assert (answer.status, answer.error) == (404, "ResourceNotFoundException")
    assert answer.json["Message"]


@pytest.mark.rule("wire.error-statuses")
@pytest.mark.parametrize(("code", "status"), STATUSES.items())
def test_an_error_has_the_status_of_its_model(cases: Any, sim: Simulator, code: str, status: int) -> None:
    sim.fail("ListDomains", code)
    with refused(code) as refusal:
        cases.list_domains()
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == status


@pytest.mark.rule("wire.not-found-members", "wire.resource-types")
def test_what_is_not_found_is_named_with_its_type(cases: Any, domain: DomainFixture) -> None:
    here: dict[str, Any] = {"domainId": domain.id}
    case = {**here, "caseId": domain.case()}
    about: list[tuple[str, str, dict[str, Any]]] = [
        ("Domain", "get_domain", {"domainId": "nowhere"}),
        ("Field", "update_field", {**here, "fieldId": "nowhere"}),
        ("Layout", "get_layout", {**here, "layoutId": "nowhere"}),
        ("Template", "get_template", {**here, "templateId": "nowhere"}),
        ("Case", "get_case", {**here, "caseId": "nowhere", "fields": [{"id": "title"}]}),
    ]
    if hasattr(cases, "update_case_rule"):
        about += [
            ("CaseRule", "update_case_rule", {**here, "caseRuleId": "nowhere"}),
            ("RelatedItem", "delete_related_item", {**case, "relatedItemId": "nowhere"}),
        ]
    for kind, method, request in about:
        with refused("ResourceNotFoundException") as refusal:
            getattr(cases, method)(**request)
        assert (refusal.response["resourceId"], refusal.response["resourceType"]) == ("nowhere", kind)
    if hasattr(cases, "get_merge_cases_status"):
        with refused("ResourceNotFoundException") as refusal:
            cases.get_merge_cases_status(**case)
        assert (refusal.response["resourceId"], refusal.response["resourceType"]) == (case["caseId"], "Merge")


@pytest.mark.rule("wire.retry-after")
def test_a_fault_of_the_service_says_when_to_try_again(send: Send, sim: Simulator) -> None:
    sim.fail("ListDomains", "InternalServerException", retryAfterSeconds=7)
    answer = send("POST", "/domains-list")
    assert (answer.status, answer.headers["Retry-After"]) == (500, "7")


@pytest.mark.rule("wire.checked")
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, "name is required"),
        ({"name": 5}, "name must be a string, not a number"),
        ({"name": ["a"]}, "name must be a string, not a list"),
        ({"name": ""}, "name must have at least 1 character"),
        ({"name": "x" * 101}, "name must have at most 100 characters"),
    ],
)
def test_a_member_that_does_not_fit_the_model_is_named(send: Send, body: object, fault: str) -> None:
    answer = send("POST", "/domains", body)
    assert (answer.status, answer.error) == (400, "ValidationException")
    assert answer.json["message"] == f"1 validation error detected: {fault}"


@pytest.mark.rule("wire.checked", "wire.union", "wire.all-faults")
def test_all_faults_are_reported_together_with_their_paths(send: Send, domain: DomainFixture) -> None:
    union = {"stringValue": "a", "doubleValue": 1}
    faults: dict[str, dict[str, Any]] = {
        "maxResults must be at least 1": {"maxResults": 0},
        "sorts[0].sortOrder must be one of Asc, Desc": {"sorts": [{"fieldId": "title", "sortOrder": "Up"}]},
        "filter.field.equalTo.value must have exactly one of": {
            "filter": {"field": {"equalTo": {"id": "title", "value": union}}}
        },
        "fields[0].id is required": {"fields": [dict[str, str]()]},
    }
    body = {name: value for part in faults.values() for name, value in part.items()}
    message: str = send("POST", f"/domains/{domain.id}/cases-search", body).json["message"]
    assert message.startswith("4 validation errors detected: ")
    assert all(fault in message for fault in faults)


@pytest.mark.rule("wire.malformed", "wire.connect-invalid")
@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b'"text"', b'{"Name": NaN}', b"[" * 10_000])
def test_a_body_that_is_no_json_object_is_refused(send: Send, sim: Simulator, body: bytes) -> None:
    answer = send("POST", "/domains", body)
    assert (answer.status, answer.error) == (400, "ValidationException")
    views, templates = f"/views/{sim.instance_id}", f"/instance/{sim.instance_id}/task/template"
    answer = send("PUT", views, body, service="connect")
    assert (answer.status, answer.error) == (400, "InvalidRequestException")
    # Of the two errors, this operation models only the other one.
    assert send("PUT", templates, body, service="connect").error == "InvalidParameterException"


@pytest.mark.rule("wire.connect-invalid")
def test_a_member_that_does_not_fit_has_its_own_error_in_connect(send: Send, sim: Simulator) -> None:
    answer = send("PUT", f"/views/{sim.instance_id}", {"Name": 5}, service="connect")
    assert (answer.status, answer.error) == (400, "InvalidParameterException")
    target = f"/instance/{sim.instance_id}/integration-associations?maxResults=0"
    assert send("GET", target, service="connect").error == "InvalidRequestException"


@pytest.mark.rule("wire.unknown-ignored")
def test_unknown_members_and_nulls_are_ignored(send: Send) -> None:
    assert send("POST", "/domains", {"name": "Support", "colour": "red", "size": None}).status == 200
    assert send("POST", "/domains-list", {"maxResults": None}).status == 200


@pytest.mark.rule("wire.patterns")
def test_patterns_are_not_enforced(domain: DomainFixture) -> None:
    # The model wants a name to end in something that is no space.
    assert domain.field("Size ")


@pytest.mark.rule("wire.raw-path")
def test_an_identifier_in_a_path_may_hold_a_slash(send: Send, cases: Any, domain: DomainFixture) -> None:
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    cases.tag_resource(arn=arn, tags={"team": "a/b"})
    assert send("GET", f"/tags/{quote(arn, safe='')}").json == {"tags": {"team": "a/b"}}


@pytest.mark.rule("wire.route")
def test_nothing_in_a_body_says_which_operation_is_meant(send: Send) -> None:
    body = {"name": "/domains-list", "Action": "DeleteDomain", "domainId": "x"}
    assert send("POST", "/domains", body).json["domainStatus"] == "Active"


@pytest.mark.rule("wire.unknown-operation", "wire.not-simulated")
def test_what_does_not_exist_is_told_from_what_is_not_simulated(send: Send, sim: Simulator) -> None:
    answer = send("GET", "/no/such/path")
    assert (answer.status, answer.error) == (404, "UnknownOperationException")
    answer = send("GET", f"/users-summary/{sim.instance_id}", service="connect")
    assert (answer.status, answer.error) == (501, "OperationNotSimulatedException")


@pytest.mark.rule("wire.all-or-nothing")
def test_a_refused_request_changes_nothing(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    case_id, field_id, other = domain.case(), domain.select("Priority", "high"), domain.case("Another")
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    item = comment(domain, case_id)
    cases.put_case_event_configuration(domainId=domain.id, eventBridge={"enabled": True})
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    here: dict[str, Any] = {"domainId": domain.id}
    case = {**here, "caseId": case_id}
    title, unknown = text("title", "New"), text("nowhere", "x")
    bad_layout = {"basic": {"topPanel": {"sections": [{"fieldGroup": {"fields": [{"id": "title"}]}}]}}}
    bridge = {"enabled": False, "includedData": {"caseData": {"fields": [{"id": "nowhere"}]}}}
    note = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    requests: list[tuple[str, dict[str, Any]]] = [
        ("create_domain", {"name": "Support"}),
        ("create_field", {**here, "name": "Priority", "type": "Text"}),
        ("update_field", {**here, "fieldId": field_id, "name": "Title"}),
        ("update_field", {**here, "fieldId": "title", "name": "Mine"}),
        ("delete_field", {**here, "fieldId": "title"}),
        ("batch_put_field_options", {**here, "fieldId": "title", "options": []}),
        ("create_layout", {**here, "name": "Other", "content": bad_layout}),
        ("update_layout", {**here, "layoutId": layout, "name": "Other", "content": bad_layout}),
        ("create_template", {**here, "name": "Other", "requiredFields": [{"fieldId": "nowhere"}]}),
        ("update_template", {**here, "templateId": domain.template_id}),
        (
            "update_template",
            {**here, "templateId": domain.template_id, "name": "Other", "requiredFields": [{"fieldId": "nowhere"}]},
        ),
        ("create_case", {**here, "templateId": domain.template_id, "fields": [title, unknown]}),
        ("update_case", {**case, "fields": [title, unknown]}),
        ("create_related_item", {**case, "type": "File", "content": note}),
        ("put_case_event_configuration", {**here, "eventBridge": bridge}),
        ("tag_resource", {"arn": arn, "tags": {"team": "legal", "aws:team": "legal"}}),
    ]
    if hasattr(cases, "batch_update_case"):
        names = [{"caseIdentifier": {"caseId": case_id}}, {"caseIdentifier": {"caseId": case_id}}]
        required = {"required": decide(compare("nowhere", "x"))}
        two = [{"sourceCaseId": other, "fieldIds": [{"id": "title"}]}]
        requests += [
            ("update_related_item", {**case, "relatedItemId": item, "content": {"custom": {"fields": [unknown]}}}),
            ("delete_related_item", {**case, "relatedItemId": "nowhere"}),
            ("batch_update_case", {**here, "cases": names, "fields": [], "title": "New"}),
            ("batch_create_related_item", {**here, "cases": names, "content": note}),
            ("start_merge_cases", {**case, "secondaryCaseIds": [other], "fieldsConfiguration": two}),
            ("delete_case", {**here, "caseId": "nowhere"}),
            ("create_case_rule", {**here, "name": "x", "rule": required}),
            ("delete_case_rule", {**here, "caseRuleId": "nowhere"}),
        ]
    before, events = sim.dump(), len(sim.events)
    for method, request in requests:
        with pytest.raises(ClientError):
            getattr(cases, method)(**request)
        assert sim.dump() == before, method
    assert len(sim.events) == events


@pytest.mark.rule("wire.all-or-nothing")
def test_a_refused_update_leaves_neither_history_nor_event(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain)
    case_id = domain.case()
    with refused("ValidationException"):
        domain.update(case_id, text("summary", "x"), text("status", "no such status"))
    assert [entry["type"] for entry in history(domain, case_id)] == ["Case.Created"]
    assert len(sim.events) == 1


# ---- quotas --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("quota.settable", "quota.error")
def test_a_quota_can_be_set_and_what_is_there_stays(domain: DomainFixture, sim: Simulator) -> None:
    kept = [domain.field("a"), domain.field("b")]
    sim.quotas = Quotas(fields=1)
    with refused("ServiceQuotaExceededException", "2 custom fields"):
        domain.field("c")
    domain.case("A case", *(text(field_id, "x") for field_id in kept))


@pytest.mark.rule("quota.defaults")
def test_the_quotas_are_those_of_a_new_account(sim: Simulator) -> None:
    quotas = sim.quotas
    assert (quotas.domains, quotas.fields, quotas.templates) == (5, 500, 100)
    assert (quotas.options, quotas.fields_per_layout, quotas.related_items) == (500, 100, 200)


@pytest.mark.rule("quota.rates-off", "quota.rates")
def test_calls_are_counted_once_there_are_rates(domain: DomainFixture, sim: Simulator) -> None:
    for _ in range(30):
        domain.search()
    sim.quotas = Quotas(rates=Rate.of_a_new_account())
    for _ in range(10):
        domain.search()
    with refused("ThrottlingException", "SearchCases"):
        domain.search()
    domain.case()
    sim.clock.advance(1)
    for _ in range(2):
        domain.search()
    with refused("ThrottlingException"):
        domain.search()
