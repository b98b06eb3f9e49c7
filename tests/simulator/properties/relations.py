"""What a world has around its cases: rules, related items and a merge, as far as the installed botocore has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .wire import has_member

if TYPE_CHECKING:
    from .world import Ids, World

__all__ = ["FILE_ARN", "USED_TOKEN", "fill_relations", "item_contents", "required_rule"]

USED_TOKEN = "used before"
"""A client token with which something was made; that of a view has its name behind it."""
FILE_ARN = "arn:aws:connect:us-east-1:123456789012:file/f"

Json = dict[str, Any]


def fill_relations(world: World) -> None:
    """Add rules, related items and a merge to the cases of a world."""
    domain, other = {"domainId": world.ids.domain}, {"domainId": world.ids.other_domain}
    if world.has("CreateCaseRule"):
        _fill_rules(world, domain, other)
    _fill_items(world, domain, other)
    if world.has("StartMergeCases"):
        _fill_merge(world, domain)
    if world.has("BatchUpdateCase"):
        case = {"caseIdentifier": {"caseId": world.ids.closed_case}}
        members: Json = {"fields": [], "title": "Closed", "clientToken": USED_TOKEN}
        world.call("connectcases", "BatchUpdateCase", **domain, cases=[case], **members)
    if world.has("PutCaseEventConfiguration"):
        included = {"caseData": {"fields": [{"id": "title"}], "autoIncludeFields": "Custom"}}
        if not has_member("CaseEventIncludedData", "autoIncludeFields"):
            del included["caseData"]["autoIncludeFields"]
        events = {"enabled": True, "includedData": {**included, "relatedItemData": {"includeContent": True}}}
        world.call("connectcases", "PutCaseEventConfiguration", **domain, eventBridge=events)


def _fill_rules(world: World, domain: Mapping[str, str], other: Mapping[str, str]) -> None:
    got = world.ids

    def rule(where: Mapping[str, str], name: str, condition: Json) -> str:
        made = world.call("connectcases", "CreateCaseRule", **where, name=name, rule=condition)
        return str(made["caseRuleId"])

    got.rule = rule(domain, "Loose", required_rule(got))
    got.attached_rule = rule(domain, "Attached", required_rule(got))
    got.deleted_rule = rule(domain, "Gone", required_rule(got))
    if world.has("DeleteCaseRule"):
        world.call("connectcases", "DeleteCaseRule", **domain, caseRuleId=got.deleted_rule)
    got.other_rule = rule(other, "Loose", {"required": {"defaultValue": False, "conditions": []}})
    attached = [{"caseRuleId": got.attached_rule, "fieldId": got.fields["Url"]}]
    world.call("connectcases", "CreateTemplate", **domain, name="Ruled", rules=attached)


def required_rule(got: Ids) -> Json:
    """A rule that makes a field required where the text field has some value."""
    operands = {
        "operandOne": {"fieldId": got.fields["Text"]},
        "operandTwo": {"stringValue": "urgent"},
        "result": True,
    }
    return {"required": {"defaultValue": False, "conditions": [{"equalTo": operands}]}}


def item_contents(got: Ids) -> Iterator[tuple[str, Json]]:
    """Give a content for each type of related item that the installed botocore has."""
    sla = {
        "name": "First answer",
        "type": "CaseField",
        "fieldId": got.fields["SingleSelect"],
        "targetFieldValues": [{"stringValue": "low"}],
        "targetSlaMinutes": 60,
    }
    contents: Mapping[str, Json] = {
        "Contact": {"contact": {"contactArn": got.contact_arn}},
        "Comment": {"comment": {"body": "called", "contentType": "Text/Plain"}},
        "File": {"file": {"fileArn": FILE_ARN}},
        "Sla": {"sla": {"slaInputConfiguration": sla}},
        "ConnectCase": {"connectCase": {"caseId": got.strict_case}},
        "Custom": {"custom": {"fields": [{"id": got.fields["Number"], "value": {"doubleValue": 1}}]}},
    }
    for kind, content in contents.items():
        if has_member("RelatedItemInputContent", next(iter(content))):
            yield kind, content


def _fill_items(world: World, domain: Mapping[str, str], other: Mapping[str, str]) -> None:
    got = world.ids
    where = {**domain, "caseId": got.case}
    for kind, content in item_contents(got):
        made = world.call("connectcases", "CreateRelatedItem", **where, type=kind, content=content)
        got.items[kind] = str(made["relatedItemId"])
    comment = {"comment": {"body": "elsewhere", "contentType": "Text/Plain"}}
    elsewhere = {**other, "caseId": got.other_case, "type": "Comment", "content": comment}
    got.other_item = str(world.call("connectcases", "CreateRelatedItem", **elsewhere)["relatedItemId"])


def _fill_merge(world: World, domain: Mapping[str, str]) -> None:
    got = world.ids
    got.primary_case, got.merged_case = (world.case(domain, got.template, []) for _ in range(2))
    start = {**domain, "caseId": got.primary_case, "secondaryCaseIds": [got.merged_case]}
    world.call("connectcases", "StartMergeCases", **start)
    # No request is to find it running: when it ends by itself, that would be a change.
    world.simulator.clock.advance(1)
    world.call("connectcases", "GetMergeCasesStatus", **domain, caseId=got.merged_case)
