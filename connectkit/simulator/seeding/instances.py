"""An instance of a seed: its contacts, flows, quick connects, views and task templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectkit.simulator._json_input import Members, Node
from connectkit.simulator.seeding.calls import Calls, choices
from connectkit.simulator.seeding.domains import SeededDomain

if TYPE_CHECKING:
    # At run time it is the simulator that imports this package.
    from connectkit.simulator._simulator import Simulator

__all__ = ["SeededInstance", "add_instance"]


@dataclass(slots=True)
class SeededInstance:
    """An instance, and what the seed puts in it by name."""

    id: str
    arn: str
    alias: str
    region: str
    contacts: dict[str, str] = field(default_factory=dict[str, str])
    """The ARNs of its contacts by id."""
    contact_flows: dict[str, str] = field(default_factory=dict[str, str])
    quick_connects: dict[str, str] = field(default_factory=dict[str, str])
    views: dict[str, str] = field(default_factory=dict[str, str])
    task_templates: dict[str, str] = field(default_factory=dict[str, str])

    def identifiers(self) -> dict[str, Any]:
        """Give the identifiers of everything, by name where there are names."""
        return {
            "id": self.id,
            "arn": self.arn,
            "contacts": self.contacts,
            "contact_flows": self.contact_flows,
            "quick_connects": self.quick_connects,
            "views": self.views,
            "task_templates": self.task_templates,
        }


def add_instance(
    simulator: Simulator, calls: Calls, node: Node, region: str, domains: Sequence[SeededDomain]
) -> SeededInstance:
    """Make an instance with everything in it, or put that into the one that has its alias already."""
    parts = ("contacts", "contact_flows", "quick_connects", "views", "task_templates")
    given = node.members("alias", optional=("region", "id", "cases_domain", *parts))
    alias = given["alias"].text()
    listed = calls.all_connect(node, "ListInstances", "InstanceSummaryList")
    known = next((summary for summary in listed if summary.get("InstanceAlias") == alias), None)
    if known is None:
        instance = _make_instance(simulator, node, given, region, domains)
    else:
        for name in ("id", "cases_domain"):
            if name in given:
                raise given[name].fault(f"instance {alias!r} is there already, with what it has; leave this out")
        instance = SeededInstance(known["Id"], known["Arn"], alias, region)
    for entry in given.items("contacts"):
        _add_contact(simulator, entry, instance)
    for entry in given.items("contact_flows"):
        _add_contact_flow(simulator, entry, instance)
    for entry in given.items("quick_connects"):
        _add_quick_connect(simulator, entry, instance)
    for entry in given.items("views"):
        _add_view(calls, entry, instance)
    for entry in given.items("task_templates"):
        _add_task_template(calls, entry, instance)
    return instance


def _make_instance(
    simulator: Simulator, node: Node, given: Members, region: str, domains: Sequence[SeededDomain]
) -> SeededInstance:
    domain_id: str | None = None
    if "cases_domain" in given:
        ids = {domain.name: domain.id for domain in domains if domain.region == region}
        name = given["cases_domain"].text()
        domain_id = given["cases_domain"].choose(name, ids, f"this seed has no domain in {region} that is called")
    alias = given["alias"].text()
    instance_id = given.read("id", Node.text, None)
    arn = _blame(
        node,
        lambda: simulator.add_instance(alias, instance_id=instance_id, cases_domain_id=domain_id, region_name=region),
    )
    return SeededInstance(arn.rpartition("/")[2], arn, alias, region)


def _add_contact(simulator: Simulator, node: Node, instance: SeededInstance) -> None:
    given = node.members(optional=("id", "channel", "connected"))
    contact_id = given.read("id", Node.text, None)
    channel = given.read("channel", Node.text, "VOICE")
    connected = given.read("connected", Node.moment, None)
    arn = _blame(
        node,
        lambda: simulator.add_contact(
            contact_id,
            channel=channel,
            connected=connected,
            instance_id=instance.id,
            region_name=instance.region,
        ),
    )
    instance.contacts[arn.rpartition("/")[2]] = arn


def _add_contact_flow(simulator: Simulator, node: Node, instance: SeededInstance) -> None:
    given = node.members("name", optional=("id", "type"))
    name = given["name"].text()
    types = choices("connect", "ListContactFlows", "ContactFlowTypes")
    flow_type = given["type"].one_of(types) if "type" in given else "CONTACT_FLOW"
    flow_id = given.read("id", Node.text, None)
    instance.contact_flows[name] = _blame(
        node,
        lambda: simulator.add_contact_flow(
            name, flow_id=flow_id, type=flow_type, instance_id=instance.id, region_name=instance.region
        ),
    )


def _add_quick_connect(simulator: Simulator, node: Node, instance: SeededInstance) -> None:
    given = node.members("name", optional=("id", "type"))
    name = given["name"].text()
    types = choices("connect", "ListQuickConnects", "QuickConnectTypes")
    quick_connect_type = given["type"].one_of(types) if "type" in given else "QUEUE"
    quick_connect_id = given.read("id", Node.text, None)
    instance.quick_connects[name] = _blame(
        node,
        lambda: simulator.add_quick_connect(
            name,
            quick_connect_id=quick_connect_id,
            type=quick_connect_type,
            instance_id=instance.id,
            region_name=instance.region,
        ),
    )


def _add_view(calls: Calls, node: Node, instance: SeededInstance) -> None:
    given = node.members("name", "template", optional=("description", "status", "actions", "tags"))
    template = given["template"]
    actions = given.items("actions")
    name = given["name"].text()
    made = calls.connect(
        node,
        "CreateView",
        InstanceId=instance.id,
        Name=name,
        Status=given.read(
            "status", lambda status: status.one_of(choices("connect", "CreateView", "Status")), "PUBLISHED"
        ),
        Content={
            "Template": template.text() if isinstance(template.value, str) else json.dumps(template.object()),
            "Actions": [action.text() for action in actions],
        },
        Description=given.read("description", Node.text, None),
        Tags=given.read("tags", Node.texts, None),
    )
    instance.views[name] = made["View"]["Id"]


_CONSTRAINTS = {"required": "RequiredFields", "read_only": "ReadOnlyFields", "invisible": "InvisibleFields"}


def _add_task_template(calls: Calls, node: Node, instance: SeededInstance) -> None:
    """Make a task template; what a field is constrained to and its default stand with the field."""
    given = node.members("name", "fields", optional=("description", "contact_flow", "contact_flow_id", "status"))
    types = choices("connect", "CreateTaskTemplate", "Fields", "Type")
    fields: list[dict[str, Any]] = []
    constraints: dict[str, list[Any]] = {}
    defaults: list[dict[str, Any]] = []
    for entry in given["fields"].items():
        of = entry.members("name", "type", optional=("description", "options", "default", *_CONSTRAINTS))
        identity = {"Name": of["name"].text()}
        made_of: dict[str, Any] = {"Id": identity, "Type": of["type"].one_of(types)}
        if "description" in of:
            made_of["Description"] = of["description"].text()
        if "options" in of:
            made_of["SingleSelectOptions"] = [option.text() for option in of["options"].items()]
        fields.append(made_of)
        for word, member in _CONSTRAINTS.items():
            if of.read(word, Node.flag, default=False):
                constraints.setdefault(member, []).append({"Id": identity})
        if "default" in of:
            defaults.append({"Id": identity, "DefaultValue": of["default"].text()})
    name = given["name"].text()
    made = calls.connect(
        node,
        "CreateTaskTemplate",
        InstanceId=instance.id,
        Name=name,
        Description=given.read("description", Node.text, None),
        ContactFlowId=_contact_flow_id(calls, given, instance),
        Status=given.read(
            "status", lambda status: status.one_of(choices("connect", "CreateTaskTemplate", "Status")), None
        ),
        Fields=fields,
        Constraints=constraints or None,
        Defaults={"DefaultFieldValues": defaults} if defaults else None,
    )
    instance.task_templates[name] = made["Id"]


def _contact_flow_id(calls: Calls, given: Members, instance: SeededInstance) -> str | None:
    if "contact_flow" not in given:
        return given.read("contact_flow_id", Node.text, None)
    if "contact_flow_id" in given:
        raise given["contact_flow_id"].fault("contact_flow names the flow already; leave one of the two out")
    node = given["contact_flow"]
    listed = calls.all_connect(node, "ListContactFlows", "ContactFlowSummaryList", InstanceId=instance.id)
    flows: dict[str, str] = {flow["Name"]: flow["Id"] for flow in listed}
    return node.choose(node.text(), flows, "the instance has no flow")


def _blame(node: Node, action: Callable[[], str]) -> str:
    """Do something, and have whoever wrote ``node`` told if it makes no sense."""
    try:
        return action()
    except ValueError as error:
        raise node.fault(str(error)) from error
