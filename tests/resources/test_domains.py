"""Domains: by id or name, waiting until one is active, tags, and which events it sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from botocore.stub import Stubber

from connectkit import ConnectKit, NotFoundError, UnknownNameError, WaitError, WaitTimeoutError
from connectkit.resources.event_configuration import EventSettings
from connectkit.simulator import Delays, Quotas

from ..simulator.helpers import START, make_standing_client, needs_member

if TYPE_CHECKING:
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from .conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_naming_a_domain_makes_no_call(kit: ConnectKit, calls: Calls) -> None:
    domain = kit.domain(NOBODY)
    assert (domain.id, domain.domain_id, repr(domain)) == (NOBODY, NOBODY, f"<CasesDomain {NOBODY}>")
    assert calls() == []


def test_a_domain_is_created_listed_found_read_and_deleted(kit: ConnectKit) -> None:
    made = kit.domains.create(name="Support")
    (listed,) = kit.domains.list()
    assert (listed.id, listed.arn, listed.name) == (made.id, made.arn, "Support")
    assert made.arn.endswith(made.id)
    loaded = kit.domains.get("Support")
    assert (loaded.status, loaded.name, loaded.created_time.date()) == ("Active", "Support", START.date())
    assert kit.domains.get(made.id) == loaded == listed == made == kit.domain(made.id)
    assert len({loaded, listed, made}) == 1
    assert kit.domains.find("Supply") is None
    made.delete()
    assert kit.domains.list().all() == []
    with pytest.raises(NotFoundError):
        made.refresh()


def test_a_name_that_is_not_there_is_answered_with_the_nearest(kit: ConnectKit) -> None:
    for name in ("Support", "Sales"):
        kit.domains.create(name=name)
    with pytest.raises(UnknownNameError, match=r"^there is no domain 'Suport'; did you mean 'Support'\?$"):
        kit.domains.get("Suport")
    with pytest.raises(NotFoundError):
        kit.domains.get(NOBODY)


def test_more_domains_than_a_page_holds_are_all_there(kit: ConnectKit, sim: Simulator) -> None:
    sim.quotas = Quotas(domains=30)
    names = {f"Domain {number}" for number in range(23)}
    for name in names:
        kit.domains.create(name=name)
    assert {domain.name for domain in kit.domains.list()} == names
    assert len(kit.domains.list(limit=12).all()) == 12
    found = kit.domains.find("Domain 22")
    assert found is not None
    assert found.name == "Domain 22"


def test_domains_that_are_named_twice_share_what_is_known_of_them(domain: CasesDomain, kit: ConnectKit) -> None:
    assert domain.schema is kit.domain(domain.id).schema
    assert domain.schema is not ConnectKit(region_name="us-east-1").domain(domain.id).schema


def test_a_new_domain_is_waited_for_until_it_is_active(kit: ConnectKit, sim: Simulator, calls: Calls) -> None:
    sim.delays = Delays(domain_creation=timedelta(seconds=40))
    domain = kit.domains.create(name="Support")
    assert domain.refresh().status == "CreationInProgress"
    assert domain.wait_until_active().status == "Active"
    assert timedelta(seconds=40) <= sim.clock.now() - START < timedelta(seconds=46)
    assert 8 < len(calls()) < 20


def test_a_domain_that_takes_too_long_is_given_up(kit: ConnectKit, sim: Simulator) -> None:
    sim.delays = Delays(domain_creation=timedelta(hours=1))
    domain = kit.domains.create(name="Support")
    with pytest.raises(WaitTimeoutError, match=rf"^waited 30 s for domain {domain.id} to become active; it hasn't"):
        domain.wait_until_active(timeout=30)
    assert timedelta(seconds=30) <= sim.clock.now() - START < timedelta(seconds=31)


def test_waiting_for_a_negative_time_is_refused_before_any_call(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(ValueError, match="timeout is -1"):
        domain.wait_until_active(timeout=-1)
    assert calls() == []


def test_a_domain_that_could_not_be_created_is_not_waited_for() -> None:
    answer = {"domainId": NOBODY, "domainArn": "arn:aws:cases:us-east-1:123456789012:domain/d", "name": "Support"}
    client = make_standing_client("connectcases")
    stubber = Stubber(client)
    stubber.add_response("get_domain", {**answer, "domainStatus": "CreationFailed", "createdTime": START})
    with stubber, pytest.raises(WaitError, match="won't become active: the service failed to create it") as caught:
        ConnectKit(connectcases=client).domain(NOBODY).wait_until_active()
    assert not isinstance(caught.value, WaitTimeoutError)


def test_ensuring_a_domain_twice_creates_it_once(kit: ConnectKit, calls: Calls) -> None:
    first = kit.domains.ensure(name="Support")
    assert "CreateDomain" in calls()
    assert kit.domains.ensure(name="Support") == first
    assert calls() == ["ListDomains", "GetDomain"]


def test_tags_are_added_changed_and_removed(domain: CasesDomain, calls: Calls) -> None:
    domain.tags.update({"team": "care", "stage": "test"})
    domain.tags.update({"stage": "live"})
    assert domain.tags.list() == {"team": "care", "stage": "live"}
    domain.tags.delete("stage", "absent")
    calls()
    assert domain.refresh().tags == {"team": "care"}
    assert domain.refresh().tags.list() == {"team": "care"}
    assert calls() == ["GetDomain", "GetDomain", "ListTagsForResource"]
    domain.tags.update({})
    domain.tags.delete()
    with pytest.raises(TypeError, match=r"say delete\(\*keys\), not delete\(\['team'\]\)"):
        domain.tags.delete(["team"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    assert calls() == []


def test_names_that_are_forgotten_are_looked_for_anew(domain: CasesDomain, kit: ConnectKit, calls: Calls) -> None:
    def make() -> str:
        return domain.cases.create(template="Refund", fields={"title": "Parcel lost", "Amount": 1}).template_id

    first = make()
    template = kit.domain(domain.id).template(first)
    ConnectKit(region_name="us-east-1").domain(domain.id).template(first).update(name="Old refund")
    new = ConnectKit(region_name="us-east-1").domain(domain.id).templates.create(name="Refund")
    assert make() == template.id
    calls()
    domain.forget_names()
    assert calls() == []
    assert make() == new.id
    assert calls() == ["ListFields", "ListTemplates", "CreateCase"]


def test_events_are_off_until_they_are_switched_on(domain: CasesDomain) -> None:
    events = domain.event_configuration
    assert events.get() == EventSettings(enabled=False)
    wanted = events.update(enabled=True, fields=["Priority", "status"], related_item_content=True)
    priority = domain.schema["Priority"].id
    assert wanted == EventSettings(enabled=True, fields=(priority, "status"), related_item_content=True)
    assert events.get() == wanted


@needs_member("connectcases", "CaseEventIncludedData", "autoIncludeFields")
def test_changing_one_setting_of_the_events_leaves_the_others(domain: CasesDomain, calls: Calls) -> None:
    events = domain.event_configuration
    before = events.update(enabled=True, fields=["Amount"])
    calls()
    assert events.update(enabled=True) == before
    assert calls() == ["GetCaseEventConfiguration"]
    after = events.update(related_item_content=True)
    assert (after.enabled, after.fields, after.related_item_content) == (True, before.fields, True)
    assert events.get() == after


def test_fields_that_the_service_has_told_of_are_not_looked_up_to_be_kept(domain: CasesDomain, calls: Calls) -> None:
    # One may be deleted by now, and switching events off must not fail here for that.
    before = domain.event_configuration.update(enabled=True, fields=["Amount", "Notes"])
    calls()
    events = ConnectKit(region_name="us-east-1").domain(domain.id).event_configuration
    assert events.update(enabled=False) == replace(before, enabled=False)
    assert calls() == ["GetCaseEventConfiguration", "PutCaseEventConfiguration"]
    assert events.get().fields == before.fields


@needs_member("connectcases", "CaseEventIncludedData", "autoIncludeFields")
def test_that_all_fields_are_in_the_events_is_left_and_taken_back(domain: CasesDomain) -> None:
    events = domain.event_configuration
    before = events.update(enabled=True, fields=["Amount"], all_fields="System")
    assert events.update(related_item_content=True).all_fields == "System"
    after = events.update(all_fields=False)
    assert (after.enabled, after.fields, after.all_fields) == (True, before.fields, None)
    assert events.get() == after


def test_a_field_of_events_that_is_not_there_is_refused_before_anything_is_written(
    domain: CasesDomain, calls: Calls
) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Priority'"):
        domain.event_configuration.update(enabled=True, fields=["Prioritty"])
    assert "PutCaseEventConfiguration" not in calls()
    with pytest.raises(TypeError, match="a list of fields"):
        domain.event_configuration.update(fields="Priority")
