"""Case layouts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from connectkit.simulator.cases.lookup import (
    check_may_delete,
    check_name_is_free,
    find_domain,
    find_layout,
    invalid,
    known_field,
    quota_exceeded,
)
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Layout
from connectkit.simulator.state.domains import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

_NOT_CONFIGURABLE = frozenset({"title", "status"})
_PANELS = ("topPanel", "moreInfo")


@handles("CreateLayout")
def create_layout(context: Context, params: Params) -> Output:
    """Make a layout out of fields that exist."""
    state = context.state
    domain = find_domain(context, params)
    _check_content(domain, params["content"], quota=state.quotas.fields_per_layout)
    check_name_is_free("Layout", params["name"], domain.layouts.values())
    identifier = context.ids.uuid()
    layout = Layout(
        id=identifier,
        arn=f"{domain.arn}/layout/{identifier}",
        sequence=state.next_sequence(),
        created=context.now,
        modified=context.now,
        name=params["name"],
        content=params["content"],
    )
    domain.layouts.put(layout)
    return {"layoutId": layout.id, "layoutArn": layout.arn}


@handles("GetLayout")
def get_layout(context: Context, params: Params) -> Output:
    """Describe a layout, a deleted one too, without the fields that have been deleted since."""
    domain = find_domain(context, params)
    layout = find_layout(domain, params)
    return {
        **_summary(layout),
        "content": _without_deleted_fields(domain, layout.content),
        "tags": layout.tags,
        "deleted": layout.deleted,
        "createdTime": layout.created,
        "lastModifiedTime": layout.modified,
    }


@handles("UpdateLayout")
def update_layout(context: Context, params: Params) -> Output:
    """Change the name, the content or both of a layout that is not deleted."""
    domain = find_domain(context, params)
    layout = find_layout(domain, params)
    if layout.deleted:
        raise invalid(f"Layout {layout.id} has been deleted")
    if "content" in params:
        _check_content(domain, params["content"], quota=context.state.quotas.fields_per_layout)
    if "name" in params:
        check_name_is_free("Layout", params["name"], domain.layouts.values(), but=layout.id)
    name, content = params.get("name", layout.name), params.get("content", layout.content)
    domain.layouts.put(replace(layout, name=name, content=content, modified=context.now))
    return {}


@handles("DeleteLayout")
def delete_layout(context: Context, params: Params) -> Output:
    """Mark a layout as deleted, however often it is asked for and though a template names it, which is inferred."""
    domain = find_domain(context, params)
    layout = find_layout(domain, params)
    if not layout.deleted:
        check_may_delete("Layout", domain.layouts.values())
    domain.layouts.put(replace(layout, deleted=True, modified=context.now))
    return {}


@handles("ListLayouts")
def list_layouts(context: Context, params: Params) -> Output:
    """List the layouts that are not deleted, oldest first."""
    domain = find_domain(context, params)
    layouts = [layout for layout in domain.layouts.values() if not layout.deleted]
    page, token = context.page(params, layouts, key=lambda layout: layout.sequence)
    return {"layouts": [_summary(layout) for layout in page], "nextToken": token}


def _summary(layout: Layout) -> Output:
    return {"layoutId": layout.id, "layoutArn": layout.arn, "name": layout.name}


def _field_ids(content: Mapping[str, Any]) -> Iterator[str]:
    for panel in _PANELS:
        for section in content["basic"].get(panel, {}).get("sections", ()):
            for item in section["fieldGroup"]["fields"]:
                yield item["id"]


def _check_content(domain: Domain, content: Mapping[str, Any], *, quota: int) -> None:
    identifiers = list(_field_ids(content))
    for identifier in identifiers:
        if identifier in _NOT_CONFIGURABLE:
            raise invalid(f"content: {identifier} is not configurable and can't be part of a layout")
        known_field(domain, identifier, where="content", deleted=False)
    if len(identifiers) > quota:
        raise quota_exceeded(f"The layout has {len(identifiers)} fields; the quota is {quota}")


def _without_deleted_fields(domain: Domain, content: Mapping[str, Any]) -> Output:
    basic: Output = {}
    for panel, sections in content["basic"].items():
        kept: list[Output] = []
        for section in sections.get("sections", ()):
            group = section["fieldGroup"]
            fields = [item for item in group["fields"] if not domain.fields[item["id"]].deleted]
            kept.append({"fieldGroup": {**group, "fields": fields}})
        basic[panel] = {**sections, "sections": kept} if "sections" in sections else sections
    return {"basic": basic}
