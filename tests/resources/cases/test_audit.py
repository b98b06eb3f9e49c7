"""The history of a case: by name and in plain values, whatever has become of the fields since."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from connectkit import NotFoundError
from connectkit._performed_by import PerformedBy
from connectkit.models import connectcases as cases
from connectkit.resources.cases.audit import AuditChange

from ...simulator.helpers import START, USER_ARN, needs, needs_value
from ..related import answer_with, field_id, make_case, sent

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.cases.case import Case
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator
    from connectkit.values import FieldInput

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def case(kit: ConnectKit, domain: CasesDomain, calls: Calls) -> Case:
    made = make_case(kit, domain)
    calls()
    return made


def test_changes_have_the_names_of_fields_and_values_of_their_types(case: Case) -> None:
    due, later = datetime(2030, 2, 1, tzinfo=timezone.utc), datetime(2030, 3, 1, 8, 30, tzinfo=timezone.utc)
    first: dict[str, FieldInput] = {
        "Priority": "High",
        "Amount": 12.5,
        "Due date": due,
        "Urgent": True,
        "Owner": USER_ARN,
        "Notes": "3",
    }
    case.update(first)
    case.update({"Priority": "Low", "Amount": None, "Due date": later, "Urgent": False}, performed_by=USER_ARN)
    second, updated, created = case.audit_events.list()
    assert (created.type, updated.type, second.type) == ("Case.Created", "Case.Updated", "Case.Updated")
    assert {change.name: change.new for change in updated.changes} == {**first, "Priority": "high"}
    assert {change.old for change in updated.changes} == {None}
    assert {change.name: (change.old, change.new) for change in second.changes} == {
        "Priority": ("high", "low"),
        "Amount": (12.5, None),
        "Due date": (due, later),
        "Urgent": (True, False),
    }
    assert second.performed_by.user_arn == USER_ARN
    assert (second.performed_by.iam_principal_arn or "").startswith("arn:aws:iam::")
    assert updated.performed_by == PerformedBy(iam_principal_arn=second.performed_by.iam_principal_arn)
    assert START < created.performed_time < updated.performed_time < second.performed_time
    assert (second.related_item_type, second.merge) == (None, None)
    assert len({event.id for event in (second, updated, created)}) == 3


def test_one_change_is_asked_for_by_name_or_id(kit: ConnectKit, domain: CasesDomain, case: Case) -> None:
    case.update({"Amount": 3})
    newest = case.audit_events.list().first()
    assert newest is not None
    amount = field_id(kit, domain, "Amount")
    assert newest.change("Amount") == newest.change(amount) == AuditChange(amount, "Amount", None, 3.0)
    assert newest.change("Notes") is None


def test_what_is_printed_or_logged_of_the_history_has_no_values(case: Case) -> None:
    case.update({"Notes": "Lives at the old mill"})
    newest = case.audit_events.list().first()
    assert newest is not None
    assert newest.changes[0].new == "Lives at the old mill"
    assert "old mill" not in repr(newest)
    assert "Notes" in repr(newest)


def test_fields_are_called_what_they_are_called_now(kit: ConnectKit, domain: CasesDomain, case: Case) -> None:
    case.update({"Amount": 3})
    renamed = field_id(kit, domain, "Amount")
    kit.send(cases.UpdateFieldRequest(domain_id=domain.id, field_id=renamed, name="Sum"))
    case_again = kit.domain(domain.id).case(case.id)
    newest = case_again.audit_events.list().first()
    assert newest is not None
    assert [change.name for change in newest.changes] == ["Amount"]  # as the schema was read for the update
    domain.schema.refresh()
    newest = case.audit_events.list().first()
    assert newest is not None
    assert newest.changes == (AuditChange(renamed, "Sum", None, 3.0),)


@needs("connectcases", "DeleteField")
def test_fields_that_were_deleted_keep_their_names_and_types_for_one_call_more(
    kit: ConnectKit, domain: CasesDomain, case: Case, calls: Calls
) -> None:
    due = datetime(2030, 2, 1, tzinfo=timezone.utc)
    for amount in range(30):
        case.update({"Amount": amount, "Due date": due if amount % 2 else None})
    for name in ("Amount", "Due date"):
        kit.send(cases.DeleteFieldRequest(domain_id=domain.id, field_id=field_id(kit, domain, name)))
    domain.schema.refresh()
    calls()
    events = case.audit_events.list().all()
    changed = [event.change("Amount") for event in events[:-1]]
    assert [change.new for change in changed if change is not None] == [float(amount) for amount in reversed(range(30))]
    newest = events[0].change("Due date")
    assert newest is not None
    assert (newest.old, newest.new) == (None, due)
    assert calls() == ["GetCaseAuditEvents", "BatchGetField", "GetCaseAuditEvents"]


def test_a_field_that_came_after_the_schema_was_read_has_its_name(
    kit: ConnectKit, domain: CasesDomain, case: Case
) -> None:
    domain.schema.load()
    new = kit.send(cases.CreateFieldRequest(domain_id=domain.id, name="Weight", type="Number")).field_id
    value = cases.FieldValue(id=new, value=cases.FieldValueUnion(double_value=2))
    kit.send(cases.UpdateCaseRequest(domain_id=domain.id, case_id=case.id, fields=[value]))
    newest = case.audit_events.list().first()
    assert newest is not None
    assert newest.changes == (AuditChange(new, "Weight", None, 2.0),)


@needs_value("connectcases", "RelatedItemType", "Custom")
def test_what_happens_to_related_items_is_in_it(case: Case) -> None:
    comment = case.comments.add("Called the carrier", performed_by="parcel bot")
    case.add_custom({"Amount": 3})
    comment.delete()
    deleted, custom, commented, _ = case.audit_events.list()
    assert (commented.type, commented.related_item_type) == ("RelatedItem.Created", "Comment")
    assert [(change.name, change.old, change.new) for change in commented.changes] == [
        ("comment.body", None, "Called the carrier")
    ]
    assert commented.performed_by.custom_entity == "parcel bot"
    assert [(change.name, change.new) for change in custom.changes] == [("Amount", 3.0)]
    assert (deleted.type, deleted.related_item_type) == ("RelatedItem.Deleted", "Comment")
    assert [(change.old, change.new) for change in deleted.changes] == [("Called the carrier", None)]


def test_all_pages_are_read_and_the_fields_once(case: Case, calls: Calls, sim: Simulator) -> None:
    for amount in range(60):
        case.update({"Amount": amount})
    calls()
    kept = case.audit_events
    assert calls() == []
    assert len(list(kept.list())) == 61
    assert calls() == ["GetCaseAuditEvents"] * 3
    assert [len(page.items) for page in kept.list(page_size=10, limit=25).pages()] == [10, 10, 5]
    first = next(kept.list().pages())
    assert len(kept.list(start_token=first.next_token, prefetch=True).all()) == 36
    assert sent(sim, "GetCaseAuditEvents")["maxResults"] == 25


def test_what_nobody_knows_yet_is_kept(domain: CasesDomain, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    domain.schema.load()
    answer = cases.GetCaseAuditEventsResponse.from_wire(
        {
            "auditEvents": [
                {
                    "eventId": "1",
                    "type": "Case.Split",
                    "performedTime": "2030-01-01T00:00:00Z",
                    "relatedItemType": "Hologram",
                    "fields": [
                        {"eventFieldId": "hologram.beam", "newValue": {"colourValue": "blue"}},
                        {"eventFieldId": "title"},
                    ],
                },
                {"eventId": "2", "type": "Case.Updated", "performedTime": "2030-01-01T00:00:00Z", "fields": None},
            ]
        }
    )
    answer_with(monkeypatch, answer)
    split, bare = case.audit_events.list()
    assert (split.type, split.related_item_type) == ("Case.Split", "Hologram")
    assert split.changes == (
        AuditChange("hologram.beam", "hologram.beam", None, "blue"),
        AuditChange("title", "title", None, None),
    )
    assert (bare.changes, bare.performed_by) == ((), PerformedBy())


def test_the_history_calls_fields_as_the_case_does(domain: CasesDomain, case: Case) -> None:
    case.update({"status": "closed", "Amount": 7})
    newest = case.audit_events.list().first()
    assert newest is not None
    read = case.refresh()
    changed = {change.name: change.new for change in newest.changes if change.new is not None and change.name in read}
    assert {"status": "closed", "Amount": 7.0}.items() <= changed.items()
    assert changed == {name: value for name, value in read.to_dict().items() if name in changed}
    assert domain.schema["status"].name == "Status"


def test_a_name_that_could_not_be_read_is_asked_for_again_and_one_that_nobody_has_is_not(
    domain: CasesDomain, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain.schema.load()
    slow, gone = f"{NOBODY[:-1]}1", f"{NOBODY[:-1]}2"
    changes = [{"eventFieldId": field, "newValue": {"doubleValue": 1}} for field in (slow, gone)]
    event = {"eventId": "1", "type": "Case.Updated", "performedTime": "2030-01-01T00:00:00Z", "fields": changes}
    errors = [
        {"id": slow, "errorCode": "ThrottlingException"},
        {"id": gone, "errorCode": "ResourceNotFoundException"},
    ]
    weight = {"fieldId": slow, "name": "Weight", "type": "Number"}
    asked: list[list[str]] = []

    def send(_: object, request: object) -> object:
        if isinstance(request, cases.BatchGetFieldRequest):
            asked.append([field.id for field in request.fields])
            first = {"fields": [], "errors": errors}
            return cases.BatchGetFieldResponse.from_wire(first if len(asked) == 1 else {"fields": [weight]})
        return cases.GetCaseAuditEventsResponse.from_wire({"auditEvents": [event]})

    monkeypatch.setattr("connectkit._caller.Caller.send", send)
    names = [[change.name for event in case.audit_events.list() for change in event.changes] for _ in range(3)]
    assert names == [[slow, gone], ["Weight", gone], ["Weight", gone]]
    assert asked == [[slow, gone], [slow]]


def test_a_case_that_is_not_there_has_no_history(domain: CasesDomain) -> None:
    with pytest.raises(NotFoundError):
        domain.case(NOBODY).audit_events.list().all()
