"""What related items hold, a small class for each kind: read from an item, given to make one, and searched for.

``isinstance`` and ``match`` tell the kinds apart, for type checkers too. None of them does I/O, and none needs more
than the standard library and the filters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field as declared, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, cast

from typing_extensions import TypeVar

from ...filters import FieldRef, Filter
from ...values import FieldInput, PlainValue
from .._base import Resource
from ._custom_filter import custom_criteria

if TYPE_CHECKING:
    from .._case_id import CaseOrId
    from .._writing import FieldInputs
    from ..cases.case import Case

__all__ = [
    "CaseLink",
    "Comment",
    "ContactLink",
    "ContentT",
    "ContentT_co",
    "CustomItem",
    "FileLink",
    "ItemContent",
    "ItemFilter",
    "NewItemContent",
    "NewSla",
    "Sla",
    "SlaState",
    "UnknownContent",
]

SlaState: TypeAlias = Literal["Active", "Overdue", "Met", "NotMet"]
"""State of an SLA: Met is in time, Overdue late and not yet met, NotMet met too late."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment."""

    body: str = declared(repr=False)  # what customers say doesn't belong into what is printed or logged
    """Its text, plain, at most 15,000 characters."""


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A contact that is attached to the case."""

    contact_arn: str
    """ARN of the contact."""
    channel: str | None = declared(default=None, kw_only=True)
    """Channel that it came in by, ``VOICE``; the service looks it up, a new link doesn't say it."""
    connected_at: datetime | None = declared(default=None, kw_only=True)
    """When it reached Connect, aware; the service looks it up, a new link doesn't say it."""

    @classmethod
    def where(cls, *, contact_arn: str | None = None, channels: Iterable[str] | str = ()) -> ItemFilter[ContactLink]:
        """Contacts that are this one, or came in by one of these channels; of both, if both are given."""
        names = [channels] if isinstance(channels, str) else list(channels)
        return ItemFilter("contact", _given(contactArn=contact_arn, channel=names or None))


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that is attached to the case."""

    file_arn: str
    """ARN of the file, which was uploaded to Connect."""

    @classmethod
    def where(cls, *, file_arn: str) -> ItemFilter[FileLink]:
        """Attachments of this file."""
        return ItemFilter("file", {"fileArn": file_arn})


@dataclass(frozen=True, slots=True)
class NewSla:
    """An SLA to be set: a field is to have a value within some time from now."""

    name: str = declared(repr=False)
    """Name that people see."""
    field: str | FieldRef[Any]
    """The field, by its name, its id or a reference to it."""
    targets: tuple[FieldInput, ...]
    """Values that fulfil it, as the field takes them; the service takes one so far."""
    within: timedelta
    """Time allowed, in whole minutes."""


@dataclass(frozen=True, slots=True)
class Sla:
    """An SLA on the case, with how it stood when it was read. :class:`NewSla` makes one."""

    name: str = declared(repr=False)
    """Name that people see."""
    status: SlaState
    """``Active``, ``Overdue``, ``Met`` or ``NotMet``; may be one that this version doesn't know."""
    target_time: datetime
    """Deadline; aware."""
    field_id: str | None = None
    """Id of the field that is watched."""
    field: str | None = None
    """What people call that field; its id where nobody knows."""
    target_values: tuple[PlainValue, ...] = declared(default=(), repr=False)
    """Values that fulfil it, one of them is enough."""
    completion_time: datetime | None = None
    """When it was fulfilled; ``None`` until then."""

    @classmethod
    def where(cls, *, name: str | None = None, status: SlaState | None = None) -> ItemFilter[Sla]:
        """SLAs of this name, or in this state; of both, if both are given."""
        return ItemFilter("sla", _given(name=name, status=status))


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A link to another case."""

    case_id: str
    """Id of the other case."""
    _make: Callable[[str], Case] | None = declared(default=None, repr=False, compare=False, kw_only=True)

    @property
    def case(self) -> Case:
        """The other case, of a link that was read; no call."""
        if self._make is None:
            raise AttributeError(f"only a link that was read knows its domain: domain.case({self.case_id!r})")
        return self._make(self.case_id)

    @classmethod
    def where(cls, *, case: CaseOrId) -> ItemFilter[CaseLink]:
        """Links to this case, given as its id or itself."""
        return ItemFilter("connectCase", {"caseId": case.id if isinstance(case, Resource) else case})


@dataclass(frozen=True, slots=True)
class CustomItem:
    """A custom item, made of the domain's own fields."""

    fields: Mapping[str, PlainValue] = declared(hash=False, repr=False)
    """Values by the name of the field; by its id where nobody knows the name, or another of the item's has it.

    For a new item, an id or a reference names a field as well, and the name of a SingleSelect's option its value.
    """
    _references: Mapping[str, FieldRef[Any]] = declared(
        default_factory=dict[str, FieldRef[Any]], repr=False, compare=False, kw_only=True
    )

    @classmethod
    def of(cls, fields: FieldInputs) -> CustomItem:
        """A new item with values by field, which is named by name, id or reference."""
        if not isinstance(cast("object", fields), Mapping):
            kind = type(fields).__name__
            raise TypeError(f"a custom item is made of a dictionary, {{'Seats': 2}}, not of {kind}")
        values: dict[str, Any] = {}
        references: dict[str, FieldRef[Any]] = {}
        for named, value in fields.items():
            # By id, so that no other field can be called the same.
            called = named.id if isinstance(named, FieldRef) else named
            values[called] = value
            if isinstance(named, FieldRef):
                references[called] = named
        return cls(values, _references=references)

    def changed(self, fields: Mapping[str, FieldInput]) -> CustomItem:
        """The same with other values for some fields, or further ones; ``None`` empties one.

        An update replaces all fields of an item, so this is how to change some of one that was read.
        """
        return replace(self, fields=dict[str, Any](self.fields) | dict[str, Any](fields))

    def named(self) -> dict[str | FieldRef[Any], FieldInput]:
        """Values by field, where a field that was read is known by more than its name: it may be deleted by now."""
        return {self._references.get(name, name): value for name, value in self.fields.items()}

    @classmethod
    def where(cls, condition: Filter) -> ItemFilter[CustomItem]:
        """Custom items whose fields pass a condition: ``CustomItem.where(domain.schema["Seats"].gt(2))``.

        Raises:
            FilterError: the condition asks for tags, which custom items aren't searched by.
        """
        return ItemFilter("custom", {"fields": custom_criteria(condition)})


@dataclass(frozen=True, slots=True)
class UnknownContent:
    """Content of a kind that this version doesn't know, as it came."""

    wire: Mapping[str, Any] = declared(hash=False, repr=False)
    """What the service sent, under its own names."""


ItemContent: TypeAlias = "Comment | ContactLink | FileLink | Sla | CaseLink | CustomItem | UnknownContent"
"""What a related item holds, by its kind."""

NewItemContent: TypeAlias = "Comment | ContactLink | FileLink | NewSla | CaseLink | CustomItem"
"""What a related item is made from."""

ContentT = TypeVar("ContentT", bound=ItemContent)
"""What the related items of a search hold, where the search says their kind."""
ContentT_co = TypeVar("ContentT_co", bound=ItemContent, default=ItemContent, covariant=True)
"""What a related item holds, as far as is known of it."""


@dataclass(frozen=True, slots=True)
class ItemFilter(Generic[ContentT_co]):
    """Related items of one kind: what ``where`` of its class makes. The class itself stands for all of its kind."""

    member: str
    """The kind, as the service's filters have it: ``sla``."""
    criteria: Mapping[str, Any] = declared(hash=False, repr=False)
    """What else must hold, as the service's filters have it."""


def _given(**members: object) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
