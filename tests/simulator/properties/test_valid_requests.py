"""What the model and the rules allow is accepted, so that a request which is refused is so for its one fault."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from connectkit.simulator import HttpResponse

from .harmless import harmless
from .valid import valid_asks
from .wire import OPERATIONS, Target, Wire, answer_faults, parse
from .world import World, failures

_FEW = settings(max_examples=max(3, settings().max_examples // 5))


def accepted(world: World, wire: Wire) -> HttpResponse:
    """Send a request and check everything about its success."""
    with failures() as failed:
        response = world.send(wire)
    assert response.status == 200, (wire, response.body)
    assert not answer_faults(wire.target, response)
    assert parse(wire.target, response)["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert not failed
    return response


@pytest.mark.parametrize("target", OPERATIONS, ids=str)
@_FEW
@given(data=st.data())
def test_a_valid_request_is_accepted_and_its_answer_is_as_modelled(target: Target, data: st.DataObject) -> None:
    accepted(World(), Wire.of(data.draw(valid_asks(target))))


@settings(max_examples=max(25, settings().max_examples))
@given(target=st.sampled_from(OPERATIONS), data=st.data())
def test_what_means_the_same_gets_the_same_answer(target: Target, data: st.DataObject) -> None:
    wire = Wire.of(data.draw(valid_asks(target)))
    kind, changed = data.draw(st.sampled_from(list(harmless(wire))))
    # Two worlds in which the same happens give the same answers, identifiers, times and all.
    assert accepted(World(), changed) == accepted(World(), wire), kind
