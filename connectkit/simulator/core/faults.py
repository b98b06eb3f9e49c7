"""What a test arranges to go wrong: errors, slowness and broken connections, for as many calls as it says.

With the items of batches it is the same, an item being met instead of a call.
"""

from __future__ import annotations

import difflib
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from typing_extensions import Self

from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.model import ServiceModel, Shape

__all__ = ["ANY", "Fault", "Faults", "Trouble", "check_batch", "check_operation", "make_error"]

ANY = "*"
"""Stands for every operation."""

Lost = Literal["request", "answer"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is to go wrong with one call: nothing, unless it says so."""

    error: ServiceError | None = None
    delay: float = 0.0
    """Seconds until the answer."""
    lost: Lost | None = None
    """Whether the connection breaks before the request arrives, or after it was carried out."""


class Fault:
    """Something that was arranged to go wrong; :meth:`cancel` ends it, as does leaving it as a context manager."""

    def __init__(
        self,
        faults: Faults,
        operation: str,
        trouble: Trouble,
        *,
        times: int | None,
        after: int,
        items: Collection[str] | None,
    ) -> None:
        self._faults = faults
        self._items = items
        self._trouble = trouble
        self._after = after
        self.operation = operation
        """The operation that it is for, or ``*``."""
        self.remaining: int | None = times
        """How many calls, or items, it will still meet; None is without end."""
        self.met: int = 0
        """How many calls, or items, it has met."""

    def cancel(self) -> None:
        """End it. What it has done stays done, and a second time is no fault."""
        self._faults.remove(self)

    def __enter__(self) -> Self:
        """Give the fault itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.cancel()

    def _meet(self, operation: str, item: str | None) -> Trouble | None:
        """Count a call, or an item of one, and say what is to go wrong with it or None."""
        if self.operation not in {ANY, operation} or self.remaining == 0:
            return None
        if self._items is not None and item not in self._items:
            return None
        if self._after > 0:
            self._after -= 1
            return None
        self.met += 1
        if self.remaining is not None:
            self.remaining -= 1
        return self._trouble


class Faults:
    """Everything that is arranged to go wrong, in the order in which it was."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        operation: str,
        trouble: Trouble,
        *,
        times: int | None,
        after: int,
        items: Collection[str] | None = None,
    ) -> Fault:
        """Arrange for calls of ``operation`` to go wrong: ``times`` of them, past the first ``after``.

        With ``items``, only these are met. Raises ValueError when either number makes no sense.
        """
        if (times is not None and times < 1) or after < 0:
            raise ValueError(f"times={times}, after={after}: times must be at least 1 or None, after at least 0")
        fault = Fault(self, operation, trouble, times=times, after=after, items=items)
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a fault out, if it is still in."""
        with self._lock:
            if fault in self._faults:
                self._faults.remove(fault)

    def clear(self) -> None:
        """Take all faults out."""
        with self._lock:
            self._faults.clear()

    def meet(self, operation: str, item: str | None = None) -> Trouble:
        """Count a call of ``operation``, or an item of one, and say what is to go wrong with it.

        The first error and the first break count; delays add up.
        """
        with self._lock:
            # Not for those who hold a fault, so it is private to the two.
            met = (
                fault._meet(operation, item)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - above
                for fault in self._faults
            )
            troubles = [trouble for trouble in met if trouble is not None]
            self._faults = [fault for fault in self._faults if fault.remaining != 0]
        if not troubles:
            return _NONE
        return Trouble(
            error=next((trouble.error for trouble in troubles if trouble.error is not None), None),
            delay=sum(trouble.delay for trouble in troubles),
            lost=next((trouble.lost for trouble in troubles if trouble.lost is not None), None),
        )


_NONE = Trouble()


def check_operation(models: Iterable[ServiceModel], operation: str) -> Sequence[ServiceModel]:
    """Give the models that have an operation. Raises ValueError, with the nearest names, when none does."""
    models = list(models)
    having = [model for model in models if operation == ANY or operation in model]
    if not having:
        names = sorted({name for model in models for name in model.operations})
        raise ValueError(f"there is no operation {operation!r}{_nearest(operation, names)}")
    return having


def check_batch(models: Iterable[ServiceModel], operation: str) -> None:
    """Raise ValueError, with those there are, when an operation is none that says of each item what became of it."""
    batches = sorted(
        name for model in models for name in model.operations if _has_item_errors(model.operation(name).output)
    )
    if operation not in batches:
        raise ValueError(f"{operation!r} does not answer for each item; {', '.join(batches)} do")


def _has_item_errors(output: Shape) -> bool:
    elements = [member.shape.element for member in output.members.values()]
    return any(element is not None and "errorCode" in element.members for element in elements)


def make_error(models: Sequence[ServiceModel], code: str, message: str, members: Mapping[str, Any]) -> ServiceError:
    """Make an error as the services have it; members that it requires and that are not given are made up.

    Raises ValueError, with the nearest names, when none of the models has such an error or such a member.
    """
    modelled = next((found for model in models if (found := model.error(code)) is not None), None)
    if modelled is None:
        names = sorted({name for model in models for name in model.errors})
        services = " and ".join(model.name for model in models)
        raise ValueError(f"{services} models no error {code!r}{_nearest(code, names)}; it has {', '.join(names)}")
    known = modelled.shape.members
    for name in members:
        if name not in known:
            raise ValueError(f"{code} has no member {name!r}; it has {', '.join(known)}")
    required = [name for name in modelled.shape.required if name.lower() != "message"]
    made_up = {name: "arranged" for name in required if known[name].shape.kind == "string"}
    return ServiceError(code, message, **{**made_up, **members})


def _nearest(name: str, names: Sequence[str]) -> str:
    found = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
