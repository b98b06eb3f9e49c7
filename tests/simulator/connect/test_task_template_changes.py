"""UpdateContactTaskTemplate: another template for a task that is running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs, refused
from .helpers import Tasks, TaskTemplates, default, definition, field, ids, reference

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

pytestmark = needs("connect", "UpdateContactTaskTemplate")


def problems(tasks: Tasks, contact_id: str, template_id: str) -> list[tuple[str, str]]:
    """Give the paths and reasons for which a change is refused."""
    with refused("PropertyValidationException") as caught:
        tasks.change(contact_id, template_id)
    return [(problem["PropertyPath"], problem["Reason"]) for problem in caught.response["PropertyList"]]


def make(templates: TaskTemplates, name: str, *fields: dict[str, Any], **members: Any) -> str:
    """Make a template that requires these fields."""
    names = [entry["Id"]["Name"] for entry in fields]
    constraints = {"RequiredFields": ids("Title", *names)}
    return templates.create(**definition(*fields, Name=name, **{"Constraints": constraints, **members}))


def test_a_task_gets_a_template_and_another_one(tasks: Tasks, templates: TaskTemplates) -> None:
    contact_id, first, second = tasks.start(), make(templates, "First"), make(templates, "Second")
    assert tasks.kept(contact_id)["task_template_id"] is None
    for template_id in (first, second):
        tasks.change(contact_id, template_id)
        assert tasks.kept(contact_id)["task_template_id"] == template_id


@pytest.mark.rule("task.change-template")
@pytest.mark.parametrize("state", ["CONNECTED", "ENDED"])
def test_a_task_must_be_in_progress_and_with_no_agent(
    tasks: Tasks, templates: TaskTemplates, sim: Simulator, state: str
) -> None:
    contact_id, template_id = tasks.start(), make(templates, "First")
    sim.set_contact_state(contact_id, state)
    with refused("InvalidRequestException", state):
        tasks.change(contact_id, template_id)
    sim.set_contact_state(contact_id, "IN_PROGRESS")
    tasks.change(contact_id, template_id)


@pytest.mark.rule("task.change-template")
def test_only_a_task_has_a_template(tasks: Tasks, templates: TaskTemplates, sim: Simulator) -> None:
    template_id = make(templates, "First")
    for channel in ("VOICE", "CHAT", "EMAIL"):
        sim.add_contact(channel, channel=channel)
        with refused("InvalidRequestException", channel):
            tasks.change(channel, template_id)
    sim.add_contact("task", channel="TASK")
    tasks.change("task", template_id)


@pytest.mark.rule("task.change-template")
def test_the_template_that_a_task_has_already_is_refused(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, "First")
    contact_id = tasks.start(TaskTemplateId=template_id)
    with refused("InvalidRequestException", "already"):
        tasks.change(contact_id, template_id)
    with refused("InvalidRequestException", "already"):
        tasks.change(contact_id, templates.get(template_id)["Arn"])


@pytest.mark.rule("task.change-template")
def test_a_template_is_changed_five_times_at_most(tasks: Tasks, templates: TaskTemplates) -> None:
    turns = [make(templates, "First"), make(templates, "Second")]
    contact_id = tasks.start(TaskTemplateId=turns[1])
    for number in range(5):
        tasks.change(contact_id, turns[number % 2])
    with refused("ServiceQuotaExceededException", "5"):
        tasks.change(contact_id, turns[1])
    assert tasks.kept(contact_id)["task_template_id"] == turns[0]
    # What was refused has not been counted, and it is for each task by itself.
    other = tasks.start(References={"x": reference("STRING", "x")})
    for _ in range(6):
        assert problems(tasks, other, templates_needing(templates))
    tasks.change(other, turns[0])


def templates_needing(templates: TaskTemplates, *, name: str = "Needing") -> str:
    """Give a template that needs a reference, and make it at the first call."""
    answer = templates.client.list_task_templates(**templates.instance, Name=name)
    there = [entry["Id"] for entry in answer["TaskTemplates"]]
    return there[0] if there else make(templates, name, field("Extra", "TEXT"))


def test_the_contact_and_the_template_must_be_there(tasks: Tasks, templates: TaskTemplates) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        tasks.change(tasks.start(), "nowhere")
    with refused("ResourceNotFoundException", "nowhere"):
        tasks.change("nowhere", make(templates, "First"))


def test_an_inactive_template_is_refused(tasks: Tasks, templates: TaskTemplates) -> None:
    with refused("InvalidRequestException", "INACTIVE"):
        tasks.change(tasks.start(), make(templates, "First", Status="INACTIVE"))


def test_a_template_without_a_flow_is_good_enough(tasks: Tasks, templates: TaskTemplates) -> None:
    body = definition(field("To", "QUICK_CONNECT"))
    del body["ContactFlowId"]
    tasks.change(tasks.start(), templates.create(**body))


@pytest.mark.rule("task.required")
@pytest.mark.parametrize(
    ("kind", "wanted", "good"),
    [
        ("TEXT", "STRING", "x" * 511),
        ("TEXT_AREA", "STRING", "x" * 4095),
        ("BOOLEAN", "STRING", "false"),
        ("SINGLE_SELECT", "STRING", "a"),
        ("NUMBER", "NUMBER", "7"),
        ("DATE_TIME", "DATE", "1893499200"),
        ("URL", "URL", "https://example.com"),
        ("EMAIL", "EMAIL", "a@example.com"),
    ],
)
def test_a_required_field_needs_a_reference_of_its_name_and_type(
    tasks: Tasks, templates: TaskTemplates, kind: str, wanted: str, good: str
) -> None:
    options = {"SingleSelectOptions": ["a", "b"]} if kind == "SINGLE_SELECT" else {}
    template_id = make(templates, "Target", field("Extra", kind, **options))
    fitting = tasks.start(References={"Extra": reference(wanted, good), "more": reference("STRING", "x")})
    tasks.change(fitting, template_id)
    assert problems(tasks, tasks.start(), template_id) == [("References.Extra", "REQUIRED_PROPERTY_MISSING")]
    other = reference("NUMBER", "7") if wanted == "STRING" else reference("STRING", "x")
    mistaken = tasks.start(References={"Extra": other})
    assert problems(tasks, mistaken, template_id) == [("References.Extra", "TYPE_MISMATCH")]
    assert tasks.kept(mistaken)["task_template_id"] is None


@pytest.mark.rule("task.change-fits")
@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("TEXT", "x" * 512, "INVALID_FORMAT"),
        ("TEXT_AREA", "x" * 4096, "INVALID_FORMAT"),
        ("BOOLEAN", "yes", "TYPE_MISMATCH"),
        ("SINGLE_SELECT", "c", "REFERENCED_RESOURCE_NOT_FOUND"),
    ],
)
def test_a_value_fits_the_field_required_or_not(
    tasks: Tasks, templates: TaskTemplates, kind: str, value: str, reason: str
) -> None:
    options = {"SingleSelectOptions": ["a", "b"]} if kind == "SINGLE_SELECT" else {}
    extra = field("Extra", kind, **options)
    contact_id = tasks.start(References={"Extra": reference("STRING", value)})
    for name, constraints in (("Required", ids("Title", "Extra")), ("Not required", ids("Title"))):
        template_id = make(templates, name, extra, Constraints={"RequiredFields": constraints})
        assert problems(tasks, contact_id, template_id) == [("References.Extra", reason)]


def test_a_default_is_for_new_tasks_only(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, "Target", field("Extra", "TEXT"), Defaults=default("Extra", "x"))
    assert problems(tasks, tasks.start(), template_id) == [("References.Extra", "REQUIRED_PROPERTY_MISSING")]


def test_nothing_is_asked_of_what_is_no_reference(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, "Target", field("What", "DESCRIPTION"), field("When", "SCHEDULED_TIME"))
    tasks.change(tasks.start(), template_id)


@pytest.mark.rule("task-template.problems")
def test_all_problems_are_reported_together(tasks: Tasks, templates: TaskTemplates) -> None:
    template_id = make(templates, "Target", field("One", "TEXT"), field("Two", "NUMBER"), field("Three", "URL"))
    contact_id = tasks.start(References={"Two": reference("STRING", "x")})
    assert sorted(problems(tasks, contact_id, template_id)) == [
        ("References.One", "REQUIRED_PROPERTY_MISSING"),
        ("References.Three", "REQUIRED_PROPERTY_MISSING"),
        ("References.Two", "TYPE_MISMATCH"),
    ]
