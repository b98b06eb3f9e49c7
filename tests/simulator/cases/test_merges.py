"""Merging a case into another one: what is refused, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Delays

from ..helpers import PROFILE_ARN, USER_ARN, needs, refused, text
from .support import (
    changes,
    close,
    event_types,
    history,
    items,
    link,
    merge,
    send_events,
    start_merge,
)

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

pytestmark = needs("connectcases", "StartMergeCases")


def status(domain: DomainFixture, case_id: str) -> dict[str, Any]:
    """Give what is said about a merge of a case."""
    answer = dict(domain.client.get_merge_cases_status(domainId=domain.id, caseId=case_id))
    del answer["ResponseMetadata"]
    return answer


# ---- its course ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("merge.status", "merge.closes")
def test_a_merge_runs_then_closes_the_secondary_case(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    bystander = domain.case()
    start_merge(domain, primary, secondary)
    both = {"primaryCaseId": primary, "secondaryCaseIds": [secondary]}
    for case_id in (primary, secondary):
        assert status(domain, case_id) == {"status": "IN_PROGRESS", **both}
    assert domain.values(secondary, "status") == {"status": "open"}
    sim.clock.advance(1)
    assert status(domain, secondary) == {"status": "COMPLETED", **both}
    for case_id in (primary, bystander):
        with refused("ResourceNotFoundException", case_id):
            status(domain, case_id)
    assert domain.values(primary, "status", "title") == {"status": "open", "title": "Primary"}
    read = domain.values(secondary, "status", "title", "last_closed_datetime")
    assert (read["status"], read["title"]) == ("closed", "Secondary")
    assert read["last_closed_datetime"].startswith("2030-01-01T12:00:00")


@pytest.mark.rule("merge.delay")
def test_a_merge_takes_as_long_as_a_test_says(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    sim.delays = Delays(merge=timedelta(minutes=5))
    start_merge(domain, primary, secondary)
    sim.clock.advance(minutes=4)
    assert status(domain, secondary)["status"] == "IN_PROGRESS"
    sim.clock.advance(minutes=1)
    assert status(domain, secondary)["status"] == "COMPLETED"


@pytest.mark.rule("merge.delay")
def test_whoever_polls_sees_a_merge_run_and_end(domain: DomainFixture, primary: str, secondary: str) -> None:
    start_merge(domain, primary, secondary)
    seen = [status(domain, secondary)["status"] for _ in range(8)]
    assert set(seen) == {"IN_PROGRESS", "COMPLETED"}
    assert seen == sorted(seen, reverse=True)


@pytest.mark.rule("merge.closes")
def test_the_cases_may_have_different_templates(
    cases: Any, domain: DomainFixture, primary: str, sim: Simulator
) -> None:
    note = domain.field("Note")
    other = domain.case("Other", text(note, "x"), templateId=domain.template("Refund", required=(note,)))
    merge(sim, domain, primary, other)
    read = cases.get_case(domainId=domain.id, caseId=primary, fields=[{"id": note}])
    assert (read["templateId"], read["fields"]) == (domain.template_id, [text(note, "x")])


@pytest.mark.rule("merge.linked", "merge.linked-once")
def test_afterwards_the_cases_are_linked(domain: DomainFixture, primary: str, secondary: str, sim: Simulator) -> None:
    before = link(domain, secondary, primary)
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"connectCase": True})
    (at_primary,), (at_secondary,) = items(domain, primary), items(domain, secondary)
    assert at_primary["content"] == {"connectCase": {"caseId": secondary}}
    assert at_secondary["content"] == {"connectCase": {"caseId": primary}}
    assert at_secondary["relatedItemId"] == before


# ---- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.rule("merge.same", "merge.one")
def test_one_other_case_is_merged(cases: Any, domain: DomainFixture, primary: str, secondary: str) -> None:
    with refused("ValidationException", "into itself"):
        start_merge(domain, primary, primary)
    here = {"domainId": domain.id, "caseId": primary}
    with refused("ValidationException", "at most 1 element"):
        cases.start_merge_cases(**here, secondaryCaseIds=[secondary, domain.case()])
    for first, second in (("nowhere", secondary), (primary, "nowhere")):
        with refused("ResourceNotFoundException", "Case nowhere"):
            start_merge(domain, first, second)


@pytest.mark.rule("merge.domain")
def test_a_case_of_another_domain_is_not_found(cases: Any, domain: DomainFixture, primary: str) -> None:
    other = {"domainId": cases.create_domain(name="Other")["domainId"]}
    other["templateId"] = cases.create_template(**other, name="General")["templateId"]
    stranger = cases.create_case(**other, fields=[text("title", "A case")])["caseId"]
    with refused("ResourceNotFoundException", f"Case {stranger}"):
        start_merge(domain, primary, stranger)


@pytest.mark.rule("merge.open")
def test_neither_case_is_closed(domain: DomainFixture, primary: str, secondary: str) -> None:
    close(domain, secondary)
    for first, second in ((primary, secondary), (secondary, primary)):
        with refused("ValidationException", f"{secondary} is closed"):
            start_merge(domain, first, second)
    domain.update(secondary, text("status", "open"))
    start_merge(domain, primary, secondary)


@pytest.mark.rule("merge.customers")
def test_the_customer_is_the_same_or_one_has_none(domain: DomainFixture, primary: str, secondary: str) -> None:
    domain.update(primary, text("customer_id", PROFILE_ARN))
    domain.update(secondary, text("customer_id", PROFILE_ARN + "2"))
    with refused("ValidationException", "different customers"):
        start_merge(domain, primary, secondary)
    domain.update(secondary, text("customer_id", PROFILE_ARN))
    start_merge(domain, primary, secondary)
    start_merge(domain, domain.case(), domain.case("Known", text("customer_id", PROFILE_ARN)))


@pytest.mark.rule("merge.customers")
def test_a_customer_is_not_merged(domain: DomainFixture, primary: str, sim: Simulator) -> None:
    merge(sim, domain, primary, domain.case("Known", text("customer_id", PROFILE_ARN)))
    assert domain.values(primary, "customer_id") == {}


@pytest.mark.rule("merge.conflict")
def test_a_case_takes_part_in_one_merge_at_a_time(domain: DomainFixture, primary: str, secondary: str) -> None:
    other = domain.case()
    start_merge(domain, primary, secondary)
    for first, second in ((primary, other), (other, primary), (secondary, other), (other, secondary)):
        with refused("ConflictException", "a running merge"):
            start_merge(domain, first, second)


@pytest.mark.rule("merge.conflict", "merge.conflict-first")
def test_a_case_is_merged_once(domain: DomainFixture, primary: str, secondary: str, sim: Simulator) -> None:
    merge(sim, domain, primary, secondary)
    other = domain.case()
    for first, second in ((other, secondary), (secondary, other)):
        with refused("ConflictException", f"{secondary} was merged into another case before"):
            start_merge(domain, first, second)
    domain.update(secondary, text("status", "open"))
    with refused("ConflictException", "before"):
        start_merge(domain, secondary, other)
    # The primary case may be merged again, into another one too.
    merge(sim, domain, primary, other)
    merge(sim, domain, domain.case(), primary)
    assert status(domain, primary)["status"] == "COMPLETED"


# ---- meanwhile and afterwards --------------------------------------------------------------------------------------


@pytest.mark.rule("merge.locked", "merge.primary-free")
def test_meanwhile_the_secondary_case_is_locked(
    cases: Any, domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    sim.delays = Delays(merge=timedelta(minutes=1))
    note = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    case = {"domainId": domain.id, "caseId": secondary}
    item = cases.create_related_item(**case, type="Comment", content=note)["relatedItemId"]
    ours = {"domainId": domain.id, "caseId": primary}
    own = cases.create_related_item(**ours, type="Comment", content=note)["relatedItemId"]
    start_merge(domain, primary, secondary)
    for refused_call in (
        lambda: domain.update(secondary, text("title", "New")),
        lambda: domain.update(secondary),
        lambda: cases.create_related_item(**case, type="Comment", content=note),
        lambda: cases.update_related_item(**case, relatedItemId=item, content=note),
        lambda: cases.delete_related_item(**case, relatedItemId=item),
        lambda: cases.delete_case(**case),
        lambda: cases.delete_case(**ours),
    ):
        with refused("ConflictException", "merge"):
            refused_call()
    cases.update_related_item(**ours, relatedItemId=own, content=note)
    cases.delete_related_item(**ours, relatedItemId=own)
    cases.create_related_item(**ours, type="Comment", content=note)


@pytest.mark.rule("merge.afterwards")
def test_afterwards_the_secondary_case_can_be_opened_changed_and_deleted(
    cases: Any, domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    merge(sim, domain, primary, secondary)
    domain.update(secondary, text("status", "open"), text("title", "New"))
    assert status(domain, secondary)["status"] == "COMPLETED"
    cases.delete_case(domainId=domain.id, caseId=primary)
    assert status(domain, secondary)["primaryCaseId"] == primary
    cases.delete_case(domainId=domain.id, caseId=secondary)
    with refused("ResourceNotFoundException", "Case"):
        status(domain, secondary)


# ---- history and events --------------------------------------------------------------------------------------------


@pytest.mark.rule("merge.history")
def test_both_cases_have_it_in_their_history(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    note = domain.field("Note")
    domain.update(secondary, text(note, "x"))
    merge(sim, domain, primary, secondary, performedBy={"userArn": USER_ARN})
    newest, merged, *_ = history(domain, primary)
    assert (newest["type"], newest["relatedItemType"]) == ("RelatedItem.Created", "ConnectCase")
    assert (merged["type"], changes(merged)) == ("Case.Merged", {note: (None, "x")})
    metadata = merged["mergeMetadata"]
    assert (metadata["primaryCaseId"], metadata["secondaryCaseId"]) == (primary, secondary)
    theirs = [entry for entry in history(domain, secondary) if "mergeMetadata" in entry]
    assert [entry["type"] for entry in theirs] == ["RelatedItem.Created", "Case.Merged"]
    closing = changes(theirs[1])
    assert closing["status"] == ("open", "closed")
    assert closing.keys() == {"status", "last_closed_datetime"}
    for entry in (newest, merged, *theirs):
        assert entry["mergeMetadata"] == metadata
        assert entry["performedBy"]["user"] == {"userArn": USER_ARN}


@pytest.mark.rule("event.merged")
def test_events_tell_of_both_cases_and_of_what_is_new_to_them(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    domain.client.create_related_item(
        domainId=domain.id,
        caseId=secondary,
        type="Comment",
        content={"comment": {"body": "x", "contentType": "Text/Plain"}},
    )
    send_events(domain, relatedItemData={"includeContent": True})
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"comment": True})
    assert event_types(sim) == []
    # What time brings comes with the next request.
    status(domain, secondary)
    told = [(event["detail"]["eventType"], _about(event["detail"])) for event in sim.events]
    assert told == [
        ("CASE.UPDATED", primary),
        ("CASE.UPDATED", secondary),
        ("RELATED_ITEM.CREATED", primary),
        ("RELATED_ITEM.CREATED", primary),
        ("RELATED_ITEM.CREATED", secondary),
    ]


def _about(detail: dict[str, Any]) -> str:
    return str((detail.get("case") or detail["relatedItem"])["caseId"])
