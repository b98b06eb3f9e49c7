"""The operations on many cases at once: each case for itself, with a list of those that failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from connectkit.simulator.cases.lookup import find_domain, invalid, not_found
from connectkit.simulator.cases.related_items import add_item
from connectkit.simulator.cases.writing import change_case, read_fields
from connectkit.simulator.core.client_tokens import answer_once
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Case, Field, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

_ON_TOP = {"title": "title", "status": "status", "customerId": "customer_id"}
"""The fields that an update names by a member of their own."""
_CODES = {
    "ConflictException": "CONFLICT",
    "ServiceQuotaExceededException": "SERVICE_QUOTA_EXCEEDED",
    "ValidationException": "VALIDATION_ERROR",
}


@handles("BatchUpdateCase")
def batch_update_case(context: Context, params: Params) -> Output:
    """Write the same values to several cases; a repeated client token gives the first answer again."""
    return answer_once(context, find_domain(context, params).replays, params, _batch_update_case)


def _batch_update_case(context: Context, params: Params) -> Output:
    domain = find_domain(context, params)
    named = _resolve_cases(domain, params["cases"])
    entries = _read_update(domain, params)
    user = params.get("performedBy")

    def update(case: Case) -> Output:
        change_case(context, domain, case, read_fields(domain, entries, case=case), user=user)
        return {}

    done, failed = _for_each(context, domain, named, update)
    return {"successfulCases": done, "failedCases": failed}


@handles("BatchCreateRelatedItem")
def batch_create_related_item(context: Context, params: Params) -> Output:
    """Put the same comment on several cases; a repeated client token gives the first answer again."""
    return answer_once(context, find_domain(context, params).replays, params, _batch_create_related_item)


def _batch_create_related_item(context: Context, params: Params) -> Output:
    domain = find_domain(context, params)
    content: Wire = params["content"]
    if "comment" not in content:
        raise invalid(f"content: only a comment can be put on several cases, not {', '.join(content)}")
    user = params.get("performedBy")

    def create(case: Case) -> Output:
        item = add_item(context, domain, case, "Comment", content, user=user)
        return {"relatedItemId": item.id, "relatedItemArn": item.arn}

    done, failed = _for_each(context, domain, _resolve_cases(domain, params["cases"]), create)
    return {"successfulItems": done, "failedItems": failed}


def _for_each(
    context: Context, domain: Domain, case_ids: Sequence[str], act: Callable[[Case], Output]
) -> tuple[list[Output], list[Output]]:
    """Act on each case, and give what came of it and what failed. One that fails stays wholly as it was."""
    done: list[Output] = []
    failed: list[Output] = []
    for case_id in case_ids:
        case = domain.cases.get(case_id)
        if case is None:
            failed.append(_failure({"caseId": case_id}, "CASE_NOT_FOUND", f"Case {case_id} does not exist"))
            continue
        identifier = {"caseId": case.id, "referenceId": case.values["reference_number"].wire}
        if (arranged := context.item_error(case.id)) is not None:
            failed.append(_failure(identifier, arranged.code, arranged.message))
            continue
        mark = context.journal.mark()
        try:
            done.append({"caseIdentifier": identifier, **act(case)})
        except ServiceError as error:
            context.journal.rollback(mark)
            failed.append(_failure(identifier, _CODES.get(error.code, "INTERNAL_ERROR"), error.message))
    return done, failed


def _failure(identifier: Output, code: str, message: str) -> Output:
    return {"caseIdentifier": identifier, "errorCode": code, "errorMessage": message}


def _resolve_cases(domain: Domain, entries: Sequence[Wire]) -> list[str]:
    """Give the ids of the cases that a batch names, by id or by reference id, in capitals or not.

    That the reference id is the reference number, and which errors these are, is inferred.
    """
    found: list[str] = []
    for index, entry in enumerate(entries):
        ((kind, identifier),) = entry["caseIdentifier"].items()
        case_id = identifier
        if kind == "referenceId":
            case_id = next(iter(domain.case_by_reference.of(identifier.casefold())), None)
            if case_id is None:
                raise not_found("Case", identifier)
        if case_id in found:
            raise invalid(f"cases[{index}]: case {case_id} is in the list more than once")
        found.append(case_id)
    return found


def _read_update(domain: Domain, params: Params) -> list[Wire]:
    """Give the values to write in the form of UpdateCase, fields named by name resolved.

    That a field may be in the list only once, by whichever name, is inferred.
    """
    entries: list[Wire] = []
    seen: set[str] = set()
    for index, entry in enumerate(params["fields"]):
        where = f"fields[{index}]"
        ((kind, identifier),) = entry["fieldIdentifier"].items()
        field = domain.fields.get(identifier) if kind == "id" else _field_by_name(domain, identifier, where=where)
        if field is None:
            raise invalid(f"{where}: no field of the domain has the {kind} {identifier!r}")
        if field.id in _ON_TOP.values():
            raise invalid(f"{where}: {field.id} is set by the parameter of its own, not in this list")
        if field.id in seen:
            raise invalid(f"{where}: field {field.id} is in the list more than once")
        seen.add(field.id)
        entries.append({"id": field.id, "value": entry["value"]})
    for member, field_id in _ON_TOP.items():
        if member in params:
            entries.append({"id": field_id, "value": {"stringValue": params[member]}})
    if not entries:
        raise invalid(f"Nothing to update: fields is empty, and none of {', '.join(_ON_TOP)} is given")
    return entries


def _field_by_name(domain: Domain, name: str, *, where: str) -> Field | None:
    if "|" in name or "," in name:
        raise invalid(f"{where}: a field's name has no pipe and no comma; name it by its id")
    return next((field for field in domain.fields.values() if field.name == name and not field.deleted), None)
