"""Remembers what was answered to a client token, so that a repeated create gives its first answer again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Replays"]


@dataclass(slots=True)
class Replays:
    """The answers by operation and client token, each with a fingerprint of the request it was given to."""

    answers: dict[tuple[str, str], tuple[str, Mapping[str, Any]]] = field(
        default_factory=dict[tuple[str, str], tuple[str, Mapping[str, Any]]]
    )
