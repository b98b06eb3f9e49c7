"""Dates what connectkit models: which boto3 release had each operation and request member first.

Run as ``python -m codegen.since``: a development tool that needs pip and a package index, and takes minutes.
It writes ``codegen/data/since.toml``.

The answer comes from the service models inside botocore's wheels. Downloading every release would cost
gigabytes, so one binary search serves all names together: a span of releases is divided only while its two
ends differ. Where mypy-boto3 published stubs for a service tells which releases to try first; if that
misleads, the search takes longer and its result is the same. The search takes for granted that a name, once
published, stayed; that holds for a public API.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple, TypedDict

OPERATIONS_FILE: Final = Path(__file__).parent / "data" / "operations.toml"
DATA_FILE: Final = Path(__file__).parent / "data" / "since.toml"
BASELINE: Final = "1.34.0"

_MODEL_PATH: Final = re.compile(r"botocore/data/(?P<service>[^/]+)/[^/]+/service-2\.json(?P<packed>\.gz)?")


class Name(NamedTuple):
    """Something that a release either has or has not."""

    service: str
    kind: str
    """``operations`` or ``members``, the table of the data file that it belongs to."""
    name: str
    """An operation such as ``CreateCaseRule``, or a member such as ``CaseFilter.orAll``."""


class ShapeRef(TypedDict):
    """A mention of a shape in a service model."""

    shape: str


class Shape(TypedDict, total=False):
    """The parts of a shape that lead on to other shapes."""

    members: dict[str, ShapeRef]
    member: ShapeRef
    key: ShapeRef
    value: ShapeRef


class Operation(TypedDict, total=False):
    """The part of an operation that leads to its request."""

    input: ShapeRef


class ServiceModel(TypedDict):
    """The parts of botocore's ``service-2.json`` that are read here."""

    operations: dict[str, Operation]
    shapes: dict[str, Shape]


class _ServiceTable(TypedDict):
    modules: dict[str, list[str]]


def modelled(path: Path = OPERATIONS_FILE) -> dict[str, frozenset[str]]:
    """Read which operations connectkit models: botocore's service name to the names of the operations."""
    # tomllib came with Python 3.11; tomli, which the test and lint tools bring, is the same for 3.10.
    parser = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    tables: dict[str, _ServiceTable] = parser.loads(path.read_text(encoding="utf-8"))
    return {service: frozenset().union(*table["modules"].values()) for service, table in tables.items()}


def surface(service: str, model: ServiceModel, operations: Collection[str]) -> frozenset[Name]:
    """Name the operations of one model and the members that their requests can carry.

    Args:
        service: botocore's name of the service, which goes into each result.
        model: the service's model in one release.
        operations: the operations to look at. Those that the model lacks are passed over.

    Returns:
        The operations present, and ``Shape.member`` for each structure that their requests lead to.
    """
    names: set[Name] = set()
    ahead: list[str] = []
    for name in operations:
        operation = model["operations"].get(name)
        if operation is not None:
            names.add(Name(service, "operations", name))
            if "input" in operation:
                ahead.append(operation["input"]["shape"])
    seen: set[str] = set()
    while ahead:
        shape_name = ahead.pop()
        if shape_name in seen:
            continue
        seen.add(shape_name)
        shape = model["shapes"][shape_name]
        for member, target in shape.get("members", {}).items():
            names.add(Name(service, "members", f"{shape_name}.{member}"))
            ahead.append(target["shape"])
        if "member" in shape:
            ahead.append(shape["member"]["shape"])
        if "key" in shape and "value" in shape:
            ahead += [shape["key"]["shape"], shape["value"]["shape"]]
    return frozenset(names)


def first_seen(
    versions: Sequence[str],
    surface_of: Callable[[str], frozenset[Name]],
    *,
    likely: Mapping[str, Collection[str]],
) -> dict[Name, str]:
    """Find the first version that had each name, asking about as few versions as it can.

    Args:
        versions: at least two versions, oldest first.
        surface_of: gives what a version has. It is called once for a version, and is where the time goes.
        likely: by service, versions in which it may have changed. They guide the search and can't falsify it.

    Returns:
        The version for each name that the last one has and the first one lacks.
    """
    found: dict[Name, str] = {}
    place = {version: index for index, version in enumerate(versions)}
    guesses = {service: [place[v] for v in hints if v in place] for service, hints in likely.items()}

    def divide(low: int, high: int, names: frozenset[Name]) -> int:
        # A change is pinned down by the release that made it and the one before, so both are worth asking
        # about: once one of them bounds the span, the other is what closes it.
        hints = {index for service in {name.service for name in names} for index in guesses.get(service, ())}
        worth = [index for index in hints | {hint - 1 for hint in hints} if low < index < high]
        middle = (low + high) // 2
        return min(worth, key=lambda index: (abs(index - middle), index), default=middle)

    def search(low: int, high: int, names: frozenset[Name]) -> None:
        # Invariant: none of the names is in versions[low], all of them are in versions[high].
        if not names:
            return
        if high - low == 1:
            found.update(dict.fromkeys(names, versions[high]))
            return
        middle = divide(low, high, names)
        early = names & surface_of(versions[middle])
        search(low, middle, early)
        search(middle, high, names - early)

    last = len(versions) - 1
    search(0, last, surface_of(versions[last]) - surface_of(versions[0]))
    return found


class Wheels:
    """The service models of botocore's releases, downloaded one at a time and kept in a folder."""

    def __init__(self, cache: Path, operations: Mapping[str, Collection[str]]) -> None:
        """Keep models under ``cache``, a folder per release, where those of an earlier run are found again.

        Args:
            cache: the folder; it is made when the first release is downloaded.
            operations: the operations to look at, by botocore's service name.
        """
        self._cache = cache
        self._operations = operations

    def surface(self, version: str) -> frozenset[Name]:
        """Name what one botocore release has of the modelled services.

        Raises:
            subprocess.CalledProcessError: pip could not download the release.
        """
        folder = self._cache / version
        if not folder.is_dir():
            self._download(version, folder)
        names: set[Name] = set()
        for service, operations in self._operations.items():
            path = folder / f"{service}.json.gz"
            if path.is_file():  # a release from before the service has no model of it
                model: ServiceModel = json.loads(gzip.decompress(path.read_bytes()))
                names |= surface(service, model, operations)
        return frozenset(names)

    def _download(self, version: str, folder: Path) -> None:
        print(f"botocore {version}", file=sys.stderr, flush=True)
        self._cache.mkdir(parents=True, exist_ok=True)
        # The wheel goes with the temporary folder. The models move to their place in one step, so that a run
        # which was broken off leaves no half-filled folder behind that the next run would trust.
        with tempfile.TemporaryDirectory(dir=self._cache, prefix=".download-") as temporary:
            work = Path(temporary)
            options = ["--quiet", "--no-deps", "--no-cache-dir", "--only-binary", ":all:"]
            _pip("download", *options, "--dest", temporary, f"botocore=={version}")
            models = work / "models"
            models.mkdir()
            for wheel in work.glob("*.whl"):
                _extract_models(wheel, models, services=self._operations)
            models.rename(folder)


def _extract_models(wheel: Path, folder: Path, *, services: Collection[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.namelist():
            match = _MODEL_PATH.fullmatch(entry)
            if match and match["service"] in services:
                content = archive.read(entry)
                packed = content if match["packed"] else gzip.compress(content)
                (folder / f"{match['service']}.json.gz").write_bytes(packed)


def _pip(*arguments: str) -> str:
    command = [sys.executable, "-m", "pip", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def version_key(version: str) -> tuple[int, ...]:
    """Turn ``1.40.2`` into something that sorts by number."""
    return tuple(int(part) for part in version.split("."))


def published(package: str) -> list[str]:
    """List a package's plain three-part releases, oldest first.

    Raises:
        RuntimeError: pip named no versions.
        subprocess.CalledProcessError: pip failed, or knows no such package.
    """
    line = re.search(r"^Available versions: (.+)$", _pip("index", "versions", package), re.MULTILINE)
    if line is None:
        raise RuntimeError(f"pip named no versions of {package}")
    return sorted((v for v in line[1].split(", ") if re.fullmatch(r"\d+\.\d+\.\d+", v)), key=version_key)


def as_boto3(version: str, releases: Sequence[str]) -> str:
    """Translate a botocore version into the oldest boto3 release that is sure to come with it.

    From 1.33.0 on, a boto3 release asks for at least the botocore of its own number. A few numbers were used
    by one of the two only (boto3 1.42.0 asks for botocore 1.41.6), hence the next higher one.

    Args:
        version: a botocore version, 1.33.0 or later.
        releases: boto3's releases, oldest first.

    Raises:
        RuntimeError: boto3 has no release that high.
    """
    index = bisect_left(releases, version_key(version), key=version_key)
    if index == len(releases):
        raise RuntimeError(f"no boto3 release goes with botocore {version} yet")
    return releases[index]


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
    parser.add_argument("--output", type=Path, default=DATA_FILE, help="file to write (default: %(default)s)")
    options = parser.parse_args(arguments)
    baseline: str = options.baseline
    output: Path = options.output

    operations = modelled()
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
