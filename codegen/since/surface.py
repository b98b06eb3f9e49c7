"""What one release has: operations, and the members that their requests can carry."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, TypedDict


class Name(NamedTuple):
    """Something that a release either has or has not."""

    service: str
    kind: str
    """``operations`` or ``members``, the table of the data file that it belongs to."""
    name: str
    """An operation such as ``CreateCaseRule``, or a member such as ``CaseFilter.orAll``."""


class ShapeRef(TypedDict):
    """A mention of a shape in a service model."""

    shape: str


class Shape(TypedDict, total=False):
    """The parts of a shape that lead on to other shapes."""

    members: dict[str, ShapeRef]
    member: ShapeRef
    key: ShapeRef
    value: ShapeRef


class Operation(TypedDict, total=False):
    """The part of an operation that leads to its request."""

    input: ShapeRef


class ServiceModel(TypedDict):
    """The parts of botocore's ``service-2.json`` that are read here."""

    operations: dict[str, Operation]
    shapes: dict[str, Shape]


def surface(service: str, model: ServiceModel, operations: Collection[str]) -> frozenset[Name]:
    """Name the operations of one model and the members that their requests can carry.

    Args:
        service: botocore's name of the service, which goes into each result.
        model: the service's model in one release.
        operations: the operations to look at. Those that the model lacks are passed over.

    Returns:
        The operations present, and ``Shape.member`` for each structure that their requests lead to.
    """
    names: set[Name] = set()
    ahead: list[str] = []
    for name in operations:
        operation = model["operations"].get(name)
        if operation is not None:
            names.add(Name(service, "operations", name))
            if "input" in operation:
                ahead.append(operation["input"]["shape"])
    seen: set[str] = set()
    while ahead:
        shape_name = ahead.pop()
        if shape_name in seen:
            continue
        seen.add(shape_name)
        shape = model["shapes"][shape_name]
        for member, target in shape.get("members", {}).items():
            names.add(Name(service, "members", f"{shape_name}.{member}"))
            ahead.append(target["shape"])
        if "member" in shape:
            ahead.append(shape["member"]["shape"])
        if "key" in shape and "value" in shape:
            ahead += [shape["key"]["shape"], shape["value"]["shape"]]
    return frozenset(names)
