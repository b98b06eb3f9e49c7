"""What the two comparisons with a reference share: a simulation, its time, and calls whose refusals are expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis.stateful import RuleBasedStateMachine
from typing_extensions import override

from connectkit.simulator import Clock, Simulator, simulate

from ..helpers import START, make_client
from .wrong import Wrong

__all__ = ["NOWHERE", "SimulatedMachine"]

NOWHERE = "nowhere"
"""An identifier of nothing."""


class SimulatedMachine(RuleBasedStateMachine):
    """A machine that drives a simulation by a plain boto3 client, and knows what time it is there."""

    service: str

    def __init__(self) -> None:
        super().__init__()
        self._simulation = simulate(simulator=Simulator(clock=Clock(START), seed=1))
        self.simulator = self._simulation.__enter__()
        self.client: Any = make_client(self.service)
        self.calls = 0

    @override
    def teardown(self) -> None:
        self._simulation.__exit__(None, None, None)

    def next_time(self) -> datetime:
        """The time at which the next request will be answered: each takes a millisecond."""
        return START + timedelta(milliseconds=self.calls + 1)

    def call(self, method: str, **params: Any) -> Any:
        """Call the client."""
        self.calls += 1
        return getattr(self.client, method)(**params)

    def both(self, expected: Callable[[], Any], method: str, **params: Any) -> tuple[Any, Any] | None:
        """Ask the reference and the simulator for the same, and give what each says, or None where both refuse."""
        try:
            wanted = expected()
        except Wrong as refusal:
            wrong = refusal
        else:
            return wanted, self.call(method, **params)
        with pytest.raises(ClientError) as caught:
            self.call(method, **params)
        code = caught.value.response.get("Error", {}).get("Code")
        assert code in wrong.codes, (method, params, wrong.codes)
        return None

    def pages(
        self, method: str, key: str, size: int, cursor: str = "nextToken", limit: str = "maxResults", **params: Any
    ) -> Iterator[Mapping[str, Any]]:
        """Give everything that a paged operation lists, ``size`` at a time."""
        token: dict[str, str] = {}
        while True:
            page = self.call(method, **params, **token, **{limit: size})
            assert len(page[key]) <= size
            yield from page[key]
            if cursor not in page:
                return
            assert page[key], "an empty page with another one behind it"
            token = {cursor: page[cursor]}
