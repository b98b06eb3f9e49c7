"""What is sent again and how often, counted at the server; with which token; and how patiently."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest

from connectkit import (
    ConnectKitError,
    InternalServiceError,
    RetryPolicy,
    ServiceError,
    ThrottlingError,
    TransportError,
)
from connectkit.models import connect, connectcases as cases

from .standin import RESET, SILENCE, Answer, Entry, StandIn, broken, failure, refused_url, reply, throttled
from .support import DOMAIN, Time, installed, make_kit, minimal_request, requests_by_operation

CUT_OFF = Answer(200, b'{"fields": [', missing=40)
HTML = Answer(502, b"<html><body>Bad Gateway</body></html>", {"Content-Type": "text/html"})
BUSY = failure("ServiceUnavailableException", 503, message="Busy")

# Every way to fail that might pass, and whether the service may have acted on the request.
UNDONE: dict[str, Entry] = {
    "429": throttled(),
    "429 with a hint": throttled(retry_after="0"),
    "TooManyRequests": failure("TooManyRequestsException", 429, Message="Slow down"),
    "429 of a proxy": Answer(429, b"", {"Content-Type": "text/plain"}),
}
UNKNOWN: dict[str, Entry] = {
    "500": broken(),
    "503": BUSY,
    "HTML 502": HTML,
    "504": Answer(504, b""),
    "reset": RESET,
    "cut off": CUT_OFF,
    "timeout": SILENCE,
}
FINAL: dict[str, Entry] = {
    "400": failure("ValidationException", 400, message="No"),
    "402": failure("ServiceQuotaExceededException", 402, message="No"),
    "403": failure("AccessDeniedException", 403, message="No"),
    "404": failure("ResourceNotFoundException", 404, message="No", resourceId="x", resourceType="y"),
    "409": failure("ConflictException", 409, message="No"),
    "501": Answer(501, b""),
}
READS = ["GetCase", "SearchCases", "ListFields", "DescribeView", "ListInstances"]
REPLACEMENTS = ["UpdateCase", "UpdateLayout", "UpdateTaskTemplate", "UpdateViewContent", "DeleteField", "TagResource"]
WITH_TOKEN = {
    "CreateCase": "clientToken",
    "CreateView": "ClientToken",
    "CreateTaskTemplate": "ClientToken",
    "StartTaskContact": "ClientToken",
}
CREATES = ["CreateField", "CreateDomain", "CreateLayout", "CreateTemplate", "CreateRelatedItem"]


def send(service: StandIn, operation: str, *script: Entry, time: Time | None = None, **policy: Any) -> Any:
    service.script = list(script)
    kit = make_kit(service.url, (time or Time()).policy(**policy), read_timeout=0.1)
    return kit.send(minimal_request(operation))


# --- how often --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [1, 2, 5])
@pytest.mark.parametrize("kind", [*UNDONE, *(name for name in UNKNOWN if name != "timeout")])
def test_a_read_is_sent_as_often_as_the_policy_says(service: StandIn, kind: str, most: int) -> None:
    time = Time()
    with pytest.raises((ServiceError, TransportError)) as caught:
        send(service, "GetCase", {**UNDONE, **UNKNOWN}[kind], time=time, max_attempts=most)
    assert len(service.requests) == most
    assert vars(caught.value)["attempts"] == most
    assert len(time.slept) == most - 1


@pytest.mark.parametrize("most", [1, 2])
def test_timeouts_count_like_everything_else(service: StandIn, most: int) -> None:
    with pytest.raises(TransportError, match="Read timeout") as caught:
        send(service, "GetCase", SILENCE, max_attempts=most)
    assert len(service.requests) == most
    assert caught.value.attempts == most


@pytest.mark.parametrize("most", [1, 2, 5])
def test_refused_connections_count_like_everything_else(most: int) -> None:
    time, tried = Time(), list[int]()
    kit = make_kit(refused_url(), time.policy(max_attempts=most))

    def count(**_: object) -> None:
        tried.append(1)

    kit.connectcases.meta.events.register("before-send.connectcases", count)
    with pytest.raises(TransportError) as caught:
        kit.send(minimal_request("GetCase"))
    assert caught.value.attempts == len(tried) == most
    assert len(time.slept) == most - 1
    assert (caught.value.never_sent, caught.value.may_have_acted) == (True, False)


def test_attempts_are_ours_alone_whatever_the_environment_says(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "4")
    for mode in ("legacy", "standard", "adaptive"):
        monkeypatch.setenv("AWS_RETRY_MODE", mode)
        service.requests.clear()
        kit = make_kit(service.url, Time().policy(max_attempts=2))
        service.script = [throttled()]
        with pytest.raises(ThrottlingError):
            kit.send(minimal_request("GetCase"))
        assert len(service.requests) == 2
        service.requests.clear()
        with pytest.raises(kit.connectcases.exceptions.ClientError):
            kit.connectcases.get_domain(domainId=DOMAIN)  # what the raw client does when called directly
        assert len(service.requests) == 1


def test_the_answer_tells_how_many_attempts_it_took(service: StandIn) -> None:
    answer = send(service, "GetCase", throttled(), broken(), RESET, reply({"templateId": "t"}))
    assert answer.template_id == "t"
    assert answer.metadata.attempts == len(service.requests) == 4
    assert answer.metadata.status == 200


@pytest.mark.parametrize("kind", FINAL)
def test_what_wont_change_is_sent_once(service: StandIn, kind: str) -> None:
    time = Time()
    with pytest.raises(ServiceError) as caught:
        send(service, "GetCase", FINAL[kind], time=time)
    assert (len(service.requests), caught.value.attempts, time.slept) == (1, 1, [])


def test_repeating_stops_where_the_failure_becomes_final(service: StandIn) -> None:
    with pytest.raises(ServiceError) as caught:
        send(service, "GetCase", throttled(), broken(), FINAL["404"])
    assert caught.value.attempts == len(service.requests) == 3


# --- what may be sent again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", UNDONE)
@pytest.mark.parametrize("operation", ["CreateField", "CreateDomain", "CreateCase", "UpdateCase", "GetCase"])
def test_a_throttled_request_is_always_sent_again(service: StandIn, operation: str, kind: str) -> None:
    assert send(service, operation, UNDONE[kind], reply()).metadata.attempts == 2
    assert len(service.requests) == 2


@pytest.mark.parametrize("operation", [*CREATES, "CreateCase", "GetCase"])
def test_a_refused_connection_is_always_tried_again(operation: str) -> None:
    standin = StandIn()  # bound, not listening: connections are refused
    time = Time()

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        if len(time.slept) == 2:
            standin.listen()

    try:
        kit = make_kit(standin.url, RetryPolicy(max_attempts=5, sleep=sleep, clock=time.clock))
        assert kit.send(minimal_request(operation)).metadata.attempts == 3
        assert len(standin.requests) == 1
    finally:
        standin.close()


@pytest.mark.parametrize("kind", UNKNOWN)
@pytest.mark.parametrize("operation", CREATES)
def test_a_create_without_a_token_is_not_sent_again_if_it_may_have_worked(
    service: StandIn, operation: str, kind: str
) -> None:
    time = Time()
    with pytest.raises((ServiceError, TransportError)) as caught:
        send(service, operation, UNKNOWN[kind], reply(), time=time)
    assert (len(service.requests), vars(caught.value)["attempts"], time.slept) == (1, 1, [])


@pytest.mark.parametrize("kind", UNKNOWN)
@pytest.mark.parametrize("operation", [READS[0], REPLACEMENTS[0], "CreateCase"])
def test_what_does_no_harm_twice_is_sent_again_after_anything(service: StandIn, operation: str, kind: str) -> None:
    assert send(service, operation, UNKNOWN[kind], reply()).metadata.attempts == 2
    assert len(service.requests) == 2


REFUSED = {name: entry for name, entry in {**UNDONE, **FINAL}.items() if name != "501"}


@pytest.mark.parametrize("last", REFUSED)
def test_an_error_says_that_an_attempt_before_it_may_have_been_carried_out(service: StandIn, last: str) -> None:
    with pytest.raises(ServiceError) as caught:
        send(service, "CreateCase", broken(), REFUSED[last], max_attempts=2)
    assert (caught.value.attempts, caught.value.may_have_acted) == (2, True)


@pytest.mark.parametrize("last", REFUSED)
def test_an_error_of_a_call_that_was_only_refused_says_that_nothing_was_done(service: StandIn, last: str) -> None:
    with pytest.raises(ServiceError) as caught:
        send(service, "CreateCase", throttled(), REFUSED[last], max_attempts=2)
    assert (caught.value.attempts, caught.value.may_have_acted) == (2, False)


@pytest.mark.parametrize("kind", UNKNOWN)
def test_an_answer_that_is_lost_says_that_the_call_may_have_been_carried_out(service: StandIn, kind: str) -> None:
    with pytest.raises(ConnectKitError) as caught:
        send(service, "CreateField", UNKNOWN[kind])
    assert caught.value.may_have_acted


@pytest.mark.parametrize("operation", CREATES)
def test_a_proxy_that_hangs_up_may_have_passed_it_on(service: StandIn, operation: str) -> None:
    service.script = [RESET, reply()]
    time = Time()
    kit = make_kit("http://cases.invalid", time.policy(), proxies={"http": service.url})
    with pytest.raises(TransportError) as caught:
        kit.send(minimal_request(operation))
    assert (len(service.requests), caught.value.never_sent, time.slept) == (1, False, [])


def test_a_proxy_that_is_not_there_has_passed_nothing_on() -> None:
    kit = make_kit("http://cases.invalid", Time().policy(max_attempts=3), proxies={"http": refused_url()})
    with pytest.raises(TransportError) as caught:
        kit.send(minimal_request("CreateField"))
    assert (caught.value.never_sent, caught.value.attempts) == (True, 3)


@pytest.mark.parametrize("operation", requests_by_operation())
def test_each_operation_after_a_server_fault(service: StandIn, operation: str) -> None:
    """All 67: what has no token and makes something new is left alone, everything else is tried again."""
    # It may be called five times a contact, and refuses the template that is in use.
    counted = "UpdateContactTaskTemplate"
    makes_something_new = {*CREATES, "CreateCaseRule", "StartMergeCases", counted}
    if not installed(operation):
        with pytest.raises(
            ConnectKitError, match=rf"^{operation} can't be sent: .* it needs boto3 1\.\d+\.\d+ or newer"
        ):
            send(service, operation, broken(), reply())
        assert service.requests == []
        return
    if operation in makes_something_new:
        with pytest.raises(InternalServiceError):
            send(service, operation, broken(), reply())
        assert len(service.requests) == 1
    else:
        send(service, operation, broken(), reply())
        assert len(service.requests) == 2
        first, second = service.requests
        assert (first.method, first.path, first.body) == (second.method, second.path, second.body)


@pytest.mark.parametrize("operation", [*READS, *REPLACEMENTS, *WITH_TOKEN])
def test_a_create_with_a_token_reads_and_replacements_survive_resets(service: StandIn, operation: str) -> None:
    assert send(service, operation, RESET, CUT_OFF, reply()).metadata.attempts == 3


# --- tokens -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("operation", "member"), WITH_TOKEN.items())
def test_one_token_over_all_attempts_and_another_for_the_next_call(
    service: StandIn, operation: str, member: str
) -> None:
    send(service, operation, throttled(), broken(), RESET, CUT_OFF, reply())
    tokens = service.bodies(member)
    assert len(tokens) == 5
    assert len(set(tokens)) == 1
    assert len(tokens[0]) >= 32
    send(service, operation, reply())
    assert service.bodies(member)[-1] not in tokens


@pytest.mark.parametrize(("operation", "member"), WITH_TOKEN.items())
def test_a_token_of_the_callers_own_is_kept(service: StandIn, operation: str, member: str) -> None:
    service.script = [throttled(), reply()]
    request = minimal_request(operation).model_copy(update={"client_token": "my-own-token"})
    make_kit(service.url).send(request)
    assert service.bodies(member) == ["my-own-token"] * 2


def test_sending_one_request_twice_is_two_calls_with_two_tokens(service: StandIn) -> None:
    kit, request = make_kit(service.url), minimal_request("CreateCase")
    kit.send(request)
    kit.send(request)
    first, second = service.bodies("clientToken")
    assert first != second
    assert request == minimal_request("CreateCase")  # and the request is as it was


def test_a_token_set_to_none_is_minted_all_the_same(service: StandIn) -> None:
    make_kit(service.url).send(minimal_request("CreateCase").model_copy(update={"client_token": None}))
    assert service.bodies("clientToken")[0]


# --- how patiently ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["1", "7", "2.5"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_is_followed_exactly(service: StandIn, status: int, asked: str) -> None:
    time = Time()
    send(service, "GetCase", failure("SomeException", status, headers={"Retry-After": asked}), reply(), time=time)
    assert time.slept == [float(asked)]


def test_retry_after_as_a_date_is_followed(service: StandIn) -> None:
    time = Time()
    date = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=30), usegmt=True)
    send(service, "GetCase", throttled(retry_after=date), reply(), time=time)
    assert 20 < time.slept[0] <= 30


@pytest.mark.parametrize("asked", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_nothing_or_a_date_that_has_passed_asks_for_no_wait_of_its_own(service: StandIn, asked: str) -> None:
    time = Time()
    send(service, "GetCase", throttled(retry_after=asked), reply(), time=time)
    assert 0 < time.slept[0] < 1


@pytest.mark.parametrize("told", ["soon", "", "-5", "nan", "inf", "Wed, 99 Foo 2015"])
def test_a_hint_that_makes_no_sense_does_no_harm(service: StandIn, told: str) -> None:
    time = Time()
    send(service, "GetCase", throttled(retry_after=told), reply(), time=time)
    assert 0 <= time.slept[0] <= 0.2


def test_the_seconds_that_cases_puts_on_a_server_fault_are_followed(service: StandIn) -> None:
    # ``retryAfterSeconds`` of InternalServerException travels in the header of the same name as everybody's.
    time = Time()
    busy = failure("InternalServerException", 500, headers={"Retry-After": "4"}, message="Busy")
    send(service, "GetCase", busy, reply(), time=time)
    assert time.slept == [4.0]


def test_a_date_on_a_server_fault_of_cases_is_followed_too(service: StandIn) -> None:
    # botocore reads that header as a whole number; a proxy may have written a date.
    time = Time()
    date = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=30), usegmt=True)
    busy = failure("InternalServerException", 500, headers={"Retry-After": date}, message="Busy")
    send(service, "GetCase", busy, reply(), time=time)
    assert 20 < time.slept[0] <= 30


def test_each_attempt_has_a_hint_of_its_own(service: StandIn) -> None:
    time = Time()
    send(service, "GetCase", throttled(retry_after="3"), throttled(), throttled(retry_after="5"), reply(), time=time)
    assert (time.slept[0], time.slept[2]) == (3.0, 5.0)
    assert 0 <= time.slept[1] <= 0.4


def test_a_hint_beyond_the_deadline_ends_it_at_once_and_is_told(service: StandIn) -> None:
    time = Time()
    with pytest.raises(ThrottlingError) as caught:
        send(service, "GetCase", throttled(retry_after="61"), reply(), time=time, deadline=60.0)
    assert (len(service.requests), time.slept) == (1, [])
    assert caught.value.retry_after == 61.0
    assert caught.value.attempts == 1


def test_the_error_tells_the_last_hint(service: StandIn) -> None:
    with pytest.raises(ThrottlingError) as caught:
        send(service, "GetCase", throttled(retry_after="1"), throttled(), max_attempts=2)
    assert caught.value.retry_after is None


def test_the_deadline_ends_repeating_before_the_attempts_do(service: StandIn) -> None:
    time = Time()
    with pytest.raises(ThrottlingError) as caught:
        send(service, "GetCase", throttled(retry_after="4"), time=time, max_attempts=50, deadline=10.0)
    assert caught.value.attempts == len(service.requests) == 3
    assert time.slept == [4.0, 4.0]


def test_waits_are_jittered_and_capped(service: StandIn) -> None:
    time = Time()
    with pytest.raises(ThrottlingError):
        send(service, "GetCase", throttled(), time=time, max_attempts=9, initial=1.0, cap=3.0, deadline=None)
    for seconds, limit in zip(time.slept, [1, 2, 3, 3, 3, 3, 3, 3], strict=True):
        assert 0 <= seconds <= limit
    assert len(set(time.slept)) > 1


def test_each_page_of_a_walk_has_attempts_of_its_own(service: StandIn) -> None:
    page = reply({"fields": [], "nextToken": "n"})
    service.script = [throttled(), page, throttled(), reply({"fields": []})]
    pages = list(
        make_kit(service.url, Time().policy(max_attempts=2)).paginate(cases.ListFieldsRequest(domain_id=DOMAIN)).pages()
    )
    assert [one.response.metadata.attempts for one in pages] == [2, 2]


def test_both_services_are_retried(service: StandIn) -> None:
    service.script = [failure("TooManyRequestsException", 429, Message="Slow down"), reply({"ViewsSummaryList": []})]
    answer = make_kit(service.url).send(connect.ListViewsRequest(instance_id="i"))
    assert answer.metadata.attempts == 2
