"""Flows and quick connects of an instance: a test seeds them, requests list them, and task templates name them."""

from __future__ import annotations

from datetime import datetime

from connectkit.simulator.connect.contacts import instance_of
from connectkit.simulator.connect.lookup import find_instance
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import ContactFlow, QuickConnect
from connectkit.simulator.state.region import RegionState
from connectkit.simulator.state.table import Table

__all__ = ["handles", "seed_contact_flow", "seed_quick_connect"]

handles: Handlers = Handlers()

_PAGE = 100
"""As it is documented: the most that a page has where the request does not say."""


@handles("ListContactFlows")
def list_contact_flows(context: Context, params: Params) -> Output:
    """List the flows of some types or all; oldest first, archived ones too, which both is inferred."""
    instance = find_instance(context, params)
    wanted = params.get("ContactFlowTypes") or ()
    flows = [flow for flow in instance.contact_flows.values() if not wanted or flow.type in wanted]
    page, token = context.page(params, flows, key=lambda flow: flow.sequence, default_size=_PAGE)
    return {
        "ContactFlowSummaryList": [
            {
                "Id": flow.id,
                "Arn": flow.arn,
                "Name": flow.name,
                "ContactFlowType": flow.type,
                "ContactFlowState": flow.state,
                "ContactFlowStatus": flow.status,
            }
            for flow in page
        ],
        "NextToken": token,
    }


@handles("ListQuickConnects")
def list_quick_connects(context: Context, params: Params) -> Output:
    """List the quick connects of some types or all; oldest first, which is inferred."""
    instance = find_instance(context, params)
    wanted = params.get("QuickConnectTypes") or ()
    found = [one for one in instance.quick_connects.values() if not wanted or one.type in wanted]
    page, token = context.page(params, found, key=lambda one: one.sequence, default_size=_PAGE)
    return {
        "QuickConnectSummaryList": [
            {
                "Id": one.id,
                "Arn": one.arn,
                "Name": one.name,
                "QuickConnectType": one.type,
                "LastModifiedTime": one.modified,
                "LastModifiedRegion": context.state.region,
            }
            for one in page
        ],
        "NextToken": token,
    }


def seed_contact_flow(state: RegionState, instance_id: str, *, name: str, flow_id: str, type_: str) -> ContactFlow:
    """Put a flow of a test's own into an instance.

    Raises ValueError when there is no such instance, or when it has a flow with this id or name.
    """
    instance = instance_of(state, instance_id)
    _refuse_taken(instance.contact_flows, f"instance {instance_id} has a flow", flow_id, name)
    flow = ContactFlow(
        id=flow_id,
        arn=f"{instance.arn}/contact-flow/{flow_id}",
        sequence=state.next_sequence(),
        name=name,
        type=type_,
        state="ACTIVE",
        status="PUBLISHED",
    )
    instance.contact_flows.put(flow)
    return flow


def seed_quick_connect(
    state: RegionState, instance_id: str, *, name: str, quick_connect_id: str, type_: str, now: datetime
) -> QuickConnect:
    """Put a quick connect of a test's own into an instance.

    Raises ValueError when there is no such instance, or when it has a quick connect with this id or name.
    """
    instance = instance_of(state, instance_id)
    _refuse_taken(instance.quick_connects, f"instance {instance_id} has a quick connect", quick_connect_id, name)
    made = QuickConnect(
        id=quick_connect_id,
        arn=f"{instance.arn}/transfer-destination/{quick_connect_id}",
        sequence=state.next_sequence(),
        name=name,
        type=type_,
        modified=now,
    )
    instance.quick_connects.put(made)
    return made


def _refuse_taken(there: Table[ContactFlow] | Table[QuickConnect], problem: str, identifier: str, name: str) -> None:
    if identifier in there:
        raise ValueError(f"{problem} {identifier} already")
    if any(one.name == name for one in there.values()):
        raise ValueError(f"{problem} {name!r} already")
