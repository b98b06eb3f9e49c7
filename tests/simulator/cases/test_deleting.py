"""Fields, layouts and templates are marked as deleted rather than removed, and so can still be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import DomainFixture, empty, needs, refused, text
from .support import compare, custom, decide, make_rule, on, options_rule, send_events, sla

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

pytestmark = needs("connectcases", "DeleteField")


@pytest.fixture
def note(domain: DomainFixture) -> str:
    """A text field, which the tests delete."""
    return domain.field("Note")


def delete_field(domain: DomainFixture, field_id: str) -> None:
    """Delete a field."""
    domain.client.delete_field(domainId=domain.id, fieldId=field_id)


@pytest.mark.rule("field.deleted-get", "field.deleted-unlisted")
def test_a_deleted_field_is_read_by_its_id_but_not_listed(cases: Any, domain: DomainFixture, note: str) -> None:
    delete_field(domain, note)
    (read,) = cases.batch_get_field(domainId=domain.id, fields=[{"id": note}])["fields"]
    assert read["deleted"] is True
    listed = cases.list_fields(domainId=domain.id)["fields"]
    assert note not in [field["fieldId"] for field in listed]


@pytest.mark.rule("field.deleted-hidden", "field.deleted-not-required")
def test_templates_and_layouts_no_longer_show_it(cases: Any, domain: DomainFixture, note: str) -> None:
    section = {"fieldGroup": {"fields": [{"id": note}, {"id": "summary"}]}}
    content = {"basic": {"topPanel": {"sections": [section]}}}
    layout = cases.create_layout(domainId=domain.id, name="Page", content=content)["layoutId"]
    template = domain.template("Refund", required=(note, "summary"))
    delete_field(domain, note)
    read = cases.get_layout(domainId=domain.id, layoutId=layout)["content"]
    assert read["basic"]["topPanel"]["sections"][0]["fieldGroup"]["fields"] == [{"id": "summary"}]
    required = cases.get_template(domainId=domain.id, templateId=template)["requiredFields"]
    assert required == [{"fieldId": "summary"}]
    # What is no longer there is no longer required.
    domain.case("A case", text("summary", "x"), templateId=template)


@pytest.mark.rule(
    "field.deleted-no-change", "field.deleted-create-case", "field.deleted-no-reference", "field.deleted-twice"
)
def test_it_can_not_be_used_for_anything_new(cases: Any, domain: DomainFixture, note: str) -> None:
    choice = domain.select("Kind", "a")
    for field_id in (note, choice):
        delete_field(domain, field_id)
    content = {"basic": {"topPanel": {"sections": [{"fieldGroup": {"fields": [{"id": note}]}}]}}}
    for refused_call in (
        lambda: cases.update_field(domainId=domain.id, fieldId=note, name="x"),
        lambda: domain.put_options(choice, b=True),
        lambda: domain.case("A case", text(note, "x")),
        lambda: domain.template("Refund", required=(note,)),
        lambda: cases.create_layout(domainId=domain.id, name="Page", content=content),
        lambda: delete_field(domain, note),
    ):
        with refused("ValidationException", "deleted"):
            refused_call()


@pytest.mark.rule("field.deleted-update-case", "field.deleted-read")
def test_cases_keep_their_values_which_are_read_found_changed_and_cleared(domain: DomainFixture, note: str) -> None:
    case_id = domain.case("with", text(note, "carrier"))
    without = domain.case("without")
    delete_field(domain, note)
    assert domain.values(case_id, note) == {note: "carrier"}
    assert domain.search(filter={"field": {"equalTo": text(note, "carrier")}}) == ["with"]
    assert domain.search(searchTerm="carrier") == ["with"]
    domain.update(case_id, text(note, "changed"))
    domain.update(case_id, empty(note))
    for each in (case_id, without):
        with refused("ValidationException", "deleted"):
            domain.update(each, text(note, "anew"))


@pytest.mark.rule("field.deleted-name-free")
def test_its_name_is_free_again(domain: DomainFixture, note: str) -> None:
    delete_field(domain, note)
    assert domain.field("Note") != note


@pytest.mark.rule("field.system-kept")
def test_a_system_field_can_not_be_deleted(domain: DomainFixture) -> None:
    with refused("ValidationException", "system field"):
        delete_field(domain, "summary")


@pytest.mark.rule("layout.deleted", "field.deleted-name-free")
def test_a_deleted_layout_is_read_but_not_listed_nor_used(cases: Any, domain: DomainFixture) -> None:
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    cases.delete_layout(domainId=domain.id, layoutId=layout)
    assert cases.get_layout(domainId=domain.id, layoutId=layout)["deleted"] is True
    assert cases.list_layouts(domainId=domain.id)["layouts"] == []
    with refused("ValidationException", layout):
        domain.template("Refund", layoutConfiguration={"defaultLayout": layout})
    cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})


@pytest.mark.rule("template.deleted", "template.deleted-cases", "field.deleted-name-free")
def test_a_deleted_template_is_read_but_not_listed_nor_used(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    cases.delete_template(domainId=domain.id, templateId=domain.template_id)
    assert cases.get_template(domainId=domain.id, templateId=domain.template_id)["deleted"] is True
    assert cases.list_templates(domainId=domain.id)["templates"] == []
    with refused("ValidationException", "deleted"):
        domain.case()
    domain.update(case_id, text("title", "New"))
    domain.template("General")


@needs("connectcases", "CreateCaseRule")
@pytest.mark.rule("field.deleted-hidden", "field.deleted-not-required")
def test_a_rule_that_acts_upon_it_is_no_longer_on_the_template(cases: Any, domain: DomainFixture, note: str) -> None:
    rule = make_rule(domain, required=decide(default=True))
    template = {"domainId": domain.id, "templateId": domain.template("Refund", rules=[on(rule, note)])}
    with refused("ValidationException", f"{note} is required"):
        domain.case(templateId=template["templateId"])
    delete_field(domain, note)
    domain.case(templateId=template["templateId"])
    rules = cases.get_template(**template)["rules"]
    assert rules == []
    # So what was read can be written back, and the rule is no longer in use.
    cases.update_template(**template, rules=rules)
    cases.delete_case_rule(domainId=domain.id, caseRuleId=rule)


@pytest.mark.rule("field.deleted-hidden")
def test_the_event_configuration_no_longer_shows_it(cases: Any, domain: DomainFixture, note: str) -> None:
    send_events(domain, caseData={"fields": [{"id": note}, {"id": "title"}]})
    delete_field(domain, note)
    bridge = cases.get_case_event_configuration(domainId=domain.id)["eventBridge"]
    assert bridge["includedData"]["caseData"]["fields"] == [{"id": "title"}]
    cases.put_case_event_configuration(domainId=domain.id, eventBridge=bridge)


@pytest.mark.rule("field.deleted-no-event")
def test_events_no_longer_show_it(domain: DomainFixture, note: str, sim: Simulator) -> None:
    send_events(domain, caseData={"fields": [{"id": note}, {"id": "title"}]})
    case_id = domain.case("A case", text(note, "x"))
    assert set(sim.events[-1]["detail"]["case"]["fields"]) == {note, "title"}
    delete_field(domain, note)
    domain.update(case_id, text("title", "New"))
    assert set(sim.events[-1]["detail"]["case"]["fields"]) == {"title"}


@needs("connectcases", "CreateCaseRule")
@pytest.mark.rule("field.deleted-no-reference")
def test_no_rule_sla_custom_item_or_configuration_refers_to_it_anew(domain: DomainFixture, note: str) -> None:
    case_id = domain.case("A case", text(note, "x"))
    choice = domain.select("Kind", "a")
    rule = make_rule(domain, "Earlier", required=decide())
    delete_field(domain, note)
    delete_field(domain, choice)
    for refused_call in (
        lambda: make_rule(domain, required=decide(compare(note, "x"))),
        lambda: make_rule(domain, fieldOptions=options_rule(choice, "case_reason", a=[])),
        lambda: domain.template("Refund", rules=[on(rule, note)]),
        lambda: sla(domain, case_id, note, "y"),
        lambda: custom(domain, case_id, text(note, "x")),
        lambda: send_events(domain, caseData={"fields": [{"id": note}]}),
    ):
        with refused("ValidationException", "deleted"):
            refused_call()


@pytest.mark.rule("layout.deleted", "layout.deleted-twice")
def test_a_deleted_layout_can_not_be_changed_but_deleted_again(cases: Any, domain: DomainFixture) -> None:
    here = {"domainId": domain.id}
    here["layoutId"] = cases.create_layout(**here, name="Page", content={"basic": {}})["layoutId"]
    cases.delete_layout(**here)
    with refused("ValidationException", "deleted"):
        cases.update_layout(**here, name="New")
    cases.delete_layout(**here)


@pytest.mark.rule("layout.deleted-in-use")
def test_a_template_goes_on_naming_a_deleted_layout(cases: Any, domain: DomainFixture) -> None:
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    used = {"defaultLayout": layout}
    template = {"domainId": domain.id, "templateId": domain.template("Refund", layoutConfiguration=used)}
    cases.delete_layout(domainId=domain.id, layoutId=layout)
    assert cases.get_template(**template)["layoutConfiguration"] == used
    cases.update_template(**template, description="as it is")
    with refused("ValidationException", layout):
        cases.update_template(**template, layoutConfiguration=used)


@pytest.mark.rule("template.deleted", "layout.deleted-twice")
def test_a_deleted_template_can_not_be_changed_but_deleted_again(cases: Any, domain: DomainFixture) -> None:
    template = {"domainId": domain.id, "templateId": domain.template_id}
    cases.delete_template(**template)
    with refused("ValidationException", "deleted"):
        cases.update_template(**template, name="New")
    cases.delete_template(**template)


@pytest.mark.rule("template.deleted-cases")
def test_the_cases_of_a_deleted_template_are_still_held_to_it(cases: Any, domain: DomainFixture) -> None:
    template_id = domain.template("Refund", required=("summary",))
    case_id = domain.case("A case", text("summary", "x"), templateId=template_id)
    cases.delete_template(domainId=domain.id, templateId=template_id)
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, empty("summary"))
    domain.update(case_id, text("summary", "y"))
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "summary"}])
    assert (read["templateId"], read["fields"]) == (template_id, [text("summary", "y")])


@pytest.mark.rule("layout.deleted-most")
@pytest.mark.parametrize("kind", ["layout", "template"])
def test_a_hundred_of_a_kind_can_be_deleted(cases: Any, domain: DomainFixture, kind: str) -> None:
    here = {"domainId": domain.id}
    content = {"content": {"basic": dict[str, str]()}} if kind == "layout" else {}
    create, delete = getattr(cases, f"create_{kind}"), getattr(cases, f"delete_{kind}")
    made = [create(**here, name=str(index), **content)[f"{kind}Id"] for index in range(2)]
    for index in range(99):
        delete(**here, **{f"{kind}Id": create(**here, name=f"gone {index}", **content)[f"{kind}Id"]})
    delete(**here, **{f"{kind}Id": made[0]})
    with refused("ValidationException", "100 have been deleted"):
        delete(**here, **{f"{kind}Id": made[1]})
    delete(**here, **{f"{kind}Id": made[0]})
