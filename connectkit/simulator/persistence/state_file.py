"""A state in a file: what a simulator was, and each of its changes as it is made."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from connectkit.simulator.core.clock import Clock
from connectkit.simulator.persistence.codec import Codec, RecordError
from connectkit.simulator.persistence.database import Database, Row, RowKey
from connectkit.simulator.persistence.errors import StateFileError
from connectkit.simulator.persistence.records import codec_of
from connectkit.simulator.state.region import RegionState
from connectkit.simulator.state.table import Change, Journal, Table

__all__ = ["StateFile"]

T = TypeVar("T")

Regions = Mapping[tuple[str, str], RegionState]

_INSTANCE_ID = "instance_id"
_TOKEN_SECRET = "token_secret"  # noqa: S105 - the name of a fact
_OPENED = "opened"
_TIME = "time"


class StateFile:
    """A file with the state of one simulator.

    Raises StateFileError when it can't be used: see :class:`Database`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._closed = False
        self._database = Database(path)
        try:
            self.opened: int = (self._fact(_OPENED, int) or 0) + 1
            """How many times the file has been opened, this one included."""
            with self._database.transaction():
                self._database.put_fact(_OPENED, str(self.opened))
        except BaseException:
            self._database.close()
            raise

    @property
    def path(self) -> str:
        """Where the file is."""
        return self._database.path

    @property
    def is_closed(self) -> bool:
        """Whether it has been closed."""
        return self._closed

    @property
    def is_foreign(self) -> bool:
        """Whether it belongs to the process that this one was forked off from."""
        return self._database.is_foreign

    def identity(self, instance_id: str, token_secret: bytes) -> tuple[str, bytes]:
        """Give what tells the simulator whose state it is from others; a new file takes what is given."""
        known_id, known_secret = self._fact(_INSTANCE_ID, str), self._fact(_TOKEN_SECRET, bytes.fromhex)
        if known_id is not None and known_secret is not None:
            return known_id, known_secret
        with self._database.transaction():
            self._database.put_fact(_INSTANCE_ID, instance_id)
            self._database.put_fact(_TOKEN_SECRET, token_secret.hex())
        return instance_id, token_secret

    def restore(self, clock: Clock, make_region: Callable[[str, str], RegionState]) -> None:
        """Set the clock to where it was, and put every record back into the regions that ``make_region`` gives.

        Raises StateFileError, with the place, for what can't be read.
        """
        self._restore_time(clock)
        now = clock.now()
        regions: dict[tuple[str, str], RegionState] = {}
        for account, name, last_sequence in self._database.regions():
            regions[account, name] = region = make_region(account, name)
            region.resume(last_sequence)
        with _collector_resting():
            places: dict[tuple[str, ...], tuple[Codec, Table[Any]]] = {}
            for row in self._database.rows():
                account, name, owner, kind, identifier = row.key
                try:
                    place = places.get(row.key[:-1])
                    if place is None:
                        place = places[row.key[:-1]] = codec_of(kind), regions[account, name].table(kind, owner)
                    codec, table = place
                    table.load(codec.read(row.record), now)
                except RecordError as error:
                    raise StateFileError(f"{self.path}: {kind} {identifier}: {error}") from error
                except KeyError as error:
                    home = f"{account}/{name}/{owner}".rstrip("/")
                    raise StateFileError(f"{self.path}: {kind} {identifier}: there is no {home}") from error

    def follow(self, journal: Journal, regions: Regions, clock: Clock) -> None:
        """Have every change that a journal keeps written to the file, before it lasts.

        ``regions`` are those of the simulator, as they come to be.
        """
        journal.keep = lambda changes: self._keep(changes, regions, clock)

    def save_time(self, clock: Clock) -> None:
        """Note what time it is; each change does so too."""
        with self._database.transaction():
            self._put_time(clock)

    def clear(self) -> None:
        """Forget every record and region. The identity stays."""
        with self._database.transaction():
            self._database.clear()

    def close(self) -> None:
        """Close the file. What comes to be changed afterwards fails; a second time is no fault."""
        self._closed = True
        self._database.close()

    def _keep(self, changes: Sequence[Change], regions: Regions, clock: Clock) -> None:
        """Write changes down. Should that fail, nothing has been written."""
        latest: dict[RowKey, Any] = {}
        removed: list[RowKey] = []
        removed_owners: list[tuple[str, str, str]] = []
        for change in changes:
            account, region, kind, owner = change.table.address
            key = RowKey(account, region, owner, kind, change.id)
            if change.after is not None:
                # A record that is changed keeps its place, as it does in its table.
                latest[key] = change.after
                continue
            latest.pop(key, None)
            removed.append(key)
            if not owner:
                # What belonged to it has gone with it, of which the journal does not speak.
                removed_owners.append((account, region, change.id))
                latest = {key: after for key, after in latest.items() if key[:3] != removed_owners[-1]}
        rows = [Row(key, after.sequence, codec_of(key.kind).write(after)) for key, after in latest.items()]
        database = self._database
        with database.transaction():
            database.remove_owned(removed_owners)
            database.remove(removed)
            database.put(rows)
            for account, region in {change.table.address[:2] for change in changes}:
                database.put_region(account, region, regions[account, region].last_sequence)
            self._put_time(clock)

    def _put_time(self, clock: Clock) -> None:
        times = {"simulated": clock.now().isoformat(), "real": datetime.now(timezone.utc).isoformat()}
        self._database.put_fact(_TIME, json.dumps(times))

    def _restore_time(self, clock: Clock) -> None:
        """Set the clock to where it was. One that goes on by itself has gone on since then."""
        if (moment := self._fact(_TIME, lambda text: _read_time(text, live=clock.live))) is not None:
            clock.set(moment)

    def _fact(self, name: str, read: Callable[[str], T]) -> T | None:
        """Give a fact as ``read`` reads it, or None when it is not known."""
        text = self._database.fact(name)
        try:
            return None if text is None else read(text)
        except (ValueError, KeyError, TypeError) as error:
            raise StateFileError(f"{self.path} has no readable {name}: {text!r}") from error


def _read_time(text: str, *, live: bool) -> datetime:
    times = json.loads(text)
    simulated, real = datetime.fromisoformat(times["simulated"]), datetime.fromisoformat(times["real"])
    passed = datetime.now(timezone.utc) - real if live else timedelta(0)
    return simulated + max(passed, timedelta(0))


@contextmanager
def _collector_resting() -> Generator[None, None, None]:
    """Have Python look for no garbage meanwhile: among so many new objects it takes long and finds none."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # What has come to be counts as old from now on; as new it would all be looked at at once.
            gc.freeze()
            gc.unfreeze()
        gc.enable()
