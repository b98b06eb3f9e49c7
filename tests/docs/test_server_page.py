"""What the page about the server says that there is, there is, and the other way round."""

import json
import re
from pathlib import Path

import pytest

from connectkit.simulator import Simulator
from connectkit.simulator.core.http import HttpRequest
from connectkit.simulator.server.arguments import parse_arguments
from connectkit.simulator.server.control import Control

PAGE = (Path(__file__).parents[2] / "docs" / "simulator-server.md").read_text(encoding="utf-8")


def test_the_seed_on_it_can_be_loaded() -> None:
    (seed,) = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(Simulator().load_seed(json.loads(seed))["domains"]["Support"]["cases"]) == 1


def test_every_control_path_is_on_it_and_no_other() -> None:
    index = json.loads(Control(Simulator()).answer(HttpRequest("GET", "/_simulator")).body)
    described = set(re.findall(r"`((?:GET|POST|DELETE) /_simulator[/a-z-]*)", PAGE))
    assert {entry.rstrip("/") for entry in index} == {entry.rstrip("/") for entry in described}


def test_every_fault_on_it_can_be_arranged() -> None:
    control = Control(Simulator())
    bodies = re.findall(r'`(\{"kind".*?\})`', PAGE)
    assert len(bodies) == 4
    for body in bodies:
        request = HttpRequest("POST", "/_simulator/faults", "", {}, body.encode())
        assert control.answer(request).status == 200


def test_every_option_is_on_it_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--help"])
    taken = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    described = set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE))
    assert taken == described
