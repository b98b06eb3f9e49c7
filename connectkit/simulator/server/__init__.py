"""The ways into the simulator from outside its process: an HTTP server, and a WSGI application for other servers."""

from connectkit.simulator.server.http import SimulatorServer

__all__ = ["SimulatorServer"]
