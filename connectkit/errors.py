"""Everything that connectkit raises.

::

    ConnectKitError
    ├── ConfigurationError         no region, no such profile: what a client needs is missing
    │   └── CredentialsError       no usable AWS credentials
    ├── RequestError               refused here, before anything was sent; lists every fault
    │   └── FileError              files that can't be used as they are; lists every fault of each
    ├── TransportError             no answer: the endpoint can't be reached, a timeout, a broken connection
    ├── ServiceError               the service answered with an error
    │   ├── NotFoundError
    │   ├── ConflictError
    │   │   └── OvertakenError     noticed here: someone else has changed it since it was read, and nothing was written
    │   ├── InvalidRequestError
    │   ├── ThrottlingError
    │   ├── QuotaExceededError
    │   ├── AccessDeniedError
    │   └── InternalServiceError
    ├── ResponseDecodeError        an answer that can't be read
    ├── EventDecodeError           what should be a case event is none (a ValueError too)
    ├── PaginationError            a page token that came twice
    ├── FieldValueError            a value that doesn't suit its field (a ValueError too)
    ├── FilterError                a filter that can't be built, or can't be read (a ValueError too)
    ├── UnknownNameError           nothing has that name; says what is near (a KeyError too)
    ├── NoCasesDomainError         the instance isn't joined to a Cases domain (a LookupError too)
    ├── NotLoadedError             a value that wasn't asked for when the case was read (a KeyError too)
    ├── IncompleteError            the first steps were done and a later one failed; says which, and what there is now
    │   └── BatchError             some items of a batch failed; has the result of each
    └── WaitError                  what is waited for won't happen
        └── WaitTimeoutError       or hasn't happened yet (a TimeoutError too)

Those about a call say in ``operation`` which API operation it was. boto3's own exception, where there is one, is the
``__cause__``. Models raise pydantic's ``ValidationError`` when they are *constructed* with wrong arguments.

Importing this module loads neither boto3 nor pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, cast

__all__ = [
    "AccessDeniedError",
    "BatchError",
    "BatchResult",
    "ConfigurationError",
    "ConflictError",
    "ConnectKitError",
    "CredentialsError",
    "EventDecodeError",
    "Fault",
    "FieldValueError",
    "FileError",
    "FilterError",
    "IncompleteError",
    "InternalServiceError",
    "InvalidRequestError",
    "KnownResource",
    "NoCasesDomainError",
    "NotFoundError",
    "NotLoadedError",
    "OvertakenError",
    "PaginationError",
    "QuotaExceededError",
    "RequestError",
    "ResponseDecodeError",
    "ServiceError",
    "ThrottlingError",
    "TransportError",
    "UnknownNameError",
    "WaitError",
    "WaitTimeoutError",
]


# A list of hundreds of options that is wrong is wrong everywhere: ``faults`` has them all, the text the first.
_MOST_TOLD = 20


class Fault(NamedTuple):
    """One thing that is wrong with a request or a response."""

    path: str
    """Where, as Python writes it: ``fields[3].value``. Empty for the whole."""
    problem: str
    """What is wrong, and what would be right."""

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}" if self.path else self.problem


class ConnectKitError(Exception):
    """The base of every error that connectkit raises."""

    may_have_acted: bool = False
    """Whether the service may have carried out the call all the same: its answer was lost or can't be read, or that of
    an attempt before was. Of an error that stands for several calls its ``__cause__`` says it."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The usual way calls the constructor again, which has no positional arguments to be called with.
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(cls: type[ConnectKitError], args: tuple[Any, ...], state: dict[str, Any]) -> ConnectKitError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(ConnectKitError):
    """What an AWS client needs is missing or wrong: a region, a profile, an endpoint."""


class CredentialsError(ConfigurationError):
    """There are no usable AWS credentials."""


class RequestError(ConnectKitError):
    """A request that was refused here, before anything was sent."""

    def __init__(self, *, operation: str, faults: Iterable[Fault]) -> None:
        self.operation = operation
        """The API operation, ``SearchCases``."""
        self.faults: tuple[Fault, ...] = tuple(faults)
        """Everything that is wrong with it, in the order of the request."""
        super().__init__(f"{operation} can't be sent{_listed(self.faults)}")


class FileError(RequestError):
    """Files that can't be used as they are, so nothing was sent."""

    def __init__(self, *, operation: str, faults: Iterable[Fault]) -> None:
        super().__init__(operation=operation, faults=faults)
        _say(self, f"the files can't be used{_listed(self.faults)}")


class TransportError(ConnectKitError):
    """The service gave no answer.

    Whether it acted on the request is unknown, unless ``may_have_acted`` says that it did not.
    """

    def __init__(self, *, operation: str, reason: str, attempts: int, never_sent: bool = False) -> None:
        self.operation = operation
        """The API operation, ``SearchCases``."""
        self.reason = reason
        """What went wrong on the way."""
        self.attempts = attempts
        """How many times the request was tried."""
        self.never_sent = never_sent
        """No connection was made by the last attempt. One before may have reached the service: ``may_have_acted``."""
        self.may_have_acted: bool = not never_sent
        """Whether the service may have carried out the call all the same."""
        super().__init__(f"{operation}: no answer: {reason} ({_attempts(attempts)})")


class ServiceError(ConnectKitError):
    """The service answered with an error."""

    def __init__(
        self,
        *,
        operation: str,
        code: str,
        message: str,
        status: int,
        request_id: str | None,
        attempts: int,
        details: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.operation = operation
        """The API operation, ``SearchCases``."""
        self.code = code
        """The service's name for it, ``ResourceNotFoundException``."""
        self.message = message
        """What the service says; may be empty."""
        self.status = status
        """HTTP status."""
        self.request_id = request_id
        """AWS's id of the call, as support asks for it."""
        self.attempts = attempts
        """How many times the request was sent."""
        self.details: dict[str, Any] = dict(details or {})
        """Further members of the error, under their wire names: ``resourceId``, ``PropertyList``, …"""
        self.retry_after = retry_after
        """Seconds that the service asked to wait before the next attempt, if it did."""
        called = f"request {request_id}, {_attempts(attempts)}" if request_id else _attempts(attempts)
        told = (f" {message}" if message else "") + _details(self.details) or " the service gives no reason"
        super().__init__(f"{operation}: {code} ({status}):{told} ({called})")


class NotFoundError(ServiceError):
    """There is no such resource; ``details`` has its ``resourceType`` and ``resourceId`` where the service tells."""


class ConflictError(ServiceError):
    """The request contradicts the present state: a name that is taken, a resource in use, another writer."""


class OvertakenError(ConflictError):
    """Someone else has changed it since it was read, and nothing of theirs was overwritten.

    The service has no such answer: this is noticed here, by comparing. ``status`` is what HTTP calls it.
    """

    def __init__(self, *, operation: str, message: str) -> None:
        super().__init__(
            operation=operation, code="Overtaken", message=message, status=409, request_id=None, attempts=0
        )
        _say(self, f"{operation}: {message}")


class InvalidRequestError(ServiceError):
    """The service refuses the request; for task templates ``details["PropertyList"]`` says which properties and why."""


class ThrottlingError(ServiceError):
    """Too many requests. It was retried as the policy says, and nothing was done, unless ``may_have_acted``."""


class QuotaExceededError(ServiceError):
    """A service quota is used up: the number of domains, fields or views."""


class AccessDeniedError(ServiceError):
    """The credentials don't permit the operation, or aren't accepted."""


class InternalServiceError(ServiceError):
    """The service failed. Whether it acted on the request is unknown."""

    may_have_acted: bool = True
    """Yes: nobody knows whether the service carried out the call."""


class ResponseDecodeError(ConnectKitError):
    """An answer that can't be read, although the service reports success."""

    may_have_acted: bool = True
    """Yes: nobody knows whether the service carried out the call."""

    def __init__(
        self, *, operation: str, faults: Iterable[Fault], status: int | None, request_id: str | None, attempts: int
    ) -> None:
        self.operation = operation
        """The API operation, ``SearchCases``."""
        self.faults: tuple[Fault, ...] = tuple(faults)
        """What can't be read, and where."""
        self.status = status
        """HTTP status."""
        self.request_id = request_id
        """AWS's id of the call, as support asks for it."""
        self.attempts = attempts
        """How many times the request was sent."""
        called = f" (request {request_id})" if request_id else ""
        super().__init__(f"{operation}: the answer can't be read{called}{_listed(self.faults)}")


class EventDecodeError(ConnectKitError, ValueError):
    """What should be a case event is none, or can't be read."""

    def __init__(self, *, path: str, problem: str) -> None:
        self.path = path
        """Where, as Python writes it: ``Records[3].body.detail.eventType``. Empty for the whole."""
        self.problem = problem
        """What is wrong, and what would be right."""
        super().__init__(f"no case event: {path or 'it'} {problem}")


class PaginationError(ConnectKitError):
    """The service handed out a page token a second time: going on would never end."""

    def __init__(self, *, operation: str, pages: int) -> None:
        self.operation = operation
        """The API operation, ``SearchCases``."""
        self.pages = pages
        """How many pages were read before."""
        super().__init__(f"{operation}: page {pages} carries a token that was used before; reading on would never end")


class FieldValueError(ConnectKitError, ValueError):
    """A value that doesn't suit the field it is meant for."""

    def __init__(self, *, field: str, problem: str) -> None:
        self.field = field
        """The field, as it was called."""
        self.problem = problem
        """What is wrong, and what would be right."""
        super().__init__(f"field {field!r} {problem}")


class FilterError(ConnectKitError, ValueError):
    """A filter that can't be built as asked, or one from the wire that can't be read."""


class UnknownNameError(ConnectKitError, KeyError):
    """Nothing of that kind has that name, or several have."""

    def __init__(
        self, *, kind: str, name: str, near: Iterable[str] = (), where: str = "", several: Iterable[str] = ()
    ) -> None:
        self.kind = kind
        """What was looked for: ``field``, ``template``, …"""
        self.name = name
        """The name that nothing has."""
        self.near: tuple[str, ...] = tuple(near)
        """Names that look like it, the nearest first."""
        self.several: tuple[str, ...] = tuple(several)
        """Ids of all that have the name, where there are several."""
        inside = f" in {where}" if where else ""
        if self.several:
            super().__init__(f"several {kind}s{inside} are called {name!r}: say which by its id, {self.several}")
            return
        told = f"; did you mean {' or '.join(map(repr, self.near))}?" if self.near else ""
        super().__init__(f"there is no {kind} {name!r}{inside}{told}")

    def __str__(self) -> str:
        return Exception.__str__(self)  # a KeyError writes its text as repr does


class NoCasesDomainError(ConnectKitError, LookupError):
    """The instance isn't joined to a Cases domain."""


class NotLoadedError(ConnectKitError, KeyError):
    """A value that wasn't asked for when the case was read."""

    def __str__(self) -> str:
        return Exception.__str__(self)


class KnownResource(Protocol):
    """A resource, as far as an error can say what it is."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


class BatchResult(Protocol):
    """What became of a batch. Each kind of batch has a class of its own, which says more of each item."""

    @property
    def succeeded(self) -> Sequence[object]:
        """What it went well with."""
        ...

    @property
    def failed(self) -> Sequence[object]:
        """What failed, and why."""
        ...

    @property
    def left(self) -> Sequence[object]:
        """What wasn't come to, for a call failed: to be given to another batch."""
        ...

    @property
    def ok(self) -> bool:
        """Whether nothing failed and nothing is left."""
        ...


class IncompleteError(ConnectKitError):
    """Several steps were asked for; the first are done, and one of the others failed.

    What is done stays done. The failure itself is the ``__cause__``.
    """

    def __init__(
        self,
        message: str,
        *,
        resource: KnownResource | None = None,
        done: Iterable[str] = (),
        left: Iterable[str] = (),
        resume: Callable[[], KnownResource] | None = None,
    ) -> None:
        self.resource: KnownResource | None = resource
        """What there is now: the case that was created, for instance. ``None`` of a batch, which has a ``result``."""
        self.done: tuple[str, ...] = tuple(done)
        """The steps that are done, in words."""
        self.left: tuple[str, ...] = tuple(left)
        """The steps that are not, the one that failed first."""
        self._resume = resume
        super().__init__(message)

    def resume(self) -> KnownResource:
        """Carry out what is left. A contact or comment whose answer was lost is looked for first.

        Returns:
            The resource; ``isinstance`` tells type checkers of which class it is.

        Raises:
            IncompleteError: again something failed; what is left now.
            RuntimeError: there is no way to go on but by hand.
        """
        if self._resume is None:
            raise RuntimeError("this can't be resumed: look at resource, done and left, and go on from there")
        return self._resume()


class BatchError(IncompleteError):
    """Some items of a batch failed."""

    def __init__(
        self, message: str, *, result: BatchResult, done: Iterable[str] = (), left: Iterable[str] = ()
    ) -> None:
        self.result: BatchResult = result
        """The result of each item; ``isinstance`` tells type checkers of which class it is."""
        super().__init__(message, done=done, left=left)


class WaitError(ConnectKitError):
    """What is waited for won't happen."""


class WaitTimeoutError(WaitError, TimeoutError):
    """What is waited for hasn't happened in the time that was given to it."""


def _say(error: Exception, text: str) -> None:
    error.args = (text,)


def _attempts(count: int) -> str:
    return "1 attempt" if count == 1 else f"{count} attempts"


def _listed(faults: tuple[Fault, ...]) -> str:
    if len(faults) == 1:
        return f": {faults[0]}"
    told = "".join(f"\n  {fault}" for fault in faults[:_MOST_TOLD])
    more = f"\n  and {len(faults) - _MOST_TOLD} more" if len(faults) > _MOST_TOLD else ""
    return f", {len(faults)} faults:{told}{more}"


def _details(details: Mapping[str, Any]) -> str:
    properties: Sequence[Any] | None = details.get("PropertyList")
    if properties:
        return "".join(f"\n  {_property(one)}" for one in properties)
    return "".join(f" [{name}={value}]" for name, value in details.items() if isinstance(value, (str, int)))


def _property(one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    told = cast("Mapping[str, Any]", one)
    path = told.get("PropertyPath") or "(property not named)"
    return ": ".join(str(part) for part in (path, told.get("Reason"), told.get("Message")) if part)
