"""A domain of cases to search, with a field of every type, whose values and filters' values are often the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import strategies as st

from connectkit import F, Filter
from connectkit.simulator import Clock, Simulator, simulate

from ..simulator.helpers import START, USER_ARN, DomainFixture, has_member, make_client, maximum
from .strategies import Filters, combinations, comparisons, tag_comparisons

MOMENTS = [START + timedelta(days=days, milliseconds=millis) for days in (0, 1) for millis in (0, 1)]
ELSEWHERE = timezone(timedelta(hours=-7, minutes=-30))
TITLES = ["", "Parcel", "parcel", "Parcel lost", "Straße", "STRASSE", "2030-01-01T12:00:00Z", "5", "İ"]
POOLS: dict[str, list[Any]] = {
    "Text": TITLES,
    "Url": ["https://example.com/Track", "https://example.com/track", "http://example.org"],
    "SingleSelect": ["a", "b", "c"],
    "DateTime": [*MOMENTS, *(moment.astimezone(ELSEWHERE) for moment in MOMENTS)],
    "Number": [0, -0.0, 1, 1.5, -2, 10, 1e300],
    "Boolean": [True, False],
    "User": [USER_ARN, f"{USER_ARN}2"],
}
TAGS = {"team": ["legal", "sales", ""], "Team": ["legal"]}
TAGGED = has_member("connectcases", "CaseFilter", "tag") and has_member("connectcases", "CreateCaseRequest", "tags")
SPELLINGS = ["{:%Y-%m-%dT%H:%M:%S.%f}Z", "{:%Y-%m-%dT%H:%M:%S.%f}+00:00", "{:%Y-%m-%dT%H:%M:%S.%f}+0000"]


class World:
    """A domain, what is in it, and random filters about that."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.domain = DomainFixture(make_client("connectcases"))
        self.client = self.domain.client
        self.fields = {
            kind: self.domain.select(kind, *POOLS[kind]) if kind == "SingleSelect" else self.domain.field(kind, kind)
            for kind in POOLS
        }
        self.refs: list[Any] = [
            *(
                getattr(F, {"SingleSelect": "select"}.get(kind, kind.lower()))(held)
                for kind, held in self.fields.items()
            ),
            *(F.title, F.summary, F.status, F.case_reason, F.created_datetime, F.last_closed_datetime, F.created_by),
        ]
        chance = random.Random(7)  # noqa: S311 - the same cases every time
        self.ids = [self._case(chance) for _ in range(32)]
        self.filters = self._about_them()
        """Random filters about these cases."""
        self.cases = {case_id: self._read(case_id) for case_id in self.ids}

    def _case(self, chance: random.Random) -> str:
        fields = [
            {"id": held, "value": _written(kind, chance.choice(POOLS[kind]), chance)}
            for kind, held in self.fields.items()
            if chance.random() < 0.7
        ]
        if chance.random() < 0.5:
            fields.append({"id": "summary", "value": {"stringValue": chance.choice(TITLES)}})
        tags = {key: chance.choice(values) for key, values in TAGS.items() if chance.random() < 0.6}
        case_id = self.domain.case(chance.choice(TITLES[1:]), *fields, **({"tags": tags} if TAGGED else {}))
        self.sim.clock.advance(timedelta(hours=7))
        if chance.random() < 0.3:
            self.domain.update(case_id, {"id": "status", "value": {"stringValue": "closed"}})
        return case_id

    def _read(self, case_id: str) -> dict[str, Any]:
        wanted = [{"id": ref.id} for ref in self.refs]
        answer: dict[str, Any] = self.client.get_case(domainId=self.domain.id, caseId=case_id, fields=wanted)
        return answer

    def found(self, built: Filter) -> set[str]:
        """The cases that the simulator's search finds."""
        return self.found_by(built.to_wire())

    def found_by(self, wire: dict[str, Any]) -> set[str]:
        """The cases that it finds by a filter on the wire."""
        ids: set[str] = set()
        page: dict[str, Any] = {}
        while not ids or "nextToken" in page:
            more = {"nextToken": page["nextToken"]} if page else {}
            page = self.client.search_cases(
                domainId=self.domain.id,
                filter=wire,
                maxResults=maximum("connectcases", "SearchCasesRequest", "maxResults"),
                **more,
            )
            if not page["cases"]:
                break
            ids |= {case["caseId"] for case in page["cases"]}
        return ids

    def _about_them(self) -> Filters:
        leaves = [comparisons(ref, st.sampled_from(_pool(ref))) for ref in self.refs]
        if TAGGED:
            keys, values = st.sampled_from([*TAGS, "none"]), st.sampled_from(["legal", "sales", ""])
            leaves.append(tag_comparisons(keys, values))
        return combinations(st.one_of(leaves), most=4)


def _pool(ref: Any) -> list[Any]:
    return {"status": ["open", "closed"], "title": [*TITLES, "P", "lost", "strasse"]}.get(ref.id) or POOLS[ref.type]


def _written(kind: str, value: Any, chance: random.Random) -> dict[str, Any]:
    if kind == "DateTime":
        utc: datetime = value.astimezone(timezone.utc)
        return {"stringValue": chance.choice(SPELLINGS).format(utc)}
    return {
        {"Number": "doubleValue", "Boolean": "booleanValue", "User": "userArnValue"}.get(kind, "stringValue"): value
    }


@pytest.fixture(scope="package")
def world() -> Iterator[World]:
    with simulate(simulator=Simulator(clock=Clock(START), seed=1)) as sim:
        yield World(sim)
