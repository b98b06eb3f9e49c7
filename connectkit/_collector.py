"""Keep Python's garbage collector from running while a great many objects are made that all stay alive.

It starts anew after every few hundred of them, walks through what is there, and can find nothing: importing the models
and decoding a large page would spend a good part of their time on that.
"""

from __future__ import annotations

import gc
import sys
from contextlib import AbstractContextManager, nullcontext

__all__ = ["COLLECTS_IN_C_CALLS", "paused", "paused_in_c_calls"]

COLLECTS_IN_C_CALLS = sys.version_info < (3, 12)
"""Whether a collection may begin in the middle of a C call, as a decode is one; from Python 3.12 on it waits."""


class _Paused:
    """Switches the collector off, and on again if it was on."""

    __slots__ = ("_was_on",)

    def __enter__(self) -> None:
        # Two threads may be here at once: whoever finds it off leaves it to the other, who found it on.
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()


def paused() -> AbstractContextManager[None]:
    """A context in which the collector rests."""
    return _Paused()


def paused_in_c_calls() -> AbstractContextManager[None]:
    """A context in which the collector rests during C calls, as it does by itself from Python 3.12 on."""
    return _Paused() if COLLECTS_IN_C_CALLS else nullcontext()
