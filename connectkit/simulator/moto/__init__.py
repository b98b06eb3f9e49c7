"""The simulator inside moto: Cases, Views and Task Templates beside moto's instances, S3 and STS.

Importing this module is all it takes, however often and wherever that happens::

    from connectkit.simulator.moto import mock_aws, simulator

    @mock_aws
    def test_view() -> None:
        connect = boto3.client("connect", "us-east-1")
        instance = connect.create_instance(...)                   # moto's own
        connect.create_view(InstanceId=instance["Id"], ...)       # the simulator's
        boto3.client("connectcases", "us-east-1").create_domain(name="Support")

Every ``mock_aws`` of the process has the simulated services from then on, in moto's accounts and regions, and each
reset of moto makes a new simulator. It needs moto 5: ``pip install "connectkit[moto]"``.
"""

from __future__ import annotations

from connectkit.simulator._simulator import Simulator
from connectkit.simulator.moto._guest import current_guest
from connectkit.simulator.moto._handlers import join_moto
from connectkit.simulator.moto._seams import mock_aws as mock_aws

__all__ = ["mock_aws", "simulator"]


def simulator() -> Simulator:
    """Give the simulator that answers inside moto, for its clock, its quotas, :meth:`~Simulator.fail` and so on.

    It is another one after each reset of moto, and so inside each ``mock_aws``: ask for it there. It knows the
    Connect instances that moto has at the moment. A ``mock_aws`` inside another shares the outer one's.
    """
    return current_guest().simulator


join_moto()
