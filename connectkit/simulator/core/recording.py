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


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """A request for an operation of a simulated service, and how it ended."""

    service: str
    """``connectcases`` or ``connect``."""
    operation: str
    account_id: str
    region: str
    time: datetime
    request_id: str
    params: Mapping[str, Any] | None
    """What was asked for, by the names of the service model; None when it could not be read."""
    status: int
    """The HTTP status, or 0 when the connection broke before the request had arrived."""
    error: str | None
    """The name of the error, or None for a success."""


class Recording:
    """The latest requests, oldest first; at most 10,000 of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: deque[RecordedRequest] = deque(maxlen=_MOST_REQUESTS)

    def add(self, request: RecordedRequest) -> None:
        """Remember a request."""
        with self._lock:
            self._requests.append(request)

    def requests(self, operation: str | None = None) -> Sequence[RecordedRequest]:
        """Give the requests for an operation, or for all of them."""
        with self._lock:
            return [request for request in self._requests if operation in (None, request.operation)]

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._requests.clear()
