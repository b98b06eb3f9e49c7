"""Short ways to say what the simulator's tests say often."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Generator

START = datetime(2030, 1, 1, 12, 0, tzinfo=timezone.utc)

PROFILE_ARN = "arn:aws:profile:us-east-1:123456789012:domains/people/profiles/1"
# The stubs of boto3 know only the services that someone installed stubs for, so to the type checkers it is Any.
BOTO3: Any = boto3
BOTOCORE_SESSION: Any = botocore.session

# One attempt: a test that expects an error should not sit out a retry.
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1})

USER_ARN = "arn:aws:connect:us-east-1:123456789012:instance/i/agent/a"
QUEUE_ARN = "arn:aws:connect:us-east-1:123456789012:instance/i/queue/q"


class Refusal:
    """The answer to a request that was refused, once it was."""

    response: Any


def make_client(service: str, region_name: str = "us-east-1") -> Any:
    """Make a plain boto3 client that does not retry."""
    return BOTO3.client(service, region_name=region_name, config=ONE_ATTEMPT)


def make_standing_client(service: str, region_name: str = "us-east-1", **members: Any) -> Any:
    """Make a plain boto3 client that does not retry and needs no simulation to exist."""
    keys = {"aws_access_key_id": "AKIAANY", "aws_secret_access_key": "any"}
    return BOTO3.client(service, region_name=region_name, config=ONE_ATTEMPT, **keys, **members)


@contextmanager
def refused(code: str, text: str = "") -> Generator[Refusal, None, None]:
    """Expect the service to answer with the error ``code``, with ``text`` somewhere in its message."""
    refusal = Refusal()
    with pytest.raises(ClientError) as caught:
        yield refusal
    refusal.response = response = cast("Any", caught.value.response)
    assert response["Error"]["Code"] == code, response
    message = response["Error"].get("Message") or response.get("Message") or response.get("message") or ""
    assert text in message, message


@cache
def _operations(service: str) -> frozenset[str]:
    return frozenset(BOTOCORE_SESSION.Session().get_service_model(service).operation_names)


# `make test-floor` runs the tests over a botocore that lacks some of what they are about. Only there do the marks below
# skip, and each says what is lacking; over the botocore of requirements/dev.txt everything runs.
def has_operation(service: str, operation: str) -> bool:
    """Say whether the installed botocore models ``operation``."""
    return operation in _operations(service)


def needs(service: str, operation: str) -> pytest.MarkDecorator:
    """Mark a test that can only run where the installed botocore models ``operation``."""
    reason = f"the installed botocore has no {operation}"
    return pytest.mark.skipif(not has_operation(service, operation), reason=reason)


def has_member(service: str, shape: str, member: str) -> bool:
    """Say whether the installed botocore models ``member`` of ``shape``."""
    model = BOTOCORE_SESSION.Session().get_service_model(service)
    return shape in model.shape_names and member in model.shape_for(shape).members


def needs_member(service: str, shape: str, member: str) -> pytest.MarkDecorator:
    """Mark a test that can only run where the installed botocore models ``member`` of ``shape``."""
    reason = f"the installed botocore has no {shape}.{member}"
    return pytest.mark.skipif(not has_member(service, shape, member), reason=reason)


@cache
def needs_value(service: str, shape: str, value: str) -> pytest.MarkDecorator:
    """Skip where the installed model's enum has no such value."""
    there = value in BOTOCORE_SESSION.Session().get_service_model(service).shape_for(shape).enum
    return pytest.mark.skipif(not there, reason=f"the installed botocore has no {shape} {value}")


def maximum(service: str, shape: str, member: str) -> int:
    """Give the largest length or number that the installed botocore lets ``member`` of ``shape`` have."""
    model = BOTOCORE_SESSION.Session().get_service_model(service)
    return int(model.shape_for(shape).members[member].metadata["max"])


def text(field_id: str, value: str) -> dict[str, Any]:
    """Give a text value of a field as the wire has it."""
    return {"id": field_id, "value": {"stringValue": value}}


def number(field_id: str, value: float) -> dict[str, Any]:
    """Give a number value of a field as the wire has it."""
    return {"id": field_id, "value": {"doubleValue": value}}


def empty(field_id: str) -> dict[str, Any]:
    """Give the empty value of a field as the wire has it."""
    return {"id": field_id, "value": {"emptyValue": {}}}


class DomainFixture:
    """A domain with an active template, and short ways to fill it."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.id: str = client.create_domain(name="Support")["domainId"]
        self.template_id = self.template("General")

    def template(self, name: str, *, required: tuple[str, ...] = (), **members: Any) -> str:
        """Make a template and give its id."""
        answer = self.client.create_template(
            domainId=self.id, name=name, requiredFields=[{"fieldId": field} for field in required], **members
        )
        return str(answer["templateId"])

    def field(self, name: str, kind: str = "Text", **members: Any) -> str:
        """Make a custom field and give its id."""
        return str(self.client.create_field(domainId=self.id, name=name, type=kind, **members)["fieldId"])

    def select(self, name: str, *values: str) -> str:
        """Make a SingleSelect field with active options and give its id."""
        field_id = self.field(name, "SingleSelect")
        self.put_options(field_id, **dict.fromkeys(values, True))
        return field_id

    def put_options(self, field_id: str, **active_by_value: bool) -> list[dict[str, Any]]:
        """Put options, active or not, and give the errors."""
        options = [{"name": value.capitalize(), "value": value, "active": on} for value, on in active_by_value.items()]
        answer = self.client.batch_put_field_options(domainId=self.id, fieldId=field_id, options=options)
        return list(answer.get("errors", []))

    def case(self, title: str = "A case", *fields: dict[str, Any], **members: Any) -> str:
        """Make a case and give its id."""
        members.setdefault("templateId", self.template_id)
        answer = self.client.create_case(domainId=self.id, fields=[text("title", title), *fields], **members)
        return str(answer["caseId"])

    def update(self, case_id: str, *fields: dict[str, Any], **members: Any) -> None:
        """Change a case."""
        self.client.update_case(domainId=self.id, caseId=case_id, fields=list(fields), **members)

    def values(self, case_id: str, *field_ids: str) -> dict[str, Any]:
        """Give the values that a case has for some fields, by field."""
        fields = [{"id": field_id} for field_id in field_ids]
        answer = self.client.get_case(domainId=self.id, caseId=case_id, fields=fields)
        return {entry["id"]: next(iter(entry["value"].values())) for entry in answer["fields"]}

    def search(self, **members: Any) -> list[str]:
        """Give the titles that a search finds, in its order."""
        members.setdefault("fields", [{"id": "title"}])
        answer = self.client.search_cases(domainId=self.id, **members)
        return [entry["fields"][0]["value"]["stringValue"] for entry in answer["cases"]]
