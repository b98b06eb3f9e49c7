"""Tags are added, changed and removed by the ARN of what they are on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import refused

if TYPE_CHECKING:
    from ..helpers import DomainFixture


def test_tags_of_every_kind_of_resource(cases: Any, domain: DomainFixture) -> None:
    base = cases.get_domain(domainId=domain.id)["domainArn"]
    layout = cases.create_layout(domainId=domain.id, name="Page", content={"basic": {}})["layoutId"]
    arns = [
        base,
        f"{base}/field/{domain.field('Size')}",
        f"{base}/layout/{layout}",
        f"{base}/template/{domain.template_id}",
        f"{base}/case/{domain.case()}",
    ]
    for arn in arns:
        cases.tag_resource(arn=arn, tags={"team": "legal", "tier": "1"})
        cases.tag_resource(arn=arn, tags={"tier": "2"})
        assert cases.list_tags_for_resource(arn=arn)["tags"] == {"team": "legal", "tier": "2"}
        cases.untag_resource(arn=arn, tagKeys=["tier", "not there"])
        assert cases.list_tags_for_resource(arn=arn)["tags"] == {"team": "legal"}
    assert cases.get_domain(domainId=domain.id)["tags"] == {"team": "legal"}


def test_what_has_no_such_arn_is_not_found(cases: Any, domain: DomainFixture) -> None:
    base = cases.get_domain(domainId=domain.id)["domainArn"]
    for arn in (f"{base}/case/nowhere", base + "0", f"{base}0/field/title"):
        with refused("ResourceNotFoundException", arn):
            cases.list_tags_for_resource(arn=arn)


@pytest.mark.parametrize("arn", ["nothing", "arn:aws:cases:us-east-1:999999999999:domain/d", "arn:aws:s3:::bucket"])
def test_what_is_no_arn_of_this_account_is_refused(cases: Any, arn: str) -> None:
    with refused("ValidationException", arn):
        cases.tag_resource(arn=arn, tags={"a": "b"})


@pytest.mark.parametrize("tags", [{"aws:x": "1"}, {"k" * 129: "1"}, {"k": "v" * 257}])
def test_tags_have_bounds_and_a_reserved_prefix(cases: Any, domain: DomainFixture, tags: dict[str, str]) -> None:
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    with refused("ValidationException", "Tag"):
        cases.tag_resource(arn=arn, tags=tags)


def test_a_resource_has_fifty_tags_at_most(cases: Any, domain: DomainFixture) -> None:
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    cases.tag_resource(arn=arn, tags={str(index): "" for index in range(50)})
    with refused("ValidationException", "51"):
        cases.tag_resource(arn=arn, tags={"one more": ""})
