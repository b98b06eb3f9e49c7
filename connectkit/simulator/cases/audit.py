"""The history of a case: an entry for each change of it, or of what is related to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from connectkit.simulator.cases.lookup import find_case, find_domain
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import AuditEvent, Value, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["FieldChange", "changes_between", "handles", "record"]

handles: Handlers = Handlers()

FieldChange = tuple[str, Value | None, Value | None]
"""A field with its value before and its value after; None is no value."""

# Inferred: that an entry shows what someone changed, and not also that it was changed, by whom and when.
_NOT_SHOWN = frozenset({"last_updated_datetime", "last_updated_user"})
_LONGEST_TEXT = 4100


def changes_between(before: Mapping[str, Value], after: Mapping[str, Value]) -> list[FieldChange]:
    """Give the fields that differ, in the order of their ids."""
    return [
        (field_id, before.get(field_id), after.get(field_id))
        for field_id in sorted({*before, *after})
        if before.get(field_id) != after.get(field_id)
    ]


def record(
    context: Context,
    domain: Domain,
    case_id: str,
    kind: str,
    changes: Iterable[FieldChange],
    *,
    user: Wire | None,
    related_item_type: str | None = None,
    merge: Wire | None = None,
) -> None:
    """Add an entry to a case's history. That there is one even if no field changes is inferred.

    Args:
        context: the request, for the time and for whoever signed it.
        domain: where the case is.
        case_id: the case.
        kind: the type of the entry, such as ``Case.Updated``.
        changes: what changed.
        user: who performed the request, as the request said.
        related_item_type: for an entry about a related item, its type.
        merge: for an entry that a merge makes, which merge of which cases.
    """
    domain.audit_events.put(
        AuditEvent(
            id=context.ids.uuid(),
            sequence=context.state.next_sequence(),
            case_id=case_id,
            type=kind,
            performed=context.now,
            principal=context.principal,
            user=user,
            related_item_type=related_item_type,
            fields=tuple(change for change in changes if change[0] not in _NOT_SHOWN),
            merge=merge,
        )
    )


@handles("GetCaseAuditEvents")
def get_case_audit_events(context: Context, params: Params) -> Output:
    """Give the history of a case, the newest entry first, which is inferred."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    entries = list(domain.audit_of_case.of(case.id).values())[::-1]
    page, token = context.page(params, entries, key=lambda entry: -entry.sequence)
    return {"auditEvents": [_describe(entry) for entry in page], "nextToken": token}


def _describe(entry: AuditEvent) -> Output:
    return {
        "eventId": entry.id,
        "type": entry.type,
        "relatedItemType": entry.related_item_type,
        "performedTime": entry.performed,
        "fields": [_describe_change(change) for change in entry.fields],
        "performedBy": {"user": entry.user, "iamPrincipalArn": entry.principal},
        "mergeMetadata": entry.merge,
    }


def _describe_change(change: FieldChange) -> Output:
    # Inferred: a cleared field has an empty value, and one that was without a value is without an old one.
    field_id, before, after = change
    described: Output = {"eventFieldId": field_id, "newValue": _union(after)}
    if before is not None:
        described["oldValue"] = _union(before)
    return described


def _union(value: Value | None) -> dict[str, Any]:
    """Write a value as the history has it. That a longer text is cut to what the model allows is inferred."""
    if value is None:
        return {"emptyValue": {}}
    wire = value.wire
    return {value.member: wire[:_LONGEST_TEXT] if isinstance(wire, str) else wire}
