"""Tags on domains, fields, layouts, templates and cases, named by ARN."""

from __future__ import annotations

import re
from collections.abc import Mapping

from connectkit.simulator.cases.lookup import invalid, not_found
from connectkit.simulator.cases.tagging import MOST_TAGS, check_tags
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Domain, Record

__all__ = ["handles"]

handles: Handlers = Handlers()

_RESOURCE = re.compile(r"domain/([^/]+)(?:/(field|layout|template|case)/([^/]+))?")


@handles("TagResource")
def tag_resource(context: Context, params: Params) -> Output:
    """Add tags, or change the value of those with the same key."""
    resource = _find_resource(context, params["arn"])
    check_tags(params["tags"])
    merged = {**resource.tags, **params["tags"]}
    if len(merged) > MOST_TAGS:
        raise invalid(f"The resource would have {len(merged)} tags; it may have {MOST_TAGS}")
    resource.tags = merged
    return {}


@handles("UntagResource")
def untag_resource(context: Context, params: Params) -> Output:
    """Remove tags; keys that are not there are no fault."""
    resource = _find_resource(context, params["arn"])
    resource.tags = {key: value for key, value in resource.tags.items() if key not in params["tagKeys"]}
    return {}


@handles("ListTagsForResource")
def list_tags_for_resource(context: Context, params: Params) -> Output:
    """Give the tags of a resource."""
    return {"tags": _find_resource(context, params["arn"]).tags}


def _find_resource(context: Context, arn: str) -> Record:
    prefix = context.state.arn("cases", "")
    match = _RESOURCE.fullmatch(arn.removeprefix(prefix)) if arn.startswith(prefix) else None
    if match is None:
        raise invalid(f"{arn} is not the ARN of a Cases resource of this account and region")
    domain_id, kind, identifier = match.groups()
    domain = context.state.cases.domains.get(domain_id)
    found: Record | None = domain
    if domain is not None and kind is not None:
        found = _resources(domain, kind).get(identifier)
    if found is None:
        raise not_found((kind or "domain").capitalize(), arn)
    return found


def _resources(domain: Domain, kind: str) -> Mapping[str, Record]:
    by_kind: Mapping[str, Mapping[str, Record]] = {
        "field": domain.fields,
        "layout": domain.layouts,
        "template": domain.templates,
        "case": domain.cases,
    }
    return by_kind[kind]
