"""Field values: from the union on the wire to a comparable value, and what may be written to which field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

from connectkit.simulator.cases.lookup import invalid
from connectkit.simulator.cases.system_fields import READ_ONLY
from connectkit.simulator.core.timestamps import format_iso, parse_iso
from connectkit.simulator.state.cases import Field, Value

__all__ = [
    "check_choice",
    "check_writable",
    "moment_value",
    "read_value",
    "text_value",
    "to_union",
    "to_wire",
    "user_value",
]

_MEMBERS: Mapping[str, str] = {
    "Text": "stringValue",
    "Number": "doubleValue",
    "Boolean": "booleanValue",
    "DateTime": "stringValue",
    "SingleSelect": "stringValue",
    "Url": "stringValue",
    "User": "userArnValue",
}
_LONGEST_SUMMARY = 3000

# The guide says that these are full ARNs. How closely the service looks is inferred: at the kind of resource
# only.
_ARN = r"arn:aws[a-z-]*:{service}:[^:]+:[^:]+:{resource}"
_CONNECT_ARNS = {
    "assigned_queue": re.compile(_ARN.format(service="connect", resource=r"instance/[^/]+/queue/.+")),
    "assigned_user": re.compile(_ARN.format(service="connect", resource=r"instance/[^/]+/agent/.+")),
    "customer_id": re.compile(_ARN.format(service="profile", resource=r"domains/[^/]+/profiles/.+")),
}
_USER_ARN = re.compile(r"arn:aws[a-z-]*:[^:]+:[^:]*:[^:]+:.+")


def read_value(field: Field, union: Mapping[str, Any], *, where: str) -> Value | None:
    """Read a value for ``field`` from the wire; None is an ``emptyValue``.

    Raises a ValidationException when the member is not the one for the field's type, or a DateTime is none; that the
    service refuses either, and in this way, is inferred.
    """
    ((member, wire),) = union.items()
    if member == "emptyValue":
        return None
    if member != (wanted := _MEMBERS[field.type]):
        raise invalid(f"{where}: field {field.id} is of type {field.type} and takes {wanted}, not {member}")
    if field.type != "DateTime":
        return Value(member, wire, wire)
    try:
        return Value(member, wire, parse_iso(wire).timestamp())
    except ValueError as error:
        raise invalid(f"{where}: field {field.id} takes an ISO-8601 date and time") from error


def check_writable(field: Field, value: Value | None, *, current: Value | None, where: str) -> None:
    """Refuse a value that a caller may not write to ``field``; ``current`` is what the case has now.

    The lengths and the ARNs of people and queues are documented; that a User takes an ARN and a Url a URL is inferred.
    """
    if field.id in READ_ONLY:
        raise invalid(f"{where}: {field.id} is read-only")
    if value is None:
        return
    text = str(value.wire)
    if field.id == "summary" and len(text) > _LONGEST_SUMMARY:
        raise invalid(f"{where}: summary takes at most {_LONGEST_SUMMARY} characters")
    if (pattern := _CONNECT_ARNS.get(field.id)) is not None and not pattern.fullmatch(text):
        raise invalid(f"{where}: {field.id} takes a full ARN")
    if field.type == "User" and not _USER_ARN.fullmatch(text):
        raise invalid(f"{where}: field {field.id} takes the ARN of a user")
    if field.type == "Url" and not _is_url(text):
        raise invalid(f"{where}: field {field.id} takes an http or https URL")
    if value != current:
        check_choice(field, value, where=where)


def check_choice(field: Field, value: Value, *, where: str) -> None:
    """Refuse a choice that is not offered, or no longer. That this is a ValidationException is inferred."""
    if field.type != "SingleSelect":
        return
    text = str(value.wire)
    option = field.options.get(text)
    if option is None:
        raise invalid(f"{where}: {text!r} is not an option of field {field.id}")
    if not option.active:
        raise invalid(f"{where}: option {text!r} of field {field.id} is inactive")


def _is_url(text: str) -> bool:
    """Say whether a Url field takes a text. What makes a good URL is inferred."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"\s", text)


def text_value(text: str) -> Value:
    """Make the value of a field that holds text or a choice."""
    return Value("stringValue", text, text)


def user_value(arn: str) -> Value:
    """Make the value of a User field."""
    return Value("userArnValue", arn, arn)


def moment_value(moment: datetime) -> Value:
    """Make the value of a DateTime field."""
    return Value("stringValue", format_iso(moment), moment.astimezone(timezone.utc).timestamp())


def to_wire(field_id: str, value: Value) -> dict[str, Any]:
    """Write a field's value as the wire has it."""
    return {"id": field_id, "value": to_union(value)}


def to_union(value: Value) -> dict[str, Any]:
    """Write a value as the union that the wire has."""
    return {value.member: value.wire}
