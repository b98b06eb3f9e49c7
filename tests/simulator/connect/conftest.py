"""What the tests of Connect's resources share. Everything here runs over both ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from .helpers import Tasks, TaskTemplates, Views

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


@pytest.fixture(params=["in-process", "http"])
def way(request: pytest.FixtureRequest) -> str:
    """How requests reach the simulator."""
    return cast("str", request.param)


@pytest.fixture
def views(connect: Any, sim: Simulator) -> Views:
    """The views of the instance."""
    return Views(connect, sim.instance_id)


@pytest.fixture
def templates(connect: Any, sim: Simulator) -> TaskTemplates:
    """The task templates of the instance."""
    return TaskTemplates(connect, sim.instance_id)


@pytest.fixture
def tasks(connect: Any, sim: Simulator) -> Tasks:
    """The tasks of the instance."""
    return Tasks(connect, sim.instance_id, sim)
