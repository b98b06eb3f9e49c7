"""References to tags."""

from __future__ import annotations

from typing import Final

from typing_extensions import override

from ..errors import FilterError
from .filter import Filter, any_of
from .fixed import Fixed
from .nodes import TagComparison

__all__ = ["TagRef"]


class TagRef(Fixed):
    """A reference to a tag of cases. The service can compare a tag with a value, and nothing else."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        if not isinstance(key, str) or not key:  # pyright: ignore[reportUnnecessaryIsInstance] - callers needn't be typed
            raise FilterError(f"the key of a tag is a str that isn't empty, not {key!r}")
        self.key: Final[str] = key
        """Key of the tag."""

    def eq(self, value: str) -> Filter:
        """Cases whose tag has exactly this value. Also written ``==``."""
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers needn't be typed
            raise FilterError(f"tag {self.key!r} takes a str, not {value!r}: the service compares with nothing else")
        return Filter(TagComparison(self.key, value))

    def ne(self, value: str) -> Filter:
        """Cases whose tag has any other value, and those without it. Also written ``!=``."""
        return ~self.eq(value)

    def one_of(self, *values: str) -> Filter:
        """Cases whose tag has one of these values.

        Raises:
            FilterError: there are none.
        """
        if not values:
            raise FilterError(f"tag {self.key!r}: one_of() needs at least one value")
        return any_of([self.eq(value) for value in values])

    @override
    def __eq__(self, value: str) -> Filter:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride] - a filter is what == is for here
        return self.eq(value)

    @override
    def __ne__(self, value: str) -> Filter:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        return self.ne(value)

    @override
    def __hash__(self) -> int:
        return id(self)

    @override
    def __repr__(self) -> str:
        return f"TagRef({self.key!r})"
