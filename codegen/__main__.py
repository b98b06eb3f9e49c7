"""``python -m codegen`` writes ``connectkit/models`` and tables in ``docs``; ``--check`` says what would change."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from codegen import files
from codegen.description import GenerationError
from codegen.pages import pages
from codegen.render import NOTICE, render
from codegen.service import BOTOCORE_VERSION, read_services

ROOT = files.HERE.parent
MODELS = ROOT / "connectkit" / "models"


def main() -> int:
    """Run the generator; returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the files are not up to date")
    arguments = parser.parse_args()
    try:
        wanted = everything()
    except GenerationError as error:
        print(f"codegen: {error}", file=sys.stderr)
        return 1
    return check(wanted) if arguments.check else _write(wanted)


def everything() -> dict[Path, str]:
    """Every file of the models and every page with tables, and what should be in it."""
    services = read_services()
    wanted = pages(services)
    for service in services:
        for name, text in render(service).items():
            wanted[MODELS / service.name / name] = _formatted(text, MODELS / service.name / name)
    wanted[MODELS / "_versions.py"] = _formatted(_versions(), MODELS / "_versions.py")
    return wanted


def _versions() -> str:
    since = files.read_toml(files.SINCE)
    table = {service: _newer(data) for service, data in since.items()}
    return "\n".join(
        [
            '"""Which boto3 brought what: for the error that says which one to install.',
            "",
            NOTICE,
            '"""',
            "",
            f'GENERATED_FROM = "{BOTOCORE_VERSION}"',
            '"""The botocore that the models were made from."""',
            "",
            f"SINCE: dict[str, dict[str, str]] = {table!r}",
            '"""By service: operation, or member as ``Shape.member``, to the boto3 release that first had it."""',
            "",
        ]
    )


def _newer(since: dict[str, dict[str, str]]) -> dict[str, str]:
    """Operations, and the members that are newer than their operation: of a new one, all are new."""
    operations, members = since.get("operations", {}), since.get("members", {})
    requests = tuple(f"{name}Request." for name in operations)
    return {**operations, **{name: version for name, version in members.items() if not name.startswith(requests)}}


def _formatted(text: str, path: Path) -> str:
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--select", "I", "--fix-only", "--quiet"], ["format", "--quiet"]):
        done = subprocess.run(
            [*ruff, *command, "--stdin-filename", str(path), "-"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise GenerationError(f"{path.name} isn't Python: {done.stderr.strip()}")
        text = done.stdout
    return text


def _write(wanted: dict[Path, str]) -> int:
    for path in _unwanted(wanted):
        path.unlink()
        print(f"removed {path.relative_to(ROOT)}")
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 0


def check(wanted: dict[Path, str]) -> int:
    """Say what differs from ``wanted``; returns the process's exit code."""
    drifted = [f"{path.relative_to(ROOT)} shouldn't be there" for path in _unwanted(wanted)]
    for path, text in wanted.items():
        there = path.read_text(encoding="utf-8") if path.exists() else None
        if there is None or _comparable(there) != _comparable(text):
            drifted.append(f"{path.relative_to(ROOT)} {'is missing' if there is None else 'differs'}")
    for line in drifted:
        print(f"codegen: {line}", file=sys.stderr)
    if drifted:
        print(f"codegen: run `python -m codegen` (botocore {BOTOCORE_VERSION} is installed)", file=sys.stderr)
    return 1 if drifted else 0


def _comparable(text: str) -> str:
    """Without the version it was made from: a botocore release that changes none of our shapes is no drift."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("GENERATED_FROM"))


def _unwanted(wanted: dict[Path, str]) -> list[Path]:
    packages = {path.parent for path in wanted if path.parent.parent == MODELS}
    return [path for package in packages for path in sorted(package.glob("*.py")) if path not in wanted]


if __name__ == "__main__":
    sys.exit(main())
