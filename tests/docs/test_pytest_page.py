"""The files that pages show for pytest are run by it, each section of a page as a project of its own."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from .pages import PAGES, Block, blocks, blocks_in, name_of

pytest_plugins = ["pytester"]

TEST = re.compile(r"^ *def test_", re.MULTILINE)
# What runs more than once.
PARAMETRIZED = 'parametrize("attempt", [1, 2])'


def sections(page: Path) -> list[list[Block]]:
    """Give the files for pytest of each section that has some."""
    parts = re.split(r"^#{2,3} ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    files = [[block for block in blocks_in(part, page) if block.is_test_file] for part in parts]
    return [some for some in files if some]


TESTED = [page for page in PAGES if sections(page)]


def test_the_pages_about_tests_have_some() -> None:
    assert {"getting-started.md", "simulator-pytest.md"} <= {name_of(page) for page in TESTED}
    # All of the Python there: what has no file's name would not be run.
    (page,) = (page for page in TESTED if page.name == "simulator-pytest.md")
    assert sum(map(len, sections(page))) == sum(block.language == "python" for block in blocks(page))


@pytest.mark.parametrize("page", TESTED, ids=name_of)
def test_what_the_page_shows_runs(page: Path, pytester: pytest.Pytester) -> None:
    modules = pytester.mkdir("modules")  # what the tests are about
    for block in blocks(page):
        if block.title.endswith(".py") and not block.is_test_file:
            (modules / block.title).write_text(block.text, encoding="utf-8")
    expected = 0
    for number, files in enumerate(sections(page)):
        assert len(files) == len({block.title for block in files}), "two files of one name in a section"
        if find_spec("moto") is None and any("import mock_aws" in block.text for block in files):
            continue
        directory = pytester.mkdir(f"section_{number}")
        for block in files:
            (directory / block.title).write_text(block.text, encoding="utf-8")
            expected += len(TEST.findall(block.text)) + block.text.count(PARAMETRIZED)
    pytester.makeini("[pytest]\npythonpath = modules\n")
    # One process for all, in which modules of one name don't get in each other's way.
    result = pytester.runpytest_subprocess("--strict-markers", "--import-mode=importlib", "-p", "no:cacheprovider")
    assert expected > 1
    assert result.parseoutcomes().get("passed") == expected
    assert result.ret == pytest.ExitCode.OK
