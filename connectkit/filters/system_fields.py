"""The fields that every Cases domain has, and the operators that a field has by its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ORDERINGS", "READ_ONLY_FIELDS", "SYSTEM_FIELDS", "operators"]

SYSTEM_FIELDS: Final[Mapping[str, str]] = {
    "assigned_queue": "Text",
    "assigned_user": "Text",
    "case_id": "Text",
    "case_reason": "SingleSelect",
    "created_by": "User",
    "created_datetime": "DateTime",
    "customer_id": "Text",
    "last_closed_datetime": "DateTime",
    "last_reopened_datetime": "DateTime",
    "last_updated_datetime": "DateTime",
    "last_updated_user": "User",
    "next_sla_breach_datetime": "DateTime",
    "reference_number": "Text",
    "status": "SingleSelect",
    "summary": "Text",
    "title": "Text",
}
"""ID of each system field, and its type: those that the administrator guide lists."""

READ_ONLY_FIELDS: Final = frozenset(
    {
        "case_id",
        "created_by",
        "created_datetime",
        "last_closed_datetime",
        "last_reopened_datetime",
        "last_updated_datetime",
        "last_updated_user",
        "next_sla_breach_datetime",
        "reference_number",
    }
)
"""IDs of those that the service alone writes. The guide says so of some; that these are all of them is inferred."""

ORDERINGS: Final[Mapping[str, str]] = {
    "greaterThan": "gt",
    "greaterThanOrEqualTo": "gte",
    "lessThan": "lt",
    "lessThanOrEqualTo": "lte",
}
"""Wire name of each comparison that needs an order, and what it is called here."""

_EQUALITY = ("eq", "ne", "one_of", "is_empty", "is_set")
_ORDER = (*ORDERINGS.values(), "between")
# Which comparison goes with which type is inferred: nothing official says it.
_BEYOND_EQUALITY: Mapping[str, tuple[str, ...]] = {
    "Text": ("contains",),
    "Url": ("contains",),
    "Number": _ORDER,
    "DateTime": _ORDER,
    "SingleSelect": (),
    "Boolean": (),
    "User": (),
}


def operators(type: str) -> tuple[str, ...]:  # noqa: A002 - the API's own word
    """The operators of a field of this type; all there are for one that this version doesn't know."""
    return (*_EQUALITY, *_BEYOND_EQUALITY.get(type, ("contains", *_ORDER)))
