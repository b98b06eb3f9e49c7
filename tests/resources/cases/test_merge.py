"""Merging cases: started, followed over the simulator's clock, and given up on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from connectkit import ConflictError, InvalidRequestError, NotFoundError, RequestError, WaitError, WaitTimeoutError
from connectkit.models import connectcases as cases
from connectkit.resources.cases.merge import MergeState
from connectkit.resources.related_items.content import CaseLink, Comment, ContactLink
from connectkit.simulator import Delays

from ...simulator.helpers import needs
from ..related import answer_with, field_id, make_case, sent

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.cases.case import Case
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

pytestmark = needs("connectcases", "StartMergeCases")

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def both(kit: ConnectKit, domain: CasesDomain) -> tuple[Case, Case]:
    """A case, and another one that is to be merged into it."""
    return make_case(kit, domain, "Parcel lost"), make_case(kit, domain, "Where is my parcel")


def test_a_merge_is_waited_for_until_it_is_completed(both: tuple[Case, Case], sim: Simulator, calls: Calls) -> None:
    sim.delays = Delays(merge=timedelta(seconds=40))
    primary, secondary = both
    merge = primary.merge(secondary)
    begun = sim.clock.now()
    assert (merge.primary, merge.secondary) == (primary, secondary)
    running = MergeState("IN_PROGRESS", primary.id, (secondary.id,))
    assert merge.status() == primary.merge_status() == secondary.merge_status() == running
    assert not running.is_over
    calls()
    state = merge.wait()
    assert state == MergeState("COMPLETED", primary.id, (secondary.id,))
    assert state.is_over
    assert timedelta(seconds=39) < sim.clock.now() - begun < timedelta(seconds=46)
    assert 8 < len(calls()) < 20


def test_once_it_is_over_the_secondary_case_says_so_and_the_primary_one_knows_of_none(both: tuple[Case, Case]) -> None:
    primary, secondary = both
    merge = primary.merge(secondary.id)
    assert merge.wait().is_over
    assert merge.status() == secondary.merge_status() == MergeState("COMPLETED", primary.id, (secondary.id,))
    assert primary.merge_status() is None
    assert secondary.refresh(fields=["status"])["status"] == "closed"
    assert merge.wait(timeout=0).is_over


def test_a_merge_that_takes_too_long_is_given_up_on_and_can_be_waited_for_again(
    both: tuple[Case, Case], sim: Simulator
) -> None:
    sim.delays = Delays(merge=timedelta(minutes=2))
    primary, secondary = both
    merge = primary.merge(secondary)
    begun = sim.clock.now()
    what = f"^waited 60 s for the merge of case {secondary.id} into case {primary.id} to be completed; it hasn't"
    with pytest.raises(WaitTimeoutError, match=what):
        merge.wait(timeout=60)
    assert timedelta(seconds=60) <= sim.clock.now() - begun < timedelta(seconds=61)
    assert merge.wait(timeout=90).is_over


def test_fields_are_taken_by_name_and_items_moved_by_kind(
    kit: ConnectKit, domain: CasesDomain, both: tuple[Case, Case], sim: Simulator
) -> None:
    primary, secondary = both
    primary.update({"Priority": "Low", "Amount": 1})
    secondary.update({"Priority": "High", "Amount": 2, "Notes": "fragile"})
    comment = secondary.comments.add("Called the carrier")
    secondary.link_contact(sim.add_contact())
    merge = primary.merge(
        secondary,
        take_fields=["Priority", domain.schema["Priority"]],
        move=["comments"],
        performed_by="bot",
    )
    merge.wait()
    merged = primary.refresh(fields=["Priority", "Amount", "Notes"])
    assert merged.to_dict() == {"Priority": "high", "Amount": 1.0, "Notes": "fragile"}
    assert [item.content for item in primary.related_items.list()] == [
        CaseLink(secondary.id),
        Comment("Called the carrier"),
    ]
    assert primary.comments.list().first() == comment
    assert [type(item.content) for item in secondary.related_items.list()] == [CaseLink, ContactLink]
    request = sent(sim, "StartMergeCases")
    assert [field["id"] for field in request["fieldsConfiguration"][0]["fieldIds"]] == [
        field_id(kit, domain, "Priority")
    ]
    assert request["performedBy"] == {"customEntity": "bot"}
    entry = next(event for event in primary.audit_events.list() if event.type == "Case.Merged")
    assert entry.merge is not None
    assert (entry.merge.primary_case_id, entry.merge.secondary_case_id) == (primary.id, secondary.id)
    assert {change.name: change.new for change in entry.changes} == {"Priority": "high", "Notes": "fragile"}
    assert entry.performed_by.custom_entity == "bot"


def test_everything_that_can_be_moved_has_a_name(both: tuple[Case, Case], sim: Simulator) -> None:
    primary, secondary = both
    primary.merge(secondary, move=["comments", "contacts", "custom_items", "case_links"])
    request = sent(sim, "StartMergeCases")
    assert request["relatedItemsConfiguration"] == dict.fromkeys(("comment", "contact", "custom", "connectCase"), True)
    assert "fieldsConfiguration" not in request


def test_slips_are_refused_together_before_anything_is_sent(
    both: tuple[Case, Case], kit: ConnectKit, calls: Calls
) -> None:
    primary, secondary = both
    with pytest.raises(RequestError) as refused:
        primary.merge(primary.id, take_fields=["Priorty"], move=["comments", "files"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - the mistake
    assert [fault.path for fault in refused.value.faults] == ["other", "take_fields[0]", "move[1]"]
    assert "did you mean 'Priority'?" in str(refused.value)
    assert "it moves comments, contacts, custom_items, case_links" in str(refused.value)
    with pytest.raises(TypeError, match="take_fields is to be a list of fields, not the text 'Priority'"):
        primary.merge(secondary, take_fields="Priority")
    with pytest.raises(TypeError, match=r"move is to be a list of kinds, \('comments',\), not a text"):
        primary.merge(secondary, move="comments")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    with pytest.raises(RequestError, match=r"other: case .* and this is domain"):
        kit.domain(NOBODY).case(NOBODY).merge(secondary)
    assert "StartMergeCases" not in calls()


def test_what_only_the_service_knows_is_said_by_the_service(
    kit: ConnectKit, domain: CasesDomain, both: tuple[Case, Case]
) -> None:
    primary, secondary = both
    with pytest.raises(InvalidRequestError, match="title is not a field that can be merged"):
        primary.merge(secondary, take_fields=["title"])
    with pytest.raises(NotFoundError):
        primary.merge(NOBODY)
    primary.merge(secondary).wait()
    with pytest.raises(ConflictError, match="was merged into another case before"):
        make_case(kit, domain, "A third").merge(secondary)


def test_a_merge_that_is_dropped_by_the_service_is_not_waited_for(both: tuple[Case, Case], sim: Simulator) -> None:
    sim.delays = Delays(merge=timedelta(minutes=2))
    primary, secondary = both
    merge = primary.merge(secondary)
    sim.fail("GetMergeCasesStatus", "ResourceNotFoundException", after=2, resourceId=secondary.id, resourceType="Merge")
    with pytest.raises(
        WaitError, match="won't be completed: it was running, and the service has dropped it"
    ) as given_up:
        merge.wait()
    assert not isinstance(given_up.value, WaitTimeoutError)


def test_a_merge_that_the_service_does_not_know_of_yet_is_waited_for(both: tuple[Case, Case], sim: Simulator) -> None:
    primary, secondary = both
    merge = primary.merge(secondary)
    sim.fail(
        "GetMergeCasesStatus",
        "ResourceNotFoundException",
        times=3,
        resourceId=secondary.id,
        resourceType="Case",
    )
    assert merge.wait().is_over


def test_a_state_that_nobody_knows_yet_is_kept_and_is_not_the_end(
    both: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    primary, secondary = both
    merge = primary.merge(secondary)
    answer = cases.GetMergeCasesStatusResponse.from_wire({"status": "PAUSED"})
    answer_with(monkeypatch, answer)
    paused = merge.status()
    assert paused is not None
    assert (str(paused.status), paused.is_over) == ("PAUSED", False)
    with pytest.raises(WaitTimeoutError):
        merge.wait(timeout=3)
