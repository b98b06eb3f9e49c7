"""The state of Amazon Connect Cases: domains, and in each its fields, layouts, templates and cases."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from connectkit.simulator.state.replays import Replays

__all__ = ["Case", "CasesState", "Domain", "Field", "Layout", "Option", "Record", "Template", "Value", "words_of"]

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


@dataclass(kw_only=True, slots=True)
class Record:
    """What every resource has. ``sequence`` is its place in the order of creation within the region."""

    id: str
    arn: str
    sequence: int
    created: datetime
    modified: datetime
    tags: dict[str, str] = field(default_factory=dict[str, str])
    deleted: bool = False


@dataclass(kw_only=True, slots=True)
class Option:
    """A choice of a SingleSelect field; ``fixed`` ones belong to the service and can't be changed."""

    value: str
    name: str
    active: bool
    sequence: int
    fixed: bool = False


@dataclass(kw_only=True, slots=True)
class Field(Record):
    """A field that cases may have a value for."""

    name: str
    type: str
    namespace: str
    description: str | None = None
    attributes: Mapping[str, Any] | None = None
    options: dict[str, Option] = field(default_factory=dict[str, Option])

    @property
    def is_system(self) -> bool:
        """Whether the service made this field."""
        return self.namespace == "System"


@dataclass(kw_only=True, slots=True)
class Layout(Record):
    """Which fields a case page shows; ``content`` is the wire form."""

    name: str
    content: Mapping[str, Any]


@dataclass(kw_only=True, slots=True)
class Template(Record):
    """What a kind of case needs."""

    name: str
    status: str
    description: str | None
    default_layout: str | None
    required_fields: Sequence[str]
    tag_propagation: Sequence[Mapping[str, Any]]


@dataclass(kw_only=True, slots=True)
class Case(Record):
    """A case: its values by field id, system fields included."""

    template_id: str
    values: dict[str, Value]
    _words: frozenset[str] | None = None

    def words(self) -> frozenset[str]:
        """Give every word of its values in lower case, found once and kept until :meth:`changed`."""
        if self._words is None:
            self._words = words_of(" ".join(str(value.wire) for value in self.values.values()))
        return self._words

    def changed(self) -> None:
        """Forget what was derived from the values."""
        self._words = None


@dataclass(kw_only=True, slots=True)
class Domain(Record):
    """A Cases domain and everything in it, by id."""

    name: str
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    layouts: dict[str, Layout] = field(default_factory=dict[str, Layout])
    templates: dict[str, Template] = field(default_factory=dict[str, Template])
    cases: dict[str, Case] = field(default_factory=dict[str, Case])
    reference_numbers: set[str] = field(default_factory=set[str])
    replays: Replays = field(default_factory=Replays)


@dataclass(slots=True)
class CasesState:
    """The domains of an account in a region, by id."""

    domains: dict[str, Domain] = field(default_factory=dict[str, Domain])
