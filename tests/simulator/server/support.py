"""Short ways to speak to a server, with boto3, with http.client, and with a bare socket."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from typing_extensions import Self

from tests.simulator.helpers import BOTO3
from tests.simulator.remote import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from connectkit.simulator.server import SimulatorServer

ROOT = Path(__file__).parents[3]

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


def request(method: str, url: str, body: object = None) -> Any:
    """Send one request to a URL and give the JSON that comes back."""
    data = None if body is None else json.dumps(body).encode()
    message = urllib.request.Request(url, data, method=method)  # noqa: S310 - a server of this test
    with urllib.request.urlopen(message, timeout=_PATIENCE) as response:  # noqa: S310 - the same
        return json.load(response)


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


class Command:
    """The command, running in a process of its own; leaving it kills whatever is left of it."""

    def __init__(self, *arguments: str | Path, port: int = 0) -> None:
        command = [sys.executable, "-m", "connectkit.simulator", "--port", str(port), *map(str, arguments)]
        self.process = subprocess.Popen(  # noqa: S603 - this Python
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.url = ""

    def __enter__(self) -> Self:
        """Wait until it says where it is. Raises AssertionError, with what it says instead, when it doesn't."""
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        if not first:
            raise AssertionError(self.process.communicate(timeout=_PATIENCE))
        self.url = first.split()[-1]
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate(timeout=_PATIENCE)

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Send a signal, and give the exit status and what else it wrote to its two streams."""
        self.process.send_signal(number)
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        # Not communicate(), which does not know what was read ahead with the first line.
        output, errors = self.process.stdout.read(), self.process.stderr.read()
        return self.process.wait(timeout=_PATIENCE), output, errors

    def client(self, service: str = "connectcases", *, region_name: str = "us-east-1") -> Any:
        """Make a plain boto3 client of it."""
        return make_remote_client(service, self.url, region_name=region_name)


def run_command(*arguments: str | Path) -> tuple[int, str]:
    """Run the command where it can't start, and give the exit status and what it wrote to standard error."""
    command = [sys.executable, "-m", "connectkit.simulator", *map(str, arguments)]
    done = subprocess.run(  # noqa: S603 - this Python
        command, capture_output=True, text=True, cwd=ROOT, timeout=_PATIENCE, check=False
    )
    assert done.stdout == ""
    return done.returncode, done.stderr
