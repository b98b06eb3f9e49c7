"""The pytest plugin: ``connect_simulator`` is there as soon as connectkit is installed.

pytest imports this module each time it starts, in every project whose environment has connectkit. So it loads nothing
until a test asks for the simulator. ``-p no:connectkit`` leaves it out.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

__all__ = ["connect_simulator", "connect_simulator_options", "pytest_configure"]

_MARKER = "connect_simulator"
# What a marker can't say, since it is made once for many tests.
_LASTING = ("clock", "state_file")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(*, start, seed, quotas, delays, region_name, account_id, with_instance): options of the "
        "simulator in the fixture of this name; those of a test go before those of its class, and these before those "
        "of its module",
    )


@pytest.fixture
def connect_simulator_options() -> Mapping[str, Any]:
    """The options that connect_simulator begins with: none, until a conftest.py, a module or a class overrides this.

    They are those of :class:`connectkit.simulator.Simulator`, by name, and ``start``: when its clock begins, as a
    datetime with a time zone. The marker ``connect_simulator`` takes the same and goes before.
    """
    return {}


@pytest.fixture
def connect_simulator(
    request: pytest.FixtureRequest, connect_simulator_options: Mapping[str, Any]
) -> Iterator[Simulator]:
    """Amazon Connect Cases, Views and Task Templates in memory, new for each test.

    It answers every ``connectcases`` and ``connect`` client that is made during the test, by the test itself or by
    what it calls, and needs neither network nor credentials. The value is its
    :class:`connectkit.simulator.Simulator`.
    """
    from connectkit.simulator import Clock, Simulator, simulate

    options = {**connect_simulator_options, **_marked_options(request.node)}
    known = {"start", *inspect.signature(Simulator).parameters}
    if unknown := sorted(options.keys() - known):
        _refuse(f"connect_simulator has no option {', '.join(unknown)}; it has {', '.join(sorted(known))}")
    if "start" in options:
        if "clock" in options:
            _refuse("connect_simulator has the options clock and start; a clock has a start of its own")
        options["clock"] = Clock(options.pop("start"))
    with simulate(**options) as simulator:
        yield simulator


def _marked_options(item: pytest.Item) -> dict[str, Any]:
    """Give the options of a test's markers, the nearest last."""
    options: dict[str, Any] = {}
    for marker in reversed(list(item.iter_markers(_MARKER))):
        if marker.args:
            _refuse(f"the marker {_MARKER} takes keywords alone, such as seed=1; it has {marker.args!r}")
        if lasting := next((name for name in _LASTING if name in marker.kwargs), None):
            _refuse(
                f"the marker {_MARKER} takes no {lasting}, which would go on from one test to the next: give it in the "
                "fixture connect_simulator_options, or say start=... for when the clock begins"
            )
        options.update(marker.kwargs)
    return options


def _refuse(reason: str) -> NoReturn:
    pytest.fail(reason, pytrace=False)
