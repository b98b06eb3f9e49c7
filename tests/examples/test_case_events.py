"""The consumer of case events does on simulated events what its page says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "case_events.py"


def test_it_reacts_to_the_fields_that_changed(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "4 events, and one message that is none:",
        "CASE.UPDATED 'Parcel lost' waits in arn:aws:connect:us-east-1:123456789012:instance/i/queue/returns",
        "RELATED_ITEM.CREATED somebody wrote: Found it",
        "CASE.UPDATED 'Parcel lost' is closed",
        "To be delivered again: ['message-4']",
    ]
