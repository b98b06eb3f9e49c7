"""What a search can see: changes after the delay, each case once, and the words of its values."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from connectkit.simulator.state import search_index
from connectkit.simulator.state.cases import Case, Value, words_of
from connectkit.simulator.state.columns import Columns
from connectkit.simulator.state.search_index import SearchIndex
from connectkit.simulator.state.settings import Delays, Quotas, Settings

from ..helpers import START

SECOND = timedelta(seconds=1)


def make_case(name: str, *texts: str, sequence: int = 1, **tags: str) -> Case:
    """Give a case with some texts as its values."""
    return Case(
        id=name,
        arn=name,
        sequence=sequence,
        created=START,
        modified=START,
        tags=tags,
        template_id="t",
        values={str(number): Value("stringValue", text, text) for number, text in enumerate(texts)},
    )


def test_changes_since_a_revision_are_told_once_for_each_case() -> None:
    index = SearchIndex(Settings(Quotas(), Delays()))
    one, two, three = (make_case("one", text) for text in ("a", "b", "c"))
    gone, new = make_case("gone"), make_case("new")
    index.changed(None, one, START)
    index.changed(None, gone, START)
    revision = index.revision
    assert index.since(revision) == []
    index.changed(one, two, START)
    index.changed(gone, None, START)
    index.changed(None, new, START)
    index.changed(two, three, START)
    assert index.since(revision) == [(one, three), (gone, None), (None, new)]
    assert index.since(index.revision - 1) == [(two, three)]


def test_what_is_too_long_ago_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_LONGEST_LOG", 3)
    index = SearchIndex(Settings(Quotas(), Delays()))
    for number in range(5):
        index.changed(None, make_case(str(number)), START)
    changes = index.since(index.revision - 3)
    assert changes is not None
    assert [change.after and change.after.id for change in changes] == ["2", "3", "4"]
    assert index.since(index.revision - 4) is None


def test_what_is_delayed_is_seen_when_it_is_due() -> None:
    index = SearchIndex(Settings(Quotas(), Delays(search_index=SECOND)))
    index.changed(None, make_case("one"), START)
    index.changed(None, make_case("two"), START + SECOND / 2)
    index.catch_up(START + SECOND / 2)
    assert len(index.columns) == 0
    index.catch_up(START + SECOND)
    assert len(index.columns) == 1
    index.changed(None, make_case("three"), START + 2 * SECOND)
    assert len(index.columns) == 2


@given(st.lists(st.text(), max_size=4))
def test_the_words_of_a_case_are_those_that_a_search_term_is_read_into(texts: list[str]) -> None:
    columns: Columns[Case] = Columns()
    columns.put(make_case("one", *texts))
    (place,) = columns
    assert set(columns.texts[place].split()) == words_of(" ".join(texts))


def test_every_character_is_part_of_a_word_or_not_as_in_a_search_term() -> None:
    # Surrogates are no text, and casefold() may write one character as several.
    everything = " ".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    columns: Columns[Case] = Columns()
    columns.put(make_case("one", everything))
    (place,) = columns
    assert set(columns.texts[place].split()) == words_of(everything)


def test_a_place_that_came_free_keeps_nothing_of_the_case_before() -> None:
    columns: Columns[Case] = Columns()
    columns.put(make_case("one", "a", "b", team="legal"))
    columns.put(make_case("two", "c"))
    assert columns.remove("nobody") is None
    removed = columns.remove("one")
    assert removed is not None
    columns.put(make_case("three", "d", sequence=3))
    assert columns.place("three") == 0
    assert list(columns.keys("0")) == ["d", "c"]
    assert list(columns.keys("1")) == [None, None]
    assert list(columns.tags("team")) == [None, None]
    assert list(columns.sequences) == [3, 1]
    assert list(columns) == [1, 0]


def test_a_version_of_a_case_keeps_nothing_of_the_one_before() -> None:
    columns: Columns[Case] = Columns()
    first, second = make_case("one", "a", "b", team="legal", city="Oslo"), make_case("one", "c", city="Rome")
    assert columns.put(first) is None
    assert columns.put(second) is first
    assert [list(columns.keys(field_id)) for field_id in ("0", "1")] == [["c"], [None]]
    assert [list(columns.tags(key)) for key in ("team", "city")] == [[None], ["Rome"]]
    assert list(columns.cases) == [second]
