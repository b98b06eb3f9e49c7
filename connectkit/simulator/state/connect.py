"""The state of Amazon Connect: instances, and in each its views and task templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectkit.simulator.state.replays import Replays

__all__ = ["ConnectState", "Instance", "TaskTemplate", "View", "ViewContent", "ViewVersion"]


@dataclass(frozen=True, slots=True)
class ViewContent:
    """What a view shows at one moment of its life; it never changes."""

    template: str | None
    actions: tuple[str, ...]
    input_schema: str
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class ViewVersion:
    """A numbered version of a view; it never changes."""

    number: int
    description: str | None
    content: ViewContent


@dataclass(kw_only=True, slots=True)
class View:
    """A view: what was saved last, what was published last, and the numbered versions."""

    id: str
    arn: str
    type: str
    name: str
    description: str | None
    created: datetime
    modified: datetime
    saved: ViewContent
    latest: ViewContent | None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    versions: dict[int, ViewVersion] = field(default_factory=dict[int, ViewVersion])
    last_number: int = 0
    """The highest number ever given to a version, deleted ones included."""


@dataclass(kw_only=True, slots=True)
class TaskTemplate:
    """A task template; ``definition`` holds the members that a create or update gave, in their wire form."""

    id: str
    arn: str
    sequence: int
    created: datetime
    modified: datetime
    definition: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name, unique in the instance."""
        return str(self.definition["Name"])

    @property
    def status(self) -> str:
        """``ACTIVE`` or ``INACTIVE``."""
        return str(self.definition["Status"])


@dataclass(kw_only=True, slots=True)
class Instance:
    """An Amazon Connect instance and what is in it, by id."""

    id: str
    arn: str
    alias: str
    created: datetime
    views: dict[str, View] = field(default_factory=dict[str, View])
    managed_views: Sequence[View] = ()
    task_templates: dict[str, TaskTemplate] = field(default_factory=dict[str, TaskTemplate])
    replays: Replays = field(default_factory=Replays)


@dataclass(slots=True)
class ConnectState:
    """The instances of an account in a region, by id."""

    instances: dict[str, Instance] = field(default_factory=dict[str, Instance])
