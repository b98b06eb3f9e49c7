"""Templates: layout, required fields and rules by name, switched on and off, and ensured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectkit import ConflictError, InvalidRequestError, NotFoundError, RequestError, UnknownNameError
from connectkit.filters import F
from connectkit.models import connectcases as cases
from connectkit.resources.setup.case_rules import RequiredRule
from connectkit.resources.setup.templates import AppliedRule, ListedTemplate, LoadedTemplate

from ...simulator.helpers import needs, needs_member

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.domains import CasesDomain
    from connectkit.resources.setup.templates import RuleInput
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
WRITES = {"CreateTemplate", "UpdateTemplate", "DeleteTemplate"}
with_rules = needs("connectcases", "CreateCaseRule")
with_propagation = needs_member("connectcases", "CreateTemplateRequest", "tagPropagationConfigurations")


def test_a_template_is_made_of_names(domain: CasesDomain) -> None:
    amount = domain.fields.get("Amount")
    made = domain.templates.create(
        name="Claim",
        description="Money back",
        layout="Refund",
        required_fields=["Priority", amount, domain.schema["Notes"], F.customer_id],
    )
    assert type(made) is ListedTemplate
    assert (made.name, made.status) == ("Claim", "Active")
    template = domain.templates.get("Claim")
    assert (template, template.arn, template.description) == (made, made.arn, "Money back")
    assert template.layout_id == domain.layouts.get("Refund").id
    assert template.required_field_names() == ["Priority", "Amount", "Notes", "Customer"]
    assert template.required_field_ids[1] == amount.id
    assert (template.rules, template.tag_propagation) == ((), {})


def test_a_template_is_listed_found_renamed_and_deleted(domain: CasesDomain) -> None:
    made = domain.templates.create(name="Claim", layout=domain.layouts.get("Refund"), status="Inactive")
    assert [(one.name, one.status) for one in domain.templates.list()] == [("Refund", "Active"), ("Claim", "Inactive")]
    assert [one.name for one in domain.templates.list(status="Inactive")] == ["Claim"]
    assert domain.templates.find("Claim") == made
    made.update(name="Claims")
    assert (domain.templates.find("Claim"), domain.templates.get("Claims")) == (None, made)
    made.delete()
    assert domain.templates.get(made.id).deleted
    assert domain.templates.find("Claims") is None
    with pytest.raises(UnknownNameError, match=r"there is no template 'Claims' in domain .*"):
        domain.templates.get("Claims")
    with pytest.raises(InvalidRequestError):
        made.activate()
    with pytest.raises(NotFoundError):
        domain.template(NOBODY).refresh()
    with pytest.raises(ConflictError):
        domain.templates.create(name="Refund")


def test_everything_that_is_not_there_is_said_at_once(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(RequestError) as caught:
        domain.templates.create(name="Wrong", layout="Refnd", required_fields=["Priority", "Amuont", "Priority"])
    faults = {fault.path: fault.problem for fault in caught.value.faults}
    assert [*faults] == ["layout", "required_fields[1]", "required_fields[2]"]
    assert faults["layout"].endswith("did you mean 'Refund'?")
    assert faults["required_fields[1]"].endswith("did you mean 'Amount'?")
    assert faults["required_fields[2]"] == "is field 'Priority', as required_fields[0] is: say it once"
    assert not WRITES & {*calls()}


def test_what_is_no_name_is_refused(domain: CasesDomain) -> None:
    with pytest.raises(TypeError, match="layout: a layout is named by its id or its name, a str, not int"):
        domain.templates.create(name="Wrong", layout=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="layout is to be a layout, not a field"):
        domain.templates.create(name="Wrong", layout=domain.field("status"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="required_fields is to be a list, not the text 'Priority'"):
        domain.templates.create(name="Wrong", required_fields="Priority")


def test_switched_off_it_makes_no_cases(kit: ConnectKit, domain: CasesDomain) -> None:
    template = domain.templates.get("Refund")
    title = cases.FieldValue(id="title", value=cases.FieldValueUnion(string_value="Parcel lost"))
    request = cases.CreateCaseRequest(domain_id=domain.id, template_id=template.id, fields=[title])
    template.deactivate()
    assert template.refresh().status == "Inactive"
    with pytest.raises(InvalidRequestError):
        kit.send(request)
    template.activate()
    assert kit.send(request).case_id


def test_an_update_changes_what_is_given(domain: CasesDomain, calls: Calls) -> None:
    template = domain.templates.create(name="Claim", layout="Refund", required_fields=["Priority"], description="Money")
    other = domain.layouts.create(name="Other")
    calls()
    template.update()
    assert calls() == []
    template.update(layout=other)
    assert calls() == ["UpdateTemplate"]
    loaded = template.refresh()
    assert (loaded.layout_id, loaded.description, loaded.required_field_names()) == (other.id, "Money", ["Priority"])
    template.update(required_fields=[], description="")
    loaded = template.refresh()
    assert (loaded.layout_id, loaded.description, loaded.required_field_ids) == (other.id, "", ())


def test_a_template_is_ensured_once(domain: CasesDomain, calls: Calls) -> None:
    def ensure(*required: str) -> LoadedTemplate:
        return domain.templates.ensure(name="Claim", description="Money", layout="Refund", required_fields=required)

    first = ensure("Priority", "Amount")
    assert calls().count("CreateTemplate") == 1
    again = ensure("Amount", "Priority")
    assert calls() == ["ListTemplates", "GetTemplate"]
    assert (again, again.settings) == (first, first.settings)
    assert ensure("Amount").required_field_names() == ["Amount"]
    (update,) = [call for call in calls() if call in WRITES]
    assert update == "UpdateTemplate"
    first.update(description="Other")
    calls()
    domain.templates.ensure(name="Claim", status="Active", required_fields=["Amount"])
    assert not WRITES & {*calls()}


def test_an_ensured_template_sends_only_what_differs(domain: CasesDomain, sim: Simulator) -> None:
    domain.templates.ensure(name="Refund", layout="Refund", required_fields=["Amount"], status="Active")
    (sent,) = sim.calls("UpdateTemplate")
    assert {*(sent.params or {})} == {"domainId", "templateId", "requiredFields"}


def test_templates_have_tags(domain: CasesDomain) -> None:
    template = domain.templates.get("Refund")
    domain.template(template.id).tags.update({"team": "billing"})
    assert template.tags.list() == template.refresh().tags == {"team": "billing"}


@with_propagation
def test_tags_pass_on_to_new_cases(kit: ConnectKit, domain: CasesDomain, calls: Calls) -> None:
    template = domain.templates.ensure(name="Refund", tag_propagation={"team": "billing"})
    assert template.tag_propagation == {"team": "billing"}
    (listed,) = domain.templates.list()
    assert listed.tag_propagation == {"team": "billing"}
    title = cases.FieldValue(id="title", value=cases.FieldValueUnion(string_value="Parcel lost"))
    case = kit.send(cases.CreateCaseRequest(domain_id=domain.id, template_id=template.id, fields=[title]))
    wanted = [cases.FieldIdentifier(id="title")]
    assert kit.send(cases.GetCaseRequest(domain_id=domain.id, case_id=case.case_id, fields=wanted)).tags == {
        "team": "billing"
    }
    calls()
    domain.templates.ensure(name="Refund", tag_propagation={"team": "billing"})
    assert not WRITES & {*calls()}
    template.update(tag_propagation={})
    assert template.refresh().tag_propagation == {}
    assert domain.templates.create(name="Claim", tag_propagation={"a": "b"}).tag_propagation == {"a": "b"}


@with_rules
def test_rules_are_applied_to_fields(domain: CasesDomain, calls: Calls) -> None:
    rule = domain.case_rules.create(name="When closed", rule=RequiredRule(when=F.status.eq("closed")))
    wanted: list[RuleInput] = [("When closed", "Amount"), (rule, domain.fields.get("Notes"))]
    template = domain.templates.ensure(name="Refund", rules=wanted)
    ids = [domain.schema[name].id for name in ("Amount", "Notes")]
    assert template.rules == (AppliedRule(rule.id, ids[0]), AppliedRule(rule.id, ids[1]))
    calls()
    domain.templates.ensure(name="Refund", rules=wanted[::-1])
    domain.templates.ensure(name="Refund", rules=template.rules)
    assert not WRITES & {*calls()}
    assert domain.templates.create(name="Claim", rules=template.rules).refresh().rules == template.rules
    template.update(rules=[])
    assert template.refresh().rules == ()


@with_rules
def test_rules_that_are_not_there_are_refused(domain: CasesDomain) -> None:
    domain.case_rules.create(name="When closed", rule=RequiredRule(when=F.status.eq("closed")))
    with pytest.raises(RequestError) as caught:
        domain.templates.create(
            name="Wrong",
            rules=["When open", ("When closed", "Amuont"), ("When closed", "Notes"), ("When closed", "Notes")],
        )
    assert {fault.path: fault.problem[:26] for fault in caught.value.faults} == {
        "rules[0]": "there is no case rule 'Whe",
        "rules[1][1]": "there is no field 'Amuont'",
        "rules[3]": "says the same as rules[2]:",
    }
    with pytest.raises(TypeError, match=r"rules\[0\] is to be a rule, or a pair of a rule and the field that it acts"):
        domain.templates.create(name="Wrong", rules=[("When closed", "Notes", "Amount")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    with pytest.raises(InvalidRequestError, match="needs the fieldId of the field that it acts upon"):
        domain.templates.create(name="Wrong", rules=["When closed"])
