"""The page of rules and the tests belong together: each rule has a test that names it, and each name a rule."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "simulator-rules.md"
TESTS = Path(__file__).parent
SOURCES = {"model", "guide", "example", "seen", "inferred"}
_ROW = re.compile(r"\| `([^`]*)` \| (.+) \| ([^|]+) \|")
_ID = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


class Rule(NamedTuple):
    """A row of the page."""

    id: str
    sentence: str
    source: str


class Mark(NamedTuple):
    """A rule that a test names."""

    rule: str
    test: str


def read_page() -> list[Rule]:
    """Give the rules of the page."""
    rows = (_ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return [Rule(*row.groups()) for row in rows if row is not None]


def read_marks() -> Iterator[Mark]:
    """Give the rules that tests name with ``@pytest.mark.rule``."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for decorator in node.decorator_list:
                    yield from (Mark(rule, f"{path.name}::{node.name}") for rule in _named(decorator))


def _named(decorator: ast.expr) -> Iterator[str]:
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.rule":
        for argument in decorator.args:
            assert isinstance(argument, ast.Constant), f"{ast.unparse(decorator)}: write the ids out"
            yield str(argument.value)


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    """The rules of the page."""
    return read_page()


@pytest.fixture(scope="module")
def marks() -> list[Mark]:
    """What tests name."""
    return list(read_marks())


def test_every_rule_has_a_test_that_names_it(rules: list[Rule], marks: list[Mark]) -> None:
    shown = {mark.rule for mark in marks}
    assert [rule.id for rule in rules if rule.id not in shown] == []


def test_every_name_is_that_of_a_rule(rules: list[Rule], marks: list[Mark]) -> None:
    known = {rule.id for rule in rules}
    assert [mark for mark in marks if mark.rule not in known] == []


def test_every_row_of_the_page_is_read(rules: list[Rule]) -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(lines) == len(rules) > 0


def test_a_rule_is_on_the_page_once_with_a_known_source_and_a_whole_sentence(rules: list[Rule]) -> None:
    assert [rule for rule, count in Counter(rule.id for rule in rules).items() if count > 1] == []
    for rule in rules:
        assert _ID.fullmatch(rule.id), rule
        assert rule.source in SOURCES, rule
        assert rule.sentence[0].isupper() or rule.sentence[0] == "`", rule
        assert rule.sentence.endswith("."), rule


def test_a_test_names_a_rule_once(marks: list[Mark]) -> None:
    assert [mark for mark, count in Counter(marks).items() if count > 1] == []
