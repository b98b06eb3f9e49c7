"""The two ends of an operation: what is asked, what is answered, and what the transport must know in between."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, TypeAlias

from pydantic import VERSION as PYDANTIC_VERSION, PrivateAttr, ValidationError
from typing_extensions import Self, TypeVar

from ._base import Shape, to_wire

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import core_schema

__all__ = ["Operation", "PagedRequest", "Paging", "Request", "Response", "ResponseMetadata", "ServiceName", "answered"]

ServiceName: TypeAlias = Literal["connect", "connectcases"]
"""What botocore calls the two services."""


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
    """The service, as botocore calls it."""
    name: str
    """The API's name, ``GetCase``."""
    method: str
    """The boto3 client's method, ``get_case``."""
    response: type[Response]
    """What it answers with."""
    token: str | None = None
    """Wire name of the member that takes an idempotency token."""
    repeatable: bool = False
    """Sending it twice does what sending it once does (a read, a replacement, a deletion), token or not."""
    paging: Paging | None = None
    """Where its pages are; ``None`` for an answer that has none."""


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

        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "core_schema.CoreSchema":
            return handler(source)  # strict in JSON too: nobody sends us requests

        def to_wire(self) -> dict[str, Any]:
            """The dictionary that boto3 takes. boto3 has no null, so an attribute set to ``None`` is left out."""
            return to_wire(self, keep_null=False)

    class PagedRequest(Request):
        """A request whose answer comes in pages. ``ConnectKit.paginate`` walks them, and knows the type of an item."""
