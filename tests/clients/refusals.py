"""Calls that the services refuse, each for a reason of its own, and the errors that a client is to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["REFUSALS", "Ground", "Refusal"]


@dataclass(frozen=True)
class Ground:
    """What the calls that are refused stand on."""

    domain_id: str
    template_id: str
    """Of a template with a required field."""
    instance_id: str
    view_id: str
    """Of a view called Taken, which was never published."""


@dataclass(frozen=True)
class Refusal:
    """A call that the service refuses, and how."""

    service: str
    operation: str
    make_input: Callable[[Ground], dict[str, Any]]
    code: str
    status: int
    text: str
    """What is somewhere in the message."""
    members: dict[str, Any] = field(default_factory=dict[str, Any])
    """What the error has besides."""

    modelled: bool = True
    """Whether the service's model has such an error."""

    def __str__(self) -> str:
        """Name it as a test's parameter."""
        return f"{self.operation}-{self.code}"

    def call(self, ground: Ground) -> dict[str, Any]:
        """Give what the chapter ``call`` takes."""
        return {"service": self.service, "operation": self.operation, "input": self.make_input(ground)}


REFUSALS = [
    Refusal(
        "connectcases",
        "GetDomain",
        lambda _: {"domainId": "nowhere"},
        "ResourceNotFoundException",
        404,
        "nowhere",
        {"resourceId": "nowhere", "resourceType": "Domain"},
    ),
    Refusal(
        "connectcases",
        "CreateCase",
        lambda ground: {"domainId": ground.domain_id, "templateId": ground.template_id, "fields": []},
        "ValidationException",
        400,
        "required",
    ),
    Refusal("connectcases", "CreateDomain", lambda _: {"name": "x" * 101}, "ValidationException", 400, "100"),
    Refusal(
        "connectcases",
        "CreateLayout",
        lambda ground: {"domainId": ground.domain_id, "name": "Desk", "content": {"basic": {}}},
        "ConflictException",
        409,
        "Desk",
    ),
    Refusal(
        "connectcases",
        "CreateLayout",
        lambda ground: {
            "domainId": ground.domain_id,
            "name": "Full",
            "content": {
                "basic": {"topPanel": {"sections": [{"fieldGroup": {"fields": [{"id": "summary"}] * 101}}]}},
            },
        },
        "ServiceQuotaExceededException",
        402,
        "100",
    ),
    Refusal(
        "connect",
        "DescribeView",
        lambda ground: {"InstanceId": ground.instance_id, "ViewId": "nowhere"},
        "ResourceNotFoundException",
        404,
        "nowhere",
    ),
    Refusal(
        "connect",
        "DescribeView",
        lambda ground: {"InstanceId": ground.instance_id, "ViewId": f"{ground.view_id}:$LATEST"},
        "InvalidRequestException",
        400,
        "$SAVED",
    ),
    Refusal(
        "connect",
        "CreateView",
        lambda ground: {
            "InstanceId": ground.instance_id,
            "Name": "Taken",
            "Status": "SAVED",
            "Content": {"Template": "{}"},
        },
        "DuplicateResourceException",
        409,
        "Taken",
    ),
    Refusal(
        "connect",
        "CreateTaskTemplate",
        lambda ground: {
            "InstanceId": ground.instance_id,
            "Name": "Call back",
            "ContactFlowId": "flow",
            "Fields": [{"Id": {"Name": "Title"}, "Type": "NAME"}],
        },
        "PropertyValidationException",
        400,
        "",
        {"PropertyList": [{"PropertyPath": "Constraints.RequiredFields", "Reason": "REQUIRED_PROPERTY_MISSING"}]},
    ),
    Refusal(
        "connect",
        "ListUsers",
        lambda ground: {"InstanceId": ground.instance_id},
        "OperationNotSimulatedException",
        501,
        "ListUsers",
        modelled=False,
    ),
]
