"""Pages and their tokens.

A token holds the sort key of the last item on its page, so that a list that changes while someone reads it
neither skips nor repeats what stayed. It is signed together with the query, so a token that was changed, or
that belongs to another query or another simulator, is refused. All of this is inferred: to the services' models a
token is opaque.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

__all__ = ["InvalidTokenError", "PageTokens", "fingerprint", "take_page"]

T = TypeVar("T")

_MAC_BYTES = 16
_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


class InvalidTokenError(Exception):
    """A page token that this simulator did not give out for this query."""


class PageTokens:
    """Writes and reads page tokens, signed with ``secret``."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def write(self, position: Any, *, query: str) -> str:
        """Give the token for a position, which is any JSON value, in the query with this fingerprint."""
        payload = _JSON.encode(position).encode()
        return base64.urlsafe_b64encode(self._sign(payload, query) + payload).decode().rstrip("=")

    def read(self, token: str, *, query: str) -> Any:
        """Give the position in a token. Raises InvalidTokenError when it is not one for this query."""
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except ValueError as error:
            raise InvalidTokenError from error
        mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._sign(payload, query)):
            raise InvalidTokenError
        # A decoder that skips foreign characters would take a changed token for the same one.
        if base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
            raise InvalidTokenError
        return json.loads(payload)

    def _sign(self, payload: bytes, query: str) -> bytes:
        return hmac.digest(self._secret, query.encode() + b"\0" + payload, hashlib.sha256)[:_MAC_BYTES]


def fingerprint(*scope: str, params: Mapping[str, Any], without: frozenset[str] = frozenset()) -> str:
    """Give a short text that two calls share only when their scope and their parameters are equal."""
    kept = {name: value for name, value in params.items() if name not in without}
    return hashlib.sha256(_CANONICAL_JSON.encode([scope, kept]).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no fingerprint for a {type(value).__name__}")


# Parameters are trees, which need no check for circles.
_CANONICAL_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain, check_circular=False)


def take_page(
    items: Sequence[T],
    *,
    key: Callable[[T], Any],
    after: Any | None,
    size: int,
) -> tuple[Sequence[T], bool]:
    """Give the items that follow the key ``after``, at most ``size`` of them, and whether more are left.

    ``items`` must be in the order of ``key``, and no two may share one.
    """
    start = 0 if after is None else bisect_right(items, after, key=key)
    return items[start : start + size], len(items) > start + size
