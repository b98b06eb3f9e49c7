"""SearchCases: filters, keywords, order, pages and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from ..helpers import empty, maximum, needs_member, number, refused, text

if TYPE_CHECKING:
    from ..helpers import DomainFixture


# 100 in a current botocore.
LARGEST_PAGE = maximum("connectcases", "SearchCasesRequest", "maxResults")


def field(comparison: str, operand: dict[str, Any]) -> dict[str, Any]:
    """Give a filter on one field."""
    return {"field": {comparison: operand}}


def asc(field_id: str) -> dict[str, str]:
    """Give an ascending sort."""
    return {"fieldId": field_id, "sortOrder": "Asc"}


def desc(field_id: str) -> dict[str, str]:
    """Give a descending sort."""
    return {"fieldId": field_id, "sortOrder": "Desc"}


# ---- filters -------------------------------------------------------------------------------------------------------


def test_equal_to_is_exact(domain: DomainFixture) -> None:
    domain.case("Parcel")
    domain.case("Parcel lost")
    assert domain.search(filter=field("equalTo", text("title", "Parcel"))) == ["Parcel"]
    assert domain.search(filter=field("equalTo", text("title", "parcel"))) == []


def test_equal_to_an_empty_value_means_unset(domain: DomainFixture) -> None:
    domain.case("without")
    domain.case("with", text("summary", ""))
    assert domain.search(filter=field("equalTo", empty("summary"))) == ["without"]


def test_contains_works_in_any_case_on_text_and_urls(domain: DomainFixture) -> None:
    link = domain.field("Link", "Url")
    domain.case("Parcel LOST", text(link, "https://example.com/Track"))
    domain.case("Parcel found")
    assert domain.search(filter=field("contains", text("title", "lost"))) == ["Parcel LOST"]
    assert domain.search(filter=field("contains", text(link, "TRACK"))) == ["Parcel LOST"]


def test_numbers_are_compared_as_numbers(domain: DomainFixture) -> None:
    size = domain.field("Size", "Number")
    for value in (2, 10, 9):
        domain.case(str(value), number(size, value))
    domain.case("none")

    def found(comparison: str) -> set[str]:
        return set(domain.search(filter=field(comparison, number(size, 9))))

    assert found("equalTo") == {"9"}
    assert found("greaterThan") == {"10"}
    assert found("greaterThanOrEqualTo") == {"9", "10"}
    assert found("lessThan") == {"2"}
    assert found("lessThanOrEqualTo") == {"2", "9"}


def test_moments_are_compared_as_moments_whatever_their_offset(domain: DomainFixture) -> None:
    due = domain.field("Due", "DateTime")
    domain.case("noon", text(due, "2030-01-01T12:00:00Z"))
    domain.case("later", text(due, "2030-01-01T12:00:01Z"))
    noon_elsewhere = text(due, "2030-01-01T13:00:00+01:00")
    assert domain.search(filter=field("equalTo", noon_elsewhere)) == ["noon"]
    assert domain.search(filter=field("greaterThan", noon_elsewhere)) == ["later"]


def test_the_fields_that_the_service_writes_can_be_compared(domain: DomainFixture) -> None:
    domain.case("A case")
    assert domain.search(filter=field("lessThan", text("created_datetime", "2030-01-01T12:00:00Z"))) == []
    assert domain.search(filter=field("greaterThan", text("created_datetime", "2030-01-01T12:00:00Z"))) == ["A case"]


def test_booleans_and_choices_are_compared(domain: DomainFixture) -> None:
    urgent, kind = domain.field("Urgent", "Boolean"), domain.select("Kind", "a", "b")
    domain.case("yes", {"id": urgent, "value": {"booleanValue": True}}, text(kind, "a"))
    domain.case("no", {"id": urgent, "value": {"booleanValue": False}}, text(kind, "b"))
    no = {"id": urgent, "value": {"booleanValue": False}}
    assert domain.search(filter=field("equalTo", no)) == ["no"]
    assert domain.search(filter=field("equalTo", text(kind, "a"))) == ["yes"]


@pytest.mark.parametrize("comparison", ["greaterThan", "greaterThanOrEqualTo", "lessThan", "lessThanOrEqualTo"])
def test_texts_and_choices_have_no_order(domain: DomainFixture, comparison: str) -> None:
    for operand in (text("title", "a"), text("status", "open")):
        with refused("ValidationException", comparison):
            domain.search(filter=field(comparison, operand))


def test_contains_is_for_texts_and_nothing_compares_with_empty_but_equal_to(domain: DomainFixture) -> None:
    size = domain.field("Size", "Number")
    with refused("ValidationException", "contains"):
        domain.search(filter=field("contains", number(size, 1)))
    for comparison in ("contains", "greaterThan"):
        with refused("ValidationException", "emptyValue"):
            domain.search(filter=field(comparison, empty("title")))


@pytest.mark.parametrize("operand", [text("nowhere", "x"), number("title", 1), text("created_datetime", "yesterday")])
def test_an_operand_must_fit_a_field_that_exists(domain: DomainFixture, operand: dict[str, Any]) -> None:
    with refused("ValidationException", "filter.not.field.equalTo"):
        domain.search(filter={"not": field("equalTo", operand)})


@needs_member("connectcases", "CaseFilter", "orAll")
def test_filters_nest(domain: DomainFixture) -> None:
    for title in ("a", "b", "c", "d"):
        domain.case(title)

    def titled(title: str) -> dict[str, Any]:
        return field("equalTo", text("title", title))

    nested = {"andAll": [{"not": titled("a")}, {"orAll": [titled("a"), titled("b"), {"not": {"not": titled("c")}}]}]}
    assert set(domain.search(filter=nested)) == {"b", "c"}


@needs_member("connectcases", "CaseFilter", "orAll")
def test_no_terms_are_all_true_and_none_true(domain: DomainFixture) -> None:
    domain.case("A case")
    assert domain.search(filter={"andAll": []}) == ["A case"]
    assert domain.search(filter={"orAll": []}) == []


def test_ten_terms_are_the_most(domain: DomainFixture) -> None:
    term = field("equalTo", text("title", "a"))
    assert domain.search(filter={"andAll": [term] * 10}) == []
    with refused("ValidationException", "at most 10"):
        domain.search(filter={"andAll": [term] * 11})


@needs_member("connectcases", "CaseFilter", "tag")
def test_a_tag_is_compared_by_key_and_value(domain: DomainFixture) -> None:
    domain.case("legal", tags={"team": "legal"})
    domain.case("other", tags={"team": "sales"})
    domain.case("none")
    wanted: dict[str, Any] = {"tag": {"equalTo": {"key": "team", "value": "legal"}}}
    assert domain.search(filter=wanted) == ["legal"]
    assert set(domain.search(filter={"not": wanted})) == {"other", "none"}
    with refused("ValidationException", "key and a value"):
        domain.search(filter={"tag": {"equalTo": {"key": "team"}}})


# ---- keywords ------------------------------------------------------------------------------------------------------


def test_keywords_are_found_in_any_field_in_any_case_and_all_of_them(domain: DomainFixture) -> None:
    note = domain.field("Note")
    domain.case("Parcel lost", text(note, "Called the CARRIER"))
    domain.case("Parcel found")
    assert set(domain.search(searchTerm="parcel")) == {"Parcel lost", "Parcel found"}
    assert domain.search(searchTerm="carrier PARCEL") == ["Parcel lost"]
    assert domain.search(searchTerm="carrier, found") == []
    assert len(domain.search(searchTerm=" ")) == 2


def test_keywords_follow_an_update(domain: DomainFixture) -> None:
    case_id = domain.case("Parcel lost")
    assert domain.search(searchTerm="lost")
    domain.update(case_id, text("title", "Parcel found"))
    assert domain.search(searchTerm="lost") == []
    assert domain.search(searchTerm="found") == ["Parcel found"]


def test_a_case_is_found_by_its_reference_number(domain: DomainFixture) -> None:
    case_id = domain.case("Parcel lost")
    domain.case("Another")
    assert domain.search(searchTerm=domain.values(case_id, "reference_number")["reference_number"]) == ["Parcel lost"]


def test_keywords_and_a_filter_must_both_hold(domain: DomainFixture) -> None:
    domain.case("Parcel lost")
    domain.case("Parcel found")
    assert domain.search(searchTerm="parcel", filter=field("contains", text("title", "f"))) == ["Parcel found"]


# ---- order ---------------------------------------------------------------------------------------------------------


def test_what_was_updated_last_comes_first(domain: DomainFixture) -> None:
    first = domain.case("first")
    domain.case("second")
    assert domain.search() == ["second", "first"]
    domain.update(first, text("summary", "touched"))
    assert domain.search() == ["first", "second"]


def test_sorts_apply_one_after_the_other_and_a_missing_value_comes_last(domain: DomainFixture) -> None:
    size = domain.field("Size", "Number")
    domain.case("b", number(size, 1))
    domain.case("a", number(size, 1))
    domain.case("c", number(size, 2))
    domain.case("d")
    assert domain.search(sorts=[asc(size), asc("title")]) == ["a", "b", "c", "d"]
    assert domain.search(sorts=[desc(size), desc("title")]) == ["c", "b", "a", "d"]


def test_a_sort_must_name_a_field_that_exists_and_there_are_two_at_most(domain: DomainFixture) -> None:
    with refused("ValidationException", "nowhere"):
        domain.search(sorts=[asc("nowhere")])
    with refused("ValidationException", "at most 2"):
        domain.search(sorts=[asc("title")] * 3)


# ---- what is shown, and pages --------------------------------------------------------------------------------------


def test_only_the_fields_asked_for_are_shown_in_that_order(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case("A case")
    shown = [{"id": "status"}, {"id": "summary"}, {"id": "title"}]
    (found,) = cases.search_cases(domainId=domain.id, fields=shown)["cases"]
    assert found["caseId"] == case_id
    assert found["templateId"] == domain.template_id
    assert [entry["id"] for entry in found["fields"]] == ["status", "title"]
    (bare,) = cases.search_cases(domainId=domain.id)["cases"]
    assert bare["fields"] == []
    with refused("ValidationException", "nowhere"):
        domain.search(fields=[{"id": "nowhere"}])


def test_a_page_has_twenty_five_cases_unless_told_and_counts_them_all(cases: Any, domain: DomainFixture) -> None:
    for index in range(30):
        domain.case(str(index))
    first = cases.search_cases(domainId=domain.id)
    assert len(first["cases"]) == 25
    assert len(cases.search_cases(domainId=domain.id, maxResults=LARGEST_PAGE)["cases"]) == min(30, LARGEST_PAGE)
    second = cases.search_cases(domainId=domain.id, nextToken=first["nextToken"])
    assert len({found["caseId"] for found in first["cases"] + second["cases"]}) == 30
    if "totalCount" in first:
        assert first["totalCount"] == second["totalCount"] == 30


def test_closing_what_is_found_while_paging_skips_nothing(cases: Any, domain: DomainFixture) -> None:
    for index in range(7):
        domain.case(str(index))
    still_open = field("equalTo", text("status", "open"))
    request: dict[str, Any] = {"domainId": domain.id, "maxResults": 2, "filter": still_open}
    closed = 0
    while True:
        page = cases.search_cases(**request)
        for found in page["cases"]:
            domain.update(found["caseId"], text("status", "closed"))
            closed += 1
        if "nextToken" not in page:
            break
        request["nextToken"] = page["nextToken"]
    assert closed == 7


def test_pages_follow_what_is_written_between_them(cases: Any, domain: DomainFixture) -> None:
    # Enough cases for a few writes not to have them all sorted again.
    ids = [domain.case(f"{index:03}") for index in range(120)]
    request: dict[str, Any] = {"domainId": domain.id, "sorts": [asc("title")], "maxResults": 20}
    seen: list[str] = []
    new = ""
    while True:
        page = cases.search_cases(**request)
        seen += [found["caseId"] for found in page["cases"]]
        if "nextToken" not in page:
            break
        request["nextToken"] = page["nextToken"]
        if not new:
            # From behind to the front, where it is not seen any more; from the front to the end, where it is seen
            # again; and a new one.
            domain.update(ids[110], text("title", "!"))
            domain.update(ids[3], text("title", "~"))
            new = domain.case("119 and a half")
    assert seen == [*ids[:110], *ids[111:], new, ids[3]]


def test_a_token_belongs_to_its_search(cases: Any, domain: DomainFixture) -> None:
    domain.case("a")
    domain.case("b")
    token = cases.search_cases(domainId=domain.id, maxResults=1)["nextToken"]
    with refused("ValidationException", "nextToken"):
        domain.search(nextToken=token, searchTerm="a")
    with refused("ValidationException", "nextToken"):
        domain.search(nextToken=token, sorts=[asc("title")])


def test_a_token_stays_short_when_the_sorted_text_is_long(cases: Any, domain: DomainFixture) -> None:
    note = domain.field("Note")
    for title in ("a", "b"):
        domain.case(title * 1500, text(note, "\N{GRINNING FACE}" * 1500))
    answer = cases.search_cases(domainId=domain.id, maxResults=1, sorts=[desc("title"), desc(note)])
    assert len(answer["nextToken"]) <= 9000
    rest = cases.search_cases(
        domainId=domain.id, maxResults=1, sorts=[desc("title"), desc(note)], nextToken=answer["nextToken"]
    )
    assert rest["cases"][0]["caseId"] != answer["cases"][0]["caseId"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("aAbB"), st.one_of(st.none(), st.integers(-2, 2))), min_size=1, max_size=12
    ),
    size=st.integers(1, 5),
    orders=st.tuples(st.sampled_from(["Asc", "Desc"]), st.sampled_from(["Asc", "Desc"])),
)
def test_pages_of_any_size_are_the_whole_result_in_its_order(
    cases: Any, rows: list[tuple[str, int | None]], size: int, orders: tuple[str, str]
) -> None:
    domain_id = cases.create_domain(name="Pages")["domainId"]
    try:
        template_id = cases.create_template(domainId=domain_id, name="General")["templateId"]
        rank = cases.create_field(domainId=domain_id, name="Rank", type="Number")["fieldId"]
        for title, value in rows:
            values = [text("title", title)] + ([] if value is None else [number(rank, value)])
            cases.create_case(domainId=domain_id, templateId=template_id, fields=values)
        request: dict[str, Any] = {
            "domainId": domain_id,
            "sorts": [
                {"fieldId": rank, "sortOrder": orders[0]},
                {"fieldId": "title", "sortOrder": orders[1]},
            ],
        }
        whole = [found["caseId"] for found in cases.search_cases(**request, maxResults=LARGEST_PAGE)["cases"]]
        seen: list[str] = []
        while True:
            page = cases.search_cases(**request, maxResults=size)
            seen += [found["caseId"] for found in page["cases"]]
            if "nextToken" not in page:
                break
            request["nextToken"] = page["nextToken"]
        assert seen == whole
        assert len(whole) == len(rows)
    finally:
        cases.delete_domain(domainId=domain_id)
