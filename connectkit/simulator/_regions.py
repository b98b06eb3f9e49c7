"""The states of a simulator by account and region, made as they are asked for, and the file that keeps them."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

from connectkit.simulator.connect.instances import add_instance
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.ids import Ids
from connectkit.simulator.state.region import RegionState
from connectkit.simulator.state.settings import Settings
from connectkit.simulator.state.table import Journal

if TYPE_CHECKING:
    # Some Pythons come without SQLite, and most simulators keep nothing.
    from connectkit.simulator.persistence.state_file import StateFile

__all__ = ["Regions"]

_ALIAS = "simulated"


class Regions:
    """The states, the journal of their changes, and what makes a simulator the one that it is.

    Raises StateFileError when there is a state file and it can't be used.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        seed: int | None,
        with_instance: bool,
        state_file: str | os.PathLike[str] | None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._with_instance = with_instance
        self._states: dict[tuple[str, str], RegionState] = {}
        self._file = None if state_file is None else _open(state_file)
        opened = 1 if self._file is None else self._file.opened
        self.journal: Journal = Journal()
        # Repeatable rather than secret: these identifiers guard nothing. No process repeats those of one before it.
        source = random.Random(seed if seed is None or opened == 1 else f"{seed}/{opened}")  # noqa: S311
        self.ids: Ids = Ids(source)
        self.instance_id: str = self.ids.uuid()
        """The id of the instance that every region begins with."""
        self.token_secret: bytes = self.ids.secret()
        if self._file is not None:
            self._resume(self._file)

    def _resume(self, file: StateFile) -> None:
        try:
            self.instance_id, self.token_secret = file.identity(self.instance_id, self.token_secret)
            file.restore(self._clock, self._make)
        except BaseException:
            file.close()
            raise
        file.follow(self.journal, self._states, self._clock)

    def region(self, account_id: str, region: str) -> RegionState:
        """Give the state of an account in a region, made with its instance if there was none."""
        state = self._states.get((account_id, region))
        if state is not None:
            return state
        state = self._make(account_id, region)
        if self._with_instance:
            now = self._clock.now()
            add_instance(state, instance_id=self.instance_id, alias=_ALIAS, now=now, adopts_domain=True)
            try:
                # It stays, whatever becomes of the request that first came to this region.
                self.journal.commit(now)
            except BaseException:
                del self._states[account_id, region]
                raise
        return state

    def states(self) -> list[RegionState]:
        """Give every state there is."""
        return list(self._states.values())

    @property
    def are_empty(self) -> bool:
        """Whether there is nothing but what every region begins with."""
        return not any(
            table.address.kind != "instance" or list(table) != [self.instance_id]
            for state in self._states.values()
            for table in state.tables()
            if table
        )

    def clear(self) -> None:
        """Forget every state."""
        if self._file is not None:
            self._file.clear()
        self._states.clear()

    def save_time(self) -> None:
        """Write down what time it is, where there is a file; each change of a state does so as well."""
        if self._file is not None:
            self._file.save_time(self._clock)

    def close(self) -> None:
        """Let go of the file, where there is one, with the time that it is now. A second time is no fault."""
        if self._file is not None and not self._file.is_closed and not self._file.is_foreign:
            self._file.save_time(self._clock)
            self._file.close()

    def _make(self, account_id: str, region: str) -> RegionState:
        state = RegionState(account_id=account_id, region=region, settings=self._settings, journal=self.journal)
        self._states[account_id, region] = state
        return state


def _open(path: str | os.PathLike[str]) -> StateFile:
    from connectkit.simulator.persistence.state_file import StateFile

    return StateFile(path)
