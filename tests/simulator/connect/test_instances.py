"""The instance that a simulator begins with, and the Cases domain that shows up in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..helpers import refused

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


def test_there_is_one_active_instance(connect: Any, sim: Simulator) -> None:
    (listed,) = connect.list_instances()["InstanceSummaryList"]
    assert (listed["Id"], listed["Arn"], listed["InstanceAlias"]) == (
        sim.instance_id,
        sim.instance_arn,
        "simulated",
    )
    described = connect.describe_instance(InstanceId=sim.instance_id)["Instance"]
    assert described["InstanceStatus"] == "ACTIVE"
    assert described["Arn"] == sim.instance_arn


def test_an_unknown_instance_is_not_found(connect: Any) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        connect.describe_instance(InstanceId="nowhere")


def test_a_cases_domain_shows_up_in_the_instance_once_there_is_one(connect: Any, cases: Any, sim: Simulator) -> None:
    def associations(**members: Any) -> list[Any]:
        answer = connect.list_integration_associations(InstanceId=sim.instance_id, **members)
        return list(answer["IntegrationAssociationSummaryList"])

    assert associations(IntegrationType="CASES_DOMAIN") == []
    domain = cases.create_domain(name="Support")
    cases.create_domain(name="Another")
    (association,) = associations(IntegrationType="CASES_DOMAIN")
    assert association["IntegrationArn"] == domain["domainArn"]
    assert association["InstanceId"] == sim.instance_id
    assert associations() == [association]
    assert associations(IntegrationType="EVENT") == []
    cases.delete_domain(domainId=domain["domainId"])
    assert associations() == []
    successor = cases.create_domain(name="Support")
    assert associations()[0]["IntegrationArn"] == successor["domainArn"]
