from __future__ import annotations

import importlib
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from .support import ROOT, Command, request, run_command

if TYPE_CHECKING:
    from pathlib import Path

    from connectkit.simulator.server import SimulatorServer


def test_it_says_where_it_is_and_what_to_set() -> None:
    with Command() as command:
        assert command.url.startswith("http://127.0.0.1:")
        _, output, errors = command.end()
    assert f"export AWS_ENDPOINT_URL_CONNECTCASES={command.url}\n" in output
    assert f"export AWS_ENDPOINT_URL_CONNECT={command.url}\n" in output
    assert "AWS_ACCESS_KEY_ID=any" in output
    assert errors == ""


def test_there_is_a_console_command_for_it() -> None:
    scripts = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.scripts]\n")[2]
    home, _, name = scripts.splitlines()[0].removeprefix("connectkit-simulator = ").strip('"').partition(":")
    assert callable(getattr(importlib.import_module(home), name))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(number: int) -> None:
    with Command() as command:
        command.client().list_domains()
        status, _, errors = command.end(number)
    assert (status, errors) == (0, "")


def test_it_belongs_to_the_account_and_region_that_it_was_given() -> None:
    with Command("--account-id", "999999999999", "--region", "eu-west-2") as command:
        made = command.client(region_name="ap-southeast-2").create_domain(name="Support")
        assert made["domainArn"].startswith("arn:aws:cases:ap-southeast-2:999999999999:")
        _, output, _ = command.end()
    assert "AWS_REGION=eu-west-2" in output


def test_its_clock_goes_on() -> None:
    with Command() as command:
        client = command.client()
        first, second = (client.get_domain(domainId=client.create_domain(name=name)["domainId"]) for name in "ab")
    assert first["createdTime"] < second["createdTime"]


def test_verbose_shows_requests_without_what_is_in_them() -> None:
    with Command("--verbose") as command:
        command.client().create_domain(name="Secret name")
        _, _, errors = command.end()
    line = errors.strip()
    assert line.startswith("POST CreateDomain 200 ")
    assert line.endswith(" ms")
    assert "Secret" not in errors


def test_a_host_that_others_can_reach_is_warned_about() -> None:
    with Command("--host", "0.0.0.0") as command:  # noqa: S104 - what the test is about
        assert command.url.startswith("http://127.0.0.1:")
        command.client().list_domains()
        _, _, errors = command.end()
    assert len(errors.splitlines()) == 1
    assert "0.0.0.0 is not loopback" in errors
    assert "read and change everything" in errors


def test_it_begins_with_a_seed() -> None:
    with Command("--seed", ROOT / "examples" / "seed.json") as command:
        (domain,) = command.client().list_domains()["domains"]
    assert domain["name"] == "Support"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"domains": [{"name": "A", "fields": [{"name": "B", "type": "text"}]}]}', "domains[0].fields[0].type: must"),
        ("{", "line 1 column 2: Expecting property name"),
    ],
)
def test_a_mistake_in_a_seed_is_one_clear_line(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "seed.json"
    path.write_text(content, encoding="utf-8")
    status, errors = run_command("--seed", path, "--port", "0")
    assert status == 2
    assert errors.startswith(f"connectkit-simulator: there is a mistake in the seed {path}: {problem}")
    assert len(errors.splitlines()) == 1


def test_a_seed_that_can_not_be_read_is_one_clear_line(tmp_path: Path) -> None:
    status, errors = run_command("--seed", tmp_path / "none.json", "--port", "0")
    assert status == 2
    assert errors == f"connectkit-simulator: can't read the seed {tmp_path}/none.json: No such file or directory\n"


def test_its_state_survives_a_kill(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    with Command("--state", state) as command:
        made = command.client().create_domain(name="Support")["domainId"]
        command.process.kill()
    with Command("--state", state) as command:
        (domain,) = command.client().list_domains()["domains"]
        assert domain["domainId"] == made
        assert command.end()[0] == 0


def test_a_seed_is_loaded_into_an_empty_state_only(tmp_path: Path) -> None:
    arguments = ("--state", tmp_path / "state.db", "--seed", ROOT / "examples" / "seed.json")
    domains: list[Any] = []
    outputs: list[str] = []
    for _ in range(2):
        with Command(*arguments) as command:
            domains.append(command.client().list_domains()["domains"])
            outputs.append(command.end()[1])
    assert domains[0] == domains[1]
    assert ["is not loaded" in output for output in outputs] == [False, True]
    assert f"{tmp_path / 'state.db'} has what was there" in outputs[1]


def test_a_state_file_in_use_is_one_clear_line(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    with Command("--state", state):
        status, errors = run_command("--state", state, "--port", "0")
    assert status == 2
    assert errors == f"connectkit-simulator: the state file {state} is in use by another simulator\n"


def test_a_state_file_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    state = tmp_path / "notes.txt"
    state.write_text("Not a database at all, but long enough to be looked at.\n" * 50, encoding="utf-8")
    status, errors = run_command("--state", state, "--port", "0")
    assert status == 2
    assert errors.startswith(f"connectkit-simulator: the state file {state} is no state file")
    assert len(errors.splitlines()) == 1


def test_the_clock_that_a_client_has_set_survives_a_kill(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    with Command("--state", state) as command:
        request("POST", f"{command.url}/_simulator/clock", {"set": "2035-06-01T00:00:00Z"})
        command.process.kill()
    with Command("--state", state) as command:
        assert request("GET", f"{command.url}/_simulator/clock")["now"].startswith("2035-06-01T00:")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--port", "70000"], "0 to 65535"),
        (["--port", "http"], "0 to 65535"),
        (["--account-id", "12"], "12 digits"),
        (["--region", "mars"], "such as us-east-1"),
        (["--prot", "1"], "unrecognized arguments: --prot"),
    ],
)
def test_an_option_that_makes_no_sense_is_explained(arguments: list[str], problem: str) -> None:
    status, errors = run_command(*arguments)
    assert status == 2
    assert problem in errors.splitlines()[-1]
    assert "Traceback" not in errors


def test_a_port_that_is_in_use_is_one_clear_line(server: SimulatorServer) -> None:
    status, errors = run_command("--port", str(server.port))
    assert status == 2
    assert errors == f"connectkit-simulator: can't listen on 127.0.0.1 port {server.port}: Address already in use\n"


def test_a_host_that_does_not_exist_is_one_clear_line() -> None:
    status, errors = run_command("--host", "nowhere.invalid", "--port", "0")
    assert status == 2
    assert len(errors.splitlines()) == 1
    assert "can't listen on nowhere.invalid port 0" in errors


def test_starting_it_loads_neither_boto3_nor_pydantic() -> None:
    code = "import sys, connectkit.simulator.server.command; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded: set[Any] = {name.partition(".")[0] for name in done.stdout.split()}
    assert not {"boto3", "pydantic"} & loaded
