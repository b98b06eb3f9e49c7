"""An in-memory Amazon Connect Cases, Views and Task Templates, for tests, demos and work without an account.

::

    from connectkit.simulator import simulate

    with simulate() as sim:
        cases = boto3.client("connectcases")
        domain = cases.create_domain(name="Support")

It knows the services' models from the installed botocore and nothing of connectkit's own way of speaking to
them.
"""

from connectkit.simulator._botocore import Client
from connectkit.simulator._clients import SimulationEndedError
from connectkit.simulator._simulate import Simulation, simulate
from connectkit.simulator._simulator import Simulator, SimulatorOptions
from connectkit.simulator.core.clock import Clock
from connectkit.simulator.core.faults import Fault
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.core.recording import RecordedRequest
from connectkit.simulator.persistence.errors import StateFileError
from connectkit.simulator.state.settings import Delays, Quotas, Rate

__all__ = [
    "Client",
    "Clock",
    "Delays",
    "Fault",
    "HttpRequest",
    "HttpResponse",
    "Quotas",
    "Rate",
    "RecordedRequest",
    "Simulation",
    "SimulationEndedError",
    "Simulator",
    "SimulatorOptions",
    "StateFileError",
    "simulate",
]
