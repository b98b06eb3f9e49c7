"""The fields that every Cases domain begins with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from connectkit.simulator.state.cases import Field, Option
from connectkit.simulator.state.region import RegionState

__all__ = ["CLOSED", "OPEN", "READ_ONLY", "make_system_fields"]

OPEN = "open"
CLOSED = "closed"

# The ids and types are those of the administrator guide; the display names are inferred.
_FIELDS: Mapping[str, tuple[str, str]] = {
    "assigned_queue": ("Assigned queue", "Text"),
    "assigned_user": ("Assigned user", "Text"),
    "case_id": ("Case ID", "Text"),
    "case_reason": ("Case reason", "SingleSelect"),
    "created_by": ("Created by", "User"),
    "created_datetime": ("Date/time opened", "DateTime"),
    "customer_id": ("Customer", "Text"),
    "last_closed_datetime": ("Date/time closed", "DateTime"),
    "last_reopened_datetime": ("Date/time reopened", "DateTime"),
    "last_updated_datetime": ("Date/time updated", "DateTime"),
    "last_updated_user": ("Updated by", "User"),
    "next_sla_breach_datetime": ("Next SLA breach", "DateTime"),
    "reference_number": ("Reference number", "Text"),
    "status": ("Status", "SingleSelect"),
    "summary": ("Summary", "Text"),
    "title": ("Title", "Text"),
}

READ_ONLY = frozenset(
    {
        "case_id",
        "created_by",
        "created_datetime",
        "last_closed_datetime",
        "last_reopened_datetime",
        "last_updated_datetime",
        "last_updated_user",
        "next_sla_breach_datetime",
        "reference_number",
    }
)
"""The fields that the service alone writes. The guide names some of them; the complete list is inferred."""


def make_system_fields(state: RegionState, domain_arn: str, now: datetime) -> Iterator[Field]:
    """Give the system fields of a new domain, in the order in which they are listed."""
    statuses = {
        value: Option(value=value, name=value.capitalize(), active=True, sequence=state.next_sequence(), fixed=True)
        for value in (OPEN, CLOSED)
    }
    for field_id, (name, kind) in _FIELDS.items():
        yield Field(
            id=field_id,
            arn=f"{domain_arn}/field/{field_id}",
            sequence=state.next_sequence(),
            created=now,
            modified=now,
            name=name,
            type=kind,
            namespace="System",
            options=statuses if field_id == "status" else {},
        )
