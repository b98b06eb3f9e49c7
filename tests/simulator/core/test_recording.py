"""Requests are remembered for a test to look at, but not without end."""

from __future__ import annotations

from datetime import datetime, timezone

from connectkit.simulator import RecordedRequest
from connectkit.simulator.core.recording import Recording

MIB = 1024 * 1024


def request(number: int) -> RecordedRequest:
    """A request that differs from others by its id."""
    return RecordedRequest(
        service="connectcases",
        operation="GetDomain",
        account_id="123456789012",
        region="us-east-1",
        time=datetime(2030, 1, 1, tzinfo=timezone.utc),
        request_id=str(number),
        params={},
        status=200,
        error=None,
    )


def ids(recording: Recording) -> list[int]:
    return [int(found.request_id) for found in recording.requests()]


def test_the_latest_ten_thousand_requests_are_remembered() -> None:
    recording = Recording()
    for number in range(10_003):
        recording.add(request(number), size=10)
    assert ids(recording) == list(range(3, 10_003))


def test_fewer_are_remembered_where_their_bodies_are_large() -> None:
    recording = Recording()
    for number in range(10):
        recording.add(request(number), size=5 * MIB)
    assert ids(recording) == [7, 8, 9]
    recording.add(request(10), size=14 * MIB)
    recording.add(request(11), size=MIB)
    assert ids(recording) == [10, 11]


def test_the_last_one_is_remembered_however_large_it_is() -> None:
    recording = Recording()
    recording.add(request(1), size=1)
    recording.add(request(2), size=20 * MIB)
    assert ids(recording) == [2]


def test_what_was_forgotten_takes_no_room() -> None:
    recording = Recording()
    recording.add(request(1), size=16 * MIB)
    recording.clear()
    recording.add(request(2), size=8 * MIB)
    recording.add(request(3), size=8 * MIB)
    assert ids(recording) == [2, 3]
