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

__all__ = ["DEEPEST", "LONGEST", "AllOf", "AnyOf", "Comparison", "Node", "Not", "TagComparison", "combined", "negated"]

LONGEST = 10
"""How many terms the service takes in one ``andAll`` or ``orAll``."""

DEEPEST = 50
"""How many levels a filter may have on the wire; pydantic and botocore go down in it by recursion, several calls for
each. A chain of the same operator is one level, and one more for each power of ten of its terms."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field compared with a value."""

    field_id: str
    """Id of the field."""
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
        """Levels on the wire."""
        return 1


@dataclass(frozen=True, slots=True)
class TagComparison:
    """A tag that must have a value. The service model requires neither member, so one from the wire may lack them."""

    key: str | None
    """Key of the tag."""
    value: str | None
    """What its value must be."""

    @property
    def depth(self) -> int:
        """Levels on the wire."""
        return 1


@dataclass(frozen=True, slots=True)
class Not:
    """True where its term is false."""

    term: Comparison | TagComparison | AllOf | AnyOf
    """What must not hold."""
    depth: int = field(compare=False)
    """Levels on the wire."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """True where each of its terms is; with no terms, as only the wire has it, everywhere."""

    terms: tuple[Node, ...]
    """What must all hold."""
    depth: int = field(compare=False)
    """Levels on the wire."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True where one of its terms is; with no terms, as only the wire has it, nowhere."""

    terms: tuple[Node, ...]
    """One of these must hold."""
    depth: int = field(compare=False)
    """Levels on the wire."""


Node: TypeAlias = "Comparison | TagComparison | Not | AllOf | AnyOf"
"""What a filter is made of: :attr:`Filter.node` is the outermost."""


def negated(node: Node) -> Node:
    """The opposite of ``node``."""
    return node.term if isinstance(node, Not) else Not(node, _checked(node.depth + 1))


def combined(kind: type[AllOf | AnyOf], nodes: Iterable[Node]) -> Node:
    """All of ``nodes``, or any of them, in their order.

    Raises:
        FilterError: that would be nested too deep.
    """
    terms: list[Node] = []
    below = 0
    for node in nodes:
        # How deep its terms are needn't be asked of each: so a chain of thousands can be joined one by one.
        if isinstance(node, kind):
            terms += node.terms
            below = max(below, node.depth - _levels(len(node.terms)))
        else:
            terms.append(node)
            below = max(below, node.depth)
    return terms[0] if len(terms) == 1 else kind(tuple(terms), _checked(below + _levels(len(terms))))


def _levels(count: int) -> int:
    """How many levels of lists it takes to hold ``count`` terms."""
    levels = 1
    while count > LONGEST:
        count = -(-count // LONGEST)
        levels += 1
    return levels


def _checked(depth: int) -> int:
    if depth > DEEPEST:
        raise FilterError(f"a filter can nest {DEEPEST} levels deep, and this one would have {depth}")
    return depth
