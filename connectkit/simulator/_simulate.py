"""``simulate()``: for a while, the clients that a process makes are answered by a simulator."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Any, ParamSpec, TypeVar, cast, overload

from typing_extensions import Unpack

from connectkit.simulator._botocore import (
    Client,
    CreateClient,
    current_create_client,
    name_client_arguments,
    replace_create_client,
    session_region,
)
from connectkit.simulator._clients import Route, connect_client, is_connected
from connectkit.simulator._services import SERVICE_NAMES
from connectkit.simulator._simulator import Simulator, SimulatorOptions

__all__ = ["Simulation", "simulate"]

P = ParamSpec("P")
R = TypeVar("R")

_FAKE_KEY = "AKIASIMULATED"
_FAKE_SECRET = "simulated"  # noqa: S105  # signs requests that never leave the process


class Simulation:
    """One use of :func:`simulate`: a context manager that gives its simulator, and a decorator.

    It can be entered again after it was left, but not while it is open. Without a simulator of its own each
    entry begins with a new one, made with the options and closed at its end.
    """

    def __init__(self, simulator: Simulator | None = None, **options: Unpack[SimulatorOptions]) -> None:
        if simulator is not None and options:
            raise TypeError(f"a simulator that exists takes no options: {', '.join(options)}")
        self._given = simulator
        self._options = options
        self._simulator: Simulator | None = None
        self._route: Route | None = None
        self._attached_before: frozenset[Client] = frozenset()

    def __enter__(self) -> Simulator:
        """Begin: clients made from now on are the simulator's. Raises RuntimeError when it has begun."""
        if self._route is not None:
            raise RuntimeError("this simulation is running already; call simulate() again for another one")
        self._simulator = self._given or Simulator(**self._options)
        self._attached_before = self._simulator.attached
        self._route = Route(self._simulator.handle, self._simulator.clock)
        _running.add(self._route)
        return self._simulator

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End: clients made meanwhile refuse to work from now on, those attached meanwhile are as before."""
        route, simulator = self._route, self._simulator
        if route is None or simulator is None:
            return
        _running.remove(route)
        route.close()
        for client in simulator.attached - self._attached_before:
            simulator.detach(client)
        if self._given is None:
            simulator.close()
        self._route = self._simulator = None

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Decorate a function, plain or async, so that each call of it runs in a simulation of its own.

        Raises TypeError for what would only begin to run when its simulation is over, and for a class or static
        method, which is decorated below its own decorator.
        """
        for kind in (classmethod, staticmethod):
            if isinstance(function, kind):
                raise TypeError(f"simulate() goes below @{kind.__name__}, next to the function itself")
        called = _what_is_called(function)
        if inspect.iscoroutinefunction(called):
            awaitable = cast("Callable[P, Awaitable[Any]]", function)

            @functools.wraps(function)
            async def run_async(*args: P.args, **kwargs: P.kwargs) -> Any:
                with Simulation(self._given, **self._options):
                    return await awaitable(*args, **kwargs)

            return cast("Callable[P, R]", run_async)

        if inspect.isgeneratorfunction(called) or inspect.isasyncgenfunction(called) or inspect.isclass(function):
            # Calling one of these runs nothing yet, so the simulation would be over before it began.
            raise TypeError("simulate() decorates functions; inside a generator or a class use `with simulate():`")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with Simulation(self._given, **self._options):
                result = function(*args, **kwargs)
                if inspect.iscoroutine(result):
                    result.close()
                    raise TypeError("simulate() decorated a function that gives a coroutine: make it an async one")
                return result

        return run


def _what_is_called(function: Callable[..., Any]) -> object:
    """Give the function that says how a callable runs: its own, or that of an object which can be called."""
    its_class = type(function)
    if issubclass(its_class, (type, functools.partial)) or inspect.isroutine(function):
        return function
    return its_class.__call__


@overload
def simulate(
    function: None = None, /, *, simulator: Simulator | None = None, **options: Unpack[SimulatorOptions]
) -> Simulation: ...


@overload
def simulate(
    function: Callable[P, R], /, *, simulator: Simulator | None = None, **options: Unpack[SimulatorOptions]
) -> Callable[P, R]: ...


def simulate(
    function: Callable[..., Any] | None = None,
    /,
    *,
    simulator: Simulator | None = None,
    **options: Unpack[SimulatorOptions],
) -> Simulation | Callable[..., Any]:
    """Simulate Amazon Connect Cases, Views and Task Templates for a while, without network or account.

    As a context manager it gives the :class:`Simulator`::

        with simulate() as sim:
            cases = boto3.client("connectcases")

    and as a decorator, ``@simulate`` or ``@simulate()``, it runs each call of a function inside a new one.

    Every ``connectcases`` and ``connect`` client that the process makes meanwhile is answered by the
    simulator, whichever session it comes from and however long that has existed. Such a client has made-up
    credentials, so neither a configuration nor a credential process is ever asked for some, and ``us-east-1``
    where no region is configured. Clients of other services are not touched, nor are clients made before:
    bring one in with :meth:`Simulator.attach`.

    Simulations can be nested, and run side by side in threads and tasks: a new client belongs to the one that began
    last, of those that are still running, in its own thread or task. Where none began there, as in a thread that was
    started inside a simulation, it belongs to the one that began last of all. When a simulation ends, its clients
    raise :class:`SimulationEndedError` instead of reaching AWS.

    Args:
        function: what to decorate, when used without parentheses.
        simulator: the simulator to use; by default a new one each time.
        **options: what a new one is made with, such as ``seed``, ``quotas``, ``delays`` or ``clock``.

    Returns:
        A context manager that is a decorator too, or the decorated function.

    Raises:
        TypeError: there are both a simulator and options.
    """
    simulation = Simulation(simulator, **options)
    return simulation if function is None else simulation(function)


_entered: ContextVar[tuple[Route, ...]] = ContextVar("simulations", default=())
"""The simulations that began in this thread or task, or in what started the task."""


class _Running:
    """The simulations that are running, the newest last, and the hook that is there as long as one is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._routes: list[Route] = []
        self._originals: dict[CreateClient, CreateClient] = {}
        """By each hook that may still be in use, what it has taken the place of."""

    def add(self, route: Route) -> None:
        """Let new clients belong to ``route``."""
        _entered.set((*(other for other in _entered.get() if other.is_open), route))
        with self._lock:
            self._routes.append(route)
            current = current_create_client()
            # Others patch the same function, and may have put back what was there before our last hook.
            if current not in self._originals:
                hook = self._make_hook(current)
                self._originals[hook] = current
                replace_create_client(hook)

    def remove(self, route: Route) -> None:
        """Let new clients belong to the newest simulation that is left, or to none."""
        _entered.set(tuple(other for other in _entered.get() if other is not route))
        with self._lock:
            self._routes.remove(route)
            # Where someone has wrapped our hook meanwhile, it stays in the chain, and passes everything on.
            while not self._routes and (current := current_create_client()) in self._originals:
                replace_create_client(self._originals.pop(current))

    def _newest(self) -> Route | None:
        # One that ended in another context, such as that of the task which cleans up, is still among these.
        if mine := [route for route in _entered.get() if route.is_open]:
            return mine[-1]
        with self._lock:
            return self._routes[-1] if self._routes else None

    def _make_hook(self, original: CreateClient) -> CreateClient:
        @functools.wraps(original)
        def create_client(*args: Any, **kwargs: Any) -> Any:
            route = self._newest()
            arguments = name_client_arguments(*args, **kwargs)
            if route is None or arguments is None or arguments.get("service_name") not in SERVICE_NAMES:
                return original(*args, **kwargs)
            given = _with_fakes(arguments)
            client = original(given.pop("self"), given.pop("service_name"), **given)
            if not is_connected(client):
                connect_client(client, route)
            return client

        return create_client


def _with_fakes(arguments: dict[str, Any]) -> dict[str, Any]:
    """Add a region where none is configured, and credentials where the call gives none."""
    arguments = dict(arguments)
    # Credentials given in part are left as they are, for botocore to refuse.
    if arguments.get("aws_access_key_id") is None and arguments.get("aws_secret_access_key") is None:
        arguments |= {"aws_access_key_id": _FAKE_KEY, "aws_secret_access_key": _FAKE_SECRET}
    if arguments.get("region_name") is None and session_region(arguments["self"], arguments.get("config")) is None:
        arguments["region_name"] = "us-east-1"
    return arguments


_running = _Running()
