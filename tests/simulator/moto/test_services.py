"""Inside mock_aws() the simulated services stand beside moto's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

pytest.importorskip("moto", reason="moto is not installed: pip install 'connectkit[moto]'")

from moto.core.models import DEFAULT_ACCOUNT_ID

from connectkit.simulator.moto import mock_aws, simulator

from ..helpers import START, make_client, refused
from .support import domain_names, make_view


@mock_aws
def test_cases_and_views_stand_beside_s3_and_sts() -> None:
    made = make_client("connectcases").create_domain(name="Support")
    assert made["domainArn"].split(":")[3:5] == ["us-east-1", DEFAULT_ACCOUNT_ID]
    make_client("s3").create_bucket(Bucket="attachments")
    assert [bucket["Name"] for bucket in make_client("s3").list_buckets()["Buckets"]] == ["attachments"]
    assert make_client("sts").get_caller_identity()["Account"] == DEFAULT_ACCOUNT_ID


def test_a_view_lives_in_the_instance(connect: Any, instance_id: str) -> None:
    view = make_view(connect, instance_id)
    described = connect.describe_instance(InstanceId=instance_id)["Instance"]
    assert view["Arn"].startswith(described["Arn"] + "/view/")
    listed = connect.list_instances()["InstanceSummaryList"]
    assert [(instance["Id"], instance["Arn"]) for instance in listed] == [(instance_id, described["Arn"])]


def test_an_instance_that_is_not_there_is_refused(connect: Any) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        make_view(connect, "nowhere")


def test_modelled_errors_and_paginators_work(connect: Any, instance_id: str) -> None:
    with pytest.raises(connect.exceptions.ResourceNotFoundException):
        connect.describe_view(InstanceId=instance_id, ViewId="nowhere")
    pages = connect.get_paginator("list_views").paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 2})
    assert len([view for page in pages for view in page["ViewsSummaryList"]]) == 5


def test_an_operation_that_neither_has_is_a_clear_error(connect: Any, instance_id: str) -> None:
    with refused("OperationNotSimulatedException", "ListQueues"):
        connect.list_queues(InstanceId=instance_id)


# ---- what a request says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["plain", "Ä view/100% + more?", "日本 %2F ~"])
def test_paths_bodies_and_queries_arrive_as_they_were_sent(connect: Any, instance_id: str, text: str) -> None:
    view = make_view(connect, instance_id, text)
    # An ARN has slashes, which are escaped in a path.
    for view_id in (view["Arn"], f"{view['Arn']}:$SAVED", view["Id"]):
        content = connect.describe_view(InstanceId=instance_id, ViewId=view_id)["View"]["Content"]
        assert json.loads(content["Template"])["Head"]["Title"] == text
    with pytest.raises(ClientError):
        connect.describe_view(InstanceId=instance_id, ViewId=f"no/such {text}")
    with pytest.raises(ClientError):
        connect.list_views(InstanceId=instance_id, NextToken=f"token {text}")
    described, listed = simulator().requests[-2:]
    assert described.params == {"InstanceId": instance_id, "ViewId": f"no/such {text}"}
    assert listed.params == {"InstanceId": instance_id, "NextToken": f"token {text}"}


def test_views_that_aws_manages_are_found_by_arn(connect: Any, instance_id: str) -> None:
    arn = "arn:aws:connect:us-east-1:aws:view/form:1"
    assert connect.describe_view(InstanceId=instance_id, ViewId=arn)["View"]["Type"] == "AWS_MANAGED"


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("setting", ["use_fips_endpoint", "use_dualstack_endpoint"])
def test_no_endpoint_leads_out_of_the_process(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(f"AWS_{setting.upper()}", "true")
    client = make_client("connectcases")
    assert client.meta.endpoint_url.startswith(("https://cases-fips.us-east-1.", "https://cases.us-east-1.api.aws"))
    assert domain_names(client) == []
    assert make_client("connect").list_instances()["ResponseMetadata"]["HTTPStatusCode"] == 200


# ---- what a test arranges --------------------------------------------------------------------------------------------


def test_calls_can_be_made_to_fail_or_to_take_time(cases: Any) -> None:
    sim = simulator()
    sim.fail("ListDomains", "ThrottlingException")
    sim.break_connection("CreateDomain", carried_out=True)
    sim.slow_down("GetDomain", 30)
    with refused("ThrottlingException"):
        cases.list_domains()
    with pytest.raises(ConnectionClosedError):
        cases.create_domain(name="Support")
    domain_id = cases.list_domains()["domains"][0]["domainId"]
    before = sim.clock.now()
    cases.get_domain(domainId=domain_id)
    assert 30 <= (sim.clock.now() - before).total_seconds() < 31


def test_the_clock_is_the_simulators(connect: Any, instance_id: str) -> None:
    simulator().clock.set(START)
    view = make_view(connect, instance_id)
    described = connect.describe_view(InstanceId=instance_id, ViewId=view["Id"])["View"]
    assert abs((described["LastModifiedTime"] - START).total_seconds()) < 1
