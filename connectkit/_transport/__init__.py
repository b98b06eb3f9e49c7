"""One request model in, one response model out: encode, check, call boto3, decode, retry, translate errors."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import from_json

from .._collector import paused_in_c_calls
from ..errors import ConnectKitError, Fault, RequestError, ResponseDecodeError
from ..models._operation import Operation, Request, Response, ResponseMetadata, answered
from ..models._versions import SINCE
from .capture import Capture
from .check import Checker, came_with

if TYPE_CHECKING:
    from ..retry import RetryPolicy
    from .clients import Clients

__all__ = ["PlainAnswer", "Transport"]

R = TypeVar("R", bound=Response)
A = TypeVar("A", bound="Response | PlainAnswer")
_log = logging.getLogger("connectkit")


class _Call(NamedTuple):
    """How to make the calls of one operation."""

    method: Callable[..., dict[str, Any]]
    faults: Callable[[Mapping[str, Any]], list[Fault]] | None


class PlainAnswer(NamedTuple):
    """An answer as plain dictionaries and lists, under its wire names: quicker to have than a model."""

    mapping: dict[str, Any]
    metadata: ResponseMetadata
    model: Callable[[], Any]
    """Makes the response model of it."""


class Transport:
    """Sends requests through boto3 clients. Safe to share between threads."""

    def __init__(self, *, clients: Clients, retry: RetryPolicy, check: bool) -> None:
        self._clients = clients
        self._retry = retry
        self._check = check
        self._checkers: dict[str, Checker] = {}
        self._calls: dict[type[Any], _Call] = {}
        self._preparing = threading.Lock()

    def send(self, request: Request[R]) -> R:
        """Send ``request``; its answer.

        Raises:
            ConnectKitError: see :mod:`connectkit.errors`.
        """
        if not isinstance(cast("object", request), Request):  # for those who don't check types
            raise TypeError(_no_request(request))
        sending, policy = self._sending(request)
        return cast("R", sending.run(policy, sending.model))

    def send_plain(self, request: Request[Any]) -> PlainAnswer:
        """Send ``request``; its answer as dictionaries, in which nothing is checked but that it is one.

        Raises:
            ConnectKitError: see :mod:`connectkit.errors`.
        """
        sending, policy = self._sending(request)
        return sending.run(policy, sending.plain)

    def check(self, request: Request[Any]) -> None:
        """Refuse ``request`` if it would be refused before it is sent; nothing is sent.

        Raises:
            RequestError: with every fault.
        """
        self._sending(request)

    def most(self, request: type[Request[Any]], member: str) -> int | None:
        """The most that a member may be or hold, as the installed botocore has it; ``None`` if it says nothing."""
        operation = request.operation
        model = self._clients.get(operation.service).meta.service_model
        if operation.name not in model.operation_names:
            return None
        members = model.operation_model(operation.name).input_shape.members
        return cast("int | None", members[member].metadata.get("max")) if member in members else None

    def _sending(self, request: Request[Any]) -> tuple[_Sending, RetryPolicy | None]:
        operation = request.operation
        call = self._calls.get(type(request)) or self._prepare(type(request))
        parameters = self._encode(request, operation, call)
        return _Sending(operation, call.method, parameters), self._policy(operation)

    def _prepare(self, request: type[Request[Response]]) -> _Call:
        with self._preparing:  # checks are put together step by step, and operations share parts of them
            call = self._calls.get(request)
            if call is None:
                call = self._calls[request] = self._prepared(request.operation)
            return call

    def _prepared(self, operation: Operation) -> _Call:
        client = self._clients.get(operation.service)
        if operation.name not in client.meta.service_model.operation_names:
            since = SINCE.get(operation.service, {}).get(operation.name)
            raise RequestError(operation=operation.name, faults=[Fault("", came_with(since))])
        faults = None
        if self._check:
            checker = self._checkers.setdefault(operation.service, Checker(operation.service))
            faults = checker.for_input(client.meta.service_model.operation_model(operation.name).input_shape)
        return _Call(getattr(client, operation.method), faults)

    def _encode(self, request: Request[Response], operation: Operation, call: _Call) -> dict[str, Any]:
        parameters = request.to_wire()
        if operation.token is not None and operation.token not in parameters:
            # Before the first attempt, so that all of them carry the same.
            parameters[operation.token] = str(uuid.uuid4())
        if call.faults is not None and (faults := call.faults(parameters)):
            raise RequestError(operation=operation.name, faults=faults)
        return parameters

    def _policy(self, operation: Operation) -> RetryPolicy | None:
        return None if self._clients.retries_by_itself(operation.service) else self._retry


class _Sending:
    """One request on its way, over all its attempts."""

    def __init__(self, operation: Operation, method: Callable[..., dict[str, Any]], parameters: dict[str, Any]) -> None:
        self._operation = operation
        self._method = method
        self._parameters = parameters
        self._attempts = 0
        self._retry_after: float | None = None
        self._uncertain = False
        # Sending it twice does what sending it once does.
        self._harmless = operation.repeatable or operation.token is not None

    def run(self, policy: RetryPolicy | None, decode: Callable[[bytes | None, dict[str, Any]], A]) -> A:
        begun = time.perf_counter()
        try:
            if policy is None:
                body, parsed = self._attempt()
            else:
                body, parsed = policy.run(
                    self._attempt, repeatable=self._repeatable, hint=self._asked_to_wait, before_wait=self._log_wait
                )
            answer = decode(body, parsed)
        except ConnectKitError as error:
            self._log_end(begun, error)
            raise
        except Exception as error:
            from .translate import translate  # like all of that module, for calls that fail

            waiting = self._asked_to_wait(error)
            ours = translate(error, operation=self._operation.name, attempts=self._attempts, retry_after=waiting)
            self._log_end(begun, ours or error)
            if ours is None:
                raise
            # botocore, where it repeats by itself, doesn't say how the attempts before went.
            if self._uncertain or (policy is None and self._attempts > 1):
                ours.may_have_acted = True
            raise ours from error
        self._log_end(begun, None, answer.metadata.request_id)
        return answer

    def _attempt(self) -> tuple[bytes | None, dict[str, Any]]:
        with Capture() as seen:
            try:
                parsed = self._method(**self._parameters)
            finally:
                # A call that is stubbed, or fails before it is sent, is an attempt all the same.
                self._attempts += max(seen.sends, 1)
                self._retry_after = seen.retry_after
        return seen.body, parsed

    def _repeatable(self, error: BaseException) -> bool:
        from .translate import Outcome, outcome

        what = outcome(error)
        self._uncertain = self._uncertain or what is Outcome.UNKNOWN
        return what is Outcome.UNDONE or (what is Outcome.UNKNOWN and self._harmless)

    def _asked_to_wait(self, error: BaseException) -> float | None:
        from .translate import asked_to_wait

        return asked_to_wait(error) if self._retry_after is None else self._retry_after

    def model(self, body: bytes | None, parsed: dict[str, Any]) -> Response:
        """The answer as its model. No ``body`` if none was taken: a stubbed client, or a botocore without the event."""
        response, metadata = self._operation.response, self._metadata(parsed)
        try:
            # Then botocore's own result has to do.
            with paused_in_c_calls():
                answer = response.from_wire(parsed) if body is None else response.from_json(body or b"{}")
        except ValidationError as error:
            faults = [Fault(_path(fault["loc"]), fault["msg"]) for fault in error.errors(include_input=False)]
            # pydantic's error holds what it couldn't read, which may be anybody's data.
            raise self._unreadable(faults, metadata) from None
        return answered(answer, metadata)

    def plain(self, body: bytes | None, parsed: dict[str, Any]) -> PlainAnswer:
        """The answer as dictionaries."""
        metadata = self._metadata(parsed)
        try:
            with paused_in_c_calls():
                mapping: object = from_json(body or b"{}") if body is not None else parsed
        except ValueError:
            raise self._unreadable([Fault("", "it isn't JSON")], metadata) from None
        if not isinstance(mapping, dict):
            raise self._unreadable([Fault("", "it is no JSON object")], metadata)
        return PlainAnswer(cast("dict[str, Any]", mapping), metadata, lambda: self.model(body, parsed))

    def _metadata(self, parsed: dict[str, Any]) -> ResponseMetadata:
        about: dict[str, Any] = parsed.get("ResponseMetadata", {})
        return ResponseMetadata(about.get("RequestId"), about.get("HTTPStatusCode"), self._attempts)

    def _unreadable(self, faults: list[Fault], metadata: ResponseMetadata) -> ResponseDecodeError:
        return ResponseDecodeError(
            operation=self._operation.name,
            faults=faults,
            status=metadata.status,
            request_id=metadata.request_id,
            attempts=metadata.attempts,
        )

    # Names, numbers and ids only: never a parameter, a body or a message of the service, which may quote them.

    def _log_wait(self, error: BaseException, attempt: int, seconds: float) -> None:
        _log.info(
            "%s: attempt %d failed (%s), the next in %.3f s", self._operation.name, attempt, _called(error), seconds
        )

    def _log_end(self, begun: float, error: BaseException | None, request_id: str | None = None) -> None:
        if not _log.isEnabledFor(logging.DEBUG):
            return
        request_id = request_id or getattr(error, "request_id", None)
        seconds = time.perf_counter() - begun
        _log.debug(
            "%s: %s after %.3f s (attempts: %d, request: %s)",
            self._operation.name,
            "ok" if error is None else _called(error),
            seconds,
            self._attempts,
            request_id or "unknown",
            extra={
                "operation": self._operation.name,
                "attempts": self._attempts,
                "duration": seconds,
                "request_id": request_id,
            },
        )


def _no_request(given: object) -> str:
    if isinstance(given, type):
        return f"send takes a request, not its class: make one with {given.__name__}(...)"
    called = type(given).__name__
    return f"send takes a request model such as GetDomainRequest(domain_id=...), not {called}; from_wire reads a dict"


def _called(error: BaseException) -> str:
    """A failure's name, without a word of what was sent or answered."""
    response = getattr(error, "response", None)
    code = cast("dict[str, Any]", response).get("Error", {}).get("Code") if isinstance(response, dict) else None
    return str(code or getattr(error, "code", None) or type(error).__name__)


def _path(location: tuple[str | int, ...]) -> str:
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text
