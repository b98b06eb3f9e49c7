"""What is associated with an instance, as provisioning scripts see to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import has_member, refused

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

SCANNER = "arn:aws:app-integrations:us-east-1:123456789012:file-scanner/1"
EVENTS = {"SourceApplicationUrl": "https://example.com", "SourceApplicationName": "My app", "SourceType": "ZENDESK"}


class Integrations:
    """Short ways to say what these tests say often."""

    def __init__(self, client: Any, instance_id: str) -> None:
        self.client = client
        self.instance = {"InstanceId": instance_id}

    def create(self, arn: str, kind: str = "CASES_DOMAIN", **members: Any) -> str:
        """Associate something and give the id of the association."""
        answer = self.client.create_integration_association(
            **self.instance, IntegrationType=kind, IntegrationArn=arn, **members
        )
        return str(answer["IntegrationAssociationId"])

    def delete(self, association_id: str) -> None:
        """End an association."""
        self.client.delete_integration_association(**self.instance, IntegrationAssociationId=association_id)

    def listed(self, **members: Any) -> list[Any]:
        """Give the associations of the instance."""
        answer = self.client.list_integration_associations(**self.instance, **members)
        return list(answer["IntegrationAssociationSummaryList"])

    def arns(self, **members: Any) -> list[str]:
        """Give what is associated with the instance."""
        return [association["IntegrationArn"] for association in self.listed(**members)]


@pytest.fixture
def integrations(connect: Any, sim: Simulator) -> Integrations:
    """The associations of an instance that has taken no domain by itself."""
    return Integrations(connect, sim.add_instance("other").rpartition("/")[2])


@pytest.fixture
def first(connect: Any, sim: Simulator) -> Integrations:
    """The associations of the instance that is there from the beginning."""
    return Integrations(connect, sim.instance_id)


def make_domain(cases: Any, name: str = "Support") -> str:
    return str(cases.create_domain(name=name)["domainArn"])


def test_a_cases_domain_is_associated_and_listed(integrations: Integrations, cases: Any) -> None:
    arn = make_domain(cases)
    assert integrations.arns() == []
    association_id = integrations.create(arn)
    (listed,) = integrations.listed()
    assert (listed["IntegrationAssociationId"], listed["IntegrationArn"]) == (association_id, arn)
    assert (listed["IntegrationType"], listed["InstanceId"]) == ("CASES_DOMAIN", integrations.instance["InstanceId"])
    assert listed["IntegrationAssociationArn"].endswith(f"/integration-association/{association_id}")


def test_the_domain_that_an_instance_took_by_itself_may_be_associated_once(first: Integrations, cases: Any) -> None:
    arn = make_domain(cases)
    taken = first.listed()
    association_id = first.create(arn, Tags={"team": "legal"})
    assert [entry["IntegrationAssociationId"] for entry in taken] == [association_id]
    assert first.arns() == [arn]
    with refused("DuplicateResourceException", arn):
        first.create(arn)


def test_the_domain_that_an_instance_took_by_itself_gives_way(first: Integrations, cases: Any) -> None:
    make_domain(cases)
    wanted = make_domain(cases, "Another")
    first.create(wanted)
    assert first.arns() == [wanted]


@pytest.mark.rule("instance.adopts")
def test_an_instance_that_somebody_sees_to_takes_no_domain_by_itself(first: Integrations, cases: Any) -> None:
    first.delete(first.create(make_domain(cases)))
    assert first.arns() == []
    make_domain(cases, "Another")
    assert first.arns() == []


@pytest.mark.rule("instance.one-domain")
def test_an_instance_has_one_cases_domain(integrations: Integrations, cases: Any) -> None:
    arn, another = make_domain(cases), make_domain(cases, "Another")
    integrations.create(arn)
    with refused("DuplicateResourceException", arn):
        integrations.create(arn)
    with refused("InvalidRequestException", "CASES_DOMAIN"):
        integrations.create(another)
    assert integrations.arns() == [arn]


def test_an_instance_that_was_added_with_a_domain_has_it_for_good(connect: Any, cases: Any, sim: Simulator) -> None:
    domain = cases.create_domain(name="Support")
    added = sim.add_instance("added", cases_domain_id=domain["domainId"])
    integrations = Integrations(connect, added)
    assert integrations.arns() == [domain["domainArn"]]
    with refused("DuplicateResourceException", domain["domainArn"]):
        integrations.create(domain["domainArn"])


def test_several_instances_may_share_a_domain(first: Integrations, integrations: Integrations, cases: Any) -> None:
    arn = make_domain(cases)
    integrations.create(arn)
    assert first.arns() == integrations.arns() == [arn]


@pytest.mark.rule("instance.one-domain")
@pytest.mark.parametrize(
    ("arn", "code"),
    [
        ("arn:aws:cases:us-east-1:123456789012:domain/nowhere", "ResourceNotFoundException"),
        ("arn:aws:cases:eu-west-1:123456789012:domain/nowhere", "InvalidRequestException"),
        ("nowhere", "InvalidRequestException"),
    ],
)
def test_a_cases_domain_must_exist(integrations: Integrations, arn: str, code: str) -> None:
    with refused(code, "nowhere"):
        integrations.create(arn)
    assert integrations.arns() == []


def test_an_ended_association_leaves_the_domain_and_its_place(integrations: Integrations, cases: Any) -> None:
    arn = make_domain(cases)
    association_id = integrations.create(arn)
    integrations.delete(association_id)
    assert integrations.arns() == []
    assert [domain["domainArn"] for domain in cases.list_domains()["domains"]] == [arn]
    with refused("ResourceNotFoundException", association_id):
        integrations.delete(association_id)
    integrations.create(arn)


def test_a_deleted_domain_is_associated_no_more(integrations: Integrations, cases: Any, sim: Simulator) -> None:
    arn = make_domain(cases)
    integrations.create(arn, Tags={"team": "legal"})
    cases.delete_domain(domainId=arn.rpartition("/")[2])
    assert integrations.arns() == []
    kept = next(entry for entry in sim.dump()["123456789012"]["us-east-1"]["instances"] if entry["alias"] == "other")
    assert "integration-association" not in kept
    integrations.create(make_domain(cases, "Another"))


@pytest.mark.rule("instance.other-kinds")
def test_other_kinds_are_kept_as_they_come(integrations: Integrations) -> None:
    association_id = integrations.create(SCANNER, "FILE_SCANNER")
    (listed,) = integrations.listed(IntegrationType="FILE_SCANNER")
    assert (listed["IntegrationAssociationId"], listed["IntegrationArn"]) == (association_id, SCANNER)
    with refused("DuplicateResourceException", SCANNER):
        integrations.create(SCANNER, "FILE_SCANNER")
    integrations.create(SCANNER + "2", "FILE_SCANNER")
    integrations.delete(association_id)
    assert integrations.arns() == [SCANNER + "2"]


@pytest.mark.rule("instance.other-kinds")
@pytest.mark.parametrize(
    ("kind", "most"),
    [("VOICE_ID", 1), ("PINPOINT_APP", 1), ("WISDOM_ASSISTANT", 1), ("WISDOM_KNOWLEDGE_BASE", 10), ("EVENT", 10)],
)
def test_there_are_only_so_many_of_a_kind(integrations: Integrations, kind: str, most: int) -> None:
    source = EVENTS if kind == "EVENT" else {}
    for number in range(most):
        integrations.create(f"arn:{number}", kind, **source)
    with refused("InvalidRequestException", kind):
        integrations.create("arn:one-more", kind, **source)


def test_an_event_integration_needs_its_source(integrations: Integrations) -> None:
    for name in EVENTS:
        with refused("InvalidRequestException", name):
            integrations.create("arn:1", "EVENT", **{key: value for key, value in EVENTS.items() if key != name})
    with refused("InvalidRequestException", "SourceApplicationName"):
        integrations.create("arn:1", "EVENT", **{**EVENTS, "SourceApplicationName": "what?"})
    integrations.create("arn:1", "EVENT", **EVENTS)
    (listed,) = integrations.listed()
    assert {name: listed[name] for name in EVENTS} == EVENTS


def test_associations_are_listed_by_type_and_arn_and_in_pages(integrations: Integrations, cases: Any) -> None:
    domain = make_domain(cases)
    integrations.create(SCANNER, "FILE_SCANNER")
    integrations.create(domain)
    assert integrations.arns() == [SCANNER, domain]
    assert integrations.arns(IntegrationType="CASES_DOMAIN") == [domain]
    if has_member("connect", "ListIntegrationAssociationsRequest", "IntegrationArn"):
        assert integrations.arns(IntegrationArn=SCANNER) == [SCANNER]
    page = integrations.client.list_integration_associations(**integrations.instance, MaxResults=1)
    # What was on a page that has been read may go, and the next one is still the next one.
    integrations.delete(page["IntegrationAssociationSummaryList"][0]["IntegrationAssociationId"])
    assert integrations.arns(NextToken=page["NextToken"]) == [domain]


def test_the_tags_of_a_new_association_are_checked(integrations: Integrations, cases: Any) -> None:
    with refused("InvalidRequestException", "aws:"):
        integrations.create(make_domain(cases), Tags={"aws:team": "legal"})
    assert integrations.arns() == []
