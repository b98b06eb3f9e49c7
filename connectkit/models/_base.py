"""What every generated model is made of.

``Shape`` is one structure of the service model, ``Union`` a tagged union, ``Request`` and ``Response`` the two ends of
an operation. A class has *two* ways in, and pydantic keeps them apart for us:

* **Python** (the constructor, ``model_validate``) is strict: a required member must be there, an unknown name is
  refused, so a typing slip fails where it was made.
* **JSON** (``from_json``, ``from_wire``) is how the service speaks, and is read leniently: a "required" member may be
  missing or null, and members that this version doesn't know are kept. Only requests stay strict there as well.
"""

from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Literal, NamedTuple, cast

from pydantic import VERSION as PYDANTIC_VERSION, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, PydanticUndefined, core_schema
from typing_extensions import Self, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = ["Operation", "PagedRequest", "Paging", "Request", "Response", "ResponseMetadata", "Shape", "Union"]

ServiceName = Literal["connect", "connectcases"]


# --- what a generated field is annotated with -------------------------------------------------------------------------


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
            return _aware(parse(value))
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
        return _aware(parse_timestamp(text))
    except (ValueError, RuntimeError, OverflowError):
        raise PydanticCustomError("timestamp", "Input should be a timestamp") from None


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=timezone.utc)


OPEN = _Open()
Double = Annotated[float, _Number()]
Timestamp = Annotated[datetime, _Instant()]


# --- structures -------------------------------------------------------------------------------------------------------


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass

    # Checkers look for this on the metaclass: pydantic's own knows nothing of Wire, and would take it for a default.
    @dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Wire,))
    class _Declared(ModelMetaclass):
        """How a model is declared, for type checkers."""
else:
    _Declared = type(BaseModel)


class Shape(BaseModel, metaclass=_Declared):
    """One structure of the service model. Immutable; change a copy with ``model_copy(update=...)``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        # Checking each name against "model_" takes longer than it's worth: the generator refuses names that clash.
        protected_namespaces=(),
        populate_by_name=True,
        # Most processes use a handful of classes: each builds its validators when it's first used.
        defer_build=True,
        loc_by_alias=False,
    )

    @classmethod
    def from_wire(cls, mapping: Mapping[str, Any], /) -> Self:
        """Read the dictionary that boto3 gives or takes, under its wire names.

        Missing and null members, unknown members and unknown enum values are kept as they are.

        Raises:
            pydantic.ValidationError: a member holds something of another type.
        """
        import json  # seldom needed, and not free to import

        return cls.from_json(json.dumps(mapping, default=_jsonable))

    @classmethod
    def from_json(cls, body: str | bytes | bytearray, /) -> Self:
        """Read a JSON document, as the service sends it.

        Raises:
            pydantic.ValidationError: it isn't JSON, or a member holds something of another type.
        """
        if not cls.__pydantic_complete__:
            cls.model_rebuild()
        read: Self = cls.__pydantic_validator__.validate_json(body)
        return read

    def to_wire(self) -> dict[str, Any]:
        """The same data under its wire names: what boto3 gives or takes.

        What was never set is left out; what was set or read is there, ``False``, ``0``, ``""`` and ``None`` included.
        """
        return _to_wire(self, keep_null=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with some attributes changed.

        Args:
            update: New values by attribute name; they aren't validated.
            deep: Copy what the attributes hold as well.

        Raises:
            TypeError: there is no such attribute.
        """
        for name in update or ():
            if name not in type(self).model_fields:
                raise TypeError(_no_attribute(type(self), name))
        return super().model_copy(update=update, deep=deep)

    def model_dump_json(self, *, by_alias: bool | None = True, **options: Any) -> str:
        """JSON under the wire names, which ``from_json`` and ``model_validate_json`` read back.

        Args:
            by_alias: ``False`` for attribute names, which they don't.
            options: What pydantic's method takes.
        """
        return super().model_dump_json(by_alias=by_alias, **options)

    @classmethod
    def wire_names(cls) -> Mapping[str, str]:
        """Attribute name to wire name, in the service model's order."""
        return _wire_names(cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "core_schema.CoreSchema":
        strict = handler(source)
        if issubclass(cls, Request) or strict["type"] != "model":
            return strict
        strict = cast("Any", dict(strict))
        reference = strict.pop("ref", None)
        lenient = _lenient_model(strict)
        return core_schema.json_or_python_schema(
            json_schema=lenient,
            python_schema=strict,
            ref=reference,
            # What was read leniently must also be dumped, extras included.
            serialization=cast("Any", lenient),
        )

    def __eq__(self, other: object) -> bool:
        # Up to pydantic 2.12 "no room for unknown members" and "no unknown members" are different things.
        if not isinstance(other, Shape) or type(self) is not type(other):
            return NotImplemented
        mine, theirs = self.__pydantic_extra__ or {}, other.__pydantic_extra__ or {}
        return self.__dict__ == other.__dict__ and mine == theirs

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    # pydantic's own `frozen` makes a hash function for each class, which is a twentieth of the time to import them all.

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            raise AttributeError(_unchanging(self, name))
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(_unchanging(self, name))

    def __repr_args__(self) -> Any:
        known = type(self).model_fields
        for name in known:
            if _is_set(self, name) and known[name].repr:
                yield name, self.__dict__[name]
        for name in self.__pydantic_extra__ or ():
            # What nobody knows yet may be sensitive: its name is enough to notice it.
            yield name, _UNKNOWN


def _no_attribute(model: type[Shape], name: str) -> str:
    from difflib import get_close_matches

    wires = {wire: attribute for attribute, wire in _wire_names(model).items()}
    near = wires.get(name) or next(iter(get_close_matches(name, list(model.model_fields), n=1)), None)
    return f"{model.__name__} has no attribute {name!r}" + (f"; did you mean {near!r}?" if near else "")


def _unchanging(shape: Shape, name: str) -> str:
    called = type(shape).__name__
    if name not in type(shape).model_fields:
        return _no_attribute(type(shape), name)
    return f"{called} doesn't change; make another one with model_copy(update={{{name!r}: ...}})"


class _Unknown:
    def __repr__(self) -> str:
        return "<unknown member>"


_UNKNOWN = _Unknown()
_WIRE_NAMES: "dict[type[Shape], dict[str, str]]" = {}


def _wire_names(cls: "type[Shape]") -> dict[str, str]:
    names = _WIRE_NAMES.get(cls)
    if names is None:
        names = {attribute: info.alias or attribute for attribute, info in cls.model_fields.items()}
        _WIRE_NAMES[cls] = names
    return names


def _is_set(shape: "Shape", attribute: str) -> bool:
    if attribute not in shape.__pydantic_fields_set__:
        return False
    # pydantic notes unknown members there as well, and one of them may be called as an attribute of ours is.
    extra = shape.__pydantic_extra__
    return not extra or attribute not in extra or shape.__dict__[attribute] is not None


def _to_wire(shape: "Shape", *, keep_null: bool) -> dict[str, Any]:
    held = shape.__dict__
    out: dict[str, Any] = {}
    for attribute, wire in _wire_names(type(shape)).items():
        if _is_set(shape, attribute):
            value = held[attribute]
            if value is not None:
                out[wire] = _plain(value, keep_null=keep_null)
            elif keep_null:
                out[wire] = None
    extra = shape.__pydantic_extra__
    if extra:
        out.update(extra)
    return out


def _plain(value: Any, *, keep_null: bool) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Shape):
        return _to_wire(value, keep_null=keep_null)
    if isinstance(value, (list, tuple)):
        return [_plain(item, keep_null=keep_null) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: _plain(item, keep_null=keep_null) for key, item in cast("dict[str, Any]", value).items()}
    return value


def _jsonable(value: Any) -> Any:
    if isinstance(value, datetime):
        return _aware(value).isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} can't be on the wire")


def _lenient_model(strict: Any) -> "core_schema.CoreSchema":
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


class Union(Shape):
    """A tagged union: exactly one of its members is set in a request.

    A response may hold none, several, or one that nobody knows yet; all of that can be read and is kept.
    """

    @property
    def member(self) -> str | None:
        """Wire name of the one member that is set; ``None`` when none is, or more than one."""
        only = self._only()
        return only[0] if only else None

    @property
    def value(self) -> Any:
        """What the one member that is set holds; ``None`` when none is, or more than one."""
        only = self._only()
        return only[1] if only else None

    def _only(self) -> tuple[str, Any] | None:
        held = self.__dict__
        there = [(wire, held[name]) for name, wire in _wire_names(type(self)).items() if held[name] is not None]
        extra = self.__pydantic_extra__
        if extra:
            # "__type" is the protocol's, not a member (botocore leaves it out as well).
            there += [(name, value) for name, value in extra.items() if value is not None and name != "__type"]
        return there[0] if len(there) == 1 else None


# --- operations -------------------------------------------------------------------------------------------------------


class ResponseMetadata(NamedTuple):
    """How an answer came about. It takes no part in comparing two responses."""

    request_id: str | None = None
    """AWS's id of the call, as support asks for it; ``None`` for a response made by hand."""
    status: int | None = None
    """HTTP status; ``None`` for a response made by hand."""
    attempts: int = 0
    """How many times the request was sent until this answer came; 0 for a response made by hand."""


ResponseT = TypeVar("ResponseT", bound="Response")


class Response(Shape):
    """What an operation answers."""

    _metadata: ResponseMetadata = PrivateAttr(default=ResponseMetadata())

    @classmethod
    def from_json(cls, body: str | bytes | bytearray, /) -> Self:
        """Read a JSON document, as the service sends it.

        Raises:
            pydantic.ValidationError: it isn't JSON, or a member holds something of another type.
        """
        if not _CAN_REFUSE_UNKNOWN or cls in _EXTENDED:
            return super().from_json(body)
        if not cls.__pydantic_complete__:
            cls.model_rebuild()
        # Making room for unknown members in every structure costs a tenth of the time, and there hardly ever are any.
        try:
            known: Self = cls.__pydantic_validator__.validate_json(body, extra="forbid")
        except ValidationError:
            read = super().from_json(body)
            # It could be read after all, so the service has learnt something new and will go on saying so.
            _EXTENDED.add(cls)
            return read
        return known

    @classmethod
    def from_wire(cls, mapping: Mapping[str, Any], /) -> Self:
        """Read what a boto3 client's method returns; its ``ResponseMetadata`` becomes ``metadata``.

        Raises:
            pydantic.ValidationError: a member holds something of another type.
        """
        about: Mapping[str, Any] | None = mapping.get("ResponseMetadata")
        response = super().from_wire({name: value for name, value in mapping.items() if name != "ResponseMetadata"})
        if about is None:
            return response
        attempts = about.get("RetryAttempts", 0) + 1
        return answered(response, ResponseMetadata(about.get("RequestId"), about.get("HTTPStatusCode"), attempts))

    @property
    def metadata(self) -> ResponseMetadata:
        """Request id, HTTP status and number of attempts of the call that brought this response."""
        return self._metadata


def answered(response: ResponseT, metadata: ResponseMetadata) -> ResponseT:
    """Note on ``response`` how it came about; for whoever made the call."""
    setattr(response, "_metadata", metadata)  # noqa: B010 - private attributes may be set, but checkers see a frozen class
    return response


class Paging(NamedTuple):
    """Where an operation keeps its pages: the wire names of the members that matter."""

    items: str
    """Member of the response that holds the page's items."""
    token_in: str
    """Member of the request that takes the token of the page to read."""
    token_out: str
    """Member of the response that holds the token of the page after."""
    size: str | None = None
    """Member of the request that takes the largest number of items a page may hold, if there is one."""


class Operation(NamedTuple):
    """What the transport must know of an operation, and can't see in its request."""

    service: ServiceName
    name: str
    """The API's name, ``GetCase``."""
    method: str
    """The boto3 client's method, ``get_case``."""
    response: type[Response]
    token: str | None = None
    """Wire name of the member that takes an idempotency token."""
    repeatable: bool = False
    """Sending it twice does what sending it once does (a read, a replacement, a deletion), token or not."""
    paging: Paging | None = None


# Responses of which the service sends more than this version knows.
_EXTENDED: set[type[Response]] = set()
# pydantic 2.12 takes it as an argument.
_CAN_REFUSE_UNKNOWN = tuple(int(part) for part in PYDANTIC_VERSION.split(".")[:2]) >= (2, 12)

ResponseT_co = TypeVar("ResponseT_co", bound=Response, covariant=True, default=Response)
ItemT_co = TypeVar("ItemT_co", covariant=True, default=Any)

if TYPE_CHECKING:

    class Request(Shape, Generic[ResponseT_co]):
        """What an operation is asked. ``ConnectKit.send`` sends it, and knows the type of the answer."""

        operation: ClassVar[Operation]

    class PagedRequest(Request[ResponseT_co], Generic[ResponseT_co, ItemT_co]):
        """A request whose answer comes in pages. ``ConnectKit.paginate`` walks them, and knows the type of an item."""

else:

    class Request(Shape):
        """What an operation is asked. ``ConnectKit.send`` sends it, and knows the type of the answer."""

        # The parameters are for type checkers: a real generic model would cost a class for each operation.
        def __class_getitem__(cls, parameters: Any) -> Any:
            return cls

        def to_wire(self) -> dict[str, Any]:
            """The dictionary that boto3 takes. boto3 has no null, so an attribute set to ``None`` is left out."""
            return _to_wire(self, keep_null=False)

    class PagedRequest(Request):
        """A request whose answer comes in pages. ``ConnectKit.paginate`` walks them, and knows the type of an item."""
