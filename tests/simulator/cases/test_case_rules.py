"""Case rules: what one may say, and how long it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas

from ..helpers import needs, refused
from .support import compare, decide, make_rule, on, options_rule

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

pytestmark = needs("connectcases", "CreateCaseRule")


@pytest.fixture
def size(domain: DomainFixture) -> str:
    """A field for numbers."""
    return domain.field("Size", "Number")


def read_rule(domain: DomainFixture, rule_id: str) -> dict[str, Any]:
    """Give a rule, deleted or not."""
    answer = domain.client.batch_get_case_rule(domainId=domain.id, caseRules=[{"id": rule_id}])
    (rule,) = answer["caseRules"]
    return dict(rule)


# ---- what a rule may say -------------------------------------------------------------------------------------------


def test_a_rule_is_read_as_it_was_written(cases: Any, domain: DomainFixture, size: str) -> None:
    rule = {"required": decide(compare(size, 3, result=False, by="notEqualTo"), default=True)}
    made = cases.create_case_rule(domainId=domain.id, name="Sized", description="when sized", rule=rule)
    read = read_rule(domain, made["caseRuleId"])
    assert (read["name"], read["description"], read["rule"]) == ("Sized", "when sized", rule)
    assert (read["caseRuleArn"], read["deleted"]) == (made["caseRuleArn"], False)
    assert made["caseRuleArn"].endswith(f":domain/{domain.id}/case-rule/{made['caseRuleId']}")


@pytest.mark.rule("rule.size")
def test_a_rule_has_five_conditions_at_most(domain: DomainFixture, size: str) -> None:
    one = compare(size, 1)
    make_rule(domain, "Flat", required=decide(*[one] * 5))
    make_rule(domain, "Nested", hidden=decide({"andAll": {"conditions": [one] * 3}}, one, one))
    for rule in (decide(*[one] * 6), decide({"orAll": {"conditions": [one] * 5}}, one)):
        with refused("ValidationException", "6 conditions"):
            make_rule(domain, "Bad", required=rule)


@pytest.mark.rule("rule.size")
def test_conditions_nest_over_two_levels_at_most(domain: DomainFixture, size: str) -> None:
    two = {"andAll": {"conditions": [compare(size, 1)]}}
    make_rule(domain, required=decide(two))
    with refused("ValidationException", "over 2 levels"):
        make_rule(domain, "Deep", required=decide({"orAll": {"conditions": [two]}}))


@pytest.mark.rule("rule.operand", "rule.references")
@pytest.mark.parametrize(
    ("kind", "value"),
    [("Text", 1), ("Number", "1"), ("Number", True), ("Boolean", "true"), ("DateTime", 1), ("Url", 1), ("User", 1)],
)
def test_a_field_is_compared_with_what_its_type_has(domain: DomainFixture, kind: str, value: Any) -> None:
    field_id = domain.field("Custom", kind)
    make_rule(domain, required=decide(compare(field_id, None)))
    with refused("ValidationException", f"of type {kind}"):
        make_rule(domain, "Bad", hidden=decide(compare(field_id, value)))
    with refused("ValidationException", "nowhere does not exist"):
        make_rule(domain, "Bad", hidden=decide(compare("nowhere", value)))


@pytest.mark.rule("rule.operand")
def test_a_choice_is_compared_with_an_option(domain: DomainFixture) -> None:
    make_rule(domain, required=decide(compare("status", "closed")))
    with refused("ValidationException", "'shut' is not an option"):
        make_rule(domain, "Bad", required=decide(compare("status", "shut")))


@pytest.mark.rule("rule.options-fields")
def test_a_rule_about_options_is_about_two_fields_that_have_them(domain: DomainFixture, size: str) -> None:
    parent, child = domain.select("Country", "fr", "de"), domain.select("City", "paris", "berlin")
    make_rule(domain, fieldOptions=options_rule(parent, child, fr=["paris"], de=["berlin"], unset=[""]))
    twice = {"parentFieldOptionValue": "fr", "childFieldOptionValues": ["paris"]}
    bad: list[tuple[dict[str, Any], str]] = [
        (options_rule(parent, parent, fr=[]), "can't control its own options"),
        (options_rule(parent, size, fr=[]), "of type Number"),
        (options_rule("nowhere", child, fr=[]), "nowhere does not exist"),
        (options_rule(parent, child, it=[]), "'it' is not an option"),
        (options_rule(parent, child, fr=["rome"]), "'rome' is not an option"),
        ({**options_rule(parent, child, fr=[]), "parentChildFieldOptionsMappings": [twice, twice]}, "more than once"),
        ({"parentFieldId": parent, "parentChildFieldOptionsMappings": [twice]}, "childFieldId is required"),
        ({"childFieldId": child, "parentChildFieldOptionsMappings": [twice]}, "parentFieldId is required"),
    ]
    for rule, problem in bad:
        with refused("ValidationException", problem):
            make_rule(domain, "Bad", fieldOptions=rule)


@pytest.mark.rule("rule.options-size")
def test_a_rule_about_options_at_its_largest(domain: DomainFixture, sim: Simulator) -> None:
    sim.quotas = Quotas(options=1600)
    parent, child = domain.select("Country"), domain.select("City")
    for start in range(0, 200, 50):
        domain.put_options(parent, **{f"p{number}": True for number in range(start, start + 50)})
    for start in range(0, 1550, 50):
        domain.put_options(child, **{f"c{number}": True for number in range(start, start + 50)})
    opens: dict[str, list[str]] = {f"p{number}": [] for number in range(200)}
    opens["p0"] = [f"c{number}" for number in range(1500)]
    rule = make_rule(domain, fieldOptions=options_rule(parent, child, **opens))
    assert read_rule(domain, rule)["rule"] == {"fieldOptions": options_rule(parent, child, **opens)}
    with refused("ValidationException", "at most 200 elements"):
        make_rule(domain, "Bad", fieldOptions=options_rule(parent, child, **opens, p200=[]))
    with refused("ValidationException", "at most 1500 elements"):
        opens["p0"].append("c1500")
        make_rule(domain, "Bad", fieldOptions=options_rule(parent, child, **opens))


# ---- its life ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("rule.name-unique")
def test_a_rule_name_is_unique_in_its_domain(cases: Any, domain: DomainFixture) -> None:
    make_rule(domain, "One", required=decide())
    two = make_rule(domain, "Two", required=decide())
    with refused("ConflictException", "One"):
        make_rule(domain, "One", hidden=decide())
    with refused("ConflictException", "One"):
        cases.update_case_rule(domainId=domain.id, caseRuleId=two, name="One")
    cases.update_case_rule(domainId=domain.id, caseRuleId=two, name="Two")


@pytest.mark.rule("rule.type", "domain.order")
def test_rules_are_listed_in_pages_with_their_type(cases: Any, domain: DomainFixture) -> None:
    choice = domain.select("Kind", "a")
    made = {
        make_rule(domain, "c", required=decide()): "Required",
        make_rule(domain, "b", hidden=decide()): "Hidden",
        make_rule(domain, "a", fieldOptions=options_rule(choice, "case_reason", a=[])): "FieldOptions",
    }
    first = cases.list_case_rules(domainId=domain.id, maxResults=2)
    rest = cases.list_case_rules(domainId=domain.id, maxResults=2, nextToken=first["nextToken"])
    listed = first["caseRules"] + rest["caseRules"]
    assert [(rule["caseRuleId"], rule["ruleType"]) for rule in listed] == list(made.items())


@pytest.mark.rule("rule.update")
def test_an_update_changes_what_it_gives_and_the_type_stays(
    cases: Any, domain: DomainFixture, size: str, sim: Simulator
) -> None:
    rule = make_rule(domain, "Sized", required=decide())
    here = {"domainId": domain.id, "caseRuleId": rule}
    sim.clock.advance(60)
    cases.update_case_rule(**here, description="new", rule={"required": decide(compare(size, 1))})
    read = read_rule(domain, rule)
    assert (read["name"], read["description"]) == ("Sized", "new")
    assert read["rule"] == {"required": decide(compare(size, 1))}
    assert (read["lastModifiedTime"] - read["createdTime"]).total_seconds() >= 60
    with refused("ValidationException", "of type Required"):
        cases.update_case_rule(**here, rule={"hidden": decide()})
    with refused("ValidationException", "nowhere"):
        cases.update_case_rule(**here, name="Other", rule={"required": decide(compare("nowhere", 1))})
    assert read_rule(domain, rule)["name"] == "Sized"


@pytest.mark.rule("rule.delete-attached")
def test_a_rule_on_a_template_can_not_be_deleted(cases: Any, domain: DomainFixture) -> None:
    rule = make_rule(domain, required=decide())
    template = {"domainId": domain.id, "templateId": domain.template("Refund", rules=[on(rule, "summary")])}
    with refused("ConflictException", template["templateId"]):
        cases.delete_case_rule(domainId=domain.id, caseRuleId=rule)
    cases.update_template(**template, rules=[])
    cases.delete_case_rule(domainId=domain.id, caseRuleId=rule)


@pytest.mark.rule("rule.deleted", "field.deleted-name-free")
def test_a_deleted_rule_is_read_but_not_listed_nor_used(cases: Any, domain: DomainFixture) -> None:
    rule = make_rule(domain, "Once", required=decide())
    here = {"domainId": domain.id, "caseRuleId": rule}
    cases.delete_case_rule(**here)
    assert read_rule(domain, rule)["deleted"] is True
    assert cases.list_case_rules(domainId=domain.id)["caseRules"] == []
    with refused("ValidationException", "deleted"):
        cases.update_case_rule(**here, name="New")
    with refused("ValidationException", f"case rule {rule} does not exist"):
        domain.template("Refund", rules=[on(rule, "summary")])
    with refused("ResourceNotFoundException", rule):
        cases.delete_case_rule(**here)
    make_rule(domain, "Once", required=decide())


@pytest.mark.rule("rule.deleted-template")
def test_a_rule_that_only_a_deleted_template_has_can_be_deleted(cases: Any, domain: DomainFixture) -> None:
    rule = make_rule(domain, required=decide(compare("status", "closed")))
    template_id = domain.template("Refund", rules=[on(rule, "summary")])
    case_id = domain.case(templateId=template_id)
    cases.delete_template(domainId=domain.id, templateId=template_id)
    closed = {"id": "status", "value": {"stringValue": "closed"}}
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, closed)
    cases.delete_case_rule(domainId=domain.id, caseRuleId=rule)
    assert cases.get_template(domainId=domain.id, templateId=template_id)["rules"] == [on(rule, "summary")]
    domain.update(case_id, closed)
