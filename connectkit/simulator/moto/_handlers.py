"""Who answers a request inside moto, the simulator or moto itself, and how the answer gets back."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable
from typing import Any, Final

from connectkit.simulator._botocore import connection_closed_error
from connectkit.simulator._clients import ANSWERED
from connectkit.simulator.connect import CONNECT
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.moto._guest import Guest, current_guest
from connectkit.simulator.moto._seams import (
    Answer,
    Handler,
    account_of,
    add_service,
    break_off,
    has_service,
    join_service,
    motos_handler,
    our_part_in,
    read_request,
)

__all__ = ["join_moto"]

_HandOver = Callable[[Any, HttpResponse, Clock], Answer]

# An instance itself is moto's, where moto has instances.
_INSTANCE = re.compile(r"/instance(/[^/]+)?/?")
# The ARN of a view that AWS manages names no instance.
_OUR_RESOURCE = re.compile(
    r"arn:[^:]*:connect:[^:]*:[^:]*:(instance/[^/]+/)?(view|task-template|integration-association|contact)/.+"
)
_MOTOS_ENDPOINT: Final = "https://connect.us-east-1.amazonaws.com"
_UNREAD: Answer = 204, {}, b""


def join_moto() -> None:
    """Have moto give the current guest the requests for Cases, and those for the simulated part of Connect.

    Doing it again changes nothing.
    """
    if our_part_in("connectcases") is None:
        endpoint = _endpoint("cases")
        add_service(
            "connectcases",
            endpoint,
            urls={f"{endpoint}/.*": _cases_handler(_within_the_process)},
            flask_paths={"/<path:path>": _cases_handler(_from_the_server)},
            keep=Guest,
        )
    if our_part_in("connect") is None:
        endpoint = _endpoint("connect")
        extend = join_service if has_service("connect") else add_service
        extend(
            "connect",
            endpoint,
            urls={f"{endpoint}/.*": _connect_handler(_within_the_process)},
            flask_paths={"/<path:path>": _connect_handler(_from_the_server)},
        )


def _endpoint(host: str) -> str:
    """Give the pattern of a service's endpoints, those for FIPS and for both versions of IP included."""
    return rf"https?://{host}(-fips)?\.[^/]+\.(amazonaws\.com|api\.aws)[^/]*"


def _cases_handler(hand_over: _HandOver) -> Handler:
    """Make what answers every request for Cases."""

    def answer_cases(request: Any, full_url: str, _headers: Any) -> Answer:
        incoming = read_request(request, full_url)
        return _simulate("connectcases", incoming, functools.partial(hand_over, request))

    return answer_cases


def _connect_handler(hand_over: _HandOver) -> Handler:
    """Make what answers a request for Connect or has moto do so."""

    def answer_connect(request: Any, full_url: str, headers: Any) -> Answer:
        incoming = read_request(request, full_url)
        if our_part_in("connect") == "joined" and not _is_ours(incoming):
            motos = motos_handler("connect", _MOTOS_ENDPOINT + incoming.path)
            if motos is not None:
                return motos(request, full_url, headers)
        # What neither has, the simulator refuses more clearly.
        return _simulate("connect", incoming, functools.partial(hand_over, request))

    return answer_connect


def _is_ours(request: HttpRequest) -> bool:
    """Say whether a request for Connect is the simulator's rather than moto's, should moto have a handler for it.

    It is when the operation is simulated, unless it is one on instances themselves. Tags belong to whoever has
    the resource that the ARN names.
    """
    if request.header(ANSWERED) is not None:
        return True
    match = CONNECT.router.match(request.method, request.path)
    if match is None or match.operation not in CONNECT.handlers or _INSTANCE.fullmatch(request.path):
        return False
    arn = match.labels.get("resourceArn")
    return arn is None or _OUR_RESOURCE.fullmatch(arn) is not None


def _simulate(service: str, request: HttpRequest, hand_over: Callable[[HttpResponse, Clock], Answer]) -> Answer:
    if request.header(ANSWERED) is not None:
        # A client of simulate(), inside which or around which there is a mock_aws().
        return _UNREAD
    simulator = current_guest().simulator
    response = simulator.handle(request, service=service, account_id=account_of(request))
    return hand_over(response, simulator.clock)


def _within_the_process(request: Any, response: HttpResponse, clock: Clock) -> Answer:
    """Give an answer to a client of this process, which never waits: the simulated clock moves instead.

    How long the client would wait, moto does not say, so that it can't be made to wait too long.
    """
    if response.delay:
        clock.advance(response.delay)
    if response.lost:
        raise connection_closed_error(request.url)
    return response.status, dict(response.headers), response.body


def _from_the_server(request: Any, response: HttpResponse, _clock: Clock) -> Answer:
    """Give an answer to the server, when it is time."""
    if response.delay:
        time.sleep(response.delay)
    if response.lost:
        break_off(request)
    return response.status, dict(response.headers), response.body
