"""Answers that aren't what they should be, and none at all: always one of our errors, saying what is wrong."""

from __future__ import annotations

import socket
from typing import Any, cast

import pytest
from botocore import exceptions as boto
from urllib3.exceptions import NewConnectionError, ProxyError

from connectkit import (
    InternalServiceError,
    InvalidRequestError,
    QuotaExceededError,
    ResponseDecodeError,
    ServiceError,
    TransportError,
)
from connectkit.models import connectcases as cases

from .standin import REQUEST_ID, RESET, SILENCE, Answer, Entry, StandIn, failure, refused_url, reply
from .support import DOMAIN, Time, make_kit

GET = cases.GetDomainRequest(domain_id=DOMAIN)


def once(service: StandIn, entry: Entry) -> cases.GetDomainResponse:
    service.script = [entry]
    return make_kit(service.url, Time().policy(max_attempts=1), read_timeout=0.1).send(GET)


# --- successes that can't be read -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [b"<html><body>It works!</body></html>", b'{"domainId": "x"', b"\xff\xfe", b"[]", b'"text"', b"null", b"17"],
)
def test_a_success_that_isnt_the_json_it_should_be_is_a_decode_error(service: StandIn, body: bytes) -> None:
    with pytest.raises(ResponseDecodeError, match=r"^GetDomain: the answer can't be read") as caught:
        once(service, Answer(200, body))
    error = caught.value
    assert (error.operation, error.status, error.request_id, error.attempts) == ("GetDomain", 200, REQUEST_ID, 1)
    assert error.faults
    assert REQUEST_ID in str(error)
    assert "works" not in str(error)
    assert error.__cause__ is None  # pydantic's holds the body


def test_a_member_of_another_type_is_named_by_its_path_and_not_quoted(service: StandIn) -> None:
    service.script = [reply({"cases": [{"caseId": "a", "fields": [{"id": "f", "value": {"doubleValue": "SECRET"}}]}]})]
    with pytest.raises(ResponseDecodeError) as caught:
        make_kit(service.url).send(cases.SearchCasesRequest(domain_id=DOMAIN))
    assert caught.value.faults[0].path.startswith("cases[0].fields[0].value.double_value")
    assert "SECRET" not in str(caught.value)
    assert len(service.requests) == 1  # reading it again would bring the same


def test_an_empty_body_is_an_empty_answer(service: StandIn) -> None:
    answer = once(service, Answer(200, b""))
    assert answer.to_wire() == {}
    assert answer.metadata.request_id == REQUEST_ID


# --- failures that aren't the service's -------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"<html><body>Bad Gateway</body></html>", b"<!DOCTYPE html><p>no", b"", b"oops"])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_whatever_a_proxy_says_is_a_server_fault_with_a_code(service: StandIn, status: int, body: bytes) -> None:
    with pytest.raises(InternalServiceError) as caught:
        once(service, Answer(status, body, {"Content-Type": "text/html"}))
    assert caught.value.status == status
    assert str(status) in caught.value.code
    assert "None" not in str(caught.value)


@pytest.mark.parametrize("body", [b"[]", b"null"])
@pytest.mark.parametrize("status", [400, 500])
def test_an_error_whose_json_is_no_object_is_an_error_all_the_same(service: StandIn, status: int, body: bytes) -> None:
    with pytest.raises(InternalServiceError if status == 500 else InvalidRequestError) as caught:
        once(service, Answer(status, body))
    assert caught.value.status == status
    assert "None" not in str(caught.value)


@pytest.mark.parametrize(
    "body", [b'{"code": null}', b'{"code": 17}', b'{"__type": null}', b'{"message": null}', b'{"Message": null}']
)
def test_an_error_with_nulls_and_numbers_has_a_text_for_code_and_message(service: StandIn, body: bytes) -> None:
    with pytest.raises(ServiceError) as caught:
        once(service, Answer(400, body))
    assert isinstance(caught.value.code, str)
    assert caught.value.code
    assert isinstance(caught.value.message, str)
    assert "None" not in str(caught.value)


def test_402_is_a_quota(service: StandIn) -> None:
    with pytest.raises(QuotaExceededError) as caught:
        once(service, failure("ServiceQuotaExceededException", 402, message="100 domains"))
    assert str(caught.value) == (
        f"GetDomain: ServiceQuotaExceededException (402): 100 domains (request {REQUEST_ID}, 1 attempt)"
    )


# --- no answer --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "reason", "cause"),
    [
        (RESET, "Connection was closed", boto.ConnectionClosedError),
        (Answer(200, b'{"do', missing=50), "", boto.BotoCoreError),
        (SILENCE, "Read timeout", boto.ReadTimeoutError),
    ],
)
def test_no_answer_after_sending_may_have_been_acted_on(
    service: StandIn, entry: Entry, reason: str, cause: type[Exception]
) -> None:
    with pytest.raises(TransportError) as caught:
        once(service, entry)
    error = caught.value
    assert not error.never_sent
    assert (error.operation, error.attempts) == ("GetDomain", 1)
    assert reason in error.reason
    assert isinstance(error.__cause__, cause)
    assert str(error).startswith("GetDomain: no answer: ")
    assert str(error).endswith("(1 attempt)")


@pytest.mark.parametrize("why", ["refused", "unknown host"])
def test_without_a_connection_nothing_was_sent(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror("Name or service not known")

    if why == "unknown host":
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(TransportError) as caught:
        make_kit(refused_url(), Time().policy(max_attempts=2)).send(GET)
    assert caught.value.never_sent
    assert caught.value.attempts == 2
    assert isinstance(caught.value.__cause__, boto.EndpointConnectionError)


NO_CONNECTION = NewConnectionError(cast("Any", None), "refused")


@pytest.mark.parametrize(
    ("error", "never_sent", "attempts"),
    [
        (boto.ConnectTimeoutError(endpoint_url="u"), True, 2),
        (boto.ProxyConnectionError(proxy_url="u"), False, 2),
        (boto.ProxyConnectionError(proxy_url="u", error=ProxyError("", NO_CONNECTION)), True, 2),
        (boto.ProxyConnectionError(proxy_url="u", error=ProxyError("", ConnectionResetError())), False, 2),
        (boto.EndpointConnectionError(endpoint_url="u"), True, 2),
        (boto.ReadTimeoutError(endpoint_url="u"), False, 2),
        (boto.ConnectionClosedError(endpoint_url="u"), False, 2),
        (boto.IncompleteReadError(actual_bytes=1, expected_bytes=2), False, 2),
        (boto.HTTPClientError(error="e"), False, 2),
        (boto.SSLError(endpoint_url="u", error=OSError()), False, 1),
    ],
)
def test_each_of_botocores_failures_on_the_way(
    service: StandIn, error: Exception, *, never_sent: bool, attempts: int
) -> None:
    kit = make_kit(service.url, Time().policy(max_attempts=2))

    def fail(**_: object) -> None:
        raise error

    kit.connectcases.meta.events.register("before-send.connectcases", fail)
    with pytest.raises(TransportError) as caught:
        kit.send(GET)
    assert (caught.value.never_sent, caught.value.attempts) == (never_sent, attempts)
    assert caught.value.__cause__ is error


def test_what_isnt_botocores_goes_through_as_it_is(service: StandIn) -> None:
    kit = make_kit(service.url)

    def fail(**_: object) -> None:
        raise LookupError("a handler of the caller's own")

    kit.connectcases.meta.events.register("before-send.connectcases", fail)
    with pytest.raises(LookupError, match="a handler of the caller's own"):
        kit.send(GET)
    assert service.requests == []


def test_an_interruption_goes_through_as_it_is(service: StandIn) -> None:
    kit = make_kit(service.url)

    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    kit.connectcases.meta.events.register("before-send.connectcases", interrupt, unique_id="stop")
    with pytest.raises(KeyboardInterrupt):
        kit.send(GET)
    kit.connectcases.meta.events.unregister("before-send.connectcases", unique_id="stop")
    service.script = [reply({"name": "again"})]
    assert kit.send(GET).name == "again"
