"""Templates refer to fields and layouts that exist, and are active unless they say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs_member, refused

if TYPE_CHECKING:
    from ..helpers import DomainFixture


def test_a_template_is_read_as_it_was_written(cases: Any, domain: DomainFixture) -> None:
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    template_id = domain.template(
        "Refund", required=("summary",), description="money back", layoutConfiguration={"defaultLayout": layout}
    )
    read = cases.get_template(domainId=domain.id, templateId=template_id)
    assert read["name"] == "Refund"
    assert read["status"] == "Active"
    assert read["description"] == "money back"
    assert read["requiredFields"] == [{"fieldId": "summary"}]
    assert read["layoutConfiguration"] == {"defaultLayout": layout}


def test_a_template_name_is_unique_in_its_domain(domain: DomainFixture) -> None:
    with refused("ConflictException", "General"):
        domain.template("General")


@pytest.mark.parametrize(
    "members",
    [
        {"requiredFields": [{"fieldId": "nowhere"}]},
        {"requiredFields": [{"fieldId": "summary"}, {"fieldId": "summary"}]},
        {"layoutConfiguration": {"defaultLayout": "nowhere"}},
    ],
)
def test_what_it_refers_to_must_exist_and_be_there_once(
    cases: Any, domain: DomainFixture, members: dict[str, Any]
) -> None:
    with refused("ValidationException"):
        cases.create_template(domainId=domain.id, name="Refund", **members)


@needs_member("connectcases", "CreateTemplateRequest", "rules")
def test_a_case_rule_must_exist(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "case rule nowhere"):
        cases.create_template(domainId=domain.id, name="Refund", rules=[{"caseRuleId": "nowhere"}])


def test_a_template_requires_a_hundred_fields_at_most(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "at most 100"):
        cases.create_template(domainId=domain.id, name="Refund", requiredFields=[{"fieldId": "summary"}] * 101)


def test_templates_are_listed_in_pages_and_by_status(cases: Any, domain: DomainFixture) -> None:
    old = domain.template("Old", status="Inactive")
    first = cases.list_templates(domainId=domain.id, maxResults=1)
    rest = cases.list_templates(domainId=domain.id, nextToken=first["nextToken"])
    listed = [template["templateId"] for template in first["templates"] + rest["templates"]]
    assert listed == [domain.template_id, old]
    inactive = cases.list_templates(domainId=domain.id, status=["Inactive"])["templates"]
    assert [template["templateId"] for template in inactive] == [old]


def test_a_domain_has_a_hundred_templates_at_most(domain: DomainFixture) -> None:
    for index in range(99):
        domain.template(str(index))
    with refused("ServiceQuotaExceededException"):
        domain.template("one more")


def test_an_unknown_template_is_not_found(cases: Any, domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Template nowhere"):
        cases.get_template(domainId=domain.id, templateId="nowhere")


@needs_member("connectcases", "CreateTemplateRequest", "tagPropagationConfigurations")
def test_tags_that_it_propagates_are_on_its_cases(cases: Any, domain: DomainFixture) -> None:
    propagated = [{"resourceType": "Cases", "tagMap": {"team": "money", "tier": "1"}}]
    template_id = domain.template("Refund", tagPropagationConfigurations=propagated)
    case_id = domain.case(templateId=template_id, tags={"tier": "2"})
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "title"}])
    assert read["tags"] == {"team": "money", "tier": "2"}
    listed = cases.list_templates(domainId=domain.id)["templates"][-1]
    assert listed["tagPropagationConfigurations"] == propagated
