"""What a search keeps between pages is what it would find anew, whatever was written meanwhile."""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st

from connectkit.simulator.cases.search import Search
from connectkit.simulator.cases.values import read_value
from connectkit.simulator.state import search_index
from connectkit.simulator.state.cases import Case, Field
from connectkit.simulator.state.domains import Domain
from connectkit.simulator.state.settings import Delays, Quotas, Settings
from connectkit.simulator.state.table import Address, Journal, Table

from ..helpers import START

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Few values for each, so that many cases share one and every comparison is true of some. Two texts differ only past
# the 256th character, where a sort no longer looks.
LONG = "x" * 256
VALUES: dict[str, list[dict[str, Any]]] = {
    "Text": [{"stringValue": text} for text in ("", "Parcel lost", "parcel LOST.", "Straße", LONG + "a", LONG + "b")],
    "Number": [{"doubleValue": number} for number in (-1.5, 0.0, 2.0, 1e300)],
    "Boolean": [{"booleanValue": flag} for flag in (True, False)],
    "DateTime": [
        {"stringValue": text} for text in ("2030-01-01T00:00:00Z", "2030-01-01T00:00:00.5+01:00", "1999-01-01T00:00")
    ],
    "SingleSelect": [{"stringValue": text} for text in ("open", "closed")],
    "Url": [{"stringValue": text} for text in ("https://example.com/Lost", "https://example.com/")],
    "User": [{"userArnValue": text} for text in ("arn:aws:connect:::a", "arn:aws:connect:::b")],
}
EMPTY: dict[str, Any] = {"emptyValue": {}}
ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "greaterThan": lambda one, other: one > other,
    "greaterThanOrEqualTo": lambda one, other: one >= other,
    "lessThan": lambda one, other: one < other,
    "lessThanOrEqualTo": lambda one, other: one <= other,
}
TAGS = ("legal", "refunds")
WORDS = ("lost", "PARCEL", "strasse", "example com", "0", "5", "nowhere")

Row = dict[str, dict[str, Any]]


class World:
    """A domain with a field of each type, whose cases are written past the service's own rules."""

    def __init__(self, delay: timedelta) -> None:
        self.now = START
        self.journal = Journal()
        infos: Table[Any] = Table(self.journal, Address("123456789012", "us-east-1", "domain"))
        self.domain = Domain(infos, "d", self.journal, Settings(Quotas(), Delays(search_index=delay)))
        for number, kind in enumerate(VALUES):
            self.domain.fields.put(
                Field(
                    id=kind,
                    arn=f"arn/{kind}",
                    sequence=number,
                    created=START,
                    modified=START,
                    name=kind,
                    type=kind,
                    namespace="Custom",
                )
            )
        self.sequence = len(VALUES)
        self.delay = delay
        self.pending: list[tuple[Any, str, Case | None]] = []
        self.visible: dict[str, Case] = {}

    def put(self, name: str, row: Row, tag: str | None) -> None:
        """Make or change a case."""
        before = self.domain.cases.get(name)
        self.sequence += 1
        values = {kind: read_value(self.domain.fields[kind], union, where="") for kind, union in row.items()}
        case = Case(
            id=name,
            arn=f"arn/{name}",
            sequence=self.sequence if before is None else before.sequence,
            created=START,
            modified=START,
            tags={} if tag is None else {"team": tag},
            template_id="t",
            values={kind: value for kind, value in values.items() if value is not None},
        )
        self.domain.cases.put(case)
        self._commit(name, case)

    def remove(self, name: str) -> None:
        """Delete a case, if it is there."""
        if name in self.domain.cases:
            self.domain.cases.remove(name)
            self._commit(name, None)

    def _commit(self, name: str, after: Case | None) -> None:
        self.now += timedelta(milliseconds=1)
        self.journal.commit(self.now)
        self.pending.append((self.now + self.delay, name, after))

    def cases(self) -> list[Case]:
        """Give the cases that a search should see, kept apart from the index."""
        while self.pending and self.pending[0][0] <= self.now:
            _, name, after = self.pending.pop(0)
            if after is None:
                self.visible.pop(name, None)
            else:
                self.visible[name] = after
        return list(self.visible.values())

    def ask(self, params: Mapping[str, Any]) -> list[str]:
        """Search, keeping what is found for the next time."""
        index = self.domain.search_index
        index.catch_up(self.now)
        return [case.id for case in index.results(repr(params), lambda: Search(self.domain, params)).cases]


# ---- the same search, as plainly as it can be said -----------------------------------------------------------------


def passes(case: Case, wire: Mapping[str, Any]) -> bool:
    """Say whether a case passes a filter."""
    ((member, content),) = wire.items()
    match member:
        case "not":
            return not passes(case, content)
        case "andAll":
            return all(passes(case, term) for term in content)
        case "orAll":
            return any(passes(case, term) for term in content)
        case "tag":
            return bool(case.tags.get(content["equalTo"]["key"]) == content["equalTo"]["value"])
        case _:
            return has_value(case, content)


def has_value(case: Case, wire: Mapping[str, Any]) -> bool:
    """Say whether a case has such a value of a field."""
    ((comparison, operand),) = wire.items()
    found = case.values.get(operand["id"])
    if found is None or operand["value"] == EMPTY:
        return found is None and operand["value"] == EMPTY
    wanted = key_of(operand["id"], operand["value"])
    if comparison == "contains":
        return wanted.casefold() in str(found.wire).casefold()
    return found.key == wanted if comparison == "equalTo" else ORDERINGS[comparison](found.key, wanted)


def key_of(kind: str, union: dict[str, Any]) -> Any:
    """Give what a value is compared by."""
    field = Field(id=kind, arn="", sequence=0, created=START, modified=START, name="", type=kind, namespace="Custom")
    value = read_value(field, union, where="")
    assert value is not None
    return value.key


def has_words(case: Case, term: str) -> bool:
    """Say whether a case has every word of a term."""

    def words(text: str) -> set[str]:
        return set("".join(char if char.isalnum() or char == "_" else " " for char in text.casefold()).split())

    return words(term) <= set().union(*(words(str(value.wire)) for value in case.values.values()))


def compare(one: Case, other: Case, sorts: Sequence[Mapping[str, str]]) -> int:
    """Say which of two cases comes first."""
    for sort in sorts:
        left, right = one.values.get(sort["fieldId"]), other.values.get(sort["fieldId"])
        if left is None or right is None:
            if left is not right:
                return 1 if left is None else -1
            continue
        keys: list[Any] = [value.key[:256] if isinstance(value.key, str) else value.key for value in (left, right)]
        if keys[0] != keys[1]:
            return (1 if keys[0] > keys[1] else -1) * (1 if sort["sortOrder"] == "Asc" else -1)
    return other.sequence - one.sequence


def found_anew(cases: list[Case], params: Mapping[str, Any]) -> list[str]:
    """Give the ids that a search should find, in order."""
    kept = [
        case
        for case in cases
        if ("filter" not in params or passes(case, params["filter"])) and has_words(case, params.get("searchTerm", ""))
    ]

    def order(one: Case, other: Case) -> int:
        return compare(one, other, params["sorts"])

    return [case.id for case in sorted(kept, key=functools.cmp_to_key(order))]


# ---- what may happen -----------------------------------------------------------------------------------------------


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a filter on one field or tag."""
    kind = draw(st.sampled_from([*VALUES, "tag"]))
    if kind == "tag":
        return {"tag": {"equalTo": {"key": "team", "value": draw(st.sampled_from(TAGS))}}}
    comparisons = ["equalTo"]
    comparisons += ["contains"] if kind in {"Text", "Url"} else []
    comparisons += list(ORDERINGS) if kind in {"Number", "DateTime"} else []
    comparison = draw(st.sampled_from(comparisons))
    values = [*VALUES[kind], EMPTY] if comparison == "equalTo" else VALUES[kind]
    return {"field": {comparison: {"id": kind, "value": draw(st.sampled_from(values))}}}


def nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Put filters together to larger ones."""
    several = st.lists(inner, max_size=4)
    return st.one_of(
        inner.map(lambda term: {"not": term}),
        several.map(lambda found: {"andAll": found}),
        several.map(lambda found: {"orAll": found}),
    )


FILTERS = st.recursive(terms(), nested, max_leaves=8)
SORTS = st.lists(
    st.fixed_dictionaries({"fieldId": st.sampled_from([*VALUES]), "sortOrder": st.sampled_from(["Asc", "Desc"])}),
    min_size=1,
    max_size=2,
)
SEARCHES = st.fixed_dictionaries({"sorts": SORTS}, optional={"filter": FILTERS, "searchTerm": st.sampled_from(WORDS)})
NAMES = st.sampled_from([f"case {number}" for number in range(12)])
ROWS: st.SearchStrategy[Row] = st.fixed_dictionaries(
    {}, optional={kind: st.sampled_from(values) for kind, values in VALUES.items()}
)
PUTS = st.tuples(st.just("put"), NAMES, ROWS, st.sampled_from([None, *TAGS]))
STEPS = st.one_of(
    PUTS,
    PUTS,
    st.tuples(st.just("remove"), NAMES),
    st.tuples(st.just("wait"), st.integers(1, 5)),
    st.tuples(st.just("ask"), st.integers(0, 3)),
    st.tuples(st.just("ask"), st.integers(0, 3)),
)


@pytest.mark.parametrize("part", [1000.0, 1 / 4, 0.0], ids=["always followed", "sometimes", "never"])
@pytest.mark.parametrize("delay", [0, 3])
@settings(max_examples=100, deadline=None)
@given(searches=st.lists(SEARCHES, min_size=1, max_size=4), begin=st.lists(PUTS, max_size=12), steps=st.lists(STEPS))
def test_what_is_kept_is_what_would_be_found_anew(
    part: float,
    delay: int,
    searches: list[dict[str, Any]],
    begin: list[tuple[Any, ...]],
    steps: list[tuple[Any, ...]],
) -> None:
    world = World(timedelta(milliseconds=delay))
    asks: list[tuple[Any, ...]] = [("ask", number) for number in range(len(searches))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "_PART_WORTH_FOLLOWING", part)
        patch.setattr(search_index, "_MOST_RESULTS", 3)
        for what, *about in [*begin, *asks, *steps, *asks]:
            if what == "put":
                world.put(*about)
            elif what == "remove":
                world.remove(*about)
            elif what == "wait":
                world.now += timedelta(milliseconds=about[0])
            else:
                params = searches[int(about[0]) % len(searches)]
                assert world.ask(params) == found_anew(world.cases(), params), params


# ---- that it is kept -----------------------------------------------------------------------------------------------


class Counted(Search):
    """A search that counts how often it finds and sorts."""

    found = 0

    def find(self) -> list[Case]:
        """Count."""
        self.found += 1
        return super().find()


def filled(count: int) -> World:
    """Give a world with some cases."""
    world = World(timedelta(0))
    for number in range(count):
        world.put(f"case {number}", {"Number": {"doubleValue": number}}, None)
    return world


def test_a_few_writes_between_pages_do_not_have_everything_sorted_again() -> None:
    world = filled(200)
    search = Counted(world.domain, {"sorts": [{"fieldId": "Number", "sortOrder": "Asc"}]})
    index = world.domain.search_index
    for number in range(20):
        world.put(f"case {number}", {"Number": {"doubleValue": 1000 + number}}, None)
        assert index.results("q", lambda: search).cases[-1].id == f"case {number}"
    assert search.found == 1


def test_many_writes_between_pages_do() -> None:
    world = filled(200)
    search = Counted(world.domain, {"sorts": [{"fieldId": "Number", "sortOrder": "Asc"}]})
    index = world.domain.search_index
    index.results("q", lambda: search)
    for number in range(100):
        world.put(f"case {number}", {"Number": {"doubleValue": 1000 + number}}, None)
    assert index.results("q", lambda: search).cases[-1].id == "case 99"
    assert search.found == 2


def test_only_the_latest_few_searches_are_kept() -> None:
    world = filled(5)
    made: list[str] = []

    def ask(name: str) -> None:
        def make() -> Search:
            made.append(name)
            return Search(world.domain, {"sorts": [{"fieldId": "Number", "sortOrder": "Asc"}]})

        world.domain.search_index.results(name, make)

    names = [str(number) for number in range(16)]
    for name in [*names, *names, "another", *names[1:], "0"]:
        ask(name)
    assert made == [*names, "another", "0"]
