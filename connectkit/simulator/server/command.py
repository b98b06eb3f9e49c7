"""``python -m connectkit.simulator`` and ``connectkit-simulator``: start a server, say how to reach it, end it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import closing, suppress

from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.persistence.errors import StateFileError
from connectkit.simulator.server.arguments import Options, parse_arguments
from connectkit.simulator.server.http import SimulatorServer

__all__ = ["main"]

_WAKE_SECONDS = 1.0


class _CannotStartError(Exception):
    """Why the server can't start, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until it is interrupted or terminated, and give the exit status.

    The status is 0 after a signal, and 2 when it can't start; then one line on standard error says why.
    """
    options = parse_arguments(arguments)
    stop = threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        _serve(options, stop)
    except _CannotStartError as error:
        sys.stderr.write(f"connectkit-simulator: {error}\n")
        return 2
    return 0


def _serve(options: Options, stop: threading.Event) -> None:
    # The port is taken first, so that a seed is not read for nothing; nobody is answered before it is loaded.
    with closing(_make_simulator(options)) as simulator, closing(_listen(options, simulator)) as server:
        notice = _load_seed(options, simulator)
        server.start()
        if not server.is_loopback:
            _warn(
                f"{options.host} is not loopback. Whoever can reach this machine on port {server.port} can read and "
                "change everything in the simulator: signatures are not verified."
            )
        _announce(server, notice)
        # In pieces, since a wait without end can't be interrupted on every platform.
        while not stop.wait(_WAKE_SECONDS):
            pass


def _make_simulator(options: Options) -> Simulator:
    try:
        return Simulator(
            account_id=options.account_id,
            region_name=options.region,
            clock=Clock(live=True),
            state_file=options.state,
        )
    except StateFileError as error:
        raise _CannotStartError(f"the state file {error}") from error


def _listen(options: Options, simulator: Simulator) -> SimulatorServer:
    try:
        return SimulatorServer(simulator, host=options.host, port=options.port, log=_log if options.verbose else None)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _CannotStartError(f"can't listen on {options.host} port {options.port}: {reason}") from error


def _load_seed(options: Options, simulator: Simulator) -> str | None:
    """Load the seed, if there is one and nothing else; give what is to be said of it, if there is something."""
    if options.seed is None:
        return None
    if not simulator.is_empty:
        return f"The seed {options.seed} is not loaded: {options.state} has what was there when it was last used"
    try:
        simulator.load_seed(options.seed)
    except OSError as error:
        raise _CannotStartError(f"can't read the seed {options.seed}: {error.strerror or error}") from error
    except ValueError as error:
        raise _CannotStartError(f"there is a mistake in the seed {options.seed}: {error}") from error
    return None


def _announce(server: SimulatorServer, notice: str | None) -> None:
    region = server.simulator.region_name
    lines = [
        f"Amazon Connect Cases, Views and Task Templates are simulated on {server.url}",
        "Have AWS SDKs and the AWS CLI use it (any credentials will do):",
        f"  export AWS_ENDPOINT_URL_CONNECTCASES={server.url}",
        f"  export AWS_ENDPOINT_URL_CONNECT={server.url}",
        f"  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION={region} AWS_REGION={region}",
    ]
    if notice is not None:
        lines.append(notice)
    # In one piece: whoever waits for the first line may close the pipe after it.
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _warn(text: str) -> None:
    sys.stderr.write(f"connectkit-simulator: warning: {text}\n")
    sys.stderr.flush()


def _log(line: str) -> None:
    # Whoever read the log may have left; the server goes on.
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
