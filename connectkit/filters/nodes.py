"""What a filter consists of: comparisons, and the ways to combine them. Data alone, always in its canonical form.

``Not`` never holds another ``Not``, nor ``AllOf`` another ``AllOf`` or ``AnyOf`` another ``AnyOf``; and a combination
of one term is that term. So filters that are built in different ways, but say the same in the same order, are equal.
Make combinations with ``combined`` and ``negated``, which see to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from ..errors import FilterError

__all__ = ["DEEPEST", "AllOf", "AnyOf", "Comparison", "Node", "Not", "TagComparison", "combined", "negated"]

DEEPEST = 50
"""How deep filters may nest. What takes a filter from here to the service goes down in it by recursion, several calls
for each level. A chain of the same operator isn't nested: it counts as one level."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field compared with a value."""

    field_id: str
    operator: str
    """Wire name of the comparison: ``equalTo``, ``contains``, ``greaterThan``, …"""
    member: str
    """Wire name of the value's union member: ``stringValue``, ``doubleValue``, …"""
    value: str | float | bool | None
    """What that member holds; ``None`` for ``emptyValue``."""
    type: str | None = field(default=None, compare=False)
    """The field's type, if the reference said it. It isn't on the wire, and so takes no part in equality."""

    @property
    def depth(self) -> int:
        """Levels of nesting."""
        return 1


@dataclass(frozen=True, slots=True)
class TagComparison:
    """A tag that must have a value. The service model requires neither member, so one from the wire may lack them."""

    key: str | None
    value: str | None

    @property
    def depth(self) -> int:
        """Levels of nesting."""
        return 1


@dataclass(frozen=True, slots=True)
class Not:
    """True where its term is false."""

    term: Comparison | TagComparison | AllOf | AnyOf
    depth: int = field(compare=False)
    """Levels of nesting."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """True where each of its terms is; with no terms, as only the wire has it, everywhere."""

    terms: tuple[Node, ...]
    depth: int = field(compare=False)
    """Levels of nesting."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True where one of its terms is; with no terms, as only the wire has it, nowhere."""

    terms: tuple[Node, ...]
    depth: int = field(compare=False)
    """Levels of nesting."""


Node: TypeAlias = "Comparison | TagComparison | Not | AllOf | AnyOf"


def negated(node: Node) -> Node:
    """The opposite of ``node``."""
    return node.term if isinstance(node, Not) else Not(node, _checked(node.depth + 1))


def combined(kind: type[AllOf | AnyOf], nodes: Iterable[Node]) -> Node:
    """All of ``nodes``, or any of them, in their order.

    Raises:
        FilterError: that would be nested too deep.
    """
    terms: list[Node] = []
    depth = 1
    for node in nodes:
        # The depth of what is taken in as a whole is known, so that a chain of thousands needn't be gone through.
        if isinstance(node, kind):
            terms += node.terms
            depth = max(depth, node.depth)
        else:
            terms.append(node)
            depth = max(depth, node.depth + 1)
    return terms[0] if len(terms) == 1 else kind(tuple(terms), _checked(depth))


def _checked(depth: int) -> int:
    if depth > DEEPEST:
        raise FilterError(f"a filter can nest {DEEPEST} levels deep, and this one would be {depth}")
    return depth
