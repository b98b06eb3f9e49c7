"""The Python snippets of the README and of docs/ run, page by page, on the simulated service."""

import re
from pathlib import Path

import pytest

from connectkit.simulator import simulate

from ..simulator.helpers import needs, needs_member

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SNIPPET = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
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
    "simulator.md": needs("connectcases", "BatchUpdateCase"),
    "provisioning.md": needs_member("connectcases", "CaseRuleDetails", "hidden"),
    "related-items.md": needs("connectcases", "BatchCreateRelatedItem"),
    "views.md": needs("connect", "SearchViews"),
}


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name, marks=NEEDS.get(page.name, ())) for page in PAGES])
def test_snippets_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # some write files
    text = page.read_text(encoding="utf-8")
    snippets = [
        # Line numbers of the page, for whoever has to find a failing one.
        "\n" * text[: found.start(1)].count("\n") + found.group(1)
        for found in SNIPPET.finditer(text)
    ]
    with simulate():
        names: dict[str, object] = {}
        exec(BEFORE, names)  # noqa: S102 - our own text
        for snippet in snippets:
            exec(compile(snippet, str(page), "exec"), names)  # noqa: S102 - our own text


def test_what_the_readme_shows_of_an_error_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    with simulate():
        names: dict[str, object] = {}
        for snippet in SNIPPET.findall(text):
            exec(snippet, names)  # noqa: S102 - our own text
    shown = [line.strip().removeprefix("# ") for line in text.splitlines() if re.match(r"\s+# {1,3}\S", line)]
    printed = capsys.readouterr().out
    assert shown
    for line in shown:
        # What is another in every run is written as an ellipsis.
        assert re.search(re.escape(line.strip()).replace("…", ".*"), printed), line


def test_there_are_snippets() -> None:
    assert sum(len(SNIPPET.findall(page.read_text(encoding="utf-8"))) for page in PAGES) > 5
