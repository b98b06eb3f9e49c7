"""The command's options, and what each of them may be."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DEFAULT_PORT", "Options", "parse_arguments"]

DEFAULT_PORT = 4599

_PORTS = range(65536)
_ACCOUNT = re.compile(r"[0-9]{12}")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked to do."""

    host: str
    port: int
    account_id: str
    region: str
    seed: Path | None
    state: Path | None
    verbose: bool


def parse_arguments(arguments: Sequence[str] | None = None) -> Options:
    """Read a command line, by default this process's.

    Raises SystemExit, with status 2 and after an explanation, for one that makes no sense.
    """
    parser = argparse.ArgumentParser(
        prog="connectkit-simulator",
        description="A local server that simulates Amazon Connect Cases, Views and Task Templates.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: %(default)s, which only this machine can reach)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        help="port to listen on, 0 for one that is free (default: %(default)s)",
    )
    parser.add_argument(
        "--account-id",
        type=_account_id,
        default="123456789012",
        metavar="ID",
        help="AWS account that everything belongs to (default: %(default)s)",
    )
    parser.add_argument(
        "--region",
        type=_region,
        default="us-east-1",
        help="region of requests whose signature names none (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=Path,
        metavar="FILE",
        help="JSON file with what to begin with: domains, cases, views and so on, in names and plain values",
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="file to keep the state in, so that it survives a restart or a kill; made if it does not exist",
    )
    parser.add_argument("--verbose", action="store_true", help="write a line for each request to standard error")
    parsed = parser.parse_args(arguments)
    return Options(
        host=parsed.host,
        port=parsed.port,
        account_id=parsed.account_id,
        region=parsed.region,
        seed=parsed.seed,
        state=parsed.state,
        verbose=parsed.verbose,
    )


def _port(text: str) -> int:
    if text.isdecimal() and text.isascii() and int(text) in _PORTS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; it must be a number from 0 to {_PORTS[-1]}")


def _account_id(text: str) -> str:
    if _ACCOUNT.fullmatch(text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no account id; it must have 12 digits")


def _region(text: str) -> str:
    if _REGION.fullmatch(text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no region; it must be one such as us-east-1")
