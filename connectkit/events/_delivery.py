"""From what a Lambda is invoked with to the events in it, and back to what it answers.

Events come by themselves (EventBridge → Lambda), in records of SQS (EventBridge → SQS → Lambda), in records of SNS, or
in those of SQS inside messages of SNS (EventBridge → SNS → SQS → Lambda).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypedDict, cast

from connectkit.errors import EventDecodeError

from ._members import mapping, text
from ._models import CaseEvent
from ._reading import read_event, read_object

__all__ = ["BatchItemFailure", "BatchResponse", "case_events", "process_records"]

_log = logging.getLogger("connectkit")


class BatchItemFailure(TypedDict):
    """A record that is to be delivered again."""

    itemIdentifier: str
    """Id of the SQS message."""


class BatchResponse(TypedDict):
    """What a Lambda answers to SQS, where its event source mapping has ``ReportBatchItemFailures``."""

    batchItemFailures: list[BatchItemFailure]
    """The records that are to be delivered again; all others are done."""


class _Delivery(NamedTuple):
    content: object
    path: str
    message_id: str | None = None
    queue: str | None = None
    """ARN of the queue, of an SQS record; it may be empty."""


def case_events(payload: Mapping[str, Any] | str | bytes, *, types: Mapping[str, str] | None = None) -> list[CaseEvent]:
    """Read all events of what a Lambda is invoked with.

    Args:
        payload: A case event; or records of SQS or SNS with one in each.
        types: The types of custom fields by their ids, as for :func:`parse_event`.

    Returns:
        The events in the order of the records, each with the ``message_id`` of its record.

    Raises:
        EventDecodeError: a record has no case event in it; nothing was read then. :func:`process_records` gets on
            with the others.
    """
    return [_read(delivery, types) for delivery in _deliveries(payload)]


def process_records(
    payload: Mapping[str, Any] | str | bytes,
    handle: Callable[[CaseEvent], object],
    *,
    types: Mapping[str, str] | None = None,
) -> BatchResponse:
    """Handle the events of what a Lambda is invoked with one by one, and say which SQS is to deliver again.

    An SQS record fails if there is no case event in it or ``handle`` raises; that is logged, and the others are handled
    all the same. In a FIFO queue those after a failed one wait for it, unhandled, so that the order is kept.

    Args:
        payload: As for :func:`case_events`.
        handle: What to do with an event. Records can be delivered twice: it should do no harm if called again.
        types: The types of custom fields by their ids, as for :func:`parse_event`.

    Returns:
        What the Lambda is to return.

    Raises:
        EventDecodeError: the payload is neither an event nor records, or the event isn't one of Cases.
        Exception: what ``handle`` raised, where nobody asks for records by their ids: the event came by itself, or by
            SNS. Lambda tries such an invocation again as a whole.
    """
    failed: list[str] = []
    for delivery in _deliveries(payload):
        message_id = delivery.message_id if delivery.queue is not None else None
        if failed and message_id and (delivery.queue or "").endswith(".fifo"):
            failed.append(message_id)
            continue
        try:
            handle(_read(delivery, types))
        except Exception as error:
            if not message_id:
                raise
            # Where a record is to blame, the text says where; a traceback would lead to nothing but this module.
            trace = not isinstance(error, EventDecodeError)
            _log.error("message %s failed and will be delivered again: %s", message_id, error, exc_info=trace)
            failed.append(message_id)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _read(delivery: _Delivery, types: Mapping[str, str] | None) -> CaseEvent:
    content, path = delivery.content, delivery.path
    if delivery.queue is not None:
        content = read_object(content, path=path)
        if "Message" in content and "detail" not in content:  # what SNS puts around a message
            content, path = content["Message"], f"{path}.Message"
    return read_event(content, path=path, types=types, message_id=delivery.message_id)


def _deliveries(payload: object) -> list[_Delivery]:
    whole = read_object(payload, path="")
    if "Records" not in whole or "detail" in whole:
        return [_Delivery(whole, "")]
    records = whole["Records"]
    if not isinstance(records, (list, tuple)):
        raise EventDecodeError(path="Records", problem="is no list; SQS and SNS send a list of records")
    return [_delivery(record, f"Records[{index}]") for index, record in enumerate(cast("list[object]", records))]


def _delivery(given: object, path: str) -> _Delivery:
    record = read_object(given, path=path)
    if "body" in record:
        return _Delivery(
            record["body"], f"{path}.body", text(record, "messageId") or None, queue=text(record, "eventSourceARN")
        )
    if "Sns" in record:
        message = mapping(record, "Sns")
        return _Delivery(message.get("Message"), f"{path}.Sns.Message", text(message, "MessageId") or None)
    source = text(record, "eventSource") or text(record, "EventSource") or "somewhere else"
    raise EventDecodeError(path=path, problem=f"is a record of {source}; case events come in those of SQS and SNS")
