"""The pages that people read, and the blocks of code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]

# A fence may be indented: in a list, or in a tab of the theme.
_BLOCK = re.compile(r"^( *)```(\w+)?([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r' title="([^"]*)"')
_TEST_FILE = re.compile(r"(test_\w+|conftest)\.py")

PRINTS = "prints"
"""The title of a block that shows all that the Python block before it prints, with ``…`` for what varies."""


@dataclass(frozen=True)
class Block:
    """A block of code on a page."""

    page: Path
    language: str
    title: str
    text: str
    line: int
    """Of its first line, counted from 1."""

    @property
    def is_test_file(self) -> bool:
        """Whether it is a file for pytest, which runs it with others of its section."""
        return _TEST_FILE.fullmatch(self.title) is not None

    @property
    def place(self) -> str:
        """Where to find it."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def name_of(page: Path) -> str:
    """What a test calls a page."""
    return page.relative_to(DOCS if DOCS in page.parents else ROOT).as_posix()


def blocks_in(text: str, page: Path) -> Iterator[Block]:
    """Give the blocks of a text that is part of a page, or the whole."""
    for found in _BLOCK.finditer(text):
        _, language, more, code = found.groups()
        title = _TITLE.search(more)
        line = text.count("\n", 0, found.start(4)) + 1
        yield Block(page, language or "", title.group(1) if title else "", dedent(code), line)


def blocks(page: Path) -> list[Block]:
    """Give the blocks of a page in their order."""
    return list(blocks_in(page.read_text(encoding="utf-8"), page))


def blocks_of(*languages: str) -> list[Block]:
    """Give the blocks of all pages that are in one of these languages."""
    return [block for page in PAGES for block in blocks(page) if block.language in languages]


def is_shown(shown: str, printed: str) -> bool:
    """Whether ``shown`` is all that is printed: with ``…`` for anything on a line, alone on a line for any lines."""
    return re.fullmatch(_pattern(shown), printed.rstrip("\n")) is not None


def is_among(shown: str, printed: str) -> bool:
    """Whether ``shown``, in the same way, is some of the lines that are printed, one after the other."""
    return re.search(f"^{_pattern(shown)}$", printed, re.MULTILINE) is not None


def _pattern(shown: str) -> str:
    lines = ["(?s:.*)" if line.strip() == "…" else re.escape(line).replace("…", ".*") for line in shown.splitlines()]
    return "\n".join(lines)


def run(block: Block, names: dict[str, Any]) -> None:
    """Run a Python block; a traceback has the line numbers of the page."""
    code = compile("\n" * (block.line - 1) + block.text, str(block.page), "exec")
    exec(code, names)  # noqa: S102 - our own text
