"""What makes a task template valid. All that is wrong with one is reported together, each with its path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connectkit.simulator.connect.definitions import (
    Definition,
    constrained_names,
    default_entries,
    default_texts,
    fields_of,
    name_of,
)
from connectkit.simulator.connect.field_values import STANDARD_TYPES, value_fault
from connectkit.simulator.connect.properties import Problem, property_error
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.state.connect import TaskTemplate
from connectkit.simulator.state.instances import Instance
from connectkit.simulator.state.settings import Quotas

__all__ = ["check_definition"]

_CONSTRAINTS = ("RequiredFields", "ReadOnlyFields", "InvisibleFields")


def check_definition(
    instance: Instance, definition: Definition, *, quotas: Quotas, updated: TaskTemplate | None = None
) -> None:
    """Refuse a definition that breaks a rule; ``updated`` is the template that it would replace.

    Raises a PropertyValidationException with everything that is wrong, or a ServiceQuotaExceededException.
    """
    problems = [
        *_check_members(definition),
        *_check_name(instance, definition, updated),
        *_check_fields(definition),
        *_check_constraints(definition),
        *_check_defaults(definition),
        *_check_existing(instance, definition),
    ]
    if problems:
        raise property_error("task template", problems)
    custom = sum(1 for field in definition["Fields"] if field["Type"] not in STANDARD_TYPES)
    if custom > quotas.task_template_fields:
        message = f"The template has {custom} custom fields; the quota is {quotas.task_template_fields}"
        raise ServiceError("ServiceQuotaExceededException", message)


def _check_members(definition: Definition) -> Iterator[Problem]:
    """Ask for what the model calls optional and the service needs all the same.

    An update replaces everything, so that it needs a name and fields as a create does follows, though unsaid.
    """
    for name in ("Name", "Fields", "Status"):
        if name not in definition:
            yield Problem(name, "REQUIRED_PROPERTY_MISSING", f"{name} is required")
    types = [field.get("Type") for field in fields_of(definition)]
    if not definition.get("ContactFlowId") and "QUICK_CONNECT" not in types:
        message = "A flow or a field of type QUICK_CONNECT is required"
        yield Problem("ContactFlowId", "REQUIRED_PROPERTY_MISSING", message)


def _check_name(instance: Instance, definition: Definition, updated: TaskTemplate | None) -> Iterator[Problem]:
    """Refuse the name of another template, which is inferred from the reason that exists for it."""
    name = definition.get("Name")
    if any(other.name == name and other is not updated for other in instance.task_templates.values()):
        yield Problem("Name", "RESOURCE_NAME_ALREADY_EXISTS", f"A task template with the name {name!r} exists")


def _check_fields(definition: Definition) -> Iterator[Problem]:
    """Ask for exactly one NAME field and, which is inferred, for fields that make sense by themselves.

    Two fields of one standard type don't, since a task has but one description, one expiry and so on.
    """
    fields = fields_of(definition)
    if "Fields" in definition and not any(field.get("Type") == "NAME" for field in fields):
        yield Problem("Fields", "REQUIRED_PROPERTY_MISSING", "A field of type NAME is required")
    seen: set[str | None] = set()
    standard: set[str] = set()
    for index, field in enumerate(fields):
        path, name, kind = f"Fields[{index}]", name_of(field), field.get("Type")
        if kind in standard:
            yield Problem(f"{path}.Type", "UNIQUE_CONSTRAINT_VIOLATED", f"Only one field may be of type {kind}")
        if kind in STANDARD_TYPES:
            standard.add(kind)
        if name is None:
            yield Problem(f"{path}.Id.Name", "REQUIRED_PROPERTY_MISSING", "A field needs a name")
        elif name in seen:
            yield Problem(f"{path}.Id.Name", "UNIQUE_CONSTRAINT_VIOLATED", f"Two fields are called {name!r}")
        seen.add(name)
        yield from _check_options(field, path)


def _check_options(field: Mapping[str, Any], path: str) -> Iterator[Problem]:
    options: Sequence[str] = field.get("SingleSelectOptions", ())
    where = f"{path}.SingleSelectOptions"
    if "Type" not in field:
        yield Problem(f"{path}.Type", "REQUIRED_PROPERTY_MISSING", "A field needs a type")
    elif field["Type"] == "SINGLE_SELECT" and not options:
        yield Problem(where, "REQUIRED_PROPERTY_MISSING", "A SINGLE_SELECT field needs options")
    elif field["Type"] != "SINGLE_SELECT" and options:
        yield Problem(where, "NOT_SUPPORTED", f"A field of type {field['Type']} has no options")
    for option, count in Counter(options).items():
        if count > 1:
            yield Problem(where, "UNIQUE_CONSTRAINT_VIOLATED", f"Option {option!r} is there {count} times")


def _check_constraints(definition: Definition) -> Iterator[Problem]:
    """Ask for constraints that name fields of the template and require the NAME field, so at least one.

    That a field can't be both required and invisible without a default value is inferred.
    """
    by_name = {name_of(field): field for field in fields_of(definition)}
    constrained = {kind: constrained_names(definition, kind) for kind in _CONSTRAINTS}
    for kind, names in constrained.items():
        for index, name in enumerate(names):
            if name is None or name not in by_name:
                path = f"Constraints.{kind}[{index}].Id.Name"
                yield Problem(path, "REFERENCED_RESOURCE_NOT_FOUND", f"The template has no field {name!r}")
    required = constrained["RequiredFields"]
    if not required and not any(field.get("Type") == "NAME" for field in by_name.values()):
        yield Problem("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING", "A required field is needed")
    for name, field in by_name.items():
        if field.get("Type") == "NAME" and name not in required:
            message = f"The NAME field {name!r} must be a required one"
            yield Problem("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING", message)
    defaulted = default_texts(definition)
    for index, name in enumerate(constrained["InvisibleFields"]):
        if name in required and name not in defaulted:
            path = f"Constraints.InvisibleFields[{index}]"
            message = f"Field {name!r} is required and invisible, so it needs a default value"
            yield Problem(path, "REQUIRED_PROPERTY_MISSING", message)


def _check_defaults(definition: Definition) -> Iterator[Problem]:
    """Ask for defaults that belong to a field and fit its type, which is inferred."""
    by_name = {name_of(field): field for field in fields_of(definition)}
    seen: set[str] = set()
    for index, default in enumerate(default_entries(definition)):
        path, name = f"Defaults.DefaultFieldValues[{index}]", name_of(default)
        if name is None or name not in by_name:
            message = f"The template has no field {name!r}"
            yield Problem(f"{path}.Id.Name", "REFERENCED_RESOURCE_NOT_FOUND", message)
            continue
        if name in seen:
            message = f"Field {name!r} has two default values"
            yield Problem(f"{path}.Id.Name", "UNIQUE_CONSTRAINT_VIOLATED", message)
        seen.add(name)
        text: str | None = default.get("DefaultValue")
        if text and (fault := value_fault(by_name[name], text)) is not None:
            reason, message = fault
            yield Problem(f"{path}.DefaultValue", reason, message)


def _check_existing(instance: Instance, definition: Definition) -> Iterator[Problem]:
    """Ask for flows and quick connects that exist, once a test has seeded any; until then every one is taken for one.

    That they are looked for, by id or ARN, is inferred from the reason that exists for it.
    """
    flows = {name for flow in instance.contact_flows.values() for name in (flow.id, flow.arn)}
    for member in ("ContactFlowId", "SelfAssignFlowId"):
        flow_id = definition.get(member)
        if flow_id and flows and flow_id not in flows:
            yield Problem(member, "REFERENCED_RESOURCE_NOT_FOUND", f"The instance has no flow {flow_id}")
    quick_connects = {name for one in instance.quick_connects.values() for name in (one.id, one.arn)}
    kinds = {name_of(field): field.get("Type") for field in fields_of(definition)}
    for index, default in enumerate(default_entries(definition)):
        text: str | None = default.get("DefaultValue")
        if text and quick_connects and kinds.get(name_of(default)) == "QUICK_CONNECT" and text not in quick_connects:
            path = f"Defaults.DefaultFieldValues[{index}].DefaultValue"
            yield Problem(path, "REFERENCED_RESOURCE_NOT_FOUND", f"The instance has no quick connect {text}")
