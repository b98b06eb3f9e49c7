"""A field of a Cases domain: change it, read it, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...filters import TypedRef, reference, typed
from ...models.connectcases.field_values import FieldIdentifier
from ...models.connectcases.fields import (
    BatchGetFieldRequest,
    DeleteFieldRequest,
    FieldAttributes,
    FieldNamespace,
    FieldSummary,
    FieldType,
    GetFieldResponse,
    TextAttributes,
    UpdateFieldRequest,
)
from .._base import Resource
from .._batches import Answer, ItemError, read_one
from .._loaded import Loaded
from ..tags import Tags
from .field_options import FieldOptions

if TYPE_CHECKING:
    from .._scope import Scope

__all__ = ["Field", "ListedField", "LoadedField", "read_fields", "text_attributes"]


class Field(Resource):
    """A field, known by its id. ``domain.field(id)`` makes one without a call."""

    __slots__ = ()

    kind = "field"

    @property
    def options(self) -> FieldOptions:
        """The options of a SingleSelect field: list, put, switch on and off."""
        return FieldOptions(self._scope, self._id)

    @property
    def tags(self) -> Tags:
        """Its tags."""
        return Tags(self._scope.caller, self, self._read_arn)

    def reference(self) -> TypedRef:
        """The reference for filters, of the class that goes with its type.

        The schema says the type; it is read if that wasn't done before.

        Raises:
            UnknownNameError: there is no such field, or it is deleted.
        """
        return typed(self._scope.schema[self._id])

    def update(self, *, name: str | None = None, description: str | None = None, multiline: bool | None = None) -> None:
        """Change what is given; nothing given, no call. System fields can't be changed.

        Args:
            name: Its new name.
            description: What it is for; an empty text for nothing.
            multiline: Whether a Text field takes several lines.

        Raises:
            ConflictError: another field has that name.
            InvalidRequestError: it is a system field, deleted, or not a Text field and ``multiline`` is given.
            NotFoundError: there is no such field.
        """
        if name is None and description is None and multiline is None:
            return
        self._scope.caller.send(
            UpdateFieldRequest(
                domain_id=self.domain_id,
                field_id=self._id,
                name=name,
                description=description,
                attributes=text_attributes(multiline=multiline),
            )
        )
        self._scope.schema.forget()

    def delete(self) -> None:
        """Delete the field. Values that cases have for it stay, and :meth:`Fields.get` still reads it by its id.

        Raises:
            InvalidRequestError: it is a system field, or deleted already.
            NotFoundError: there is no such field.
        """
        self._scope.caller.send(DeleteFieldRequest(domain_id=self.domain_id, field_id=self._id))
        self._scope.schema.forget()

    def refresh(self) -> LoadedField:
        """Read it; gives it anew, with all there is. A deleted one too.

        Raises:
            NotFoundError: there is no such field.
        """
        scope = self._scope
        return read_one(scope.caller, self._id, lambda ids: read_fields(scope, ids), operation="BatchGetField")

    def _read_arn(self) -> str:
        return self.refresh().arn


class ListedField(Field):
    """A field, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: Scope, listed: FieldSummary | GetFieldResponse) -> None:
        super().__init__(scope, listed.field_id)
        self._listed = listed

    @property
    def name(self) -> str:
        """Its name."""
        return self._listed.name

    @property
    def type(self) -> FieldType:
        """What it holds: ``Text``, ``Number``, ``SingleSelect``, …; it never changes."""
        return self._listed.type

    @property
    def namespace(self) -> FieldNamespace:
        """Who defines it: the service, ``System``, or you, ``Custom``."""
        return self._listed.namespace

    @property
    def multiline(self) -> bool | None:
        """Whether a Text field takes several lines; ``None`` where nothing says it."""
        attributes = self._listed.attributes
        return attributes.text.is_multiline if attributes is not None and attributes.text is not None else None

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._listed.field_arn

    def reference(self) -> TypedRef:
        """The reference for filters, of the class that goes with its type. Makes no call."""
        schema, id_ = self._scope.schema, self._id
        choices = (lambda: schema.options(id_)) if self.type == "SingleSelect" else None
        return reference(id_, self.type, name=self.name, choices=choices)

    def _read_arn(self) -> str:
        return self.arn


class LoadedField(Loaded, ListedField):
    """A field, with all there is to read of it, as it was when it was read."""

    __slots__ = ("_loaded",)

    def __init__(self, scope: Scope, loaded: GetFieldResponse) -> None:
        super().__init__(scope, loaded)
        self._loaded = loaded

    @property
    def description(self) -> str | None:
        """What it is for."""
        return self._loaded.description

    def _read(self) -> GetFieldResponse:
        return self._loaded


def read_fields(scope: Scope, ids: Sequence[str]) -> Answer[LoadedField]:
    """Read some fields in one call."""
    wanted = [FieldIdentifier(id=id_) for id_ in ids]
    answer = scope.caller.send(BatchGetFieldRequest(domain_id=scope.domain_id, fields=wanted))
    found = {field.field_id: LoadedField(scope, field) for field in answer.fields or ()}
    failed = [ItemError(error.id, error.error_code, error.message or "") for error in answer.errors or ()]
    return Answer(found, failed, answer)


def text_attributes(*, multiline: bool | None) -> FieldAttributes | None:
    """What a Text field's settings are in a request; ``None`` where nothing is said of them."""
    return None if multiline is None else FieldAttributes(text=TextAttributes(is_multiline=multiline))
