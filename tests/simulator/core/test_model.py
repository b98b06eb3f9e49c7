"""The service model is read once for the whole process, whoever asks first, and by however many at once."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest

from connectkit.simulator._botocore import load_service_description
from connectkit.simulator.core.model import ServiceModel, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def _hasty() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def count(shape: Shape, seen: set[int]) -> int:
    """Count the members in a shape and in those inside of it."""
    if id(shape) in seen:
        return 0
    seen.add(id(shape))
    inner = [member.shape for member in shape.members.values()]
    inner += [other for other in (shape.element, shape.key) if other is not None]
    return len(shape.members) + sum(count(other, seen) for other in inner)


@pytest.mark.usefixtures("_hasty")
def test_nobody_sees_a_shape_that_is_half_read() -> None:
    description = load_service_description("connectcases")
    whole = count(ServiceModel("connectcases", description).operation("SearchCases").input, set())
    for _ in range(30):
        model, barrier, found = ServiceModel("connectcases", description), threading.Barrier(4), list[int]()

        def ask(model: ServiceModel = model, barrier: threading.Barrier = barrier, found: list[int] = found) -> None:
            barrier.wait()
            found.append(count(model.operation("SearchCases").input, set()))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [whole] * 4
