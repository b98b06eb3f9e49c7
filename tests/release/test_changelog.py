"""The changelog has the form of Keep a Changelog, and what hasn't is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from connectkit import __version__
from release.changelog import read_changelog

GOOD = """# Changelog

Words.

## [Unreleased]

### Added

- More.

## [0.2.0] - 2026-02-01

### Breaking

- `send` sends.

### Fixed

- A slip.

## [0.1.0] - 2026-01-01

### Added

- All of it.
"""


def faults_with(old: str, new: str) -> tuple[str, ...]:
    assert old in GOOD
    return read_changelog(GOOD.replace(old, new)).faults


def test_ours_is_right_and_says_what_this_version_has() -> None:
    changelog = read_changelog((Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert changelog.faults == ()
    assert changelog.unreleased is not None
    assert changelog.unreleased.sections or __version__ in {entry.name for entry in changelog.releases}


def test_entries_are_read() -> None:
    changelog = read_changelog(GOOD)
    assert changelog.faults == ()
    assert changelog.unreleased is not None
    assert changelog.unreleased.sections == {"Added": "- More."}
    assert [(entry.name, entry.released) for entry in changelog.releases] == [
        ("0.2.0", date(2026, 2, 1)),
        ("0.1.0", date(2026, 1, 1)),
    ]
    assert changelog.releases[0].sections == {"Breaking": "- `send` sends.", "Fixed": "- A slip."}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# Changelog", "# Changes", "the first line is '# Changelog'"),
        ("## [Unreleased]\n\n### Added\n\n- More.\n\n", "", "the first entry is '## [Unreleased]'"),
        ("## [0.2.0] - 2026-02-01", "## 0.2.0 - 2026-02-01", "'## 0.2.0 - 2026-02-01' is neither"),
        ("## [0.2.0] - 2026-02-01", "## [0.2.0]", "'## [0.2.0]' is neither"),
        ("2026-02-01", "2026-02-30", "'## [0.2.0] - 2026-02-30' is neither"),
        ("[0.2.0]", "[soon]", "'## [soon] - 2026-02-01' is neither"),
        ("### Fixed", "### Improved", "0.2.0 has the section 'Improved'; there are Breaking, Added"),
        ("### Fixed", "### Breaking", "0.2.0 has the section 'Breaking' twice"),
        ("- A slip.\n", "", "0.2.0 has nothing below 'Fixed'"),
        ("### Added\n\n- More.", "More.", "Unreleased has text below no section"),
        ("### Added\n\n- All of it.\n", "", "0.1.0 doesn't say what changed"),
        ("[0.2.0]", "[0.0.9]", "0.0.9 stands above 0.1.0, which is newer"),
        ("[0.1.0]", "[0.10.0]", "0.2.0 stands above 0.10.0, which is newer"),
        ("2026-02-01", "2025-02-01", "0.2.0 stands above 0.1.0, which is newer"),
        ("- All of it.\n", "- All.\n\n[0.1.0]: https://github.com/a/b\n", "0.2.0 has no link, and others have"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_with(old, new)), faults_with(old, new)


def test_links_for_all_are_right() -> None:
    links = "".join(f"[{name}]: https://github.com/a/b/{name}\n" for name in ("Unreleased", "0.2.0", "0.1.0"))
    assert read_changelog(f"{GOOD}\n{links}").faults == ()
