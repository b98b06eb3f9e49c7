"""The services that are simulated."""

from __future__ import annotations

from typing import Final

from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT

__all__ = ["SERVICES", "SERVICE_NAMES"]

SERVICES: Final = (CASES, CONNECT)

SERVICE_NAMES: Final = frozenset(service.profile.name for service in SERVICES)
"""By botocore's names for them."""
