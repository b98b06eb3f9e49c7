"""Inside moto's mock_aws() the simulated services stand beside moto's own, in its accounts, regions and resets."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import unittest
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

pytest.importorskip("moto", reason="moto is not installed: pip install 'connectkit[moto]'")

import moto
import moto.backend_index as motos_index
from moto.core.models import DEFAULT_ACCOUNT_ID

from connectkit.simulator import Quotas, SimulationEndedError, simulate
from connectkit.simulator.connect import CONNECT
from connectkit.simulator.moto import mock_aws, simulator

from .helpers import BOTO3, START, make_client, moto_has_instances, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OTHER_ACCOUNT = "111122223333"
MOTO_HAS_INSTANCES = moto_has_instances()

with_motos_instances = pytest.mark.skipif(not MOTO_HAS_INSTANCES, reason=f"moto {moto.__version__} has no instances")
without_motos_instances = pytest.mark.skipif(MOTO_HAS_INSTANCES, reason=f"moto {moto.__version__} has instances")
with_simulated_tags = pytest.mark.skipif(
    "TagResource" not in CONNECT.handlers, reason="the simulator has no tag operations of Connect"
)


@pytest.fixture
def aws() -> Iterator[Callable[[str], Any]]:
    """A mock_aws() around the test, as what makes clients inside it."""
    with mock_aws():
        yield make_client


@pytest.fixture
def cases(aws: Callable[[str], Any]) -> Any:
    """A client of Cases inside mock_aws()."""
    return aws("connectcases")


@pytest.fixture
def connect(aws: Callable[[str], Any]) -> Any:
    """A client of Connect inside mock_aws()."""
    return aws("connect")


@pytest.fixture
def instance_id(connect: Any) -> str:
    """An instance that moto made, or the simulator's own where moto makes none."""
    return make_instance(connect) if MOTO_HAS_INSTANCES else simulator().instance_id


def make_instance(client: Any, alias: str = "office", **members: Any) -> str:
    """Have moto make an instance, and give its id."""
    arguments = {"IdentityManagementType": "CONNECT_MANAGED", "InstanceAlias": alias, **members}
    return str(client.create_instance(InboundCallsEnabled=True, OutboundCallsEnabled=True, **arguments)["Id"])


def make_view(client: Any, instance_id: str, title: str = "Hello", **members: Any) -> Any:
    """Make a view."""
    content: dict[str, Any] = {"Template": json.dumps({"Head": {"Title": title}, "Body": []}), "Actions": []}
    arguments: dict[str, Any] = {"Name": "Greeting", "Status": "PUBLISHED", "Content": content, **members}
    return client.create_view(InstanceId=instance_id, **arguments)["View"]


def custom_views(client: Any, instance_id: str) -> list[str]:
    """Give the names of the views that a test made."""
    answer = client.list_views(InstanceId=instance_id, Type="CUSTOMER_MANAGED")
    return [view["Name"] for view in answer["ViewsSummaryList"]]


def domain_names(client: Any) -> list[str]:
    """Give the names of the Cases domains."""
    return [domain["name"] for domain in client.list_domains()["domains"]]


def in_other_account(service: str, region_name: str = "us-east-1") -> Any:
    """Make a client with the credentials of a role that was assumed in another account."""
    role = f"arn:aws:iam::{OTHER_ACCOUNT}:role/tester"
    assumed = make_client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return BOTO3.client(
        service,
        region_name=region_name,
        aws_access_key_id=assumed["AccessKeyId"],
        aws_secret_access_key=assumed["SecretAccessKey"],
        aws_session_token=assumed["SessionToken"],
    )


# ---- beside moto's own ---------------------------------------------------------------------------------------------


@mock_aws
def test_cases_and_views_stand_beside_s3_and_sts() -> None:
    made = make_client("connectcases").create_domain(name="Support")
    assert made["domainArn"].split(":")[3:5] == ["us-east-1", DEFAULT_ACCOUNT_ID]
    make_client("s3").create_bucket(Bucket="attachments")
    assert [bucket["Name"] for bucket in make_client("s3").list_buckets()["Buckets"]] == ["attachments"]
    assert make_client("sts").get_caller_identity()["Account"] == DEFAULT_ACCOUNT_ID


def test_a_view_lives_in_the_instance(connect: Any, instance_id: str) -> None:
    view = make_view(connect, instance_id)
    described = connect.describe_instance(InstanceId=instance_id)["Instance"]
    assert view["Arn"].startswith(described["Arn"] + "/view/")
    listed = connect.list_instances()["InstanceSummaryList"]
    assert [(instance["Id"], instance["Arn"]) for instance in listed] == [(instance_id, described["Arn"])]


@pytest.mark.skipif(
    "CreateIntegrationAssociation" not in CONNECT.handlers, reason="the simulator can't associate Cases domains"
)
def test_a_cases_domain_is_associated_with_an_instance(connect: Any, cases: Any, instance_id: str) -> None:
    arn = cases.create_domain(name="Support")["domainArn"]
    if MOTO_HAS_INSTANCES:
        connect.create_integration_association(
            InstanceId=instance_id, IntegrationType="CASES_DOMAIN", IntegrationArn=arn
        )
    answer = connect.list_integration_associations(InstanceId=instance_id, IntegrationType="CASES_DOMAIN")
    assert [one["IntegrationArn"] for one in answer["IntegrationAssociationSummaryList"]] == [arn]


def test_an_instance_that_is_not_there_is_refused(connect: Any) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        make_view(connect, "nowhere")


def test_modelled_errors_and_paginators_work(connect: Any, instance_id: str) -> None:
    with pytest.raises(connect.exceptions.ResourceNotFoundException):
        connect.describe_view(InstanceId=instance_id, ViewId="nowhere")
    pages = connect.get_paginator("list_views").paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 2})
    assert len([view for page in pages for view in page["ViewsSummaryList"]]) == 5


def test_an_operation_that_neither_has_is_a_clear_error(connect: Any, instance_id: str) -> None:
    with refused("OperationNotSimulatedException", "ListQueues"):
        connect.list_queues(InstanceId=instance_id)


@with_simulated_tags
def test_tags_of_a_view_are_the_simulators(connect: Any, instance_id: str) -> None:
    arn = make_view(connect, instance_id, Tags={"team": "a"})["Arn"]
    connect.tag_resource(resourceArn=arn, tags={"stage": "b"})
    connect.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "b"}
    assert [call.operation for call in simulator().requests][-3:] == [
        *("TagResource", "UntagResource", "ListTagsForResource")
    ]


@without_motos_instances
def test_the_simulator_has_an_instance_where_moto_has_none(connect: Any) -> None:
    listed = connect.list_instances()["InstanceSummaryList"]
    assert [instance["Id"] for instance in listed] == [simulator().instance_id]


@with_motos_instances
class TestMotosInstances:
    def test_there_are_no_others(self, connect: Any) -> None:
        assert connect.list_instances()["InstanceSummaryList"] == []
        assert list(simulator().instance_ids()) == []

    def test_operations_that_only_moto_has_stay_motos(self, connect: Any, instance_id: str) -> None:
        connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contacts")
        results = connect.list_analytics_data_associations(InstanceId=instance_id)["Results"]
        assert [result["DataSetId"] for result in results] == ["contacts"]

    def test_a_deleted_instance_takes_its_views_along(self, connect: Any, instance_id: str) -> None:
        other = make_instance(connect, "branch")
        for identifier in (instance_id, other):
            make_view(connect, identifier)
        connect.delete_instance(InstanceId=instance_id)
        with refused("ResourceNotFoundException", instance_id):
            connect.list_views(InstanceId=instance_id)
        assert custom_views(connect, other) == ["Greeting"]
        assert list(simulator().instance_ids()) == [other]

    def test_instances_may_share_an_alias_as_they_may_in_moto(self, connect: Any) -> None:
        instances = [make_instance(connect, "office") for _ in range(2)]
        for identifier in instances:
            make_view(connect, identifier)
        assert [custom_views(connect, identifier) for identifier in instances] == [["Greeting"]] * 2

    def test_the_simulator_knows_an_instance_as_soon_as_it_is_made(self, instance_id: str) -> None:
        assert instance_id in simulator().add_contact(instance_id=instance_id)

    def test_a_test_may_reset_the_simulator_alone(self, connect: Any, instance_id: str) -> None:
        make_view(connect, instance_id)
        simulator().reset()
        assert custom_views(connect, instance_id) == []

    @pytest.mark.usefixtures("instance_id")
    def test_an_instance_of_the_simulators_own_may_be_added(self, connect: Any) -> None:
        own = simulator().add_instance("own", instance_id="own").rpartition("/")[2]
        make_view(connect, own)
        assert custom_views(connect, own) == ["Greeting"]

    def test_tags_of_an_instance_are_motos(self, connect: Any) -> None:
        arn = connect.describe_instance(InstanceId=make_instance(connect, Tags={"team": "a"}))["Instance"]["Arn"]
        connect.tag_resource(resourceArn=arn, tags={"stage": "b"})
        connect.untag_resource(resourceArn=arn, tagKeys=["team"])
        assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "b"}


# ---- what a request says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["plain", "Ä view/100% + more?", "日本 %2F ~"])
def test_paths_bodies_and_queries_arrive_as_they_were_sent(connect: Any, instance_id: str, text: str) -> None:
    view = make_view(connect, instance_id, text)
    # An ARN has slashes, which are escaped in a path.
    for view_id in (view["Arn"], f"{view['Arn']}:$SAVED", view["Id"]):
        content = connect.describe_view(InstanceId=instance_id, ViewId=view_id)["View"]["Content"]
        assert json.loads(content["Template"])["Head"]["Title"] == text
    with pytest.raises(ClientError):
        connect.describe_view(InstanceId=instance_id, ViewId=f"no/such {text}")
    with pytest.raises(ClientError):
        connect.list_views(InstanceId=instance_id, NextToken=f"token {text}")
    described, listed = simulator().requests[-2:]
    assert described.params == {"InstanceId": instance_id, "ViewId": f"no/such {text}"}
    assert listed.params == {"InstanceId": instance_id, "NextToken": f"token {text}"}


def test_views_that_aws_manages_are_found_by_arn(connect: Any, instance_id: str) -> None:
    arn = "arn:aws:connect:us-east-1:aws:view/form:1"
    assert connect.describe_view(InstanceId=instance_id, ViewId=arn)["View"]["Type"] == "AWS_MANAGED"


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("setting", ["use_fips_endpoint", "use_dualstack_endpoint"])
def test_no_endpoint_leads_out_of_the_process(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(f"AWS_{setting.upper()}", "true")
    client = make_client("connectcases")
    assert client.meta.endpoint_url.startswith(("https://cases-fips.us-east-1.", "https://cases.us-east-1.api.aws"))
    assert domain_names(client) == []
    assert make_client("connect").list_instances()["ResponseMetadata"]["HTTPStatusCode"] == 200


# ---- accounts and regions --------------------------------------------------------------------------------------------


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


@with_motos_instances
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


# ---- what a test arranges --------------------------------------------------------------------------------------------


def test_calls_can_be_made_to_fail_or_to_take_time(cases: Any) -> None:
    sim = simulator()
    sim.fail("ListDomains", "ThrottlingException")
    sim.break_connection("CreateDomain", carried_out=True)
    sim.slow_down("GetDomain", 30)
    with refused("ThrottlingException"):
        cases.list_domains()
    with pytest.raises(ConnectionClosedError):
        cases.create_domain(name="Support")
    domain_id = cases.list_domains()["domains"][0]["domainId"]
    before = sim.clock.now()
    cases.get_domain(domainId=domain_id)
    assert 30 <= (sim.clock.now() - before).total_seconds() < 31


def test_the_clock_is_the_simulators(connect: Any, instance_id: str) -> None:
    simulator().clock.set(START)
    view = make_view(connect, instance_id)
    described = connect.describe_view(InstanceId=instance_id, ViewId=view["Id"])["View"]
    assert abs((described["LastModifiedTime"] - START).total_seconds()) < 1


# ---- beside simulate() -----------------------------------------------------------------------------------------------


def test_a_client_made_inside_simulate_is_its_simulators(cases: Any) -> None:
    cases.create_domain(name="Moto's")
    with simulate() as sim:
        inner = make_client("connectcases")
        inner.create_domain(name="Simulate's")
        assert domain_names(inner) == ["Simulate's"]
        assert domain_names(cases) == ["Moto's"]
        make_client("s3").create_bucket(Bucket="attachments")
        with suppress(ClientError):
            make_instance(make_client("connect"))
        instances = make_client("connect").list_instances()["InstanceSummaryList"]
        assert instances[0]["Id"] == sim.instance_id
    with pytest.raises(SimulationEndedError):
        inner.list_domains()
    assert domain_names(make_client("connectcases")) == ["Moto's"]
    # What simulate() answered, moto did not carry out as well.
    instances = make_client("connect").list_instances()["InstanceSummaryList"]
    assert [instance["Id"] for instance in instances] == list(simulator().instance_ids())
    assert not [one for one in instances if one.get("InstanceAlias") == "office"]


def test_simulate_around_mock_aws_goes_before_it() -> None:
    with simulate() as sim:
        with mock_aws():
            client = make_client("connectcases")
            client.create_domain(name="Simulate's")
            make_client("s3").create_bucket(Bucket="attachments")
            assert list(simulator().requests) == []
        assert domain_names(client) == ["Simulate's"]
        assert len(sim.calls("CreateDomain")) == 1


@pytest.mark.usefixtures("aws")
def test_motos_simulator_may_answer_for_simulate_as_well() -> None:
    with simulate(simulator=simulator()):
        make_client("connectcases").create_domain(name="Support")
    assert domain_names(make_client("connectcases")) == ["Support"]


# ---- joining moto ----------------------------------------------------------------------------------------------------


def test_importing_it_again_changes_nothing(cases: Any) -> None:
    cases.create_domain(name="Support")
    before = list(motos_index.backend_url_patterns)
    names = [name for name in sys.modules if name.startswith("connectkit.simulator.moto")]
    kept = {name: sys.modules.pop(name) for name in names}
    try:
        again = importlib.import_module("connectkit.simulator.moto")
        assert again is not kept["connectkit.simulator.moto"]
        assert again.simulator() is simulator()
        assert domain_names(cases) == ["Support"]
    finally:
        sys.modules.update(kept)
        package: Any = sys.modules["connectkit.simulator"]
        package.moto = kept["connectkit.simulator.moto"]
    assert list(motos_index.backend_url_patterns) == before


def test_moto_may_be_told_to_let_a_service_through() -> None:
    passthrough: Any = {"core": {"passthrough": {"services": ["connectcases"]}}}
    with mock_aws(config=passthrough):
        client = make_client("connectcases")
        reached: list[str] = []

        def stop(request: Any, **_: object) -> None:
            reached.append(request.url)
            raise ConnectionAbortedError

        client.meta.events.register_last("before-send", stop)
        with pytest.raises(ConnectionAbortedError):
            client.list_domains()
    assert reached == ["https://cases.us-east-1.amazonaws.com/domains-list"]


def _import_after(preparation: str) -> str:
    """Import it in a new process, after some ``preparation``, and give the error's text."""
    program = f"import sys, types\n{preparation}\ntry:\n    import connectkit.simulator.moto\n"
    program += "except ImportError as error:\n    print(type(error).__name__, error.name, error)\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # this Python, and a program of ours
    return done.stdout.strip()


def test_without_moto_the_error_says_how_to_get_it() -> None:
    assert _import_after("sys.modules['moto'] = None") == (
        "ModuleNotFoundError moto connectkit.simulator.moto needs moto, which is not installed: "
        'pip install "connectkit[moto]"'
    )


def test_another_major_version_of_moto_is_refused() -> None:
    preparation = "sys.modules['moto'] = other = types.ModuleType('moto')\nother.__version__ = '4.2.14'"
    assert _import_after(preparation).startswith(
        "ImportError moto connectkit.simulator.moto knows moto 5, and moto 4.2.14 is installed"
    )


def test_the_simulator_by_itself_needs_no_moto() -> None:
    program = (
        "import sys\nsys.modules['moto'] = None\nimport connectkit.simulator as s\nprint(s.Simulator().instance_id)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # this Python, and a program of ours
    assert len(done.stdout.strip()) == 36
