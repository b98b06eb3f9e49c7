"""What a test can make the simulated service do, and what it can ask it afterwards."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from connectkit.simulator import Clock, Delays, Quotas, Rate, Simulator, simulate

from .helpers import BOTO3, START, needs, refused

if TYPE_CHECKING:
    from .helpers import DomainFixture

# ---- errors --------------------------------------------------------------------------------------------------------


def test_calls_fail_as_often_as_arranged_and_change_nothing(sim: Simulator, cases: Any) -> None:
    fault = sim.fail("CreateDomain", "ThrottlingException", times=2, message="slower, please")
    for _ in range(2):
        with refused("ThrottlingException", "slower, please"):
            cases.create_domain(name="Support")
    assert (fault.met, fault.remaining) == (2, 0)
    assert cases.list_domains()["domains"] == []
    cases.create_domain(name="Support")


def test_some_calls_may_go_through_first(sim: Simulator, cases: Any) -> None:
    sim.fail("ListDomains", "InternalServerException", after=1)
    cases.list_domains()
    with refused("InternalServerException"):
        cases.list_domains()
    cases.list_domains()


def test_an_error_has_the_members_that_it_is_given(sim: Simulator, cases: Any) -> None:
    sim.fail("GetDomain", "ResourceNotFoundException", resourceId="d1", resourceType="Domain")
    with refused("ResourceNotFoundException") as refusal:
        cases.get_domain(domainId="d")
    assert refusal.response["resourceId"] == "d1"
    sim.fail("GetDomain", "InternalServerException", retryAfterSeconds=7)
    with refused("InternalServerException") as refusal:
        cases.get_domain(domainId="d")
    assert refusal.response["ResponseMetadata"]["HTTPHeaders"]["retry-after"] == "7"


def test_an_error_has_every_member_that_its_model_requires(sim: Simulator, cases: Any) -> None:
    sim.fail("GetDomain", "ResourceNotFoundException")
    with refused("ResourceNotFoundException") as refusal:
        cases.get_domain(domainId="d")
    assert refusal.response["resourceId"]
    assert refusal.response["resourceType"]


def test_every_operation_can_be_made_to_fail_until_it_is_cancelled(sim: Simulator, cases: Any, connect: Any) -> None:
    with sim.fail("*", "ThrottlingException", times=None) as fault:
        for call in (cases.list_domains, connect.list_instances):
            with refused("ThrottlingException"):
                call()
    assert fault.met == 2
    fault.cancel()
    cases.list_domains()


def test_what_there_is_not_can_not_be_arranged(sim: Simulator) -> None:
    with pytest.raises(ValueError, match="did you mean 'GetCase'"):
        sim.fail("GetCsae", "ThrottlingException")
    with pytest.raises(ValueError, match="did you mean 'ThrottlingException'"):
        sim.fail("GetCase", "ThrotlingException")
    with pytest.raises(ValueError, match="no member 'retryAfter'"):
        sim.fail("GetCase", "InternalServerException", retryAfter=1)
    with pytest.raises(ValueError, match="times=0"):
        sim.fail("GetCase", "ThrottlingException", times=0)
    with pytest.raises(ValueError, match="less than no time"):
        sim.slow_down("GetCase", -1)
    with pytest.raises(ValueError, match="no operation 'Nothing'"):
        sim.break_connection("Nothing")
    with pytest.raises(ValueError, match="no operation 'Nothing'"):
        sim.calls("Nothing")


def get_fields(domain: DomainFixture, *field_ids: str) -> Any:
    """Read fields in one batch."""
    return domain.client.batch_get_field(domainId=domain.id, fields=[{"id": field_id} for field_id in field_ids])


def test_items_of_a_batch_fail_and_the_others_do_not(sim: Simulator, domain: DomainFixture) -> None:
    fault = sim.fail_items("BatchGetField", "Broken", items=["title", "nowhere"], message="As a test wants it")
    for _ in range(2):
        answer = get_fields(domain, "status", "title")
        assert [field["fieldId"] for field in answer["fields"]] == ["status"]
        assert answer["errors"] == [{"id": "title", "errorCode": "Broken", "message": "As a test wants it"}]
    assert (fault.met, sim.requests[-1].status) == (2, 200)
    fault.cancel()
    assert get_fields(domain, "title")["errors"] == []


def test_as_many_items_fail_as_arranged(sim: Simulator, domain: DomainFixture) -> None:
    sim.fail_items("BatchGetField", "Broken", after=1, times=2)
    failed = [error["id"] for error in get_fields(domain, "status", "title", "summary", "case_id")["errors"]]
    assert failed == ["title", "summary"]
    sim.fail_items("BatchGetField", "Broken")
    sim.reset()
    made = domain.client.create_domain(name="Another")["domainId"]
    assert domain.client.batch_get_field(domainId=made, fields=[{"id": "title"}])["errors"] == []


def test_an_option_that_fails_is_not_put(sim: Simulator, domain: DomainFixture) -> None:
    sim.fail_items("BatchPutFieldOptions", "Broken", items=["High"])
    field = domain.field("Priority", "SingleSelect")
    options = [{"name": value, "value": value, "active": True} for value in ("Low", "High")]
    answer = domain.client.batch_put_field_options(domainId=domain.id, fieldId=field, options=options)
    assert [(error["value"], error["errorCode"]) for error in answer["errors"]] == [("High", "Broken")]
    listed = domain.client.list_field_options(domainId=domain.id, fieldId=field)["options"]
    assert [option["value"] for option in listed] == ["Low"]


@pytest.mark.parametrize(
    ("operation", "error", "problem"),
    [
        ("GetCase", "X", "'GetCase' does not answer for each item; Batch"),
        ("*", "X", "does not answer for each item"),
        ("BatchGetField", "", "error is empty"),
    ],
)
def test_items_fail_only_where_a_service_answers_for_each(
    sim: Simulator, operation: str, error: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        sim.fail_items(operation, error)


def test_one_text_is_no_list_of_items(sim: Simulator) -> None:
    with pytest.raises(TypeError, match="a collection of them"):
        sim.fail_items("BatchGetField", "X", items="title")


def test_one_call_fails_unless_a_test_says_more(sim: Simulator, cases: Any) -> None:
    sim.fail("ListDomains", "ThrottlingException")
    with refused("ThrottlingException"):
        cases.list_domains()
    cases.list_domains()


# ---- time ----------------------------------------------------------------------------------------------------------


def test_a_slow_call_moves_the_clock_and_nobody_waits(sim: Simulator, cases: Any) -> None:
    began = sim.clock.now()
    sim.slow_down("ListDomains", 30)
    cases.list_domains()
    assert sim.clock.now() - began >= timedelta(seconds=30)


def test_a_call_that_takes_too_long_is_carried_out_and_times_out(sim: Simulator) -> None:
    patience = Config(read_timeout=5, retries={"total_max_attempts": 1})
    client = BOTO3.client("connectcases", region_name="us-east-1", config=patience)
    sim.slow_down("CreateDomain", 5, times=1)
    began = sim.clock.now()
    with pytest.raises(ReadTimeoutError):
        client.create_domain(name="Support")
    assert sim.clock.now() - began < timedelta(seconds=6)
    assert len(client.list_domains()["domains"]) == 1


def test_a_live_clock_goes_on_from_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    elapsed = [100.0]
    monkeypatch.setattr("connectkit.simulator.core.clock.monotonic", lambda: elapsed[0])
    clock = Clock(START, live=True)
    assert clock.live
    assert clock.now() == START
    elapsed[0] += 2
    assert clock.now() == START + timedelta(seconds=2)
    clock.set(START)
    elapsed[0] += 3
    assert clock.tick() == START + timedelta(seconds=3, milliseconds=1)


def test_a_search_sees_changes_after_the_delay_of_its_index(sim: Simulator, domain: DomainFixture) -> None:
    domain.case("Before")
    sim.delays = Delays(search_index=timedelta(seconds=5))
    case_id = domain.case("After")
    assert domain.search() == ["Before"]
    assert domain.values(case_id, "title") == {"title": "After"}
    sim.clock.advance(5)
    assert domain.search() == ["After", "Before"]
    domain.update(case_id, {"id": "title", "value": {"stringValue": "Changed"}})
    assert domain.search() == ["After", "Before"]
    sim.clock.advance(5)
    assert domain.search() == ["Changed", "Before"]


def test_a_domain_is_being_created_for_a_while(sim: Simulator, cases: Any) -> None:
    sim.delays = Delays(domain_creation=timedelta(minutes=1))
    made = cases.create_domain(name="Support")
    assert made["domainStatus"] == "CreationInProgress"
    with refused("ConflictException", "still being created"):
        cases.create_field(domainId=made["domainId"], name="A", type="Text")
    with refused("ValidationException", "still being created"):
        cases.list_fields(domainId=made["domainId"])
    sim.clock.advance(minutes=1)
    assert cases.get_domain(domainId=made["domainId"])["domainStatus"] == "Active"
    cases.create_field(domainId=made["domainId"], name="A", type="Text")


def test_a_delay_is_never_negative() -> None:
    with pytest.raises(ValueError, match="search_index"):
        Delays(search_index=timedelta(seconds=-1))


# ---- quotas --------------------------------------------------------------------------------------------------------


def test_calls_are_throttled_in_the_simulated_time(sim: Simulator, cases: Any) -> None:
    sim.quotas = Quotas(rates={"ListDomains": Rate(2, burst=3)})
    for _ in range(3):
        cases.list_domains()
    with refused("ThrottlingException", "ListDomains"):
        cases.list_domains()
    sim.clock.advance(0.5)
    cases.list_domains()
    with refused("ThrottlingException"):
        cases.list_domains()
    sim.reset()
    cases.list_domains()


def test_nothing_is_throttled_unless_a_test_says_so(domain: DomainFixture) -> None:
    assert "SearchCases" in Rate.of_a_new_account()
    for _ in range(30):
        domain.search()


def test_a_rate_lets_some_calls_through() -> None:
    with pytest.raises(ValueError, match="per_second"):
        Rate(0, burst=1)
    with pytest.raises(ValueError, match="burst"):
        Rate(1, burst=0)


# ---- connections ---------------------------------------------------------------------------------------------------


def test_a_connection_breaks_before_the_request_arrives(sim: Simulator, cases: Any) -> None:
    sim.break_connection("CreateDomain")
    with pytest.raises(ConnectionClosedError):
        cases.create_domain(name="Support")
    assert cases.list_domains()["domains"] == []
    (request,) = sim.calls("CreateDomain")
    assert (request.status, request.params, request.error) == (0, None, None)


def test_a_connection_breaks_after_the_request_was_carried_out(sim: Simulator, cases: Any) -> None:
    sim.break_connection("CreateDomain", carried_out=True)
    with pytest.raises(ConnectionClosedError):
        cases.create_domain(name="Support")
    assert [domain["name"] for domain in cases.list_domains()["domains"]] == ["Support"]


def _at_once(attempts: int, **_: Any) -> int | None:
    """Say that a client waits no time before its next attempt, of which it makes three."""
    return 0 if attempts < 3 else None


def test_clients_that_retry_get_over_what_does_not_last(sim: Simulator) -> None:
    client = BOTO3.client("connectcases", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    client.meta.events.register_first("needs-retry.connectcases", _at_once, unique_id="no waiting")
    sim.fail("ListDomains", "ThrottlingException", times=2)
    assert client.list_domains()["domains"] == []
    assert [request.error for request in sim.calls("ListDomains")] == ["ThrottlingException"] * 2 + [None]


# ---- what happened -------------------------------------------------------------------------------------------------


def test_requests_are_recorded_as_they_were_understood(sim: Simulator, cases: Any) -> None:
    domain_id = cases.create_domain(name="Support")["domainId"]
    with refused("ResourceNotFoundException"):
        cases.get_case(domainId=domain_id, caseId="c", fields=[{"id": "title"}])
    created, read = sim.requests
    assert (created.service, created.operation, created.status) == ("connectcases", "CreateDomain", 200)
    assert created.params == {"name": "Support"}
    assert (created.account_id, created.region) == ("123456789012", "us-east-1")
    assert created.time < read.time
    assert (read.status, read.error) == (404, "ResourceNotFoundException")
    assert sim.calls("GetCase") == [read]
    sim.reset()
    assert sim.requests == []


def test_the_state_can_be_read_as_json(sim: Simulator, domain: DomainFixture) -> None:
    domain.case("Parcel lost")
    dumped = json.loads(json.dumps(sim.dump()))
    (found,) = dumped["123456789012"]["us-east-1"]["domains"]
    assert (found["id"], found["name"]) == (domain.id, "Support")
    assert found["case"][0]["values"]["title"] == ["stringValue", "Parcel lost", "Parcel lost"]
    assert found["template"][0]["name"] == "General"
    assert dumped["123456789012"]["us-east-1"]["instances"][0]["id"] == sim.instance_id


def test_a_request_that_fails_leaves_the_state_as_it_was(sim: Simulator, cases: Any, domain: DomainFixture) -> None:
    before = sim.dump()
    with refused("ResourceNotFoundException"):
        cases.create_case(domainId=domain.id, templateId="nowhere", fields=[])
    assert sim.dump() == before


# ---- instances and contacts ----------------------------------------------------------------------------------------


def test_more_instances_can_be_added_with_and_without_a_cases_domain(sim: Simulator, connect: Any, cases: Any) -> None:
    cases.create_domain(name="First")
    second = cases.create_domain(name="Second")
    with_domain = sim.add_instance("with", cases_domain_id=second["domainId"])
    without = sim.add_instance("without", instance_id="an-id")
    assert without.endswith("instance/an-id")
    aliases = [found["InstanceAlias"] for found in connect.list_instances()["InstanceSummaryList"]]
    assert aliases == ["simulated", "with", "without"]

    def associated(instance: str) -> list[str]:
        answer = connect.list_integration_associations(InstanceId=instance, IntegrationType="CASES_DOMAIN")
        return [found["IntegrationArn"] for found in answer["IntegrationAssociationSummaryList"]]

    assert associated(with_domain) == [second["domainArn"]]
    assert associated(without) == []


def test_an_instance_that_makes_no_sense_is_refused(sim: Simulator) -> None:
    with pytest.raises(ValueError, match="already"):
        sim.add_instance("simulated")
    with pytest.raises(ValueError, match="already"):
        sim.add_instance("another", instance_id=sim.instance_id)
    with pytest.raises(ValueError, match="no Cases domain nowhere"):
        sim.add_instance("another", cases_domain_id="nowhere")


def test_an_instance_can_be_taken_away_with_what_is_in_it(sim: Simulator, connect: Any) -> None:
    added = sim.add_instance("added", instance_id="an-id", region_name="eu-west-2").rpartition("/")[2]
    assert list(sim.instance_ids()) == [sim.instance_id]
    assert list(sim.instance_ids(region_name="eu-west-2")) == [sim.instance_id, added]
    content: dict[str, Any] = {"Template": '{"Body": []}', "Actions": []}
    connect.create_view(InstanceId=sim.instance_id, Name="Greeting", Status="SAVED", Content=content)
    sim.remove_instance(sim.instance_id)
    with refused("ResourceNotFoundException"):
        connect.list_views(InstanceId=sim.instance_id)
    sim.add_instance("again", instance_id=sim.instance_id)
    assert connect.list_views(InstanceId=sim.instance_id, Type="CUSTOMER_MANAGED")["ViewsSummaryList"] == []
    with pytest.raises(ValueError, match="no instance an-id"):
        sim.remove_instance("an-id")
    sim.remove_instance("an-id", region_name="eu-west-2")
    assert list(sim.instance_ids(region_name="eu-west-2")) == [sim.instance_id]


def test_a_simulator_can_begin_without_an_instance() -> None:
    with simulate(with_instance=False):
        assert BOTO3.client("connect").list_instances()["InstanceSummaryList"] == []


@needs("connectcases", "CreateRelatedItem")
def test_a_seeded_contact_says_its_channel_and_its_time(sim: Simulator, cases: Any, domain: DomainFixture) -> None:
    connected = datetime(2029, 12, 24, 18, 0, tzinfo=timezone.utc)
    arn = sim.add_contact(channel="CHAT", connected=connected)
    case_id = domain.case()
    content = {"contact": {"contactArn": arn}}
    cases.create_related_item(domainId=domain.id, caseId=case_id, type="Contact", content=content)
    (item,) = cases.search_related_items(domainId=domain.id, caseId=case_id)["relatedItems"]
    assert item["content"]["contact"] == {"contactArn": arn, "channel": "CHAT", "connectedToSystemTime": connected}


def test_a_contact_that_makes_no_sense_is_refused(sim: Simulator) -> None:
    sim.add_contact("c1")
    with pytest.raises(ValueError, match="has a contact c1 already"):
        sim.add_contact("c1")
    with pytest.raises(ValueError, match="no instance nowhere"):
        sim.add_contact(instance_id="nowhere")
    with pytest.raises(ValueError, match="time zone"):
        sim.add_contact(connected=START.replace(tzinfo=None))


# ---- options -------------------------------------------------------------------------------------------------------


def test_options_make_a_simulator_for_each_entry() -> None:
    simulation = simulate(seed=3, quotas=Quotas(domains=1))
    identifiers: list[str] = []
    for _ in range(2):
        with simulation as sim:
            client = BOTO3.client("connectcases")
            client.create_domain(name="One")
            with pytest.raises(ClientError, match="quota"):
                client.create_domain(name="Two")
            identifiers.append(sim.instance_id)
    assert identifiers[0] == identifiers[1]


def test_options_and_a_simulator_exclude_each_other() -> None:
    with pytest.raises(TypeError, match="seed"):
        simulate(simulator=Simulator(), seed=1)
