"""What `make dist` built is installed away from this checkout, and used there. Run by `make test-dist`."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from connectkit import __version__

from ..typing.checkers import mypy

pytestmark = pytest.mark.dist

ROOT = Path(__file__).parents[2]
NAME = f"connectkit-{__version__}"
INFO = f"{NAME}.dist-info"

# Everything a user may import, apart from what needs moto or pytest.
IMPORT_ALL = """
import importlib, pkgutil, connectkit
names = [module.name for module in pkgutil.walk_packages(connectkit.__path__, "connectkit.")]
optional = ("connectkit.simulator.moto", "connectkit.pytest_plugin")
public = [name for name in names if "._" not in name and not name.startswith(optional)]
for name in public:
    module = importlib.import_module(name)
    for attribute in getattr(module, "__all__", ()):
        getattr(module, attribute)
print(len(public), connectkit.__file__)
"""

USE_PLUGIN = """
import boto3

def test_it(connect_simulator):
    boto3.client("connectcases", "us-east-1").create_domain(name="Support")
    assert len(connect_simulator.requests) == 1
"""

USE_MOTO = """
import boto3
from connectkit import ConnectKit
from connectkit.simulator.moto import mock_aws

with mock_aws():
    account = boto3.client("sts", "us-east-1").get_caller_identity()["Account"]  # moto's
    ConnectKit(region_name="us-east-1").domains.create(name="Support")  # the simulator's
    print(account, [domain.name for domain in ConnectKit(region_name="us-east-1").domains.list()])
"""

USE_YAML = """
from pathlib import Path
from connectkit import ConnectKit
from connectkit.simulator import simulate

with simulate() as sim:
    sim.add_contact_flow(name="Refunds")
    Path("refund.yaml").write_text("name: Refund\\ncontact_flow: Refunds\\nfields: [{name: Task name, type: NAME}]\\n")
    templates = ConnectKit(region_name="us-east-1").instances.list().all()[0].task_templates
    templates.sync("refund.yaml").apply()
    print([template.name for template in templates.list()])
"""

# Every mistake is one for a type checker that found the types, and none for one that didn't.
TYPED = """
from connectkit import ConnectKit, F
from connectkit.models import connectcases as cases

kit = ConnectKit(region_name="us-east-1")
reply = kit.send(cases.GetDomainRequest(domain_id="d"))
name: str | None = reply.name
wrong: int = reply.name
F.number("n").contains("x")
kit.connectcases.get_domain(domainId=1)
"""


class Environment:
    """A virtual environment with nothing but pip in it, and a folder to work in."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "work"
        self.directory.mkdir()
        venv.create(directory / "venv", with_pip=True)
        self.bin = directory / "venv" / "bin"
        self.python = str(self.bin / "python")
        # Whatever this process was told of where to find modules is no business of it.
        self._variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "AWS_"))}

    def run(self, *command: str | Path) -> str:
        """What a command prints; it must succeed."""
        done = subprocess.run(  # noqa: S603 - our own command
            [self.bin / command[0], *command[1:]],
            cwd=self.directory,
            env=self._variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, *requirements: str) -> None:
        self.run("pip", "install", "--quiet", "--disable-pip-version-check", *requirements)


@pytest.fixture(scope="module")
def wheel() -> Path:
    return ROOT / "dist" / f"{NAME}-py3-none-any.whl"


@pytest.fixture(scope="module")
def sdist() -> Path:
    return ROOT / "dist" / f"{NAME}.tar.gz"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The wheel in an environment of its own, to which the tests of extras add theirs."""
    environment = Environment(tmp_path_factory.mktemp("installed"))
    environment.install(str(wheel))
    return environment


def committed(*paths: str) -> set[str]:
    command = ["git", "ls-files", *paths]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    return set(listed.stdout.splitlines())


def test_nothing_else_was_built(wheel: Path, sdist: Path) -> None:
    assert set((ROOT / "dist").iterdir()) == {wheel, sdist}


def test_the_wheel_holds_the_package_alone(wheel: Path) -> None:
    about = {f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    with ZipFile(wheel) as archive:
        assert set(archive.namelist()) == committed("connectkit") | about
    assert "connectkit/py.typed" in committed("connectkit")


def test_the_sdist_holds_what_the_wheel_is_built_from(sdist: Path) -> None:
    about = {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO", ".gitignore"}
    with tarfile.open(sdist) as archive:
        files = {member.name.removeprefix(f"{NAME}/") for member in archive if member.isfile()}
    assert files == committed("connectkit") | about


def test_the_metadata_is_complete(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        metadata = HeaderParser().parsestr(archive.read(f"{INFO}/METADATA").decode())
    assert (metadata["Name"], metadata["Version"]) == ("connectkit", __version__)
    assert (metadata["License-Expression"], metadata["License-File"]) == ("Apache-2.0", "LICENSE")
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_all("Provides-Extra") == ["moto", "types", "yaml"]


def test_the_sdist_gives_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """In an environment that pip makes for the build, as for somebody who has no wheel; with the same backend."""
    pins = (ROOT / "requirements" / "release.txt").read_text(encoding="utf-8").splitlines()
    (tmp_path / "backend.txt").write_text(next(line for line in pins if line.startswith("hatchling==")))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-cache-dir"]
    command += ["--build-constraint", str(tmp_path / "backend.txt"), "--wheel-dir", str(tmp_path), str(sdist)]
    subprocess.run(command, cwd=tmp_path, check=True)  # noqa: S603 - our own command
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_quickstart_runs(installed: Environment) -> None:
    # With a path, Python puts the folder of the script on its path, which here has nothing but examples.
    told = installed.run("python", ROOT / "examples" / "quickstart.py")
    assert told.startswith("connectkit on the simulated service")
    assert told.endswith("Done.\n")


def test_every_public_module_imports(installed: Environment) -> None:
    count, file = installed.run("python", "-c", IMPORT_ALL).split()
    assert int(count) > 100
    assert Path(file).is_relative_to(installed.bin.parent)


def test_the_commands_are_there(installed: Environment) -> None:
    assert installed.run("connectkit-simulator", "--help").startswith("usage: connectkit-simulator")
    assert installed.run("python", "-m", "connectkit.simulator", "--help").startswith("usage: ")


def test_type_checkers_find_its_types(installed: Environment, tmp_path: Path) -> None:
    (tmp_path / "typed.py").write_text(TYPED)
    # mypy is this environment's, and looks for packages in that one.
    diagnostics = mypy(tmp_path, python=installed.python, paths=(tmp_path,))
    assert [(found.line, found.rule) for found in diagnostics] == [(8, "assignment"), (9, "attr-defined")]


def test_the_extra_types(installed: Environment, wheel: Path, tmp_path: Path) -> None:
    installed.install(f"{wheel}[types]")
    (tmp_path / "typed.py").write_text(TYPED)
    diagnostics = mypy(tmp_path, python=installed.python, paths=(tmp_path,))
    assert [found.line for found in diagnostics] == [8, 9, 10]


def test_the_extra_yaml(installed: Environment, wheel: Path) -> None:
    installed.install(f"{wheel}[yaml]")
    assert installed.run("python", "-c", USE_YAML) == "['Refund']\n"


def test_the_extra_moto(installed: Environment, wheel: Path) -> None:
    installed.install(f"{wheel}[moto]")
    assert installed.run("python", "-c", USE_MOTO) == "123456789012 ['Support']\n"


def test_pytest_finds_the_plugin(installed: Environment) -> None:
    installed.install("pytest")
    (installed.directory / "test_it.py").write_text(USE_PLUGIN)
    assert "connect_simulator -- " in installed.run("pytest", "--fixtures")
    assert "1 passed" in installed.run("pytest", "-p", "no:cacheprovider")
