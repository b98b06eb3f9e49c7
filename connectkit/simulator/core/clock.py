"""The simulator's own time. Nothing in it reads any other clock, so a test decides what time it is."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone

__all__ = ["Clock"]


class Clock:
    """A clock that stands still until it is told otherwise.

    It starts at ``start`` (by default the moment it was made) and moves by ``tick`` with each simulated
    request, so that what happened first is also dated first. Waiting does not move it: use :meth:`advance` or
    :meth:`set`.

    Args:
        start: where to begin; a time without a zone is refused with ValueError.
        tick: how far each request moves the clock.
    """

    def __init__(self, start: datetime | None = None, *, tick: timedelta = timedelta(milliseconds=1)) -> None:
        self._lock = threading.Lock()
        self._tick = tick
        self._now = _aware(start or datetime.now(timezone.utc))

    def now(self) -> datetime:
        """Give the simulated time, in UTC."""
        with self._lock:
            return self._now

    def set(self, moment: datetime) -> None:
        """Make it ``moment``, before or after the present. Raises ValueError when it has no time zone."""
        moment = _aware(moment)
        with self._lock:
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
            self._now += step
            return self._now

    def tick(self) -> datetime:
        """Move by one tick and give the new time; the simulator does this once for each request."""
        return self.advance(self._tick)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the clock needs a time with a zone, such as datetime(2030, 1, 1, tzinfo=timezone.utc)")
    return moment.astimezone(timezone.utc)
