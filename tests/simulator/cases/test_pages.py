"""Lists come in pages, with a token for the next one that belongs to its query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import make_client, maximum, needs, refused, text
from .support import CONTACT_ARN, comment, contact

if TYPE_CHECKING:
    from ..helpers import DomainFixture

LARGEST_SEARCH = maximum("connectcases", "SearchCasesRequest", "maxResults")
LARGEST = {
    "list_domains": 10,
    "list_fields": 100,
    "list_field_options": 100,
    "list_layouts": 100,
    "list_templates": 100,
    "list_case_rules": 100,
    "list_cases_for_contact": 10,
    "search_cases": LARGEST_SEARCH,
    "search_related_items": 25,
    "search_all_related_items": 25,
    "get_case_audit_events": 25,
}


def request_for(method: str, domain: DomainFixture, case_id: str) -> dict[str, Any]:
    """Give what a list needs besides the size of its pages."""
    members = {"domainId": domain.id, "caseId": case_id, "fieldId": "status", "contactArn": CONTACT_ARN}
    operation: str = domain.client.meta.method_to_api_mapping[method]
    return {
        name: members[name]
        for name in domain.client.meta.service_model.operation_model(operation).input_shape.required_members
    }


@pytest.mark.rule("page.sizes")
@pytest.mark.parametrize(("method", "largest"), LARGEST.items())
def test_a_page_has_a_largest_size(domain: DomainFixture, method: str, largest: int) -> None:
    if not hasattr(domain.client, method):
        # Over the oldest boto3 (`make test-floor`) a client has no way to ask.
        pytest.skip(f"the installed botocore has no {method}")
    request = request_for(method, domain, domain.case())
    getattr(domain.client, method)(**request, maxResults=largest)
    with refused("ValidationException", f"maxResults must be at most {largest}"):
        getattr(domain.client, method)(**request, maxResults=largest + 1)


@pytest.mark.rule("page.defaults")
def test_a_page_of_a_search_or_a_history_has_twenty_five(cases: Any, domain: DomainFixture) -> None:
    case_id, *_ = [domain.case() for _ in range(27)]
    for _ in range(26):
        comment(domain, case_id)
    assert len(cases.search_cases(domainId=domain.id)["cases"]) == 25
    first = cases.get_case_audit_events(domainId=domain.id, caseId=case_id)
    assert len(first["auditEvents"]) == 25
    rest = cases.get_case_audit_events(domainId=domain.id, caseId=case_id, nextToken=first["nextToken"])
    assert len(rest["auditEvents"]) == 2
    assert "nextToken" not in rest


@pytest.mark.rule("page.default-largest")
def test_any_other_page_is_as_large_as_it_can_be(cases: Any, domain: DomainFixture) -> None:
    case_ids = [domain.case() for _ in range(11)]
    for case_id in case_ids:
        contact(domain, case_id)
    first = cases.list_cases_for_contact(domainId=domain.id, contactArn=CONTACT_ARN)
    assert len(first["cases"]) == 10
    for _ in range(26):
        comment(domain, case_ids[0])
    found = cases.search_related_items(domainId=domain.id, caseId=case_ids[0])
    assert len(found["relatedItems"]) == 25
    field_id = domain.select("Priority")
    for start in (0, 50, 100):
        domain.put_options(field_id, **{f"v{number}": True for number in range(start, start + 50)})
    assert len(cases.list_field_options(domainId=domain.id, fieldId=field_id)["options"]) == 100


@pytest.mark.rule("page.token-bound")
def test_a_token_is_good_for_any_page_size_but_for_its_query_only(cases: Any, domain: DomainFixture) -> None:
    token = cases.list_fields(domainId=domain.id, maxResults=1)["nextToken"]
    assert cases.list_fields(domainId=domain.id, maxResults=3, nextToken=token)["fields"]
    with refused("ValidationException", "nextToken"):
        cases.list_templates(domainId=domain.id, nextToken=token)
    other = cases.create_domain(name="Other")["domainId"]
    with refused("ValidationException", "nextToken"):
        cases.list_fields(domainId=other, nextToken=token)
    with refused("ValidationException", "nextToken"):
        cases.list_fields(domainId=domain.id, nextToken=token[:-1] + ("A" if token[-1] != "A" else "B"))


@pytest.mark.rule("page.token-bound")
def test_a_token_is_good_for_its_region_only(cases: Any) -> None:
    for name in ("a", "b"):
        cases.create_domain(name=name)
    token = cases.list_domains(maxResults=1)["nextToken"]
    with refused("ValidationException", "nextToken"):
        make_client("connectcases", "eu-west-1").list_domains(nextToken=token)


@pytest.mark.rule("page.token-length")
def test_a_token_has_a_largest_length(cases: Any, domain: DomainFixture) -> None:
    for title in ("a", "b"):
        domain.case(title * maximum("connectcases", "FieldValueUnion", "stringValue"))
    sorts = [{"fieldId": "title", "sortOrder": "Asc"}]
    answer = cases.search_cases(domainId=domain.id, maxResults=1, sorts=sorts)
    assert len(answer["nextToken"]) <= 9000
    with refused("ValidationException", "nextToken must have at most 9000 characters"):
        cases.list_domains(nextToken="x" * 9001)


@pytest.mark.rule("page.steady")
def test_what_stays_is_neither_skipped_nor_repeated(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    made = [comment(domain, case_id) for _ in range(6)]
    request = {"domainId": domain.id, "caseId": case_id, "maxResults": 2}
    first = cases.search_related_items(**request)
    comment(domain, case_id, "newer than the page")
    second = cases.search_related_items(**request, nextToken=first["nextToken"])
    third = cases.search_related_items(**request, nextToken=second["nextToken"])
    seen = [item["relatedItemId"] for page in (first, second, third) for item in page["relatedItems"]]
    assert seen == made[::-1]


@needs("connectcases", "DeleteRelatedItem")
@pytest.mark.rule("page.steady")
def test_what_goes_between_two_pages_takes_nothing_with_it(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    made = [comment(domain, case_id) for _ in range(5)]
    request = {"domainId": domain.id, "caseId": case_id, "maxResults": 2}
    first = cases.search_related_items(**request)
    # The last one of the page, which its token stands for, and the next one.
    for gone in (made[3], made[2]):
        cases.delete_related_item(domainId=domain.id, caseId=case_id, relatedItemId=gone)
    rest = cases.search_related_items(**request, nextToken=first["nextToken"])
    assert [item["relatedItemId"] for item in rest["relatedItems"]] == [made[1], made[0]]


@pytest.mark.rule("page.get-case")
# Pages only come where one request may ask for more than a page has.
@pytest.mark.skipif(
    maximum("connectcases", "GetCaseRequest", "fields") < 220, reason="the installed botocore reads fewer at a time"
)
def test_many_values_come_in_pages(cases: Any, domain: DomainFixture) -> None:
    fields = [domain.field(f"Field {index}") for index in range(120)]
    case_id = domain.case("A case", *(text(field_id, field_id) for field_id in fields))
    request = {"domainId": domain.id, "caseId": case_id, "fields": [{"id": field_id} for field_id in fields]}
    first = cases.get_case(**request)
    assert len(first["fields"]) == 100
    second = cases.get_case(**request, nextToken=first["nextToken"])
    assert [entry["id"] for entry in first["fields"] + second["fields"]] == fields
    assert "nextToken" not in second
    assert first["templateId"] == second["templateId"] == domain.template_id


@pytest.mark.rule("page.batch-get")
@pytest.mark.parametrize(
    ("method", "member", "answered"),
    [
        ("batch_get_field", "fields", "fields"),
        pytest.param("batch_get_case_rule", "caseRules", "caseRules", marks=needs("connectcases", "BatchGetCaseRule")),
    ],
)
def test_a_batch_get_takes_fifty_ids_and_names_the_unknown_ones(
    domain: DomainFixture, method: str, member: str, answered: str
) -> None:
    get = getattr(domain.client, method)
    answer = get(domainId=domain.id, **{member: [{"id": f"nowhere{index}"} for index in range(50)]})
    assert answer[answered] == []
    assert [error["id"] for error in answer["errors"]] == [f"nowhere{index}" for index in range(50)]
    with refused("ValidationException", "at most 50 elements"):
        get(domainId=domain.id, **{member: [{"id": "nowhere"}] * 51})
