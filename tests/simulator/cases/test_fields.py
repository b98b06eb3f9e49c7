"""Fields and their options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas

from ..helpers import needs, needs_member, refused, text

if TYPE_CHECKING:
    from datetime import timedelta

    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

SYSTEM_FIELDS = {
    "Text": {
        "assigned_queue",
        "assigned_user",
        "case_id",
        "customer_id",
        "reference_number",
        "summary",
        "title",
    },
    "SingleSelect": {"case_reason", "status"},
    "User": {"created_by", "last_updated_user"},
    "DateTime": {
        "created_datetime",
        "last_updated_datetime",
        "last_closed_datetime",
        "last_reopened_datetime",
        "next_sla_breach_datetime",
    },
}


@pytest.mark.rule("field.system")
def test_every_domain_has_the_system_fields_with_their_types(cases: Any, domain: DomainFixture) -> None:
    by_type: dict[str, set[str]] = {}
    for field in cases.list_fields(domainId=domain.id)["fields"]:
        assert field["namespace"] == "System"
        assert field["fieldArn"].endswith(f":domain/{domain.id}/field/{field['fieldId']}")
        by_type.setdefault(field["type"], set()).add(field["fieldId"])
    assert by_type == SYSTEM_FIELDS


def test_a_custom_field_is_listed_after_them_and_can_be_read(cases: Any, domain: DomainFixture) -> None:
    field_id = domain.field("Priority", "Number", description="how urgent")
    listed = cases.list_fields(domainId=domain.id)["fields"][-1]
    assert (listed["fieldId"], listed["namespace"]) == (field_id, "Custom")
    (read,) = cases.batch_get_field(domainId=domain.id, fields=[{"id": field_id}])["fields"]
    assert read["description"] == "how urgent"
    assert read["deleted"] is False
    assert read["createdTime"] == read["lastModifiedTime"]


@pytest.mark.rule("domain.order")
def test_fields_are_listed_in_pages(cases: Any, domain: DomainFixture) -> None:
    domain.field("Priority")
    everything = [field["fieldId"] for field in cases.list_fields(domainId=domain.id)["fields"]]
    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = cases.list_fields(domainId=domain.id, maxResults=5, **token)
        seen += [field["fieldId"] for field in page["fields"]]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert len(everything) == 17
    assert seen == everything


@pytest.mark.rule("field.name-unique")
def test_field_names_are_unique_system_fields_included(domain: DomainFixture) -> None:
    domain.field("Priority")
    for name in ("Priority", "Title"):
        with refused("ConflictException", name):
            domain.field(name)


def test_a_domain_has_a_quota_of_custom_fields(domain: DomainFixture, sim: Simulator) -> None:
    sim.quotas = Quotas(fields=1)
    domain.field("a")
    with refused("ServiceQuotaExceededException"):
        domain.field("b")


@needs_member("connectcases", "CreateFieldRequest", "attributes")
@pytest.mark.rule("field.text-attributes")
def test_text_attributes_are_for_text_fields(cases: Any, domain: DomainFixture) -> None:
    multiline = {"text": {"isMultiline": True}}
    field_id = domain.field("Notes", attributes=multiline)
    (read,) = cases.batch_get_field(domainId=domain.id, fields=[{"id": field_id}])["fields"]
    assert read["attributes"] == multiline
    with refused("ValidationException", "Number"):
        domain.field("Size", "Number", attributes=multiline)


@pytest.mark.rule("field.update-partial")
def test_an_update_changes_what_it_gives_and_nothing_else(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    field_id = domain.field("Priority", description="how urgent")
    sim.clock.advance(60)
    cases.update_field(domainId=domain.id, fieldId=field_id, name="Urgency")
    (read,) = cases.batch_get_field(domainId=domain.id, fields=[{"id": field_id}])["fields"]
    assert (read["name"], read["description"]) == ("Urgency", "how urgent")
    age: timedelta = read["lastModifiedTime"] - read["createdTime"]
    assert age.total_seconds() >= 60
    # Its own name is no conflict.
    cases.update_field(domainId=domain.id, fieldId=field_id, name="Urgency")


@pytest.mark.rule("field.name-unique")
def test_an_update_can_not_take_another_fields_name(cases: Any, domain: DomainFixture) -> None:
    domain.field("Priority")
    field_id = domain.field("Urgency")
    with refused("ConflictException", "Priority"):
        cases.update_field(domainId=domain.id, fieldId=field_id, name="Priority")


@pytest.mark.rule("field.system-fixed")
def test_a_system_field_can_not_be_changed(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "system field"):
        cases.update_field(domainId=domain.id, fieldId="title", description="mine")


@pytest.mark.rule("page.batch-get")
def test_an_unknown_field_is_an_entry_among_the_errors_of_a_batch_get(cases: Any, domain: DomainFixture) -> None:
    answer = cases.batch_get_field(domainId=domain.id, fields=[{"id": "title"}, {"id": "nowhere"}])
    assert [field["fieldId"] for field in answer["fields"]] == ["title"]
    assert [error["id"] for error in answer["errors"]] == ["nowhere"]


def test_an_unknown_field_in_the_path_is_not_found(cases: Any, domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        cases.update_field(domainId=domain.id, fieldId="nowhere", name="x")


@pytest.mark.rule("option.upsert")
def test_options_are_added_and_changed_by_value(cases: Any, domain: DomainFixture) -> None:
    field_id = domain.select("Priority", "high", "low")
    assert domain.put_options(field_id, low=False) == []
    options = cases.list_field_options(domainId=domain.id, fieldId=field_id)["options"]
    assert [(option["value"], option["active"]) for option in options] == [("high", True), ("low", False)]
    only = cases.list_field_options(domainId=domain.id, fieldId=field_id, values=["low"])["options"]
    assert [option["value"] for option in only] == ["low"]


@pytest.mark.rule("domain.order")
def test_options_are_listed_in_pages(cases: Any, domain: DomainFixture) -> None:
    field_id = domain.select("Priority", "a", "b", "c")
    first = cases.list_field_options(domainId=domain.id, fieldId=field_id, maxResults=2)
    rest = cases.list_field_options(domainId=domain.id, fieldId=field_id, nextToken=first["nextToken"])
    assert [option["value"] for option in first["options"] + rest["options"]] == ["a", "b", "c"]


@pytest.mark.rule("option.filter")
def test_the_listing_filters_by_one_value_at_most(cases: Any, domain: DomainFixture) -> None:
    field_id = domain.select("Priority", "a", "b")
    with refused("ValidationException", "at most 1 element"):
        cases.list_field_options(domainId=domain.id, fieldId=field_id, values=["a", "b"])


@pytest.mark.rule("option.system", "option.status-values", "option.errors")
def test_status_begins_with_open_and_closed_which_can_not_be_changed(cases: Any, domain: DomainFixture) -> None:
    errors = domain.put_options("status", open=True, closed=False, waiting=True)
    assert [error["value"] for error in errors] == ["closed"]
    options = cases.list_field_options(domainId=domain.id, fieldId="status")["options"]
    assert [(option["value"], option["active"]) for option in options] == [
        ("open", True),
        ("closed", True),
        ("waiting", True),
    ]


@pytest.mark.rule("option.twice")
def test_a_value_that_is_put_twice_is_an_error_of_its_own(cases: Any, domain: DomainFixture) -> None:
    field_id = domain.select("Priority")
    option = {"name": "High", "value": "high", "active": True}
    answer = cases.batch_put_field_options(domainId=domain.id, fieldId=field_id, options=[option, option])
    assert [error["value"] for error in answer["errors"]] == ["high"]


@pytest.mark.parametrize("kind", ["Text", "Number", "User"])
@pytest.mark.rule("option.select-only")
def test_only_select_fields_have_options(cases: Any, domain: DomainFixture, kind: str) -> None:
    field_id = domain.field("Plain", kind)
    with refused("ValidationException", kind):
        domain.put_options(field_id, high=True)
    with refused("ValidationException", kind):
        cases.list_field_options(domainId=domain.id, fieldId=field_id)


@pytest.mark.rule("option.fifty", "quota.defaults")
def test_options_come_fifty_at_a_time_up_to_a_quota(domain: DomainFixture) -> None:
    field_id = domain.select("Priority")
    with refused("ValidationException", "at most 50"):
        domain.put_options(field_id, **{f"v{index}": True for index in range(51)})
    for start in range(0, 500, 50):
        domain.put_options(field_id, **{f"v{index}": True for index in range(start, start + 50)})
    with refused("ServiceQuotaExceededException"):
        domain.put_options(field_id, extra=True)
    assert domain.put_options(field_id, v1=False) == []


@pytest.mark.rule("option.system")
def test_case_reason_begins_without_options_and_takes_some(cases: Any, domain: DomainFixture) -> None:
    assert cases.list_field_options(domainId=domain.id, fieldId="case_reason")["options"] == []
    assert domain.put_options("case_reason", refund=True) == []
    case_id = domain.case("A case", text("case_reason", "refund"))
    assert domain.values(case_id, "case_reason") == {"case_reason": "refund"}


@pytest.mark.rule("option.status-values")
def test_a_case_is_opened_and_closed_by_its_status(domain: DomainFixture) -> None:
    case_id = domain.case("A case", text("status", "open"))
    domain.update(case_id, text("status", "closed"))
    with refused("ValidationException", "'Closed' is not an option"):
        domain.update(case_id, text("status", "Closed"))


@pytest.mark.rule("option.errors")
def test_options_that_can_be_put_are_put_beside_those_that_can_not(cases: Any, domain: DomainFixture) -> None:
    options = [
        {"name": "Shut", "value": "closed", "active": True},
        {"name": "Waiting", "value": "waiting", "active": True},
        # As it is, and so no change.
        {"name": "Open", "value": "open", "active": True},
    ]
    answer = cases.batch_put_field_options(domainId=domain.id, fieldId="status", options=options)
    assert [error["value"] for error in answer["errors"]] == ["closed"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    domain.case("A case", text("status", "waiting"))


@pytest.mark.rule("option.twice")
def test_of_a_value_that_is_put_twice_the_first_counts(cases: Any, domain: DomainFixture) -> None:
    field_id = domain.select("Priority")
    options = [{"name": name, "value": "high", "active": True} for name in ("High", "Higher")]
    cases.batch_put_field_options(domainId=domain.id, fieldId=field_id, options=options)
    listed = cases.list_field_options(domainId=domain.id, fieldId=field_id)["options"]
    assert [option["name"] for option in listed] == ["High"]


@pytest.mark.rule("option.inactive")
def test_an_option_can_be_made_inactive_while_cases_have_it(domain: DomainFixture) -> None:
    field_id = domain.select("Priority", "high", "low")
    kept, changed = domain.case("A case", text(field_id, "high")), domain.case("A case", text(field_id, "high"))
    domain.put_options(field_id, high=False)
    assert domain.search(filter={"field": {"equalTo": text(field_id, "high")}}) == ["A case", "A case"]
    domain.update(kept, text("title", "New"))
    domain.update(changed, text(field_id, "low"))
    with refused("ValidationException", "inactive"):
        domain.update(changed, text(field_id, "high"))
    domain.put_options(field_id, high=True)
    domain.update(changed, text(field_id, "high"))


@pytest.mark.rule("domain.order")
def test_fields_and_options_keep_their_place_when_they_change(cases: Any, domain: DomainFixture) -> None:
    first, second = domain.select("a", "x", "y"), domain.field("b")
    cases.update_field(domainId=domain.id, fieldId=first, name="z")
    domain.put_options(first, x=False)
    listed = cases.list_fields(domainId=domain.id)["fields"]
    assert [field["fieldId"] for field in listed[-2:]] == [first, second]
    options = cases.list_field_options(domainId=domain.id, fieldId=first)["options"]
    assert [option["value"] for option in options] == ["x", "y"]


@pytest.mark.rule("option.any-text")
def test_an_option_may_have_any_text(domain: DomainFixture) -> None:
    assert domain.put_options("case_reason", **{"Shipment lost": True}) == []
    domain.case("A case", text("case_reason", "Shipment lost"))


@needs("connectcases", "DeleteField")
@pytest.mark.rule("quota.deleted")
def test_deleted_fields_and_templates_do_not_count(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    sim.quotas = Quotas(fields=1, templates=2)
    cases.delete_field(domainId=domain.id, fieldId=domain.field("a"))
    cases.delete_template(domainId=domain.id, templateId=domain.template("a"))
    domain.field("b")
    domain.template("b")
    with refused("ServiceQuotaExceededException"):
        domain.field("c")
    with refused("ServiceQuotaExceededException"):
        domain.template("c")
