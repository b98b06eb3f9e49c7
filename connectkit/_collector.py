"""Keep Python's garbage collector from running while a great many objects are made that all stay alive.

It starts anew after every few hundred of them, walks through what is there, and can find nothing: importing the models
and decoding a large page would spend a good part of their time on that.
"""

from __future__ import annotations

import gc
import os
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
        if self._was_on:
            _resting.append(self)

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            _resting.remove(self)
            gc.enable()


_resting: list[_Paused] = []


def _wake() -> None:
    """In a process that was forked off while another thread was here: that thread isn't there to switch it on."""
    if _resting:
        _resting.clear()
        gc.enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_wake)


def paused() -> AbstractContextManager[None]:
    """A context in which the collector rests."""
    return _Paused()


def paused_in_c_calls() -> AbstractContextManager[None]:
    """A context in which the collector rests during C calls, as it does by itself from Python 3.12 on."""
    return _Paused() if COLLECTS_IN_C_CALLS else nullcontext()
