"""What the simulator's tests share: a simulator, plain boto3 clients of it, and a domain with a template.

Tests of what the service does run over each way in: below ``cases`` and ``connect`` the fixture ``way`` has a value
for the hook inside the process and one for the server.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Clock, HttpRequest, Simulator, simulate

from .helpers import START, DomainFixture, make_standing_client
from .remote import Answer, Remote, Send

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


@pytest.fixture(scope="session")
def cases_client() -> Any:
    """A client of Cases that was made before any simulation; making one takes as long as a test."""
    return make_standing_client("connectcases")


@pytest.fixture(scope="session")
def connect_client() -> Any:
    """A client of Connect that was made before any simulation."""
    return make_standing_client("connect")


@pytest.fixture
def cases(sim: Simulator, way: str, cases_client: Any, request: pytest.FixtureRequest) -> Any:
    """A plain boto3 client of Cases."""
    return _bring_in(cases_client, sim, way, request)


@pytest.fixture
def connect(sim: Simulator, way: str, connect_client: Any, request: pytest.FixtureRequest) -> Any:
    """A plain boto3 client of Connect."""
    return _bring_in(connect_client, sim, way, request)


def _bring_in(client: Any, sim: Simulator, way: str, request: pytest.FixtureRequest) -> Any:
    if way == "in-process":
        sim.attach(client)
        return client
    remote: Remote = request.getfixturevalue("remote")
    return remote.client(client.meta.service_model.service_name, sim.region_name)


@pytest.fixture
def send(sim: Simulator, way: str, request: pytest.FixtureRequest) -> Send:
    """Send requests that no client would."""
    scope = "AWS4-HMAC-SHA256 Credential=AKIAANY/20300101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"

    def send(method: str, target: str, body: object = None, *, service: str = "cases") -> Answer:
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = {"Authorization": scope.format(service)}
        if way == "http":
            remote: Remote = request.getfixturevalue("remote")
            return remote.send(method, target, headers, data)
        path, _, query = target.partition("?")
        response = sim.handle(HttpRequest(method, path, query, headers, data))
        return Answer(response.status, response.headers, response.body)

    return send


@pytest.fixture
def domain(cases: Any) -> DomainFixture:
    """A domain with one template."""
    return DomainFixture(cases)
