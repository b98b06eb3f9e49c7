"""Everything here runs over both ways in."""

from __future__ import annotations

from typing import cast

import pytest


@pytest.fixture(params=["in-process", "http"])
def way(request: pytest.FixtureRequest) -> str:
    """How requests reach the simulator."""
    return cast("str", request.param)
