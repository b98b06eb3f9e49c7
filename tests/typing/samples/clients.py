"""Making a kit, and going below it: boto3's clients with the types of mypy-boto3."""

import boto3
from botocore.config import Config
from mypy_boto3_connect import ConnectClient
from mypy_boto3_connectcases import ConnectCasesClient
from mypy_boto3_connectcases.type_defs import GetCaseResponseTypeDef
from typing_extensions import assert_type

import connectkit
from connectkit import ConnectKit, RetryPolicy


def made_from_everything(connect: ConnectClient, connectcases: ConnectCasesClient) -> ConnectKit:
    return ConnectKit(
        boto3.Session(profile_name="support"),
        region_name="us-east-1",
        endpoint_url="http://localhost:4599",
        config=Config(read_timeout=5),
        retry=RetryPolicy(max_attempts=3, deadline=None, initial=0.1, cap=5, sleep=lambda seconds: seconds),
        connect=connect,
        connectcases=connectcases,
    )


def made_from_nothing() -> connectkit.ConnectKit:
    return connectkit.ConnectKit()


def raw_clients(kit: ConnectKit) -> str:
    assert_type(kit.connect, ConnectClient)
    assert_type(kit.connectcases, ConnectCasesClient)
    case = kit.connectcases.get_case(domainId="d", caseId="c", fields=[{"id": "title"}])
    assert_type(case, GetCaseResponseTypeDef)
    return kit.connect.describe_view(InstanceId="i", ViewId="v")["ResponseMetadata"]["RequestId"]
