"""Keep Python's garbage collector from running in the middle of a decode.

Decoding a large page makes tens of thousands of objects in one call into pydantic, all of them alive at its end. Up to
Python 3.11 that sets off dozens of collections which can find nothing and cost a third of the decode. From 3.12 on the
interpreter doesn't collect in the middle of a C call, so there is nothing to do.
"""

from __future__ import annotations

import gc
import sys
from contextlib import AbstractContextManager, nullcontext

__all__ = ["paused"]

_NOTHING: AbstractContextManager[None] = nullcontext()


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
    """A context in which the collector rests, where that makes a difference."""
    return _NOTHING if sys.version_info >= (3, 12) else _Paused()
