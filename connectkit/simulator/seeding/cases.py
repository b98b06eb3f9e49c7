"""The cases of a seed, whose fields are called by name and whose values are plain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectkit.simulator._json_input import Node
from connectkit.simulator.seeding.calls import Calls
from connectkit.simulator.seeding.domains import SeededDomain, SeededField

__all__ = ["add_cases"]


def add_cases(calls: Calls, domain: SeededDomain, contacts: Mapping[str, str]) -> None:
    """Make the cases of a domain; ``contacts`` are the ARNs by id of those that its cases may be related to."""
    for node in domain.case_nodes:
        domain.cases.append(_add_case(calls, node, domain, contacts))


def _add_case(calls: Calls, node: Node, domain: SeededDomain, contacts: Mapping[str, str]) -> str:
    given = node.members("template", "fields", optional=("tags", "contacts", "comments"))
    template = given["template"]
    template_id = template.choose(template.text(), domain.templates, "the domain has no template")
    fields = [
        {"id": field.id, "value": _union(entry, field)}
        for field_name, entry in given["fields"].entries().items()
        if (field := domain.field(entry, field_name)) and entry.value is not None
    ]
    case_id = calls.cases(
        node,
        "CreateCase",
        domainId=domain.id,
        templateId=template_id,
        fields=fields,
        tags=given.read("tags", Node.texts, None),
    )["caseId"]
    for entry in given.items("contacts"):
        arn = entry.choose(entry.text(), contacts, "no instance of this seed and region has a contact")
        _relate(calls, entry, domain, case_id, "Contact", {"contact": {"contactArn": arn}})
    for entry in given.items("comments"):
        comment = {"body": entry.text(), "contentType": "Text/Plain"}
        _relate(calls, entry, domain, case_id, "Comment", {"comment": comment})
    return str(case_id)


def _relate(
    calls: Calls, node: Node, domain: SeededDomain, case_id: str, kind: str, content: Mapping[str, Any]
) -> None:
    calls.cases(node, "CreateRelatedItem", domainId=domain.id, caseId=case_id, type=kind, content=content)


def _union(node: Node, field: SeededField) -> dict[str, Any]:
    """Write a plain value as the type of its field has it on the wire."""
    match field.type:
        case "Number":
            return {"doubleValue": node.number()}
        case "Boolean":
            return {"booleanValue": node.flag()}
        case "User":
            return {"userArnValue": node.text()}
        case "DateTime":
            node.moment()
            return {"stringValue": node.text()}
        case "SingleSelect":
            # By its value or its name.
            return {"stringValue": node.choose(node.text(), field.options, "the field has no option")}
        case _:
            return {"stringValue": node.string()}
