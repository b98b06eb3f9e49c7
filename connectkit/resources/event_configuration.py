"""Which case events a domain sends to EventBridge, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace as changed
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ..models.connectcases.events import (
    AutoIncludeFields,
    CaseEventIncludedData,
    EventBridgeConfiguration,
    EventIncludedData,
    GetCaseEventConfigurationRequest,
    PutCaseEventConfigurationRequest,
    RelatedItemEventIncludedData,
)
from ..models.connectcases.field_values import FieldIdentifier
from ._base import several

if TYPE_CHECKING:
    from ..filters import FieldRef
    from ._scope import Scope

__all__ = ["EventConfiguration", "EventSettings", "IncludedFields"]

IncludedFields: TypeAlias = Literal["All", "System", "Custom"]
"""Whose fields an event carries without their being named."""


@dataclass(frozen=True)
class EventSettings:
    """What a domain's event configuration says."""

    enabled: bool
    """Whether events are sent at all."""
    fields: tuple[str, ...] = ()
    """Ids of the fields that case events carry, besides those of ``all_fields``."""
    all_fields: AutoIncludeFields | None = None
    """Whose fields are carried without being named, future ones too: ``All``, ``System`` or ``Custom``."""
    related_item_content: bool = False
    """Whether related item events carry the item's content."""


class EventConfiguration:
    """The event configuration of a domain: ``domain.event_configuration``."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """For a domain; it makes this."""
        self._scope = scope

    def get(self) -> EventSettings:
        """Read it; one call.

        Raises:
            NotFoundError: there is no such domain.
        """
        read = self._scope.caller.send(GetCaseEventConfigurationRequest(domain_id=self._scope.domain_id)).event_bridge
        included = read.included_data or EventIncludedData()
        case, item = included.case_data, included.related_item_data
        return EventSettings(
            enabled=bool(read.enabled),
            fields=tuple(field.id for field in (case.fields if case else None) or ()),
            all_fields=case.auto_include_fields if case else None,
            related_item_content=bool(item and item.include_content),
        )

    def update(
        self,
        *,
        enabled: bool | None = None,
        fields: Iterable[str | FieldRef[Any]] | None = None,
        all_fields: IncludedFields | Literal[False] | None = None,
        related_item_content: bool | None = None,
    ) -> EventSettings:
        """Change what is given and leave the rest as it is: reads the present configuration, then replaces it.

        Nothing is written if nothing changes.

        Args:
            enabled: Whether events are sent at all.
            fields: Fields that case events are to carry, by name, id or reference; instead of those named before.
            all_fields: Whose fields are carried without being named; ``False`` for nobody's.
            related_item_content: Whether related item events carry the item's content.

        Returns:
            What the configuration is now.

        Raises:
            UnknownNameError: there is no field of that name.
            NotFoundError: there is no such domain.
        """
        present = self.get()
        wanted = EventSettings(
            enabled=present.enabled if enabled is None else enabled,
            fields=present.fields if fields is None else self._ids(fields),
            all_fields=present.all_fields if all_fields is None else (all_fields or None),
            related_item_content=present.related_item_content if related_item_content is None else related_item_content,
        )
        if wanted != present:
            self._put(wanted)
        return wanted

    def replace(self, settings: EventSettings) -> None:
        """Make it this, whatever it was before; one call, and more where fields are named and not yet known.

        Raises:
            UnknownNameError: there is no field of that name.
            NotFoundError: there is no such domain.
        """
        self._put(changed(settings, fields=self._ids(settings.fields)))

    def _put(self, settings: EventSettings) -> None:
        """Make it this. What the service has said of fields isn't looked up again: one may be deleted by now."""
        fields = [FieldIdentifier(id=field) for field in settings.fields]
        case = CaseEventIncludedData(fields=fields)
        if settings.all_fields is not None:
            case = CaseEventIncludedData(fields=fields, auto_include_fields=settings.all_fields)
        included = EventIncludedData(
            case_data=case,
            related_item_data=RelatedItemEventIncludedData(include_content=settings.related_item_content),
        )
        configuration = EventBridgeConfiguration(enabled=settings.enabled, included_data=included)
        self._scope.caller.send(
            PutCaseEventConfigurationRequest(domain_id=self._scope.domain_id, event_bridge=configuration)
        )

    def _ids(self, fields: Iterable[str | FieldRef[Any]]) -> tuple[str, ...]:
        named = several(fields, "fields", of="fields")
        return tuple(dict.fromkeys(self._scope.schema.resolve(field).id for field in named))
