"""Fields, layouts and templates are marked as deleted rather than removed, and so can still be read."""

from __future__ import annotations

from typing import Any

import pytest

from ..helpers import DomainFixture, empty, needs, refused, text

pytestmark = needs("connectcases", "DeleteField")


@pytest.fixture
def note(domain: DomainFixture) -> str:
    """A text field, which the tests delete."""
    return domain.field("Note")


def delete_field(domain: DomainFixture, field_id: str) -> None:
    """Delete a field."""
    domain.client.delete_field(domainId=domain.id, fieldId=field_id)


def test_a_deleted_field_is_read_by_its_id_but_not_listed(cases: Any, domain: DomainFixture, note: str) -> None:
    delete_field(domain, note)
    (read,) = cases.batch_get_field(domainId=domain.id, fields=[{"id": note}])["fields"]
    assert read["deleted"] is True
    listed = cases.list_fields(domainId=domain.id)["fields"]
    assert note not in [field["fieldId"] for field in listed]


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


def test_its_name_is_free_again(domain: DomainFixture, note: str) -> None:
    delete_field(domain, note)
    assert domain.field("Note") != note


def test_a_system_field_can_not_be_deleted(domain: DomainFixture) -> None:
    with refused("ValidationException", "system field"):
        delete_field(domain, "summary")


def test_a_deleted_layout_is_read_but_not_listed_nor_used(cases: Any, domain: DomainFixture) -> None:
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    cases.delete_layout(domainId=domain.id, layoutId=layout)
    assert cases.get_layout(domainId=domain.id, layoutId=layout)["deleted"] is True
    assert cases.list_layouts(domainId=domain.id)["layouts"] == []
    with refused("ValidationException", layout):
        domain.template("Refund", layoutConfiguration={"defaultLayout": layout})
    cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})


def test_a_deleted_template_is_read_but_not_listed_nor_used(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    cases.delete_template(domainId=domain.id, templateId=domain.template_id)
    assert cases.get_template(domainId=domain.id, templateId=domain.template_id)["deleted"] is True
    assert cases.list_templates(domainId=domain.id)["templates"] == []
    with refused("ValidationException", "deleted"):
        domain.case()
    domain.update(case_id, text("title", "New"))
    domain.template("General")
