"""Where the simulator lives inside moto, and how the Connect instances that moto has get into it."""

from __future__ import annotations

import threading
from typing import cast

from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.moto._seams import DEFAULT_ACCOUNT_ID, kept_by, motos_instances, our_part_in

__all__ = ["Guest", "current_guest"]


class Guest:
    """A simulator among moto's services. moto keeps it, and has a new one made after each of its resets.

    It begins without instances, as moto does. Where moto has none at all, it makes them itself.
    """

    clocks_are_live = False
    """Whether the clocks of new simulators go on by themselves."""

    def __init__(self) -> None:
        self._instances_are_motos = our_part_in("connect") == "joined"
        self.simulator = Simulator(
            account_id=DEFAULT_ACCOUNT_ID, clock=Clock(live=self.clocks_are_live), with_instance=False
        )
        self._brought: dict[tuple[str, str], set[str]] = {}
        self._lock = threading.Lock()

    def bring_instances(self) -> None:
        """Have the simulator know the instances that moto has by now, and forget those that it no longer has."""
        if not self._instances_are_motos:
            return
        with self._lock:
            there: dict[tuple[str, str], list[str]] = {place: [] for place in self._brought}
            for account_id, region, identifier in motos_instances():
                there.setdefault((account_id, region), []).append(identifier)
            for (account_id, region), identifiers in there.items():
                self._bring(account_id, region, identifiers)

    def _bring(self, account_id: str, region: str, identifiers: list[str]) -> None:
        simulator, place = self.simulator, (account_id, region)
        # A test may have reset the simulator, or put instances into it that moto knows nothing of.
        known = set(simulator.instance_ids(account_id=account_id, region_name=region))
        for identifier in known & self._brought.get(place, set()) - set(identifiers):
            simulator.remove_instance(identifier, account_id=account_id, region_name=region)
        for identifier in identifiers:
            if identifier not in known:
                # moto lets instances share an alias or have none, and answers itself when it is asked for one.
                simulator.add_instance(identifier, instance_id=identifier, account_id=account_id, region_name=region)
        self._brought[place] = set(identifiers)


def current_guest() -> Guest:
    """Give the guest that is there now, knowing the instances that moto has now."""
    guest = cast("Guest", kept_by("connectcases"))
    guest.bring_instances()
    return guest
