"""The search through the releases, for all names together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from codegen.since.surface import Name


def first_seen(
    versions: Sequence[str],
    surface_of: Callable[[str], frozenset[Name]],
    *,
    likely: Mapping[str, Collection[str]],
) -> dict[Name, str]:
    """Find the first version that had each name, asking about as few versions as it can.

    Args:
        versions: at least two versions, oldest first.
        surface_of: gives what a version has. It is called once for a version, and is where the time goes.
        likely: by service, versions in which it may have changed. They guide the search and can't falsify it.

    Returns:
        The version for each name that the last one has and the first one lacks.
    """
    found: dict[Name, str] = {}
    place = {version: index for index, version in enumerate(versions)}
    guesses = {service: [place[v] for v in hints if v in place] for service, hints in likely.items()}

    def divide(low: int, high: int, names: frozenset[Name]) -> int:
        # A change is pinned down by the release that made it and the one before, so both are worth asking
        # about: once one of them bounds the span, the other is what closes it.
        hints = {index for service in {name.service for name in names} for index in guesses.get(service, ())}
        worth = [index for index in hints | {hint - 1 for hint in hints} if low < index < high]
        middle = (low + high) // 2
        return min(worth, key=lambda index: (abs(index - middle), index), default=middle)

    def search(low: int, high: int, names: frozenset[Name]) -> None:
        # Invariant: none of the names is in versions[low], all of them are in versions[high].
        if not names:
            return
        if high - low == 1:
            found.update(dict.fromkeys(names, versions[high]))
            return
        middle = divide(low, high, names)
        early = names & surface_of(versions[middle])
        search(low, middle, early)
        search(middle, high, names - early)

    last = len(versions) - 1
    search(0, last, surface_of(versions[last]) - surface_of(versions[0]))
    return found
