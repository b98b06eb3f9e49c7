"""The examples about cases do what their pages say."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from connectkit.simulator import Simulator, simulate

from ..simulator.helpers import needs, needs_member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the examples set is put back afterwards."""
    for name in ("CASES_DOMAIN_ID", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1")


def told_by(name: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What an example prints."""
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def sim() -> Iterator[Simulator]:
    """A simulated service for handlers that are called here."""
    with simulate(seed=1) as simulator:
        yield simulator


def test_the_caller_hears_of_their_open_cases(capsys: pytest.CaptureFixture[str]) -> None:
    anna, nobody = told_by("find_open_cases", capsys)
    assert "'openCases': '2'" in anna
    assert "'case1Title': 'Charged twice'" in anna
    assert "'case2Title': 'Parcel lost'" in anna
    assert nobody == "{'openCases': '0'}"


@needs_member("connectcases", "SearchCasesResponse", "totalCount")
def test_a_flow_gets_texts_alone_and_an_invocation_costs_two_calls(sim: Simulator) -> None:
    names: Mapping[str, Any] = runpy.run_path(str(EXAMPLES / "find_open_cases.py"))
    from connectkit import ConnectKit

    names["provision"](ConnectKit(region_name="us-east-1"))
    handler: Callable[[object], dict[str, str]] = names["handler"]
    attributes = {"profileArn": f"{names['PROFILES']}/anna"}
    before = len(sim.requests)
    answer = handler({"Details": {"ContactData": {"Attributes": attributes}}})
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in answer.items())
    assert [request.operation for request in sim.requests[before:]] == ["SearchCases", "SearchCases"]


def test_a_case_is_not_lost_when_its_comment_fails(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert told_by("create_case", capsys) == [
        "The flow got its case: {'title': 'Parcel lost', 'Priority': 'high'}",
        "The contact is linked: True",
        "Comments: 0",
    ]
    assert "is open, but not complete: add the comment" in caplog.text


@needs("connectcases", "BatchUpdateCase")
def test_stale_cases_are_closed_and_the_one_that_fails_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    failed, told, still_open = told_by("close_stale_cases", capsys)
    assert "is failed: CASE_NOT_FOUND" in failed
    assert told == "224 of 225 stale cases closed"
    assert still_open == "26 still open"
