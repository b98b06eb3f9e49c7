"""Searching cases: names, pages, sorting, and more fields than one query gives while the data changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from connectkit import (
    ConnectKit,
    F,
    Filter,
    InvalidRequestError,
    NotLoadedError,
    RequestError,
    UnknownNameError,
    any_of,
)
from connectkit.models import connectcases as cases
from connectkit.simulator import Quotas

from ...simulator.helpers import has_member, maximum, needs
from ...transport.standin import reply
from ...transport.support import Intercepted

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectkit.resources.cases.case import LoadedCase
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

# An older boto3 creates no tags and filters by none.
TAGGED = has_member("connectcases", "CreateCaseRequest", "tags") and has_member("connectcases", "CaseFilter", "tag")
COUNTED = has_member("connectcases", "SearchCasesResponse", "totalCount")
MOST_CASES = maximum("connectcases", "SearchCasesRequest", "maxResults")
MOST_FIELDS = maximum("connectcases", "SearchCasesRequest", "fields")


@pytest.fixture
def filled(domain: CasesDomain, calls: Calls) -> CasesDomain:
    """A domain with twelve cases: Priority high, normal, low in turn, and Amounts 0, 10, …, 110."""
    for number in range(12):
        domain.cases.create(
            template="Refund",
            fields={
                "title": f"Parcel {number:02}",
                "Priority": ("high", "normal", "low")[number % 3],
                "Amount": number * 10,
                "status": "closed" if number % 4 == 3 else "open",
            },
            tags={"team": "legal" if number % 2 else "returns"} if TAGGED else None,
        )
    calls()
    return domain


def fresh(domain: CasesDomain) -> CasesDomain:
    """The same domain for a kit that knows nothing of it yet."""
    return ConnectKit(region_name="us-east-1").domain(domain.id)


def titles(found: Any) -> list[str]:
    return [case["title"] for case in found]


# --- names, filters, sorting ------------------------------------------------------------------------------------------


def test_cases_are_found_by_names_and_have_the_values_asked_for(filled: CasesDomain) -> None:
    schema = filled.schema
    wanted = schema["Priority"].eq("High") & (schema.number("Amount") > 20)
    wanted &= ~F.tag("team").eq("legal") if TAGGED else schema.number("Amount").ne(30) & schema.number("Amount").ne(90)
    found = filled.cases.search(wanted, fields=["title", "Priority", "Amount"], sort="-Amount").all()
    assert [case.to_dict() for case in found] == [
        {"title": "Parcel 06", "Priority": "high", "Amount": 60.0},
    ]
    assert {wanted.matches(case, tags=case.tags) for case in found} == {True}
    assert dict(found[0].tags) == ({"team": "returns"} if TAGGED else {})


def test_a_cold_search_by_names_costs_three_calls_and_a_warm_one_one(filled: CasesDomain, calls: Calls) -> None:
    cold = fresh(filled)

    def search() -> list[object]:
        found = cold.cases.search(cold.schema["Priority"].eq("High"), fields=["Priority", "Amount"], sort="Due date")
        return [(case["Priority"], case["Amount"]) for case in found]

    assert len(search()) == 4
    assert calls() == ["ListFields", "ListFieldOptions", "SearchCases"]
    assert len(search()) == 4
    assert calls() == ["SearchCases"]


def test_a_search_that_names_system_fields_alone_costs_one_call(filled: CasesDomain, calls: Calls) -> None:
    found = fresh(filled).cases.search(F.status.eq("closed"), fields=[F.title, "last_closed_datetime"], sort="title")
    assert titles(found) == ["Parcel 03", "Parcel 07", "Parcel 11"]
    assert all(case[F.last_closed_datetime] is not None for case in found)
    assert calls() == ["SearchCases", "SearchCases"]


def test_with_230_fields_the_last_one_is_found_by_its_name(
    filled: CasesDomain, kit: ConnectKit, sim: Simulator, calls: Calls
) -> None:
    sim.quotas = Quotas(fields=300)
    for number in range(230 - len(filled.schema)):
        kit.send(cases.CreateFieldRequest(domain_id=filled.id, name=f"Field {number:03}", type="Text"))
    last = f"Field {number:03}"  # pyright: ignore[reportPossiblyUnboundVariable] - there are some
    cold = fresh(filled)
    filled.cases.list().all()[0].update({last: "here"})
    calls()
    found = cold.cases.search(cold.schema[last].eq("here"), fields=[last]).all()
    assert [case[last] for case in found] == ["here"]
    assert calls() == ["ListFields"] * 3 + ["SearchCases"]


def test_what_is_searched_for_is_as_with_any_filter(filled: CasesDomain) -> None:
    by_amount = filled.schema.number("Amount").between(10, 30)
    for same in (by_amount, by_amount.to_model(), Filter.from_wire(by_amount.to_wire())):
        assert titles(filled.cases.search(same, sort="Amount")) == ["Parcel 01", "Parcel 02", "Parcel 03"]
    many = any_of(F.title.eq(f"Parcel {number:02}") for number in range(123))
    assert len(filled.cases.search(many).all()) == 12
    assert titles(filled.cases.search(term="parcel 05")) == ["Parcel 05"]


@pytest.mark.parametrize("wrong", [{"field": {}}, "open", True])
def test_what_is_no_filter_is_refused_at_once(domain: CasesDomain, wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"filter is to be a Filter such as F\.status"):
        domain.cases.search(wrong)
    with pytest.raises(TypeError, match=r"filter is to be a Filter such as F\.status"):
        domain.cases.count(wrong)


def test_sorting_is_by_up_to_two_fields_each_its_own_way(filled: CasesDomain) -> None:
    schema = filled.schema
    amount = schema.number("Amount")
    by_hand = cases.Sort(field_id=amount.id, sort_order="Desc")
    for descending in ("-Amount", f"-{amount.id}", ["-Amount"], by_hand, ("-Amount", F.title)):
        assert titles(filled.cases.search(sort=descending))[0] == "Parcel 11"
    for ascending in ("Amount", amount, [schema["Amount"]]):
        assert titles(filled.cases.search(sort=ascending))[0] == "Parcel 00"
    typed = filled.schema.number("Amount")
    assert titles(filled.cases.search(sort=[filled.schema["status"], typed.desc()]))[0] == "Parcel 11"
    assert titles(filled.cases.search(sort=F.title.desc()))[:2] == ["Parcel 11", "Parcel 10"]
    assert repr(typed.desc()) == f"{typed!r}.desc()"
    both = titles(filled.cases.search(sort=["status", "-title"]))
    assert both[:3] == ["Parcel 11", "Parcel 07", "Parcel 03"]
    assert both[3:5] == ["Parcel 10", "Parcel 09"]
    with pytest.raises(RequestError, match="sorts"):
        filled.cases.search(sort=["status", "title", "Amount"]).all()
    with pytest.raises(UnknownNameError, match="did you mean 'Amount'"):
        filled.cases.search(sort="-Amuont").all()


def test_without_a_sort_the_last_changed_comes_first(filled: CasesDomain) -> None:
    assert titles(filled.cases.list(limit=2)) == ["Parcel 11", "Parcel 10"]


def test_what_is_given_unless_fields_are_named(filled: CasesDomain) -> None:
    found = filled.cases.search(limit=1).first()
    assert found is not None
    assert list(found) == ["reference_number", "title", "status"]
    without = filled.cases.search(fields=[], limit=1).first()
    assert without is not None
    assert (without.to_dict(), without.tags, without.template_id) == ({}, found.tags, found.template_id)
    with pytest.raises(NotLoadedError, match="only none"):
        without["title"]


def test_a_field_asked_for_twice_is_asked_for_once(filled: CasesDomain, sim: Simulator) -> None:
    reference = filled.schema["Amount"]
    found = filled.cases.search(fields=["Amount", reference.id, reference, F.number(reference.id)]).first()
    assert found is not None
    assert list(found) == ["Amount"]
    assert [len(call.params["fields"]) for call in sim.calls("SearchCases") if call.params] == [1]


def test_nothing_is_sent_before_the_result_is_used(domain: CasesDomain, calls: Calls) -> None:
    pager = domain.cases.search(F.status.eq("open"), fields=["no such field"], sort="nor this")
    domain.cases.list()
    domain.cases.for_contact("arn:aws:connect:us-east-1:1:instance/i/contact/c")
    assert calls() == []
    with pytest.raises(UnknownNameError):
        pager.first()
    with pytest.raises(TypeError, match="not the text 'title'"):
        domain.cases.search(fields="title").first()


# --- pages ------------------------------------------------------------------------------------------------------------


def test_pages_have_the_whole_answer_and_go_on_where_one_left_off(filled: CasesDomain, calls: Calls) -> None:
    pages = list(filled.cases.search(page_size=5, fields=["title", "Amount"]).pages())
    assert [len(page.items) for page in pages] == [5, 5, 2]
    assert {page.response.total_count for page in pages} == {12 if COUNTED else None}
    first = pages[0].response
    assert isinstance(first, cases.SearchCasesResponse)
    assert [case.case_id for case in first.cases] == [case.id for case in pages[0].items]
    assert first.metadata.request_id
    assert calls() == ["SearchCases"] * 3
    going_on = filled.cases.search(page_size=5, fields=["title", "Amount"], start_token=pages[0].next_token)
    assert titles(going_on) == titles(pages[1].items) + titles(pages[2].items)


def test_a_limit_asks_for_no_more_than_it_needs(filled: CasesDomain, sim: Simulator) -> None:
    assert len(filled.cases.search(limit=3).all()) == 3
    assert [call.params["maxResults"] for call in sim.calls("SearchCases") if call.params] == [3]
    assert filled.cases.search(limit=0).all() == []
    (page,) = filled.cases.search(limit=3).pages()
    assert titles(filled.cases.search(start_token=page.next_token, page_size=3))[0] == "Parcel 08"
    assert filled.cases.search().first() is not None
    assert cast("Any", sim.calls("SearchCases")[-1].params)["maxResults"] == MOST_CASES
    for wrong in (0, 101):
        with pytest.raises(RequestError, match=r"maxResults|max_results"):
            filled.cases.search(page_size=wrong).first()


def test_fetching_ahead_gives_the_same(filled: CasesDomain) -> None:
    ahead = filled.cases.search(page_size=2, prefetch=True, fields=["title", "Priority"])
    assert [case.to_dict() for case in ahead] == [
        case.to_dict() for case in filled.cases.search(page_size=2, fields=["title", "Priority"])
    ]


def test_counting_takes_one_call(filled: CasesDomain, calls: Calls) -> None:
    assert filled.cases.count() == 12
    assert filled.cases.count(F.status.eq("closed"), term="parcel") == 3
    assert len(calls()) == (2 if COUNTED else 4)


def test_where_the_service_says_no_total_the_cases_are_counted() -> None:
    intercepted = Intercepted()
    pages = [
        {"cases": [{"caseId": f"{page}-{number}"} for number in range(5)], "nextToken": token}
        for page, token in enumerate(["1", "2", None])
    ]
    intercepted.answer = lambda request: reply(pages[int(json.loads(request.body).get("nextToken", 0))])
    assert intercepted.kit.domain("d").cases.count(F.status.eq("open")) == 15


def test_a_case_is_found_by_its_reference_number(filled: CasesDomain, calls: Calls) -> None:
    case = filled.cases.list().all()[4]
    number = case[F.reference_number]
    assert number is not None
    calls()
    found = filled.cases.find(number, fields=["title"])
    assert found == case
    assert filled.cases.find("000000000") is None
    assert calls() == ["SearchCases", "SearchCases"]


def test_all_cases_of_a_contact_are_listed(domain: CasesDomain, sim: Simulator) -> None:
    contact = sim.add_contact()
    made = [domain.cases.create(template="Refund", fields={"title": "A"}, contact=contact) for _ in range(12)]
    assert set(domain.cases.for_contact(contact)) == set(made)
    assert len(domain.cases.for_contact(contact, page_size=4, limit=7).all()) == 7


# --- more fields than a search gives ----------------------------------------------------------------------------------


@pytest.fixture
def wide(domain: CasesDomain, kit: ConnectKit, sim: Simulator, calls: Calls) -> CasesDomain:
    """A domain with 60 fields "Field 00" … and nine cases, each with a value of its own in each."""
    sim.quotas = Quotas(fields=200)
    for number in range(60):
        kit.send(cases.CreateFieldRequest(domain_id=domain.id, name=f"Field {number:02}", type="Text"))
    for number in range(9):
        values = {"title": f"Case {number}"} | {name: f"{number}-{name}" for name in WIDE}
        domain.cases.create(template="Refund", fields=values)
    calls()
    return domain


WIDE = [f"Field {number:02}" for number in range(60)]
QUERIES = -(-61 // MOST_FIELDS)


def check_complete(found: list[LoadedCase]) -> None:
    for case in found:
        number = str(case["title"])[-1]
        assert case.to_dict() == {**{name: f"{number}-{name}" for name in WIDE}, "title": f"Case {number}"}


def between(kit: ConnectKit, number: int, act: Callable[[], object]) -> None:
    """Have ``act`` done right after the ``number``-th search of ``kit`` was answered."""
    seen = 0

    def after(**_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            act()

    cast("Any", kit.connectcases).meta.events.register("after-call.connectcases.SearchCases", after)


def test_more_fields_than_a_query_gives_are_put_together(wide: CasesDomain, calls: Calls) -> None:
    found = wide.cases.search(fields=[*WIDE, "title"], sort="title").all()
    assert titles(found) == [f"Case {number}" for number in range(9)]
    check_complete(found)
    assert calls() == ["SearchCases"] * QUERIES


def test_they_are_put_together_page_by_page(wide: CasesDomain, calls: Calls) -> None:
    pages = list(wide.cases.search(fields=[*WIDE, "title"], sort="title", page_size=4).pages())
    assert [len(page.items) for page in pages] == [4, 4, 1]
    check_complete([case for page in pages for case in page.items])
    assert calls() == ["SearchCases"] * QUERIES * 3
    assert pages[0].response.total_count == (9 if COUNTED else None)
    token = pages[0].next_token
    rest = wide.cases.search(fields=[*WIDE, "title"], sort="title", page_size=4, start_token=token).all()
    assert titles(rest) == [f"Case {number}" for number in range(4, 9)]
    check_complete(rest)
    ahead = wide.cases.search(fields=[*WIDE, "title"], sort="title", page_size=4, prefetch=True).all()
    check_complete(ahead)


def test_a_case_that_moves_between_the_queries_is_read_by_itself(
    wide: CasesDomain, kit: ConnectKit, calls: Calls
) -> None:
    writing = fresh(wide)
    (moving,) = wide.cases.search(F.title.eq("Case 3"))
    # It goes from the second page to the first, which is behind us, when the first query has seen it.
    between(kit, QUERIES + 1, lambda: writing.case(moving.id).update({"summary": "moved"}))
    calls()
    found = wide.cases.search(fields=[*WIDE, "title"], page_size=4).all()
    check_complete(found)
    assert titles(found) == [f"Case {number}" for number in range(8, -1, -1)]
    assert calls().count("GetCase") == 1


@pytest.mark.parametrize("when", range(1, 3 * QUERIES + 1))
def test_nothing_is_silently_missing_whenever_the_data_changes(wide: CasesDomain, kit: ConnectKit, when: int) -> None:
    writing = fresh(wide)

    def change() -> None:
        for case in writing.cases.search(sort="last_updated_datetime", limit=4).all():
            case.update({"summary": "moved"})
        template = writing.cases.list(fields=[]).first()
        assert template is not None
        values = {"title": "Case 9"} | {name: f"9-{name}" for name in WIDE}
        writing.cases.create(template=template.template_id, fields=values)

    between(kit, when, change)
    check_complete(wide.cases.search(fields=[*WIDE, "title"], page_size=4).all())


@needs("connectcases", "DeleteCase")
def test_what_was_deleted_between_the_queries_says_so(wide: CasesDomain, kit: ConnectKit) -> None:
    doomed = wide.cases.search(sort="title").first()
    assert doomed is not None
    writing = fresh(wide)
    between(kit, 1, lambda: writing.case(doomed.id).delete())
    found = wide.cases.search(fields=[*WIDE, "title"], sort="title").all()
    assert [case.id == doomed.id for case in found] == [True] + [False] * 8
    gone, others = found[0], found[1:]
    assert gone[WIDE[0]] == "0-Field 00"
    with pytest.raises(NotLoadedError, match="field 'title' isn't known: the case was deleted while it was being read"):
        gone["title"]
    check_complete(others)


@pytest.mark.parametrize(
    "token",
    [
        "opaque",
        "[]",
        "[null]",
        '{"a": 1}',
        "[1, 2, 3]",
        "[null, null, null]",
        "[null, null, null, null, null, null]",
        pytest.param("[" * 9_000, id="deep"),
    ],
)
def test_a_token_of_another_kind_of_search_is_refused(wide: CasesDomain, token: str) -> None:
    with pytest.raises(ValueError, match="start_token isn't one of a search for as many fields as this one"):
        wide.cases.search(fields=WIDE, start_token=token).first()
    with pytest.raises(InvalidRequestError):
        wide.cases.search(start_token=token).first()
