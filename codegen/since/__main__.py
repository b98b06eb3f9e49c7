"""``python -m codegen.since``: search the releases and write ``codegen/data/since.toml``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from codegen.files import OPERATIONS, SINCE, read_toml
from codegen.since.releases import Wheels, as_boto3, published, version_key
from codegen.since.search import first_seen
from codegen.since.surface import Name

BASELINE: Final = "1.34.0"


def render(found: Mapping[Name, str], *, services: Collection[str], oldest: str, newest: str) -> str:
    """Write the data file's text: a table per service and kind, each sorted by name.

    Args:
        found: the boto3 release that first had each name.
        services: the services, in the order of their tables.
        oldest: the release that the search started from; what it had isn't in ``found``.
        newest: the release that the search ended with.
    """
    lines = [
        "# Made by `python -m codegen.since`; do not edit.",
        "#",
        "# The first boto3 release that had each operation which connectkit models, and each member that the",
        '# requests of these operations can carry (as "Shape.member", through every structure they lead to).',
        f"# What boto3 {oldest} had already is left out. Searched up to boto3 {newest}.",
    ]
    for service in services:
        for kind in ("operations", "members"):
            lines += ["", f"[{service}.{kind}]"]
            for name in sorted(name for name in found if name[:2] == (service, kind)):
                # A dot in a bare key would open a table in TOML, hence the quotes around members.
                key = f'"{name.name}"' if kind == "members" else name.name
                lines.append(f'{key} = "{found[name]}"')
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Search the releases and write the data file.

    Args:
        arguments: the command line after the program's name; ``None`` takes the process's own.

    Raises:
        RuntimeError: the releases could not be listed, or the baseline is not one of them.
        subprocess.CalledProcessError: pip failed; run again with the same ``--cache`` to go on from there.
    """
    parser = argparse.ArgumentParser(prog="python -m codegen.since", description="Date what connectkit models.")
    parser.add_argument("--cache", type=Path, help="keep service models here, so that a run can be resumed")
    parser.add_argument("--baseline", default=BASELINE, help="leave out what this had (default: %(default)s)")
    parser.add_argument("--output", type=Path, default=SINCE, help="file to write (default: %(default)s)")
    options = parser.parse_args(arguments)
    baseline: str = options.baseline
    output: Path = options.output

    tables = read_toml(OPERATIONS)
    operations = {service: frozenset[str]().union(*table["modules"].values()) for service, table in tables.items()}
    boto3_releases = published("boto3")
    releases = published("botocore")
    if baseline not in releases[:-1] or version_key(baseline) < version_key("1.33.0"):
        raise RuntimeError(f"{baseline} is not a botocore release from 1.33.0 on with others after it")
    releases = releases[releases.index(baseline) :]
    likely = {service: published(f"mypy-boto3-{service}") for service in operations}
    with ExitStack() as stack:
        cache: Path = options.cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="since-")))
        found = first_seen(releases, Wheels(cache, operations).surface, likely=likely)
    text = render(
        {name: as_boto3(version, boto3_releases) for name, version in found.items()},
        services=operations,
        oldest=as_boto3(releases[0], boto3_releases),
        newest=boto3_releases[-1],
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
