"""Simulators that keep their state in one file, one after the other."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Clock, Simulator, simulate
from tests.simulator.helpers import START, make_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Restarts:
    """Opens simulators on a state file; a new one ends the one before, as a restart does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sim: Simulator
        self._stack = ExitStack()

    def __call__(self, **options: Any) -> Simulator:
        """Open the file, and have clients made from now on use it."""
        self.end()
        options.setdefault("clock", Clock(START))
        self.sim = self._stack.enter_context(closing(Simulator(state_file=self.path, **options)))
        self._stack.enter_context(simulate(simulator=self.sim))
        return self.sim

    def client(self, service: str = "connectcases", region_name: str = "us-east-1") -> Any:
        """Make a plain boto3 client of the one that is open."""
        return make_client(service, region_name)

    def end(self) -> None:
        """Close the one that is open, if one is."""
        self._stack.close()


@pytest.fixture
def restart(tmp_path: Path) -> Iterator[Restarts]:
    """Opens a simulator on the test's state file, each time anew."""
    restarts = Restarts(tmp_path / "state.db")
    yield restarts
    restarts.end()
