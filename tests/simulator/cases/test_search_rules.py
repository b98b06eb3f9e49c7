"""What SearchCases promises, rule by rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Delays

from ..helpers import START, empty, maximum, needs_member, number, refused, text

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture


def equal(operand: dict[str, Any]) -> dict[str, Any]:
    """Give the filter for an exact value."""
    return {"field": {"equalTo": operand}}


@pytest.mark.rule("search.bounds")
def test_a_search_has_bounds(domain: DomainFixture) -> None:
    most = maximum("connectcases", "SearchCasesRequest", "fields")
    term = equal(text("title", "A case"))
    sort = {"fieldId": "title", "sortOrder": "Asc"}
    domain.case()
    at_most: list[tuple[str, Any, Any]] = [
        ("fields", [{"id": "title"}] * most, [{"id": "title"}] * (most + 1)),
        ("sorts", [sort] * 2, [sort] * 3),
        ("searchTerm", "case " * 51, "case " * 51 + "x"),
        ("filter", {"andAll": [term] * 10}, {"andAll": [term] * 11}),
        ("filter", {"orAll": [term] * 10}, {"orAll": [term] * 11}),
    ]
    for name, largest, too_large in at_most:
        assert domain.search(**{name: largest}) == ["A case"]
        with refused("ValidationException", "must have at most"):
            domain.search(**{name: too_large})


@needs_member("connectcases", "SearchCasesResponse", "totalCount")
@pytest.mark.rule("search.total")
def test_each_page_says_how_many_there_are(cases: Any, domain: DomainFixture) -> None:
    for _ in range(5):
        domain.case()
    request: dict[str, Any] = {"domainId": domain.id, "maxResults": 2}
    for count in (2, 2, 1):
        page = cases.search_cases(**request)
        assert (len(page["cases"]), page["totalCount"]) == (count, 5)
        request["nextToken"] = page.get("nextToken")


@pytest.mark.rule("search.order", "search.sort-missing")
def test_what_was_updated_last_comes_first_unless_sorted(domain: DomainFixture) -> None:
    size = domain.field("Size", "Number")
    first = domain.case("first", number(size, 1))
    domain.case("second")
    domain.case("third", number(size, 1))
    domain.update(first, text("summary", "x"))
    assert domain.search() == ["first", "third", "second"]
    assert domain.search(sorts=[{"fieldId": size, "sortOrder": "Asc"}]) == ["third", "first", "second"]
    assert domain.search(sorts=[{"fieldId": size, "sortOrder": "Desc"}]) == ["third", "first", "second"]


@pytest.mark.rule("search.fields")
def test_found_cases_show_what_was_asked_for(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case("A case")
    fields = [{"id": "summary"}, {"id": "status"}, {"id": "title"}]
    (found,) = cases.search_cases(domainId=domain.id, fields=fields)["cases"]
    assert (found["caseId"], found["templateId"]) == (case_id, domain.template_id)
    assert found["fields"] == [text("status", "open"), text("title", "A case")]
    (found,) = cases.search_cases(domainId=domain.id)["cases"]
    assert found["fields"] == []


@pytest.mark.rule("search.term", "search.term-words")
def test_words_are_found_in_any_field(domain: DomainFixture) -> None:
    note = domain.field("Note")
    domain.case("Parcel lost", text("summary", "At the border"))
    domain.case("Refund", text(note, "the PARCEL came back"))
    assert domain.search(searchTerm="parcel") == ["Refund", "Parcel lost"]
    assert domain.search(searchTerm="border LOST") == ["Parcel lost"]
    assert domain.search(searchTerm="parcel nowhere") == []
    assert domain.search(searchTerm="parc") == []
    assert domain.search(searchTerm="open") == ["Refund", "Parcel lost"]


@pytest.mark.rule("search.equal")
def test_equal_is_exact_and_empty_is_without_a_value(domain: DomainFixture) -> None:
    domain.case("Lost", text("summary", "x"))
    domain.case("lost")
    assert domain.search(filter=equal(text("title", "Lost"))) == ["Lost"]
    assert domain.search(filter=equal(empty("summary"))) == ["lost"]


@pytest.mark.rule("search.contains", "search.ordered")
def test_other_comparisons_are_for_some_types(domain: DomainFixture) -> None:
    size, when, page = domain.field("Size", "Number"), domain.field("When", "DateTime"), domain.field("Page", "Url")
    values = [number(size, 10), text(when, "2030-01-01T12:00:00+02:00"), text(page, "https://Example.com/a")]
    domain.case("Parcel", *values)
    for found in (
        {"contains": text("title", "ARC")},
        {"contains": text(page, "example")},
        {"greaterThan": number(size, 9)},
        {"lessThanOrEqualTo": number(size, 10)},
        {"greaterThanOrEqualTo": text(when, "2030-01-01T10:00:00Z")},
        {"lessThan": text(when, "2030-01-01T10:30:00Z")},
    ):
        assert domain.search(filter={"field": found}) == ["Parcel"], found
    for missed in ({"greaterThan": number(size, 10)}, {"lessThan": text(when, "2030-01-01T10:00:00Z")}):
        assert domain.search(filter={"field": missed}) == [], missed
    for wrong in (
        {"contains": number(size, 1)},
        {"contains": text("status", "op")},
        {"greaterThan": text("title", "A")},
        {"lessThan": text("status", "z")},
        {"greaterThan": empty(size)},
        {"equalTo": text(size, "10")},
        {"equalTo": text(when, "today")},
        {"equalTo": text("nowhere", "x")},
    ):
        with refused("ValidationException", "filter.field"):
            domain.search(filter={"field": wrong})


@needs_member("connectcases", "CaseFilter", "tag")
@pytest.mark.rule("search.tag")
def test_a_tag_is_compared_by_key_and_value(domain: DomainFixture) -> None:
    domain.case("Ours", tags={"team": "legal"})
    domain.case("Theirs", tags={"team": "sales"})

    def tagged(**wanted: str) -> dict[str, Any]:
        return {"tag": {"equalTo": wanted}}

    assert domain.search(filter=tagged(key="team", value="legal")) == ["Ours"]
    assert domain.search(filter=tagged(key="legal", value="team")) == []
    with refused("ValidationException", "needs a key and a value"):
        domain.search(filter=tagged(key="team"))


@pytest.mark.rule("search.nested")
def test_filters_hold_others(domain: DomainFixture) -> None:
    size = domain.field("Size", "Number")
    for number_of in (1, 2, 3):
        domain.case(str(number_of), number(size, number_of))
    one, two = equal(number(size, 1)), equal(number(size, 2))
    assert domain.search(filter={"not": one}) == ["3", "2"]
    assert domain.search(filter={"not": {"not": one}}) == ["1"]
    assert domain.search(filter={"orAll": [one, two]}) == ["2", "1"]
    assert domain.search(filter={"andAll": [{"not": one}, {"not": two}]}) == ["3"]
    assert domain.search(filter={"andAll": []}) == ["3", "2", "1"]
    assert domain.search(filter={"orAll": []}) == []


@pytest.mark.rule("search.delay")
def test_a_search_may_see_a_change_later(domain: DomainFixture, sim: Simulator) -> None:
    domain.case("At once")
    assert domain.search() == ["At once"]
    sim.delays = Delays(search_index=timedelta(seconds=30))
    case_id = domain.case("Later")
    assert domain.search() == ["At once"]
    assert domain.values(case_id, "title") == {"title": "Later"}
    sim.clock.advance(30)
    assert domain.search() == ["Later", "At once"]


@pytest.mark.rule("search.clock-back")
def test_a_search_goes_on_when_the_clock_is_set_back(domain: DomainFixture, sim: Simulator) -> None:
    sim.clock.advance(hours=1)
    case_id = domain.case("Later")
    sim.clock.set(START)
    assert domain.search() == ["Later"]
    domain.update(case_id, text("title", "Earlier"))
    assert domain.search(searchTerm="earlier") == ["Earlier"]
