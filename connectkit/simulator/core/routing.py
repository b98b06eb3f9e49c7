"""Finds the operation that a method and a raw path mean, by the path templates of a service's model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

__all__ = ["Match", "Router"]


@dataclass(frozen=True, slots=True)
class Match:
    """An operation's name, and the decoded text of each label of its path template."""

    operation: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Route:
    operation: str
    segments: tuple[str, ...]

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        labels: dict[str, str] = {}
        for template, segment in zip(self.segments, segments, strict=True):
            if template.startswith("{") and template.endswith("}"):
                if not segment:
                    return None
                labels[template[1:-1]] = segment
            elif template != segment:
                return None
        return labels


class Router:
    """Matches requests against ``routes``: method, path template and operation name.

    A path is cut at its raw slashes and decoded afterwards, piece by piece, so an encoded slash stays inside
    its identifier. Where two templates fit, the one that spells out more of the path wins.
    """

    def __init__(self, routes: Iterable[tuple[str, str, str]]) -> None:
        self._routes: dict[tuple[str, int], list[_Route]] = {}
        for method, uri, operation in routes:
            segments = _segments(uri)
            self._routes.setdefault((method, len(segments)), []).append(_Route(operation, segments))
        for candidates in self._routes.values():
            candidates.sort(key=lambda route: [segment.startswith("{") for segment in route.segments])

    def match(self, method: str, path: str) -> Match | None:
        """Give the operation for ``method`` and the raw ``path``, or None when the model has none."""
        segments = tuple(unquote(segment) for segment in _segments(path))
        for route in self._routes.get((method.upper(), len(segments)), ()):
            if (labels := route.match(segments)) is not None:
                return Match(route.operation, labels)
        return None


def _segments(path: str) -> tuple[str, ...]:
    # The model writes some templates with a closing slash and clients don't agree about it, so it means
    # nothing here.
    return tuple(path.removeprefix("/").removesuffix("/").split("/"))
