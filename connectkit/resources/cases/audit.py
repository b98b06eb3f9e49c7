"""The history of a case: who changed what, with the names of fields and plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field as declared
from datetime import datetime
from typing import TYPE_CHECKING

from ..._performed_by import PerformedBy
from ...filters import AnyRef
from ...models.connectcases.case_audit import (
    AuditEvent as WireEvent,
    AuditEventField,
    AuditEventFieldValueUnion,
    AuditEventType,
    GetCaseAuditEventsRequest,
    GetCaseAuditEventsResponse,
    RelatedItemType,
)
from ...values import PlainValue, decode
from .._collections import Collection
from .._field_lookup import label, look_up
from .._performed_by import read_performer

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._scope import Scope

__all__ = ["AuditChange", "AuditEvent", "AuditEvents", "AuditedMerge"]

# The most that the service gives, and what it gives if it isn't asked for a number.
_MOST_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class AuditChange:
    """What a change did to one field, or to one part of a related item."""

    field_id: str
    """Id of the field; for what isn't one, the service's word for it, such as ``comment.body``."""
    name: str
    """What people call the field now, a system field by its id, as in ``case.to_dict()``; its id where nobody knows."""
    # No values in what is printed or logged: they are what customers say.
    old: PlainValue = declared(repr=False)
    """Value before; ``None`` if there was none."""
    new: PlainValue = declared(repr=False)
    """Value after; ``None`` if there is none."""


@dataclass(frozen=True, slots=True)
class AuditedMerge:
    """The merge that made a change."""

    id: str
    """Id of the merge, the same in all that it changed on either case."""
    primary_case_id: str
    """Id of the case that stayed."""
    secondary_case_id: str
    """Id of the case that was merged in and closed."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """An entry of a case's history: a change of the case, or of a related item."""

    id: str
    """Its id."""
    type: AuditEventType
    """What happened: ``Case.Updated``, ``RelatedItem.Created``, …; may be one that this version doesn't know."""
    performed_time: datetime
    """When; aware."""
    performed_by: PerformedBy
    """Who did it: an IAM principal, for a Connect user or someone else if that was said."""
    changes: tuple[AuditChange, ...] = ()
    """What changed, value by value."""
    related_item_type: RelatedItemType | None = None
    """Kind of the related item, of an event about one."""
    merge: AuditedMerge | None = None
    """The merge that did it, if one did."""

    def change(self, field: str) -> AuditChange | None:
        """What was done to the field with this name or id; ``None`` if nothing."""
        return next((change for change in self.changes if field in (change.name, change.field_id)), None)


class AuditEvents(Collection):
    """The history of a case: ``case.audit_events``."""

    __slots__ = ("_case_id", "_scope")

    def __init__(self, scope: Scope, case_id: str) -> None:
        """For a case; it makes this."""
        self._scope, self._case_id = scope, case_id

    def _whose(self) -> str:
        return f"case {self._case_id}"

    def list(
        self,
        *,
        page_size: int | None = _MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[AuditEvent, GetCaseAuditEventsResponse]:
        """All events, in the service's order: the newest first, as far as anybody has seen.

        Fields are named as they are called now, deleted ones included; the domain's fields are read for that, unless
        it was done before (``domain.schema.refresh()`` notices that a field has been renamed since).

        Args:
            page_size: Most events a page may hold, at most 25.
            limit: Most events in all.
            start_token: Token of the page to begin with.
            prefetch: Read the next page in a thread while the current one is being used.

        Raises:
            NotFoundError: there is no such case.
            AccessDeniedError: ``cases:ListFields`` isn't granted; nor ``cases:BatchGetField``, where it is needed for
                the names of deleted fields.
        """
        request = GetCaseAuditEventsRequest(domain_id=self._scope.domain_id, case_id=self._case_id)
        pager = self._scope.caller.paginate(
            request, page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch
        )
        return pager.map_pages(lambda page: _events(self._scope, page))


def _events(scope: Scope, read: Sequence[WireEvent]) -> list[AuditEvent]:
    """The events of a page, with the names of their fields, which are looked up for all of them at once."""
    fields = look_up(scope, (change.event_field_id for event in read for change in event.fields or ()))
    return [_event(event, fields) for event in read]


def _event(read: WireEvent, fields: dict[str, AnyRef]) -> AuditEvent:
    by, merge = read.performed_by, read.merge_metadata
    return AuditEvent(
        id=read.event_id,
        type=read.type,
        performed_time=read.performed_time,
        performed_by=read_performer(by.user, by.iam_principal_arn) if by is not None else PerformedBy(),
        changes=tuple(_changes(read.fields or (), fields)),
        related_item_type=read.related_item_type,
        merge=(
            AuditedMerge(merge.merge_event_id, merge.primary_case_id, merge.secondary_case_id)
            if merge is not None
            else None
        ),
    )


def _changes(read: Iterable[AuditEventField], fields: dict[str, AnyRef]) -> Iterator[AuditChange]:
    for change in read:
        reference = fields.get(change.event_field_id)
        kind = reference.type if reference is not None else None
        yield AuditChange(
            field_id=change.event_field_id,
            name=label(change.event_field_id, reference),
            old=_plain(change.old_value, kind),
            new=_plain(change.new_value, kind),
        )


def _plain(union: AuditEventFieldValueUnion | None, kind: str | None) -> PlainValue:
    return None if union is None else decode(union.to_wire(), kind)
