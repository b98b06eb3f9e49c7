"""Answers as the service gives them, and clients that get them without a network."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse

__all__ = ["CASES_A_PAGE", "SMALL", "field_ids", "fields", "injected", "page", "session"]

CASES_A_PAGE = 100
FIELDS_A_CASE = 25
_random = random.Random(1)  # noqa: S311 - the same page every time


def _id() -> str:
    return str(uuid.UUID(int=_random.getrandbits(128)))


_FIELD_IDS = [_id() for _ in range(FIELDS_A_CASE)]


_TYPES = ("Text", "Number", "Boolean", "DateTime", "Text")


def field_ids() -> list[str]:
    """Ids of the fields that the cases of a page have."""
    return list(_FIELD_IDS)


def fields() -> bytes:
    """What ListFields answers of these fields; the first one is called Priority."""
    summaries = [
        {
            "fieldId": field,
            "fieldArn": f"arn:aws:cases:us-east-1:123456789012:domain/d/field/{field}",
            "name": f"Field {index}" if index else "Priority",
            "type": _TYPES[index % len(_TYPES)],
            "namespace": "Custom",
        }
        for index, field in enumerate(_FIELD_IDS)
    ]
    return json.dumps({"fields": summaries}).encode()


def page(token: str | None = "x" * 200, *, fields_a_case: int = FIELDS_A_CASE) -> bytes:
    """A page of SearchCases: 100 cases of 25 fields of all kinds, some 240 kB, unless there are to be fewer fields."""
    cases: list[dict[str, Any]] = []
    for number in range(CASES_A_PAGE):
        kinds: list[dict[str, Any]] = [
            {"stringValue": f"Parcel lost on the way {number}"},
            {"doubleValue": number * 1.5},
            {"booleanValue": number % 2 == 0},
            {"stringValue": "2026-01-01T00:00:00.000Z"},
            {"emptyValue": {}},
        ]
        fields = [
            {"id": field, "value": kinds[index % len(kinds)]} for index, field in enumerate(_FIELD_IDS[:fields_a_case])
        ]
        cases.append({"caseId": _id(), "templateId": _id(), "fields": fields, "tags": {"team": "refunds"}})
    answer = {"cases": cases, "totalCount": 1000, **({"nextToken": token} if token else {})}
    return json.dumps(answer).encode()


SMALL = json.dumps(
    {
        "fields": [
            {"id": "title", "value": {"stringValue": "Parcel lost"}},
            {"id": "status", "value": {"stringValue": "open"}},
            {"id": "amount", "value": {"doubleValue": 12.5}},
        ],
        "templateId": "5e6d6a3c-0000-4000-8000-000000000000",
    }
).encode()
"""What GetCase answers for three fields."""


class _Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: object, **__: object) -> Iterator[bytes]:
        yield self._content


def injected(client: Any, body: Callable[[], bytes]) -> None:
    """Have ``client`` get ``body()`` for every request: all is as ever but the socket."""

    def answer(request: Any, **_: object) -> AWSResponse:
        headers: Any = {"x-amzn-RequestId": "00000000-0000-4000-8000-000000000000", "Content-Type": "application/json"}
        return AWSResponse(request.url, 200, headers, _Body(body()))

    client.meta.events.register("before-send.*", answer)


def session() -> boto3.Session:
    """A session that needs nothing of the machine's configuration."""
    return boto3.Session("key", "secret", region_name="us-east-1")
