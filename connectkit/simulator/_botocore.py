"""Everything the simulator needs from botocore, behind typed functions.

botocore has no type information of its own. Keeping each use of it here lets strict type checking hold
everywhere else.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Protocol, cast

import botocore.awsrequest  # type: ignore[import-untyped,unused-ignore]  # pyright: ignore[reportMissingTypeStubs]
import botocore.exceptions  # type: ignore[import-untyped,unused-ignore]  # pyright: ignore[reportMissingTypeStubs]
import botocore.loaders  # type: ignore[import-untyped,unused-ignore]  # pyright: ignore[reportMissingTypeStubs]
import botocore.session  # type: ignore[import-untyped,unused-ignore]  # pyright: ignore[reportMissingTypeStubs]

__all__ = [
    "Client",
    "PreparedRequest",
    "add_before_send",
    "client_read_timeout",
    "client_region",
    "client_service",
    "connection_closed_error",
    "current_create_client",
    "load_service_description",
    "make_response",
    "name_client_arguments",
    "read_timeout_error",
    "remove_before_send",
    "replace_create_client",
    "session_region",
]

CreateClient = Callable[..., Any]

_CLIENT_ARGUMENTS = (
    "self",
    "service_name",
    "region_name",
    "api_version",
    "use_ssl",
    "verify",
    "endpoint_url",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "config",
    "aws_account_id",
)
"""The arguments of ``Session.create_client``, in order."""


class Client(Protocol):
    """What the simulator needs to see of a boto3 or botocore client."""

    @property
    def meta(self) -> Any:
        """The client's metadata: its service, its region and its events."""
        ...


class PreparedRequest(Protocol):
    """The part of botocore's ``AWSPreparedRequest`` that the simulator reads."""

    method: str
    url: str
    headers: MutableMapping[str, str | bytes]
    body: bytes | bytearray | str | io.IOBase | None


class _RawBody(io.BytesIO):
    """A finished body in the form in which botocore reads one: ``read`` as a file has it, and urllib3's
    ``stream``.
    """

    def stream(self, amt: int = 65536, **_: object) -> Iterator[bytes]:
        """Yield the rest of the body in pieces of ``amt`` bytes."""
        while chunk := self.read(amt):
            yield chunk


def load_service_description(service: str) -> Mapping[str, Any]:
    """Read the JSON of a service's model from the installed botocore, or from the user's own data path."""
    session: Any = botocore.session.Session()
    return cast("Mapping[str, Any]", session.get_component("data_loader").load_service_model(service, "service-2"))


def current_create_client() -> CreateClient:
    """Give the function that makes every client, boto3's included."""
    return cast("CreateClient", botocore.session.Session.create_client)


def replace_create_client(function: CreateClient) -> None:
    """Put another function in the place of the one that makes every client."""
    session_class: Any = botocore.session.Session
    session_class.create_client = function


def name_client_arguments(*args: Any, **kwargs: Any) -> dict[str, Any] | None:
    """Name the arguments of a call that makes a client, or give None when the call would fail.

    The names are those of botocore's own function: one that somebody has put in its place may not say any.
    """
    named = dict(zip(_CLIENT_ARGUMENTS, args, strict=False))
    twice = named.keys() & kwargs.keys()
    named |= kwargs
    if twice or len(args) > len(_CLIENT_ARGUMENTS) or not named.keys() >= {"self", "service_name"}:
        return None
    return named


def session_region(session: Any, config: Any) -> str | None:
    """Give the region that a client of ``session`` gets when the call that makes it names none."""
    for source in (config, session.get_default_client_config()):
        if source is not None and source.region_name is not None:
            return cast("str", source.region_name)
    return cast("str | None", session.get_config_variable("region"))


def client_service(client: Client) -> str:
    """Give botocore's name for the service of a client, such as ``connectcases``."""
    return cast("str", client.meta.service_model.service_name)


def client_region(client: Client) -> str:
    """Give the region of a client."""
    return cast("str", client.meta.region_name)


def client_read_timeout(client: Client) -> float:
    """Give how many seconds a client waits for an answer; infinite when it waits for ever."""
    timeout: float | None = client.meta.config.read_timeout
    return math.inf if timeout is None else timeout


def connection_closed_error(url: str) -> Exception:
    """Make the exception that botocore raises when a connection breaks."""
    return cast("Exception", botocore.exceptions.ConnectionClosedError(endpoint_url=url))


def read_timeout_error(url: str) -> Exception:
    """Make the exception that botocore raises when an answer does not come in time."""
    return cast("Exception", botocore.exceptions.ReadTimeoutError(endpoint_url=url))


def add_before_send(client: Client, handler: Callable[..., Any], *, unique_id: str) -> None:
    """Have ``handler`` answer the client's requests. It goes first, since the first answer counts."""
    client.meta.events.register_first("before-send", handler, unique_id=unique_id)


def remove_before_send(client: Client, handler: Callable[..., Any], *, unique_id: str) -> None:
    """Take a handler away again."""
    client.meta.events.unregister("before-send", handler, unique_id=unique_id)


def make_response(url: str, status: int, headers: Mapping[str, str], body: bytes) -> Any:
    """Make the response object that botocore's own HTTP session would have given."""
    response_class: Any = botocore.awsrequest.AWSResponse
    return response_class(url, status, headers, _RawBody(body))
