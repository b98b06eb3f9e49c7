"""All that the simulator remembers of one account in one region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectkit.simulator.state.domains import CasesState
from connectkit.simulator.state.instances import ConnectState
from connectkit.simulator.state.settings import Delays, Quotas, Settings
from connectkit.simulator.state.table import Address, Journal, Table

__all__ = ["Event", "RegionState"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An event that the service sent to EventBridge, in its published form."""

    id: str
    sequence: int
    body: Mapping[str, Any]


class RegionState:
    """The state of both services, which share it because a Cases domain shows up in a Connect instance."""

    def __init__(self, *, account_id: str, region: str, settings: Settings, journal: Journal) -> None:
        self.account_id = account_id
        self.region = region
        self.cases: CasesState = CasesState(journal, account_id, region, settings)
        self.connect: ConnectState = ConnectState(journal, account_id, region)
        self.events: Table[Event] = Table(journal, Address(account_id, region, "event"))
        self._settings = settings
        self._last_sequence = 0

    @property
    def quotas(self) -> Quotas:
        """How much there may be of everything."""
        return self._settings.quotas

    @property
    def delays(self) -> Delays:
        """How long things take."""
        return self._settings.delays

    @property
    def scope(self) -> str:
        """A text that no other account or region shares."""
        return f"{self.account_id}/{self.region}"

    @property
    def last_sequence(self) -> int:
        """The latest place in the order of creation that was given out."""
        return self._last_sequence

    def resume(self, last_sequence: int) -> None:
        """Go on after the places that were given out before, some of them to what is no record of its own."""
        self._last_sequence = last_sequence

    def next_sequence(self) -> int:
        """Give the next place in the order of creation."""
        self._last_sequence += 1
        return self._last_sequence

    def arn(self, service: str, resource: str) -> str:
        """Give the ARN of a resource of ``service``, such as ``cases``."""
        return f"arn:aws:{service}:{self.region}:{self.account_id}:{resource}"

    def tables(self) -> Iterator[Table[Any]]:
        """Give every table there is, what others refer to before what refers to it."""
        yield self.connect.infos
        yield self.connect.replays
        yield self.cases.infos
        for instance in self.connect.instances():
            yield from instance.tables
        for domain in self.cases.domains():
            yield from domain.tables
        yield self.events

    def table(self, kind: str, owner: str) -> Table[Any]:
        """Give the table of one kind, of a domain or an instance. Raises KeyError when there is none."""
        tables: list[Table[Any]] = [self.connect.infos, self.connect.replays, self.cases.infos, self.events]
        if (domain := self.cases.domain(owner)) is not None:
            tables += domain.tables
        if (instance := self.connect.instance(owner)) is not None:
            tables += instance.tables
        for table in tables:
            if table.address.kind == kind and table.address.owner == owner:
                return table
        raise KeyError(f"{kind} of {owner}")

    def load(self, kind: str, owner: str, record: Any, now: datetime) -> None:
        """Put back a record that was kept before. Raises KeyError when its domain or instance is not there."""
        self.table(kind, owner).load(record, now)
