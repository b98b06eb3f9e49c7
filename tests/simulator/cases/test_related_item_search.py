"""Finding related items, of a case or of all of them, and the cases of a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs, needs_value, number, refused, text
from .support import CONTACT_ARN, FILE_ARN, close, comment, contact, custom, items, link, relate, sla

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

needs_custom = needs_value("connectcases", "RelatedItemType", "Custom")


@pytest.fixture
def case_id(domain: DomainFixture) -> str:
    """A case."""
    return domain.case()


def ids(found: list[dict[str, Any]]) -> list[str]:
    """Give the ids of found items."""
    return [item["relatedItemId"] for item in found]


@pytest.mark.rule("item.any-filter", "item.order")
def test_items_pass_any_filter_and_the_newest_comes_first(domain: DomainFixture, case_id: str) -> None:
    note, call = comment(domain, case_id), contact(domain, case_id)
    file = relate(domain, case_id, "File", {"file": {"fileArn": FILE_ARN}})
    comment(domain, domain.case())
    assert ids(items(domain, case_id)) == [file, call, note]
    assert ids(items(domain, case_id, filters=[])) == [file, call, note]
    assert ids(items(domain, case_id, {"comment": {}}, {"file": {}})) == [file, note]
    assert ids(items(domain, case_id, {"contact": {}})) == [call]


@pytest.mark.rule("item.all-details")
def test_what_one_filter_asks_for_must_all_hold(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    chat, call = sim.add_contact(channel="CHAT"), sim.add_contact(channel="VOICE")
    chat_item, call_item = contact(domain, case_id, chat), contact(domain, case_id, call)
    assert ids(items(domain, case_id, {"contact": {"channel": ["CHAT"]}})) == [chat_item]
    assert ids(items(domain, case_id, {"contact": {"channel": ["VOICE", "CHAT"]}})) == [call_item, chat_item]
    assert ids(items(domain, case_id, {"contact": {"channel": []}})) == [call_item, chat_item]
    assert ids(items(domain, case_id, {"contact": {"contactArn": chat}})) == [chat_item]
    assert items(domain, case_id, {"contact": {"contactArn": chat, "channel": ["VOICE"]}}) == []
    assert items(domain, case_id, {"file": {"fileArn": FILE_ARN}}) == []


@needs_custom
@pytest.mark.rule("item.all-details")
def test_links_and_slas_are_found_by_what_they_say(domain: DomainFixture, case_id: str) -> None:
    other = domain.case()
    linked, first = link(domain, case_id, other), sla(domain, case_id, name="First")
    second = sla(domain, case_id, "title", "never")
    close(domain, case_id)
    assert ids(items(domain, case_id, {"connectCase": {"caseId": other}})) == [linked]
    assert items(domain, case_id, {"connectCase": {"caseId": "nowhere"}}) == []
    assert ids(items(domain, case_id, {"sla": {"name": "First"}})) == [first]
    assert ids(items(domain, case_id, {"sla": {"status": "Active"}})) == [second]
    assert ids(items(domain, case_id, {"sla": {"status": "Met"}})) == [first]
    assert items(domain, case_id, {"sla": {"name": "First", "status": "Active"}}) == []


@needs_custom
@pytest.mark.rule("item.all-details")
def test_custom_items_are_found_by_their_fields(domain: DomainFixture, case_id: str) -> None:
    size, note = domain.field("Size", "Number"), domain.field("Note")
    small = custom(domain, case_id, number(size, 1), text(note, "first"))
    large = custom(domain, case_id, number(size, 9), text(note, "second"))

    def found(fields: dict[str, Any]) -> list[str]:
        return ids(items(domain, case_id, {"custom": {"fields": fields}}))

    more = {"field": {"greaterThan": number(size, 5)}}
    assert found(more) == [large]
    assert found({"not": more}) == [small]
    assert found({"andAll": [more, {"field": {"contains": text(note, "FIRST")}}]}) == []
    assert found({"orAll": [more, {"field": {"equalTo": text(note, "first")}}]}) == [large, small]
    assert ids(items(domain, case_id, {"custom": {}})) == [large, small]
    with refused("ValidationException", "nowhere does not exist"):
        found({"field": {"equalTo": text("nowhere", "x")}})
    with refused("ValidationException", "at most 10 elements"):
        found({"andAll": [more] * 11})


@pytest.mark.rule("item.any-filter")
def test_ten_filters_are_the_most(domain: DomainFixture, case_id: str) -> None:
    comments: dict[str, Any] = {"comment": {}}
    assert items(domain, case_id, *[comments] * 10) == []
    with refused("ValidationException", "at most 10 elements"):
        items(domain, case_id, *[comments] * 11)


# ---- of every case -------------------------------------------------------------------------------------------------


def search_all(domain: DomainFixture, *sorts: tuple[str, str], size: int = 25, **members: Any) -> list[Any]:
    """Give every item that a search of all cases finds, page by page."""
    if sorts:
        members["sorts"] = [{"sortProperty": name, "sortOrder": order} for name, order in sorts]
    found: list[Any] = []
    while True:
        answer = domain.client.search_all_related_items(domainId=domain.id, maxResults=size, **members)
        found += answer["relatedItems"]
        if "nextToken" not in answer:
            return found
        members["nextToken"] = answer["nextToken"]


@needs("connectcases", "SearchAllRelatedItems")
@pytest.mark.rule("item.sorts", "item.sorts-default")
@pytest.mark.parametrize("size", [1, 2, 25])
def test_items_of_all_cases_are_sorted_by_time_or_case(domain: DomainFixture, size: int) -> None:
    first, second = sorted(domain.case() for _ in range(2))
    made = [comment(domain, case_id) for case_id in (second, first, second, first)]
    expected = {
        (): [3, 2, 1, 0],
        (("AssociationTime", "Asc"),): [0, 1, 2, 3],
        (("CaseId", "Asc"),): [3, 1, 2, 0],
        (("CaseId", "Asc"), ("AssociationTime", "Asc")): [1, 3, 0, 2],
        (("CaseId", "Desc"), ("AssociationTime", "Desc")): [2, 0, 3, 1],
        (("AssociationTime", "Desc"), ("CaseId", "Asc")): [3, 2, 1, 0],
    }
    for sorts, places in expected.items():
        found = search_all(domain, *sorts, size=size)
        assert [item["relatedItemId"] for item in found] == [made[place] for place in places], sorts
    assert {item["caseId"] for item in search_all(domain)} == {first, second}


@needs("connectcases", "SearchAllRelatedItems")
@pytest.mark.rule("item.sorts")
def test_there_are_two_sorts_at_most(domain: DomainFixture) -> None:
    sort = ("CaseId", "Asc")
    assert search_all(domain, sort, sort) == []
    with refused("ValidationException", "at most 2 elements"):
        search_all(domain, sort, sort, sort)


@needs("connectcases", "SearchAllRelatedItems")
@pytest.mark.rule("item.any-filter")
def test_items_of_all_cases_are_found_by_the_same_filters(domain: DomainFixture) -> None:
    first, second = domain.case(), domain.case()
    note, call = comment(domain, first), contact(domain, second)
    assert ids(search_all(domain, filters=[{"contact": {"contactArn": CONTACT_ARN}}])) == [call]
    assert ids(search_all(domain, filters=[{"contact": {}}, {"comment": {}}])) == [call, note]


# ---- the cases of a contact ----------------------------------------------------------------------------------------


@pytest.mark.rule("item.contact-cases", "item.order")
def test_the_cases_of_a_contact_come_newest_first(cases: Any, domain: DomainFixture) -> None:
    made = [domain.case() for _ in range(3)]
    for case_id in (made[1], made[0], made[2]):
        contact(domain, case_id)
    request = {"domainId": domain.id, "contactArn": CONTACT_ARN}
    first = cases.list_cases_for_contact(**request, maxResults=2)
    rest = cases.list_cases_for_contact(**request, nextToken=first["nextToken"])
    listed = [(case["caseId"], case["templateId"]) for case in first["cases"] + rest["cases"]]
    assert listed == [(made[index], domain.template_id) for index in (2, 0, 1)]
    nobody = cases.list_cases_for_contact(domainId=domain.id, contactArn=CONTACT_ARN + "0")
    assert nobody["cases"] == []
