"""Short ways to say what the tests of Cases say often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..helpers import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

CONTACT_ARN = "arn:aws:connect:us-east-1:123456789012:instance/i/contact/c"
FILE_ARN = "arn:aws:cases:us-east-1:123456789012:file/f"


def relate(domain: DomainFixture, case_id: str, kind: str, content: dict[str, Any], **members: Any) -> str:
    """Relate something to a case, and give the item's id."""
    answer = domain.client.create_related_item(
        domainId=domain.id, caseId=case_id, type=kind, content=content, **members
    )
    return str(answer["relatedItemId"])


def comment(domain: DomainFixture, case_id: str, body: str = "A comment", **members: Any) -> str:
    """Put a comment on a case, and give its id."""
    return relate(domain, case_id, "Comment", {"comment": {"body": body, "contentType": "Text/Plain"}}, **members)


def contact(domain: DomainFixture, case_id: str, arn: str = CONTACT_ARN) -> str:
    """Relate a contact to a case, and give the item's id."""
    return relate(domain, case_id, "Contact", {"contact": {"contactArn": arn}})


def link(domain: DomainFixture, case_id: str, other_id: str) -> str:
    """Relate another case to a case, and give the item's id."""
    return relate(domain, case_id, "ConnectCase", {"connectCase": {"caseId": other_id}})


def custom(domain: DomainFixture, case_id: str, *fields: dict[str, Any]) -> str:
    """Put a custom item with these fields on a case, and give its id."""
    return relate(domain, case_id, "Custom", {"custom": {"fields": list(fields)}})


def sla(domain: DomainFixture, case_id: str, field_id: str = "status", value: str = "closed", **members: Any) -> str:
    """Have a case come to have a value of a text or a choice within ten minutes, and give the SLA's id."""
    configuration: dict[str, Any] = {
        "name": "In time",
        "type": "CaseField",
        "fieldId": field_id,
        "targetFieldValues": [{"stringValue": value}],
        "targetSlaMinutes": 10,
    }
    return relate(domain, case_id, "Sla", {"sla": {"slaInputConfiguration": {**configuration, **members}}})


def items(domain: DomainFixture, case_id: str, *filters: dict[str, Any], **members: Any) -> list[dict[str, Any]]:
    """Give the items of a case that pass any of the filters."""
    if filters:
        members["filters"] = list(filters)
    answer = domain.client.search_related_items(domainId=domain.id, caseId=case_id, **members)
    return list(answer["relatedItems"])


def history(domain: DomainFixture, case_id: str) -> list[dict[str, Any]]:
    """Give a case's history, the newest entry first, as the service pages it."""
    return list(_pages(domain, case_id))


def _pages(domain: DomainFixture, case_id: str) -> Iterator[dict[str, Any]]:
    token: dict[str, str] = {}
    while True:
        answer = domain.client.get_case_audit_events(domainId=domain.id, caseId=case_id, **token)
        yield from answer["auditEvents"]
        if "nextToken" not in answer:
            return
        token = {"nextToken": answer["nextToken"]}


def changes(entry: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Give what an entry of the history says: by field the value before and after; {} is an empty value."""
    return {
        field["eventFieldId"]: (_only(field.get("oldValue")), _only(field["newValue"])) for field in entry["fields"]
    }


def _only(union: dict[str, Any] | None) -> Any:
    return None if union is None else next(iter(union.values()))


def send_events(domain: DomainFixture, **included: Any) -> None:
    """Have a domain send events, with what they are to include."""
    bridge: dict[str, Any] = {"enabled": True, **({"includedData": included} if included else {})}
    domain.client.put_case_event_configuration(domainId=domain.id, eventBridge=bridge)


def event_types(sim: Simulator) -> list[str]:
    """Give the types of the events that were sent."""
    return [event["detail"]["eventType"] for event in sim.events]


def make_rule(domain: DomainFixture, name: str = "A rule", **rule: Any) -> str:
    """Make a case rule, and give its id."""
    return str(domain.client.create_case_rule(domainId=domain.id, name=name, rule=rule)["caseRuleId"])


def compare(field_id: str, value: Any, *, result: bool = True, by: str = "equalTo") -> dict[str, Any]:
    """Give a condition: a field compared with a text, a number, a boolean, or None for no value."""
    if value is None:
        operand: dict[str, Any] = {"emptyValue": {}}
    elif isinstance(value, bool):
        operand = {"booleanValue": value}
    else:
        operand = {"stringValue" if isinstance(value, str) else "doubleValue": value}
    return {by: {"operandOne": {"fieldId": field_id}, "operandTwo": operand, "result": result}}


def decide(*conditions: dict[str, Any], default: bool = False) -> dict[str, Any]:
    """Give the content of a required or hidden rule."""
    return {"defaultValue": default, "conditions": list(conditions)}


def options_rule(parent: str, child: str, **opens: list[str]) -> dict[str, Any]:
    """Give the content of a rule about options; ``unset`` stands for a parent without a value."""
    mappings = [
        {"parentFieldOptionValue": "" if value == "unset" else value, "childFieldOptionValues": children}
        for value, children in opens.items()
    ]
    return {"parentFieldId": parent, "childFieldId": child, "parentChildFieldOptionsMappings": mappings}


def on(rule_id: str, field_id: str | None = None) -> dict[str, str]:
    """Give the entry of a template for a rule that acts upon a field."""
    return {"caseRuleId": rule_id} if field_id is None else {"caseRuleId": rule_id, "fieldId": field_id}


def start_merge(domain: DomainFixture, primary: str, secondary: str, *field_ids: str, **members: Any) -> None:
    """Start to merge a case into another one, with some fields selected."""
    if field_ids:
        selected = [{"id": field_id} for field_id in field_ids]
        members["fieldsConfiguration"] = [{"sourceCaseId": secondary, "fieldIds": selected}]
    domain.client.start_merge_cases(domainId=domain.id, caseId=primary, secondaryCaseIds=[secondary], **members)


def merge(sim: Simulator, domain: DomainFixture, primary: str, secondary: str, *field_ids: str, **members: Any) -> None:
    """Merge a case into another one, and wait until it is done."""
    start_merge(domain, primary, secondary, *field_ids, **members)
    sim.clock.advance(1)


def close(domain: DomainFixture, case_id: str) -> None:
    """Close a case."""
    domain.update(case_id, text("status", "closed"))
