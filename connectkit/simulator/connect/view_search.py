"""SearchViews: the conditions on name, description, type, status and tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from connectkit.simulator.connect.lookup import ViewSight, find_instance
from connectkit.simulator.connect.managed_views import managed_views
from connectkit.simulator.connect.views import describe, name_order
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import View

__all__ = ["handles"]

handles: Handlers = Handlers()

Predicate = Callable[[View], bool]

_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "EXACT": lambda text, wanted: text == wanted,
    "STARTS_WITH": lambda text, wanted: text.startswith(wanted),
    "CONTAINS": lambda text, wanted: wanted in text,
}
# Inferred: what a condition without a comparison does.
_DEFAULT_COMPARISON = "CONTAINS"
_READERS: Mapping[str, Callable[[View], str]] = {
    "name": lambda view: view.name,
    "description": lambda view: view.description or "",
}


@handles("SearchViews")
def search_views(context: Context, params: Params) -> Output:
    """Find views of an instance, in the order of ListViews, which is inferred."""
    instance = find_instance(context, params)
    tests = [_criteria(context, params.get("SearchCriteria", {}))]
    tests.append(_tag_filter(params.get("SearchFilter", {}).get("AttributeFilter", {})))
    views = [*managed_views(instance), *instance.views.values()]
    found = sorted((view for view in views if all(test(view) for test in tests)), key=name_order)
    page, token = context.page(params, found, key=name_order, read_key=tuple)
    return {
        "Views": [describe(ViewSight(view, view.latest or view.saved, None, None)) for view in page],
        "NextToken": token,
        "ApproximateTotalCount": len(found),
    }


def _criteria(context: Context, wire: Mapping[str, Any]) -> Predicate:
    """Make a function of one level of criteria. That all members of a level must hold is inferred."""
    tests: list[Predicate] = []
    if "OrConditions" in wire:
        either = [_criteria(context, inner) for inner in wire["OrConditions"]]
        tests.append(lambda view: any(test(view) for test in either))
    if "AndConditions" in wire:
        both = [_criteria(context, inner) for inner in wire["AndConditions"]]
        tests.append(lambda view: all(test(view) for test in both))
    if "StringCondition" in wire:
        tests.append(_string_condition(context, wire["StringCondition"]))
    if "ViewTypeCondition" in wire:
        wanted_type = wire["ViewTypeCondition"]
        tests.append(lambda view: view.type == wanted_type)
    if "ViewStatusCondition" in wire:
        wanted_status = wire["ViewStatusCondition"]
        tests.append(lambda view: view.saved.status == wanted_status)
    return lambda view: all(test(view) for test in tests)


def _string_condition(context: Context, wire: Mapping[str, Any]) -> Predicate:
    """Compare a text in any case, which is inferred, as are the names of the two fields."""
    read = _READERS.get(wire.get("FieldName", "").lower())
    if read is None or "Value" not in wire:
        raise context.refused(f"StringCondition needs a Value and one of the fields {', '.join(_READERS)}")
    compare = _COMPARISONS[wire.get("ComparisonType", _DEFAULT_COMPARISON)]
    wanted: str = wire["Value"].casefold()
    return lambda view: compare(read(view).casefold(), wanted)


def _tag_filter(wire: Mapping[str, Any]) -> Predicate:
    """Make a function of a tag filter; what its members mean follows from their names in the model."""
    tests: list[Predicate] = []
    if "OrConditions" in wire:
        groups = [_tags(group) for group in wire["OrConditions"]]
        tests.append(lambda view: any(test(view) for test in groups))
    if "AndCondition" in wire:
        tests.append(_tags(wire["AndCondition"]))
    if "TagCondition" in wire:
        tests.append(_tag(wire["TagCondition"]))
    return lambda view: all(test(view) for test in tests)


def _tags(wire: Mapping[str, Any]) -> Predicate:
    tests = [_tag(condition) for condition in wire.get("TagConditions", ())]
    return lambda view: all(test(view) for test in tests)


def _tag(wire: Mapping[str, Any]) -> Predicate:
    """Compare a tag. A condition without a value asks for the key alone, which is inferred."""
    key, value = wire.get("TagKey", ""), wire.get("TagValue")
    return lambda view: key in view.tags and value in (None, view.tags[key])
