"""Runs commands of the AWS CLI as its users do, away from this machine's own AWS configuration."""

from __future__ import annotations

import json
import re
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import Self

from .support import find_program, make_environment, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CONFIG = "[default]\ncli_timestamp_format = iso8601\n"
"""Without it this CLI writes timestamps as they came, instead of those that it parsed."""
# The CLI's own way to write one; the services write Z, or a number.
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00")
_ERROR = re.compile(
    r"\s*An error occurred \((?P<code>\w+)\) when calling the (?P<operation>\w+) operation"
    r"( \(reached max retries: \d+\))?: (?P<message>.*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Outcome:
    """What became of a command."""

    status: int
    output: str
    errors: str

    @property
    def answer(self) -> Any:
        """What the command wrote, or None if it wrote nothing. Raises AssertionError when it failed."""
        assert (self.status, self.errors) == (0, ""), self
        return json.loads(self.output, object_hook=_read_timestamps) if self.output.strip() else None

    @property
    def refusal(self) -> dict[str, str] | None:
        """The error of the service that the command reports, or None when it succeeded."""
        if self.status == 0:
            return None
        match = _ERROR.fullmatch(self.errors.rstrip("\n"))
        assert match is not None, self
        return match.groupdict()


class AwsCli:
    """The AWS CLI for the server at ``url``, with ``home`` as its user's home directory."""

    def __init__(self, url: str, home: Path) -> None:
        self._program = find_program("bin/aws")
        self._environment = make_environment(url, home)
        self.home = home
        (home / "config").write_text(_CONFIG, encoding="utf-8")

    def setting(self, **variables: str) -> Self:
        """Give the same with some more variables in its environment."""
        other = copy(self)
        other._environment = {**self._environment, **variables}
        return other

    def run(self, *command: str, **options: Any) -> Outcome:
        """Run a command, whatever becomes of it.

        An option's value becomes what a user would type: text as it is, True as the option alone, and
        everything else as JSON.
        """
        words = list(command)
        for name, value in options.items():
            if value is not None:
                words.append(f"--{name.replace('_', '-')}")
                words.extend([] if value is True else [value if isinstance(value, str) else json.dumps(value)])
        done = run([self._program, *words], self._environment)
        return Outcome(done.returncode, done.stdout, done.stderr)

    def __call__(self, *command: str, **options: Any) -> Any:
        """Run a command that succeeds, and give what it wrote."""
        return self.run(*command, **options).answer

    def pages(self, *command: str, **options: Any) -> Iterator[Any]:
        """Run a list command again and again, until it gives no token any more."""
        token: str | None = None
        while True:
            answer = self(*command, next_token=token, **options)
            yield answer
            token = answer.get("nextToken")
            if token is None:
                return


def _read_timestamps(value: dict[str, Any]) -> dict[str, Any]:
    return {name: _read_timestamp(member) for name, member in value.items()}


def _read_timestamp(value: Any) -> Any:
    if isinstance(value, str) and _TIMESTAMP.fullmatch(value):
        return datetime.fromisoformat(value)
    return cast("Any", value)
