"""The quotas and the delays of a simulator as JSON, to show and to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from connectkit.simulator._json_input import Node
from connectkit.simulator._services import SERVICES
from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.faults import check_operation
from connectkit.simulator.state.dump import plain
from connectkit.simulator.state.settings import Delays, Quotas, Rate

__all__ = ["ControlledSettings"]

_SECONDS = "_seconds"


class ControlledSettings:
    """The settings of a simulator, as they are asked for from outside; delays are in seconds."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def show(self, _body: Node, _query: Mapping[str, str]) -> Any:
        """Give all of them."""
        delays = self._simulator.delays
        seconds = {f"{field.name}{_SECONDS}": getattr(delays, field.name).total_seconds() for field in fields(delays)}
        return {"quotas": plain(self._simulator.quotas), "delays": seconds}

    def change(self, body: Node, query: Mapping[str, str]) -> Any:
        """Change those that are given, and give all of them. Raises ValueError where one makes no sense."""
        given = body.members(optional=("quotas", "delays"))
        quotas, delays = self._simulator.quotas, self._simulator.delays
        # Both are read before either is set, so that a mistake in one changes nothing.
        if "quotas" in given:
            quotas = replace(quotas, **_read_quotas(quotas, given["quotas"]))
        if "delays" in given:
            delays = replace(delays, **_read_delays(delays, given["delays"]))
        self._simulator.quotas, self._simulator.delays = quotas, delays
        return self.show(body, query)


def _read_quotas(quotas: Quotas, node: Node) -> Mapping[str, Any]:
    given = node.members(optional=[field.name for field in fields(quotas)])
    return {name: _read_rates(given[name]) if name == "rates" else _read_count(given[name]) for name in given}


def _read_count(node: Node) -> int:
    if (count := node.whole()) < 0:
        raise node.fault("must be 0 or more")
    return count


def _read_rates(node: Node) -> Mapping[str, Rate]:
    rates: dict[str, Rate] = {}
    for operation, entry in node.entries().items():
        check_operation((service.model for service in SERVICES), operation)
        given = entry.members("per_second", "burst")
        rates[operation] = Rate(given["per_second"].amount(), given["burst"].whole())
    return rates


def _read_delays(delays: Delays, node: Node) -> Mapping[str, Any]:
    given = node.members(optional=[f"{field.name}{_SECONDS}" for field in fields(delays)])
    return {name.removesuffix(_SECONDS): timedelta(seconds=given[name].amount()) for name in given}
