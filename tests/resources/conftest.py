"""What the tests of the facades share: a simulator whose clock is what waits, a kit, and a domain to work in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit import ConnectKit, RetryPolicy
from connectkit.models import connect, connectcases as cases
from connectkit.simulator import Clock, Simulator, simulate

from ..simulator.helpers import START, make_standing_client
from .asked import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectkit.resources.domains import CasesDomain
    from connectkit.resources.instances import Instance


@pytest.fixture(autouse=True)
def all_that_was_asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """No test sees a method ask for what its permissions don't cover, as the documentation has them."""
    asked = Asked()
    asked.watch(monkeypatch)
    yield asked
    assert not asked.untold, f"{'; '.join(asked.untold)}: say so in codegen/data/permissions.toml"


FIELDS: dict[str, cases.FieldType] = {
    "Priority": "SingleSelect",
    "Amount": "Number",
    "Due date": "DateTime",
    "Urgent": "Boolean",
    "Notes": "Text",
    "Link": "Url",
    "Owner": "User",
}
PRIORITIES = {"high": "High", "normal": "Normal", "low": "Low"}


@pytest.fixture
def sim() -> Iterator[Simulator]:
    """A simulator that clients reach, whose clock starts at START and whose identifiers are always the same."""
    with simulate(clock=Clock(START), seed=1) as simulator:
        yield simulator


class Calls:
    """What the service was asked for, from one look to the next."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._seen = 0

    def __call__(self) -> list[str]:
        """Give the operations that were called since the last time that this was asked."""
        operations = [request.operation for request in self._sim.requests]
        new, self._seen = operations[self._seen :], len(operations)
        return new


@pytest.fixture
def calls(sim: Simulator) -> Calls:
    """Tells which operations were called; those that make the ``domain`` don't count."""
    return Calls(sim)


@pytest.fixture(scope="session")
def clients() -> dict[str, Any]:
    """Clients that were made before any simulation; making one takes longer than most tests."""
    return {service: make_standing_client(service) for service in ("connectcases", "connect")}


@pytest.fixture
def kit(sim: Simulator, clients: dict[str, Any]) -> ConnectKit:
    """A kit for which waiting moves the simulator's clock, and takes no time."""
    for client in clients.values():
        sim.attach(client)
    policy = RetryPolicy(sleep=sim.clock.advance, clock=lambda: sim.clock.now().timestamp())
    return ConnectKit(retry=policy, **clients)


@pytest.fixture
def instance(kit: ConnectKit, calls: Calls) -> Instance:
    """An instance without views of its own, known by its id."""
    found = kit.send(connect.ListInstancesRequest()).instance_summary_list or []
    calls()
    return kit.instance(found[0].id or "")


@pytest.fixture
def domain(kit: ConnectKit, calls: Calls) -> CasesDomain:
    """An active domain with a field of each type, a layout and a template; nothing of it is known to the kit yet.

    It is made of plain requests, so that no facade tests itself.
    """
    domain_id = kit.send(cases.CreateDomainRequest(name="Support")).domain_id
    fields = {
        name: kit.send(cases.CreateFieldRequest(domain_id=domain_id, name=name, type=kind)).field_id
        for name, kind in FIELDS.items()
    }
    options = [cases.FieldOption(value=value, name=name, active=True) for value, name in PRIORITIES.items()]
    kit.send(cases.BatchPutFieldOptionsRequest(domain_id=domain_id, field_id=fields["Priority"], options=options))
    panel = [cases.FieldItem(id=field) for field in fields.values()]
    section = cases.Section(field_group=cases.FieldGroup(name="What happened", fields=panel))
    content = cases.LayoutContent(basic=cases.BasicLayout(top_panel=cases.LayoutSections(sections=[section])))
    layout = kit.send(cases.CreateLayoutRequest(domain_id=domain_id, name="Refund", content=content)).layout_id
    kit.send(
        cases.CreateTemplateRequest(
            domain_id=domain_id,
            name="Refund",
            layout_configuration=cases.LayoutConfiguration(default_layout=layout),
        )
    )
    calls()
    return kit.domain(domain_id)
