"""Whatever is wrong with a request, it is refused in the service's own words and changes nothing.

The same with far more requests is in ``tests/soak``.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from .bad import bad_requests
from .broken import Broken
from .noise import noisy_wires
from .refusals import Refusals
from .slips import SLIPS
from .wire import OPERATIONS, Target

# What can be wrong with an operation is found out once, inside of the first example.
_WIDE = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.nested_given,
)


@pytest.fixture(scope="module")
def refusals() -> Refusals:
    """Where bad requests are sent."""
    return Refusals()


@settings(max_examples=max(200, settings().max_examples), suppress_health_check=_WIDE)
@given(broken=bad_requests())
def test_a_bad_request_is_refused_and_changes_nothing(refusals: Refusals, broken: Broken) -> None:
    refusals.check(broken)


@settings(max_examples=max(100, settings().max_examples), suppress_health_check=_WIDE)
@given(target=st.sampled_from(OPERATIONS), data=st.data())
def test_noise_is_either_good_or_refused(refusals: Refusals, target: Target, data: st.DataObject) -> None:
    refusals.check_noise(data.draw(noisy_wires(target)))


def test_there_is_a_slip_to_make_wherever_rules_go_beyond_the_model() -> None:
    # Operations on one thing that is named by its identifier, or on all things, have no rules but the model's.
    free = {target.operation for target in OPERATIONS if not SLIPS[target]}
    assert all(name.startswith(("Describe", "Delete", "Get", "List", "BatchGet")) for name in free), free
