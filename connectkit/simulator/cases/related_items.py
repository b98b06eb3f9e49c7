"""Related items: creating, changing and deleting one."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.cases.audit import record
from connectkit.simulator.cases.events import send_related_item_event
from connectkit.simulator.cases.lookup import find_case, find_domain, find_related_item, invalid, quota_exceeded
from connectkit.simulator.cases.related_item_content import (
    MEMBERS,
    check_content,
    content_changes,
    describe_content,
    read_custom,
)
from connectkit.simulator.cases.slas import refresh_next_breach, start_sla
from connectkit.simulator.cases.writing import check_not_merging
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Case, RelatedItem, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["add_item", "handles", "remove_item"]

handles: Handlers = Handlers()

_CHANGEABLE = frozenset({"Comment", "Custom"})


@handles("CreateRelatedItem")
def create_related_item(context: Context, params: Params) -> Output:
    """Relate something to a case."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    item = add_item(context, domain, case, params["type"], params["content"], user=params.get("performedBy"))
    return {"relatedItemId": item.id, "relatedItemArn": item.arn}


@handles("UpdateRelatedItem")
def update_related_item(context: Context, params: Params) -> Output:
    """Change the text of a comment, or replace the fields of a custom item. No other type can be changed."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    item = find_related_item(domain, case, params)
    check_not_merging(domain, case)
    ((member, given),) = params["content"].items()
    if item.type not in _CHANGEABLE:
        raise invalid(f"Related item {item.id} is of type {item.type}, which can't be changed")
    if MEMBERS[item.type] != member:
        raise invalid(f"content: related item {item.id} is of type {item.type} and takes {MEMBERS[item.type]} content")
    values = item.values
    if item.type == "Custom":
        values = read_custom(domain, given["fields"], where="content.custom.fields", before=values)
    user = params.get("performedBy")
    changed = replace(item, content=params["content"], values=values, updated_by=user, modified=context.now)
    domain.related_items.put(changed)
    _announce(context, domain, "Updated", item, changed, user=user)
    return {
        "relatedItemId": changed.id,
        "relatedItemArn": changed.arn,
        "type": changed.type,
        "content": describe_content(context, changed),
        "associationTime": changed.created,
        "tags": changed.tags,
        "lastUpdatedUser": user,
        "createdBy": changed.created_by,
    }


@handles("DeleteRelatedItem")
def delete_related_item(context: Context, params: Params) -> Output:
    """Take a related item off a case. A file is deleted by another service's call."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    item = find_related_item(domain, case, params)
    check_not_merging(domain, case)
    if item.type == "File":
        raise invalid(f"Related item {item.id} is a file; DeleteAttachedFile of Amazon Connect deletes it")
    remove_item(context, domain, item)
    return {}


def add_item(
    context: Context,
    domain: Domain,
    case: Case,
    item_type: str,
    content: Wire,
    *,
    user: Wire | None,
    merge: Wire | None = None,
) -> RelatedItem:
    """Check a new related item, put it on its case, and give it; ``merge`` says which merge does it, if one does.

    A merge minds the quota before it starts. That it does not fail if there is more on the case when it ends is
    inferred.
    """
    check_not_merging(domain, case)
    values = check_content(domain, case, item_type, content)
    quota = context.state.quotas.related_items
    if merge is None and len(domain.items_of_case.of(case.id)) >= quota:
        raise quota_exceeded(f"Case {case.id} has {quota} related items, which is its quota")
    identifier = context.ids.uuid()
    item = RelatedItem(
        id=identifier,
        arn=f"{case.arn}/related-item/{identifier}",
        sequence=context.state.next_sequence(),
        created=context.now,
        modified=context.now,
        case_id=case.id,
        type=item_type,
        content=content,
        values=values,
        created_by=user,
    )
    if item_type == "Sla":
        item = start_sla(context, domain, item)
    domain.related_items.put(item)
    refresh_next_breach(domain, item)
    _announce(context, domain, "Created", None, item, user=user, merge=merge)
    return item


def move_item(
    context: Context, domain: Domain, item: RelatedItem, case: Case, *, user: Wire | None, merge: Wire
) -> None:
    """Move a related item to another case in a merge. That it keeps its id, and gets another ARN, is inferred."""
    moved = replace(item, arn=f"{case.arn}/related-item/{item.id}", case_id=case.id)
    domain.related_items.put(moved)
    _announce(context, domain, "Deleted", item, None, user=user, merge=merge)
    _announce(context, domain, "Created", None, moved, user=user, merge=merge)


def remove_item(
    context: Context, domain: Domain, item: RelatedItem, *, user: Wire | None = None, merge: Wire | None = None
) -> None:
    """Take a related item off its case; ``merge`` says which merge does it, if one does."""
    domain.related_items.remove(item.id)
    refresh_next_breach(domain, item)
    _announce(context, domain, "Deleted", item, None, user=user, merge=merge)


def _announce(
    context: Context,
    domain: Domain,
    what: str,
    before: RelatedItem | None,
    after: RelatedItem | None,
    *,
    user: Wire | None,
    merge: Wire | None = None,
) -> None:
    """Note a change in the history of the case, and send the event if the item is new to it."""
    item = after or before
    assert item is not None  # there is one of the two, or nothing would have changed
    changes = content_changes(before, after)
    kind = f"RelatedItem.{what}"
    record(context, domain, item.case_id, kind, changes, user=user, related_item_type=item.type, merge=merge)
    if before is None:
        send_related_item_event(context, domain, item, user=user)
