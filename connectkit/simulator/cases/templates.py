"""Case templates."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.cases.lookup import (
    check_may_delete,
    check_name_is_free,
    find_domain,
    find_template,
    invalid,
    known_field,
    quota_exceeded,
)
from connectkit.simulator.cases.rule_checks import check_template_rules
from connectkit.simulator.cases.rule_evaluation import attached_rules
from connectkit.simulator.cases.tagging import check_tags
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Template
from connectkit.simulator.state.domains import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

_ATTRIBUTES = frozenset(
    {
        "description",
        "layoutConfiguration",
        "name",
        "requiredFields",
        "rules",
        "status",
        "tagPropagationConfigurations",
    }
)
"""What an update may change, and needs one of."""


@handles("CreateTemplate")
def create_template(context: Context, params: Params) -> Output:
    """Make a template of fields and a layout that exist. It is active unless it says otherwise."""
    state = context.state
    domain = find_domain(context, params)
    _check_references(domain, params)
    check_name_is_free("Template", params["name"], domain.templates.values())
    living = sum(1 for template in domain.templates.values() if not template.deleted)
    if living >= state.quotas.templates:
        raise quota_exceeded(f"The domain has {living} templates, which is its quota")
    identifier = context.ids.uuid()
    template = Template(
        id=identifier,
        arn=f"{domain.arn}/template/{identifier}",
        sequence=state.next_sequence(),
        created=context.now,
        modified=context.now,
        name=params["name"],
        # Inferred: the status is optional, and a template that nobody can use would be an odd default.
        status=params.get("status", "Active"),
        description=params.get("description"),
        default_layout=params.get("layoutConfiguration", {}).get("defaultLayout"),
        required_fields=_required(params),
        rules=params.get("rules", ()),
        tag_propagation=params.get("tagPropagationConfigurations", ()),
    )
    domain.templates.put(template)
    return {"templateId": template.id, "templateArn": template.arn}


@handles("GetTemplate")
def get_template(context: Context, params: Params) -> Output:
    """Describe a template, a deleted one too, without the fields that have been deleted since."""
    domain = find_domain(context, params)
    template = find_template(domain, params)
    required = [field_id for field_id in template.required_fields if not domain.fields[field_id].deleted]
    return {
        **_summary(template),
        "description": template.description,
        "layoutConfiguration": {"defaultLayout": template.default_layout} if template.default_layout else None,
        "requiredFields": [{"fieldId": field_id} for field_id in required],
        "rules": attached_rules(domain, template),
        "tags": template.tags,
        "deleted": template.deleted,
        "createdTime": template.created,
        "lastModifiedTime": template.modified,
    }


@handles("UpdateTemplate")
def update_template(context: Context, params: Params) -> Output:
    """Change what is given of a template. Its cases keep what they have."""
    domain = find_domain(context, params)
    template = find_template(domain, params)
    if template.deleted:
        raise invalid(f"Template {template.id} has been deleted")
    if not params.keys() & _ATTRIBUTES:
        raise invalid(f"One of {', '.join(sorted(_ATTRIBUTES))} must be given")
    _check_references(domain, params)
    if "name" in params:
        check_name_is_free("Template", params["name"], domain.templates.values(), but=template.id)
    domain.templates.put(
        replace(
            template,
            name=params.get("name", template.name),
            status=params.get("status", template.status),
            description=params.get("description", template.description),
            default_layout=params.get("layoutConfiguration", {}).get("defaultLayout", template.default_layout),
            required_fields=_required(params) if "requiredFields" in params else template.required_fields,
            rules=params.get("rules", template.rules),
            tag_propagation=params.get("tagPropagationConfigurations", template.tag_propagation),
            modified=context.now,
        )
    )
    return {}


@handles("DeleteTemplate")
def delete_template(context: Context, params: Params) -> Output:
    """Mark a template as deleted, however often, and hold its cases to it all the same; both is inferred."""
    domain = find_domain(context, params)
    template = find_template(domain, params)
    if not template.deleted:
        check_may_delete("Template", domain.templates.values())
    domain.templates.put(replace(template, deleted=True, modified=context.now))
    return {}


@handles("ListTemplates")
def list_templates(context: Context, params: Params) -> Output:
    """List the templates that are not deleted, oldest first, those of some statuses only when it says so."""
    domain = find_domain(context, params)
    statuses: list[str] | None = params.get("status")
    templates = [
        template
        for template in domain.templates.values()
        if not template.deleted and (statuses is None or template.status in statuses)
    ]
    page, token = context.page(params, templates, key=lambda template: template.sequence)
    return {"templates": [_summary(template) for template in page], "nextToken": token}


def _required(params: Params) -> list[str]:
    return [entry["fieldId"] for entry in params.get("requiredFields", ())]


def _summary(template: Template) -> Output:
    return {
        "templateId": template.id,
        "templateArn": template.arn,
        "name": template.name,
        "status": template.status,
        "tagPropagationConfigurations": template.tag_propagation or None,
    }


def _check_references(domain: Domain, params: Params) -> None:
    """Refuse what does not exist. That this is a ValidationException, not ResourceNotFound, is inferred."""
    required = _required(params)
    for field_id in required:
        known_field(domain, field_id, where="requiredFields", deleted=False)
    if len(set(required)) != len(required):
        raise invalid("requiredFields: a field is in the list more than once")
    if layout_id := params.get("layoutConfiguration", {}).get("defaultLayout"):
        layout = domain.layouts.get(layout_id)
        if layout is None or layout.deleted:
            raise invalid(f"layoutConfiguration: layout {layout_id} does not exist")
    check_template_rules(domain, params.get("rules", ()))
    for entry in params.get("tagPropagationConfigurations", ()):
        check_tags(entry["tagMap"])
