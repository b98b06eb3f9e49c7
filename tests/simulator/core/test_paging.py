"""Page tokens are short, opaque, and good for the query that gave them out and no other."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, strategies as st

from connectkit.simulator.core.paging import InvalidTokenError, PageTokens, take_page

TOKENS = PageTokens(b"secret")


@given(st.lists(st.one_of(st.integers(), st.booleans(), st.text(max_size=256)), max_size=5), st.text())
def test_a_token_gives_back_its_position(position: list[object], query: str) -> None:
    assert TOKENS.read(TOKENS.write(position, query=query), query=query) == position


@given(st.data())
def test_no_changed_token_is_accepted(data: st.DataObject) -> None:
    token = TOKENS.write([1, "a"], query="q")
    place = data.draw(st.integers(0, len(token) - 1))
    changed = token[:place] + data.draw(st.characters().filter(lambda char: char != token[place])) + token[place + 1 :]
    with pytest.raises(InvalidTokenError):
        TOKENS.read(changed, query="q")


@pytest.mark.parametrize("token", ["", "x", "é", "AAAA", base64.urlsafe_b64encode(b"0" * 40).decode()])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidTokenError):
        TOKENS.read(token, query="q")


def test_a_token_of_another_query_or_another_simulator_is_refused() -> None:
    token = TOKENS.write(1, query="q")
    with pytest.raises(InvalidTokenError):
        TOKENS.read(token, query="other")
    with pytest.raises(InvalidTokenError):
        PageTokens(b"another secret").read(token, query="q")


@given(st.sets(st.integers()), st.integers(1, 7))
def test_pages_put_together_are_the_list(numbers: set[int], size: int) -> None:
    items = sorted(numbers)
    seen: list[int] = []
    after, more = None, True
    while more:
        page, more = take_page(items, key=int, after=after, size=size)
        assert len(page) <= size
        seen += page
        after = page[-1] if page else None
    assert seen == items


def test_a_list_that_changes_meanwhile_neither_repeats_nor_skips_what_stayed() -> None:
    page, _ = take_page([1, 2, 3, 4, 5], key=int, after=None, size=2)
    rest, _ = take_page([2, 3, 4, 5], key=int, after=page[-1], size=9)
    assert rest == [3, 4, 5]
