"""Puts an undecoded path together again where only the decoded one is left, as a WSGI server may leave it.

An identifier may be an ARN, in which there are slashes; decoded, they can't be told from those between identifiers,
save by what an ARN looks like and by the path templates of the services.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import quote_from_bytes

from connectkit.simulator._services import SERVICES

__all__ = ["encode_path"]

_ARN = b"arn:"
# The ARN of a view's version has four. There is room for others, but none for a path that is made to take time.
_MOST_SEGMENTS = 12

Segments = Sequence[bytes]


def encode_path(method: str, path: bytes) -> str:
    """Give the percent-encoded form of a decoded path; ARNs that stand for a label of a template become one segment.

    A path without ARNs, or that no operation has, is encoded as it stands.
    """
    segments = path.removeprefix(b"/").split(b"/")
    if any(segment.startswith(_ARN) for segment in segments):
        fitting = [match for template in _templates(method.upper()) for match in _matches(template, segments)]
        # As the router has it: where several templates fit, the one that spells out more of the path.
        segments = max(fitting, key=lambda match: match.spelled, default=_Match(segments, 0)).segments
    return "/" + "/".join(quote_from_bytes(segment, safe="") for segment in segments)


class _Match:
    """One way to cut a path by a template, and how many of its segments the template spells out."""

    def __init__(self, segments: Segments, spelled: int) -> None:
        self.segments = list(segments)
        self.spelled = spelled


@cache
def _templates(method: str) -> list[list[bytes]]:
    routes = [route for service in SERVICES for route in service.model.routes]
    return [uri.strip("/").encode().split(b"/") for verb, uri, _ in routes if verb == method]


def _matches(template: Segments, segments: Segments) -> Iterator[_Match]:
    if not template:
        # A closing slash means nothing.
        if all(not segment for segment in segments):
            yield _Match([], 0)
        return
    if not segments:
        return
    first, rest = template[0], template[1:]
    if not first.startswith(b"{"):
        if first == segments[0]:
            for match in _matches(rest, segments[1:]):
                yield _Match([first, *match.segments], match.spelled + 1)
        return
    for size in _sizes(segments):
        label = b"/".join(segments[:size])
        for match in _matches(rest, segments[size:]):
            yield _Match([label, *match.segments], match.spelled)


def _sizes(segments: Segments) -> Iterator[int]:
    """Give how many segments the identifier that begins here may have: one, or for an ARN an even number.

    Behind its account every ARN of these services has pairs, such as ``instance/…`` and ``view/…``, up to the next one.
    """
    if not segments[0].startswith(_ARN):
        yield 1
        return
    for size in range(2, min(len(segments), _MOST_SEGMENTS) + 1, 2):
        if any(segment.startswith(_ARN) for segment in segments[1:size]):
            return
        yield size
