"""Tables of records, and the journal of what a request does to them.

A record never changes: to change one is to put another in its place. So there is one way in which the state
changes, and whatever has to know of each change hangs on it: taking a failed request back, keeping the state
in a file, and the search index.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, ItemsView, Iterator, Mapping, Sequence, ValuesView
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

__all__ = ["Address", "Change", "Index", "Journal", "Row", "Table"]


class Row(Protocol):
    """What every record has."""

    @property
    def id(self) -> str:
        """Its identifier, which no other record of its table has."""
        ...

    @property
    def sequence(self) -> int:
        """Its place in the order of creation."""
        ...


R = TypeVar("R", bound=Row)


class Address(NamedTuple):
    """Where a table is: the account and the region, what it holds, and of which domain or instance."""

    account_id: str
    region: str
    kind: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One record that was put (``before`` is None when it is new) or removed (``after`` is None)."""

    table: Table[Any]
    id: str
    before: Any | None
    after: Any | None


class Journal:
    """The changes of the request that is being answered.

    :meth:`commit` makes them last, after ``keep`` has written them down if there is one; :meth:`rollback`
    takes them back.
    """

    def __init__(self) -> None:
        self.keep: Callable[[Sequence[Change]], None] | None = None
        self._changes: list[Change] = []

    def note(self, change: Change) -> None:
        """Add a change that has just been made."""
        self._changes.append(change)

    def commit(self, now: datetime) -> None:
        """Keep the changes. Should writing them down fail, they are taken back."""
        changes = self._changes
        if not changes:
            return
        if self.keep is not None:
            try:
                self.keep(changes)
            except BaseException:
                self.rollback()
                raise
        self._changes = []
        for change in changes:
            change.table.committed(change, now)

    def mark(self) -> int:
        """Give a place in the journal, to roll back to."""
        return len(self._changes)

    def rollback(self, mark: int = 0) -> None:
        """Take back what has not been committed, or only what came after ``mark``."""
        while len(self._changes) > mark:
            change = self._changes.pop()
            change.table.restore(change.id, change.before)

    @contextmanager
    def together(self, now: Callable[[], datetime]) -> Generator[None, None, None]:
        """Have all the commits inside last together, or none of them should an exception end it."""
        keep, changes = self.keep, list[Change]()
        self.keep = changes.extend
        try:
            yield
            if keep is not None and changes:
                keep(changes)
        except BaseException:
            for change in reversed(changes):
                change.table.restore(change.id, change.before)
                change.table.committed(Change(change.table, change.id, change.after, change.before), now())
            raise
        finally:
            self.keep = keep


class Index(Generic[R]):
    """The records of a table by something that they have, such as the case that they belong to.

    Each group is in the order of creation, also when a record comes into it late: from another group, or because a
    request that had removed it failed.
    """

    def __init__(self, key: Callable[[R], str | None]) -> None:
        self._key = key
        self._groups: dict[str, dict[str, R]] = {}

    def of(self, key: str) -> Mapping[str, R]:
        """Give the records with ``key``, by id and oldest first."""
        return self._groups.get(key, {})

    def move(self, before: R | None, after: R | None) -> None:
        """Follow a change of the table."""
        old = None if before is None else self._key(before)
        new = None if after is None else self._key(after)
        if before is not None and old is not None and old != new:
            group = self._groups[old]
            del group[before.id]
            if not group:
                del self._groups[old]
        if after is not None and new is not None:
            group = self._groups.setdefault(new, {})
            late = after.id not in group and bool(group) and next(reversed(group.values())).sequence > after.sequence
            group[after.id] = after
            if late:
                self._groups[new] = dict(sorted(group.items(), key=lambda item: item[1].sequence))


class Table(Mapping[str, R]):
    """Records by id, oldest first; a mapping to whoever reads it."""

    def __init__(self, journal: Journal, address: Address) -> None:
        self.address = address
        self.on_commit: Callable[[R | None, R | None, datetime], None] | None = None
        """Called with every committed change: the record before and after it, and the time."""
        self._journal = journal
        self._rows: dict[str, R] = {}
        self._indexes: list[Index[R]] = []

    def index(self, key: Callable[[R], str | None]) -> Index[R]:
        """Make an index of the table; records for which ``key`` gives None are not in it."""
        index = Index(key)
        for row in self._rows.values():
            index.move(None, row)
        self._indexes.append(index)
        return index

    def put(self, record: R) -> None:
        """Add a record, or put it in the place of the one with its id."""
        before = self._rows.get(record.id)
        self._set(record.id, before, record)
        self._journal.note(Change(self, record.id, before, record))

    def remove(self, identifier: str) -> R:
        """Take a record out and give it. Raises KeyError when there is none."""
        before = self._rows[identifier]
        self._set(identifier, before, None)
        self._journal.note(Change(self, identifier, before, None))
        return before

    def load(self, record: R, now: datetime) -> None:
        """Add a record that was kept before; it is no change."""
        self._set(record.id, None, record)
        if self.on_commit is not None:
            self.on_commit(None, record, now)

    def committed(self, change: Change, now: datetime) -> None:
        """Tell whoever listens of a change that lasts."""
        if self.on_commit is not None:
            self.on_commit(change.before, change.after, now)

    def restore(self, identifier: str, before: R | None) -> None:
        """Put a record back that a request had changed, or remove what it had added."""
        returns = before is not None and identifier not in self._rows
        self._set(identifier, self._rows.get(identifier), before)
        if returns:
            # It came back at the end, and the order is that of creation.
            self._rows = dict(sorted(self._rows.items(), key=lambda item: item[1].sequence))

    def _set(self, identifier: str, before: R | None, after: R | None) -> None:
        if after is None:
            self._rows.pop(identifier, None)
        else:
            self._rows[identifier] = after
        for index in self._indexes:
            index.move(before, after)

    def values(self) -> ValuesView[R]:
        """Give the records, oldest first."""
        return self._rows.values()

    def items(self) -> ItemsView[str, R]:
        """Give the records with their ids, oldest first."""
        return self._rows.items()

    def __getitem__(self, identifier: str) -> R:
        return self._rows[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._rows
