"""``RetryPolicy`` by itself: how often, how long to wait, and when to give up. No network, no waiting."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from connectkit import RetryPolicy

from .transport.support import Time


def _say_nothing(error: BaseException, number: int, seconds: float) -> None:
    """Take the place of a log."""


class Failing:
    """An attempt that fails some times and takes its time, and what ``run`` told about it."""

    def __init__(self, time: Time, *, failures: int, seconds: float = 0.0, hint: float | None = None) -> None:
        self.calls = 0
        self.told: list[tuple[str, int, float]] = []
        self._time, self._failures, self._seconds, self._hint = time, failures, seconds, hint

    def __call__(self) -> str:
        self.calls += 1
        self._time.now += self._seconds
        if self.calls <= self._failures:
            raise LookupError(f"failure {self.calls}")
        return f"answer {self.calls}"

    def run(self, policy: RetryPolicy, *, repeatable: Callable[[BaseException], bool] = lambda _: True) -> str:
        return policy.run(
            self,
            repeatable=repeatable,
            hint=lambda _: self._hint,
            before_wait=lambda error, attempt, seconds: self.told.append((str(error), attempt, seconds)),
        )


@pytest.mark.parametrize("most", [1, 2, 5, 40])
def test_tries_as_often_as_the_policy_says_and_raises_the_last_failure(most: int) -> None:
    time = Time()
    failing = Failing(time, failures=1000)
    with pytest.raises(LookupError, match=rf"^failure {most}$"):
        failing.run(time.policy(max_attempts=most, deadline=None))
    assert failing.calls == most
    assert len(time.slept) == most - 1


@given(failures=st.integers(0, 6), most=st.integers(1, 6))
def test_an_attempt_that_succeeds_ends_it(failures: int, most: int) -> None:
    time = Time()
    failing = Failing(time, failures=failures)
    if failures < most:
        assert failing.run(time.policy(max_attempts=most)) == f"answer {failures + 1}"
        assert failing.calls == failures + 1
    else:
        with pytest.raises(LookupError, match=rf"^failure {most}$"):
            failing.run(time.policy(max_attempts=most))
        assert failing.calls == most


def test_what_may_not_be_repeated_is_not() -> None:
    time = Time()
    failing = Failing(time, failures=3)
    with pytest.raises(LookupError, match=r"^failure 1$"):
        failing.run(time.policy(), repeatable=lambda _: False)
    assert (failing.calls, time.slept) == (1, [])


def test_repeating_ends_at_the_first_failure_that_forbids_it() -> None:
    time = Time()
    failing = Failing(time, failures=9)
    with pytest.raises(LookupError, match=r"^failure 3$"):
        failing.run(time.policy(), repeatable=lambda error: str(error) != "failure 3")
    assert failing.calls == 3


def test_an_interruption_is_never_repeated() -> None:
    time, calls = Time(), list[int]()

    def interrupted() -> None:
        calls.append(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        time.policy().run(interrupted, repeatable=lambda _: True, hint=lambda _: None, before_wait=_say_nothing)
    assert calls == [1]


@given(
    seed=st.integers(0, 2**32),
    initial=st.floats(0, 5),
    cap=st.floats(0, 30),
    most=st.integers(2, 12),
)
def test_jitter_stays_between_zero_and_a_limit_that_doubles_up_to_the_cap(
    seed: int, initial: float, cap: float, most: int
) -> None:
    time = Time()
    state = random.getstate()
    random.seed(seed)
    try:
        with pytest.raises(LookupError):
            Failing(time, failures=99).run(time.policy(max_attempts=most, deadline=None, initial=initial, cap=cap))
    finally:
        random.setstate(state)
    assert len(time.slept) == most - 1
    for number, seconds in enumerate(time.slept):
        limit = min(cap, initial * 2**number)
        assert 0 <= seconds <= limit or math.isclose(seconds, limit)


def test_jitter_is_full() -> None:
    # Over many seeds the first waits fill the whole range: neither always long nor always short.
    firsts: list[float] = []
    for _ in range(300):
        time = Time()
        Failing(time, failures=1).run(time.policy(initial=1.0))
        firsts += time.slept
    assert min(firsts) < 0.1
    assert max(firsts) > 0.9


@given(
    deadline=st.floats(0, 30),
    seconds=st.floats(0, 10),
    hint=st.none() | st.floats(0, 40),
    most=st.integers(1, 10),
)
def test_no_attempt_begins_after_the_deadline_and_no_wait_that_would_pass_it(
    deadline: float, seconds: float, hint: float | None, most: int
) -> None:
    time = Time()
    begun = time.now
    failing = Failing(time, failures=99, seconds=seconds, hint=hint)
    with pytest.raises(LookupError, match=r"^failure"):
        failing.run(time.policy(max_attempts=most, deadline=deadline))
    assert 1 <= failing.calls <= most
    # The last attempt began when all but its own seconds had passed.
    assert time.now - seconds - begun <= deadline + 1e-6 or failing.calls == 1
    assert sum(time.slept) <= deadline + 1e-6


def test_a_wait_that_would_pass_the_deadline_is_not_begun() -> None:
    time = Time()
    failing = Failing(time, failures=99, hint=4.0)
    with pytest.raises(LookupError, match=r"^failure 3$"):
        failing.run(time.policy(max_attempts=10, deadline=10.0))
    assert time.slept == [4.0, 4.0]  # a third would have ended at 12 s


def test_a_wait_may_end_exactly_at_the_deadline() -> None:
    time = Time()
    assert Failing(time, failures=1, hint=10.0).run(time.policy(deadline=10.0)) == "answer 2"


def test_the_time_that_attempts_take_counts_too() -> None:
    time = Time()
    failing = Failing(time, failures=99, seconds=3.0, hint=1.0)
    with pytest.raises(LookupError):
        failing.run(time.policy(max_attempts=10, deadline=10.0))
    assert failing.calls == 3  # at 3, 7 and 11 s


def test_without_a_deadline_only_the_attempts_end_it() -> None:
    time = Time()
    failing = Failing(time, failures=99, hint=3600.0)
    with pytest.raises(LookupError):
        failing.run(time.policy(max_attempts=4, deadline=None))
    assert time.slept == [3600.0] * 3


@given(hint=st.floats(0.001, 50))
def test_a_hint_is_followed_exactly_and_over_the_cap(hint: float) -> None:
    time = Time()
    failing = Failing(time, failures=2, hint=hint)
    failing.run(time.policy(max_attempts=3, deadline=None, cap=1.0))
    assert time.slept == [hint, hint]


def test_a_hint_of_nothing_is_none(  # whoever throttles isn't asked again at once by everybody
) -> None:
    time = Time()
    Failing(time, failures=2, hint=0.0).run(time.policy(max_attempts=3, initial=1.0))
    assert all(0 < slept <= 2 for slept in time.slept)


@pytest.mark.parametrize("name", ["max_attempts", "deadline", "initial", "cap"])
def test_what_should_be_a_number_is_one(name: str) -> None:
    for wrong in ("3", *([] if name == "deadline" else [None])):
        arguments: dict[str, Any] = {name: wrong}
        with pytest.raises(TypeError, match=f"^{name} is {wrong!r}"):
            RetryPolicy(**arguments)


def test_before_each_wait_it_tells_the_failure_its_number_and_the_seconds() -> None:
    time = Time()
    failing = Failing(time, failures=2, hint=1.5)
    failing.run(time.policy())
    assert failing.told == [("failure 1", 1, 1.5), ("failure 2", 2, 1.5)]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"max_attempts": 0}, "max_attempts"),
        ({"max_attempts": -1}, "max_attempts"),
        ({"deadline": -1.0}, "deadline"),
        ({"initial": -0.1}, "initial"),
        ({"cap": -0.1}, "cap"),
        ({"cap": math.nan}, "cap"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_by_name(arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=rf"^{named} is "):
        RetryPolicy(**arguments)


def test_policies_compare_by_their_numbers_and_show_them() -> None:
    assert RetryPolicy(max_attempts=3) == RetryPolicy(max_attempts=3, sleep=lambda _: None, clock=lambda: 0.0)
    assert RetryPolicy(max_attempts=3) != RetryPolicy(max_attempts=4)
    assert repr(RetryPolicy()) == "RetryPolicy(max_attempts=5, deadline=60.0, initial=0.2, cap=20.0)"
