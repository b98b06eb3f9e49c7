"""Every page of the documentation has a place, a title and a first paragraph that says what it is for."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .pages import DOCS, PAGES, ROOT, name_of

IN_DOCS = [page for page in PAGES if DOCS in page.parents]
# What search engines and link previews show of a description.
SHORTEST, LONGEST = 40, 600
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]*)(#[^)\s]*)?\)")


def configuration() -> Any:
    """Read mkdocs.yml; its tags, such as those for Python's names, mean something to MkDocs alone."""
    yaml: Any = import_module("yaml")  # has no types
    loader: Any = type("Loader", (yaml.SafeLoader,), {})

    def untold(_loader: Any, suffix: str, _node: Any) -> str:
        return suffix

    loader.add_multi_constructor("", untold)
    return yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), loader)


def in_nav(entries: list[str | dict[str, Any]]) -> Iterator[str]:
    """Give the pages that a part of the navigation leads to."""
    for entry in entries:
        for leads_to in [entry] if isinstance(entry, str) else entry.values():
            yield from [leads_to] if isinstance(leads_to, str) else in_nav(leads_to)


def without_code(page: Path) -> str:
    """Give the text of a page without its blocks of code."""
    return re.sub(r"^( *)```.*?^\1```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_every_page_is_in_the_navigation_once_and_no_other() -> None:
    pages = [entry for entry in in_nav(configuration()["nav"]) if "://" not in entry]
    assert sorted(pages) == sorted(name_of(page) for page in IN_DOCS)


@pytest.mark.parametrize("page", IN_DOCS, ids=name_of)
def test_a_page_begins_with_its_title_and_what_it_is_for(page: Path) -> None:
    parts = [part.strip() for part in without_code(page).split("\n\n") if part.strip()]
    title, first = parts[0], parts[1]
    assert re.fullmatch(r"# \S.*", title), f"{title!r} is no heading of the first level"
    assert sum(part.startswith("# ") for part in parts) == 1
    assert first[0].isalnum() or first[0] in "`*[", f"{first!r} is no paragraph"
    assert SHORTEST <= len(first) <= LONGEST


@pytest.mark.parametrize("page", IN_DOCS, ids=name_of)
def test_what_a_page_is_for_becomes_its_description(page: Path) -> None:
    hook = runpy.run_path(str(DOCS / ".hooks" / "description.py"))["on_page_markdown"]
    seen = SimpleNamespace(meta={})
    text = page.read_text(encoding="utf-8")
    assert hook(text, page=seen, config=None, files=None) == text
    assert SHORTEST <= len(seen.meta["description"]) <= LONGEST
    assert not re.search(r"[`\n]|\]\(|\*\*", seen.meta["description"])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    for target, _ in LINK.findall(without_code(page)):
        if target:
            assert (page.parent / target).resolve().exists(), target
