"""``python -m benchmarks``: measure, print what was found, and with ``--check`` hold the limits."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import calls, imports, simulator
from benchmarks.comparison import comparison, own_column
from benchmarks.document import Row, SimulatorRow, document, machine, put_between_markers
from benchmarks.measure import Pair
from benchmarks.peers import measure_peers

_TRIES = 3
_MEMORY_LIMIT = 5.0
_FEW, _MANY = 100, 2000
_ROOT = Path(__file__).parents[1]


class _Benchmark(NamedTuple):
    what: str
    measure: Callable[[], Pair]
    limit: float | None


_BENCHMARKS = {
    "page": _Benchmark("SearchCases page, 100 cases of 25 fields, through `send`", calls.large_page, 0.45),
    "page read": _Benchmark("the same, every value looked at", calls.large_page_read, None),
    "facade page": _Benchmark(
        'the page through `domain.cases.search`, `case["Priority"]` of each', calls.facade_page, 0.30
    ),
    "facade page read": _Benchmark("the same, every value looked at by name", calls.facade_page_read, None),
    "prefetched": _Benchmark(
        "50 pages of 50 ms each with 30 ms of work, fetched ahead, wall time (against one by one)",
        calls.prefetched_pages,
        0.70,
    ),
    "small": _Benchmark("small call: GetCase, 3 fields", calls.small_call, 1.15),
    "import": _Benchmark("`import connectkit` (against `import boto3`)", imports.the_package, 0.15),
    "one request": _Benchmark("one request of each service (against `import boto3`)", imports.one_request_each, 0.8),
    "every model": _Benchmark("every model of both services (against `import boto3`)", imports.every_model, 1.1),
    "first call": _Benchmark("first call in a new process", imports.first_call, 1.45),
}


def main() -> int:
    """Run the benchmarks; returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when a limit is missed, three times running")
    parser.add_argument(
        "--slack",
        type=float,
        default=0.0,
        metavar="PART",
        help="how far past a limit --check lets it go, 0.2 for a fifth",
    )
    parser.add_argument("--long", action="store_true", help="read every page of 100,000 cases through boto3 as well")
    parser.add_argument("--peers", action="store_true", help="install other libraries and compare with them")
    parser.add_argument(
        "--write", action="store_true", help="put the figures into docs/benchmarks.md and the README; with --peers"
    )
    arguments = parser.parse_args()
    if arguments.write and not arguments.peers:
        parser.error("--write needs --peers: the README's table is one of the two that it writes")

    print(f"{machine()}\nCPU time, medians; a ratio is ours to boto3's in the same run.\n", flush=True)
    rows, ratios, missed = _measured(1 + arguments.slack)
    print(_table([Row("what", "typed", "boto3", "ratio", "asked", ""), *rows]), end="\n\n", flush=True)
    table = ""
    if arguments.peers:
        table = comparison(measure_peers(), own_column(ratios))
        print(table, end="\n\n", flush=True)
    simulated, missed_too = _simulated(1 + arguments.slack, pages_through_boto3=_MANY if arguments.long else _FEW)
    print(_table([SimulatorRow("what", "simulator", "beside it", "asked", ""), *simulated]))
    if arguments.write:
        (_ROOT / "docs" / "benchmarks.md").write_text(document(rows, simulated, table), encoding="utf-8")
        put_between_markers(_ROOT / "README.md", table)
    for what in (*missed, *missed_too):
        print(f"missed: {what}", file=sys.stderr)
    return 1 if (missed or missed_too) and arguments.check else 0


def _measured(slack: float) -> tuple[list[Row], dict[str, float], list[str]]:
    """A row and a ratio for each benchmark, and what went past its limit."""
    rows: list[Row] = []
    ratios: dict[str, float] = {}
    missed: list[str] = []
    for name, (what, measure, limit) in _BENCHMARKS.items():
        pair = _best_of(measure, limit)
        ratios[name] = pair.ratio
        asked = verdict = ""
        if limit is not None:
            asked, verdict = f"≤ {limit:.2f}", "ok" if pair.ratio <= limit else "NOT"
            if pair.ratio > limit * slack:
                missed.append(f"{what}: {pair.ratio:.2f}, asked for {limit}")
        rows.append(Row(what, f"{pair.ours:.1f} ms", f"{pair.boto3:.1f} ms", f"{pair.ratio:.2f}", asked, verdict))
    grown = calls.memory_while_streaming()
    kept = abs(grown) <= _MEMORY_LIMIT
    asked = f"±{_MEMORY_LIMIT:.0f} MB"
    if not kept:
        missed.append(f"memory: {grown:+.1f} MB, asked for {asked}")
    what = "memory while 100,000 cases stream by"
    rows.append(Row(what, f"{grown:+.1f} MB", "", "", asked, "ok" if kept else "NOT"))
    return rows, ratios, missed


def _simulated(slack: float, *, pages_through_boto3: int) -> tuple[list[SimulatorRow], list[str]]:
    rows: list[SimulatorRow] = []
    missed: list[str] = []
    for what, measure, limit, asked in simulator.benchmarks(pages_through_boto3=pages_through_boto3):
        figure = measure()
        for _ in range(_TRIES - 1):
            if limit is None or figure.value <= limit:
                break
            figure = min(figure, measure(), key=lambda one: one.value)
        if limit is not None and figure.value > limit * slack:
            missed.append(f"simulator, {what}: {figure.text} ({figure.beside}), asked for {asked}")
        verdict = "" if limit is None else ("ok" if figure.value <= limit else "NOT")
        rows.append(SimulatorRow(what, figure.text, figure.beside, asked, verdict))
    return rows, missed


def _best_of(measure: Callable[[], Pair], limit: float | None) -> Pair:
    """Measure once, and again only where a limit is missed: a busy neighbour is no regression."""
    pair = measure()
    for _ in range(_TRIES - 1):
        if limit is None or pair.ratio <= limit:
            break
        pair = min(pair, measure(), key=lambda one: one.ratio)
    return pair


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    cells = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in cells)


if __name__ == "__main__":
    sys.exit(main())
