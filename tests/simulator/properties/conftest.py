"""These tests need a world with one of everything, which a botocore without some of the operations can't build."""

from __future__ import annotations

from pathlib import Path

import botocore
import pytest

from ..helpers import has_operation

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is here over a botocore that is too old for it."""
    if has_operation("connectcases", "StartMergeCases"):
        return
    reason = f"botocore {botocore.__version__} does not have every operation"
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))
