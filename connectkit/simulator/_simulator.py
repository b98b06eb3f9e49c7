"""The simulator that people hold: both services, with their state, their clock and their clients."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn, TypedDict
from weakref import WeakSet

from connectkit.simulator._arranging import Arranging
from connectkit.simulator._botocore import Client
from connectkit.simulator._clients import Route, connect_client, disconnect_client
from connectkit.simulator._instances import Instances
from connectkit.simulator._regions import Regions
from connectkit.simulator._services import SERVICES
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.engine import Engine, World
from connectkit.simulator.core.faults import Faults, check_operation
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.core.paging import PageTokens
from connectkit.simulator.core.recording import RecordedRequest, Recording
from connectkit.simulator.core.throttle import Throttle
from connectkit.simulator.seeding import read_document, regions_of, seed
from connectkit.simulator.state.dump import dump_regions
from connectkit.simulator.state.settings import Delays, Quotas, Settings

__all__ = ["Simulator", "SimulatorOptions"]


class SimulatorOptions(TypedDict, total=False):
    """What can be said of a new :class:`Simulator`; its docstring says what each means."""

    account_id: str
    """The AWS account that everything belongs to."""
    region_name: str
    """Region of requests that name none."""
    clock: Clock | None
    """The simulated time."""
    seed: int | None
    """Makes the identifiers the same in every run."""
    quotas: Quotas | None
    """How many of each resource there may be, and how often an operation may be called."""
    delays: Delays | None
    """How long things take."""
    with_instance: bool
    """Whether every region begins with an instance."""
    state_file: str | os.PathLike[str] | None
    """Where to keep the state."""


class Simulator(Instances, Arranging):
    """Amazon Connect Cases, Views and Task Templates in memory.

    Usually :func:`connectkit.simulator.simulate` makes one and brings clients to it. By itself it answers
    requests (:meth:`handle`) and takes clients that are brought to it (:meth:`attach`). It may be used from
    several threads.

    Every region begins with one Connect instance, which has the same id in each. The first Cases domain that
    is made in the region becomes its own; :meth:`add_instance` makes more.

    Args:
        account_id: the AWS account that everything belongs to.
        region_name: the region of requests that name none, and of :attr:`instance_arn`.
        clock: the simulated time; by default one that starts now and stands still.
        seed: makes the identifiers the same in every run.
        quotas: how many of each resource there may be, and how often an operation may be called.
        delays: how long things take.
        with_instance: whether every region begins with an instance.
        state_file: where to keep the state, so that it survives the process, a kill of it included. A file that
            exists says what there is, what time it is, and which instance there is from the beginning; one that
            does not is made. :meth:`close` lets go of it. Quotas, delays and what is to go wrong are not in it.

    Raises:
        StateFileError: the state file can't be used.
    """

    def __init__(
        self,
        *,
        account_id: str = "123456789012",
        region_name: str = "us-east-1",
        clock: Clock | None = None,
        seed: int | None = None,
        quotas: Quotas | None = None,
        delays: Delays | None = None,
        with_instance: bool = True,
        state_file: str | os.PathLike[str] | None = None,
    ) -> None:
        clock = clock or Clock()
        self._settings = Settings(quotas or Quotas(), delays or Delays())
        regions = Regions(self._settings, clock, seed=seed, with_instance=with_instance, state_file=state_file)
        Arranging.__init__(self)
        self._recording = Recording()
        self._throttle = Throttle()
        self._world = World(
            state_of=regions.region,
            default_account=account_id,
            default_region=region_name,
            clock=clock,
            ids=regions.ids,
            tokens=PageTokens(regions.token_secret),
            journal=regions.journal,
            faults=self._faults,
            item_faults=self._item_faults,
            recording=self._recording,
            throttle=self._throttle,
        )
        self._engine = Engine(SERVICES, self._world)
        Instances.__init__(self, regions, clock, self._engine.lock, account_id=account_id, region_name=region_name)
        self._route = Route(self.handle, self.clock)
        self._attached: WeakSet[Client] = WeakSet()
        self._attaching = threading.Lock()

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or pickled: clients and threads hold on to this one."""
        raise TypeError(
            "a Simulator can't be copied or pickled; its state goes elsewhere as a state file, and is shown by dump()"
        )

    # ---- answering -------------------------------------------------------------------------------------------------

    def handle(
        self,
        request: HttpRequest,
        /,
        *,
        service: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
    ) -> HttpResponse:
        """Answer one HTTP request.

        Args:
            request: what came in; its path still percent-encoded.
            service: ``connectcases`` or ``connect``, when the caller knows it. Otherwise the
                request's signature says it, or its host, or else its path, where one service alone has such a path.
            region: the region, when the caller knows it; found in the same way.
            account_id: the account, when it is not :attr:`account_id`.

        Returns:
            The response, errors included; nothing is raised. An operation that is modelled but not simulated
            is answered with status 501 and a path that no operation has with 404.
        """
        return self._engine.handle(request, service=service, region=region, account_id=account_id)

    def attach(self, client: Client) -> None:
        """Have this simulator answer a boto3 or botocore client that was made elsewhere.

        The client needs a region and credentials of its own, which may be made up. It stays until
        :meth:`detach`, or until the end of the ``simulate()`` in which it was attached, and then is as it was
        before.

        Raises:
            ValueError: the client is of another service than ``connectcases`` and ``connect``.
        """
        connect_client(client, self._route)
        with self._attaching:
            self._attached.add(client)

    def detach(self, client: Client) -> None:
        """Let a client that was attached reach its own endpoint again; one that was not is left alone."""
        disconnect_client(client, self._route)
        with self._attaching:
            self._attached.discard(client)

    @property
    def attached(self) -> frozenset[Client]:
        """The clients that were attached and are still in use."""
        with self._attaching:
            return frozenset(self._attached)

    # ---- what there is ---------------------------------------------------------------------------------------------

    @property
    def quotas(self) -> Quotas:
        """How much there may be of everything; assign another :class:`Quotas` to change it."""
        return self._settings.quotas

    @quotas.setter
    def quotas(self, quotas: Quotas) -> None:
        self._settings.quotas = quotas

    @property
    def delays(self) -> Delays:
        """How long things take; assign another :class:`Delays` to change it."""
        return self._settings.delays

    @delays.setter
    def delays(self, delays: Delays) -> None:
        self._settings.delays = delays

    def load_seed(self, source: Mapping[str, Any] | str | os.PathLike[str], /) -> dict[str, Any]:
        """Make what a seed describes: domains, cases, instances and so on, in names and plain values.

        It goes through the services' operations, so that all their rules apply, but counts as no request.

        Args:
            source: the seed, or the path of a JSON file with it. The documentation of the server has the format.

        Returns:
            The identifiers of everything by name, such as ``["domains"]["Support"]["fields"]["Priority"]``.

        Raises:
            OSError: the file can't be read.
            ValueError: there is a mistake in the seed; the message says where and what would be right. Nothing has
                been changed then.
        """
        document = read_document(source)
        with self._lock:
            for region in regions_of(document, self.region_name):
                self._regions.region(self.account_id, region)
            world = replace(
                self._world, faults=Faults(), item_faults=Faults(), recording=Recording(), throttle=Throttle()
            )
            with self._regions.journal.together(self.clock.now):
                return seed(self, Engine(SERVICES, world, self._lock).handle, document)

    def reset(self) -> None:
        """Forget everything: all resources, requests, events and what was to go wrong.

        The instance is there as new. The clock goes on, clients stay, and so do quotas and delays.
        """
        with self._lock:
            self._regions.clear()
            self._faults.clear()
            self._item_faults.clear()
            self._recording.clear()
            self._throttle.clear()

    # ---- what happened ---------------------------------------------------------------------------------------------

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """The latest requests for simulated operations, oldest first, failed ones too.

        There are at most 10,000, and older ones are forgotten as well when the bodies of all come to 16 MiB.
        """
        return self._recording.requests()

    def calls(self, operation: str) -> Sequence[RecordedRequest]:
        """Give those of :attr:`requests` that are for one operation. Raises ValueError when there is none like it."""
        check_operation((service.model for service in SERVICES), operation)
        return self._recording.requests(operation)

    @property
    def events(self) -> Sequence[Mapping[str, Any]]:
        """The EventBridge events that the service would have sent, oldest first, of every account and region."""
        with self._lock:
            events = [event for state in self._regions.states() for event in state.events.values()]
        return [event.body for event in sorted(events, key=lambda event: (event.body["time"], event.sequence))]

    def dump(self) -> dict[str, Any]:
        """Give the whole state as plain dictionaries and lists that JSON can hold, for reading and comparing."""
        with self._lock:
            return dump_regions(self._regions.states())

    # ---- the file ----------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the instance that every region begins with."""
        with self._lock:
            return self._regions.are_empty

    def save_time(self) -> None:
        """Write down what time it is, where there is a state file; each change of the state does so as well."""
        with self._lock:
            self._regions.save_time()

    def close(self) -> None:
        """Let go of the state file, where there is one: what would change the state fails from then on.

        A second time is no fault.
        """
        with self._lock:
            self._regions.close()
