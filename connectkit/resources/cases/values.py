"""The values that were read of a case: which fields were asked for, and what came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, TypeVar, cast, overload

from ..._bound import Bound
from ...errors import Fault, NotLoadedError, ResponseDecodeError
from ...filters import SYSTEM_FIELDS, FieldRef
from ...values import PlainValue, decode
from .._base import Resource, several
from ..schema import called

if TYPE_CHECKING:
    from ...models._operation import ResponseMetadata
    from ..schema import FieldName, Schema

__all__ = [
    "DEFAULT_FIELDS",
    "Asked",
    "FieldValues",
    "FieldsToRead",
    "Reading",
    "given_fields",
    "tags_of",
    "text_of",
    "unions_by_id",
]

FieldsToRead: TypeAlias = 'Literal["all"] | Iterable[FieldName]'
"""Which fields to read of a case: ``"all"`` of the domain, or a list; see :data:`FieldName`."""


DEFAULT_FIELDS = ("reference_number", "title", "status")
"""What is read of each of many cases if nothing else is asked for: what a person would want to see in a list."""

T = TypeVar("T")
_MOST_SHOWN = 10


def given_fields(fields: FieldsToRead) -> Literal["all"] | Sequence[FieldName]:
    """What a caller gives as ``fields``; makes no call.

    Raises:
        TypeError: it is neither ``"all"`` nor a list.
    """
    if fields == "all":
        return "all"
    if cast("object", fields) is None:
        raise TypeError("fields is to be a list of fields or 'all', not None")
    return several(fields, "fields", of="fields or 'all'")


class Asked:
    """The fields that are asked for, and all the names that each goes by. Makes no call once it is made."""

    __slots__ = ("_gone", "_schema", "ids", "labels", "types")

    def __init__(self, schema: Schema, fields: FieldsToRead) -> None:
        """Find out which fields these are; reads the fields of the domain if one is named in a way not known yet.

        Raises:
            TypeError: the fields are one text, and not ``"all"``.
            UnknownNameError: there is no such field.
        """
        self._schema = schema
        self._gone = False
        self.types: dict[str, str] = {}
        """Type of each field by its id, in the order in which they are asked for, none twice."""
        self.ids: dict[str, str] = {}
        """Id by what a field was called."""
        names: dict[str, str] = {}
        wanted = given_fields(fields)
        for field in [field.id for field in schema.load()] if wanted == "all" else wanted:
            reference = schema.resolve(field)
            self.types.setdefault(reference.id, reference.type)
            self.ids[reference.id] = reference.id
            if isinstance(field, str):
                self.ids[field] = reference.id
            if reference.id not in SYSTEM_FIELDS and reference.name and reference.name not in SYSTEM_FIELDS:
                names[reference.id] = reference.name
        taken = list(names.values())
        self.labels: dict[str, str] = {
            names[id_] if id_ in names and taken.count(names[id_]) == 1 else id_: id_ for id_ in self.types
        }
        """Id by what people call the field; a system field by its id, and so one that shares its name with another, or
        is called what a system field has for its id."""
        # A case that was read knows its fields by the names that they had then, whatever is renamed since.
        for label, id_ in self.labels.items():
            self.ids.setdefault(label, id_)

    def id(self, field: FieldName) -> str:
        """Id of the field that is meant.

        Raises:
            NotLoadedError: it wasn't asked for.
            UnknownNameError: there is no such field.
        """
        found = self.find(field)
        if found is None or found not in self.types:
            self._lacks(field, found)
        return found

    def only(self, field_ids: Collection[str], *, gone: bool = False) -> Asked:
        """Some of these fields; ``gone`` if the others can't be had any more, the case being deleted."""
        made = copy(self)
        made.types = {id_: type_ for id_, type_ in self.types.items() if id_ in field_ids}
        made.labels = {label: id_ for label, id_ in self.labels.items() if id_ in field_ids}
        made._gone = gone  # noqa: SLF001 - of the same class
        return made

    def has(self, field: object) -> bool:
        """Whether it was asked for."""
        if isinstance(field, (FieldRef, Resource)):
            return cast("FieldRef[object] | Resource", field).id in self.types
        return isinstance(field, str) and self.find(field) in self.types

    def find(self, field: FieldName) -> str | None:
        """As :meth:`id`, whether it was asked for or not; ``None`` if no field is known by that name."""
        if not isinstance(field, str):
            return field.id
        known = self.ids.get(field)
        if known is None and (reference := self._schema.known(field)) is not None:
            known = self.ids[field] = reference.id
        return known

    def _lacks(self, field: FieldName, found: str | None) -> NoReturn:
        name = called(field)
        if found is None and self._schema.is_loaded:
            raise self._schema.unknown(name)
        if self._gone:
            raise NotLoadedError(f"field {name!r} isn't known: the case was deleted while it was being read")
        labels = list(self.labels)
        read = ", ".join(map(repr, labels[:_MOST_SHOWN])) or "none"
        more = f" and {len(labels) - _MOST_SHOWN} more" if len(labels) > _MOST_SHOWN else ""
        unknown = "" if found else "; names of other fields aren't known before domain.schema.load()"
        raise NotLoadedError(
            f"field {name!r} wasn't asked for when the case was read, only {read}{more}{unknown}: "
            f"case.refresh(fields=[{name!r}]) reads it"
        )


class Reading:
    """One answer that cases came from: what was asked, and what to call it if it can't be read."""

    __slots__ = ("asked", "metadata", "operation")

    def __init__(self, asked: Asked, operation: str, metadata: ResponseMetadata) -> None:
        """Keep what every case of the answer shares."""
        self.asked: Asked = asked
        self.operation: str = operation
        self.metadata: ResponseMetadata = metadata

    def of(self, asked: Asked) -> Reading:
        """The same answer, with less that is known from it."""
        return Reading(asked, self.operation, self.metadata)

    def value(self, unions: Mapping[str, Any], field: FieldName) -> PlainValue:
        """The plain value of a field, ``None`` if it has none.

        Raises:
            NotLoadedError: it wasn't asked for.
            UnknownNameError: there is no such field.
            ResponseDecodeError: what came can't be understood.
        """
        asked = self.asked
        id_ = asked.ids.get(field) if isinstance(field, str) else field.id
        if id_ not in asked.types:
            id_ = asked.id(field)
        union = unions.get(id_)
        if union is None:
            return None
        try:
            return decode(union, field.type if isinstance(field, FieldRef) else asked.types[id_])
        except (AttributeError, TypeError, ValueError, OverflowError):
            raise self.unreadable(f"value of field {id_}", "it is no field value") from None

    def unreadable(self, path: str, problem: str) -> ResponseDecodeError:
        """The error that says what can't be read, and where."""
        about = self.metadata
        return ResponseDecodeError(
            operation=self.operation,
            faults=[Fault(path, problem)],
            status=about.status,
            request_id=about.request_id,
            attempts=about.attempts,
        )


class FieldValues(Bound, Mapping[str, PlainValue]):
    """Values by field id, ``None`` for a field without one.

    A field that wasn't read is not taken for one without a value: asking for it raises ``NotLoadedError``, which
    ``get`` does as well.
    """

    __slots__ = ("_reading", "_unions")

    def __init__(self, reading: Reading, unions: Mapping[str, Any]) -> None:
        """Take the values as they came, unions by field id."""
        self._reading = reading
        self._unions = unions

    def __getitem__(self, field: str) -> PlainValue:
        return self._reading.value(self._unions, field)

    @overload
    def get(self, key: str, /) -> PlainValue: ...
    @overload
    def get(self, key: str, /, default: PlainValue | T) -> PlainValue | T: ...
    def get(self, key: str, /, default: object = None) -> object:  # noqa: ARG002 - it is what a mapping takes
        """The value of a field; there is no default for one that wasn't read."""
        return self[key]

    def __contains__(self, field: object) -> bool:
        return field in self._reading.asked.types

    def __iter__(self) -> Iterator[str]:
        return iter(self._reading.asked.types)

    def __len__(self) -> int:
        return len(self._reading.asked.types)

    def __repr__(self) -> str:
        # No values: they are what customers say.
        return f"<FieldValues of {', '.join(self._reading.asked.labels)}>"


def unions_by_id(fields: Any, reading: Reading, path: str) -> dict[str, Any]:
    """The values of a case as they came, by field id; none where there is no list of them.

    Raises:
        ResponseDecodeError: it is no list of fields with ids.
    """
    try:
        return {entry["id"]: entry["value"] for entry in fields}
    except (KeyError, TypeError):
        return _survived(fields, reading, path)


def _survived(fields: Any, reading: Reading, path: str) -> dict[str, Any]:
    """As :func:`unions_by_id`, entry by entry: a value may be missing, an id may not."""
    if fields is None:
        return {}
    if not isinstance(fields, list):
        raise reading.unreadable(path, "it is no list")
    unions: dict[str, Any] = {}
    for index, entry in enumerate(cast("Sequence[object]", fields)):
        if not isinstance(entry, dict):
            raise reading.unreadable(f"{path}[{index}]", "it is no object")
        field = cast("dict[str, Any]", entry)
        field_id = field.get("id")
        if not isinstance(field_id, str):
            raise reading.unreadable(f"{path}[{index}].id", "it is no text")
        unions[field_id] = field.get("value")
    return unions


def text_of(read: Mapping[str, Any], member: str, reading: Reading, path: str = "") -> str:
    """A member that is a text; ``None`` in spite of the type where the service left it out, as in the models."""
    text = read.get(member)
    if text is not None and not isinstance(text, str):
        raise reading.unreadable(f"{path}.{member}" if path else member, "it is no text")
    return cast("str", text)


def tags_of(read: Mapping[str, Any], reading: Reading, path: str = "") -> dict[str, str] | None:
    """The tags of a case as they came."""
    tags = read.get("tags")
    if tags is not None and not isinstance(tags, dict):
        raise reading.unreadable(f"{path}.tags" if path else "tags", "they are no mapping")
    return cast("dict[str, str] | None", tags)
