"""Every event that the simulated service sends is read, and says what the service says of the case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

import pytest

from connectkit.events import (
    CaseChanged,
    CaseCreated,
    CaseDeleted,
    CaseEvent,
    CaseUpdated,
    CommentContent,
    ConnectCaseContent,
    ContactContent,
    CustomContent,
    FileContent,
    RelatedItemChanged,
    RelatedItemCreated,
    SlaContent,
    case_events,
    parse_event,
)
from connectkit.simulator import Clock, Simulator, simulate
from connectkit.values import decode

from ..simulator.cases.support import (
    CONTACT_ARN,
    FILE_ARN,
    comment,
    contact,
    custom,
    link,
    relate,
    send_events,
    sla,
)
from ..simulator.helpers import (
    START,
    USER_ARN,
    DomainFixture,
    empty,
    make_client,
    needs,
    needs_member,
    needs_value,
    number,
    text,
)
from .samples import sqs

E = TypeVar("E", bound=CaseEvent)


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with simulate(simulator=Simulator(clock=Clock(START), seed=1)) as simulator:
        yield simulator


@pytest.fixture
def domain(sim: Simulator) -> DomainFixture:
    assert sim.events == []
    return DomainFixture(make_client("connectcases"))


def latest(sim: Simulator, of: type[E], *, types: dict[str, str] | None = None) -> E:
    """The latest event, which is of this class; as the object that it is, and as SQS brings it."""
    raw = sim.events[-1]
    event = parse_event(raw, types=types)
    (delivered,) = case_events(sqs(json.loads(json.dumps(raw))), types=types)
    assert delivered == event
    assert type(event) is of
    return event


def fields_of(domain: DomainFixture) -> dict[str, str]:
    """The types of all fields, by their ids."""
    answer = domain.client.list_fields(domainId=domain.id)
    assert "nextToken" not in answer
    return {field["fieldId"]: field["type"] for field in answer["fields"]}


def read(domain: DomainFixture, case_id: str, types: dict[str, str]) -> dict[str, Any]:
    """What GetCase says, as plain values."""
    fields = [{"id": field_id} for field_id in types]
    answer = domain.client.get_case(domainId=domain.id, caseId=case_id, fields=fields)
    return {entry["id"]: decode(entry["value"], types[entry["id"]]) for entry in answer["fields"]}


def test_the_values_are_those_that_get_case_gives(domain: DomainFixture, sim: Simulator) -> None:
    size, due, urgent = (
        domain.field("Size", "Number"),
        domain.field("Due", "DateTime"),
        domain.field("Urgent", "Boolean"),
    )
    types = fields_of(domain)
    send_events(domain, caseData={"fields": [{"id": field_id} for field_id in types]})
    values = (number(size, 3), text(due, "2031-05-07T08:00:00Z"), {"id": urgent, "value": {"booleanValue": False}})
    case_id = domain.case("A parcel", *values)
    created = latest(sim, CaseCreated, types=types)
    assert dict(created.fields) == read(domain, case_id, types)
    assert isinstance(created.fields[due], datetime)
    assert (created.case_id, created.domain_id) == (case_id, domain.id)
    assert created.case.template_id == domain.template_id
    assert created.case.created_datetime == created.fields["created_datetime"]
    assert {"title", size, due, urgent} <= created.changed_field_ids

    domain.update(case_id, text("status", "closed"), empty(size), performedBy={"userArn": USER_ARN})
    updated = latest(sim, CaseUpdated, types=types)
    assert dict(updated.fields) == read(domain, case_id, types)
    assert updated.changed("status")
    assert updated.changed(size)
    assert not updated.changed(due)
    assert size not in updated.fields
    assert updated.performed_by.user_arn == USER_ARN
    assert updated.performed_by.iam_principal_arn
    assert updated.approximate_change_time is not None
    assert updated.time == updated.approximate_change_time.replace(microsecond=0)


def test_the_system_fields_that_are_moments_are_known(domain: DomainFixture, sim: Simulator) -> None:
    moments = {field_id for field_id, kind in fields_of(domain).items() if kind == "DateTime"}
    send_events(domain, caseData={"fields": [{"id": field_id} for field_id in sorted(moments)]})
    case_id = domain.case()
    for status in ("closed", "open"):
        domain.update(case_id, text("status", status))
    event = latest(sim, CaseUpdated)
    assert set(event.fields) == moments - {"next_sla_breach_datetime"}
    assert all(isinstance(value, datetime) for value in event.fields.values())


@needs_value("connectcases", "RelatedItemType", "Sla")
def test_the_next_breach_of_an_sla_is_a_moment_too(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain, caseData={"fields": [{"id": "next_sla_breach_datetime"}]})
    case_id = domain.case()
    sla(domain, case_id)
    domain.update(case_id, text("title", "Late"))
    breach = latest(sim, CaseUpdated).fields["next_sla_breach_datetime"]
    assert isinstance(breach, datetime)
    assert breach > START


@needs("connectcases", "DeleteCase")
def test_a_deleted_case_is_shown_as_it_was(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain, caseData={"fields": [{"id": "title"}]})
    case_id = domain.case("Gone")
    domain.client.delete_case(domainId=domain.id, caseId=case_id)
    event = latest(sim, CaseDeleted)
    assert (event.case_id, dict(event.fields)) == (case_id, {"title": "Gone"})


def test_related_items_show_their_content(domain: DomainFixture, sim: Simulator) -> None:
    case_id = domain.case()
    send_events(domain, relatedItemData={"includeContent": True})
    made = comment(domain, case_id, "Called back")
    event = latest(sim, RelatedItemCreated)
    assert (event.related_item.id, event.related_item.type, event.case_id) == (made, "Comment", case_id)
    assert event.related_item.content == CommentContent(body="Called back")
    contact(domain, case_id)
    assert latest(sim, RelatedItemCreated).related_item.content == ContactContent(contact_arn=CONTACT_ARN)
    relate(domain, case_id, "File", {"file": {"fileArn": FILE_ARN}})
    assert latest(sim, RelatedItemCreated).related_item.content == FileContent(file_arn=FILE_ARN)
    send_events(domain)
    comment(domain, case_id)
    assert latest(sim, RelatedItemCreated).related_item.content is None


@needs_value("connectcases", "RelatedItemType", "Custom")
def test_newer_kinds_of_related_items_do_so_too(domain: DomainFixture, sim: Simulator) -> None:
    case_id, other, size = domain.case(), domain.case(), domain.field("Size", "Number")
    send_events(domain, relatedItemData={"includeContent": True})
    custom(domain, case_id, number(size, 1))
    assert latest(sim, RelatedItemCreated).related_item.content == CustomContent(fields={size: 1.0})
    link(domain, case_id, other)
    assert latest(sim, RelatedItemCreated).related_item.content == ConnectCaseContent(case_id=other)
    sla(domain, case_id)
    content = latest(sim, RelatedItemCreated).related_item.content
    assert isinstance(content, SlaContent)
    assert (content.name, content.field_id, content.target_field_values) == ("In time", "status", ("closed",))


@needs_member("connectcases", "UserUnion", "customEntity")
def test_a_custom_entity_is_told(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain)
    domain.case(performedBy={"customEntity": "night shift"})
    assert latest(sim, CaseCreated).performed_by.custom_entity == "night shift"


def test_every_event_of_a_long_story_is_read(domain: DomainFixture, sim: Simulator) -> None:
    send_events(domain)
    made = [domain.case(f"Case {index}") for index in range(4)]
    for case_id in made:
        comment(domain, case_id)
        domain.update(case_id, text("status", "closed"))
    events = case_events(sqs(*sim.events))
    assert len(events) == len(sim.events) == 12
    assert [event.raw for event in events] == list(sim.events)
    assert all(isinstance(event, (CaseChanged, RelatedItemChanged)) for event in events)
    assert {event.case_id for event in events} == set(made)
