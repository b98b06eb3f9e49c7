"""The policies on the page about permissions allow what they say, in words that IAM knows."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from codegen.files import PERMISSIONS, read_toml
from codegen.pages import action
from connectkit.models import connect, connectcases

PAGE = (Path(__file__).parents[2] / "docs" / "iam.md").read_text(encoding="utf-8")
TABLES = read_toml(PERMISSIONS)
_SECTION = re.compile(r"^#{2,3} (.+?)\n(.*?)(?=^#{2,3} |\Z)", re.MULTILINE | re.DOTALL)
_POLICY = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What isn't an operation that connectkit has a model for.
BEYOND = {"connect:DescribeContact", "connect:DescribeUser", "connect:TagResource", "ds:DescribeDirectories"}
READING = "Read and search cases"
# What somebody with the policy does; what a policy stands on comes before.
JOBS = {
    READING: """
        Cases.search Cases.list Cases.find Cases.count Cases.get Cases.for_contact Case.refresh AuditEvents.list
        Comments.list RelatedItems.list RelatedItems.search RelatedItems.get DomainRelatedItems.search Schema
    """,
    "Work on cases": """
        Instance.cases_domain Cases.create Case.update Cases.update_many Case.link_contact Case.link_file Case.add_sla
        Case.add_custom Comments.add RelatedItem.update DomainRelatedItems.comment_many
    """,
    "Set up a domain": """
        Domains.ensure Fields.ensure FieldOptions.ensure Layouts.ensure CaseRules.ensure Templates.ensure
        EventConfiguration.update
    """,
    "Tag": "Tags.list Tags.update Tags.delete",
    "Publish views": "Views.publish Views.sync View.delete View.rollback",
    "Keep task templates, and start tasks": """
        TaskTemplates.ensure TaskTemplates.sync TaskTemplate.update TaskTemplate.delete TaskTemplate.start_task
    """,
}


def policies() -> dict[str, dict[str, Any]]:
    return {
        head: json.loads(found.group(1)) for head, text in _SECTION.findall(PAGE) for found in _POLICY.finditer(text)
    }


def allowed(policy: dict[str, Any]) -> set[str]:
    actions: set[str] = set()
    for statement in policy["Statement"]:
        given = statement["Action"]
        actions |= {given} if isinstance(given, str) else set(given)
    return actions


def operations(service: str) -> set[str]:
    models = {"connect": connect, "connectcases": connectcases}[service]
    return {name.removesuffix("Request") for name in models.__all__ if name.endswith("Request")}


def actions_of(service: str) -> set[str]:
    return {action(name, TABLES[service]) for name in operations(service)}


def needed(method: str) -> set[str]:
    asks, reads = TABLES["methods"][method]
    found: set[str] = set()
    for name in f"{asks} {reads}".split():
        service = "connectcases" if name in operations("connectcases") else "connect"
        # What an operation needs besides, whatever it is given.
        always = {one for one, when in TABLES[service]["also"].get(name, {}).items() if not when}
        found |= {action(name, TABLES[service]), *always}
    return found


def test_each_job_has_its_policy() -> None:
    assert policies().keys() == JOBS.keys()


@pytest.mark.parametrize("job", JOBS)
def test_a_policy_allows_what_its_job_needs_and_no_more(job: str) -> None:
    before = allowed(policies()[READING]) if job == "Work on cases" else set[str]()
    granted = allowed(policies()[job])
    wanted = {one for method in JOBS[job].split() for one in needed(method)}
    assert wanted <= granted | before
    assert granted - wanted <= BEYOND | {"cases:TagResource"}
    assert not granted & before


@pytest.mark.parametrize("job", JOBS)
def test_a_policy_is_one_and_names_actions_that_there_are(job: str) -> None:
    policy = policies()[job]
    assert policy["Version"] == "2012-10-17"
    assert allowed(policy) <= actions_of("connect") | actions_of("connectcases") | BEYOND
    for statement in policy["Statement"]:
        assert statement["Effect"] == "Allow"
        (prefix,) = {one.partition(":")[0] for one in allowed({"Statement": [statement]})}
        given: str | list[str] = statement["Resource"]
        for resource in [given] if isinstance(given, str) else given:
            assert resource == "*" or fnmatch(resource, f"arn:aws:{prefix}:*:123456789012:*"), resource


def test_no_policy_takes_the_name_of_the_client_for_the_prefix() -> None:
    assert "connectcases:" not in "".join(json.dumps(policy) for policy in policies().values())


@pytest.mark.parametrize("service", ["connect", "connectcases"])
def test_every_operation_is_on_the_page_with_its_action(service: str) -> None:
    for name in operations(service):
        assert f"| {name} | `{action(name, TABLES[service])}` |" in PAGE


def test_actions_that_no_reference_has_are_marked() -> None:
    for name in ("StartMergeCases", "GetMergeCasesStatus", "UpdateContactTaskTemplate"):
        assert re.search(rf"^\| {name} \|.*\| inferred \|$", PAGE, re.MULTILINE)
