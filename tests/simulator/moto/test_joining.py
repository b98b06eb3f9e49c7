"""Joining moto: beside simulate(), more than once, and where moto is not what it should be."""

from __future__ import annotations

import importlib
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

pytest.importorskip("moto", reason="moto is not installed: pip install 'connectkit[moto]'")

import moto.backend_index as motos_index

from connectkit.simulator import SimulationEndedError, simulate
from connectkit.simulator.moto import mock_aws, simulator

from ..helpers import make_client
from .support import (
    domain_names,
    make_instance,
)


def test_a_client_made_inside_simulate_is_its_simulators(cases: Any) -> None:
    cases.create_domain(name="Moto's")
    with simulate() as sim:
        inner = make_client("connectcases")
        inner.create_domain(name="Simulate's")
        assert domain_names(inner) == ["Simulate's"]
        assert domain_names(cases) == ["Moto's"]
        make_client("s3").create_bucket(Bucket="attachments")
        with suppress(ClientError):
            make_instance(make_client("connect"))
        instances = make_client("connect").list_instances()["InstanceSummaryList"]
        assert instances[0]["Id"] == sim.instance_id
    with pytest.raises(SimulationEndedError):
        inner.list_domains()
    assert domain_names(make_client("connectcases")) == ["Moto's"]
    # What simulate() answered, moto did not carry out as well.
    instances = make_client("connect").list_instances()["InstanceSummaryList"]
    assert [instance["Id"] for instance in instances] == list(simulator().instance_ids())
    assert not [one for one in instances if one.get("InstanceAlias") == "office"]


def test_simulate_around_mock_aws_goes_before_it() -> None:
    with simulate() as sim:
        with mock_aws():
            client = make_client("connectcases")
            client.create_domain(name="Simulate's")
            make_client("s3").create_bucket(Bucket="attachments")
            assert list(simulator().requests) == []
        assert domain_names(client) == ["Simulate's"]
        assert len(sim.calls("CreateDomain")) == 1


@pytest.mark.usefixtures("aws")
def test_motos_simulator_may_answer_for_simulate_as_well() -> None:
    with simulate(simulator=simulator()):
        make_client("connectcases").create_domain(name="Support")
    assert domain_names(make_client("connectcases")) == ["Support"]


# ---- joining moto ----------------------------------------------------------------------------------------------------


def test_importing_it_again_changes_nothing(cases: Any) -> None:
    cases.create_domain(name="Support")
    before = list(motos_index.backend_url_patterns)
    names = [name for name in sys.modules if name.startswith("connectkit.simulator.moto")]
    kept = {name: sys.modules.pop(name) for name in names}
    try:
        again = importlib.import_module("connectkit.simulator.moto")
        assert again is not kept["connectkit.simulator.moto"]
        assert again.simulator() is simulator()
        assert domain_names(cases) == ["Support"]
    finally:
        sys.modules.update(kept)
        package: Any = sys.modules["connectkit.simulator"]
        package.moto = kept["connectkit.simulator.moto"]
    assert list(motos_index.backend_url_patterns) == before


def test_moto_may_be_told_to_let_a_service_through() -> None:
    passthrough: Any = {"core": {"passthrough": {"services": ["connectcases"]}}}
    with mock_aws(config=passthrough):
        client = make_client("connectcases")
        reached: list[str] = []

        def stop(request: Any, **_: object) -> None:
            reached.append(request.url)
            raise ConnectionAbortedError

        client.meta.events.register_last("before-send", stop)
        with pytest.raises(ConnectionAbortedError):
            client.list_domains()
    assert reached == ["https://cases.us-east-1.amazonaws.com/domains-list"]


def _import_after(preparation: str) -> str:
    """Import it in a new process, after some ``preparation``, and give the error's text."""
    program = f"import sys, types\n{preparation}\ntry:\n    import connectkit.simulator.moto\n"
    program += "except ImportError as error:\n    print(type(error).__name__, error.name, error)\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # this Python, and a program of ours
    return done.stdout.strip()


def test_without_moto_the_error_says_how_to_get_it() -> None:
    assert _import_after("sys.modules['moto'] = None") == (
        "ModuleNotFoundError moto connectkit.simulator.moto needs moto, which is not installed: "
        'pip install "connectkit[moto]"'
    )


def test_another_major_version_of_moto_is_refused() -> None:
    preparation = "sys.modules['moto'] = other = types.ModuleType('moto')\nother.__version__ = '4.2.14'"
    assert _import_after(preparation).startswith(
        "ImportError moto connectkit.simulator.moto knows moto 5, and moto 4.2.14 is installed"
    )


def test_the_simulator_by_itself_needs_no_moto() -> None:
    program = (
        "import sys\nsys.modules['moto'] = None\nimport connectkit.simulator as s\nprint(s.Simulator().instance_id)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # this Python, and a program of ours
    assert len(done.stdout.strip()) == 36
