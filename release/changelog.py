"""CHANGELOG.md as data: Keep a Changelog's form, with what is wrong with it said all at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from packaging.version import InvalidVersion, Version

__all__ = ["SECTIONS", "Changelog", "Entry", "read_changelog"]

# Keep a Changelog's, and the one that this changelog's head promises for what may break.
SECTIONS = ("Breaking", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
_HEADING = re.compile(r"\[(?P<name>[^\]]+)\](?: - (?P<date>\S+))?")
_LINK = re.compile(r"^\[([^\]]+)\]: (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """What one version changed.

    Args:
        name: The version, or ``Unreleased``.
        released: The day it was published; ``None`` for what isn't yet.
        sections: The text below each heading.
    """

    name: str
    released: date | None
    sections: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Changelog:
    """All entries, newest first, and what is wrong with the file."""

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]

    @property
    def unreleased(self) -> Entry | None:
        """What the next version will change."""
        return next((entry for entry in self.entries if entry.released is None), None)

    @property
    def releases(self) -> tuple[Entry, ...]:
        """The versions that were published, newest first."""
        return tuple(entry for entry in self.entries if entry.released is not None)


def read_changelog(text: str) -> Changelog:
    """Read a changelog; what doesn't have the form is left out and among the faults."""
    faults: list[str] = []
    head, *parts = re.split(r"^## (.*)$", _LINK.sub("", text), flags=re.MULTILINE)
    if not head.startswith("# Changelog\n"):
        faults.append("the first line is '# Changelog'")
    entries: list[Entry] = []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        entry = _entry(title, faults)
        if entry is not None:
            _read_sections(entry, body, faults)
            entries.append(entry)
    if not entries or entries[0].name != "Unreleased":
        faults.append("the first entry is '## [Unreleased]'")
    if not faults:
        faults += _out_of_order([entry for entry in entries if entry.released])
        links = {name for name, _ in _LINK.findall(text)}
        faults += [
            f"{entry.name} has no link, and others have"
            for entry in entries
            if links - {entry.name} and entry.name not in links
        ]
    return Changelog(tuple(entries), tuple(faults))


def _entry(title: str, faults: list[str]) -> Entry | None:
    found = _HEADING.fullmatch(title)
    if found is not None and found["name"] == "Unreleased" and found["date"] is None:
        return Entry("Unreleased", None)
    try:
        if found is not None and found["date"] is not None:
            return Entry(str(Version(found["name"])), date.fromisoformat(found["date"]))
    except (InvalidVersion, ValueError):
        pass
    faults.append(f"'## {title}' is neither '## [Unreleased]' nor '## [VERSION] - YYYY-MM-DD'")
    return None


def _read_sections(entry: Entry, body: str, faults: list[str]) -> None:
    before, *parts = re.split(r"^### (.*)$", body, flags=re.MULTILINE)
    if before.strip() and not parts:
        faults.append(f"{entry.name} has text below no section")
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        if title not in SECTIONS:
            faults.append(f"{entry.name} has the section '{title}'; there are {', '.join(SECTIONS)}")
        elif title in entry.sections:
            faults.append(f"{entry.name} has the section '{title}' twice")
        elif not text.strip():
            faults.append(f"{entry.name} has nothing below '{title}'")
        else:
            entry.sections[title] = text.strip()
    if entry.released is not None and not entry.sections:
        faults.append(f"{entry.name} doesn't say what changed")


def _out_of_order(releases: list[Entry]) -> list[str]:
    return [
        f"{newer.name} stands above {older.name}, which is newer"
        for newer, older in pairwise(releases)
        if Version(newer.name) <= Version(older.name) or str(newer.released) < str(older.released)
    ]
