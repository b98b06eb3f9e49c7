"""The base of what doesn't change once it is made: filters and references."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Fixed"]


class Fixed:
    """Its attributes can be set once."""

    __slots__ = ()

    if not TYPE_CHECKING:  # or a checker would take any attribute for one that can be set

        def __setattr__(self, name: str, value: object) -> None:
            if hasattr(self, name):
                raise AttributeError(f"{self!r} doesn't change: {name} can't be set")
            super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            raise AttributeError(f"{self!r} doesn't change: {name} can't be deleted")
