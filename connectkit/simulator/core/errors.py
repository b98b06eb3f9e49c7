"""The errors inside the simulator: what a service answers with, and why a request could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["MalformedRequestError", "ServiceError", "ShapeError"]


class ServiceError(Exception):
    """An error that the service answers with.

    Args:
        code: the error's name in the service model, such as ``ResourceNotFoundException``.
        message: the text, whichever way the service spells the member that holds it.
        members: further modelled members by name, such as ``resourceId``.
    """

    def __init__(self, code: str, message: str, **members: Any) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.members = members


class MalformedRequestError(Exception):
    """The body is not the JSON object that every one of these operations takes."""


class ShapeError(Exception):
    """A request breaks the service model; ``faults`` lists every way in which it does, each with its path."""

    def __init__(self, faults: Sequence[str]) -> None:
        count = len(faults)
        super().__init__(f"{count} validation error{'s' if count > 1 else ''} detected: {'; '.join(faults)}")
        self.faults: tuple[str, ...] = tuple(faults)
