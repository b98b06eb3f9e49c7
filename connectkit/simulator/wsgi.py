"""The simulator as a WSGI application, for those who bring their own server.

``gunicorn --threads 8 'connectkit.simulator.wsgi:make_app()'`` or
``waitress-serve --call connectkit.simulator.wsgi:make_app``. Several processes would be several simulators.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from threading import TIMEOUT_MAX
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.server.application import Application
from connectkit.simulator.server.body import LARGEST_BODY, Framing, decompress
from connectkit.simulator.server.paths import encode_path
from connectkit.simulator.server.refusals import RefusedError, refuse
from connectkit.simulator.server.writing import one_line, reason_of

__all__ = ["Environ", "StartResponse", "WsgiApp", "make_app"]

Environ: TypeAlias = Mapping[str, Any]
"""A request, as PEP 3333 has it."""
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], Any]
"""What takes the status line and the headers of the answer, as PEP 3333 has it."""

_NO_CONTENT = 204
_CHUNK = 65536


class Input(Protocol):
    """The body of a request, as WSGI has it."""

    def read(self, size: int, /) -> bytes:
        """Give up to so many bytes."""
        ...


class WsgiApp:
    """Answers WSGI requests for a simulator, its control paths included.

    Unlike the server of its own it can't break a connection: where a test has arranged for that, the answer is a 502,
    which AWS SDKs take for a passing trouble as well.
    """

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        """What answers."""
        self._application = Application(simulator)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        try:
            response = self._application.answer(_read_request(environ))
        except RefusedError as error:
            response = refuse(error.status, error.message)
        if response.delay:
            time.sleep(min(response.delay, TIMEOUT_MAX))
        if response.lost:
            response = refuse(502, "The connection would have broken here, as the test arranged")
        return _write_response(response, environ, start_response)


def make_app(simulator: Simulator | None = None) -> WsgiApp:
    """Make the application for a simulator, by default for a new one whose clock goes on by itself."""
    return WsgiApp(simulator or Simulator(clock=Clock(live=True)))


def _read_request(environ: Environ) -> HttpRequest:
    method = str(environ["REQUEST_METHOD"])
    headers = _read_headers(environ)
    body = decompress(_read_body(environ), headers.get("Content-Encoding"))
    return HttpRequest(method, _raw_path(environ, method), str(environ.get("QUERY_STRING", "")), headers, body)


def _raw_path(environ: Environ, method: str) -> str:
    """Give the undecoded path below where the application is mounted."""
    mounted = [segment for segment in str(environ.get("SCRIPT_NAME", "")).split("/") if segment]
    # Servers differ in the name, and a few give neither.
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if raw is None:
        return encode_path(method, str(environ.get("PATH_INFO", "")).encode("latin-1"))
    target = str(raw)
    path = target.partition("?")[0] if target.startswith("/") else urlsplit(target).path
    return "/" + "/".join(path.removeprefix("/").split("/")[len(mounted) :])


def _read_headers(environ: Environ) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-").title(): str(value) for name, value in environ.items() if name.startswith("HTTP_")
    }
    if content_type := environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = str(content_type)
    return headers


def _read_body(environ: Environ) -> bytes:
    stream: Input = environ["wsgi.input"]
    length = environ.get("CONTENT_LENGTH")
    if length:
        size = Framing([str(length)], []).length
        body = _read_up_to(stream, size)
        if len(body) < size:
            raise RefusedError(400, f"The request ended after {len(body)} bytes of a body of {size}")
        return body
    if not environ.get("HTTP_TRANSFER_ENCODING"):
        return b""
    if not environ.get("wsgi.input_terminated"):
        # Where the body ends is between the server and the client; reading on could wait for ever.
        raise RefusedError(411, "This WSGI server does not take a body without a Content-Length")
    body = _read_up_to(stream, LARGEST_BODY + 1)
    if len(body) > LARGEST_BODY:
        raise RefusedError(413, f"A body may have at most {LARGEST_BODY} bytes")
    return body


def _read_up_to(stream: Input, size: int) -> bytes:
    body = bytearray()
    while len(body) < size and (chunk := stream.read(min(size - len(body), _CHUNK))):
        body += chunk
    return bytes(body)


def _write_response(response: HttpResponse, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    has_body = response.status != _NO_CONTENT
    headers = [
        (name, one_line(value))
        for name, value in response.headers.items()
        if has_body or name.lower() not in {"content-length", "content-type"}
    ]
    start_response(f"{response.status} {reason_of(response.status)}", headers)
    return [response.body] if has_body and environ["REQUEST_METHOD"] != "HEAD" else []
