"""The rules of searches: what one finds and in which order, and that reading page by page loses nothing meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ..helpers import PROFILE_ARN, QUEUE_ARN, USER_ARN
from .machine import SimulatedMachine
from .reference_cases import MEMBERS, MOMENTS, ReferenceDomain

__all__ = ["GOOD", "OPTIONS", "TYPES", "Cursor", "SearchRules"]

TYPES = sorted(MEMBERS)
SIZES = st.integers(1, 4)
OPTIONS = ["red", "green", "blue"]
COMPARISONS = ["equalTo", "equalTo", "contains", "greaterThan", "greaterThanOrEqualTo", "lessThan", "lessThanOrEqualTo"]
TERMS = st.sampled_from(["", "parcel", "LOST parcel", "é", "nobody"])
TEXTS = st.sampled_from(["", "parcel", "Parcel lost", "parcels", "Éclair é", "a\nb", "~"])

GOOD: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "Text": TEXTS.map(lambda text: {"stringValue": text}),
    "Number": st.sampled_from([0, 1.5, -2, 1e300]).map(lambda number: {"doubleValue": number}),
    "Boolean": st.booleans().map(lambda flag: {"booleanValue": flag}),
    "DateTime": st.sampled_from(sorted(MOMENTS)).map(lambda text: {"stringValue": text}),
    "SingleSelect": st.sampled_from(OPTIONS).map(lambda text: {"stringValue": text}),
    "Url": st.just({"stringValue": "https://example.com/parcel"}),
    "User": st.sampled_from([USER_ARN, f"{USER_ARN}2"]).map(lambda arn: {"userArnValue": arn}),
}
STATUSES = st.sampled_from(["open", "closed", "lost"]).map(lambda text: {"stringValue": text})
SPECIAL = {
    "status": STATUSES,
    "assigned_queue": st.just({"stringValue": QUEUE_ARN}),
    "assigned_user": st.just({"stringValue": USER_ARN}),
    "customer_id": st.just({"stringValue": PROFILE_ARN}),
}
ANYTHING = st.one_of(*GOOD.values(), st.just({"emptyValue": {}}), st.just({"stringValue": "no such thing"}))


@dataclass
class Cursor:
    """A search that somebody goes through page by page, while others write."""

    params: dict[str, Any]
    asked: Any
    """The same for the reference."""
    stayed: set[str]
    """The cases that it has found or will find, as nothing has happened to them since it began."""
    seen: list[str]
    token: dict[str, str]


class SearchRules(SimulatedMachine):
    """Searches in a domain, of which there is a reference too."""

    service = "connectcases"
    domain_id: str
    reference: ReferenceDomain

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Cursor] = []

    def ask(self, expected: Callable[[], Any], method: str, **params: Any) -> Any:
        """Ask both about the domain."""
        self.reference.now = self.next_time()
        return self.both(expected, method, domainId=self.domain_id, **params)

    def value_of(self, name: str) -> st.SearchStrategy[dict[str, Any]]:
        found = self.reference.fields.get(name)
        if found is None:
            return ANYTHING
        good = SPECIAL.get(name, GOOD[found.type])
        return st.one_of(*[good] * 8, st.just({"emptyValue": {}}), ANYTHING)

    def draw_filter(self, data: st.DataObject, depth: int = 0) -> dict[str, Any]:
        """Draw a filter, which may be one that its fields don't take."""
        kinds = ["field"] * 3 + (["not", "andAll", "orAll"] if depth < 2 else [])
        kind = data.draw(st.sampled_from(kinds), label="filter")
        if kind == "field":
            how = data.draw(st.sampled_from(COMPARISONS), label="comparison")
            name = data.draw(self.fields_to_ask_for(), label="field")
            return {"field": {how: {"id": name, "value": data.draw(self.value_of(name), label=name)}}}
        if kind == "not":
            return {"not": self.draw_filter(data, depth + 1)}
        count = data.draw(st.integers(0, 3), label="terms")
        return {kind: [self.draw_filter(data, depth + 1) for _ in range(count)]}

    def fields_to_ask_for(self) -> st.SearchStrategy[str]:
        custom = [name for name, field in self.reference.fields.items() if not field.system]
        return st.sampled_from([*self.reference.fields, *custom * 3, *["title", "status"] * 5])

    def draw_search(self, data: st.DataObject) -> tuple[dict[str, Any], Any]:
        """Draw a search, and give it as the client wants it and as the reference wants it."""
        filtered = data.draw(st.sampled_from([False, False, True]), label="filtered")
        wanted = self.draw_filter(data) if filtered else None
        term = data.draw(TERMS, label="term")
        orders = st.lists(
            st.tuples(self.fields_to_ask_for(), st.booleans()), max_size=2, unique_by=lambda pair: pair[0]
        )
        sorts = data.draw(st.one_of(st.just([]), orders), label="sorts")
        params: dict[str, Any] = {"searchTerm": term}
        if wanted is not None:
            params["filter"] = wanted
        if sorts:
            params["sorts"] = [{"fieldId": name, "sortOrder": "Desc" if down else "Asc"} for name, down in sorts]
        return params, (wanted, term, sorts)

    @rule(data=st.data(), size=SIZES)
    def search(self, data: st.DataObject, size: int) -> None:
        params, asked = self.draw_search(data)
        answer = self.ask(lambda: self.reference.search(*asked), "search_cases", **params)
        if answer is not None:
            wanted, given = answer
            assert [case["caseId"] for case in given["cases"]] == wanted[:25]
            assert given["totalCount"] == len(wanted)
            paged = self.pages("search_cases", "cases", size, domainId=self.domain_id, **params)
            assert [case["caseId"] for case in paged] == wanted

    @rule(data=st.data())
    def begin_to_read(self, data: st.DataObject) -> None:
        self.begin_a_search(data)

    def begin_a_search(self, data: st.DataObject) -> Cursor | None:
        """Ask for the first page of a search, and give the way to the others, or None where it is refused."""
        params, asked = self.draw_search(data)
        answer = self.ask(lambda: self.reference.search(*asked), "search_cases", maxResults=1, **params)
        if answer is None:
            return None
        cursor = Cursor(params, asked, set(answer[0]), [], {})
        self.open.append(cursor)
        self.take_in(cursor, answer[1])
        return cursor

    @rule(data=st.data(), size=SIZES)
    @precondition(lambda self: self.open)
    def read_on(self, data: st.DataObject, size: int) -> None:
        self.read_page(data.draw(st.sampled_from(self.open), label="cursor"), size)

    def read_page(self, cursor: Cursor, size: int) -> None:
        """Read the next page."""
        page = self.call("search_cases", domainId=self.domain_id, maxResults=size, **cursor.params, **cursor.token)
        self.take_in(cursor, page)

    def take_in(self, cursor: Cursor, page: Any) -> None:
        """Check a page: it is in order, nothing that stayed comes twice, and at the end nothing of it is missing."""
        now = self.reference.search(*cursor.asked)
        places = [now.index(case["caseId"]) for case in page["cases"]]
        assert places == sorted(set(places))
        assert page["totalCount"] == len(now)
        cursor.seen += [case["caseId"] for case in page["cases"]]
        assert all(cursor.seen.count(case) <= 1 for case in cursor.stayed)
        cursor.token = {"nextToken": page["nextToken"]} if "nextToken" in page else {}
        if not cursor.token:
            self.open.remove(cursor)
            assert cursor.stayed <= set(cursor.seen)

    def moved(self, case: str) -> None:
        """Note that a case is not where it was for those who are reading."""
        for cursor in self.open:
            cursor.stayed.discard(case)
