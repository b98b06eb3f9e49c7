"""Short ways to speak to a server, with boto3, with http.client, and with a bare socket."""

from __future__ import annotations

import http.client
import json
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from tests.simulator.helpers import BOTO3

if TYPE_CHECKING:
    from collections.abc import Mapping

    from connectkit.simulator.server import SimulatorServer

_ONE_ATTEMPT = Config(retries={"total_max_attempts": 1}, read_timeout=20, connect_timeout=20)
_PATIENCE = 20


def make_remote_client(service: str, url: str, *, region_name: str = "us-east-1") -> Any:
    """Make a plain boto3 client that sends its requests to a server, once each."""
    return BOTO3.client(
        service,
        region_name=region_name,
        endpoint_url=url,
        aws_access_key_id="AKIAANY",
        aws_secret_access_key="any",
        config=_ONE_ATTEMPT,
    )


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    server: SimulatorServer, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Send one request over a connection of its own; ``body`` is bytes, or becomes JSON."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=_PATIENCE)
    try:
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection.request(method, path, raw, dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


def open_socket(server: SimulatorServer) -> socket.socket:
    """Connect to a server."""
    return socket.create_connection((server.host, server.port), timeout=_PATIENCE)


def speak(server: SimulatorServer, *pieces: bytes, end: bool = False) -> bytes:
    """Send bytes and give everything that comes back until the server closes the connection.

    With ``end``, say that nothing more will be sent.
    """
    received = b""
    with open_socket(server) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            if end:
                connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                received += chunk
        except (BrokenPipeError, ConnectionResetError):
            pass
    return received
