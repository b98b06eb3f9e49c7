"""Whatever JSON comes: it is read as far as it can be, or refused with EventDecodeError."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given, settings, strategies as st

from connectkit import EventDecodeError
from connectkit.events import CaseChanged, CaseEvent, RelatedItemChanged, case_events, parse_event, process_records

from .samples import case_event, item_event, notification, sns, sqs

MANY = settings(max_examples=max(200, settings().max_examples))

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
KINDS = ["Comment", "contact", "FILE", "Sla", "ConnectCase", "custom", "Hologram"]
CONTENTS: dict[str, Any] = {
    "comment": {"body": "x", "contentType": "Text/Plain"},
    "contact": {"contactArn": "arn:x/y", "channel": "VOICE", "connectedToSystemTime": "2031-05-07T08:00:00Z"},
    "file": {"fileArn": "arn:f"},
    "sla": {
        "slaConfiguration": {
            "name": "n",
            "fieldId": "created_datetime",
            "targetFieldValues": [{"stringValue": "2031-05-07T08:00:00Z"}, {"doubleValue": 1}],
            "targetTime": "2031-05-07T08:00:00Z",
        }
    },
    "connectCase": {"caseId": "c"},
    "custom": {"fields": [{"id": "f", "value": {"doubleValue": 1}}]},
}


def places(raw: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a piece of JSON, by the keys that lead to it."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(raw, dict):
        inner = list(raw.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - JSON
    elif isinstance(raw, list):
        inner = list(enumerate(raw))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - JSON
    return [at, *(place for key, value in inner for place in places(value, (*at, key)))]


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """An event with something else, or nothing, in some of its places."""
    samples = [case_event(draw(st.sampled_from(["CASE.CREATED", "CASE.DELETED", "CASE.MOVED"])))]
    samples += [item_event(item_type=kind, **CONTENTS) for kind in KINDS]
    raw: Any = json.loads(json.dumps(draw(st.sampled_from(samples))))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(places(raw)))
        if not place:
            return draw(values)
        holder = raw
        for key in place[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[place[-1]] = draw(values)
        else:
            del holder[place[-1]]
    return raw


def shape_holds(event: CaseEvent) -> None:
    """What the annotations promise, whatever came."""
    for text in (event.id, event.type, event.account, event.region, event.domain_id, event.case_id, event.detail_type):
        assert isinstance(text, str)
    for moment in (event.time, event.approximate_change_time):
        assert moment is None or moment.utcoffset() is not None
    if isinstance(event, CaseChanged):
        assert all(isinstance(name, str) for name in event.changed_field_ids)
        assert dict(event.fields) == event.case.fields or "nan" in repr(event.fields)
        assert event.case_id == event.case.id
    if isinstance(event, RelatedItemChanged):
        assert event.case_id == event.related_item.case_id
    hash(event)
    repr(event)


@MANY
@given(raw=spoilt() | st.dictionaries(st.text(max_size=8), values))
def test_json_is_read_or_refused_and_nothing_else_happens(raw: Any) -> None:
    for given_form in (raw, json.dumps(raw)):
        with contextlib.suppress(EventDecodeError):
            shape_holds(parse_event(given_form))


@MANY
@given(text=st.text() | st.binary())
def test_texts_and_bytes_are_read_or_refused_and_nothing_else_happens(text: str | bytes) -> None:
    for read in (parse_event, case_events):
        with contextlib.suppress(EventDecodeError):
            read(text)


@MANY
@given(bodies=st.lists(spoilt() | spoilt().map(notification) | st.text(max_size=8), max_size=4))
def test_each_record_is_handled_or_to_be_delivered_again(bodies: list[Any]) -> None:
    handled: list[str | None] = []
    answer = process_records(sqs(*bodies), lambda event: handled.append(event.message_id))
    failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
    assert sorted([*map(str, handled), *failed]) == sorted(f"m-{index}" for index in range(len(bodies)))
    if not failed:
        assert len(case_events(sqs(*bodies))) == len(bodies)


@given(raw=spoilt(), records=values)
def test_records_of_any_form_are_read_or_refused(raw: Any, records: Any) -> None:
    for payload in (sns(raw), {"Records": records}, {"Records": [records]}, {"Records": [{"body": records}]}):
        with contextlib.suppress(EventDecodeError):
            case_events(payload)
