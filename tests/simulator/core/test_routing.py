"""A request finds its operation by its raw path."""

from __future__ import annotations

import pytest

from connectkit.simulator.core.routing import Match, Router

ROUTER = Router(
    [
        ("GET", "/views/{InstanceId}/{ViewId}", "DescribeView"),
        ("GET", "/views/{InstanceId}/{ViewId}/versions", "ListViewVersions"),
        ("GET", "/instance/{Id}/{Kind}", "ByLabel"),
        ("GET", "/instance/{Id}/task", "ByLiteral"),
        ("POST", "/cases:batchCreateRelatedItem", "BatchCreateRelatedItem"),
        ("POST", "/domains/{domainId}/rules-list/", "ListCaseRules"),
    ]
)


def test_an_encoded_slash_stays_inside_its_identifier() -> None:
    match = ROUTER.match("GET", "/views/i/arn%3Aaws%3Aconnect%3Aus-east-1%3Aaws%3Aview%2Fform%3A1")
    assert match == Match("DescribeView", {"InstanceId": "i", "ViewId": "arn:aws:connect:us-east-1:aws:view/form:1"})


def test_an_identifier_that_looks_like_a_path_changes_no_route() -> None:
    match = ROUTER.match("GET", "/views/i/x%2Fversions")
    assert match == Match("DescribeView", {"InstanceId": "i", "ViewId": "x/versions"})


def test_the_template_that_spells_out_more_wins() -> None:
    literal, label = ROUTER.match("GET", "/instance/1/task"), ROUTER.match("GET", "/instance/1/other")
    assert literal is not None
    assert literal.operation == "ByLiteral"
    assert label is not None
    assert label.operation == "ByLabel"


@pytest.mark.parametrize("path", ["/cases:batchCreateRelatedItem", "/cases%3AbatchCreateRelatedItem"])
def test_a_verb_behind_a_colon_is_part_of_the_path(path: str) -> None:
    assert ROUTER.match("POST", path) == Match("BatchCreateRelatedItem", {})


@pytest.mark.parametrize("path", ["/domains/d/rules-list/", "/domains/d/rules-list"])
def test_a_closing_slash_means_nothing(path: str) -> None:
    assert ROUTER.match("POST", path) == Match("ListCaseRules", {"domainId": "d"})


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("PUT", "/views/i/v"), ("GET", "/views/i"), ("GET", "/views//v")]
)
def test_what_no_template_fits_is_no_operation(method: str, path: str) -> None:
    assert ROUTER.match(method, path) is None
