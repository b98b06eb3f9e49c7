"""What a task must be like, whichever flow runs it: its references, its attributes and its time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connectkit.simulator.connect.field_values import expiry_fault, reference_fault
from connectkit.simulator.connect.patterns import check_file_name
from connectkit.simulator.core.operations import Context, Params
from connectkit.simulator.state.instances import Instance

__all__ = ["CONTACT_EXPIRY", "check_task"]

CONTACT_EXPIRY = "connect:ContactExpiry"
_CREATED_BY = "connect:CreatedByUser"

_TYPES_AT_CREATION = ("URL", "NUMBER", "STRING", "DATE", "EMAIL")
_MOST_REFERENCE_BYTES = 4096
_MOST_ATTRIBUTE_BYTES = 32_768
_FARTHEST = timedelta(days=6)
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z0-9_-]+")


def check_task(context: Context, instance: Instance, params: Params) -> None:
    """Refuse a task that breaks a rule; ``params`` are those of the request with all that is filled in.

    The rules are documented. That breaking one is an InvalidParameter is inferred.
    """
    _check_references(context, params.get("References", {}))
    _check_attributes(context, params.get("Attributes", {}))
    for name, value in params.get("SegmentAttributes", {}).items():
        _check_segment_attribute(context, instance, name, value)
    for index, attachment in enumerate(params.get("Attachments", ())):
        check_file_name(context, f"Attachments[{index}].FileName", attachment["FileName"])
    _check_schedule(context, params)


def _check_references(context: Context, references: Mapping[str, Mapping[str, str]]) -> None:
    """Ask for types that a new task may have, and for values that fit them.

    That the values alone count in the documented size of them all is inferred: it leaves room for the 4,095 characters
    that a text area may have.
    """
    for name, reference in references.items():
        kind, value = reference["Type"], reference.get("Value")
        if kind not in _TYPES_AT_CREATION:
            allowed = ", ".join(_TYPES_AT_CREATION)
            raise context.invalid(f"References.{name}: a new task has no reference of type {kind}, only of {allowed}")
        if value and (fault := reference_fault(kind, value)) is not None:
            raise context.invalid(f"References.{name}: {fault}")
    size = sum(len(reference.get("Value", "").encode()) for reference in references.values())
    if size > _MOST_REFERENCE_BYTES:
        raise context.invalid(f"References have {size} bytes; they may have {_MOST_REFERENCE_BYTES}")


def _check_attributes(context: Context, attributes: Mapping[str, str]) -> None:
    for name in attributes:
        if not _ATTRIBUTE_NAME.fullmatch(name):
            raise context.invalid(f"Attributes: the name {name!r} may have letters, digits, - and _")
    size = sum(len(name.encode()) + len(value.encode()) for name, value in attributes.items())
    if size > _MOST_ATTRIBUTE_BYTES:
        raise context.invalid(f"Attributes have {size} bytes; they may have {_MOST_ATTRIBUTE_BYTES}")


def _check_segment_attribute(context: Context, instance: Instance, name: str, value: Mapping[str, Any]) -> None:
    """Check one of the two attributes of the system, or one of the user's own.

    That the system's other attributes can't be set by whoever starts a task is inferred. There are no agents here, so
    only the form of one's ARN is looked at.
    """
    where = f"SegmentAttributes.{name}"
    if name == CONTACT_EXPIRY:
        minutes = value.get("ValueMap", {}).get("ExpiryDuration", {}).get("ValueInteger")
        if minutes is None:
            raise context.invalid(f"{where} needs a ValueMap with ExpiryDuration, which has a ValueInteger")
        if (fault := expiry_fault(minutes)) is not None:
            raise context.invalid(f"{where}: {fault[1]}")
    elif name == _CREATED_BY:
        if not value.get("ValueString", "").startswith(f"{instance.arn}/agent/"):
            raise context.invalid(f"{where} needs a ValueString with the ARN of an agent of the instance")
    elif not _ATTRIBUTE_NAME.fullmatch(name):
        known = f"{CONTACT_EXPIRY} and {_CREATED_BY}"
        raise context.invalid(f"{where}: the name may have letters, digits, - and _, or be one of {known}")
    elif unsupported := value.keys() & {"ValueList", "ValueArn"}:
        raise context.invalid(f"{where}: {min(unsupported)} is for attributes of the system only")


def _check_schedule(context: Context, params: Params) -> None:
    moment = params.get("ScheduledTime")
    if moment is None:
        return
    # Clients send whole seconds, so the one that has just begun is not past.
    if moment < context.now.replace(microsecond=0):
        raise context.invalid(f"ScheduledTime {moment.isoformat()} is in the past")
    if moment > context.now + _FARTHEST:
        raise context.invalid(f"ScheduledTime {moment.isoformat()} is more than {_FARTHEST.days} days ahead")
