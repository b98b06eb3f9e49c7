"""Reading an attribute of what makes up a domain calls nothing: fields, layouts, templates, case rules."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from connectkit.filters import F
from connectkit.resources.case_rules import RequiredRule

from ..simulator.helpers import has_operation

if TYPE_CHECKING:
    from connectkit.resources._base import Resource
    from connectkit.resources.domains import CasesDomain

    from .conftest import Calls


def properties(of: object) -> list[str]:
    return [name for name, _ in inspect.getmembers(type(of), lambda member: isinstance(member, property))]


@pytest.mark.parametrize("kind", ["field", "layout", "template", "case_rule"])
def test_no_attribute_calls_the_service(domain: CasesDomain, calls: Calls, kind: str) -> None:
    if kind == "case_rule":
        if not has_operation("connectcases", "CreateCaseRule"):
            pytest.skip("the installed botocore has no CreateCaseRule")
        domain.case_rules.create(name="Priority", rule=RequiredRule(when=F.status.eq("closed")))
    collection = getattr(domain, f"{kind}s")
    loaded: Resource = collection.get("Refund" if kind in {"layout", "template"} else "Priority")
    listed: Resource = collection.find(getattr(loaded, "name"))  # noqa: B009 - of whichever kind it is
    bare: Resource = getattr(domain, kind)(loaded.id)
    calls()
    looked_at: set[str] = set()
    for resource in (bare, listed, loaded):
        assert repr(resource)
        assert hash(resource) == hash(bare)
        for name in properties(resource):
            getattr(resource, name)
            looked_at.add(name)
    assert calls() == []
    assert {"id", "name", "arn", "tags", "deleted", "created_time", "last_modified_time", "tag_values"} <= looked_at
    assert {*properties(bare)} < {*properties(listed)} < {*properties(loaded)}
