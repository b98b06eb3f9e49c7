"""What the tests of both directions share."""

from __future__ import annotations

import pytest

from .harness import begin_anew


@pytest.fixture(autouse=True, scope="module")
def _lines_begin_anew() -> None:
    begin_anew()
