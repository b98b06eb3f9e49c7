"""A request that is wrong in one way, and what is to come of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from connectkit.simulator import HttpResponse

from .wire import INVALID, Wire, error_faults, parse
from .world import World, failures

__all__ = ["UNKNOWN", "Broken", "check_refused", "not_there", "refusal_faults"]

UNKNOWN: Final = frozenset({"UnknownOperationException"})
"""The error for a path that is no operation's, and that nobody models."""

# Far more than any of them takes. The processor's time, since the machine may be busy with other things.
_LONGEST_SECONDS = 5.0


def not_there() -> frozenset[str]:
    """The errors for an identifier of nothing: in a path it is not found, elsewhere it may be invalid."""
    return INVALID | {"ResourceNotFoundException"}


@dataclass(eq=False)
class Broken:
    """A request with one fault."""

    kind: str
    """What is wrong, in few words; requests are counted by it."""
    make: Callable[[], Wire]
    """Makes the request, which may be large."""
    codes: frozenset[str] = INVALID
    """The errors that this may end in."""
    says: str = ""
    """What the error's text names."""

    @cached_property
    def wire(self) -> Wire:
        """The request."""
        return self.make()

    def __repr__(self) -> str:
        wire = self.wire
        parts = (wire.method, wire.path, wire.query, dict(wire.headers), wire.body())
        return f"{self.kind}: {' '.join(f'{part!a:.300}' for part in parts)}"


def check_refused(world: World, broken: Broken) -> float:
    """Send a broken request, check everything about the refusal, and give the seconds of the processor that it took."""
    wire = broken.wire
    start = time.process_time()
    with failures() as failed:
        response = world.send(wire)
    took = time.process_time() - start
    context = (broken, response.status, response.body[:500])
    assert not failed, context
    code = response.headers.get("x-amzn-ErrorType")
    assert code in broken.codes, context
    faults = refusal_faults(world, wire, response)
    assert not faults, (faults, context)
    assert broken.says in _message(response.body), context
    assert took < _LONGEST_SECONDS, (took, context)
    return took


def refusal_faults(world: World, wire: Wire, response: HttpResponse) -> list[str]:
    """Say how a response is not what a service refuses a request with, or what the request has changed."""
    if not 400 <= response.status < 500:
        return [f"the status is {response.status}"]
    code = response.headers.get("x-amzn-ErrorType", "")
    parsed = json.loads(response.body)
    faults = _unknown_faults(parsed, response.status) if code in UNKNOWN else error_faults(wire.target, response)
    read, message = parse(wire.target, response)["Error"], _message(response.body)
    if (read["Code"], read["Message"]) != (code, message) or not message:
        faults.append(f"botocore reads {read}")
    # An answer that is much larger than the request would be another way to hurt.
    if len(response.body) > 20_000 + len(wire.body()) + len(wire.path):
        faults.append(f"the answer has {len(response.body)} bytes")
    if world.digest() != world.before:
        faults.append("the state has changed")
    return faults


def _unknown_faults(parsed: Mapping[str, object], status: int) -> list[str]:
    return [] if status == 404 and set(parsed) == {"message"} else [f"status {status} with {sorted(parsed)}"]


def _message(body: bytes) -> str:
    parsed: Mapping[str, str] = json.loads(body)
    return parsed.get("message") or parsed.get("Message") or ""
