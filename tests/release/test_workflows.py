"""The public workflows run what there is: targets of the Makefile, under the versions of Python that are promised."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from itertools import product
from pathlib import Path
from string import Template
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

yaml: Any = import_module("yaml")  # it has no types
ROOT = Path(__file__).parents[2]
WORKFLOWS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}
JOBS: dict[str, dict[str, Any]] = {
    f"{workflow}-{name}": job for workflow, content in WORKFLOWS.items() for name, job in content["jobs"].items()
}


def commands(job: dict[str, Any]) -> list[str]:
    """What a job runs, for each combination of its matrix."""
    matrix: dict[str, list[str]] = job.get("strategy", {}).get("matrix", {})
    found: list[str] = []
    for values in product(*matrix.values()):
        chosen = {f"${{{{ matrix.{name} }}}}": value for name, value in zip(matrix, values, strict=True)}
        for step in job["steps"]:
            if "run" in step:
                variables = {name: chosen.get(value, value) for name, value in step.get("env", {}).items()}
                found.append(Template(step["run"]).substitute(variables))
    return found


def python_classifiers() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))


@pytest.mark.parametrize("command", sorted({command for job in JOBS.values() for command in commands(job)}))
def test_every_command_is_a_target_of_make(command: str) -> None:
    found = re.fullmatch(r'make "?([\w.-]+)"?', command)
    assert found, command
    done = subprocess.run(  # noqa: S603 - our own command
        ["make", "--dry-run", found[1]],  # noqa: S607 - make is found as the shell finds it
        cwd=ROOT,
        # What a make that runs these tests was told is for that one.
        env={name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_same_as_for_everyone_is_run() -> None:
    assert commands(JOBS["ci-check"]) == ["make check"]
    assert commands(JOBS["release-build"]) == ["make release-check", "make test-dist"]


def test_every_python_that_is_promised_is_tried() -> None:
    assert JOBS["ci-python"]["strategy"]["matrix"]["python"] == python_classifiers()
    assert commands(JOBS["ci-python"]) == [f'make "test-python-{version}"' for version in python_classifiers()]


def test_jobs_end_and_may_do_only_what_they_need() -> None:
    assert {name: content["permissions"] for name, content in WORKFLOWS.items()} == {"ci": {}, "release": {}}
    for name, job in JOBS.items():
        assert 0 < job["timeout-minutes"] <= 30, name
        allowed = {"id-token": "write"} if name == "release-publish" else {"contents": "read"}
        assert job["permissions"] == allowed, name


def test_nothing_of_ours_runs_where_the_right_to_publish_is() -> None:
    publish = JOBS["release-publish"]
    assert publish["needs"] == "build"
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]
