"""moto's server has the simulated services too, once connectkit.simulator.moto is imported."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError

pytest.importorskip("moto", reason="moto is not installed: pip install 'connectkit[moto]'")
pytest.importorskip("flask_cors", reason="moto's server needs more: pip install flask flask-cors")

from moto.server import ThreadedMotoServer

from connectkit.simulator.moto import _handlers, simulator

from ..helpers import BOTO3, refused
from .support import make_instance, make_view

if TYPE_CHECKING:
    from collections.abc import Iterator

MakeClient = Callable[[str], Any]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server in a thread."""
    server: Any = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server._server.server_port
    server.stop()


@pytest.fixture
def make(port: int) -> Iterator[MakeClient]:
    """Make clients of the server, which begins with nothing."""
    requests: Any = importlib.import_module("requests")
    # The server is in this process, where moto keeps what the mock_aws() of other tests made until the next reset.
    assert requests.post(f"http://127.0.0.1:{port}/moto-api/reset", timeout=10).ok
    yield lambda service: client_of(port, service)
    assert requests.post(f"http://127.0.0.1:{port}/moto-api/reset", timeout=10).ok


def client_of(port: int, service: str) -> Any:
    """Make a client of a server, which does not retry."""
    return BOTO3.client(
        service,
        region_name="us-east-1",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": 1}, read_timeout=10),
    )


def test_cases_views_and_motos_own_services_are_on_one_server(make: MakeClient) -> None:
    connect = make("connect")
    instance_id = make_instance(connect)
    view = make_view(connect, instance_id)
    # An ARN's slashes are escaped in a path, and Flask would undo that.
    found = connect.describe_view(InstanceId=instance_id, ViewId=view["Arn"])["View"]
    assert found["Id"] == view["Id"]
    assert [one["Id"] for one in connect.list_instances()["InstanceSummaryList"]] == [instance_id]
    assert make("connectcases").create_domain(name="Support")["domainStatus"] == "Active"
    assert make("sts").get_caller_identity()["Account"] == "123456789012"
    with refused("OperationNotSimulatedException"):
        connect.list_queues(InstanceId=instance_id)


def test_tags_are_whose_the_resource_is(make: MakeClient) -> None:
    connect = make("connect")
    arn = connect.describe_instance(InstanceId=make_instance(connect))["Instance"]["Arn"]
    connect.tag_resource(resourceArn=arn, tags={"team": "a"})
    view_arn = make_view(connect, arn.rpartition("/")[2], Tags={"team": "b"})["Arn"]
    tags = [connect.list_tags_for_resource(resourceArn=one)["tags"] for one in (arn, view_arn)]
    assert tags == [{"team": "a"}, {"team": "b"}]


@pytest.mark.parametrize("made_by", ["the first reset", "another reset"])
def test_a_reset_empties_it(make: MakeClient, made_by: str) -> None:
    cases = make("connectcases")
    assert cases.list_domains()["domains"] == []
    cases.create_domain(name=f"Gone after {made_by}")
    simulator().fail("ListDomains", "ThrottlingException", times=1, after=1)
    assert len(cases.list_domains()["domains"]) == 1


def test_a_connection_can_be_broken(make: MakeClient) -> None:
    cases = make("connectcases")
    simulator().break_connection("CreateDomain", carried_out=True)
    with pytest.raises(ConnectionClosedError):
        cases.create_domain(name="Support")
    assert [domain["name"] for domain in cases.list_domains()["domains"]] == ["Support"]


def test_the_server_really_waits(make: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(_handlers, "time", type("Time", (), {"sleep": staticmethod(waited.append)}))
    simulator().slow_down("ListDomains", 3)
    make("connectcases").list_domains()
    assert waited == [3]


def test_it_starts_from_the_command_line() -> None:
    command = [sys.executable, "-u", "-m", "connectkit.simulator.moto", "-p", "0"]
    # moto's server says where it listens on the standard error.
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:  # noqa: S603  # this Python, and a module of ours
        try:
            assert server.stderr is not None
            match = next(filter(None, (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in server.stderr)))
            cases = client_of(int(match.group(1)), "connectcases")
            domain_id = cases.create_domain(name="Support")["domainId"]
            created = cases.get_domain(domainId=domain_id)["createdTime"]
            assert created.year >= 2024
        finally:
            server.terminate()


def test_it_says_what_the_server_lacks() -> None:
    program = "import sys\nsys.modules['flask'] = None\nsys.argv[1:] = []\n"
    program += "from connectkit.simulator.moto.__main__ import main\nmain()"
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # this Python, and a program of ours
    assert done.returncode == 1
    assert done.stderr.strip() == 'moto\'s server needs flask, which is not installed: pip install "moto[server]"'
