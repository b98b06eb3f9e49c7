"""The instance that a simulator begins with, and the Cases domain that shows up in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas

from ..helpers import has_member, needs_member, refused
from .helpers import send

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


@pytest.mark.rule("instance.adopts")
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


# ---- creating and deleting -----------------------------------------------------------------------------------------


def create(client: Any, alias: str | None = "support", **members: Any) -> Any:
    """Make an instance."""
    members = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, **members}
    if alias is not None:
        members["InstanceAlias"] = alias
    return client.create_instance(OutboundCallsEnabled=False, **members)


def aliases(client: Any) -> list[str | None]:
    """Give the aliases of all instances."""
    return [entry.get("InstanceAlias") for entry in client.list_instances()["InstanceSummaryList"]]


def test_a_created_instance_is_listed_and_described_as_it_was_asked_for(connect: Any) -> None:
    made = create(connect, IdentityManagementType="SAML")
    read = connect.describe_instance(InstanceId=made["Id"])["Instance"]
    assert (read["Id"], read["Arn"], read["InstanceAlias"]) == (made["Id"], made["Arn"], "support")
    assert (read["IdentityManagementType"], read["InstanceStatus"]) == ("SAML", "ACTIVE")
    assert (read["InboundCallsEnabled"], read["OutboundCallsEnabled"]) == (True, False)
    assert "Tags" not in read
    assert aliases(connect) == ["simulated", "support"]
    assert connect.list_views(InstanceId=made["Id"])["ViewsSummaryList"]


@needs_member("connect", "CreateInstanceRequest", "Tags")
def test_a_created_instance_has_its_tags(connect: Any) -> None:
    made = create(connect, Tags={"team": "legal"})
    assert connect.describe_instance(InstanceId=made["Id"])["Instance"]["Tags"] == {"team": "legal"}
    with refused("InvalidRequestException", "aws:"):
        create(connect, "another", Tags={"aws:team": "legal"})


def test_a_created_instance_takes_no_domain_by_itself(connect: Any, cases: Any) -> None:
    made = create(connect)
    cases.create_domain(name="Support")
    listed = connect.list_integration_associations(InstanceId=made["Id"])
    assert listed["IntegrationAssociationSummaryList"] == []


@pytest.mark.parametrize("alias", ["d-support", "-support", "support-", "what?", "two words", ""])
def test_an_alias_fits_the_model(connect: Any, sim: Simulator, alias: str) -> None:
    body = {"IdentityManagementType": "SAML", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    response, parsed = send(sim, "PUT", "/instance", {**body, "InstanceAlias": alias})
    assert response.headers["x-amzn-ErrorType"] == "InvalidRequestException"
    assert "InstanceAlias" in parsed["Message"]
    assert aliases(connect) == ["simulated"]


def test_an_alias_is_unique(connect: Any) -> None:
    with refused("InvalidRequestException", "simulated"):
        create(connect, "simulated")


def test_an_instance_needs_an_alias_or_an_existing_directory(connect: Any) -> None:
    with refused("InvalidRequestException", "InstanceAlias"):
        create(connect, None)
    with refused("InvalidRequestException", "DirectoryId"):
        create(connect, IdentityManagementType="EXISTING_DIRECTORY")
    with refused("InvalidRequestException", "DirectoryId"):
        create(connect, IdentityManagementType="EXISTING_DIRECTORY", DirectoryId="d-abcdefghij")
    create(connect, None, IdentityManagementType="EXISTING_DIRECTORY", DirectoryId="d-0123456789")
    assert aliases(connect) == ["simulated", None]


@pytest.mark.rule("instance.quota")
def test_an_account_has_two_instances_unless_its_quota_says_otherwise(connect: Any, sim: Simulator) -> None:
    create(connect)
    with refused("ServiceQuotaExceededException", "2"):
        create(connect, "another")
    sim.quotas = Quotas(instances=3)
    create(connect, "another")


def test_a_client_token_creates_and_deletes_once(connect: Any) -> None:
    made = create(connect, ClientToken="t")
    assert create(connect, ClientToken="t")["Id"] == made["Id"]
    with refused("InvalidRequestException", "ClientToken"):
        create(connect, "another", ClientToken="t")
    if has_member("connect", "DeleteInstanceRequest", "ClientToken"):
        for _ in range(2):
            connect.delete_instance(InstanceId=made["Id"], ClientToken="d")
    assert aliases(connect)[0] == "simulated"


def test_a_deleted_instance_is_gone_with_everything_in_it_but_its_domain(connect: Any, cases: Any) -> None:
    made = create(connect)
    arn = cases.create_domain(name="Support")["domainArn"]
    connect.create_integration_association(InstanceId=made["Id"], IntegrationType="CASES_DOMAIN", IntegrationArn=arn)
    connect.delete_instance(InstanceId=made["Id"])
    for call in (connect.describe_instance, connect.list_views, connect.delete_instance):
        with refused("ResourceNotFoundException", made["Id"]):
            call(InstanceId=made["Id"])
    assert aliases(connect) == ["simulated"]
    assert cases.list_domains()["domains"]
    create(connect)


# ---- what a test adds ----------------------------------------------------------------------------------------------


def test_a_contact_can_be_put_into_another_state(sim: Simulator) -> None:
    arn = sim.add_contact("c")
    sim.set_contact_state(arn, "CONNECTED")
    sim.set_contact_state("c", "ENDED")
    (instance,) = sim.dump()["123456789012"]["us-east-1"]["instances"]
    assert instance["contact"][0]["state"] == "ENDED"
    with pytest.raises(ValueError, match="nowhere"):
        sim.set_contact_state("nowhere", "ENDED")
    with pytest.raises(ValueError, match="IN_PROGRESS, CONNECTED, ENDED"):
        sim.set_contact_state(arn, "DONE")
    with pytest.raises(ValueError, match="no instance"):
        sim.set_contact_state(arn, "ENDED", instance_id="nowhere")


def test_an_added_contact_must_make_sense(sim: Simulator) -> None:
    sim.add_contact("c", region_name="eu-west-1")
    sim.add_contact("c")
    with pytest.raises(ValueError, match="already"):
        sim.add_contact("c")
    with pytest.raises(ValueError, match="no instance"):
        sim.add_contact(instance_id="nowhere")
    with pytest.raises(ValueError, match="time zone"):
        sim.add_contact(connected=sim.clock.now().replace(tzinfo=None))
