"""Instances: by id, ARN or alias, and the Cases domain that belongs to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectkit import ConnectKit, ConnectKitError, NoCasesDomainError, NotFoundError, UnknownNameError

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from .conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_naming_an_instance_makes_no_call(kit: ConnectKit, calls: Calls) -> None:
    assert kit.instance(NOBODY).id == NOBODY
    by_arn = kit.instance(f"arn:aws:connect:us-east-1:123456789012:instance/{NOBODY}")
    assert (by_arn, repr(by_arn), len({by_arn, kit.instance(NOBODY)})) == (
        kit.instance(NOBODY),
        f"<Instance {NOBODY}>",
        1,
    )
    assert calls() == []


def test_instances_are_listed_found_and_read(kit: ConnectKit, sim: Simulator) -> None:
    for number in range(12):
        sim.add_instance(f"care-{number}")
    listed = kit.instances.list().all()
    assert len(listed) == 13
    found = kit.instances.find("care-11")
    assert found is not None
    assert (found.alias, found.status, found.arn.endswith(found.id)) == ("care-11", "ACTIVE", True)
    for name in (found.id, found.arn, "care-11"):
        loaded = kit.instances.get(name)
        assert loaded == found
        assert (loaded.alias, loaded.arn, loaded.status_reason, loaded.tags) == ("care-11", found.arn, None, {})
        assert loaded.created_time == found.created_time
        assert loaded.access_url == found.access_url
    assert kit.instances.find("carp") is None


def test_an_alias_that_is_not_there_is_answered_with_the_nearest(kit: ConnectKit, sim: Simulator) -> None:
    sim.add_instance("customer-care")
    with pytest.raises(UnknownNameError, match=r"^there is no instance 'customer-car'; did you mean 'customer-care'\?"):
        kit.instances.get("customer-car")
    with pytest.raises(NotFoundError):
        kit.instances.get(NOBODY)


def test_the_domain_of_an_instance_is_the_one_it_is_joined_to_and_not_the_first(
    kit: ConnectKit, sim: Simulator, calls: Calls
) -> None:
    kit.domains.create(name="First")
    second = kit.domains.create(name="Second")
    instance = kit.instance(sim.add_instance("second", cases_domain_id=second.id))
    calls()
    assert instance.cases_domain() == second
    assert calls() == ["ListIntegrationAssociations"]


def test_an_instance_without_a_domain_says_how_to_join_one(kit: ConnectKit, sim: Simulator) -> None:
    kit.domains.create(name="First")
    lonely = kit.instance(sim.add_instance("lonely"))
    with pytest.raises(NoCasesDomainError, match=f"^instance {lonely.id} has no Cases domain") as caught:
        lonely.cases_domain()
    assert isinstance(caught.value, LookupError)
    assert isinstance(caught.value, ConnectKitError)
    with pytest.raises(NotFoundError):
        kit.instance(NOBODY).cases_domain()
