"""Short ways to say what the tests inside moto say often. To import it needs moto."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

import pytest

from ..helpers import BOTO3, make_client

OTHER_ACCOUNT = "111122223333"
MOTO_HAS_INSTANCES = tuple(int(part) for part in version("moto").split(".")[:3]) >= (5, 1, 21)

with_motos_instances = pytest.mark.skipif(not MOTO_HAS_INSTANCES, reason=f"moto {version('moto')} has no instances")


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
