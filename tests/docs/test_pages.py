"""Every page of the documentation has a place, a title and a first paragraph that says what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .pages import DOCS, PAGES, ROOT, name_of

IN_DOCS = [page for page in PAGES if DOCS in page.parents]
# What search engines and link previews show of a description.
SHORTEST, LONGEST = 40, 600
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]*)(#[^)\s]*)?\)")


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags for Python's names mean something to MkDocs alone."""


Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda _loader, suffix, _node: suffix)


def in_nav(entries: Any) -> Iterator[str]:
    """Give the pages that a part of the navigation leads to."""
    match entries:
        case str():
            yield entries
        case list():
            for entry in entries:
                yield from in_nav(entry)
        case dict():
            for entry in entries.values():
                yield from in_nav(entry)
        case _:
            raise AssertionError(entries)


def without_code(page: Path) -> str:
    """Give the text of a page without its blocks of code."""
    return re.sub(r"^( *)```.*?^\1```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_every_page_is_in_the_navigation_once_and_no_other() -> None:
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)  # noqa: S506 - a SafeLoader
    pages = [entry for entry in in_nav(config["nav"]) if "://" not in entry]
    assert sorted(pages) == sorted(name_of(page) for page in IN_DOCS)


@pytest.mark.parametrize("page", IN_DOCS, ids=name_of)
def test_a_page_begins_with_its_title_and_what_it_is_for(page: Path) -> None:
    parts = [part.strip() for part in without_code(page).split("\n\n") if part.strip()]
    title, first = parts[0], parts[1]
    assert re.fullmatch(r"# \S.*", title), f"{title!r} is no heading of the first level"
    assert sum(part.startswith("# ") for part in parts) == 1
    assert first[0].isalnum() or first[0] in "`*[", f"{first!r} is no paragraph"
    assert SHORTEST <= len(first) <= LONGEST


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    for target, _ in LINK.findall(without_code(page)):
        if target:
            assert (page.parent / target).resolve().exists(), target
