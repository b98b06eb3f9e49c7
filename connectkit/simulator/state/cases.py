"""The records of Amazon Connect Cases: what the simulator remembers of one case, one field, and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

__all__ = [
    "AuditEvent",
    "Case",
    "CaseRule",
    "DomainInfo",
    "Field",
    "Layout",
    "Merge",
    "Option",
    "Record",
    "RelatedItem",
    "Template",
    "Value",
    "Wire",
    "words_of",
]

Wire = Mapping[str, Any]
"""JSON, as it travels; what it may hold is the service model's business."""

_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """Give the words that a search compares, in one case; it reads the search term in the same way."""
    return frozenset(_WORD.findall(text.casefold()))


class Value(NamedTuple):
    """The value of a field on a case. It never changes, so cases and answers may share one."""

    member: str
    """The member of the value union that it travels in, such as ``stringValue``."""
    wire: str | float | bool
    key: str | float | bool
    """What to compare by: the same as ``wire`` save for a DateTime, where it is seconds since 1970."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What every resource has. ``sequence`` is its place in the order of creation within the region."""

    id: str
    arn: str
    sequence: int
    created: datetime
    modified: datetime
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    deleted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A choice of a SingleSelect field; ``fixed`` ones belong to the service and can't be changed."""

    value: str
    name: str
    active: bool
    sequence: int
    fixed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Field(Record):
    """A field that cases may have a value for."""

    name: str
    type: str
    namespace: str
    description: str | None = None
    attributes: Wire | None = None
    options: Mapping[str, Option] = field(default_factory=dict[str, Option])

    @property
    def is_system(self) -> bool:
        """Whether the service made this field."""
        return self.namespace == "System"


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout(Record):
    """Which fields a case page shows; ``content`` is the wire form."""

    name: str
    content: Wire


@dataclass(frozen=True, kw_only=True, slots=True)
class Template(Record):
    """What a kind of case needs; ``rules`` are the case rules on it, each with its field if it names one."""

    name: str
    status: str
    description: str | None
    default_layout: str | None
    required_fields: Sequence[str]
    rules: Sequence[Wire]
    tag_propagation: Sequence[Wire]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRule(Record):
    """A rule that templates may put on fields; ``rule`` is the wire form."""

    name: str
    description: str | None
    rule: Wire


@dataclass(frozen=True, kw_only=True, slots=True)
class Case(Record):
    """A case: its values by field id, system fields included."""

    template_id: str
    values: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedItem(Record):
    """Something that is related to a case.

    ``content`` is what the request gave. ``values`` are the values of a custom item, and the target value of an
    SLA under its field. ``target`` and ``completed`` are an SLA's times.
    """

    case_id: str
    type: str
    content: Wire
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    created_by: Wire | None = None
    updated_by: Wire | None = None
    target: datetime | None = None
    completed: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEvent:
    """One entry of a case's history. ``fields`` holds, by field, the value before and the value after."""

    id: str
    sequence: int
    case_id: str
    type: str
    performed: datetime
    principal: str
    user: Wire | None = None
    related_item_type: str | None = None
    fields: Sequence[tuple[str, Value | None, Value | None]] = ()
    merge: Wire | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """A merge of two cases, until it is ``done`` at the time ``due``; afterwards the memory of it."""

    id: str
    sequence: int
    primary: str
    secondary: str
    fields: Sequence[str]
    item_types: Sequence[str]
    principal: str
    user: Wire | None
    due: datetime
    done: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DomainInfo(Record):
    """What is known of a domain itself. It is being created until ``active_from``."""

    name: str
    active_from: datetime
    event_configuration: Wire = field(default_factory=dict[str, Any])

    def is_active(self, now: datetime) -> bool:
        """Whether it can be used. That one which was active at once stays so if the clock is set back is inferred."""
        return self.active_from <= max(now, self.created)
