"""Requests that fit every shape and are wrong all the same: unknown fields, inactive options, names that are taken."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from .broken import Broken
from .slip import Slip
from .slips_cases import slips_of_cases
from .slips_connect import slips_of_connect
from .slips_relations import slips_of_relations
from .slips_tasks import slips_of_tasks
from .wire import OPERATIONS, Ask, Target, Wire
from .world import ids

__all__ = ["SLIPS", "slips"]


def _by_target() -> Mapping[Target, Sequence[Slip]]:
    found: dict[Target, list[Slip]] = {target: [] for target in OPERATIONS}
    services: Mapping[str, Iterable[Slip]] = {
        "connectcases": chain(slips_of_cases(), slips_of_relations()),
        "connect": chain(slips_of_connect(), slips_of_tasks()),
    }
    for service, made in services.items():
        for slip in made:
            target = Target(service, slip.operation)
            if target in found:
                found[target].append(slip)
    return found


SLIPS: Final = _by_target()
"""By operation what can be wrong with a request that fits its model."""


def slips(ask: Ask) -> Iterator[Broken]:
    """Make every slip that a valid request can make."""
    for slip in SLIPS[ask.target]:
        yield Broken(f"a slip in {slip.operation}", partial(_slipped, ask, slip), slip.codes, slip.says)


def _slipped(ask: Ask, slip: Slip) -> Wire:
    params = copy.deepcopy(dict(ask.params))
    slip.change(params, ids())
    return Wire.of(Ask(ask.target, params))
