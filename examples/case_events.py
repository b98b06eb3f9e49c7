"""A Lambda that consumes case events from SQS and reacts to the fields that changed.

``handler`` is what would be deployed; the queue's event source mapping has ``ReportBatchItemFailures``. The rest makes
the events that it gets here, on the simulated service, without an AWS account::

    python examples/case_events.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from connectkit.events import (
    BatchResponse,
    CaseChanged,
    CaseDeleted,
    CaseEvent,
    CommentContent,
    RelatedItemCreated,
    process_records,
)

if TYPE_CHECKING:
    from connectkit import ConnectKit


def handler(payload: Mapping[str, Any], _context: object = None) -> BatchResponse:
    """What Lambda calls: every record by itself, so that SQS delivers only those again that failed."""
    return process_records(payload, react)


def react(event: CaseEvent) -> None:
    """What one event leads to."""
    if isinstance(event, CaseChanged) and not isinstance(event, CaseDeleted):
        if event.changed("status") and event.fields.get("status") == "closed":
            notify(event, f"{event.fields.get('title')!r} is closed")
        elif event.changed("assigned_queue"):
            notify(event, f"{event.fields.get('title')!r} waits in {event.fields.get('assigned_queue')}")
    elif isinstance(event, RelatedItemCreated) and isinstance(event.related_item.content, CommentContent):
        notify(event, f"somebody wrote: {event.related_item.content.body}")


def notify(event: CaseEvent, what: str) -> None:
    """Tell whom it concerns; here, whoever watches."""
    print(f"  {event.type:<20} {what}")


# --- the story around it, on the simulated service --------------------------------------------------------------------


def main() -> None:
    """Have the simulated service send events, and hand them to the Lambda as SQS would."""
    from connectkit import ConnectKit
    from connectkit.simulator import simulate

    with simulate() as sim:
        make_events(ConnectKit(region_name="us-east-1"))
        print(f"{len(sim.events)} events, and one message that is none:")
        answer = handler(as_sqs_delivers([*map(json.dumps, sim.events), "hello"]))
        print(f"To be delivered again: {[failure['itemIdentifier'] for failure in answer['batchItemFailures']]}")


def make_events(kit: ConnectKit) -> None:
    """A case that is made, moved to a queue, commented on and closed, in a domain that sends events."""
    from connectkit.models import connectcases as cases

    domain_id = kit.send(cases.CreateDomainRequest(name="Support")).domain_id
    template_id = kit.send(cases.CreateTemplateRequest(domain_id=domain_id, name="Parcel")).template_id
    shown = [cases.FieldIdentifier(id=name) for name in ("title", "status", "assigned_queue")]
    included = cases.EventIncludedData(
        case_data=cases.CaseEventIncludedData(fields=shown),
        related_item_data=cases.RelatedItemEventIncludedData(include_content=True),
    )
    bridge = cases.EventBridgeConfiguration(enabled=True, included_data=included)
    kit.send(cases.PutCaseEventConfigurationRequest(domain_id=domain_id, event_bridge=bridge))

    def value(field: str, text: str) -> cases.FieldValue:
        return cases.FieldValue(id=field, value=cases.FieldValueUnion(string_value=text))

    made = cases.CreateCaseRequest(domain_id=domain_id, template_id=template_id, fields=[value("title", "Parcel lost")])
    case_id = kit.send(made).case_id
    queue = "arn:aws:connect:us-east-1:123456789012:instance/i/queue/returns"
    comment = cases.RelatedItemInputContent(comment=cases.CommentContent(body="Found it", content_type="Text/Plain"))
    for request in (
        cases.UpdateCaseRequest(domain_id=domain_id, case_id=case_id, fields=[value("assigned_queue", queue)]),
        cases.CreateRelatedItemRequest(domain_id=domain_id, case_id=case_id, type="Comment", content=comment),
        cases.UpdateCaseRequest(domain_id=domain_id, case_id=case_id, fields=[value("status", "closed")]),
    ):
        kit.send(request)


def as_sqs_delivers(bodies: Iterable[str]) -> dict[str, Any]:
    """What SQS invokes a Lambda with."""
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "body": body,
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:…",
            }
            for number, body in enumerate(bodies)
        ]
    }


if __name__ == "__main__":
    main()
