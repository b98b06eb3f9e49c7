"""A domain of a seed: its fields and their options, its layouts and its templates, each by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectkit.simulator._json_input import Members, Node
from connectkit.simulator.core.model import load_model
from connectkit.simulator.seeding.calls import Calls, choices

__all__ = ["SeededDomain", "SeededField", "add_domain"]

_SELECT = "SingleSelect"


@dataclass(slots=True)
class SeededField:
    """A field that cases may have values for."""

    id: str
    type: str
    options: dict[str, str] = field(default_factory=dict[str, str])
    """The values that may be chosen, by value and by name."""


@dataclass(slots=True)
class SeededDomain:
    """A domain, and what is in it by name."""

    id: str
    arn: str
    name: str
    region: str
    fields: dict[str, SeededField] = field(default_factory=dict[str, SeededField])
    """By name; those that the service made by their id as well."""
    custom_fields: dict[str, str] = field(default_factory=dict[str, str])
    layouts: dict[str, str] = field(default_factory=dict[str, str])
    templates: dict[str, str] = field(default_factory=dict[str, str])
    cases: list[str] = field(default_factory=list[str])
    case_nodes: list[Node] = field(default_factory=list[Node])
    """The cases that the seed describes, made or not."""

    def identifiers(self) -> dict[str, Any]:
        """Give the identifiers of everything, by name where there are names."""
        return {
            "id": self.id,
            "arn": self.arn,
            "fields": self.custom_fields,
            "layouts": self.layouts,
            "templates": self.templates,
            "cases": self.cases,
        }

    def field(self, node: Node, name: str) -> SeededField:
        """Give the field that a node calls ``name``. Raises InputError when there is none."""
        return node.choose(name, self.fields, "the domain has no field")


def add_domain(calls: Calls, node: Node, region: str) -> SeededDomain:
    """Make a domain with everything in it but its cases."""
    given = node.members("name", optional=("region", "tags", "fields", "layouts", "templates", "cases"))
    name = given["name"].text()
    made = calls.cases(given["name"], "CreateDomain", name=name)
    case_nodes = given.items("cases")
    domain = SeededDomain(made["domainId"], made["domainArn"], name, region, case_nodes=case_nodes)
    if "tags" in given:
        calls.cases(given["tags"], "TagResource", arn=domain.arn, tags=given["tags"].texts())
    _find_system_fields(calls, node, domain)
    for entry in given.items("fields"):
        _add_field(calls, entry, domain)
    for entry in given.items("layouts"):
        _add_layout(calls, entry, domain)
    for entry in given.items("templates"):
        _add_template(calls, entry, domain)
    return domain


def _find_system_fields(calls: Calls, node: Node, domain: SeededDomain) -> None:
    for summary in calls.all_cases(node, "ListFields", "fields", domainId=domain.id):
        found = SeededField(summary["fieldId"], summary["type"])
        if found.type == _SELECT:
            listed = calls.all_cases(node, "ListFieldOptions", "options", domainId=domain.id, fieldId=found.id)
            for option in listed:
                found.options |= {option["name"]: option["value"], option["value"]: option["value"]}
        domain.fields[found.id] = domain.fields[summary["name"]] = found


def _add_field(calls: Calls, node: Node, domain: SeededDomain) -> None:
    """Make a field with its options. One of the service's own, which is named without a type, gets more options."""
    given = node.members("name", optional=("type", "description", "attributes", "options"))
    name = given["name"].text()
    found = domain.fields.get(name)
    if "type" in given or found is None:
        types = choices("connectcases", "CreateField", "type")
        if "type" not in given:
            raise node.fault(f"type is missing; it may be {', '.join(types)}")
        kind = given["type"].one_of(types)
        made = calls.cases(
            node,
            "CreateField",
            domainId=domain.id,
            name=name,
            type=kind,
            description=given.read("description", Node.text, None),
            attributes=given.read("attributes", Node.object, None),
        )
        found = domain.fields[name] = SeededField(made["fieldId"], kind)
        domain.custom_fields[name] = found.id
    if "options" in given:
        _put_options(calls, given["options"], domain, found)


def _put_options(calls: Calls, node: Node, domain: SeededDomain, target: SeededField) -> None:
    shape = load_model("connectcases").operation("BatchPutFieldOptions").input.members["options"].shape
    for chunk in _chunks(node.items(), int(shape.maximum or 1)):
        options = [_read_option(entry) for entry in chunk]
        answer = calls.cases(node, "BatchPutFieldOptions", domainId=domain.id, fieldId=target.id, options=options)
        for error in answer.get("errors", ()):
            # The last entry with the value: of two that are the same, the second one is too many.
            entry = [entry for entry, option in zip(chunk, options, strict=True) if option["value"] == error["value"]]
            raise entry[-1].fault(f"BatchPutFieldOptions refuses it: {error['message']}")
        target.options |= {option["name"]: option["value"] for option in options}
        target.options |= {option["value"]: option["value"] for option in options}


def _read_option(node: Node) -> dict[str, Any]:
    if isinstance(node.value, str):
        return {"name": node.text(), "value": node.text(), "active": True}
    given = node.members("name", optional=("value", "active"))
    name = given["name"].text()
    return {
        "name": name,
        "value": given.read("value", Node.text, name),
        "active": given.read("active", Node.flag, default=True),
    }


def _add_layout(calls: Calls, node: Node, domain: SeededDomain) -> None:
    given = node.members("name", optional=("top_panel", "more_info"))
    panels = {
        wire: {"sections": [{"fieldGroup": {"fields": _field_items(given[panel], domain, "id")}}]}
        for panel, wire in (("top_panel", "topPanel"), ("more_info", "moreInfo"))
        if panel in given
    }
    name = given["name"].text()
    made = calls.cases(node, "CreateLayout", domainId=domain.id, name=name, content={"basic": panels})
    domain.layouts[name] = made["layoutId"]


def _add_template(calls: Calls, node: Node, domain: SeededDomain) -> None:
    given = node.members("name", optional=("description", "status", "layout", "required"))
    name = given["name"].text()
    made = calls.cases(
        node,
        "CreateTemplate",
        domainId=domain.id,
        name=name,
        description=given.read("description", Node.text, None),
        status=given.read(
            "status", lambda status: status.one_of(choices("connectcases", "CreateTemplate", "status")), None
        ),
        layoutConfiguration=_layout_configuration(given, domain),
        requiredFields=given.read("required", lambda required: _field_items(required, domain, "fieldId"), None),
    )
    domain.templates[name] = made["templateId"]


def _layout_configuration(given: Members, domain: SeededDomain) -> dict[str, Any] | None:
    if "layout" not in given:
        return None
    node = given["layout"]
    return {"defaultLayout": node.choose(node.text(), domain.layouts, "the domain has no layout")}


def _field_items(node: Node, domain: SeededDomain, member: str) -> list[dict[str, str]]:
    return [{member: domain.field(entry, entry.text()).id} for entry in node.items()]


def _chunks(items: Sequence[Node], size: int) -> Iterator[Sequence[Node]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
