"""Views: creating, reading, changing and deleting one."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.connect.lookup import (
    ViewSight,
    find_custom_view,
    find_instance,
    find_view,
)
from connectkit.simulator.connect.managed_views import managed_views
from connectkit.simulator.connect.patterns import check_view_texts
from connectkit.simulator.connect.tagging import check_tags
from connectkit.simulator.connect.view_content import CUSTOMER_MANAGED, PUBLISHED, read_content
from connectkit.simulator.core.client_tokens import answer_once
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import View
from connectkit.simulator.state.instances import Instance

__all__ = ["describe", "handles", "name_order"]

handles: Handlers = Handlers()


@handles("CreateView")
def create_view(context: Context, params: Params) -> Output:
    """Make a view, saved or published; a repeated client token gives the first answer again."""
    check_view_texts(context, params)
    instance = find_instance(context, params)
    return answer_once(context, instance.replays, params, _create_view)


def _create_view(context: Context, params: Params) -> Output:
    instance = find_instance(context, params)
    content = read_content(context, params["Content"], params["Status"])
    tags = check_tags(context, params.get("Tags", {}))
    _check_name_is_free(instance, params["Name"])
    identifier = context.ids.uuid()
    view = View(
        id=identifier,
        arn=f"{instance.arn}/view/{identifier}",
        sequence=context.state.next_sequence(),
        type=CUSTOMER_MANAGED,
        name=params["Name"],
        description=params.get("Description"),
        created=context.now,
        modified=context.now,
        saved=content,
        latest=content if params["Status"] == PUBLISHED else None,
        tags=tags,
    )
    instance.views.put(view)
    return {"View": describe(ViewSight(view, content, None, None))}


@handles("DescribeView")
def describe_view(context: Context, params: Params) -> Output:
    """Describe a view as a qualifier sees it."""
    return {"View": describe(find_view(find_instance(context, params), params, context))}


@handles("ListViews")
def list_views(context: Context, params: Params) -> Output:
    """List the views of an instance, those of AWS first, each kind by name.

    That the status is that of what was saved last, and not whether anything was ever published, is inferred.
    """
    instance = find_instance(context, params)
    wanted: str | None = params.get("Type")
    views = [view for view in (*managed_views(instance), *instance.views.values()) if wanted in (None, view.type)]
    views.sort(key=name_order)
    page, token = context.page(params, views, key=name_order, read_key=tuple)
    return {
        "ViewsSummaryList": [
            {
                "Id": view.id,
                "Arn": view.arn,
                "Name": view.name,
                "Type": view.type,
                "Status": view.saved.status,
                "Description": view.description,
            }
            for view in page
        ],
        "NextToken": token,
    }


@handles("UpdateViewContent")
def update_view_content(context: Context, params: Params) -> Output:
    """Save new content, and publish it as well when the status says so."""
    check_view_texts(context, params)
    instance = find_instance(context, params)
    view = find_custom_view(instance, params, context)
    content = read_content(context, params["Content"], params["Status"])
    latest = content if params["Status"] == PUBLISHED else view.latest
    view = replace(view, saved=content, latest=latest, modified=context.now)
    instance.views.put(view)
    return {"View": describe(ViewSight(view, content, None, None))}


@handles("UpdateViewMetadata")
def update_view_metadata(context: Context, params: Params) -> Output:
    """Change the name, the description or both. That is no modification as ``LastModifiedTime`` has it."""
    check_view_texts(context, params)
    instance = find_instance(context, params)
    view = find_custom_view(instance, params, context)
    if not params.keys() & {"Name", "Description"}:
        raise context.refused("Name or Description must be given")
    if "Name" in params:
        _check_name_is_free(instance, params["Name"], but=view)
    name, description = params.get("Name", view.name), params.get("Description", view.description)
    instance.views.put(replace(view, name=name, description=description))
    return {}


@handles("DeleteView")
def delete_view(context: Context, params: Params) -> Output:
    """Delete a view with all its qualifiers."""
    instance = find_instance(context, params)
    instance.views.remove(find_custom_view(instance, params, context).id)
    return {}


def describe(sight: ViewSight) -> Output:
    """Write a view as the service does, with the content that a qualifier sees.

    The checksum is always that of what was published last, and absent before anything was. The version of an
    alias, the highest number of its view, is inferred.
    """
    view, content = sight.view, sight.content
    number = sight.number if sight.number is not None else max(view.versions, default=None)
    return {
        "Id": view.id,
        "Arn": view.arn,
        "Name": view.name,
        "Status": content.status,
        "Type": view.type,
        "Description": view.description,
        "Version": number,
        "VersionDescription": sight.version_description,
        "Content": {
            "InputSchema": content.input_schema,
            "Template": content.template,
            "Actions": content.actions,
        },
        "Tags": view.tags or None,
        "CreatedTime": view.created,
        "LastModifiedTime": view.modified,
        "ViewContentSha256": view.latest.sha256 if view.latest else None,
    }


def name_order(view: View) -> tuple[str, str, str]:
    """Give a view's place in a list: by type, then by name. The id settles what the names leave open."""
    return view.type, view.name, view.id


def _check_name_is_free(instance: Instance, name: str, *, but: View | None = None) -> None:
    """Refuse the name of another view, published or not.

    That the names of AWS-managed views don't count, and that case matters in a name, is inferred.
    """
    if any(view.name == name and view is not but for view in instance.views.values()):
        raise ServiceError("DuplicateResourceException", f"A view with the name {name!r} exists already")
