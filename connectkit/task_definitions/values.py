"""Values of task fields as the service keeps them: texts, whatever the field's type, and what fits which type.

That a default value must fit its field as a reference of a task must is inferred; so are the forms of a number, a URL
and an email address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TypeAlias, cast
from urllib.parse import urlsplit

from ..errors import FieldValueError
from ..values import Choices, format_moment

__all__ = ["LONGEST_EXPIRY", "STANDARD_TYPES", "TaskValue", "as_text", "moment_in", "value_fault"]

TaskValue: TypeAlias = "str | int | float | Decimal | bool | datetime | timedelta"
"""A value of a field as Python has it. A text is taken as it is, if it fits the field's type."""

STANDARD_TYPES = frozenset({"NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"})
"""Types of which a task has something of its own. That a template has one field at most of each is inferred."""

LONGEST_EXPIRY = 129_600
"""Minutes that a task may live, says the administrator guide: ninety days."""

# "Fewer than", as UpdateContactTaskTemplate documents for references; StartTaskContact's model has that of a name.
_TOO_LONG = {"TEXT": 512, "TEXT_AREA": 4096, "NAME": 1025}
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_EPOCH = re.compile(r"[0-9]{1,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_ISO = re.compile(
    r"(?P<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2})(?P<second>:[0-9]{2})?(?:[.,](?P<fraction>[0-9]{1,9}))?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_MOST_SHOWN = 60
_START = datetime(1970, 1, 1, tzinfo=timezone.utc)


def as_text(value: TaskValue, *, field: str) -> str:
    """A value as the service keeps it.

    Args:
        value: What is to be kept.
        field: What to call the field in an error.

    Raises:
        FieldValueError: no field holds such a value.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise FieldValueError(field=field, problem="needs a moment with a time zone: datetime(..., tzinfo=...)")
        return format_moment(value)
    if isinstance(value, timedelta):
        minutes, rest = divmod(value, timedelta(minutes=1))
        if rest:
            raise FieldValueError(field=field, problem=f"counts in whole minutes, which {value} is not")
        return str(minutes)
    if isinstance(cast("object", value), (int, float, Decimal)):
        return str(value)
    raise FieldValueError(field=field, problem=f"can't hold a {type(value).__name__}; it holds what can be a text")


def value_fault(type_: str, text: str, options: Sequence[str] = ()) -> str | None:
    """Say what is wrong with a value for a field of this type, or give ``None``. Of an unknown type nothing is."""
    if type_ == "SINGLE_SELECT" and text not in options:
        return Choices((option, option) for option in options).lacks(text)
    longest = _TOO_LONG.get(type_)
    if longest is not None and len(text) >= longest:
        return f"has {len(text)} characters; a {type_} value has fewer than {longest}"
    fits, right = _FORMS.get(type_, (None, ""))
    return None if fits is None or fits(text) else f"{_shown(text)} is not {right}"


def moment_in(text: str) -> datetime | None:
    """The moment that a text names: ISO-8601 (in UTC where it says no zone), or seconds since 1970."""
    try:
        if _EPOCH.fullmatch(text):
            return _START + timedelta(seconds=int(text))
        return _iso(text)
    except (ValueError, OverflowError):  # a month of 31 days that has 30, a year after 9999
        return None


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    # A fraction is one of a second.
    if found is None or (found["fraction"] and not found["second"]):
        return None
    zone = (found["zone"] or "Z").upper().replace("Z", "+00:00")
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    moment = datetime.fromisoformat(f"{found['minute']}{found['second'] or ':00'}{zone}")
    micros = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    return moment.replace(microsecond=micros).astimezone(timezone.utc)


def _shown(text: str) -> str:
    return repr(text) if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]!r}…"


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


def _is_expiry(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,6}", text)) and 1 <= int(text) <= LONGEST_EXPIRY


_MOMENT = "a moment: ISO-8601 with date and time, or seconds since 1970"
_FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "NUMBER": (lambda text: _NUMBER.fullmatch(text) is not None, "a number"),
    "BOOLEAN": (lambda text: text in {"true", "false"}, "true or false"),
    "DATE_TIME": (lambda text: moment_in(text) is not None, _MOMENT),
    "SCHEDULED_TIME": (lambda text: moment_in(text) is not None, _MOMENT),
    "URL": (_is_url, "a URL such as https://example.com/"),
    "EMAIL": (lambda text: _EMAIL.fullmatch(text) is not None, "an email address"),
    "EXPIRY_DURATION": (_is_expiry, f"a whole number of minutes from 1 to {LONGEST_EXPIRY}"),
}
