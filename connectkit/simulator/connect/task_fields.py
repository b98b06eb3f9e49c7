"""What a task template asks of the tasks that use it, and what it gives to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectkit.simulator.connect.definitions import (
    Definition,
    constrained_names,
    default_texts,
    fields_of,
    name_of,
)
from connectkit.simulator.connect.field_values import (
    REFERENCE_TYPES,
    as_reference_value,
    parse_moment,
    value_fault,
)
from connectkit.simulator.connect.properties import Problem
from connectkit.simulator.connect.task_rules import CONTACT_EXPIRY
from connectkit.simulator.core.operations import Params

__all__ = ["missing_members", "reference_problems", "with_defaults"]

_MEMBERS = {"NAME": "Name", "DESCRIPTION": "Description", "SCHEDULED_TIME": "ScheduledTime"}
"""The member of a request that holds the value of a standard field. A field of type QUICK_CONNECT or SELF_ASSIGN has
none, as the flow of the template runs; that nothing is asked of the request for those is inferred."""

References = Mapping[str, Mapping[str, str]]


def with_defaults(definition: Definition, params: Params) -> dict[str, Any]:
    """Give the parameters of a new task with the template's default values where nothing else is given."""
    filled = dict(params)
    references = dict(filled.get("References", {}))
    segment = dict(filled.get("SegmentAttributes", {}))
    kinds = {name_of(field): field["Type"] for field in fields_of(definition)}
    for name, text in default_texts(definition).items():
        kind = kinds[name]
        member = _MEMBERS.get(kind)
        if member is not None and not filled.get(member):
            filled[member] = parse_moment(text) if kind == "SCHEDULED_TIME" else text
        elif kind == "EXPIRY_DURATION":
            segment.setdefault(CONTACT_EXPIRY, {"ValueMap": {"ExpiryDuration": {"ValueInteger": int(text)}}})
        elif name is not None and kind in REFERENCE_TYPES and not references.get(name, {}).get("Value"):
            given = references.get(name, {}).get("Type", REFERENCE_TYPES[kind])
            references[name] = {"Type": given, "Value": as_reference_value(kind, text)}
    collected = {"References": references, "SegmentAttributes": segment}
    return {**filled, **{member: values for member, values in collected.items() if values}}


def missing_members(definition: Definition, params: Params) -> Iterator[Problem]:
    """Give what a new task lacks of the standard fields that its template requires."""
    required = constrained_names(definition, "RequiredFields")
    for field in fields_of(definition):
        name, kind = name_of(field), field["Type"]
        member = _MEMBERS.get(kind)
        given = params.get(member) if member is not None else True
        if kind == "EXPIRY_DURATION":
            member, given = CONTACT_EXPIRY, CONTACT_EXPIRY in params.get("SegmentAttributes", {})
        if name in required and not given:
            yield Problem(str(member), "REQUIRED_PROPERTY_MISSING", f"The template requires {name!r}")


def reference_problems(definition: Definition, references: References) -> Iterator[Problem]:
    """Give what is wrong with the references of a task that uses, or is to use, a template.

    A required field needs a reference of its name; that an empty value doesn't count, and that references which no
    field is called by are welcome, is inferred.
    """
    required = constrained_names(definition, "RequiredFields")
    for field in fields_of(definition):
        name, wanted = name_of(field), REFERENCE_TYPES.get(field["Type"])
        if name is None or wanted is None:
            continue
        path, reference = f"References.{name}", references.get(name)
        value = reference.get("Value") if reference is not None else None
        if reference is not None and reference["Type"] != wanted:
            message = f"A field of type {field['Type']} takes a reference of type {wanted}, not {reference['Type']}"
            yield Problem(path, "TYPE_MISMATCH", message)
        elif value and (fault := value_fault(field, value)) is not None:
            yield Problem(path, *fault)
        elif not value and name in required:
            yield Problem(path, "REQUIRED_PROPERTY_MISSING", f"The template requires {name!r}")
