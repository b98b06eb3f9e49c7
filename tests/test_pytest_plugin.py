"""The pytest plugin is there with connectkit, costs nothing until it is used, and gives each test a simulator."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib.metadata import entry_points

import boto3
import pytest

from connectkit.simulator import Simulator

_ = boto3  # loaded here once rather than in each run

pytest_plugins = ["pytester"]

HELPERS = """
    from datetime import datetime, timezone
    import boto3
    import botocore.session
    import pytest
    from connectkit.simulator import Clock, Quotas

    def domains():
        return boto3.client("connectcases", "us-east-1").list_domains()["domains"]

    def make(name="Support"):
        return boto3.client("connectcases", "us-east-1").create_domain(name=name)
"""
ANY_TEST = """
    def test_any():
        pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Somebody's project: what its tests share is in a module, and it is strict."""
    pytester.makepyprojecttoml("""
        [tool.pytest.ini_options]
        addopts = ["--strict-markers", "--strict-config", "-p", "no:cacheprovider"]
        filterwarnings = ["error", "ignore:Boto3 will no longer support Python:Warning"]
    """)
    pytester.makepyfile(helpers=HELPERS)
    return pytester


def run(project: pytest.Pytester, source: str, *arguments: str, apart: bool = False) -> pytest.RunResult:
    """Run the tests of one module, ``apart`` in a process of its own.

    Whatever a run in this process loads is forgotten afterwards, so what makes clients should run apart: botocore and
    connectkit load much of themselves when it is needed.
    """
    # Both texts are indented, and by the same.
    project.makepyfile(test_it="\n    from helpers import *\n" + source)
    return (project.runpytest_subprocess if apart else project.runpytest_inprocess)(*arguments)


# ---- there, and light ------------------------------------------------------------------------------------------------


def test_it_is_an_entry_point() -> None:
    (found,) = entry_points(group="pytest11", name="connectkit")
    assert found.value == "connectkit.pytest_plugin"


def test_its_fixtures_and_its_marker_are_described(project: pytest.Pytester) -> None:
    fixtures = project.runpytest_inprocess("--fixtures")
    fixtures.stdout.fnmatch_lines(
        [
            "connect_simulator -- *",
            "    Amazon Connect Cases, Views and Task Templates in memory, new for each test.",
        ]
    )
    fixtures.stdout.fnmatch_lines(["connect_simulator_options -- *"])
    project.runpytest_inprocess("--markers").stdout.fnmatch_lines(["@pytest.mark.connect_simulator(*, start, seed*"])


def test_the_marker_names_every_option(project: pytest.Pytester) -> None:
    shown = project.runpytest_inprocess("--markers").stdout.str()
    signature = shown.partition("connect_simulator(*, ")[2].partition(")")[0]
    assert {*signature.split(", ")} == {"start", *inspect.signature(Simulator).parameters} - {"clock", "state_file"}


def test_importing_it_loads_pytest_and_nothing_else() -> None:
    program = "import sys, pytest\nbefore = {*sys.modules}\nimport connectkit.pytest_plugin\n"
    program += "print(*sorted({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # this Python, and a program of ours
    loaded = {name for name in done.stdout.split() if name.partition(".")[0] not in sys.stdlib_module_names}
    assert loaded == {f"connectkit{name}" for name in ("", "._collector", "._lazy", ".pytest_plugin")}


def test_a_run_that_does_not_use_it_loads_no_more(project: pytest.Pytester) -> None:
    project.makeconftest("""
        import sys

        def pytest_unconfigure():
            heavy = ("boto3", "botocore", "pydantic", "pydantic_core", "connectkit.simulator", "connectkit.models")
            print()
            print("loaded:", *[name for name in heavy if name in sys.modules])
    """)
    project.makepyfile(ANY_TEST)
    result = project.runpytest_subprocess()
    result.assert_outcomes(passed=1)
    assert [line.split() for line in result.stdout.lines if line.startswith("loaded:")] == [["loaded:"]]


def test_it_can_be_left_out(project: pytest.Pytester) -> None:
    result = run(project, "    def test_it(connect_simulator): pass", "-p", "no:connectkit")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'connect_simulator' not found"])


# ---- the simulator ---------------------------------------------------------------------------------------------------


def test_each_test_has_a_simulator_of_its_own(project: pytest.Pytester) -> None:
    source = """
    CREATE_CLIENT = botocore.session.Session.create_client

    @pytest.mark.parametrize("number", range(2))
    def test_it(connect_simulator, number):
        assert botocore.session.Session.create_client is not CREATE_CLIENT
        assert domains() == []
        make()
        assert connect_simulator.calls("CreateDomain")

    def test_the_hook_is_gone():
        assert botocore.session.Session.create_client is CREATE_CLIENT
    """
    run(project, source, apart=True).assert_outcomes(passed=3)


def test_a_test_case_of_unittest_can_use_it(project: pytest.Pytester) -> None:
    source = """
    import unittest

    class TestCases(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def _simulator(self, connect_simulator):
            self.sim = connect_simulator

        def setUp(self):
            make()

        def test_first(self):
            self.assertEqual(len(domains()), 1)

        def test_second(self):
            self.assertEqual(len(self.sim.requests), 1)

    @pytest.mark.usefixtures("connect_simulator")
    @pytest.mark.connect_simulator(quotas=Quotas(domains=0))
    class TestMarked(unittest.TestCase):
        def test_it(self):
            self.assertEqual(domains(), [])
            with self.assertRaisesRegex(Exception, "ServiceQuotaExceeded"):
                make()
    """
    run(project, source, apart=True).assert_outcomes(passed=3)


def test_it_works_in_the_processes_of_xdist(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    source = """
    @pytest.mark.parametrize("number", range(4))
    def test_it(connect_simulator, number):
        make()
        assert len(domains()) == 1
    """
    run(project, source, "-n", "2", apart=True).assert_outcomes(passed=4)


# ---- its options -----------------------------------------------------------------------------------------------------


def test_the_nearest_marker_decides_and_the_others_add_to_it(project: pytest.Pytester) -> None:
    source = """
    pytestmark = pytest.mark.connect_simulator(seed=1, region_name="eu-west-2", account_id="111122223333")
    IDS = []

    @pytest.mark.connect_simulator(seed=2)
    class TestClass:
        @pytest.mark.connect_simulator(account_id="444455556666")
        def test_all_three(self, connect_simulator):
            account, region = connect_simulator.account_id, connect_simulator.region_name
            assert (account, region) == ("444455556666", "eu-west-2")
            IDS.append(connect_simulator.instance_id)

        def test_the_class_and_the_module(self, connect_simulator):
            assert connect_simulator.account_id == "111122223333"
            IDS.append(connect_simulator.instance_id)

    def test_the_module(connect_simulator):
        assert IDS[0] == IDS[1] != connect_simulator.instance_id
    """
    run(project, source).assert_outcomes(passed=3)


def test_the_clock_can_start_at_any_time(project: pytest.Pytester) -> None:
    source = """
    START = datetime(2030, 1, 1, tzinfo=timezone.utc)

    @pytest.mark.connect_simulator(start=START)
    @pytest.mark.parametrize("number", range(2))
    def test_it(connect_simulator, number):
        assert connect_simulator.clock.now() == START
        connect_simulator.clock.advance(days=1)
    """
    run(project, source).assert_outcomes(passed=2)


def test_a_project_can_have_options_of_its_own(project: pytest.Pytester) -> None:
    project.makeconftest("""
        import pytest
        from connectkit.simulator import Clock, Quotas

        @pytest.fixture
        def connect_simulator_options():
            return {"quotas": Quotas(domains=1), "clock": Clock(live=True), "seed": 1}
    """)
    source = """
    @pytest.mark.connect_simulator(seed=2)
    def test_it(connect_simulator):
        assert connect_simulator.clock.live
        assert connect_simulator.quotas.domains == 1
        from connectkit.simulator import Simulator
        assert connect_simulator.instance_id == Simulator(seed=2).instance_id
    """
    run(project, source).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("marker", "reason"),
    [
        ("sed=1", "connect_simulator has no option sed; it has account_id, clock, delays, *"),
        ("1", "the marker connect_simulator takes keywords alone, such as seed=1; it has (1,)"),
        ("clock=Clock()", "the marker connect_simulator takes no clock*say start=*"),
        ("state_file='kept'", "the marker connect_simulator takes no state_file*in the fixture*"),
        ("start=datetime(2030, 1, 1)", "*ValueError: the clock needs a time with a zone*"),
    ],
)
def test_a_wrong_option_is_one_clear_error(project: pytest.Pytester, marker: str, reason: str) -> None:
    source = f"""
    @pytest.mark.connect_simulator({marker})
    def test_it(connect_simulator):
        pass
    """
    result = run(project, source)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([reason])


def test_a_clock_and_a_start_are_too_much(project: pytest.Pytester) -> None:
    source = """
    @pytest.fixture
    def connect_simulator_options():
        return {"clock": Clock()}

    @pytest.mark.connect_simulator(start=datetime(2030, 1, 1, tzinfo=timezone.utc))
    def test_it(connect_simulator):
        pass
    """
    result = run(project, source)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["connect_simulator has the options clock and start; *"])
