"""Reads the parts of a task template's definition, which is kept in its wire form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["Definition", "constrained_names", "default_entries", "default_texts", "fields_of", "name_of"]

Definition = Mapping[str, Any]


def fields_of(definition: Definition) -> Sequence[Mapping[str, Any]]:
    """Give the fields."""
    fields: Sequence[Mapping[str, Any]] = definition.get("Fields", ())
    return fields


def default_entries(definition: Definition) -> Sequence[Mapping[str, Any]]:
    """Give the entries for default values, which may be wrong as long as nobody has checked them."""
    defaults: Sequence[Mapping[str, Any]] = definition.get("Defaults", {}).get("DefaultFieldValues", ())
    return defaults


def default_texts(definition: Definition) -> Mapping[str | None, str]:
    """Give the default values by the name of their field; an empty one is none."""
    entries = default_entries(definition)
    return {name_of(entry): entry["DefaultValue"] for entry in entries if entry.get("DefaultValue")}


def constrained_names(definition: Definition, kind: str) -> list[str | None]:
    """Give the names under one kind of constraint, such as ``RequiredFields``."""
    return [name_of(entry) for entry in definition.get("Constraints", {}).get(kind, ())]


def name_of(entry: Mapping[str, Any]) -> str | None:
    """Give the name in the identifier of a field, a constraint or a default value."""
    name: str | None = entry.get("Id", {}).get("Name")
    return name
