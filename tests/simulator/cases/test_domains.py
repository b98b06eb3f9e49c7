"""Cases domains: unique names, a quota, pages, and an end that takes everything along."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Delays

from ..helpers import START, needs, refused
from .support import start_merge

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture


def test_a_new_domain_is_active_and_can_be_read(cases: Any) -> None:
    made = cases.create_domain(name="Support")
    assert made["domainStatus"] == "Active"
    read = cases.get_domain(domainId=made["domainId"])
    assert (read["name"], read["domainArn"], read["domainStatus"]) == ("Support", made["domainArn"], "Active")
    assert made["domainArn"].endswith(f":domain/{made['domainId']}")


@pytest.mark.rule("domain.name-unique")
def test_a_domain_name_is_unique_in_the_account(cases: Any) -> None:
    cases.create_domain(name="Support")
    with refused("ConflictException", "Support"):
        cases.create_domain(name="Support")


@pytest.mark.rule("quota.error", "quota.defaults")
def test_an_account_has_five_domains_at_most(cases: Any) -> None:
    for index in range(5):
        cases.create_domain(name=str(index))
    with refused("ServiceQuotaExceededException") as caught:
        cases.create_domain(name="one more")
    assert caught.response["ResponseMetadata"]["HTTPStatusCode"] == 402


@pytest.mark.rule("domain.order")
def test_domains_are_listed_in_pages(cases: Any) -> None:
    made = [cases.create_domain(name=str(index))["domainId"] for index in range(3)]
    first = cases.list_domains(maxResults=2)
    second = cases.list_domains(maxResults=2, nextToken=first["nextToken"])
    assert [domain["domainId"] for domain in first["domains"] + second["domains"]] == made
    assert "nextToken" not in second


@pytest.mark.rule("domain.delete")
def test_a_deleted_domain_is_gone_with_its_cases_and_its_name_is_free(cases: Any, domain: DomainFixture) -> None:
    domain.case()
    cases.delete_domain(domainId=domain.id)
    with refused("ResourceNotFoundException", domain.id):
        cases.get_domain(domainId=domain.id)
    with refused("ResourceNotFoundException"):
        domain.search()
    assert cases.list_domains()["domains"] == []
    cases.create_domain(name="Support")


def test_an_unknown_domain_is_not_found_with_its_id_and_kind(cases: Any) -> None:
    with refused("ResourceNotFoundException") as caught:
        cases.delete_domain(domainId="nowhere")
    assert (caught.response["resourceId"], caught.response["resourceType"]) == ("nowhere", "Domain")


@pytest.mark.rule("domain.active", "domain.creating")
def test_a_domain_can_take_a_while_to_be_made(cases: Any, sim: Simulator) -> None:
    sim.delays = Delays(domain_creation=timedelta(minutes=1))
    made = cases.create_domain(name="Support")
    assert made["domainStatus"] == "CreationInProgress"
    here = {"domainId": made["domainId"]}
    assert cases.get_domain(**here)["domainStatus"] == "CreationInProgress"
    assert [domain["domainId"] for domain in cases.list_domains()["domains"]] == [made["domainId"]]
    with refused("ConflictException", "still being created"):
        cases.create_field(**here, name="Size", type="Number")
    # SearchCases models no conflict.
    with refused("ValidationException", "still being created"):
        cases.search_cases(**here)
    sim.clock.advance(minutes=1)
    assert cases.get_domain(**here)["domainStatus"] == "Active"
    assert cases.search_cases(**here)["cases"] == []
    cases.delete_domain(domainId=cases.create_domain(name="Never mind")["domainId"])


@pytest.mark.rule("domain.active")
def test_a_domain_is_active_at_once_unless_told(cases: Any) -> None:
    assert cases.create_domain(name="Support")["domainStatus"] == "Active"


@pytest.mark.rule("domain.clock-back")
def test_a_domain_stays_usable_when_the_clock_is_set_back(domain: DomainFixture, cases: Any, sim: Simulator) -> None:
    sim.clock.set(START - timedelta(days=1))
    assert cases.get_domain(domainId=domain.id)["domainStatus"] == "Active"
    case_id = domain.case()
    assert domain.values(case_id, "created_datetime")["created_datetime"].startswith("2029-12-31")


@pytest.mark.rule("domain.associated")
def test_the_first_domain_belongs_to_the_instance_until_it_is_deleted(cases: Any, connect: Any, sim: Simulator) -> None:
    def associated() -> list[str]:
        answer = connect.list_integration_associations(InstanceId=sim.instance_id, IntegrationType="CASES_DOMAIN")
        return [association["IntegrationArn"] for association in answer["IntegrationAssociationSummaryList"]]

    first = cases.create_domain(name="Support")
    second = cases.create_domain(name="Another")
    assert associated() == [first["domainArn"]]
    cases.delete_domain(domainId=first["domainId"])
    assert associated() == []
    third = cases.create_domain(name="Support")
    assert associated() == [third["domainArn"]]
    cases.delete_domain(domainId=second["domainId"])
    assert associated() == [third["domainArn"]]


@needs("connectcases", "StartMergeCases")
@pytest.mark.rule("domain.delete")
def test_a_domain_is_deleted_in_the_middle_of_a_merge(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    start_merge(domain, domain.case(), domain.case())
    cases.delete_domain(domainId=domain.id)
    sim.clock.advance(1)
    assert cases.list_domains()["domains"] == []
    assert sim.dump()["123456789012"]["us-east-1"]["domains"] == []
