"""The two values that cross the border of the simulator: a request that came in, a response that goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["HttpRequest", "HttpResponse"]


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One HTTP request, as a way in received it.

    ``path`` is the raw one, still percent-encoded: an identifier may hold an encoded slash, and only the
    undecoded path tells it from a separator. ``query`` is the raw query string without its question mark.
    """

    method: str
    """The verb, in capitals."""
    path: str
    """Path of the URL, percent-encoded as it came."""
    query: str = ""
    """Query of the URL, as it came."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Headers, under the names that they came with."""
    body: bytes = b""
    """The body."""

    def header(self, name: str) -> str | None:
        """Give the value of the header called ``name`` in any case, or None when the request has none."""
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """One HTTP response, for a way in to hand back: a status, headers and the body's bytes.

    A test may have arranged for it to be late, or for the connection to break; a way in sees to both.
    """

    status: int
    """HTTP status."""
    headers: Mapping[str, str]
    """Headers."""
    body: bytes
    """The body."""
    delay: float = 0.0
    """Seconds to wait before handing it back."""
    lost: bool = False
    """Whether to break the connection instead of handing it back."""
    operation: str | None = None
    """The operation that was asked for, where there is one; not for the client."""
