"""Tags are added, changed and removed by the ARN of what they are on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs, refused
from .support import comment, decide, items, make_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..helpers import DomainFixture

MAKE: Mapping[str, Callable[[DomainFixture], str]] = {
    "domain": lambda domain: domain.id,
    "field": lambda domain: domain.field("Size"),
    "layout": lambda domain: str(
        domain.client.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    ),
    "template": lambda domain: domain.template_id,
    "case": lambda domain: domain.case(),
    "case-rule": lambda domain: make_rule(domain, required=decide()),
}


def read_tags(domain: DomainFixture, kind: str, identifier: str) -> Any:
    """Give the tags of a resource as the operation that describes it shows them."""
    here = {"domainId": domain.id}
    match kind:
        case "field":
            return domain.client.batch_get_field(**here, fields=[{"id": identifier}])["fields"][0]["tags"]
        case "case-rule":
            return domain.client.batch_get_case_rule(**here, caseRules=[{"id": identifier}])["caseRules"][0]["tags"]
        case "layout":
            return domain.client.get_layout(**here, layoutId=identifier)["tags"]
        case "template":
            return domain.client.get_template(**here, templateId=identifier)["tags"]
        case "case":
            return domain.client.get_case(**here, caseId=identifier, fields=[{"id": "title"}])["tags"]
        case _:
            return domain.client.get_domain(**here)["tags"]


@pytest.mark.rule("tag.resources", "tag.merge")
@pytest.mark.parametrize(
    "kind",
    [
        "domain",
        "field",
        "layout",
        "template",
        "case",
        pytest.param("case-rule", marks=needs("connectcases", "CreateCaseRule")),
    ],
)
def test_tags_are_added_changed_removed_and_shown(cases: Any, domain: DomainFixture, kind: str) -> None:
    base = cases.get_domain(domainId=domain.id)["domainArn"]
    identifier = MAKE[kind](domain)
    arn = base if kind == "domain" else f"{base}/{kind}/{identifier}"
    cases.tag_resource(arn=arn, tags={"team": "legal", "tier": "1"})
    cases.tag_resource(arn=arn, tags={"tier": "2"})
    assert cases.list_tags_for_resource(arn=arn)["tags"] == {"team": "legal", "tier": "2"}
    cases.untag_resource(arn=arn, tagKeys=["tier", "not there"])
    assert cases.list_tags_for_resource(arn=arn)["tags"] == {"team": "legal"}
    assert read_tags(domain, kind, identifier) == {"team": "legal"}


@pytest.mark.rule("tag.resources")
def test_related_items_have_tags(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    arn = cases.create_related_item(
        domainId=domain.id,
        caseId=case_id,
        type="Comment",
        content={"comment": {"body": "x", "contentType": "Text/Plain"}},
    )["relatedItemArn"]
    cases.tag_resource(arn=arn, tags={"team": "legal"})
    assert [item["tags"] for item in items(domain, case_id)] == [{"team": "legal"}]


@pytest.mark.rule("tag.not-found")
def test_the_arn_of_an_item_names_its_case(cases: Any, domain: DomainFixture) -> None:
    first, second = domain.case(), domain.case()
    item_id = comment(domain, first)
    base = cases.get_domain(domainId=domain.id)["domainArn"]
    assert cases.list_tags_for_resource(arn=f"{base}/case/{first}/related-item/{item_id}")["tags"] == {}
    with refused("ResourceNotFoundException") as refusal:
        cases.list_tags_for_resource(arn=f"{base}/case/{second}/related-item/{item_id}")
    assert refusal.response["resourceType"] == "RelatedItem"


@pytest.mark.rule("tag.not-found")
def test_what_has_no_such_arn_is_not_found(cases: Any, domain: DomainFixture) -> None:
    base = cases.get_domain(domainId=domain.id)["domainArn"]
    for arn in (f"{base}/case/nowhere", base + "0", f"{base}0/field/title"):
        with refused("ResourceNotFoundException", arn):
            cases.list_tags_for_resource(arn=arn)


@pytest.mark.parametrize("arn", ["nothing", "arn:aws:cases:us-east-1:999999999999:domain/d", "arn:aws:s3:::bucket"])
@pytest.mark.rule("tag.foreign")
def test_what_is_no_arn_of_this_account_is_refused(cases: Any, arn: str) -> None:
    with refused("ValidationException", arn):
        cases.tag_resource(arn=arn, tags={"a": "b"})


@pytest.mark.parametrize("tags", [{"aws:x": "1"}, {"k" * 129: "1"}, {"k": "v" * 257}])
@pytest.mark.rule("tag.bounds", "tag.reserved")
def test_tags_have_bounds_and_a_reserved_prefix(cases: Any, domain: DomainFixture, tags: dict[str, str]) -> None:
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    with refused("ValidationException", "Tag"):
        cases.tag_resource(arn=arn, tags=tags)


@pytest.mark.rule("tag.bounds")
def test_a_resource_has_fifty_tags_at_most(cases: Any, domain: DomainFixture) -> None:
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    cases.tag_resource(arn=arn, tags={str(index): "" for index in range(50)})
    with refused("ValidationException", "51"):
        cases.tag_resource(arn=arn, tags={"one more": ""})


@pytest.mark.rule("tag.bounds", "tag.reserved")
def test_tags_at_their_bounds_are_taken(cases: Any, domain: DomainFixture) -> None:
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    cases.tag_resource(arn=arn, tags={"k" * 128: "v" * 256, "my aws:": ""})
    with refused("ValidationException", "reserved"):
        cases.tag_resource(arn=arn, tags={"AWS:x": ""})


@pytest.mark.rule("tag.deleted")
@pytest.mark.parametrize("kind", ["field", "layout", "template", "case-rule"])
def test_what_is_marked_as_deleted_keeps_its_tags(cases: Any, domain: DomainFixture, kind: str) -> None:
    delete = getattr(cases, f"delete_{kind.replace('-', '_')}", None)
    if delete is None:
        # Over the oldest boto3 (`make test-floor`) a client has no way to ask.
        pytest.skip("the installed botocore can't delete one")
    identifier = MAKE[kind](domain)
    arn = f"{cases.get_domain(domainId=domain.id)['domainArn']}/{kind}/{identifier}"
    cases.tag_resource(arn=arn, tags={"team": "legal"})
    name = {"case-rule": "caseRuleId"}.get(kind, f"{kind}Id")
    delete(domainId=domain.id, **{name: identifier})
    cases.tag_resource(arn=arn, tags={"tier": "1"})
    cases.untag_resource(arn=arn, tagKeys=["team"])
    assert read_tags(domain, kind, identifier) == {"tier": "1"}


@needs("connectcases", "DeleteCase")
@pytest.mark.rule("tag.deleted")
def test_the_tags_of_a_deleted_case_and_its_items_are_gone(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    arn = f"{cases.get_domain(domainId=domain.id)['domainArn']}/case/{case_id}"
    item_arn = f"{arn}/related-item/{comment(domain, case_id)}"
    for each in (arn, item_arn):
        cases.tag_resource(arn=each, tags={"team": "legal"})
    cases.delete_case(domainId=domain.id, caseId=case_id)
    for each in (arn, item_arn):
        with refused("ResourceNotFoundException"):
            cases.list_tags_for_resource(arn=each)
