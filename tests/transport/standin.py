"""A stand-in for the services: an HTTP server on 127.0.0.1 that answers, or fails to, as a test tells it.

Each entry of the script is one answer; the last one is given again to whoever asks more often, so that a test that
counts the requests at the server sees every repetition.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import Self

REQUEST_ID = "0f1e2d3c-request"


@dataclass(frozen=True)
class Answer:
    """What goes back over the wire for one request."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    missing: int = 0
    """How many bytes of the announced length are held back before the connection is reset."""


RESET = "reset"
"""The connection is reset when the request has been read."""
SILENCE = "silence"
"""The request is read, and nothing ever comes back."""
Entry = Answer | str


def reply(body: Mapping[str, Any] | None = None, **headers: str) -> Answer:
    """A success with a JSON body."""
    return Answer(200, json.dumps(body or {}).encode(), headers)


def failure(code: str, status: int, *, headers: Mapping[str, str] | None = None, **members: Any) -> Answer:
    """An error as both services send them: its code in a header, its members in the body."""
    return Answer(status, json.dumps(members).encode(), {"x-amzn-ErrorType": code, **(headers or {})})


def throttled(*, retry_after: str | None = None) -> Answer:
    return failure(
        "ThrottlingException",
        429,
        headers={} if retry_after is None else {"Retry-After": retry_after},
        message="Rate exceeded",
    )


def broken(status: int = 500) -> Answer:
    return failure("InternalServerException", status, message="Something went wrong")


@dataclass(frozen=True)
class Received:
    """A request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body or b"{}")
        return parsed


class StandIn:
    """``with StandIn() as service: service.script = [throttled(), reply()]``; then look at ``service.requests``."""

    def __init__(self, *, port: int = 0) -> None:
        self.script: list[Entry] = [reply()]
        self.answer: Callable[[Received], Entry] | None = None
        """In place of a script: what to answer to a request."""
        self.requests: list[Received] = []
        self._lock = threading.Lock()
        self._closing = False
        self._open: list[socket.socket] = []
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept, name="stand-in", daemon=True)]

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def listen(self) -> None:
        """Until this is called connections are refused."""
        self._listener.listen(64)
        self._threads[0].start()

    def close(self) -> None:
        self._closing = True
        # Closing a socket doesn't wake up who waits for it on every system; a connection does.
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass
        self._listener.close()
        with self._lock:
            held = list(self._open)
        for connection in held:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(5)

    def bodies(self, member: str) -> list[Any]:
        """One member of every request's body, in the order in which they arrived."""
        return [request.json.get(member) for request in self.requests]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._closing:
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,), name="stand-in", daemon=True)
            with self._lock:
                self._open.append(connection)
                self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            request = _read(connection)
            if request is None:
                return
            with self._lock:
                entry = self.script[min(len(self.requests), len(self.script) - 1)]
                self.requests.append(request)
            if self.answer is not None:
                entry = self.answer(request)
            if entry == SILENCE:
                connection.recv(1)  # until the caller has had enough
            elif isinstance(entry, Answer):
                connection.sendall(_written(entry))
                if entry.missing:
                    _reset(connection)
            else:
                _reset(connection)
        except OSError:
            pass  # the caller went away, or the test is over
        finally:
            connection.close()


def refused_url() -> str:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def _reset(connection: socket.socket) -> None:
    # Closing without lingering sends RST in place of FIN.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _read(connection: socket.socket) -> Received | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = int(headers.get("content-length", "0"))
    while len(body) < length:
        body += connection.recv(65536)
    method, path, _ = first.split(" ", 2)
    return Received(method, path, headers, body)


def _written(answer: Answer) -> bytes:
    headers = {
        "Content-Type": "application/json",
        "x-amzn-RequestId": REQUEST_ID,
        "Connection": "close",
        "Content-Length": str(len(answer.body) + answer.missing),
        **answer.headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {answer.status} -\r\n{head}\r\n".encode("latin-1") + answer.body
