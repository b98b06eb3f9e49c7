"""Requests whose outside is wrong: bodies that are no JSON object, paths of nothing, headers that lie."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, Final
from urllib.parse import unquote

from .broken import UNKNOWN, Broken, not_there
from .misfits import with_label
from .wire import ABSENT, INVALID, Wire, model, service_model, spell
from .world import Ids, ids

__all__ = ["envelopes", "operations_at"]

_NO_OBJECTS: Final = ("[]", "[{}]", '"text"', "1", "-0.5", "true", "null", '""', "[" * 10 + "]" * 10)
_NO_JSON: Final = (
    b"{",
    b"}",
    b"{]",
    b"nonsense",
    b"<xml/>",
    b"Action=DeleteDomain&Version=2022-10-03",
    b"{'name': 'x'}",
    b"{name: 1}",
    b'{"name": "x",}',
    b'{"name": "x"} // why',
    b'{"a": 1} {"b": 2}',
    b'{"a": "\t"}',
    b'{"a": "\\x41"}',
    b'{"a": "\\ud8"}',
    b'{"a": undefined}',
    b"\xff\xfe",
    b"\x80",
    b'{"a": "\xc3\x28"}',
    b'{"a": "\xed\xa0\x80"}',
    b'{"a": "\xc0\xaf"}',
    b"\xef\xbb\xbf{}",
    b"\x1f\x8b\x08\x00",
    b"\x00" * 1000,
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"a":[' * 5_000 + b"]}" * 5_000,
    b'{"a": ' + b"9" * 5000 + b"}",
    b'"' + b"x" * 1_000_000,
    # A multipart body, and a length that is one of another protocol's.
    b"--b\r\nContent-Disposition: form-data\r\n\r\n{}\r\n--b--",
    b"2\r\n{}\r\n0\r\n\r\n",
)
_METHODS: Final = (
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "",
    "P\u00d6ST",
    "GET /",
)
# What no resource has as its id. A label can be of any text.
_IDS: Final = (
    "nowhere",
    "a/b",
    "/",
    "..",
    "../..",
    ".",
    "\x00",
    "\n",
    " ",
    "é漢😀",
    "%2F",
    "%",
    "+",
    "*",
    "?maxResults=1",
    "#",
    "&Action=DeleteDomain",
    "x&Action=ListDomains&Version=1",
    "$SAVED",
    ":$SAVED",
    "x:1",
    "::::",
    "arn:aws:connect:us-east-1:aws:view/nothing",
    "arn:aws:cases:us-east-1:123456789012:domain/nowhere",
    "arn:aws:cases:us-east-1:123456789012:domain/nowhere/case/x",
    "'; DROP TABLE cases; --",
    "{{7*7}}",
    "null",
    "0",
    "x" * 100,
)
_RAW_LABELS: Final = ("%", "%z", "%ff", "%2", "%c3%28", "%ed%a0%80", "\ud800", "a%00b", "é", "\x7f", "a b", "%252F")
_SERVICES: Final = ("s3", "execute-api", "Cases", "connectcases")


@cache
def _templates(service: str, count: int) -> Sequence[tuple[str, str, re.Pattern[str]]]:
    """The operations whose paths have so many segments: their name, their method and a pattern of the path."""
    found: list[tuple[str, str, re.Pattern[str]]] = []
    for name in service_model(service).operation_names:
        http = service_model(service).operation_model(name).http
        segments = http["requestUri"].strip("/").split("/")
        if len(segments) == count:
            parts = ["[^/]+" if part.startswith("{") else re.escape(part) for part in segments]
            found.append((name, http["method"], re.compile("/".join(parts))))
    return found


def operations_at(service: str, method: str, path: str) -> set[str]:
    """Give the operations that a method and a raw path may mean, by the templates in botocore's model."""
    segments = path.removeprefix("/").removesuffix("/").split("/")
    if not (templates := _templates(service, len(segments))):
        return set()
    # A slash inside a segment is written so that the templates don't take it for a separator.
    decoded = "/".join(unquote(part).replace("/", "\x01") for part in segments)
    return {
        name for name, its_method, pattern in templates if its_method == method.upper() and pattern.fullmatch(decoded)
    }


def envelopes(wire: Wire) -> Iterator[Broken]:
    """Break what is around the parameters of a valid request."""
    yield from _bodies(wire)
    yield from _labels(wire)
    yield from _paths(wire)
    yield from _headers(wire)


# --- bodies -----------------------------------------------------------------------------------------------------------


def _bodies(wire: Wire) -> Iterator[Broken]:
    """Break the body of an operation that reads one; the others ignore it, as they ignore unknown members."""
    if wire.document is ABSENT:
        return
    text = spell(wire.document).encode()
    for cut in sorted({1, 2, len(text) // 3, len(text) // 2, len(text) - 2, len(text) - 1}):
        if 0 < cut < len(text):
            yield Broken("a truncated body", partial(replace, wire, text=text[:cut]))
    for other in _NO_OBJECTS:
        yield Broken("a body that is no object", partial(replace, wire, text=other.encode()))
    for wrong in _NO_JSON:
        yield Broken("a body that is no JSON", partial(replace, wire, text=wrong))
    yield Broken("a body that is no JSON", partial(replace, wire, text=text + b"]"))
    yield Broken("a body that is no JSON", partial(replace, wire, text=text + text))
    yield Broken("a body that is no JSON", partial(replace, wire, text=b"callback(" + text + b")"))
    yield Broken("a body that is no object", partial(replace, wire, text=b"[" + text + b"]"))
    yield Broken("a body that is no object", partial(replace, wire, text=json.dumps(text.decode()).encode()))
    # Not "utf-16-le": without its mark that of an ASCII text is one with zero bytes.
    for encoding in ("utf-16", "utf-32"):
        yield Broken("a body in another encoding", partial(replace, wire, text=text.decode().encode(encoding)))
    shape = model(wire.target).input_shape
    if any("location" not in shape.members[name].serialization for name in shape.required_members):
        for empty in (b"", b" ", b"\r\n", b"{}", b' {"someday": 1}'):
            yield Broken("an empty body", partial(replace, wire, text=empty), says="is required")


# --- paths ------------------------------------------------------------------------------------------------------------


def _labels(wire: Wire) -> Iterator[Broken]:
    shape = model(wire.target).input_shape
    for name, member in shape.members.items():
        if member.serialization.get("location") != "uri":
            continue
        for text in _IDS:
            yield Broken("an id of nothing", partial(with_label, wire, name, text), not_there())
        for text in _RAW_LABELS:
            yield Broken("an id in odd letters", partial(with_label, wire, name, text, raw=True), not_there())
        for other in _foreign(ids()).get(_label(wire, name), ()):
            yield Broken("an id of another domain or instance", partial(with_label, wire, name, other), not_there())
        yield Broken(
            "an id in other letters", partial(with_label, wire, name, _label(wire, name).swapcase() + "x"), not_there()
        )
        yield from _if_unknown("an empty label", with_label(wire, name, ""))


def _label(wire: Wire, name: str) -> str:
    """Read a label off the path."""
    marked = with_label(wire, name, "\x01").path.split("/")
    return unquote(wire.path.split("/")[marked.index("%01")])


def _foreign(got: Ids) -> Mapping[str, Sequence[str]]:
    """By an id what has the same meaning in another domain or instance, and what does not exist any more."""
    fields = (got.other_field,)
    return {
        got.domain: (got.instance, got.case),
        got.template: (got.other_template, got.case),
        got.layout: (got.other_layout, got.template),
        got.case: (got.other_case, got.template),
        got.closed_case: (got.other_case,),
        got.view: (got.other_view, got.task_template),
        got.task_template: (got.other_task_template, got.view),
        got.instance: (got.domain, got.instance_arn.replace("us-east-1", "eu-west-1")),
        **dict.fromkeys(got.fields.values(), fields),
    }


def _paths(wire: Wire) -> Iterator[Broken]:
    for method in _METHODS:
        yield from _if_unknown("another method", replace(wire, method=method))
    path = wire.path.removesuffix("/")
    segments = path.split("/")
    for odd in (
        "",
        "/",
        "//",
        "*",
        "/..",
        f"{path}/more",
        f"{path}/%2e%2e",
        f"{path}//",
        f"/{path}",
        f"/v1{path}",
        f"{path}.json",
        f"{path};v=1",
        f"{path}?x=1/y",
        f"{path}%3Fx=1",
        f"{path}%2F",
        f"https://cases.us-east-1.amazonaws.com{path}",
        path.replace("/", "\\"),
        path.replace("/", "%2F"),
        path.replace("/", "%2f", 2),
        path.replace("/", "//"),
        path.replace("/", "/./"),
        path.upper(),
        "/".join([*segments[:-1], "", segments[-1]]),
        "/".join(reversed(segments)),
        "/" + "x" * 100_000,
        "/x" * 50_000,
        "/%00/%ff/é/\ud800",
        f"{path}/\ud800",
    ):
        yield from _if_unknown("a path of nothing", replace(wire, path=odd))


def _if_unknown(kind: str, wire: Wire) -> Iterator[Broken]:
    """Give a request unless some operation has its path after all."""
    service = wire.target.service
    if not operations_at(service, wire.method, wire.path):
        yield Broken(kind, lambda: wire, UNKNOWN)


# --- headers ----------------------------------------------------------------------------------------------------------


def _headers(wire: Wire) -> Iterator[Broken]:
    for service in _SERVICES:
        yield Broken("a signature for another service", partial(_signed, wire, service, "us-east-1"), UNKNOWN)
    other = {"connect": "cases", "connectcases": "connect"}[wire.target.service]
    if not operations_at({"cases": "connectcases"}.get(other, other), wire.method, wire.path):
        yield Broken("a signature for another service", partial(_signed, wire, other, "us-east-1"), UNKNOWN)
    for host in ("s3.us-east-1.amazonaws.com", "cases-x.us-east-1.amazonaws.com"):
        yield Broken("a host of another service", partial(replace, wire, service=None, headers={"host": host}), UNKNOWN)
    for endless in ("Credential=" * 6_000, "Credential=a/20300101/" * 3_000, "a" * 100_000, "/" * 50_000):
        headers = {"Authorization": endless, "Host": "s3.us-east-1.amazonaws.com"}
        yield Broken("a header without end", partial(replace, wire, service=None, headers=headers), UNKNOWN)
    if any(name in model(wire.target).input_shape.members for name in ("domainId", "arn")):
        elsewhere = _signed(wire, "cases", "eu-west-1")
        yield Broken("a signature for another region", lambda: elsewhere, INVALID | not_there())
        headers = {**wire.headers, "Host": "cases.eu-west-1.amazonaws.com"}
        yield Broken("a host in another region", partial(replace, wire, service=None, headers=headers), not_there())


def _signed(wire: Wire, service: str, region: str) -> Wire:
    signature: dict[str, Any] = {
        **wire.headers,
        "Host": f"{service[:50]}.{region}.amazonaws.com",
        "Authorization": f"AWS4-HMAC-SHA256 Credential=AKID/20300101/{region}/{service}/aws4_request, Signature=0",
    }
    return replace(wire, service=None, headers=signature)
