"""What makes a task template valid. All that is wrong with one is reported together, each with its path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.timestamps import parse_iso
from connectkit.simulator.state.connect import TaskTemplate
from connectkit.simulator.state.instances import Instance
from connectkit.simulator.state.settings import Quotas

__all__ = ["check_definition"]

_STANDARD_TYPES = frozenset(
    {"NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"}
)
_LONGEST_EXPIRY_MINUTES = 129_600
_CONSTRAINTS = ("RequiredFields", "ReadOnlyFields", "InvisibleFields")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

Definition = Mapping[str, Any]


class _Problem(dict[str, str]):
    """One entry of a PropertyValidationException's list. How the service spells a path is inferred."""

    def __init__(self, path: str, reason: str, message: str) -> None:
        super().__init__(PropertyPath=path, Reason=reason, Message=message)


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
    ]
    if problems:
        raise ServiceError(
            "PropertyValidationException",
            f"{len(problems)} properties of the task template are not valid",
            PropertyList=problems,
        )
    custom = sum(1 for field in definition["Fields"] if field["Type"] not in _STANDARD_TYPES)
    if custom > quotas.task_template_fields:
        message = f"The template has {custom} custom fields; the quota is {quotas.task_template_fields}"
        raise ServiceError("ServiceQuotaExceededException", message)


def _check_members(definition: Definition) -> Iterator[_Problem]:
    """Ask for what the model calls optional and the service needs all the same.

    An update replaces everything, so that it needs a name and fields as a create does follows, though unsaid.
    """
    for name in ("Name", "Fields", "Status"):
        if name not in definition:
            yield _Problem(name, "REQUIRED_PROPERTY_MISSING", f"{name} is required")
    types = [field.get("Type") for field in _fields(definition)]
    if not definition.get("ContactFlowId") and "QUICK_CONNECT" not in types:
        message = "A flow or a field of type QUICK_CONNECT is required"
        yield _Problem("ContactFlowId", "REQUIRED_PROPERTY_MISSING", message)


def _check_name(instance: Instance, definition: Definition, updated: TaskTemplate | None) -> Iterator[_Problem]:
    """Refuse the name of another template, which is inferred from the reason that exists for it."""
    name = definition.get("Name")
    if any(other.name == name and other is not updated for other in instance.task_templates.values()):
        yield _Problem("Name", "RESOURCE_NAME_ALREADY_EXISTS", f"A task template with the name {name!r} exists")


def _check_fields(definition: Definition) -> Iterator[_Problem]:
    """Ask for exactly one NAME field and, which is inferred, for fields that make sense by themselves."""
    fields = _fields(definition)
    names = [index for index, field in enumerate(fields) if field.get("Type") == "NAME"]
    if "Fields" in definition and not names:
        yield _Problem("Fields", "REQUIRED_PROPERTY_MISSING", "A field of type NAME is required")
    for index in names[1:]:
        yield _Problem(f"Fields[{index}].Type", "UNIQUE_CONSTRAINT_VIOLATED", "Only one field may be of type NAME")
    seen: set[str | None] = set()
    for index, field in enumerate(fields):
        path, name = f"Fields[{index}]", _name(field)
        if name is None:
            yield _Problem(f"{path}.Id.Name", "REQUIRED_PROPERTY_MISSING", "A field needs a name")
        elif name in seen:
            yield _Problem(f"{path}.Id.Name", "UNIQUE_CONSTRAINT_VIOLATED", f"Two fields are called {name!r}")
        seen.add(name)
        yield from _check_options(field, path)


def _check_options(field: Mapping[str, Any], path: str) -> Iterator[_Problem]:
    options: Sequence[str] = field.get("SingleSelectOptions", ())
    where = f"{path}.SingleSelectOptions"
    if "Type" not in field:
        yield _Problem(f"{path}.Type", "REQUIRED_PROPERTY_MISSING", "A field needs a type")
    elif field["Type"] == "SINGLE_SELECT" and not options:
        yield _Problem(where, "REQUIRED_PROPERTY_MISSING", "A SINGLE_SELECT field needs options")
    elif field["Type"] != "SINGLE_SELECT" and options:
        yield _Problem(where, "NOT_SUPPORTED", f"A field of type {field['Type']} has no options")
    for option, count in Counter(options).items():
        if count > 1:
            yield _Problem(where, "UNIQUE_CONSTRAINT_VIOLATED", f"Option {option!r} is there {count} times")


def _check_constraints(definition: Definition) -> Iterator[_Problem]:
    """Ask for constraints that name fields of the template and require the NAME field.

    That a field can't be both required and invisible without a default value is inferred.
    """
    by_name = {_name(field): field for field in _fields(definition)}
    constrained = {kind: _constrained_names(definition, kind) for kind in _CONSTRAINTS}
    for kind, names in constrained.items():
        for index, name in enumerate(names):
            if name is None or name not in by_name:
                path = f"Constraints.{kind}[{index}].Id.Name"
                yield _Problem(path, "REFERENCED_RESOURCE_NOT_FOUND", f"The template has no field {name!r}")
    required = constrained["RequiredFields"]
    for name, field in by_name.items():
        if field.get("Type") == "NAME" and name not in required:
            message = f"The NAME field {name!r} must be a required one"
            yield _Problem("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING", message)
    defaulted = {_name(default) for default in _defaults(definition) if default.get("DefaultValue")}
    for index, name in enumerate(constrained["InvisibleFields"]):
        if name in required and name not in defaulted:
            path = f"Constraints.InvisibleFields[{index}]"
            message = f"Field {name!r} is required and invisible, so it needs a default value"
            yield _Problem(path, "REQUIRED_PROPERTY_MISSING", message)


def _check_defaults(definition: Definition) -> Iterator[_Problem]:
    """Ask for defaults that belong to a field and fit its type, which is inferred save for the expiry."""
    by_name = {_name(field): field for field in _fields(definition)}
    seen: set[str] = set()
    for index, default in enumerate(_defaults(definition)):
        path, name = f"Defaults.DefaultFieldValues[{index}]", _name(default)
        if name is None or name not in by_name:
            message = f"The template has no field {name!r}"
            yield _Problem(f"{path}.Id.Name", "REFERENCED_RESOURCE_NOT_FOUND", message)
            continue
        if name in seen:
            message = f"Field {name!r} has two default values"
            yield _Problem(f"{path}.Id.Name", "UNIQUE_CONSTRAINT_VIOLATED", message)
        seen.add(name)
        text: str | None = default.get("DefaultValue")
        if text and (fault := _value_fault(by_name[name], text)) is not None:
            reason, message = fault
            yield _Problem(f"{path}.DefaultValue", reason, message)


def _value_fault(field: Mapping[str, Any], text: str) -> tuple[str, str] | None:
    """Say how a text does not fit a field's type, as a reason and a message, or give None when it does."""
    kind: str | None = field.get("Type")
    if kind == "SINGLE_SELECT" and text not in field.get("SingleSelectOptions", ()):
        return "REFERENCED_RESOURCE_NOT_FOUND", f"{text!r} is not among the options"
    if kind == "EXPIRY_DURATION" and not _is_expiry(text):
        return "INVALID_FORMAT", f"The expiry must be 1 to {_LONGEST_EXPIRY_MINUTES} whole minutes"
    if kind is not None and kind in _FORMATS:
        reason, fits = _FORMATS[kind]
        if not fits(text):
            return reason, f"{text!r} is not a value of type {kind}"
    return None


def _is_expiry(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,6}", text)) and 1 <= int(text) <= _LONGEST_EXPIRY_MINUTES


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", text))


def _is_boolean(text: str) -> bool:
    return text.lower() in {"true", "false"}


def _is_moment(text: str) -> bool:
    """Say whether a text is a moment: ISO-8601, or the seconds since 1970."""
    if text.isascii() and text.isdecimal():
        return True
    try:
        parse_iso(text)
    except ValueError:
        return False
    return True


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _is_email(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text))


_FORMATS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "NUMBER": ("TYPE_MISMATCH", _is_number),
    "BOOLEAN": ("TYPE_MISMATCH", _is_boolean),
    "DATE_TIME": ("INVALID_FORMAT", _is_moment),
    "SCHEDULED_TIME": ("INVALID_FORMAT", _is_moment),
    "URL": ("INVALID_FORMAT", _is_url),
    "EMAIL": ("INVALID_FORMAT", _is_email),
}


def _fields(definition: Definition) -> Sequence[Mapping[str, Any]]:
    fields: Sequence[Mapping[str, Any]] = definition.get("Fields", ())
    return fields


def _defaults(definition: Definition) -> Sequence[Mapping[str, Any]]:
    defaults: Sequence[Mapping[str, Any]] = definition.get("Defaults", {}).get("DefaultFieldValues", ())
    return defaults


def _constrained_names(definition: Definition, kind: str) -> list[str | None]:
    return [_name(entry) for entry in definition.get("Constraints", {}).get(kind, ())]


def _name(entry: Mapping[str, Any]) -> str | None:
    name: str | None = entry.get("Id", {}).get("Name")
    return name
