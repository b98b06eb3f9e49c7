"""What a search found, kept in order while cases change, so that its next page does not sort them all again."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from connectkit.simulator.state.cases import Case

__all__ = ["Query", "Results", "Seen"]


class Seen(NamedTuple):
    """A case before and after a change, as a search sees them."""

    before: Case | None
    after: Case | None


class Query(Protocol):
    """Which cases a search finds, and in which order."""

    def find(self) -> list[Case]:
        """Give the cases that pass now, in order."""
        ...

    def passes(self, case: Case, /) -> bool:
        """Say whether :meth:`find` would give a case, which must be one that can be seen now."""
        ...

    def key(self, case: Case, /) -> Any:
        """Give a case's place in the order, which no two cases share, and which never changes."""
        ...


Q = TypeVar("Q", bound=Query)


class Results(Generic[Q]):
    """The cases that a query finds, as of ``revision`` of the search index."""

    def __init__(self, query: Q, revision: int) -> None:
        self.query = query
        self.cases: list[Case] = query.find()
        self.revision: int = revision

    def follow(self, changes: Iterable[Seen], revision: int) -> None:
        """Take in what has changed up to ``revision``."""
        key = self.query.key
        for before, after in changes:
            if before is not None:
                place = bisect_left(self.cases, key(before), key=key)
                if place < len(self.cases) and self.cases[place] is before:
                    del self.cases[place]
            if after is not None and self.query.passes(after):
                insort(self.cases, after, key=key)
        self.revision = revision
