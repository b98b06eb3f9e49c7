"""What those rely on who use the AWS CLI: its options for pages, its exit status, its ways to write an answer."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
import pytest

from .aws_cli import AwsCli

if TYPE_CHECKING:
    from .conftest import Desk

pytestmark = [pytest.mark.clients, pytest.mark.parametrize("client", ["cli"], indirect=True, scope="session")]

# AWS documents 254 for an error of the service, which is what version 2 of the CLI gives. This is version 1.
_REFUSED = 255


@pytest.fixture(scope="session")
def aws(server: str, home: Path) -> AwsCli:
    """The CLI for the server of the story."""
    return AwsCli(server, home)


def test_a_refusal_is_named_on_standard_error_and_in_the_exit_status(aws: AwsCli) -> None:
    outcome = aws.run("connectcases", "get-domain", domain_id="nowhere")
    assert (outcome.status, outcome.output) == (_REFUSED, "")
    assert outcome.errors.strip() == (
        "An error occurred (ResourceNotFoundException) when calling the GetDomain operation: "
        "Domain nowhere does not exist"
    )


def test_a_search_goes_on_where_it_stopped(aws: AwsCli, desk: Desk, parcels: list[str]) -> None:
    search: dict[str, Any] = {
        "domain_id": desk["domainId"],
        "filter": {"field": {"greaterThanOrEqualTo": {"id": desk["amount"], "value": {"doubleValue": 0}}}},
        "sorts": [{"fieldId": desk["amount"], "sortOrder": "Asc"}],
    }
    first = aws("connectcases", "search-cases", **search, page_size=10, max_items=12)
    rest = aws("connectcases", "search-cases", **search, page_size=10, starting_token=first["NextToken"])
    assert [case["caseId"] for case in first["cases"]] == parcels[:12]
    assert [case["caseId"] for case in rest["cases"]] == parcels[12:]
    assert "NextToken" not in rest


def test_one_page_can_be_asked_for(aws: AwsCli, desk: Desk, parcels: list[str]) -> None:
    search = {
        "domain_id": desk["domainId"],
        "filter": {"field": {"greaterThanOrEqualTo": {"id": desk["amount"], "value": {"doubleValue": 0}}}},
    }
    page = aws("connectcases", "search-cases", **search, max_results="7", no_paginate=True)
    assert (len(page["cases"]), page["totalCount"]) == (7, len(parcels))
    after = aws("connectcases", "search-cases", **search, max_results="100", next_token=page["nextToken"])
    assert len(after["cases"]) == len(parcels) - 7
    assert "nextToken" not in after


def test_an_answer_can_be_picked_from_and_written_as_text(aws: AwsCli, desk: Desk) -> None:
    outcome = aws.run(
        "connectcases",
        "get-template",
        domain_id=desk["domainId"],
        template_id=desk["templateId"],
        query="[name, requiredFields[0].fieldId]",
        output="text",
    )
    assert (outcome.status, outcome.output) == (0, f"Refund\t{desk['priority']}\n")


def test_operations_that_the_cli_learns_from_a_newer_model_work(server: str, desk: Desk, tmp_path: Path) -> None:
    # Version 1 of the CLI gets no new operations any more, and this is how its users give it some.
    newer = AwsCli(server, tmp_path)
    (model,) = (Path(botocore.__path__[0]) / "data" / "connectcases").glob("*/service-2.json.gz")
    (tmp_path / "model.json").write_bytes(gzip.decompress(model.read_bytes()))
    newer("configure", "add-model", service_model=f"file://{tmp_path / 'model.json'}")
    (case_id,) = desk.open(desk.case("Lost"))
    told = newer(
        "connectcases",
        "batch-update-case",
        domain_id=desk["domainId"],
        cases=[{"caseIdentifier": {"caseId": one}} for one in (case_id, "nowhere")],
        fields=[{"fieldIdentifier": {"id": desk["amount"]}, "value": {"doubleValue": -7}}],
        title="Found",
    )
    (updated,), (failed,) = told["successfulCases"], told["failedCases"]
    assert updated["caseIdentifier"]["caseId"] == case_id
    assert (failed["caseIdentifier"]["caseId"], failed["errorCode"]) == ("nowhere", "CASE_NOT_FOUND")
    case = newer(
        "connectcases",
        "get-case",
        domain_id=desk["domainId"],
        case_id=case_id,
        fields=[{"id": "title"}, {"id": desk["amount"]}],
    )
    assert [entry["value"] for entry in case["fields"]] == [{"stringValue": "Found"}, {"doubleValue": -7}]
