"""What a test in another language arranges to go wrong; it names by number what one in Python holds."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from connectkit.simulator._json_input import Members, Node
from connectkit.simulator._services import SERVICES
from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.decode import from_wire
from connectkit.simulator.core.errors import ShapeError
from connectkit.simulator.core.faults import Fault
from connectkit.simulator.core.model import Shape

__all__ = ["ArrangedFaults"]

_COMMON = ("times", "after")


class ArrangedFaults:
    """The faults that were arranged from outside, by number."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._faults: dict[str, Fault] = {}

    def show(self, _body: Node, _query: Mapping[str, str]) -> Any:
        """Give all of them, those that have met all their calls included."""
        with self._lock:
            return {"faults": [_describe(number, fault) for number, fault in self._faults.items()]}

    def add(self, body: Node, _query: Mapping[str, str]) -> Any:
        """Arrange for something to go wrong, and give it with its number."""
        kind = Node(body.object().get("kind"), "kind").one_of(tuple(_KINDS))
        fault = _KINDS[kind](self._simulator, body)
        with self._lock:
            number = str(next(self._numbers))
            self._faults[number] = fault
        return _describe(number, fault)

    def end(self, _body: Node, query: Mapping[str, str]) -> Any:
        """End the one with the number ``id``, or all of them."""
        wanted = query.get("id")
        with self._lock:
            if wanted is not None and wanted not in self._faults:
                raise ValueError(f"there is no fault {wanted}")
            numbers = list(self._faults) if wanted is None else [wanted]
            ended = [(number, self._faults.pop(number)) for number in numbers]
        for _, fault in ended:
            fault.cancel()
        return {"faults": [_describe(number, fault) for number, fault in ended]}

    def forget(self) -> None:
        """Forget all of them, when the simulator does."""
        with self._lock:
            self._faults.clear()


def _fail(simulator: Simulator, body: Node) -> Fault:
    given = body.members("kind", "operation", "error", optional=("message", "members", *_COMMON))
    operation, error = given["operation"].text(), given["error"].text()
    return simulator.fail(
        operation,
        error,
        times=_times(body, given, default=1),
        after=given.read("after", Node.whole, 0),
        message=given.read("message", Node.text, None),
        **(_error_members(error, given["members"]) if "members" in given else {}),
    )


def _fail_items(simulator: Simulator, body: Node) -> Fault:
    given = body.members("kind", "operation", "error", optional=("items", "message", *_COMMON))
    return simulator.fail_items(
        given["operation"].text(),
        given["error"].text(),
        items=[item.text() for item in given["items"].items()] if "items" in given else None,
        times=_times(body, given, default=None),
        after=given.read("after", Node.whole, 0),
        message=given.read("message", Node.text, None),
    )


def _slow_down(simulator: Simulator, body: Node) -> Fault:
    given = body.members("kind", "operation", "seconds", optional=_COMMON)
    return simulator.slow_down(
        given["operation"].text(),
        given["seconds"].amount(),
        times=_times(body, given, default=None),
        after=given.read("after", Node.whole, 0),
    )


def _break_connection(simulator: Simulator, body: Node) -> Fault:
    given = body.members("kind", "operation", optional=("carried_out", *_COMMON))
    return simulator.break_connection(
        given["operation"].text(),
        times=_times(body, given, default=1),
        after=given.read("after", Node.whole, 0),
        carried_out=given.read("carried_out", Node.flag, default=False),
    )


_KINDS = {"fail": _fail, "fail_items": _fail_items, "slow_down": _slow_down, "break_connection": _break_connection}


def _times(body: Node, given: Members, *, default: int | None) -> int | None:
    """Read how many calls it is for. Here null says something: all of them."""
    if "times" in given:
        return given["times"].whole()
    return None if "times" in body.object() else default


def _error_members(error: str, node: Node) -> dict[str, Any]:
    """Read what an error is to say besides its message, as far as a service models such an error."""
    given = node.object()
    shapes = [found.shape for found in _error_shapes(error)]
    known = sorted({name for shape in shapes for name in shape.members if name.lower() != "message"})
    node.members(optional=known)
    read: dict[str, Any] = {}
    for shape in shapes:
        # By their own names, wherever they travel; members that the error should have may be left out.
        members = {name: replace(shape.members[name], wire_name=name) for name in given if name in shape.members}
        try:
            read |= from_wire(Shape(error, "structure", members=members), given)
        except ShapeError as broken:
            raise node.fault(str(broken)) from broken
    return read


def _error_shapes(error: str) -> Iterable[Any]:
    return [found for service in SERVICES if (found := service.model.error(error)) is not None]


def _describe(number: str, fault: Fault) -> dict[str, Any]:
    return {"id": number, "operation": fault.operation, "remaining": fault.remaining, "met": fault.met}
