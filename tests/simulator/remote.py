"""One HTTP server for all tests, each of which has a simulator of its own behind it, and clients that reach it."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, Any

from connectkit.simulator import HttpRequest, HttpResponse, Simulator
from connectkit.simulator.server import SimulatorServer

from .helpers import BOTO3, ONE_ATTEMPT

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Remote"]


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
            client = self._clients[service, region_name] = BOTO3.client(
                service,
                region_name=region_name,
                endpoint_url=self.url,
                aws_access_key_id="AKIAANY",
                aws_secret_access_key="any",
                config=ONE_ATTEMPT,
            )
        return client

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send a request as it is, and give the status, the headers and the body of the answer."""
        connection = http.client.HTTPConnection(self._server.host, self._server.port, timeout=20)
        try:
            connection.request(method, target, body, dict(headers))
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()
