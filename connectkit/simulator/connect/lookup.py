"""Finds the Connect resources that a request names, and makes the errors that Connect answers with."""

from __future__ import annotations

from dataclasses import dataclass

from connectkit.simulator.connect.managed_views import managed_views
from connectkit.simulator.connect.view_content import CUSTOMER_MANAGED
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Params
from connectkit.simulator.state.connect import Contact, TaskTemplate, View, ViewContent, ViewVersion
from connectkit.simulator.state.instances import Instance

__all__ = [
    "ViewSight",
    "find_contact",
    "find_custom_view",
    "find_instance",
    "find_task_template",
    "find_view",
    "find_view_by_arn",
    "find_whole_view",
    "not_found",
]

_SAVED = "$SAVED"
_LATEST = "$LATEST"
_ALIASES = frozenset({"", _SAVED, _LATEST})


@dataclass(frozen=True, slots=True)
class ViewSight:
    """A view, seen at one of its qualifiers: the content there, and the version when it has a number."""

    view: View
    content: ViewContent
    number: int | None
    version_description: str | None


def not_found(kind: str, identifier: str) -> ServiceError:
    """Make the error for something that is not there."""
    return ServiceError("ResourceNotFoundException", f"{kind} {identifier} does not exist")


def find_instance(context: Context, params: Params) -> Instance:
    """Give the instance that ``InstanceId`` names, by its id or, which is inferred, its ARN."""
    identifier: str = params["InstanceId"]
    found = context.state.connect.instance(identifier.removeprefix(context.state.arn("connect", "instance/")))
    if found is None:
        raise not_found("Instance", identifier)
    return found


def find_task_template(instance: Instance, params: Params) -> TaskTemplate:
    """Give the task template that ``TaskTemplateId`` names, by its id or its ARN, which is inferred."""
    identifier: str = params["TaskTemplateId"]
    found = instance.task_templates.get(identifier.removeprefix(f"{instance.arn}/task-template/"))
    if found is None:
        raise not_found("Task template", identifier)
    return found


def find_contact(instance: Instance, identifier: str) -> Contact:
    """Give the contact with this id. That one which isn't there is not found, rather than refused, is inferred."""
    found = instance.contacts.get(identifier)
    if found is None:
        raise not_found("Contact", identifier)
    return found


def find_view(instance: Instance, params: Params, context: Context) -> ViewSight:
    """Give the view that ``ViewId`` names, as its qualifier sees it.

    Without a qualifier that is the published content, or version 1 of an AWS-managed view.
    """
    view, qualifier = _find_view(instance, params["ViewId"])
    if view.type == CUSTOMER_MANAGED and qualifier in _ALIASES:
        content = view.saved if qualifier == _SAVED else view.latest
        if content is None:
            # Which error this is, is inferred; that it is one is documented.
            raise context.refused(f"View {view.id} has no published content; ask for {view.id}:{_SAVED}")
        return ViewSight(view, content, None, None)
    if qualifier in _ALIASES:
        # That an alias of a managed view means its newest version is inferred.
        qualifier = str(view.last_number) if qualifier else "1"
    version = _find_version(view, qualifier)
    if version is None:
        raise not_found("View", params["ViewId"])
    return ViewSight(view, version.content, version.number, version.description)


def find_whole_view(instance: Instance, params: Params, context: Context) -> View:
    """Give the view that ``ViewId`` names, for an operation on the view as a whole.

    That such an operation takes an alias, which means the same view, but no version is inferred.
    """
    view, qualifier = _find_view(instance, params["ViewId"])
    if qualifier not in _ALIASES:
        raise context.refused(f"{context.operation.name} works on the whole view, not on version {qualifier}")
    return view


def find_custom_view(instance: Instance, params: Params, context: Context) -> View:
    """Give the view that ``ViewId`` names, for a change; that AWS-managed views are not to be changed is inferred."""
    view = find_whole_view(instance, params, context)
    if view.type != CUSTOMER_MANAGED:
        raise context.refused(f"View {params['ViewId']} is managed by AWS and can't be changed")
    return view


def find_view_by_arn(instance: Instance, arn: str) -> View:
    """Give the view that an ARN names, whichever of its aliases or versions that is."""
    view, qualifier = _find_view(instance, arn)
    if qualifier not in _ALIASES and _find_version(view, qualifier) is None:
        raise not_found("View", arn)
    return view


def _find_version(view: View, qualifier: str) -> ViewVersion | None:
    """Give the version that a qualifier names, in digits without zeros before them."""
    return next((version for number, version in view.versions.items() if str(number) == qualifier), None)


def _find_view(instance: Instance, identifier: str) -> tuple[View, str]:
    """Give the view and the qualifier that are in an id or ARN, perhaps with a colon and a qualifier."""
    name, colon, qualifier = identifier.rpartition(":")
    # The last colon of an ARN without qualifier stands before the resource, which has slashes.
    if not colon or not qualifier or "/" in qualifier:
        name, qualifier = identifier, ""
    managed = {view.arn: view for view in managed_views(instance)}
    view = managed.get(name) or instance.views.get(name.removeprefix(f"{instance.arn}/view/"))
    if view is None:
        raise not_found("View", identifier)
    return view, qualifier
