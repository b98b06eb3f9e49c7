"""What makes the definition of a task template valid, as far as that can be known here.

The service says the same with a PropertyValidationException. It alone knows whether a flow exists, whether a name is
taken, and how many fields a template may have. How long texts may be is in the installed botocore, and checked with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import Fault
from .values import STANDARD_TYPES, value_fault

if TYPE_CHECKING:
    from .definition import TaskTemplateDefinition
    from .fields import TaskField

__all__ = ["faults_of"]


def faults_of(definition: TaskTemplateDefinition) -> list[Fault]:
    """Everything that is wrong with a definition, in its order."""
    return [
        *_whole(definition),
        *_together(definition),
        *(fault for field in definition.fields for fault in _one(field)),
    ]


def _whole(definition: TaskTemplateDefinition) -> Iterator[Fault]:
    if not definition.name:
        yield Fault("name", "a task template needs a name")
    types = {field.type for field in definition.fields}
    if definition.contact_flow is None and "QUICK_CONNECT" not in types:
        yield Fault("contact_flow", "a flow is needed, or a field of type QUICK_CONNECT")
    if "NAME" not in types:
        yield Fault("fields", "one field of type NAME is needed")


def _together(definition: TaskTemplateDefinition) -> Iterator[Fault]:
    """What is wrong with fields beside each other.

    That each standard type but NAME is there once is inferred: a task has but one description, one expiry and so on.
    """
    names: set[str] = set()
    types: dict[str, str] = {}
    for index, field in enumerate(definition.fields):
        if not field.name:
            yield Fault(f"fields[{index}].name", "a field needs a name")
        elif field.name in names:
            yield Fault(f"fields[{index}].name", f"two fields are called {field.name!r}")
        names.add(field.name)
        if field.type in types:
            problem = f"only one field may be of type {field.type}, and {types[field.type]!r} is one already"
            yield Fault(f"fields[{index}].type", problem)
        elif field.type in STANDARD_TYPES:
            types[field.type] = field.name


def _one(field: TaskField) -> Iterator[Fault]:
    """What is wrong with a field by itself. All of it is inferred, but for a name that isn't required."""
    path = f"fields[{field.name!r}]"
    if not field.type:
        yield Fault(f"{path}.type", "a field needs a type")
    if field.description == "":
        yield Fault(f"{path}.description", "can't be empty; leave it out")
    if field.type == "NAME" and not field.required:
        yield Fault(f"{path}.required", "the NAME field must be required")
    if field.required and field.invisible and not field.default:
        yield Fault(f"{path}.invisible", "is required and invisible, so it needs a default: nobody could fill it in")
    yield from _options(field, f"{path}.options")
    if field.default and (problem := value_fault(field.type, field.default, field.options)):
        yield Fault(f"{path}.default", problem)


def _options(field: TaskField, path: str) -> Iterator[Fault]:
    if field.type == "SINGLE_SELECT" and not field.options:
        yield Fault(path, "a field of type SINGLE_SELECT needs options")
    elif field.options and field.type != "SINGLE_SELECT":
        yield Fault(path, f"a field of type {field.type} has no options; one of type SINGLE_SELECT has")
    for index, option in enumerate(field.options):
        if not option:
            yield Fault(f"{path}[{index}]", "an option can't be empty")
        elif option in field.options[:index]:
            yield Fault(f"{path}[{index}]", f"option {option!r} is there before")
