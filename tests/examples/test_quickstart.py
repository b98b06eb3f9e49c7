"""The quickstart tells its whole story on the simulated service."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

QUICKSTART = Path(__file__).parents[2] / "examples" / "quickstart.py"


def told_by(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    monkeypatch.setattr(sys, "argv", [str(QUICKSTART), *arguments])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(QUICKSTART), run_name="__main__")
    code = ended.value.code
    assert isinstance(code, int), code
    return code, capsys.readouterr()


def test_it_tells_the_whole_story(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told_by(monkeypatch, capsys)
    assert code == 0, said.err
    for line in (
        "36 created",
        "16 cases match, read in 3 pages:",
        "closed the dearest one; 15 left",
        'version 2: Body[0].Content[0]: "Refund the parcel" → "Pay it back"',
        "version 3: Back to version 1",
        "with the fields Task name, Assign to, Carrier",
        "domain removed",
        "Done.",
    ):
        assert line in said.out


def test_it_says_so_when_there_are_no_credentials(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    code, said = told_by(monkeypatch, capsys, "--live", "--region", "us-east-1")
    assert code == 1
    assert "Stopped: Unable to locate credentials" in said.err
