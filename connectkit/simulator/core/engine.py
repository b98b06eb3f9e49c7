"""Takes a request to its handler and the answer back: the whole path of a simulated call."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from weakref import WeakSet

from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.decode import decode_request
from connectkit.simulator.core.encode import encode_answer, encode_error, encode_unmodelled_error
from connectkit.simulator.core.errors import MalformedRequestError, ServiceError, ShapeError
from connectkit.simulator.core.faults import Faults
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.core.ids import Ids
from connectkit.simulator.core.model import Operation, ServiceModel, load_model
from connectkit.simulator.core.operations import Context, Handler, Params, ServiceProfile
from connectkit.simulator.core.paging import PageTokens
from connectkit.simulator.core.recording import RecordedRequest, Recording
from connectkit.simulator.core.routing import Router
from connectkit.simulator.core.throttle import Throttle
from connectkit.simulator.state.region import RegionState
from connectkit.simulator.state.table import Journal

__all__ = ["Engine", "Service", "World"]

_logger = logging.getLogger("connectkit.simulator")
# Each part has an end, so that a header without end is still read in a moment.
_CREDENTIAL_SCOPE = re.compile(r"Credential=[^/,\s]{1,128}/\d{8}/([^/,\s]{1,64})/([^/,\s]{1,64})/aws4_request")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d{1,2}")
_AWS_HOST = ".amazonaws.com"
_RETRY_AFTER_SECONDS = 1
_THROTTLED = ("ThrottlingException", "TooManyRequestsException")
# Both errors are the simulator's own: no service model has them, and how AWS answers is inferred.
_UNKNOWN = "UnknownOperationException"
_NOT_SIMULATED = "OperationNotSimulatedException"


@dataclass(frozen=True)
class Service:
    """A simulated service: what is particular to it, and its handlers by operation."""

    profile: ServiceProfile
    handlers: Mapping[str, Handler]
    settle: Callable[[Context], None] | None = None
    """Called before each handler, for what happens by itself as time passes."""

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
    """What all services share: the states by account and region, the time, and what a test has arranged."""

    state_of: Callable[[str, str], RegionState]
    default_account: str
    default_region: str
    clock: Clock
    ids: Ids
    tokens: PageTokens
    journal: Journal
    faults: Faults
    item_faults: Faults
    recording: Recording
    throttle: Throttle


@dataclass(frozen=True, slots=True)
class _Call:
    """A request that found its handler."""

    service: Service
    operation: Operation
    labels: Mapping[str, str]
    handler: Handler
    request: HttpRequest
    region: str
    account_id: str
    request_id: str


class Engine:
    """Answers requests for ``services``, one after the other, so that handlers need no lock of their own."""

    def __init__(self, services: Iterable[Service], world: World, lock: threading.RLock | None = None) -> None:
        self._services = {service.profile.name: service for service in services}
        self._world = world
        self._lock = lock or threading.RLock()
        _engines.add(self)

    @property
    def lock(self) -> threading.RLock:
        """The lock that holds around each request, for whoever reads or changes the states from outside."""
        return self._lock

    def handle(
        self,
        request: HttpRequest,
        *,
        service: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
    ) -> HttpResponse:
        """Answer a request for a service and a region.

        Where the way in does not know the two, the scope of the request's signature says them, then its host.
        A request that has no signature and whose host is no AWS endpoint is for the service that has such a path,
        provided that the other has not. The account is the default one unless the way in knows better.
        """
        signed_region, signed_service = _credential_scope(request)
        region = region or signed_region or _host_region(request) or ""
        if not _REGION.fullmatch(region):
            region = self._world.default_region
        targets = self._find_services(service, signed_service, request)
        account_id = account_id or self._world.default_account
        with self._lock:
            request_id = self._world.ids.uuid()
            if len(targets) != 1:
                message = "The request does not say which of the simulated services it is for"
                if targets:
                    names = " and ".join(target.profile.name for target in targets)
                    message = f"{message}, and {names} both have a path like {request.path}: sign it for one of them"
                return encode_unmodelled_error(404, _UNKNOWN, message, request_id=request_id)
            target = targets[0]
            name = target.profile.name
            match = target.router.match(request.method, request.path)
            if match is None:
                message = f"{name} has no operation for {request.method} {request.path}"
                return encode_unmodelled_error(404, _UNKNOWN, message, request_id=request_id)
            handler = target.handlers.get(match.operation)
            if handler is None:
                message = f"This version of the connectkit simulator does not simulate {name} {match.operation}"
                response = encode_unmodelled_error(501, _NOT_SIMULATED, message, request_id=request_id)
                return replace(response, operation=match.operation)
            operation = target.model.operation(match.operation)
            call = _Call(target, operation, match.labels, handler, request, region, account_id, request_id)
            return self._answer(call)

    def _find_services(self, named: str | None, signed: str | None, request: HttpRequest) -> list[Service]:
        """Give the service that a request is for, or those that it could be for, or none."""
        if named is not None:
            return [service for name, service in self._services.items() if name == named]
        host = request.header("host") or ""
        wanted = host.split(".")[0] if signed is None else signed
        found = [service for service in self._services.values() if service.profile.signing_name == wanted]
        if found or signed is not None or _AWS_HOST in host:
            return found
        return [service for service in self._services.values() if service.router.match(request.method, request.path)]

    def _answer(self, call: _Call) -> HttpResponse:
        """Answer a call, with the trouble that a test has arranged for it, and remember it."""
        world, service, operation = self._world, call.service, call.operation
        trouble = world.faults.meet(operation.name)
        now = world.clock.tick()
        params: Params | None = None
        error_name: str | None = None
        response = HttpResponse(0, {}, b"")
        if trouble.lost != "request":
            try:
                params = _read(call)
                response = self._run(call, params, now, trouble.error)
            except ServiceError as error:
                error_name = error.code
                response = encode_error(service.model, error, request_id=call.request_id)
            except Exception as error:
                # This is a fault of the simulator, which a client should see the way a server shows one.
                _logger.exception("the simulator failed on %s", operation.name)
                message = f"The simulator failed: {type(error).__name__}"
                internal = ServiceError(service.profile.internal, message, retryAfterSeconds=_RETRY_AFTER_SECONDS)
                error_name = internal.code
                response = encode_error(service.model, internal, request_id=call.request_id)
        world.recording.add(
            RecordedRequest(
                service=service.profile.name,
                operation=operation.name,
                account_id=call.account_id,
                region=call.region,
                time=now,
                request_id=call.request_id,
                params=params,
                status=response.status,
                error=error_name,
            ),
            size=len(call.request.body),
        )
        return replace(response, delay=trouble.delay, lost=trouble.lost is not None, operation=operation.name)

    def _run(self, call: _Call, params: Params, now: datetime, arranged: ServiceError | None) -> HttpResponse:
        """Let the handler answer. Whatever it changed is kept before the answer is given, or not at all.

        That a refused request changes nothing is inferred; what time brings, it brings all the same.

        Raises the error that was ``arranged``, if one was, or the service's own.
        """
        if arranged is not None:
            raise arranged
        world, operation = self._world, call.operation
        state = world.state_of(call.account_id, call.region)
        if not world.throttle.allows(state.scope, operation.name, now=now, rates=state.quotas.rates):
            code = call.service.profile.error_name(_THROTTLED, operation)
            raise ServiceError(code, f"{operation.name} is called too often")
        context = Context(
            profile=call.service.profile,
            operation=operation,
            state=state,
            now=now,
            ids=world.ids,
            tokens=world.tokens,
            journal=world.journal,
            principal=f"arn:aws:iam::{call.account_id}:role/Simulated",
            item_faults=world.item_faults,
        )
        try:
            if call.service.settle is not None:
                call.service.settle(context)
                # Time has passed, whatever becomes of the request.
                world.journal.commit(now)
            output = call.handler(context, params)
            response = encode_answer(operation, output, request_id=call.request_id)
            world.journal.commit(now)
        except BaseException:
            world.journal.rollback()
            raise
        return response


_engines: WeakSet[Engine] = WeakSet()
_held: list[threading.RLock] = []


def _finish_requests() -> None:
    """Before a fork: let what other threads are answering come to its end, as in the child they would never go on."""
    _held[:] = [engine.lock for engine in list(_engines)]
    for lock in _held:
        lock.acquire()


def _go_on() -> None:
    for lock in _held:
        lock.release()
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_finish_requests, after_in_parent=_go_on, after_in_child=_go_on)


def _read(call: _Call) -> Params:
    """Read the parameters, or raise the service's error for a request that does not fit its model."""
    profile, operation = call.service.profile, call.operation
    try:
        return decode_request(operation, call.labels, call.request)
    except ShapeError as error:
        raise ServiceError(profile.error_name(profile.invalid, operation), str(error)) from error
    except MalformedRequestError as error:
        raise ServiceError(profile.error_name(profile.malformed, operation), str(error)) from error


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
