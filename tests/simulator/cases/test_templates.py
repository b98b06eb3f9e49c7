"""Templates refer to fields and layouts that exist, and are active unless they say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import empty, needs_member, refused, text
from .support import decide, make_rule, on, options_rule

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture
    from ..remote import Send


@pytest.mark.rule("template.active")
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


@pytest.mark.rule("template.name-unique")
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
@pytest.mark.rule("template.references", "template.reference-error", "template.field-once")
def test_what_it_refers_to_must_exist_and_be_there_once(
    cases: Any, domain: DomainFixture, members: dict[str, Any]
) -> None:
    with refused("ValidationException"):
        cases.create_template(domainId=domain.id, name="Refund", **members)


@needs_member("connectcases", "CreateTemplateRequest", "rules")
@pytest.mark.rule("template.rules")
def test_a_case_rule_must_exist(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "case rule nowhere"):
        cases.create_template(domainId=domain.id, name="Refund", rules=[{"caseRuleId": "nowhere"}])


def test_a_template_requires_a_hundred_fields_at_most(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "at most 100"):
        cases.create_template(domainId=domain.id, name="Refund", requiredFields=[{"fieldId": "summary"}] * 101)


@pytest.mark.rule("template.list-status", "domain.order")
def test_templates_are_listed_in_pages_and_by_status(cases: Any, domain: DomainFixture) -> None:
    old = domain.template("Old", status="Inactive")
    first = cases.list_templates(domainId=domain.id, maxResults=1)
    rest = cases.list_templates(domainId=domain.id, nextToken=first["nextToken"])
    listed = [template["templateId"] for template in first["templates"] + rest["templates"]]
    assert listed == [domain.template_id, old]
    inactive = cases.list_templates(domainId=domain.id, status=["Inactive"])["templates"]
    assert [template["templateId"] for template in inactive] == [old]


@pytest.mark.rule("quota.defaults")
def test_a_domain_has_a_hundred_templates_at_most(domain: DomainFixture) -> None:
    for index in range(99):
        domain.template(str(index))
    with refused("ServiceQuotaExceededException"):
        domain.template("one more")


def test_an_unknown_template_is_not_found(cases: Any, domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Template nowhere"):
        cases.get_template(domainId=domain.id, templateId="nowhere")


@needs_member("connectcases", "CreateTemplateRequest", "tagPropagationConfigurations")
@pytest.mark.rule("template.tags", "template.tags-own")
def test_tags_that_it_propagates_are_on_its_cases(cases: Any, domain: DomainFixture) -> None:
    propagated = [{"resourceType": "Cases", "tagMap": {"team": "money", "tier": "1"}}]
    template_id = domain.template("Refund", tagPropagationConfigurations=propagated)
    case_id = domain.case(templateId=template_id, tags={"tier": "2"})
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "title"}])
    assert read["tags"] == {"team": "money", "tier": "2"}
    listed = cases.list_templates(domainId=domain.id)["templates"][-1]
    assert listed["tagPropagationConfigurations"] == propagated


@needs_member("connectcases", "CreateTemplateRequest", "rules")
@pytest.mark.rule("template.bounds")
def test_everything_on_a_template_has_a_bound(cases: Any, domain: DomainFixture) -> None:
    fields = [domain.field(f"Field {index}") for index in range(100)]
    rule = make_rule(domain, required=decide())
    tags = {str(index): "x" for index in range(10)}
    full: dict[str, Any] = {
        "requiredFields": [{"fieldId": field_id} for field_id in fields],
        "rules": [on(rule, field_id) for field_id in fields[:50]],
        "tagPropagationConfigurations": [{"resourceType": "Cases", "tagMap": tags}],
    }
    template_id = cases.create_template(domainId=domain.id, name="Full", **full)["templateId"]
    domain.case("A case", *(text(field_id, "x") for field_id in fields), templateId=template_id)
    for member, most, more in (
        ("requiredFields", "at most 100", [*full["requiredFields"], {"fieldId": "summary"}]),
        ("rules", "at most 50", [*full["rules"], on(rule, "summary")]),
        ("tagPropagationConfigurations", "at most 10", [{"resourceType": "Cases", "tagMap": {**tags, "x": ""}}]),
    ):
        with refused("ValidationException", most):
            cases.create_template(domainId=domain.id, name="Fuller", **{member: more})


@pytest.mark.rule("template.update")
def test_an_update_changes_what_it_gives_and_nothing_else(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    here = {"domainId": domain.id}
    here["templateId"] = domain.template("Refund", required=("summary",), description="money back")
    sim.clock.advance(60)
    cases.update_template(**here, layoutConfiguration={"defaultLayout": layout})
    read = cases.get_template(**here)
    assert (read["name"], read["description"], read["status"]) == ("Refund", "money back", "Active")
    assert read["requiredFields"] == [{"fieldId": "summary"}]
    assert read["layoutConfiguration"] == {"defaultLayout": layout}
    assert (read["lastModifiedTime"] - read["createdTime"]).total_seconds() >= 60
    cases.update_template(**here, name="Money", status="Inactive", requiredFields=[], layoutConfiguration={})
    read = cases.get_template(**here)
    assert (read["name"], read["status"], read["requiredFields"]) == ("Money", "Inactive", [])
    assert read["layoutConfiguration"] == {"defaultLayout": layout}


@pytest.mark.rule("template.update")
def test_an_update_ignores_null_and_needs_something_to_change(cases: Any, domain: DomainFixture, send: Send) -> None:
    target = f"/domains/{domain.id}/templates/{domain.template_id}"
    for body in ({}, {"name": None, "requiredFields": None}):
        answer = send("PUT", target, body)
        assert (answer.status, answer.error) == (400, "ValidationException")
    assert send("PUT", target, {"name": None, "description": "new", "status": None}).status == 200
    read = cases.get_template(domainId=domain.id, templateId=domain.template_id)
    assert (read["name"], read["description"], read["status"]) == ("General", "new", "Active")


@pytest.mark.rule("template.update", "template.name-unique")
def test_an_update_is_held_to_the_same_rules(cases: Any, domain: DomainFixture) -> None:
    here = {"domainId": domain.id, "templateId": domain.template("Refund")}
    with refused("ConflictException", "General"):
        cases.update_template(**here, name="General")
    with refused("ValidationException", "more than once"):
        cases.update_template(**here, requiredFields=[{"fieldId": "summary"}] * 2)
    with refused("ValidationException", "nowhere"):
        cases.update_template(**here, layoutConfiguration={"defaultLayout": "nowhere"})
    with refused("ValidationException", "nowhere"):
        cases.update_template(**here, requiredFields=[{"fieldId": "nowhere"}])
    cases.update_template(**here, name="Refund")


@pytest.mark.rule("template.update-later")
def test_what_a_template_comes_to_require_its_cases_need_when_it_is_written(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    required = [{"fieldId": "summary"}]
    cases.update_template(domainId=domain.id, templateId=domain.template_id, requiredFields=required)
    domain.update(case_id, text("title", "New"))
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, empty("summary"))
    domain.update(case_id, text("summary", "now there"))
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, empty("summary"))


@pytest.mark.rule("template.deleted-cases", "template.inactive")
def test_the_cases_of_an_inactive_template_go_on(cases: Any, domain: DomainFixture) -> None:
    template_id = domain.template("Refund", required=("summary",))
    case_id = domain.case("A case", text("summary", "x"), templateId=template_id)
    cases.update_template(domainId=domain.id, templateId=template_id, status="Inactive")
    with refused("ValidationException", "inactive"):
        domain.case("A case", text("summary", "x"), templateId=template_id)
    domain.update(case_id, text("title", "New"))
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, empty("summary"))
    cases.update_template(domainId=domain.id, templateId=template_id, status="Active")
    domain.case("A case", text("summary", "x"), templateId=template_id)


@needs_member("connectcases", "CreateTemplateRequest", "rules")
@pytest.mark.rule("template.rules", "template.rule-once")
def test_a_rule_acts_upon_a_field_that_exists_and_once(domain: DomainFixture) -> None:
    parent, child = domain.select("Country", "fr"), domain.select("City", "paris")
    required = make_rule(domain, "Required", required=decide())
    options = make_rule(domain, "Options", fieldOptions=options_rule(parent, child, fr=["paris"]))
    template_id = domain.template("Good", rules=[on(required, parent), on(required, child), on(options)])
    read = domain.client.get_template(domainId=domain.id, templateId=template_id)
    assert read["rules"] == [on(required, parent), on(required, child), on(options)]
    for bad, text_of_error in (
        ([on(required)], "needs the fieldId"),
        ([on(required, "nowhere")], "nowhere does not exist"),
        ([on("nowhere", parent)], "case rule nowhere does not exist"),
        ([on(required, parent), on(required, parent)], "more than once"),
    ):
        with refused("ValidationException", text_of_error):
            domain.template("Bad", rules=bad)
        with refused("ValidationException", text_of_error):
            domain.client.update_template(domainId=domain.id, templateId=template_id, rules=bad)


@needs_member("connectcases", "UpdateTemplateRequest", "tagPropagationConfigurations")
@pytest.mark.rule("template.tags")
def test_tags_that_a_template_comes_to_propagate_are_on_its_later_cases(cases: Any, domain: DomainFixture) -> None:
    earlier = domain.case()
    propagated = [{"resourceType": "Cases", "tagMap": {"team": "money"}}]
    here = {"domainId": domain.id, "templateId": domain.template_id}
    cases.update_template(**here, tagPropagationConfigurations=propagated)
    assert cases.get_template(**here)["tagPropagationConfigurations"] == propagated
    for case_id, tags in ((earlier, {}), (domain.case(), {"team": "money"})):
        read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "title"}])
        assert read["tags"] == tags
