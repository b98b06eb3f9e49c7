"""What is wrong with a definition is said before any call, all of it at once; and it is what the service refuses."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings

from connectkit import ConnectKit, InvalidRequestError, QuotaExceededError, RequestError
from connectkit.simulator import Quotas, simulate
from connectkit.task_definitions import (
    DescriptionField,
    ExpiryField,
    NameField,
    NumberField,
    SelectField,
    TaskField,
    TaskTemplateDefinition,
    TextField,
)
from connectkit.task_definitions.fields import field_of

from ...task_definitions.definitions import (
    FLOW,
    HAS_EXPIRY,
    HAS_SELF_ASSIGN,
    UNFITTING,
    anything,
    simple,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectkit.simulator import Simulator

PAGE = Path(__file__).parents[3] / "docs" / "simulator-rules.md"
ENDLESS = "x" * 101


def wire_of(definition: TaskTemplateDefinition | dict[str, Any]) -> dict[str, Any]:
    """Its form on the wire."""
    return definition if isinstance(definition, dict) else definition.to_wire()


UNNAMED: list[dict[str, Any]] = [{"Id": {"Name": "Nothing"}}, {"Id": {}}, {}]

# By the rule that it breaks: a definition, and where that is said to be wrong.
_ALL: list[tuple[str, TaskTemplateDefinition | dict[str, Any], str]] = [
    ("task-template.name-field", TaskTemplateDefinition(name="x", contact_flow=FLOW, fields=[]), "fields"),
    ("task-template.name-field", simple(NameField("Other")), "fields[1].type"),
    (
        "task-template.name-field",
        TaskTemplateDefinition(name="x", contact_flow=FLOW, fields=[field_of("Title", "NAME")]),
        "fields['Title'].required",
    ),
    ("task-template.flow", simple(contact_flow=None), "contact_flow"),
    ("task-template.flow", simple(contact_flow=""), "contact_flow"),
    ("task-template.expiry", simple(ExpiryField("Expiry", default=129_601)), "fields['Expiry'].default"),
    ("task-template.expiry", simple(ExpiryField("Expiry", default=timedelta(0))), "fields['Expiry'].default"),
    (
        "task-template.references",
        simple(SelectField("Size", options=["S", "M"], default="L")),
        "fields['Size'].default",
    ),
    *[
        (
            "task-template.references",
            {**simple().to_wire(), "Constraints": {"RequiredFields": [{"Id": {"Name": "Task name"}}], kind: [entry]}},
            f"Constraints.{kind}[0].Id.Name",
        )
        for kind in ("ReadOnlyFields", "InvisibleFields")
        for entry in UNNAMED
    ],
    (
        "task-template.references",
        {**simple().to_wire(), "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Nothing"}, "DefaultValue": "x"}]}},
        "Defaults.DefaultFieldValues[0].Id.Name",
    ),
    (
        "task-template.references",
        {
            **simple().to_wire(),
            "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Task name"}, "DefaultValue": "x"}] * 2},
        },
        "Defaults.DefaultFieldValues[1].Id.Name",
    ),
    ("task-template.invisible", simple(TextField("T", required=True, invisible=True)), "fields['T'].invisible"),
    (
        "task-template.invisible",
        simple(TextField("T", required=True, invisible=True, default="")),
        "fields['T'].invisible",
    ),
    ("task-template.fields", simple(TextField("Task name")), "fields[1].name"),
    ("task-template.fields", simple(TextField("")), "fields[1].name"),
    ("task-template.fields", simple(field_of("T", "")), "fields['T'].type"),
    ("task-template.fields", simple(DescriptionField("A"), DescriptionField("B")), "fields[2].type"),
    ("task-template.fields", simple(SelectField("Size", options=[])), "fields['Size'].options"),
    ("task-template.fields", simple(SelectField("Size", options=["S", "S"])), "fields['Size'].options[1]"),
    ("task-template.fields", simple(SelectField("Size", options=["S", ""])), "fields['Size'].options[1]"),
    ("task-template.fields", simple(field_of("T", "TEXT", options=("S",))), "fields['T'].options"),
    *[
        ("task-template.references", simple(contact_flow=FLOW, fields=[NameField("N"), field]), "fields['F'].default")
        for kind, values in UNFITTING.items()
        for value in values
        for field in [field_of("F", kind, default=value)]
        if kind != "NAME"
    ],
    # Bounds of the installed botocore, under the names that a definition has for its members.
    ("wire.checked", simple(name=""), "name"),
    ("wire.checked", simple(name=ENDLESS), "name"),
    ("wire.checked", simple(description="x" * 256), "description"),
    ("wire.checked", simple(status="ASLEEP"), "status"),
    ("wire.checked", simple(contact_flow="x" * 501), "contact_flow"),
    ("wire.checked", simple(self_assign_flow="x" * 501), "self_assign_flow"),
    ("wire.checked", simple(TextField(ENDLESS, required=True, default="x")), "fields[1].name"),
    ("wire.checked", simple(TextField("T", description="x" * 256)), "fields['T'].description"),
    ("wire.checked", simple(SelectField("T", options=["a", ENDLESS])), "fields['T'].options[1]"),
    ("wire.checked", simple(DescriptionField("T", default="x" * 4097)), "fields['T'].default"),
    ("wire.checked", simple(TaskField("T", "TELEPATHY")), "fields['T'].type"),
]
# An older botocore finds more to be wrong with what it doesn't know.
LOCAL = [
    (rule, definition, path)
    for rule, definition, path in _ALL
    if (HAS_EXPIRY or "EXPIRY_DURATION" not in str(wire_of(definition)))
    and (HAS_SELF_ASSIGN or path != "self_assign_flow")
]


@pytest.fixture(scope="module")
def bench() -> Iterator[tuple[Simulator, ConnectKit]]:
    """A simulator that many examples share, each after a reset, and a kit: clients take long to make."""
    with simulate(seed=1) as sim:
        yield sim, ConnectKit(region_name="us-east-1")


@pytest.mark.parametrize(("rule", "definition", "path"), LOCAL)
def test_what_breaks_a_rule_is_refused_before_any_call(
    bench: tuple[Simulator, ConnectKit], rule: str, definition: TaskTemplateDefinition | dict[str, Any], path: str
) -> None:
    assert rule
    sim, kit = bench
    sim.reset()
    templates = kit.instance(sim.instance_id).task_templates
    with pytest.raises(RequestError) as caught:
        templates.create(definition)
    assert [fault.path for fault in caught.value.faults] == [path], caught.value
    assert list(sim.requests) == []
    wire = wire_of(definition)
    with pytest.raises(ClientError):  # so it isn't stricter than the service, as far as we know that
        cast("Any", kit.connect).create_task_template(InstanceId=sim.instance_id, **wire)


def reported(kit: ConnectKit, sim: Simulator) -> dict[str, list[str]]:
    """By the rules that nobody can know here: what the service says of a template that breaks one."""
    templates = kit.instance(sim.instance_id).task_templates
    said: dict[str, list[str]] = {}
    templates.create(simple(name="Taken"))
    for rule in ("task-template.unique-name", "task-template.problems"):
        with pytest.raises(InvalidRequestError) as taken:
            templates.create(simple(name="Taken"))
        assert taken.value.code == "PropertyValidationException"
        said[rule] = [one["PropertyPath"] for one in taken.value.details["PropertyList"]]
        assert "Name: RESOURCE_NAME_ALREADY_EXISTS" in str(taken.value)
    sim.add_contact_flow("Other tasks")
    with pytest.raises(InvalidRequestError, match="ContactFlowId: REFERENCED_RESOURCE_NOT_FOUND") as nowhere:
        templates.create(simple(name="Nowhere"))
    said["task-template.flows"] = [one["PropertyPath"] for one in nowhere.value.details["PropertyList"]]
    sim.remove_instance(sim.instance_id)
    sim.add_instance("another", instance_id=sim.instance_id)
    sim.quotas = Quotas(task_templates=0)
    with pytest.raises(QuotaExceededError) as quota:
        templates.create(simple(name="One more"))
    said["task-template.quotas"] = [quota.value.code]
    return said


def test_every_rule_is_held_here_or_reported_with_its_list(kit: ConnectKit, sim: Simulator) -> None:
    on_the_page = set(re.findall(r"^\| `(task-template\.[^`]*)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    # A facade can't break these: it always sends the whole, and asks for no page and no snapshot by itself.
    elsewhere = {"task-template.update", "task-template.list", "task-template.snapshots"}
    said = reported(kit, sim)
    assert said["task-template.unique-name"] == ["Name"]
    here = {rule for rule, _, _ in _ALL if rule.startswith("task-template.")}
    assert here | said.keys() | elsewhere == on_the_page


def test_everything_that_is_wrong_is_said_at_once(kit: ConnectKit, sim: Simulator) -> None:
    definition = TaskTemplateDefinition(
        name="x" * 101,
        fields=[
            TextField("Details", required=True, invisible=True),
            SelectField("Carrier", options=["Post", "Courier"], default="Poste"),
            TextField("Details"),
            NumberField("Amount", default="much", description="x" * 256),
        ],
    )
    with pytest.raises(RequestError) as caught:
        kit.instance(sim.instance_id).task_templates.create(definition)
    assert [str(fault) for fault in caught.value.faults] == [
        "contact_flow: a flow is needed, or a field of type QUICK_CONNECT",
        "fields: one field of type NAME is needed",
        "fields[2].name: two fields are called 'Details'",
        "fields['Details'].invisible: is required and invisible, so it needs a default: nobody could fill it in",
        "fields['Carrier'].default: has no option 'Poste'; did you mean 'Post'?",
        "fields['Amount'].default: 'much' is not a number",
        "name: has 101 characters; 100 is the most",
        "fields['Amount'].description: has 256 characters; 255 is the most",
    ]


@settings(deadline=None, max_examples=300)
@given(members=anything())
def test_what_is_refused_here_is_what_the_service_refuses(
    bench: tuple[Simulator, ConnectKit], members: dict[str, Any]
) -> None:
    sim, kit = bench
    sim.reset()
    client = cast("Any", kit.connect)
    try:
        kit.instance(sim.instance_id).task_templates.create(members)
    except RequestError:
        assert list(sim.requests) == []
        with pytest.raises(ClientError):
            client.create_task_template(InstanceId=sim.instance_id, **members)
    else:
        sim.reset()
        client.create_task_template(InstanceId=sim.instance_id, **members)
