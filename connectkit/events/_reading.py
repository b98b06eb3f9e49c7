"""From the JSON of one event to what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from connectkit.errors import EventDecodeError
from connectkit.values import parse_moment

from ._members import Types, field_values, items, mapping, text
from ._models import (
    CaseChanged,
    CaseCreated,
    CaseData,
    CaseDeleted,
    CaseEvent,
    CaseUpdated,
    PerformedBy,
    RelatedItemChanged,
    RelatedItemCreated,
    RelatedItemDeleted,
    RelatedItemUpdated,
)
from ._related_items import read_related_item

__all__ = ["parse_event", "read_event", "read_object"]

_SOURCE = "aws.cases"
_CASES: Mapping[str, type[CaseChanged]] = {
    "CASE.CREATED": CaseCreated,
    "CASE.UPDATED": CaseUpdated,
    "CASE.DELETED": CaseDeleted,
}
_RELATED_ITEMS: Mapping[str, type[RelatedItemChanged]] = {
    "RELATED_ITEM.CREATED": RelatedItemCreated,
    "RELATED_ITEM.UPDATED": RelatedItemUpdated,
    "RELATED_ITEM.DELETED": RelatedItemDeleted,
}
_MOMENTS: Types = dict.fromkeys(
    (
        "created_datetime",
        "last_updated_datetime",
        "last_closed_datetime",
        "last_reopened_datetime",
        "next_sla_breach_datetime",
    ),
    "DateTime",
)
"""The system fields that are of type DateTime: the only type that must be known to read a value."""
_ARN = re.compile(r"(arn:[^:]*:cases:[^:]*:[^:]*:domain/([^/]+))(?:/case/([^/]+)(?:/related-item/([^/]+))?)?")


def parse_event(event: Mapping[str, Any] | str | bytes, *, types: Mapping[str, str] | None = None) -> CaseEvent:
    """Read one case event as EventBridge sends it.

    Args:
        event: The event, or its JSON.
        types: The types of custom fields by their ids, ``{"…": "DateTime"}``: without them a DateTime of a custom field
            stays the text that the event has. Those of system fields are known.

    Returns:
        An object of the class for its type, see :mod:`connectkit.events`. Missing members, nulls, members and types
        that nobody knows yet are no error.

    Raises:
        EventDecodeError: it is no JSON object, an event of something else than Cases, an API call that CloudTrail
            recorded, or without an event type.
    """
    return read_event(event, path="", types=types)


def read_event(
    given: object, *, path: str, types: Mapping[str, str] | None, message_id: str | None = None
) -> CaseEvent:
    """Read one event that is at ``path`` of what was given to the caller."""
    raw = read_object(given, path=path)
    _refuse_others(raw, path)
    detail = mapping(raw, "detail")
    # Of these the guide of 2022 had RELATED_ITEM.DELETED alone.
    kind = text(detail, "eventType")
    kind = kind.removeprefix("CASE.") if kind.startswith("CASE.RELATED_ITEM.") else kind
    arns = _read_resources(raw)
    common: dict[str, Any] = {
        "type": kind,
        "id": text(raw, "id"),
        "time": parse_moment(raw.get("time")),
        "approximate_change_time": parse_moment(detail.get("approximateChangeTime")),
        "account": text(raw, "account"),
        "region": text(raw, "region"),
        "resources": tuple(arn for arn in items(raw, "resources") if isinstance(arn, str)),
        "domain_arn": arns.domain,
        "domain_id": arns.domain_id,
        "case_arn": arns.case,
        "performed_by": _read_performer(mapping(detail, "performedBy")),
        "detail_type": text(raw, "detail-type"),
        "message_id": message_id,
        "raw": raw,
    }
    # A type that nobody knows yet is about what it carries.
    if kind in _RELATED_ITEMS or (kind not in _CASES and mapping(detail, "relatedItem")):
        told = mapping(detail, "relatedItem")
        item = read_related_item(told, item_id=arns.item_id, case_id=arns.case_id, types=_known(types))
        changed = tuple(name for name in items(detail, "changedAttributes") if isinstance(name, str))
        of_kind = _RELATED_ITEMS.get(kind, RelatedItemChanged)
        return of_kind(**common, case_id=item.case_id, related_item=item, changed_attributes=changed)
    case = _read_case(mapping(detail, "case"), arns, _known(types))
    if kind in _CASES or mapping(detail, "case"):
        ids = frozenset(name for name in items(detail, "changedFieldIds") if isinstance(name, str))
        return _CASES.get(kind, CaseChanged)(**common, case_id=case.id, case=case, changed_field_ids=ids)
    return CaseEvent(**common, case_id=case.id)


def read_object(given: object, *, path: str) -> Mapping[str, Any]:
    """The JSON object that is given, as it is or as a text."""
    if isinstance(given, (str, bytes, bytearray)):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise EventDecodeError(path=path, problem=f"is no JSON: {error}") from error
    if not isinstance(given, Mapping):
        problem = f"is of type {given.__class__.__name__}; a JSON object is needed"
        raise EventDecodeError(path=path, problem=problem)
    return cast("Mapping[str, Any]", given)


def _refuse_others(raw: Mapping[str, Any], path: str) -> None:
    """Say of what is no case event what it is."""
    at = f"{path}." if path else ""
    source, detail = raw.get("source"), raw.get("detail")
    if source is not None and source != _SOURCE:
        raise EventDecodeError(path=f"{at}source", problem=f"is {_shown(source)}; a case event has {_SOURCE!r}")
    if text(raw, "detail-type").endswith("via CloudTrail"):
        problem = (
            f"is {_shown(raw['detail-type'])}: a record of an API call; a case event has 'Amazon Connect Cases Change'"
        )
        raise EventDecodeError(path=f"{at}detail-type", problem=problem)
    if not isinstance(detail, Mapping):
        hint = ": this is its detail alone, the whole event is needed" if "eventType" in raw else ""
        problem = f"{'is missing' if detail is None else 'is no object'}; an event of EventBridge has one{hint}"
        raise EventDecodeError(path=f"{at}detail", problem=problem)
    kind = cast("Mapping[str, Any]", detail).get("eventType")
    if not isinstance(kind, str) or not kind:
        problem = f"{'is missing' if kind is None else 'is no text'}; a case event has one, such as 'CASE.UPDATED'"
        raise EventDecodeError(path=f"{at}detail.eventType", problem=problem)


class _Resources(NamedTuple):
    domain: str = ""
    domain_id: str = ""
    case: str = ""
    case_id: str = ""
    item_id: str = ""


def _read_resources(raw: Mapping[str, Any]) -> _Resources:
    """What the most telling of the resources names: the domain, the case in it, the related item of that."""
    found = [match for arn in items(raw, "resources") if isinstance(arn, str) and (match := _ARN.match(arn))]
    if not found:
        return _Resources()
    domain, domain_id, case_id, item_id = max((match.groups(default="") for match in found), key=_depth)
    return _Resources(domain, domain_id, f"{domain}/case/{case_id}" if case_id else "", case_id, item_id)


def _depth(groups: tuple[str, ...]) -> int:
    return sum(map(bool, groups))


def _read_performer(raw: Mapping[str, Any]) -> PerformedBy:
    user = mapping(raw, "user")
    return PerformedBy(
        user_arn=text(user, "userArn") or None,
        custom_entity=text(user, "customEntity") or None,
        iam_principal_arn=text(raw, "iamPrincipalArn") or None,
    )


def _read_case(raw: Mapping[str, Any], arns: _Resources, types: Types) -> CaseData:
    return CaseData(
        id=text(raw, "caseId") or arns.case_id,
        template_id=text(raw, "templateId") or None,
        created_datetime=parse_moment(raw.get("createdDateTime")),
        fields=field_values(raw.get("fields"), types),
        raw=raw,
    )


def _known(types: Mapping[str, str] | None) -> Types:
    return {**types, **_MOMENTS} if types else _MOMENTS


def _shown(given: object) -> str:
    return repr(given[:60]) if isinstance(given, str) else f"of type {given.__class__.__name__}"
