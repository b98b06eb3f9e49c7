"""Case rules: made of filters, read back as filters, obeyed by the service, and ensured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import Stubber

from connectkit import (
    BatchError,
    ConflictError,
    ConnectKit,
    FilterError,
    InternalServiceError,
    InvalidRequestError,
    NotFoundError,
    RequestError,
    RetryPolicy,
    UnknownNameError,
)
from connectkit.filters import F
from connectkit.models import connectcases as cases
from connectkit.resources._batches import ReadResult
from connectkit.resources.setup.case_rules import FieldOptionsRule, HiddenRule, LoadedCaseRule, RequiredRule

from ...simulator.helpers import make_standing_client, needs, needs_member

if TYPE_CHECKING:
    from connectkit.resources.domains import CasesDomain

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
WRITES = {"CreateCaseRule", "UpdateCaseRule", "DeleteCaseRule"}
pytestmark = needs("connectcases", "CreateCaseRule")
with_hidden = needs_member("connectcases", "CaseRuleDetails", "hidden")
with_options = needs_member("connectcases", "CaseRuleDetails", "fieldOptions")
CLOSED = RequiredRule(when=F.status.eq("closed"))


def create_case(kit: ConnectKit, domain: CasesDomain, **texts: str) -> str:
    """A case of the template Refund with some texts, by the names of their fields."""
    values = {"title": "Parcel lost"} | {domain.schema[name].id: text for name, text in texts.items()}
    fields = [cases.FieldValue(id=id_, value=cases.FieldValueUnion(string_value=text)) for id_, text in values.items()]
    template = domain.templates.get("Refund").id
    return kit.send(cases.CreateCaseRequest(domain_id=domain.id, template_id=template, fields=fields)).case_id


def test_a_rule_is_created_listed_found_read_changed_and_deleted(domain: CasesDomain) -> None:
    made = domain.case_rules.create(name="When closed", rule=CLOSED, description="Before it is closed")
    assert (made.name, made.rule_type, made.description) == ("When closed", "Required", "Before it is closed")
    (listed,) = domain.case_rules.list()
    assert (listed.id, listed.arn, listed.name, listed.rule_type) == (made.id, made.arn, "When closed", "Required")
    assert made == domain.case_rules.find("When closed") == domain.case_rules.get(made.id) == domain.case_rule(made.id)
    assert domain.case_rules.get("When closed").rule == CLOSED
    wanted = RequiredRule(when=[(F.status.eq("closed"), False)], otherwise=True)
    made.update(name="Unless closed", rule=wanted, description="While it is open")
    loaded = domain.case_rules.get("Unless closed")
    assert (loaded.rule, loaded.description, loaded.deleted) == (wanted, "While it is open", False)
    assert loaded.details.required is not None
    made.delete()
    assert domain.case_rules.find("Unless closed") is None
    assert domain.case_rules.get(made.id).deleted
    with pytest.raises(UnknownNameError, match="there is no case rule 'Unless closed' in domain"):
        domain.case_rules.get("Unless closed")
    with pytest.raises(NotFoundError):
        made.delete()
    with pytest.raises(NotFoundError):
        domain.case_rule(NOBODY).refresh()


def test_names_are_taken_once(domain: CasesDomain) -> None:
    domain.case_rules.create(name="When closed", rule=CLOSED)
    with pytest.raises(ConflictError):
        domain.case_rules.create(name="When closed", rule=CLOSED)


def test_an_update_of_nothing_makes_no_call(domain: CasesDomain, calls: Calls) -> None:
    domain.case_rule(NOBODY).update()
    assert calls() == []


def test_what_is_no_rule_is_refused(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(TypeError, match="rule is to be a RequiredRule, a HiddenRule or a FieldOptionsRule, not Filter"):
        domain.case_rules.create(name="Wrong", rule=F.status.eq("closed"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(FilterError, match=r"can't say F.number\('.*'\).gt\(3\.0\)"):
        RequiredRule(when=domain.schema["Amount"].gt(3))
    assert not WRITES & {*calls()}


def test_the_service_obeys_a_rule_that_requires_a_field(kit: ConnectKit, domain: CasesDomain) -> None:
    high = domain.schema["Priority"].eq("High")
    rule = domain.case_rules.create(name="Notes needed", rule=RequiredRule(when=high))
    domain.templates.ensure(name="Refund", rules=[(rule, "Notes")])
    assert create_case(kit, domain)
    assert create_case(kit, domain, Priority="low")
    assert create_case(kit, domain, Priority="high", Notes="Call back")
    with pytest.raises(InvalidRequestError, match=domain.schema["Notes"].id):
        create_case(kit, domain, Priority="high")
    rule.update(rule=RequiredRule(when=~high & domain.schema["Priority"].is_set()))
    assert create_case(kit, domain, Priority="high")
    with pytest.raises(InvalidRequestError):
        create_case(kit, domain, Priority="low")


@with_hidden
def test_a_hidden_field_is_not_asked_for(kit: ConnectKit, domain: CasesDomain) -> None:
    low = domain.schema["Priority"].eq("low")
    rule = domain.case_rules.create(name="Not for low ones", rule=HiddenRule(when=low))
    domain.templates.ensure(name="Refund", required_fields=["Notes"], rules=[(rule, "Notes")])
    assert rule.rule_type == "Hidden"
    assert create_case(kit, domain, Priority="low")
    with pytest.raises(InvalidRequestError):
        create_case(kit, domain, Priority="high")


@with_options
def test_options_go_by_what_is_chosen_in_another_field(kit: ConnectKit, domain: CasesDomain) -> None:
    domain.fields.create(name="Category", type="SingleSelect", options={"hw": "Hardware", "sw": "Software"})
    domain.fields.create(name="Item", type="SingleSelect", options={"laptop": "Laptop", "mail": "E-mail"})
    rule = FieldOptionsRule(
        parent="Category", child="Item", mapping={"Hardware": ["Laptop"], "sw": ["E-mail"], None: []}
    )
    made = domain.case_rules.create(name="Items", rule=rule)
    assert made.rule_type == "FieldOptions"
    domain.templates.ensure(name="Refund", rules=[made])
    assert create_case(kit, domain, Category="hw", Item="laptop")
    for wrong in ({"Category": "sw", "Item": "laptop"}, {"Item": "mail"}):
        with pytest.raises(InvalidRequestError):
            create_case(kit, domain, **wrong)
    read = domain.case_rules.get("Items").rule
    ids = domain.schema["Category"].id, domain.schema["Item"].id
    assert read == FieldOptionsRule(*ids, {"hw": ("laptop",), "sw": ("mail",), None: ()})
    copy = domain.case_rules.create(name="The same again", rule=read)
    assert copy.refresh().rule == read


@with_options
def test_all_fields_and_options_that_are_not_there_are_said_at_once(domain: CasesDomain, calls: Calls) -> None:
    domain.fields.create(name="Item", type="SingleSelect", options=["Laptop"])
    calls()
    mapping = {"High": ["Lapto", "Laptop"], "Hihg": ["Laptop"], "high": []}
    with pytest.raises(RequestError) as caught:
        domain.case_rules.create(name="Wrong", rule=FieldOptionsRule("Priority", domain.schema["Item"], mapping))
    assert {fault.path: fault.problem[:58] for fault in caught.value.faults} == {
        "rule.mapping['High'][0]": "the child has no option 'Lapto'; did you mean 'Laptop'?",
        "rule.mapping['Hihg']": "the parent has no option 'Hihg'; did you mean 'High'?",
        "rule.mapping['high']": "is the option 'high', which is mapped already",
    }
    with pytest.raises(RequestError) as caught:
        domain.case_rules.create(name="Wrong", rule=FieldOptionsRule("Prioriti", "Amount", {"x": ["y"]}))
    assert {fault.path: fault.problem for fault in caught.value.faults} == {
        "rule.parent": f"there is no field 'Prioriti' in domain {domain.id}; did you mean 'Priority'?",
        "rule.child": "field 'Amount' is of type Number and has no options",
    }
    assert not WRITES & {*calls()}


def test_a_rule_on_a_template_stays(domain: CasesDomain) -> None:
    rule = domain.case_rules.create(name="When closed", rule=CLOSED)
    template = domain.templates.ensure(name="Refund", rules=[(rule, "Notes")])
    with pytest.raises(ConflictError):
        rule.delete()
    template.update(rules=[])
    rule.delete()


@with_hidden
def test_a_rule_of_another_type_can_not_be_ensured(domain: CasesDomain, calls: Calls) -> None:
    domain.case_rules.create(name="Rule", rule=CLOSED)
    calls()
    with pytest.raises(RequestError, match="rule: case rule 'Rule' is there and of type Required, which can't change"):
        domain.case_rules.ensure(name="Rule", rule=HiddenRule(when=CLOSED.when))
    assert not WRITES & {*calls()}
    with pytest.raises(InvalidRequestError):
        domain.case_rules.get("Rule").update(rule=HiddenRule(when=CLOSED.when))


def test_a_rule_is_ensured_once(domain: CasesDomain, calls: Calls) -> None:
    def ensure(priority: str) -> LoadedCaseRule:
        when = (domain.schema["Priority"].eq(priority) & domain.schema["Amount"].is_set()) | F.status.eq("closed")
        return domain.case_rules.ensure(name="Notes needed", rule=RequiredRule(when=when), description="Why not")

    first = ensure("High")
    assert WRITES & {*calls()} == {"CreateCaseRule"}
    again = ensure("high")
    assert calls() == ["ListCaseRules", "BatchGetCaseRule"]
    assert (again, again.rule) == (first, first.rule)
    assert ensure("Low").rule != first.rule
    assert [call for call in calls() if call in WRITES] == ["UpdateCaseRule"]
    domain.case_rules.ensure(name="Notes needed", rule=ensure("Low").rule)
    assert not WRITES & {*calls()}


@with_options
def test_mapped_options_are_ensured_once_in_any_order(domain: CasesDomain, calls: Calls) -> None:
    domain.fields.create(name="Item", type="SingleSelect", options=["Laptop", "Phone"])
    mapping: dict[str | None, list[str]] = {"High": ["Laptop", "Phone"], "low": []}
    domain.case_rules.ensure(name="Items", rule=FieldOptionsRule("Priority", "Item", mapping))
    calls()
    mapping = {"Low": [], "high": ["Phone", "Laptop"]}
    domain.case_rules.ensure(name="Items", rule=FieldOptionsRule("Priority", "Item", mapping))
    assert not WRITES & {*calls()}
    mapping["low"] = ["Phone"]
    del mapping["Low"]
    domain.case_rules.ensure(name="Items", rule=FieldOptionsRule("Priority", "Item", mapping))
    assert [call for call in calls() if call in WRITES] == ["UpdateCaseRule"]


def test_many_rules_are_read_in_order(domain: CasesDomain, calls: Calls) -> None:
    made = [domain.case_rules.create(name=f"Rule {number}", rule=CLOSED) for number in range(60)]
    calls()
    read = domain.case_rules.get_many([made[59], "Rule 3", made[0].id, "Rule 3", *made])
    assert calls() == ["ListCaseRules", "BatchGetCaseRule", "BatchGetCaseRule"]
    assert [rule.name for rule in read[:5]] == ["Rule 59", "Rule 3", "Rule 0", "Rule 3", "Rule 0"]
    assert all(rule.rule == CLOSED for rule in read)
    with pytest.raises(BatchError) as caught:
        domain.case_rules.get_many([NOBODY, made[1]])
    assert list(caught.value.result.succeeded) == [made[1]]
    with pytest.raises(RequestError, match=r"case_rules\[1\]: there is no case rule 'Rule 99'"):
        domain.case_rules.get_many(["Rule 1", "Rule 99"])


def described(id_: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"required": {"defaultValue": True, "conditions": []}}
    return {"caseRuleId": id_, "name": id_, "caseRuleArn": f"arn:{id_}", "rule": rule}


class Scripted:
    """A service that answers BatchGetCaseRule as the test says, and a kit that reaches it and notes its waits."""

    def __init__(self) -> None:
        client = make_standing_client("connectcases")
        self.stubber = Stubber(client)
        self.waits: list[float] = []
        policy = RetryPolicy(sleep=self.waits.append, initial=0.5)
        self.rules = ConnectKit(connectcases=client, retry=policy).domain(NOBODY).case_rules

    def expect(self, asked: list[str], found: list[str], left: list[str]) -> None:
        answer: dict[str, Any] = {"caseRules": [*map(described, found)], "errors": [], "unprocessedCaseRules": left}
        wanted = {"domainId": NOBODY, "caseRules": [{"id": id_} for id_ in asked]}
        self.stubber.add_response("batch_get_case_rule", answer, wanted)


ONE, TWO, THREE = (f"{number}{NOBODY[1:]}" for number in (1, 2, 3))


def test_unprocessed_rules_are_asked_for_again() -> None:
    service = Scripted()
    service.expect([ONE, TWO, THREE], [TWO], [ONE, THREE])
    service.expect([ONE, THREE], [], [ONE, THREE])
    service.expect([ONE, THREE], [ONE], [THREE])
    service.expect([THREE], [THREE], [])
    with service.stubber:
        assert [rule.id for rule in service.rules.get_many([ONE, TWO, THREE])] == [ONE, TWO, THREE]
    service.stubber.assert_no_pending_responses()
    assert service.waits == [1.0], "only an answer that brings nothing is waited after"


def test_rules_that_stay_unprocessed_are_given_up_and_named() -> None:
    service = Scripted()
    service.expect([ONE, TWO], [TWO], [ONE])
    for _ in range(5):
        service.expect([ONE], [], [ONE])
    with service.stubber, pytest.raises(BatchError, match=f"case rules: 1 of 2 .*\n  no answer for 1: {ONE}") as caught:
        service.rules.get_many([ONE, TWO])
    service.stubber.assert_no_pending_responses()
    assert isinstance(caught.value.result, ReadResult)
    assert [rule.id for rule in caught.value.result.succeeded] == [TWO]
    assert (caught.value.result.left, len(service.waits)) == ((ONE,), 4)


def test_one_rule_that_stays_unprocessed_is_an_error() -> None:
    service = Scripted()
    for _ in range(5):
        service.expect([ONE], [], [ONE])
    with service.stubber, pytest.raises(InternalServiceError, match="says nothing of it, asked for it again and again"):
        service.rules.get(ONE)
    service.stubber.assert_no_pending_responses()


def test_rules_have_tags(domain: CasesDomain) -> None:
    rule = domain.case_rules.create(name="When closed", rule=CLOSED)
    domain.case_rule(rule.id).tags.update({"team": "billing"})
    assert rule.tags.list() == rule.refresh().tags == {"team": "billing"}
