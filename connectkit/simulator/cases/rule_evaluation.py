"""What the rules on a template say about the values of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connectkit.simulator.state.cases import Template, Value, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["OptionLimit", "option_limits", "required_fields"]

Values = Mapping[str, Value]


class OptionLimit:
    """Which options of a field the value of another field leaves open."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.parent: str = content["parentFieldId"]
        self.child: str = content["childFieldId"]
        self._open: Mapping[str, Sequence[str]] = {
            mapping["parentFieldOptionValue"]: mapping["childFieldOptionValues"]
            for mapping in content["parentChildFieldOptionsMappings"]
        }

    def allows(self, values: Values) -> bool:
        """Say whether the child field has no value, or one that the parent's leaves open.

        Inferred: a parent without a value is mapped by the empty text, and what is not mapped leaves nothing
        open.
        """
        child, parent = values.get(self.child), values.get(self.parent)
        if child is None:
            return True
        return child.wire in self._open.get("" if parent is None else str(parent.wire), ())


def required_fields(domain: Domain, template: Template, values: Values) -> frozenset[str]:
    """Give the fields that need a value on a case with these values.

    They are those that every case and the template need, and those that a rule makes required. That a hidden
    field is not required is inferred.
    """
    required = {*template.required_fields}
    hidden: set[str] = set()
    for kind, field_id, content in _rules(domain, template):
        if kind == "required" and _decide(content, values):
            required.add(field_id)
        elif kind == "hidden" and _decide(content, values):
            hidden.add(field_id)
    living = {field_id for field_id in required - hidden if not domain.fields[field_id].deleted}
    return frozenset({"title", "status", *living})


def option_limits(domain: Domain, template: Template) -> Iterator[OptionLimit]:
    """Give what the template's rules say about options."""
    for kind, _, content in _rules(domain, template):
        if kind == "fieldOptions":
            yield OptionLimit(content)


def _rules(domain: Domain, template: Template) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Give the kind, the field and the content of each rule on a template."""
    for entry in template.rules:
        ((kind, content),) = domain.case_rules[entry["caseRuleId"]].rule.items()
        yield kind, entry.get("fieldId", ""), content


def _decide(content: Mapping[str, Any], values: Values) -> bool:
    """Give the result of the first condition that is true, or the default value."""
    for condition in content["conditions"]:
        if _holds(condition, values):
            return _result(condition)
    return bool(content["defaultValue"])


def _holds(condition: Wire, values: Values) -> bool:
    ((member, content),) = condition.items()
    match member:
        case "andAll":
            return all(_holds(inner, values) for inner in content["conditions"])
        case "orAll":
            return any(_holds(inner, values) for inner in content["conditions"])
        case _:
            return _equals(content, values) == (member == "equalTo")


def _equals(operands: Wire, values: Values) -> bool:
    value = values.get(operands["operandOne"]["fieldId"])
    ((member, wanted),) = operands["operandTwo"].items()
    if member == "emptyValue" or value is None:
        return member == "emptyValue" and value is None
    return bool(value.wire == wanted)


def _result(condition: Wire) -> bool:
    """Give what a condition results in. A compound one has no result of its own: that its first comparison's
    counts is inferred, and that an empty one results in true.
    """
    ((member, content),) = condition.items()
    if member in {"andAll", "orAll"}:
        return _result(content["conditions"][0]) if content["conditions"] else True
    return bool(content["result"])
