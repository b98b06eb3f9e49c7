"""What those rely on who use the AWS SDK for JavaScript: its classes of errors, and what it knows of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .refusals import REFUSALS, Ground, Refusal
from .support import read_moment

if TYPE_CHECKING:
    from .conftest import Desk
    from .support import Control, Story

pytestmark = [pytest.mark.clients, pytest.mark.parametrize("client", ["javascript"], indirect=True, scope="session")]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_refusal_is_of_the_class_of_its_error_and_has_its_members(
    story: Story, ground: Ground, refusal: Refusal
) -> None:
    told = story.tell("call", **refusal.call(ground), maxAttempts=1)["refusal"]
    assert told["ofService"] is True
    # The SDK has a class for every error that its model has.
    assert told["typed"] is refusal.modelled
    assert (told["status"], told["fault"]) == (refusal.status, "server" if refusal.status >= 500 else "client")
    assert told["requestId"]
    for problem in told["members"].get("PropertyList", []):
        assert problem.pop("Message")
    assert told["members"] == refusal.members


def test_an_error_that_a_test_arranges_is_of_its_class_too(story: Story, desk: Desk, control: Control) -> None:
    for code, status in (("AccessDeniedException", 403), ("ThrottlingException", 429)):
        control.arrange("fail", "ListFields", error=code)
        told = story.tell(
            "call",
            service="connectcases",
            operation="ListFields",
            input={"domainId": desk["domainId"]},
            maxAttempts=1,
        )["refusal"]
        assert (told["code"], told["typed"], told["status"]) == (code, True, status)


def test_the_sdk_waits_as_long_as_the_service_says(story: Story, desk: Desk, control: Control) -> None:
    call = {"service": "connectcases", "operation": "ListTemplates", "input": {"domainId": desk["domainId"]}}
    control.arrange("fail", "ListTemplates", error="InternalServerException", members={"retryAfterSeconds": 1}, times=2)
    refusal = story.tell("call", **call, maxAttempts=1)["refusal"]
    assert (refusal["typed"], refusal["fault"], refusal["status"]) == (True, "server", 500)
    assert refusal["members"] == {"retryAfterSeconds": 1}
    assert story.tell("call", **call)["attempts"] == 2
    _, first, second = (read_moment(call["time"]) for call in control.calls("ListTemplates"))
    assert (second - first).total_seconds() >= 1
