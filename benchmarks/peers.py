"""Other libraries for the same or a like job, each measured against boto3 in one process of its own.

They are installed into an environment of their own, on demand: the newest versions, with the boto3 that we are measured
with. Each is asked the same things, in :data:`_PEERS`; what it has not, it doesn't say.
"""

from __future__ import annotations

import json
import subprocess
import venv
from pathlib import Path
from typing import Any, NamedTuple

import boto3

from benchmarks.answers import SMALL, page

__all__ = ["Peer", "measure_peers"]

ENVIRONMENT = Path(__file__).parents[1] / ".cache" / "peers"


class Peer(NamedTuple):
    """What one library takes, as ratios to boto3 in the same process; or why it can't be told."""

    name: str
    version: str = ""
    page: float | None = None
    """CPU time of a page of 100."""
    requests: int = 1
    """How many requests it makes for that page."""
    small: float | None = None
    """CPU time of a call for one thing."""
    imported: float | None = None
    """CPU time of importing what the calls above need, against ``import boto3``."""
    operations: int | None = None
    """How many Cases operations it has."""
    walked: int | None = None
    """Of the Cases operations with pages, how many it walks."""
    refuses: bool | None = None
    """Does it refuse a page size of the wrong type without asking the service?"""
    problem: str = ""


_COMMON = """
import importlib.metadata, json, statistics, subprocess, sys, time
import boto3
from botocore.awsrequest import AWSResponse

page, small = open(sys.argv[1], "rb").read(), open(sys.argv[2], "rb").read()
sent = []

class Body:
    def __init__(self, content):
        self.content = content
    def stream(self, *_, **__):
        yield self.content

def client_of(service, answer):
    client = boto3.Session("key", "secret", region_name="us-east-1").client(service)
    inject(client, answer)
    return client

def inject(client, answer):
    def respond(request, **_):
        sent.append(request)
        return AWSResponse(request.url, 200, {}, Body(answer(request)))
    client.meta.events.register("before-send.*", respond)

def cases_answer(request):
    return page if request.url.endswith("cases-search") else small

def cpu(function, calls):
    begun = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - begun) / calls

def ratio(theirs, boto3s, calls, rounds=9):
    theirs(), boto3s()
    return statistics.median(cpu(theirs, calls) / cpu(boto3s, calls) for _ in range(rounds))

def process(code):
    code = "import time; begun = time.process_time()\\n" + code + "\\nprint(time.process_time() - begun)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])

def imported(code):
    process(code), process("import boto3")
    return statistics.median(process(code) / process("import boto3") for _ in range(7))

def refuses(call):
    before = len(sent)
    try:
        call()
    except Exception:
        return len(sent) == before
    return False

FIELDS = [{"id": name} for name in ("title", "status", "amount")]
raw = client_of("connectcases", cases_answer)
raw_page = lambda: raw.search_cases(domainId="d")
raw_small = lambda: raw.get_case(domainId="d", caseId="c", fields=FIELDS)
METHODS = raw.meta.method_to_api_mapping
SHAPES = {method: raw.meta.service_model.operation_model(name).input_shape for method, name in METHODS.items()}
PAGED = [method for method, shape in SHAPES.items() if shape and "nextToken" in shape.members]
"""
_PEERS: dict[str, tuple[list[str], str]] = {
    "boto3": (
        [],
        """
report = {
    "operations": len(METHODS),
    "walked": sum(raw.can_paginate(name) for name in PAGED),
    "refuses": refuses(lambda: raw.search_cases(domainId="d", maxResults="many")),
}
""",
    ),
    "aws-resource-validator": (
        ["aws-resource-validator-connectcases"],
        """
from aws_resource_validator.pydantic_models.connectcases import connectcases_classes as models
about = {"RequestId": "r", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0, "HostId": "h"}
report = {
    "page": ratio(
        lambda: models.SearchCasesResponseTypeDef.model_validate({**raw_page(), "ResponseMetadata": about}), raw_page, 8
    ),
    "small": ratio(
        lambda: models.GetCaseResponseTypeDef.model_validate({**raw_small(), "tags": {}, "ResponseMetadata": about}),
        raw_small,
        60,
    ),
    "imported": imported(
        "import boto3; from aws_resource_validator.pydantic_models.connectcases import connectcases_classes"
    ),
    "operations": sum(hasattr(models, name + "RequestTypeDef") for name in METHODS.values()),
    "walked": sum(raw.can_paginate(name) for name in PAGED),
    "refuses": refuses(
        lambda: models.SearchCasesRequestTypeDef.model_validate({"domainId": "d", "maxResults": "many"})
    ),
}
""",
    ),
    "capo-connectcases": (
        [],
        """
import capo_connectcases
from capo_connectcases._services.connect_cases import ConnectCasesClient
from zapros import BaseHandler, Response
class Handler(BaseHandler):
    def handle(self, request):
        sent.append(request)
        body = page if str(request.url).endswith("cases-search") else small
        return Response(200, {"content-type": "application/json"}, content=body)
    def close(self):
        pass
credentials = capo_connectcases.Credentials(access_key="key", secret_key="secret")
peer = ConnectCasesClient(Handler(), region="us-east-1", credentials=credentials)
report = {
    "page": ratio(lambda: peer.search_cases("d"), raw_page, 8),
    "small": ratio(lambda: peer.get_case("c", "d", FIELDS), raw_small, 60),
    "imported": imported("from capo_connectcases import ConnectCasesClient"),
    "operations": sum(hasattr(peer, name) for name in METHODS),
    "walked": sum(hasattr(peer, "iter_" + name) for name in PAGED),
    "refuses": refuses(lambda: peer.search_cases("d", max_results="many")),
}
""",
    ),
    # For another service, which is why its figures are about that: a page of 100 training jobs, and one of them.
    "sagemaker-core": (
        [],
        """
import logging, os
logging.disable(logging.CRITICAL)
os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
from sagemaker.core.resources import TrainingJob
from sagemaker.core.utils.utils import SageMakerClient
JOB = {
    "TrainingJobName": "job", "TrainingJobArn": "arn:aws:sagemaker:us-east-1:123456789012:training-job/job",
    "TrainingJobStatus": "Completed", "CreationTime": 1767225600.0,
    "ModelArtifacts": {"S3ModelArtifacts": "s3://bucket/key"}, "SecondaryStatus": "Completed",
    "AlgorithmSpecification": {"TrainingInputMode": "File"},
    "ResourceConfig": {"VolumeSizeInGB": 1}, "StoppingCondition": {"MaxRuntimeInSeconds": 60},
}
LISTED = json.dumps({"TrainingJobSummaries": [
    {**{name: JOB[name] for name in ("TrainingJobArn", "TrainingJobStatus", "CreationTime")},
     "TrainingJobName": f"job-{number}"} for number in range(100)
]}).encode()
DESCRIBED = json.dumps(JOB).encode()
def answer(request):
    return LISTED if b"ListTrainingJobs" in request.headers["X-Amz-Target"] else DESCRIBED
jobs = client_of("sagemaker", answer)
inject(SageMakerClient().sagemaker_client, answer)  # the one that its resources use
sent.clear()
assert len(list(TrainingJob.get_all())) == 100
report = {
    "requests": len(sent),
    "page": ratio(lambda: list(TrainingJob.get_all()), jobs.list_training_jobs, 1, rounds=5),
    "small": ratio(
        lambda: TrainingJob.get("job"), lambda: jobs.describe_training_job(TrainingJobName="job"), 40
    ),
    "imported": imported("from sagemaker.core.resources import TrainingJob"),
    "refuses": refuses(lambda: TrainingJob.get(7)),
}
""",
    ),
}


def measure_peers() -> list[Peer]:
    """Every library's figures; of one that can't be installed or doesn't run, why."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    bodies = ENVIRONMENT / "page.json", ENVIRONMENT / "small.json"
    for file, body in zip(bodies, (page(), SMALL), strict=True):
        file.write_bytes(body)
    return [_measured(name, also, code, python, bodies) for name, (also, code) in _PEERS.items()]


def _measured(name: str, also: list[str], code: str, python: Path, bodies: tuple[Path, Path]) -> Peer:
    installed = _run([python, "-m", "pip", "install", "--quiet", f"boto3=={boto3.__version__}", name, *also])
    if installed.returncode:
        return Peer(name, problem=f"can't be installed: {_last_line(installed.stderr)}")
    versioned = f'\nreport["version"] = importlib.metadata.version("{name}")\nprint(json.dumps(report))'
    done = _run([python, "-c", _COMMON + code + versioned, *bodies])
    if done.returncode:
        return Peer(name, problem=f"doesn't run: {_last_line(done.stderr)}")
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Peer(name, **report)


def _run(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["nothing said"])[-1]


if __name__ == "__main__":
    for peer in measure_peers():
        print(peer)
