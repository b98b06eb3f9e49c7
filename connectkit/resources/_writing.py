"""Python values by field, as a request carries them: all that is wrong with them in one error."""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet
from typing import Any, Protocol, TypeAlias, TypeVar, cast

from .._performed_by import PerformedBy
from ..errors import Fault, FieldValueError, RequestError, UnknownNameError
from ..filters import READ_ONLY_FIELDS, FieldRef, choices_of
from ..models.connectcases.field_values import EmptyFieldValue, FieldValue, FieldValueUnion, UserUnion
from ..values import FieldInput, encode
from .schema import FieldName, Schema, called

__all__ = ["FieldInputs", "Performer", "SupportsItems", "field_values", "performer", "to_union", "union_model"]

K_co = TypeVar("K_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)


class SupportsItems(Protocol[K_co, V_co]):
    """A mapping, of which only ``items()`` is needed.

    A ``Mapping`` doesn't let its keys vary: neither a ``dict[str, str]`` nor, for mypy, ``{"Amount": 3, "Notes": "x"}``
    would be one of names or references to values of any kind.
    """

    def items(self) -> AbstractSet[tuple[K_co, V_co]]:
        """The pairs of key and value."""
        ...


FieldInputs: TypeAlias = "SupportsItems[FieldName, FieldInput]"
"""Values by field, a dictionary; a field is named by its name, its id or a reference to it, or is itself the key."""

Performer: TypeAlias = "str | PerformedBy | UserUnion | None"
"""Who acts: the ARN of a Connect user, any other name, or who did something before, as a comment says it."""

# These are there in every domain, says the guide, and can't be changed.
_FIXED = ("open", "closed")
_ATTRIBUTES: Mapping[str, str] = {wire: name for name, wire in FieldValueUnion.wire_names().items()}


def field_values(schema: Schema, fields: FieldInputs, *, operation: str, where: str = "fields") -> list[FieldValue]:
    """The values of some fields, as requests take them, in the order given.

    Args:
        schema: Knows the fields by name, and their options.
        fields: Values by field; ``None`` is no value.
        operation: The operation that they are for, for the error.
        where: What the caller calls them, for the error.

    Raises:
        RequestError: with every field that isn't there, is there twice or can't be written, and every value that
            doesn't suit its field.
    """
    if not isinstance(cast("object", fields), Mapping):
        kind = type(fields).__name__
        raise TypeError(f"{where} is to be a dictionary of values by field, {{'title': 'Parcel lost'}}, not {kind}")
    values: dict[str, FieldValue] = {}
    faults: list[Fault] = []
    for named, value in fields.items():
        path = f"{where}[{called(named)!r}]"
        try:
            reference = schema.resolve(named)
            union = to_union(reference, value)
        except FieldValueError as error:
            faults.append(Fault(path, error.problem))
        except UnknownNameError as error:
            faults.append(Fault(path, str(error)))
        else:
            if reference.id in READ_ONLY_FIELDS:
                faults.append(
                    Fault(path, "is written by the service alone; case.to_dict(writable=True) has no such field")
                )
            if reference.id in values:
                faults.append(Fault(path, f"is field {reference.id}, which is given twice"))
            values[reference.id] = FieldValue(id=reference.id, value=union)
    if faults:
        raise RequestError(operation=operation, faults=faults)
    return list(values.values())


def to_union(reference: FieldRef[Any], value: FieldInput) -> FieldValueUnion:
    """One value, for the field that ``reference`` names.

    The options of a SingleSelect field are read if they are needed to know what the value means. For a reference that
    doesn't know its options (``F.select(id)``) they aren't: it is for those who know the value.

    Raises:
        FieldValueError: the value doesn't suit the field.
    """
    choices = None
    if reference.type == "SingleSelect" and value is not None and not (reference.id == "status" and value in _FIXED):
        choices = choices_of(reference)
    return union_model(encode(value, reference.type, field=called(reference), choices=choices))


def union_model(union: Mapping[str, Any]) -> FieldValueUnion:
    """The model of a field value union that :func:`connectkit.values.encode` wrote."""
    ((member, held),) = union.items()
    if member == "emptyValue":
        return FieldValueUnion(empty_value=EmptyFieldValue())
    return FieldValueUnion(**{_ATTRIBUTES[member]: held})


def performer(given: Performer) -> UserUnion | None:
    """Who acts, as requests take it: a text that begins like an ARN is one, any other is a name of the caller's.

    An IAM principal can't be said: the service takes it from the credentials of the call.
    """
    if isinstance(given, PerformedBy):
        if given.user_arn is not None:
            return UserUnion(user_arn=given.user_arn)
        return UserUnion(custom_entity=given.custom_entity) if given.custom_entity is not None else None
    if given is None or isinstance(given, UserUnion):
        return given
    return UserUnion(user_arn=given) if given.startswith("arn:") else UserUnion(custom_entity=given)
