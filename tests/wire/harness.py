"""What the tests of the wire share: every operation, and clients whose requests are caught before they leave."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cache
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from connectkit import ConnectKit, RetryPolicy
from connectkit.models import Operation, Request, connect, connectcases

PACKAGES: Mapping[str, Any] = {"connect": connect, "connectcases": connectcases}

AnyRequest = type[Request[Any]]


def _all_requests() -> Iterator[AnyRequest]:
    for package in PACKAGES.values():
        for name in package.__all__:
            found = getattr(package, name)
            if isinstance(found, type) and issubclass(found, Request):
                yield found  # pyright: ignore[reportUnknownVariableType] - issubclass() can't tell of what


@cache
def service_model(service: str) -> Any:
    """The service as the installed botocore describes it."""
    return botocore.session.Session().get_service_model(service)


def operation_model(operation: Operation) -> Any:
    """The operation as the installed botocore describes it."""
    return service_model(operation.service).operation_model(operation.name)


ALL = tuple(_all_requests())
"""The request class of every operation."""
INSTALLED = tuple(one for one in ALL if one.operation.name in service_model(one.operation.service).operation_names)
"""Those that the installed botocore can send."""
MISSING = tuple(one for one in ALL if one not in INSTALLED)
"""Those that came later: none with the newest botocore, a quarter with the oldest that we allow."""


def name_of(request: AnyRequest) -> str:
    """How a test calls an operation."""
    return request.operation.name


@dataclass(frozen=True)
class Sent:
    """A request as it would have gone out, in a form that compares."""

    method: str
    endpoint: str
    path: str
    """As it is on the wire, percent signs and all."""
    query: Mapping[str, list[str]]
    """The order of the values of one name counts, that of the names doesn't."""
    content_type: str | None
    body: Any
    """Decoded, with types told apart; ``None`` where there is none."""
    document: Any = field(compare=False)
    """The decoded body as it is."""


_LINES: list[Line] = []


def begin_anew() -> None:
    """Have every line answer with nothing, as at first: the lines are shared, and modules come in any order."""
    for line in _LINES:
        line.begin_anew()


class Line:
    """Holds a client back from the network: remembers what it sends, and answers with what it is told."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.answer: bytes = b"{}"
        """Body of the answer to come."""
        self.parsed: dict[str, Any] | None = None
        """What botocore is to return instead, without a body that anybody could take."""
        self.sent: list[Sent] = []
        _LINES.append(self)
        client.meta.events.register("before-call", self._parsed)
        client.meta.events.register("before-send", self._answered)

    def begin_anew(self) -> None:
        """Forget what it was told, and what was sent."""
        self.answer = b"{}"
        self.parsed = None
        self.sent.clear()

    def call(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Call the client itself; its answer without what botocore adds."""
        answer: dict[str, Any] = getattr(self.client, method)(**parameters)
        del answer["ResponseMetadata"]
        return answer

    def last(self) -> Sent:
        """The one request that was sent since this was last asked."""
        (only,) = self.sent
        self.sent.clear()
        return only

    def _parsed(self, **_: Any) -> tuple[AWSResponse, dict[str, Any]] | None:
        if self.parsed is None:
            return None
        return _response("", b""), {**self.parsed, "ResponseMetadata": {"HTTPStatusCode": 200}}

    def _answered(self, request: Any, **_: Any) -> AWSResponse:
        url = urlsplit(str(request.url))
        body = request.body or b""
        document = json.loads(body) if body else None
        self.sent.append(
            Sent(
                method=request.method,
                endpoint=f"{url.scheme}://{url.netloc}",
                path=url.path,
                query=parse_qs(url.query, keep_blank_values=True, strict_parsing=bool(url.query)),
                content_type=_text(request.headers.get("Content-Type")),
                body=exact(document),
                document=document,
            )
        )
        return _response(request.url, self.answer)


def _response(url: str, body: bytes) -> AWSResponse:
    headers: Any = {"Content-Type": "application/json", "x-amzn-RequestId": "made-up"}
    return AWSResponse(url, 200, headers, _Raw(body))


class _Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body


def _text(header: str | bytes | None) -> str | None:
    return header.decode() if isinstance(header, bytes) else header


# Nothing is signed: what is compared doesn't depend on it, and it takes half of the time.
_CONFIG = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
_REGION = "us-east-1"


@cache
def boto_line(service: str) -> Line:
    """A plain boto3 client, which checks parameters as boto3 does."""
    session: Any = boto3.Session(region_name=_REGION)
    return Line(session.client(service, config=_CONFIG))


@cache
def kit() -> ConnectKit:
    """A kit that makes its own clients, as most do."""
    return ConnectKit(region_name=_REGION, config=Config(signature_version=UNSIGNED), retry=RetryPolicy(max_attempts=1))


@cache
def kit_line(service: str) -> Line:
    """The client of the kit."""
    return Line(getattr(kit(), service))


def exact(value: Any) -> Any:
    """``value`` in a form that tells ``True`` from ``1`` and ``5`` from ``5.0``, and compares instants as instants."""
    if isinstance(value, Mapping):
        return {name: exact(held) for name, held in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [exact(held) for held in cast("list[Any]", value)]
    if isinstance(value, datetime):
        assert value.tzinfo is not None, "a naive datetime"
        return "instant", value.astimezone(timezone.utc).isoformat()
    return type(value).__name__, repr(value)
