"""How views are named: ids, ARNs, and what may stand behind them; and which are AWS's own."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from ...errors import Fault, RequestError
from .._names import is_uuid

__all__ = ["Qualifier", "bare", "is_id", "is_managed", "qualified", "split", "writable"]

Qualifier: TypeAlias = "Literal['latest', 'saved'] | int"
"""Which content of a view: what is published, what was saved last, or the version with this number."""

_ALIASES = {"latest": "$LATEST", "saved": "$SAVED"}
_QUALIFIED = re.compile(r"(?P<view>.+):(?P<qualifier>\$SAVED|\$LATEST|\d+)")
# As AWS's own views are seen in public code: the account is "aws", and no instance is named.
_MANAGED = re.compile(r"arn:[^:]+:connect:[^:]*:aws:view/.+")
_CUSTOM = re.compile(r"arn:[^:]+:connect:[^:]*:\d+:instance/[^/]+/view/(?P<id>[^/:]+)")


def split(given: str) -> tuple[str, Qualifier | None]:
    """An id or ARN, and the qualifier that stands behind it. The ARN of a view of one's own becomes its id."""
    found = _QUALIFIED.fullmatch(given)
    if found is None:
        return bare(given), None
    told = found["qualifier"]
    aliases: dict[str, Qualifier] = {"$SAVED": "saved", "$LATEST": "latest"}
    return bare(found["view"]), aliases[told] if told in aliases else int(told)


def bare(view: str) -> str:
    """The id that an ARN of a view of one's own has at its end; anything else as it is."""
    found = _CUSTOM.fullmatch(view)
    return found["id"] if found is not None else view


def is_id(given: str) -> bool:
    """Whether this is an id or ARN, perhaps with a qualifier, and not a name."""
    view, _ = split(given)
    return is_uuid(view) or view.startswith("arn:")


def is_managed(view_id: str) -> bool:
    """Whether this is a view of AWS's, which goes by its ARN."""
    return _MANAGED.fullmatch(view_id) is not None


def qualified(view_id: str, qualifier: Qualifier | None) -> str:
    """An id as DescribeView takes it. Without a qualifier that is what is published, or version 1 of a view of AWS's.

    Raises:
        ValueError: there is no such qualifier.
    """
    if qualifier is None:
        return view_id
    if isinstance(qualifier, int):
        return f"{view_id}:{qualifier}"
    if qualifier not in _ALIASES:
        raise ValueError(f"qualifier is 'latest', 'saved' or the number of a version, not {qualifier!r}")
    return f"{view_id}:{_ALIASES[qualifier]}"


def writable(view_id: str, operation: str) -> None:
    """Refuse to change a view of AWS's.

    Raises:
        RequestError: it is one.
    """
    if is_managed(view_id):
        right = "views.create_from(view) makes one of your own from it"
        raise RequestError(
            operation=operation, faults=[Fault("view", f"{view_id} is AWS's, and can't be changed; {right}")]
        )
