"""Cases themselves: creating, reading, updating and deleting one."""

from __future__ import annotations

from connectkit.simulator.cases.events import send_case_event
from connectkit.simulator.cases.lookup import (
    conflict,
    find_case,
    find_domain,
    find_template,
    invalid,
    known_field,
)
from connectkit.simulator.cases.system_fields import OPEN
from connectkit.simulator.cases.tagging import check_tags
from connectkit.simulator.cases.values import text_value, to_wire
from connectkit.simulator.cases.writing import add_case, change_case, check_values, read_fields
from connectkit.simulator.core.client_tokens import answer_once
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Case, Template
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
    written = read_fields(domain, params["fields"], case=None)
    values = {field_id: value for field_id, value in written.items() if value is not None}
    values.setdefault("status", text_value(OPEN))
    check_values(domain, template, None, values, written)
    # Inferred: of two tags with the same key, the case's own wins.
    tags = {**_propagated_tags(template), **params.get("tags", {})}
    check_tags(tags)

    identifier = context.ids.uuid()
    values["case_id"] = text_value(identifier)
    values["reference_number"] = text_value(_new_reference(context, domain))
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
    add_case(context, domain, case, user=params.get("performedBy"))
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
    """Change or clear values of a case, open or, which is inferred, closed."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    written = read_fields(domain, params["fields"], case=case)
    change_case(context, domain, case, written, user=params.get("performedBy"))
    return {}


@handles("DeleteCase")
def delete_case(context: Context, params: Params) -> Output:
    """Delete a case for good, with its related items and its history. That links to it stay is inferred."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    if any(case.id in (merge.primary, merge.secondary) for merge in domain.running_merges.of("").values()):
        raise conflict(f"Case {case.id} is part of a running merge")
    for table, index in ((domain.related_items, domain.items_of_case), (domain.audit_events, domain.audit_of_case)):
        for identifier in list(index.of(case.id)):
            table.remove(identifier)
    for identifier in list(domain.merge_by_secondary.of(case.id)):
        domain.merges.remove(identifier)
    domain.cases.remove(case.id)
    send_case_event(context, domain, case, "CASE.DELETED", changed=(), user=None)
    return {}


def _new_reference(context: Context, domain: Domain) -> str:
    """Give a reference number that no case of the domain has, in capitals or not."""
    return context.ids.reference_number(lambda number: bool(domain.case_by_reference.of(number.casefold())))


def _propagated_tags(template: Template) -> dict[str, str]:
    return {
        key: value
        for entry in template.tag_propagation
        if entry["resourceType"] == "Cases"
        for key, value in entry["tagMap"].items()
    }
