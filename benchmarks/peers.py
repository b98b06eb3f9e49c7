"""Other libraries for the same services, measured on the same page against boto3 in the same process.

They are installed into an environment of their own, on demand. What they do differs, and the table says how.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

import boto3

from benchmarks.answers import page

__all__ = ["Peer", "measure_peers"]

ENVIRONMENT = Path(__file__).parents[1] / ".cache" / "peers"
_PACKAGES = ["capo-connectcases", "aws-resource-validator", "aws-resource-validator-connectcases"]


class Peer(NamedTuple):
    """What one peer takes, or why it can't be told."""

    what: str
    theirs: float | None
    boto3: float | None
    problem: str = ""


_COMMON = """
import json, statistics, sys, time
import boto3
from botocore.awsrequest import AWSResponse
body = open(sys.argv[1], "rb").read()
class Body:
    def stream(self, *_, **__):
        yield body
session = boto3.Session("key", "secret", region_name="us-east-1")
client = session.client("connectcases")
client.meta.events.register("before-send.*", lambda request, **_: AWSResponse(request.url, 200, {}, Body()))
raw = lambda: client.search_cases(domainId="d")
def cpu(function, calls=8):
    begun = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - begun) * 1000 / calls
def compare(function):
    function(), raw()
    rounds = [(cpu(function), cpu(raw)) for _ in range(9)]
    print(json.dumps([statistics.median(one) for one in zip(*rounds)]))
"""
_PEERS = {
    "capo-connectcases: a page as plain dictionaries, its own HTTP stack": """
import capo_connectcases
from capo_connectcases._services.connect_cases import ConnectCasesClient
from zapros import BaseHandler, Response
class Handler(BaseHandler):
    def handle(self, request):
        return Response(200, {"content-type": "application/json"}, content=body)
    def close(self):
        pass
credentials = capo_connectcases.Credentials(access_key="key", secret_key="secret")
peer = ConnectCasesClient(Handler(), region="us-east-1", credentials=credentials)
compare(lambda: peer.search_cases("d"))
""",
    "aws-resource-validator: boto3's page validated into models": """
from aws_resource_validator.pydantic_models.connectcases import connectcases_classes as models
about = {"RequestId": "r", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0, "HostId": "h"}
compare(lambda: models.SearchCasesResponseTypeDef.model_validate({**raw(), "ResponseMetadata": about}))
""",
    "aws-resource-validator: import of its Cases models (against `import boto3`)": """
import subprocess
def once(code):
    code = "import time; begun = time.process_time()\\n" + code + "\\nprint((time.process_time() - begun) * 1000)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
theirs = "from aws_resource_validator.pydantic_models.connectcases import connectcases_classes"
rounds = [(once(theirs), once("import boto3")) for _ in range(7)]
print(json.dumps([statistics.median(one) for one in zip(*rounds)]))
""",
}


def measure_peers() -> list[Peer]:
    """Every peer's figure; one that can't be installed or doesn't run says why instead."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    installed = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", f"boto3=={boto3.__version__}", *_PACKAGES],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        problem = installed.stderr.strip().splitlines()[-1]
        return [Peer(what, None, None, f"can't be installed: {problem}") for what in _PEERS]
    body = ENVIRONMENT / "page.json"
    body.write_bytes(page())
    return [_measured(what, code, python, body) for what, code in _PEERS.items()]


def _measured(what: str, code: str, python: Path, body: Path) -> Peer:
    done = subprocess.run([str(python), "-c", _COMMON + code, str(body)], capture_output=True, text=True, check=False)
    if done.returncode:
        return Peer(what, None, None, f"doesn't run: {done.stderr.strip().splitlines()[-1]}")
    theirs, raw = json.loads(done.stdout.splitlines()[-1])
    return Peer(what, theirs, raw)


if __name__ == "__main__":
    for peer in measure_peers():
        print(peer, file=sys.stdout)
