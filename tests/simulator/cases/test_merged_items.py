"""What becomes of related items when their case is merged into another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas

from ..helpers import USER_ARN, needs, number, refused, text
from .support import (
    CONTACT_ARN,
    FILE_ARN,
    changes,
    comment,
    contact,
    custom,
    history,
    items,
    link,
    merge,
    relate,
    sla,
    start_merge,
)

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

pytestmark = needs("connectcases", "StartMergeCases")

EVERYTHING = {"comment": True, "connectCase": True, "contact": True, "custom": True}


def kinds(domain: DomainFixture, case_id: str) -> list[str]:
    """Give the types of a case's items, the oldest first."""
    return [item["type"] for item in items(domain, case_id)[::-1]]


def fill(domain: DomainFixture, case_id: str) -> None:
    """Put an item of each type on a case."""
    comment(domain, case_id)
    contact(domain, case_id)
    relate(domain, case_id, "File", {"file": {"fileArn": FILE_ARN}})
    sla(domain, case_id)
    link(domain, case_id, domain.case("Third"))
    custom(domain, case_id, number(domain.field("Size", "Number"), 1))


@pytest.mark.rule("merge.items", "merge.items-never")
def test_items_of_the_selected_types_move_save_files_and_slas(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    fill(domain, secondary)
    merge(sim, domain, primary, secondary, relatedItemsConfiguration=EVERYTHING)
    assert kinds(domain, primary) == ["Comment", "Contact", "ConnectCase", "Custom", "ConnectCase"]
    assert kinds(domain, secondary) == ["File", "Sla", "ConnectCase"]
    # Closing is what that SLA waited for.
    (left,) = items(domain, secondary, {"sla": {}})
    assert left["content"]["sla"]["slaConfiguration"]["status"] == "Met"


@pytest.mark.rule("merge.items")
@pytest.mark.parametrize("configuration", [None, {}, {"comment": False}, {"contact": True}])
def test_items_of_other_types_stay(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator, configuration: dict[str, bool] | None
) -> None:
    comment(domain, secondary)
    members = {} if configuration is None else {"relatedItemsConfiguration": configuration}
    merge(sim, domain, primary, secondary, **members)
    assert kinds(domain, primary) == ["ConnectCase"]
    assert kinds(domain, secondary) == ["Comment", "ConnectCase"]


@pytest.mark.rule("merge.items", "merge.items-arn")
def test_a_moved_item_stays_what_it_was(
    cases: Any, domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    item = comment(domain, secondary, performedBy={"userArn": USER_ARN})
    base = f"{cases.get_domain(domainId=domain.id)['domainArn']}/case"
    before_arn, after_arn = (f"{base}/{case_id}/related-item/{item}" for case_id in (secondary, primary))
    cases.tag_resource(arn=before_arn, tags={"team": "legal"})
    (before,) = items(domain, secondary)
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"comment": True})
    (after,) = items(domain, primary, {"comment": {}})
    assert after == before
    assert cases.list_tags_for_resource(arn=after_arn)["tags"] == {"team": "legal"}
    with refused("ResourceNotFoundException"):
        cases.list_tags_for_resource(arn=before_arn)
    note = {"comment": {"body": "New", "contentType": "Text/Plain"}}
    answer = cases.update_related_item(domainId=domain.id, caseId=primary, relatedItemId=item, content=note)
    assert answer["relatedItemArn"] == after_arn
    cases.delete_related_item(domainId=domain.id, caseId=primary, relatedItemId=item)


@pytest.mark.rule("merge.same-link")
def test_of_two_links_to_the_same_case_that_of_the_primary_case_stays(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    third = domain.case("Third")
    kept = link(domain, primary, third)
    link(domain, secondary, third)
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"connectCase": True})
    (found,) = items(domain, primary, {"connectCase": {"caseId": third}})
    assert found["relatedItemId"] == kept
    assert items(domain, secondary, {"connectCase": {"caseId": third}}) == []


@pytest.mark.rule("merge.same-contact")
def test_of_the_same_contact_that_of_the_primary_case_stays_with_the_tags_of_both(
    cases: Any, domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    base = f"{cases.get_domain(domainId=domain.id)['domainArn']}/case"
    kept = contact(domain, primary)
    cases.tag_resource(arn=f"{base}/{primary}/related-item/{kept}", tags={"both": "ours", "ours": "1"})
    gone = contact(domain, secondary)
    cases.tag_resource(arn=f"{base}/{secondary}/related-item/{gone}", tags={"both": "theirs", "theirs": "2"})
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"contact": True})
    (found,) = items(domain, primary, {"contact": {}})
    assert (found["relatedItemId"], found["tags"]) == (kept, {"both": "ours", "ours": "1", "theirs": "2"})
    assert items(domain, secondary, {"contact": {}}) == []
    listed = cases.list_cases_for_contact(domainId=domain.id, contactArn=CONTACT_ARN)["cases"]
    assert [case["caseId"] for case in listed] == [primary]


@pytest.mark.rule("merge.history")
def test_what_moves_is_in_both_histories(domain: DomainFixture, primary: str, secondary: str, sim: Simulator) -> None:
    comment(domain, secondary, "Called")
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"comment": True})
    ours, theirs = (
        [entry for entry in history(domain, case_id) if entry.get("relatedItemType") == "Comment"]
        for case_id in (primary, secondary)
    )
    assert [(entry["type"], changes(entry)) for entry in ours] == [
        ("RelatedItem.Created", {"comment.body": (None, "Called")})
    ]
    assert [(entry["type"], changes(entry)) for entry in theirs] == [
        ("RelatedItem.Deleted", {"comment.body": ("Called", {})}),
        ("RelatedItem.Created", {"comment.body": (None, "Called")}),
    ]
    assert ours[0]["mergeMetadata"] == theirs[0]["mergeMetadata"]
    assert "mergeMetadata" not in theirs[1]


@pytest.mark.rule("merge.quota")
def test_a_merge_leaves_no_more_items_than_the_quota(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    for case_id in (primary, secondary, secondary):
        comment(domain, case_id)
    sim.quotas = Quotas(related_items=3)
    with refused("ServiceQuotaExceededException", f"{primary} would have 4"):
        start_merge(domain, primary, secondary, relatedItemsConfiguration={"comment": True})
    comment(domain, secondary)
    with refused("ServiceQuotaExceededException", f"{secondary} would have 4"):
        start_merge(domain, primary, secondary)
    sim.quotas = Quotas(related_items=4)
    merge(sim, domain, primary, secondary)
    assert (len(items(domain, primary)), len(items(domain, secondary))) == (2, 4)


@pytest.mark.rule("merge.quota")
def test_what_is_removed_or_linked_already_does_not_count(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    for case_id in (primary, secondary):
        contact(domain, case_id)
    comment(domain, secondary)
    link(domain, primary, secondary)
    sim.quotas = Quotas(related_items=2)
    merge(sim, domain, primary, secondary, relatedItemsConfiguration={"contact": True})
    assert (len(items(domain, primary)), len(items(domain, secondary))) == (2, 2)


@pytest.mark.rule("merge.quota-late")
def test_a_case_that_fills_up_meanwhile_stops_nothing(
    cases: Any, domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    comment(domain, secondary)
    sim.quotas = Quotas(related_items=2)
    start_merge(domain, primary, secondary, relatedItemsConfiguration={"comment": True})
    for _ in range(2):
        comment(domain, primary)
    sim.clock.advance(1)
    assert cases.get_merge_cases_status(domainId=domain.id, caseId=secondary)["status"] == "COMPLETED"
    assert len(items(domain, primary)) == 4
    with refused("ServiceQuotaExceededException"):
        comment(domain, primary)
    domain.update(primary, text("title", "New"))
