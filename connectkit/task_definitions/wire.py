"""The definition of a task template in the API's form: fields, constraints and defaults apart from each other.

Two texts of that form mean the same if they differ only in the order of constraints and defaults, in lists that are
empty, and in defaults that say nothing. In everything else nothing is lost either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..errors import Fault
from .fields import field_of
from .reading import Reader

if TYPE_CHECKING:
    from .definition import TaskTemplateDefinition
    from .fields import TaskField

__all__ = ["DEFINING", "WireRead", "plain_members", "read_wire", "write_wire"]

DEFINING = (
    "Name",
    "Description",
    "ContactFlowId",
    "SelfAssignFlowId",
    "ContactHooks",
    "Constraints",
    "Defaults",
    "Status",
    "Fields",
)
"""The members that make up a template, as CreateTaskTemplate and UpdateTaskTemplate take them."""

_BESIDES = frozenset(
    {"Arn", "ClientToken", "CreatedTime", "Id", "InstanceId", "LastModifiedTime", "ResponseMetadata", "Tags"}
    | {"TaskTemplateId"}
)
"""Members beside them, which say which template it is and what became of it."""

_CONSTRAINTS = {"RequiredFields": "required", "ReadOnlyFields": "read_only", "InvisibleFields": "invisible"}
_FIELD_MEMBERS = ("Id", "Type", "Description", "SingleSelectOptions")


def write_wire(definition: TaskTemplateDefinition) -> dict[str, Any]:
    """The members of a request."""
    hooks = definition.wrap_up_flow
    defaults = [
        {**_identity(field), "DefaultValue": field.default} for field in definition.fields if field.default is not None
    ]
    constraints = {
        member: [_identity(field) for field in definition.fields if getattr(field, word)]
        for member, word in _CONSTRAINTS.items()
    }
    members = {
        "Name": definition.name,
        "Description": definition.description,
        "ContactFlowId": definition.contact_flow,
        "SelfAssignFlowId": definition.self_assign_flow,
        "ContactHooks": None if hooks is None else {"WrapUpFlowId": hooks},
        "Constraints": {member: fields for member, fields in constraints.items() if fields},
        "Defaults": {"DefaultFieldValues": defaults} if defaults else None,
        "Status": definition.status,
        "Fields": [_field(field) for field in definition.fields],
    }
    return {member: value for member, value in members.items() if value is not None}


def _identity(field: TaskField) -> dict[str, Any]:
    return {"Id": {"Name": field.name}}


def _field(field: TaskField) -> dict[str, Any]:
    written: dict[str, Any] = {**_identity(field), "Type": field.type}
    if field.description is not None:
        written["Description"] = field.description
    if field.options:
        written["SingleSelectOptions"] = list(field.options)
    return {**written, **field.other}


class WireRead(NamedTuple):
    """What came of reading the API's form."""

    told: dict[str, Any]
    """The attributes of a definition, as far as they can be read."""
    faults: list[Fault]
    """What is there that no definition can hold."""
    unknown: list[str]
    """Paths of the members that this version doesn't know; each is among the faults as well."""


def read_wire(mapping: Mapping[str, Any], *, ignoring: Iterable[str] = ()) -> WireRead:
    """Read the API's form.

    Args:
        mapping: What GetTaskTemplate answers, or what CreateTaskTemplate and UpdateTaskTemplate take.
        ignoring: Further members to leave aside.
    """
    reader = Reader(mapping)
    known = {*DEFINING, *_BESIDES, *ignoring}
    reader.refuse_others(reader.whole, known, "", "this version of connectkit doesn't know what it is")
    fields = _read_fields(reader)
    hooks = reader.mapping(reader.whole, "ContactHooks", "")
    reader.refuse_others(hooks, {"WrapUpFlowId"}, "ContactHooks", "this version of connectkit doesn't know it")
    told = {
        "name": reader.text(reader.whole, "Name", "") or "",
        "description": reader.text(reader.whole, "Description", ""),
        "status": reader.text(reader.whole, "Status", "") or "ACTIVE",
        "contact_flow": reader.text(reader.whole, "ContactFlowId", ""),
        "self_assign_flow": reader.text(reader.whole, "SelfAssignFlowId", ""),
        "wrap_up_flow": reader.text(hooks, "WrapUpFlowId", "ContactHooks"),
        "fields": fields,
    }
    return WireRead(told, reader.faults, reader.unknown)


def plain_members(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """What makes up a template among the members of an answer, whether this version knows it or not; without nulls."""
    return {member: _filled(value) for member, value in mapping.items() if member not in _BESIDES and value is not None}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return {member: _filled(held) for member, held in members.items() if held is not None}
    return [_filled(held) for held in cast("list[object]", value)] if isinstance(value, list) else value


def _read_fields(reader: Reader) -> tuple[TaskField, ...]:
    told: list[dict[str, Any]] = []
    for index, entry in enumerate(reader.entries(reader.whole, "Fields", "")):
        path = f"Fields[{index}]"
        options = reader.texts(entry, "SingleSelectOptions", path)
        told.append(
            {
                "name": _named(reader, entry, path) or "",
                "type_": reader.text(entry, "Type", path) or "",
                "description": reader.text(entry, "Description", path),
                "options": tuple(options),
                "other": {member: value for member, value in entry.items() if member not in _FIELD_MEMBERS},
            }
        )
    by_name = {field["name"]: field for field in told if field["name"]}
    _read_constraints(reader, by_name)
    _read_defaults(reader, by_name)
    return tuple(field_of(**field) for field in told)


def _read_constraints(reader: Reader, by_name: Mapping[str, dict[str, Any]]) -> None:
    constraints = reader.mapping(reader.whole, "Constraints", "")
    problem = "this version of connectkit doesn't know such a constraint"
    reader.refuse_others(constraints, _CONSTRAINTS, "Constraints", problem)
    for member, word in _CONSTRAINTS.items():
        for index, entry in enumerate(reader.entries(constraints, member, "Constraints")):
            path = f"Constraints.{member}[{index}]"
            reader.refuse_others(entry, {"Id"}, path, "this version of connectkit doesn't know it")
            field = _existing(reader, entry, path, by_name)
            if field is not None:
                field[word] = True


def _read_defaults(reader: Reader, by_name: Mapping[str, dict[str, Any]]) -> None:
    defaults = reader.mapping(reader.whole, "Defaults", "")
    reader.refuse_others(defaults, {"DefaultFieldValues"}, "Defaults", "this version of connectkit doesn't know it")
    for index, entry in enumerate(reader.entries(defaults, "DefaultFieldValues", "Defaults")):
        path = f"Defaults.DefaultFieldValues[{index}]"
        reader.refuse_others(entry, {"Id", "DefaultValue"}, path, "this version of connectkit doesn't know it")
        field = _existing(reader, entry, path, by_name)
        text = reader.text(entry, "DefaultValue", path)
        if field is None:
            continue
        if "default" in field:
            reader.fault(f"{path}.Id.Name", f"field {field['name']!r} has two defaults")
        field["default"] = text


def _existing(
    reader: Reader, entry: Mapping[str, Any], path: str, by_name: Mapping[str, dict[str, Any]]
) -> dict[str, Any] | None:
    name = _named(reader, entry, path)
    if name is None or name not in by_name:
        reader.fault(f"{path}.Id.Name", f"the template has no field {name!r}" if name else "names no field")
        return None
    return by_name[name]


def _named(reader: Reader, entry: Mapping[str, Any], path: str) -> str | None:
    identity = reader.mapping(entry, "Id", path)
    reader.refuse_others(identity, {"Name"}, f"{path}.Id", "this version of connectkit doesn't know it")
    return reader.text(identity, "Name", f"{path}.Id")
