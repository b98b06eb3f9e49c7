"""The files that docs/simulator-pytest.md shows are run by pytest, each section as a project of its own."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PAGE = Path(__file__).parents[2] / "docs" / "simulator-pytest.md"
FILE = re.compile(r'^```python title="(\w+\.py)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
TEST = re.compile(r"^ *def test_", re.MULTILINE)
# What runs more than once.
PARAMETRIZED = 'parametrize("attempt", [1, 2])'


def sections() -> dict[str, list[tuple[str, str]]]:
    """Give the files of each section that has some, by its heading."""
    parts = re.split(r"^#{2,3} (.*)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        heading: files for heading, text in zip(parts[::2], parts[1::2], strict=True) if (files := FILE.findall(text))
    }


def test_every_file_has_a_name_and_no_section_two_the_same() -> None:
    assert PAGE.read_text(encoding="utf-8").count("```python") == sum(map(len, sections().values()))
    for files in sections().values():
        assert len(files) == len({name for name, _ in files})


def test_what_the_page_shows_runs(pytester: pytest.Pytester) -> None:
    expected = 0
    for number, files in enumerate(sections().values()):
        if find_spec("moto") is None and any("import mock_aws" in text for _, text in files):
            continue
        directory = pytester.mkdir(f"section_{number}")
        for name, text in files:
            (directory / name).write_text(text, encoding="utf-8")
            expected += len(TEST.findall(text)) + text.count(PARAMETRIZED)
    # One process for all, in which modules of one name don't get in each other's way.
    result = pytester.runpytest_subprocess("--strict-markers", "--import-mode=importlib", "-p", "no:cacheprovider")
    assert expected > 5
    assert result.parseoutcomes().get("passed") == expected
    assert result.ret == pytest.ExitCode.OK
