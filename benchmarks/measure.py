"""Timing tools: CPU time as a rule, medians, and the two sides in turn, so that a machine's moods hit both."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Pair", "compare_calls", "compare_processes", "compare_wall_clock"]


@dataclass(frozen=True)
class Pair:
    """Two medians of time, in milliseconds."""

    ours: float
    boto3: float
    ratio: float
    """Median of the ratios round by round, which holds when the machine's speed drifts."""


def compare_calls(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int, calls: int) -> Pair:
    """Time two functions in turn: ``rounds`` rounds of ``calls`` calls each, after one round that doesn't count."""
    times: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        gc.collect()  # each round begins with a clean slate, and pays for what it leaves behind
        round_ = (_cpu_per_call(ours, calls), _cpu_per_call(theirs, calls))
        if number:
            times.append(round_)
    return _pair(times)


def compare_wall_clock(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int) -> Pair:
    """Time two functions in turn by the clock on the wall, for what is about waiting."""
    return _pair([(_wall(ours), _wall(theirs)) for _ in range(rounds)])


def _wall(function: Callable[[], object]) -> float:
    begun = time.perf_counter()
    function()
    return (time.perf_counter() - begun) * 1000


def _cpu_per_call(function: Callable[[], object], calls: int) -> float:
    begun = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - begun) * 1000 / calls


def compare_processes(ours: str, theirs: str, *, rounds: int, python: str = sys.executable) -> Pair:
    """Time two pieces of code in turn, each run in an interpreter of its own; starting that isn't counted."""
    times = [(_cpu_in_process(ours, python), _cpu_in_process(theirs, python)) for _ in range(rounds + 1)]
    return _pair(times[1:])


_TIMED = """
import time
begun = time.process_time()
{code}
print((time.process_time() - begun) * 1000)
"""


def _cpu_in_process(code: str, python: str) -> float:
    # A machine may forbid writing bytecode; what is measured has it all the same, for users do.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [python, "-c", _TIMED.format(code=code)], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise RuntimeError(f"what should be timed fails:\n{code}\n{done.stderr}")
    return float(done.stdout.split()[-1])


def _pair(times: list[tuple[float, float]]) -> Pair:
    return Pair(
        ours=statistics.median(ours for ours, _ in times),
        boto3=statistics.median(theirs for _, theirs in times),
        ratio=statistics.median(ours / theirs for ours, theirs in times),
    )
