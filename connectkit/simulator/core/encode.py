"""Writes answers and errors as the service model has them on the wire."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.http import HttpResponse
from connectkit.simulator.core.model import Operation, ServiceModel, Shape
from connectkit.simulator.core.timestamps import format_epoch, format_iso

__all__ = ["encode_answer", "encode_error", "encode_unmodelled_error", "to_wire"]

_CONTENT_TYPE = "application/json"


def encode_answer(operation: Operation, output: Mapping[str, Any], *, request_id: str) -> HttpResponse:
    """Write what a handler gave back. Members that the installed model does not have are left out.

    An operation whose answer has no members answers with an empty body. Raises ValueError when a member that
    the model requires is missing, since that is a fault of the simulator.
    """
    body = b""
    if operation.output.members:
        body = _dump(to_wire(operation.output, output))
    return _respond(operation.status, body, {}, request_id)


def to_wire(shape: Shape, output: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a handler gave back as JSON that can be dumped; :func:`decode.from_wire` reads it again."""
    return _structure(shape, output, shape.name)


def encode_error(model: ServiceModel, error: ServiceError, *, request_id: str) -> HttpResponse:
    """Write an error with the status and the members that the model gives it; an unmodelled one is a plain
    400.
    """
    modelled = model.error(error.code)
    if modelled is None:
        return encode_unmodelled_error(400, error.code, error.message, request_id=request_id)
    body: dict[str, Any] = {}
    headers = {"x-amzn-ErrorType": error.code}
    for name, member in modelled.shape.members.items():
        value = _as_text(error.message) if name.lower() == "message" else error.members.get(name)
        if value is None:
            continue
        if member.location == "header":
            headers[member.wire_name] = str(value)
        else:
            body[member.wire_name] = _value(member.shape, value, name)
    return _respond(modelled.status, _dump(body), headers, request_id)


def encode_unmodelled_error(status: int, code: str, message: str, *, request_id: str) -> HttpResponse:
    """Write an error that no service model has, such as the one for an unknown operation."""
    return _respond(status, _dump({"message": _as_text(message)}), {"x-amzn-ErrorType": code}, request_id)


def _as_text(message: str) -> str:
    """Spell out what is no text in a message: it may quote half of a surrogate pair, which JSON can bring in."""
    return message.encode("utf-8", "backslashreplace").decode()


def _respond(status: int, body: bytes, headers: Mapping[str, str], request_id: str) -> HttpResponse:
    return HttpResponse(
        status,
        {
            "Content-Type": _CONTENT_TYPE,
            "Content-Length": str(len(body)),
            "x-amzn-RequestId": request_id,
            **headers,
        },
        body,
    )


def _dump(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _value(shape: Shape, value: Any, path: str) -> Any:
    match shape.kind:
        case "structure":
            return _structure(shape, cast("Mapping[str, Any]", value), path)
        case "list":
            element = cast("Shape", shape.element)
            return [None if item is None else _value(element, item, path) for item in value]
        case "map":
            element = cast("Shape", shape.element)
            return {key: _value(element, item, path) for key, item in value.items()}
        case "timestamp":
            moment = cast("datetime", value)
            return format_iso(moment) if shape.timestamp_format == "iso8601" else format_epoch(moment)
        case _:
            return value


def _structure(shape: Shape, value: Mapping[str, Any], path: str) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for name, member in shape.members.items():
        item = value.get(name)
        if item is not None:
            written[member.wire_name] = _value(member.shape, item, name)
        elif name in shape.required:
            raise ValueError(f"the answer lacks {name}, which {path} requires")
    return written
