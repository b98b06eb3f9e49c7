"""The local HTTP server, and what it shares with the WSGI application of :mod:`connectkit.simulator.wsgi`."""

from connectkit.simulator.server.connection import Log
from connectkit.simulator.server.http import SimulatorServer

__all__ = ["Log", "SimulatorServer"]
