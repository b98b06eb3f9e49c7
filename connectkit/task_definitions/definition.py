"""The definition of a task template: everything that CreateTaskTemplate is told, in one value that can be checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import Fault, RequestError
from .checks import faults_of
from .document import is_wire, read_document, write_document
from .fields import TaskField
from .wire import read_wire, write_wire

__all__ = ["TaskTemplateDefinition", "read_definition"]

# Where the service lets a text be left out, but not be empty.
_NEVER_EMPTY = ("description", "contact_flow", "self_assign_flow", "wrap_up_flow")


@dataclass(frozen=True, kw_only=True)
class TaskTemplateDefinition:
    """What a task template is, apart from where it is. Unchanging; ``dataclasses.replace`` makes another.

    ::

        TaskTemplateDefinition(
            name="Refund",
            contact_flow="Refund tasks",
            fields=[NameField("Task name"), SelectField("Carrier", options=["Post", "Courier"], default="Post")],
        )
    """

    name: str
    """Its name, unique in the instance."""
    fields: Sequence[TaskField]
    """Its fields, in the order in which agents see them. Exactly one is a ``NameField``."""
    description: str | None = None
    """What it is for."""
    status: str = "ACTIVE"
    """Whether tasks can be created from it: ``ACTIVE`` or ``INACTIVE``."""
    contact_flow: str | None = None
    """The flow that its tasks go through, by id, ARN or name. Needed unless a field is a ``QuickConnectField``."""
    self_assign_flow: str | None = None
    """The flow of tasks that agents give to themselves, by id, ARN or name."""
    wrap_up_flow: str | None = None
    """The flow module for wrapping up, by id."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", tuple(self.fields))
        for word in _NEVER_EMPTY:
            if getattr(self, word) == "":
                object.__setattr__(self, word, None)

    def faults(self) -> list[Fault]:
        """Everything that is wrong with it and can be known without asking the service."""
        return faults_of(self)

    def to_wire(self) -> dict[str, Any]:
        """The API's form: the members that CreateTaskTemplate and UpdateTaskTemplate take, names as they are."""
        return write_wire(self)

    @classmethod
    def from_wire(cls, mapping: Mapping[str, Any], /, *, ignoring: Collection[str] = ()) -> TaskTemplateDefinition:
        """Read the API's form: what boto3's ``get_task_template`` gives, or ``create_task_template`` takes.

        Args:
            mapping: The form.
            ignoring: Members of the whole that this version doesn't know, and that are to be left out.

        Raises:
            RequestError: with all that no definition can hold, such as a constraint on a field that isn't there, and
                each member that this version doesn't know, for it would be lost; and with whatever else is wrong.
        """
        return _whole(*read_definition(mapping, ignoring=ignoring))

    def to_document(self) -> dict[str, Any]:
        """The form for files, as JSON and YAML can hold it; :meth:`from_document` reads it."""
        return write_document(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any], /) -> TaskTemplateDefinition:
        """Read what is in a file: the form for files, or the API's.

        Raises:
            RequestError: with everything that is wrong.
        """
        return _whole(*read_definition(document))


def read_definition(
    document: Mapping[str, Any], *, ignoring: Collection[str] = ()
) -> tuple[TaskTemplateDefinition, list[Fault]]:
    """A definition in either form as far as it can be read, and what can't."""
    if is_wire(document):
        told, faults, _ = read_wire(document, ignoring=ignoring)
    else:
        told, faults = read_document(document)
    return TaskTemplateDefinition(**told), faults


def _whole(definition: TaskTemplateDefinition, faults: list[Fault]) -> TaskTemplateDefinition:
    if faults:
        raise RequestError(operation="CreateTaskTemplate", faults=[*faults, *definition.faults()])
    return definition
