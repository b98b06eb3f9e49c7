"""Task templates from files: a plan that a person can read, and an instance that is then as the files say."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from connectkit import (
    ConnectKit,
    FileError,
    IncompleteError,
    InternalServiceError,
    OvertakenError,
    RetryPolicy,
    TransportError,
)
from connectkit.resources.instances import Instance
from connectkit.simulator import Simulator
from connectkit.task_definitions import BooleanField, NameField, NumberField, SelectField, TextField

from ...simulator.helpers import needs_member
from ...task_definitions.definitions import FLOW, OTHER_FLOW, simple
from ..conftest import Calls

READS = {"ListTaskTemplates", "GetTaskTemplate"}
REFUND = f"""
name: Refund
description: Money back
contact_flow: {FLOW}
fields:
  - {{name: Task name, type: NAME}}
  - name: Carrier
    type: single_select
    options: [Post, Courier]
    default: Post
    required: true
    description: Who lost it
"""


@pytest.fixture
def instance(sim: Simulator) -> Instance:
    """The instance that there is from the beginning, for somebody who tries once."""
    return ConnectKit(region_name="us-east-1", retry=RetryPolicy(max_attempts=1)).instance(sim.instance_id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three templates: as people write them, as the API prints them, and without a name."""
    (tmp_path / "refund.json").write_text(json.dumps(simple(TextField("Details")).to_document()), encoding="utf-8")
    raw = simple(name="Raw", status="INACTIVE").to_wire()
    answer = {**raw, "Id": "x", "Arn": "arn:x", "CreatedTime": 1.5, "LastModifiedTime": 2, "InstanceId": "i"}
    (tmp_path / "raw.json").write_text(json.dumps(answer), encoding="utf-8")
    nameless = {"contact_flow": FLOW, "fields": [{"name": "N", "type": "name"}]}
    (tmp_path / "Call back.json").write_text(json.dumps(nameless), encoding="utf-8")
    return tmp_path


def test_a_first_sync_creates_and_a_second_changes_nothing(instance: Instance, folder: Path, calls: Calls) -> None:
    plan = instance.task_templates.sync(folder / "*.json")
    assert set(calls()) <= READS
    assert [(action.kind, action.name) for action in plan.changes] == [
        ("create", "Call back"),
        ("create", "Raw"),
        ("create", "Refund"),
    ]
    lines = str(plan).splitlines()
    assert lines[-1] == "3 to create"
    assert lines[2].startswith("create  Refund")
    assert lines[2].endswith("refund.json       2 fields") or "2 fields" in lines[2]
    assert str(plan.apply()).splitlines()[-1] == "0 unchanged"
    assert calls() == ["CreateTaskTemplate"] * 3
    assert instance.task_templates.get("Raw").status == "INACTIVE"
    assert [field.name for field in instance.task_templates.get("Call back").fields] == ["N"]
    calls()
    again = instance.task_templates.sync(folder / "*.json")
    assert again.changes == []
    assert "nothing to do, 3 unchanged" in str(again)
    assert again.apply().succeeded == ()
    assert set(calls()) == READS


@needs_member("connect", "CreateTaskTemplateRequest", "SelfAssignFlowId")
def test_an_update_says_what_changes_and_leaves_others_alone(instance: Instance, folder: Path) -> None:
    instance.task_templates.create(
        simple(
            TextField("Details", required=True),
            NumberField("Amount"),
            description="Old",
            status="INACTIVE",
            self_assign_flow=OTHER_FLOW,
        )
    )
    instance.task_templates.create(simple(name="Somebody's own"))
    plan = instance.task_templates.sync([folder / "refund.json"])
    (action,) = plan.changes
    assert action.detail == (
        "description removed; status INACTIVE → ACTIVE; self_assign_flow removed; changed: Details; gone: Amount"
    )
    assert plan.not_in_files == ("Somebody's own",)
    assert str(plan).splitlines()[-1] == "1 to update, 1 in no file"
    plan.apply()
    assert instance.task_templates.get("Refund").definition() == simple(TextField("Details"))
    assert instance.task_templates.find("Somebody's own") is not None


def test_flows_go_by_their_names_in_files(instance: Instance, tmp_path: Path, sim: Simulator, calls: Calls) -> None:
    flow = sim.add_contact_flow("Refund tasks")
    for name, called in (("a", "Refund tasks"), ("b", "Refund tasks")):
        document = simple(name=name, contact_flow=called).to_document()
        (tmp_path / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    instance.task_templates.sync(tmp_path / "*.json").apply()
    assert calls().count("ListContactFlows") == 1
    assert instance.task_templates.get("a").contact_flow_id == flow
    assert instance.task_templates.sync(tmp_path / "*.json").changes == []
    lost = simple(name="c", contact_flow="Refund").to_document()
    (tmp_path / "c.json").write_text(json.dumps(lost), encoding="utf-8")
    with pytest.raises(FileError, match=r"c.json: contact_flow: there is no flow 'Refund' .* 'Refund tasks'"):
        instance.task_templates.sync(tmp_path / "*.json")


def test_the_order_of_fields_is_a_change(instance: Instance, tmp_path: Path) -> None:
    definition = simple(TextField("A"), TextField("B"))
    instance.task_templates.create(definition)
    turned = replace(definition, fields=[definition.fields[0], *definition.fields[:0:-1]])
    (tmp_path / "x.json").write_text(json.dumps(turned.to_document()), encoding="utf-8")
    (action,) = instance.task_templates.sync(tmp_path / "x.json").changes
    assert action.detail == "fields in another order"


def test_deleting_is_asked_for(instance: Instance, folder: Path) -> None:
    instance.task_templates.create(simple(name="Old"))
    gone = instance.task_templates.create(simple(name="Older"))
    plan = instance.task_templates.sync(folder / "*.json", delete=True)
    assert [action.kind for action in plan.changes] == ["create"] * 3 + ["delete"] * 2
    gone.delete()  # as somebody else might, meanwhile
    plan.apply()
    assert [one.name for one in instance.task_templates.list()] == ["Call back", "Raw", "Refund"]


def test_what_stops_half_way_says_what_is_done_and_goes_on_when_it_is_run_again(
    instance: Instance, folder: Path, sim: Simulator, calls: Calls
) -> None:
    plan = instance.task_templates.sync(folder / "*.json")
    sim.fail("CreateTaskTemplate", "InternalServiceException", after=1)
    with pytest.raises(IncompleteError, match=r"1 of 3 done: to create 'Raw' failed") as caught:
        plan.apply()
    assert isinstance(caught.value.__cause__, InternalServiceError)
    assert caught.value.done == ("create Call back",)
    assert caught.value.left == ("create Raw", "create Refund")
    calls()
    fresh = instance.task_templates.sync(folder / "*.json")
    assert [(action.kind, action.name) for action in fresh.changes] == [("create", "Raw"), ("create", "Refund")]
    plan.apply()
    assert calls().count("CreateTaskTemplate") == 2
    assert instance.task_templates.sync(folder / "*.json").changes == []


def test_a_write_that_nobody_heard_of_is_not_done_twice(instance: Instance, folder: Path, sim: Simulator) -> None:
    plan = instance.task_templates.sync(folder / "refund.json")
    sim.break_connection("CreateTaskTemplate", carried_out=True)
    with pytest.raises(IncompleteError) as caught:
        plan.apply()
    assert isinstance(caught.value.__cause__, TransportError)
    plan.apply()
    assert [one.name for one in instance.task_templates.list()] == ["Refund"]
    instance.task_templates.get("Refund").update(description="Old")
    plan = instance.task_templates.sync(folder / "refund.json")
    sim.break_connection("UpdateTaskTemplate", carried_out=True)
    with pytest.raises(IncompleteError):
        plan.apply()
    plan.apply()
    assert len(sim.calls("UpdateTaskTemplate")) == 2


def test_who_was_overtaken_since_the_plan_overwrites_nothing(instance: Instance, folder: Path) -> None:
    made = instance.task_templates.create(simple(name="Refund", description="Old"))
    plan = instance.task_templates.sync(folder / "refund.json")
    made.update(description="Theirs")
    with pytest.raises(IncompleteError, match="someone else has changed task template 'Refund'") as caught:
        plan.apply()
    assert isinstance(caught.value.__cause__, OvertakenError)
    assert instance.task_templates.get("Refund").description == "Theirs"


def test_all_that_is_wrong_with_the_files_is_said_at_once_and_before_any_call(
    instance: Instance, tmp_path: Path, calls: Calls
) -> None:
    files = {
        "a.json": '{"name": "A",\n  // why\n}',
        "b.json": '{"name": "B", "name": "B", "fields": []}',
        "c.json": '["x"]',
        "d.txt": "",
        "e.json": json.dumps(simple(name="Same").to_document()),
        "f.json": json.dumps(simple(name="Same").to_document()),
        "g.json": json.dumps({"fields": [{"name": "N", "type": "NAME"}, {"name": "T", "type": "TXT"}], "flow": "x"}),
        "h.json": json.dumps({**simple().to_wire(), "Newness": 1}),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "i.json").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(FileError) as caught:
        instance.task_templates.sync([tmp_path / "*", tmp_path / "missing.json", tmp_path / "*.none"])
    said = str(caught.value).replace(str(tmp_path) + "/", "")
    for expected in (
        "a.json: line 2, column 3: ",
        "b.json: 'name' is there twice in one object",
        "c.json: is to be an object with members, not list",
        "d.txt: is to end in .json, .yaml, .yml",
        "f.json: is called 'Same', as e.json is",
        "g.json: flow: is none of name, status",
        "g.json: contact_flow: a flow is needed",
        "h.json: Newness: this version of connectkit doesn't know what it is",
        "i.json: 'utf-8' codec can't decode",
        "missing.json: there is no such file",
        "*.none: no file is like that",
    ):
        assert expected in said, said
    assert calls() == []


def test_a_type_that_is_not_there_is_named_with_those_that_are(instance: Instance, tmp_path: Path) -> None:
    fields = [{"name": "N", "type": "NAME"}, {"name": "T", "type": "TXT"}]
    (tmp_path / "x.json").write_text(json.dumps({"fields": fields, "contact_flow": FLOW}), encoding="utf-8")
    with pytest.raises(FileError, match=r"x.json: fields\['T'\].type: .*TEXT"):
        instance.task_templates.sync(tmp_path / "x.json")


def test_numbers_and_words_in_json_stay_as_they_are_written(instance: Instance, tmp_path: Path) -> None:
    text = (
        '{"contact_flow": "%s", "fields": [{"name": "N", "type": "NAME"}, '
        '{"name": "A", "type": "NUMBER", "default": 1.50}, {"name": "B", "type": "BOOLEAN", "default": true}, '
        '{"name": "S", "type": "SINGLE_SELECT", "options": [1, 2], "default": 2}]}'
    )
    (tmp_path / "x.json").write_text(text % FLOW, encoding="utf-8")
    instance.task_templates.sync(str(tmp_path / "x.json")).apply()
    fields = instance.task_templates.get("x").fields
    assert list(fields) == [
        NameField("N"),
        NumberField("A", default="1.50"),
        BooleanField("B", default=True),
        SelectField("S", options=["1", "2"], default="2"),
    ]


def test_what_no_version_knows_yet_is_not_overwritten(
    instance: Instance, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from connectkit.models.connect import GetTaskTemplateResponse
    from connectkit.resources.task_templates.task_template import TaskTemplate

    made = instance.task_templates.create(simple(name="Refund"))
    wire = {**simple().to_wire(), "Newness": 1, "Id": made.id, "Arn": made.arn}

    def read(*_: object) -> Any:
        return GetTaskTemplateResponse.from_wire(wire)

    monkeypatch.setattr(TaskTemplate, "_read", read)
    with pytest.raises(FileError, match=r"Newness of the template that there is: this version of connectkit doesn't"):
        instance.task_templates.sync(folder / "refund.json")


# --- YAML -------------------------------------------------------------------------------------------------------------


def test_yaml_is_read_as_people_mean_it(instance: Instance, tmp_path: Path) -> None:
    pytest.importorskip("yaml")
    text = REFUND + (
        "  - {name: Agreed, type: SINGLE_SELECT, options: [Yes, No], default: No}\n"
        "  - {name: Rate, type: NUMBER, default: 1.50}\n"
        "  - {name: Day, type: DATE_TIME, default: 2030-01-01T12:00:00Z}\n"
        "  - {name: Sure, type: BOOLEAN, default: true, read_only: true, description: }\n"
    )
    (tmp_path / "refund.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "other.YML").write_text(REFUND.replace("name: Refund", "name: ~"), encoding="utf-8")
    instance.task_templates.sync([tmp_path / "*.yaml", tmp_path / "*.YML"]).apply()
    refund = instance.task_templates.get("Refund")
    assert (refund.description, refund.status) == ("Money back", "ACTIVE")
    told = [(field.name, field.type, field.options, field.default) for field in refund.fields]
    assert told == [
        ("Task name", "NAME", (), None),
        ("Carrier", "SINGLE_SELECT", ("Post", "Courier"), "Post"),
        ("Agreed", "SINGLE_SELECT", ("Yes", "No"), "No"),
        ("Rate", "NUMBER", (), "1.50"),
        ("Day", "DATE_TIME", (), "2030-01-01T12:00:00Z"),
        ("Sure", "BOOLEAN", (), "true"),
    ]
    assert (refund.fields[1].required, refund.fields[1].description) == (True, "Who lost it")
    assert (refund.fields[5].read_only, refund.fields[5].description) == (True, None)
    assert instance.task_templates.sync([tmp_path / "*.yaml"]).changes == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: [", "line 1"),
        ("name: A\nname: B", "'name' is there twice in one object"),
        ("a: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
        ("- x", "is to be an object with members, not list"),
        ("", "is to be an object with members, not nothing"),
    ],
)
def test_yaml_that_can_not_be_read_says_why(instance: Instance, tmp_path: Path, text: str, problem: str) -> None:
    pytest.importorskip("yaml")
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        instance.task_templates.sync(tmp_path / "x.yaml")
    assert f"{tmp_path / 'x.yaml'}: " in str(caught.value)
    assert problem in str(caught.value)


def test_without_pyyaml_it_says_what_to_install_and_json_is_read(
    instance: Instance, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast("dict[str, Any]", sys.modules), "yaml", None)
    (folder / "x.yaml").write_text(REFUND, encoding="utf-8")
    with pytest.raises(FileError, match=r"reading YAML needs PyYAML: pip install 'connectkit\[yaml\]'"):
        instance.task_templates.sync(folder / "*")
    assert len(instance.task_templates.sync(folder / "*.json").changes) == 3
