"""What a case rule says, as an object: required, hidden, or which options go with which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ...errors import FilterError, UnknownNameError
from ...filters import Filter
from ...models.connectcases.case_rules import (
    CaseRuleDetails,
    FieldOptionsCaseRule,
    HiddenCaseRule,
    ParentChildFieldOptionsMapping,
    RequiredCaseRule,
    RuleType,
)
from .._base import several
from ..schema import FieldName
from . import conditions
from ._resolving import Resolving
from .conditions import Decision

if TYPE_CHECKING:
    from ...filters import HasFields
    from ...values import Choices
    from .._scope import Scope

__all__ = [
    "FieldOptionsRule",
    "HiddenRule",
    "OtherRule",
    "RequiredRule",
    "Rule",
    "When",
    "details",
    "read",
    "rule_type",
    "same",
]

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


@dataclass(frozen=True, init=False)
class FieldOptionsRule:
    """Offers the options of one field by what is chosen in another.

    ::

        FieldOptionsRule("Category", "Item", {"Hardware": ["Laptop", "Phone"], "Software": ["E-mail"]})

    Fields and options go by their names, or by their ids and values, which is what a rule that was read has.

    Args:
        parent: The SingleSelect field that decides, by name or id, by a reference, or as the resource that it is.
        child: The SingleSelect field whose options are narrowed, likewise.
        mapping: By each option of the parent, the options of the child that may be chosen then. ``None`` is for a
            parent without a value.
    """

    parent: str
    """Name or id of the field that decides."""
    child: str
    """Name or id of the field whose options are narrowed."""
    mapping: Mapping[str | None, tuple[str, ...]]
    """By each option of the parent, the options of the child that may be chosen then. What isn't mapped leaves nothing
    to choose, as the service is understood."""

    def __init__(self, parent: FieldName, child: FieldName, mapping: Mapping[Any, Iterable[str]]) -> None:
        object.__setattr__(self, "parent", _named(parent))
        object.__setattr__(self, "child", _named(child))
        choices = {option: tuple(several(children, f"mapping[{option!r}]")) for option, children in mapping.items()}
        object.__setattr__(self, "mapping", choices)

    def __hash__(self) -> int:
        return hash((self.parent, self.child, frozenset(self.mapping.items())))


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


def _named(field: FieldName) -> str:
    """What the rule calls a field: references are compared by a filter, and so can't be what rules are compared by."""
    return field if isinstance(field, str) else field.id


def _decisions(given: Iterable[Decision]) -> list[Decision]:
    decisions = list(given)
    for index, one in enumerate(cast("list[object]", decisions)):
        parts = cast("tuple[object, ...]", one) if isinstance(one, tuple) else ()
        if [*map(type, parts)] != [Filter, bool]:
            raise TypeError(f"when[{index}] is to be a pair of a filter and True or False, not {one!r}")
    return decisions


def _field_options(scope: Scope, rule: FieldOptionsRule, operation: str) -> FieldOptionsCaseRule:
    resolving = Resolving(scope, operation)
    parent, child = _Select(scope, resolving, rule.parent, "parent"), _Select(scope, resolving, rule.child, "child")
    mappings: dict[str, ParentChildFieldOptionsMapping] = {}
    for option, children in rule.mapping.items():
        path = f"rule.mapping[{option!r}]"
        # Inferred: the empty text, which the model allows, stands for a parent without a value.
        value = parent.value(option, path) if option else ""
        if value in mappings:
            resolving.fault(path, f"is the option {value!r}, which is mapped already")
        values = [child.value(one, f"{path}[{index}]") for index, one in enumerate(children)]
        mappings[value] = ParentChildFieldOptionsMapping(
            parent_field_option_value=value, child_field_option_values=values
        )
    resolving.finish()
    return FieldOptionsCaseRule(
        parent_field_id=parent.id, child_field_id=child.id, parent_child_field_options_mappings=[*mappings.values()]
    )


class _Select:
    """A SingleSelect field that a rule names; what isn't there is noted."""

    def __init__(self, scope: Scope, resolving: Resolving, field: str, role: str) -> None:
        self._resolving, self._role = resolving, role
        self._options: Choices | None = None
        self.id: str = resolving.field(field, f"rule.{role}")
        if self.id:
            try:
                self._options = scope.schema.options(self.id)
            except (TypeError, UnknownNameError) as error:
                resolving.fault(f"rule.{role}", str(error))

    def value(self, option: str, path: str) -> str:
        """The value of an option; what was given where there is no such option."""
        value = option if self._options is None else self._options.value(option)
        if value is None and self._options is not None:
            self._resolving.fault(path, f"the {self._role} {self._options.lacks(option)}")
        return option if value is None else value
