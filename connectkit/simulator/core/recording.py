"""Remembers the requests that came in, so that a test can say which ones it expected."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

__all__ = ["RecordedRequest", "Recording"]

_MOST_REQUESTS = 10_000
_MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """A request for an operation of a simulated service, and how it ended."""

    service: str
    """``connectcases`` or ``connect``."""
    operation: str
    """The API operation, ``SearchCases``."""
    account_id: str
    """Account that it was for."""
    region: str
    """Region that it was for."""
    time: datetime
    """When it came, by the simulator's clock."""
    request_id: str
    """Id that the answer carries."""
    params: Mapping[str, Any] | None
    """What was asked for, by the names of the service model; None when it could not be read."""
    status: int
    """The HTTP status, or 0 when the connection broke before the request had arrived."""
    error: str | None
    """The name of the error, or None for a success."""


class Recording:
    """The latest requests, oldest first: at most 10,000 of them, whose bodies had 16 MiB together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: deque[tuple[RecordedRequest, int]] = deque()
        self._bytes = 0

    def add(self, request: RecordedRequest, *, size: int) -> None:
        """Remember a request, whose body had ``size`` bytes; the oldest are forgotten where it gets too much."""
        with self._lock:
            self._requests.append((request, size))
            self._bytes += size
            while len(self._requests) > _MOST_REQUESTS or (self._bytes > _MOST_BYTES and len(self._requests) > 1):
                _, forgotten = self._requests.popleft()
                self._bytes -= forgotten

    def requests(self, operation: str | None = None) -> Sequence[RecordedRequest]:
        """Give the requests for an operation, or for all of them."""
        with self._lock:
            return [request for request, _ in self._requests if operation in (None, request.operation)]

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._requests.clear()
            self._bytes = 0
