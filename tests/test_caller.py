"""Waiting: at once, then ever more seldom, and not for longer than was asked for."""

from __future__ import annotations

import pytest

from connectkit import RetryPolicy, WaitTimeoutError
from connectkit._caller import MOST_SHARED, Caller

from .transport.support import Time


def caller(time: Time) -> Caller:
    transport: object = None  # waiting makes no call of its own
    return Caller(transport, RetryPolicy(sleep=time.sleep, clock=time.clock))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_what_has_happened_already_is_not_waited_for() -> None:
    time = Time()
    assert caller(time).wait(lambda: 7, what="seven", timeout=0, interval=2) == 7
    assert time.slept == []


def test_looks_follow_each_other_ever_more_slowly_up_to_the_interval() -> None:
    time, looks = Time(), iter([None] * 7 + [0])
    assert caller(time).wait(lambda: next(looks), what="zero", timeout=60, interval=2) == 0
    assert time.slept == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.6, 2, 2])


def test_the_last_look_is_when_the_time_is_up() -> None:
    time, looked = Time(), list[float]()
    with pytest.raises(WaitTimeoutError, match=r"^waited 5 s for the moon; it hasn't happened yet$") as caught:
        caller(time).wait(lambda: looked.append(time.now), what="the moon", timeout=5, interval=2)
    assert isinstance(caught.value, TimeoutError)
    assert sum(time.slept) == pytest.approx(5)
    assert looked[-1] == pytest.approx(looked[0] + 5)


@pytest.mark.parametrize(("timeout", "interval"), [(-1, 1), (1, -1), (float("nan"), 1)])
def test_seconds_that_make_no_sense_are_refused(timeout: float, interval: float) -> None:
    with pytest.raises(ValueError, match="it is a number of seconds, not negative"):
        caller(Time()).wait(lambda: 1, what="one", timeout=timeout, interval=interval)


def test_what_nobody_has_asked_for_in_the_longest_time_is_given_up() -> None:
    shared = caller(Time())
    first, second = shared.shared(0, object), shared.shared(1, object)
    for key in range(2, MOST_SHARED):
        shared.shared(key, object)
    assert shared.shared(0, object) is first
    shared.shared(MOST_SHARED, object)
    assert shared.shared(0, object) is first
    assert shared.shared(1, object) is not second


def test_what_is_shared_is_made_once() -> None:
    shared = caller(Time())
    first = shared.shared("key", object)
    assert shared.shared("key", object) is first
    assert shared.shared("another", object) is not first
