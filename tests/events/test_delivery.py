"""What a Lambda is invoked with, and what it answers: events alone, in records of SQS and of SNS."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from connectkit import EventDecodeError
from connectkit.events import CaseEvent, CaseUpdated, RelatedItemCreated, case_events, process_records

from . import samples
from .samples import case_event, item_event, notification, sns, sqs

BAD: tuple[Any, ...] = ("{", {"source": "aws.s3", "detail": {}})

REFUSED: list[tuple[Any, str]] = [
    (sqs(case_event(), "{"), "Records[1].body"),
    (sqs(case_event(), {"detail": {}}), "Records[1].body.detail.eventType"),
    (sqs({"Message": "{}"}), "Records[0].body.Message.detail"),
    (sqs({"Message": 3}), "Records[0].body.Message"),
    (sns({"source": "aws.s3"}), "Records[0].Sns.Message.source"),
    ({"Records": [{"EventSource": "aws:sns", "Sns": None}]}, "Records[0].Sns.Message"),
    ({"Records": [{"eventSource": "aws:s3", "s3": {}}]}, "Records[0]"),
    ({"Records": [3]}, "Records[0]"),
    ({"Records": None}, "Records"),
    ("{", ""),
    ({}, "detail"),
]


def failing(*message_ids: str) -> tuple[list[str | None], Callable[[CaseEvent], None]]:
    """What was handled, and a handler that fails for some messages."""
    handled: list[str | None] = []

    def handle(event: CaseEvent) -> None:
        handled.append(event.message_id)
        if event.message_id in message_ids:
            raise RuntimeError("no")

    return handled, handle


def failures(*message_ids: str) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in message_ids]}


def test_an_event_alone_is_one_event() -> None:
    assert [type(event) for event in case_events(case_event())] == [CaseUpdated]
    (event,) = case_events(json.dumps(case_event()))
    assert event.message_id is None


def test_records_of_a_queue_are_an_event_each_with_the_id_of_the_message() -> None:
    events = case_events(sqs(case_event(), item_event()))
    assert [type(event) for event in events] == [CaseUpdated, RelatedItemCreated]
    assert [event.message_id for event in events] == ["m-0", "m-1"]
    assert events[0] == case_events(case_event())[0]


def test_no_records_are_no_events() -> None:
    assert case_events({"Records": []}) == []
    assert process_records({"Records": []}, failing()[1]) == failures()


def test_a_topic_may_be_on_the_way() -> None:
    (from_topic,) = case_events(sns(case_event()))
    (through_topic,) = case_events(sqs(notification(case_event())))
    assert (from_topic.message_id, through_topic.message_id) == ("n-0", "m-0")
    assert from_topic == through_topic == case_events(case_event())[0]


def test_members_that_look_like_an_envelope_make_none_of_an_event() -> None:
    besides: list[dict[str, Any]] = [{"Message": "x"}, {"Records": []}]
    for raw in ({**case_event(), **members} for members in besides):
        for payload in (raw, sqs(raw)):
            assert [type(event) for event in case_events(payload)] == [CaseUpdated]


def test_types_of_custom_fields_reach_every_event() -> None:
    raw = case_event(case={"fields": {"when": {"value": {"stringValue": "2031-05-07T08:00:00Z"}}}})
    types = {"when": "DateTime"}
    for payload in (raw, sqs(raw), sns(raw)):
        (event,) = case_events(payload, types=types)
        assert isinstance(event, CaseUpdated)
        assert event.fields["when"] != "2031-05-07T08:00:00Z"
        seen: list[CaseEvent] = []
        process_records(payload, seen.append, types=types)
        assert seen == [event]


@pytest.mark.parametrize(("payload", "path"), REFUSED)
def test_what_is_no_case_event_is_refused_with_its_place(payload: Any, path: str) -> None:
    with pytest.raises(EventDecodeError) as caught:
        case_events(payload)
    assert caught.value.path == path


def test_records_that_fail_are_to_be_delivered_again_and_the_others_are_done() -> None:
    handled, handle = failing("m-3")
    payload = sqs(case_event(), *BAD, item_event(), case_event())
    assert process_records(payload, handle) == failures("m-1", "m-2", "m-3")
    assert handled == ["m-0", "m-3", "m-4"]


def test_a_failure_is_logged_without_what_is_in_the_record(caplog: pytest.LogCaptureFixture) -> None:
    secret = {"source": "aws.cases", "detail": {"secret": "SECRET"}}
    with caplog.at_level(logging.ERROR, logger="connectkit"):
        process_records(sqs(secret, '{"SECRET": '), failing()[1])
    first, second = (record.getMessage() for record in caplog.records)
    again = "failed and will be delivered again: no case event: Records"
    assert first.startswith(f"message m-0 {again}[0].body.detail.eventType is missing")
    assert second.startswith(f"message m-1 {again}[1].body is no JSON: ")
    assert "SECRET" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_a_failure_of_the_handler_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    process_records(sqs(case_event()), failing("m-0")[1])
    (record,) = caplog.records
    assert record.getMessage() == "message m-0 failed and will be delivered again: no"
    assert "in handle" in caplog.text


def test_in_a_fifo_queue_the_records_after_a_failed_one_wait_for_it() -> None:
    handled, handle = failing("m-1")
    payload = sqs(case_event(), case_event(), case_event(), case_event(), queue=f"{samples.QUEUE_ARN}.fifo")
    assert process_records(payload, handle) == failures("m-1", "m-2", "m-3")
    assert handled == ["m-0", "m-1"]


@pytest.mark.parametrize("payload", [case_event(), sns(case_event())])
def test_where_nobody_asks_for_ids_a_failure_goes_up(payload: Any) -> None:
    def handle(event: CaseEvent) -> None:
        raise RuntimeError(event.type)

    with pytest.raises(RuntimeError, match=r"CASE\.UPDATED"):
        process_records(payload, handle)
    assert process_records(payload, failing()[1]) == failures()


def test_a_record_without_an_id_fails_the_batch() -> None:
    payload = sqs("{")
    del payload["Records"][0]["messageId"]
    with pytest.raises(EventDecodeError):
        process_records(payload, failing()[1])


def test_what_ends_the_process_ends_it() -> None:
    def handle(_: CaseEvent) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        process_records(sqs(case_event()), handle)
