"""Changes of a request that change nothing: what is unknown is ignored, a null is nothing, and spelling is free.

That the services ignore unknown members and take an explicit null for an absent member is what their clients rely on;
the rest is what JSON and URLs say of themselves. Headers other than those that say which service is meant don't count,
nor does the body of an operation that has no members in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from .misfits import places
from .wire import ABSENT, Pairs, Raw, Wire, is_union, model, spell

__all__ = ["harmless"]

Json = Any

_UNKNOWN: Final[tuple[Json, ...]] = (
    None,
    0,
    "x",
    [],
    {"a": [1]},
    Raw("[" * 200 + "]" * 200),
    "x" * 100_000,
    Raw('"\\ud800"'),
)
_TRICKS: Final = (
    ("Action", "DeleteDomain"),
    ("X-Amz-Target", "AmazonConnectCases.DeleteDomain"),
    ("operation", "DeleteDomain"),
    ("Version", "2022-10-03"),
    ("domainid", "nowhere"),
    ("%", "%"),
    ("", ""),
    ("é", "\x00"),
)
_HEADERS: Final = (
    {"Content-Type": "text/plain"},
    {"Content-Type": "application/x-www-form-urlencoded"},
    {"Content-Type": "application/xml; charset=utf-16"},
    {"Content-Encoding": "gzip"},
    {"Transfer-Encoding": "chunked"},
    {"Content-Length": "1"},
    {"Content-Length": "-1"},
    {"X-Amz-Target": "AmazonConnectCases.DeleteDomain"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Accept": "application/xml"},
    {"Accept-Encoding": "br"},
    {"If-None-Match": "*"},
    {"Range": "bytes=0-1"},
    {"Host": "s3.eu-west-1.amazonaws.com"},
    {"X-Forwarded-Host": "é"},
    {"x" * 10_000: "y" * 100_000},
)


def harmless(wire: Wire) -> Iterator[tuple[str, Wire]]:
    """Give requests that mean the same as a valid one, each with a word on how it differs."""
    if wire.document is ABSENT:
        for body in (b"{}", b"[]", b"\xff", b"{", b"x" * 1_000_000):
            yield "a body that nobody reads", replace(wire, text=body)
    else:
        yield from _bodies(wire)
    for pair in _TRICKS:
        yield "an unknown member of the query", replace(wire, query=(*wire.query, pair))
    once = {name for name, member in _query_members(wire) if member.type_name != "list"}
    for name, value in wire.query:
        if name in once:
            yield "a member twice in the query", replace(wire, query=(*wire.query, (name, f"{value}x")))
    for headers in _HEADERS:
        yield "odd headers", replace(wire, headers={**wire.headers, **headers})
    for service, region in (("cases", "us-east-1"), ("connect", "eu-west-1"), ("s3", "nowhere")):
        scope = f"AWS4-HMAC-SHA256 Credential=AKID/20300101/{region}/{service}/aws4_request, Signature=0"
        # The way in knows better than the signature.
        yield "odd headers", replace(wire, headers={**wire.headers, "Authorization": scope, "Host": "localhost"})
    yield "a method in small letters", replace(wire, method=wire.method.lower())
    yield "another spelling of the path", replace(wire, path=_respelt(wire.path))
    yield "another spelling of the path", replace(wire, path=wire.path.removesuffix("/") + "/")


def _query_members(wire: Wire) -> Iterator[tuple[str, Any]]:
    for name, member in model(wire.target).input_shape.members.items():
        if member.serialization.get("location") == "querystring":
            yield member.serialization.get("name", name), member


def _respelt(path: str) -> str:
    """Write the letters of a path as percent signs, and what was written so in small hexadecimals."""
    if "%" in path:
        return path.replace("%3A", "%3a").replace("%2F", "%2f")
    first, _, last = path.rpartition("/")
    return f"{first}/" + "".join(f"%{ord(char):02x}" if char.isalnum() else char for char in last)


def _bodies(wire: Wire) -> Iterator[tuple[str, Wire]]:
    shape = model(wire.target).input_shape
    for place in places(shape, wire.document):
        if place.shape.type_name != "structure":
            continue
        for value in _UNKNOWN:
            if not is_union(place.shape):
                added = Pairs([*place.value.items(), ("someday", value)])
                yield "an unknown member", replace(wire, document=_put(wire.document, place.path, added))
        absent = [name for name in _body_names(place.shape) if name not in place.value]
        if absent:
            nulls = Pairs([*place.value.items(), *((name, None) for name in absent)])
            yield "nulls for what is absent", replace(wire, document=_put(wire.document, place.path, nulls))
        twice = Pairs([*((name, Raw("[[1]]")) for name in place.value), *place.value.items()])
        yield "a name twice, the last of which counts", replace(wire, document=_put(wire.document, place.path, twice))
    document = cast("dict[str, Json]", wire.document)
    yield "members in another order", replace(wire, document=dict(reversed(document.items())))
    parsed = json.loads(spell(document))
    for text in (
        json.dumps(parsed, indent=3),
        json.dumps(parsed, ensure_ascii=False),
        f"\r\n\t {json.dumps(parsed)} \n",
        json.dumps(parsed, separators=(",", ":")),
    ):
        yield "another spelling of the body", replace(wire, text=text.encode())


def _body_names(shape: Any) -> list[str]:
    return [
        member.serialization.get("name", name)
        for name, member in shape.members.items()
        if "location" not in member.serialization
    ]


def _put(document: Json, path: tuple[str | int, ...], value: Json) -> Json:
    """Copy a document with another value in one place."""
    if not path:
        return value
    step, *rest = path
    if isinstance(document, list):
        items = enumerate(cast("Sequence[Json]", document))
        return [_put(item, tuple(rest), value) if index == step else item for index, item in items]
    held = cast("dict[str, Json]", document)
    return {name: _put(item, tuple(rest), value) if name == step else item for name, item in held.items()}
