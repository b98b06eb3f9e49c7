"""What is to be written of a service: plain descriptions of its classes, between what reads and what writes them."""

from __future__ import annotations

from dataclasses import dataclass, field


class GenerationError(Exception):
    """The service model or our data holds something that the generator can't write correctly."""


@dataclass
class Member:
    """One attribute of a generated class."""

    attribute: str
    wire: str
    type: str
    """The annotation without its ``| None``, e.g. ``list[FieldValue]``."""
    refers_to: list[str]
    """Names of the classes and enums in that annotation."""
    required: bool
    sensitive: bool
    doc: str


@dataclass
class Enum:
    """A string with a fixed list of values."""

    name: str
    values: list[str]
    doc: str


@dataclass
class Structure:
    """One generated class."""

    name: str
    kind: str
    """``Shape``, ``Union``, ``Request`` or ``Response``: the base class."""
    members: list[Member]
    doc: str
    link: str
    leaks: bool = False
    """Whether a sensitive value can be inside, so that validation errors mustn't show what they were given."""
    operation: Op | None = None


@dataclass
class Paging:
    """How an operation's pages are found, in wire names."""

    items: str
    item_type: str
    token_in: str
    token_out: str
    size: str | None


@dataclass
class Op:
    """One operation."""

    name: str
    method: str
    request: str
    response: str
    token: str | None
    repeatable: bool
    paging: Paging | None


@dataclass
class Service:
    """All that is to be written for one botocore service."""

    name: str
    title: str
    modules: dict[str, list[str]]
    operations: dict[str, Op]
    structures: dict[str, Structure] = field(default_factory=dict[str, Structure])
    enums: dict[str, Enum] = field(default_factory=dict[str, Enum])
    homes: dict[str, str] = field(default_factory=dict[str, str])
    """Class or enum name to the module it lives in."""

    def needs(self, name: str) -> list[str]:
        """The classes and enums that a class mentions; an enum mentions none."""
        structure = self.structures.get(name)
        return [used for member in structure.members for used in member.refers_to] if structure else []

    def mark_leaks(self) -> None:
        """Mark every class that a sensitive value can be inside of, at whatever depth."""
        leaking = {one.name for one in self.structures.values() if any(member.sensitive for member in one.members)}
        grew = True
        while grew:
            more = {name for name in self.structures if name not in leaking and leaking & set(self.needs(name))}
            grew = bool(more)
            leaking |= more
        for name in leaking:
            self.structures[name].leaks = True
