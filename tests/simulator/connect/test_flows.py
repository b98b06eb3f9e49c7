"""Flows and quick connects: seeded by a test, listed, and named by task templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import has_member, needs_member, refused
from .helpers import TaskTemplates, default, definition, field

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


@pytest.mark.rule("flow.list", "flow.order")
def test_flows_are_listed_by_type_and_in_pages(sim: Simulator, connect: Any) -> None:
    ids = [sim.add_contact_flow(f"Flow {number:03}") for number in range(120)]
    whisper = sim.add_contact_flow("Whisper", type="AGENT_WHISPER", flow_id="whisper-1")
    first = connect.list_contact_flows(InstanceId=sim.instance_id)
    assert [flow["Id"] for flow in first["ContactFlowSummaryList"]] == ids[:100]
    second = connect.list_contact_flows(InstanceId=sim.instance_id, NextToken=first["NextToken"])
    assert [flow["Id"] for flow in second["ContactFlowSummaryList"]] == [*ids[100:], whisper]
    assert "NextToken" not in second
    whispers = connect.list_contact_flows(InstanceId=sim.instance_id, ContactFlowTypes=["AGENT_WHISPER"])
    (flow,) = whispers["ContactFlowSummaryList"]
    assert (flow["Id"], flow["Name"], flow["ContactFlowType"]) == ("whisper-1", "Whisper", "AGENT_WHISPER")
    assert flow["Arn"] == f"{sim.instance_arn}/contact-flow/whisper-1"
    assert len(connect.list_contact_flows(InstanceId=sim.instance_id, MaxResults=1000)["ContactFlowSummaryList"]) == 121
    with refused("ResourceNotFoundException"):
        connect.list_contact_flows(InstanceId="nowhere")


@pytest.mark.rule("flow.list", "flow.order")
def test_quick_connects_are_listed_by_type_and_in_pages(sim: Simulator, connect: Any) -> None:
    queue = sim.add_quick_connect("Refunds")
    user = sim.add_quick_connect("Ann", type="USER", quick_connect_id="ann")
    listed = connect.list_quick_connects(InstanceId=sim.instance_id, MaxResults=1)
    (one,) = listed["QuickConnectSummaryList"]
    assert (one["Id"], one["Name"], one["QuickConnectType"]) == (queue, "Refunds", "QUEUE")
    if has_member("connect", "QuickConnectSummary", "LastModifiedTime"):
        assert one["LastModifiedTime"] == sim.clock.now().replace(microsecond=0)
    rest = connect.list_quick_connects(InstanceId=sim.instance_id, MaxResults=1, NextToken=listed["NextToken"])
    assert [one["Id"] for one in rest["QuickConnectSummaryList"]] == [user]
    users = connect.list_quick_connects(InstanceId=sim.instance_id, QuickConnectTypes=["USER"])
    assert [one["Id"] for one in users["QuickConnectSummaryList"]] == [user]


def test_what_is_there_already_can_not_be_added(sim: Simulator) -> None:
    flow = sim.add_contact_flow("Refunds")
    one = sim.add_quick_connect("Refunds")
    with pytest.raises(ValueError, match="has a flow 'Refunds'"):
        sim.add_contact_flow("Refunds")
    with pytest.raises(ValueError, match="already"):
        sim.add_contact_flow("Other", flow_id=flow)
    with pytest.raises(ValueError, match="has a quick connect"):
        sim.add_quick_connect("Refunds")
    with pytest.raises(ValueError, match="already"):
        sim.add_quick_connect("Other", quick_connect_id=one)
    for add in (sim.add_contact_flow, sim.add_quick_connect):
        with pytest.raises(ValueError, match="no instance nowhere"):
            add("New", instance_id="nowhere")


@needs_member("connect", "CreateTaskTemplateRequest", "SelfAssignFlowId")
@pytest.mark.rule("task-template.flows")
def test_a_template_names_flows_and_quick_connects_that_exist_once_any_were_added(sim: Simulator, connect: Any) -> None:
    templates = TaskTemplates(connect, sim.instance_id)
    whom = field("To", "QUICK_CONNECT")
    free = definition(whom, Name="Free", SelfAssignFlowId="any", Defaults=default("To", "anyone"))
    templates.create(**free)
    flow, queue = sim.add_contact_flow("Refunds"), sim.add_quick_connect("Refunds")
    assert templates.problems(**{**free, "Name": "Strict"}) == [
        ("ContactFlowId", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("SelfAssignFlowId", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("Defaults.DefaultFieldValues[0].DefaultValue", "REFERENCED_RESOURCE_NOT_FOUND"),
    ]
    strict = {**free, "Name": "Strict", "ContactFlowId": flow, "SelfAssignFlowId": flow}
    templates.create(**{**strict, "Defaults": default("To", queue)})
    other = templates.create(
        **{
            **strict,
            "Name": "By ARN",
            "ContactFlowId": f"{sim.instance_arn}/contact-flow/{flow}",
            "Defaults": default("To", queue),
        }
    )
    assert templates.get(other)["ContactFlowId"].endswith(flow)
