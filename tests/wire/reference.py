"""A second, tiny reader of answers: what a body means, and what botocore leaves of it."""

from __future__ import annotations

import enum
from datetime import datetime, timezone
from typing import Any

from dateutil.parser import isoparse  # type: ignore[import-untyped, unused-ignore]

from .shapes import is_union


def as_read(shape: Any, held: Any) -> Any:
    """``held``, a body or a part of it, with the timestamps that the model knows of as instants. All else stays."""
    if held is None or shape is None:
        return held
    if shape.type_name == "structure":
        members = shape.members
        return {name: as_read(members[name], inner) if name in members else inner for name, inner in held.items()}
    if shape.type_name == "list":
        return [as_read(shape.member, inner) for inner in held]
    if shape.type_name == "map":
        return {key: as_read(shape.value, inner) for key, inner in held.items()}
    if shape.type_name == "timestamp":
        return _instant(held)
    return held


def _instant(held: Any) -> datetime:
    instant: datetime = isoparse(held) if isinstance(held, str) else datetime.fromtimestamp(held, timezone.utc)
    return instant


def with_floats(shape: Any, held: Any) -> Any:
    """``held`` with every double as a float: some versions of botocore make ``5.0`` of ``5``, others don't."""
    if held is None or shape is None:
        return held
    if shape.type_name == "structure":
        return {
            name: with_floats(shape.members[name], inner) if name in shape.members else inner
            for name, inner in held.items()
        }
    if shape.type_name == "list":
        return [with_floats(shape.member, inner) for inner in held]
    if shape.type_name == "map":
        return {key: with_floats(shape.value, inner) for key, inner in held.items()}
    return float(held) if shape.type_name == "double" else held


class Refusal(enum.Enum):
    """Whether botocore refuses to read a body."""

    NO = 0
    SOMETIMES = 1
    """Depends on its version."""
    YES = 2


UNKNOWN = {"SDK_UNKNOWN_MEMBER": {"name": "(told by botocore)"}}


def left_by_botocore(shape: Any, document: Any) -> tuple[Any, Refusal]:
    """What botocore returns for ``document``, and whether it returns anything.

    Its parser drops null members and members that it doesn't know. It wants exactly one member in a union, and replaces
    one that it doesn't know by a note.
    """
    refusals = [Refusal.NO]

    def left(shape: Any, held: Any) -> Any:  # noqa: PLR0911 - a kind of shape each
        if held is None:
            return None
        if shape.type_name == "structure":
            if is_union(shape):
                there = {name: inner for name, inner in held.items() if name != "__type"}
                only = [name for name, inner in there.items() if inner is not None]
                # Before 1.36 a null counted as a member like any other.
                newer, older = len(only) == 1, len(there) == 1
                if not newer and not older:
                    refusals.append(Refusal.YES)
                    return None
                if newer != older:
                    refusals.append(Refusal.SOMETIMES)
                if (only or list(there))[0] not in shape.members:
                    return UNKNOWN
            return {
                name: left(shape.members[name], inner)
                for name, inner in held.items()
                if name in shape.members and inner is not None
            }
        if shape.type_name == "list":
            return [left(shape.member, inner) for inner in held]
        if shape.type_name == "map":
            return {key: left(shape.value, inner) for key, inner in held.items()}
        return _instant(held) if shape.type_name == "timestamp" else held

    remains: Any = left(shape, document) if shape is not None else {}
    return remains, max(refusals, key=lambda refusal: refusal.value)
