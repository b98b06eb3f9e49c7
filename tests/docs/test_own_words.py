"""What we write is ours: no run of words is that of AWS's documentation, which botocore brings along."""

from __future__ import annotations

import ast
import html
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import botocore.session
import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from ..simulator.helpers import has_operation

ROOT = Path(__file__).parents[2]

LONGEST = 6
"""How many words in a row may be the same: fewer say nothing of where they come from."""

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text, without case, markup and punctuation."""
    return tuple(re.findall(r"[a-z0-9]+(?:[._'$-][a-z0-9]+)*", text.lower()))


def runs_of(words: Words) -> Iterator[Words]:
    """Every run of one word more than may be the same."""
    return (words[start : start + LONGEST + 1] for start in range(len(words) - LONGEST))


def documentation(node: object) -> Iterator[str]:
    """Every ``documentation`` in a part of a service model, without its markup."""
    if isinstance(node, dict):
        for key, value in cast("dict[str, object]", node).items():
            if key == "documentation" and isinstance(value, str):
                yield html.unescape(re.sub(r"<[^>]*>", " ", value))
            else:
                yield from documentation(value)
    elif isinstance(node, list):
        for item in cast("list[object]", node):
            yield from documentation(item)


@pytest.fixture(scope="module")
def theirs() -> frozenset[Words]:
    """Every run of words in AWS's documentation of the two services."""
    loader: Any = botocore.session.get_session().get_component("data_loader")
    models = [loader.load_service_model(service, "service-2") for service in ("connectcases", "connect")]
    return frozenset(run for model in models for text in documentation(model) for run in runs_of(words_of(text)))


def prose_of_python(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module, docstrings and messages alike, and its comments, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    block: list[str] = []
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if block and token.start[0] != last + 1:
                yield last, " ".join(block)
                block = []
            block.append(token.string.lstrip("# "))
            last = token.start[0]
    yield last, " ".join(block)


def prose_of_markdown(source: str) -> Iterator[tuple[int, str]]:
    """The paragraphs and the rows of tables of a page, code left out, with their lines."""
    without_code = re.sub(r"(?ms)^ *```.*?^ *```", lambda code: "\n" * code.group().count("\n"), source)
    for paragraph in re.finditer(r"(?:^(?!\|).+\n?)+|^\|.*$", without_code, flags=re.MULTILINE):
        yield without_code.count("\n", 0, paragraph.start()) + 1, paragraph.group()


def prose_of_toml(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a data file, and its comments."""
    ahead: list[object] = [tomllib.loads(source)]
    while ahead:
        value = ahead.pop()
        if isinstance(value, dict):
            ahead += cast("dict[str, object]", value).values()
        elif isinstance(value, list):
            ahead += cast("list[object]", value)
        elif isinstance(value, str):
            yield source.count("\n", 0, max(source.find(value), 0)) + 1, value
    for comment in re.finditer(r"(?:^#.*\n?)+", source, flags=re.MULTILINE):
        yield source.count("\n", 0, comment.start()) + 1, comment.group().replace("#", " ")


READERS = {".py": prose_of_python, ".md": prose_of_markdown, ".toml": prose_of_toml}


def our_files() -> list[Path]:
    """What has sentences of ours that others read."""
    folders = ("connectkit", "codegen", "docs", "examples", "benchmarks", "release")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in READERS]
    return sorted([*found, *ROOT.glob("*.md")])


def copied(text: str, theirs: frozenset[Words]) -> list[str]:
    """What of a text is AWS's, each passage in its full length."""
    words = words_of(text)
    same = [start for start, run in enumerate(runs_of(words)) if run in theirs]
    passages: list[str] = []
    for start in same:
        if start - 1 in same:
            continue
        end = start
        while end + 1 in same:
            end += 1
        passages.append(" ".join(words[start : end + LONGEST + 1]))
    return passages


def test_nothing_of_ours_is_in_the_words_of_aws(theirs: frozenset[Words]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {passage}"
        for path in our_files()
        for line, text in READERS[path.suffix](path.read_text(encoding="utf-8"))
        for passage in copied(text, theirs)
    ]
    assert not found, "\n".join(found)


SENTENCE = "Only the summary of this Sentence, which AWS wrote, was copied from them by hand."


@pytest.mark.parametrize(
    ("suffix", "source"),
    [
        (".py", f'"""Says it.\n\n{SENTENCE}\n"""\n'),
        (".py", f'class Case:\n    title: str\n    """{SENTENCE}"""\n'),
        (".py", "x = 1\n# Only the summary of this sentence,\n# which AWS wrote, was copied from them by hand.\n"),
        (".py", f'raise ValueError(f"{{x}}: {SENTENCE}")\n'),
        (
            ".md",
            "# A\n\nOnly the **summary** of this `sentence`, which AWS\nwrote, was copied from them by hand.\n",
        ),
        (".md", f"| a | b |\n|---|---|\n| `a` | {SENTENCE} |\n"),
        (".toml", f'[members]\ntitle = "{SENTENCE}"\n'),
        (".toml", f'groups = [["a", "{SENTENCE}"]]\n'),
        (".toml", f"# {SENTENCE}\n[members]\n"),
    ],
)
def test_it_would_be_found_wherever_it_stands(suffix: str, source: str) -> None:
    model = {"shapes": {"Case": {"documentation": f"<p>{SENTENCE.replace('this', '<i>this</i>')}</p>"}}}
    theirs = frozenset(run for text in documentation(model) for run in runs_of(words_of(text)))
    found = [passage for _, text in READERS[suffix](source) for passage in copied(text, theirs)]
    assert found == [" ".join(words_of(SENTENCE))]


def test_code_on_a_page_is_no_prose() -> None:
    page = f"Before.\n\n```python\n# {SENTENCE}\n```\n\nAfter.\n"
    assert [(line, text.strip()) for line, text in prose_of_markdown(page)] == [(1, "Before."), (7, "After.")]


def test_a_few_words_may_be_the_same() -> None:
    theirs = frozenset(runs_of(words_of(SENTENCE)))
    assert copied("It was copied from them by hand.", theirs) == []
    assert copied("Wrote: was copied from them by hand.", theirs) == ["wrote was copied from them by hand"]


def test_what_is_looked_at_is_there(theirs: frozenset[Words]) -> None:
    # The oldest botocore has fewer operations, and words.
    assert len(theirs) > (20_000 if has_operation("connectcases", "BatchUpdateCase") else 15_000)
    names = {str(path.relative_to(ROOT)) for path in our_files()}
    assert {"README.md", "docs/cases.md", "codegen/docs/connect.toml"} <= names
    assert {"connectkit/models/connectcases/cases.py", "connectkit/simulator/cases/search.py"} <= names
