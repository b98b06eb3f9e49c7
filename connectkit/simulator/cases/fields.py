"""Case fields and the options of those that offer a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from connectkit.simulator.cases.lookup import (
    check_name_is_free,
    find_domain,
    find_field,
    invalid,
    quota_exceeded,
)
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Field, Option

__all__ = ["handles"]

handles: Handlers = Handlers()


@handles("CreateField")
def create_field(context: Context, params: Params) -> Output:
    """Make a custom field."""
    state = context.state
    domain = find_domain(context, params)
    _check_attributes(params["type"], params.get("attributes"))
    # Inferred: nothing official says that field names are unique, or that system fields' names count.
    check_name_is_free("Field", params["name"], domain.fields.values())
    custom = sum(1 for field in domain.fields.values() if not field.is_system and not field.deleted)
    if custom >= state.quotas.fields:
        raise quota_exceeded(f"The domain has {custom} custom fields, which is its quota")
    identifier = context.ids.uuid()
    field = Field(
        id=identifier,
        arn=f"{domain.arn}/field/{identifier}",
        sequence=state.next_sequence(),
        created=context.now,
        modified=context.now,
        name=params["name"],
        type=params["type"],
        namespace="Custom",
        description=params.get("description"),
        attributes=params.get("attributes"),
    )
    domain.fields.put(field)
    return {"fieldId": field.id, "fieldArn": field.arn}


@handles("UpdateField")
def update_field(context: Context, params: Params) -> Output:
    """Change what is given of a custom field. That the rest stays is inferred."""
    domain = find_domain(context, params)
    field = _find_living_field(context, params)
    if field.is_system:
        raise invalid(f"{field.id} is a system field, whose name and description can't be changed")
    _check_attributes(field.type, params.get("attributes"))
    if "name" in params:
        check_name_is_free("Field", params["name"], domain.fields.values(), but=field.id)
    domain.fields.put(
        replace(
            field,
            name=params.get("name", field.name),
            description=params.get("description", field.description),
            attributes=params.get("attributes", field.attributes),
            modified=context.now,
        )
    )
    return {}


@handles("DeleteField")
def delete_field(context: Context, params: Params) -> Output:
    """Mark a custom field as deleted; what cases have for it stays.

    That a second time is a fault, and that a system field can't be deleted, is inferred.
    """
    field = _find_living_field(context, params)
    if field.is_system:
        raise invalid(f"{field.id} is a system field and can't be deleted")
    find_domain(context, params).fields.put(replace(field, deleted=True, modified=context.now))
    return {}


@handles("ListFields")
def list_fields(context: Context, params: Params) -> Output:
    """List the fields that are not deleted: the system's, then the custom ones as they were made."""
    domain = find_domain(context, params)
    fields = [field for field in domain.fields.values() if not field.deleted]
    page, token = context.page(params, fields, key=lambda field: field.sequence)
    return {"fields": [_summary(field) for field in page], "nextToken": token}


@handles("BatchGetField")
def batch_get_field(context: Context, params: Params) -> Output:
    """Describe fields, deleted ones too; an unknown id becomes an entry among the errors."""
    domain = find_domain(context, params)
    described: list[Output] = []
    errors: list[Output] = []
    for identifier in dict.fromkeys(entry["id"] for entry in params["fields"]):
        field = domain.fields.get(identifier)
        if field is None:
            message = f"Field {identifier} does not exist"
            # The error code is inferred; the model has it as free text.
            errors.append({"id": identifier, "errorCode": "ResourceNotFoundException", "message": message})
            continue
        if (arranged := context.item_error(identifier)) is not None:
            errors.append({"id": identifier, "errorCode": arranged.code, "message": arranged.message})
            continue
        described.append(
            {
                **_summary(field),
                "description": field.description,
                "tags": field.tags,
                "deleted": field.deleted,
                "createdTime": field.created,
                "lastModifiedTime": field.modified,
            }
        )
    return {"fields": described, "errors": errors}


@handles("BatchPutFieldOptions")
def batch_put_field_options(context: Context, params: Params) -> Output:
    """Add options, or change those with the same value; those that can't be are among the errors."""
    field = _find_living_field(context, params)
    _check_is_select(field)
    quota = context.state.quotas.options
    new = {option["value"] for option in params["options"]} - field.options.keys()
    if len(field.options) + len(new) > quota:
        raise quota_exceeded(f"Field {field.id} would have more than {quota} options, which is the quota")
    errors: list[Output] = []
    options = dict(field.options)
    seen: set[str] = set()
    for option in params["options"]:
        problem = _option_problem(field, option, seen)
        seen.add(option["value"])
        if problem is not None:
            # The error code is inferred; the model has it as free text.
            errors.append({"value": option["value"], "errorCode": "ValidationException", "message": problem})
            continue
        if (arranged := context.item_error(option["value"])) is not None:
            errors.append({"value": option["value"], "errorCode": arranged.code, "message": arranged.message})
            continue
        known = options.get(option["value"])
        options[option["value"]] = Option(
            value=option["value"],
            name=option["name"],
            active=option["active"],
            sequence=known.sequence if known else context.state.next_sequence(),
            fixed=known.fixed if known else False,
        )
    find_domain(context, params).fields.put(replace(field, options=options, modified=context.now))
    return {"errors": errors}


@handles("ListFieldOptions")
def list_field_options(context: Context, params: Params) -> Output:
    """List the options of a field, active or not, as they were added."""
    field = find_field(find_domain(context, params), params)
    _check_is_select(field)
    wanted: list[str] | None = params.get("values")
    options = [option for option in field.options.values() if not wanted or option.value in wanted]
    page, token = context.page(params, options, key=lambda option: option.sequence)
    return {
        "options": [{"name": option.name, "value": option.value, "active": option.active} for option in page],
        "nextToken": token,
    }


def _summary(field: Field) -> Output:
    return {
        "fieldId": field.id,
        "fieldArn": field.arn,
        "name": field.name,
        "type": field.type,
        "namespace": field.namespace,
        "attributes": field.attributes,
    }


def _find_living_field(context: Context, params: Params) -> Field:
    field = find_field(find_domain(context, params), params)
    if field.deleted:
        raise invalid(f"Field {field.id} has been deleted")
    return field


def _check_is_select(field: Field) -> None:
    if field.type != "SingleSelect":
        raise invalid(f"Field {field.id} is of type {field.type}; only SingleSelect fields have options")


def _check_attributes(field_type: str, attributes: Mapping[str, Any] | None) -> None:
    """Refuse text attributes on a field of another type, which is inferred from their name."""
    if attributes is not None and field_type != "Text":
        raise invalid(f"A field of type {field_type} has no text attributes")


def _option_problem(field: Field, option: Mapping[str, Any], seen: set[str]) -> str | None:
    """Say why an option can't be put, or give None. That a repeated value is an error is inferred."""
    if option["value"] in seen:
        return "The value is in the request more than once"
    known = field.options.get(option["value"])
    if known and known.fixed and (option["name"], option["active"]) != (known.name, known.active):
        return f"Option {known.value} of {field.id} belongs to the service and can't be changed"
    return None
