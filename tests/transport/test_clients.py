"""Clients handed in, clients made here: whose retries count, and that a caller's client stays the caller's."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from botocore.stub import Stubber

from connectkit import (
    ConfigurationError,
    ConnectKit,
    CredentialsError,
    InternalServiceError,
    NotFoundError,
    RequestError,
    ThrottlingError,
    TransportError,
)
from connectkit._transport.check import Checker
from connectkit.models import connect, connectcases as cases

from .standin import Answer, Received, StandIn, broken, refused_url, reply, throttled
from .support import DOMAIN, Time, clean_environment, logged, make_kit, session

GET = cases.GetDomainRequest(domain_id=DOMAIN)
FOUND: dict[str, Any] = {
    "domainId": DOMAIN,
    "domainArn": "arn",
    "name": "Shop",
    "createdTime": "2026-01-01T00:00:00Z",
    "domainStatus": "Active",
    "tags": {"team": "legal"},
}
ONCE = {"total_max_attempts": 1, "mode": "standard"}


def _no_wait(seconds: float) -> None:
    """Take the place of ``time.sleep``."""


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    clean_environment(monkeypatch)
    # botocore waits between attempts of its own.
    monkeypatch.setattr("botocore.endpoint.time.sleep", _no_wait)


def client(service: StandIn, name: str = "connectcases", **config: Any) -> Any:
    return cast("Any", session()).client(name, endpoint_url=service.url, config=Config(**config))


def warnings(records: list[logging.LogRecord]) -> list[str]:
    return [record.getMessage() for record in records if record.levelno >= logging.WARNING]


# --- a client that retries by itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "retries",
    [
        None,
        {"mode": "standard"},
        {"mode": "legacy", "max_attempts": 2},
        {"mode": "standard", "total_max_attempts": 4},
        {"mode": "adaptive", "total_max_attempts": 2},
    ],
)
def test_a_client_that_retries_goes_on_doing_so_and_nobody_multiplies(service: StandIn, retries: Any) -> None:
    service.script = [broken()]
    own = client(service, retries=retries)
    with pytest.raises(ClientError):
        own.get_domain(domainId=DOMAIN)
    by_itself = len(service.requests)
    assert by_itself > 1
    service.requests.clear()
    time = Time()
    # Another client, for botocore keeps a budget of retries per client.
    kit = ConnectKit(connectcases=client(service, retries=retries), retry=time.policy(max_attempts=5))
    with pytest.raises(InternalServiceError) as caught:
        kit.send(GET)
    assert len(service.requests) == by_itself
    assert caught.value.attempts == by_itself
    assert time.slept == []


def test_it_says_so_once(service: StandIn) -> None:
    service.script = [reply(FOUND)]
    own = client(service)
    with logged() as records:
        kit = ConnectKit(connectcases=own)
        for _ in range(3):
            kit.send(GET)
        assert kit.connectcases is own
    (said,) = warnings(records)
    assert "connectcases client" in said
    assert "total_max_attempts" in said  # what to do about it


def test_the_attempts_of_such_a_client_are_counted(service: StandIn) -> None:
    service.script = [throttled(), broken(), reply(FOUND)]
    with logged() as records:
        answer = ConnectKit(connectcases=client(service)).send(GET)
    assert answer.metadata.attempts == len(service.requests) == 3
    assert vars(records[-1])["attempts"] == 3


def test_connections_refused_to_such_a_client_are_counted_too() -> None:
    own = cast("Any", session()).client(
        "connectcases", endpoint_url=refused_url(), config=Config(retries={"total_max_attempts": 3, "mode": "standard"})
    )
    with pytest.raises(TransportError) as caught:
        ConnectKit(connectcases=own, retry=Time().policy()).send(GET)
    assert caught.value.attempts == 3


@pytest.mark.parametrize(
    "retries", [ONCE, {"max_attempts": 0}, {"max_attempts": 0, "mode": "legacy"}, {"total_max_attempts": 1}]
)
def test_a_client_with_its_retries_off_follows_the_policy(service: StandIn, retries: Any) -> None:
    service.script = [throttled()]
    time = Time()
    with logged() as records:
        kit = ConnectKit(connectcases=client(service, retries=retries), retry=time.policy(max_attempts=3))
        with pytest.raises(ThrottlingError) as caught:
            kit.send(GET)
    assert caught.value.attempts == len(service.requests) == 3
    assert len(time.slept) == 2
    assert warnings(records) == []


def test_the_environment_decides_for_a_callers_client_as_ever(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    own = client(service)
    service.script = [throttled()]
    with pytest.raises(ThrottlingError) as caught:
        ConnectKit(connectcases=own, retry=Time().policy()).send(GET)
    assert caught.value.attempts == len(service.requests) == 2


def test_retries_in_the_config_are_left_aside_and_it_says_so(service: StandIn) -> None:
    service.script = [throttled()]
    with logged() as records:
        kit = make_kit(service.url, Time().policy(max_attempts=2), retries={"max_attempts": 9})
        with pytest.raises(ThrottlingError):
            kit.send(GET)
    assert len(service.requests) == 2
    assert warnings(records) == ["Config(retries=...) is left aside: RetryPolicy decides how often connectkit tries"]


# --- a caller's client stays the caller's -----------------------------------------------------------------------------


def without_headers(parsed: dict[str, Any]) -> dict[str, Any]:
    return {**parsed, "ResponseMetadata": {**parsed["ResponseMetadata"], "HTTPHeaders": None}}


def test_direct_calls_are_the_same_before_between_and_after_ours(service: StandIn) -> None:
    service.script = [reply(FOUND)]
    own = client(service, retries=ONCE)
    before = without_headers(own.get_domain(domainId=DOMAIN))
    assert before["name"] == "Shop"
    assert before["createdTime"].year == 2026
    kit = ConnectKit(connectcases=own)
    assert without_headers(own.get_domain(domainId=DOMAIN)) == before
    assert kit.send(GET).name == "Shop"
    assert without_headers(own.get_domain(domainId=DOMAIN)) == before
    again = ConnectKit(connectcases=own)  # a second kit on the same client
    assert again.send(GET).metadata.attempts == 1
    assert without_headers(own.get_domain(domainId=DOMAIN)) == before


def test_direct_errors_are_boto3s_as_ever(service: StandIn) -> None:
    service.script = [throttled()]
    own = client(service, retries=ONCE)
    kit = ConnectKit(connectcases=own, retry=Time().policy(max_attempts=2))
    with pytest.raises(ThrottlingError):
        kit.send(GET)
    with pytest.raises(own.exceptions.ThrottlingException, match="Rate exceeded"):
        own.get_domain(domainId=DOMAIN)


def test_botocores_own_check_stays_on_for_direct_calls_of_a_callers_client(service: StandIn) -> None:
    own = client(service)
    ConnectKit(connectcases=own)
    with pytest.raises(ParamValidationError, match="domainId"):
        own.get_domain()
    assert service.requests == []


def test_direct_calls_and_ours_interleaved_in_threads_get_their_own_answers(service: StandIn) -> None:
    service.script = [reply(FOUND)]
    own = client(service, retries=ONCE)
    wanted = without_headers(own.get_domain(domainId=DOMAIN))
    kit = ConnectKit(connectcases=own)

    def one(number: int) -> bool:
        if number % 2:
            return without_headers(own.get_domain(domainId=DOMAIN)) == wanted
        answer = kit.send(GET)
        return answer.name == "Shop" and answer.tags == {"team": "legal"} and answer.metadata.attempts == 1

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(60)))


def test_a_direct_call_of_a_handler_during_ours_gets_its_whole_answer(service: StandIn) -> None:
    service.script = [reply(FOUND)]
    own = client(service, retries=ONCE)
    inner: list[dict[str, Any]] = []

    def look(**_: Any) -> None:
        if not inner:
            inner.append({})
            inner[0] = own.list_tags_for_resource(arn="a")

    own.meta.events.register("before-send.connectcases", look)
    answer = ConnectKit(connectcases=own).send(GET)
    assert answer.name == "Shop"
    assert inner[0]["tags"] == {"team": "legal"}
    assert answer.metadata.attempts == 1  # the handler's call is none of ours


def test_a_client_for_another_service_is_refused(service: StandIn) -> None:
    with pytest.raises(ConfigurationError, match="the client given as connect is one for connectcases"):
        ConnectKit(connect=client(service))
    with pytest.raises(ConfigurationError, match="the client given as connectcases is one for s3"):
        ConnectKit(connectcases=client(service, "s3"))


# --- Stubber ----------------------------------------------------------------------------------------------------------


def stub_body() -> dict[str, Any]:
    return {**FOUND, "createdTime": datetime(2026, 1, 1, tzinfo=timezone.utc)}


def test_a_stubbed_client_works(service: StandIn) -> None:
    own = client(service)
    kit = ConnectKit(connectcases=own)
    with Stubber(own) as stub:
        stub.add_response("get_domain", stub_body(), {"domainId": DOMAIN})
        answer = kit.send(GET)
        stub.assert_no_pending_responses()
    assert (answer.name, answer.created_time.year, answer.metadata.attempts) == ("Shop", 2026, 1)
    assert service.requests == []


def test_a_stubbed_error_is_ours_with_its_modelled_members(service: StandIn) -> None:
    own = client(service)
    with Stubber(own) as stub:
        stub.add_client_error(
            "get_domain",
            "ResourceNotFoundException",
            "No such domain",
            404,
            modeled_fields={"message": "No", "resourceId": "d", "resourceType": "Domain"},
        )
        with pytest.raises(NotFoundError, match="No such domain") as caught:
            ConnectKit(connectcases=own).send(GET)
    assert caught.value.details == {"resourceId": "d", "resourceType": "Domain"}
    assert caught.value.attempts == 1


def test_the_seconds_of_a_stubbed_server_fault_are_followed(service: StandIn) -> None:
    own, time = client(service, retries=ONCE), Time()
    with Stubber(own) as stub:
        stub.add_client_error(
            "get_domain",
            "InternalServerException",
            "Busy",
            500,
            modeled_fields={"message": "B", "retryAfterSeconds": 9},
        )
        stub.add_response("get_domain", stub_body())
        answer = ConnectKit(connectcases=own, retry=time.policy()).send(GET)
    assert time.slept == [9]
    assert answer.metadata.attempts == 2


def test_what_was_given_to_a_stub_stays_as_it_was(service: StandIn) -> None:
    own = client(service)
    given = {**stub_body(), "ResponseMetadata": {"RequestId": "r", "HTTPStatusCode": 200}}
    kit = ConnectKit(connectcases=own)
    with Stubber(own) as stub:
        stub.add_response("get_domain", given)
        stub.add_response("get_domain", given)
        first, second = kit.send(GET), kit.send(GET)
    assert first.metadata.request_id == second.metadata.request_id == "r"
    assert given == {**stub_body(), "ResponseMetadata": {"RequestId": "r", "HTTPStatusCode": 200}}


# --- clients that are made here ---------------------------------------------------------------------------------------


def test_the_config_is_honoured(service: StandIn) -> None:
    service.script = [reply(FOUND)]
    config: Any = Config(connect_timeout=3, read_timeout=4, user_agent_extra="shop/1.0", max_pool_connections=3)
    kit = ConnectKit(session(), endpoint_url=service.url, config=config)
    kit.send(GET)
    assert "shop/1.0" in service.requests[0].headers["user-agent"]
    has: Any = kit.connectcases.meta.config
    assert (has.connect_timeout, has.read_timeout, has.max_pool_connections) == (3, 4, 3)
    assert config.retries is None  # the caller's own Config is left as it was
    assert config.parameter_validation is True


def test_session_region_and_endpoint_reach_both_services(service: StandIn) -> None:
    service.script = [reply()]
    own = boto3.Session(aws_access_key_id="AKIDOWN", aws_secret_access_key="s", region_name="eu-central-1")
    kit = ConnectKit(own, endpoint_url=service.url)
    kit.send(GET)
    kit.send(connect.ListInstancesRequest())
    for request in service.requests:
        assert "Credential=AKIDOWN/" in request.headers["authorization"]
        assert "/eu-central-1/" in request.headers["authorization"]
    other = ConnectKit(own, region_name="ap-southeast-2", endpoint_url=service.url)
    other.send(GET)
    assert "/ap-southeast-2/" in service.requests[-1].headers["authorization"]
    assert ConnectKit(own).connectcases.meta.endpoint_url == "https://cases.eu-central-1.amazonaws.com"


def test_a_profile_is_honoured(service: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    files = tmp_path / "config"
    files.write_text("[profile shop]\nregion = eu-west-2\naws_access_key_id = AKIDSHOP\naws_secret_access_key = s\n")
    clean_environment(monkeypatch, credentials=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(files))
    service.script = [reply()]
    ConnectKit(profile_name="shop", endpoint_url=service.url).send(GET)
    authorization = service.requests[0].headers["authorization"]
    assert "Credential=AKIDSHOP/" in authorization
    assert "/eu-west-2/" in authorization


def test_an_unknown_profile_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="nobody"):
        ConnectKit(profile_name="nobody", region_name="us-east-1").send(GET)


def test_session_and_profile_together_are_refused() -> None:
    with pytest.raises(ValueError, match="session or profile_name, not both"):
        ConnectKit(session(), profile_name="shop")


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_an_age_of_names_that_makes_no_sense_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match=r"names_max_age is .*; it is a number of seconds, not negative, or None"):
        ConnectKit(names_max_age=seconds)


@pytest.mark.parametrize("given", ["300", True, timedelta(minutes=5)])
def test_an_age_of_names_that_is_no_number_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match=r"names_max_age is (str|bool|timedelta).*; it is a number of seconds"):
        ConnectKit(names_max_age=given)


def test_a_kit_says_its_region() -> None:
    assert repr(ConnectKit(region_name="eu-west-2", names_max_age=None)) == "<ConnectKit in eu-west-2>"


def test_without_a_region_it_says_so() -> None:
    kit = ConnectKit()
    with pytest.raises(ConfigurationError, match="region"):
        kit.send(GET)
    with pytest.raises(ConfigurationError, match="region"):
        _ = kit.connect
    assert kit is not None


def test_without_credentials_it_says_so(service: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    clean_environment(monkeypatch, credentials=False)
    time = Time()
    kit = ConnectKit(region_name="us-east-1", endpoint_url=service.url, retry=time.policy())
    with pytest.raises(CredentialsError, match=r"[Cc]redentials"):
        kit.send(GET)
    assert (service.requests, time.slept) == ([], [])


def test_half_of_the_credentials_is_none(service: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(CredentialsError):
        ConnectKit(region_name="us-east-1", endpoint_url=service.url).send(GET)


def test_an_address_that_is_none_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="not an address"):
        ConnectKit(session(), endpoint_url="not an address").send(GET)


def test_parameter_validation_false_switches_the_check_off(service: StandIn) -> None:
    service.script = [reply({"domains": []})]
    too_many = cases.ListDomainsRequest(max_results=100_000)
    with pytest.raises(RequestError, match="max_results"):
        make_kit(service.url).send(too_many)
    assert service.requests == []
    make_kit(service.url, parameter_validation=False).send(too_many)
    assert "maxResults=100000" in service.requests[0].path


def test_a_kit_makes_no_client_before_it_needs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(**_: object) -> None:
        pytest.fail("a session was made")

    monkeypatch.setattr(boto3, "Session", made)
    ConnectKit(region_name="us-east-1").paginate(cases.ListDomainsRequest())


def test_sixteen_threads_from_cold_make_one_client_each_and_get_their_own_answers(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original = cast("Any", boto3.Session).client

    def counting(self: Any, name: str, **arguments: Any) -> Any:
        made.append(name)
        return original(self, name, **arguments)

    monkeypatch.setattr(boto3.Session, "client", counting)
    kit = ConnectKit(session(), endpoint_url=service.url)
    start = threading.Barrier(16)

    def one(number: int) -> str | None:
        start.wait(10)
        kit.send(connect.ListInstancesRequest())
        request = cases.SearchCasesRequest(domain_id=f"domain-{number}", search_term=f"term-{number}")
        return kit.send(request).next_token

    def answer(request: Received) -> Answer:
        term = request.json.get("searchTerm")
        return reply({"InstanceSummaryList": []} if term is None else {"cases": [], "nextToken": term})

    service.answer = answer
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(one, range(16)))
    assert got == [f"term-{number}" for number in range(16)]
    assert sorted(made) == ["connect", "connectcases"]
    assert len(service.requests) == 32


def test_a_call_while_another_thread_prepares_the_same_operation(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first thread is held up half-way through what it puts together for SearchCases, whose filter holds itself.
    building, go_on = threading.Event(), threading.Event()
    original = Checker._list  # pyright: ignore[reportPrivateUsage] - the place to hold a thread up

    def slowly(self: Checker, shape: Any) -> Any:
        if shape.member.name == "CaseFilter" and threading.current_thread().name == "slow" and not building.is_set():
            building.set()
            assert go_on.wait(10)
        return original(self, shape)

    monkeypatch.setattr(Checker, "_list", slowly)
    service.script = [reply({"cases": []})]
    kit, result = make_kit(service.url), dict[str, Any]()
    inner = cases.CaseFilter(
        field=cases.FieldFilter(equal_to=cases.FieldValue(id="a", value=cases.FieldValueUnion(string_value="b")))
    )
    request = cases.SearchCasesRequest(
        domain_id=DOMAIN, filter=cases.CaseFilter(and_all=[cases.CaseFilter(not_=inner)])
    )

    def one() -> None:
        name = threading.current_thread().name
        try:
            result[name] = kit.send(request).cases
        except BaseException as error:  # noqa: BLE001 - it is what the test looks at
            result[name] = error

    slow, quick = threading.Thread(target=one, name="slow"), threading.Thread(target=one, name="quick")
    slow.start()
    try:
        assert building.wait(10)
        quick.start()
        quick.join(0.3)  # it may also choose to wait for the slow one
    finally:
        go_on.set()
        slow.join(10)
        quick.join(10)
    assert result == {"slow": [], "quick": []}
