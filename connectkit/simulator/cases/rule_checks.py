"""What makes a case rule valid: how much it may say, and that it speaks of fields and options that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connectkit.simulator.cases.lookup import invalid, known_field
from connectkit.simulator.state.cases import Field, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["check_rule", "check_template_rules"]

_MOST_CONDITIONS = 5
_MOST_LEVELS = 2
_COMPARISONS = frozenset({"equalTo", "notEqualTo"})
# Inferred: which operand goes with which type of field.
_OPERANDS: Mapping[str, str] = {
    "Text": "stringValue",
    "Url": "stringValue",
    "User": "stringValue",
    "DateTime": "stringValue",
    "SingleSelect": "stringValue",
    "Number": "doubleValue",
    "Boolean": "booleanValue",
}


def check_rule(domain: Domain, rule: Wire) -> None:
    """Refuse a rule that breaks the documented bounds or, which is inferred, names what does not exist."""
    ((kind, content),) = rule.items()
    where = f"rule.{kind}"
    if kind == "fieldOptions":
        _check_field_options(domain, content, where=where)
        return
    conditions = list(_comparisons(content["conditions"], where=f"{where}.conditions", level=1))
    if len(conditions) > _MOST_CONDITIONS:
        raise invalid(f"{where}: has {len(conditions)} conditions; it may have {_MOST_CONDITIONS}")
    for path, operands in conditions:
        _check_operands(domain, operands, where=path)


def check_template_rules(domain: Domain, rules: Sequence[Wire]) -> None:
    """Refuse rules on a template that do not exist, or do not say which field they act upon.

    That a rule about whether a field is required or hidden needs the field, and that no rule acts twice upon
    the same one, is inferred.
    """
    seen: set[tuple[str, str | None]] = set()
    for index, entry in enumerate(rules):
        where = f"rules[{index}]"
        rule = domain.case_rules.get(entry["caseRuleId"])
        if rule is None or rule.deleted:
            raise invalid(f"{where}: case rule {entry['caseRuleId']} does not exist")
        field_id: str | None = entry.get("fieldId")
        if field_id is not None:
            known_field(domain, field_id, where=where, deleted=False)
        elif "fieldOptions" not in rule.rule:
            raise invalid(f"{where}: case rule {rule.id} needs the fieldId of the field that it acts upon")
        if (rule.id, field_id) in seen:
            raise invalid(f"{where}: case rule {rule.id} is in the list more than once for the same field")
        seen.add((rule.id, field_id))


def _comparisons(conditions: Sequence[Wire], *, where: str, level: int) -> Iterator[tuple[str, Wire]]:
    """Give every comparison with its path, those inside others included."""
    for index, condition in enumerate(conditions):
        ((member, content),) = condition.items()
        path = f"{where}[{index}].{member}"
        if member in _COMPARISONS:
            yield path, content
        elif level >= _MOST_LEVELS:
            raise invalid(f"{path}: conditions may be nested over {_MOST_LEVELS} levels")
        else:
            yield from _comparisons(content["conditions"], where=f"{path}.conditions", level=level + 1)


def _check_operands(domain: Domain, operands: Wire, *, where: str) -> None:
    field = known_field(domain, operands["operandOne"]["fieldId"], where=f"{where}.operandOne", deleted=False)
    ((member, value),) = operands["operandTwo"].items()
    if member == "emptyValue":
        return
    if member != (wanted := _OPERANDS[field.type]):
        message = f"field {field.id} is of type {field.type} and is compared with {wanted}, not {member}"
        raise invalid(f"{where}.operandTwo: {message}")
    if field.type == "SingleSelect" and value not in field.options:
        raise invalid(f"{where}.operandTwo: {value!r} is not an option of field {field.id}")


def _check_field_options(domain: Domain, content: Mapping[str, Any], *, where: str) -> None:
    """Ask for two fields with options, and for mappings between options that they have.

    All of it is inferred: the model requires neither field, and bounds the mappings only in number.
    """
    parent = _select_field(domain, content, "parentFieldId", where=where)
    child = _select_field(domain, content, "childFieldId", where=where)
    if parent.id == child.id:
        raise invalid(f"{where}: field {parent.id} can't control its own options")
    seen: set[str] = set()
    for index, mapping in enumerate(content["parentChildFieldOptionsMappings"]):
        path = f"{where}.parentChildFieldOptionsMappings[{index}]"
        value: str = mapping["parentFieldOptionValue"]
        if value in seen:
            raise invalid(f"{path}: {value!r} is mapped more than once")
        seen.add(value)
        # The empty text stands for a parent without a value.
        for option, field in ((value, parent), *((option, child) for option in mapping["childFieldOptionValues"])):
            if option and option not in field.options:
                raise invalid(f"{path}: {option!r} is not an option of field {field.id}")


def _select_field(domain: Domain, content: Mapping[str, Any], name: str, *, where: str) -> Field:
    if name not in content:
        raise invalid(f"{where}: {name} is required")
    field = known_field(domain, content[name], where=f"{where}.{name}", deleted=False)
    if field.type != "SingleSelect":
        raise invalid(
            f"{where}.{name}: field {field.id} is of type {field.type}; only SingleSelect fields have options"
        )
    return field
