"""The list of mistakes, a file for each area, and what it takes to make one of them in a copy and run tests there.

A file says which ``tests`` are to catch its mistakes: those of the area as a whole, never one that is picked for it.
Each of its tables is a mistake, by its id: ``what`` it is, and in which ``file`` the text ``old`` becomes ``new``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # pytest needs it there as well

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parents[2]
AREAS = sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))

_SECONDS = 300
"""Longer than the tests of any area take on the slowest machine that runs them."""
_COPIED = ("connectkit", "tests", "pyproject.toml")
_LEFT_OUT = shutil.ignore_patterns("node_modules", "__pycache__")


class Mistake(NamedTuple):
    """A mistake that somebody could make in a change."""

    area: str
    id: str
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
    """The tests that are to catch the mistakes of an area, as pytest takes them."""
    return _read(area)[0]


def mistakes() -> list[Mistake]:
    """All that are on the list."""
    return [Mistake(area, id_, **entry) for area in AREAS for id_, entry in _read(area)[1].items()]


def _read(area: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    read = tomllib.loads((Path(__file__).parent / f"{area}.toml").read_text(encoding="utf-8"))
    return read.pop("tests"), read


class Copy:
    """The package and its tests in a directory of their own, for one process."""

    def __init__(self, where: Path) -> None:
        """Copy them to an empty directory."""
        self.where = where
        for name in _COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, where / name, ignore=_LEFT_OUT)
            else:
                shutil.copy2(ROOT / name, where / name)
        # So that Python compiles all of it once, and not for each mistake.
        self._pytest(sorted({path for area in AREAS for path in catching(area)}), "--collect-only")

    @contextmanager
    def having(self, mistake: Mistake) -> Generator[None]:
        """Make a mistake, and put it right again."""
        file = self.where / mistake.file
        right, dates = file.read_text(encoding="utf-8"), file.stat()
        file.write_text(mistake.made_in(right), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(right, encoding="utf-8")
            # By which Python knows what it has compiled.
            os.utime(file, ns=(dates.st_atime_ns, dates.st_mtime_ns))

    def run(self, area: str) -> Verdict:
        """Run the tests of an area in a process of their own, up to the first that fails."""
        # What is compiled of a mistake must not be left for another one in the same file.
        done = self._pytest(catching(area), "-x", PYTHONDONTWRITEBYTECODE="1")
        lines = done.stdout.splitlines()
        failed, broken = ([line for line in lines if line.startswith(f"{word} tests/")] for word in ("FAILED", "ERROR"))
        return Verdict(done.returncode, failed, broken, done.stdout + done.stderr)

    def _pytest(self, tests: list[str], *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
        # Neither what is set for this run of pytest nor a path to this checkout; and the same examples every time.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON", "COV"))}
        return subprocess.run(  # noqa: S603 - this Python
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, *tests],
            cwd=self.where,
            env={**kept, **variables, "HYPOTHESIS_PROFILE": "verdict"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
