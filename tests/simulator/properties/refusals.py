"""Sends bad requests and keeps count of them, for the tests here and for the long ones in ``tests/soak``."""

from __future__ import annotations

from collections import Counter

from .broken import Broken, check_refused, refusal_faults
from .wire import Wire, answer_faults
from .world import World, failures

__all__ = ["Refusals"]

# A world is used again for as long as nothing has changed it, which is what is claimed. But it remembers requests.
_MOST_USES = 500


class Refusals:
    """The requests that were sent, each to a world in which nothing but refusals has happened."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        """How many requests of each kind were refused."""
        self.longest: dict[str, float] = {}
        """By kind the most seconds that one took."""
        self._world = World()
        self._uses = 0

    def check(self, broken: Broken) -> None:
        """Send a bad request, and check everything about its refusal."""
        world = self._next_world()
        try:
            took = check_refused(world, broken)
        except BaseException:
            self._uses = _MOST_USES
            raise
        self.kinds[broken.kind] += 1
        self.longest[broken.kind] = max(took, self.longest.get(broken.kind, 0.0))

    def check_noise(self, wire: Wire) -> bool:
        """Send a request that may be good or bad, check its answer, and say whether it was refused."""
        world = self._next_world()
        with failures() as failed:
            response = world.send(wire)
        if response.status == 200:
            self._uses = _MOST_USES
            faults = answer_faults(wire.target, response)
        else:
            faults = refusal_faults(world, wire, response)
        assert not failed, (wire, failed)
        assert not faults, (wire, faults)
        return response.status != 200

    def table(self) -> str:
        """Say how many requests there were of each kind, and how long the slowest of each took."""
        lines = [
            f"{count:7}  {kind:45} {self.longest[kind] * 1000:7.1f} ms" for kind, count in self.kinds.most_common()
        ]
        return "\n".join([f"{self.kinds.total():7}  in all", *lines])

    def _next_world(self) -> World:
        if self._uses >= _MOST_USES:
            self._world, self._uses = World(), 0
        self._uses += 1
        return self._world
