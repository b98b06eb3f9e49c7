"""The Connect instances of an account in a region, and for each the tables of everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectkit.simulator.state.connect import (
    Contact,
    ContactFlow,
    InstanceInfo,
    IntegrationAssociation,
    QuickConnect,
    TaskTemplate,
    View,
)
from connectkit.simulator.state.owners import Owners
from connectkit.simulator.state.replays import Replay
from connectkit.simulator.state.table import Address, Index, Journal, Table

__all__ = ["ConnectState", "Instance"]


class Instance:
    """An instance and the tables of everything in it."""

    def __init__(self, infos: Table[InstanceInfo], identifier: str, journal: Journal) -> None:
        account_id, region, _, _ = infos.address

        def table(kind: str) -> Table[Any]:
            return Table(journal, Address(account_id, region, kind, identifier))

        self.id = identifier
        self._infos = infos
        self.views: Table[View] = table("view")
        self.task_templates: Table[TaskTemplate] = table("task-template")
        self.contacts: Table[Contact] = table("contact")
        self.contact_flows: Table[ContactFlow] = table("contact-flow")
        self.quick_connects: Table[QuickConnect] = table("quick-connect")
        self.integrations: Table[IntegrationAssociation] = table("integration-association")
        self.replays: Table[Replay] = table("connect-replay")
        self.contacts_after: Index[Contact] = self.contacts.index(lambda contact: contact.previous)
        self.open_tasks: Index[Contact] = self.contacts.index(_open_task)

    @property
    def info(self) -> InstanceInfo:
        """What is known of the instance itself, as of now."""
        return self._infos[self.id]

    @property
    def arn(self) -> str:
        """The instance's ARN."""
        return self.info.arn

    @property
    def tables(self) -> Sequence[Table[Any]]:
        """Every table of the instance."""
        return (
            self.views,
            self.task_templates,
            self.contacts,
            self.contact_flows,
            self.quick_connects,
            self.integrations,
            self.replays,
        )


def _open_task(contact: Contact) -> str | None:
    return "" if contact.channel == "TASK" and contact.state != "ENDED" else None


class ConnectState:
    """The instances of an account in a region."""

    def __init__(self, journal: Journal, account_id: str, region: str) -> None:
        self.infos: Table[InstanceInfo] = Table(journal, Address(account_id, region, "instance"))
        self.replays: Table[Replay] = Table(journal, Address(account_id, region, "instance-replay"))
        self._instances = Owners(self.infos, lambda identifier: Instance(self.infos, identifier, journal))

    def instance(self, identifier: str) -> Instance | None:
        """Give an instance, or None when there is none with this id."""
        return self._instances.get(identifier)

    def instances(self) -> list[Instance]:
        """Give every instance, oldest first."""
        return self._instances.all()
