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
    """A table for ``str.translate`` that turns into a space what is no letter, digit or underscore."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = kept = character if character.isalnum() or character == "_" else " "
        return kept


_WORD_CHARACTERS = _WordCharacters()
_NOTHING: Mapping[str, Value] = {}
_NO_TAGS: Mapping[str, str] = {}


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
        self._tags: dict[str, list[Key | None]] = {}

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
        return self._whole(self._keys, field_id)

    def tags(self, key: str) -> Sequence[Key | None]:
        """Give the column of their values of a tag; None where a case has no such tag."""
        return self._whole(self._tags, key)

    def _whole(self, columns: dict[str, list[Key | None]], name: str) -> Sequence[Key | None]:
        column = columns.get(name)
        if column is None:
            # Not kept, or whoever asks for tags that nothing has would fill the memory with empty columns.
            return list(repeat(None, len(self._cases)))
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
        self._change(place, before, case)
        return before

    def remove(self, identifier: str) -> C | None:
        """Take a case out, and give it if it was there."""
        place = self._places.pop(identifier, None)
        if place is None:
            return None
        before = self._cases[place]
        self._change(place, before, None)
        self._free.append(place)
        return before

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

    def _change(self, place: int, before: C | None, after: C | None) -> None:
        old = _NOTHING if before is None else before.values
        new = _NOTHING if after is None else after.values
        for field_id in old.keys() - new.keys():
            _set(self._keys, field_id, place, None)
        for field_id, value in new.items():
            if old.get(field_id) is not value:
                _set(self._keys, field_id, place, value.key)
        old_tags = _NO_TAGS if before is None else before.tags
        new_tags = _NO_TAGS if after is None else after.tags
        for key in old_tags.keys() - new_tags.keys():
            _set(self._tags, key, place, None)
        for key, text in new_tags.items():
            _set(self._tags, key, place, text)
        self._cases[place] = after
        self._texts[place] = "" if after is None else _text_of(after)


def _set(columns: dict[str, list[Key | None]], name: str, place: int, key: Key | None) -> None:
    column = columns.get(name)
    if column is None:
        column = columns[name] = []
    if place < len(column):
        column[place] = key
        return
    # A column is only as long as the last value in it, so that a new case costs nothing in the others.
    if place > len(column):
        column.extend(repeat(None, place - len(column)))
    column.append(key)


def _text_of(case: Filterable) -> str:
    text = " ".join([str(value.wire) for value in case.values.values()])
    return f" {text.casefold().translate(_WORD_CHARACTERS)} "
