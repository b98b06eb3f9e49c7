"""Takes a request to its handler and the answer back: the whole path of a simulated call."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.decode import decode_request
from connectkit.simulator.core.encode import encode_answer, encode_error, encode_unmodelled_error
from connectkit.simulator.core.errors import MalformedRequestError, ServiceError, ShapeError
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.core.ids import Ids
from connectkit.simulator.core.model import Operation, ServiceModel, load_model
from connectkit.simulator.core.operations import Context, Handler, Output, ServiceProfile
from connectkit.simulator.core.paging import PageTokens
from connectkit.simulator.core.routing import Match, Router
from connectkit.simulator.state.region import RegionState

__all__ = ["Engine", "Service", "World"]

_logger = logging.getLogger("connectkit.simulator")
_CREDENTIAL_SCOPE = re.compile(r"Credential=[^/,\s]+/\d{8}/([^/,\s]+)/([^/,\s]+)/aws4_request")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d{1,2}")
_RETRY_AFTER_SECONDS = 1
_UNKNOWN = "UnknownOperationException"
_NOT_SIMULATED = "OperationNotSimulatedException"


@dataclass(frozen=True)
class Service:
    """A simulated service: what is particular to it, and its handlers by operation."""

    profile: ServiceProfile
    handlers: Mapping[str, Handler]

    @cached_property
    def model(self) -> ServiceModel:
        """The service's model, read from botocore when the first request for it comes."""
        return load_model(self.profile.name)

    @cached_property
    def router(self) -> Router:
        """The routes of every operation that the model has, simulated or not."""
        return Router(self.model.routes)


@dataclass(frozen=True, slots=True)
class World:
    """What all services share: the states by region, the time, identifiers and page tokens."""

    state_of: Callable[[str], RegionState]
    default_region: str
    clock: Clock
    ids: Ids
    tokens: PageTokens


@dataclass(frozen=True, slots=True)
class _Call:
    """A request that found its handler."""

    service: Service
    match: Match
    handler: Handler
    request: HttpRequest
    region: str


class Engine:
    """Answers requests for ``services``, one after the other, so that handlers need no lock of their own."""

    def __init__(self, services: Iterable[Service], world: World) -> None:
        self._services = {service.profile.name: service for service in services}
        self._world = world
        self._lock = threading.RLock()

    @property
    def lock(self) -> threading.RLock:
        """The lock that holds around each request, for whoever reads or changes the states from outside."""
        return self._lock

    def handle(self, request: HttpRequest, *, service: str | None = None, region: str | None = None) -> HttpResponse:
        """Answer a request for a service and a region.

        Where the way in does not know the two, the scope of the request's signature says them, then its host.
        """
        signed_region, signed_service = _credential_scope(request)
        region = region or signed_region or _host_region(request) or ""
        if not _REGION.fullmatch(region):
            region = self._world.default_region
        target = self._find_service(service, signed_service, request)
        with self._lock:
            request_id = self._world.ids.uuid()
            if target is None:
                message = "The request does not say which of the simulated services it is for"
                return encode_unmodelled_error(404, _UNKNOWN, message, request_id=request_id)
            return self._answer(target, request, region, request_id)

    def _find_service(self, named: str | None, signed: str | None, request: HttpRequest) -> Service | None:
        if named is not None:
            return self._services.get(named)
        by_signing_name = {service.profile.signing_name: service for service in self._services.values()}
        if signed is not None:
            return by_signing_name.get(signed)
        return by_signing_name.get((request.header("host") or "").split(".")[0])

    def _answer(self, service: Service, request: HttpRequest, region: str, request_id: str) -> HttpResponse:
        name = service.profile.name
        match = service.router.match(request.method, request.path)
        if match is None:
            message = f"{name} has no operation for {request.method} {request.path}"
            return encode_unmodelled_error(404, _UNKNOWN, message, request_id=request_id)
        handler = service.handlers.get(match.operation)
        if handler is None:
            message = f"This version of the connectkit simulator does not simulate {name} {match.operation}"
            return encode_unmodelled_error(501, _NOT_SIMULATED, message, request_id=request_id)
        try:
            operation = service.model.operation(match.operation)
            output = self._run(_Call(service, match, handler, request, region), operation)
            return encode_answer(operation, output, request_id=request_id)
        except ServiceError as error:
            return encode_error(service.model, error, request_id=request_id)
        except Exception as error:
            # This is a fault of the simulator, which a client should see the way a server shows one.
            _logger.exception("the simulator failed on %s", match.operation)
            message = f"The simulator failed: {type(error).__name__}"
            internal = ServiceError(service.profile.internal, message, retryAfterSeconds=_RETRY_AFTER_SECONDS)
            return encode_error(service.model, internal, request_id=request_id)

    def _run(self, call: _Call, operation: Operation) -> Output:
        profile = call.service.profile
        try:
            params = decode_request(operation, call.match.labels, call.request)
        except ShapeError as error:
            raise ServiceError(profile.error_name(profile.invalid, operation), str(error)) from error
        except MalformedRequestError as error:
            raise ServiceError(profile.error_name(profile.malformed, operation), str(error)) from error
        context = Context(
            profile=profile,
            operation=operation,
            state=self._world.state_of(call.region),
            now=self._world.clock.tick(),
            ids=self._world.ids,
            tokens=self._world.tokens,
        )
        return call.handler(context, params)


def _credential_scope(request: HttpRequest) -> tuple[str | None, str | None]:
    """Give the region and the signing name out of a signature's credential scope."""
    match = _CREDENTIAL_SCOPE.search(request.header("authorization") or "")
    return (match.group(1), match.group(2)) if match else (None, None)


def _host_region(request: HttpRequest) -> str | None:
    """Give the second label of the host, which is the region in every AWS endpoint of these services."""
    match (request.header("host") or "").split("."):
        case [_, region, _, *_] if _REGION.fullmatch(region):
            return region
        case _:
            return None
