"""Where the simulator's identifiers come from: one random source, which a seed makes repeatable."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

__all__ = ["Ids"]

_REFERENCE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_REFERENCE_LENGTH = 9


class Ids:
    """Makes identifiers from ``source``; sources with the same seed give the same ones in the same order."""

    def __init__(self, source: random.Random) -> None:
        self._source = source

    def uuid(self) -> str:
        """Give a version 4 UUID as text."""
        return str(uuid.UUID(int=self._source.getrandbits(128), version=4))

    def secret(self) -> bytes:
        """Give 32 bytes to sign with."""
        return self._source.getrandbits(256).to_bytes(32, "big")

    def reference_number(self, is_taken: Callable[[str], bool]) -> str:
        """Give a case reference number that is not taken.

        Nine characters are documented; which ones is inferred: capital letters and digits that can't be
        misread.
        """
        while True:
            number = "".join(self._source.choices(_REFERENCE_ALPHABET, k=_REFERENCE_LENGTH))
            if not is_taken(number):
                return number
