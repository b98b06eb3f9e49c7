"""Between Python values and the field values of the service, by the type of the field.

============ =================== ===========================================
field type   Python              on the wire
============ =================== ===========================================
Text, Url    ``str``             ``stringValue``
SingleSelect ``str``             ``stringValue``: the value of an option
DateTime     aware ``datetime``  ``stringValue``, ISO-8601
Number       ``float``           ``doubleValue``; ``int`` and ``Decimal`` may be written
Boolean      ``bool``            ``booleanValue``
User         ``str``             ``userArnValue``: the ARN of a Connect user
any          ``None``            ``emptyValue``
============ =================== ===========================================

This module does no I/O and needs nothing but the errors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeAlias, cast

from .errors import FieldValueError

__all__ = ["Choices", "FieldInput", "PlainValue", "decode", "encode", "format_moment", "parse_moment"]

PlainValue: TypeAlias = "str | float | bool | datetime | None"
"""What the value of a field is read as."""

FieldInput: TypeAlias = "str | float | int | Decimal | bool | datetime | None"
"""What may be written to a field."""

_SHOWN = 60
_MOST_SHOWN = 10


class Choices:
    """The options of a SingleSelect field: what a person calls them, and the values that they stand for.

    ``in`` and iteration are about values.
    """

    def __init__(self, options: Iterable[tuple[str, str]]) -> None:
        """Take the options as pairs of value and name."""
        self._names = dict(options)
        self._values: dict[str, str | None] = {}
        for value, name in self._names.items():
            # A name that two options have says nothing.
            self._values[name] = None if name in self._values else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, value: object) -> bool:
        return value in self._names

    def __repr__(self) -> str:
        return f"Choices({list(self._names.items())!r})"

    def name(self, value: str) -> str | None:
        """The name of the option with this value; ``None`` if there is none."""
        return self._names.get(value)

    def value(self, given: str) -> str | None:
        """The value of the option that has ``given`` for its value or, failing that, for its name.

        ``None`` if there is none, or if several options have that name.
        """
        return given if given in self._names else self._values.get(given)

    def lacks(self, given: str) -> str:
        """Say that ``given`` is none of the options, which are the nearest, and which there are."""
        if not self._names:
            return f"has no option {_shown(given)}: it has no options at all"
        if given in self._values and self._values[given] is None:
            values = ", ".join(repr(value) for value, name in self._names.items() if name == given)
            return f"has several options called {_shown(given)}: say which by its value, {values}"
        known = [*self._names, *(name for name in self._values if name not in self._names)]
        lowered = {text.casefold(): text for text in known}
        near = [lowered[text] for text in get_close_matches(given.casefold(), lowered, n=3)]
        if near:
            return f"has no option {_shown(given)}; did you mean {' or '.join(map(repr, near))}?"
        some = ", ".join(map(repr, list(self._names)[:_MOST_SHOWN]))
        more = f" and {len(self) - _MOST_SHOWN} more" if len(self) > _MOST_SHOWN else ""
        return f"has no option {_shown(given)}; its options are {some}{more}"


def encode(value: FieldInput, type: str, *, field: str, choices: Choices | None = None) -> dict[str, Any]:  # noqa: A002 - the API's own word
    """The field value union for ``value``, as the wire has it: ``{"stringValue": "…"}``.

    Args:
        value: What is to be written, or compared with.
        type: Type of the field. For one that this version doesn't know, the value's own type decides.
        field: What to call the field in an error.
        choices: The options of a SingleSelect field. With them a name is understood as well as a value, and anything
            else is refused.

    Raises:
        FieldValueError: the value doesn't suit the type, with what would.
    """
    if value is None:
        return {"emptyValue": {}}
    if type == "SingleSelect":
        return {"stringValue": _option(value, field, choices)}
    if type not in _WRITERS:
        return _by_its_own_type(value, field)
    member, write = _WRITERS[type]
    return {member: write(value, type, field)}


def decode(union: Mapping[str, Any], type: str | None = None) -> PlainValue:  # noqa: A002 - the API's own word
    """The Python value of a field value union as the wire has it.

    Args:
        union: ``{"stringValue": "…"}``, as boto3 gives it or as it is in the JSON.
        type: Type of the field, where it is known. A DateTime is told from a text by it alone.

    Returns:
        The value, ``None`` for an ``emptyValue`` or a union without a member. What can't be understood is given as it
        is: a DateTime that is no ISO-8601 stays a text, the value of a member that nobody knows yet is what it holds.
    """
    for member, value in union.items():
        if value is None or member == "__type":
            continue
        if member == "stringValue":
            return parse_moment(value) or cast("str", value) if type == "DateTime" else cast("str", value)
        if member == "doubleValue":
            return cast("PlainValue", _read_number(value))
        return None if member == "emptyValue" else cast("PlainValue", value)
    return None


def parse_moment(text: object) -> datetime | None:
    """The moment that an ISO-8601 text names, aware, UTC where it says no zone; ``None`` if it names none."""
    if not isinstance(text, str):
        return None
    text = text.replace("Z", "+00:00").replace("z", "+00:00")
    moment = _read_moment(_six_digits(text)) or _read_moment(_six_digits(_usual(text)))
    return moment.replace(tzinfo=timezone.utc) if moment is not None and moment.tzinfo is None else moment


def format_moment(moment: datetime) -> str:
    """An aware moment as the service writes it: ISO-8601, in UTC."""
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


_UNUSUAL = re.compile(r"(.{16,19}?)(?:[.,](\d+))?([+-]\d\d):?(\d\d)?", re.ASCII)


def _read_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


# Before Python 3.11 fromisoformat reads no "Z", and neither what these two functions put right.


def _usual(text: str) -> str:
    """With a point for a comma, and a colon and minutes in the offset."""
    parts = _UNUSUAL.fullmatch(text)
    return "{}.{}{}:{}".format(*(part or "00" for part in parts.groups())) if parts else text


def _read_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        return value
    try:
        return float(value)
    except (OverflowError, ValueError):
        return value


def _six_digits(text: str) -> str:
    before, point, after = text.partition(".")
    digits = len(after) - len(after.lstrip("0123456789"))
    return f"{before}.{after[:digits][:6]:0<6}{after[digits:]}" if point and digits else text


def _plain_text(given: str) -> str:
    # str() would give the name of an enum's member, and not the text that it is.
    return str.__str__(given)


def _text(given: object, type: str, field: str) -> str:  # noqa: A002
    if not isinstance(given, str):
        raise FieldValueError(field=field, problem=_wrong(type, "a str", given))
    return _plain_text(given)


def _moment(given: object, type: str, field: str) -> str:  # noqa: A002
    if isinstance(given, datetime):
        if given.utcoffset() is None:
            problem = f"takes a datetime with a time zone, and {given.isoformat()} has none"
            raise FieldValueError(field=field, problem=f"{problem}: say replace(tzinfo=timezone.utc), if it is UTC")
        try:
            return format_moment(given)
        except OverflowError:
            raise FieldValueError(field=field, problem=f"{given.isoformat()} is no date in UTC") from None
    right = "a datetime with a time zone"
    if isinstance(given, date):
        right += ", such as datetime.combine(day, time(), timezone.utc)"
    raise FieldValueError(field=field, problem=_wrong(type, right, given))


def _number(given: object, type: str, field: str) -> float:  # noqa: A002
    if isinstance(given, bool) or not isinstance(given, (int, float, Decimal)):
        raise FieldValueError(field=field, problem=_wrong(type, "an int, a float or a Decimal", given))
    try:
        number = float(given)
    except (OverflowError, ValueError):
        number = math.inf
    if not math.isfinite(number):
        raise FieldValueError(field=field, problem=_wrong(type, "a finite number", given))
    if isinstance(given, int) and int(number) != given:
        problem = f"takes numbers of double precision, and {_shown(given)} would become {number!r}"
        raise FieldValueError(field=field, problem=f"{problem}: a Text field keeps every digit")
    return number


def _truth(given: object, type: str, field: str) -> bool:  # noqa: A002
    if not isinstance(given, bool):
        raise FieldValueError(field=field, problem=_wrong(type, "True or False", given))
    return given


def _arn(given: object, type: str, field: str) -> str:  # noqa: A002
    if not isinstance(given, str) or not given.startswith("arn:"):
        raise FieldValueError(field=field, problem=_wrong(type, "the ARN of a Connect user", given))
    return _plain_text(given)


_WRITERS: Mapping[str, tuple[str, Callable[[object, str, str], Any]]] = {
    "Text": ("stringValue", _text),
    "Url": ("stringValue", _text),
    "DateTime": ("stringValue", _moment),
    "Number": ("doubleValue", _number),
    "Boolean": ("booleanValue", _truth),
    "User": ("userArnValue", _arn),
}


def _option(given: object, field: str, choices: Choices | None) -> str:
    if not isinstance(given, str):
        raise FieldValueError(field=field, problem=_wrong("SingleSelect", "an option's value or name, a str", given))
    text = _plain_text(given)
    if choices is None:
        return text
    value = choices.value(text)
    if value is None:
        raise FieldValueError(field=field, problem=choices.lacks(text))
    return value


def _by_its_own_type(given: object, field: str) -> dict[str, Any]:
    """Write a value for a field of a type that nobody knows yet."""
    for kind, type_ in ((bool, "Boolean"), (str, "Text"), (date, "DateTime")):
        if isinstance(given, kind):
            member, write = _WRITERS[type_]
            return {member: write(given, type_, field)}
    return {"doubleValue": _number(given, "Number", field)}


def _wrong(type: str, right: str, given: object) -> str:  # noqa: A002
    return f"is of type {type} and takes {right}, not {_shown(given)}"


def _shown(given: object) -> str:
    text = repr(given) if isinstance(given, (str, int, float, Decimal)) else given.__class__.__name__
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
