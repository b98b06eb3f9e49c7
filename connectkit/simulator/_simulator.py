"""The simulator that people hold: both services, with their state, their clock and their clients."""

from __future__ import annotations

import random
from weakref import WeakSet

from connectkit.simulator._botocore import Client
from connectkit.simulator._hook import Route, connect_client, disconnect_client
from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT
from connectkit.simulator.connect.instances import add_instance
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.engine import Engine, World
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.core.ids import Ids
from connectkit.simulator.core.paging import PageTokens
from connectkit.simulator.state.region import Quotas, RegionState

__all__ = ["Simulator"]

_ALIAS = "simulated"


class Simulator:
    """Amazon Connect Cases, Views and Task Templates in memory.

    Usually :func:`connectkit.simulator.simulate` makes one and brings clients to it. By itself it answers
    requests (:meth:`handle`) and takes clients that are brought to it (:meth:`attach`). It may be used from
    several threads.

    Every region begins with one Connect instance, which has the same id in each, and without a Cases domain.

    Args:
        account_id: the AWS account that everything belongs to.
        region_name: the region of requests that name none, and of :attr:`instance_arn`.
        clock: the simulated time; by default one that starts now.
        seed: makes the identifiers the same in every run.
        quotas: how many of each resource there may be.
    """

    def __init__(
        self,
        *,
        account_id: str = "123456789012",
        region_name: str = "us-east-1",
        clock: Clock | None = None,
        seed: int | None = None,
        quotas: Quotas | None = None,
    ) -> None:
        self.account_id = account_id
        self.region_name = region_name
        self.clock: Clock = clock or Clock()
        self.quotas: Quotas = quotas or Quotas()
        # Repeatable rather than secret: these identifiers guard nothing.
        ids = Ids(random.Random(seed))  # noqa: S311
        self._instance_id = ids.uuid()
        self._regions: dict[str, RegionState] = {}
        self._engine = Engine(
            (CASES, CONNECT),
            World(
                state_of=self._region,
                default_region=region_name,
                clock=self.clock,
                ids=ids,
                tokens=PageTokens(ids.secret()),
            ),
        )
        self._route = Route(self.handle)
        self._attached: WeakSet[Client] = WeakSet()

    @property
    def instance_id(self) -> str:
        """The id of the Connect instance that is there from the beginning, in every region."""
        return self._instance_id

    @property
    def instance_arn(self) -> str:
        """The ARN of that instance in :attr:`region_name`."""
        with self._engine.lock:
            return self._region(self.region_name).connect.instances[self._instance_id].arn

    def handle(self, request: HttpRequest, /, *, service: str | None = None, region: str | None = None) -> HttpResponse:
        """Answer one HTTP request.

        Args:
            request: what came in; its path still percent-encoded.
            service: ``connectcases`` or ``connect``, when the caller knows it. Otherwise the
                request's signature says it, or its host.
            region: the region, when the caller knows it; found in the same way.

        Returns:
            The response, errors included; nothing is raised. An operation that is modelled but not simulated
            is answered with status 501 and a path that no operation has with 404.
        """
        return self._engine.handle(request, service=service, region=region)

    def attach(self, client: Client) -> None:
        """Have this simulator answer a boto3 or botocore client that was made elsewhere.

        The client needs a region and credentials of its own, which may be made up. It stays until
        :meth:`detach`, or until the end of the ``simulate()`` in which it was attached, and then is as it was
        before.

        Raises:
            ValueError: the client is of another service than ``connectcases`` and ``connect``.
        """
        connect_client(client, self._route)
        self._attached.add(client)

    def detach(self, client: Client) -> None:
        """Let a client that was attached reach its own endpoint again; one that was not is left alone."""
        disconnect_client(client, self._route)
        self._attached.discard(client)

    @property
    def attached(self) -> frozenset[Client]:
        """The clients that were attached and are still in use."""
        return frozenset(self._attached)

    def reset(self) -> None:
        """Forget everything but the instance, which is as new. The clock goes on and clients stay."""
        with self._engine.lock:
            self._regions.clear()

    def _region(self, region: str) -> RegionState:
        state = self._regions.get(region)
        if state is None:
            state = RegionState(account_id=self.account_id, region=region, quotas=self.quotas)
            add_instance(state, instance_id=self._instance_id, alias=_ALIAS, now=self.clock.now())
            self._regions[region] = state
        return state
