"""Many threads at once lose nothing, and nobody sees a half-written case, whichever way they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.config import Config

from connectkit.simulator import Clock, Simulator, simulate
from connectkit.simulator.server import SimulatorServer

from ..simulator.helpers import BOTO3, needs
from .crowd import THREADS, Crowd, check_what_is_left

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_ATTEMPT = Config(retries={"total_max_attempts": 1}, max_pool_connections=THREADS)


def make_client(**members: Any) -> Any:
    """Make a client for one thread, whose credentials are made up."""
    return BOTO3.client(
        "connectcases",
        region_name="us-east-1",
        aws_access_key_id="AKIAANY",
        aws_secret_access_key="any",
        config=ONE_ATTEMPT,
        **members,
    )


@pytest.fixture(params=["in-process", "http"])
def crowd(request: pytest.FixtureRequest) -> Iterator[Crowd]:
    """A crowd, not yet let loose."""
    if request.param == "in-process":
        with simulate():
            yield Crowd(make_client)
        return
    with SimulatorServer(Simulator(clock=Clock(live=True))) as server:
        yield Crowd(lambda: make_client(endpoint_url=server.url))


@needs("connectcases", "DeleteCase")
@pytest.mark.parametrize("seconds", [pytest.param(1, id="a second"), pytest.param(30, marks=pytest.mark.slow)])
def test_sixteen_threads_lose_nothing_and_see_no_half_written_case(crowd: Crowd, seconds: int) -> None:
    crowd.run(seconds)
    left = check_what_is_left(crowd, crowd.make_client())
    print(f"{crowd.writes} writes, {crowd.reads} cases looked at, {left} left")  # noqa: T201  # shown with -s
    assert crowd.writes > THREADS
