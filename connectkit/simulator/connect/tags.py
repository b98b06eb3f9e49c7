"""Tags on instances, views, task templates and integration associations, named by ARN."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from connectkit.simulator.connect.integrations import find_association
from connectkit.simulator.connect.lookup import find_instance, find_task_template, find_view_by_arn, not_found
from connectkit.simulator.connect.patterns import check_tag_key
from connectkit.simulator.connect.tagging import MOST_TAGS, check_tags
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.table import Table

__all__ = ["handles"]

handles: Handlers = Handlers()

_RESOURCE = re.compile(r"instance/([^/]+)(?:/([^/]+)/(.+))?")


@handles("TagResource")
def tag_resource(context: Context, params: Params) -> Output:
    """Add tags, or change the value of those with the same key."""
    table, resource = _find_resource(context, params["resourceArn"])
    merged = {**resource.tags, **check_tags(context, params["tags"])}
    if len(merged) > MOST_TAGS:
        # Which error this is, is inferred; that there may be no more is in the administrator guide.
        raise context.invalid(f"The resource would have {len(merged)} tags; it may have {MOST_TAGS}")
    table.put(replace(resource, tags=merged))
    return {}


@handles("UntagResource")
def untag_resource(context: Context, params: Params) -> Output:
    """Remove tags. That keys which are not there are no fault is inferred."""
    for key in params["tagKeys"]:
        check_tag_key(context, key)
    table, resource = _find_resource(context, params["resourceArn"])
    kept = {key: value for key, value in resource.tags.items() if key not in params["tagKeys"]}
    table.put(replace(resource, tags=kept))
    return {}


@handles("ListTagsForResource")
def list_tags_for_resource(context: Context, params: Params) -> Output:
    """Give the tags of a resource; of one without, nothing, since the model has no empty map of tags."""
    return {"tags": _find_resource(context, params["resourceArn"])[1].tags or None}


def _find_resource(context: Context, arn: str) -> tuple[Table[Any], Any]:
    """Give a resource with the table that it is in.

    The administrator guide has no tags on contacts here: TagContact is for them. A view's tags are those of all its
    versions, so that an ARN with a qualifier means the view is inferred.
    """
    prefix = context.state.arn("connect", "")
    match = _RESOURCE.fullmatch(arn.removeprefix(prefix)) if arn.startswith(prefix) else None
    if match is None:
        raise context.invalid(f"{arn} is not the ARN of a Connect resource of this account and region")
    instance_id, kind, identifier = match.groups()
    instance = find_instance(context, {"InstanceId": instance_id})
    match kind:
        case None:
            return context.state.connect.infos, instance.info
        case "view":
            return instance.views, find_view_by_arn(instance, arn)
        case "task-template":
            return instance.task_templates, find_task_template(instance, {"TaskTemplateId": arn})
        case "integration-association":
            return instance.integrations, find_association(context.state, instance, identifier)
        case "contact":
            raise context.refused(f"{arn} is a contact, which has no tags by this operation")
        case _:
            raise not_found(kind.capitalize(), arn)
