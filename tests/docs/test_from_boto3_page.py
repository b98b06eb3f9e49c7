"""Both halves of each job on the page for those who come from boto3 end alike."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from typing import Any

import pytest
from botocore.exceptions import ClientError

from connectkit import ConnectKit
from connectkit.errors import InvalidRequestError, NotFoundError
from connectkit.models import connect, connectcases
from connectkit.simulator import simulate

from ..simulator.helpers import make_client, needs
from .pages import DOCS, blocks, run

PAGE = DOCS / "from-boto3.md"
JOBS = 6
# Printed by one half alone, as the other one can't: what is wrong with a task template.
TELLS_MORE = "CreateTaskTemplate"


def state(case: dict[str, Any]) -> list[tuple[str, Any]]:
    """What two cases made in the same way have in common."""
    of_its_own = {"case_id", "reference_number", "created_datetime", "last_updated_datetime"}
    return sorted((field["id"], str(field["value"])) for field in case["fields"] if field["id"] not in of_its_own)


@needs("connectcases", "BatchUpdateCase")
def test_both_halves_end_alike() -> None:
    names: dict[str, Any] = {}
    printed: dict[str, list[str]] = {"boto3": [], "connectkit": []}
    made: list[str] = []
    with simulate() as simulator:
        for block in blocks(PAGE):
            if block.language != "python":
                continue
            before = len(simulator.requests)
            with redirect_stdout(io.StringIO()) as out:
                run(block, names)
            if block.title:
                printed[block.title].append(out.getvalue())
                assert len(simulator.requests) > before, f"{block.place} asks the service nothing"
                if names.get("case_id") and len(made) < 2:
                    made.append(names["case_id"])
        cases, instance = names["client"], names["instance"]
        domain_id = names["domain"].id
        fields = [{"id": field["fieldId"]} for field in cases.list_fields(domainId=domain_id)["fields"]]
        one, other = (cases.get_case(domainId=domain_id, caseId=case_id, fields=fields) for case_id in made)
        views = make_client("connect")
        contents: list[tuple[Any, ...]] = []
        for view in ("Refund by boto3", "Refund"):
            found = instance.views.get(view)
            versions = views.list_view_versions(InstanceId=instance.id, ViewId=found.id)["ViewVersionSummaryList"]
            contents.append((found.content, found.status, len(versions)))
    assert made[0] != made[1]
    assert state(one) == state(other)
    assert contents[0] == contents[1]
    *alike, told_by_boto3 = printed["boto3"]
    *alike_too, told = printed["connectkit"]
    assert len(printed["boto3"]) == JOBS
    assert alike == alike_too
    assert TELLS_MORE in told_by_boto3
    assert TELLS_MORE in told


def rows() -> list[list[str]]:
    """Give the two cells of each row of the table of names."""
    table = PAGE.read_text(encoding="utf-8").split("| boto3 | connectkit |")[1].split("## ")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| `")
    ]


def test_every_operation_in_the_table_exists() -> None:
    requests = [getattr(models, name) for models in (connect, connectcases) for name in models.__all__]
    known = {request.operation.method for request in requests if hasattr(request, "operation")}
    named = {name for row in rows() for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", row[0])}
    assert len(named) > 30
    assert named <= known


def test_every_name_beside_it_exists() -> None:
    with simulate():
        kit = ConnectKit(region_name="us-east-1")
        domain, instance = kit.domain("d"), kit.instance("11111111-1111-4111-8111-111111111111")
        field, template = domain.field("f"), instance.task_template("22222222-2222-4222-8222-222222222222")
        known: dict[str, object] = {"kit": kit, "domain": domain, "case": domain.case("c"), "instance": instance}
        error = NotFoundError(operation="GetCase", code="", message="", status=404, request_id=None, attempts=1)
        known |= {"field": field, "template": template, "error": error}
        chains = [chain for row in rows() for chain in re.findall(r"`([a-z]+(?:\.[a-z_]+)+)", row[1])]
        assert len(chains) > 30
        for chain in chains:
            first, *others = chain.split(".")
            found: object = known[first]
            for name in others:
                found = getattr(found, name)  # makes no call: that is a promise of the facades


def test_an_error_of_ours_has_boto3s_for_its_cause() -> None:
    with simulate():
        kit = ConnectKit(region_name="us-east-1")
        instance = kit.instances.list(limit=1).all()[0]
        with pytest.raises(InvalidRequestError) as caught:
            kit.send(connect.CreateTaskTemplateRequest(instance_id=instance.id, name="Refund", fields=[]))
    assert isinstance(caught.value.__cause__, ClientError)
