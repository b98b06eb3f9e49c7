"""Run mypy and pyright over somebody's project that uses connectkit.

The project lies outside this checkout, with connectkit on the interpreter's path: what is checked is what a user's own
checker sees, under settings as strict as there are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
SECONDS = 300
"""Longer than a checker takes on the slowest machine that runs these tests."""

PYRIGHT = [sys.executable, "-m", "basedpyright"]
LANGUAGE_SERVER = [sys.executable, "-c", "from basedpyright.langserver import main; main()", "--stdio"]
PYRIGHT_SETTINGS = {
    "typeCheckingMode": "strict",
    "pythonVersion": "3.10",
    # mypy's comments are no business of pyright's, and each of its own must be needed.
    "enableTypeIgnoreComments": False,
    "reportUnnecessaryTypeIgnoreComment": "error",
}


class Diagnostic(NamedTuple):
    """What a checker reports."""

    file: str
    line: int
    rule: str
    message: str


def environment(*paths: Path) -> dict[str, str]:
    """This process's environment with ``paths``, or this checkout, ahead of the installed packages."""
    # pyright --verifytypes asks whatever python the search path has for the packages, not the one that it is told.
    search_path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": search_path, "PYTHONPATH": os.pathsep.join(map(str, paths or (ROOT,)))}


def settings_for_pyright(project: Path) -> None:
    """Write the settings that pyright and its language server find in ``project``."""
    (project / "pyrightconfig.json").write_text(json.dumps(PYRIGHT_SETTINGS))


def mypy(project: Path, *, python: str = sys.executable, paths: tuple[Path, ...] = ()) -> list[Diagnostic]:
    """What ``mypy --strict`` reports for the modules in ``project``."""
    command = [sys.executable, "-m", "mypy", "--strict", "--warn-unreachable", "--python-version=3.10"]
    command += ["--python-executable", python, "--config-file=", "--cache-dir", str(project / ".mypy"), "--output=json"]
    done = _run([*command, "."], project, paths)
    # 2 is a checker that gave up.
    assert done.returncode in (0, 1), done.stdout + done.stderr
    reported = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return sorted(
        Diagnostic(Path(one["file"]).name, one["line"], str(one["code"]), one["message"])
        for one in reported
        if one["severity"] == "error"
    )


def pyright(project: Path, *, python: str = sys.executable, paths: tuple[Path, ...] = ()) -> list[Diagnostic]:
    """What pyright's strict mode reports for the modules in ``project``."""
    settings_for_pyright(project)
    done = _run([*PYRIGHT, "--outputjson", "--pythonpath", python], project, paths)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    reported = json.loads(done.stdout)
    assert reported["summary"]["filesAnalyzed"] == len(list(project.glob("*.py")))
    return sorted(
        Diagnostic(
            Path(one["file"]).name, one["range"]["start"]["line"] + 1, one.get("rule", "syntax"), one["message"][:500]
        )
        for one in reported["generalDiagnostics"]
        if one["severity"] == "error"
    )


def type_completeness(package: str, *, elsewhere: Path) -> dict[str, Any]:
    """What ``pyright --verifytypes`` says of ``package``, asked from the directory ``elsewhere``."""
    command = [*PYRIGHT, "--verifytypes", package, "--ignoreexternal", "--outputjson", "--pythonpath", sys.executable]
    done = _run(command, elsewhere, ())
    assert done.returncode in (0, 1), done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)["typeCompleteness"]
    return report


def only(packages: tuple[str, ...], where: Path) -> Path:
    """Make ``where`` a directory of packages that holds these alone of all that are installed."""
    where.mkdir()
    for name in packages:
        spec = find_spec(name)
        assert spec is not None, name
        assert spec.origin is not None, name
        home = Path(spec.origin)
        home = home.parent if home.name == "__init__.py" else home
        (where / home.name).symlink_to(home)
    return where


def _run(command: list[str], project: Path, paths: tuple[Path, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a checker of this environment
        command,
        cwd=project,
        env=environment(*paths),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
