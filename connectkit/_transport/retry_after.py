"""``Retry-After``: how long a service asks to wait."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

__all__ = ["seconds_asked"]


def seconds_asked(told: object) -> float | None:
    """Seconds from the header's value, which is a number of them or an HTTP date; ``None`` if it makes no sense."""
    text = str(told)
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - datetime.now(timezone.utc)).total_seconds()
        except (TypeError, ValueError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
