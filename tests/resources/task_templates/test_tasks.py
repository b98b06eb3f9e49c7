"""Tasks: started from a template with values by the names of its fields, and put under another template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import pytest

from connectkit import ConnectKit, InvalidRequestError, NotFoundError, QuotaExceededError, RequestError
from connectkit.models.connect import Reference
from connectkit.resources.instances import Instance
from connectkit.resources.task_templates.task_template import LoadedTaskTemplate
from connectkit.simulator import Simulator
from connectkit.task_definitions import (
    BooleanField,
    DateTimeField,
    DescriptionField,
    EmailField,
    ExpiryField,
    NameField,
    NumberField,
    QuickConnectField,
    ScheduledTimeField,
    SelectField,
    TaskTemplateDefinition,
    TextAreaField,
    TextField,
    UrlField,
)

from ...simulator.helpers import needs, needs_member, needs_value
from ...task_definitions.definitions import FLOW, HAS_EXPIRY, NOBODY, simple
from ..conftest import Calls

NOON = datetime(2030, 1, 2, 12, tzinfo=timezone.utc)
EVERYTHING = TaskTemplateDefinition(
    name="Everything",
    contact_flow=FLOW,
    fields=[
        NameField("Task name"),
        DescriptionField("What"),
        ScheduledTimeField("When"),
        *([ExpiryField("Until")] if HAS_EXPIRY else []),
        QuickConnectField("Assign to", required=True),
        TextField("Details"),
        TextAreaField("Story"),
        NumberField("Amount", required=True),
        BooleanField("Urgent"),
        DateTimeField("Due date"),
        UrlField("Link"),
        EmailField("Customer"),
        SelectField("Carrier", options=["Post", "Courier"], default="Post", required=True),
    ],
)


@pytest.fixture
def instance(kit: ConnectKit, sim: Simulator) -> Instance:
    """The instance that there is from the beginning."""
    return kit.instance(sim.instance_id)


@pytest.fixture
def template(instance: Instance, calls: Calls) -> LoadedTaskTemplate:
    """A template with a field of each type, as it was read."""
    made = instance.task_templates.create(EVERYTHING).refresh()
    calls()
    return made


def task(sim: Simulator, contact_id: str) -> Mapping[str, Any]:
    """What the service remembers of a task."""
    (region,) = sim.dump().values()
    contacts = [contact for entry in region["us-east-1"]["instances"] for contact in entry.get("contact", [])]
    return cast("Mapping[str, Any]", next(contact["task"] for contact in contacts if contact["id"] == contact_id))


def sent(sim: Simulator) -> Mapping[str, Any]:
    """What the last request for a task said."""
    params = sim.calls("StartTaskContact")[-1].params
    assert params is not None
    return params


@needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")
def test_values_go_by_the_names_of_fields_and_become_what_the_service_takes(
    template: LoadedTaskTemplate, sim: Simulator, calls: Calls
) -> None:
    contact_id = template.start_task(
        fields={
            "Task name": "Parcel lost",
            "What": "Call the carrier",
            "When": NOON,
            "Until": timedelta(hours=1),
            "Details": "Blue",
            "Story": "Long\nago",
            "Amount": 12.5,
            "Urgent": False,
            "Due date": NOON + timedelta(milliseconds=1),
            "Link": "https://example.com/1",
            "Customer": "a@example.com",
            "Carrier": "Courier",
        },
    )
    assert calls() == ["StartTaskContact"]
    kept = task(sim, contact_id)
    assert (kept["Name"], kept["Description"], kept["ScheduledTime"]) == (
        "Parcel lost",
        "Call the carrier",
        NOON.timestamp(),
    )
    assert kept["TaskTemplateId"] == template.id
    assert kept["SegmentAttributes"] == {
        "connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 60}}}
    }
    assert kept["References"] == {
        "Details": {"Type": "STRING", "Value": "Blue"},
        "Story": {"Type": "STRING", "Value": "Long\nago"},
        "Amount": {"Type": "NUMBER", "Value": "12.5"},
        "Urgent": {"Type": "STRING", "Value": "false"},
        "Due date": {"Type": "DATE", "Value": str(int(NOON.timestamp()))},
        "Link": {"Type": "URL", "Value": "https://example.com/1"},
        "Customer": {"Type": "EMAIL", "Value": "a@example.com"},
        "Carrier": {"Type": "STRING", "Value": "Courier"},
    }


@needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")
def test_what_is_no_field_goes_along_too(template: LoadedTaskTemplate, instance: Instance, sim: Simulator) -> None:
    before = template.start_task(name="Before", fields={"Amount": 1}, attributes={"team": "legal", "level": "1"})
    after = template.start_task(
        name="After",
        description="What is left",
        fields={"Amount": 2, "Details": None},
        references={"Case": Reference(type="URL", value="https://example.com/case"), "Note": "By phone"},
        attributes={"level": "2"},
        scheduled_time=NOON,
        expiry=30,
        related_contact_id=before,
        previous_contact_id=before,
    )
    kept = task(sim, after)
    assert kept["Attributes"] == {"team": "legal", "level": "2"}
    assert kept["References"]["Case"] == {"Type": "URL", "Value": "https://example.com/case"}
    assert kept["References"]["Note"] == {"Type": "STRING", "Value": "By phone"}
    assert kept["References"]["Carrier"]["Value"] == "Post"  # the template's default
    assert "Details" not in kept["References"]
    assert (kept["Description"], kept["PreviousContactId"]) == ("What is left", before)
    assert kept["ScheduledTime"] == NOON.timestamp()
    assert instance.id


@needs_member("connect", "StartTaskContactRequest", "SegmentAttributes")
@needs_member("connect", "StartTaskContactRequest", "Attachments")
def test_attributes_of_the_segment_and_files_go_along_too(template: LoadedTaskTemplate, sim: Simulator) -> None:
    agent = f"{sim.instance_arn}/agent/{NOBODY}"
    template.start_task(
        name="With files",
        fields={"Amount": 1},
        segment_attributes={"team": "legal", "level": 2},
        created_by=agent,
        attachments={"receipt.pdf": "https://example.com/receipt"},
    )
    assert sent(sim)["SegmentAttributes"] == {
        "team": {"ValueString": "legal"},
        "level": {"ValueInteger": 2},
        "connect:CreatedByUser": {"ValueString": agent},
    }
    assert sent(sim)["Attachments"] == [{"FileName": "receipt.pdf", "S3Url": "https://example.com/receipt"}]


def test_a_template_that_was_only_named_is_read_for_fields_and_only_for_them(
    template: LoadedTaskTemplate, instance: Instance, calls: Calls
) -> None:
    named = instance.task_template(template.id)
    named.start_task(name="Call", fields={"Amount": 1})
    assert calls() == ["GetTaskTemplate", "StartTaskContact"]
    with pytest.raises(InvalidRequestError, match="The template requires 'Amount'"):
        named.start_task(name="Call")
    assert calls() == ["StartTaskContact"]


@needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")
def test_all_that_is_wrong_with_a_task_is_said_before_any_call(template: LoadedTaskTemplate, calls: Calls) -> None:
    with pytest.raises(RequestError) as caught:
        template.start_task(
            description="Twice",
            fields=cast(
                "Any",
                {
                    "What": "Twice",
                    "Detials": "x",
                    "Details": "x" * 512,
                    "Assign to": "me",
                    "Urgent": "yes",
                    "Carrier": "Taxi",
                    "When": datetime(2030, 1, 1),  # noqa: DTZ001 - that is the point
                    "Until": 129_601,
                    "Due date": [1],
                },
            ),
            references={"Details": "again"},
        )
    assert [str(fault) for fault in caught.value.faults] == [
        "fields['What']: is given twice: description is the same",
        "fields['Detials']: the template has no such field; did you mean 'Details'?",
        "fields['Details']: has 512 characters; a TEXT value has fewer than 512",
        "fields['Assign to']: StartTaskContact takes no value for a field of type QUICK_CONNECT",
        "fields['Urgent']: 'yes' is not true or false",
        "fields['Carrier']: has no option 'Taxi'; its options are 'Post', 'Courier'",
        "fields['When']: needs a moment with a time zone: datetime(..., tzinfo=...)",
        "fields['Until']: '129601' is not a whole number of minutes from 1 to 129600",
        "fields['Due date']: can't hold a list; it holds what can be a text",
        "references['Details']: is given twice: a field is called the same",
        "fields['Amount']: is required by the template, and missing",
        "name: a task needs a name",
    ]
    assert calls() == []


def test_a_default_is_as_good_as_a_value(instance: Instance, sim: Simulator) -> None:
    fields = [NameField("Task name", default="Call back"), TextField("Details", required=True, default="None yet")]
    made = instance.task_templates.create(TaskTemplateDefinition(name="x", contact_flow=FLOW, fields=fields))
    kept = task(sim, made.refresh().start_task())
    assert (kept["Name"], kept["References"]["Details"]["Value"]) == ("Call back", "None yet")
    assert task(sim, made.start_task(name="Other"))["Name"] == "Other"
    with pytest.raises(RequestError, match="name: a task needs a name"):
        made.start_task()  # nobody has read it


@needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")
def test_required_standard_fields_are_asked_for(instance: Instance) -> None:
    required = [
        DescriptionField("What", required=True),
        ScheduledTimeField("When", required=True),
        ExpiryField("Until", required=True),
    ]
    made = instance.task_templates.create(simple(*required)).refresh()
    with pytest.raises(RequestError) as caught:
        made.start_task(name="x", fields={"Until": "0"})
    assert [fault.path for fault in caught.value.faults] == ["fields['Until']", "fields['What']", "fields['When']"]
    made.start_task(name="x", description="y", scheduled_time=NOON, expiry=1)


def test_what_only_the_service_can_know_it_says(template: LoadedTaskTemplate, instance: Instance) -> None:
    with pytest.raises(InvalidRequestError, match="more than 6 days ahead"):
        template.start_task(name="x", fields={"Amount": 1}, scheduled_time=NOON + timedelta(days=7))
    no_flow = instance.task_templates.create(simple(QuickConnectField("To"), contact_flow=None, name="No flow"))
    with pytest.raises(InvalidRequestError, match="has no flow"):
        no_flow.start_task(name="x")
    template.deactivate()
    with pytest.raises(InvalidRequestError, match="is INACTIVE"):
        template.start_task(name="x", fields={"Amount": 1})
    with pytest.raises(NotFoundError):
        instance.task_template(NOBODY).start_task(name="x")


def test_a_chain_of_tasks_has_its_limit(instance: Instance) -> None:
    made = instance.task_templates.create(simple())
    first = made.start_task(name="First")
    for number in range(12):
        made.start_task(name=f"After {number}", previous_contact_id=first)
    with pytest.raises(QuotaExceededError):
        made.start_task(name="One more", previous_contact_id=first)


def test_a_task_is_started_once_however_often_it_is_asked_for(
    template: LoadedTaskTemplate, kit: ConnectKit, sim: Simulator
) -> None:
    given: dict[str, Any] = {"name": "Once", "fields": {"Amount": 1}, "client_token": "order-1"}
    assert template.start_task(**given) == template.start_task(**given)
    started = len(sim.dump()[sim.account_id]["us-east-1"]["instances"][0]["contact"])
    sim.break_connection("StartTaskContact", carried_out=True)
    template.start_task(name="Other", fields={"Amount": 1})
    assert len(sim.dump()[sim.account_id]["us-east-1"]["instances"][0]["contact"]) == started + 1
    assert kit


@needs("connect", "UpdateContactTaskTemplate")
def test_a_running_task_gets_another_template(template: LoadedTaskTemplate, instance: Instance, sim: Simulator) -> None:
    contact_id = template.start_task(name="Refund", fields={"Amount": 1})
    asks_more = instance.task_templates.create(simple(TextField("Details", required=True), name="Asks more"))
    with pytest.raises(InvalidRequestError, match=r"References.Details: REQUIRED_PROPERTY_MISSING") as caught:
        asks_more.apply_to(contact_id)
    assert [one["PropertyPath"] for one in caught.value.details["PropertyList"]] == ["References.Details"]
    with pytest.raises(InvalidRequestError, match="uses task template"):
        template.apply_to(contact_id)
    other = instance.task_templates.create(simple(NumberField("Amount", required=True), name="Other"))
    other.apply_to(contact_id)
    with pytest.raises(InvalidRequestError, match="uses task template"):
        other.apply_to(contact_id)
    with pytest.raises(NotFoundError):
        other.apply_to(NOBODY)
    sim.set_contact_state(contact_id, "CONNECTED")
    with pytest.raises(InvalidRequestError, match="is CONNECTED"):
        template.apply_to(contact_id)
