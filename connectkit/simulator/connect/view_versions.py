"""The numbered versions of views."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.connect.lookup import (
    ViewSight,
    find_custom_view,
    find_instance,
    find_whole_view,
    not_found,
)
from connectkit.simulator.connect.patterns import check_view_texts
from connectkit.simulator.connect.views import describe
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import View, ViewVersion

__all__ = ["handles"]

handles: Handlers = Handlers()


@handles("CreateViewVersion")
def create_view_version(context: Context, params: Params) -> Output:
    """Give a number to the published content, or give back the highest version when that shows the same.

    That the view counts as changed only when it gets a version by it is inferred.
    """
    check_view_texts(context, params)
    instance = find_instance(context, params)
    view = find_custom_view(instance, params, context)
    # That the two refusals are InvalidRequests is inferred.
    if view.latest is None:
        raise context.refused(f"View {view.id} has no published content to make a version of")
    if params.get("ViewContentSha256", view.latest.sha256) != view.latest.sha256:
        raise context.refused("ViewContentSha256 is not the checksum of the latest published content")
    highest = _highest(view)
    if highest is None or highest.content.sha256 != view.latest.sha256:
        # Counting on from the highest number ever given, not the highest left, keeps numbers from coming
        # back.
        number = view.last_number + 1
        highest = ViewVersion(number, params.get("VersionDescription"), view.latest)
        versions = {**view.versions, number: highest}
        view = replace(view, versions=versions, last_number=number, modified=context.now)
        instance.views.put(view)
    return {"View": describe(ViewSight(view, highest.content, highest.number, highest.description))}


@handles("ListViewVersions")
def list_view_versions(context: Context, params: Params) -> Output:
    """List the versions of a view, the highest first."""
    view = find_whole_view(find_instance(context, params), params, context)
    versions = sorted(view.versions.values(), key=_descending)
    page, token = context.page(params, versions, key=_descending)
    return {
        "ViewVersionSummaryList": [
            {
                "Id": view.id,
                "Arn": f"{view.arn}:{version.number}",
                "Description": view.description,
                "Name": view.name,
                "Type": view.type,
                "Version": version.number,
                "VersionDescription": version.description,
            }
            for version in page
        ],
        "NextToken": token,
    }


@handles("DeleteViewVersion")
def delete_view_version(context: Context, params: Params) -> Output:
    """Delete one version; its number is not given again."""
    instance = find_instance(context, params)
    view = find_custom_view(instance, params, context)
    number: int = params["ViewVersion"]
    if number not in view.versions:
        raise not_found("View version", f"{view.id}:{number}")
    versions = {other: version for other, version in view.versions.items() if other != number}
    instance.views.put(replace(view, versions=versions))
    return {}


def _highest(view: View) -> ViewVersion | None:
    return view.versions[max(view.versions)] if view.versions else None


def _descending(version: ViewVersion) -> int:
    return -version.number
