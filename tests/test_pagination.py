"""``Pager``: the same items whichever way they are asked for, no page read that isn't needed, no thread left behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from unittest.mock import ANY

import pytest
from hypothesis import given, strategies as st

from connectkit import Page, Pager, PaginationError
from connectkit.models._operation import Response

WAIT = 5.0


class Book:
    """Pages of numbers under tokens ``"1"``, ``"2"``…, and a note of which were read, by which thread."""

    def __init__(self, layout: list[list[int]], *, last_token: str | None = None) -> None:
        self.layout = layout
        self.last_token = last_token
        self.read: list[str | None] = []
        self.threads: list[str] = []

    def fetch(self, token: str | None) -> Page[int, Response]:
        assert len(self.read) < 1000, "it is read without end"
        self.read.append(token)
        self.threads.append(threading.current_thread().name)
        at = int(token or "0")
        following = str(at + 1) if at + 1 < len(self.layout) else self.last_token
        return Page(list(self.layout[at]), following, Response())

    def pager(
        self, *, limit: int | None = None, start_token: str | None = None, prefetch: bool = False
    ) -> Pager[int, Response]:
        return Pager(self.fetch, operation="ListThings", limit=limit, start_token=start_token, prefetch=prefetch)


def prefetch_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("connectkit-prefetch")]


def read_by_now(book: Book) -> list[str | None]:
    """What was read, once the pages are there that were being read."""
    for thread in prefetch_threads():
        thread.join(WAIT)
    return list(book.read)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    yield
    for thread in prefetch_threads():
        thread.join(WAIT)
    assert prefetch_threads() == []


layouts = st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=8)


@given(layout=layouts, limit=st.none() | st.integers(0, 20), prefetch=st.booleans(), data=st.data())
def test_any_layout_gives_the_items_from_the_token_up_to_the_limit(
    layout: list[list[int]], limit: int | None, *, prefetch: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(layout) - 1))
    token = str(start) if start else None
    every = [item for page in layout[start:] for item in page]
    wanted = every if limit is None else every[:limit]
    book = Book(layout)
    pager = book.pager(limit=limit, start_token=token, prefetch=prefetch)
    assert list(pager) == wanted
    read = read_by_now(book)
    # Each page once, in order, and none after the one that reached the limit.
    needed, count = 0, 0
    for page in layout[start:]:
        if limit is not None and count >= limit:
            break
        needed, count = needed + 1, count + len(page)
    assert read == [token, *(str(at) for at in range(start + 1, len(layout)))][:needed]
    # Again, and in other ways.
    assert list(pager) == wanted
    assert pager.all() == wanted
    assert [item for page in pager.pages() for item in page.items] == wanted


@given(layout=layouts, prefetch=st.booleans())
def test_pages_come_as_they_are_empty_ones_included(layout: list[list[int]], *, prefetch: bool) -> None:
    pages = list(Book(layout).pager(prefetch=prefetch).pages())
    assert [page.items for page in pages] == layout
    assert [page.next_token for page in pages] == [*(str(at) for at in range(1, len(layout))), None]


@given(layout=layouts, prefetch=st.booleans())
def test_first_reads_no_more_than_it_needs(layout: list[list[int]], *, prefetch: bool) -> None:
    book = Book(layout)
    first = book.pager(prefetch=prefetch).first()
    filled = next((at for at, page in enumerate(layout) if page), None)
    assert first == (None if filled is None else layout[filled][0])
    assert len(book.read) == (len(layout) if filled is None else filled + 1)
    assert set(book.threads) == {threading.current_thread().name}


@given(layout=layouts, prefetch=st.booleans(), data=st.data())
def test_a_token_that_comes_again_raises_after_all_that_came(
    layout: list[list[int]], *, prefetch: bool, data: st.DataObject
) -> None:
    again = data.draw(st.integers(1, len(layout)))
    book = Book(layout, last_token=str(again) if again < len(layout) else "1")
    start = None
    if len(layout) == 1:
        start, book.last_token = "0", "0"  # the token that the walk began with
    got: list[int] = []
    with pytest.raises(PaginationError, match="ListThings") as caught:
        got.extend(book.pager(prefetch=prefetch, start_token=start))
    assert got == [item for page in layout for item in page]
    assert len(book.read) == len(layout)
    assert caught.value.operation == "ListThings"
    assert caught.value.pages == len(layout)


def test_nothing_is_read_before_the_pager_is_used() -> None:
    book = Book([[1], [2]])
    pager = book.pager(prefetch=True)
    pages = pager.pages()
    iter(pager)
    assert book.read == []
    assert next(pages).items == [1]


@pytest.mark.parametrize("prefetch", [False, True])
def test_a_limit_of_nothing_reads_nothing(*, prefetch: bool) -> None:
    book = Book([[1], [2]])
    pager = book.pager(limit=0, prefetch=prefetch)
    assert (list(pager), pager.first(), pager.all(), list(pager.pages())) == ([], None, [], [])
    assert book.read == []


@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize(("limit", "pages"), [(1, 1), (2, 1), (3, 2), (4, 4), (5, 4), (6, 4), (7, 5), (8, 5)])
def test_no_page_is_read_after_the_one_that_makes_the_limit_full(limit: int, pages: int, *, prefetch: bool) -> None:
    book = Book([[1, 2], [3], [], [4, 5, 6], [7]])
    assert book.pager(limit=limit, prefetch=prefetch).all() == [1, 2, 3, 4, 5, 6, 7][:limit]
    assert len(read_by_now(book)) == pages


def test_nothing_is_read_ahead_unless_it_is_asked_for() -> None:
    book = Book([[1], [2], [3]])
    assert next(iter(Pager(book.fetch, operation="ListThings"))) == 1
    assert read_by_now(book) == [None]


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="limit is -1"):
        Book([[1]]).pager(limit=-1)


def test_the_last_page_is_cut_and_keeps_its_answer() -> None:
    book = Book([[1, 2, 3], [4, 5, 6]])
    pages = list(book.pager(limit=4).pages())
    assert [page.items for page in pages] == [[1, 2, 3], [4]]
    assert isinstance(pages[-1].response, Response)


def test_without_prefetch_a_page_is_read_when_it_is_reached() -> None:
    book = Book([[1, 2], [3], [4]])
    items = iter(book.pager())
    assert [next(items), next(items)] == [1, 2]
    assert book.read == [None]
    assert next(items) == 3
    assert book.read == [None, "1"]


def test_prefetch_reads_one_page_ahead_in_a_thread_and_no_further() -> None:
    arrived = {str(at): threading.Event() for at in range(1, 4)}
    book = Book([[1], [2], [3], [4]])

    def fetch(token: str | None) -> Page[int, Response]:
        page = book.fetch(token)
        if token:
            arrived[token].set()
        return page

    pages = Pager(fetch, operation="ListThings", prefetch=True).pages()
    assert next(pages).items == [1]
    assert arrived["1"].wait(WAIT)  # read although nobody asked for it yet
    assert not arrived["2"].is_set()
    assert next(pages).items == [2]
    assert arrived["2"].wait(WAIT)
    assert book.read == [None, "1", "2"]
    assert book.threads[0] == threading.current_thread().name
    assert all(name.startswith("connectkit-prefetch") for name in book.threads[1:])
    assert [page.items for page in pages] == [[3], [4]]


def test_closing_early_doesnt_wait_for_the_page_under_way_and_reads_no_more() -> None:
    begun, release = threading.Event(), threading.Event()
    released: list[bool] = []
    book = Book([[1], [2], [3]])

    def fetch(token: str | None) -> Page[int, Response]:
        page = book.fetch(token)
        if token:
            begun.set()
            released.append(release.wait(WAIT))
        return page

    pages = Pager(fetch, operation="ListThings", prefetch=True).pages()
    next(pages)
    assert begun.wait(WAIT)
    pages.close()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue] - a generator's
    assert released == []  # closed while the thread is still held up
    release.set()
    for thread in prefetch_threads():
        thread.join(WAIT)
    assert released == [True]
    assert book.read == [None, "1"]
    assert prefetch_threads() == []


def test_breaking_out_of_a_loop_leaves_no_thread() -> None:
    for _ in range(20):
        for item in Book([[1], [2], [3]]).pager(prefetch=True):
            assert item == 1
            break
    for thread in prefetch_threads():
        thread.join(WAIT)
    assert prefetch_threads() == []


@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_failure_surfaces_after_the_pages_before_it(at: int, *, prefetch: bool) -> None:
    book = Book([[1], [2], [3], [4]])

    def fetch(token: str | None) -> Page[int, Response]:
        if int(token or "0") == at:
            raise ConnectionError(f"page {at}")
        return book.fetch(token)

    got: list[int] = []
    with pytest.raises(ConnectionError, match=f"page {at}"):
        got.extend(Pager(fetch, operation="ListThings", prefetch=prefetch))
    assert got == [1, 2, 3][:at]


def test_a_failed_prefetch_that_nobody_reads_is_nobodys_failure() -> None:
    failed = threading.Event()
    book = Book([[1], [2]])

    def fetch(token: str | None) -> Page[int, Response]:
        if token:
            failed.set()
            raise ConnectionError
        return book.fetch(token)

    pages = Pager(fetch, operation="ListThings", prefetch=True).pages()
    assert next(pages).items == [1]
    assert failed.wait(WAIT)
    pages.close()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue] - a generator's


@pytest.mark.parametrize("prefetch", [False, True])
def test_two_walks_at_once_dont_disturb_each_other(*, prefetch: bool) -> None:
    pager = Book([[1, 2], [3]]).pager(prefetch=prefetch)
    assert list(zip(pager, pager, strict=True)) == [(1, 1), (2, 2), (3, 3)]


def test_an_empty_token_ends_the_walk() -> None:
    book = Book([[1], [2]], last_token="")
    assert book.pager().all() == [1, 2]


def test_prefetch_goes_with_the_context_of_who_reads() -> None:
    request_id: ContextVar[str] = ContextVar("request_id", default="none")
    seen: list[str] = []

    def fetch(token: str | None) -> Page[int]:
        seen.append(request_id.get())
        return Page([1], None if token else "2", Response())

    request_id.set("abc")
    assert Pager(fetch, operation="ListThings", prefetch=True).all() == [1, 1]
    assert seen == ["abc", "abc"]


def test_a_page_that_nobody_waits_for_does_not_keep_the_process_alive() -> None:
    program = """
import threading
from connectkit import Page, Pager
from connectkit.models import Response
begun = threading.Event()
def fetch(token):
    if token:
        begun.set()
        threading.Event().wait()  # an answer that never comes
    return Page([1], "next", Response())
for _ in Pager(fetch, operation="ListThings", prefetch=True):
    begun.wait()
    break
"""
    done = subprocess.run([sys.executable, "-c", program], timeout=30, check=False)  # noqa: S603 - this Python
    assert done.returncode == 0


@pytest.mark.parametrize("prefetch", [False, True])
def test_a_page_that_was_cut_cannot_be_gone_on_from(*, prefetch: bool) -> None:
    book = Book([[1, 2, 3], [4, 5, 6], [7]])
    assert [page.next_token for page in book.pager(limit=4, prefetch=prefetch).pages()] == ["1", None]
    whole = list(book.pager(limit=6, prefetch=prefetch).pages())
    assert whole[-1].next_token is not None
    assert book.pager(start_token=whole[-1].next_token).all() == [7]


# --- pages whose answer is made late, and pages of something else -----------------------------------------------------


class Total(Response):
    """An answer that says how many there are."""

    total: int = 0


def test_an_answer_that_nobody_asks_for_is_never_made() -> None:
    made: list[int] = []

    def read() -> Total:
        made.append(1)
        return Total(total=7)

    page = Page.late([1, 2], "next", read)
    assert (page.items, page.next_token, made) == ([1, 2], "next", [])
    assert (page.response.total, page.response.total, made) == (7, 7, [1])
    assert page == Page([1, 2], "next", Total(total=7))
    assert page != Page([1, 2], None, Total(total=7))
    assert hash(page) == hash(Page([1, 2], "next", Total(total=7)))
    assert repr(page) == "<Page: 2 items, more pages follow>"
    assert repr(Page([1], None, Total())) == "<Page: 1 item>"
    assert page == ANY  # which is asked, since a page can't tell
    assert page != [1, 2]


def test_a_page_that_is_cut_keeps_its_answer_and_has_no_token() -> None:
    page = Page.late([1, 2, 3], "next", lambda: Total(total=7)).cut(2)
    assert (page.items, page.next_token, page.response.total) == ([1, 2], None, 7)


@given(layout=layouts, limit=st.none() | st.integers(0, 20), prefetch=st.booleans())
def test_pages_of_something_else_are_read_as_the_first_ones_are(
    layout: list[list[int]], limit: int | None, *, prefetch: bool
) -> None:
    plain, changed = Book(layout), Book(layout)
    pager = changed.pager(limit=limit, prefetch=prefetch).map(str)
    assert pager.all() == [str(number) for number in plain.pager(limit=limit, prefetch=prefetch)]
    assert changed.read == plain.read
    assert all(page.response == Response() for page in pager.pages())
