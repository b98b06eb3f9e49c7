"""The cases of a domain: ``domain.cases``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._scope import Scope

__all__ = ["Cases"]


class Cases:
    """The cases of a domain: ``domain.cases``."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """For a domain; it makes this."""
        self._scope = scope
