"""What is in Connect without any operation that makes it: instances, and their contacts, flows and quick connects."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectkit.simulator._regions import Regions
from connectkit.simulator.connect.contacts import seed_contact, set_contact_state
from connectkit.simulator.connect.flows import seed_contact_flow, seed_quick_connect
from connectkit.simulator.connect.instances import add_instance
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.state.region import RegionState

__all__ = ["Instances"]


class Instances:
    """The Connect instances of some regions, for a test to put there and to fill.

    ``lock`` is held around every change, as it is around every request.
    """

    def __init__(
        self, regions: Regions, clock: Clock, lock: threading.RLock, *, account_id: str, region_name: str
    ) -> None:
        self.account_id = account_id
        """The AWS account that everything belongs to."""
        self.region_name = region_name
        """Region of requests that name none."""
        self.clock: Clock = clock
        """The simulated time, which stands still until it is told to go on."""
        self._regions = regions
        self._lock = lock

    @property
    def instance_id(self) -> str:
        """The id of the Connect instance that is there from the beginning, in every region."""
        return self._regions.instance_id

    @property
    def instance_arn(self) -> str:
        """The ARN of that instance in :attr:`region_name`."""
        with self._changing() as state:
            return state.arn("connect", f"instance/{self.instance_id}")

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
        with self._changing(region_name, account_id) as state:
            infos = state.connect.infos
            if instance_id in infos:
                raise ValueError(f"{state.scope} has an instance {instance_id} already")
            if any(alias == info.alias for info in infos.values()):
                raise ValueError(f"{state.scope} has an instance {alias!r} already")
            if cases_domain_id is not None and state.cases.domain(cases_domain_id) is None:
                raise ValueError(f"{state.scope} has no Cases domain {cases_domain_id}")
            info = add_instance(
                state,
                instance_id=instance_id or self._regions.ids.uuid(),
                alias=alias,
                now=self.clock.now(),
                cases_domain_id=cases_domain_id,
            )
            return info.arn

    def instance_ids(self, *, region_name: str | None = None, account_id: str | None = None) -> Sequence[str]:
        """Give the ids of the Connect instances of a region and an account, oldest first."""
        with self._changing(region_name, account_id) as state:
            return list(state.connect.infos)

    def remove_instance(
        self, instance_id: str, *, region_name: str | None = None, account_id: str | None = None
    ) -> None:
        """Take a Connect instance away with everything in it, but for a Cases domain that belongs to it.

        Region and account mean what they do in :meth:`add_instance`. Raises ValueError when it is not there.
        """
        with self._changing(region_name, account_id) as state:
            if instance_id not in state.connect.infos:
                raise ValueError(f"{state.scope} has no instance {instance_id}")
            state.connect.infos.remove(instance_id)

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
        with self._changing(region_name) as region:
            contact = seed_contact(
                region,
                instance_id or self.instance_id,
                contact_id=contact_id or self._regions.ids.uuid(),
                channel=channel,
                connected=connected or self.clock.now(),
            )
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
        with self._changing(region_name) as region:
            set_contact_state(region, instance_id or self.instance_id, contact, state)

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
        with self._changing(region_name) as region:
            flow = seed_contact_flow(
                region,
                instance_id or self.instance_id,
                name=name,
                flow_id=flow_id or self._regions.ids.uuid(),
                type_=type,
            )
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
        with self._changing(region_name) as region:
            made = seed_quick_connect(
                region,
                instance_id or self.instance_id,
                name=name,
                quick_connect_id=quick_connect_id or self._regions.ids.uuid(),
                type_=type,
                now=self.clock.now(),
            )
            return made.id

    @contextmanager
    def _changing(
        self, region_name: str | None = None, account_id: str | None = None
    ) -> Generator[RegionState, None, None]:
        """Give the state of a region and an account; what is changed in it lasts, unless an exception ends it."""
        with self._lock:
            state = self._regions.region(account_id or self.account_id, region_name or self.region_name)
            try:
                yield state
            except BaseException:
                self._regions.journal.rollback()
                raise
            self._regions.journal.commit(self.clock.now())
