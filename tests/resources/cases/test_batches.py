"""Writing the same to many cases: what becomes of each, whatever fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit import BatchError, F, IncompleteError, RequestError, ServiceError, TransportError
from connectkit.models import connectcases as cases
from connectkit.resources.cases.batches import UpdateManyResult
from connectkit.simulator import Quotas

from ...simulator.helpers import has_operation, needs
from ...transport.standin import reply
from ...transport.support import Intercepted

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.cases.case import Case
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
available = needs("connectcases", "BatchUpdateCase")


@pytest.fixture
def many(domain: CasesDomain, calls: Calls) -> list[Case]:
    """250 cases, the oldest first."""
    domain.schema.load()
    made: list[Case] = [
        domain.cases.create(template="Refund", fields={"title": f"Parcel {number:03}"}) for number in range(250)
    ]
    calls()
    return made


def fates(result: UpdateManyResult) -> dict[str, int]:
    """How many cases had each fate."""
    counted: dict[str, int] = {}
    for outcome in result:
        counted[outcome.fate] = counted.get(outcome.fate, 0) + 1
    return counted


@available
def test_250_cases_are_written_in_three_calls_and_the_outcomes_come_in_order(
    domain: CasesDomain, many: list[Case], calls: Calls
) -> None:
    result = domain.cases.update_many(many, {"Priority": "High", "status": "closed", "title": "Done", "Amount": 3})
    assert calls() == ["ListFieldOptions", *["BatchUpdateCase"] * 3]
    assert [outcome.case for outcome in result] == result.succeeded == many
    assert (result.failed, len(result), fates(result)) == ([], 250, {"updated": 250})
    result.raise_for_failures()
    closed = F.status.eq("closed") & F.title.eq("Done") & domain.schema["Priority"].eq("High")
    assert domain.cases.count(closed) == 250
    loaded = many[249].refresh(fields=["status", "Priority", "title", "Amount"])
    assert loaded.to_dict() == {"status": "closed", "Priority": "high", "title": "Done", "Amount": 3.0}


@available
def test_what_a_search_gives_is_read_to_its_end_before_anything_changes(
    domain: CasesDomain, many: list[Case], calls: Calls
) -> None:
    still_open = F.status.eq("open")
    result = domain.cases.update_many(domain.cases.search(still_open, page_size=20, fields=[]), {"status": "closed"})
    assert fates(result) == {"updated": 250}
    assert set(result.succeeded) == set(many)
    assert calls() == ["SearchCases"] * 13 + ["BatchUpdateCase"] * 3
    assert domain.cases.count(still_open) == 0


@available
def test_cases_fail_one_by_one_and_the_others_are_written(domain: CasesDomain, many: list[Case]) -> None:
    many[7].delete()
    result = domain.cases.update_many([case.id for case in many[:10]] + [NOBODY], {"title": "Done"})
    assert fates(result) == {"updated": 9, "failed": 2}
    assert [outcome.case.id for outcome in result.failed] == [many[7].id, NOBODY]
    assert result.outcomes[7].error_code == "CASE_NOT_FOUND"
    assert many[7].id in str(result.outcomes[7].error_message)
    with pytest.raises(
        BatchError, match=rf"9 of 11 cases are updated \(2 failed\):\n  case {many[7].id}: failed: CASE_NOT"
    ) as raised:
        result.raise_for_failures()
    assert raised.value.result is result
    assert isinstance(raised.value, IncompleteError)


@available
def test_a_case_given_twice_is_written_once(domain: CasesDomain, many: list[Case], sim: Simulator) -> None:
    loaded = many[1].refresh(fields=["title"])
    result = domain.cases.update_many([many[0], many[1].id, many[0].id, loaded], {"title": "Done"})
    assert [outcome.case for outcome in result] == many[:2]
    (call,) = sim.calls("BatchUpdateCase")
    assert call.params is not None
    assert len(call.params["cases"]) == 2


@available
def test_no_cases_make_no_call(domain: CasesDomain, calls: Calls) -> None:
    result = domain.cases.update_many([], {"title": "Done"})
    assert (len(result), result.succeeded, result.failed) == (0, [], [])
    result.raise_for_failures()
    assert calls() == []


@available
def test_a_later_call_that_is_refused_keeps_what_the_earlier_ones_gave(
    domain: CasesDomain, many: list[Case], sim: Simulator
) -> None:
    many[3].delete()
    sim.fail("BatchUpdateCase", "AccessDeniedException", after=1)
    with pytest.raises(BatchError) as raised:
        domain.cases.update_many(many, {"status": "closed"})
    result = raised.value.result
    assert isinstance(result, UpdateManyResult)
    assert [outcome.case for outcome in result] == many
    assert fates(result) == {"updated": 99, "failed": 101, "not tried": 50}
    assert {outcome.fate for outcome in result.outcomes[200:]} == {"not tried"}
    assert result.outcomes[150].error_code == "AccessDeniedException"
    assert isinstance(raised.value.__cause__, ServiceError)
    assert "part of the way, 99 of 250 cases are updated (101 failed, 50 not tried): " in str(raised.value)
    assert domain.cases.count(F.status.eq("closed")) == 99
    assert result.left == many[200:]
    assert not result.ok
    going_on = domain.cases.update_many(result.left, {"title": "x"})
    assert fates(going_on) == {"updated": 50}
    assert going_on.ok


@available
@pytest.mark.parametrize("first", [0, 1])
def test_a_call_whose_answer_is_lost_leaves_it_open_what_became_of_its_cases(
    domain: CasesDomain, many: list[Case], sim: Simulator, first: int
) -> None:
    sim.break_connection("BatchUpdateCase", carried_out=True, after=first, times=10)
    with pytest.raises(BatchError) as raised:
        domain.cases.update_many(many, {"status": "closed"})
    counted = {"updated": 100 * first, "unknown": 100, "not tried": 150 - 100 * first}
    assert isinstance(raised.value.result, UpdateManyResult)
    assert fates(raised.value.result) == {fate: count for fate, count in counted.items() if count}
    assert isinstance(raised.value.__cause__, TransportError)


@available
def test_a_lost_answer_is_asked_for_again_and_nothing_is_done_twice(
    domain: CasesDomain, many: list[Case], sim: Simulator
) -> None:
    sim.break_connection("BatchUpdateCase", carried_out=True)
    assert fates(domain.cases.update_many(many[:5], {"title": "Done"})) == {"updated": 5}


@available
def test_a_first_call_that_is_refused_is_an_error_as_any_other(
    domain: CasesDomain, many: list[Case], sim: Simulator
) -> None:
    sim.fail("BatchUpdateCase", "AccessDeniedException")
    with pytest.raises(ServiceError, match="AccessDeniedException"):
        domain.cases.update_many(many, {"status": "closed"})


def test_what_cannot_be_written_is_said_before_anything_is(
    domain: CasesDomain, many: list[Case], kit: ConnectKit, calls: Calls
) -> None:
    elsewhere = kit.domain(NOBODY).case(many[1].id)
    wrong: list[tuple[Any, dict[str, Any], str]] = [
        (many, {}, "fields: is empty: there is nothing to write"),
        (
            many,
            {"customer_id": None, "title": None},
            r"(?s)customer_id'\]: can't be cleared.*title'\]: can't be cleared",
        ),
        (many, {"Amuont": 3}, "did you mean 'Amount'"),
        (
            [many[0], elsewhere],
            {"title": "x"},
            rf"cases\[1\]: case {many[1].id} is of domain {NOBODY}, and this is domain {domain.id}",
        ),
    ]
    for given, fields, said in wrong:
        with pytest.raises(RequestError, match=said):
            domain.cases.update_many(given, fields)
    loaded = many[0].refresh(fields=["title"])
    for single in (many[0], loaded, many[0].id):
        with pytest.raises(TypeError, match="a list of cases or of their ids, not one of them"):
            domain.cases.update_many(single, {"title": "x"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - what is tested
    with pytest.raises(TypeError, match=r"cases\[1\] is to be a case or the id of one, not int"):
        domain.cases.update_many([many[0], 3], {"title": "x"})  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - what is tested
    assert "BatchUpdateCase" not in calls()


@available
def test_what_would_be_refused_in_a_later_call_is_refused_before_the_first(
    domain: CasesDomain, many: list[Case], calls: Calls
) -> None:
    with pytest.raises(RequestError, match=r"caseId|case_id"):
        domain.cases.update_many([*many[:150], "x" * 600], {"title": "Done"})
    assert calls() == []


@available
def test_more_values_than_a_call_takes_are_written_part_by_part(
    domain: CasesDomain, many: list[Case], kit: ConnectKit, sim: Simulator, calls: Calls
) -> None:
    sim.quotas = Quotas(fields=300)
    names = [f"Field {number:03}" for number in range(230)]
    for name in names:
        kit.send(cases.CreateFieldRequest(domain_id=domain.id, name=name, type="Text"))
    domain.schema.refresh()
    many[1].delete()
    calls()
    values = {"title": "Done"} | {name: name for name in names}
    result = domain.cases.update_many(many[:3], values)
    assert calls() == ["BatchUpdateCase"] * 2
    assert [outcome.fate for outcome in result] == ["updated", "failed", "updated"]
    assert many[2].refresh(fields=list(values)).to_dict() == values

    sim.fail("BatchUpdateCase", "AccessDeniedException", after=1)
    with pytest.raises(BatchError, match="1 failed, 2 incomplete") as raised:
        domain.cases.update_many(many[:3], values)
    assert isinstance(raised.value.result, UpdateManyResult)
    assert [outcome.fate for outcome in raised.value.result] == ["incomplete", "failed", "incomplete"]


FORGETFUL: list[dict[str, Any]] = [
    {},
    {"successfulCases": None, "failedCases": None},
    {"successfulCases": [{}], "failedCases": [{"caseIdentifier": None}]},
    {"successfulCases": [{"caseIdentifier": {"caseId": "another"}}], "failedCases": []},
]


@available
@pytest.mark.parametrize("answer", FORGETFUL)
def test_an_answer_that_forgets_a_case_leaves_it_unknown(answer: dict[str, Any]) -> None:
    intercepted = Intercepted()
    intercepted.answer = lambda _: reply(answer)
    result = intercepted.kit.domain(NOBODY).cases.update_many(["a", "b"], {"title": "Done"})
    assert fates(result) == {"unknown": 2}
    assert result.failed[0].error_message == "the service's answer doesn't say what became of this case"


# Only a boto3 from before the operation can lack it: `make test-floor` runs this.
@pytest.mark.skipif(has_operation("connectcases", "BatchUpdateCase"), reason="this botocore has the operation")
def test_a_boto3_without_the_operation_is_told_so(domain: CasesDomain) -> None:
    with pytest.raises(RequestError, match="BatchUpdateCase"):
        domain.cases.update_many([NOBODY], {"title": "Done"})
