"""Take a response's bytes before botocore parses them.

botocore spends most of a large call in its own parser. Its ``before-parse`` event hands over the raw body; we keep it,
leave an empty one for the parser, and decode the bytes straight into the model afterwards. Errors are left to botocore.

A handler is registered once per client and does something only while one of our own calls is under way in the same
thread, so a client that the caller uses as well behaves as ever.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from typing_extensions import Self

__all__ = ["Capture", "watch"]

_FIRST_ERROR_STATUS = 300
_current: ContextVar[Capture | None] = ContextVar("connectkit_capture", default=None)


class Capture:
    """What passes by while one call of ours is under way: ``with Capture("GetCase") as seen: client.get_case(...)``."""

    __slots__ = ("_token", "body", "operation", "sends")

    def __init__(self, operation: str) -> None:
        self.operation = operation
        self.body: bytes | None = None
        """The successful answer's body; ``None`` where botocore has no such event, or an answer was made up."""
        self.sends = 0
        """How many times the request went out: more than once where the client retries by itself."""

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def watch(client: Any) -> None:
    """Let ``Capture`` see the calls that go through ``client``. Doing it again changes nothing."""
    service = client.meta.service_model.service_id.hyphenize()
    events = client.meta.events
    events.register_first(f"before-send.{service}", _count, unique_id="connectkit-count")
    events.register_last(f"before-parse.{service}", _take, unique_id="connectkit-take")


def _count(**_: Any) -> None:
    seen = _current.get()
    if seen is not None:
        seen.sends += 1


def _take(operation_model: Any, response_dict: dict[str, Any], **_: Any) -> None:
    seen = _current.get()
    if seen is None or seen.operation != operation_model.name or response_dict["status_code"] >= _FIRST_ERROR_STATUS:
        return
    seen.body = response_dict["body"]
    response_dict["body"] = b""
