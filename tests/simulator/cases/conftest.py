"""Everything here runs over both ways in, and merges are of two cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from ..helpers import DomainFixture


@pytest.fixture(params=["in-process", "http"])
def way(request: pytest.FixtureRequest) -> str:
    """How requests reach the simulator."""
    return cast("str", request.param)


@pytest.fixture
def primary(domain: DomainFixture) -> str:
    """The case that is merged into."""
    return domain.case("Primary")


@pytest.fixture
def secondary(domain: DomainFixture) -> str:
    """The case that is merged."""
    return domain.case("Secondary")
