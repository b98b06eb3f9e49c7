"""What the tests of sending share: a clean environment, a clock of their own, requests of every operation."""

from __future__ import annotations

import inspect
import io
import logging
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from typing import Any, cast

import boto3
import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from connectkit import ConnectKit, RetryPolicy
from connectkit.models import connect, connectcases
from connectkit.models._operation import Request

from .standin import REQUEST_ID, Answer

REGION = "us-east-1"
DOMAIN = "11111111-1111-1111-1111-111111111111"
# What would otherwise decide how a client behaves on the machine that runs the tests.
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def clean_environment(monkeypatch: pytest.MonkeyPatch, *, credentials: bool = True) -> None:
    """No AWS configuration but what the test gives, and no way to AWS."""
    for name in [name for name in os.environ if name.startswith("AWS_")] + list(_PROXIES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    if credentials:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-example")


@cache
def session() -> boto3.Session:
    """A session for all tests: it reads the big service models once."""
    return boto3.Session(aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret-example", region_name=REGION)


class Time:
    """A clock that goes only when someone sleeps, and knows for how long they did."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def policy(self, **changes: Any) -> RetryPolicy:
        return RetryPolicy(**{"max_attempts": 5, **changes}, sleep=self.sleep, clock=self.clock)


def make_kit(url: str, retry: RetryPolicy | None = None, **config: Any) -> ConnectKit:
    """A kit that talks to ``url``, and doesn't wait longer than a test may take."""
    return ConnectKit(
        session(),
        endpoint_url=url,
        retry=retry or Time().policy(),
        config=Config(**cast("Any", {"connect_timeout": 5, "read_timeout": 5, **config})),
    )


@contextmanager
def logged() -> Generator[list[logging.LogRecord]]:
    """All that logger ``connectkit`` and those below it say, at the most talkative."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    log, handler = logging.getLogger("connectkit"), Keep(logging.NOTSET)
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield records
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


# --- without a server -------------------------------------------------------------------------------------------------


class _Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


class Intercepted:
    """A kit whose requests end in botocore's ``before-send`` event: quick enough to try every operation."""

    def __init__(self, **policy: Any) -> None:
        self.sent: list[Any] = []
        """The prepared requests of botocore, in the order in which they were sent."""
        self.answer: Callable[[Any], Answer] = lambda _: Answer()
        self.kit = make_kit("http://127.0.0.1:9", Time().policy(**policy))
        for client in (self.kit.connect, self.kit.connectcases):
            events: Any = client.meta.events
            events.register_last(f"before-send.{client.meta.service_model.service_id.hyphenize()}", self._send)

    def _send(self, request: Any, **_: Any) -> AWSResponse:
        self.sent.append(request)
        answer = self.answer(request)
        headers = {"x-amzn-requestid": REQUEST_ID, **{name.lower(): text for name, text in answer.headers.items()}}
        return AWSResponse(request.url, answer.status, cast("Any", headers), _Raw(answer.body))


# --- every operation --------------------------------------------------------------------------------------------------


@cache
def requests_by_operation() -> dict[str, type[Request[Any]]]:
    """The request model of each operation of both services."""
    found: dict[str, type[Request[Any]]] = {}
    for package in (connect, connectcases):
        for name in package.__all__:
            model = getattr(package, name)
            if inspect.isclass(model) and issubclass(model, Request):
                found[model.operation.name] = model
    return found


@cache
def service_model(service: str) -> Any:
    """The service model of the installed botocore."""
    return botocore.session.get_session().get_service_model(service)


def installed(operation: str) -> bool:
    """Whether the installed botocore has it."""
    service = requests_by_operation()[operation].operation.service
    return operation in service_model(service).operation_names


def minimal_request(operation: str) -> Request[Any]:
    """The smallest request that the installed botocore model takes."""
    model = requests_by_operation()[operation]
    if not installed(operation):
        return model.model_construct()
    shape = service_model(model.operation.service).operation_model(operation).input_shape
    return model.from_wire(minimal(shape) if shape is not None else {})


def minimal(shape: Any, *, full: bool = False) -> Any:
    """The smallest valid value of a shape; or one that has every member, and one of each list."""
    kind = shape.type_name
    if kind == "structure":
        members = list(shape.members if full else shape.required_members)
        if getattr(shape, "is_tagged_union", False):
            members = [next(iter(shape.members))]
        return {name: minimal(shape.members[name], full=full) for name in members}
    if kind == "list":
        return [minimal(shape.member, full=full) for _ in range(max(int(full), shape.metadata.get("min", 0)))]
    if kind == "string":
        return shape.enum[0] if shape.enum else "x" * max(1, shape.metadata.get("min", 0))
    plain: dict[str, Any] = {"map": {}, "timestamp": datetime(2026, 1, 1, tzinfo=timezone.utc), "boolean": False}
    return plain.get(kind, shape.metadata.get("min", 0))
