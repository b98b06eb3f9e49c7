"""The simulator's own time. Nothing else in it reads a clock, so a test decides what time it is."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from time import monotonic

__all__ = ["Clock"]


class Clock:
    """A clock that stands still until it is told otherwise, or with ``live`` goes on by itself.

    It starts at ``start`` (by default the moment it was made) and moves by ``tick`` with each simulated
    request, so that what happened first is also dated first. Waiting does not move a clock that stands still:
    use :meth:`advance` or :meth:`set`. A live one runs as fast as the computer's, from wherever it is set.

    Args:
        start: where to begin; a time without a zone is refused with ValueError.
        tick: how far each request moves the clock, at the least.
        live: whether it goes on by itself.
    """

    def __init__(
        self, start: datetime | None = None, *, tick: timedelta = timedelta(milliseconds=1), live: bool = False
    ) -> None:
        self._lock = threading.Lock()
        self._tick = tick
        self._now = _aware(start or datetime.now(timezone.utc))
        self._live = live
        self._read = monotonic()

    @property
    def live(self) -> bool:
        """Whether the clock goes on by itself."""
        return self._live

    def now(self) -> datetime:
        """Give the simulated time, in UTC."""
        with self._lock:
            return self._go_on()

    def set(self, moment: datetime) -> None:
        """Make it ``moment``, before or after the present. Raises ValueError when it has no time zone."""
        moment = _aware(moment)
        with self._lock:
            self._go_on()
            self._now = moment

    def advance(self, by: timedelta | float = 0.0, /, **units: float) -> datetime:
        """Move forward by a timedelta, by seconds, or by timedelta's own keywords, and give the new time.

        ``clock.advance(30)``, ``clock.advance(timedelta(days=1))`` and ``clock.advance(hours=2, minutes=30)``
        all work. Raises ValueError when the sum is negative; :meth:`set` goes back in time.
        """
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        step += timedelta(**units)
        if step < timedelta(0):
            raise ValueError("advance() only goes forward; use set() to go back")
        with self._lock:
            self._now = self._go_on() + step
            return self._now

    def tick(self) -> datetime:
        """Move by one tick and give the new time; the simulator does this once for each request."""
        return self.advance(self._tick)

    def _go_on(self) -> datetime:
        """Move a live clock to where it should be by now."""
        if self._live:
            read = monotonic()
            self._now += timedelta(seconds=read - self._read)
            self._read = read
        return self._now


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the clock needs a time with a zone, such as datetime(2030, 1, 1, tzinfo=timezone.utc)")
    return moment.astimezone(timezone.utc)
