"""What became of each of many cases, whatever was done with them: one class for an outcome, one for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from ._batches import Batch, listed

if TYPE_CHECKING:
    from .cases.case import Case

__all__ = ["UNKNOWN", "CaseBatch", "Outcome", "written"]

UNKNOWN = "the service's answer doesn't say what became of this case"
"""Why the fate of a case isn't known, where the answer leaves it out."""


class Outcome(Protocol):
    """What became of one case of many."""

    @property
    def case(self) -> Case:
        """The case."""
        ...

    @property
    def fate(self) -> str:
        """What became of it, in a word or two."""
        ...

    @property
    def error_code(self) -> str | None:
        """Why, as a code."""
        ...

    @property
    def error_message(self) -> str | None:
        """Why, in words."""
        ...


OutcomeT = TypeVar("OutcomeT", bound=Outcome)


@dataclass(frozen=True)
class CaseBatch(Batch, Generic[OutcomeT]):
    """What became of each case of many."""

    _well: ClassVar[str]
    """The fate that was wanted."""
    _told: ClassVar[str]
    """What those cases are or have that it went well with."""

    outcomes: tuple[OutcomeT, ...]
    """In the order in which the cases were given, each case once."""

    @property
    def failed(self) -> list[OutcomeT]:
        """The outcomes of the cases that it didn't go well with, or isn't known to have gone well with, and why."""
        return [outcome for outcome in self.outcomes if outcome.fate not in {self._well, "not tried"}]

    @property
    def left(self) -> list[Case]:
        """The cases that no call named, for one before failed: to be given to another batch as they are."""
        return [outcome.case for outcome in self.outcomes if outcome.fate == "not tried"]

    def __iter__(self) -> Iterator[OutcomeT]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)

    def summary(self) -> str:
        """How many have which fate, in a line; ``str()`` tells the failures as well."""
        counts = Counter(outcome.fate for outcome in self.outcomes)
        others = ", ".join(f"{count} {fate}" for fate, count in sorted(counts.items()) if fate != self._well)
        told = f"{counts[self._well]} of {len(self.outcomes)} cases {self._told}"
        return told + (f" ({others})" if others else "")

    def __str__(self) -> str:
        return self.summary() + listed(self.failed)


def written(outcome: Outcome) -> str:
    """An outcome in a line."""
    why = [part for part in (outcome.error_code, outcome.error_message) if part]
    return ": ".join([f"case {outcome.case.id}", outcome.fate, *why])
