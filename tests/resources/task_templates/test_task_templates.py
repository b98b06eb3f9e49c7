"""Task templates: read, created, changed without losing anything, and never over somebody else's change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st

from connectkit import (
    ConflictError,
    ConnectKit,
    InternalServiceError,
    InvalidRequestError,
    NotFoundError,
    OvertakenError,
    RequestError,
    RetryPolicy,
    UnknownNameError,
)
from connectkit.models import connect
from connectkit.models.connect import task_templates as template_models, tasks as task_models
from connectkit.models.connect.task_templates import GetTaskTemplateResponse
from connectkit.resources.instances import Instance
from connectkit.resources.task_templates.task_template import LoadedTaskTemplate, TaskTemplate
from connectkit.simulator import Simulator, simulate
from connectkit.task_definitions import (
    NameField,
    NumberField,
    QuickConnectField,
    SelectField,
    TaskTemplateDefinition,
    TextField,
)

from ...simulator.helpers import has_operation, needs_member
from ...task_definitions.definitions import FLOW, HAS_HOOKS, HAS_SELF_ASSIGN, NOBODY, OTHER_FLOW, definitions, simple
from ..conftest import Calls

READ, WRITE = "GetTaskTemplate", "UpdateTaskTemplate"


@pytest.fixture
def instance(kit: ConnectKit, sim: Simulator) -> Instance:
    """The instance that there is from the beginning."""
    return kit.instance(sim.instance_id)


def answering(monkeypatch: pytest.MonkeyPatch, answer: GetTaskTemplateResponse) -> None:
    """Have every template read as this: the simulator gives nothing that connectkit doesn't know."""

    def read(*_: object) -> GetTaskTemplateResponse:
        return answer

    monkeypatch.setattr(TaskTemplate, "_read", read)


@pytest.fixture
def refund(instance: Instance, calls: Calls) -> LoadedTaskTemplate:
    """A template with a bit of everything, as it was read."""
    carrier = SelectField("Carrier", options=["Post", "Courier"], default="Post", required=True)
    definition = simple(
        carrier,
        NumberField("Amount", invisible=True),
        description="Money back",
        wrap_up_flow="w" if HAS_HOOKS else None,
    )
    made = instance.task_templates.create(definition).refresh()
    calls()
    return made


def kept(kit: ConnectKit, template: TaskTemplate) -> dict[str, Any]:
    """What the service keeps of a template, in the API's form, without what it notes by itself."""
    request = connect.GetTaskTemplateRequest(instance_id=template.instance_id, task_template_id=template.id)
    answer = kit.send(request).to_wire()
    return {name: value for name, value in answer.items() if name != "LastModifiedTime"}


def test_naming_a_template_makes_no_call(instance: Instance, calls: Calls) -> None:
    template = instance.task_template(NOBODY)
    assert (template.id, template.instance_id, repr(template)) == (NOBODY, instance.id, f"<TaskTemplate {NOBODY}>")
    assert template == instance.task_template(NOBODY) != instance.task_template(FLOW)
    assert calls() == []


def test_a_template_is_created_with_one_call_and_read_as_it_was_described(instance: Instance, calls: Calls) -> None:
    definition = simple(TextField("Details", required=True), description="Money back", status="INACTIVE")
    made = instance.task_templates.create(definition)
    assert calls() == ["CreateTaskTemplate"]
    assert (made.name, made.description, made.status) == ("Refund", "Money back", "INACTIVE")
    assert made.arn.endswith(made.id)
    assert (made.created_time, made.last_modified_time) == (None, None)
    for name in (made.id, made.arn, "Refund"):
        read = instance.task_templates.get(name)
        assert (read, read.arn, read.name, read.status) == (made, made.arn, "Refund", "INACTIVE")
        assert read.definition() == definition
        assert read.fields == definition.fields
        assert (read.contact_flow_id, read.self_assign_flow_id, read.wrap_up_flow_id) == (FLOW, None, None)
        assert read.created_time == read.last_modified_time
        assert read.tags == {}


def test_templates_are_listed_and_found_by_name_and_status(instance: Instance, calls: Calls) -> None:
    for number in range(12):
        instance.task_templates.create(simple(name=f"Template {number}", status="ACTIVE" if number % 2 else "INACTIVE"))
    assert len(instance.task_templates.list().all()) == 12
    assert [one.name for one in instance.task_templates.list(status="ACTIVE", limit=2)] == ["Template 1", "Template 3"]
    assert [one.name for one in instance.task_templates.list(name="Template 3")] == ["Template 3"]
    calls()
    found = instance.task_templates.find("Template 3")
    assert found is not None
    assert found.status == "ACTIVE"
    assert found.created_time is not None
    assert instance.task_templates.find("Template") is None
    assert calls() == ["ListTaskTemplates"] * 2
    with pytest.raises(UnknownNameError, match=r"there is no task template 'template 3' in instance .* 'Template 3'"):
        instance.task_templates.get("template 3")
    with pytest.raises(NotFoundError):
        instance.task_templates.get(NOBODY)


def test_an_update_of_one_attribute_reads_and_replaces(
    kit: ConnectKit, refund: LoadedTaskTemplate, calls: Calls
) -> None:
    before = kept(kit, refund)
    calls()
    refund.update(description="All of it")
    assert calls() == [READ, WRITE]
    assert kept(kit, refund) == {**before, "Description": "All of it"}
    assert refund.description == "Money back"  # a snapshot


@needs_member("connect", "CreateTaskTemplateRequest", "ContactHooks")
def test_an_empty_text_takes_away(kit: ConnectKit, refund: LoadedTaskTemplate) -> None:
    before = kept(kit, refund)
    refund.update(description="", wrap_up_flow="")
    del before["Description"], before["ContactHooks"]
    assert kept(kit, refund) == before


@needs_member("connect", "CreateTaskTemplateRequest", "ContactHooks")
def test_what_changes_nothing_writes_nothing(refund: LoadedTaskTemplate, calls: Calls) -> None:
    refund.update()
    assert calls() == []
    refund.update(name="Refund", description="Money back", status="ACTIVE", contact_flow=FLOW, wrap_up_flow="w")
    refund.update(fields=refund.fields)
    refund.activate()
    refund.update(self_assign_flow="")
    assert calls() == [READ] * 4


def test_a_template_can_be_changed_again_and_again(refund: LoadedTaskTemplate) -> None:
    """What oneself has written overtakes nobody."""
    refund.deactivate()
    refund.update(fields=[*refund.fields, TextField("Details")])
    refund.update(name="Refunds")
    refund.replace_if_unchanged(replace(refund.definition(), name="Money"))
    read = refund.refresh()
    assert (read.name, read.status, len(read.fields)) == ("Money", "ACTIVE", 3)


def test_the_slower_of_two_writers_overwrites_nothing(
    kit: ConnectKit, refund: LoadedTaskTemplate, instance: Instance, sim: Simulator, calls: Calls
) -> None:
    faster = instance.task_templates.get("Refund")
    sim.clock.advance(timedelta(seconds=1))
    faster.update(fields=[*faster.fields, TextField("Details")])
    theirs = kept(kit, refund)
    calls()
    writes: list[Callable[[], None]] = [
        lambda: refund.update(description="Mine"),
        refund.deactivate,
        lambda: refund.replace_if_unchanged(simple()),
    ]
    for write in writes:
        with pytest.raises(ConflictError, match="someone else has changed task template 'Refund'") as caught:
            write()
        assert isinstance(caught.value, OvertakenError)
    assert calls() == [READ] * 3
    assert kept(kit, refund) == theirs
    refund.refresh().update(description="Mine")
    assert kept(kit, refund) == {**theirs, "Description": "Mine"}


def test_who_writes_what_is_there_anyway_overtakes_nobody(refund: LoadedTaskTemplate, instance: Instance) -> None:
    wanted = replace(refund.definition(), description="Both")
    instance.task_templates.get("Refund").replace(wanted)
    refund.replace_if_unchanged(wanted)


def test_a_template_that_was_only_named_is_changed_as_it_is_now(
    kit: ConnectKit, refund: LoadedTaskTemplate, instance: Instance
) -> None:
    instance.task_template(refund.id).update(description="Theirs")
    instance.task_template(refund.id).update(status="INACTIVE")
    now = kept(kit, refund)
    assert (now["Description"], now["Status"]) == ("Theirs", "INACTIVE")


def test_replacing_keeps_nothing_and_reads_nothing(kit: ConnectKit, refund: LoadedTaskTemplate, calls: Calls) -> None:
    refund.replace(simple(name="Bare"))
    assert calls() == [WRITE]
    now = kept(kit, refund)
    assert now.keys().isdisjoint({"Description", "Defaults", "ContactHooks"})
    assert [field["Id"]["Name"] for field in now["Fields"]] == ["Task name"]


def test_an_update_that_makes_something_wrong_writes_nothing(refund: LoadedTaskTemplate, calls: Calls) -> None:
    with pytest.raises(RequestError) as caught:
        refund.update(contact_flow="", description="x" * 256, fields=[SelectField("S", options=["a"], default="b")])
    assert {fault.path for fault in caught.value.faults} == {
        "contact_flow",
        "description",
        "fields",
        "fields['S'].default",
    }
    assert calls() == [READ]
    with pytest.raises(RequestError) as replaced:
        refund.replace({"name": "x", "fields": []})
    assert [fault.path for fault in replaced.value.faults] == ["contact_flow", "fields"]
    assert calls() == []


def test_what_was_wrong_before_by_our_rules_keeps_nobody_from_changing_something_else(
    refund: LoadedTaskTemplate, monkeypatch: pytest.MonkeyPatch, calls: Calls
) -> None:
    """The service may allow what we think it doesn't."""
    wire = simple(SelectField("S", options=["a"], default="b")).to_wire()
    answer = GetTaskTemplateResponse.from_wire({"Id": refund.id, "Arn": refund.arn, **wire})
    answering(monkeypatch, answer)
    template = refund.refresh()
    with pytest.raises(InvalidRequestError):  # ours does think so; what counts is that it was asked
        template.update(description="Other")
    assert calls() == [WRITE]
    with pytest.raises(RequestError):
        template.update(contact_flow="")
    assert calls() == []


@pytest.mark.parametrize("member", ["Newness", "Constraints"])
def test_what_this_version_does_not_know_is_not_lost(
    refund: LoadedTaskTemplate, monkeypatch: pytest.MonkeyPatch, calls: Calls, member: str
) -> None:
    wire = simple().to_wire()
    wire |= {"Newness": 1} if member == "Newness" else {"Constraints": {**wire["Constraints"], "Hidden": ["x"]}}
    answer = GetTaskTemplateResponse.from_wire({"Id": refund.id, "Arn": refund.arn, **wire})
    answering(monkeypatch, answer)
    template = refund.refresh()
    with pytest.raises(RequestError, match=r"this version of connectkit doesn't know"):
        template.update(fields=[NameField("Other")])
    with pytest.raises(RequestError, match="this version of connectkit doesn't know"):
        template.definition()
    if member == "Newness":
        with pytest.raises(RequestError, match=r"writing would lose it; ignoring=\['Newness'\] says that it may be"):
            template.update(description="Other")
        assert calls() == []
        template.update(description="Other", ignoring=["Newness"])
        assert calls() == [WRITE]
        assert template.definition(ignoring=["Newness"]) == simple()
    else:
        # It is sent on, and botocore, which doesn't know it either, refuses it.
        with pytest.raises(RequestError, match=r"(?i)hidden"):
            template.update(description="Other")
        assert calls() == []


def test_ensuring_twice_writes_once(instance: Instance, calls: Calls) -> None:
    definition = simple(TextField("Details", required=True))
    first = instance.task_templates.ensure(definition)
    assert calls() == ["ListTaskTemplates", "CreateTaskTemplate", READ]
    assert instance.task_templates.ensure(definition) == first
    assert calls() == ["ListTaskTemplates", READ]
    changed = instance.task_templates.ensure(replace(definition, status="INACTIVE").to_document())
    assert (changed, changed.status) == (first, "INACTIVE")
    assert calls() == ["ListTaskTemplates", READ, READ, WRITE, READ]


def test_a_template_is_deleted(refund: LoadedTaskTemplate, instance: Instance) -> None:
    refund.delete()
    assert instance.task_templates.find("Refund") is None
    for call in (refund.refresh, refund.delete, refund.deactivate, lambda: refund.replace(simple())):
        with pytest.raises(NotFoundError):
            call()


def test_what_only_the_service_knows_comes_with_its_list(refund: LoadedTaskTemplate, instance: Instance) -> None:
    other = instance.task_templates.create(simple(name="Other"))
    for write in (
        lambda: other.update(name=refund.name),
        lambda: other.replace(refund.definition()),
        lambda: instance.task_templates.create(refund.definition()),
    ):
        with pytest.raises(InvalidRequestError, match="Name: RESOURCE_NAME_ALREADY_EXISTS") as caught:
            write()
        assert [one["PropertyPath"] for one in caught.value.details["PropertyList"]] == ["Name"]


def test_a_create_that_is_repeated_creates_nothing_more(instance: Instance, sim: Simulator) -> None:
    first = instance.task_templates.create(simple(), client_token="t")
    assert instance.task_templates.create(simple(), client_token="t") == first
    sim.break_connection("CreateTaskTemplate", carried_out=True)
    instance.task_templates.create(simple(name="Other"))
    assert [one.name for one in instance.task_templates.list()] == ["Refund", "Other"]


def test_a_failure_between_reading_and_writing_leaves_the_template_as_it_was(
    kit: ConnectKit, refund: LoadedTaskTemplate, sim: Simulator
) -> None:
    before = kept(kit, refund)
    patient_no_more = ConnectKit(region_name="us-east-1", retry=RetryPolicy(max_attempts=1))
    template = patient_no_more.instance(sim.instance_id).task_templates.get("Refund")
    sim.fail(WRITE, "InternalServiceException")
    with pytest.raises(InternalServiceError):
        template.update(description="Mine")
    assert kept(kit, refund) == before
    template.update(description="Mine")
    # The write was carried out, and nobody heard of it: the same once more is no conflict and no write.
    sim.break_connection(WRITE, carried_out=True)
    wanted = replace(template.definition(), description="Again")
    with pytest.raises(Exception, match=WRITE):
        template.replace_if_unchanged(wanted)
    written = len(sim.calls(WRITE))
    template.replace_if_unchanged(wanted)
    assert len(sim.calls(WRITE)) == written
    assert kept(kit, refund) == {**before, "Description": "Again"}


def test_a_template_is_copied_to_another_instance(refund: LoadedTaskTemplate, kit: ConnectKit, sim: Simulator) -> None:
    other = kit.instance(sim.add_instance("other"))
    copied = other.task_templates.create(replace(refund.definition(), contact_flow=OTHER_FLOW)).refresh()
    assert copied.definition() == replace(refund.definition(), contact_flow=OTHER_FLOW)


@needs_member("connect", "CreateTaskTemplateRequest", "SelfAssignFlowId")
def test_flows_and_quick_connects_go_by_their_names(instance: Instance, sim: Simulator, calls: Calls) -> None:
    flow, other, queue = (
        sim.add_contact_flow("Refund tasks"),
        sim.add_contact_flow("Own tasks"),
        sim.add_quick_connect("Refunds"),
    )
    definition = simple(
        QuickConnectField("To", default="Refunds"), contact_flow="Refund tasks", self_assign_flow="Own tasks"
    )
    template = instance.task_templates.create(definition).refresh()
    assert sorted(calls()) == ["CreateTaskTemplate", READ, "ListContactFlows", "ListQuickConnects"]
    assert (template.contact_flow_id, template.self_assign_flow_id, template.fields[1].default) == (flow, other, queue)
    assert instance.task_templates.ensure(definition) == template
    template.update(contact_flow="Refund tasks", fields=definition.fields)
    arn = f"{sim.instance_arn}/contact-flow/{other}"
    template.update(contact_flow=arn)
    assert calls().count(WRITE) == 1
    assert template.refresh().contact_flow_id == other
    template.update(contact_flow="Refund tasks")
    assert template.refresh().contact_flow_id == flow
    late = sim.add_contact_flow("Late tasks")  # names that aren't known are looked for anew
    template.update(contact_flow="Late tasks")
    assert template.refresh().contact_flow_id == late


@needs_member("connect", "CreateTaskTemplateRequest", "SelfAssignFlowId")
def test_a_name_that_nothing_has_is_said_with_the_nearest(instance: Instance, sim: Simulator, calls: Calls) -> None:
    sim.add_contact_flow("Refund tasks")
    whom = QuickConnectField("To", default="Refunds")
    faulty = simple(whom, contact_flow="Refund task", self_assign_flow="Nothing like it")
    with pytest.raises(RequestError) as caught:
        instance.task_templates.create(faulty)
    assert [fault.path for fault in caught.value.faults] == ["contact_flow", "self_assign_flow", "fields['To'].default"]
    assert "there is no flow 'Refund task' in instance" in str(caught.value)
    assert "did you mean 'Refund tasks'?" in str(caught.value)
    assert set(calls()) == {"ListContactFlows", "ListQuickConnects"}
    with pytest.raises(RequestError, match="fields: one field"):
        instance.task_templates.create({"name": "x", "fields": [], "contact_flow": "Refund task"})
    assert calls() == []  # nothing is looked up for what is wrong anyway


# --- every template ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bench() -> Iterator[tuple[Simulator, ConnectKit]]:
    """A simulator that many examples share, each after a reset: clients take long to make."""
    with simulate(seed=1) as sim:
        yield sim, ConnectKit(region_name="us-east-1")


def in_another_order(wire: dict[str, Any], draw: Callable[[Any], Any]) -> dict[str, Any]:
    """The same template as somebody else might have written it."""
    shuffled = {kind: draw(st.permutations(entries)) for kind, entries in wire["Constraints"].items()}
    return {**wire, "Constraints": shuffled}


@settings(deadline=None, max_examples=50)
@given(definition=definitions())
def test_any_template_survives_create_get_and_replace(
    bench: tuple[Simulator, ConnectKit], definition: TaskTemplateDefinition
) -> None:
    sim, kit = bench
    sim.reset()
    instance = kit.instance(sim.instance_id)
    template = instance.task_templates.create(definition).refresh()
    before = kept(kit, template)
    assert template.definition() == definition
    template.replace(template.definition())
    assert kept(kit, template) == before
    assert {name: before[name] for name in definition.to_wire()} == definition.to_wire()


@settings(deadline=None, max_examples=100)
@given(definition=definitions(), data=st.data())
def test_an_update_of_one_attribute_keeps_all_others(
    bench: tuple[Simulator, ConnectKit], definition: TaskTemplateDefinition, data: st.DataObject
) -> None:
    sim, kit = bench
    sim.reset()
    instance = kit.instance(sim.instance_id)
    wire = in_another_order(definition.to_wire(), data.draw)
    made = kit.send(connect.CreateTaskTemplateRequest.from_wire({"InstanceId": instance.id, **wire}))
    before = kept(kit, instance.task_template(made.id))
    changes: dict[str, tuple[str, Any]] = {
        "name": ("Name", "Another name!"),
        "description": ("Description", "Another one!"),
        "status": ("Status", "INACTIVE" if definition.status == "ACTIVE" else "ACTIVE"),
        "contact_flow": ("ContactFlowId", OTHER_FLOW),
        **({"self_assign_flow": ("SelfAssignFlowId", OTHER_FLOW)} if HAS_SELF_ASSIGN else {}),
        **({"wrap_up_flow": ("ContactHooks", OTHER_FLOW)} if HAS_HOOKS else {}),
    }
    word = data.draw(st.sampled_from(sorted(changes)))
    member, value = changes[word]
    instance.task_template(made.id).update(**cast("Any", {word: value}))
    wanted = {"WrapUpFlowId": value} if word == "wrap_up_flow" else value
    assert kept(kit, instance.task_template(made.id)) == {**before, member: wanted}


# --- every operation --------------------------------------------------------------------------------------------------

REACHED: dict[str, Callable[[Instance, LoadedTaskTemplate], object]] = {
    "CreateTaskTemplate": lambda instance, _: instance.task_templates.create(simple(name="Another")),
    "GetTaskTemplate": lambda _, template: template.refresh(),
    "ListTaskTemplates": lambda instance, _: instance.task_templates.list().all(),
    "UpdateTaskTemplate": lambda _, template: template.update(description="Another"),
    "DeleteTaskTemplate": lambda _, template: template.delete(),
    "StartTaskContact": lambda _, template: template.start_task(name="Call"),
    "UpdateContactTaskTemplate": lambda instance, template: instance.task_templates.create(
        simple(name="Another")
    ).apply_to(template.start_task(name="Call")),
}


def test_every_operation_can_be_reached(instance: Instance, refund: LoadedTaskTemplate, calls: Calls) -> None:
    modelled = {
        request.operation.name
        for module in (template_models, task_models)
        for request in vars(module).values()
        if hasattr(request, "operation") and request.__module__ == module.__name__
    }
    assert modelled == REACHED.keys()
    deletion = REACHED["DeleteTaskTemplate"]
    for operation, reach in REACHED.items():
        if reach is deletion or not has_operation("connect", operation):
            continue
        for template in instance.task_templates.list(name="Another"):
            template.delete()
        calls()
        reach(instance, refund)
        assert operation in calls()
    deletion(instance, refund)
    assert calls() == ["DeleteTaskTemplate"]
    with pytest.raises(NotFoundError):  # a version of it, too
        refund.refresh(snapshot_version="1")
