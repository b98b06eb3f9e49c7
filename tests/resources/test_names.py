"""Ids by name: one reading for all, another for a name that may have come since."""

from __future__ import annotations

import threading

import pytest

from connectkit import RetryPolicy, UnknownNameError
from connectkit._caller import Caller
from connectkit.resources._names import Names, is_uuid, nearest

from ..transport.support import Time

UUID = "11111111-1111-1111-1111-111111111111"


def caller(time: Time, names_max_age: float | None = 300) -> Caller:
    transport: object = None  # names are read by what they are given
    policy = RetryPolicy(sleep=time.sleep, clock=time.clock)
    return Caller(transport, policy, names_max_age=names_max_age)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


class Source:
    """Pairs of name and id, and how often they were read."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = list(pairs)
        self.readings = 0
        self.time = Time()

    def read(self) -> list[tuple[str, str]]:
        self.readings += 1
        return list(self.pairs)

    def names(self) -> Names:
        return Names(caller(self.time), "template", "domain d", self.read)


def test_all_names_are_read_once() -> None:
    source = Source(("Refund", "r"), ("Return", "t"))
    names = source.names()
    assert [names.id("Refund"), names.id("Return"), names.id("Refund")] == ["r", "t", "r"]
    assert source.readings == 1


def test_names_are_read_anew_once_they_are_old_and_kept_until_then() -> None:
    source = Source(("Refund", "r"))
    names = source.names()
    assert names.id("Refund") == "r"
    source.pairs = [("Refund", "another")]
    source.time.sleep(300)
    assert (names.id("Refund"), source.readings) == ("r", 1)
    source.time.sleep(1)
    assert (names.id("Refund"), names.id("Refund"), source.readings) == ("another", "another", 2)
    source.time.sleep(300)
    assert (names.id("Refund"), source.readings) == ("another", 2)


def test_names_are_kept_for_good_where_that_is_wanted() -> None:
    source = Source(("Refund", "r"))
    names = Names(caller(source.time, None), "template", "domain d", source.read)
    assert names.id("Refund") == "r"
    source.time.sleep(1_000_000)
    assert (names.id("Refund"), source.readings) == ("r", 1)


def test_an_id_is_not_looked_for() -> None:
    source = Source()
    assert source.names().id(UUID) == UUID
    assert source.readings == 0


def test_a_name_that_has_come_since_is_found() -> None:
    source = Source(("Refund", "r"))
    names = source.names()
    names.id("Refund")
    source.pairs.append(("Return", "t"))
    assert names.id("Return") == "t"
    assert source.readings == 2


def test_a_name_that_is_not_there_costs_one_more_reading_and_says_what_is_near() -> None:
    source = Source(("Refund", "r"), ("Return", "t"))
    names = source.names()
    names.id("Refund")
    with pytest.raises(UnknownNameError) as caught:
        names.id("refnd")
    assert str(caught.value) == "there is no template 'refnd' in domain d; did you mean 'Refund'?"
    assert isinstance(caught.value, KeyError)
    assert names.find("refnd") is None
    assert source.readings == 3


def test_a_name_that_several_have_is_refused_with_their_ids() -> None:
    names = Source(("Refund", "r1"), ("Refund", "r2")).names()
    with pytest.raises(UnknownNameError, match=r"several templates in domain d are called 'Refund'.*'r1', 'r2'"):
        names.id("Refund")


def test_what_is_forgotten_is_read_anew() -> None:
    source = Source(("Refund", "r"))
    names = source.names()
    names.id("Refund")
    source.pairs = [("Refund", "r2")]
    names.forget()
    assert names.id("Refund") == "r2"


def test_threads_that_need_names_at_once_share_one_reading() -> None:
    source, start = Source(("Refund", "r")), threading.Barrier(8)
    names, found = source.names(), list[str]()

    def look() -> None:
        start.wait()
        found.append(names.id("Refund"))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["r"] * 8
    assert source.readings == 1


def test_ids_are_told_from_names() -> None:
    assert is_uuid(UUID)
    assert not any(map(is_uuid, ("Refund", "", UUID[:-1], f"{UUID}0", UUID.replace("-", ""))))


def test_near_is_what_looks_alike_or_begins_alike() -> None:
    assert nearest("prio", ["Amount", "Priority", "Private"]) == ("Priority",)
    assert nearest("AMOUNT", ["Amount", "Priority"]) == ("Amount",)
    assert nearest("", ["Amount"]) == ()
