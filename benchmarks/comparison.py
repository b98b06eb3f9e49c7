"""The table that sets connectkit beside what people use today, with the figures of one run.

What is measured comes from the benchmarks; what a library is made for, and what no run can tell, stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import botocore.session

from benchmarks.answers import injected, page, session
from benchmarks.peers import Peer
from connectkit import ConnectKit, ConnectKitError
from connectkit.models import connectcases as cases
from connectkit.models._operation import PagedRequest

__all__ = ["Own", "comparison", "own_column"]

_COLUMNS = ["boto3", "aws-resource-validator", "capo-connectcases", "sagemaker-core"]
_TITLES = {
    "boto3": "boto3 with stubs",
    "aws-resource-validator": "aws-resource-validator",
    "capo-connectcases": "capo",
    "sagemaker-core": "sagemaker-core",
}
_STATED = [
    (
        "made for",
        ["all of AWS", "all of AWS", "AWS, a package for each service", "SageMaker", "Cases, Views, Task Templates"],
    ),
    (
        "an answer is",
        [
            "a dictionary, typed",
            "a pydantic model",
            "a dictionary, typed",
            "a resource",
            "a pydantic model or a resource",
        ],
    ),
    ("asyncio", ["no", "no", "yes", "no", "no"]),
    ("case fields by name, as plain values", ["no", "no", "no", "n/a", "yes"]),
    ("filters composed in Python", ["no", "no", "no", "n/a", "yes"]),
    ("a Cases service to test against", ["no", "no", "no", "n/a", "yes"]),
]


class Own(NamedTuple):
    """What connectkit takes, as ratios to boto3, and what it does."""

    page: float
    facade_page: float
    small: float
    imported: float
    operations: int
    walked: int
    refuses: bool


def own_column(ratios: Mapping[str, float]) -> Own:
    """What there is to say of connectkit, beside the ratios that the benchmarks found."""
    requests = [getattr(cases, f"{operation}Request") for operation in _operations()]
    return Own(
        page=ratios["page"],
        facade_page=ratios["facade page"],
        small=ratios["small"],
        imported=ratios["import"],
        operations=len(requests),
        walked=sum(issubclass(request, PagedRequest) for request in requests),
        refuses=_refuses(),
    )


def comparison(peers: Sequence[Peer], own: Own) -> str:
    """The table in Markdown. Fails if a library wasn't measured: a table with holes would be no comparison."""
    missing = [f"{peer.name}: {peer.problem}" for peer in peers if peer.problem]
    if missing:
        raise RuntimeError("there can be no table without " + "; ".join(missing))
    by_name = {peer.name: peer for peer in peers}
    columns = [by_name[name] for name in _COLUMNS]
    rows = [
        *_STATED,
        (
            f"Cases operations, of {len(_operations())}",
            [*("n/a" if peer.operations is None else str(peer.operations) for peer in columns), str(own.operations)],
        ),
        (
            f"pages walked, of the {sum(_operations().values())} Cases operations that have some",
            [*("n/a" if peer.walked is None else str(peer.walked) for peer in columns), str(own.walked)],
        ),
        (
            "a value of the wrong type is refused before the network",
            ["yes" if refuses else "no" for refuses in (*(peer.refuses for peer in columns), own.refuses)],
        ),
        ("CPU time of a page of 100", [*map(_page, columns), f"{own.page:.2f}x; facade {own.facade_page:.2f}x"]),
        ("CPU time of a call for one thing", [*(_times(peer.small) for peer in columns), _times(own.small)]),
        ("CPU time of the import", [*(_times(peer.imported) for peer in columns), _times(own.imported)]),
    ]
    heads = ["", *(f"{_TITLES[peer.name]} {peer.version}" for peer in columns), "**connectkit**"]
    lines = [heads, ["---"] * len(heads), *([what, *cells] for what, cells in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _operations() -> dict[str, bool]:
    """The Cases operations by botocore's model, and whether each takes a token for the next page."""
    service = botocore.session.get_session().get_service_model("connectcases")
    shapes = {name: service.operation_model(name).input_shape for name in service.operation_names}
    return {name: shape is not None and "nextToken" in shape.members for name, shape in shapes.items()}


def _refuses() -> bool:
    """Is a page size of the wrong type refused without a request?"""
    kit, sent = ConnectKit(session()), [0]

    def answer() -> bytes:
        sent[0] += 1
        return page()

    injected(kit.connectcases, answer)
    try:
        kit.send(cases.SearchCasesRequest(domain_id="d", max_results=cast("Any", "many")))
    except (ConnectKitError, ValueError):
        return not sent[0]
    return False


def _times(ratio: float | None) -> str:
    return "1x" if ratio is None else f"{ratio:.2f}x"


def _page(peer: Peer) -> str:
    return _times(peer.page) + (f", {peer.requests} requests" if peer.requests > 1 else "")
