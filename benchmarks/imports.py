"""Importing, and the first call in a new process."""

from __future__ import annotations

import compileall
from pathlib import Path

from benchmarks.measure import Pair, compare_processes

__all__ = ["every_model", "first_call", "one_request_each", "the_package"]

_BOTO3 = "import boto3"
_ROUNDS = 15

_THE_PACKAGE = """
import connectkit
import sys
assert not {"boto3", "botocore", "pydantic", "tenacity"} & set(sys.modules)
"""
_ONE_EACH = """
from connectkit.models.connect import DescribeViewRequest
from connectkit.models.connectcases import GetCaseRequest
"""
_EVERY_MODEL = """
from connectkit.models import connect, connectcases
for package in (connect, connectcases):
    for name in package.__all__:
        getattr(package, name)
"""
_INJECT = """
from botocore.awsrequest import AWSResponse
class Body:
    def stream(self, *_, **__):
        yield b'{"fields": [{"id": "title", "value": {"stringValue": "Parcel lost"}}], "templateId": "t"}'
def inject(client):
    client.meta.events.register("before-send.*", lambda request, **_: AWSResponse(request.url, 200, {}, Body()))
"""
_FIRST_CALL = f"""
import boto3
from connectkit import ConnectKit
from connectkit.models import connectcases as cases
kit = ConnectKit(boto3.Session("key", "secret", region_name="us-east-1"))
{_INJECT}
inject(kit.connectcases)
kit.send(cases.GetCaseRequest(domain_id="d", case_id="c", fields=[cases.FieldIdentifier(id="title")]))
"""
_FIRST_BOTO3_CALL = f"""
import boto3
client = boto3.Session("key", "secret", region_name="us-east-1").client("connectcases")
{_INJECT}
inject(client)
client.get_case(domainId="d", caseId="c", fields=[{{"id": "title"}}])
"""


def _against_boto3(code: str) -> Pair:
    # An installed package has its bytecode; a checkout may not.
    compileall.compile_dir(Path(__file__).parents[1] / "connectkit", quiet=2)
    return compare_processes(code, _BOTO3, rounds=_ROUNDS)


def the_package() -> Pair:
    """``import connectkit``, which loads neither boto3 nor pydantic, and ``import boto3``."""
    return _against_boto3(_THE_PACKAGE)


def one_request_each() -> Pair:
    """A request of each service, and ``import boto3``."""
    return _against_boto3(_ONE_EACH)


def every_model() -> Pair:
    """Every model of both services, and ``import boto3``."""
    return _against_boto3(_EVERY_MODEL)


def first_call() -> Pair:
    """From nothing to the first typed answer, and to boto3's first."""
    compileall.compile_dir(Path(__file__).parents[1] / "connectkit", quiet=2)
    return compare_processes(_FIRST_CALL, _FIRST_BOTO3_CALL, rounds=_ROUNDS)
