"""What a task template asks of the tasks that are started by it, and what it gives to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import BOTOCORE_SESSION, needs_value, refused
from .helpers import Tasks, TaskTemplates, default, definition, field, ids, reference

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

HAS_EXPIRY = needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")
REFERENCE = BOTOCORE_SESSION.Session().get_service_model("connect").shape_for("Reference")
# An older botocore refuses a reference without a value before it is sent.
VALUE_IS_OPTIONAL = pytest.mark.skipif(
    "Value" in REFERENCE.required_members, reason="a reference needs a value in the installed botocore"
)

TYPES = [
    ("TEXT", "STRING", "x" * 511, "x" * 512),
    ("TEXT_AREA", "STRING", "x" * 4095, "x" * 4096),
    ("BOOLEAN", "STRING", "true", "yes"),
    ("SINGLE_SELECT", "STRING", "a", "c"),
    ("NUMBER", "NUMBER", "7", None),
    ("DATE_TIME", "DATE", "1893499200", None),
    ("URL", "URL", "https://example.com", None),
    ("EMAIL", "EMAIL", "a@example.com", None),
]


def make(templates: TaskTemplates, *fields: dict[str, Any], required: bool = True, **members: Any) -> str:
    """Make a template with these fields, all of them required or only the name."""
    names = [entry["Id"]["Name"] for entry in fields] if required else []
    return templates.create(**definition(*fields, Constraints={"RequiredFields": ids("Title", *names)}, **members))


def of_type(kind: str) -> dict[str, Any]:
    """Give a field of a type."""
    return field("Extra", kind, **({"SingleSelectOptions": ["a", "b"]} if kind == "SINGLE_SELECT" else {}))


@pytest.mark.rule("task.required")
@pytest.mark.parametrize(("kind", "wanted", "good", "bad"), TYPES)
def test_a_required_field_needs_a_reference_of_its_name_and_type(
    tasks: Tasks, templates: TaskTemplates, kind: str, wanted: str, good: str, bad: str | None
) -> None:
    template_id = make(templates, of_type(kind))
    tasks.start(TaskTemplateId=template_id, References={"Extra": reference(wanted, good)})
    other, value = ("NUMBER", "7") if wanted == "STRING" else ("STRING", "x")
    for references in (
        {},
        {"extra": reference(wanted, good)},
        {"Extra": reference(wanted)},
        {"Extra": reference(other, value)},
    ):
        with refused("InvalidRequestException", "References.Extra"):
            tasks.start(TaskTemplateId=template_id, References=references)
    if bad is not None:
        with refused("InvalidRequestException", "References.Extra"):
            tasks.start(TaskTemplateId=template_id, References={"Extra": reference(wanted, bad)})


@pytest.mark.parametrize(("kind", "wanted", "good", "bad"), TYPES)
def test_a_field_that_is_not_required_may_be_left_out_but_not_be_wrong(
    tasks: Tasks, templates: TaskTemplates, kind: str, wanted: str, good: str, bad: str | None
) -> None:
    template_id = make(templates, of_type(kind), required=False)
    for references in ({}, {"Extra": reference(wanted, good)}, {"Extra": reference(wanted)}):
        tasks.start(TaskTemplateId=template_id, References=references)
    wrong = reference(wanted, bad) if bad is not None else reference("STRING", "x")
    with refused("InvalidRequestException", "References.Extra"):
        tasks.start(TaskTemplateId=template_id, References={"Extra": wrong})


@VALUE_IS_OPTIONAL
def test_a_reference_without_a_value_is_as_good_as_none(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, field("Extra", "TEXT"))
    with refused("InvalidRequestException", "References.Extra"):
        tasks.start(TaskTemplateId=template_id, References={"Extra": {"Type": "STRING"}})
    given = make(templates, field("Extra", "TEXT"), Name="Another", Defaults=default("Extra", "x"))
    kept = tasks.kept(tasks.start(TaskTemplateId=given, References={"Extra": {"Type": "STRING"}}))
    assert kept["task"]["References"] == {"Extra": reference("STRING", "x")}


def test_references_that_no_field_is_called_by_are_welcome(tasks: Tasks, templates: TaskTemplates) -> None:
    contact_id = tasks.start(TaskTemplateId=make(templates), References={"more": reference("STRING", "x")})
    assert "more" in tasks.kept(contact_id)["task"]["References"]


def test_a_required_name_is_not_empty(tasks: Tasks, templates: TaskTemplates) -> None:
    with refused("InvalidRequestException", "Name"):
        tasks.start("", TaskTemplateId=make(templates))
    tasks.start("", ContactFlowId="flow")


@pytest.mark.rule("task.required")
def test_a_required_description_and_time_are_those_of_the_request(
    tasks: Tasks, templates: TaskTemplates, sim: Simulator
) -> None:
    template_id = make(templates, field("What", "DESCRIPTION"), field("When", "SCHEDULED_TIME"))
    now = sim.clock.now()
    with refused("InvalidRequestException", "Description"):
        tasks.start(TaskTemplateId=template_id, ScheduledTime=now)
    with refused("InvalidRequestException", "ScheduledTime"):
        tasks.start(TaskTemplateId=template_id, Description="x")
    tasks.start(TaskTemplateId=template_id, ScheduledTime=sim.clock.now(), Description="x")


def test_all_that_is_missing_is_said_at_once(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, field("What", "DESCRIPTION"), field("One", "TEXT"), field("Two", "NUMBER"))
    with refused("InvalidRequestException") as caught:
        tasks.start(TaskTemplateId=template_id)
    for name in ("Description", "References.One", "References.Two"):
        assert name in caught.response["Message"]


def test_nothing_is_asked_for_fields_that_a_request_has_no_member_for(tasks: Tasks, templates: TaskTemplates) -> None:
    tasks.start(TaskTemplateId=make(templates, field("To", "QUICK_CONNECT")))


@pytest.mark.rule("task.defaults")
@pytest.mark.parametrize(("kind", "wanted", "value", "bad"), TYPES)
def test_a_default_fills_what_is_not_given(
    tasks: Tasks, templates: TaskTemplates, kind: str, wanted: str, value: str, bad: str | None
) -> None:
    assert bad is None or bad != value
    template_id = make(templates, of_type(kind), Defaults=default("Extra", value))
    for references in ({}, {"Extra": reference(wanted)}):
        kept = tasks.kept(tasks.start(TaskTemplateId=template_id, References=references))
        assert kept["task"]["References"] == {"Extra": {"Type": wanted, "Value": value}}


@pytest.mark.rule("task.defaults")
def test_what_is_given_goes_before_a_default(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, of_type("SINGLE_SELECT"), Defaults=default("Extra", "a"))
    contact_id = tasks.start(TaskTemplateId=template_id, References={"Extra": reference("STRING", "b")})
    assert tasks.kept(contact_id)["task"]["References"]["Extra"]["Value"] == "b"
    with refused("InvalidRequestException", "References.Extra"):
        tasks.start(TaskTemplateId=template_id, References={"Extra": reference("NUMBER", "1")})


def test_a_default_date_is_kept_in_epoch_seconds(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, of_type("DATE_TIME"), Defaults=default("Extra", "2030-01-01T12:00:00Z"))
    kept = tasks.kept(tasks.start(TaskTemplateId=template_id))
    assert kept["task"]["References"]["Extra"]["Value"] == "1893499200"


def test_a_default_description_name_and_time_are_the_tasks_own(
    tasks: Tasks, templates: TaskTemplates, sim: Simulator
) -> None:
    later = int(sim.clock.now().timestamp()) + 3600
    texts = {"Title": "Call back", "What": "They asked for it", "When": str(later)}
    defaults = [{"Id": {"Name": name}, "DefaultValue": text} for name, text in texts.items()]
    template_id = make(
        templates,
        field("What", "DESCRIPTION"),
        field("When", "SCHEDULED_TIME"),
        Defaults={"DefaultFieldValues": defaults},
    )
    task = tasks.kept(tasks.start("", TaskTemplateId=template_id))["task"]
    assert (task["Name"], task["Description"]) == ("Call back", "They asked for it")
    assert task["ScheduledTime"] == later
    sim.clock.advance(7200)
    with refused("InvalidParameterException", "past"):
        tasks.start("", TaskTemplateId=template_id)


@HAS_EXPIRY
def test_an_expiry_is_given_by_the_request_or_the_template(tasks: Tasks, templates: TaskTemplates) -> None:
    expiry = {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 135}}}}
    required = make(templates, field("Until", "EXPIRY_DURATION"))
    with refused("InvalidRequestException", "connect:ContactExpiry"):
        tasks.start(TaskTemplateId=required)
    tasks.start(TaskTemplateId=required, SegmentAttributes=expiry)
    given = make(templates, field("Until", "EXPIRY_DURATION"), Name="Another", Defaults=default("Until", "135"))
    assert tasks.kept(tasks.start(TaskTemplateId=given))["task"]["SegmentAttributes"] == expiry


def test_a_required_and_invisible_field_is_filled_by_its_default(tasks: Tasks, templates: TaskTemplates) -> None:
    constraints = {"RequiredFields": ids("Title", "Note"), "InvisibleFields": ids("Note")}
    body = definition(field("Note", "TEXT"), Constraints=constraints, Defaults=default("Note", "from the web"))
    kept = tasks.kept(tasks.start(TaskTemplateId=templates.create(**body)))
    assert kept["task"]["References"]["Note"]["Value"] == "from the web"


def test_a_task_keeps_its_template_when_that_is_deleted(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates)
    contact_id = tasks.start(TaskTemplateId=template_id)
    templates.client.delete_task_template(**templates.instance, TaskTemplateId=template_id)
    assert tasks.kept(contact_id)["task_template_id"] == template_id
    with refused("ResourceNotFoundException", template_id):
        tasks.start(TaskTemplateId=template_id)
