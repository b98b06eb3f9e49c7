"""What a strategy must know of botocore's shapes: which are unions, and which hold themselves."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, Final

Stack = tuple[str, ...]
"""The structures that a place is inside of, as far as they hold themselves; the outermost first."""

# How often a shape may occur inside itself, the outermost included.
_DEEPEST: Final = 5


def is_union(shape: Any) -> bool:
    """Whether exactly one member of ``shape`` should be set."""
    return bool(getattr(shape, "is_tagged_union", False))


def place(shape: Any, stack: Stack) -> tuple[Any, ...]:
    """What tells a structure at one depth from the same structure at another; hashable."""
    return shape.name, tuple(sorted(Counter(stack).items()))


class Nesting:
    """How the shapes of one service are nested. Get it from :func:`nesting`."""

    def __init__(self) -> None:
        self._reachable: dict[str, frozenset[str]] = {}

    def inside(self, shape: Any, stack: Stack) -> Stack:
        """The stack for the members of ``shape``, which is in ``stack``."""
        itself = any(shape.name in self.reachable(member) for member in shape.members.values())
        return (*stack, shape.name) if itself else stack

    def members(self, shape: Any, inside: Stack) -> dict[str, Any]:
        """The members of ``shape``; once it is as deep as it may be, only those that don't lead to itself again."""
        if inside.count(shape.name) < _DEEPEST:
            return dict(shape.members)
        return {
            name: member
            for name, member in shape.members.items()
            if name in shape.required_members or shape.name not in self.reachable(member)
        }

    def reachable(self, shape: Any) -> frozenset[str]:
        """Names of all structures in ``shape``, itself included."""
        # Lists and structures don't share names within a service.
        if shape.name not in self._reachable:
            found: dict[str, None] = {}
            _collect(shape, found)
            self._reachable[shape.name] = frozenset(found)
        return self._reachable[shape.name]


@cache
def nesting(service: str) -> Nesting:
    """How the shapes of ``service`` are nested."""
    assert service
    return Nesting()


def _collect(shape: Any, found: dict[str, None]) -> None:
    if shape.type_name == "structure":
        if shape.name in found:
            return
        found[shape.name] = None
    for part in _parts(shape):
        _collect(part, found)


def _parts(shape: Any) -> tuple[Any, ...]:
    if shape.type_name == "structure":
        return tuple(shape.members.values())
    if shape.type_name == "list":
        return (shape.member,)
    return (shape.value,) if shape.type_name == "map" else ()
