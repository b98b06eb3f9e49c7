"""The JavaScript that docs/simulator-server.md shows does what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, blocks
from tests.simulator.server.support import Command

from .javascript_story import NODE
from .support import JAVASCRIPT, find_program, make_environment, run

if TYPE_CHECKING:
    from pathlib import Path

SNIPPETS = [block for block in blocks(DOCS / "simulator-server.md") if block.language == "js"]
ADDRESS = "http://127.0.0.1:4599"


@pytest.mark.clients
@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_it_runs(number: int, tmp_path: Path) -> None:
    node = find_program(NODE)
    (tmp_path / "node_modules").symlink_to(JAVASCRIPT / "node_modules")
    file = tmp_path / "page.test.mjs"
    text = SNIPPETS[number].text
    assert ADDRESS in text
    with Command() as command:  # one of its own, which it may reset
        file.write_text(text.replace(ADDRESS, command.url), encoding="utf-8")
        done = run([node, "--test", file], make_environment(command.url, tmp_path))
        status, _, errors = command.end()
    assert done.returncode == 0, done.stdout
    assert (status, errors) == (0, "")
