"""Task templates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from connectkit.simulator.connect.lookup import find_instance, find_task_template
from connectkit.simulator.connect.task_template_rules import check_definition
from connectkit.simulator.core.client_tokens import answer_once
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import TaskTemplate

__all__ = ["handles"]

handles: Handlers = Handlers()

_DEFINITION = (
    "Name",
    "Description",
    "ContactFlowId",
    "SelfAssignFlowId",
    "ContactHooks",
    "Constraints",
    "Defaults",
    "Status",
    "Fields",
)
"""The members that make up a template, as a create and an update give them and a get shows them."""
# Inferred: a status is optional on create, and an inactive template would be an odd default.
_DEFAULT_STATUS = "ACTIVE"


@handles("CreateTaskTemplate")
def create_task_template(context: Context, params: Params) -> Output:
    """Make a task template; a repeated client token gives the first answer again."""
    instance = find_instance(context, params)
    return answer_once(context, instance.replays, params, _create)


def _create(context: Context, params: Params) -> Output:
    instance = find_instance(context, params)
    definition = {"Status": _DEFAULT_STATUS, **_definition(params)}
    check_definition(instance, definition, quotas=context.state.quotas)
    quota = context.state.quotas.task_templates
    if len(instance.task_templates) >= quota:
        raise ServiceError("ServiceQuotaExceededException", f"The instance has {quota} task templates, its quota")
    identifier = context.ids.uuid()
    template = TaskTemplate(
        id=identifier,
        arn=f"{instance.arn}/task-template/{identifier}",
        sequence=context.state.next_sequence(),
        created=context.now,
        modified=context.now,
        definition=definition,
    )
    instance.task_templates.put(template)
    return {"Id": template.id, "Arn": template.arn}


@handles("GetTaskTemplate")
def get_task_template(context: Context, params: Params) -> Output:
    """Describe a task template. There are no snapshots here, so to name one is to name what is not there."""
    instance = find_instance(context, params)
    template = find_task_template(instance, params)
    if "SnapshotVersion" in params:
        snapshot = params["SnapshotVersion"]
        message = f"Task template {template.id} has no snapshot version {snapshot}"
        raise ServiceError("ResourceNotFoundException", message)
    return _describe(instance.id, template)


@handles("ListTaskTemplates")
def list_task_templates(context: Context, params: Params) -> Output:
    """List task templates, oldest first, by status or exact name if given. There is never a next page.

    Inferred: the order, that names are compared exactly, that ``MaxResults`` cuts the list short although the rest
    can't be had, and that a token is refused, since none was ever given.
    """
    if params.get("NextToken"):
        raise context.refused("NextToken is not a token that this query gave out; it never gives one")
    instance = find_instance(context, params)
    templates = [
        template
        for template in instance.task_templates.values()
        if params.get("Status", template.status) == template.status
        and params.get("Name", template.name) == template.name
    ]
    return {
        "TaskTemplates": [
            {
                "Id": template.id,
                "Arn": template.arn,
                "Name": template.name,
                "Description": template.definition.get("Description"),
                "Status": template.status,
                "LastModifiedTime": template.modified,
                "CreatedTime": template.created,
            }
            for template in templates[: params.get("MaxResults", len(templates))]
        ]
    }


@handles("UpdateTaskTemplate")
def update_task_template(context: Context, params: Params) -> Output:
    """Replace the whole of a task template: what the request does not give is gone."""
    instance = find_instance(context, params)
    template = find_task_template(instance, params)
    definition = _definition(params)
    check_definition(instance, definition, quotas=context.state.quotas, updated=template)
    template = replace(template, definition=definition, modified=context.now)
    instance.task_templates.put(template)
    return _describe(instance.id, template)


@handles("DeleteTaskTemplate")
def delete_task_template(context: Context, params: Params) -> Output:
    """Delete a task template."""
    instance = find_instance(context, params)
    instance.task_templates.remove(find_task_template(instance, params).id)
    return {}


def _definition(params: Params) -> dict[str, Any]:
    return {name: params[name] for name in _DEFINITION if name in params}


def _describe(instance_id: str, template: TaskTemplate) -> Output:
    return {
        **template.definition,
        "InstanceId": instance_id,
        "Id": template.id,
        "Arn": template.arn,
        "LastModifiedTime": template.modified,
        "CreatedTime": template.created,
        "Tags": template.tags or None,
    }
