"""Case event streams: what PutCaseEventConfiguration asks for, and the events that EventBridge would have got."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from connectkit.simulator.cases.lookup import find_domain, known_field
from connectkit.simulator.cases.values import to_union
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.core.timestamps import format_iso
from connectkit.simulator.state.cases import Case, RelatedItem, Wire
from connectkit.simulator.state.domains import Domain
from connectkit.simulator.state.region import Event

__all__ = ["MOST_EVENTS", "handles", "send_case_event", "send_related_item_event"]

handles: Handlers = Handlers()

_DETAIL_TYPE = "Amazon Connect Cases Change"
_OFF: Wire = {"enabled": False}
MOST_EVENTS = 10_000
"""How many events of a region are kept, the latest ones; a bound of the simulator's own."""
# The guide shows the name for a comment; the others are inferred from the content that they stand for.
_CHANGED_ATTRIBUTES = {
    "Comment": "comment.commentText",
    "Contact": "contact.contactArn",
    "File": "file.fileArn",
    "Sla": "sla.slaConfiguration",
    "ConnectCase": "connectCase.caseId",
    "Custom": "custom.fields",
}


@handles("PutCaseEventConfiguration")
def put_case_event_configuration(context: Context, params: Params) -> Output:
    """Say whether events are sent and with what in them. That each field must exist is inferred."""
    domain = find_domain(context, params)
    for entry in _case_data(params["eventBridge"]).get("fields", ()):
        known_field(domain, entry["id"], where="eventBridge.includedData.caseData.fields", deleted=False)
    context.state.cases.infos.put(replace(domain.info, event_configuration=params["eventBridge"]))
    return {}


@handles("GetCaseEventConfiguration")
def get_case_event_configuration(context: Context, params: Params) -> Output:
    """Give what was put, without fields that have been deleted since. That events are off until then is inferred."""
    domain = find_domain(context, params)
    configuration = _configuration(domain)
    if not (case_data := _case_data(configuration)):
        return {"eventBridge": configuration}
    fields = [entry for entry in case_data["fields"] if not domain.fields[entry["id"]].deleted]
    included = {**configuration["includedData"], "caseData": {**case_data, "fields": fields}}
    return {"eventBridge": {**configuration, "includedData": included}}


def send_case_event(
    context: Context, domain: Domain, case: Case, kind: str, *, changed: Collection[str], user: Wire | None
) -> None:
    """Send an event about a case, if the domain sends any: ``CASE.CREATED``, ``CASE.UPDATED`` or ``CASE.DELETED``.

    That a merge is an update of both cases, and that what goes with a deleted case is no event, is inferred.
    """
    configuration = _configuration(domain)
    if not configuration["enabled"]:
        return
    included = _included_fields(domain, configuration)
    fields = {field_id: {"value": to_union(value)} for field_id, value in case.values.items() if field_id in included}
    about = {
        "changedFieldIds": sorted(changed),
        "case": {
            "caseId": case.id,
            "templateId": case.template_id,
            "createdDateTime": format_iso(case.created),
            "fields": fields,
        },
    }
    _send(context, domain, case.arn, kind, about, user)


def send_related_item_event(context: Context, domain: Domain, item: RelatedItem, *, user: Wire | None) -> None:
    """Send the event that a case has a new related item, if the domain sends any, with its content where included.

    EventBridge's list of event types has none for an item that was changed or deleted.
    """
    configuration = _configuration(domain)
    if not configuration["enabled"]:
        return
    included = configuration.get("includedData", {}).get("relatedItemData", {}).get("includeContent", False)
    about = {
        "changedAttributes": [_CHANGED_ATTRIBUTES[item.type]],
        "relatedItem": {
            "relatedItemType": item.type,
            "relatedItemId": item.id,
            "caseId": item.case_id,
            "createdDateTime": format_iso(item.created),
            **(_content(item) if included else {}),
        },
    }
    _send(context, domain, item.arn, "RELATED_ITEM.CREATED", about, user)


def _content(item: RelatedItem) -> Wire:
    """Give what an event shows of an item. The guide has a comment's text and a contact's ARN; the rest is inferred."""
    match item.type:
        case "Comment":
            return {"comment": {"body": item.content["comment"]["body"]}}
        case "Custom":
            fields = {field_id: {"value": to_union(value)} for field_id, value in item.values.items()}
            return {"custom": {"fields": fields}}
        case _:
            return item.content


def _send(context: Context, domain: Domain, arn: str, kind: str, about: Wire, user: Wire | None) -> None:
    state = context.state
    performed_by: dict[str, Any] = {"iamPrincipalArn": context.principal}
    if user is not None:
        performed_by = {"user": user, **performed_by}
    identifier = context.ids.uuid()
    body = {
        "version": "0",
        "id": identifier,
        "detail-type": _DETAIL_TYPE,
        "source": "aws.cases",
        "account": state.account_id,
        "time": format_iso(context.now)[:19] + "Z",
        "region": state.region,
        "resources": [domain.arn, arn],
        "detail": {
            "version": "0",
            "eventType": kind,
            "approximateChangeTime": format_iso(context.now),
            "performedBy": performed_by,
            **about,
        },
    }
    state.events.put(Event(id=identifier, sequence=state.next_sequence(), body=body))
    if len(state.events) > MOST_EVENTS:
        state.events.remove(next(iter(state.events)))


def _configuration(domain: Domain) -> Wire:
    return domain.info.event_configuration or _OFF


def _case_data(configuration: Wire) -> Wire:
    case_data: Wire = configuration.get("includedData", {}).get("caseData", {})
    return case_data


def _included_fields(domain: Domain, configuration: Wire) -> Collection[str]:
    """Give the fields whose values events show: those that are named, and those of a category.

    A deleted one is no longer in the configuration; that it is no longer in events either is inferred.
    """
    case_data = _case_data(configuration)
    named = {entry["id"] for entry in case_data.get("fields", ())}
    category: str | None = case_data.get("autoIncludeFields")
    living = (field for field in domain.fields.values() if not field.deleted)
    return frozenset(field.id for field in living if field.id in named or category in {"All", field.namespace})
