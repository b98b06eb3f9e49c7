"""Tables change one record at a time, and a journal can take the changes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from connectkit.simulator.state.table import Address, Change, Index, Journal, Table

from ..helpers import START


@dataclass(frozen=True)
class Item:
    """A record like those of the services."""

    id: str
    sequence: int
    group: str | None = None


def make() -> tuple[Journal, Table[Item], Index[Item]]:
    journal = Journal()
    table: Table[Item] = Table(journal, Address("1", "us-east-1", "item"))
    return journal, table, table.index(lambda item: item.group)


def test_records_are_found_by_id_and_by_what_they_are_indexed_by() -> None:
    _, table, by_group = make()
    first, second = Item("a", 1, "x"), Item("b", 2, "x")
    table.put(first)
    table.put(second)
    table.put(Item("c", 3))
    assert table["a"] is first
    assert list(table) == ["a", "b", "c"]
    assert by_group.of("x") == {"a": first, "b": second}
    table.put(Item("a", 1, "y"))
    assert by_group.of("x") == {"b": second}
    assert table.remove("b") is second
    assert by_group.of("x") == {}


def test_an_index_that_comes_later_knows_what_was_there() -> None:
    _, table, _ = make()
    table.put(Item("a", 1, "x"))
    assert list(table.index(lambda item: item.id.upper()).of("A")) == ["a"]


def test_what_is_rolled_back_never_was() -> None:
    journal, table, by_group = make()
    table.put(Item("a", 1, "x"))
    table.put(Item("b", 2))
    journal.commit(START)
    table.remove("a")
    table.put(Item("b", 2, "x"))
    table.put(Item("c", 3, "x"))
    journal.rollback()
    assert dict(table) == {"a": Item("a", 1, "x"), "b": Item("b", 2)}
    assert list(table) == ["a", "b"]
    assert list(by_group.of("x")) == ["a"]


def test_a_mark_keeps_what_came_before_it() -> None:
    journal, table, _ = make()
    table.put(Item("a", 1))
    mark = journal.mark()
    table.put(Item("b", 2))
    journal.rollback(mark)
    journal.commit(START)
    assert list(table) == ["a"]


def test_listeners_hear_of_what_lasts_only() -> None:
    journal, table, _ = make()
    heard: list[tuple[Any, Any]] = []

    def listen(before: Item | None, after: Item | None, now: datetime) -> None:
        assert now == START
        heard.append((before, after))

    table.on_commit = listen
    table.put(Item("a", 1))
    journal.rollback()
    item = Item("b", 2)
    table.put(item)
    journal.commit(START)
    table.remove("b")
    journal.commit(START)
    assert heard == [(None, item), (item, None)]


def test_changes_that_can_not_be_written_down_are_taken_back() -> None:
    journal, table, _ = make()

    def fail(_: Sequence[Change]) -> None:
        raise OSError

    journal.keep = fail
    table.put(Item("a", 1))
    with pytest.raises(OSError):  # noqa: PT011  # it is this test's own
        journal.commit(START)
    assert dict(table) == {}


def test_what_is_done_together_is_written_down_at_once() -> None:
    journal, table, _ = make()
    written: list[list[str]] = []
    journal.keep = lambda changes: written.append([change.id for change in changes])
    with journal.together(lambda: START):
        table.put(Item("a", 1))
        journal.commit(START)
        table.put(Item("b", 2))
        journal.commit(START)
        assert written == []
    table.put(Item("c", 3))
    journal.commit(START)
    assert written == [["a", "b"], ["c"]]


def test_what_is_done_together_is_taken_back_together() -> None:
    journal, table, by_group = make()
    heard: list[tuple[Any, Any]] = []
    first = Item("a", 1, "x")
    table.put(first)
    table.put(Item("b", 2))
    journal.commit(START)
    table.on_commit = lambda before, after, _: heard.append((before, after))

    def fail_in_the_end() -> None:
        with journal.together(lambda: START):
            table.put(Item("c", 3, "x"))
            table.remove("a")
            journal.commit(START)
            table.put(Item("b", 2, "x"))
            journal.commit(START)
            table.remove("none")

    with pytest.raises(KeyError):
        fail_in_the_end()
    assert dict(table) == {"a": first, "b": Item("b", 2)}
    assert list(table) == ["a", "b"]
    assert dict(by_group.of("x")) == {"a": first}
    # Whoever has heard of a change hears of its opposite.
    assert heard[3:] == [(after, before) for before, after in reversed(heard[:3])]


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["put", "remove", "commit", "rollback"]), st.integers(0, 4), st.sampled_from("xy")),
    max_size=40,
)


@given(ACTIONS)
def test_tables_and_indexes_agree_with_a_plain_dictionary(actions: list[tuple[str, int, str]]) -> None:
    journal, table, by_group = make()
    kept: dict[str, Item] = {}
    now: dict[str, Item] = {}
    for action, number, group in actions:
        identifier = str(number)
        if action == "put":
            now[identifier] = Item(identifier, number, group)
            table.put(now[identifier])
        elif action == "remove" and identifier in now:
            del now[identifier]
            table.remove(identifier)
        elif action == "commit":
            journal.commit(START)
            kept = dict(now)
        elif action == "rollback":
            journal.rollback()
            now = dict(kept)
        assert dict(table) == now
        for name in "xy":
            members = sorted((item for item in now.values() if item.group == name), key=lambda item: item.sequence)
            assert list(by_group.of(name).items()) == [(item.id, item) for item in members]
