"""What can be wrong with a request about instances, their integrations, tasks and tags that fits its model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ..helpers import START
from .slip import DUPLICATE, NOT_FOUND, Of, Params, Slip, put
from .wire import INVALID
from .world import Ids

__all__ = ["slips_of_tasks"]

_EVENT = {
    "IntegrationType": "EVENT",
    "SourceApplicationUrl": "https://x",
    "SourceApplicationName": "x",
    "SourceType": "CASES",
}


def slips_of_tasks() -> Iterator[Slip]:
    """Give them all."""
    yield from _instances()
    yield from _integrations()
    yield from _tags()
    yield from _tasks()
    yield from _references_and_attributes()
    yield Slip("UpdateContactTaskTemplate", put(ContactId=Of("contact")), "only a task")
    yield Slip("UpdateContactTaskTemplate", put(TaskTemplateId=Of("inactive_task_template")), "INACTIVE")
    for member, wrong in (
        ("ContactId", "nowhere"),
        ("TaskTemplateId", "nowhere"),
        ("TaskTemplateId", "other_task_template"),
    ):
        value = Of(wrong) if wrong != "nowhere" else wrong
        yield Slip("UpdateContactTaskTemplate", put(**{member: value}), codes=NOT_FOUND)


def _without(*names: str, **members: Any) -> Any:
    """Give a change that sets members and takes others away."""
    others = put(**members)

    def change(params: Params, ids: Ids) -> None:
        for name in names:
            params.pop(name, None)
        others(params, ids)

    return change


def _instances() -> Iterator[Slip]:
    for alias in ("d-x", "a_b", "-a", "a-", "a b", "é", "."):
        yield Slip("CreateInstance", put(InstanceAlias=alias), "InstanceAlias")
    yield Slip("CreateInstance", put(InstanceAlias="elsewhere"), "taken")
    for directory in ("d-01234567zz", "d-0123456 89", "0123456789ab"):
        yield Slip("CreateInstance", put(DirectoryId=directory), "DirectoryId")
    no_alias = _without("InstanceAlias", IdentityManagementType="CONNECT_MANAGED")
    yield Slip("CreateInstance", no_alias, "InstanceAlias")
    no_directory = _without("DirectoryId", IdentityManagementType="EXISTING_DIRECTORY")
    yield Slip("CreateInstance", no_directory, "DirectoryId")


def _integrations() -> Iterator[Slip]:
    operation = "CreateIntegrationAssociation"
    for arn in ("x", "arn:aws:cases:us-east-1:999999999999:domain/x", Of("domain")):
        yield Slip(operation, put(IntegrationType="CASES_DOMAIN", IntegrationArn=arn), "IntegrationArn")
    nothing = "arn:aws:cases:us-east-1:123456789012:domain/nowhere"
    yield Slip(operation, put(IntegrationType="CASES_DOMAIN", IntegrationArn=nothing), codes=NOT_FOUND)
    there = "arn:aws:app-integrations:::event-integration/e"
    yield Slip(operation, put(**_EVENT, IntegrationArn=there), codes=DUPLICATE)
    for member in ("SourceApplicationUrl", "SourceApplicationName", "SourceType"):
        rest = {name: value for name, value in _EVENT.items() if name != member}
        yield Slip(operation, _without(member, **rest, IntegrationArn="new"), member)
    yield Slip(operation, put(**{**_EVENT, "SourceApplicationName": "a*"}), "SourceApplicationName")
    yield Slip("DeleteIntegrationAssociation", put(IntegrationAssociationId="nowhere"), codes=NOT_FOUND)
    elsewhere = put(InstanceId=Of("other_instance"), IntegrationAssociationId=Of("association"))
    yield Slip("DeleteIntegrationAssociation", elsewhere, codes=NOT_FOUND)


def _tags() -> Iterator[Slip]:
    for key in ("aws:x", "a*", "\n", "😀"):
        yield Slip("TagResource", put(tags={key: "x"}), "Tag")
        yield Slip("UntagResource", put(tagKeys=[key]), "Tag")
        for operation in ("CreateView", "CreateInstance", "CreateIntegrationAssociation"):
            yield Slip(operation, put(Tags={key: "x"}), "Tag")
    for operation in ("TagResource", "UntagResource", "ListTagsForResource"):
        for arn in (
            Of("contact_arn"),
            Of("instance_arn", form="{}/view/nowhere"),
            Of("instance_arn", form="{}/view/"),
            Of("instance_arn", form="{}/nothing/x"),
            Of("instance_arn", form="{}x"),
            Of("instance"),
            "arn:aws:connect:us-east-1:aws:view/form",
            "arn:aws:connect:eu-west-1:123456789012:instance/x",
        ):
            yield Slip(operation, put(resourceArn=arn), codes=INVALID | NOT_FOUND)


def _tasks() -> Iterator[Slip]:
    routes = ("ContactFlowId", "QuickConnectId", "TaskTemplateId")
    yield Slip("StartTaskContact", _without(*routes), "Exactly one")
    yield Slip("StartTaskContact", _without(*routes, ContactFlowId="", QuickConnectId=""), "Exactly one")
    yield Slip("StartTaskContact", put(ContactFlowId="flow", QuickConnectId="x"), "Exactly one")
    yield Slip("StartTaskContact", put(ContactFlowId="flow", TaskTemplateId=Of("task_template")), "Exactly one")
    for template, codes in (("inactive_task_template", INVALID), ("other_task_template", NOT_FOUND)):
        change = _without(*routes, TaskTemplateId=Of(template))
        yield Slip("StartTaskContact", change, codes=codes)
    for wrong in ({"Type": "NUMBER", "Value": "1"}, {"Type": "STRING", "Value": "XL"}):
        change = _without(*routes, TaskTemplateId=Of("task_template"), References={"Size": wrong})
        yield Slip("StartTaskContact", change, "Size")
    for moment in (START - timedelta(seconds=1), START + timedelta(days=7), START.replace(year=9999)):
        yield Slip("StartTaskContact", put(ScheduledTime=moment), "ScheduledTime")
    for member in ("PreviousContactId", "RelatedContactId"):
        yield Slip("StartTaskContact", put(**{member: "nowhere"}), codes=NOT_FOUND)


def _references_and_attributes() -> Iterator[Slip]:
    def reference(kind: str, value: str) -> Slip:
        return Slip("StartTaskContact", put(References={"x": {"Type": kind, "Value": value}}), "References")

    yield reference("ATTACHMENT", "x")
    yield reference("NUMBER", "x")
    yield reference("URL", "x")
    yield reference("DATE", "2030-01-01")
    yield reference("DATE", "9" * 4000)
    yield reference("EMAIL", "x")
    large = {str(number): {"Type": "STRING", "Value": "x" * 2000} for number in range(3)}
    yield Slip("StartTaskContact", put(References=large), "bytes")
    for name in ("a b", "é", "a:b", "\x00"):
        yield Slip("StartTaskContact", put(Attributes={name: "x"}), "Attributes")
        yield Slip("StartTaskContact", put(SegmentAttributes={name: {"ValueString": "x"}}), "SegmentAttributes")
    yield Slip("StartTaskContact", put(Attributes={"a": "x" * 32_767, "b": "y"}), "bytes")
    for value in ({}, {"ValueString": "60"}, {"ValueMap": {"ExpiryDuration": {"ValueInteger": 0}}}):
        expiry = {"connect:ContactExpiry": value}
        yield Slip("StartTaskContact", put(SegmentAttributes=expiry), "connect:ContactExpiry")
    creator = {"connect:CreatedByUser": {"ValueString": "someone"}}
    yield Slip("StartTaskContact", put(SegmentAttributes=creator), "agent")
    yield Slip("StartTaskContact", put(SegmentAttributes={"mine": {"ValueList": []}}), "ValueList")
