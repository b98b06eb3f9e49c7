"""The definition of a task template as people write it in a file: what a field is constrained to stands with the field.

::

    name: Refund
    contact_flow: Refund tasks
    fields:
      - {name: Task name, type: NAME}
      - {name: Carrier, type: SINGLE_SELECT, options: [Post, Courier], default: Post, required: true}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import Fault, FieldValueError
from .fields import field_of
from .reading import Reader
from .values import as_text

if TYPE_CHECKING:
    from .definition import TaskTemplateDefinition
    from .fields import TaskField

__all__ = ["is_wire", "read_document", "write_document"]

_TEXTS = ("description", "contact_flow", "self_assign_flow", "wrap_up_flow")
_FLAGS = ("required", "read_only", "invisible")
_MEMBERS = ("name", "status", "fields", *_TEXTS)
_FIELD_MEMBERS = ("name", "type", "description", "options", "default", *_FLAGS)


def is_wire(document: object) -> bool:
    """Whether it is in the API's form, whose members begin with a capital."""
    return isinstance(document, Mapping) and ("Fields" in document or "Name" in document)


def write_document(definition: TaskTemplateDefinition) -> dict[str, Any]:
    """The definition in the form for files, without what goes without saying."""
    told = {word: getattr(definition, word) for word in _TEXTS}
    return {
        "name": definition.name,
        **{word: text for word, text in told.items() if text is not None},
        **({} if definition.status == "ACTIVE" else {"status": definition.status}),
        "fields": [_written(field) for field in definition.fields],
    }


def _written(field: TaskField) -> dict[str, Any]:
    written: dict[str, Any] = {"name": field.name, "type": field.type}
    if field.description is not None:
        written["description"] = field.description
    if field.options:
        written["options"] = list(field.options)
    if field.default is not None:
        written["default"] = field.default
    flags = {word: getattr(field, word) for word in _FLAGS}
    goes_without_saying = {"required": True} if field.type == "NAME" else {}
    written |= {word: on for word, on in flags.items() if on != goes_without_saying.get(word, False)}
    # There is no word for it in this form.
    return {**written, **field.other}


def read_document(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The attributes of a definition, and what is wrong with the document."""
    reader = Reader(document)
    reader.refuse_others(reader.whole, _MEMBERS, "", f"is none of {', '.join(_MEMBERS)}")
    read: dict[str, Any] = {word: reader.text(reader.whole, word, "") for word in _TEXTS}
    read["name"] = reader.text(reader.whole, "name", "") or ""
    read["status"] = (reader.text(reader.whole, "status", "") or "ACTIVE").upper()
    read["fields"] = tuple(
        _read(reader, entry, f"fields[{index}]")
        for index, entry in enumerate(reader.entries(reader.whole, "fields", ""))
    )
    return read, reader.faults


def _read(reader: Reader, entry: Mapping[str, Any], path: str) -> TaskField:
    # A member of the API that this version has no word for begins with a capital.
    known = [*_FIELD_MEMBERS, *(member for member in entry if str(member)[:1].isupper())]
    reader.refuse_others(entry, known, path, f"is none of {', '.join(_FIELD_MEMBERS)}")
    type_ = (reader.text(entry, "type", path) or "").upper()
    flags = {word: reader.flag(entry, word, path, otherwise=word == "required" and type_ == "NAME") for word in _FLAGS}
    options = [_text(reader, option, f"{path}.options") for option in reader.items(entry, "options", path)]
    default = entry.get("default")
    return field_of(
        _text(reader, entry.get("name", ""), f"{path}.name"),
        type_,
        description=reader.text(entry, "description", path),
        options=tuple(options),
        default=None if default is None else _text(reader, default, f"{path}.default"),
        other={member: value for member, value in entry.items() if str(member)[:1].isupper()},
        **flags,
    )


def _text(reader: Reader, value: Any, path: str) -> str:
    """A text, or what stands for one: a number, true, false, a moment."""
    try:
        return as_text(value, field=path)
    except FieldValueError as error:
        reader.fault(path, error.problem)
        return ""
