"""Page tokens that no simulator gave out for the query that they come with."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from .broken import Broken
from .wire import OPERATIONS, Target, Wire, model
from .world import World, ids

__all__ = ["PAGED", "bad_tokens", "elsewhere", "first_token", "only_one", "with_token"]

_CURSORS: Final = ("nextToken", "NextToken")


def _cursor(target: Target) -> Any:
    members = model(target).input_shape.members
    return next((members[name] for name in _CURSORS if name in members), None)


PAGED: Final = tuple(target for target in OPERATIONS if _cursor(target) is not None)
"""Every operation that takes a token."""

_GARBAGE: Final = (
    "x",
    "0",
    "=",
    "====",
    "AAAA",
    "é",
    "\x00",
    " ",
    "null",
    "{}",
    "../../etc/passwd",
    "a" * 4_000,
    "a" * 4_001,
    "a" * 8_999,
    "/" * 100,
    "-_" * 50,
    base64.urlsafe_b64encode(b"0" * 16).decode(),
    base64.urlsafe_b64encode(b"0" * 16 + b"[1]").decode(),
    base64.urlsafe_b64encode(json.dumps({"after": 1}).encode()).decode(),
    base64.b64encode(bytes(range(256))).decode(),
)


def with_token(wire: Wire, token: str) -> Wire:
    """The same request for the page behind a token."""
    cursor = _cursor(wire.target)
    name = cursor.serialization.get("name", next(name for name in _CURSORS if name in _members(wire)))
    if cursor.serialization.get("location") == "querystring":
        return wire.with_query((name, token))
    return replace(wire, document={**wire.document, name: token})


def only_one(wire: Wire) -> Wire:
    """The same query for a page of one."""
    for name in ("maxResults", "MaxResults"):
        if (member := _members(wire).get(name)) is None:
            continue
        if member.serialization.get("location") == "querystring":
            return wire.with_query((member.serialization.get("name", name), "1"))
        return replace(wire, document={**wire.document, name: 1})
    return wire


def _members(wire: Wire) -> Mapping[str, Any]:
    members: Mapping[str, Any] = model(wire.target).input_shape.members
    return members


def first_token(world: World, wire: Wire) -> str | None:
    """Give the token of a query's second page, or None when it has but one."""
    answer = json.loads(world.send(wire).body)
    token: str | None = answer.get("nextToken") or answer.get("NextToken")
    return token


def bad_tokens(wire: Wire, *, mine: str | None, foreign: Iterable[tuple[str, str]]) -> Iterator[Broken]:
    """Break a valid request by its token.

    ``mine`` is a good one for it, and ``foreign`` are good ones for other queries, each after what that is.
    """
    for garbage in _GARBAGE:
        if _fits(wire, garbage):
            yield Broken("a token of garbage", partial(with_token, wire, garbage))
    for whose, token in foreign:
        yield Broken(f"a token of {whose}", partial(with_token, wire, token))
    if mine is None:
        return
    for place in {0, 1, len(mine) // 2, len(mine) - 2, len(mine) - 1}:
        letter = "A" if mine[place] != "A" else "B"
        yield Broken("a tampered token", partial(with_token, wire, mine[:place] + letter + mine[place + 1 :]))
    for changed in (mine[:-1], mine[1:], mine + "A", mine + "=", mine * 2, mine.swapcase(), f" {mine}", f"{mine}\n"):
        yield Broken("a tampered token", partial(with_token, wire, changed))


def _fits(wire: Wire, token: str) -> bool:
    most: int = _cursor(wire.target).metadata.get("max", len(token))
    return len(token) <= most


def elsewhere(wire: Wire) -> Wire:
    """The same request to another domain or instance."""
    got = ids()
    swaps = {got.domain: got.other_domain, got.instance: got.other_instance}
    path = wire.path
    for mine, other in swaps.items():
        path = path.replace(mine, other)
    return replace(wire, path=path)
