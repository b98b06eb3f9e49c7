"""One connection to the server: reads its requests one after the other, and writes the answers."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedReader
from threading import TIMEOUT_MAX, Event
from typing import Any, NoReturn, TypeAlias, cast
from urllib.parse import urlsplit

from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.server.application import Application
from connectkit.simulator.server.body import Framing, decompress, read_body
from connectkit.simulator.server.refusals import RefusedError, refuse
from connectkit.simulator.server.writing import one_line, reason_of

__all__ = ["Connection", "Log", "Serving"]

Log: TypeAlias = Callable[[str], None]
"""Takes a line of text."""

_LONGEST_LINE = 65536
_TLS_HANDSHAKE = b"\x16"
_METHOD = re.compile(r"[A-Za-z]{1,12}")
_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
# How long, and how much, to listen to a client that was refused and goes on sending. Were the connection closed
# at once, the client would be told of that and never see the answer.
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Serving:
    """What all connections of a server share."""

    application: Application
    patience: float
    """How many seconds a connection may be silent."""
    log: Log | None = None
    """Takes a line for each request."""
    stopping: Event = field(default_factory=Event)
    """Set when the server is to end: whoever waits answers at once, and connections close after their answer."""


class Connection(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with one client, which may send as many requests as it likes."""

    command: str
    close_connection: bool
    raw_requestline: bytes
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, shared: Serving, request: socket.socket, client_address: Any, server: Any) -> None:
        self._shared = shared
        self._expects_continue = False
        super().__init__(request, client_address, server)

    def setup(self) -> None:
        """Open the connection's two streams."""
        super().setup()
        self.connection.settimeout(self._shared.patience)

    def handle_one_request(self) -> None:
        """Read a request and answer it, whatever it is; the base class calls this until the connection ends."""
        try:
            if self._read_request_line():
                self._read_headers()
                self._handle_request()
        except RefusedError as error:
            self._end(error)
        except OSError:
            # The client has gone away, or says nothing more. There is nobody to tell.
            self.close_connection = True

    def handle_expect_100(self) -> bool:
        """Put off the invitation to send a body until it is known whether the body will be read."""
        self._expects_continue = True
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> NoReturn:  # noqa: ARG002 - the base class's signature
        """Refuse what the base class can't parse; :meth:`handle_one_request` answers it."""
        self.command = self.command or ""
        # As a plain number: the base class's own ones are enumerated.
        raise RefusedError(int(code), message or HTTPStatus(code).phrase)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's signature
        """Say nothing: the base class would print paths, in which there are identifiers."""

    def _read_request_line(self) -> bool:
        """Read a request line, and say whether there is one. Raises RefusedError for one that can't be one."""
        self._expects_continue = False
        self.command = ""
        if cast("BufferedReader", self.rfile).peek(1)[:1] == _TLS_HANDSHAKE:
            raise RefusedError(400, "This server speaks http, not https")
        self.raw_requestline = self.rfile.readline(_LONGEST_LINE + 1)
        if self.raw_requestline in {b"\r\n", b"\n"}:
            # Some clients end a body with one that belongs to nothing.
            self.close_connection = False
            return False
        if len(self.raw_requestline) > _LONGEST_LINE:
            raise RefusedError(414, "The request line is too long")
        if self.raw_requestline.isspace():
            raise RefusedError(400, "The request line is empty")
        self.close_connection = True
        return bool(self.raw_requestline)

    def _read_headers(self) -> None:
        """Parse the request line and read the headers after it. Raises RefusedError when they are none."""
        self.parse_request()
        if self.request_version == "HTTP/0.9":
            raise RefusedError(400, "The request line must end with a version, such as HTTP/1.1")
        if self.headers.defects:
            # Python's parser takes such a line for the end of the headers, and drops the rest.
            raise RefusedError(400, "Every header line must be a name, a colon and a value")

    def _handle_request(self) -> None:
        began = time.monotonic()
        body = self._read_body()
        path, query = _split_target(self.path)
        try:
            body = decompress(body, self.headers.get("Content-Encoding"))
            request = HttpRequest(self.command, path, query, dict(self.headers.items()), body)
            response = self._shared.application.answer(request)
        except RefusedError as error:
            response = refuse(error.status, error.message)
        if response.delay:
            self._shared.stopping.wait(min(response.delay, TIMEOUT_MAX))
        self._note(response, time.monotonic() - began)
        if response.lost:
            self.close_connection = True
        else:
            self._write(response)

    def _read_body(self) -> bytes:
        lengths = self.headers.get_all("Content-Length") or []
        framing = Framing(lengths, self.headers.get_all("Transfer-Encoding") or [])
        if self._expects_continue and framing.has_body:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            return read_body(self.rfile, framing)
        except TimeoutError as error:
            raise RefusedError(408, "The rest of the request did not come in time") from error

    def _end(self, error: RefusedError) -> None:
        """Answer what can't be read to its end, and end the connection: what follows can't be told apart."""
        self.close_connection = True
        response = refuse(error.status, error.message)
        self._note(response, 0.0)
        with suppress(OSError):
            self._write(response)
            self._linger()

    def _linger(self) -> None:
        """Listen to what a client goes on sending, so that it sees the answer before the connection closes."""
        self.connection.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + _LINGER_SECONDS
        left = _LINGER_BYTES
        while left > 0 and (patience := deadline - time.monotonic()) > 0 and not self._shared.stopping.is_set():
            self.connection.settimeout(patience)
            received = len(self.connection.recv(_LONGEST_LINE))
            if not received:
                break
            left -= received

    def _write(self, response: HttpResponse) -> None:
        """Write an answer in one piece."""
        self.close_connection = self.close_connection or self._shared.stopping.is_set()
        headers = dict(response.headers)
        body = response.body
        if response.status in _WITHOUT_BODY:
            headers.pop("Content-Length", None)
            body = b""
        elif self.command == "HEAD":
            body = b""
        headers |= {
            "Date": self.date_time_string(),
            "Server": "connectkit-simulator",
            "Connection": "close" if self.close_connection else "keep-alive",
        }
        lines = [f"HTTP/1.1 {response.status} {reason_of(response.status)}"]
        lines += [f"{name}: {one_line(value)}" for name, value in headers.items()]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def _note(self, response: HttpResponse, seconds: float) -> None:
        if self._shared.log is None:
            return
        # Whatever else stands in its place may be meant for the terminal that shows the log.
        method = self.command if _METHOD.fullmatch(self.command) else "?"
        outcome = "lost" if response.lost else str(response.status)
        self._shared.log(f"{method} {response.operation or '-'} {outcome} {seconds * 1000:.1f} ms")


def _split_target(target: str) -> tuple[str, str]:
    """Give the raw path and the raw query of a request's target, which may be a whole URL."""
    if not target.startswith("/") and "://" in target:
        try:
            url = urlsplit(target)
        except ValueError:
            return target, ""
        return url.path or "/", url.query
    path, _, query = target.partition("?")
    return path, query
