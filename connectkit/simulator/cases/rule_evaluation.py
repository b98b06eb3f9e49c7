"""What the rules on a template say about the values of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connectkit.simulator.cases.system_fields import READ_ONLY
from connectkit.simulator.state.cases import Template, Value, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["OptionLimit", "Required", "attached_rules", "option_limits", "required_fields"]

Values = Mapping[str, Value]


class Required(NamedTuple):
    """Which fields need a value on a case."""

    always: frozenset[str]
    """Those that every case needs, and those that the template lists."""
    by_rules: frozenset[str]
    """Those that a rule makes required as the case is."""


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


def required_fields(domain: Domain, template: Template, values: Values) -> Required:
    """Give the fields that need a value on a case with these values.

    That neither a hidden field, nor a deleted one, nor one that the service alone writes is required is inferred.
    """
    by_rules: set[str] = set()
    hidden: set[str] = set()
    for kind, field_id, content in _rules(domain, template):
        if kind == "required" and _decide(content, values):
            by_rules.add(field_id)
        elif kind == "hidden" and _decide(content, values):
            hidden.add(field_id)
    living = {field_id for field_id in template.required_fields if not domain.fields[field_id].deleted}
    excused = hidden | READ_ONLY
    return Required(frozenset({"title", "status"} | (living - excused)), frozenset(by_rules - excused))


def option_limits(domain: Domain, template: Template) -> Iterator[OptionLimit]:
    """Give what the template's rules say about options. That a deleted field ends this is inferred."""
    for kind, _, content in _rules(domain, template):
        if kind == "fieldOptions":
            limit = OptionLimit(content)
            if not (domain.fields[limit.parent].deleted or domain.fields[limit.child].deleted):
                yield limit


def attached_rules(domain: Domain, template: Template) -> list[Wire]:
    """Give the rules on a template, without those that act upon a field which has been deleted since."""
    return [entry for entry in template.rules if "fieldId" not in entry or not domain.fields[entry["fieldId"]].deleted]


def _rules(domain: Domain, template: Template) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Give the kind, the field and the content of each rule on a template.

    A rule can only be deleted when its templates are; that it then no longer acts upon their cases is inferred.
    """
    for entry in attached_rules(domain, template):
        rule = domain.case_rules[entry["caseRuleId"]]
        if not rule.deleted:
            ((kind, content),) = rule.rule.items()
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
    """Compare a value.

    Inferred: no value is equal to none but the empty one, an empty text counts as none, and a moment is compared as
    the text that it was given as.
    """
    value = values.get(operands["operandOne"]["fieldId"])
    ((member, wanted),) = operands["operandTwo"].items()
    if value is None or value.wire == "":
        return bool(member == "emptyValue")
    return bool(member != "emptyValue" and value.wire == wanted)


def _result(condition: Wire) -> bool:
    """Give what a condition results in. A compound one has no result of its own: that its first comparison's
    counts is inferred, and that an empty one results in true.
    """
    ((member, content),) = condition.items()
    if member in {"andAll", "orAll"}:
        return _result(content["conditions"][0]) if content["conditions"] else True
    return bool(content["result"])
