"""What the strategies for requests have in common."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from .world import Ids

__all__ = ["ANY", "PLAIN", "Fit", "Knowledge", "Known", "Strategy", "members", "new_name", "one_of", "under"]

Strategy = st.SearchStrategy[Any]
Known = Callable[[Ids], Strategy]
"""What is known of a value, once it is known which identifiers there are."""
Fit = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes the members of a request fit each other."""

PLAIN: Final = st.sampled_from(string.ascii_letters + string.digits)
"""Letters that every text may have."""
ANY: Final = st.one_of(
    PLAIN,
    st.sampled_from(" /%&=+?#;:.~-_{}[]\"'\\<>\n\t\x00\x7f\u2028é漢😀\ufeff"),
    st.characters(exclude_categories=["Cs"]),
)
"""Letters that a text may have which is not held to a pattern."""


@dataclass(frozen=True)
class Knowledge:
    """What is known of the values in a service's requests."""

    by_shape: Mapping[str, Known]
    """By the name of a shape."""
    by_operation: Mapping[str, Callable[[Ids], Mapping[str, Strategy]]]
    """By operation what some of its members are."""
    fitted: Mapping[str, Fit]
    """By operation what makes its members fit each other."""

    def __or__(self, other: Knowledge) -> Knowledge:
        return Knowledge(
            {**self.by_shape, **other.by_shape},
            {**self.by_operation, **other.by_operation},
            {**self.fitted, **other.fitted},
        )


def one_of(*values: Any) -> Strategy:
    """One of some values."""
    return st.sampled_from(values)


def new_name(most: int) -> Known:
    """Names that nothing in a world has."""
    return lambda _: st.one_of(st.text(PLAIN, max_size=8).map("new {}x".format), st.just("x" * most))


def under(name: str, held: Any) -> dict[str, Any]:
    """An object with one member."""
    return {name: held}


def members(strategies: Mapping[str, Strategy], required: Collection[str]) -> Strategy:
    """Objects that have their required members and some of the others."""
    return st.fixed_dictionaries(
        {name: strategy for name, strategy in strategies.items() if name in required},
        optional={name: strategy for name, strategy in strategies.items() if name not in required},
    )
