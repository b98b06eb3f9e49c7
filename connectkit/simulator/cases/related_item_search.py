"""Finding related items, of one case or of a whole domain, and the cases of a contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from connectkit.simulator.cases.filters import compile_filter
from connectkit.simulator.cases.lookup import find_case, find_domain
from connectkit.simulator.cases.related_item_content import MEMBERS, describe_content, linked_to
from connectkit.simulator.cases.slas import sla_status
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import RelatedItem, Wire
from connectkit.simulator.state.columns import Columns
from connectkit.simulator.state.domains import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

_Test = Callable[[RelatedItem], bool]

_TYPES = {member: item_type for item_type, member in MEMBERS.items()}
# Inferred: what comes first when a request does not say.
_DEFAULT_SORTS: Sequence[Wire] = ({"sortProperty": "AssociationTime", "sortOrder": "Desc"},)


@handles("SearchRelatedItems")
def search_related_items(context: Context, params: Params) -> Output:
    """Find the items of a case that pass any of the filters, the newest first, which is inferred."""
    domain = find_domain(context, params)
    case = find_case(domain, params)
    found = _filter(context, domain, params, domain.items_of_case.of(case.id).values())
    found.sort(key=_newest_first)
    page, token = context.page(params, found, key=_newest_first)
    return {"relatedItems": [_describe(context, item) for item in page], "nextToken": token}


@handles("SearchAllRelatedItems")
def search_all_related_items(context: Context, params: Params) -> Output:
    """Find the items of every case that pass any of the filters, in the order that is asked for."""
    domain = find_domain(context, params)
    found = _filter(context, domain, params, domain.related_items.values())
    key = _order(params.get("sorts") or _DEFAULT_SORTS)
    found.sort(key=key)
    page, token = context.page(params, found, key=key, read_key=_read_key, write_key=_write_key)
    described = [{"caseId": item.case_id, **_describe(context, item)} for item in page]
    return {"relatedItems": described, "nextToken": token}


@handles("ListCasesForContact")
def list_cases_for_contact(context: Context, params: Params) -> Output:
    """List the cases that a contact is related to, the one related last first.

    Inferred: this order, and that a contact which nobody knows has no cases rather than being an error.
    """
    domain = find_domain(context, params)
    items = sorted(domain.items_of_contact.of(params["contactArn"]).values(), key=_newest_first)
    page, token = context.page(params, items, key=_newest_first)
    cases = [domain.cases[item.case_id] for item in page]
    return {"cases": [{"caseId": case.id, "templateId": case.template_id} for case in cases], "nextToken": token}


def _describe(context: Context, item: RelatedItem) -> Output:
    return {
        "relatedItemId": item.id,
        "type": item.type,
        "associationTime": item.created,
        "content": describe_content(context, item),
        "tags": item.tags,
        "performedBy": item.created_by,
    }


def _newest_first(item: RelatedItem) -> int:
    return -item.sequence


# ---- order ---------------------------------------------------------------------------------------------------------


class _Backwards(str):
    """A text that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _order(sorts: Sequence[Wire]) -> Callable[[RelatedItem], tuple[Any, ...]]:
    """Give the function for an item's place; items that are alike in it stand newest first."""

    def place(item: RelatedItem) -> tuple[Any, ...]:
        key: list[Any] = []
        for sort in sorts:
            down = sort["sortOrder"] == "Desc"
            if sort["sortProperty"] == "CaseId":
                key.append(_Backwards(item.case_id) if down else item.case_id)
            else:
                seconds = item.created.timestamp()
                key.append(-seconds if down else seconds)
        return (*key, -item.sequence)

    return place


def _write_key(key: tuple[Any, ...]) -> list[Any]:
    return [[str(part)] if isinstance(part, _Backwards) else part for part in key]


def _read_key(kept: Sequence[Any]) -> tuple[Any, ...]:
    # A list around a text says that it sorts the other way round.
    return tuple(_Backwards(*cast("list[str]", part)) if isinstance(part, list) else part for part in kept)


# ---- filters -------------------------------------------------------------------------------------------------------


def _filter(context: Context, domain: Domain, params: Params, items: Iterable[RelatedItem]) -> list[RelatedItem]:
    """Give the items that pass any of the filters. That an empty list of them stops nothing is inferred."""
    tests = [_test(context, domain, wire, f"filters[{i}]") for i, wire in enumerate(params.get("filters", ()))]
    return [item for item in items if not tests or any(test(item) for test in tests)]


def _test(context: Context, domain: Domain, wire: Wire, where: str) -> _Test:
    ((member, wanted),) = wire.items()
    item_type = _TYPES[member]
    details = _details(context, domain, member, wanted, where=f"{where}.{member}")
    return lambda item: item.type == item_type and all(test(item) for test in details)


def _details(context: Context, domain: Domain, member: str, wanted: Mapping[str, Any], *, where: str) -> list[_Test]:
    """Give what a filter asks for beyond the type. That all of it must hold is inferred."""
    match member:
        case "contact":
            return [*_links(wanted, "contactArn"), *_channels(context, wanted)]
        case "file":
            return _links(wanted, "fileArn")
        case "connectCase":
            return _links(wanted, "caseId")
        case "sla":
            return _sla_details(context, wanted)
        case "custom" if "fields" in wanted:
            return [_fields(domain, wanted["fields"], where=f"{where}.fields")]
        case _:
            return []


def _fields(domain: Domain, wire: Wire, *, where: str) -> _Test:
    """Compare the values of custom items, which a filter reads as it reads those of cases."""
    columns: Columns[RelatedItem] = Columns()
    passes = compile_filter(domain, columns, wire, where=where).select

    def test(item: RelatedItem) -> bool:
        columns.put(item)
        return bool(passes([columns.place(item.id)], passing=True))

    return test


def _links(wanted: Mapping[str, Any], name: str) -> list[_Test]:
    target: str | None = wanted.get(name)
    return [] if target is None else [lambda item: linked_to(item.type, item.content) == target]


def _channels(context: Context, wanted: Mapping[str, Any]) -> list[_Test]:
    """Compare the channel. That an empty list of channels stops nothing is inferred."""
    channels: Sequence[str] = wanted.get("channel", ())
    if not channels:
        return []
    return [lambda item: describe_content(context, item)["contact"]["channel"] in channels]


def _sla_details(context: Context, wanted: Mapping[str, Any]) -> list[_Test]:
    tests: list[_Test] = []
    if (name := wanted.get("name")) is not None:
        tests.append(lambda item: item.content["sla"]["slaInputConfiguration"]["name"] == name)
    if (status := wanted.get("status")) is not None:
        tests.append(lambda item: sla_status(item, context.now) == status)
    return tests
