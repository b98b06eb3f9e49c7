"""Instances are moto's where it has some, and what is in them is the simulator's."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("moto", reason="moto is not installed: pip install 'connectkit[moto]'")


from connectkit.simulator.moto import simulator

from ..helpers import refused
from .support import MOTO_HAS_INSTANCES, custom_views, make_instance, make_view, with_motos_instances


def test_there_are_none_at_first(connect: Any) -> None:
    assert connect.list_instances()["InstanceSummaryList"] == []
    assert list(simulator().instance_ids()) == []


def test_a_cases_domain_is_associated_with_an_instance(connect: Any, cases: Any, instance_id: str) -> None:
    arn = cases.create_domain(name="Support")["domainArn"]
    association = {"InstanceId": instance_id, "IntegrationType": "CASES_DOMAIN"}
    assert connect.list_integration_associations(**association)["IntegrationAssociationSummaryList"] == []
    connect.create_integration_association(**association, IntegrationArn=arn)
    (found,) = connect.list_integration_associations(**association)["IntegrationAssociationSummaryList"]
    assert found["IntegrationArn"] == arn


def test_a_deleted_instance_takes_its_views_along(connect: Any, instance_id: str) -> None:
    other = make_instance(connect, "branch")
    for identifier in (instance_id, other):
        make_view(connect, identifier)
    connect.delete_instance(InstanceId=instance_id)
    with refused("ResourceNotFoundException", instance_id):
        connect.list_views(InstanceId=instance_id)
    assert custom_views(connect, other) == ["Greeting"]
    assert list(simulator().instance_ids()) == [other]


def test_the_simulator_knows_an_instance_as_soon_as_it_is_made(instance_id: str) -> None:
    assert instance_id in simulator().add_contact(instance_id=instance_id)


@pytest.mark.usefixtures("instance_id")
def test_the_simulator_may_have_an_instance_that_moto_knows_nothing_of(connect: Any) -> None:
    own = simulator().add_instance("own", instance_id="own").rpartition("/")[2]
    make_view(connect, own)
    assert custom_views(connect, own) == ["Greeting"]


def test_an_instance_can_be_tagged(connect: Any) -> None:
    arn = connect.describe_instance(InstanceId=make_instance(connect, Tags={"team": "a"}))["Instance"]["Arn"]
    connect.tag_resource(resourceArn=arn, tags={"stage": "b"})
    connect.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "b"}
    assert bool(simulator().calls("TagResource")) is not MOTO_HAS_INSTANCES


def test_tags_of_what_is_in_an_instance_are_the_simulators(connect: Any, instance_id: str) -> None:
    arn = make_view(connect, instance_id, Tags={"team": "a"})["Arn"]
    connect.tag_resource(resourceArn=arn, tags={"stage": "b"})
    connect.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "b"}
    tagging = ("TagResource", "UntagResource", "ListTagsForResource")
    assert tuple(call.operation for call in simulator().requests)[-3:] == tagging


@with_motos_instances
def test_operations_that_only_moto_has_stay_motos(connect: Any, instance_id: str) -> None:
    connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contacts")
    results = connect.list_analytics_data_associations(InstanceId=instance_id)["Results"]
    assert [result["DataSetId"] for result in results] == ["contacts"]


@with_motos_instances
def test_instances_may_share_an_alias_as_they_may_in_moto(connect: Any) -> None:
    instances = [make_instance(connect, "office") for _ in range(2)]
    for identifier in instances:
        make_view(connect, identifier)
    assert [custom_views(connect, identifier) for identifier in instances] == [["Greeting"]] * 2


@with_motos_instances
def test_motos_instances_outlive_a_reset_of_the_simulator_alone(connect: Any, instance_id: str) -> None:
    make_view(connect, instance_id)
    simulator().reset()
    assert custom_views(connect, instance_id) == []
