"""A task on its way to the service: values by the names of a template's fields become what StartTaskContact takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from ...errors import Fault, FieldValueError, RequestError
from ...models.connect.tasks import Reference, SegmentAttributeValue, StartTaskContactRequest, TaskAttachment
from ...task_definitions.fields import TaskField
from ...task_definitions.values import TaskValue, as_text, moment_in, value_fault
from .._names import nearest

__all__ = ["ReferenceInput", "TaskDetails", "TaskFieldInputs", "task_request"]

TaskFieldInputs: TypeAlias = "Mapping[str, str] | Mapping[str, TaskValue | None]"
"""Values by the names of a template's fields; ``None`` is no value."""

ReferenceInput: TypeAlias = "str | Reference"
"""A reference of a task; a text is one of type STRING."""

_OPERATION = "StartTaskContact"
_EXPIRY = "connect:ContactExpiry"
_CREATED_BY = "connect:CreatedByUser"

# As UpdateContactTaskTemplate documents them.
_REFERENCE_TYPES: Mapping[str, str] = {
    "TEXT": "STRING",
    "TEXT_AREA": "STRING",
    "BOOLEAN": "STRING",
    "SINGLE_SELECT": "STRING",
    "NUMBER": "NUMBER",
    "DATE_TIME": "DATE",
    "URL": "URL",
    "EMAIL": "EMAIL",
}
_OWN = {"NAME": "name", "DESCRIPTION": "description", "SCHEDULED_TIME": "scheduled_time", "EXPIRY_DURATION": "expiry"}
"""Types whose value is none of the references, and the argument that takes it."""


class TaskDetails:
    """What is said of a new task, put together bit by bit, with all that is wrong with it."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.faults: list[Fault] = []
        self.own: dict[str, Any] = {}
        """Name, description, scheduled time and expiry in minutes, by their arguments."""
        self.references: dict[str, Reference] = {}
        self._faulty: set[str] = set()  # arguments and fields that have a value, but a wrong one

    def take(self, word: str, value: TaskValue | None, path: str | None = None) -> None:
        """Take the value of an argument, or of the field that stands for it."""
        if value is None:
            return
        path = path or word
        if word in self.own:
            self.faults.append(Fault(path, f"is given twice: {word} is the same"))
            return
        try:
            self.own[word] = _own(word, value)
        except FieldValueError as error:
            self._faulty.add(word)
            self.faults.append(Fault(path, error.problem))

    def refer(self, references: Mapping[str, ReferenceInput]) -> None:
        """Take references that are given as such."""
        for label, given in references.items():
            if label in self.references:
                self.faults.append(Fault(f"references[{label!r}]", "is given twice: a field is called the same"))
            self.references[label] = Reference(type="STRING", value=given) if isinstance(given, str) else given

    def fill(self, fields: Sequence[TaskField], values: TaskFieldInputs) -> None:
        """Take the values of fields."""
        by_name = {field.name: field for field in fields}
        for name, value in values.items():
            if value is None:
                continue
            path = f"fields[{name!r}]"
            field = by_name.get(name)
            if field is None:
                near = nearest(name, by_name)
                told = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
                self.faults.append(Fault(path, f"the template has no such field{told}"))
            elif field.type in _OWN:
                self.take(_OWN[field.type], value, path)
            else:
                self._reference(field, value, path)

    def _reference(self, field: TaskField, value: TaskValue, path: str) -> None:
        kind = _REFERENCE_TYPES.get(field.type)
        if kind is None:
            # Inferred: the flow of the template runs, and no member of the request says who gets the task.
            self.faults.append(Fault(path, f"StartTaskContact takes no value for a field of type {field.type}"))
            return
        try:
            text = as_text(value, field=field.name)
        except FieldValueError as error:
            self._faulty.add(field.name)
            self.faults.append(Fault(path, error.problem))
            return
        if text and (problem := value_fault(field.type, text, field.options)):
            self.faults.append(Fault(path, problem))
        elif text and kind == "DATE":
            text = _epoch(text)
        self.references[field.name] = Reference.from_wire({"Type": kind, "Value": text})

    def ask(self, fields: Sequence[TaskField]) -> None:
        """Note each required field that has no value, and no default that fills it in; and a name that is missing."""
        for field in fields:
            if field.type == "NAME" and field.default:
                self.own.setdefault("name", field.default)
            elif field.required and not field.default and field.type != "NAME" and not self._has(field):
                self.faults.append(Fault(f"fields[{field.name!r}]", "is required by the template, and missing"))

    def _has(self, field: TaskField) -> bool:
        word = _OWN.get(field.type)
        if word is not None:
            return bool(self.own.get(word)) or word in self._faulty
        reference = self.references.get(field.name)
        # Nothing is asked of the request for a quick connect; see _reference.
        return field.type not in _REFERENCE_TYPES or field.name in self._faulty or bool(reference and reference.value)

    def name(self) -> str:
        """The name of the task.

        Raises:
            RequestError: with all that is wrong with the task.
        """
        name = self.own.get("name")
        if not name and "name" not in self._faulty:
            self.faults.append(Fault("name", "a task needs a name"))
        if self.faults:
            raise RequestError(operation=_OPERATION, faults=self.faults)
        return str(name)


def task_request(
    instance_id: str,
    template_id: str,
    details: TaskDetails,
    *,
    fields: Sequence[TaskField] | None,
    attributes: Mapping[str, str] | None,
    segment_attributes: Mapping[str, str | int] | None,
    created_by: str | None,
    attachments: Mapping[str, str] | None,
    **members: Any,
) -> StartTaskContactRequest:
    """The request that starts a task.

    Args:
        instance_id: Where.
        template_id: By which template.
        details: What is said of the task.
        fields: The template's fields, where they are known.
        attributes: Contact attributes.
        segment_attributes: Attributes of this contact alone.
        created_by: ARN of the user who created it.
        attachments: URLs by the names of files.
        members: Further members of the request.

    Raises:
        RequestError: with all that is wrong.
    """
    if fields is not None:
        details.ask(fields)
    name = details.name()
    segments = {key: _segment(value) for key, value in (segment_attributes or {}).items()}
    if "expiry" in details.own:
        minutes = {"ExpiryDuration": {"ValueInteger": details.own["expiry"]}}
        segments[_EXPIRY] = SegmentAttributeValue.from_wire({"ValueMap": minutes})
    if created_by is not None:
        segments[_CREATED_BY] = SegmentAttributeValue(value_string=created_by)
    own = {word: details.own.get(word) for word in ("description", "scheduled_time")}
    files = [TaskAttachment(file_name=called, s3_url=url) for called, url in (attachments or {}).items()]
    given: dict[str, Any] = {
        **own,
        **members,
        "references": details.references or None,
        "attributes": None if attributes is None else dict(attributes),
        "segment_attributes": segments or None,
        "attachments": files or None,
    }
    return StartTaskContactRequest(
        instance_id=instance_id,
        name=name,
        task_template_id=template_id,
        **{member: value for member, value in given.items() if value is not None},
    )


def _own(word: str, value: TaskValue) -> str | datetime | int:
    kind = next(kind for kind, argument in _OWN.items() if argument == word)
    text = as_text(value, field=word)
    if problem := value_fault(kind, text):
        raise FieldValueError(field=word, problem=problem)
    if word == "expiry":
        return int(text)
    moment = moment_in(text) if word == "scheduled_time" else None
    return text if moment is None else moment


def _epoch(text: str) -> str:
    moment = moment_in(text)
    return text if moment is None else str(int(moment.timestamp() // 1))


def _segment(value: str | int) -> SegmentAttributeValue:
    return (
        SegmentAttributeValue(value_string=value)
        if isinstance(value, str)
        else SegmentAttributeValue(value_integer=value)
    )
