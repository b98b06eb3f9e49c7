"""How a reference says that the service refuses."""

from __future__ import annotations

__all__ = ["Wrong"]


class Wrong(Exception):  # noqa: N818 - it is an answer, and no error of the reference
    """The service refuses: with any of ``codes``, as more than one thing may be wrong at once."""

    def __init__(self, *codes: str) -> None:
        super().__init__(", ".join(codes))
        self.codes: frozenset[str] = frozenset(codes)
