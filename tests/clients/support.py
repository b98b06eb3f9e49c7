"""What both clients share: where their programs are, what they see of the machine, and what telling a story is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv-clients"
JAVASCRIPT = Path(__file__).parent / "javascript"

TEXT = 'Päckchen 荷物 📦 "zu Hause"\n\\ &Action=DeleteDomain&Version=2022-10-03 </script>'
"""What every client, and everything between it and the server, has to leave as it is."""
TAG = {"team": "Größe ✓"}

_PATIENCE = 120
"""In seconds; longer than any chapter takes on the slowest machine that runs these tests."""


class Story(Protocol):
    """A client that can tell the story, chapter by chapter, to the server that it was made for."""

    def tell(self, chapter: str, **given: Any) -> Any:
        """Tell a chapter with what it is given, and give what the service answered.

        A moment that the client itself made sense of comes back as a datetime. Raises AssertionError, with what
        the client wrote, when it could not tell the chapter.
        """
        ...


class Control:
    """What a server lets those who test with it arrange and see, from now on."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_simulator"
        self._begin = len(self._requests())

    def arrange(self, kind: str, operation: str, **members: Any) -> None:
        """Have calls of an operation go wrong, as ``POST /_simulator/faults`` says it."""
        self._ask("POST", "faults", {"kind": kind, "operation": operation, **members})

    def calls(self, operation: str | None = None) -> list[Any]:
        """Give the requests that there were for an operation, or all of them, oldest first."""
        return [one for one in self._requests()[self._begin :] if operation in (None, one["operation"])]

    def end(self) -> None:
        """Let everything go well again."""
        self._ask("DELETE", "faults")

    def _requests(self) -> list[Any]:
        return list(self._ask("GET", "requests")["requests"])

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}/{path}", data, method=method)  # noqa: S310 - a server of ours
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - as above
            return json.load(answer)


def find_program(pattern: str) -> Path:
    """Give the program that ``make clients`` installed, by its place in that environment."""
    found = sorted(ENVIRONMENT.glob(pattern))
    if not found or not (JAVASCRIPT / "node_modules").is_dir():
        pytest.fail("the clients are not installed; run the tests with: make clients", pytrace=False)
    return found[0]


def make_environment(url: str, home: Path) -> dict[str, str]:
    """Give all that a client sees of its environment: what a user sets to reach a server, and nothing of this
    machine's own configuration.
    """
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "AWS_ENDPOINT_URL_CONNECTCASES": url,
        "AWS_ENDPOINT_URL_CONNECT": url,
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_CONFIG_FILE": str(home / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONUTF8": "1",
    }


def run(
    command: Sequence[str | Path], environment: Mapping[str, str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever becomes of it, with a text as its standard input."""
    return subprocess.run(  # noqa: S603 - programs that `make clients` installed
        [str(part) for part in command],
        env=dict(environment),
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )


def read_moment(text: str) -> datetime:
    """Give the moment that ISO-8601 text with an offset means."""
    # fromisoformat() does not take the Z before Python 3.11.
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def camel(name: str) -> str:
    """Give a Python name as JavaScript writes it."""
    return re.sub(r"_([a-z])", lambda match: match.group(1).upper(), name)
