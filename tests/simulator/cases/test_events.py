"""The events that EventBridge gets, and what a domain is told to put into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator.cases import events

from ..helpers import USER_ARN, empty, maximum, needs, needs_member, needs_value, number, refused, text
from .support import CONTACT_ARN, close, comment, contact, custom, event_types, link, send_events

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture


def shown(sim: Simulator) -> Any:
    """Give the fields that the latest event shows."""
    return sim.events[-1]["detail"]["case"]["fields"]


@pytest.mark.rule("event.off", "event.configured")
def test_a_domain_sends_events_while_it_is_told_to(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    def configuration() -> Any:
        return cases.get_case_event_configuration(domainId=domain.id)["eventBridge"]

    assert configuration() == {"enabled": False}
    domain.case()
    assert sim.events == []
    send_events(domain)
    assert configuration() == {"enabled": True}
    domain.case()
    assert len(sim.events) == 1
    off = {"enabled": False, "includedData": {"relatedItemData": {"includeContent": True}}}
    cases.put_case_event_configuration(domainId=domain.id, eventBridge=off)
    assert configuration() == off
    domain.case()
    assert len(sim.events) == 1


@pytest.mark.rule("event.off")
def test_a_domain_says_nothing_of_another_one(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    other = cases.create_domain(name="Other")["domainId"]
    cases.put_case_event_configuration(domainId=other, eventBridge={"enabled": True})
    domain.case()
    assert sim.events == []


@pytest.mark.rule("event.types")
def test_what_happens_to_a_case_is_one_event_each(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain)
    case_id = domain.case()
    comment(domain, case_id)
    domain.update(case_id, text("title", "New"))
    domain.update(case_id)
    with refused("ValidationException"):
        domain.update(case_id, text("status", "no such status"))
    assert event_types(sim) == ["CASE.CREATED", "RELATED_ITEM.CREATED", "CASE.UPDATED"]
    assert len({event["id"] for event in sim.events}) == 3


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("event.types", "event.deleted-case")
def test_items_that_change_or_go_are_no_event_and_a_deleted_case_is_one(
    cases: Any, domain: DomainFixture, sim: Simulator
) -> None:
    case = {"domainId": domain.id, "caseId": domain.case()}
    item, _ = comment(domain, case["caseId"]), contact(domain, case["caseId"])
    send_events(domain)
    content = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    cases.update_related_item(**case, relatedItemId=item, content=content)
    cases.delete_related_item(**case, relatedItemId=item)
    assert sim.events == []
    cases.delete_case(**case)
    (event,) = sim.events
    assert event["detail"]["eventType"] == "CASE.DELETED"
    assert event["detail"]["case"]["caseId"] == case["caseId"]


@pytest.mark.rule("event.form")
def test_an_event_about_a_case_has_its_published_form(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain, caseData={"fields": [{"id": "status"}]})
    case_id = domain.case()
    domain.update(case_id, text("status", "closed"), performedBy={"userArn": USER_ARN})
    event: dict[str, Any] = dict(sim.events[-1])
    detail: dict[str, Any] = dict(event.pop("detail"))
    domain_arn = cases.get_domain(domainId=domain.id)["domainArn"]
    assert event.pop("id")
    assert event == {
        "version": "0",
        "detail-type": "Amazon Connect Cases Change",
        "source": "aws.cases",
        "account": sim.account_id,
        "time": "2030-01-01T12:00:00Z",
        "region": "us-east-1",
        "resources": [domain_arn, f"{domain_arn}/case/{case_id}"],
    }
    assert detail.pop("approximateChangeTime").startswith("2030-01-01T12:00:00.")
    assert detail["case"].pop("createdDateTime").startswith("2030-01-01T12:00:00.")
    assert detail["performedBy"].pop("iamPrincipalArn").startswith(f"arn:aws:iam::{sim.account_id}:role/")
    assert set(detail.pop("changedFieldIds")) == {
        "status",
        "last_closed_datetime",
        "last_updated_datetime",
        "last_updated_user",
    }
    assert detail == {
        "version": "0",
        "eventType": "CASE.UPDATED",
        "performedBy": {"user": {"userArn": USER_ARN}},
        "case": {
            "caseId": case_id,
            "templateId": domain.template_id,
            "fields": {"status": {"value": {"stringValue": "closed"}}},
        },
    }


@needs_member("connectcases", "UserUnion", "customEntity")
@pytest.mark.rule("event.form")
def test_an_event_names_a_custom_entity(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain)
    domain.case(performedBy={"customEntity": "night shift"})
    assert sim.events[-1]["detail"]["performedBy"]["user"] == {"customEntity": "night shift"}
    domain.case()
    assert "user" not in sim.events[-1]["detail"]["performedBy"]


@pytest.mark.rule("event.form", "event.content")
def test_an_event_about_an_item_shows_its_content_if_it_is_to(
    cases: Any, domain: DomainFixture, sim: Simulator
) -> None:
    case_id = domain.case()
    send_events(domain)
    item = comment(domain, case_id, "Called")
    event = sim.events[-1]
    about = dict(event["detail"]["relatedItem"])
    domain_arn = cases.get_domain(domainId=domain.id)["domainArn"]
    assert event["resources"] == [domain_arn, f"{domain_arn}/case/{case_id}/related-item/{item}"]
    assert event["detail"]["changedAttributes"] == ["comment.commentText"]
    assert about.pop("createdDateTime").startswith("2030-01-01T12:00:00.")
    assert about == {"relatedItemType": "Comment", "relatedItemId": item, "caseId": case_id}
    send_events(domain, relatedItemData={"includeContent": False})
    comment(domain, case_id)
    assert "comment" not in sim.events[-1]["detail"]["relatedItem"]
    send_events(domain, relatedItemData={"includeContent": True})
    comment(domain, case_id, "Called")
    assert sim.events[-1]["detail"]["relatedItem"]["comment"] == {"body": "Called"}
    contact(domain, case_id)
    assert sim.events[-1]["detail"]["relatedItem"]["contact"] == {"contactArn": CONTACT_ARN}


@needs_value("connectcases", "RelatedItemType", "Custom")
@pytest.mark.rule("event.content")
def test_an_event_about_a_newer_kind_of_item_does_so_too(domain: DomainFixture, sim: Simulator) -> None:
    case_id, other, size = domain.case(), domain.case(), domain.field("Size", "Number")
    send_events(domain, relatedItemData={"includeContent": True})
    custom(domain, case_id, number(size, 1))
    fields = {size: {"value": {"doubleValue": 1}}}
    assert sim.events[-1]["detail"]["relatedItem"]["custom"] == {"fields": fields}
    link(domain, case_id, other)
    assert sim.events[-1]["detail"]["relatedItem"]["connectCase"] == {"caseId": other}


@pytest.mark.rule("event.fields")
def test_an_event_shows_the_named_fields_as_they_are_after_the_change(domain: DomainFixture, sim: Simulator) -> None:
    size = domain.field("Size", "Number")
    send_events(domain, caseData={"fields": [{"id": size}, {"id": "summary"}, {"id": "status"}]})
    case_id = domain.case("A case", text("summary", "x"))
    assert shown(sim) == {"summary": {"value": {"stringValue": "x"}}, "status": {"value": {"stringValue": "open"}}}
    domain.update(case_id, number(size, 2), empty("summary"))
    assert shown(sim) == {size: {"value": {"doubleValue": 2}}, "status": {"value": {"stringValue": "open"}}}
    send_events(domain)
    close(domain, case_id)
    assert shown(sim) == {}


@needs_member("connectcases", "CaseEventIncludedData", "autoIncludeFields")
@pytest.mark.rule("event.category")
@pytest.mark.parametrize("category", ["System", "Custom", "All"])
def test_an_event_shows_the_fields_of_a_category_besides(domain: DomainFixture, sim: Simulator, category: str) -> None:
    send_events(domain, caseData={"fields": [{"id": "title"}], "autoIncludeFields": category})
    note = domain.field("Note")
    domain.case("A case", text(note, "x"))
    system = {"title", "status", "case_id", "reference_number", "created_datetime", "last_updated_datetime"}
    wanted = {"System": system, "Custom": {"title", note}, "All": {*system, note}}
    assert set(shown(sim)) == wanted[category]


@pytest.mark.rule("event.configured")
def test_a_configuration_is_read_as_it_was_written(cases: Any, domain: DomainFixture) -> None:
    bridge = {
        "enabled": True,
        "includedData": {
            "caseData": {"fields": [{"id": "title"}, {"id": domain.field("Note")}]},
            "relatedItemData": {"includeContent": True},
        },
    }
    cases.put_case_event_configuration(domainId=domain.id, eventBridge=bridge)
    assert cases.get_case_event_configuration(domainId=domain.id)["eventBridge"] == bridge


@pytest.mark.rule("event.bounds", "event.unknown-field")
def test_a_configuration_names_so_many_fields_that_exist(domain: DomainFixture) -> None:
    most = maximum("connectcases", "CaseEventIncludedData", "fields")
    send_events(domain, caseData={"fields": [{"id": "title"}] * most})
    with refused("ValidationException", f"at most {most} elements"):
        send_events(domain, caseData={"fields": [{"id": "title"}] * (most + 1)})
    with refused("ValidationException", "nowhere does not exist"):
        send_events(domain, caseData={"fields": [{"id": "nowhere"}]})


@pytest.mark.rule("event.kept")
def test_the_latest_events_are_kept(domain: DomainFixture, sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    assert events.MOST_EVENTS == 10_000
    monkeypatch.setattr(events, "MOST_EVENTS", 3)
    send_events(domain)
    made = [domain.case() for _ in range(5)]
    assert [event["detail"]["case"]["caseId"] for event in sim.events] == made[2:]
