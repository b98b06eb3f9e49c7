"""Walking results that come in pages: ``Pager`` and ``Page``."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, cast

from typing_extensions import TypeVar

from .errors import PaginationError
from .models._operation import Response

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Page", "Pager"]

T = TypeVar("T")
U = TypeVar("U")
S = TypeVar("S", bound=Response)

T_co = TypeVar("T_co", covariant=True)
R_co = TypeVar("R_co", bound=Response, covariant=True, default=Response)


class _Late(Generic[R_co]):
    """Stands for an answer that nobody has asked for yet."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[], R_co]) -> None:
        self.read = read


class Page(Generic[T_co, R_co]):
    """One page of a result."""

    __slots__ = ("_items", "_next_token", "_response")

    def __init__(self, items: list[T_co], next_token: str | None, response: R_co) -> None:
        """Make a page of what an answer holds."""
        self._items = items
        self._next_token = next_token
        self._response: R_co | _Late[R_co] = response

    @staticmethod
    def late(items: list[U], next_token: str | None, read: Callable[[], S]) -> Page[U, S]:
        """A page whose whole answer is made by ``read``, and only if somebody asks for it."""
        return Page(items, next_token, cast("S", _Late(read)))

    @property
    def items(self) -> list[T_co]:
        """What is on the page; may be empty although more pages follow."""
        return self._items

    @property
    def next_token(self) -> str | None:
        """Token of the page after; ``None`` on the last one. ``start_token`` takes it."""
        return self._next_token

    @property
    def response(self) -> R_co:
        """The whole answer, for what else it holds (a total count, metadata)."""
        if isinstance(self._response, _Late):
            self._response = self._response.read()
        return self._response

    def cut(self, length: int) -> Page[T_co, R_co]:
        """The first items of it. Going on with its token would skip the others, so it has none."""
        return Page.late(self._items[:length], None, lambda: self.response)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Page):
            return NotImplemented
        mine: tuple[object, ...] = (self.items, self.next_token, self.response)
        return mine == (other.items, other.next_token, other.response)  # pyright: ignore[reportUnknownMemberType] - a page of anything

    def __hash__(self) -> int:
        return hash((len(self._items), self._next_token))

    def __repr__(self) -> str:
        more = ", more pages follow" if self._next_token else ""
        return f"<Page: {len(self._items)} {'item' if len(self._items) == 1 else 'items'}{more}>"


class Pager(Generic[T_co, R_co]):
    """A result in pages, read as it is used. Each iteration starts from the beginning and asks anew.

    ::

        for case in pager: ...            # item by item
        for page in pager.pages(): ...    # page by page
        pager.first()                     # the first item, or None
        pager.all()                       # a list of everything
    """

    def __init__(
        self,
        fetch: Callable[[str | None], Page[T_co, R_co]],
        *,
        operation: str,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> None:
        """Make a pager over ``fetch``, which reads the page that a token opens (``None`` for the first).

        Args:
            fetch: Reads one page.
            operation: Name for errors.
            limit: Most items over all pages.
            start_token: Token of the page to begin with.
            prefetch: Read the next page in a thread while the current one is being used.

        Raises:
            ValueError: ``limit`` is negative.
        """
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit}; it is a number of items, not negative")
        self._fetch = fetch
        self._operation = operation
        self._limit = limit
        self._start_token = start_token
        self._prefetch = prefetch

    def __iter__(self) -> Iterator[T_co]:
        for page in self.pages():
            yield from page.items

    def __repr__(self) -> str:
        return f"<Pager of {self._operation}>"

    def pages(self) -> Iterator[Page[T_co, R_co]]:
        """The pages, each read when it is reached; with a ``limit``, the last one is cut to fit.

        A page that was cut has no ``next_token``: going on with it would skip what was cut off.

        Raises:
            PaginationError: a token came twice.
            ConnectKitError: whatever a call raises.
        """
        if self._limit == 0:
            return
        left = self._limit
        for page in self._ahead() if self._prefetch else self._one_by_one():
            if left is not None and len(page.items) >= left:
                yield page.cut(left) if len(page.items) > left else page
                return
            yield page
            left = None if left is None else left - len(page.items)

    def first(self) -> T_co | None:
        """The first item, or ``None`` if there is none. Reads pages until one has an item."""
        if self._limit == 0:
            return None
        return next((page.items[0] for page in self._one_by_one() if page.items), None)

    def all(self) -> list[T_co]:
        """Every item, in one list. Mind the size: ``limit`` bounds it."""
        return list(self)

    def map(self, change: Callable[[T_co], U]) -> Pager[U, R_co]:
        """The same pages, with ``change`` made of each item."""
        return self.map_pages(lambda items: [change(item) for item in items])

    def map_pages(self, change: Callable[[Sequence[T_co]], list[U]]) -> Pager[U, R_co]:
        """The same pages, with ``change`` made of all items of a page at once: where it looks something up for them."""

        def fetch(token: str | None) -> Page[U, R_co]:
            page = self._fetch(token)
            return Page.late(change(page.items), page.next_token, lambda: page.response)

        return Pager(
            fetch,
            operation=self._operation,
            limit=self._limit,
            start_token=self._start_token,
            prefetch=self._prefetch,
        )

    def _one_by_one(self) -> Iterator[Page[T_co, R_co]]:
        tokens = _Tokens(self._operation, self._start_token)
        page = self._fetch(self._start_token)
        while True:
            yield page
            if not page.next_token:
                return
            tokens.use(page.next_token)
            page = self._fetch(page.next_token)

    def _ahead(self) -> Iterator[Page[T_co, R_co]]:
        tokens = _Tokens(self._operation, self._start_token)
        page, read = self._fetch(self._start_token), 0
        while True:
            read += len(page.items)
            enough = self._limit is not None and read >= self._limit
            if not page.next_token or enough or tokens.seen(page.next_token):
                yield page
                if not page.next_token or enough:
                    return
            tokens.use(page.next_token)
            coming = _in_a_thread(self._fetch, page.next_token)
            yield page
            page = coming.result()


def _in_a_thread(function: Callable[[str], T], argument: str) -> Future[T]:
    """Call ``function`` in a thread that doesn't keep the process alive, for nobody may want its result."""
    from concurrent.futures import Future
    from contextvars import copy_context

    future: Future[T] = Future()
    # The caller's context goes along: a tracer finds the span that a page belongs to there.
    context = copy_context()

    def run() -> None:
        try:
            result = context.run(function, argument)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to who asks for the result
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=run, name="connectkit-prefetch", daemon=True).start()
    # Gives the interpreter over, so that the request is on its way before the caller goes back to work: one that works
    # in Python would otherwise keep the thread waiting for five milliseconds, time and again.
    time.sleep(0)
    return future


class _Tokens:
    """Notices a token that comes twice, whichever pages lie between."""

    def __init__(self, operation: str, first: str | None) -> None:
        self._operation = operation
        # A hash is enough, and keeps a walk over 100,000 pages small: tokens can be thousands of characters long.
        self._used = {hash(first)} if first else set[int]()
        self._pages = 0

    def seen(self, token: str) -> bool:
        return hash(token) in self._used

    def use(self, token: str) -> None:
        self._pages += 1
        if self.seen(token):
            raise PaginationError(operation=self._operation, pages=self._pages)
        self._used.add(hash(token))
