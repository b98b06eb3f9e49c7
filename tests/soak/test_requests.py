"""The requests of ``tests/simulator/properties``, as many as it takes to believe what is said of them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings, strategies as st

from ..simulator.properties.bad import bad_requests
from ..simulator.properties.broken import Broken
from ..simulator.properties.misfits import places
from ..simulator.properties.noise import noisy_wires
from ..simulator.properties.refusals import Refusals
from ..simulator.properties.valid import valid_asks
from ..simulator.properties.wire import ABSENT, OPERATIONS, Target, Wire, model
from ..simulator.properties.world import World

pytestmark = pytest.mark.slow

# What can be wrong with an operation is found out once, inside of the first example.
_WIDE = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.nested_given,
)


@pytest.mark.parametrize("half", [1, 2])
def test_20_000_bad_requests_are_refused_and_change_nothing(half: int, capsys: pytest.CaptureFixture[str]) -> None:
    """In two halves, so that two processors share them; each half has requests of its own."""
    refusals, start = Refusals(), time.monotonic()

    @seed(half if settings().derandomize else secrets.randbits(64))
    @settings(max_examples=10_000, suppress_health_check=_WIDE)
    @given(broken=bad_requests())
    def refuse(broken: Broken) -> None:
        refusals.check(broken)

    refuse()
    with capsys.disabled():
        print(f"\n\nBad requests, by what is wrong; {time.monotonic() - start:.0f} s\n{refusals.table()}")  # noqa: T201
    assert refusals.kinds.total() >= 10_000


def test_5_000_requests_of_noise_are_good_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    refusals, start = Refusals(), time.monotonic()
    refused: list[bool] = []

    @settings(max_examples=5_000, suppress_health_check=_WIDE)
    @given(target=st.sampled_from(OPERATIONS), data=st.data())
    def send(target: Target, data: st.DataObject) -> None:
        refused.append(refusals.check_noise(data.draw(noisy_wires(target))))

    send()
    with capsys.disabled():
        seconds = time.monotonic() - start
        print(f"\n\nNoise: {len(refused)} requests, of which {sum(refused)} were refused; {seconds:.0f} s")  # noqa: T201
    assert len(refused) >= 5_000
    assert any(refused)
    assert not all(refused)


# What no valid request has, by reason.
_NEVER_VALID = {
    # There are no snapshots of a task template.
    "GetTaskTemplateRequest.SnapshotVersion",
    # These are for attributes that the system alone sets.
    "SegmentAttributeValue.ValueArn",
    "SegmentAttributeValue.ValueList",
}
_CURSORS = {"nextToken", "NextToken"}


# Which members are drawn is chance. What one round leaves out by chance, so many can't.
_MOST_ROUNDS = 20


def test_every_member_of_every_request_is_in_one_that_is_accepted() -> None:
    wanted = {target: set(_members(model(target).input_shape, set())) - _NEVER_VALID for target in OPERATIONS}
    accepted: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        lacking = [target for target, members in wanted.items() if members - accepted]
        if not lacking:
            break
        for target in lacking:
            accepted |= _accepted(target)
    assert not accepted & _NEVER_VALID
    assert not set().union(*wanted.values()) - accepted


def _accepted(target: Target) -> set[str]:
    """Send valid requests for an operation, and give the members that were in them."""
    shape, found = model(target).input_shape, set[str]()
    # The more there is to choose from, the more it takes to have had it all.
    count = 4 * len(list(_members(shape, set())))

    # Others in each round, also where the same are drawn every time.
    @settings(max_examples=20 + count, database=None, derandomize=False, suppress_health_check=_WIDE)
    @given(full=st.booleans(), data=st.data())
    def send(full: bool, data: st.DataObject) -> None:  # noqa: FBT001 - it is drawn by its name
        ask = data.draw(valid_asks(target, full=full))
        wire = Wire.of(ask)
        assert World().send(wire).status == 200
        found.update(f"{shape.name}.{name}" for name in ask.params)
        if wire.document is not ABSENT:
            found.update(_names(shape, wire.document))

    send()
    return found


def _members(shape: Any, seen: set[str]) -> Iterator[str]:
    """Give the members of a shape and of those in it, each after the name of its structure."""
    if shape.type_name == "list":
        yield from _members(shape.member, seen)
    elif shape.type_name == "map":
        yield from _members(shape.value, seen)
    elif shape.type_name == "structure" and shape.name not in seen:
        seen.add(shape.name)
        for name, member in shape.members.items():
            if name not in _CURSORS:
                yield f"{shape.name}.{name}"
                yield from _members(member, seen)


def _names(shape: Any, document: Any) -> Iterator[str]:
    for place in places(shape, document):
        if place.shape.type_name == "structure":
            for name, member in place.shape.members.items():
                if member.serialization.get("name", name) in place.value:
                    yield f"{place.shape.name}.{name}"
