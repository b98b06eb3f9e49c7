"""How often an operation may be called: a token bucket for each, in the simulator's own time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from connectkit.simulator.state.settings import Rate

__all__ = ["Throttle"]


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: datetime


class Throttle:
    """The buckets of every account and region."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def allows(self, scope: str, operation: str, *, now: datetime, rates: Mapping[str, Rate]) -> bool:
        """Count a call, and say whether it may go on; an operation without a rate always may."""
        rate = rates.get(operation)
        if rate is None:
            return True
        bucket = self._buckets.setdefault((scope, operation), _Bucket(rate.burst, now))
        elapsed = max((now - bucket.filled).total_seconds(), 0.0)
        bucket.tokens = min(bucket.tokens + elapsed * rate.per_second, rate.burst)
        bucket.filled = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True

    def clear(self) -> None:
        """Fill all buckets."""
        self._buckets.clear()
