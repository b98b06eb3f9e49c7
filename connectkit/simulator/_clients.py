"""The way in for boto3 clients: a handler on a client's ``before-send`` event answers its requests.

Each client has one tap at most. A tap has a stack of routes, of which the topmost answers, so that
simulations can be nested and a client goes back to the one before, or to the real service, when it is taken
out of the last.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from connectkit.simulator._botocore import (
    Client,
    PreparedRequest,
    add_before_send,
    client_read_timeout,
    client_region,
    client_service,
    connection_closed_error,
    make_response,
    read_timeout_error,
    remove_before_send,
)
from connectkit.simulator._services import SERVICE_NAMES
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.http import HttpRequest, HttpResponse

__all__ = [
    "ANSWERED",
    "Handle",
    "Route",
    "SimulationEndedError",
    "body_bytes",
    "connect_client",
    "disconnect_client",
    "is_connected",
]

ANSWERED: Final = "X-Connectkit-Answered"
"""The header of a request that has its answer, for handlers that botocore calls all the same."""

_UNIQUE_ID = "connectkit-simulator"


class Handle(Protocol):
    """What answers requests."""

    def __call__(
        self, request: HttpRequest, /, *, service: str | None = None, region: str | None = None
    ) -> HttpResponse:
        """Answer a request for a service in a region."""
        ...


class SimulationEndedError(RuntimeError):
    """A client that belongs to a simulation was used after the simulation had ended.

    Nothing was sent: the request would have gone to AWS, where nobody meant it to go.
    """


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What has to be known of a client to answer it."""

    service: str
    region: str
    read_timeout: float
    """In seconds; infinite for a client that waits for ever."""


class Route:
    """One way from clients to a simulator. Once it is closed it refuses every request."""

    def __init__(self, handle: Handle, clock: Clock) -> None:
        self._handle = handle
        self._clock = clock
        self._open = True

    @property
    def is_open(self) -> bool:
        """Whether it still answers."""
        return self._open

    def close(self) -> None:
        """End the simulation for every client on this route."""
        self._open = False

    def answer(self, request: PreparedRequest, client: ClientFacts) -> Any:
        """Answer a request of botocore with a response of botocore.

        A test may have arranged for botocore's own exceptions instead: ``ConnectionClosedError``, and
        ``ReadTimeoutError`` where the answer takes longer than the client waits. Nothing really waits.
        """
        if not self._open:
            raise SimulationEndedError(
                f"this {client.service} client was made inside simulate(), which has ended; make a new client. "
                "Nothing was sent."
            )
        url = urlsplit(request.url)
        headers = {
            name: value.decode("latin-1") if isinstance(value, bytes) else value
            for name, value in request.headers.items()
        }
        headers.setdefault("Host", url.netloc)
        response = self._handle(
            HttpRequest(request.method, url.path or "/", url.query, headers, body_bytes(request)),
            service=client.service,
            region=client.region,
        )
        if response.delay:
            self._clock.advance(min(response.delay, client.read_timeout))
            if response.delay >= client.read_timeout:
                raise read_timeout_error(request.url)
        if response.lost:
            raise connection_closed_error(request.url)
        return make_response(request.url, response.status, response.headers, response.body)


class _Tap:
    """The handler on one client."""

    def __init__(self, client: Client) -> None:
        self.routes: tuple[Route, ...] = ()
        # Not the client itself, which would keep it alive for ever.
        self._facts = ClientFacts(client_service(client), client_region(client), client_read_timeout(client))

    def __call__(self, request: PreparedRequest, **_: object) -> Any:
        routes = self.routes
        if not routes:
            # Another thread has just taken the client out of its last simulation.
            return None
        answer = routes[-1].answer(request, self._facts)
        # botocore calls every handler and takes the first answer. A later one should not carry it out again.
        request.headers[ANSWERED] = _UNIQUE_ID
        return answer


_taps: WeakKeyDictionary[Client, _Tap] = WeakKeyDictionary()
_connecting = threading.Lock()


def connect_client(client: Client, route: Route) -> None:
    """Have ``route`` answer a client's requests from now on.

    Raises ValueError when the client is one of a service that is not simulated.
    """
    service = client_service(client)
    if service not in SERVICE_NAMES:
        raise ValueError(f"the simulator has no {service}; it has {', '.join(sorted(SERVICE_NAMES))}")
    with _connecting:
        tap = _taps.get(client)
        if tap is None:
            tap = _taps[client] = _Tap(client)
            add_before_send(client, tap, unique_id=_UNIQUE_ID)
        if route not in tap.routes:
            tap.routes = (*tap.routes, route)


def disconnect_client(client: Client, route: Route) -> None:
    """Take a client off a route; off its last one, its requests are sent again."""
    with _connecting:
        tap = _taps.get(client)
        if tap is None or route not in tap.routes:
            return
        tap.routes = tuple(other for other in tap.routes if other is not route)
        if not tap.routes:
            remove_before_send(client, tap, unique_id=_UNIQUE_ID)
            del _taps[client]


def is_connected(client: Client) -> bool:
    """Say whether a client is on any route."""
    return client in _taps


def body_bytes(request: PreparedRequest) -> bytes:
    """Give the body of a request of botocore, whichever form it has; none is an empty one."""
    body = request.body
    if body is None:
        return b""
    if isinstance(body, io.IOBase):
        return bytes(body.read())
    return body.encode() if isinstance(body, str) else bytes(body)
