"""Requests and answers as botocore has them, which is not the simulator's own reading of the model.

A request is a value that can be broken in every part: the text of its labels, its query, its headers and its body.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final, cast
from urllib.parse import quote

import botocore.awsrequest
import botocore.parsers
import botocore.serialize
import botocore.session

from connectkit.simulator import HttpRequest, HttpResponse
from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT

__all__ = [
    "ABSENT",
    "INVALID",
    "OPERATIONS",
    "Ask",
    "Target",
    "Wire",
    "answer_faults",
    "error_faults",
    "has_member",
    "is_union",
    "model",
    "parse",
    "service_model",
    "spell",
]

Json = Any

INVALID: Final = frozenset({"ValidationException", "InvalidParameterException", "InvalidRequestException"})
"""The errors for a request that is not valid."""

SERVICES: Final = {service.profile.name: service.handlers for service in (CASES, CONNECT)}


class _Absent:
    """Stands for what is to be left out."""


ABSENT: Final = _Absent()


@dataclass(frozen=True, order=True)
class Target:
    """An operation of a service."""

    service: str
    operation: str

    def __str__(self) -> str:
        return self.operation


@dataclass(frozen=True)
class Ask:
    """A request before it is written: an operation and its parameters, by the names of the model."""

    target: Target
    params: Mapping[str, Any]


@cache
def service_model(service: str) -> Any:
    """The service as the installed botocore describes it."""
    return botocore.session.Session().get_service_model(service)


@cache
def model(target: Target) -> Any:
    """The operation as the installed botocore describes it."""
    return service_model(target.service).operation_model(target.operation)


OPERATIONS: Final[Sequence[Target]] = sorted(
    Target(service, operation)
    for service, handlers in SERVICES.items()
    for operation in handlers
    if operation in service_model(service).operation_names
)
"""Every operation that the simulator has and the installed botocore knows."""


def has_member(shape: str, member: str) -> bool:
    """Say whether the installed botocore models a member of a shape of Cases."""
    cases = service_model("connectcases")
    return shape in cases.shape_names and member in cases.shape_for(shape).members


def is_union(shape: Any) -> bool:
    """Whether exactly one member of a structure should be set."""
    return bool(getattr(shape, "is_tagged_union", False))


@dataclass(frozen=True)
class Wire:
    """A request that is written but for its body, of which ``document`` is the JSON and ``text`` the rest."""

    target: Target
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    document: Json = ABSENT
    text: bytes | None = None
    """The body where it is not what ``document`` says."""
    service: str | None = None
    """The service, where the way in knows it; None where the headers have to say it, and the region too."""

    @staticmethod
    def of(ask: Ask) -> Wire:
        """Write a request with botocore's serializer."""
        service = service_model(ask.target.service)
        serializer = botocore.serialize.create_serializer(service.metadata["protocol"], include_validation=False)
        written: Mapping[str, Any] = serializer.serialize_to_request(ask.params, model(ask.target))
        body = written["body"]
        return Wire(
            target=ask.target,
            method=written["method"],
            path=written["url_path"],
            query=tuple(_pairs(written["query_string"])),
            headers=written["headers"],
            document=json.loads(body) if body else ABSENT,
            service=ask.target.service,
        )

    def body(self) -> bytes:
        """The body's bytes."""
        if self.text is not None:
            return self.text
        return b"" if self.document is ABSENT else spell(self.document).encode()

    def request(self) -> HttpRequest:
        """The request as a way in hands it over."""
        query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in self.query)
        return HttpRequest(self.method, self.path, query, self.headers, self.body())

    def with_query(self, *pairs: tuple[str, str]) -> Wire:
        """The same request with ``pairs`` in the place of what the query has under their names."""
        names = {name for name, _ in pairs}
        return replace(self, query=(*(pair for pair in self.query if pair[0] not in names), *pairs))


def _pairs(query: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        for item in cast("Sequence[Any]", value if isinstance(value, list) else [value]):
            yield name, str(item)


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


class Raw(str):
    """A piece of JSON text that stands for itself, though JSON may have no such value."""

    __slots__ = ()


class Pairs(tuple[tuple[str, Json], ...]):
    """An object with its members in order, in which a name may come twice."""

    __slots__ = ()


def spell(value: Json) -> str:
    """Write JSON, and what is no JSON where a value asks for it."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ",".join(f"{json.dumps(name)}:{spell(item)}" for name, item in value) + "}"
    if isinstance(value, dict):
        return spell(Pairs(cast("dict[str, Json]", value).items()))
    if isinstance(value, list):
        return "[" + ",".join(spell(item) for item in cast("Sequence[Json]", value)) + "]"
    return json.dumps(value)


# --- answers ----------------------------------------------------------------------------------------------------------


def parse(target: Target, response: HttpResponse) -> Mapping[str, Any]:
    """Read an answer with botocore's parser, as a client does."""
    parser = botocore.parsers.create_parser(service_model(target.service).metadata["protocol"])
    given = {
        "headers": botocore.awsrequest.HeadersDict(dict(response.headers)),
        "status_code": response.status,
        "body": response.body,
    }
    parsed: dict[str, Any] = parser.parse(given, model(target).output_shape)
    if response.status >= 300:
        error = service_model(target.service).shape_for_error_code(parsed["Error"]["Code"])
        if error is not None:
            parsed.update(parser.parse(given, error))
    return parsed


def error_faults(target: Target, response: HttpResponse) -> list[str]:
    """Say how an error is not what the operation models: its name, its status, and the members of its body."""
    code = response.headers.get("x-amzn-ErrorType", "")
    shape = _error_shapes(target).get(code)
    if shape is None:
        return [f"{target} models no {code or 'error without a name'}"]
    faults: list[str] = []
    if response.status != shape.metadata["error"]["httpStatusCode"]:
        faults.append(f"the status of {code} is {response.status}")
    return faults + list(_shape_faults(shape, json.loads(response.body), code))


@cache
def _error_shapes(target: Target) -> Mapping[str, Any]:
    """By name the errors that an operation models.

    Where it has none for a request that is not valid, that is one of the errors which the API reference calls common
    to all actions: DeleteCaseRule alone is so.
    """
    shapes = {shape.error_code: shape for shape in model(target).error_shapes}
    if not shapes.keys() & INVALID:
        shapes |= {
            shape.error_code: shape for shape in service_model(target.service).error_shapes if shape.name in INVALID
        }
    return shapes


def answer_faults(target: Target, response: HttpResponse) -> list[str]:
    """Say how a successful answer is not what the operation models."""
    operation = model(target)
    faults: list[str] = []
    if response.status != operation.http.get("responseCode", 200):
        faults.append(f"the status is {response.status}")
    shape = operation.output_shape
    if shape is None or not shape.members:
        return faults + ([f"a body where none is modelled: {response.body!r}"] if response.body else [])
    return faults + list(_shape_faults(shape, json.loads(response.body), str(target)))


def _shape_faults(shape: Any, value: Json, path: str) -> Iterator[str]:
    """Compare a body with its shape: required members, unions of one, types, known enums, and nothing unmodelled."""
    if not _is_of_kind(shape.type_name, value):
        yield f"{path} is no {shape.type_name}: {value!r}"
    elif shape.type_name == "structure":
        yield from _structure_faults(shape, value, path)
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            yield from _shape_faults(shape.member, item, f"{path}[{index}]")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from _shape_faults(shape.value, item, f"{path}.{key}")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{path} is none of the enum: {value!r}"


def _is_of_kind(kind: str, value: object) -> bool:
    return isinstance(value, _PYTHON[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _structure_faults(shape: Any, value: Mapping[str, Json], path: str) -> Iterator[str]:
    wire_names = {member.serialization.get("name", name): member for name, member in shape.members.items()}
    for name in value.keys() - wire_names.keys():
        yield f"{path}.{name} is not modelled"
    for name in shape.required_members:
        if shape.members[name].serialization.get("name", name) not in value:
            yield f"{path}.{name} is required and missing"
    if is_union(shape) and len(value) != 1:
        yield f"{path} is a union with {len(value)} members"
    for name, item in value.items():
        if name in wire_names:
            yield from _shape_faults(wire_names[name], item, f"{path}.{name}")


_PYTHON: Final[Mapping[str, type | tuple[type, ...]]] = {
    "structure": dict,
    "list": list,
    "map": dict,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "double": (int, float),
    "float": (int, float),
    "timestamp": (int, float, str),
}
