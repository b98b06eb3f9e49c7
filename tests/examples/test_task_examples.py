"""The examples about task templates tell their stories on the simulated service."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def told_by(example: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", [example])
    runpy.run_path(str(EXAMPLES / example), run_name="__main__")
    return capsys.readouterr().out


def test_a_folder_is_synced_and_the_second_time_nothing_is_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = told_by("sync_task_templates.py", monkeypatch, capsys).split("Once more:")
    assert "2 to create" in first
    assert "created Refund" in first
    assert "nothing to do, 2 unchanged" in second
    assert "created" not in second


def test_a_task_is_started_once_its_values_fit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused, started = told_by("start_task.py", monkeypatch, capsys).splitlines()
    assert refused == "Not started: StartTaskContact can't be sent: fields['Amount']: 'a lot' is not a number"
    assert started.startswith("Started: ")
