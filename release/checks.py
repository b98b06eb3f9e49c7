"""What stands in the way of publishing a commit, each with what to do about it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import connectkit

from .changelog import Changelog, read_changelog

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["every_refusal"]

ROOT = Path(__file__).parents[1]
# By the names that package indexes know.
ADDRESSES = ("Homepage", "Documentation", "Source", "Issues", "Changelog")
_PLACEHOLDER = re.compile(r"\bexample\.|localhost|[<>{}]|\b(TODO|OWNER)\b")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_RELATIVE_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s]+)\)")


def every_refusal() -> list[str]:
    """Say all that stands in the way of publishing the commit that is checked out here."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = read_changelog((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    on_index = published(project["name"])
    return [
        *of_index(on_index),
        *of_name(project["name"], connectkit.__version__, on_index, changelog),
        *of_addresses(project.get("urls", {})),
        *of_description((ROOT / "README.md").read_text(encoding="utf-8")),
        *of_changelog(connectkit.__version__, changelog),
        *of_commit(
            connectkit.__version__, status=_git("status", "--porcelain"), tags=_git("tag", "--points-at", "HEAD")
        ),
    ]


def of_index(on_index: list[str]) -> list[str]:
    """Does nobody have the name, or could the package index not be asked? It has something that is always there."""
    if on_index or published("pip"):
        return []
    return ["the package index can't be asked who has the name: is there a network, and is the index the public one?"]


def of_name(name: str, version: str, on_index: list[str], changelog: Changelog) -> list[str]:
    """Is the name ours, and the version new?

    Args:
        name: The name of the distribution.
        version: What would be published.
        on_index: The versions that the package index has under this name.
        changelog: Ours; a version that isn't in it is somebody else's.
    """
    ours = {entry.name for entry in changelog.releases}
    strange = sorted(set(on_index) - ours)
    if strange:
        unknown = ", ".join(strange)
        return [
            f"the package index has a {name} of somebody else (CHANGELOG.md knows no {unknown}): choose another name"
        ]
    if version in on_index:
        return [f"{name} {version} is published already: raise __version__ in connectkit/__init__.py"]
    if ours - {version} - set(on_index):
        missing = ", ".join(sorted(ours - {version} - set(on_index)))
        return [f"the package index could not be asked, or has lost what CHANGELOG.md says was published: {missing}"]
    return []


def of_addresses(urls: dict[str, str]) -> list[str]:
    """Are all addresses there, and real?"""
    missing = [label for label in ADDRESSES if label not in urls]
    refusals = [f"[project.urls] of pyproject.toml lacks {', '.join(missing)}"] if missing else []
    refusals += [
        f"[project.urls] of pyproject.toml has {label} = {url!r}, which is no public address"
        for label, url in urls.items()
        if not url.startswith("https://") or _PLACEHOLDER.search(url)
    ]
    return refusals


def of_description(readme: str) -> list[str]:
    """Do the links of the README lead somewhere from the index's page, where there are no files beside it?"""
    links = sorted({link[1] for link in _RELATIVE_LINK.finditer(_CODE.sub("", readme))})
    if not links:
        return []
    return [
        f"README.md is the index's page as well, where these links lead nowhere; write them in full: {', '.join(links)}"
    ]


def of_changelog(version: str, changelog: Changelog) -> list[str]:
    """Does the changelog say what is in this version?"""
    refusals = [f"CHANGELOG.md: {fault}" for fault in changelog.faults]
    if not changelog.releases or changelog.releases[0].name != version:
        refusals.append(f"CHANGELOG.md: the newest version is not {version}; move what is below Unreleased to it")
    elif changelog.unreleased is not None and changelog.unreleased.sections:
        refusals.append(f"CHANGELOG.md: something is below Unreleased still, and would be in {version}")
    return refusals


def of_commit(version: str, *, status: str, tags: str) -> list[str]:
    """Is the commit what the tag says, and all that there is?

    Args:
        version: What would be published.
        status: What ``git status --porcelain`` prints.
        tags: The tags of this commit, one a line.
    """
    refusals = ["git: there are changes that are not committed"] if status.strip() else []
    versions = [tag for tag in tags.split() if re.match(r"v\d", tag)]
    if versions and versions != [f"v{version}"]:
        refusals.append(f"git: this commit is tagged {', '.join(versions)}, and __version__ is {version}")
    return refusals


def published(name: str) -> list[str]:
    """The versions that the package index has under a name; none where it knows no such name, or can't be reached."""
    command = [sys.executable, "-m", "pip", "index", "versions", "--pre", "--json", name]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return [str(version) for version in json.loads(found.stdout)["versions"]] if found.returncode == 0 else []


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S607 - git is found as the shell finds it
