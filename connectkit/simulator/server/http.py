"""The local HTTP server: for the AWS CLI, SDKs of other languages, and processes other than the simulator's own."""

from __future__ import annotations

import logging
import os
import socket
import socketserver
import sys
import threading
from contextlib import suppress
from http.server import ThreadingHTTPServer
from ipaddress import ip_address
from types import TracebackType
from typing import Any

from typing_extensions import Self

from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.server.application import Application
from connectkit.simulator.server.connection import Connection, Log, Serving

__all__ = ["SimulatorServer"]

_logger = logging.getLogger("connectkit.simulator")
# Where to connect on this machine to what listens on all its addresses.
_LOOPBACK_OF = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - a key, not an address to bind
_GRACE_SECONDS = 5.0
_POLL_SECONDS = 0.05


class SimulatorServer:
    """An HTTP server that answers for a simulator, so that other processes and other languages can use it.

    As a context manager it serves from a thread of its own::

        with SimulatorServer(Simulator()) as server:
            cases = boto3.client("connectcases", endpoint_url=server.url, ...)

    and :meth:`serve_forever` serves from the thread that calls it. The address is taken when it is made.

    Each request is for the service and the region that its signature names, else its host; where neither does,
    for the service that has such a path. Signatures are not verified.

    Args:
        simulator: what answers; by default a new one whose clock goes on by itself.
        host: the address to listen on. Whoever can reach it can read and change everything.
        port: the port to listen on; 0 for one that is free.
        patience: how many seconds a connection may be silent before it is closed.
        log: takes a line for each request: its method, operation, status and how long it took.

    Raises:
        OSError: the address can't be listened on.
    """

    def __init__(
        self,
        simulator: Simulator | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        patience: float = 120.0,
        log: Log | None = None,
    ) -> None:
        self.simulator: Simulator = simulator or Simulator(clock=Clock(live=True))
        """What answers."""
        self.host = host
        """Address that it listens on."""
        self._shared = Serving(Application(self.simulator), patience, log)
        self._listener = _Listener(host, port, self._shared)
        self.port: int = self._listener.server_address[1]
        """Port that it listens on."""
        self._thread: threading.Thread | None = None
        self._serving = threading.Lock()

    @property
    def url(self) -> str:
        """What clients on this machine take as ``endpoint_url``."""
        host = _LOOPBACK_OF.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether no other machine can reach it."""
        address = str(self._listener.server_address[0]).partition("%")[0]
        return ip_address(address).is_loopback

    def serve_forever(self) -> None:
        """Answer requests until :meth:`close` is called from elsewhere, or an exception ends it.

        Raises RuntimeError when the server is closed.
        """
        if self._shared.stopping.is_set():
            raise RuntimeError("this server is closed; make another one")
        with self._serving:
            self._listener.serve_forever(_POLL_SECONDS)

    def start(self) -> None:
        """Answer requests from a new thread until :meth:`close`. Raises RuntimeError when there is one already."""
        if self._thread is not None or self._shared.stopping.is_set():
            raise RuntimeError("this server has been started already; make another one")
        self._thread = threading.Thread(target=self.serve_forever, name="connectkit-simulator", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more connections, let requests that are being answered finish, and close everything.

        A second time is no fault.
        """
        if self._shared.stopping.is_set():
            return
        self._shared.stopping.set()
        if self._thread is not None or self._serving.locked():
            self._listener.shutdown()
        self._listener.server_close()
        self._listener.finish(_GRACE_SECONDS)
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        """Start serving from a thread."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self.close()


class _Listener(ThreadingHTTPServer):
    """The listening socket, and the connections that came of it."""

    # A port in use is to be an error. On Windows the option would allow it to be taken a second time.
    allow_reuse_address = os.name == "posix"
    allow_reuse_port = False
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, shared: Serving) -> None:
        self._shared = shared
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self.address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        super().__init__((host, port), self._connect)

    def server_bind(self) -> None:
        """Bind, without asking a name server for this machine's name as the base class does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give a new connection its thread."""
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection that has ended."""
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base class's signature
        """Report what went wrong with a connection, unless it is that the client has gone."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            _logger.error("the simulator's server failed on a connection", exc_info=error)

    def finish(self, seconds: float) -> None:
        """Wait for answers that are being given, then close every connection."""
        with self._changed:
            # Whoever waits for a request sees the connection end; an answer can still be written.
            self._shut_down(socket.SHUT_RD)
            self._changed.wait_for(lambda: not self._open, seconds)
            self._shut_down(socket.SHUT_RDWR)

    def _shut_down(self, how: int) -> None:
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(how)

    def _connect(self, request: Any, client_address: Any, server: Any) -> Connection:
        return Connection(self._shared, request, client_address, server)
