"""What an event says of a related item: its content, by its type.

The guide shows the content of a comment (``body``) and of a contact (``contactArn``). Public code reads a contact's
``channel`` and spells the types ``comment`` and ``contact``. The content of the other types is inferred: it has the
API's members, and fields either as the event's map or as the API's list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from connectkit.values import PlainValue, decode, parse_moment

from ._members import Types, field_values, integer, items, mapping, text

__all__ = [
    "CommentContent",
    "ConnectCaseContent",
    "ContactContent",
    "CustomContent",
    "FileContent",
    "RelatedItemContent",
    "RelatedItemData",
    "RelatedItemType",
    "SlaContent",
    "read_related_item",
]

RelatedItemType: TypeAlias = Literal["Contact", "Comment", "File", "Sla", "ConnectCase", "Custom"]
"""The types of related items, spelt as the API does. Open: one that this version doesn't know is read as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentContent:
    """What is in a comment."""

    body: str = field(default="", repr=False)
    """The text."""
    content_type: str | None = None
    """``Text/Plain``, where the event tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactContent:
    """Which contact it is."""

    contact_arn: str = ""
    """ARN of the contact."""
    channel: str | None = None
    """``VOICE``, ``CHAT``, ``TASK``, …, where the event tells it."""
    connected_to_system_time: datetime | None = None
    """When the contact began, where the event tells it; aware."""

    @property
    def contact_id(self) -> str:
        """Id of the contact, the last part of its ARN."""
        return self.contact_arn.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """Which file it is."""

    file_arn: str = ""
    """ARN of the attached file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaContent:
    """What is to be reached by when. What the event doesn't tell is ``None``."""

    name: str = field(default="", repr=False)
    """Name of the SLA."""
    type: str | None = None
    """``CaseField``."""
    status: str | None = None
    """``Active``, ``Overdue``, ``Met`` or ``NotMet``."""
    field_id: str | None = None
    """Id of the field that is to have the value."""
    target_field_values: tuple[PlainValue, ...] = field(default=(), repr=False, hash=False)
    """The value that it is to have."""
    target_sla_minutes: int | None = None
    """Minutes in which it is to."""
    target_time: datetime | None = None
    """When it must have it; aware."""
    completion_time: datetime | None = None
    """When it had it; aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectCaseContent:
    """Which other case it is."""

    case_id: str = ""
    """Id of the other case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomContent:
    """What is in a custom related item."""

    fields: Mapping[str, PlainValue] = field(default_factory=dict[str, PlainValue], repr=False, hash=False)
    """Values by the id of the field, as in a case."""


RelatedItemContent: TypeAlias = (
    "CommentContent | ContactContent | FileContent | SlaContent | ConnectCaseContent | CustomContent"
)
"""What is in a related item, by its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedItemData:
    """A related item as it was after the change."""

    id: str
    """Id of the related item."""
    type: RelatedItemType
    """What it is, spelt as the API does: events say ``comment`` as well as ``Comment``."""
    case_id: str
    """Id of the case that has it."""
    created_datetime: datetime | None = None
    """When it was related to the case; aware."""
    content: RelatedItemContent | None = None
    """What is in it. ``None`` if the domain doesn't include it in events, or for a type that nobody knows yet."""
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)
    """``detail.relatedItem`` as it came."""


def read_related_item(raw: Mapping[str, Any], *, item_id: str, case_id: str, types: Types) -> RelatedItemData:
    """Read ``detail.relatedItem``; the ids are those to take where it says none."""
    given = text(raw, "relatedItemType")
    kind = _SPELLINGS.get(given.casefold(), given)
    content: RelatedItemContent | None = None
    if kind in _CONTENTS:
        member, read = _CONTENTS[kind]
        if isinstance(raw.get(member), Mapping):
            content = read(mapping(raw, member), types)
    return RelatedItemData(
        id=text(raw, "relatedItemId") or item_id,
        type=cast("RelatedItemType", kind),
        case_id=text(raw, "caseId") or case_id,
        created_datetime=parse_moment(raw.get("createdDateTime")),
        content=content,
        raw=raw,
    )


def _comment(raw: Mapping[str, Any], _: Types) -> CommentContent:
    return CommentContent(body=text(raw, "body"), content_type=text(raw, "contentType") or None)


def _contact(raw: Mapping[str, Any], _: Types) -> ContactContent:
    return ContactContent(
        contact_arn=text(raw, "contactArn"),
        channel=text(raw, "channel") or None,
        connected_to_system_time=parse_moment(raw.get("connectedToSystemTime")),
    )


def _file(raw: Mapping[str, Any], _: Types) -> FileContent:
    return FileContent(file_arn=text(raw, "fileArn"))


def _sla(raw: Mapping[str, Any], types: Types) -> SlaContent:
    # Inferred: either what a request gives or what an answer shows.
    told = mapping(raw, "slaConfiguration") or mapping(raw, "slaInputConfiguration")
    field_id = text(told, "fieldId") or None
    unions = [cast("Mapping[str, Any]", one) for one in items(told, "targetFieldValues") if isinstance(one, Mapping)]
    return SlaContent(
        name=text(told, "name"),
        type=text(told, "type") or None,
        status=text(told, "status") or None,
        field_id=field_id,
        target_field_values=tuple(decode(union, types.get(field_id or "")) for union in unions),
        target_sla_minutes=integer(told, "targetSlaMinutes"),
        target_time=parse_moment(told.get("targetTime")),
        completion_time=parse_moment(told.get("completionTime")),
    )


def _connect_case(raw: Mapping[str, Any], _: Types) -> ConnectCaseContent:
    return ConnectCaseContent(case_id=text(raw, "caseId"))


def _custom(raw: Mapping[str, Any], types: Types) -> CustomContent:
    return CustomContent(fields=field_values(raw.get("fields"), types))


_CONTENTS: Mapping[str, tuple[str, Callable[[Mapping[str, Any], Types], RelatedItemContent]]] = {
    "Comment": ("comment", _comment),
    "Contact": ("contact", _contact),
    "File": ("file", _file),
    "Sla": ("sla", _sla),
    "ConnectCase": ("connectCase", _connect_case),
    "Custom": ("custom", _custom),
}
"""The member that has the content of a type, and what reads it."""

_SPELLINGS = {name.casefold(): name for name in _CONTENTS}
