"""What the log says of a call, and what it never says: a value, a body, a token, a message of the service."""

from __future__ import annotations

import contextlib
import json
import logging

import pytest

from connectkit import ConnectKitError, RequestError, TransportError
from connectkit.models import connect, connectcases as cases

from .standin import REQUEST_ID, RESET, SILENCE, Answer, Entry, StandIn, failure, reply, throttled
from .support import DOMAIN, Time, logged, make_kit

MARK = "hush"
SECRET = f"{MARK}-value"


def everything(records: list[logging.LogRecord]) -> str:
    """All that a formatter could get out of the records: text, arguments, extras, exceptions and their causes."""
    return "\n".join(
        f"{record.getMessage()} {vars(record)!r} {record.exc_info!r} {record.exc_text!r}" for record in records
    )


def create() -> cases.CreateCaseRequest:
    value = cases.FieldValueUnion(string_value=f"{MARK}-field-value")
    return cases.CreateCaseRequest(
        domain_id=f"{MARK}-domain",
        template_id=f"{MARK}-template",
        fields=[cases.FieldValue(id=f"{MARK}-field", value=value)],
        client_token=f"{MARK}-token",
    )


ANSWERS: dict[str, Entry] = {
    "success": reply({"caseId": SECRET, "caseArn": SECRET, "unknownMember": SECRET}),
    "unreadable": Answer(200, f'{{"caseId": ["{SECRET}"]}}'.encode()),
    "no JSON": Answer(200, SECRET.encode()),
    "refused": failure("ValidationException", 400, headers={"x-marker": SECRET}, message=SECRET),
    "not found": failure("ResourceNotFoundException", 404, message=SECRET, resourceId=SECRET, resourceType=SECRET),
    "no reason": Answer(400, json.dumps({"message": SECRET}).encode()),
    "broken": failure("InternalServerException", 500, headers={"Set-Cookie": SECRET}, message=SECRET),
    "HTML": Answer(502, f"<html>{SECRET}</html>".encode()),
    "text": Answer(503, SECRET.encode(), {"Content-Type": "text/plain"}),
    "throttled": failure("ThrottlingException", 429, headers={"Retry-After": "1"}, message=SECRET),
    "reset": RESET,
    "cut off": Answer(200, SECRET.encode(), missing=10),
    "timeout": SILENCE,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_of_a_request_or_an_answer_is_ever_logged(service: StandIn, name: str) -> None:
    service.script = [ANSWERS[name]]
    with logged() as records:
        kit = make_kit(service.url, Time().policy(max_attempts=2), read_timeout=0.1)
        with contextlib.nullcontext() if name == "success" else pytest.raises(ConnectKitError):
            kit.send(create())
    assert MARK in json.dumps(service.requests[0].json)  # there was something to keep quiet about
    assert records
    assert MARK not in everything(records)
    assert all(record.exc_info is None for record in records)


def test_nor_are_the_properties_that_a_task_template_got_wrong(service: StandIn) -> None:
    wrong = [{"PropertyPath": SECRET, "Reason": "INVALID_FORMAT", "Message": SECRET}]
    service.script = [failure("PropertyValidationException", 400, Message=SECRET, PropertyList=wrong)]
    request = connect.CreateTaskTemplateRequest(
        instance_id=f"{MARK}-instance",
        name=SECRET,
        fields=[connect.TaskTemplateField(id=connect.TaskTemplateFieldIdentifier(name=SECRET))],
    )
    with logged() as records, pytest.raises(ConnectKitError, match=SECRET):
        make_kit(service.url).send(request)
    assert records
    assert MARK not in everything(records)


def test_nor_is_a_minted_token(service: StandIn) -> None:
    service.script = [throttled(), reply()]
    with logged() as records:
        make_kit(service.url).send(create().model_copy(update={"client_token": None}))
    assert service.bodies("clientToken")[0] not in everything(records)


def test_nor_is_what_a_refused_request_holds(service: StandIn) -> None:
    with logged() as records, pytest.raises(RequestError):
        make_kit(service.url).send(
            cases.SearchCasesRequest(domain_id=f"{MARK}", search_term=MARK * 5000, max_results=0)
        )
    assert MARK not in everything(records)


def test_a_success_says_operation_attempts_duration_and_request_id(service: StandIn) -> None:
    service.script = [throttled(), throttled(), reply()]
    with logged() as records:
        make_kit(service.url).send(cases.GetDomainRequest(domain_id=DOMAIN))
    last = records[-1]
    assert (last.name, last.levelno) == ("connectkit", logging.DEBUG)
    told = vars(last)
    assert (told["operation"], told["attempts"], told["request_id"]) == ("GetDomain", 3, REQUEST_ID)
    assert told["duration"] >= 0
    assert "GetDomain: ok" in last.getMessage()
    assert "attempts: 3" in last.getMessage()
    assert REQUEST_ID in last.getMessage()


def test_a_failure_says_its_code_and_the_same(service: StandIn) -> None:
    service.script = [failure("ResourceNotFoundException", 404, message="No")]
    with logged() as records, pytest.raises(ConnectKitError):
        make_kit(service.url).send(cases.GetDomainRequest(domain_id=DOMAIN))
    (record,) = records
    told = vars(record)
    assert (told["operation"], told["attempts"], told["request_id"]) == ("GetDomain", 1, REQUEST_ID)
    assert "ResourceNotFoundException" in record.getMessage()


def test_attempts_in_the_log_are_those_on_the_error(service: StandIn) -> None:
    service.script = [RESET]
    with logged() as records, pytest.raises(TransportError) as caught:
        make_kit(service.url, Time().policy(max_attempts=3)).send(cases.GetDomainRequest(domain_id=DOMAIN))
    assert vars(records[-1])["attempts"] == caught.value.attempts == len(service.requests) == 3
    assert vars(records[-1])["request_id"] is None


def test_each_wait_is_said_with_its_number_reason_and_seconds(service: StandIn) -> None:
    service.script = [throttled(retry_after="2"), throttled(retry_after="3"), reply()]
    with logged() as records:
        make_kit(service.url).send(cases.GetDomainRequest(domain_id=DOMAIN))
    waits = [record.getMessage() for record in records if record.levelno == logging.INFO]
    assert waits == [
        "GetDomain: attempt 1 failed (ThrottlingException), the next in 2.000 s",
        "GetDomain: attempt 2 failed (ThrottlingException), the next in 3.000 s",
    ]


def test_one_record_for_a_plain_call_and_none_when_nobody_listens(
    service: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    kit = make_kit(service.url)
    with logged() as records:
        kit.send(cases.GetDomainRequest(domain_id=DOMAIN))
    assert len(records) == 1
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="connectkit"):
        kit.send(cases.GetDomainRequest(domain_id=DOMAIN))
    assert [record for record in caplog.records if record.name == "connectkit"] == []
