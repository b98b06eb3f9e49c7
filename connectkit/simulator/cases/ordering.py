"""The order of a search: its sorts, then the newest case first, so that no two cases share a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import total_ordering
from typing import Any

from connectkit.simulator.cases.lookup import known_field
from connectkit.simulator.state.cases import Case
from connectkit.simulator.state.columns import Columns
from connectkit.simulator.state.domains import Domain

__all__ = ["Order", "SortKey"]

# Inferred: a search index compares long texts by their beginning. It also keeps a page token short.
_COMPARED_CHARACTERS = 256
_NUMERIC_TYPES = frozenset({"Number", "DateTime", "Boolean"})

SortKey = tuple[Any, ...]
"""For each sort whether the value is missing, and the value; at the end the order of creation, newest first.
"""


class Order:
    """Sorts cases the way a search wants them. A missing value comes last in both directions, which is inferred.

    Raises a ValidationException for a sort by a field that does not exist.
    """

    def __init__(self, domain: Domain, sorts: Sequence[Mapping[str, str]]) -> None:
        self._parts: list[_Part] = []
        for index, sort in enumerate(sorts):
            field = known_field(domain, sort["fieldId"], where=f"sorts[{index}]")
            descending = sort["sortOrder"] == "Desc"
            self._parts.append(_Part(field.id, descending=descending, numeric=field.type in _NUMERIC_TYPES))

    def arrange(self, columns: Columns[Case], places: Iterable[int]) -> list[Case]:
        """Give the cases in some places in order: that of their keys, without making any."""
        arranged = sorted(places, key=columns.sequences.__getitem__, reverse=True)
        for part in reversed(self._parts):
            arranged = part.arrange(columns, arranged)
        cases = columns.cases
        return [case for place in arranged if (case := cases[place]) is not None]

    def key(self, case: Case) -> SortKey:
        """Give a case's place."""
        key: list[Any] = []
        for part in self._parts:
            key += part.key(case)
        key.append(-case.sequence)
        return tuple(key)

    def write(self, key: SortKey) -> list[Any]:
        """Give what to keep of a key in a page token."""
        return [part.text if isinstance(part, _Descending) else part for part in key]

    def read(self, kept: Sequence[Any]) -> SortKey:
        """Make a key again of what was kept."""
        key = list(kept)
        for index, part in enumerate(self._parts):
            missing, place = kept[2 * index], 2 * index + 1
            if not missing and part.turn is _Descending:
                key[place] = _Descending(kept[place])
        return tuple(key)


class _Part:
    """One sort."""

    def __init__(self, field_id: str, *, descending: bool, numeric: bool) -> None:
        self.turn: Callable[[Any], Any] | None = None
        if descending:
            # Numbers turn round by their sign, which is faster than an object for each.
            self.turn = _negative if numeric else _Descending
        self._field_id = field_id
        self._descending = descending
        self._numeric = numeric

    def arrange(self, columns: Columns[Case], places: Sequence[int]) -> list[int]:
        """Sort places by this alone; where it sees no difference their order stays."""
        keys: Sequence[Any] = columns.keys(self._field_id)
        present = [place for place in places if keys[place] is not None]
        missing = [place for place in places if keys[place] is None] if len(present) < len(places) else []
        if not self._numeric:
            keys = [None if key is None else key[:_COMPARED_CHARACTERS] for key in keys]
        present.sort(key=keys.__getitem__, reverse=self._descending)
        return present + missing

    def key(self, case: Case) -> tuple[bool, Any]:
        """Give this part of a case's place."""
        value = case.values.get(self._field_id)
        if value is None:
            return True, 0
        key: Any = value.key
        compared = key if self._numeric else key[:_COMPARED_CHARACTERS]
        return False, compared if self.turn is None else self.turn(compared)


def _negative(value: float) -> float:
    return -value


@total_ordering
class _Descending:
    """A text that sorts the other way round."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and self.text == other.text

    def __lt__(self, other: _Descending) -> bool:
        return self.text > other.text

    def __hash__(self) -> int:
        return hash(self.text)
