"""SLAs: a field of the case is to have some value by some time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import START, USER_ARN, empty, maximum, needs, needs_value, number, refused, text
from .support import close, event_types, history, items, relate, send_events, sla

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

pytestmark = needs_value("connectcases", "RelatedItemType", "Sla")

BREACH = "next_sla_breach_datetime"


@pytest.fixture
def case_id(domain: DomainFixture) -> str:
    """A case."""
    return domain.case()


def read_slas(domain: DomainFixture, case_id: str) -> list[Any]:
    """Give what a case's SLAs say, the oldest first."""
    return [item["content"]["sla"]["slaConfiguration"] for item in items(domain, case_id, {"sla": {}})[::-1]]


def statuses(domain: DomainFixture, case_id: str) -> list[str]:
    """Give the statuses of a case's SLAs, the oldest first."""
    return [each["status"] for each in read_slas(domain, case_id)]


def next_breach(domain: DomainFixture, case_id: str) -> datetime | None:
    """Give the time of the next breach, if the case has one."""
    found: str | None = domain.values(case_id, BREACH).get(BREACH)
    return None if found is None else datetime.fromisoformat(found.replace("Z", "+00:00"))


@pytest.mark.rule("sla.status")
def test_an_sla_is_active_then_met(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    sla(domain, case_id)
    (read,) = read_slas(domain, case_id)
    assert (read["name"], read["type"], read["status"]) == ("In time", "CaseField", "Active")
    assert (read["fieldId"], read["targetFieldValues"]) == ("status", [{"stringValue": "closed"}])
    associated = items(domain, case_id)[0]["associationTime"]
    assert read["targetTime"] == associated + timedelta(minutes=10)
    assert "completionTime" not in read
    sim.clock.advance(minutes=9)
    close(domain, case_id)
    (read,) = read_slas(domain, case_id)
    assert read["status"] == "Met"
    assert read["completionTime"] < read["targetTime"]


@pytest.mark.rule("sla.status")
def test_an_sla_is_overdue_then_not_met(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    sla(domain, case_id)
    sim.clock.advance(minutes=11)
    assert statuses(domain, case_id) == ["Overdue"]
    close(domain, case_id)
    (read,) = read_slas(domain, case_id)
    assert read["status"] == "NotMet"
    assert read["completionTime"] > read["targetTime"]


@pytest.mark.rule("sla.status")
def test_an_sla_is_met_up_to_its_very_time(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    sla(domain, case_id)
    (read,) = read_slas(domain, case_id)
    # The next request is a millisecond later.
    sim.clock.set(read["targetTime"] - timedelta(milliseconds=1))
    close(domain, case_id)
    (read,) = read_slas(domain, case_id)
    assert (read["status"], read["completionTime"]) == ("Met", read["targetTime"])


@pytest.mark.rule("sla.bounds")
def test_an_sla_has_bounds(domain: DomainFixture, case_id: str) -> None:
    most = maximum("connectcases", "SlaInputConfiguration", "targetSlaMinutes")
    sla(domain, case_id, targetSlaMinutes=most)
    assert next_breach(domain, case_id) == items(domain, case_id)[0]["associationTime"] + timedelta(minutes=most)
    values = [{"stringValue": "open"}, {"stringValue": "closed"}]
    bad: list[tuple[dict[str, Any], str]] = [
        ({"targetSlaMinutes": most + 1}, f"at most {most}"),
        ({"targetFieldValues": values}, "at most 1 element"),
        ({"name": "x" * 501}, "at most 500 characters"),
    ]
    for members, problem in bad:
        with refused("ValidationException", problem):
            sla(domain, case_id, **members)


@pytest.mark.rule("sla.field")
def test_an_sla_needs_a_field_and_a_value_that_it_can_have(domain: DomainFixture, case_id: str) -> None:
    kind = domain.select("Kind", "a")
    domain.put_options(kind, b=False)
    bad: list[tuple[str, dict[str, Any], str]] = [
        ("nowhere", {"stringValue": "x"}, "nowhere does not exist"),
        ("status", {"stringValue": "shut"}, "'shut' is not an option"),
        ("status", {"doubleValue": 1}, "takes stringValue"),
        ("status", {"emptyValue": {}}, "nothing to wait for"),
        (kind, {"stringValue": "b"}, "inactive"),
    ]
    for field_id, value, problem in bad:
        with refused("ValidationException", problem):
            sla(domain, case_id, field_id, targetFieldValues=[value])
    plain: dict[str, Any] = {"name": "In time", "type": "CaseField", "targetSlaMinutes": 10}
    for more in ({}, {"fieldId": "status"}, {"targetFieldValues": [{"stringValue": "closed"}]}):
        with refused("ValidationException", "fieldId and targetFieldValues are required"):
            relate(domain, case_id, "Sla", {"sla": {"slaInputConfiguration": {**plain, **more}}})


@pytest.mark.rule("sla.met-at-once")
def test_what_is_there_already_is_met_at_once(domain: DomainFixture, case_id: str) -> None:
    sla(domain, case_id, value="open")
    (read,) = read_slas(domain, case_id)
    assert (read["status"], read["completionTime"]) == ("Met", items(domain, case_id)[0]["associationTime"])
    assert next_breach(domain, case_id) is None


@pytest.mark.rule("sla.final")
def test_what_is_done_stays_so(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    sla(domain, case_id)
    close(domain, case_id)
    before = read_slas(domain, case_id)
    domain.update(case_id, text("status", "open"))
    sim.clock.advance(days=1)
    assert read_slas(domain, case_id) == before


@pytest.mark.rule("sla.status")
@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [
        ("Text", {"stringValue": "x"}, {"stringValue": "X"}),
        ("Number", {"doubleValue": 0}, {"doubleValue": 1}),
        ("Boolean", {"booleanValue": False}, {"booleanValue": True}),
        ("DateTime", {"stringValue": "2030-01-01T00:00:00Z"}, {"stringValue": "2030-01-01T00:00:00+01:00"}),
        ("User", {"userArnValue": USER_ARN}, {"userArnValue": USER_ARN + "2"}),
    ],
)
def test_an_sla_waits_for_any_type_of_value(
    domain: DomainFixture, case_id: str, kind: str, value: dict[str, Any], other: dict[str, Any]
) -> None:
    field_id = domain.field("Custom", kind)
    sla(domain, case_id, field_id, targetFieldValues=[value])
    domain.update(case_id, {"id": field_id, "value": other})
    assert statuses(domain, case_id) == ["Active"]
    domain.update(case_id, {"id": field_id, "value": value})
    assert statuses(domain, case_id) == ["Met"]


# ---- the case of an SLA --------------------------------------------------------------------------------------------


@needs("connectcases", "DeleteRelatedItem")
@pytest.mark.rule("sla.next-breach")
def test_the_case_says_when_the_next_sla_is_breached(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    assert next_breach(domain, case_id) is None
    later, earlier = sla(domain, case_id, targetSlaMinutes=20), sla(domain, case_id, "title", "Done")
    times = {
        item["relatedItemId"]: item["content"]["sla"]["slaConfiguration"]["targetTime"]
        for item in items(domain, case_id)
    }
    assert next_breach(domain, case_id) == times[earlier]
    sim.clock.advance(minutes=15)
    assert next_breach(domain, case_id) == times[earlier]
    domain.update(case_id, text("title", "Done"))
    assert next_breach(domain, case_id) == times[later]
    domain.client.delete_related_item(domainId=domain.id, caseId=case_id, relatedItemId=later)
    assert next_breach(domain, case_id) is None


@pytest.mark.rule("sla.next-breach")
def test_cases_are_found_by_their_next_breach(domain: DomainFixture, case_id: str) -> None:
    domain.case("Another")
    sla(domain, case_id)
    soon = text(BREACH, (START + timedelta(hours=1)).isoformat())
    assert domain.search(filter={"field": {"lessThan": soon}}) == ["A case"]


@pytest.mark.rule("sla.silent")
def test_an_sla_is_no_update_of_its_case(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    send_events(domain)
    before = domain.values(case_id, "last_updated_datetime")
    sla(domain, case_id)
    assert domain.values(case_id, "last_updated_datetime") == before
    assert event_types(sim) == ["RELATED_ITEM.CREATED"]
    close(domain, case_id)
    assert event_types(sim) == ["RELATED_ITEM.CREATED", "CASE.UPDATED"]
    types = [entry["type"] for entry in history(domain, case_id)]
    assert types == ["Case.Updated", "RelatedItem.Created", "Case.Created"]


# ---- odd times and fields ------------------------------------------------------------------------------------------


@pytest.mark.rule("sla.clock-back")
def test_an_sla_follows_the_clock_backwards(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    sla(domain, case_id)
    sim.clock.advance(minutes=11)
    assert statuses(domain, case_id) == ["Overdue"]
    sim.clock.set(START - timedelta(days=1))
    assert statuses(domain, case_id) == ["Active"]
    close(domain, case_id)
    (done,) = read_slas(domain, case_id)
    assert (done["status"], done["completionTime"].day) == ("Met", 31)
    sim.clock.set(START + timedelta(days=1))
    assert read_slas(domain, case_id) == [done]


@pytest.mark.rule("sla.deleted-field")
def test_an_sla_outlives_its_field(domain: DomainFixture, sim: Simulator) -> None:
    size = domain.field("Size", "Number")
    case_id, without = domain.case("A case", number(size, 1)), domain.case("Another")
    for each in (case_id, without):
        sla(domain, each, size, targetFieldValues=[{"doubleValue": 2}])
    domain.client.delete_field(domainId=domain.id, fieldId=size)
    assert statuses(domain, case_id) == ["Active"]
    domain.update(case_id, number(size, 2))
    assert statuses(domain, case_id) == ["Met"]
    domain.update(case_id, empty(size))
    assert statuses(domain, case_id) == ["Met"]
    domain.update(without, text("title", "New"))
    sim.clock.advance(minutes=11)
    assert statuses(domain, without) == ["Overdue"]
