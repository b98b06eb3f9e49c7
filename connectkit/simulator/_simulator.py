"""The simulator that people hold: both services, with their state, their clock and their clients."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypedDict
from weakref import WeakSet

from connectkit.simulator._arranging import Arranging
from connectkit.simulator._botocore import Client
from connectkit.simulator._hook import Route, connect_client, disconnect_client
from connectkit.simulator._regions import Regions
from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT
from connectkit.simulator.connect.contacts import seed_contact, set_contact_state
from connectkit.simulator.connect.flows import seed_contact_flow, seed_quick_connect
from connectkit.simulator.connect.instances import add_instance
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
    region_name: str
    clock: Clock | None
    seed: int | None
    quotas: Quotas | None
    delays: Delays | None
    with_instance: bool
    state_file: str | os.PathLike[str] | None


class Simulator(Arranging):
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
        super().__init__((CASES, CONNECT))
        self.account_id = account_id
        self.region_name = region_name
        self.clock: Clock = clock or Clock()
        self._settings = Settings(quotas or Quotas(), delays or Delays())
        self._regions = Regions(
            self._settings, self.clock, seed=seed, with_instance=with_instance, state_file=state_file
        )
        self._region = self._regions.region
        self._ids = self._regions.ids
        self._instance_id = self._regions.instance_id
        self._journal = self._regions.journal
        self._recording = Recording()
        self._throttle = Throttle()
        self._world = World(
            state_of=self._region,
            default_account=account_id,
            default_region=region_name,
            clock=self.clock,
            ids=self._ids,
            tokens=PageTokens(self._regions.token_secret),
            journal=self._journal,
            faults=self._faults,
            recording=self._recording,
            throttle=self._throttle,
        )
        self._engine = Engine(self._services, self._world)
        self._route = Route(self.handle, self.clock)
        self._attached: WeakSet[Client] = WeakSet()
        self._attaching = threading.Lock()

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

    @property
    def instance_id(self) -> str:
        """The id of the Connect instance that is there from the beginning, in every region."""
        return self._instance_id

    @property
    def instance_arn(self) -> str:
        """The ARN of that instance in :attr:`region_name`."""
        with self._engine.lock:
            return self._region(self.account_id, self.region_name).arn("connect", f"instance/{self._instance_id}")

    def add_instance(
        self,
        alias: str,
        *,
        instance_id: str | None = None,
        cases_domain_id: str | None = None,
        region_name: str | None = None,
        account_id: str | None = None,
    ) -> str:
        """Add a Connect instance, and give its ARN.

        Args:
            alias: its alias, which no other instance of the account and region has.
            instance_id: its id; a new one by default.
            cases_domain_id: the Cases domain that belongs to it, if one does.
            region_name: where it is; by default in :attr:`region_name`.
            account_id: whose it is; by default :attr:`account_id`'s.

        Raises:
            ValueError: the alias or the id is taken, or there is no such Cases domain.
        """
        with self._engine.lock:
            state = self._region(account_id or self.account_id, region_name or self.region_name)
            infos = state.connect.infos
            if any(alias == info.alias for info in infos.values()) or instance_id in infos:
                raise ValueError(f"{state.scope} has an instance {alias!r} or {instance_id} already")
            if cases_domain_id is not None and state.cases.domain(cases_domain_id) is None:
                raise ValueError(f"{state.scope} has no Cases domain {cases_domain_id}")
            info = add_instance(
                state,
                instance_id=instance_id or self._ids.uuid(),
                alias=alias,
                now=self.clock.now(),
                cases_domain_id=cases_domain_id,
            )
            self._journal.commit(self.clock.now())
            return info.arn

    def instance_ids(self, *, region_name: str | None = None, account_id: str | None = None) -> Sequence[str]:
        """Give the ids of the Connect instances of a region and an account, oldest first."""
        with self._engine.lock:
            return list(self._region(account_id or self.account_id, region_name or self.region_name).connect.infos)

    def remove_instance(
        self, instance_id: str, *, region_name: str | None = None, account_id: str | None = None
    ) -> None:
        """Take a Connect instance away with everything in it, but for a Cases domain that belongs to it.

        Region and account mean what they do in :meth:`add_instance`. Raises ValueError when it is not there.
        """
        with self._engine.lock:
            state = self._region(account_id or self.account_id, region_name or self.region_name)
            if instance_id not in state.connect.infos:
                raise ValueError(f"{state.scope} has no instance {instance_id}")
            state.connect.infos.remove(instance_id)
            self._journal.commit(self.clock.now())

    def add_contact(
        self,
        contact_id: str | None = None,
        *,
        channel: str = "VOICE",
        connected: datetime | None = None,
        instance_id: str | None = None,
        region_name: str | None = None,
    ) -> str:
        """Add a contact that cases can be related to, and give its ARN.

        Args:
            contact_id: its id; a new one by default.
            channel: such as ``VOICE``, ``CHAT``, ``TASK`` or ``EMAIL``.
            connected: when it was connected to the system; by default now.
            instance_id: the instance that it belongs to; by default :attr:`instance_id`.
            region_name: the region of the instance; by default :attr:`region_name`.

        Raises:
            ValueError: there is no such instance, it has a contact with this id, or the time has no zone.
        """
        with self._engine.lock:
            contact = seed_contact(
                self._region(self.account_id, region_name or self.region_name),
                instance_id or self._instance_id,
                contact_id=contact_id or self._ids.uuid(),
                channel=channel,
                connected=connected or self.clock.now(),
            )
            self._journal.commit(self.clock.now())
            return contact.arn

    def set_contact_state(
        self, contact: str, state: str, *, instance_id: str | None = None, region_name: str | None = None
    ) -> None:
        """Put a contact into another state, as agents and flows do with real ones.

        Args:
            contact: its id or its ARN.
            state: ``IN_PROGRESS``, ``CONNECTED`` to an agent, or ``ENDED``.
            instance_id: the instance that it belongs to; by default :attr:`instance_id`.
            region_name: the region of the instance; by default :attr:`region_name`.

        Raises:
            ValueError: there is no such instance, contact or state.
        """
        with self._engine.lock:
            region = self._region(self.account_id, region_name or self.region_name)
            set_contact_state(region, instance_id or self._instance_id, contact, state)
            self._journal.commit(self.clock.now())

    def add_contact_flow(
        self,
        name: str,
        *,
        flow_id: str | None = None,
        type: str = "CONTACT_FLOW",  # noqa: A002 - the API's own word
        instance_id: str | None = None,
        region_name: str | None = None,
    ) -> str:
        """Add a flow, and give its id. From then on task templates of the instance can't name flows that aren't there.

        Args:
            name: its name, which no other flow of the instance has.
            flow_id: its id; a new one by default.
            type: such as ``CONTACT_FLOW`` or ``AGENT_WHISPER``.
            instance_id: the instance that it belongs to; by default :attr:`instance_id`.
            region_name: the region of the instance; by default :attr:`region_name`.

        Raises:
            ValueError: there is no such instance, or it has a flow of that name or id.
        """
        with self._engine.lock:
            flow = seed_contact_flow(
                self._region(self.account_id, region_name or self.region_name),
                instance_id or self._instance_id,
                name=name,
                flow_id=flow_id,
                type_=type,
                new_id=self._ids.uuid,
            )
            self._journal.commit(self.clock.now())
            return flow.id

    def add_quick_connect(
        self,
        name: str,
        *,
        quick_connect_id: str | None = None,
        type: str = "QUEUE",  # noqa: A002 - the API's own word
        instance_id: str | None = None,
        region_name: str | None = None,
    ) -> str:
        """Add a quick connect, and give its id. From then on defaults of task templates can't name others.

        Args:
            name: its name, which no other quick connect of the instance has.
            quick_connect_id: its id; a new one by default.
            type: ``USER``, ``QUEUE``, ``PHONE_NUMBER`` or ``FLOW``.
            instance_id: the instance that it belongs to; by default :attr:`instance_id`.
            region_name: the region of the instance; by default :attr:`region_name`.

        Raises:
            ValueError: there is no such instance, or it has a quick connect of that name or id.
        """
        with self._engine.lock:
            made = seed_quick_connect(
                self._region(self.account_id, region_name or self.region_name),
                instance_id or self._instance_id,
                name=name,
                quick_connect_id=quick_connect_id,
                type_=type,
                now=self.clock.now(),
                new_id=self._ids.uuid,
            )
            self._journal.commit(self.clock.now())
            return made.id

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
        with self._engine.lock:
            for region in regions_of(document, self.region_name):
                self._region(self.account_id, region)
            world = replace(self._world, faults=Faults(), recording=Recording(), throttle=Throttle())
            with self._journal.together(self.clock.now):
                return seed(self, Engine(self._services, world).handle, document)

    def reset(self) -> None:
        """Forget everything: all resources, requests, events and what was to go wrong.

        The instance is there as new. The clock goes on, clients stay, and so do quotas and delays.
        """
        with self._engine.lock:
            self._regions.clear()
            self._faults.clear()
            self._recording.clear()
            self._throttle.clear()

    # ---- what happened ---------------------------------------------------------------------------------------------

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """The requests for simulated operations, oldest first, failed ones too; the latest 10,000."""
        return self._recording.requests()

    def calls(self, operation: str) -> Sequence[RecordedRequest]:
        """Give the requests for one operation. Raises ValueError when there is no such operation."""
        check_operation((service.model for service in self._services), operation)
        return self._recording.requests(operation)

    @property
    def events(self) -> Sequence[Mapping[str, Any]]:
        """The EventBridge events that the service would have sent, oldest first, of every account and region."""
        with self._engine.lock:
            events = [event for state in self._regions.states() for event in state.events.values()]
        return [event.body for event in sorted(events, key=lambda event: (event.body["time"], event.sequence))]

    def dump(self) -> dict[str, Any]:
        """Give the whole state as plain dictionaries and lists that JSON can hold, for reading and comparing."""
        with self._engine.lock:
            return dump_regions(self._regions.states())

    # ---- the file ----------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the instance that every region begins with."""
        with self._engine.lock:
            return self._regions.are_empty

    def save_time(self) -> None:
        """Write down what time it is, where there is a state file; each change of the state does so as well."""
        with self._engine.lock:
            self._regions.save_time()

    def close(self) -> None:
        """Let go of the state file, where there is one: what would change the state fails from then on.

        A second time is no fault.
        """
        with self._engine.lock:
            self._regions.close()
