"""A simulator with one of everything, so that a request can be wrong for one reason alone.

Its clock, its seed and what is done to it are always the same, and so are all identifiers.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from typing_extensions import override

from connectkit.simulator import Clock, HttpResponse, Quotas, Simulator

from ..helpers import PROFILE_ARN, QUEUE_ARN, START, USER_ARN
from .relations import USED_TOKEN, fill_relations
from .wire import OPERATIONS, Ask, Target, Wire, parse

__all__ = ["FIELD_TYPES", "USED_TOKEN", "VALUES", "VIEW", "Ids", "World", "failures", "ids", "task_template"]

FIELD_TYPES: Final = ("Text", "Number", "Boolean", "DateTime", "SingleSelect", "Url", "User")

VALUES: Final[Mapping[str, Mapping[str, Any]]] = {
    "Text": {"stringValue": "carrier called"},
    "Number": {"doubleValue": 2.5},
    "Boolean": {"booleanValue": True},
    "DateTime": {"stringValue": "2030-01-01T12:00:00Z"},
    "SingleSelect": {"stringValue": "high"},
    "Url": {"stringValue": "https://example.com/a"},
    "User": {"userArnValue": USER_ARN},
}
"""A value for a field of each type."""

VIEW: Final[Mapping[str, Any]] = {
    "Template": json.dumps({"Head": {"Title": "Greeting"}, "Body": [{"Type": "Button", "Props": {"Action": "Go"}}]}),
    "Actions": ["Go"],
}


@dataclass
class Ids:
    """The identifiers of everything in a world; what begins with ``other`` belongs to another domain or instance."""

    domain: str = ""
    fields: dict[str, str] = field(default_factory=dict[str, str])
    deleted_field: str = ""
    """A text field that has been deleted since the case got a value for it."""
    layout: str = ""
    second_layout: str = ""
    deleted_layout: str = ""
    template: str = ""
    strict_template: str = ""
    """A template that requires the text field."""
    inactive_template: str = ""
    deleted_template: str = ""
    case: str = ""
    reference: str = ""
    """The case's reference number."""
    strict_case: str = ""
    closed_case: str = ""
    strange_case: str = ""
    """A case of another customer."""
    instance: str = ""
    instance_arn: str = ""
    view: str = ""
    view_sha: str = ""
    saved_view: str = ""
    task_template: str = ""
    inactive_task_template: str = ""
    contact: str = ""
    contact_arn: str = ""
    rule: str = ""
    """A rule that makes a field required, on no template."""
    attached_rule: str = ""
    deleted_rule: str = ""
    items: dict[str, str] = field(default_factory=dict[str, str])
    """Related items of the case by their type."""
    merged_case: str = ""
    """A case that was merged into another one."""
    primary_case: str = ""
    association: str = ""
    """What is associated with the instance besides its Cases domain."""
    task: str = ""
    """A task that runs without a template."""
    connect_arns: list[str] = field(default_factory=list[str])
    """Connect resources that can be tagged."""
    other_domain: str = ""
    other_field: str = ""
    other_layout: str = ""
    other_template: str = ""
    other_case: str = ""
    other_rule: str = ""
    other_item: str = ""
    other_instance: str = ""
    other_view: str = ""
    other_task_template: str = ""
    arns: list[str] = field(default_factory=list[str])
    """Cases resources that can be tagged."""


class World:
    """A simulator with everything in it that :class:`Ids` names."""

    def __init__(self) -> None:
        self.simulator = Simulator(clock=Clock(START), seed=1, quotas=Quotas(instances=10))
        self.ids = Ids()
        _fill_connect(self)
        _fill_cases(self)
        fill_relations(self)
        self.before = self.digest()

    def send(self, wire: Wire) -> HttpResponse:
        """Answer a request."""
        region = self.simulator.region_name if wire.service else None
        return self.simulator.handle(wire.request(), service=wire.service, region=region)

    def call(self, service: str, operation: str, **params: Any) -> Any:
        """Send a request that is known to be good, and give the parsed answer."""
        target = Target(service, operation)
        response = self.send(Wire.of(Ask(target, params)))
        assert response.status == 200, (target, response.body)
        return parse(target, response)

    def case(self, domain: Mapping[str, str], template: str, fields: list[dict[str, Any]], **members: Any) -> str:
        """Make a case and give its id."""
        title = {"id": "title", "value": {"stringValue": f"Case number {len(fields)}"}}
        made = self.call(
            "connectcases", "CreateCase", **domain, templateId=template, fields=[title, *fields], **members
        )
        return str(made["caseId"])

    def has(self, operation: str) -> bool:
        """Say whether the installed botocore has an operation of Cases."""
        return self.knows("connectcases", operation)

    def knows(self, service: str, operation: str) -> bool:
        """Say whether the simulator and the installed botocore have an operation."""
        return Target(service, operation) in OPERATIONS

    def digest(self) -> str:
        """A short text for the whole state, save for regions in which nothing has happened.

        A region comes into being with the first request for it, right or wrong, and then holds its instance.
        """
        state = self.simulator.dump()
        for account, regions in state.items():
            state[account] = {region: held for region, held in regions.items() if not _is_new(held)}
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _is_new(region: Mapping[str, Any]) -> bool:
    """Say whether a region has nothing but its instance, and that nothing in it."""
    (instance, *others) = region["instances"]
    return not (
        others or region["domains"] or region["events"] or any(isinstance(held, list) for held in instance.values())
    )


@cache
def ids() -> Ids:
    """The identifiers that every world has."""
    return World().ids


@contextmanager
def failures() -> Generator[list[logging.LogRecord], None, None]:
    """Give the list in which the simulator's reports of its own failures arrive meanwhile."""
    collector = _Collector(logging.ERROR)
    logger = logging.getLogger("connectkit.simulator")
    logger.addHandler(collector)
    try:
        yield collector.records
    finally:
        logger.removeHandler(collector)


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


# --- Cases ------------------------------------------------------------------------------------------------------------


def _fill_cases(world: World) -> None:
    got, call = world.ids, world.call
    got.domain = call("connectcases", "CreateDomain", name="Support")["domainId"]
    domain = {"domainId": got.domain}
    for kind in FIELD_TYPES:
        got.fields[kind] = call("connectcases", "CreateField", **domain, name=f"A {kind}", type=kind)["fieldId"]
    got.deleted_field = call("connectcases", "CreateField", **domain, name="Gone", type="Text")["fieldId"]
    for select in (got.fields["SingleSelect"], "case_reason"):
        options = [
            {"name": value.title(), "value": value, "active": value != "old"} for value in ("high", "low", "old")
        ]
        call("connectcases", "BatchPutFieldOptions", **domain, fieldId=select, options=options)
    _fill_layouts(world, domain)
    _fill_templates(world, domain)
    extra = [{"id": got.fields[kind], "value": VALUES[kind]} for kind in FIELD_TYPES]
    extra.append({"id": got.deleted_field, "value": VALUES["Text"]})
    extra += [
        {"id": "customer_id", "value": {"stringValue": PROFILE_ARN}},
        {"id": "assigned_queue", "value": {"stringValue": QUEUE_ARN}},
    ]
    whole = {"tags": {"team": "blue"}, "performedBy": {"userArn": USER_ARN}, "clientToken": USED_TOKEN}
    got.case = world.case(domain, got.template, extra, **whole)
    shown = call("connectcases", "GetCase", **domain, caseId=got.case, fields=[{"id": "reference_number"}])
    got.reference = shown["fields"][0]["value"]["stringValue"]
    text = {"id": got.fields["Text"], "value": VALUES["Text"]}
    got.strict_case = world.case(domain, got.strict_template, [text])
    stranger = {"id": "customer_id", "value": {"stringValue": f"{PROFILE_ARN}0"}}
    got.strange_case = world.case(domain, got.template, [stranger])
    got.closed_case = world.case(domain, got.template, [{"id": "status", "value": {"stringValue": "closed"}}])
    call("connectcases", "DeleteField", **domain, fieldId=got.deleted_field)
    call("connectcases", "TagResource", arn=_cases_arn(world), tags={"kept": "1", "dropped": "2"})
    got.arns += [
        _cases_arn(world),
        _cases_arn(world, "field", got.fields["Text"]),
        _cases_arn(world, "layout", got.layout),
        _cases_arn(world, "template", got.template),
        _cases_arn(world, "case", got.case),
    ]
    got.other_domain = call("connectcases", "CreateDomain", name="Elsewhere")["domainId"]
    other = {"domainId": got.other_domain}
    got.other_field = call("connectcases", "CreateField", **other, name="A Text", type="Text")["fieldId"]
    got.other_layout = call("connectcases", "CreateLayout", **other, name="L", content={"basic": {}})["layoutId"]
    got.other_template = call("connectcases", "CreateTemplate", **other, name="General")["templateId"]
    got.other_case = world.case(other, got.other_template, [])


def _fill_layouts(world: World, domain: Mapping[str, str]) -> None:
    got, call = world.ids, world.call
    fields = [{"id": got.fields["Text"]}, {"id": "summary"}]
    content = {"basic": {"topPanel": {"sections": [{"fieldGroup": {"fields": fields}}]}}}
    got.layout = call("connectcases", "CreateLayout", **domain, name="Wide", content=content)["layoutId"]
    got.second_layout = call("connectcases", "CreateLayout", **domain, name="Narrow", content=content)["layoutId"]
    got.deleted_layout = call("connectcases", "CreateLayout", **domain, name="Gone", content=content)["layoutId"]
    if world.has("DeleteLayout"):
        call("connectcases", "DeleteLayout", **domain, layoutId=got.deleted_layout)


def _fill_templates(world: World, domain: Mapping[str, str]) -> None:
    got = world.ids

    def template(name: str, **members: Any) -> str:
        made = world.call("connectcases", "CreateTemplate", **domain, name=name, **members)
        return str(made["templateId"])

    got.template = template("General", layoutConfiguration={"defaultLayout": got.layout})
    got.strict_template = template("Strict", requiredFields=[{"fieldId": got.fields["Text"]}])
    got.inactive_template = template("Asleep", status="Inactive")
    got.deleted_template = template("Gone")
    if world.has("DeleteTemplate"):
        world.call("connectcases", "DeleteTemplate", **domain, templateId=got.deleted_template)


def _cases_arn(world: World, *path: str) -> str:
    resource = "/".join(("domain", world.ids.domain, *path))
    return f"arn:aws:cases:{world.simulator.region_name}:{world.simulator.account_id}:{resource}"


# --- Connect ----------------------------------------------------------------------------------------------------------


def _fill_connect(world: World) -> None:
    got, call, simulator = world.ids, world.call, world.simulator
    got.instance, got.instance_arn = simulator.instance_id, simulator.instance_arn
    instance = {"InstanceId": got.instance}
    got.contact_arn = simulator.add_contact(channel="CHAT")
    got.contact = got.contact_arn.rpartition("/")[2]
    got.view = _view(world, instance, "Greeting", "PUBLISHED")
    call("connect", "CreateViewVersion", **instance, ViewId=got.view, VersionDescription="first")
    content = {"Template": "{}"}
    update = {**instance, "ViewId": got.view, "Content": content}
    got.view_sha = call("connect", "UpdateViewContent", **update, Status="PUBLISHED")["View"]["ViewContentSha256"]
    call("connect", "CreateViewVersion", **instance, ViewId=got.view)
    call("connect", "UpdateViewContent", **{**update, "Content": VIEW}, Status="SAVED")
    got.saved_view = _view(world, instance, "Draft", "SAVED")
    made = call("connect", "CreateTaskTemplate", **instance, **task_template("Call back"), ClientToken=USED_TOKEN)
    got.task_template = made["Id"]
    made = call("connect", "CreateTaskTemplate", **instance, **task_template("Asleep"), Status="INACTIVE")
    got.inactive_task_template = made["Id"]
    got.connect_arns += [
        got.instance_arn,
        f"{got.instance_arn}/view/{got.view}",
        f"{got.instance_arn}/task-template/{got.task_template}",
    ]
    if world.knows("connect", "StartTaskContact"):
        got.task = call("connect", "StartTaskContact", **instance, Name="Call back", ContactFlowId="flow")["ContactId"]
    if world.knows("connect", "CreateIntegrationAssociation"):
        event = {"IntegrationType": "EVENT", "IntegrationArn": "arn:aws:app-integrations:::event-integration/e"}
        source = {"SourceApplicationUrl": "https://example.com", "SourceApplicationName": "x", "SourceType": "ZENDESK"}
        made = call("connect", "CreateIntegrationAssociation", **instance, **event, **source)
        got.association = made["IntegrationAssociationId"]
        got.connect_arns.append(made["IntegrationAssociationArn"])
    got.other_instance = simulator.add_instance("elsewhere").rpartition("/")[2]
    other = {"InstanceId": got.other_instance}
    got.other_view = _view(world, other, "Greeting", "PUBLISHED")
    got.other_task_template = call("connect", "CreateTaskTemplate", **other, **task_template("Call back"))["Id"]


def _view(world: World, instance: Mapping[str, str], name: str, status: str) -> str:
    members = {"Name": name, "Status": status, "Content": VIEW, "Tags": {"team": "blue"}}
    made = world.call("connect", "CreateView", **instance, **members, ClientToken=f"{USED_TOKEN} for {name}")
    return str(made["View"]["Id"])


def task_template(name: str) -> dict[str, Any]:
    """Give the definition of a valid task template."""
    return {
        "Name": name,
        "ContactFlowId": "flow",
        "Fields": [
            {"Id": {"Name": "Title"}, "Type": "NAME"},
            {"Id": {"Name": "Size"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["S", "M"]},
        ],
        "Constraints": {"RequiredFields": [{"Id": {"Name": "Title"}}]},
        "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Size"}, "DefaultValue": "M"}]},
    }
