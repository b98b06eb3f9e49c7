"""Cases domains: unique names, a quota, pages, and an end that takes everything along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..helpers import make_client, refused

if TYPE_CHECKING:
    from ..helpers import DomainFixture


def test_a_new_domain_is_active_and_can_be_read(cases: Any) -> None:
    made = cases.create_domain(name="Support")
    assert made["domainStatus"] == "Active"
    read = cases.get_domain(domainId=made["domainId"])
    assert (read["name"], read["domainArn"], read["domainStatus"]) == ("Support", made["domainArn"], "Active")
    assert made["domainArn"].endswith(f":domain/{made['domainId']}")


def test_a_domain_name_is_unique_in_the_account(cases: Any) -> None:
    cases.create_domain(name="Support")
    with refused("ConflictException", "Support"):
        cases.create_domain(name="Support")


def test_an_account_has_five_domains_at_most(cases: Any) -> None:
    for index in range(5):
        cases.create_domain(name=str(index))
    with refused("ServiceQuotaExceededException") as caught:
        cases.create_domain(name="one more")
    assert caught.response["ResponseMetadata"]["HTTPStatusCode"] == 402


def test_domains_are_listed_in_pages(cases: Any) -> None:
    made = [cases.create_domain(name=str(index))["domainId"] for index in range(3)]
    first = cases.list_domains(maxResults=2)
    second = cases.list_domains(maxResults=2, nextToken=first["nextToken"])
    assert [domain["domainId"] for domain in first["domains"] + second["domains"]] == made
    assert "nextToken" not in second


def test_a_token_is_good_for_any_page_size_but_for_its_query_only(cases: Any, domain: DomainFixture) -> None:
    token = cases.list_fields(domainId=domain.id, maxResults=1)["nextToken"]
    assert cases.list_fields(domainId=domain.id, maxResults=3, nextToken=token)["fields"]
    with refused("ValidationException", "nextToken"):
        cases.list_templates(domainId=domain.id, nextToken=token)
    other = cases.create_domain(name="Other")["domainId"]
    with refused("ValidationException", "nextToken"):
        cases.list_fields(domainId=other, nextToken=token)
    with refused("ValidationException", "nextToken"):
        cases.list_fields(domainId=domain.id, nextToken=token[:-1] + ("A" if token[-1] != "A" else "B"))


def test_a_token_is_good_for_its_region_only(cases: Any) -> None:
    for name in ("a", "b"):
        cases.create_domain(name=name)
    token = cases.list_domains(maxResults=1)["nextToken"]
    with refused("ValidationException", "nextToken"):
        make_client("connectcases", "eu-west-1").list_domains(nextToken=token)


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
