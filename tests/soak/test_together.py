"""Sixteen threads at once lose nothing, and see no case that is half written, whichever way they come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from botocore.exceptions import ClientError

from connectkit.simulator import Simulator, simulate
from connectkit.simulator.server import SimulatorServer

from ..simulator.helpers import BOTO3, ONE_ATTEMPT, needs
from .together import Domain, Worker, everything, run_together

pytestmark = needs("connectcases", "DeleteCase")

_THREADS = 16

MakeClient = Callable[[], Any]


@pytest.fixture(params=["in-process", "http"])
def way(request: pytest.FixtureRequest) -> Iterator[tuple[Simulator, MakeClient]]:
    """A simulator, and what makes a client that reaches it."""
    with ExitStack() as stack:
        if request.param == "in-process":
            simulator, members = stack.enter_context(simulate()), {}
        else:
            simulator = Simulator()
            server = stack.enter_context(SimulatorServer(simulator))
            members = {"endpoint_url": server.url, "aws_access_key_id": "AKIAANY", "aws_secret_access_key": "any"}

        session = BOTO3.Session(region_name="us-east-1")

        def make() -> Any:
            return session.client("connectcases", config=ONE_ATTEMPT, **members)

        yield simulator, make


def check(simulator: Simulator, make: MakeClient, seconds: float) -> Counter[str]:
    """Have sixteen threads work, see to it that everything is as they were told, and give how much they did."""
    client = make()
    names = [f"worker{number:02}" for number in range(_THREADS)]
    domain = Domain(client, names)
    workers: list[Worker] = []
    workers += [Worker(name, make(), domain, workers) for name in names]
    run_together(workers, seconds)

    living = {case for worker in workers for case in worker.account.living}
    found = {case["caseId"]: domain.check_whole(case["fields"]) for case in everything(client, domain, 100)}
    assert found.keys() == living
    for worker in workers:
        mine = client.search_cases(domainId=domain.id, filter=domain.owned_by(worker.name))
        assert mine["totalCount"] == len(worker.account.living)
    for case, value in found.items():
        check_case(client, domain, workers, case, value)
    for case in (case for worker in workers for case in worker.account.deleted):
        with pytest.raises(ClientError, match="does not exist"):
            client.get_case(domainId=domain.id, caseId=case, fields=[{"id": "title"}])
    (kept,) = simulator.dump()[simulator.account_id]["us-east-1"]["domains"]
    assert {case["id"] for case in kept.get("case", [])} == living
    done: Counter[str] = Counter()
    for worker in workers:
        done += worker.account.calls
    return done


def check_case(client: Any, domain: Domain, workers: list[Worker], case: str, value: str) -> None:
    """See to it that a case has one of the values it was given, what each worker marked it with, and every update."""
    assert any(value in worker.account.written.get(case, ()) for worker in workers)
    shown = client.get_case(domainId=domain.id, caseId=case, fields=domain.shown())
    assert domain.check_whole(shown["fields"]) == value
    marks = [{"id": name} for name in domain.marks.values()]
    shown = client.get_case(domainId=domain.id, caseId=case, fields=marks)
    marked = {
        domain.marks[worker.name]: worker.account.written[case][-1]
        for worker in workers
        if case in worker.account.written
    }
    assert {entry["id"]: entry["value"]["stringValue"] for entry in shown["fields"]} == marked
    updates = 0
    token: dict[str, str] = {}
    while True:
        page = client.get_case_audit_events(domainId=domain.id, caseId=case, **token)
        updates += sum(event["type"] == "Case.Updated" for event in page["auditEvents"])
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert updates == sum(worker.account.updates[case] for worker in workers)


def test_nothing_is_lost_in_a_second(way: tuple[Simulator, MakeClient]) -> None:
    done = check(*way, seconds=1)
    assert done["created"] >= _THREADS


@pytest.mark.slow
def test_nothing_is_lost_in_half_a_minute(
    way: tuple[Simulator, MakeClient], capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    done = check(*way, seconds=30)
    with capsys.disabled():
        counts = ", ".join(f"{count} {name}" for name, count in done.most_common())
        print(f"\n\n{request.node.name}: {counts}")  # noqa: T201
    assert done["created"] >= _THREADS
