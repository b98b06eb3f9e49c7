"""Tasks: starting one, and changing the template of one that is running."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from connectkit.simulator.connect.contacts import IN_PROGRESS, TASK, add_contact
from connectkit.simulator.connect.lookup import find_contact, find_instance, find_task_template
from connectkit.simulator.connect.properties import property_error
from connectkit.simulator.connect.task_fields import missing_members, reference_problems, with_defaults
from connectkit.simulator.connect.task_rules import check_task
from connectkit.simulator.core.client_tokens import answer_once
from connectkit.simulator.core.encode import to_wire
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import TaskTemplate
from connectkit.simulator.state.instances import Instance

__all__ = ["handles"]

handles: Handlers = Handlers()

_ROUTES = ("ContactFlowId", "QuickConnectId", "TaskTemplateId")
_MOST_AFTER_ONE_CONTACT = 12
_MOST_TEMPLATE_CHANGES = 5
_NOT_KEPT = ("InstanceId", "ClientToken")


@handles("StartTaskContact")
def start_task_contact(context: Context, params: Params) -> Output:
    """Start a task; a repeated client token gives the first answer again."""
    instance = find_instance(context, params)
    return answer_once(context, instance.replays, params, _start)


def _start(context: Context, params: Params) -> Output:
    """Start a task, which is connected to the system at once.

    That this is so of one that is scheduled for later too, and that flows and quick connects, which aren't simulated,
    are taken for existing ones, is inferred.
    """
    instance = find_instance(context, params)
    template = _find_template(context, instance, params)
    filled = dict(params) if template is None else with_defaults(template.definition, params)
    if "RelatedContactId" in params:
        related = find_contact(instance, params["RelatedContactId"]).task or {}
        filled["Attributes"] = {**related.get("Attributes", {}), **params.get("Attributes", {})}
    check_task(context, instance, filled)
    if template is not None:
        _check_fields(context, template, filled)
    _check_quotas(context, instance, params)
    wire = to_wire(context.operation.input, filled)
    contact = add_contact(
        context.state,
        instance,
        contact_id=context.ids.uuid(),
        channel=TASK,
        connected=context.now,
        task={name: value for name, value in wire.items() if name not in _NOT_KEPT},
        previous=params.get("PreviousContactId"),
        task_template_id=None if template is None else template.id,
    )
    return {"ContactId": contact.id}


@handles("UpdateContactTaskTemplate")
def update_contact_task_template(context: Context, params: Params) -> Output:
    """Put another template on a task that is in progress.

    Its default values are for new tasks only. Inferred: that an inactive template is refused, that the references are
    all it looks at, so that it asks nothing of the task's own name and description, and the error for the sixth
    change: the other limit of tasks is a quota as well.
    """
    instance = find_instance(context, params)
    contact = find_contact(instance, params["ContactId"])
    template = find_task_template(instance, params)
    if contact.channel != TASK:
        raise context.refused(f"Contact {contact.id} is of the channel {contact.channel}; only a task has a template")
    if contact.state != IN_PROGRESS:
        raise context.refused(f"Task {contact.id} is {contact.state}; its template can be changed before that only")
    if contact.task_template_id == template.id:
        raise context.refused(f"Task {contact.id} uses task template {template.id} already")
    _check_is_active(context, template)
    if contact.template_changes >= _MOST_TEMPLATE_CHANGES:
        message = f"The template of task {contact.id} was changed {_MOST_TEMPLATE_CHANGES} times, which is the most"
        raise ServiceError("ServiceQuotaExceededException", message)
    task = contact.task or {}
    if problems := list(reference_problems(template.definition, task.get("References", {}))):
        raise property_error("task", problems)
    changes = contact.template_changes + 1
    instance.contacts.put(replace(contact, task_template_id=template.id, template_changes=changes))
    return {}


def _find_template(context: Context, instance: Instance, params: Params) -> TaskTemplate | None:
    """Give the template that a new task uses, or None when a flow or a quick connect is named instead.

    Which error it is when not exactly one is named, or the template has no flow, is inferred, as is that an empty name
    is none.
    """
    given = [name for name in _ROUTES if params.get(name)]
    if len(given) != 1:
        found = f"; these are given: {', '.join(given)}" if given else ""
        raise context.refused(f"Exactly one of {', '.join(_ROUTES)} must be given{found}")
    if given != ["TaskTemplateId"]:
        return None
    template = find_task_template(instance, params)
    _check_is_active(context, template)
    if not template.definition.get("ContactFlowId"):
        raise context.refused(f"Task template {template.id} has no flow, so none can be run for the task")
    return template


def _check_is_active(context: Context, template: TaskTemplate) -> None:
    if template.status != "ACTIVE":
        raise context.refused(f"Task template {template.id} is {template.status}; a task needs an ACTIVE one")


def _check_fields(context: Context, template: TaskTemplate, filled: dict[str, Any]) -> None:
    """Ask for what the template requires. As the operation has no error with a list, which one it is is inferred."""
    problems = [
        *missing_members(template.definition, filled),
        *reference_problems(template.definition, filled.get("References", {})),
    ]
    if problems:
        faults = "; ".join(f"{problem['PropertyPath']}: {problem['Message']}" for problem in problems)
        raise context.refused(f"The task does not fit task template {template.id}: {faults}")


def _check_quotas(context: Context, instance: Instance, params: Params) -> None:
    quota = context.state.quotas.active_tasks
    if len(instance.open_tasks.of("")) >= quota:
        raise ServiceError("ServiceQuotaExceededException", f"The instance has {quota} active tasks, its quota")
    if "PreviousContactId" in params:
        previous = find_contact(instance, params["PreviousContactId"])
        if len(instance.contacts_after.of(previous.id)) >= _MOST_AFTER_ONE_CONTACT:
            message = f"Contact {previous.id} is the previous one of {_MOST_AFTER_ONE_CONTACT} tasks, which is the most"
            raise ServiceError("ServiceQuotaExceededException", message)
