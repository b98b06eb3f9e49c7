"""The related items of all cases of a domain: searching them, and one comment for many cases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit import AccessDeniedError, BatchError, RequestError, RetryPolicy, ThrottlingError, TransportError
from connectkit._caller import Caller
from connectkit.client import ConnectKit
from connectkit.models import connectcases as cases
from connectkit.resources.related_items.batches import CommentManyResult
from connectkit.resources.related_items.content import Comment, ContactLink, CustomItem
from connectkit.simulator import Delays

from ...simulator.helpers import needs
from ..related import answer_with, make_case, make_cases

if TYPE_CHECKING:
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

pytestmark = [needs("connectcases", "SearchAllRelatedItems"), needs("connectcases", "BatchCreateRelatedItem")]

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_items_of_all_cases_are_found_with_the_case_that_each_belongs_to(
    kit: ConnectKit, domain: CasesDomain, sim: Simulator, calls: Calls
) -> None:
    both = make_cases(kit, domain, 2)
    contact = sim.add_contact()
    for number, case in enumerate(both):
        case.comments.add(f"Comment {number}")
        case.link_contact(contact)
        case.add_custom({"Amount": number})
    calls()
    linked = domain.related_items.search(ContactLink.where(contact_arn=contact)).all()
    assert [item.case for item in linked] == [both[1], both[0]]
    assert calls() == ["SearchAllRelatedItems"]
    (found,) = domain.related_items.search(CustomItem.where(domain.schema["Amount"].eq(1)))
    assert (found.case_id, found.content) == (both[1].id, CustomItem({"Amount": 1.0}))
    assert len(domain.related_items.search().all()) == 6
    assert domain.related_items.search(Comment).first() == both[1].comments.list().first()


def test_items_come_in_the_order_asked_for(kit: ConnectKit, domain: CasesDomain) -> None:
    three = make_cases(kit, domain, 3)
    for text in ("first", "second"):
        for case in three:
            case.comments.add(text)

    def order(*sort: Any) -> list[tuple[str, str]]:
        items = domain.related_items.search(Comment, sort=sort)
        return [(item.case_id, item.content.body) for item in items]

    ids = sorted(case.id for case in three)
    assert order("case_id", "association_time") == [(id_, text) for id_ in ids for text in ("first", "second")]
    assert order("-case_id", "-association_time") == order("case_id", "association_time")[::-1]
    oldest = domain.related_items.search(Comment, sort="association_time").first()
    assert oldest is not None
    assert (oldest.case, oldest.content.body) == (three[0], "first")
    with pytest.raises(ValueError, match="can be sorted by association_time and case_id, with a minus or not"):
        order("title")


def test_pages_are_as_long_as_asked_for_and_all_of_them_are_read(
    kit: ConnectKit, domain: CasesDomain, calls: Calls
) -> None:
    case = make_case(kit, domain)
    for number in range(60):
        case.comments.add(f"Comment {number}")
    calls()
    assert len(domain.related_items.search().all()) == 60
    assert calls() == ["SearchAllRelatedItems"] * 3
    assert [len(page.items) for page in domain.related_items.search(page_size=20, limit=50).pages()] == [20, 20, 10]
    first = next(domain.related_items.search(page_size=20).pages())
    assert len(domain.related_items.search(start_token=first.next_token, prefetch=True).all()) == 40


# ---- one comment for many cases ------------------------------------------------------------------------------------


def test_250_cases_get_a_comment_in_three_calls_and_each_has_its_result_in_order(
    kit: ConnectKit, domain: CasesDomain, sim: Simulator, calls: Calls
) -> None:
    there = make_cases(kit, domain, 245)
    sim.delays = Delays(merge=timedelta(hours=1))
    busy, into = there[17], make_case(kit, domain, "Primary")
    kit.send(cases.StartMergeCasesRequest(domain_id=domain.id, case_id=into.id, secondary_case_ids=[busy.id]))
    gone = [f"{NOBODY[:-3]}{number:03}" for number in range(5)]
    ids = [case.id for case in there]
    given: list[str] = [*ids[:99], gone[0], gone[1], *ids[99:200], gone[2], *ids[200:], *gone[3:]]
    calls()
    result = domain.related_items.comment_many(
        (domain.case(id_) if number % 2 else id_ for number, id_ in enumerate(given)),
        "The depot is closed today",
        performed_by="depot",
    )
    assert calls() == ["BatchCreateRelatedItem"] * 3
    assert [outcome.case.id for outcome in result] == given
    failed = {outcome.case.id: outcome.error_code for outcome in result.failed}
    assert failed == {**dict.fromkeys(gone, "CASE_NOT_FOUND"), busy.id: "CONFLICT"}
    assert len(result) == 250
    assert len(result.succeeded) == 244
    assert result.left == []
    for comment in (result.succeeded[0], result.succeeded[150], result.succeeded[-1]):
        (read,) = comment.case.comments.list()
        assert read == comment
        assert read.content.body == "The depot is closed today"
        assert read.performed_by.custom_entity == "depot"
        assert dict(read.tags) == comment.tags.list() == {}
    with pytest.raises(BatchError, match=r"^244 of 250 cases have the comment \(6 failed\):\n") as refused:
        result.raise_for_failures()
    assert refused.value.result is result
    assert f"case {gone[0]}: failed: CASE_NOT_FOUND: " in str(refused.value)


def test_a_call_that_fails_later_keeps_what_came_of_the_earlier_ones(
    kit: ConnectKit, domain: CasesDomain, sim: Simulator
) -> None:
    there = make_cases(kit, domain, 250)
    sim.fail("BatchCreateRelatedItem", "AccessDeniedException", after=1)
    with pytest.raises(
        BatchError, match=r"^BatchCreate.* part of the way, 100 of 250 .* \(100 failed, 50 not tried\): "
    ) as failed:
        domain.related_items.comment_many(there, "Closed today")
    assert isinstance(failed.value.__cause__, AccessDeniedError)
    result = failed.value.result
    assert isinstance(result, CommentManyResult)
    assert [outcome.case for outcome in result] == there
    assert [outcome.fate for outcome in result] == ["added"] * 100 + ["failed"] * 100 + ["not tried"] * 50
    assert {outcome.error_code for outcome in result.outcomes[100:200]} == {"AccessDeniedException"}
    assert result.left == there[200:]
    assert not result.ok
    assert there[0].comments.list().first() == result.outcomes[0].comment
    assert there[249].comments.list().all() == []
    domain.related_items.comment_many(result.left, "Closed today").raise_for_failures()
    assert len(there[249].comments.list().all()) == 1


@pytest.mark.parametrize("never_sent", [True, False])
def test_a_call_without_an_answer_may_have_reached_the_service_unless_it_was_never_sent(
    domain: CasesDomain, monkeypatch: pytest.MonkeyPatch, *, never_sent: bool
) -> None:
    ids = [f"{NOBODY[:-3]}{number:03}" for number in range(210)]
    send = Caller.send
    sent: list[object] = []

    def broken(caller: Any, request: Any) -> Any:
        sent.append(request)
        if len(sent) == 2:
            raise TransportError(operation="BatchCreateRelatedItem", reason="cut", attempts=1, never_sent=never_sent)
        return send(caller, request)

    monkeypatch.setattr(Caller, "send", broken)
    with pytest.raises(BatchError) as failed:
        domain.related_items.comment_many(ids, "Closed today")
    result = failed.value.result
    assert isinstance(result, CommentManyResult)
    assert len(sent) == 2
    fates = [outcome.fate for outcome in result]
    assert fates == ["failed"] * 100 + ["failed" if never_sent else "unknown"] * 100 + ["not tried"] * 10
    assert result.outcomes[150].error_code == "TransportError"


def test_a_first_call_that_fails_is_that_error_itself(domain: CasesDomain, sim: Simulator) -> None:
    impatient = ConnectKit(region_name="us-east-1", retry=RetryPolicy(max_attempts=1))
    sim.fail("BatchCreateRelatedItem", "ThrottlingException", times=None)
    with pytest.raises(ThrottlingError):
        impatient.domain(domain.id).related_items.comment_many([NOBODY], "Closed today")


@pytest.mark.parametrize("last", ["ThrottlingException", "AccessDeniedException"])
def test_a_first_call_that_may_have_been_carried_out_is_called_unknown(
    kit: ConnectKit, domain: CasesDomain, sim: Simulator, last: str
) -> None:
    (case,) = make_cases(kit, domain, 1)
    # The first attempt adds the comment and its answer is lost; all that follow are refused.
    sim.break_connection("BatchCreateRelatedItem", carried_out=True)
    sim.fail("BatchCreateRelatedItem", last, times=None, after=1)
    with pytest.raises(BatchError) as failed:
        domain.related_items.comment_many([case], "Closed today")
    assert isinstance(failed.value.result, CommentManyResult)
    assert [(outcome.fate, outcome.error_code) for outcome in failed.value.result] == [("unknown", last)]
    assert len(case.comments.list().all()) == 1


def test_a_case_that_is_given_twice_gets_one_comment(kit: ConnectKit, domain: CasesDomain, calls: Calls) -> None:
    there = make_cases(kit, domain, 101)
    result = domain.related_items.comment_many([*there, there[0].id], "Once")
    assert [outcome.case for outcome in result] == there
    assert len(there[0].comments.list().all()) == 1
    calls()
    assert len(domain.related_items.comment_many([], "Nobody")) == 0
    assert calls() == []


def test_asked_twice_with_one_token_each_case_has_one_comment(
    kit: ConnectKit, domain: CasesDomain, sim: Simulator
) -> None:
    many = make_cases(kit, domain, 130)
    broken = sim.break_connection("BatchCreateRelatedItem", carried_out=True, times=None, after=1)
    with pytest.raises(BatchError):
        domain.related_items.comment_many(many, "Sorry for the delay", client_token="delay-of-monday")
    broken.cancel()
    again = domain.related_items.comment_many(many, "Sorry for the delay", client_token="delay-of-monday")
    assert [outcome.fate for outcome in again] == ["added"] * 130
    assert [len(case.comments.list().all()) for case in (many[0], many[99], many[100], many[129])] == [1, 1, 1, 1]
    with pytest.raises(RequestError, match="client_token"):
        domain.related_items.comment_many(many, "Sorry", client_token="x" * 63)


def test_slips_are_refused_before_any_case_has_the_comment(kit: ConnectKit, domain: CasesDomain, calls: Calls) -> None:
    ids = [f"{NOBODY[:-3]}{number:03}" for number in range(150)]
    with pytest.raises(RequestError, match=r"cases\[50\]\.case_identifier\.case_id: has 0 char"):
        domain.related_items.comment_many([*ids, ""], "One id is empty")
    with pytest.raises(RequestError, match="body"):
        domain.related_items.comment_many(ids, "")
    with pytest.raises(TypeError, match="cases is to be a list of cases or of their ids, not one of them"):
        domain.related_items.comment_many(NOBODY, "One")
    with pytest.raises(RequestError, match=rf"cases\[1\]: case .* and this is domain {domain.id}"):
        domain.related_items.comment_many([ids[0], kit.domain(NOBODY).case(NOBODY)], "Elsewhere")
    assert calls() == []


def test_a_case_that_the_answer_leaves_out_is_not_taken_for_one_that_has_the_comment(
    domain: CasesDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = cases.BatchCreateRelatedItemResponse.from_wire({"successfulItems": [], "failedItems": None})
    answer_with(monkeypatch, answer)
    result = domain.related_items.comment_many([NOBODY], "Closed today")
    assert [outcome.fate for outcome in result] == ["unknown"]
    with pytest.raises(BatchError, match="the service's answer doesn't say what became of this case"):
        result.raise_for_failures()
