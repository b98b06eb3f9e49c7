"""How a generated attribute is declared, and what pydantic makes of it.

``Wire`` ties it to its name on the wire; ``OPEN``, ``Double`` and ``Timestamp`` are kinds of values that pydantic would
read more strictly, or less exactly, than the service means them.
"""

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, PydanticUndefined, core_schema
from typing_extensions import Self

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = ["OPEN", "Double", "Timestamp", "Wire", "aware", "lenient_model"]


def Wire(  # noqa: N802 - part of a declaration
    name: str, *, default: Any = PydanticUndefined, sensitive: bool = False, forward: bool = False
) -> Any:
    """Tie an attribute to its ``name`` on the wire.

    Args:
        name: Wire name.
        default: Value when it isn't given; without one it is required.
        sensitive: Leave it out of every ``repr``.
        forward: Its annotation is quoted, for it names a class that comes later.
    """
    if forward:
        return Field(default, alias=name, repr=not sensitive)
    return _WireField(default=default, alias=name, validation_alias=name, serialization_alias=name, repr=not sensitive)


class _WireField(FieldInfo):  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues] - FastAPI does it too
    """A declaration that pydantic takes over instead of copying it: a seventh of the time to import all models.

    It copies, for a declaration may stand on several attributes; each of ours stands on one. The original is needed
    again only where the annotation can't be evaluated at once, which is what ``forward`` is for.
    """

    __slots__ = ()

    def __copy__(self) -> Self:
        if self.annotation is None:
            return self
        # It belongs to a class already, and this is a subclass taking it over.
        twin = type(self).__new__(type(self))
        for name in FieldInfo.__slots__:
            setattr(twin, name, getattr(self, name))
        return twin


class _Open:
    """Marks a ``Literal`` that only editors and type checkers enforce.

    AWS adds enum values between releases. Reading one must not fail, so at run time any string is one.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "core_schema.CoreSchema":
        return core_schema.str_schema()


class _Number:
    """A double that stays the number it was: ``5`` does not turn into ``5.0`` on its way to the wire."""

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "core_schema.CoreSchema":
        whole, real = core_schema.int_schema(strict=True), core_schema.float_schema(strict=True)
        return core_schema.union_schema(
            [whole, real],
            mode="left_to_right",
            custom_error_type="number_type",
            custom_error_message="Input should be a valid number",
        )


class _Instant:
    """An aware ``datetime``: naive ones are refused in Python and taken as UTC on the wire."""

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "core_schema.CoreSchema":
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_wrap_validator_function(
                _read_instant, core_schema.datetime_schema(), serialization=None
            ),
            python_schema=core_schema.datetime_schema(tz_constraint="aware"),
        )


def _read_instant(value: Any, parse: core_schema.ValidatorFunctionWrapHandler) -> datetime:
    """Read what the services send: epoch seconds (Connect), ISO-8601 (Cases) or an HTTP date (allowed by the protocol).

    Seconds go through ``datetime.fromtimestamp`` as they do in botocore, so that both round alike.
    """
    if isinstance(value, str):
        if _is_number(value):
            # Otherwise large ones would be taken for milliseconds.
            return _read_instant(float(value), parse)
        try:
            return aware(parse(value))
        except ValueError:
            return _read_unusual_instant(value)
    try:
        return datetime.fromtimestamp(value, tz=timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        raise PydanticCustomError("timestamp", "Input should be a timestamp") from None


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _read_unusual_instant(text: str) -> datetime:
    from botocore.utils import parse_timestamp  # knows every form that boto3 reads; slow, and hardly needed

    try:
        return aware(parse_timestamp(text))
    except (ValueError, RuntimeError, OverflowError):
        raise PydanticCustomError("timestamp", "Input should be a timestamp") from None


def aware(instant: datetime) -> datetime:
    """The same instant with a timezone; one without is in UTC, as the services mean it."""
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=timezone.utc)


OPEN = _Open()
Double = Annotated[float, _Number()]
Timestamp = Annotated[datetime, _Instant()]


def lenient_model(strict: Any) -> "core_schema.CoreSchema":
    """The same model, read as the service sends it: everything may be missing, null or unknown."""
    fields = strict["schema"]
    config = {
        **strict.get("config", {}),
        "extra_fields_behavior": "allow",
        "validate_by_name": False,
        "validate_by_alias": True,
    }
    lenient_fields = {
        name: {**one, "schema": core_schema.with_default_schema(_nullable(_bare(one["schema"])), default=None)}
        for name, one in fields["fields"].items()
    }
    lenient = {**fields, "fields": lenient_fields, "extra_behavior": "allow"}
    return cast("core_schema.CoreSchema", {**strict, "schema": lenient, "config": config})


def _bare(schema: Any) -> Any:
    while schema["type"] in ("default", "nullable"):
        schema = schema["schema"]
    return schema


def _nullable(schema: Any) -> "core_schema.CoreSchema":
    schema = _bare(schema)
    if schema["type"] == "list":
        schema = {**schema, "items_schema": _nullable(schema["items_schema"])}
    elif schema["type"] == "dict":
        schema = {**schema, "values_schema": _nullable(schema["values_schema"])}
    return core_schema.nullable_schema(schema)
