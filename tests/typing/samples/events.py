"""What a type checker sees of case events: isinstance narrows them."""

from collections.abc import Mapping
from datetime import datetime

from typing_extensions import assert_type

from connectkit.events import (
    BatchResponse,
    CaseChanged,
    CaseEvent,
    CaseUpdated,
    CommentContent,
    ContactContent,
    RelatedItemChanged,
    RelatedItemContent,
    RelatedItemCreated,
    case_events,
    parse_event,
    process_records,
)
from connectkit.models import connectcases as cases


def react(event: CaseEvent) -> str | None:
    assert_type(event.case_id, str)
    assert_type(event.time, datetime | None)
    assert_type(event.performed_by.user_arn, str | None)
    if isinstance(event, CaseUpdated) and event.changed("status"):
        assert_type(event.fields, Mapping[str, str | float | bool | datetime | None])
        assert_type(event.case.template_id, str | None)
        return str(event.fields.get("status"))
    if isinstance(event, RelatedItemCreated):
        assert_type(event.related_item.content, RelatedItemContent | None)
        return said_by(event.related_item.content)
    return event.related_item.id if isinstance(event, RelatedItemChanged) else None


def said_by(content: RelatedItemContent | None) -> str | None:
    match content:
        case CommentContent(body=body):
            assert_type(body, str)
            return body
        case ContactContent() as contact:
            return contact.contact_id
        case _:
            return None


def what_only_some_events_have(event: CaseEvent, about_a_case: CaseChanged) -> list[object]:
    return [
        event.fields,  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        about_a_case.related_item,  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    ]


def a_type_that_there_is_not(event: CaseEvent) -> bool:
    return event.type == "CASE.UPDATE"  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison]


def handler(payload: dict[str, object], _: object) -> BatchResponse:
    assert_type(case_events(payload), list[CaseEvent])
    assert_type(parse_event(b"{}"), CaseEvent)
    return process_records(payload, react)


def a_field_is_an_id_or_has_one(event: CaseChanged, field: cases.FieldIdentifier) -> bool:
    return event.changed(field) or event.changed("status") or event.changed(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def events_do_not_change(event: CaseEvent) -> None:
    event.case_id = "another"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
