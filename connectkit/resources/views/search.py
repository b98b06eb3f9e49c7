"""The conditions of a search for views, from plain keywords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ...models.connect.view_search import (
    CommonAttributeAndCondition,
    ControlPlaneAttributeFilter,
    StringComparisonType,
    StringCondition,
    TagCondition,
    ViewSearchCriteria,
    ViewSearchFilter,
)
from ...models.connect.views import ViewStatus, ViewType

__all__ = ["TagsInput", "Texts", "search_criteria", "search_filter"]

Texts: TypeAlias = "str | Sequence[str] | None"
"""A text, or several of which one has to match."""

TagsInput: TypeAlias = "Mapping[str, str | None] | Sequence[Mapping[str, str | None]] | None"
"""Tags that a view has to have, value by key, ``None`` for any value; or several such, of which one has to match."""


def search_criteria(
    texts: Mapping[tuple[str, StringComparisonType], Texts],
    *,
    type_: ViewType | None,
    status: ViewStatus | None,
    criteria: ViewSearchCriteria | None,
) -> ViewSearchCriteria | None:
    """What must all hold: the texts by field and comparison, the type, the status and further criteria.

    That the fields are called ``name`` and ``description`` is inferred.
    """
    found = [
        _one_of([_text(field, comparison, text) for text in ([given] if isinstance(given, str) else given)])
        for (field, comparison), given in texts.items()
        if given is not None
    ]
    if type_ is not None:
        found.append(ViewSearchCriteria(view_type_condition=type_))
    if status is not None:
        found.append(ViewSearchCriteria(view_status_condition=status))
    if criteria is not None:
        found.append(criteria)
    if len(found) > 1:
        return ViewSearchCriteria(and_conditions=found)
    return found[0] if found else None


def search_filter(tags: TagsInput) -> ViewSearchFilter | None:
    """The condition on tags."""
    if tags is None:
        return None
    groups = [_tags(group) for group in ([tags] if isinstance(tags, Mapping) else tags)]
    if len(groups) == 1:
        (group,) = groups
        one = group.tag_conditions or []
        lone = ControlPlaneAttributeFilter(tag_condition=one[0]) if len(one) == 1 else None
        return ViewSearchFilter(attribute_filter=lone or ControlPlaneAttributeFilter(and_condition=group))
    return ViewSearchFilter(attribute_filter=ControlPlaneAttributeFilter(or_conditions=groups))


def _text(field: str, comparison: StringComparisonType, value: str) -> ViewSearchCriteria:
    condition = StringCondition(field_name=field, value=value, comparison_type=comparison)
    return ViewSearchCriteria(string_condition=condition)


def _one_of(criteria: list[ViewSearchCriteria]) -> ViewSearchCriteria:
    return criteria[0] if len(criteria) == 1 else ViewSearchCriteria(or_conditions=criteria)


def _tags(tags: Mapping[str, str | None]) -> CommonAttributeAndCondition:
    conditions = [
        TagCondition(tag_key=key) if value is None else TagCondition(tag_key=key, tag_value=value)
        for key, value in tags.items()
    ]
    return CommonAttributeAndCondition(tag_conditions=conditions)
