"""Definitions of task templates by themselves: nothing is lost on any way, and mistakes are said with their place."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st

from connectkit import Fault, FieldValueError, RequestError
from connectkit.task_definitions import (
    BooleanField,
    DateTimeField,
    EmailField,
    ExpiryField,
    NameField,
    NumberField,
    QuickConnectField,
    ScheduledTimeField,
    SelectField,
    SelfAssignField,
    TaskField,
    TaskTemplateDefinition,
    TextAreaField,
    TextField,
    UrlField,
)
from connectkit.task_definitions.fields import field_of

from .definitions import (
    FITTING,
    FLOW,
    definitions,
    simple,
)


@settings(deadline=None)
@given(definitions())
def test_a_definition_survives_the_wire_and_a_file(definition: TaskTemplateDefinition) -> None:
    assert definition.faults() == []
    assert TaskTemplateDefinition.from_wire(definition.to_wire()) == definition
    assert TaskTemplateDefinition.from_document(definition.to_wire()) == definition
    assert TaskTemplateDefinition.from_document(definition.to_document()) == definition


@given(st.sampled_from(sorted(FITTING)), st.data())
def test_values_that_fit_are_no_faults(kind: str, data: st.DataObject) -> None:
    field = field_of("F", kind, required=True, default=data.draw(st.sampled_from(FITTING[kind])))
    others = [] if kind == "NAME" else [NameField("N")]
    assert TaskTemplateDefinition(name="x", contact_flow=FLOW, fields=[*others, field]).faults() == []


def test_defaults_are_python_values_written_as_the_service_keeps_them() -> None:
    noon = datetime(2030, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    fields = [
        (BooleanField("F", default=True), "true"),
        (SelfAssignField("F", default=False), "false"),
        (NumberField("F", default=1.5), "1.5"),
        (NumberField("F", default=Decimal("1.50")), "1.50"),
        (NumberField("F", default=0), "0"),
        (DateTimeField("F", default=noon), "2030-01-01T10:00:00Z"),
        (ScheduledTimeField("F", default=noon), "2030-01-01T10:00:00Z"),
        (ExpiryField("F", default=timedelta(days=1)), "1440"),
        (ExpiryField("F", default=5), "5"),
        (TextField("F", default=""), ""),
        (UrlField("F"), None),
    ]
    assert [field.default for field, _ in fields] == [text for _, text in fields]


def test_a_default_that_no_field_can_hold_is_refused_where_it_is_written() -> None:
    with pytest.raises(FieldValueError, match="field 'Due' needs a moment with a time zone"):
        DateTimeField("Due", default=datetime(2030, 1, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(FieldValueError, match="field 'Ends' counts in whole minutes, which 0:00:30 is not"):
        ExpiryField("Ends", default=timedelta(seconds=30))
    with pytest.raises(FieldValueError, match="field 'List' can't hold a list"):
        TextField("List", default=cast("Any", ["x"]))


def test_the_repr_of_a_field_is_code_that_makes_it() -> None:
    names = {name: value for name, value in globals().items() if name.endswith("Field")}
    fields: list[TaskField] = [
        NameField("N", invisible=True, default="x"),
        SelectField("S", options=["a"], required=True, description="Which"),
        NumberField("A", default=1.5, read_only=True),
        QuickConnectField("Q"),
        TextAreaField("T"),
        EmailField("E"),
        TaskField("X", "TELEPATHY", other={"Newness": 1}),
    ]
    for field in fields:
        assert eval(repr(field), names) == field  # noqa: S307 - our own text
    assert TextField("x") == TaskField("x", "TEXT") != TextField("x", required=True)
    assert len({TextField("x"), TaskField("x", "TEXT")}) == 1


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"Newness": 1}, "Newness"),
        ({"ContactHooks": {"WrapUpFlowId": FLOW, "Newness": 1}}, "ContactHooks.Newness"),
        ({"Constraints": {"RequiredFields": [{"Id": {"Name": "Task name"}}], "Hidden": []}}, "Constraints.Hidden"),
        ({"Defaults": {"Newness": 1}}, "Defaults.Newness"),
    ],
)
def test_what_a_definition_would_lose_is_refused(change: dict[str, Any], path: str) -> None:
    with pytest.raises(RequestError) as caught:
        TaskTemplateDefinition.from_wire({**simple().to_wire(), **change})
    assert [fault.path for fault in caught.value.faults] == [path]
    assert "this version of connectkit doesn't know" in str(caught.value)


def test_members_of_a_field_that_nobody_knows_yet_are_kept() -> None:
    wire = simple(TextField("T")).to_wire()
    wire["Fields"][1]["Newness"] = {"Level": 3}
    definition = TaskTemplateDefinition.from_wire(wire)
    assert definition.fields[1].other == {"Newness": {"Level": 3}}
    assert definition.to_wire() == wire
    assert TaskTemplateDefinition.from_document(definition.to_document()) == definition


def test_what_is_of_the_wrong_kind_is_said_with_its_place() -> None:
    with pytest.raises(RequestError) as caught:
        TaskTemplateDefinition.from_document(
            {
                "name": 3,
                "fields": [
                    "Task name",
                    {"name": "N", "type": "NAME", "requierd": True, "required": "yes"},
                    {"name": "S", "type": "SINGLE_SELECT", "options": "a", "default": ["x"]},
                ],
                "contact_flow": {},
                "colour": "red",
            }
        )
    said = {fault.path: fault.problem for fault in caught.value.faults}
    assert said["name"].startswith("is to be a text, not int '3'") or "a task template needs a name" in said["name"]
    assert said["fields[0]"] == "is to be an object with members, not str 'Task name'"
    assert said["fields[1].requierd"].endswith("did you mean 'required'?")
    assert said["fields[1].required"] == "is to be true or false, not str 'yes'"
    assert said["fields[2].options"] == "is to be a list, not str 'a'"
    assert said["fields[2].default"].startswith("can't hold a list")
    assert said["colour"].startswith("is none of name, status, fields")
    assert "contact_flow" in said
    with pytest.raises(RequestError, match="is to be an object with members, not list"):
        TaskTemplateDefinition.from_document(cast("Any", ["x"]))


def test_faults_can_be_had_without_an_instance() -> None:
    assert simple().faults() == []
    assert simple(contact_flow=None).faults() == [
        Fault("contact_flow", "a flow is needed, or a field of type QUICK_CONNECT")
    ]
    assert simple(QuickConnectField("Assign to"), contact_flow=None).faults() == []
