"""What the tests of the transport share: a stand-in for the service, and none of the machine's AWS setup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .standin import StandIn
from .support import clean_environment


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    clean_environment(monkeypatch)


@pytest.fixture
def service() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin
