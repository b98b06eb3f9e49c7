"""The SQLite file that a state is kept in: opening it for one process alone, and reading and writing its rows.

Every transaction is in the write-ahead log before it counts as done, so a process that is killed loses nothing of what
it has answered. The log is not forced onto the disk each time (``synchronous=NORMAL``): when the machine itself fails,
the latest transactions may be lost, though what is left is whole.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, cast

from connectkit.simulator.persistence.errors import StateFileError

__all__ = ["FORMAT", "Database", "Row", "RowKey"]

FORMAT = 1
"""The version of the tables below. A member that is added to a record, with a default, is no new version."""

_APPLICATION_ID = 0x636B5349  # "ckSI", which `file` and SQLite's own tools show
_TABLES = """
    CREATE TABLE facts (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE regions (
        account TEXT NOT NULL,
        region TEXT NOT NULL,
        last_sequence INTEGER NOT NULL,
        PRIMARY KEY (account, region)
    ) WITHOUT ROWID;
    CREATE TABLE records (
        account TEXT NOT NULL,
        region TEXT NOT NULL,
        owner TEXT NOT NULL,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (account, region, owner, kind, id)
    );
"""
_PUT = """
    INSERT INTO records (account, region, owner, kind, id, sequence, record) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET sequence = excluded.sequence, record = excluded.record
"""
_REMOVE = "DELETE FROM records WHERE (account, region, owner, kind, id) = (?, ?, ?, ?, ?)"
_REMOVE_OWNED = "DELETE FROM records WHERE (account, region, owner) = (?, ?, ?)"
_PUT_FACT = "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_PUT_REGION = """
    INSERT INTO regions (account, region, last_sequence) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_sequence = excluded.last_sequence
"""


class RowKey(NamedTuple):
    """Where a record is."""

    account: str
    region: str
    owner: str
    kind: str
    id: str


class Row(NamedTuple):
    """A record as it is kept."""

    key: RowKey
    sequence: int
    record: str


class Database:
    """A state file that is open, for this process and no other.

    Raises StateFileError when the file is in use, belongs to something else, was written by a newer version, or
    can't be opened. A file that does not exist is made.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path: str = os.fspath(path)
        self._process = os.getpid()
        if not Path(self.path).parent.is_dir():
            raise StateFileError(f"{self.path} can't be made: there is no folder {Path(self.path).parent}")
        with self._explained():
            self._connection = sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self._explained():
                self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        execute = self._connection.execute
        # Before the file is touched: from the first access to it the lock is kept until the end.
        execute("PRAGMA locking_mode = EXCLUSIVE")
        execute("BEGIN EXCLUSIVE")
        application = self._pragma("application_id")
        version = self._pragma("user_version")
        (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application == 0 and version == 0 and tables == 0:
            for statement in _TABLES.split(";")[:-1]:
                execute(statement)
            execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            execute(f"PRAGMA user_version = {FORMAT}")
        elif application != _APPLICATION_ID:
            raise StateFileError(f"{self.path} is a database of something else; name a file that does not exist yet")
        elif version > FORMAT:
            raise StateFileError(
                f"{self.path} was written by a newer connectkit, in format {version}; this one reads up to {FORMAT}"
            )
        execute("COMMIT")
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    # ---- reading ---------------------------------------------------------------------------------------------------

    def fact(self, name: str) -> str | None:
        """Give a fact about the whole, or None when it is not known."""
        with self._explained():
            row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def regions(self) -> list[tuple[str, str, int]]:
        """Give the account, the name and the last sequence of every region."""
        with self._explained():
            return self._connection.execute("SELECT account, region, last_sequence FROM regions").fetchall()

    def rows(self) -> Iterator[Row]:
        """Give every record, those that own others before what they own and otherwise as they were added."""
        query = (
            "SELECT account, region, owner, kind, id, sequence, record FROM records WHERE owner {} '' ORDER BY rowid"
        )
        for comparison in ("=", "<>"):
            with self._explained():
                for row in self._connection.execute(query.format(comparison)):
                    yield Row(RowKey(*row[:5]), row[5], row[6])

    # ---- writing ---------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Generator[None, None, None]:
        """Have everything that is written inside be there together when this ends, or not at all."""
        with self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def put_fact(self, name: str, value: str) -> None:
        """Note a fact about the whole."""
        self._connection.execute(_PUT_FACT, (name, value))

    def put_region(self, account: str, region: str, last_sequence: int) -> None:
        """Note that there is a region, and the last sequence that was given out in it."""
        self._connection.execute(_PUT_REGION, (account, region, last_sequence))

    def put(self, rows: Iterable[Row]) -> None:
        """Write records."""
        self._connection.executemany(_PUT, [(*row.key, row.sequence, row.record) for row in rows])

    def remove(self, keys: Iterable[RowKey]) -> None:
        """Take records away."""
        self._connection.executemany(_REMOVE, list(keys))

    def remove_owned(self, owners: Iterable[tuple[str, str, str]]) -> None:
        """Take away everything that belongs to some owners, each with its account and region."""
        self._connection.executemany(_REMOVE_OWNED, list(owners))

    def clear(self) -> None:
        """Take all records and regions away."""
        self._connection.execute("DELETE FROM records")
        self._connection.execute("DELETE FROM regions")

    @property
    def is_foreign(self) -> bool:
        """Whether it belongs to the process that this one was forked off from."""
        return os.getpid() != self._process

    def close(self) -> None:
        """Close the file, so that another process may open it. A second time is no fault; a fork leaves it alone."""
        if not self.is_foreign:
            self._connection.close()

    @contextmanager
    def _explained(self) -> Generator[None, None, None]:
        """Have SQLite's errors say which file, and what to do about it where there is something.

        A process that was forked off must not use the connection at all: the file could be lost to both.
        """
        if self.is_foreign:
            raise StateFileError(f"{self.path} is in use by the process that this one was forked off from")
        try:
            yield
        except sqlite3.Error as error:
            raise StateFileError(f"{self.path} {_explain(error)}") from error


def _explain(error: sqlite3.Error) -> str:
    text = str(cast("Any", error))
    if "locked" in text:
        return "is in use by another simulator"
    if "not a database" in text:
        return "is no state file; name a file that does not exist yet"
    if "closed" in text:
        return "has been closed"
    return f"can't be used: {text}"
