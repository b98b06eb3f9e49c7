"""Take a response's bytes before botocore parses them.

botocore spends most of a large call in its own parser. Its ``before-parse`` event hands over the raw body; we keep it,
leave an empty one for the parser, and decode the bytes straight into the model afterwards. Errors are left to botocore,
after mending what it would trip over.

Handlers are registered once per client and do something only while one of our own calls is under way in the same
thread, so a client that the caller uses as well behaves as ever, in an event handler of the caller's too.
"""

from __future__ import annotations

import json
import math
from contextvars import ContextVar
from typing import Any

from typing_extensions import Self

from .retry_after import seconds_asked

__all__ = ["Capture", "watch"]

_FIRST_ERROR_STATUS = 300
_current: ContextVar[Capture | None] = ContextVar("connectkit_capture", default=None)


class Capture:
    """What passes by while one call of ours is under way: ``with Capture() as seen: client.get_case(...)``."""

    __slots__ = ("_token", "body", "depth", "retry_after", "sends")

    def __init__(self) -> None:
        self.body: bytes | None = None
        """The successful answer's body; ``None`` where botocore has no such event, or an answer was made up."""
        self.sends = 0
        """How many times the request went out: more than once where the client retries by itself."""
        self.retry_after: float | None = None
        """Seconds that the last answer asked to wait, if it did."""
        self.depth = 0
        """How many calls of the client are under way: ours is the outermost."""

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def watch(client: Any) -> None:
    """Let ``Capture`` see the calls that go through ``client``. Doing it again changes nothing."""
    service = client.meta.service_model.service_id.hyphenize()
    events = client.meta.events
    events.register_first(f"provide-client-params.{service}", _begin, unique_id="connectkit-begin")
    events.register_first(f"before-send.{service}", _count, unique_id="connectkit-count")
    events.register_last(f"before-parse.{service}", _take, unique_id="connectkit-take")
    events.register_last(f"after-call.{service}", _end, unique_id="connectkit-end")
    events.register_last(f"after-call-error.{service}", _end, unique_id="connectkit-end-error")


def _begin(**_: Any) -> None:
    seen = _current.get()
    if seen is not None:
        seen.depth += 1


def _end(**_: Any) -> None:
    seen = _current.get()
    if seen is not None:
        seen.depth -= 1


def _ours() -> Capture | None:
    """What is to be captured, if it is our own call that an event is about."""
    seen = _current.get()
    return seen if seen is not None and seen.depth == 1 else None


def _count(**_: Any) -> None:
    seen = _ours()
    if seen is not None:
        seen.sends += 1


def _take(response_dict: dict[str, Any], **_: Any) -> None:
    seen = _ours()
    if seen is None:
        return
    if response_dict["status_code"] >= _FIRST_ERROR_STATUS:
        seen.retry_after = _mend(response_dict)
        return
    seen.body = response_dict["body"]
    response_dict["body"] = b""


def _mend(response_dict: dict[str, Any]) -> float | None:
    """Leave nothing in an error that botocore's parser fails on, so that it is reported as the error it is.

    Returns the seconds that it asks to wait, for the header may lose in the mending.
    """
    try:
        readable = isinstance(json.loads(response_dict["body"] or b"{}"), dict)
    except ValueError:
        readable = True  # botocore takes what isn't JSON for the message
    if not readable:
        response_dict["body"] = b"{}"
    headers = response_dict["headers"]
    told = headers.get("Retry-After")
    if told is None:
        return None
    seconds = seconds_asked(told)
    if not str(told).isdecimal():
        # botocore wants a whole number of seconds; HTTP allows a date as well.
        del headers["Retry-After"]
        if seconds is not None:
            headers["Retry-After"] = str(math.ceil(seconds))
    return seconds
