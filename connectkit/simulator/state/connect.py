"""The records of Amazon Connect: what the simulator remembers of one view, one task template, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

__all__ = [
    "Contact",
    "ContactFlow",
    "InstanceInfo",
    "IntegrationAssociation",
    "QuickConnect",
    "TaskTemplate",
    "View",
    "ViewContent",
    "ViewVersion",
]


@dataclass(frozen=True, slots=True)
class ViewContent:
    """What a view shows at one moment of its life."""

    template: str | None
    actions: tuple[str, ...]
    input_schema: str
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class ViewVersion:
    """A numbered version of a view."""

    number: int
    description: str | None
    content: ViewContent


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A view: what was saved last, what was published last, and the numbered versions."""

    id: str
    arn: str
    sequence: int
    type: str
    name: str
    description: str | None
    created: datetime
    modified: datetime
    saved: ViewContent
    latest: ViewContent | None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    versions: Mapping[int, ViewVersion] = field(default_factory=dict[int, ViewVersion])
    last_number: int = 0
    """The highest number ever given to a version, deleted ones included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskTemplate:
    """A task template; ``definition`` holds the members that a create or update gave, in their wire form."""

    id: str
    arn: str
    sequence: int
    created: datetime
    modified: datetime
    definition: Mapping[str, Any]
    tags: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def name(self) -> str:
        """Its name, unique in the instance."""
        return str(self.definition["Name"])

    @property
    def status(self) -> str:
        """``ACTIVE`` or ``INACTIVE``."""
        return str(self.definition["Status"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A contact of an instance: seeded by a test, or a task that a request started."""

    id: str
    arn: str
    sequence: int
    channel: str
    connected: datetime
    task: Mapping[str, Any] | None = None
    """What the request said that started a task, in its wire form and with the defaults of its template, or None
    where there was none."""
    previous: str | None = None
    """The contact that a task was chained to."""
    state: str = "IN_PROGRESS"
    """``IN_PROGRESS``, ``CONNECTED`` to an agent, or ``ENDED``."""
    task_template_id: str | None = None
    template_changes: int = 0
    """How often its task template was changed since it was started."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactFlow:
    """A flow of an instance, as far as a list shows it: a test has seeded it."""

    id: str
    arn: str
    sequence: int
    name: str
    type: str
    state: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QuickConnect:
    """A quick connect of an instance, as far as a list shows it: a test has seeded it."""

    id: str
    arn: str
    sequence: int
    name: str
    type: str
    modified: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceInfo:
    """What is known of an instance itself, the Cases domain that is associated with it included."""

    id: str
    arn: str
    sequence: int
    alias: str
    """Its alias; empty for an instance that was created for a directory and without one."""
    created: datetime
    cases_domain_id: str | None = None
    adopts_domain: bool = False
    """Whether the next Cases domain of the region becomes its own."""
    identity_management: str = "CONNECT_MANAGED"
    inbound_calls: bool = True
    outbound_calls: bool = True
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True, slots=True)
class IntegrationAssociation:
    """Something that is associated with an instance, such as a Cases domain or a file scanner."""

    id: str
    sequence: int
    type: str
    integration_arn: str
    modified: datetime
    source_url: str | None = None
    source_name: str | None = None
    source_type: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
