"""Starting tasks: what runs one, and the rules that hold for any of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas
from connectkit.simulator.core.timestamps import format_iso

from ..helpers import has_member, needs_member, refused
from .helpers import Tasks, TaskTemplates, definition, reference

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

SEGMENT = needs_member("connect", "StartTaskContactRequest", "SegmentAttributes")


def test_a_started_task_is_a_contact_in_progress(tasks: Tasks, sim: Simulator) -> None:
    contact_id = tasks.start("Call back", Description="They asked for it", Attributes={"tier": "1"})
    kept = tasks.kept(contact_id)
    assert (kept["channel"], kept["state"]) == ("TASK", "IN_PROGRESS")
    assert kept["arn"] == f"{sim.instance_arn}/contact/{contact_id}"
    assert kept["connected"] == format_iso(sim.requests[-1].time)
    assert kept["task"] == {
        "Name": "Call back",
        "Description": "They asked for it",
        "ContactFlowId": "flow",
        "Attributes": {"tier": "1"},
    }


# ---- what runs it --------------------------------------------------------------------------------------------------


@pytest.mark.rule("task.one-route")
def test_exactly_one_of_flow_quick_connect_and_template_runs_a_task(tasks: Tasks, templates: TaskTemplates) -> None:
    routes = {
        "ContactFlowId": "flow",
        "QuickConnectId": "quick",
        "TaskTemplateId": templates.create(**definition()),
    }
    for name, value in routes.items():
        tasks.start(**{name: value})
        two = {**routes}
        del two[name]
        with refused("InvalidRequestException", ", ".join(two)):
            tasks.start(**two)
    with refused("InvalidRequestException", "Exactly one"):
        tasks.start(**routes)
    with refused("InvalidRequestException", "Exactly one"):
        tasks.client.start_task_contact(**tasks.instance, Name="T")
    with refused("InvalidRequestException", "Exactly one"):
        tasks.start(ContactFlowId="")


@pytest.mark.rule("task.template")
def test_a_template_must_be_active(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = templates.create(**definition(Status="INACTIVE"))
    with refused("InvalidRequestException", "INACTIVE"):
        tasks.start(TaskTemplateId=template_id)
    templates.update(template_id, **definition(Status="ACTIVE"))
    tasks.start(TaskTemplateId=template_id)


@pytest.mark.rule("task.template")
def test_a_template_must_have_a_flow(tasks: Tasks, templates: TaskTemplates) -> None:
    body = definition({"Id": {"Name": "To"}, "Type": "QUICK_CONNECT"})
    del body["ContactFlowId"]
    with refused("InvalidRequestException", "no flow"):
        tasks.start(TaskTemplateId=templates.create(**body))


def test_a_template_must_be_there(tasks: Tasks) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        tasks.start(TaskTemplateId="nowhere")


# ---- client tokens -------------------------------------------------------------------------------------------------


@pytest.mark.rule("task.replay")
def test_a_client_token_starts_one_task(tasks: Tasks, sim: Simulator) -> None:
    soon = sim.clock.now() + timedelta(minutes=1)
    first = tasks.start(ScheduledTime=soon, ClientToken="t")
    sim.clock.advance(3600)
    assert tasks.start(ScheduledTime=soon, ClientToken="t") == first
    with refused("InvalidRequestException", "ClientToken"):
        tasks.start("Another", ScheduledTime=soon, ClientToken="t")
    assert tasks.start(ClientToken="u") != first


def test_a_task_that_was_refused_has_not_used_its_token_up(tasks: Tasks) -> None:
    with refused("InvalidParameterException"):
        tasks.start(ClientToken="t", Attributes={"what?": ""})
    tasks.start(ClientToken="t")


# ---- its time ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("task.scheduled")
def test_a_task_is_scheduled_from_now_to_six_days_ahead(tasks: Tasks, sim: Simulator) -> None:
    def start(**ahead: float) -> str:
        return tasks.start(ScheduledTime=sim.clock.now() + timedelta(**ahead))

    kept = tasks.kept(start(days=1))
    assert kept["task"]["ScheduledTime"] == pytest.approx(sim.clock.now().timestamp() + 86_400, abs=2)
    start(days=6)
    start(seconds=0)
    with refused("InvalidParameterException", "6 days"):
        start(days=6, seconds=2)
    with refused("InvalidParameterException", "past"):
        start(seconds=-2)


# ---- its references ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("URL", "https://example.com/1", "example"),
        ("NUMBER", "-1.5e3", "many"),
        ("STRING", "anything", None),
        ("DATE", "1893499200", "2030-01-01T12:00:00Z"),
        ("EMAIL", "a@example.com", "a"),
    ],
)
def test_a_reference_has_a_value_of_its_type(tasks: Tasks, kind: str, good: str, bad: str | None) -> None:
    contact_id = tasks.start(References={"one": reference(kind, good), "two": reference(kind)})
    assert tasks.kept(contact_id)["task"]["References"]["one"] == {"Type": kind, "Value": good}
    if bad is not None:
        with refused("InvalidParameterException", kind):
            tasks.start(References={"one": reference(kind, bad)})


@pytest.mark.rule("task.references")
@pytest.mark.parametrize("kind", ["ATTACHMENT", "CONTACT_ANALYSIS", "EMAIL_MESSAGE"])
def test_a_new_task_has_no_reference_of_another_type(tasks: Tasks, kind: str) -> None:
    # An older model lists fewer types, and refuses the others before the rule is asked.
    with refused("InvalidParameterException", "References.one"):
        tasks.start(References={"one": reference(kind, "x")})


@pytest.mark.rule("task.references")
def test_references_have_at_most_4096_bytes_together(tasks: Tasks) -> None:
    tasks.start(References={"one": reference("STRING", "é" * 1000), "six": reference("STRING", "x" * 2096)})
    with refused("InvalidParameterException", "4097 bytes"):
        tasks.start(References={"one": reference("STRING", "é" * 1000), "six": reference("STRING", "x" * 2097)})


# ---- its attributes ------------------------------------------------------------------------------------------------


@pytest.mark.rule("task.attributes")
def test_attributes_have_at_most_32768_bytes_together(tasks: Tasks) -> None:
    tasks.start(Attributes={"a": "é" * 16_000, "b": "x" * 766})
    with refused("InvalidParameterException", "32769 bytes"):
        tasks.start(Attributes={"a": "é" * 16_000, "b": "x" * 767})


@pytest.mark.parametrize("name", ["two words", "what?", "é", "a:b"])
def test_the_name_of_an_attribute_has_letters_digits_dashes_and_underscores(tasks: Tasks, name: str) -> None:
    tasks.start(Attributes={"Good-name_1": ""})
    with refused("InvalidParameterException", name):
        tasks.start(Attributes={name: ""})


@SEGMENT
def test_a_task_may_expire_within_ninety_days(tasks: Tasks) -> None:
    def start(minutes: int) -> str:
        return tasks.start(SegmentAttributes=expiry(minutes))

    assert tasks.kept(start(129_600))["task"]["SegmentAttributes"] == expiry(129_600)
    start(1)
    for minutes in (0, 129_601):
        with refused("InvalidParameterException", "129600"):
            start(minutes)
    with refused("InvalidParameterException", "ExpiryDuration"):
        tasks.start(SegmentAttributes={"connect:ContactExpiry": {"ValueString": "135"}})


def expiry(minutes: int) -> dict[str, Any]:
    """Give the segment attribute that has a task expire."""
    return {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}}


@SEGMENT
def test_a_task_may_name_the_agent_who_made_it(tasks: Tasks, sim: Simulator) -> None:
    agent = f"{sim.instance_arn}/agent/a"
    tasks.start(SegmentAttributes={"connect:CreatedByUser": {"ValueString": agent}})
    with refused("InvalidParameterException", "agent"):
        tasks.start(SegmentAttributes={"connect:CreatedByUser": {"ValueString": "a"}})


@SEGMENT
def test_other_segment_attributes_are_the_users_own(tasks: Tasks) -> None:
    tasks.start(SegmentAttributes={"Good-name_1": {"ValueString": "x"}})
    for name in ("connect:Subtype", "what?"):
        with refused("InvalidParameterException", name):
            tasks.start(SegmentAttributes={name: {"ValueString": "x"}})
    # For attributes of the system alone, and modelled later than the others.
    for member, value in (("ValueList", [{"ValueString": "x"}]), ("ValueArn", "arn:aws:x")):
        if has_member("connect", "SegmentAttributeValue", member):
            with refused("InvalidParameterException", member):
                tasks.start(SegmentAttributes={"mine": {member: value}})


@needs_member("connect", "StartTaskContactRequest", "Attachments")
def test_a_task_has_at_most_five_attachments_with_names_that_can_be_printed(tasks: Tasks) -> None:
    def attached(*names: str) -> list[dict[str, str]]:
        return [{"FileName": name, "S3Url": "https://bucket.example.com/key"} for name in names]

    contact_id = tasks.start(Attachments=attached("1", "2", "3", "4", "été.pdf"))
    assert len(tasks.kept(contact_id)["task"]["Attachments"]) == 5
    with refused("InvalidParameterException", "Attachments"):
        tasks.start(Attachments=attached(*"123456"))
    with refused("InvalidParameterException", "Attachments[0].FileName"):
        tasks.start(Attachments=attached("a\tb"))


# ---- the contacts before it, and quotas ----------------------------------------------------------------------------


@pytest.mark.rule("task.chain")
def test_twelve_tasks_may_follow_one_contact(tasks: Tasks, sim: Simulator) -> None:
    sim.add_contact("call")
    last = [tasks.start(PreviousContactId="call") for _ in range(12)][-1]
    with refused("ServiceQuotaExceededException", "12") as caught:
        tasks.start(PreviousContactId="call")
    assert caught.response["ResponseMetadata"]["HTTPStatusCode"] == 402
    # Ending one gives no place back, and the next in the chain has twelve of its own.
    sim.set_contact_state(last, "ENDED")
    with refused("ServiceQuotaExceededException", "12"):
        tasks.start(PreviousContactId="call")
    tasks.start(PreviousContactId=last)


@pytest.mark.rule("task.chain")
def test_any_number_of_tasks_may_be_related_to_one_contact(tasks: Tasks) -> None:
    related = tasks.start()
    for _ in range(13):
        tasks.start(RelatedContactId=related)


@pytest.mark.rule("task.related")
def test_a_task_takes_the_attributes_of_the_contact_that_it_is_related_to(tasks: Tasks) -> None:
    related = tasks.start(Attributes={"tier": "1", "team": "legal"})
    started = tasks.start(RelatedContactId=related, Attributes={"tier": "2"})
    assert tasks.kept(started)["task"]["Attributes"] == {"tier": "2", "team": "legal"}
    assert tasks.kept(related)["task"]["Attributes"] == {"tier": "1", "team": "legal"}
    full = tasks.start(Attributes={"a": "x" * 32_767})
    with refused("InvalidParameterException", "32770 bytes"):
        tasks.start(RelatedContactId=full, Attributes={"b": "x"})


@pytest.mark.rule("task.unknown-contact")
@pytest.mark.parametrize("member", ["PreviousContactId", "RelatedContactId"])
def test_a_contact_that_a_task_follows_must_be_there(tasks: Tasks, sim: Simulator, member: str) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        tasks.start(**{member: "nowhere"})
    sim.add_contact("call", channel="VOICE")
    tasks.start(**{member: "call"})


@pytest.mark.rule("task.quota")
def test_open_tasks_count_towards_the_quota(tasks: Tasks, sim: Simulator) -> None:
    assert sim.quotas.active_tasks == 2500
    sim.quotas = Quotas(active_tasks=2)
    sim.add_contact("call")
    first = tasks.start()
    sim.add_contact("seeded", channel="TASK")
    with refused("ServiceQuotaExceededException", "2"):
        tasks.start()
    sim.set_contact_state(first, "CONNECTED")
    with refused("ServiceQuotaExceededException", "2"):
        tasks.start()
    sim.set_contact_state(first, "ENDED")
    tasks.start()
    other = Tasks(tasks.client, sim.add_instance("other").rpartition("/")[2], sim)
    other.start()
