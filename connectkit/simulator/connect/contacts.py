"""Contacts of an instance: those that a test has seeded, and the tasks that requests start."""

from __future__ import annotations

from datetime import datetime

from connectkit.simulator.state.connect import Contact
from connectkit.simulator.state.instances import Instance
from connectkit.simulator.state.region import RegionState

__all__ = ["add_contact"]


def add_contact(
    state: RegionState, instance: Instance, *, contact_id: str, channel: str, connected: datetime
) -> Contact:
    """Put a contact into an instance."""
    contact = Contact(
        id=contact_id,
        arn=f"{instance.arn}/contact/{contact_id}",
        sequence=state.next_sequence(),
        channel=channel,
        connected=connected,
    )
    instance.contacts.put(contact)
    return contact
