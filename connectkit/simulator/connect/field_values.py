"""What fits a field of a task template: the type of a reference, and the text of a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from connectkit.simulator.core.timestamps import format_epoch, parse_epoch, parse_iso

__all__ = [
    "REFERENCE_TYPES",
    "STANDARD_TYPES",
    "as_reference_value",
    "expiry_fault",
    "parse_moment",
    "reference_fault",
    "value_fault",
]

STANDARD_TYPES = frozenset({"NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"})
"""The types of which a task has something of its own; fields of any other type are custom ones."""

REFERENCE_TYPES: Mapping[str, str] = {
    "TEXT": "STRING",
    "TEXT_AREA": "STRING",
    "BOOLEAN": "STRING",
    "SINGLE_SELECT": "STRING",
    "NUMBER": "NUMBER",
    "DATE_TIME": "DATE",
    "URL": "URL",
    "EMAIL": "EMAIL",
}
"""The type of the reference that holds the value of a custom field, by the field's type."""

_LONGEST_EXPIRY_MINUTES = 129_600
_LENGTHS = {"TEXT": 512, "TEXT_AREA": 4096, "NAME": 1025}
"""A value must have fewer characters than these: as it is documented for references, and as the model has it for the
name of a task."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_EPOCH = re.compile(r"[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")

Fault = tuple[str, str]
"""A reason of the model, and a message."""


def value_fault(field: Mapping[str, Any], text: str) -> Fault | None:
    """Say how a text does not fit a field's type, or give None when it does.

    That these rules, which are documented for the references of a task, hold for a default value too is inferred, as
    are the reasons.
    """
    kind: str | None = field.get("Type")
    if kind is None:
        return None
    if kind == "SINGLE_SELECT" and text not in field.get("SingleSelectOptions", ()):
        return "REFERENCED_RESOURCE_NOT_FOUND", f"{text!r} is not among the options"
    if kind == "EXPIRY_DURATION":
        return expiry_fault(int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0)
    if len(text) >= _LENGTHS.get(kind, len(text) + 1):
        return "INVALID_FORMAT", f"A value of type {kind} has fewer than {_LENGTHS[kind]} characters, not {len(text)}"
    if kind in _FORMATS and not _FORMATS[kind][1](text):
        return _FORMATS[kind][0], f"{text!r} is not a value of type {kind}"
    return None


def reference_fault(kind: str, text: str) -> str | None:
    """Say how a text does not fit a reference's type, or give None when it does.

    That a date is in epoch seconds and a URL is a formatted one is documented; the rest is inferred.
    """
    fits = _OF_REFERENCES.get(kind)
    return None if fits is None or fits(text) else f"{text!r} is not a value of type {kind}"


def expiry_fault(minutes: int) -> Fault | None:
    """Say that a task may not live so long, or give None when it may."""
    if 1 <= minutes <= _LONGEST_EXPIRY_MINUTES:
        return None
    return "INVALID_FORMAT", f"The expiry must be 1 to {_LONGEST_EXPIRY_MINUTES} whole minutes"


def as_reference_value(kind: str, text: str) -> str:
    """Write a field's default as a reference holds it: a date, which may be ISO-8601 there, in epoch seconds."""
    return str(int(format_epoch(parse_moment(text)))) if kind == "DATE_TIME" else text


def parse_moment(text: str) -> datetime:
    """Read a moment: ISO-8601, or the seconds since 1970. Raises ValueError when it is neither."""
    return parse_epoch(int(text)) if _EPOCH.fullmatch(text) else parse_iso(text)


def _is_moment(text: str) -> bool:
    try:
        parse_moment(text)
    except ValueError:
        return False
    return True


def _is_epoch(text: str) -> bool:
    return bool(_EPOCH.fullmatch(text))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_boolean(text: str) -> bool:
    return text in {"true", "false"}


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


def _is_email(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text))


_FORMATS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "NUMBER": ("TYPE_MISMATCH", _is_number),
    "BOOLEAN": ("TYPE_MISMATCH", _is_boolean),
    "DATE_TIME": ("INVALID_FORMAT", _is_moment),
    "SCHEDULED_TIME": ("INVALID_FORMAT", _is_moment),
    "URL": ("INVALID_FORMAT", _is_url),
    "EMAIL": ("INVALID_FORMAT", _is_email),
}
_OF_REFERENCES: Mapping[str, Callable[[str], bool]] = {
    "NUMBER": _is_number,
    "DATE": _is_epoch,
    "URL": _is_url,
    "EMAIL": _is_email,
}
