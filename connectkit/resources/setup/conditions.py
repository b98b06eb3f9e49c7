"""Filters as the conditions of case rules, and conditions as filters.

The language of rules is a small one: equal or not equal, to a value or to none; all of some comparisons, or any of
them; and a list of such conditions, the first true one of which decides. What a filter says beyond that is put into it
where it can be (a negated group by De Morgan's laws, groups within groups as alternatives that follow each other) and
refused where it can't.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, TypeAlias, cast

from ...errors import FilterError
from ...filters import AllOf, AnyOf, Comparison, Filter, Node, Not, TagComparison
from ...filters.nodes import combined, negated
from ...models.connectcases.case_rules import (
    BooleanCondition,
    BooleanOperands,
    CompoundCondition,
    EmptyOperandValue,
    OperandOne,
    OperandTwo,
)

__all__ = ["MOST_COMPARISONS", "Decision", "read", "spelled_out", "write"]

Decision: TypeAlias = tuple[Filter, bool]
"""A condition, and what a rule says where it is the first that holds."""

MOST_COMPARISONS = 5
"""The most comparisons of a rule, says the service's documentation, over two levels. That the list itself is the first
of them, so that no group holds another, is inferred; written like that, a rule suits every reading of it."""

_OPERANDS = {"stringValue": "string_value", "booleanValue": "boolean_value", "doubleValue": "double_value"}
_VALUES = {**_OPERANDS, "emptyValue": "empty_value"}


def spelled_out(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The same decisions in the language of rules: each a comparison, all of some, or any of some.

    Raises:
        FilterError: something can't be said in it; names the term.
    """
    written: list[Decision] = []
    for condition, result in decisions:
        node = _plain(condition.node)
        count = _size(node)[1]
        if count > MOST_COMPARISONS:
            grown = (
                "written as alternatives, which is how a rule nests, it has" if count > _comparisons(node) else "it has"
            )
            raise FilterError(f"{_limit()}: of {condition!r} {grown} {count}")
        written += [(Filter(alternative), result) for alternative in _alternatives(node)]
    total = sum(_comparisons(condition.node) for condition, _ in written)
    if total > MOST_COMPARISONS:
        raise FilterError(f"{_limit()}: {', '.join(repr(condition) for condition, _ in written)} have {total}")
    return tuple(written)


def write(decisions: Iterable[Decision]) -> list[BooleanCondition]:
    """The conditions of a rule, from what :func:`spelled_out` gave."""
    return [_condition(condition.node, result=result) for condition, result in decisions]


def read(conditions: Sequence[BooleanCondition]) -> tuple[Decision, ...]:
    """The decisions that the conditions of a rule stand for, in the form that :func:`spelled_out` gives.

    Raises:
        FilterError: one has something that this version doesn't know, or filters can't say.
    """
    decisions: list[Decision] = []
    for condition in conditions:
        node, results = _read(condition)
        if len(results) != 1:
            raise FilterError(f"{Filter(node)!r} is to result in True as well as in False")
        decisions.append((Filter(node), results.pop()))
    return spelled_out(decisions)


def _limit() -> str:
    return f"a case rule takes {MOST_COMPARISONS} comparisons in all"


def _plain(node: Node) -> Node:
    """``node`` with ``not`` in front of comparisons alone."""
    match node:
        case Comparison():
            return _comparison(node)
        case TagComparison():
            raise FilterError(f"a case rule looks at fields alone, and can't say {Filter(node)!r}")
        case Not():
            return _opposite(node.term)
        case AllOf() | AnyOf():
            return combined(type(node), map(_plain, _terms(node)))


def _opposite(node: Comparison | TagComparison | AllOf | AnyOf) -> Node:
    """The opposite of ``node``, by De Morgan's laws."""
    if isinstance(node, (Comparison, TagComparison)):
        return negated(_plain(node))
    turned = AnyOf if isinstance(node, AllOf) else AllOf
    return combined(turned, [_plain(negated(term)) for term in _terms(node)])


def _terms(node: AllOf | AnyOf) -> tuple[Node, ...]:
    if not node.terms:
        raise FilterError(f"a case rule needs something to look at, and {Filter(node)!r} has nothing in it")
    return node.terms


def _comparison(node: Comparison) -> Comparison:
    """``node`` as rules compare: users too by a text, for there is no operand for them. That is inferred."""
    if node.operator != "equalTo":
        can = "a case rule knows eq, ne, one_of, is_empty and is_set alone"
        raise FilterError(f"{can}, and can't say {Filter(node)!r}")
    if node.value == "":
        raise FilterError(f"a case rule can't compare with an empty text: say is_empty() in place of {Filter(node)!r}")
    if node.member == "userArnValue":
        return Comparison(node.field_id, node.operator, "stringValue", node.value)
    return node


def _comparisons(node: Node) -> int:
    return sum(map(_comparisons, node.terms)) if isinstance(node, (AllOf, AnyOf)) else 1


def _size(node: Node) -> tuple[int, int]:
    """How many alternatives ``node`` comes to, and how many comparisons they hold together."""
    if not isinstance(node, (AllOf, AnyOf)):
        return 1, 1
    if all(not isinstance(term, (AllOf, AnyOf)) for term in node.terms):
        return (len(node.terms) if isinstance(node, AnyOf) else 1), len(node.terms)
    count, comparisons = (0, 0) if isinstance(node, AnyOf) else (1, 0)
    for alternatives, held in map(_size, node.terms):
        if isinstance(node, AnyOf):
            count, comparisons = count + alternatives, comparisons + held
        else:
            count, comparisons = count * alternatives, comparisons * alternatives + held * count
    return count, comparisons


def _alternatives(node: Node) -> list[Node]:
    """``node`` as conditions one of which has to hold, none of which nests."""
    if not isinstance(node, (AllOf, AnyOf)) or all(not isinstance(term, (AllOf, AnyOf)) for term in node.terms):
        return [node]
    return [combined(AllOf, terms) for terms in _disjuncts(node)]


def _disjuncts(node: Node) -> list[tuple[Node, ...]]:
    if isinstance(node, AnyOf):
        return [terms for term in node.terms for terms in _disjuncts(term)]
    if isinstance(node, AllOf):
        return [tuple(term for terms in choice for term in terms) for choice in product(*map(_disjuncts, node.terms))]
    return [(node,)]


def _condition(node: Node, *, result: bool) -> BooleanCondition:
    match node:
        case AllOf():
            return BooleanCondition(and_all=_compound(node.terms, result=result))
        case AnyOf():
            return BooleanCondition(or_all=_compound(node.terms, result=result))
        case Not():
            return BooleanCondition(not_equal_to=_operands(cast("Comparison", node.term), result=result))
        case _:
            return BooleanCondition(equal_to=_operands(cast("Comparison", node), result=result))


def _compound(terms: Iterable[Node], *, result: bool) -> CompoundCondition:
    # A group has no result of its own. That its first comparison's counts is inferred: so all of them say the same.
    return CompoundCondition(conditions=[_condition(term, result=result) for term in terms])


def _operands(node: Comparison, *, result: bool) -> BooleanOperands:
    if node.value is None:
        operand = OperandTwo(empty_value=EmptyOperandValue())
    else:
        member: dict[str, Any] = {_OPERANDS[node.member]: node.value}
        operand = OperandTwo(**member)
    return BooleanOperands(operand_one=OperandOne(field_id=node.field_id), operand_two=operand, result=result)


def _read(condition: BooleanCondition) -> tuple[Node, set[bool]]:
    """The filter that a condition stands for, and all that its comparisons result in."""
    member, held = condition.member, condition.value
    if isinstance(held, CompoundCondition):
        read_terms = [_read(term) for term in held.conditions or ()]
        kind = AllOf if member == "andAll" else AnyOf
        nodes = [node for node, _ in read_terms]
        return combined(kind, nodes), {result for _, results in read_terms for result in results}
    if isinstance(held, BooleanOperands):
        comparison = _read_operands(held)
        return comparison if member == "equalTo" else negated(comparison), {bool(held.result)}
    raise FilterError(f"a condition {member!r} is none that this version of connectkit knows")


def _read_operands(operands: BooleanOperands) -> Comparison:
    one, two = operands.operand_one, operands.operand_two
    if one.member != "fieldId" or two.member not in _VALUES:
        raise FilterError(
            f"{one.member!r} compared with {two.member!r} is nothing that this version of connectkit knows"
        )
    value = None if two.member == "emptyValue" else two.value
    return Comparison(cast("str", one.value), "equalTo", two.member, value)
