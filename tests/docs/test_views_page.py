"""What the page about views says is printed, is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from connectkit.simulator import simulate

from ..simulator.helpers import needs
from .test_snippets import BEFORE, ROOT, SNIPPET


@needs("connect", "SearchViews")
def test_what_the_page_shows_is_what_is_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "views.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    with simulate():
        exec(BEFORE, names)  # noqa: S102 - our own text
        for snippet in SNIPPET.findall(text):
            exec(snippet, names)  # noqa: S102 - our own text
    printed = capsys.readouterr().out
    shown = [line[2:] for snippet in SNIPPET.findall(text) for line in snippet.splitlines() if line.startswith("# ")]
    shown += ["created Refund, version 1", 'Body[0].Props.Label: "Accept" → "Yes"']
    assert len(shown) == 7
    for line in shown:
        assert re.search(re.escape(line).replace("…", ".*"), printed), line
    assert all(line in text for line in shown)
