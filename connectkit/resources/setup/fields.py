"""The fields of a Cases domain: make them, find them, read many at once."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...errors import ConnectKitError, Fault, IncompleteError, RequestError
from ...filters import SYSTEM_FIELDS, FieldRef
from ...models.connectcases.fields import (
    CreateFieldRequest,
    FieldSummary,
    FieldType,
    ListFieldsRequest,
    ListFieldsResponse,
)
from .._base import several
from .._batches import read_many
from .._names import MOST_LISTED, is_uuid
from ._resolving import Resolving
from .field import Field, ListedField, LoadedField, read_fields, text_attributes
from .field_options import OptionInputs, as_options

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._scope import Scope
    from ._resolving import FieldName

__all__ = ["Field", "Fields", "ListedField", "LoadedField"]

_MOST_READ = 50
"""The most fields that BatchGetField takes, says the service model."""


class Fields:
    """The fields of a domain: ``domain.fields``."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """For a domain; it makes this."""
        self._scope = scope

    def create(
        self,
        *,
        name: str,
        type: FieldType,  # noqa: A002 - the API's own word
        description: str | None = None,
        multiline: bool | None = None,
        options: OptionInputs | None = None,
    ) -> ListedField:
        """Create a field.

        Args:
            name: Its name.
            type: What it holds; it can't be changed later.
            description: What it is for.
            multiline: Whether a Text field takes several lines.
            options: The options of a SingleSelect field, as :meth:`FieldOptions.put` takes them. A call more for
                every 50.

        Raises:
            RequestError: ``multiline`` or ``options`` don't go with the type, or an option is none; nothing was sent.
            IncompleteError: the field is there, its ``resource``, and not all of its options are; the ``__cause__``
                says why.
            ConflictError: there is a field of that name.
            QuotaExceededError: there are as many fields as the domain may have.
        """
        wanted = as_options(options, "CreateField") if options is not None else []
        _check_type(type, multiline=multiline, options=options)
        attributes = text_attributes(multiline=multiline)
        made = self._scope.caller.send(
            CreateFieldRequest(
                domain_id=self._scope.domain_id, name=name, type=type, description=description, attributes=attributes
            )
        )
        self._scope.schema.forget()
        summary = FieldSummary(
            field_id=made.field_id,
            field_arn=made.field_arn,
            name=name,
            type=type,
            namespace="Custom",
            attributes=attributes,
        )
        field = ListedField(self._scope, summary)
        try:
            field.options.put(wanted).raise_for_failures()
        except ConnectKitError as error:
            message = f"field {name!r} is created, {field.id}, but not all of its options are there: {error}"
            raise IncompleteError(message, resource=field, done=["create the field"], left=["put options"]) from error
        return field

    def ensure(
        self,
        *,
        name: str,
        type: FieldType,  # noqa: A002 - the API's own word
        description: str | None = None,
        multiline: bool | None = None,
        options: OptionInputs | None = None,
    ) -> LoadedField:
        """The field of this name, created first if there is none, and as it is described here.

        What is left out stays as it is, and so do options that aren't among ``options``. Where nothing differs,
        nothing is written.

        Args:
            name: Its name.
            type: What it holds.
            description: What it is for.
            multiline: Whether a Text field takes several lines.
            options: Options that a SingleSelect field is to have, as :meth:`FieldOptions.put` takes them.

        Raises:
            RequestError: there is a field of that name and another type; or see :meth:`create`.
            BatchError: some of the options couldn't be put into a field that was there.
            IncompleteError: see :meth:`create`.
        """
        wanted = as_options(options, "CreateField") if options is not None else []
        _check_type(type, multiline=multiline, options=options)
        present = self._living(name)
        if present is None:
            made = self.create(
                name=name, type=type, description=description, multiline=multiline, options=options and wanted
            )
            return made.refresh()
        if present.type != type:
            problem = f"field {name!r} is there and of type {present.type}, which can't change into {type}"
            raise RequestError(operation="CreateField", faults=[Fault("type", problem)])
        changes: dict[str, Any] = {}
        if description is not None and description != (present.description or ""):
            changes["description"] = description
        if multiline is not None and multiline != bool(present.multiline):
            changes["multiline"] = multiline
        present.update(**changes)
        present.options.ensure(wanted)
        return present.refresh() if changes else present

    def get(self, field: FieldName) -> LoadedField:
        """The field with this id or name. By its id a deleted one too.

        Raises:
            UnknownNameError: there is no field of that name.
            NotFoundError: there is no field with that id.
        """
        return Field(self._scope, _id(self._scope, field)).refresh()

    def get_many(self, fields: Iterable[FieldName]) -> builtins.list[LoadedField]:
        """The fields with these ids or names, in this order; a call for every 50.

        Args:
            fields: Ids, names, references or fields; by its id a deleted one too.

        Raises:
            RequestError: with every name that no field has.
            BatchError: some couldn't be read; its ``result`` has those that could.
        """
        resolving = Resolving(self._scope, "BatchGetField")
        ids = [
            one if isinstance(one, str) and _is_id(one) else resolving.field(one, f"fields[{index}]")
            for index, one in enumerate(several(fields, "fields"))
        ]
        resolving.finish()
        return read_many(
            self._scope.caller, ids, lambda chunk: read_fields(self._scope, chunk), what="fields", size=_MOST_READ
        )

    def find(self, name: str) -> ListedField | None:
        """The field of this name, or ``None``. All fields are read if they weren't, or the name is a new one."""
        found = self._scope.schema.find(name)
        summary = self._scope.schema.listed(found.id) if found is not None else None
        return None if summary is None else ListedField(self._scope, summary)

    def list(
        self, *, page_size: int | None = MOST_LISTED, limit: int | None = None, start_token: str | None = None
    ) -> Pager[ListedField, ListFieldsResponse]:
        """All fields that aren't deleted, the system's included.

        Args:
            page_size: Most fields a page may hold, at most 100.
            limit: Most fields in all.
            start_token: Token of the page to begin with.
        """
        request = ListFieldsRequest(domain_id=self._scope.domain_id)
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedField(self._scope, summary))

    def _living(self, name: str) -> LoadedField | None:
        """The field of this name, read; ``None`` if it isn't there, though the schema may still say that it is."""
        found = self.find(name)
        loaded = found.refresh() if found is not None else None
        if loaded is not None and not loaded.deleted:
            return loaded
        if loaded is not None:
            self._scope.schema.forget()
            found = self.find(name)
        return found.refresh() if found is not None else None


def _id(scope: Scope, given: FieldName) -> str:
    if isinstance(given, (Field, FieldRef)):
        return given.id
    return given if _is_id(given) else scope.schema[given].id


def _is_id(given: str) -> bool:
    """Whether it can be told to be an id: deleted fields have one, and are in no schema."""
    return given in SYSTEM_FIELDS or is_uuid(given)


def _check_type(type_: str, *, multiline: bool | None, options: OptionInputs | None) -> None:
    faults: list[Fault] = []
    if multiline is not None and type_ != "Text":
        faults.append(Fault("multiline", f"goes with fields of type Text, and this one is of type {type_}"))
    if options is not None and type_ != "SingleSelect":
        faults.append(Fault("options", f"go with fields of type SingleSelect, and this one is of type {type_}"))
    if faults:
        raise RequestError(operation="CreateField", faults=faults)
