"""Tags on domains, fields, layouts, templates and cases, named by ARN."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from connectkit.simulator.cases.lookup import invalid, not_found
from connectkit.simulator.cases.tagging import MOST_TAGS, check_tags
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Record
from connectkit.simulator.state.domains import Domain
from connectkit.simulator.state.table import Table

__all__ = ["handles"]

handles: Handlers = Handlers()

_RESOURCE = re.compile(
    r"domain/([^/]+)(?:/(field|layout|template|case-rule|case)/([^/]+)(?:/(related-item)/([^/]+))?)?"
)


@handles("TagResource")
def tag_resource(context: Context, params: Params) -> Output:
    """Add tags, or change the value of those with the same key."""
    table, resource = _find_resource(context, params["arn"])
    check_tags(params["tags"])
    merged = {**resource.tags, **params["tags"]}
    if len(merged) > MOST_TAGS:
        raise invalid(f"The resource would have {len(merged)} tags; it may have {MOST_TAGS}")
    table.put(replace(resource, tags=merged))
    return {}


@handles("UntagResource")
def untag_resource(context: Context, params: Params) -> Output:
    """Remove tags; keys that are not there are no fault."""
    table, resource = _find_resource(context, params["arn"])
    kept = {key: value for key, value in resource.tags.items() if key not in params["tagKeys"]}
    table.put(replace(resource, tags=kept))
    return {}


@handles("ListTagsForResource")
def list_tags_for_resource(context: Context, params: Params) -> Output:
    """Give the tags of a resource."""
    return {"tags": _find_resource(context, params["arn"])[1].tags}


def _find_resource(context: Context, arn: str) -> tuple[Table[Any], Record]:
    """Give a resource with the table that it is in."""
    prefix = context.state.arn("cases", "")
    match = _RESOURCE.fullmatch(arn.removeprefix(prefix)) if arn.startswith(prefix) else None
    if match is None:
        raise invalid(f"{arn} is not the ARN of a Cases resource of this account and region")
    domain_id, kind, identifier, inner_kind, inner = match.groups()
    if inner is not None:
        kind, identifier = inner_kind, inner
    domain = context.state.cases.domain(domain_id)
    if domain is None:
        raise not_found("Domain", arn)
    table, found = _table(context, domain, kind), identifier or domain_id
    if found not in table:
        raise not_found((kind or "domain").capitalize(), arn)
    return table, table[found]


def _table(context: Context, domain: Domain, kind: str | None) -> Table[Any]:
    by_kind: Mapping[str | None, Table[Any]] = {
        None: context.state.cases.infos,
        "field": domain.fields,
        "layout": domain.layouts,
        "template": domain.templates,
        "case-rule": domain.case_rules,
        "case": domain.cases,
        "related-item": domain.related_items,
    }
    return by_kind[kind]
