"""Timestamps are read and written as the two services have them."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from connectkit.simulator.core.timestamps import format_epoch, format_iso, parse_epoch, parse_iso

NOON = datetime(2030, 1, 1, 12, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        "2030-01-01T12:00:00Z",
        "2030-01-01T12:00Z",
        "2030-01-01T12:00:00.000000000Z",
        "2030-01-01T14:00:00+02:00",
        "2030-01-01T07:00:00-0500",
        "2030-01-01T12:00:00",
    ],
)
def test_iso_forms_of_one_moment_are_equal(text: str) -> None:
    assert parse_iso(text) == NOON


@pytest.mark.parametrize("text", ["", "soon", "2030-01-01", "2030-13-01T00:00:00Z", "2030-01-01T25:00:00Z", "1e9"])
def test_other_text_is_no_iso_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_iso(text)


def test_the_edge_of_time_is_refused_rather_than_overflowing() -> None:
    with pytest.raises(ValueError, match="years"):
        parse_iso("0001-01-01T00:00:00+14:00")
    with pytest.raises(ValueError, match="years"):
        parse_epoch(1e30)


def test_what_is_written_is_read_back_to_the_millisecond() -> None:
    moment = datetime(2030, 1, 1, 12, 0, 0, 123000, tzinfo=timezone.utc)
    assert format_iso(moment) == "2030-01-01T12:00:00.123Z"
    assert parse_iso(format_iso(moment)) == moment
    assert parse_epoch(format_epoch(moment)) == moment
