"""Filters become conditions of case rules and come back, and mean the same: here, and to the simulated service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings, strategies as st

from connectkit import ConnectKit, FilterError, InvalidRequestError
from connectkit.filters import F, Filter, all_of, any_of
from connectkit.models import connectcases as cases
from connectkit.resources.setup import rules
from connectkit.resources.setup.case_rules import HiddenRule, OtherRule, RequiredRule
from connectkit.resources.setup.conditions import MOST_COMPARISONS, write
from connectkit.simulator import simulate

from ...simulator.helpers import USER_ARN, needs

if TYPE_CHECKING:
    from connectkit.resources.setup.case_rules import CaseRule

A, B, C, D, E, G = (F.text(letter).eq(letter) for letter in "ABCDEG")
QUICK = settings(max_examples=60, deadline=None)
with_rules = needs("connectcases", "CreateCaseRule")

# What cases hold of each field in the tests that draw them, and what filters compare with.
VALUES: Mapping[str, list[Any]] = {
    "Select": ["high", "low", None],
    "Number": [0, 2.5, None],
    "Boolean": [True, False, None],
    "Text": ["x", "y", None],
    "User": [USER_ARN, f"{USER_ARN}b", None],
}


def comparisons(ids: Mapping[str, str]) -> st.SearchStrategy[Filter]:
    """A comparison of one of the fields, as rules can make it."""
    kinds = {"Select": F.select, "Number": F.number, "Boolean": F.boolean, "Text": F.text, "User": F.user}

    def compared(name: str, operator: str, index: int) -> Filter:
        reference: Any = kinds[name](ids[name])
        if operator in {"is_empty", "is_set"}:
            made: Filter = getattr(reference, operator)()
        else:
            made = getattr(reference, operator)(VALUES[name][index])
        return made

    return st.builds(
        compared,
        st.sampled_from(sorted(ids)),
        st.sampled_from(["eq", "ne", "is_empty", "is_set"]),
        st.integers(0, 1),
    )


def filters(ids: Mapping[str, str]) -> st.SearchStrategy[Filter]:
    """Whatever can be composed of a few comparisons."""
    return st.recursive(
        comparisons(ids),
        lambda inner: (
            inner.map(lambda one: ~one)
            | st.lists(inner, min_size=1, max_size=3).map(all_of)
            | st.lists(inner, min_size=1, max_size=3).map(any_of)
        ),
        max_leaves=5,
    )


def values(ids: Mapping[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    """The values of a case, by field id."""
    return st.fixed_dictionaries({ids[name]: st.sampled_from(choices) for name, choices in VALUES.items()})


PLAIN_IDS = {name: name for name in VALUES}


def spelled(filter: Filter) -> RequiredRule | None:  # noqa: A002 - the API's own word
    """The rule that says it; ``None`` for one that is too long."""
    try:
        return RequiredRule(when=filter)
    except FilterError as error:
        if "a case rule takes 5 comparisons in all: of " not in str(error):
            raise
        return None


def reread(rule: RequiredRule | HiddenRule) -> rules.Rule:
    """The rule, after its way to the service and back."""
    kind = "required" if isinstance(rule, RequiredRule) else "hidden"
    wire = cases.CaseRuleDetails(**{kind: _wire_rule(rule)}).to_wire()
    return rules.read(cases.CaseRuleDetails.from_wire(wire))


def _wire_rule(rule: RequiredRule | HiddenRule) -> Any:
    shape = cases.RequiredCaseRule if isinstance(rule, RequiredRule) else cases.HiddenCaseRule
    return shape(default_value=rule.otherwise, conditions=write(rule.when))


@QUICK
@given(filter=filters(PLAIN_IDS))
def test_a_filter_comes_back_from_the_wire_as_it_was_spelled_out(filter: Filter) -> None:  # noqa: A002
    rule = spelled(filter)
    if rule is not None:
        assert reread(rule) == rule
        assert RequiredRule(rule.when) == rule
        assert rule.when == tuple((condition, True) for condition, _ in rule.when)


@QUICK
@given(decisions=st.lists(st.tuples(filters(PLAIN_IDS), st.booleans()), max_size=3), otherwise=st.booleans())
def test_several_decisions_come_back_as_well(decisions: list[tuple[Filter, bool]], otherwise: bool) -> None:  # noqa: FBT001
    try:
        rule = HiddenRule(decisions, otherwise=otherwise)
    except FilterError:
        return
    assert reread(rule) == rule
    assert rule.otherwise is otherwise


@settings(max_examples=200, deadline=None)
@given(filter=filters(PLAIN_IDS), case=values(PLAIN_IDS))
def test_spelled_out_it_passes_the_same_cases(filter: Filter, case: dict[str, Any]) -> None:  # noqa: A002
    rule = spelled(filter)
    if rule is not None:
        assert rule.decide(case) is filter.matches(case)


@QUICK
@given(terms=st.lists(comparisons({"Number": "Number", "Text": "Text"}), min_size=1, max_size=5), data=st.data())
def test_what_a_rule_can_say_is_said_as_it_was_given(terms: list[Filter], data: st.DataObject) -> None:
    filter_ = data.draw(st.sampled_from([all_of, any_of]))(terms)
    assert RequiredRule(when=filter_).when == ((filter_, True),)


class World(NamedTuple):
    """A domain with a rule on a template, to try rules on."""

    kit: ConnectKit
    domain_id: str
    template_id: str
    rule: CaseRule
    ids: dict[str, str]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with simulate(seed=3):
        kit = ConnectKit(region_name="us-east-1")
        domain = kit.domains.ensure(name="Rules")
        ids = {
            "Select": domain.fields.create(name="Select", type="SingleSelect", options=["high", "low"]).id,
            "Number": domain.fields.create(name="Number", type="Number").id,
            "Boolean": domain.fields.create(name="Boolean", type="Boolean").id,
            "Text": domain.fields.create(name="Text", type="Text").id,
            "User": domain.fields.create(name="User", type="User").id,
        }
        domain.fields.create(name="Target", type="Text")
        rule = domain.case_rules.create(name="Rule", rule=RequiredRule())
        template = domain.templates.create(name="Template", rules=[(rule, "Target")])
        yield World(kit, domain.id, template.id, rule, ids)


@with_rules
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_service_decides_as_the_rule_does(world: World, data: st.DataObject) -> None:
    decisions = data.draw(st.lists(st.tuples(filters(world.ids), st.booleans()), max_size=2))
    try:
        rule = RequiredRule(decisions, otherwise=data.draw(st.booleans()))
    except FilterError:
        return
    world.rule.update(rule=rule)
    assert world.rule.refresh().rule == rule
    case = data.draw(values(world.ids))
    required = rule.decide(case)
    try:
        create_case(world, case)
    except InvalidRequestError:
        assert required
    else:
        assert not required


def create_case(world: World, case: Mapping[str, Any]) -> None:
    fields = [cases.FieldValue(id="title", value=cases.FieldValueUnion(string_value="A case"))]
    for field_id, value in case.items():
        if value is not None:
            member = "double_value" if isinstance(value, (int, float)) else "string_value"
            member = "boolean_value" if isinstance(value, bool) else member
            member = "user_arn_value" if field_id == world.ids["User"] else member
            union: dict[str, Any] = {member: value}
            fields.append(cases.FieldValue(id=field_id, value=cases.FieldValueUnion(**union)))
    world.kit.send(cases.CreateCaseRequest(domain_id=world.domain_id, template_id=world.template_id, fields=fields))


def test_not_in_front_of_a_group_goes_to_its_terms() -> None:
    ne_a, ne_b = F.text("A").ne("A"), F.text("B").ne("B")
    assert RequiredRule(when=~(A & B)).when == ((ne_a | ne_b, True),)
    assert RequiredRule(when=~(A | ~B)).when == ((ne_a & B, True),)
    assert RequiredRule(when=~F.text("A").is_empty()).when == ((F.text("A").is_set(), True),)


def test_groups_in_groups_become_alternatives_that_follow_each_other() -> None:
    assert RequiredRule(when=(A & B) | (C & D) | E).when == ((A & B, True), (C & D, True), (E, True))
    assert RequiredRule(when=(A | B) & C).when == ((A & C, True), (B & C, True))
    assert RequiredRule(when=A & ~(B & C)).when == ((A & F.text("B").ne("B"), True), (A & F.text("C").ne("C"), True))
    both = HiddenRule(when=[((A & B) | C, False), (D, True)], otherwise=True)
    assert both.when == ((A & B, False), (C, False), (D, True))


@pytest.mark.parametrize(
    ("filter_", "named"),
    [
        (A & F.number("sum").gt(3), "can't say F.number('sum').gt(3.0)"),
        (F.text("A").contains("x"), "can't say F.text('A').contains('x')"),
        (~(A | F.tag("team").eq("legal")), "looks at fields alone, and can't say F.tag('team').eq('legal')"),
        (F.text("A").eq(""), "an empty text: say is_empty() in place of F.text('A').eq('')"),
        (Filter.from_wire({"andAll": []}), "has nothing in it"),
        (all_of(A, B, C, D, E, G), f"of {all_of(A, B, C, D, E, G)!r} it has 6"),
        ((A | B) & (C | D), "written as alternatives, which is how a rule nests, it has 8"),
    ],
)
def test_what_a_rule_can_not_say_is_refused_by_name(filter_: Filter, named: str) -> None:
    with pytest.raises(FilterError) as caught:
        RequiredRule(when=filter_)
    assert named in str(caught.value)


def test_all_the_comparisons_of_a_rule_count() -> None:
    assert MOST_COMPARISONS == 5
    HiddenRule(when=[(A & B, True), (C | D, False), (E, True)])
    with pytest.raises(FilterError, match=r"a case rule takes 5 comparisons in all: .* have 6"):
        HiddenRule(when=[(A & B, True), (C | D, False), (E & G, True)])


def test_a_filter_that_is_far_too_large_is_refused_at_once() -> None:
    large = all_of([F.number("n").eq(number) | F.number("m").eq(number) for number in range(60)])
    with pytest.raises(FilterError, match="a case rule takes 5 comparisons"):
        RequiredRule(when=large)


def test_a_rule_that_could_not_be_false_is_a_slip() -> None:
    with pytest.raises(FilterError, match=r"RequiredRule\(when=..., otherwise=True\) is always True; .*\[\(F.text"):
        RequiredRule(when=A, otherwise=True)
    assert RequiredRule(otherwise=True).decide({})
    with pytest.raises(TypeError, match=r"when\[1\] is to be a pair of a filter and True or False, not "):
        HiddenRule(when=[(A, True), B])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]


def test_a_rule_is_decided_here_as_well() -> None:
    rule = HiddenRule(when=[(A, False), (B, True)])
    assert [rule.decide({"A": "A", "B": "B"}), rule.decide({"B": "B"}), rule.decide({})] == [False, True, False]
    assert {rule, HiddenRule(when=[(A, False), (B, True)])} == {rule}
    other: object = RequiredRule(when=rule.when)
    assert rule != other
    assert eval(repr(rule), {"HiddenRule": HiddenRule, "F": F}) == rule  # noqa: S307 - our own repr


def compared(field: str, value: dict[str, Any], *, result: bool = True) -> dict[str, Any]:
    """A comparison on the wire."""
    return {"equalTo": {"operandOne": {"fieldId": field}, "operandTwo": value, "result": result}}


UNSAID: list[dict[str, Any]] = [
    {"greaterThan": {"operandOne": {"fieldId": "A"}, "operandTwo": {"doubleValue": 3}, "result": True}},
    {"equalTo": {"operandOne": {"newOperand": "A"}, "operandTwo": {"doubleValue": 3}, "result": True}},
    compared("A", {"newValue": 3}),
    {"andAll": {"conditions": []}},
    {"orAll": {"conditions": [compared("A", {"emptyValue": {}}), compared("B", {"emptyValue": {}}, result=False)]}},
]


@pytest.mark.parametrize(
    "condition",
    UNSAID,
    ids=["comparison", "operand one", "operand two", "empty group", "mixed results"],
)
def test_a_rule_that_filters_can_not_say_is_kept_as_it_is(condition: dict[str, Any]) -> None:
    details = cases.CaseRuleDetails.from_wire({"required": {"defaultValue": False, "conditions": [condition]}})
    rule = rules.read(details)
    assert isinstance(rule, OtherRule)
    assert rule.details is details
    assert rules.same(details, details)


@pytest.mark.parametrize("wire", [{"newKind": {"a": 1}}, {"fieldOptions": {"parentChildFieldOptionsMappings": []}}, {}])
def test_a_rule_of_a_kind_that_nobody_knows_yet_is_kept_as_it_is(wire: dict[str, Any]) -> None:
    details = cases.CaseRuleDetails.from_wire(wire)
    assert rules.read(details) == OtherRule(details)
    assert rules.rule_type(details) == ("FieldOptions" if "fieldOptions" in wire else next(iter(wire), ""))


def test_a_group_in_a_group_is_read_where_it_can_be_said() -> None:
    terms = [compared(name, {"stringValue": name}) for name in "ABC"]
    nested = {"orAll": {"conditions": [{"andAll": {"conditions": terms[:2]}}, terms[2]]}}
    details = cases.CaseRuleDetails.from_wire({"hidden": {"defaultValue": False, "conditions": [nested]}})
    assert rules.read(details) == HiddenRule(when=(A & B) | C)
