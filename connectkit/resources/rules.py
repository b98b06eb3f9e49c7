"""What a case rule says, as an object: required, hidden, or which options go with which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ..errors import FilterError, UnknownNameError
from ..filters import Filter
from ..models.connectcases.case_rules import (
    CaseRuleDetails,
    FieldOptionsCaseRule,
    HiddenCaseRule,
    ParentChildFieldOptionsMapping,
    RequiredCaseRule,
    RuleType,
)
from . import conditions
from ._resolving import FieldName, Resolving, several
from .conditions import Decision

if TYPE_CHECKING:
    from ..filters import HasFields
    from ..values import Choices
    from ._scope import Scope

__all__ = ["FieldOptionsRule", "HiddenRule", "OtherRule", "RequiredRule", "Rule", "When", "details", "read", "same"]

When: TypeAlias = "Filter | Iterable[Decision]"
"""When a rule says what: a filter, where it says ``True``; or filters, each with what it says where that is the first
one that a case passes, ``[(first, True), (second, False)]``."""


@dataclass(frozen=True, init=False)
class _Conditional:
    """A rule that says yes or no of a case, by its fields."""

    when: tuple[Decision, ...]
    """Conditions and what each results in, in the form that rules have them. The first that holds decides."""
    otherwise: bool
    """What the rule says where none holds."""

    def __init__(self, when: When = (), *, otherwise: bool = False) -> None:
        if isinstance(when, Filter):
            if otherwise:
                name = type(self).__name__
                raise FilterError(
                    f"{name}(when=..., otherwise=True) is always True; where the filter is to make it False, "
                    f"say {name}(when=[({when!r}, False)], otherwise=True)"
                )
            when = [(when, True)]
        object.__setattr__(self, "when", conditions.spelled_out(_decisions(when)))
        object.__setattr__(self, "otherwise", otherwise)

    def decide(self, case: Mapping[str, Any] | HasFields) -> bool:
        """What it says of a case, decided here as the service would.

        Args:
            case: What :meth:`Filter.matches` takes: values by field id, or something whose attribute ``fields`` has
                them.
        """
        return next((result for condition, result in self.when if condition.matches(case)), self.otherwise)


@dataclass(frozen=True, init=False)
class RequiredRule(_Conditional):
    """Makes a field required.

    ::

        RequiredRule(when=schema["Priority"].eq("High") & schema["Amount"].is_set())
        RequiredRule(when=[(F.status.eq("closed"), False), (schema["Urgent"].eq(True), True)], otherwise=False)

    It says nothing of which field: on a template it is applied to one, or to several. A rule can compare with ``eq``,
    ``ne``, ``one_of``, ``is_empty`` and ``is_set``, five times at most; ``&``, ``|`` and ``~`` go as far as that does.

    Args:
        when: When the field is required: a filter, or filters with what each results in, the first that holds deciding.
        otherwise: Whether it is where none holds.

    Raises:
        FilterError: a filter says more than a rule can; names the term.
    """


@dataclass(frozen=True, init=False)
class HiddenRule(_Conditional):
    """Hides a field from agents. Otherwise as :class:`RequiredRule`.

    Args:
        when: When the field is hidden.
        otherwise: Whether it is where none holds.

    Raises:
        FilterError: a filter says more than a rule can; names the term.
    """


@dataclass(frozen=True)
class FieldOptionsRule:
    """Offers the options of one field by what is chosen in another.

    ::

        FieldOptionsRule(parent="Category", child="Item", mapping={"Hardware": ["Laptop", "Phone"], "Other": []})

    Fields and options go by their names, or by their ids and values, which is what a rule that was read has.
    """

    parent: FieldName
    """The SingleSelect field that decides."""
    child: FieldName
    """The SingleSelect field whose options are narrowed."""
    mapping: Mapping[str | None, Sequence[str]]
    """By each option of the parent, the options of the child that may be chosen. ``None`` is for a parent without a
    value. What isn't mapped leaves nothing to choose, as the service is understood."""

    def __hash__(self) -> int:
        return hash((FieldOptionsRule, len(self.mapping)))


@dataclass(frozen=True)
class OtherRule:
    """A rule that was read and that this version can't put into one of the others. It may be given back as it is."""

    details: CaseRuleDetails
    """What the service says of it."""

    def __hash__(self) -> int:
        return hash(OtherRule)


Rule: TypeAlias = "RequiredRule | HiddenRule | FieldOptionsRule | OtherRule"
"""What a case rule says."""

_TYPES: Mapping[str, RuleType] = {"required": "Required", "hidden": "Hidden", "fieldOptions": "FieldOptions"}


def rule_type(rule: CaseRuleDetails) -> RuleType:
    """The service's name for what a rule says."""
    member = rule.member or ""
    return _TYPES.get(member, cast("RuleType", member))


def details(scope: Scope, rule: Rule, *, operation: str) -> CaseRuleDetails:
    """A rule as requests have it, with ids and values for all that is named.

    Raises:
        RequestError: with every field and option that isn't there.
    """
    if not isinstance(cast("object", rule), (RequiredRule, HiddenRule, FieldOptionsRule, OtherRule)):
        right = "a RequiredRule, a HiddenRule or a FieldOptionsRule"
        raise TypeError(f"rule is to be {right}, not {type(rule).__name__}")
    match rule:
        case RequiredRule():
            written = conditions.write(rule.when)
            return CaseRuleDetails(required=RequiredCaseRule(default_value=rule.otherwise, conditions=written))
        case HiddenRule():
            written = conditions.write(rule.when)
            return CaseRuleDetails(hidden=HiddenCaseRule(default_value=rule.otherwise, conditions=written))
        case FieldOptionsRule():
            return CaseRuleDetails(field_options=_field_options(scope, rule, operation))
        case OtherRule():
            return rule.details


def read(rule: CaseRuleDetails) -> Rule:
    """The rule that the service describes."""
    held = rule.value
    try:
        if isinstance(held, RequiredCaseRule):
            return RequiredRule(conditions.read(held.conditions or ()), otherwise=bool(held.default_value))
        if isinstance(held, HiddenCaseRule):
            return HiddenRule(conditions.read(held.conditions or ()), otherwise=bool(held.default_value))
    except FilterError:
        return OtherRule(rule)
    if isinstance(held, FieldOptionsCaseRule) and held.parent_field_id and held.child_field_id:
        mapping = {
            one.parent_field_option_value or None: tuple(one.child_field_option_values or ())
            for one in held.parent_child_field_options_mappings or ()
        }
        return FieldOptionsRule(held.parent_field_id, held.child_field_id, mapping)
    return OtherRule(rule)


def same(one: CaseRuleDetails, other: CaseRuleDetails) -> bool:
    """Whether two rules say the same. In which order options are mapped makes no difference."""
    return _compared(one) == _compared(other)


def _compared(rule: CaseRuleDetails) -> object:
    said = read(rule)
    if isinstance(said, FieldOptionsRule):
        return said.parent, said.child, {parent: frozenset(children) for parent, children in said.mapping.items()}
    return said


def _decisions(given: Iterable[Decision]) -> list[Decision]:
    decisions = list(given)
    for index, one in enumerate(cast("list[object]", decisions)):
        parts = cast("tuple[object, ...]", one) if isinstance(one, tuple) else ()
        if [*map(type, parts)] != [Filter, bool]:
            raise TypeError(f"when[{index}] is to be a pair of a filter and True or False, not {one!r}")
    return decisions


def _field_options(scope: Scope, rule: FieldOptionsRule, operation: str) -> FieldOptionsCaseRule:
    resolving = Resolving(scope, operation)
    parent, parent_options = _select(scope, resolving, rule.parent, "rule.parent")
    child, child_options = _select(scope, resolving, rule.child, "rule.child")
    mappings: dict[str, ParentChildFieldOptionsMapping] = {}
    for option, children in rule.mapping.items():
        path = f"rule.mapping[{option!r}]"
        value = "" if not option else _option(resolving, parent_options, option, path)
        if value in mappings:
            resolving.fault(path, f"is the option {value!r}, which is mapped already")
        values = [
            _option(resolving, child_options, one, f"{path}[{index}]")
            for index, one in enumerate(several(children, path))
        ]
        mappings[value] = ParentChildFieldOptionsMapping(
            parent_field_option_value=value, child_field_option_values=values
        )
    resolving.finish()
    return FieldOptionsCaseRule(
        parent_field_id=parent, child_field_id=child, parent_child_field_options_mappings=[*mappings.values()]
    )


def _select(scope: Scope, resolving: Resolving, field: FieldName, path: str) -> tuple[str, Choices | None]:
    """The id of a SingleSelect field and its options; ``None``, and noted, if it isn't one."""
    id_ = resolving.field(field, path)
    if not id_:
        return id_, None
    try:
        return id_, scope.schema.options(id_)
    except (TypeError, UnknownNameError) as error:
        resolving.fault(path, str(error))
        return id_, None


def _option(resolving: Resolving, options: Choices | None, given: str, path: str) -> str:
    """The value of an option; ``given`` itself, and noted, if there is no such option."""
    value = given if options is None else options.value(given)
    if value is None and options is not None:
        resolving.fault(path, f"the field {options.lacks(given)}")
    return given if value is None else value
