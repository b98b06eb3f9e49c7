"""Events of the forms that the administrator guide shows, present and of 2022, and that public code reads."""

from __future__ import annotations

import json
from typing import Any

ACCOUNT, REGION = "111122223333", "eu-west-2"
DOMAIN_ID, CASE_ID, ITEM_ID = "d-1111", "c-2222", "i-3333"
TEMPLATE_ID, CUSTOM_FIELD = "t-4444", "f-5555"
DOMAIN_ARN = f"arn:aws:cases:{REGION}:{ACCOUNT}:domain/{DOMAIN_ID}"
CASE_ARN = f"{DOMAIN_ARN}/case/{CASE_ID}"
ITEM_ARN = f"{CASE_ARN}/related-item/{ITEM_ID}"
USER_ARN = f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/i-1/agent/a-1"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/support"
CONTACT_ARN = f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/i-1/contact/k-1"
QUEUE_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:case-events"

PRESENT, OF_2022 = "Amazon Connect Cases Change", "Amazon Connect Cases Event"


def case_event(kind: str = "CASE.UPDATED", *, detail_type: str = PRESENT, **detail: Any) -> dict[str, Any]:
    """An event about a case."""
    return _event(
        detail_type,
        CASE_ARN,
        eventType=kind,
        **{
            "changedFieldIds": ["status", "last_updated_datetime"],
            "case": {
                "caseId": CASE_ID,
                "templateId": TEMPLATE_ID,
                "createdDateTime": "2031-05-06T07:08:09.123Z",
                "fields": {
                    "status": {"value": {"stringValue": "closed"}},
                    "last_closed_datetime": {"value": {"stringValue": "2031-05-07T08:00:00Z"}},
                    CUSTOM_FIELD: {"value": {"doubleValue": 12.5}},
                },
            },
            **detail,
        },
    )


def item_event(
    kind: str = "RELATED_ITEM.CREATED", item_type: str = "Comment", *, detail_type: str = PRESENT, **content: Any
) -> dict[str, Any]:
    """An event about a related item."""
    item = {
        "relatedItemType": item_type,
        "relatedItemId": ITEM_ID,
        "caseId": CASE_ID,
        "createdDateTime": "2031-05-06T07:08:09.123Z",
        **content,
    }
    attributes = ["comment.commentText"]
    return _event(detail_type, ITEM_ARN, eventType=kind, changedAttributes=attributes, relatedItem=item)


def _event(detail_type: str, arn: str, **detail: Any) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "e-6666",
        "detail-type": detail_type,
        "source": "aws.cases",
        "account": ACCOUNT,
        "time": "2031-05-06T07:08:10Z",
        "region": REGION,
        "resources": [DOMAIN_ARN, arn],
        "detail": {
            "version": "0",
            "approximateChangeTime": "2031-05-06T07:08:09.987Z",
            "performedBy": {"user": {"userArn": USER_ARN}, "iamPrincipalArn": ROLE_ARN},
            **detail,
        },
    }


def sqs(*bodies: Any, queue: str = QUEUE_ARN) -> dict[str, Any]:
    """What a Lambda gets from a queue; what is no text is written as JSON."""
    return {
        "Records": [
            {
                "messageId": f"m-{index}",
                "receiptHandle": "r",
                "body": body if isinstance(body, str) else json.dumps(body),
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": queue,
                "awsRegion": REGION,
            }
            for index, body in enumerate(bodies)
        ]
    }


def sns(event: Any) -> dict[str, Any]:
    """What a Lambda gets from a topic."""
    message = {"Type": "Notification", "MessageId": "n-0", "TopicArn": "arn:aws:sns:…", "Message": json.dumps(event)}
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": message}]}


def notification(event: Any) -> dict[str, Any]:
    """What a queue gets from a topic."""
    return {"Type": "Notification", "MessageId": "n-0", "TopicArn": "arn:aws:sns:…", "Message": json.dumps(event)}
