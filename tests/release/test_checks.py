"""What stands in the way of a release is found, and nothing else is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from connectkit import __version__
from release import checks
from release.changelog import read_changelog

from .test_changelog import GOOD

CHANGELOG = read_changelog(GOOD)
MOVED = read_changelog(GOOD.replace("### Added\n\n- More.\n\n", ""))
ADDRESSES = {label: f"https://connectkit.dev/{label.lower()}" for label in checks.ADDRESSES}


def test_a_new_version_of_ours_may_be_published() -> None:
    assert checks.of_name("connectkit", "0.2.0", ["0.1.0"], CHANGELOG) == []


def test_a_first_version_under_a_free_name_may_be_published() -> None:
    first = read_changelog(GOOD.replace(GOOD[GOOD.index("## [0.2.0]") : GOOD.index("## [0.1.0]")], ""))
    assert checks.of_name("connectkit", "0.1.0", [], first) == []


@pytest.mark.parametrize(
    ("version", "on_index", "refusal"),
    [
        ("0.2.0", ["0.1.0", "0.1.5"], "of somebody else (CHANGELOG.md knows no 0.1.5)"),
        ("0.2.0", ["0.2.0", "0.1.0"], "connectkit 0.2.0 is published already"),
        ("0.2.0", [], "could not be asked, or has lost what CHANGELOG.md says was published: 0.1.0"),
    ],
)
def test_names_and_versions_that_are_taken(version: str, on_index: list[str], refusal: str) -> None:
    (found,) = checks.of_name("connectkit", version, on_index, CHANGELOG)
    assert refusal in found


def test_what_the_index_has_is_asked_of_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    answer = subprocess.CompletedProcess([], 0, '{"name": "connectkit", "versions": ["0.1.1", "0.1.0"]}')

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return answer

    monkeypatch.setattr("release.checks.subprocess.run", run)
    assert checks.published("connectkit") == ["0.1.1", "0.1.0"]
    assert commands[0][:4] == [sys.executable, "-m", "pip", "index"]
    answer.returncode = 1  # pip's, for a name that it doesn't find
    assert checks.published("connectkit") == []


@pytest.mark.parametrize(("there", "refused"), [({}, True), ({"pip": ["26.2"]}, False), ({"ours": ["1"]}, False)])
def test_an_index_that_says_nothing_is_no_free_name(
    there: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    def published(name: str) -> list[str]:
        return there.get(name, [])

    monkeypatch.setattr(checks, "published", published)
    refusals = checks.of_index(checks.published("ours"))
    assert ["can't be asked" in refusal for refusal in refusals] == [True] * refused


def test_addresses_are_all_there_and_real() -> None:
    assert checks.of_addresses(ADDRESSES) == []
    assert checks.of_addresses({}) == [
        "[project.urls] of pyproject.toml lacks Homepage, Documentation, Source, Issues, Changelog"
    ]
    for url in ("https://example.org/connectkit", "http://connectkit.dev", "https://github.com/OWNER/connectkit"):
        (refusal,) = checks.of_addresses({**ADDRESSES, "Source": url})
        assert f"Source = {url!r}, which is no public address" in refusal


def test_links_of_the_description_are_written_in_full() -> None:
    assert checks.of_description("[a](https://connectkit.dev/a) [b](#b) `F[x](y)`\n```python\nf[x](y)\n```\n") == []
    (refusal,) = checks.of_description("[a](docs/a.md#x) and [b](LICENSE), [again](LICENSE)")
    assert refusal.endswith("write them in full: LICENSE, docs/a.md#x")


def test_the_changelog_is_moved_to_the_version() -> None:
    assert checks.of_changelog("0.2.0", MOVED) == []
    assert checks.of_changelog("0.2.0", CHANGELOG) == [
        "CHANGELOG.md: something is below Unreleased still, and would be in 0.2.0"
    ]
    assert checks.of_changelog("0.3.0", MOVED) == [
        "CHANGELOG.md: the newest version is not 0.3.0; move what is below Unreleased to it"
    ]
    assert checks.of_changelog("0.1.0", read_changelog("# Changes")) == [
        "CHANGELOG.md: the first line is '# Changelog'",
        "CHANGELOG.md: the first entry is '## [Unreleased]'",
        "CHANGELOG.md: the newest version is not 0.1.0; move what is below Unreleased to it",
    ]


def test_the_commit_is_what_its_tag_says() -> None:
    assert checks.of_commit("0.2.0", status="", tags="v0.2.0\nnightly\n") == []
    assert checks.of_commit("0.2.0", status="", tags="") == []
    assert checks.of_commit("0.2.0", status=" M README.md\n", tags="v0.1.0\n") == [
        "git: there are changes that are not committed",
        "git: this commit is tagged v0.1.0, and __version__ is 0.2.0",
    ]


def test_all_of_them_are_asked_about_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def published(name: str) -> list[str]:
        asked.append(name)
        return [__version__]  # so that it can't be published, whatever else is right

    monkeypatch.setattr(checks, "published", published)
    refusals = checks.every_refusal()
    assert asked == ["connectkit"]
    assert "published already" in refusals[0] or "somebody else" in refusals[0]
