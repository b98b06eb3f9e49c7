"""What goes wrong arrives in each client as what it is, and is tried again where that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .refusals import REFUSALS, Ground, Refusal

if TYPE_CHECKING:
    from .conftest import Desk
    from .support import Control, Story

pytestmark = pytest.mark.clients


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_refusal_has_its_name_and_says_why(story: Story, ground: Ground, refusal: Refusal) -> None:
    told = story.tell("call", **refusal.call(ground), maxAttempts=1)["refusal"]
    assert told["code"] == refusal.code
    assert refusal.text in told["message"]


@pytest.mark.parametrize(("service", "operation"), [("connectcases", "ListDomains"), ("connect", "ListInstances")])
def test_a_throttled_call_is_tried_again_and_succeeds(
    story: Story, control: Control, service: str, operation: str
) -> None:
    control.arrange("fail", operation, error="ThrottlingException", times=2)
    assert story.tell("call", service=service, operation=operation, input={})["answer"]
    assert [call["status"] for call in control.calls(operation)] == [429, 429, 200]


def test_a_call_whose_connection_breaks_is_tried_again_and_succeeds(story: Story, desk: Desk, control: Control) -> None:
    control.arrange("break_connection", "ListLayouts")
    told = story.tell("call", service="connectcases", operation="ListLayouts", input={"domainId": desk["domainId"]})
    assert [layout["name"] for layout in told["answer"]["layouts"]] == ["Desk"]
    assert len(control.calls("ListLayouts")) == 2


def test_a_fault_of_the_service_is_tried_again_and_succeeds(story: Story, desk: Desk, control: Control) -> None:
    control.arrange("fail", "ListCaseRules", error="InternalServerException")
    told = story.tell("call", service="connectcases", operation="ListCaseRules", input={"domainId": desk["domainId"]})
    assert told["answer"] == {"caseRules": []}
    assert [call["status"] for call in control.calls("ListCaseRules")] == [500, 200]


def test_a_call_that_is_not_allowed_is_not_tried_again(story: Story, desk: Desk, control: Control) -> None:
    control.arrange("fail", "ListTemplates", error="AccessDeniedException", message="Päckchen &Action=x", times=None)
    told = story.tell("call", service="connectcases", operation="ListTemplates", input={"domainId": desk["domainId"]})
    assert (told["refusal"]["code"], told["refusal"]["message"]) == ("AccessDeniedException", "Päckchen &Action=x")
    assert [call["status"] for call in control.calls("ListTemplates")] == [403]
