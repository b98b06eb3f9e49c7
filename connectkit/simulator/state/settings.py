"""What a test may set: how much there may be of everything, and how long things take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

__all__ = ["Delays", "Quotas", "Rate", "Settings"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How often an operation may be called, in the simulator's own time: a token bucket.

    It is full at first and holds ``burst`` calls; ``per_second`` come back each second.
    """

    per_second: float
    """Calls that come back each second."""
    burst: int
    """Calls that can follow each other at once."""

    def __post_init__(self) -> None:
        """Refuse a rate under which no call would ever get through."""
        if self.per_second <= 0 or self.burst < 1:
            raise ValueError(f"{self}: per_second must be more than 0 and burst at least 1")

    @staticmethod
    def of_a_new_account() -> Mapping[str, Rate]:
        """Give the rates that a new AWS account was seen to have, for ``Quotas(rates=...)``."""
        return dict.fromkeys(("CreateCase", "SearchCases", "UpdateCase"), Rate(2, burst=10))


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many of each resource there may be. The defaults are those that a new AWS account was seen to have.

    Exceeding one is answered with ServiceQuotaExceededException; calling too often with ThrottlingException. Setting
    one changes nothing of what is there, which is inferred.
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
    related_items: int = 200
    """Related items of a case."""
    instances: int = 2
    """Connect instances that CreateInstance leaves an account and region with."""
    active_tasks: int = 2500
    """Tasks of an instance that have not ended."""
    task_templates: int = 50
    """Task templates in an instance."""
    task_template_fields: int = 50
    """Custom fields of a task template, that is all but those of the standard types."""
    rates: Mapping[str, Rate] = field(default_factory=dict[str, Rate])
    """How often an operation may be called, by its name in each account and region; without an entry, as often
    as one likes."""


@dataclass(frozen=True, slots=True)
class Delays:
    """How long things take in the simulator's own time. What the real service takes is not documented."""

    search_index: timedelta = timedelta(0)
    """Until a search sees that a case was created, changed or deleted."""
    merge: timedelta = timedelta(milliseconds=5)
    """Until a merge is complete. The default lets whoever polls see it running: each request takes 1 ms."""
    domain_creation: timedelta = timedelta(0)
    """Until a new Cases domain is active."""

    def __post_init__(self) -> None:
        """Refuse time that runs backwards."""
        for name in ("search_index", "merge", "domain_creation"):
            if getattr(self, name) < timedelta(0):
                raise ValueError(f"{name} is {getattr(self, name)}; a delay can't be negative")


@dataclass(slots=True)
class Settings:
    """The settings of a simulator, which all its accounts and regions share."""

    quotas: Quotas
    delays: Delays
