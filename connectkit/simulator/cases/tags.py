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
    """Add tags, or change the value of those with the same key, which is inferred."""
    table, resource = _find_resource(context, params["arn"])
    check_tags(params["tags"])
    merged = {**resource.tags, **params["tags"]}
    if len(merged) > MOST_TAGS:
        raise invalid(f"The resource would have {len(merged)} tags; it may have {MOST_TAGS}")
    table.put(replace(resource, tags=merged))
    return {}


@handles("UntagResource")
def untag_resource(context: Context, params: Params) -> Output:
    """Remove tags; that keys which are not there are no fault is inferred."""
    table, resource = _find_resource(context, params["arn"])
    kept = {key: value for key, value in resource.tags.items() if key not in params["tagKeys"]}
    table.put(replace(resource, tags=kept))
    return {}


@handles("ListTagsForResource")
def list_tags_for_resource(context: Context, params: Params) -> Output:
    """Give the tags of a resource."""
    return {"tags": _find_resource(context, params["arn"])[1].tags}


def _find_resource(context: Context, arn: str) -> tuple[Table[Any], Record]:
    """Give a resource with the table that it is in.

    Inferred: what is marked as deleted still has tags, and which errors these are.
    """
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
    name, table = _table(context, domain, kind)
    found: Record | None = table.get(identifier or domain_id)
    # An item's ARN names its case as well, which has to be the one that it is on.
    if found is None or found.arn != arn:
        raise not_found(name, arn)
    return table, found


def _table(context: Context, domain: Domain, kind: str | None) -> tuple[str, Table[Any]]:
    """Give the name of a kind of resource, and the table of those."""
    by_kind: Mapping[str | None, tuple[str, Table[Any]]] = {
        None: ("Domain", context.state.cases.infos),
        "field": ("Field", domain.fields),
        "layout": ("Layout", domain.layouts),
        "template": ("Template", domain.templates),
        "case-rule": ("CaseRule", domain.case_rules),
        "case": ("Case", domain.cases),
        "related-item": ("RelatedItem", domain.related_items),
    }
    return by_kind[kind]
