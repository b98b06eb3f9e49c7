"""simulate() catches the clients that are made inside it, and lets nothing out of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from botocore.config import Config
from botocore.exceptions import PartialCredentialsError

from connectkit.simulator import Clock, SimulationEndedError, Simulator, simulate

from .helpers import BOTO3, BOTOCORE_SESSION, START, refused

if TYPE_CHECKING:
    from pathlib import Path

REGION = "us-east-1"


def make(session: Any = BOTO3, service: str = "connectcases", **members: Any) -> Any:
    """Make a client the way an application does."""
    return session.client(service, **{"region_name": REGION, **members})


def _stop(reached: list[str]) -> Any:
    """Give a handler that notes where a request would have gone, and keeps it from going."""

    def stop(request: Any, **_: Any) -> None:
        reached.append(request.url)
        raise ConnectionAbortedError

    return stop


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which AWS was never configured, and from which nothing may be fetched."""
    for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(BOTO3, "DEFAULT_SESSION", None)


# ---- what is caught ------------------------------------------------------------------------------------------------


def test_a_client_needs_neither_credentials_nor_a_region() -> None:
    with simulate() as sim:
        client = BOTO3.client("connectcases")
        assert client.meta.region_name == "us-east-1"
        assert client.list_domains()["domains"] == []
        instances = BOTO3.client("connect").list_instances()["InstanceSummaryList"]
        assert [instance["Id"] for instance in instances] == [sim.instance_id]


def test_a_client_of_an_earlier_session_is_caught() -> None:
    sessions: list[Any] = [BOTO3.Session(), BOTOCORE_SESSION.get_session()]
    with simulate():
        assert sessions[0].client("connectcases").list_domains()["domains"] == []
        assert sessions[1].create_client("connectcases").list_domains()["domains"] == []


def test_a_configured_region_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with simulate() as sim:
        by_session = BOTO3.Session(region_name="eu-west-1").client("connect")
        by_config = BOTO3.client("connect", config=Config(region_name="eu-west-2"))
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
        by_environment = BOTO3.client("connect")
        for client, region in ((by_session, "eu-west-1"), (by_config, "eu-west-2"), (by_environment, "eu-west-3")):
            arn = client.describe_instance(InstanceId=sim.instance_id)["Instance"]["Arn"]
            assert arn.split(":")[3] == client.meta.region_name == region


def test_credentials_of_the_environment_are_never_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("credentials were looked up")

    monkeypatch.setattr(BOTOCORE_SESSION.Session, "get_credentials", fail)
    with simulate():
        assert make().list_domains()["domains"] == []


def test_credentials_given_in_part_are_still_refused() -> None:
    with simulate(), pytest.raises(PartialCredentialsError):
        make(aws_access_key_id="half")


def test_positional_arguments_mean_what_they_did() -> None:
    with simulate():
        client = BOTO3.client("connectcases", "eu-west-1")
        assert client.meta.region_name == "eu-west-1"
        with pytest.raises(TypeError):
            BOTOCORE_SESSION.get_session().create_client()


def test_a_custom_endpoint_is_caught_too() -> None:
    with simulate():
        assert make(endpoint_url="http://localhost:1").list_domains()["domains"] == []


def test_clients_of_other_services_are_left_alone() -> None:
    with simulate():
        client = make(service="sts", aws_access_key_id="a", aws_secret_access_key="b")
        reached: list[str] = []
        client.meta.events.register("before-send", _stop(reached))
        with pytest.raises(ConnectionAbortedError):
            client.get_caller_identity()
        assert reached[0].startswith("https://sts.")


def test_paginators_and_modelled_exceptions_work_as_with_a_server(connect: Any, sim: Simulator) -> None:
    pages = connect.get_paginator("list_views").paginate(InstanceId=sim.instance_id, PaginationConfig={"PageSize": 2})
    assert len([view for page in pages for view in page["ViewsSummaryList"]]) == 5
    with pytest.raises(connect.exceptions.ResourceNotFoundException):
        connect.describe_instance(InstanceId="nowhere")


def test_several_threads_may_use_it(cases: Any) -> None:
    domain_id = cases.create_domain(name="Support")["domainId"]
    template_id = cases.create_template(domainId=domain_id, name="General")["templateId"]
    title = {"id": "title", "value": {"stringValue": "A case"}}

    def work() -> None:
        for _ in range(10):
            cases.create_case(domainId=domain_id, templateId=template_id, fields=[title])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pages: list[Any] = []
    token: dict[str, str] = {}
    while not pages or token:
        pages.append(cases.search_cases(domainId=domain_id, fields=[{"id": "reference_number"}], **token))
        token = {"nextToken": pages[-1]["nextToken"]} if "nextToken" in pages[-1] else {}
    numbers = {case["fields"][0]["value"]["stringValue"] for page in pages for case in page["cases"]}
    assert len(numbers) == 40


# ---- nothing leaks out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["legacy", "standard"])
def test_a_client_refuses_after_the_end_instead_of_reaching_aws(mode: Any) -> None:
    with simulate():
        client = make(config=Config(retries={"mode": mode}))
    with pytest.raises(SimulationEndedError, match="Nothing was sent"):
        client.list_domains()


def test_the_hook_is_gone_afterwards_even_after_an_error() -> None:
    before = BOTOCORE_SESSION.Session.create_client
    during: list[Any] = []

    def fail() -> None:
        during.append(BOTOCORE_SESSION.Session.create_client)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        simulate(fail)()
    assert during[0] is not before
    assert BOTOCORE_SESSION.Session.create_client is before


def test_a_later_client_is_not_caught() -> None:
    with simulate():
        pass
    client = make(aws_access_key_id="a", aws_secret_access_key="b")
    reached: list[str] = []
    client.meta.events.register("before-send", _stop(reached))
    with pytest.raises(ConnectionAbortedError):
        client.list_domains()
    assert reached == ["https://cases.us-east-1.amazonaws.com/domains-list"]


def test_a_hook_that_someone_wrapped_meanwhile_is_harmless_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    with simulate():
        ours: Any = BOTOCORE_SESSION.Session.create_client

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return ours(*args, **kwargs)

        monkeypatch.setattr(BOTOCORE_SESSION.Session, "create_client", wrapper)
    assert make(aws_access_key_id="a", aws_secret_access_key="b").meta.region_name == REGION
    with simulate():
        assert make().list_domains()["domains"] == []


def test_the_environment_is_not_changed() -> None:
    before = dict(os.environ)
    with simulate():
        make().list_domains()
        assert dict(os.environ) == before


# ---- nesting, and use as a decorator -------------------------------------------------------------------------------


def test_an_inner_simulation_has_its_own_state_and_takes_new_clients() -> None:
    with simulate():
        outer = make()
        outer.create_domain(name="Outer")
        with simulate():
            inner = make()
            assert inner.list_domains()["domains"] == []
            assert len(outer.list_domains()["domains"]) == 1
        with pytest.raises(SimulationEndedError):
            inner.list_domains()
        assert len(make().list_domains()["domains"]) == 1


def test_simulations_may_end_in_any_order() -> None:
    before = BOTOCORE_SESSION.Session.create_client
    first, second = simulate(), simulate()
    first.__enter__()
    inner = second.__enter__()
    first.__exit__(None, None, None)
    client = make(service="connect")
    assert client.list_instances()["InstanceSummaryList"][0]["Id"] == inner.instance_id
    second.__exit__(None, None, None)
    assert BOTOCORE_SESSION.Session.create_client is before


def test_one_simulation_can_not_run_twice_at_once_but_again() -> None:
    simulation = simulate()
    with simulation:
        make().create_domain(name="Support")
        with pytest.raises(RuntimeError, match="running already"):
            simulation.__enter__()
    with simulation:
        assert make().list_domains()["domains"] == []


def test_a_simulator_can_be_used_for_several_simulations() -> None:
    simulator = Simulator()
    with simulate(simulator=simulator) as sim:
        assert sim is simulator
        make().create_domain(name="Support")
    with simulate(simulator=simulator):
        assert len(make().list_domains()["domains"]) == 1


def test_as_a_decorator_each_call_has_a_simulation_of_its_own() -> None:
    @simulate
    def bare(name: str) -> list[Any]:
        """Make a domain."""
        make().create_domain(name=name)
        return list(make().list_domains()["domains"])

    @simulate()
    def called(name: str) -> list[Any]:
        return bare(name)

    @simulate
    async def waiting(name: str) -> list[Any]:
        await asyncio.sleep(0)
        return bare(name)

    assert (bare.__name__, bare.__doc__) == ("bare", "Make a domain.")
    for _ in range(2):
        assert [domain["name"] for domain in bare("Support")] == ["Support"]
        assert len(called("Support")) == 1
        assert len(asyncio.run(waiting("Support"))) == 1


def test_a_generator_or_a_class_can_not_be_decorated() -> None:
    def numbers() -> Any:
        yield 1

    for wrong in (numbers, Simulator):
        with pytest.raises(TypeError, match="with simulate"):
            simulate(wrong)


# ---- attaching, and the simulator by itself ------------------------------------------------------------------------


def test_an_earlier_client_is_caught_while_it_is_attached_and_as_it_was_afterwards() -> None:
    client = make(aws_access_key_id="a", aws_secret_access_key="b")
    with simulate() as sim:
        sim.attach(client)
        sim.attach(client)
        assert client.list_domains()["domains"] == []
        sim.detach(client)
        sim.attach(client)
        assert client.list_domains()["domains"] == []
        assert client in sim.attached
    assert client not in sim.attached
    reached: list[str] = []
    client.meta.events.register("before-send", _stop(reached))
    with pytest.raises(ConnectionAbortedError):
        client.list_domains()
    assert len(reached) == 1


def test_a_client_can_be_attached_to_a_simulator_by_itself() -> None:
    simulator = Simulator()
    client = make(aws_access_key_id="a", aws_secret_access_key="b")
    simulator.attach(client)
    client.create_domain(name="Support")
    with simulate(simulator=simulator):
        assert len(make().list_domains()["domains"]) == 1
    # Attached before, it stays attached after.
    assert len(client.list_domains()["domains"]) == 1
    simulator.detach(client)
    simulator.detach(client)


def test_a_client_of_an_outer_simulation_can_visit_an_inner_one() -> None:
    with simulate():
        client = make()
        client.create_domain(name="Outer")
        with simulate() as inner:
            inner.attach(client)
            assert client.list_domains()["domains"] == []
        assert len(client.list_domains()["domains"]) == 1


def test_a_client_of_another_service_can_not_be_attached() -> None:
    client = make(service="sts", aws_access_key_id="a", aws_secret_access_key="b")
    with pytest.raises(ValueError, match="no sts"):
        Simulator().attach(client)


def test_reset_forgets_everything_but_the_instance(cases: Any, connect: Any, sim: Simulator) -> None:
    cases.create_domain(name="Support")
    before, now = sim.instance_id, sim.clock.now()
    sim.reset()
    assert cases.list_domains()["domains"] == []
    assert connect.describe_instance(InstanceId=before)["Instance"]["Arn"] == sim.instance_arn
    assert sim.clock.now() > now


def test_the_same_seed_and_clock_give_the_same_answers() -> None:
    def run() -> list[Any]:
        with simulate(simulator=Simulator(seed=7, clock=Clock(START))) as sim:
            made = make().create_domain(name="Support")
            return [sim.instance_arn, made]

    assert run() == run()


def test_time_is_the_simulators_own(cases: Any, sim: Simulator) -> None:
    sim.clock.set(START.replace(year=2040))
    domain_id = cases.create_domain(name="Support")["domainId"]
    assert cases.get_domain(domainId=domain_id)["createdTime"].year == 2040


def test_importing_it_loads_botocore_and_neither_boto3_nor_the_rest_of_connectkit() -> None:
    program = (
        "import sys, connectkit.simulator\n"
        "loaded = {name for name in sys.modules if name.startswith(('boto3', 'pydantic', 'connectkit.'))}\n"
        "print(*sorted(name for name in loaded if not name.startswith(('connectkit.simulator', 'connectkit._'))))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # this Python, and a program of ours
    assert done.stdout.split() == []


def test_an_operation_that_is_not_simulated_is_a_clear_error(connect: Any, sim: Simulator) -> None:
    with refused("OperationNotSimulatedException", "ListQueues"):
        connect.list_queues(InstanceId=sim.instance_id)
