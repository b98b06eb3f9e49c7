"""All that the simulator remembers of one account in one region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from connectkit.simulator.state.cases import CasesState
from connectkit.simulator.state.connect import ConnectState

__all__ = ["Quotas", "RegionState"]


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many of each resource there may be. The defaults are those that a new AWS account was seen to have.

    Exceeding one is answered with ServiceQuotaExceededException.
    """

    domains: int = 5
    """Cases domains in an account and region."""
    fields: int = 500
    """Custom fields in a domain."""
    options: int = 500
    """Options of a SingleSelect field."""
    templates: int = 100
    """Case templates in a domain."""
    fields_per_layout: int = 100
    """Fields in both panels of a layout together."""
    task_templates: int = 50
    """Task templates in an instance."""
    task_template_fields: int = 50
    """Custom fields of a task template, that is all but those of the standard types."""


@dataclass(kw_only=True, slots=True)
class RegionState:
    """The state of both services, which share it because a Cases domain shows up in a Connect instance."""

    account_id: str
    region: str
    quotas: Quotas
    cases: CasesState = field(default_factory=CasesState)
    connect: ConnectState = field(default_factory=ConnectState)
    _sequence: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def scope(self) -> str:
        """A text that no other account or region shares."""
        return f"{self.account_id}/{self.region}"

    def next_sequence(self) -> int:
        """Give the next place in the order of creation."""
        return next(self._sequence)

    def arn(self, service: str, resource: str) -> str:
        """Give the ARN of a resource of ``service``, such as ``cases``."""
        return f"arn:aws:{service}:{self.region}:{self.account_id}:{resource}"
