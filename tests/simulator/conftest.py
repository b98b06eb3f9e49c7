"""What the simulator's tests share: a simulation, plain boto3 clients in it, and a domain with a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Clock, Simulator, simulate

from .helpers import START, DomainFixture, make_client

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sim() -> Iterator[Simulator]:
    """A running simulation, in which the clock starts at START and identifiers are the same in every run."""
    with simulate(simulator=Simulator(clock=Clock(START), seed=1)) as simulator:
        yield simulator


@pytest.fixture
def cases(sim: Simulator) -> Any:
    """A plain boto3 client of Cases, inside the simulation."""
    return make_client("connectcases", sim.region_name)


@pytest.fixture
def connect(sim: Simulator) -> Any:
    """A plain boto3 client of Connect, inside the simulation."""
    return make_client("connect", sim.region_name)


@pytest.fixture
def domain(cases: Any) -> DomainFixture:
    """A domain with one template."""
    return DomainFixture(cases)
