"""One HTTP server for all tests, each of which has a simulator of its own behind it, and clients that reach it."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from connectkit.simulator import HttpRequest, HttpResponse, Simulator
from connectkit.simulator.server import SimulatorServer

from .helpers import make_standing_client

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Answer", "Remote", "Send"]


@dataclass(frozen=True)
class Answer:
    """What came back for a request that no client made."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def error(self) -> str | None:
        """The name of the error, or None when it is none."""
        return self.headers.get("x-amzn-ErrorType")


class Send(Protocol):
    """Sends a request past any client."""

    def __call__(self, method: str, target: str, body: object = None, *, service: str = "cases") -> Answer:
        """Send it, and give the answer.

        Args:
            method: the method.
            target: the raw path, with the query if there is one.
            body: bytes, or what becomes JSON; None for nothing.
            service: the service as signatures name it.
        """
        ...


class _Relay(Simulator):
    """What the server speaks to: it passes every request on to the simulator of the test that is running."""

    def __init__(self) -> None:
        super().__init__()
        self.current: Simulator | None = None

    def handle(
        self,
        request: HttpRequest,
        /,
        *,
        service: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
    ) -> HttpResponse:
        assert self.current is not None
        return self.current.handle(request, service=service, region=region, account_id=account_id)


class Remote:
    """A server, started once, since starting one and its clients for each test would take longer than the tests."""

    def __init__(self) -> None:
        self._relay = _Relay()
        self._server = SimulatorServer(self._relay)
        self._clients: dict[tuple[str, str], Any] = {}

    @property
    def url(self) -> str:
        """Where it is."""
        return self._server.url

    def start(self) -> None:
        """Begin to serve."""
        self._server.start()

    def close(self) -> None:
        """End it."""
        self._server.close()

    def serve(self, simulator: Simulator | None) -> None:
        """Let a simulator answer from now on."""
        self._relay.current = simulator

    def client(self, service: str, region_name: str) -> Any:
        """Give a plain boto3 client that reaches the server."""
        client = self._clients.get((service, region_name))
        if client is None:
            client = make_standing_client(service, region_name, endpoint_url=self.url)
            self._clients[service, region_name] = client
        return client

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request as it is."""
        connection = http.client.HTTPConnection(self._server.host, self._server.port, timeout=20)
        try:
            connection.request(method, target, body, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()
