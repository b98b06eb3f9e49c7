"""The Python blocks of the README and of docs/ run, page by page, on the simulated service, and print what is shown.

What a block prints is shown in one of two ways, and both are checked:

- in a block of text with the title "prints" behind it: all that it prints;
- in a comment behind a ``print`` and on the lines below it: what that ``print`` prints, once at least.

``…`` stands for what is different each time.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from connectkit.simulator import simulate

from ..simulator.helpers import needs, needs_member
from .pages import DOCS, PAGES, PRINTS, Block, blocks, is_among, is_shown, name_of, run

# What a page may take for granted, as its reader has it from the page before.
BEFORE = """
from connectkit import ConnectKit
from connectkit.models import connectcases as cases
kit = ConnectKit(region_name="us-east-1")
domain = kit.send(cases.CreateDomainRequest(name="Taken for granted"))
"""

# What a page is about, and an old boto3 has not.
NEEDS = {
    "cases.md": needs("connectcases", "BatchUpdateCase"),
    "filters.md": needs_member("connectcases", "CaseFilter", "tag"),
    "from-boto3.md": needs("connectcases", "BatchUpdateCase"),
    "pagination.md": needs_member("connectcases", "SearchCasesResponse", "totalCount"),
    "provisioning.md": needs_member("connectcases", "CaseRuleDetails", "hidden"),
    "related-items.md": needs("connectcases", "BatchCreateRelatedItem"),
    "simulator.md": needs("connectcases", "BatchUpdateCase"),
    "views.md": needs("connect", "SearchViews"),
}


def snippets(page: Path) -> list[tuple[Block, Block | None]]:
    """Give the Python blocks to run, each with the one that shows what it prints."""
    found = blocks(page)
    behind: list[Block | None] = [block if block.title == PRINTS else None for block in found[1:]]
    return [
        (block, after)
        for block, after in zip(found, [*behind, None], strict=False)  # one more behind none at all
        if block.language == "python" and not block.is_test_file
    ]


def shown_in_comments(block: Block) -> Iterator[tuple[int, str]]:
    """Give what comments say that is printed, with the line on the page."""
    comments = {
        token.start[0]: (token.start[1], token.string[2:], not token.line[: token.start[1]].strip())
        for token in tokenize.generate_tokens(io.StringIO(block.text).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.walk(ast.parse(block.text)):
        match node:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
                line = node.end_lineno or node.lineno
                shown = [comments[line][1]] if line in comments else []
                below = line + 1
                while below in comments and comments[below][0] == node.col_offset and comments[below][2]:
                    shown.append(comments[below][1])
                    below += 1
                if shown:
                    yield block.line - 1 + line, "\n".join(shown)
            case _:
                pass


@pytest.mark.parametrize(
    "page", [pytest.param(page, id=name_of(page), marks=NEEDS.get(name_of(page), ())) for page in PAGES]
)
def test_snippets_run_and_print_what_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # some write files
    with simulate():
        names: dict[str, Any] = {}
        exec(BEFORE, names)  # noqa: S102 - our own text
        for block, shown in snippets(page):
            with redirect_stdout(io.StringIO()) as out:
                run(block, names)
            printed = out.getvalue()
            if shown is not None:
                assert is_shown(shown.text, printed), f"{shown.place} shows:\n{shown.text}\nprinted is:\n{printed}"
            for line, text in shown_in_comments(block):
                assert is_among(text, printed), f"{page.name}:{line}: {text!r} isn't in:\n{printed}"


def test_what_is_printed_stands_behind_what_prints_it() -> None:
    for page in PAGES:
        shown = [block for block in blocks(page) if block.title == PRINTS]
        assert shown == [after for _, after in snippets(page) if after is not None]


def test_there_are_snippets() -> None:
    pairs = [pair for page in PAGES for pair in snippets(page)]
    assert len(pairs) > 50
    assert sum(after is not None for _, after in pairs) > 5
    assert sum(len(list(shown_in_comments(block))) for block, _ in pairs) > 10
    assert all(block.text.strip() for block, _ in pairs)


def test_comments_that_show_what_is_printed_are_found() -> None:
    text = 'print("a # b")  # a # b\nif True:\n    print("c")\n    # c\n    #   …\n# not this\nx = 1  # nor this\n'
    block = Block(DOCS / "index.md", "python", "", text, 10)
    assert list(shown_in_comments(block)) == [(10, "a # b"), (12, "c\n  …")]


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("case …: open\n", "case 1-2: open\n", True),
        ("case …: open\n", "case 1\n2: open\n", False),
        ("first\n…\nlast\n", "first\n2\n3\nlast\n", True),
        ("first\n", "first\nsecond\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_an_ellipsis_stands_for_what_varies(shown: str, printed: str, *, expected: bool) -> None:
    assert is_shown(shown, printed) is expected
