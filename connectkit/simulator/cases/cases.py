"""Cases themselves: creating, reading and updating one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from connectkit.simulator.cases.lookup import (
    find_case,
    find_domain,
    find_template,
    invalid,
    known_field,
)
from connectkit.simulator.cases.system_fields import CLOSED, OPEN
from connectkit.simulator.cases.tagging import check_tags
from connectkit.simulator.cases.values import (
    check_writable,
    moment_value,
    read_value,
    text_value,
    to_wire,
    user_value,
)
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.replaying import answer_once
from connectkit.simulator.state.cases import Case, Template, Value
from connectkit.simulator.state.domains import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

# Inferred: GetCase takes up to 220 fields and has a token, but its page size is not documented.
_FIELDS_PER_PAGE = 100


@handles("CreateCase")
def create_case(context: Context, params: Params) -> Output:
    """Make a case from a template; a repeated client token gives the first answer again."""
    domain = find_domain(context, params)
    return answer_once(context, domain.replays, params, _create_case)


def _create_case(context: Context, params: Params) -> Output:
    domain = find_domain(context, params)
    template = find_template(domain, params)
    if template.deleted or template.status != "Active":
        reason = "has been deleted" if template.deleted else "is inactive"
        # That this is a ValidationException is inferred.
        raise invalid(f"templateId: template {template.id} {reason} and can't be used")
    written = _read_fields(domain, params["fields"], case=None)
    values = {field_id: value for field_id, value in written.items() if value is not None}
    values.setdefault("status", text_value(OPEN))
    _check_required(domain, template, values)
    tags = {**_propagated_tags(template), **params.get("tags", {})}
    check_tags(tags)

    identifier = context.ids.uuid()
    reference = context.ids.reference_number(lambda number: bool(domain.case_by_reference.of(number.casefold())))
    now = moment_value(context.now)
    values["case_id"] = text_value(identifier)
    values["reference_number"] = text_value(reference)
    values["created_datetime"] = values["last_updated_datetime"] = now
    if (user := _performing_user(params)) is not None:
        values["created_by"] = values["last_updated_user"] = user
    if values["status"].wire == CLOSED:
        values["last_closed_datetime"] = now
    case = Case(
        id=identifier,
        arn=f"{domain.arn}/case/{identifier}",
        sequence=context.state.next_sequence(),
        created=context.now,
        modified=context.now,
        tags=tags,
        template_id=template.id,
        values=values,
    )
    domain.cases.put(case)
    return {"caseId": case.id, "caseArn": case.arn}


@handles("GetCase")
def get_case(context: Context, params: Params) -> Output:
    """Give a case's values for some fields. That a field without a value is left out is inferred."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    wanted = list(dict.fromkeys(entry["id"] for entry in params["fields"]))
    for field_id in wanted:
        known_field(domain, field_id, where="fields")
    found = [(index, field_id) for index, field_id in enumerate(wanted) if field_id in case.values]
    page, token = context.page(params, found, key=lambda entry: entry[0], default_size=_FIELDS_PER_PAGE)
    return {
        "fields": [to_wire(field_id, case.values[field_id]) for _, field_id in page],
        "templateId": case.template_id,
        "tags": case.tags,
        "nextToken": token,
    }


@handles("UpdateCase")
def update_case(context: Context, params: Params) -> Output:
    """Change or clear values of a case, open or closed. That an empty list changes nothing is inferred."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    written = _read_fields(domain, params["fields"], case=case)
    if not written:
        return {}
    values = dict(case.values)
    for field_id, value in written.items():
        if value is None:
            values.pop(field_id, None)
        else:
            values[field_id] = value
    _check_required(domain, domain.templates[case.template_id], values, only=written.keys())

    now = moment_value(context.now)
    was_closed = case.values["status"].wire == CLOSED
    is_closed = values["status"].wire == CLOSED
    if is_closed and not was_closed:
        values["last_closed_datetime"] = now
    if was_closed and not is_closed:
        # Only the closing time is documented; that reopening sets its own field is inferred.
        values["last_reopened_datetime"] = now
    values["last_updated_datetime"] = now
    # Inferred: an update by nobody in particular leaves no name behind, rather than that of the one before.
    values.pop("last_updated_user", None)
    if (user := _performing_user(params)) is not None:
        values["last_updated_user"] = user
    domain.cases.put(replace(case, values=values, modified=context.now))
    return {}


def _read_fields(domain: Domain, entries: Iterable[Mapping[str, Any]], *, case: Case | None) -> dict[str, Value | None]:
    """Read the values to write to a case; without ``case`` they are for a new one.

    That a field may be in the list only once is inferred.
    """
    written: dict[str, Value | None] = {}
    for index, entry in enumerate(entries):
        where = f"fields[{index}]"
        field_id = entry["id"]
        current = case.values.get(field_id) if case else None
        # A deleted field can still be changed on the cases that have a value for it.
        field = known_field(domain, field_id, where=where, deleted=current is not None)
        if field_id in written:
            raise invalid(f"{where}: field {field_id} is in the list more than once")
        value = read_value(field, entry["value"], where=where)
        check_writable(field, value, current=current, where=where)
        written[field_id] = value
    return written


def _check_required(
    domain: Domain, template: Template, values: Mapping[str, Value], *, only: Iterable[str] | None = None
) -> None:
    """Refuse values that lack what every case or this template needs.

    An update is held to the fields that it writes (``only``), since a template may have come to require more.
    That an empty text counts as no value, and that a status can't be cleared, is inferred.
    """
    required = ["title", "status", *template.required_fields]
    checked = set(required if only is None else only)
    for field_id in required:
        if field_id not in checked or domain.fields[field_id].deleted:
            continue
        if field_id not in values or values[field_id].wire == "":
            raise invalid(f"fields: {field_id} is required and has no value")


def _propagated_tags(template: Template) -> dict[str, str]:
    return {
        key: value
        for entry in template.tag_propagation
        if entry["resourceType"] == "Cases"
        for key, value in entry["tagMap"].items()
    }


def _performing_user(params: Params) -> Value | None:
    """Give who performed the request; a custom entity is no user, so the User fields stay without a value."""
    arn: str | None = params.get("performedBy", {}).get("userArn")
    return None if arn is None else user_value(arn)
