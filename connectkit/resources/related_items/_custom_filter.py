"""Conditions on the fields of custom related items, made of the filters that cases are searched with."""

from __future__ import annotations

from typing import Any

from ...errors import FilterError
from ...filters import AllOf, AnyOf, Filter, Node, Not, TagComparison

__all__ = ["custom_criteria"]


def custom_criteria(condition: Filter) -> dict[str, Any]:
    """The condition as the wire has it for custom items: as for cases, but for tags, with lists of at most ten.

    Raises:
        FilterError: it asks for tags.
        TypeError: it is no filter.
    """
    if not isinstance(condition, Filter):  # pyright: ignore[reportUnnecessaryIsInstance] - callers needn't be typed
        raise TypeError(f"a condition on custom items is a filter, such as F.number(id).gt(2), not {condition!r}")
    if _asks_for_tags(condition.node):
        raise FilterError(f"custom items are searched by their fields, not by tags: {condition!r}")
    return condition.to_wire()


def _asks_for_tags(node: Node) -> bool:
    match node:
        case TagComparison():
            return True
        case Not():
            return _asks_for_tags(node.term)
        case AllOf() | AnyOf():
            return any(_asks_for_tags(term) for term in node.terms)
        case _:
            return False
