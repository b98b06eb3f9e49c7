"""Answers as plain dictionaries: what models would hold, and the same errors."""

from __future__ import annotations

from typing import Any, cast

import pytest
from botocore.stub import Stubber

from connectkit import NotFoundError, RequestError, ResponseDecodeError, RetryPolicy
from connectkit._caller import Caller
from connectkit._transport import Transport
from connectkit._transport.clients import Clients
from connectkit.models import connectcases as cases

from .standin import REQUEST_ID, Answer, StandIn, failure, reply
from .support import DOMAIN, session

SEARCH = cases.SearchCasesRequest(domain_id=DOMAIN)
ANSWER: dict[str, Any] = {"cases": [{"caseId": "a", "templateId": "t", "fields": [], "novelty": 1}], "totalCount": 3}


def make_client(**options: Any) -> Any:
    return cast("Any", session()).client("connectcases", **options)


def caller(client: object) -> Caller:
    clients = Clients(
        session=session(),
        region_name=None,
        profile_name=None,
        endpoint_url=None,
        config=None,
        own={"connect": None, "connectcases": client},
    )
    policy = RetryPolicy(max_attempts=1)
    return Caller(Transport(clients=clients, retry=policy, check=True), policy)


@pytest.fixture
def own(service: StandIn) -> Caller:
    return caller(make_client(endpoint_url=service.url))


def test_a_plain_answer_is_what_the_service_sent(own: Caller, service: StandIn) -> None:
    service.script = [reply(ANSWER)]
    answer = own.send_plain(SEARCH)
    assert answer.mapping == ANSWER
    assert (answer.metadata.request_id, answer.metadata.status, answer.metadata.attempts) == (REQUEST_ID, 200, 1)


def test_its_model_is_the_one_that_sending_gives(own: Caller, service: StandIn) -> None:
    service.script = [reply(ANSWER), reply(ANSWER)]
    model, sent = own.send_plain(SEARCH).model(), own.send(SEARCH)
    assert model == sent
    assert model.metadata == sent.metadata


def test_a_stubbed_client_gives_what_it_was_told() -> None:
    client = make_client()
    with Stubber(client) as stubber:
        stubber.add_response("search_cases", {"cases": [{"caseId": "a", "templateId": "t", "fields": []}]})
        answer = caller(client).send_plain(SEARCH)
    assert answer.mapping["cases"] == [{"caseId": "a", "templateId": "t", "fields": []}]
    assert answer.model().cases[0].case_id == "a"


@pytest.mark.parametrize("body", [b"<html>", b'{"cases": [', b"[]", b"null", b"3", b'"text"', b"\xff"])
def test_what_is_no_json_object_is_a_decode_error(own: Caller, service: StandIn, body: bytes) -> None:
    service.script = [Answer(200, body)]
    with pytest.raises(ResponseDecodeError, match=r"^SearchCases: the answer can't be read") as caught:
        own.send_plain(SEARCH)
    assert (caught.value.request_id, caught.value.status, caught.value.attempts) == (REQUEST_ID, 200, 1)


def test_an_empty_body_is_an_empty_answer(own: Caller, service: StandIn) -> None:
    service.script = [Answer(200, b"")]
    assert own.send_plain(SEARCH).mapping == {}


def test_errors_of_the_service_and_of_the_request_are_as_ever(own: Caller, service: StandIn) -> None:
    service.script = [failure("ResourceNotFoundException", 404)]
    with pytest.raises(NotFoundError):
        own.send_plain(SEARCH)
    with pytest.raises(RequestError, match=r"max_results|maxResults"):
        own.send_plain(SEARCH.model_copy(update={"max_results": 101}))
    assert len(service.requests) == 1
