"""Slips in filters that a type checker has to notice, each announced in its comments as in ``mistakes.py``.

A comparison by a sign can't be refused by itself, for everything has an ``==`` in Python: with a value of the wrong
type its type is ``bool``, and that is an error as soon as it is used as a filter.
"""

from collections.abc import Iterable
from datetime import date, datetime

import connectkit
from connectkit import AnyRef, F, Filter, all_of, any_of


def use(_: object) -> None: ...
def search(_: Filter) -> None: ...


def operators_that_the_field_has_not() -> None:
    use(F.number("n").contains("x"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.datetime("d").contains("2030"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.status.contains("open"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.status.gt("a"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.title.between("a", "b"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.created_by.contains("Ana"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.boolean("b").lt(True))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.tag("team").is_empty())  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.tag("team").contains("leg"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


def values_of_the_wrong_type(day: date, texts: list[str]) -> None:
    F.text("t").eq(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.text("t").contains(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.number("n").eq("3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.number("n").between(1, "5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.number("n").one_of(1, "2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.boolean("b").eq("yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.boolean("b").eq(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.created_datetime.lt("2030-01-01T12:00:00Z")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.created_datetime.lt(day)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.status.one_of("open", 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.status.one_of(texts)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.status.eq(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.created_by.eq(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.tag("team").eq(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    F.text(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AnyRef("f", "Text").eq(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def signs_for_order(moment: datetime) -> None:
    use(F.status > "a")  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(F.title < "a")  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(F.boolean("b") >= True)  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(F.number("n") < "5")  # type: ignore[arg-type]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(F.number("n") > moment)  # type: ignore[arg-type]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(F.created_datetime < 5)  # type: ignore[arg-type]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]


def signs_for_equality() -> None:
    search(F.number("n") == "5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    search(F.title == 5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    search(F.title != None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # noqa: E711
    search(F.created_datetime == "2030-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    search(F.boolean("b") == "yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    use((F.title == 5) & F.status.eq("open"))  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]


def combinations(one: Filter, texts: Iterable[str]) -> None:
    use(one & "x")  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(one | F.title)  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(~F.status)  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    use(F.status & one == "x")  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownArgumentType]
    all_of(one, "x")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    any_of(texts)  # type: ignore[arg-type]  # pyright: ignore[reportCallIssue, reportArgumentType]
    one.matches("x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Filter.from_wire([])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def truth(one: Filter, other: Filter) -> None:
    # Each checker sees what the other doesn't; at run time all of it is refused.
    use(one and other)  # type: ignore[unreachable]
    use(not one)  # pyright: ignore[reportGeneralTypeIssues]
    use(1 if one else 2)  # pyright: ignore[reportGeneralTypeIssues]


def names() -> None:
    use(F.stauts)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.date("d"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(F.status.equals("open"))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(connectkit.Filters)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


def nothing_changes(one: Filter) -> None:
    one.node = one.node  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    F.title.id = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    F.status = F.case_reason  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
