"""What was answered to a client token, so that a repeated create gives its first answer again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Replay"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """An answer, in its wire form; ``id`` names the operation and the token."""

    id: str
    sequence: int
    request: str
    """A fingerprint of the request."""
    answer: Mapping[str, Any]
