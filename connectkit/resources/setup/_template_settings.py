"""What a template says of its cases: as a caller names it, as requests have it, and as it is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from ...models.connectcases.templates import (
    GetTemplateResponse,
    LayoutConfiguration,
    RequiredField,
    TagPropagationConfiguration,
    TemplateRule,
    TemplateStatus,
)
from .._base import several
from ..schema import FieldName
from ._resolving import CaseRuleName, LayoutName, Resolving

if TYPE_CHECKING:
    from .._scope import Scope

__all__ = ["AppliedRule", "RuleInput", "TemplateSettings", "propagated", "read", "resolved"]

_PARTS = 2


class AppliedRule(NamedTuple):
    """A case rule on a template. It may be given back, to another template too."""

    rule: str
    """Id of the case rule."""
    field: str | None = None
    """Id of the field that it acts upon; a rule about options knows its fields itself."""


RuleInput: TypeAlias = "CaseRuleName | tuple[CaseRuleName, FieldName | None]"
"""A case rule for a template: a rule about options by itself, a required or hidden rule together with the field that it
acts upon, ``("Amount needed", "Amount")``. One rule may act upon several fields, each in a pair of its own."""


@dataclass(frozen=True)
class TemplateSettings:
    """What a template says of its cases, with ids; ``None`` for what nothing is said of."""

    description: str | None = None
    """What it is for."""
    layout_id: str | None = None
    """Id of the layout."""
    required_field_ids: tuple[str, ...] | None = None
    """Ids of the fields that a new case needs a value for."""
    rules: tuple[AppliedRule, ...] | None = None
    """The case rules."""
    status: TemplateStatus | None = None
    """``Active`` or ``Inactive``."""
    tag_propagation: Mapping[str, str] | None = None
    """Tags that new cases get, value by key."""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is said of anything."""
        return self == TemplateSettings()

    def differing(self, present: TemplateSettings) -> TemplateSettings:
        """Of what is said here, what isn't so in ``present``. In which order fields and rules are says nothing."""
        differences: dict[str, Any] = {}
        for field in fields(self):
            wanted: object = getattr(self, field.name)
            held: object = getattr(present, field.name)
            if wanted is not None and _compared(wanted) != _compared(held):
                differences[field.name] = wanted
        return TemplateSettings(**differences)

    def members(self) -> dict[str, Any]:
        """The members of a request that say it."""
        required, rules, tags = self.required_field_ids, self.rules, self.tag_propagation
        layout = None if self.layout_id is None else LayoutConfiguration(default_layout=self.layout_id)
        return {
            "description": self.description,
            "layout_configuration": layout,
            "required_fields": None if required is None else [RequiredField(field_id=field) for field in required],
            "rules": None if rules is None else [_template_rule(rule) for rule in rules],
            "status": self.status,
            "tag_propagation_configurations": None if tags is None else _propagation(tags),
        }


def resolved(
    scope: Scope,
    operation: str,
    *,
    description: str | None,
    layout: LayoutName | None,
    required_fields: Iterable[FieldName] | None,
    rules: Iterable[RuleInput] | None,
    status: TemplateStatus | None,
    tag_propagation: Mapping[str, str] | None,
) -> TemplateSettings:
    """What a caller says, with ids for all that is named.

    Raises:
        RequestError: with everything that isn't there, or is there twice.
    """
    resolving = Resolving(scope, operation)
    settings = TemplateSettings(
        description=description,
        layout_id=None if layout is None else resolving.layout(layout, "layout"),
        required_field_ids=None
        if required_fields is None
        else tuple(resolving.fields(required_fields, "required_fields")),
        rules=None if rules is None else _applied(resolving, rules),
        status=status,
        tag_propagation=tag_propagation,
    )
    resolving.finish()
    return settings


def read(answer: GetTemplateResponse) -> TemplateSettings:
    """What a template that was read says."""
    configuration = answer.layout_configuration
    return TemplateSettings(
        description=answer.description or "",
        layout_id=configuration.default_layout if configuration is not None else None,
        required_field_ids=tuple(field.field_id for field in answer.required_fields or ()),
        rules=tuple(AppliedRule(rule.case_rule_id, rule.field_id) for rule in answer.rules or ()),
        status=answer.status,
        tag_propagation=propagated(answer.tag_propagation_configurations),
    )


def propagated(configurations: Iterable[TagPropagationConfiguration] | None) -> dict[str, str]:
    """The tags that cases get, value by key."""
    found: dict[str, str] = {}
    for configuration in configurations or ():
        if configuration.resource_type == "Cases":
            found.update(configuration.tag_map)
    return found


def _applied(resolving: Resolving, rules: Iterable[RuleInput]) -> tuple[AppliedRule, ...]:
    applied: dict[AppliedRule, str] = {}
    for index, given in enumerate(several(rules, "rules")):
        path = f"rules[{index}]"
        rule, field = _pair(given, path)
        rule_id = resolving.case_rule(rule, path)
        one = AppliedRule(rule_id, None if field is None else resolving.field(field, f"{path}[1]"))
        if one in applied and rule_id:
            resolving.fault(path, f"says the same as {applied[one]}: say it once")
        applied.setdefault(one, path)
    return tuple(applied)


def _pair(given: RuleInput, path: str) -> tuple[CaseRuleName, FieldName | None]:
    if not isinstance(given, tuple):
        return given, None
    if len(cast("tuple[object, ...]", given)) != _PARTS:
        raise TypeError(f"{path} is to be a rule, or a pair of a rule and the field that it acts upon, not {given!r}")
    return given


def _compared(value: object) -> object:
    return frozenset(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value


def _template_rule(rule: AppliedRule) -> TemplateRule:
    if rule.field is None:
        return TemplateRule(case_rule_id=rule.rule)
    return TemplateRule(case_rule_id=rule.rule, field_id=rule.field)


def _propagation(tags: Mapping[str, str]) -> list[TagPropagationConfiguration]:
    return [TagPropagationConfiguration(resource_type="Cases", tag_map=dict(tags))] if tags else []
