"""What the tests inside moto share: a mock_aws() with clients in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import make_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def aws() -> Iterator[Callable[[str], Any]]:
    """A mock_aws() around the test, as what makes clients inside it."""
    # Where moto is not installed, these tests are skipped before they come here.
    from connectkit.simulator.moto import mock_aws

    with mock_aws():
        yield make_client


@pytest.fixture
def cases(aws: Callable[[str], Any]) -> Any:
    """A client of Cases inside mock_aws()."""
    return aws("connectcases")


@pytest.fixture
def connect(aws: Callable[[str], Any]) -> Any:
    """A client of Connect inside mock_aws()."""
    return aws("connect")


@pytest.fixture
def instance_id(connect: Any) -> str:
    """An instance, which moto made where it can make some."""
    from .support import make_instance

    return make_instance(connect)
