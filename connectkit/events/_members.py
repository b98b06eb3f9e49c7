"""Reading members of JSON that may lack them, or hold something else: an event is read as far as it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from connectkit.values import PlainValue, decode

__all__ = ["Types", "field_values", "integer", "items", "mapping", "text"]

Types: TypeAlias = Mapping[str, str]
"""The types of fields, ``DateTime``, by their ids."""


def text(raw: Mapping[str, Any], name: str) -> str:
    """The text of a member; empty if there is none."""
    value = raw.get(name)
    return value if isinstance(value, str) else ""


def mapping(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object of a member; empty if there is none."""
    value = raw.get(name)
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def items(raw: Mapping[str, Any], name: str) -> Sequence[Any]:
    """The list of a member; empty if there is none."""
    value = raw.get(name)
    return cast("Sequence[Any]", value) if isinstance(value, (list, tuple)) else ()


def integer(raw: Mapping[str, Any], name: str) -> int | None:
    """The whole number of a member; ``None`` if there is none."""
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def field_values(raw: object, types: Types) -> dict[str, PlainValue]:
    """The plain values of fields, by their ids.

    The guide shows a map from the id to ``{"value": union}``; the API's list of ids and values is read as well, which
    is inferred. What is neither is left out.
    """
    return {
        field_id: decode(cast("Mapping[str, Any]", union), types.get(field_id))
        for field_id, entry in _entries(raw)
        if isinstance(entry, Mapping) and isinstance(union := cast("Mapping[str, Any]", entry).get("value"), Mapping)
    }


def _entries(raw: object) -> Iterator[tuple[str, Any]]:
    if isinstance(raw, Mapping):
        yield from cast("Mapping[str, Any]", raw).items()
    elif isinstance(raw, (list, tuple)):
        for entry in cast("Sequence[Any]", raw):
            if isinstance(entry, Mapping):
                yield text(cast("Mapping[str, Any]", entry), "id"), entry
