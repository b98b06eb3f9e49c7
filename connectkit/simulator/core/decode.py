"""Turns a request into parameters, checked wholly against the service model.

Whatever does not fit the model is a fault. Inferred: unknown members are ignored, an explicit null counts as absent,
all faults of a request are reported together, and patterns are not looked at, as some published ones are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, NoReturn, cast
from urllib.parse import parse_qs

from connectkit.simulator.core.errors import MalformedRequestError, ShapeError
from connectkit.simulator.core.http import HttpRequest
from connectkit.simulator.core.model import Member, Operation, Shape
from connectkit.simulator.core.readers import Faults, Reader, reader

__all__ = ["Params", "decode_request", "from_wire"]

Params = Mapping[str, Any]


def decode_request(operation: Operation, labels: Mapping[str, str], request: HttpRequest) -> dict[str, Any]:
    """Give the parameters of a request by their model names; timestamps become datetimes with a zone.

    Raises MalformedRequestError when the body is no JSON object, and ShapeError when something does not fit
    the model.
    """
    layout = _layout(operation.input)
    query = parse_qs(request.query, keep_blank_values=True) if request.query else {}
    body: Mapping[str, Any] = _parse_body(request.body) if layout.has_body else {}
    faults = Faults()
    params: dict[str, Any] = {}
    for member, read in layout.members:
        if member.location == "body":
            raw = body.get(member.wire_name)
        else:
            raw = _from_outside_the_body(member, labels, query, request)
        if raw is not None:
            params[member.name] = read(raw, (0, None, member.name), faults)
    faults.require(operation.input, params)
    if faults.found:
        raise ShapeError(faults.found)
    return params


def from_wire(shape: Shape, wire: Mapping[str, Any]) -> dict[str, Any]:
    """Read what :func:`encode.to_wire` wrote. Raises ShapeError when it does not fit the model (any more)."""
    faults = Faults()
    decoded = reader(shape)(wire, (0, None, shape.name), faults)
    if faults.found:
        raise ShapeError(faults.found)
    return cast("dict[str, Any]", decoded)


class _Layout(NamedTuple):
    """How the members of an operation's input are read."""

    members: Sequence[tuple[Member, Reader]]
    has_body: bool


@cache
def _layout(shape: Shape) -> _Layout:
    members = [(member, reader(member.shape)) for member in shape.members.values()]
    return _Layout(members, has_body=bool(shape.members_in("body")))


def _from_outside_the_body(
    member: Member, labels: Mapping[str, str], query: Mapping[str, list[str]], request: HttpRequest
) -> Any:
    """Read what a path, query or header spells as text; the checks of a body follow. None when there is nothing."""
    name, shape = member.wire_name, member.shape
    match member.location:
        case "uri":
            text = labels.get(name)
        case "querystring":
            found = query.get(name)
            if found is not None and shape.kind == "list":
                return [_from_text(cast("Shape", shape.element), item) for item in found]
            text = None if found is None else found[0]
        case _:
            text = request.header(name)
    return None if text is None else _from_text(shape, text)


def _parse_body(body: bytes) -> Mapping[str, Any]:
    if not body.strip():
        return {}
    try:
        parsed: Any = _JSON.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise MalformedRequestError(f"The body is not valid JSON: {_reason(error)}") from error
    if not isinstance(parsed, dict):
        raise MalformedRequestError("The body must be a JSON object")
    return cast("dict[str, Any]", parsed)


def _refuse_constant(name: str) -> NoReturn:
    # Python reads NaN and Infinity as numbers; JSON has no such thing.
    raise ValueError(f"{name} is not JSON")


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _from_text(shape: Shape, text: str) -> Any:
    """Read text by the shape it is meant for, or give it back for the type check to refuse."""
    try:
        match shape.kind:
            case "integer" | "long":
                # Python alone would also take "1_0", " 1" and digits of other scripts.
                return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else text
            case "double" | "float":
                return float(text)
            case "boolean":
                return {"true": True, "false": False}.get(text, text)
            case _:
                return text
    except ValueError:
        return text
