"""A typed reading of botocore's service model: the shapes and operations that the simulator speaks.

botocore's own model classes are untyped and built for a client. Here the same JSON becomes small dataclasses,
made when an operation is first used, so that the two services' several hundred shapes cost nothing until
then.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from connectkit.simulator._botocore import load_service_description

__all__ = ["ErrorShape", "Member", "Operation", "ServiceModel", "Shape", "load_model"]

TimestampFormat = Literal["iso8601", "unixTimestamp"]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a structure: its shape, and where it travels under which name."""

    name: str
    shape: Shape
    location: Literal["body", "uri", "querystring", "header"]
    wire_name: str


@dataclass(slots=True, eq=False)
class Shape:
    """One shape of the model. Structures may contain themselves, so a shape is filled in after it is made.

    It equals only itself, so whatever is derived from a shape can be kept by it.
    """

    name: str
    kind: str
    members: dict[str, Member] = field(default_factory=dict[str, Member])
    required: frozenset[str] = frozenset()
    element: Shape | None = None
    """The shape of a list's elements or of a map's values."""
    key: Shape | None = None
    minimum: float | None = None
    maximum: float | None = None
    enum: frozenset[str] | None = None
    union: bool = False
    sparse: bool = False
    timestamp_format: TimestampFormat = "unixTimestamp"

    def members_in(self, location: str) -> list[Member]:
        """Give the members that travel in ``location``."""
        return [member for member in self.members.values() if member.location == location]


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """A modelled error: the status it goes with, and the members that its body or headers hold."""

    status: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a service: how it is reached, what goes in and out, and which errors it may give."""

    name: str
    method: str
    uri: str
    status: int
    input: Shape
    output: Shape
    errors: tuple[str, ...]


_EMPTY = Shape("Empty", "structure")


class ServiceModel:
    """A service of the installed botocore: its operations by name, each read when it is first asked for.

    Every simulator of the process has the same one, so several threads may ask at once.
    """

    def __init__(self, name: str, description: Mapping[str, Any]) -> None:
        self.name = name
        self._operations: Mapping[str, Mapping[str, Any]] = description["operations"]
        self._descriptions: Mapping[str, Mapping[str, Any]] = description["shapes"]
        self._shapes: dict[tuple[str, str | None], Shape] = {}
        self._read: dict[str, Operation] = {}
        # A shape is known before it is filled in, as it may contain itself; nobody else is to see it until then.
        self._reading = threading.RLock()

    @property
    def routes(self) -> list[tuple[str, str, str]]:
        """The method, the path template and the name of every operation."""
        return [(op["http"]["method"], op["http"]["requestUri"], name) for name, op in self._operations.items()]

    @property
    def operations(self) -> AbstractSet[str]:
        """The name of every operation."""
        return self._operations.keys()

    @property
    def errors(self) -> Iterable[str]:
        """The name of every error."""
        return [name for name, shape in self._descriptions.items() if "error" in shape or shape.get("exception")]

    def __contains__(self, operation: str) -> bool:
        """Say whether the installed model has an operation of this name."""
        return operation in self._operations

    def operation(self, name: str) -> Operation:
        """Read an operation. Raises KeyError when the installed model does not have it."""
        if (known := self._read.get(name)) is not None:
            return known
        with self._reading:
            return self._read_operation(name)

    def _read_operation(self, name: str) -> Operation:
        description = self._operations[name]
        http = description["http"]
        operation = Operation(
            name=name,
            method=http["method"],
            uri=http["requestUri"],
            status=int(http.get("responseCode", 200)),
            input=self._shape(description["input"]) if "input" in description else _EMPTY,
            output=self._shape(description["output"]) if "output" in description else _EMPTY,
            errors=tuple(error["shape"] for error in description.get("errors", ())),
        )
        self._read[name] = operation
        return operation

    def error(self, name: str) -> ErrorShape | None:
        """Read the error called ``name``, or give None when the model has no such error."""
        description = self._descriptions.get(name)
        if description is None or "error" not in description:
            return None
        with self._reading:
            return ErrorShape(int(description["error"]["httpStatusCode"]), self._shape({"shape": name}))

    def _shape(self, reference: Mapping[str, Any]) -> Shape:
        """Read a shape, with what the reference to it says on top."""
        name: str = reference["shape"]
        # A reference may state its own timestamp format, so the same shape can exist in two forms.
        timestamp_format: str | None = reference.get("timestampFormat")
        if (known := self._shapes.get((name, timestamp_format))) is not None:
            return known
        description = self._descriptions[name]
        shape = Shape(name, description["type"])
        self._shapes[name, timestamp_format] = shape
        shape.required = frozenset(description.get("required", ()))
        shape.minimum = description.get("min")
        shape.maximum = description.get("max")
        shape.enum = frozenset(description["enum"]) if "enum" in description else None
        shape.union = bool(description.get("union"))
        shape.sparse = bool(description.get("sparse"))
        # rest-json writes epoch seconds in a body unless the model says otherwise.
        if (timestamp_format or description.get("timestampFormat")) == "iso8601":
            shape.timestamp_format = "iso8601"
        if shape.kind == "list":
            shape.element = self._shape(description["member"])
        elif shape.kind == "map":
            shape.key = self._shape(description["key"])
            shape.element = self._shape(description["value"])
        elif shape.kind == "structure":
            shape.members = {
                member: Member(
                    name=member,
                    shape=self._shape(target),
                    location=target.get("location", "body"),
                    wire_name=target.get("locationName", member),
                )
                for member, target in description["members"].items()
            }
        return shape


@cache
def load_model(service: str) -> ServiceModel:
    """Read the model of a botocore service, such as ``connectcases``, once for the whole process."""
    return ServiceModel(service, load_service_description(service))
