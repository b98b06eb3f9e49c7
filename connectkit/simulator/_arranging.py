"""What a test wants to go wrong: the part of a simulator that arranges for it."""

from __future__ import annotations

from typing import Any

from connectkit.simulator._services import SERVICES
from connectkit.simulator.core.faults import Fault, Faults, Trouble, check_operation, make_error

__all__ = ["Arranging"]


class Arranging:
    """Arranges for errors, slowness and broken connections on calls of the services."""

    def __init__(self) -> None:
        self._faults = Faults()

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
