"""A server in a thread, plain boto3 clients that reach it over its port, and raw sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Clock, Simulator
from connectkit.simulator.server import SimulatorServer
from tests.simulator.helpers import START

from .support import make_remote_client

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def simulator() -> Simulator:
    """A simulator whose clock stands at START and whose identifiers are the same in every run."""
    return Simulator(clock=Clock(START), seed=1)


@pytest.fixture
def log() -> list[str]:
    """The lines that the server logs."""
    return []


@pytest.fixture
def server(simulator: Simulator, log: list[str]) -> Iterator[SimulatorServer]:
    """A running server for that simulator."""
    with SimulatorServer(simulator, log=log.append) as running:
        yield running


@pytest.fixture
def cases(server: SimulatorServer) -> Any:
    """A plain boto3 client of Cases, over HTTP."""
    return make_remote_client("connectcases", server.url)


@pytest.fixture
def connect(server: SimulatorServer) -> Any:
    """A plain boto3 client of Connect, over HTTP."""
    return make_remote_client("connect", server.url)
