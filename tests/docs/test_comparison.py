"""The comparison with other libraries: the README's table is that of docs/benchmarks.md, written by one run."""

from __future__ import annotations

import re

from .pages import DOCS, ROOT

TABLE = re.compile(r"^\|  \| boto3 with stubs .*?(?=\n\n|\n<!--)", re.MULTILINE | re.DOTALL)


def test_the_readme_shows_the_figures_of_the_page() -> None:
    in_readme, on_page = (
        TABLE.findall(file.read_text(encoding="utf-8")) for file in (ROOT / "README.md", DOCS / "benchmarks.md")
    )
    assert in_readme == on_page
    assert len(in_readme) == 1
    assert len(in_readme[0].splitlines()) > 10
