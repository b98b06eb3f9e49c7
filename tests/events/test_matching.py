"""Filters look at events, and references name their fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from connectkit import F, FilterError
from connectkit.events import CaseChanged, parse_event
from connectkit.filters import SYSTEM_FIELDS
from connectkit.simulator import Clock, Simulator, simulate

from ..simulator.cases.support import send_events
from ..simulator.helpers import START, DomainFixture, make_client, number, text
from . import samples
from .samples import case_event


@pytest.fixture
def event() -> CaseChanged:
    event = parse_event(case_event())
    assert isinstance(event, CaseChanged)
    return event


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with simulate(simulator=Simulator(clock=Clock(START), seed=1)) as simulator:
        yield simulator


def test_a_filter_matches_an_event(event: CaseChanged) -> None:
    large = F.number(samples.CUSTOM_FIELD) > 10
    since = F.last_closed_datetime >= datetime(2031, 5, 7, 8, tzinfo=timezone.utc)
    assert (F.status.eq("closed") & large & since).matches(event)
    assert (F.status.eq("closed") & large & since).matches(event.case)
    assert not F.status.eq("open").matches(event)
    assert not (F.last_closed_datetime < datetime(2031, 5, 7, 8, tzinfo=timezone.utc)).matches(event)


def test_a_field_that_the_event_does_not_show_counts_as_empty(event: CaseChanged) -> None:
    assert F.title.is_empty().matches(event)
    assert not F.title.contains("parcel").matches(event)


def test_a_filter_about_tags_is_refused_for_an_event_has_none(event: CaseChanged) -> None:
    with pytest.raises(FilterError):
        F.tag("team").eq("returns").matches(event)
    assert F.tag("team").eq("returns").matches(event, tags={"team": "returns"})


def test_a_reference_says_whether_its_field_changed(event: CaseChanged) -> None:
    assert event.changed(F.status)
    assert not event.changed(F.title)
    assert not event.changed(F.number(samples.CUSTOM_FIELD))


def test_a_custom_datetime_matches_whether_its_type_was_given_or_not() -> None:
    raw = case_event(case={"fields": {"due": {"value": {"stringValue": "2031-05-07T08:00:00Z"}}}})
    late = F.datetime("due") < datetime(2031, 5, 8, tzinfo=timezone.utc)
    for types in (None, {"due": "DateTime"}):
        event = parse_event(raw, types=types)
        assert isinstance(event, CaseChanged)
        assert late.matches(event)
        assert not (~late).matches(event)


def test_a_filter_says_of_an_event_what_a_search_says_of_the_case(sim: Simulator) -> None:
    domain = DomainFixture(make_client("connectcases"))
    size = domain.field("Size", "Number")
    send_events(domain, caseData={"fields": [{"id": "title"}, {"id": "status"}, {"id": size}]})
    for index in range(8):
        case_id = domain.case(f"Parcel {index}", number(size, index))
        if index % 3 == 0:
            domain.update(case_id, text("status", "closed"))
    latest = {event["detail"]["case"]["caseId"]: parse_event(event) for event in sim.events}
    for asked in (
        F.status.eq("closed"),
        F.number(size).between(2, 5) & ~F.status.eq("closed"),
        F.title.contains("parcel 3") | F.number(size).gt(6),
    ):
        found = set(domain.search(filter=asked.to_wire()))
        matching = {
            event.fields["title"]
            for event in latest.values()
            if isinstance(event, CaseChanged) and asked.matches(event)
        }
        assert matching == found
        assert 0 < len(found) < len(latest)


def test_events_know_the_types_that_filters_know() -> None:
    """Events have a list of their own, so that reading them loads no filters."""
    noon = {"value": {"stringValue": "2031-05-07T12:00:00Z"}}
    event = parse_event(case_event(case={"fields": dict.fromkeys(SYSTEM_FIELDS, noon)}))
    assert isinstance(event, CaseChanged)
    moments = {name for name, value in event.fields.items() if isinstance(value, datetime)}
    assert moments == {name for name, kind in SYSTEM_FIELDS.items() if kind == "DateTime"}
