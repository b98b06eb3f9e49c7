"""Operations on many cases at once: each case for itself, unless the request as a whole is no good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Delays, Quotas

from ..helpers import PROFILE_ARN, USER_ARN, empty, needs, number, refused, text
from .support import (
    comment,
    compare,
    custom,
    decide,
    event_types,
    history,
    items,
    make_rule,
    on,
    send_events,
    start_merge,
)

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

pytestmark = needs("connectcases", "BatchUpdateCase")

NOTE = {"comment": {"body": "x", "contentType": "Text/Plain"}}


def by_id(*case_ids: str) -> list[dict[str, Any]]:
    """Name cases by their ids."""
    return [{"caseIdentifier": {"caseId": case_id}} for case_id in case_ids]


def reference(domain: DomainFixture, case_id: str) -> str:
    """Give a case's reference number."""
    return str(domain.values(case_id, "reference_number")["reference_number"])


def by_reference(domain: DomainFixture, case_id: str) -> dict[str, Any]:
    """Name a case by its reference id."""
    return {"caseIdentifier": {"referenceId": reference(domain, case_id)}}


def field(value: dict[str, Any], name: str | None = None) -> dict[str, Any]:
    """Name a field by its id, or by its name, with the value to write."""
    return {"fieldIdentifier": {"id": value["id"]} if name is None else {"name": name}, "value": value["value"]}


def update(domain: DomainFixture, named: list[dict[str, Any]], *fields: dict[str, Any], **members: Any) -> Any:
    """Write values to several cases, and give the answer."""
    return domain.client.batch_update_case(domainId=domain.id, cases=named, fields=list(fields), **members)


def note(domain: DomainFixture, named: list[dict[str, Any]], **members: Any) -> Any:
    """Put a comment on several cases, and give the answer."""
    members.setdefault("content", NOTE)
    return domain.client.batch_create_related_item(domainId=domain.id, cases=named, **members)


def done(answer: Any) -> list[str]:
    """Give the ids of the cases that were changed."""
    return [entry["caseIdentifier"]["caseId"] for entry in answer.get("successfulCases", answer.get("successfulItems"))]


def codes(answer: Any) -> dict[str, str]:
    """Give the error codes by the cases that failed."""
    failed = answer.get("failedCases", answer.get("failedItems"))
    return {entry["caseIdentifier"]["caseId"]: entry["errorCode"] for entry in failed}


# ---- each case for itself ------------------------------------------------------------------------------------------


@pytest.mark.rule("batch.partial")
def test_values_are_written_to_every_case(domain: DomainFixture, sim: Simulator) -> None:
    size = domain.field("Size", "Number")
    made = [domain.case() for _ in range(3)]
    send_events(domain)
    answer = update(
        domain,
        by_id(*made),
        field(number(size, 3)),
        field(empty("summary")),
        title="New",
        status="closed",
        customerId=PROFILE_ARN,
        performedBy={"userArn": USER_ARN},
    )
    assert (done(answer), codes(answer)) == (made, {})
    for case_id in made:
        read = domain.values(case_id, size, "title", "status", "customer_id", "last_updated_user")
        assert list(read.values()) == [3, "New", "closed", PROFILE_ARN, USER_ARN]
        assert [entry["type"] for entry in history(domain, case_id)] == ["Case.Updated", "Case.Created"]
    assert event_types(sim) == ["CASE.UPDATED"] * 3


@pytest.mark.rule("batch.partial", "batch.codes")
def test_cases_that_fail_are_named_with_a_code_and_stay_as_they_were(domain: DomainFixture, sim: Simulator) -> None:
    sim.delays = Delays(merge=timedelta(minutes=1))
    rule = make_rule(domain, required=decide(compare("title", "New")))
    strict = domain.case(templateId=domain.template("Strict", rules=[on(rule, "summary")]))
    merging, good = domain.case(), domain.case()
    start_merge(domain, domain.case(), merging)
    send_events(domain)
    events = len(sim.events)
    answer = update(domain, by_id("nowhere", strict, merging, good), title="New")
    assert done(answer) == [good]
    assert codes(answer) == {"nowhere": "CASE_NOT_FOUND", strict: "VALIDATION_ERROR", merging: "CONFLICT"}
    assert all(entry["errorMessage"] for entry in answer["failedCases"])
    for case_id, title in ((strict, "A case"), (merging, "A case"), (good, "New")):
        assert domain.values(case_id, "title") == {"title": title}
    assert len(history(domain, strict)) == 1
    assert len(sim.events) == events + 1


@pytest.mark.rule("batch.codes")
def test_cases_fail_with_any_code_that_a_test_arranges(domain: DomainFixture, sim: Simulator) -> None:
    first, second = domain.case(), domain.case()
    sim.fail_items("BatchUpdateCase", "THROTTLED", items=[first], times=1)
    sim.fail_items("BatchCreateRelatedItem", "ACCESS_DENIED", items=[second])
    answer = update(domain, by_id(first, second), title="New")
    assert (done(answer), codes(answer)) == ([second], {first: "THROTTLED"})
    assert domain.values(first, "title") == {"title": "A case"}
    assert done(update(domain, by_id(first, second), title="New")) == [first, second]
    answer = note(domain, by_id(first, second))
    assert (done(answer), codes(answer)) == ([first], {second: "ACCESS_DENIED"})
    assert items(domain, second) == []


@pytest.mark.rule("batch.partial", "batch.codes")
def test_comments_are_put_on_every_case_that_takes_one(domain: DomainFixture, sim: Simulator) -> None:
    full, good, merging = domain.case(), domain.case(), domain.case()
    sim.delays = Delays(merge=timedelta(minutes=1))
    start_merge(domain, domain.case(), merging)
    sim.quotas = Quotas(related_items=1)
    comment(domain, full)
    answer = note(domain, by_id(full, "nowhere", good, merging), performedBy={"userArn": USER_ARN})
    assert done(answer) == [good]
    assert codes(answer) == {full: "SERVICE_QUOTA_EXCEEDED", "nowhere": "CASE_NOT_FOUND", merging: "CONFLICT"}
    (made,) = answer["successfulItems"]
    (read,) = items(domain, good)
    assert (read["relatedItemId"], read["content"], read["performedBy"]) == (
        made["relatedItemId"],
        NOTE,
        {"userArn": USER_ARN},
    )
    assert made["relatedItemArn"].endswith(f"/case/{good}/related-item/{made['relatedItemId']}")
    assert (len(items(domain, full)), items(domain, merging)) == (1, [])


@pytest.mark.rule("batch.codes")
def test_a_value_that_a_case_can_not_have_is_its_own_error(domain: DomainFixture) -> None:
    gone = domain.field("Gone")
    having, without = domain.case("A case", text(gone, "x")), domain.case()
    domain.client.delete_field(domainId=domain.id, fieldId=gone)
    answer = update(domain, by_id(having, without), field(text(gone, "y")))
    assert (done(answer), codes(answer)) == ([having], {without: "VALIDATION_ERROR"})
    answer = update(domain, by_id(having), field(number("summary", 1)))
    assert codes(answer) == {having: "VALIDATION_ERROR"}


@pytest.mark.rule("batch.size")
def test_a_batch_has_a_hundred_cases_at_most(domain: DomainFixture) -> None:
    made = [domain.case() for _ in range(100)]
    assert done(update(domain, by_id(*made), title="New")) == made
    assert done(note(domain, by_id(*made))) == made
    with refused("ValidationException", "at most 100 elements"):
        update(domain, by_id(*made, "nowhere"), title="New")
    with refused("ValidationException", "at most 100 elements"):
        note(domain, by_id(*made, "nowhere"))


# ---- naming cases --------------------------------------------------------------------------------------------------


@pytest.mark.rule("batch.reference", "batch.reference-number", "batch.identifiers")
def test_a_case_can_be_named_by_its_reference_id_in_any_case(domain: DomainFixture) -> None:
    first, second = domain.case(), domain.case()
    lower = {"caseIdentifier": {"referenceId": reference(domain, second).lower()}}
    answer = update(domain, [by_reference(domain, first), lower], title="New")
    assert [entry["caseIdentifier"] for entry in answer["successfulCases"]] == [
        {"caseId": case_id, "referenceId": reference(domain, case_id)} for case_id in (first, second)
    ]


@pytest.mark.rule("batch.reference", "batch.reference-number")
def test_an_unknown_reference_id_fails_the_whole_batch(domain: DomainFixture) -> None:
    case_id = domain.case()
    named = [*by_id(case_id), {"caseIdentifier": {"referenceId": "NOWHERE"}}]
    with refused("ResourceNotFoundException", "Case NOWHERE"):
        update(domain, named, title="New")
    with refused("ResourceNotFoundException", "Case NOWHERE"):
        note(domain, named)
    assert (domain.values(case_id, "title"), items(domain, case_id)) == ({"title": "A case"}, [])


@pytest.mark.rule("batch.duplicates")
def test_a_case_that_is_there_twice_fails_the_whole_batch(domain: DomainFixture) -> None:
    case_id = domain.case()
    twice = [
        by_id(case_id, case_id),
        [*by_id(case_id), by_reference(domain, case_id)],
        [by_reference(domain, case_id)] * 2,
        by_id(case_id, "nowhere", "nowhere"),
    ]
    for named in twice:
        with refused("ValidationException", "more than once"):
            update(domain, named, title="New")
        with refused("ValidationException", "more than once"):
            note(domain, named)
    assert (domain.values(case_id, "title"), items(domain, case_id)) == ({"title": "A case"}, [])


@pytest.mark.rule("batch.domain")
def test_a_domain_that_does_not_exist_fails_the_whole_batch(cases: Any) -> None:
    with refused("ResourceNotFoundException", "Domain nowhere"):
        cases.batch_update_case(domainId="nowhere", cases=by_id("x"), fields=[], title="New")
    with refused("ResourceNotFoundException", "Domain nowhere"):
        cases.batch_create_related_item(domainId="nowhere", cases=by_id("x"), content=NOTE)


# ---- naming fields -------------------------------------------------------------------------------------------------


@pytest.mark.rule("batch.field")
def test_a_field_can_be_named_by_its_name(domain: DomainFixture) -> None:
    size, case_id = domain.field("Size", "Number"), domain.case()
    value = number(size, 3)
    update(domain, by_id(case_id), field(value, "Size"), field(text("summary", "x"), "Summary"))
    assert domain.values(case_id, size, "summary") == {size: 3, "summary": "x"}
    for name, problem in (("size", "'size'"), ("a|b", "no pipe"), ("a,b", "no comma")):
        with refused("ValidationException", problem):
            update(domain, by_id(case_id), field(value, name))
    with refused("ValidationException", "nowhere"):
        update(domain, by_id(case_id), field(text("nowhere", "x")))
    domain.client.delete_field(domainId=domain.id, fieldId=size)
    with refused("ValidationException", "'Size'"):
        update(domain, by_id(case_id), field(value, "Size"))


@pytest.mark.rule("batch.field-once")
def test_a_field_that_is_named_twice_fails_the_whole_batch(domain: DomainFixture) -> None:
    size, case_id = domain.field("Size", "Number"), domain.case()
    with refused("ValidationException", "more than once"):
        update(domain, by_id(case_id), field(number(size, 1)), field(number(size, 2), "Size"))


@pytest.mark.rule("batch.on-top")
@pytest.mark.parametrize(("field_id", "name"), [("title", "Title"), ("status", "Status"), ("customer_id", "Customer")])
def test_title_status_and_customer_are_not_among_the_fields(domain: DomainFixture, field_id: str, name: str) -> None:
    case_id = domain.case()
    for named in (field(text(field_id, "open")), field(text(field_id, "open"), name)):
        with refused("ValidationException", f"{field_id} is set by"):
            update(domain, by_id(case_id), named)


@pytest.mark.rule("batch.nothing")
def test_there_is_something_to_update(domain: DomainFixture) -> None:
    with refused("ValidationException", "Nothing to update"):
        update(domain, by_id(domain.case()))


@pytest.mark.rule("batch.comment")
def test_only_comments_are_put_on_several_cases(domain: DomainFixture) -> None:
    size, case_id = domain.field("Size", "Number"), domain.case()
    content = {"custom": {"fields": [number(size, 1)]}}
    with refused("ValidationException", "only a comment"):
        note(domain, by_id(case_id), content=content)
    custom(domain, case_id, number(size, 1))


# ---- once more -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("batch.replay")
def test_a_token_gives_the_first_answer_again(domain: DomainFixture) -> None:
    case_id = domain.case()
    first = update(domain, by_id(case_id, "nowhere"), title="New", clientToken="t1")
    domain.update(case_id, text("title", "Newer"))
    again = update(domain, by_id(case_id, "nowhere"), title="New", clientToken="t1")
    assert (done(again), codes(again)) == (done(first), codes(first)) == ([case_id], {"nowhere": "CASE_NOT_FOUND"})
    assert domain.values(case_id, "title") == {"title": "Newer"}
    with refused("ConflictException", "clientToken"):
        update(domain, by_id(case_id), title="New", clientToken="t1")
    made = note(domain, by_id(case_id), clientToken="t1")
    assert note(domain, by_id(case_id), clientToken="t1")["successfulItems"] == made["successfulItems"]
    assert len(items(domain, case_id)) == 1
    with refused("ConflictException", "clientToken"):
        note(domain, by_id(domain.case()), clientToken="t1")
