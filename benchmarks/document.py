"""What the documentation says of the figures: ``docs/benchmarks.md``, and the README's table."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

__all__ = ["NOTES", "Row", "SimulatorRow", "document", "machine", "put_between_markers"]

_BEGIN, _END = "<!-- comparison: begin -->", "<!-- comparison: end -->"

NOTES = """\
Stubs are not loaded at run time, so boto3 with them costs what boto3 costs. aws-resource-validator validates what boto3
answered, and its pages are walked with boto3's paginators. capo has an HTTP stack of its own and does without botocore.
sagemaker-core is there for its style, resource classes generated over boto3, and its figures are for SageMaker: of 100
training jobs that it lists it reads each again. The facade's figure for a page is for one value of each case looked at;
connectkit's import loads no dependency, and the first call does."""


class Row(NamedTuple):
    """A line of the table of ratios to boto3."""

    what: str
    ours: str
    boto3: str
    ratio: str
    asked: str
    verdict: str


class SimulatorRow(NamedTuple):
    """A line of the simulator's table."""

    what: str
    simulator: str
    beside: str
    asked: str
    verdict: str


def machine() -> str:
    """What the figures were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("boto3", "pydantic"))
    return f"Python {platform.python_version()}, {packages}, {os.cpu_count()} CPUs ({_processor()})"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.machine()


def put_between_markers(file: Path, table: str) -> None:
    """Write the comparison where a Markdown file has its markers."""
    text = file.read_text(encoding="utf-8")
    found = re.search(f"{_BEGIN}\n.*{_END}", text, re.DOTALL)
    if not found:
        raise ValueError(f"{file} has no lines {_BEGIN} and {_END} for the table to stand between")
    file.write_text(f"{text[: found.start()]}{_BEGIN}\n{table}\n{_END}{text[found.end() :]}", encoding="utf-8")


def document(rows: list[Row], simulated: list[SimulatorRow], comparison: str) -> str:
    """The page of the documentation, with the figures of one run."""
    header = "| what | typed | boto3 | ratio | asked for |\n|---|---|---|---|---|"
    body = "\n".join(f"| {r.what} | {r.ours} | {r.boto3} | {r.ratio} | {r.asked} |" for r in rows)
    simulator_header = "| what | simulator | beside it | asked for |\n|---|---|---|---|"
    simulator_body = "\n".join(f"| {r.what} | {r.simulator} | {r.beside} | {r.asked} |" for r in simulated)
    return f"""# What it costs

`make bench` measures connectkit against raw boto3 in the same run: CPU time, medians, the two in turn, answers handed
to both at botocore's `before-send` event, so that all is as ever but the socket. Machines differ; the ratios hardly do.
This is one run on {machine()}.

{header}
{body}

Why a large page is quicker typed than untyped: botocore spends most of such a call in its own JSON parser. connectkit
takes the bytes before that and has pydantic's decoder make the models. A small call costs what boto3 costs, for boto3
makes it; the check of a request takes the place of botocore's own. The first call in a process pays for importing
pydantic.

Ratios of imports move by a tenth from run to run on a shared machine: importing every model has been seen between 1.06
and 1.23 here, so it is at its limit rather than safely under it. Importing pydantic is more than half of it.

## Beside other libraries

Each was measured with its newest version against boto3 in the same process, with the same answers from the same place,
in the same run as the table above: `make bench`. 0.5x is half the CPU time that boto3 takes for the same.

{comparison}

{NOTES}

## The simulator

CPU time and medians here too. Where a row doesn't say otherwise, the figure is that of `Simulator.handle`:
from the bytes of a request to the bytes of its answer. Beside it is what the same takes through boto3, which spends
most of it reading the JSON. A page has 100 cases with 15 fields each, and the cases were made with CreateCase.

{simulator_header}
{simulator_body}

What a search found is kept in order and follows what is written meanwhile, so a later page costs the page alone, and a
write in between costs looking for two places in a sorted list. The first page goes through all cases, one column of
values after the other. What moves these figures most is Python's garbage collector: with 100,000 cases in memory a full
collection takes more than half a second, whoever's objects set it off. Those are in the sums, not in the medians.
"""
