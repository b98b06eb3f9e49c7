"""Merging one case into another, which runs for a while and then happens at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectkit.simulator.cases.audit import FieldChange, record
from connectkit.simulator.cases.lookup import conflict, find_case, find_domain, invalid, not_found, quota_exceeded
from connectkit.simulator.cases.related_item_content import linked_to
from connectkit.simulator.cases.related_items import add_item, move_item, remove_item
from connectkit.simulator.cases.system_fields import CLOSED
from connectkit.simulator.cases.values import text_value
from connectkit.simulator.cases.writing import store_case
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Case, Merge, RelatedItem, Value, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["finish_due_merges", "handles"]

handles: Handlers = Handlers()

_MERGEABLE_SYSTEM_FIELDS = frozenset({"assigned_queue", "assigned_user", "case_reason", "summary"})
_MOST_VALUES = 500
_MOVABLE = {"comment": "Comment", "connectCase": "ConnectCase", "contact": "Contact", "custom": "Custom"}


@handles("StartMergeCases")
def start_merge_cases(context: Context, params: Params) -> Output:
    """Start merging a secondary case into the primary one, once everything that stands against it is ruled out."""
    domain = find_domain(context, params)
    primary = find_case(domain, params)
    (secondary_id,) = params["secondaryCaseIds"]
    if secondary_id == primary.id:
        raise invalid(f"secondaryCaseIds: case {primary.id} can't be merged into itself")
    secondary = find_case(domain, {"caseId": secondary_id})
    _check_no_other_merge(domain, primary, secondary)
    _check_cases(primary, secondary)
    fields = _read_fields(domain, secondary, params.get("fieldsConfiguration", ()))
    configuration = params.get("relatedItemsConfiguration", {})
    merge = Merge(
        id=context.ids.uuid(),
        sequence=context.state.next_sequence(),
        primary=primary.id,
        secondary=secondary.id,
        fields=tuple(fields),
        item_types=tuple(item_type for member, item_type in _MOVABLE.items() if configuration.get(member)),
        principal=context.principal,
        user=params.get("performedBy"),
        due=context.now + context.state.delays.merge,
    )
    if len(_merged_values(domain, primary, secondary, merge)) > _MOST_VALUES:
        raise invalid(f"Case {primary.id} would have more than {_MOST_VALUES} field values")
    _check_quota(context, domain, merge)
    domain.merges.put(merge)
    return {}


@handles("GetMergeCasesStatus")
def get_merge_cases_status(context: Context, params: Params) -> Output:
    """Say whether a case takes part in a running merge, or was merged into another one."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    merges = [*domain.merge_by_primary.of(case.id).values(), *domain.merge_by_secondary.of(case.id).values()]
    if not merges:
        raise not_found("Merge", case.id)
    merge = merges[0]
    return {
        "status": "COMPLETED" if merge.done else "IN_PROGRESS",
        "primaryCaseId": merge.primary,
        "secondaryCaseIds": [merge.secondary],
    }


def finish_due_merges(context: Context) -> None:
    """Carry out the merges whose time has come, each as of that time."""
    for domain in context.state.cases.domains():
        for merge in list(domain.running_merges.of("").values()):
            if merge.due <= context.now:
                _finish(replace(context, now=merge.due, principal=merge.principal), domain, merge)


# ---- what stands against it ----------------------------------------------------------------------------------------


def _check_no_other_merge(domain: Domain, primary: Case, secondary: Case) -> None:
    """Raise a conflict where one of the cases is, or was as the secondary one, part of a merge.

    That this is looked at before whether a case is closed, as every merged one is, is inferred.
    """
    for case in (primary, secondary):
        if any(case.id in (merge.primary, merge.secondary) for merge in domain.running_merges.of("").values()):
            raise conflict(f"Case {case.id} is part of a running merge")
        if domain.merge_by_secondary.of(case.id):
            raise conflict(f"Case {case.id} was merged into another case before")


def _check_cases(primary: Case, secondary: Case) -> None:
    for case in (primary, secondary):
        if case.values["status"].wire == CLOSED:
            raise invalid(f"Case {case.id} is closed")
    customers = {value.wire for case in (primary, secondary) if (value := case.values.get("customer_id")) is not None}
    if len(customers) > 1:
        raise invalid("The cases have different customers")


def _read_fields(domain: Domain, secondary: Case, configuration: Sequence[Wire]) -> list[str]:
    """Read which values of the secondary case are to be taken."""
    if not configuration:
        return []
    if len(configuration) > 1 or configuration[0]["sourceCaseId"] != secondary.id:
        raise invalid(f"fieldsConfiguration: takes one entry, whose sourceCaseId is {secondary.id}")
    fields: list[str] = [entry["id"] for entry in configuration[0]["fieldIds"]]
    for index, field_id in enumerate(fields):
        where = f"fieldsConfiguration[0].fieldIds[{index}]"
        if not _is_mergeable(domain, field_id):
            raise invalid(f"{where}: {field_id} is not a field that can be merged")
        if not _has_field(domain, secondary, field_id):
            raise invalid(f"{where}: case {secondary.id} does not have field {field_id}")
        if field_id in fields[:index]:
            raise invalid(f"{where}: field {field_id} is in the list more than once")
    return fields


def _is_mergeable(domain: Domain, field_id: str) -> bool:
    field = domain.fields.get(field_id)
    return field is not None and (not field.is_system or field_id in _MERGEABLE_SYSTEM_FIELDS)


def _has_field(domain: Domain, case: Case, field_id: str) -> bool:
    """Say whether a case has a field, perhaps with an empty value.

    That it has those that it ever had a value for is inferred: the documentation tells a field that is not on
    the case from one whose value is empty.
    """
    if field_id in case.values:
        return True
    history = domain.audit_of_case.of(case.id).values()
    # What its related items have is not on the case itself.
    changes = (entry.fields for entry in history if entry.related_item_type is None)
    return any(field_id == changed for fields in changes for changed, _, _ in fields)


def _check_quota(context: Context, domain: Domain, merge: Merge) -> None:
    """Refuse a merge after which a case would have too many related items, the new link included."""
    quota = context.state.quotas.related_items
    moved, dropped = _sort_items(domain, merge)
    for case_id, other_id, change in (
        (merge.primary, merge.secondary, len(moved)),
        (merge.secondary, merge.primary, -len(moved) - len(dropped)),
    ):
        count = len(domain.items_of_case.of(case_id)) + change + (not _is_linked(domain, case_id, other_id))
        if count > quota:
            raise quota_exceeded(f"Case {case_id} would have {count} related items; the quota is {quota}")


# ---- carrying it out -----------------------------------------------------------------------------------------------


def _finish(context: Context, domain: Domain, merge: Merge) -> None:
    primary, secondary = domain.cases[merge.primary], domain.cases[merge.secondary]
    metadata = {"mergeEventId": merge.id, "primaryCaseId": primary.id, "secondaryCaseId": secondary.id}
    # It is over first, so that its own changes are not held up by it.
    domain.merges.put(replace(merge, done=True))
    values = _merged_values(domain, primary, secondary, merge)
    _note(context, domain, primary, store_case(context, domain, primary, values, user=merge.user), merge, metadata)
    closed = {**secondary.values, "status": text_value(CLOSED)}
    _note(context, domain, secondary, store_case(context, domain, secondary, closed, user=merge.user), merge, metadata)
    moved, dropped = _sort_items(domain, merge)
    for item in moved:
        move_item(context, domain, item, domain.cases[primary.id], user=merge.user, merge=metadata)
    for item, kept in dropped:
        if kept is not None:
            domain.related_items.put(replace(kept, tags={**item.tags, **kept.tags}))
        remove_item(context, domain, item, user=merge.user, merge=metadata)
    _link(context, domain, primary.id, secondary.id, merge, metadata)
    _link(context, domain, secondary.id, primary.id, merge, metadata)


def _note(
    context: Context, domain: Domain, case: Case, changes: Sequence[FieldChange], merge: Merge, metadata: Wire
) -> None:
    record(context, domain, case.id, "Case.Merged", changes, user=merge.user, merge=metadata)


def _merged_values(domain: Domain, primary: Case, secondary: Case, merge: Merge) -> dict[str, Value]:
    """Give the primary case's values after the merge.

    That they are taken as they are, whatever has become of a field or an option and whatever the primary case's
    template requires, is inferred.
    """
    values = dict(primary.values)
    for field_id in merge.fields:
        if field_id in secondary.values:
            values[field_id] = secondary.values[field_id]
        else:
            values.pop(field_id, None)
    for field_id, value in secondary.values.items():
        if _is_mergeable(domain, field_id) and field_id not in merge.fields and _is_blank(values.get(field_id)):
            values[field_id] = value
    return values


def _is_blank(value: Value | None) -> bool:
    return value is None or value.wire == ""


def _sort_items(domain: Domain, merge: Merge) -> tuple[list[RelatedItem], list[tuple[RelatedItem, RelatedItem | None]]]:
    """Give the secondary case's items that move, and those that are removed since the primary case has the like.

    The latter come with the item that stays for them. A link to the primary case itself is of no use there, and
    stays on the secondary one in place of the new link, which is inferred.
    """
    moved: list[RelatedItem] = []
    dropped: list[tuple[RelatedItem, RelatedItem | None]] = []
    for item in domain.items_of_case.of(merge.secondary).values():
        target = linked_to(item.type, item.content)
        if item.type not in merge.item_types or target == merge.primary:
            continue
        kept = next(_items_linked_to(domain, merge.primary, item.type, target), None) if target is not None else None
        if kept is None:
            moved.append(item)
        else:
            dropped.append((item, kept if item.type == "Contact" else None))
    return moved, dropped


def _items_linked_to(domain: Domain, case_id: str, item_type: str, target: str) -> Iterator[RelatedItem]:
    for item in domain.items_of_case.of(case_id).values():
        if item.type == item_type and linked_to(item.type, item.content) == target:
            yield item


def _link(context: Context, domain: Domain, case_id: str, other_id: str, merge: Merge, metadata: Wire) -> None:
    """Relate a case to the other one of the merge, unless it is already, which is inferred."""
    if not _is_linked(domain, case_id, other_id):
        content = {"connectCase": {"caseId": other_id}}
        case = domain.cases[case_id]
        add_item(context, domain, case, "ConnectCase", content, user=merge.user, merge=metadata)


def _is_linked(domain: Domain, case_id: str, other_id: str) -> bool:
    return next(_items_linked_to(domain, case_id, "ConnectCase", other_id), None) is not None
