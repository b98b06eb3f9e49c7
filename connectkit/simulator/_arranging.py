"""What a test wants to go wrong: the part of a simulator that arranges for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from connectkit.simulator._services import SERVICES
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.faults import Fault, Faults, Trouble, check_batch, check_operation, make_error

__all__ = ["Arranging"]


class Arranging:
    """Arranges for errors, slowness and broken connections on calls of the services."""

    def __init__(self) -> None:
        self._faults = Faults()
        self._item_faults = Faults()

    def fail(
        self,
        operation: str,
        error: str,
        *,
        times: int | None = 1,
        after: int = 0,
        message: str | None = None,
        **members: Any,
    ) -> Fault:
        """Have calls of an operation fail with an error of the service; they change nothing.

        Args:
            operation: such as ``GetCase``, or ``*`` for every one.
            error: the error's name in the service model, such as ``ThrottlingException``.
            times: how many calls fail; None for all from now on.
            after: how many calls to let through first.
            message: the error's text.
            **members: further members of the error as the model names them, such as ``retryAfterSeconds``.

        Returns:
            The fault, which can be cancelled and says how many calls it has met.

        Raises:
            ValueError: there is no such operation, error or member of it.
        """
        models = check_operation((service.model for service in SERVICES), operation)
        text = message if message is not None else f"{error}, as the test arranged"
        trouble = Trouble(error=make_error(models, error, text, members))
        return self._faults.add(operation, trouble, times=times, after=after)

    def fail_items(
        self,
        operation: str,
        error: str,
        *,
        items: Collection[str] | None = None,
        times: int | None = None,
        after: int = 0,
        message: str | None = None,
    ) -> Fault:
        """Have items of a batch fail, each with an error in the answer; they stay as they were, and others do not fail.

        Args:
            operation: one that says of each item what became of it, such as ``BatchUpdateCase``.
            error: the code of the error, such as ``THROTTLED``. The service models list none, so any text will do.
            items: which items fail: the ids of cases, fields or case rules, or the values of options. All by default.
            times: how many items fail; None for all from now on.
            after: how many items to let through first.
            message: the error's text.

        Returns:
            The fault, which can be cancelled and says how many items it has met.

        Raises:
            ValueError: the operation is no such batch, or the error is empty.
            TypeError: the items are one text.
        """
        check_batch((service.model for service in SERVICES), operation)
        if not error:
            raise ValueError("error is empty; it is a code such as THROTTLED")
        if isinstance(items, str):
            raise TypeError(f"items={items!r}: a collection of them, such as a list, is needed")
        text = message if message is not None else f"{error}, as the test arranged"
        only = None if items is None else frozenset(items)
        return self._item_faults.add(
            operation, Trouble(error=ServiceError(error, text)), times=times, after=after, items=only
        )

    def slow_down(self, operation: str, seconds: float, *, times: int | None = None, after: int = 0) -> Fault:
        """Have calls of an operation take some seconds longer.

        Behind ``simulate()`` nothing waits: the simulated clock moves, and a call that takes longer than its
        client's read timeout fails with botocore's ``ReadTimeoutError`` although it was carried out. The server
        really waits.

        Args:
            operation: such as ``SearchCases``, or ``*`` for every one.
            seconds: how much longer.
            times: how many calls; None for all from now on.
            after: how many calls to let through first.

        Returns:
            The fault, which can be cancelled and says how many calls it has met.

        Raises:
            ValueError: there is no such operation, or the time is negative.
        """
        check_operation((service.model for service in SERVICES), operation)
        if seconds < 0:
            raise ValueError(f"seconds={seconds}: nothing takes less than no time")
        return self._faults.add(operation, Trouble(delay=seconds), times=times, after=after)

    def break_connection(
        self, operation: str, *, times: int | None = 1, after: int = 0, carried_out: bool = False
    ) -> Fault:
        """Have the connection break on calls of an operation.

        Args:
            operation: such as ``CreateCase``, or ``*`` for every one.
            times: how many calls; None for all from now on.
            after: how many calls to let through first.
            carried_out: whether the request arrives and only its answer is lost.

        Returns:
            The fault, which can be cancelled and says how many calls it has met.

        Raises:
            ValueError: there is no such operation.
        """
        check_operation((service.model for service in SERVICES), operation)
        trouble = Trouble(lost="answer" if carried_out else "request")
        return self._faults.add(operation, trouble, times=times, after=after)
