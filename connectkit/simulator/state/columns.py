"""The cases of a domain by column: for each field all its values in a row, as a search goes through them.

A hundred thousand cases lie far apart in memory. To look up one value in each takes ten times as long as to go
through a list of those values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Generic, Protocol, TypeVar

from connectkit.simulator.state.cases import Value

__all__ = ["Columns", "Filterable", "Key"]

Key = str | float | bool
"""What values are compared by."""


class Filterable(Protocol):
    """What has values of fields: a case, or a related item with fields of its own."""

    @property
    def id(self) -> str:
        """Its identifier."""
        ...

    @property
    def sequence(self) -> int:
        """Its place in the order of creation."""
        ...

    @property
    def values(self) -> Mapping[str, Value]:
        """The values by field id."""
        ...

    @property
    def tags(self) -> Mapping[str, str]:
        """The tags."""
        ...


C = TypeVar("C", bound=Filterable)


class _WordCharacters(dict[int, str]):
    """A table for ``str.translate`` that turns into a space what is not part of a word, as ``\\w`` has it."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = kept = character if character.isalnum() or character == "_" else " "
        return kept


_WORD_CHARACTERS = _WordCharacters()


class Columns(Generic[C]):
    """Cases, or what is like them, that each have a place, which is the same in every column.

    A place that came free is used again.
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._free: list[int] = []
        self._cases: list[C | None] = []
        self._sequences: list[int] = []
        self._texts: list[str] = []
        self._keys: dict[str, list[Key | None]] = {}

    def __len__(self) -> int:
        """Say how many cases there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[int]:
        """Give the place of every case."""
        return iter(self._places.values())

    def place(self, identifier: str) -> int:
        """Give the place of a case. Raises KeyError when it is not there."""
        return self._places[identifier]

    @property
    def cases(self) -> Sequence[C | None]:
        """The column of the cases themselves."""
        return self._cases

    @property
    def sequences(self) -> Sequence[int]:
        """The column of their places in the order of creation."""
        return self._sequences

    @property
    def texts(self) -> Sequence[str]:
        """The column of all their words: those of each in one case, with a space before and after every word."""
        return self._texts

    def keys(self, field_id: str) -> Sequence[Key | None]:
        """Give the column of what their values of a field are compared by; None where a case has no value."""
        column = self._keys.setdefault(field_id, [])
        column.extend(repeat(None, len(self._cases) - len(column)))
        return column

    def put(self, case: C) -> C | None:
        """Add a case, or put it in the place of the version before, which is given."""
        place = self._places.get(case.id)
        if place is None:
            place = self._add(case)
            before = None
        else:
            before = self._cases[place]
        old: Mapping[str, Value] = {} if before is None else before.values
        for field_id, value in case.values.items():
            if old.get(field_id) is not value:
                self._set(field_id, place, value.key)
        for field_id in old.keys() - case.values.keys():
            self._set(field_id, place, None)
        self._cases[place] = case
        self._texts[place] = _text_of(case)
        return before

    def remove(self, identifier: str) -> C | None:
        """Take a case out, and give it if it was there."""
        place = self._places.pop(identifier, None)
        if place is None:
            return None
        case = self._cases[place]
        for field_id in () if case is None else case.values:
            self._set(field_id, place, None)
        self._cases[place] = None
        self._texts[place] = ""
        self._free.append(place)
        return case

    def _add(self, case: C) -> int:
        if self._free:
            place = self._free.pop()
            self._sequences[place] = case.sequence
        else:
            place = len(self._cases)
            self._cases.append(None)
            self._texts.append("")
            self._sequences.append(case.sequence)
        self._places[case.id] = place
        return place

    def _set(self, field_id: str, place: int, key: Key | None) -> None:
        column = self._keys.get(field_id)
        if column is None:
            column = self._keys[field_id] = []
        if place >= len(column):
            # A column is only as long as the last value in it, so that a new case costs nothing in the others.
            column.extend(repeat(None, place + 1 - len(column)))
        column[place] = key


def _text_of(case: Filterable) -> str:
    text = " ".join([str(value.wire) for value in case.values.values()])
    return f" {text.casefold().translate(_WORD_CHARACTERS)} "
