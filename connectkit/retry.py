"""When a call is tried again, and how long to wait before. The only module that knows of tenacity."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tenacity import RetryCallState

__all__ = ["RetryPolicy"]

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How often and how patiently calls are repeated.

    What may be repeated at all is decided per operation, not here: a throttled or never-sent request always, one that
    the service may have acted on only if acting twice does no harm.

    Waits are random between zero and a limit that doubles from ``initial`` up to ``cap`` ("full jitter"); a wait that
    the service asks for is kept instead. ``RetryPolicy(max_attempts=1)`` never repeats.

    Raises:
        TypeError: what should be a number is none.
        ValueError: a number makes no sense.
    """

    max_attempts: int = 5
    """Most times that a request is sent, the first included."""
    deadline: float | None = 60.0
    """Seconds since the first attempt after which none begins. A wait that would pass it isn't begun; an attempt that
    runs is bounded by the timeouts of the botocore ``Config``. ``None`` for no deadline."""
    initial: float = 0.2
    """Limit of the first wait, in seconds."""
    cap: float = 20.0
    """Limit of every wait, in seconds, but for those that the service asks for."""
    sleep: Callable[[float], object] = field(default=time.sleep, repr=False, compare=False)
    """What waits; for tests."""
    clock: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)
    """What tells the seconds that have passed; for tests."""

    def __post_init__(self) -> None:
        attempts: object = getattr(self, "max_attempts")  # noqa: B009 - whatever it is, for those who don't check types
        if not isinstance(attempts, int):
            raise TypeError(f"max_attempts is {attempts!r}; it is a whole number of attempts")
        if self.max_attempts < 1:
            raise ValueError(f"max_attempts is {self.max_attempts}; at least 1 is needed, the first attempt itself")
        for name in ("deadline", "initial", "cap"):
            seconds = getattr(self, name)
            if seconds is None and name == "deadline":
                continue
            if not isinstance(seconds, (int, float)):
                raise TypeError(f"{name} is {seconds!r}; it is a number of seconds")
            if not seconds >= 0:
                raise ValueError(f"{name} is {seconds}; it is a number of seconds, not negative")

    def run(
        self,
        attempt: Callable[[], T],
        *,
        repeatable: Callable[[BaseException], bool],
        hint: Callable[[BaseException], float | None],
        before_wait: Callable[[BaseException, int, float], None],
    ) -> T:
        """Call ``attempt`` until it succeeds, fails for good, or the policy ends it; its last exception is raised.

        Args:
            attempt: One try.
            repeatable: Whether a failure allows another try.
            hint: Seconds that a failure asks to wait, if it does.
            before_wait: Told of each failure that is followed by another try, its number, and the seconds until then.
        """
        begun = self.clock()
        try:
            return attempt()
        except Exception as error:
            if self.max_attempts == 1 or not repeatable(error):
                raise
            failures: list[Exception] = [error]
        # Only now: most calls succeed at once, and importing tenacity costs as much as a hundred of them.
        from tenacity import Retrying, retry_if_exception, wait_random_exponential

        def again() -> T:
            if failures:
                raise failures.pop()
            return attempt()

        jitter = wait_random_exponential(multiplier=self.initial, max=self.cap)

        def wait(state: RetryCallState) -> float:
            # A hint of nothing is none: whoever throttles should not be asked again at once.
            return hint(_failure(state)) or float(jitter(state))

        def sleep(seconds: float) -> None:
            self.sleep(seconds)  # which may give something: the clock of a test that was moved on

        def stop(state: RetryCallState) -> bool:
            if state.attempt_number >= self.max_attempts:
                return True
            return self.deadline is not None and self.clock() - begun + state.upcoming_sleep > self.deadline

        retrying = Retrying(
            retry=retry_if_exception(repeatable),
            wait=wait,
            stop=stop,
            sleep=sleep,
            before_sleep=lambda state: before_wait(_failure(state), state.attempt_number, state.upcoming_sleep),
            reraise=True,
        )
        return retrying(again)


def _failure(state: RetryCallState) -> BaseException:
    error = state.outcome.exception() if state.outcome is not None else None
    if error is None:
        raise AssertionError("tenacity waits after failures only")
    return error
