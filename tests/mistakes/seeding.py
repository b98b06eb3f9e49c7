"""The list of mistakes, a file for each area, and what it takes to make one of them in a copy and run tests there.

A file says which ``tests`` are to catch its mistakes: those of the area as a whole, never one that is picked for it.
Each of its tables is a mistake, by its id: ``what`` it is, and in which ``file`` the text ``old`` becomes ``new``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # pytest needs it there as well

ROOT = Path(__file__).parents[2]
AREAS = sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))

_SECONDS = 300
"""Longer than the tests of any area take on the slowest machine that runs them."""
_COPIED = ("connectkit", "tests", "pyproject.toml")
_LEFT_OUT = shutil.ignore_patterns("node_modules", ".hypothesis", "clients", "typing", "soak")


class Mistake(NamedTuple):
    """A mistake that somebody could make in a change."""

    area: str
    id: str
    tests: list[str]
    """Those that are to catch it, as pytest takes them."""
    what: str
    """The mistake in a sentence."""
    file: str
    old: str
    """Text that is in the file once."""
    new: str

    def made_in(self, text: str) -> str:
        """The text of the file with the mistake in it."""
        assert text.count(self.old) == 1, f"{self.id}: its old text is in {self.file} {text.count(self.old)} times"
        return text.replace(self.old, self.new)


class Verdict(NamedTuple):
    """What became of some tests."""

    code: int
    """pytest's exit code."""
    failed: list[str]
    """The tests that failed, and why."""
    broken: list[str]
    """What pytest couldn't collect or set up."""
    output: str


def catching(area: str) -> list[str]:
    """The tests that are to catch the mistakes of an area."""
    return _read(area)[0]


def mistakes() -> list[Mistake]:
    """All that are on the list."""
    return [
        Mistake(area=area, id=id_, tests=tests, **entry)
        for area in AREAS
        for tests, entries in [_read(area)]
        for id_, entry in entries.items()
    ]


def _read(area: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    read = tomllib.loads((Path(__file__).parent / f"{area}.toml").read_text(encoding="utf-8"))
    return read.pop("tests"), read


def copy(where: Path) -> Path:
    """Copy the package and its tests to an empty directory; what Python has compiled of them goes along."""
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, where / name, ignore=_LEFT_OUT)
        else:
            shutil.copy2(source, where / name)
    return where


def run(where: Path, tests: list[str]) -> Verdict:
    """Run tests of a copy in a process of their own, up to the first that fails."""
    # Neither what is set for this run of pytest nor a path to this checkout; and the same examples every time.
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
        cwd=where,
        env={**variables, "HYPOTHESIS_PROFILE": "verdict"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    lines = done.stdout.splitlines()
    failed, broken = ([line for line in lines if line.startswith(f"{word} tests/")] for word in ("FAILED", "ERROR"))
    return Verdict(done.returncode, failed, broken, done.stdout + done.stderr)
