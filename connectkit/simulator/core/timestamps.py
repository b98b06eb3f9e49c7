"""Reads and writes the two timestamp formats of these services: ISO-8601 text and epoch seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

__all__ = ["format_epoch", "format_iso", "parse_epoch", "parse_iso"]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
# datetime.fromisoformat() takes neither "Z" nor an arbitrary count of decimals before Python 3.11.
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?",
    re.ASCII,
)


def parse_iso(text: str) -> datetime:
    """Read an ISO-8601 date and time; one without an offset is taken as UTC.

    Raises ValueError when ``text`` is anything else, a date alone included.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not an ISO-8601 date and time")
    year, month, day, hour, minute, second, fraction, _, sign, off_hours, off_minutes = match.groups()
    offset = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0))
    zone = timezone(-offset if sign == "-" else offset)
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micros, tzinfo=zone)
    try:
        return moment.astimezone(timezone.utc)
    except OverflowError as error:
        raise ValueError("outside the years 1 to 9999") from error


def format_iso(moment: datetime) -> str:
    """Write a moment as ISO-8601 in UTC with milliseconds, the way Cases does."""
    # isoformat rather than strftime, which drops the zeros of years before 1000 on some platforms.
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_epoch(seconds: float) -> datetime:
    """Read seconds since 1970 (UTC). Raises ValueError when the number is no moment that Python can hold."""
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except (OverflowError, ValueError) as error:
        raise ValueError("not a moment between the years 1 and 9999") from error


def format_epoch(moment: datetime) -> float:
    """Write a moment as seconds since 1970 with milliseconds, the way Connect does."""
    return round((moment - _EPOCH) / timedelta(milliseconds=1)) / 1000
