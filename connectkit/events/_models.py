"""What an event says, as dataclasses: they load in a fraction of the time that pydantic needs, in every cold start.

Those that add nothing to their base are plain classes, for making a dataclass is what takes the time.

A ``repr`` names what an event is about and shows nothing that a customer wrote: it may end in a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from connectkit._performed_by import NOBODY, PerformedBy
from connectkit.values import PlainValue

from ._related_items import RelatedItemData

__all__ = [
    "CaseChanged",
    "CaseCreated",
    "CaseData",
    "CaseDeleted",
    "CaseEvent",
    "CaseUpdated",
    "EventType",
    "HasId",
    "PerformedBy",
    "RelatedItemChanged",
    "RelatedItemCreated",
    "RelatedItemDeleted",
    "RelatedItemUpdated",
]

EventType: TypeAlias = Literal[
    "CASE.CREATED",
    "CASE.UPDATED",
    "CASE.DELETED",
    "RELATED_ITEM.CREATED",
    "RELATED_ITEM.UPDATED",
    "RELATED_ITEM.DELETED",
]
"""The types of events. Open: one that this version doesn't know is read as it is."""


class HasId(Protocol):
    """What refers to a field and knows its id, such as a reference of the filter algebra."""

    @property
    def id(self) -> str:
        """The id of the field."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseData:
    """A case as it was after the change."""

    id: str
    """Id of the case."""
    template_id: str | None = None
    """Id of the template that the case was made from."""
    created_datetime: datetime | None = None
    """When the case was created; aware."""
    fields: Mapping[str, PlainValue] = field(default_factory=dict[str, PlainValue], repr=False, hash=False)
    """Values by the id of the field, of the included fields that have one.

    A field that isn't here is empty, or the domain wasn't told to include it: the event doesn't tell which. Values are
    those of :func:`connectkit.values.decode`; a DateTime is told from a text for system fields and for those whose
    type was given with ``types``.
    """
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)
    """``detail.case`` as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """What every event says; and an event of a type that this version doesn't know.

    EventBridge and Cases send all members; a text that is missing all the same is empty here, a moment ``None``.
    """

    type: EventType
    """What happened: ``detail.eventType``, in the present spelling: ``CASE.RELATED_ITEM.DELETED`` is one of 2022."""
    id: str = ""
    """EventBridge's id of the event, the same when it is delivered a second time."""
    time: datetime | None = None
    """When EventBridge was given the event; aware, whole seconds."""
    approximate_change_time: datetime | None = None
    """When the change was made; aware. The guide recommends it for putting events in order."""
    account: str = ""
    """AWS account, 12 digits."""
    region: str = ""
    """AWS region, ``us-east-1``."""
    resources: tuple[str, ...] = ()
    """ARNs of the domain and of the case or the related item."""
    domain_arn: str = ""
    """ARN of the Cases domain."""
    domain_id: str = ""
    """Id of the Cases domain, from its ARN: the event says it nowhere else."""
    case_arn: str = ""
    """ARN of the case, of the one that has the related item too."""
    case_id: str = ""
    """Id of the case, of the one that has the related item too."""
    performed_by: PerformedBy = NOBODY
    """Who made the change."""
    detail_type: str = ""
    """``Amazon Connect Cases Change``, or ``Amazon Connect Cases Event`` as the guide had it in 2022."""
    message_id: str | None = field(default=None, compare=False)
    """Id of the SQS message, or of the SNS message, that brought the event; ``None`` if it came by itself."""
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)
    """The whole event as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChanged(CaseEvent):
    """An event about a case itself; one of a type that this version doesn't know, too, if it carries a case."""

    case: CaseData
    """The case as it was after the change."""
    changed_field_ids: frozenset[str] = frozenset()
    """Ids of the fields that were changed, whether the event shows their values or not."""

    @property
    def fields(self) -> Mapping[str, PlainValue]:
        """Values by the id of the field, see :attr:`CaseData.fields`. A filter's ``matches`` looks here."""
        return self.case.fields

    def changed(self, field: str | HasId) -> bool:
        """Whether this changed a field.

        Args:
            field: The id of the field, or something that has it for its ``id``.
        """
        return (field if isinstance(field, str) else field.id) in self.changed_field_ids


class CaseCreated(CaseChanged):
    """A case was created (``CASE.CREATED``)."""

    __slots__ = ()


class CaseUpdated(CaseChanged):
    """A case was changed (``CASE.UPDATED``)."""

    __slots__ = ()


class CaseDeleted(CaseChanged):
    """A case was deleted (``CASE.DELETED``); :attr:`case` is what it was."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedItemChanged(CaseEvent):
    """An event about a related item of a case; one of a type that this version doesn't know, too, if it carries one."""

    related_item: RelatedItemData
    """The related item as it was after the change."""
    changed_attributes: tuple[str, ...] = ()
    """Names of what was changed: ``comment.commentText``."""


class RelatedItemCreated(RelatedItemChanged):
    """Something was related to a case (``RELATED_ITEM.CREATED``)."""

    __slots__ = ()


class RelatedItemUpdated(RelatedItemChanged):
    """A related item was changed (``RELATED_ITEM.UPDATED``, in the guide of 2022)."""

    __slots__ = ()


class RelatedItemDeleted(RelatedItemChanged):
    """A related item was removed (``RELATED_ITEM.DELETED``; the guide of 2022 had ``CASE.`` before it)."""

    __slots__ = ()
