"""The simulated time moves when it is told to, and by a little with each request."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from connectkit.simulator import Clock

from ..helpers import START


def test_it_stands_still_by_itself() -> None:
    clock = Clock(START)
    assert clock.now() == clock.now() == START


def test_advance_takes_seconds_a_timedelta_or_its_keywords() -> None:
    clock = Clock(START)
    assert clock.advance(30) == START + timedelta(seconds=30)
    assert clock.advance(timedelta(days=1)) == START + timedelta(days=1, seconds=30)
    assert clock.advance(hours=2, minutes=30) == START + timedelta(days=1, hours=2, minutes=30, seconds=30)


def test_only_set_goes_back() -> None:
    clock = Clock(START)
    with pytest.raises(ValueError, match="set"):
        clock.advance(-1)
    clock.set(START - timedelta(days=1))
    assert clock.now() == START - timedelta(days=1)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2030, 1, 1, tzinfo=timezone.utc).replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        Clock(naive)
    with pytest.raises(ValueError, match="zone"):
        Clock().set(naive)
