"""The simulated services have moto's accounts, its regions and its resets."""

from __future__ import annotations

import importlib
import unittest
from typing import Any

import pytest

pytest.importorskip("moto", reason="moto is not installed: pip install 'connectkit[moto]'")

from moto.core.models import DEFAULT_ACCOUNT_ID

from connectkit.simulator import Quotas
from connectkit.simulator.moto import mock_aws, simulator

from ..helpers import make_client, refused
from .support import OTHER_ACCOUNT, domain_names, in_other_account, make_instance, make_view


def test_a_role_of_another_account_works_in_that_account(cases: Any) -> None:
    other = in_other_account("connectcases")
    assert other.create_domain(name="Theirs")["domainArn"].split(":")[4] == OTHER_ACCOUNT
    cases.create_domain(name="Ours")
    assert (domain_names(other), domain_names(cases)) == (["Theirs"], ["Ours"])
    assert {call.account_id for call in simulator().calls("CreateDomain")} == {OTHER_ACCOUNT, DEFAULT_ACCOUNT_ID}


def test_the_account_of_the_environment_comes_first(cases: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_ACCOUNT_ID", OTHER_ACCOUNT)
    assert cases.create_domain(name="Theirs")["domainArn"].split(":")[4] == OTHER_ACCOUNT
    monkeypatch.delenv("MOTO_ACCOUNT_ID")
    assert domain_names(cases) == []


def test_the_account_may_be_a_header(cases: Any) -> None:
    def add_header(request: Any, **_: object) -> None:
        request.headers["x-moto-account-id"] = OTHER_ACCOUNT

    cases.meta.events.register("before-sign", add_header)
    assert cases.create_domain(name="Theirs")["domainArn"].split(":")[4] == OTHER_ACCOUNT


def test_an_instance_is_in_its_account_and_region_alone(connect: Any) -> None:
    clients = [connect, in_other_account("connect"), make_client("connect", "eu-west-2")]
    instances = [make_instance(client) for client in clients]
    for client, own in zip(clients, instances, strict=True):
        make_view(client, own)
        for foreign in {*instances} - {own}:
            with refused("ResourceNotFoundException"):
                client.list_views(InstanceId=foreign)


def test_regions_have_states_of_their_own(cases: Any) -> None:
    there = make_client("connectcases", "eu-west-2")
    cases.create_domain(name="Here")
    assert there.create_domain(name="There")["domainArn"].split(":")[3] == "eu-west-2"
    assert (domain_names(cases), domain_names(there)) == (["Here"], ["There"])


# ---- reset and nesting -----------------------------------------------------------------------------------------------


def test_nothing_goes_from_one_mock_aws_to_the_next() -> None:
    def run() -> None:
        client = make_client("connectcases")
        before = simulator().clock.now()
        assert domain_names(client) == []
        assert len(simulator().requests) == 1
        for name in ("A", "B"):
            client.create_domain(name=name)
        simulator().quotas = Quotas(domains=1)
        simulator().fail("*", "ThrottlingException", times=None)
        simulator().clock.advance(days=400)
        assert (simulator().clock.now() - before).days == 400

    started = simulator().clock.now()
    for _ in range(2):
        mock_aws(run)()
        with mock_aws():
            run()
            assert (simulator().clock.now() - started).days == 400


def test_motos_own_reset_is_the_simulators(cases: Any) -> None:
    cases.create_domain(name="Support")
    simulator().fail("ListDomains", "ThrottlingException")
    requests = importlib.import_module("requests")
    assert requests.post("http://motoapi.amazonaws.com/moto-api/reset").json() == {"status": "ok"}
    assert domain_names(cases) == []


def test_a_simulator_is_the_same_until_the_reset() -> None:
    with mock_aws():
        first = simulator()
        make_client("connectcases").list_domains()
        with mock_aws():
            assert simulator() is first
        assert simulator() is first
    with mock_aws():
        assert simulator() is not first


def test_an_inner_mock_aws_shares_the_outer_ones_state(cases: Any) -> None:
    cases.create_domain(name="Support")
    with mock_aws():
        assert domain_names(make_client("connectcases")) == ["Support"]
    assert domain_names(cases) == ["Support"]


def test_what_setup_makes_is_there_in_a_decorated_class() -> None:
    class Decorated(unittest.TestCase):
        def setUp(self) -> None:
            make_client("connectcases").create_domain(name="Support")

        def test_first(self) -> None:
            assert domain_names(make_client("connectcases")) == ["Support"]

        def test_second(self) -> None:
            assert len(simulator().requests) == 1

    mock_aws(Decorated)
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Decorated).run(result)
    assert (result.testsRun, result.errors, result.failures) == (2, [], [])
