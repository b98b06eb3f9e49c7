"""Contacts of an instance: those that a test has seeded, and the tasks that requests start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from connectkit.simulator.state.connect import Contact
from connectkit.simulator.state.instances import Instance
from connectkit.simulator.state.region import RegionState

__all__ = ["IN_PROGRESS", "TASK", "add_contact", "instance_of", "seed_contact", "set_contact_state"]

TASK = "TASK"
IN_PROGRESS = "IN_PROGRESS"
_STATES = (IN_PROGRESS, "CONNECTED", "ENDED")


def add_contact(
    state: RegionState,
    instance: Instance,
    *,
    contact_id: str,
    channel: str,
    connected: datetime,
    task: Mapping[str, Any] | None = None,
    previous: str | None = None,
    task_template_id: str | None = None,
) -> Contact:
    """Put a contact into an instance."""
    contact = Contact(
        id=contact_id,
        arn=f"{instance.arn}/contact/{contact_id}",
        sequence=state.next_sequence(),
        channel=channel,
        connected=connected,
        task=task,
        previous=previous,
        task_template_id=task_template_id,
    )
    instance.contacts.put(contact)
    return contact


def seed_contact(
    state: RegionState, instance_id: str, *, contact_id: str, channel: str, connected: datetime
) -> Contact:
    """Put a contact of a test's own into an instance.

    Raises ValueError when there is no such instance, when it has a contact with this id, or the time has no zone.
    """
    instance = instance_of(state, instance_id)
    if contact_id in instance.contacts:
        raise ValueError(f"instance {instance_id} has a contact {contact_id} already")
    if connected.tzinfo is None:
        raise ValueError("connected needs a time zone")
    return add_contact(state, instance, contact_id=contact_id, channel=channel, connected=connected)


def set_contact_state(state: RegionState, instance_id: str, identifier: str, new: str) -> None:
    """Put a contact, named by its id or ARN, into a ``new`` state.

    Raises ValueError when there is no such instance, contact or state.
    """
    if new not in _STATES:
        raise ValueError(f"{new!r} is not the state of a contact; it is one of {', '.join(_STATES)}")
    instance = instance_of(state, instance_id)
    contact = instance.contacts.get(identifier.removeprefix(f"{instance.arn}/contact/"))
    if contact is None:
        raise ValueError(f"instance {instance_id} has no contact {identifier}")
    instance.contacts.put(replace(contact, state=new))


def instance_of(state: RegionState, instance_id: str) -> Instance:
    """Give the instance that a test names. Raises ValueError when there is none."""
    instance = state.connect.instance(instance_id)
    if instance is None:
        raise ValueError(f"{state.scope} has no instance {instance_id}")
    return instance
