"""Writes answers and errors as the service model has them on the wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.http import HttpResponse
from connectkit.simulator.core.model import Operation, ServiceModel, Shape
from connectkit.simulator.core.timestamps import format_epoch, format_iso

__all__ = ["EncodedList", "encode_answer", "encode_error", "encode_unmodelled_error", "to_wire"]

_CONTENT_TYPE = "application/json"
# Answers are trees, which need no check for circles.
_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False)


@dataclass(frozen=True, slots=True)
class EncodedList:
    """The JSON of a list that a handler has written by itself, as a member of its answer.

    Where a list is long, this spares the dictionaries that it would be made of. Whoever writes one sees to it
    that it has only what the model has.
    """

    text: str


def encode_answer(operation: Operation, output: Mapping[str, Any], *, request_id: str) -> HttpResponse:
    """Write what a handler gave back. Members that the installed model does not have are left out.

    An operation whose answer has no members answers with an empty body. Raises ValueError when a member that
    the model requires is missing, since that is a fault of the simulator.
    """
    body = b""
    if operation.output.members:
        lists = {name: item.text for name, item in output.items() if isinstance(item, EncodedList)}
        body = _splice(operation.output, output, lists) if lists else _dump(to_wire(operation.output, output))
    return _respond(operation.status, body, {}, request_id)


def _splice(shape: Shape, output: Mapping[str, Any], lists: Mapping[str, str]) -> bytes:
    """Write an answer some of whose members are lists that have been written already."""
    wire = to_wire(shape, {**output, **dict.fromkeys(lists, ())})
    texts = {name: _JSON.encode(item) for name, item in wire.items()}
    texts.update({member.wire_name: lists[name] for name, member in shape.members.items() if name in lists})
    return "{{{}}}".format(",".join(f'"{name}":{text}' for name, text in texts.items())).encode()


def to_wire(shape: Shape, output: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a handler gave back as JSON that can be dumped; :func:`decode.from_wire` reads it again."""
    write = cast("_Writer", _writer(shape))
    return cast("dict[str, Any]", write(output))


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
            write = _writer(member.shape)
            body[member.wire_name] = value if write is None else write(value)
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
    return _JSON.encode(value).encode()


# Each shape gets its writer once. What needs no conversion has none: it goes to the wire as it is.
_Writer = Callable[[Any], Any]


@cache
def _writer(shape: Shape) -> _Writer | None:
    match shape.kind:
        case "structure":
            return _structure_writer(shape)
        case "list":
            return _list_writer(cast("Shape", shape.element))
        case "map":
            return _map_writer(cast("Shape", shape.element))
        case "timestamp":
            return format_iso if shape.timestamp_format == "iso8601" else format_epoch
        case _:
            return None


def _structure_writer(shape: Shape) -> _Writer:
    members: dict[str, tuple[str, _Writer | None]] | None = None
    required = frozenset(shape.members[name].wire_name for name in shape.required)

    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        nonlocal members
        if members is None:
            # Only now, because a structure may contain itself.
            members = {name: (member.wire_name, _writer(member.shape)) for name, member in shape.members.items()}
        written: dict[str, Any] = {}
        for name, item in value.items():
            if item is not None and (member := members.get(name)) is not None:
                wire_name, write_member = member
                written[wire_name] = item if write_member is None else write_member(item)
        if not required <= written.keys():
            lacking = ", ".join(sorted(required - written.keys()))
            raise ValueError(f"the answer lacks {lacking}, which {shape.name} requires")
        return written

    return write


def _list_writer(element: Shape) -> _Writer:
    write_element = _writer(element)

    def write(items: Iterable[Any]) -> list[Any]:
        if write_element is None:
            return list(items)
        return [None if item is None else write_element(item) for item in items]

    return write


def _map_writer(element: Shape) -> _Writer:
    write_element = _writer(element)

    def write(entries: Mapping[str, Any]) -> dict[str, Any]:
        if write_element is None:
            return dict(entries)
        return {key: write_element(item) for key, item in entries.items()}

    return write
