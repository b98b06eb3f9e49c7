"""What the package index has of botocore and boto3: which releases, and the service models in them."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from codegen.since.surface import Name, ServiceModel, surface

_MODEL_PATH: Final = re.compile(r"botocore/data/(?P<service>[^/]+)/[^/]+/service-2\.json(?P<packed>\.gz)?")


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
