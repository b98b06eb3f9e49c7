"""What every way in from outside does with a request, whoever received it."""

from __future__ import annotations

import logging

from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.server.control import PREFIX, Control
from connectkit.simulator.server.refusals import RefusedError, refuse

__all__ = ["Application"]

_logger = logging.getLogger("connectkit.simulator")


class Application:
    """Answers requests from outside the process for a simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self._control = Control(simulator)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer a request. Nothing is raised, whatever it holds."""
        try:
            _check_origin(request)
            if request.path == PREFIX or request.path.startswith(f"{PREFIX}/"):
                return self._control.answer(request)
            return self.simulator.handle(request)
        except RefusedError as error:
            return refuse(error.status, error.message)
        except Exception as error:
            _logger.exception("the simulator failed on a request")
            return refuse(500, f"The simulator failed: {type(error).__name__}")


def _check_origin(request: HttpRequest) -> None:
    """Refuse what a web page sends.

    A browser lets any page send simple requests to an address on this machine, without asking the server first
    and whatever name the page's own server gave that address. SDKs and tools never say where they come from.
    """
    site = request.header("sec-fetch-site")
    if request.header("origin") is not None or site not in {None, "none"}:
        raise RefusedError(403, "This server does not answer requests that a web page sends")
