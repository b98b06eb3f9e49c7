"""What the simulator's tests share: a simulator, plain boto3 clients of it, and a domain with a template.

Tests of what the service does run over each way in: below ``cases`` and ``connect`` the fixture ``way`` has a value
for the hook inside the process and one for the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Clock, Simulator, simulate

from .helpers import START, DomainFixture, make_client
from .remote import Remote

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """See to it that a rule is shown over each way in."""
    for item in items:
        parameters: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
        if item.get_closest_marker("rule") is not None and "way" not in parameters:
            raise pytest.UsageError(f"{item.nodeid} shows a rule, so it needs `sim`, or a fixture that needs it")


@pytest.fixture
def way() -> str:
    """How requests reach the simulator: ``in-process`` or ``http``."""
    return "in-process"


@pytest.fixture(scope="session")
def remote() -> Iterator[Remote]:
    """The server that all tests share."""
    remote = Remote()
    remote.start()
    yield remote
    remote.close()


@pytest.fixture
def sim(way: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """A simulator that clients reach, whose clock starts at START and whose identifiers are always the same."""
    simulator = Simulator(clock=Clock(START), seed=1)
    if way == "in-process":
        with simulate(simulator=simulator):
            yield simulator
        return
    remote: Remote = request.getfixturevalue("remote")
    # What make_client() makes is to get there as well, the way people do it.
    for name, value in {
        "AWS_ENDPOINT_URL_CONNECTCASES": remote.url,
        "AWS_ENDPOINT_URL_CONNECT": remote.url,
        "AWS_ACCESS_KEY_ID": "AKIAANY",
        "AWS_SECRET_ACCESS_KEY": "any",
    }.items():
        monkeypatch.setenv(name, value)
    remote.serve(simulator)
    yield simulator
    remote.serve(None)


def _client(service: str, sim: Simulator, way: str, request: pytest.FixtureRequest) -> Any:
    if way == "in-process":
        return make_client(service, sim.region_name)
    remote: Remote = request.getfixturevalue("remote")
    return remote.client(service, sim.region_name)


@pytest.fixture
def cases(sim: Simulator, way: str, request: pytest.FixtureRequest) -> Any:
    """A plain boto3 client of Cases."""
    return _client("connectcases", sim, way, request)


@pytest.fixture
def connect(sim: Simulator, way: str, request: pytest.FixtureRequest) -> Any:
    """A plain boto3 client of Connect."""
    return _client("connect", sim, way, request)


@pytest.fixture
def domain(cases: Any) -> DomainFixture:
    """A domain with one template."""
    return DomainFixture(cases)
