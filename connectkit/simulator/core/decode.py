"""Turns a request into parameters, checked wholly against the service model.

Unknown members are ignored and an explicit null counts as absent, as the services have it. Everything else
that does not fit the model is a fault; all faults of a request are reported together.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NoReturn, cast
from urllib.parse import parse_qs

from connectkit.simulator.core.errors import MalformedRequestError, ShapeError
from connectkit.simulator.core.http import HttpRequest
from connectkit.simulator.core.model import Member, Operation, Shape
from connectkit.simulator.core.timestamps import parse_epoch, parse_iso

__all__ = ["Params", "decode_request", "from_wire"]

Params = Mapping[str, Any]

# Inferred: the services must stop somewhere, and Python's own stack does at about ten times this depth.
_DEEPEST = 64
_MOST_FAULTS = 50
_INTEGER_BITS = {"integer": 31, "long": 63}
_ABSENT: Final = object()


def decode_request(operation: Operation, labels: Mapping[str, str], request: HttpRequest) -> dict[str, Any]:
    """Give the parameters of a request by their model names; timestamps become datetimes with a zone.

    Raises MalformedRequestError when the body is no JSON object, and ShapeError when something does not fit
    the model.
    """
    shape = operation.input
    query = parse_qs(request.query, keep_blank_values=True)
    in_body = shape.members_in("body")
    body: Mapping[str, Any] = _parse_body(request.body) if in_body else {}
    decoder = _Decoder()
    params: dict[str, Any] = {}
    for member in shape.members.values():
        raw = _raw_value(member, labels, query, request, body)
        if raw is None:
            continue
        value = decoder.text(member, raw) if member.location != "body" else raw
        params[member.name] = decoder.value(member.shape, value, member.name)
    decoder.require(shape, params, "")
    if decoder.faults:
        raise ShapeError(decoder.faults)
    return params


def from_wire(shape: Shape, wire: Mapping[str, Any]) -> dict[str, Any]:
    """Read what :func:`encode.to_wire` wrote. Raises ShapeError when it does not fit the model (any more)."""
    decoder = _Decoder()
    decoded = decoder.value(shape, wire, shape.name)
    if decoder.faults:
        raise ShapeError(decoder.faults)
    return cast("dict[str, Any]", decoded)


def _raw_value(
    member: Member,
    labels: Mapping[str, str],
    query: Mapping[str, list[str]],
    request: HttpRequest,
    body: Mapping[str, Any],
) -> Any:
    """Fetch what a request holds for a top-level member, still undecoded; None when it holds nothing."""
    name = member.wire_name
    match member.location:
        case "uri":
            return labels.get(name)
        case "querystring":
            found = query.get(name)
            return found if found is None or member.shape.kind == "list" else found[0]
        case "header":
            return request.header(name)
        case "body":
            return body.get(name)


def _parse_body(body: bytes) -> Mapping[str, Any]:
    if not body.strip():
        return {}
    try:
        parsed: Any = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedRequestError(f"The body is not valid JSON: {_reason(error)}") from error
    if not isinstance(parsed, dict):
        raise MalformedRequestError("The body must be a JSON object")
    return cast("dict[str, Any]", parsed)


def _refuse_constant(name: str) -> NoReturn:
    # Python reads NaN and Infinity as numbers; JSON has no such thing.
    raise ValueError(f"{name} is not JSON")


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


class _Decoder:
    """Checks and converts values, collecting every fault it meets on the way."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._depth = 0
        self._by_kind: dict[str, Callable[[Shape, Any, str], Any]] = {
            "structure": self._structure,
            "list": self._list,
            "map": self._map,
            "string": self._string,
            "boolean": self._boolean,
            "integer": self._integer,
            "long": self._integer,
            "double": self._double,
            "float": self._double,
            "timestamp": self._timestamp,
        }

    def value(self, shape: Shape, value: Any, path: str) -> Any:
        """Convert one value of a body, noting what is wrong with it."""
        if self._depth >= _DEEPEST:
            return self._fault(path, f"is nested deeper than {_DEEPEST} levels")
        self._depth += 1
        try:
            return self._by_kind[shape.kind](shape, value, path)
        finally:
            self._depth -= 1

    def text(self, member: Member, raw: str | list[str]) -> Any:
        """Read what a path, query or header spells as text; the checks of a body follow."""
        if isinstance(raw, list):
            element = cast("Shape", member.shape.element)
            return [_from_text(element, item) for item in raw]
        return _from_text(member.shape, raw)

    def require(self, shape: Shape, params: Params, path: str) -> None:
        """Note every required member that is not there."""
        for name in sorted(shape.required - params.keys()):
            self._fault(_join(path, name), "is required")

    def _fault(self, path: str, problem: str) -> Any:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(f"{path} {problem}")
        return _ABSENT

    def _structure(self, shape: Shape, value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            return self._wrong_type(path, "an object", value)
        raw = cast("dict[str, Any]", value)
        found = {
            name: self.value(member.shape, raw[member.wire_name], _join(path, name))
            for name, member in shape.members.items()
            if raw.get(member.wire_name) is not None
        }
        self.require(shape, found, path)
        if shape.union and len(found) != 1:
            choices = ", ".join(shape.members)
            self._fault(path, f"must have exactly one of {choices}; it has {', '.join(found) or 'none'}")
        return found

    def _list(self, shape: Shape, value: Any, path: str) -> Any:
        if not isinstance(value, list):
            return self._wrong_type(path, "a list", value)
        items = cast("Sequence[Any]", value)
        self._check_range(shape, len(items), path, "element")
        element = cast("Shape", shape.element)
        decoded: list[Any] = []
        for index, item in enumerate(items):
            if item is None and shape.sparse:
                decoded.append(None)
            elif item is None:
                self._fault(f"{path}[{index}]", "must not be null")
            else:
                decoded.append(self.value(element, item, f"{path}[{index}]"))
        return decoded

    def _map(self, shape: Shape, value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            return self._wrong_type(path, "an object", value)
        entries = cast("dict[str, Any]", value)
        self._check_range(shape, len(entries), path, "entry", plural="entries")
        key_shape, element = cast("Shape", shape.key), cast("Shape", shape.element)
        decoded: dict[str, Any] = {}
        for key, item in entries.items():
            self.value(key_shape, key, f"{path} key {key[:40]!r}")
            if item is not None:
                decoded[key] = self.value(element, item, _join(path, key))
        return decoded

    def _string(self, shape: Shape, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return self._wrong_type(path, "a string", value)
        try:
            value.encode()
        except UnicodeEncodeError:
            # JSON can spell half of a surrogate pair, which is not text in any encoding.
            return self._fault(path, "must be valid Unicode text")
        self._check_range(shape, len(value), path, "character")
        if shape.enum is not None and value not in shape.enum:
            self._fault(path, f"must be one of {', '.join(sorted(shape.enum))}")
        return value

    def _boolean(self, _shape: Shape, value: Any, path: str) -> Any:
        return value if isinstance(value, bool) else self._wrong_type(path, "a boolean", value)

    def _integer(self, shape: Shape, value: Any, path: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return self._wrong_type(path, "a whole number", value)
        limit = 1 << _INTEGER_BITS[shape.kind]
        if not -limit <= value < limit:
            return self._fault(path, f"must be at least {-limit} and at most {limit - 1}")
        self._check_range(shape, value, path, "")
        return value

    def _double(self, shape: Shape, value: Any, path: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return self._wrong_type(path, "a number", value)
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            return self._fault(path, f"is too large for a {shape.kind}")
        self._check_range(shape, number, path, "")
        return number

    def _timestamp(self, shape: Shape, value: Any, path: str) -> Any:
        iso = shape.timestamp_format == "iso8601"
        try:
            if iso and isinstance(value, str):
                return parse_iso(value)
            if not iso and isinstance(value, (int, float)) and not isinstance(value, bool):
                return parse_epoch(value)
        except ValueError as error:
            return self._fault(path, f"is {error}")
        return self._wrong_type(path, "an ISO-8601 date and time" if iso else "a number of seconds since 1970", value)

    def _wrong_type(self, path: str, wanted: str, value: object) -> Any:
        return self._fault(path, f"must be {wanted}, not {_JSON_NAMES.get(type(value), 'text')}")

    def _check_range(self, shape: Shape, size: float, path: str, unit: str, *, plural: str | None = None) -> None:
        """Note a length, size or number outside the model's bounds; a bare number has no ``unit``."""
        for bound, breaks, word in (
            (shape.minimum, shape.minimum is not None and size < shape.minimum, "least"),
            (shape.maximum, shape.maximum is not None and size > shape.maximum, "most"),
        ):
            if breaks and bound is not None:
                named = f" {unit if bound == 1 else plural or unit + 's'}" if unit else ""
                verb = "have" if unit else "be"
                self._fault(path, f"must {verb} at {word} {bound:.15g}{named}")


_JSON_NAMES: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    datetime: "a timestamp",
}


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


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
