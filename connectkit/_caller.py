"""What ``ConnectKit`` and the facades make calls with: one request, or all pages of one.

It stands between the transport, which knows nothing of pages, and whoever holds it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import Fault, RequestError, WaitTimeoutError
from .models._operation import Operation, PagedRequest, Paging, Request, Response

if TYPE_CHECKING:
    from ._transport import PlainAnswer, Transport
    from .pagination import Page, Pager
    from .retry import RetryPolicy

__all__ = ["MOST_SHARED", "Caller"]

MOST_SHARED = 200
"""How many domains and instances a kit knows the names of: an account has a handful, but ids may come from anywhere."""

R = TypeVar("R", bound=Response)
T = TypeVar("T")


class Caller:
    """Makes calls, and keeps what facades share. Safe to use from several threads."""

    __slots__ = ("_shared", "_sharing", "_transport", "names_max_age", "retry")

    def __init__(self, transport: Transport, retry: RetryPolicy, *, names_max_age: float | None = None) -> None:
        self._transport = transport
        self.retry: RetryPolicy = retry
        """The policy of the calls; its ``sleep`` and ``clock`` are also what waiting goes by."""
        self.names_max_age: float | None = names_max_age
        """Seconds after which what was read of names is read anew; ``None`` for never."""
        self._shared: dict[Hashable, Any] = {}
        # Making one thing may take another that is shared.
        self._sharing = threading.RLock()

    def shared(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` made when ``key`` was first asked for: what is known of a domain, for all who hold it.

        What nobody has asked for in the longest time is given up where there is too much: whoever holds it keeps it.
        """
        with self._sharing:
            found: T = self._shared.pop(key) if key in self._shared else make()
            self._shared[key] = found  # the last one now
            while len(self._shared) > MOST_SHARED:
                del self._shared[next(iter(self._shared))]
            return found

    def wait(self, happened: Callable[[], T | None], *, what: str, timeout: float, interval: float) -> T:
        """Ask ``happened`` until it gives something.

        The first time at once, then after a twentieth of the interval, and twice as long each time up to ``interval``.

        Args:
            happened: ``None`` for not yet. Whatever it raises ends the waiting.
            what: What is waited for, for the error: ``"domain … to become active"``.
            timeout: Seconds after which it isn't asked any more.
            interval: Most seconds between two times.

        Raises:
            ValueError: a number of seconds is negative.
            WaitTimeoutError: it hasn't happened within ``timeout``.
        """
        for name, seconds in (("timeout", timeout), ("interval", interval)):
            if not seconds >= 0:
                raise ValueError(f"{name} is {seconds}; it is a number of seconds, not negative")
        begun, pause = self.retry.clock(), interval / 20
        while (result := happened()) is None:
            left = begun + timeout - self.retry.clock()
            if left <= 0:
                raise WaitTimeoutError(f"waited {timeout:g} s for {what}; it hasn't happened yet")
            self.retry.sleep(min(pause, left))
            pause = min(2 * pause, interval)
        return result

    def send(self, request: Request[R]) -> R:
        """Make a call; see :meth:`connectkit.ConnectKit.send`."""
        return self._transport.send(request)

    def send_plain(self, request: Request[Any]) -> PlainAnswer:
        """Make a call whose answer is wanted as plain dictionaries, which are quicker to have than models."""
        return self._transport.send_plain(request)

    def check(self, request: Request[Any]) -> None:
        """Refuse a request if sending it would; nothing is sent. For what must not fail after a first step.

        Raises:
            RequestError: with every fault.
        """
        self._transport.check(request)

    def most(self, request: type[Request[Any]], member: str, most: int) -> int:
        """How much of something to send at once: ``most``, or less where the installed boto3 lets less through.

        Args:
            request: The request that it goes into.
            member: Wire name of the member that it goes into.
            most: What the service takes nowadays.
        """
        return min(most, self._transport.most(request, member) or most)

    def paginate(
        self,
        request: PagedRequest[R, T],
        *,
        page_size: int | None = None,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[T, R]:
        """Walk all pages of an operation; see :meth:`connectkit.ConnectKit.paginate`."""
        from .pagination import Page, Pager  # here, like all that not every process needs: a first call should be quick

        operation: Operation | None = getattr(request, "operation", None)
        paging = operation.paging if operation is not None else None
        if operation is None or paging is None:  # for those who don't check types: a PagedRequest always has it
            called = operation.name if operation is not None else type(request).__name__
            raise TypeError(f"paginate takes a request whose answer comes in pages, and that of {called} doesn't")
        response_attribute = _attributes(operation.response)
        items, next_token = response_attribute[paging.items], response_attribute[paging.token_out]
        changes = _changes(request, paging, page_size)

        def fetch(token: str | None) -> Page[T, R]:
            response = self.send(request.model_copy(update={**changes, token_attribute: token}))
            found: list[T] | None = getattr(response, items)
            return Page(list(found or ()), getattr(response, next_token) or None, response)

        token_attribute = _attributes(type(request))[paging.token_in]
        first = start_token if start_token is not None else getattr(request, token_attribute)
        return Pager(fetch, operation=operation.name, limit=limit, start_token=first, prefetch=prefetch)


def _attributes(model: type[Request[Any] | Response]) -> dict[str, str]:
    return {wire: attribute for attribute, wire in model.wire_names().items()}


def _changes(request: PagedRequest[Any, Any], paging: Paging, page_size: int | None) -> dict[str, Any]:
    if page_size is None:
        return {}
    if paging.size is None:
        raise RequestError(
            operation=request.operation.name,
            faults=[Fault("page_size", "this operation's pages have no size to choose")],
        )
    return {_attributes(type(request))[paging.size]: page_size}
