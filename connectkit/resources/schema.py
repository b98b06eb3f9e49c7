"""The fields of a Cases domain by name: references for filters, and what writing values has to know."""

from __future__ import annotations

import keyword
import re
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar, cast

from .._bound import Bound
from ..errors import UnknownNameError
from ..filters import (
    SYSTEM_FIELDS,
    AnyRef,
    BooleanRef,
    DateTimeRef,
    FieldRef,
    NumberRef,
    SelectRef,
    TextRef,
    UrlRef,
    UserRef,
    typed,
)
from ..values import Choices, PlainValue
from ._base import Resource
from ._names import MOST_LISTED, Age, nearest

if TYPE_CHECKING:
    from .._caller import Caller
    from ..models.connectcases.fields import FieldSummary
    from .setup.field import Field

__all__ = ["FieldName", "Schema", "called"]

FieldName: TypeAlias = "str | FieldRef[Any] | Field"
"""A field, by its name or id, by a reference, or as the resource that it is."""

RefT = TypeVar("RefT", bound="FieldRef[PlainValue]")


class _Fields:
    """What one reading of all the fields gave."""

    def __init__(self, summaries: list[FieldSummary]) -> None:
        self.by_id: dict[str, FieldSummary] = {field.field_id: field for field in summaries}
        self.by_name: dict[str, list[str]] = {}
        self.by_attribute: dict[str, list[str]] = {}
        for field in summaries:
            self.by_name.setdefault(field.name, []).append(field.field_id)
            self.by_attribute.setdefault(_attribute(field.name), []).append(field.field_id)


class _Kept(Choices):
    """Options that were read some time ago: one that isn't among them may have come since, and is looked for."""

    def __init__(self, read: Choices, options: list[tuple[str, str]], again: Callable[[_Kept], Choices]) -> None:
        super().__init__(options)
        self.read: Choices = read
        """The same as they were read, which nobody looks for anew."""
        self._again = again
        self._newer: Choices | None = None

    def value(self, given: str) -> str | None:
        found = super().value(given)
        if found is None:
            self._newer = self._again(self)
            found = self._newer.value(given)
        return found

    def lacks(self, given: str) -> str:
        return super().lacks(given) if self._newer is None else self._newer.lacks(given)


class Schema(Bound):
    """The fields of a Cases domain, system fields included, by name or id.

    ::

        schema = domain.schema
        schema["Priority"].eq("High") & schema.number("Amount").gt(100)

    All fields are read at once when the first is needed, in pages of a hundred, and the options of a SingleSelect field
    when one of them is needed. They are kept for the kit's ``names_max_age``, or until :meth:`refresh`. A name that
    isn't known, of a field or of an option, is looked for anew, once. The ids of system fields (``status``, ``title``,
    …) are known without a call. Safe to use from several threads.

    After :meth:`load`, fields are attributes as well: ``schema.load().due_date`` for one that is called "Due date".
    """

    def __init__(self, caller: Caller, domain_id: str) -> None:
        """Know the system fields; ``domain.schema`` makes it."""
        self._caller, self._domain_id = caller, domain_id
        self._fields: _Fields | None = None
        self._forgotten: _Fields | None = None
        self._choices: dict[str, _Kept] = {}
        self._references: dict[str, AnyRef] = {}
        self._age = Age(caller)
        self._reading, self._reading_options = threading.Lock(), threading.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether the fields have been read."""
        return self._fields is not None

    def load(self) -> Schema:
        """Read the fields, unless that was done before; gives the schema itself."""
        self._loaded()
        return self

    def refresh(self) -> Schema:
        """Read the fields anew, and forget the options; gives the schema itself."""
        self._read(self._fields)
        return self

    def forget(self, field_id: str | None = None) -> None:
        """Read anew when it is next needed, as something has changed. Makes no call.

        Args:
            field_id: The field whose options have changed; left out, fields may have.
        """
        if field_id is not None:
            self._choices.pop(field_id, None)
            return
        # What is known stays for whoever is reading it just now, and for attributes, which never call the service.
        self._forgotten, self._references, self._choices = self._fields, {}, {}
        self._age.end()

    def __getitem__(self, field: str) -> AnyRef:
        """The field with this id or name.

        Its reference takes every operator; which of them its type has is known when it is used. :meth:`text`,
        :meth:`number` and so on give one that type checkers understand.

        Raises:
            UnknownNameError: there is no such field, with the names that look like it; or several have that name.
        """
        found = self.find(field)
        if found is None:
            raise self.unknown(field)
        return found

    def find(self, field: str) -> AnyRef | None:
        """As ``schema[field]``, but ``None`` where there is no such field."""
        if not isinstance(cast("object", field), str):
            raise TypeError(f"a field is named by its id or its name, a str, not {type(field).__name__}")
        self._forget_if_old()
        known = self._references.get(field)
        if known is not None:
            return known
        before = self._fields
        is_fresh = before is None or before is self._forgotten
        if field in SYSTEM_FIELDS and is_fresh:
            return self._reference(field)
        fields = self._loaded()
        id_ = self._id(fields, field)
        if id_ is None and not is_fresh:
            fields = self._read(fields)
            id_ = self._id(fields, field)
        return None if id_ is None else self._reference(id_, fields)

    def known(self, field: str) -> AnyRef | None:
        """As :meth:`find`, of what has been read already: makes no call."""
        known = self._references.get(field)
        if known is not None:
            return known
        fields = self._fields
        if fields is None:
            return self._reference(field) if field in SYSTEM_FIELDS else None
        id_ = self._id(fields, field)
        return None if id_ is None else self._reference(id_, fields)

    def unknown(self, field: str) -> UnknownNameError:
        """The error for a field that isn't there, with the names that look like it. Makes no call."""
        names = (self._fields.by_name if self._fields else {}).keys() | SYSTEM_FIELDS.keys()
        return UnknownNameError(kind="field", name=field, near=nearest(field, sorted(names)), where=self._where)

    def __contains__(self, field: object) -> bool:
        return isinstance(field, str) and self.find(field) is not None

    def __iter__(self) -> Iterator[AnyRef]:
        fields = self._loaded()
        return iter([self._reference(id_, fields) for id_ in fields.by_id])

    def __len__(self) -> int:
        return len(self._loaded().by_id)

    def text(self, field: str) -> TextRef:
        """The Text field with this id or name.

        Raises:
            UnknownNameError: there is no such field.
            TypeError: it is of another type.
        """
        return self._typed(field, TextRef)

    def number(self, field: str) -> NumberRef:
        """The Number field with this id or name; see :meth:`text`."""
        return self._typed(field, NumberRef)

    def boolean(self, field: str) -> BooleanRef:
        """The Boolean field with this id or name; see :meth:`text`."""
        return self._typed(field, BooleanRef)

    def datetime(self, field: str) -> DateTimeRef:
        """The DateTime field with this id or name; see :meth:`text`."""
        return self._typed(field, DateTimeRef)

    def select(self, field: str) -> SelectRef:
        """The SingleSelect field with this id or name, which knows its options; see :meth:`text`."""
        return self._typed(field, SelectRef)

    def url(self, field: str) -> UrlRef:
        """The Url field with this id or name; see :meth:`text`."""
        return self._typed(field, UrlRef)

    def user(self, field: str) -> UserRef:
        """The User field with this id or name; see :meth:`text`."""
        return self._typed(field, UserRef)

    def options(self, field: FieldName) -> Choices:
        """The options of a SingleSelect field, read when first asked for.

        Raises:
            UnknownNameError: there is no such field.
            TypeError: it is of another type.
        """
        found = self.resolve(field)
        if found.type != "SingleSelect":
            raise TypeError(f"field {found.name or found.id!r} is of type {found.type} and has no options")
        return self._options(found.id)

    def resolve(self, field: FieldName) -> FieldRef[PlainValue]:
        """What ``field`` refers to: itself if it is a reference, otherwise the field with this id or name.

        Raises:
            UnknownNameError: there is no such field.
            TypeError: it is something else.
        """
        if isinstance(field, FieldRef):
            return field
        if not isinstance(field, Resource):
            return self[field]
        if field.kind != "field":
            raise TypeError(f"a {field.kind} is given where a field belongs: {field!r}")
        return field.reference()

    def listed(self, field_id: str) -> FieldSummary | None:
        """What the list of fields says of the field with this id; ``None`` if it isn't there."""
        return self._loaded().by_id.get(field_id)

    def name(self, field_id: str) -> str:
        """What people call the field with this id; the id itself where that isn't known. Makes no call."""
        known = self._fields.by_id.get(field_id) if self._fields is not None else None
        return field_id if known is None else known.name

    def __getattr__(self, attribute: str) -> AnyRef:
        if attribute.startswith("_"):  # what copying and the like look for
            raise AttributeError(attribute)
        return self._by_attribute(attribute)

    def __dir__(self) -> list[str]:
        known = self._fields.by_attribute if self._fields is not None else {}
        return sorted({*super().__dir__(), *SYSTEM_FIELDS, *known})

    def __repr__(self) -> str:
        read = f"{len(self._fields.by_id)} fields" if self._fields is not None else "not read yet"
        return f"<Schema of {self._where}: {read}>"

    @property
    def _where(self) -> str:
        return f"domain {self._domain_id}"

    def _forget_if_old(self) -> None:
        if self._age.is_over:
            self.forget()

    def _loaded(self) -> _Fields:
        self._forget_if_old()
        fields = self._fields
        return self._read(fields) if fields is None or fields is self._forgotten else fields

    def _read(self, before: _Fields | None) -> _Fields:
        with self._reading:
            if self._fields is not None and self._fields is not before:  # another thread has just done it
                return self._fields
            from ..models.connectcases.fields import ListFieldsRequest

            request = ListFieldsRequest(domain_id=self._domain_id)
            fields = _Fields(self._caller.paginate(request, page_size=MOST_LISTED).all())
            # In this order: whoever finds the new references finds the new fields as well.
            self._fields = fields
            self._choices, self._references = {}, {}
            self._age.end()
            self._age.begin()
            return fields

    def _id(self, fields: _Fields, given: str) -> str | None:
        if given in fields.by_id:
            return given
        found = fields.by_name.get(given, [])
        if len(found) > 1:
            raise UnknownNameError(kind="field", name=given, where=self._where, several=found)
        return found[0] if found else None

    def _reference(self, field_id: str, found: _Fields | None = None) -> AnyRef:
        """The reference to a field; ``found`` is the reading that has it."""
        references = self._references  # before the fields: see _read
        if (made := references.get(field_id)) is not None:
            return made
        known = self._fields.by_id.get(field_id) if self._fields is not None else None
        if known is None and found is not None:
            # Deleted: another thread has just read the fields anew, and nobody is to find it there from now on.
            known, references = found.by_id[field_id], dict[str, AnyRef]()
        kind = known.type if known is not None else SYSTEM_FIELDS[field_id]
        name = known.name if known is not None else None
        made = AnyRef(field_id, kind, name=name, choices=self._choices_of(field_id, kind))
        references[field_id] = made
        return made

    def _choices_of(self, field_id: str, kind: str) -> Callable[[], Choices] | None:
        return (lambda: self._options(field_id)) if kind == "SingleSelect" else None

    def _typed(self, field: str, wanted: type[RefT]) -> RefT:
        found = self[field]
        made = typed(found)
        if not isinstance(made, wanted):
            right = _METHODS.get(found.type)
            hint = f": schema.{right}({field!r}) gives it" if right else ""
            raise TypeError(f"field {field!r} is of type {found.type}{hint}")
        return made

    def _options(self, field_id: str, before: _Kept | None = None) -> Choices:
        """The options of a field; read anew if those that are known are still the ones from ``before``."""
        self._forget_if_old()
        choices = self._choices.get(field_id)
        if choices is not None and before is None:
            return choices
        with self._reading_options:
            known = self._choices
            choices = known.get(field_id)
            if choices is None or choices is before:  # otherwise another thread has just read them
                from ..models.connectcases.field_options import ListFieldOptionsRequest

                request = ListFieldOptionsRequest(domain_id=self._domain_id, field_id=field_id)
                pager = self._caller.paginate(request, page_size=MOST_LISTED)
                options = [(option.value, option.name) for option in pager]
                read = Choices(options)
                choices = known[field_id] = _Kept(read, options, lambda kept: self._options(field_id, kept))
                self._age.begin()
            return choices.read

    def _by_attribute(self, attribute: str) -> AnyRef:
        if attribute in SYSTEM_FIELDS:
            return self._reference(attribute)
        if self._fields is None:
            self._no_attribute(
                attribute, "the fields haven't been read yet, and an attribute never calls the service: load() first"
            )
        found = self._fields.by_attribute.get(attribute, [])
        if len(found) == 1:
            return self._reference(found[0])
        if found:
            self._no_attribute(attribute, f"several fields would be called that: take one by its id, {found}")
        near = nearest(attribute, self._fields.by_attribute)
        return self._no_attribute(
            attribute, f"did you mean {' or '.join(near)}?" if near else "no field is called that"
        )

    def _no_attribute(self, attribute: str, why: str) -> NoReturn:
        raise AttributeError(f"schema.{attribute}: {why}", name=attribute, obj=self)


def called(field: FieldName) -> str:
    """What to call a field in an error: by its name, where whoever gave it knew that."""
    if isinstance(field, str):
        return field
    name: object = getattr(field, "name", None)
    return name if isinstance(name, str) and name else field.id


_METHODS = {
    "Text": "text",
    "Number": "number",
    "Boolean": "boolean",
    "DateTime": "datetime",
    "SingleSelect": "select",
    "Url": "url",
    "User": "user",
}


def _attribute(name: str) -> str:
    """What a field of this name is called as an attribute: "Due date" is ``due_date``."""
    attribute = re.sub(r"\W+", "_", name.strip().casefold()).strip("_")
    return f"{attribute}_" if keyword.iskeyword(attribute) else attribute
