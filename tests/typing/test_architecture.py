"""Which way things depend, read from the imports; and what `import connectkit` loads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import grimp
import pytest

from .checkers import ROOT, environment

MODELS, TRANSPORT, SIMULATOR = "connectkit.models", "connectkit._transport", "connectkit.simulator"
PLUGIN = "connectkit.pytest_plugin"
RESOURCES = "connectkit.resources"
# By what their modules are called; whatever of these is loaded came with the import under test.
THIRD_PARTY = {
    *("boto3", "botocore", "moto", "mypy_boto3_connect", "mypy_boto3_connectcases"),
    *("pydantic", "pydantic_core", "annotated_types", "typing_inspection"),
    *("tenacity", "codegen", "tests"),
}
BY_HAND = tuple(f"{MODELS}.{name}" for name in ("_declare", "_base", "_operation"))


@pytest.fixture(scope="module")
def at_run_time() -> grimp.ImportGraph:
    return grimp.build_graph(
        "connectkit", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


@pytest.fixture(scope="module")
def ever() -> grimp.ImportGraph:
    """With what only type checkers import."""
    return grimp.build_graph("connectkit", include_external_packages=True, cache_dir=None)


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def imports(graph: grimp.ImportGraph, package: str) -> Iterator[tuple[str, str]]:
    """Each import that leaves ``package``, as who and what."""
    for importer in sorted(graph.modules):
        if inside(importer, package):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not inside(imported, package):
                    yield importer, imported


def ours(graph: grimp.ImportGraph, package: str) -> set[str]:
    """What ``package`` imports of connectkit outside itself."""
    return {imported for _, imported in imports(graph, package) if inside(imported, "connectkit")}


def test_models_know_nothing_of_the_rest(ever: grimp.ImportGraph) -> None:
    assert ours(ever, MODELS) == {"connectkit._lazy"}


def test_generated_models_know_the_base_and_their_own_service_only(ever: grimp.ImportGraph) -> None:
    for service in (f"{MODELS}.connect", f"{MODELS}.connectcases"):
        assert ours(ever, service) == {"connectkit._lazy", *BY_HAND}


def test_models_written_by_hand_stand_on_each_other_in_one_direction(ever: grimp.ImportGraph) -> None:
    declare, base, operation = BY_HAND
    assert [ours(ever, module) for module in BY_HAND] == [set(), {declare}, {base}]
    assert operation.endswith("_operation")


def test_the_transport_looks_down_only(ever: grimp.ImportGraph, at_run_time: grimp.ImportGraph) -> None:
    below = {f"{MODELS}._operation", f"{MODELS}._versions", "connectkit.errors", "connectkit._collector"}
    assert ours(at_run_time, TRANSPORT) == below
    # The policy is handed in: its type is all that the transport knows of it.
    assert ours(ever, TRANSPORT) == {*below, "connectkit.retry"}


@pytest.mark.parametrize("module", ["connectkit.errors", "connectkit.retry", "connectkit._collector"])
def test_errors_and_retries_stand_alone(ever: grimp.ImportGraph, module: str) -> None:
    assert ours(ever, module) == set()


def test_loading_lazily_needs_the_collector_to_rest(ever: grimp.ImportGraph) -> None:
    assert ours(ever, "connectkit._lazy") == {"connectkit._collector"}


def test_pages_know_models_and_errors_only(ever: grimp.ImportGraph) -> None:
    assert ours(ever, "connectkit.pagination") == {f"{MODELS}._operation", "connectkit.errors"}


def test_values_know_errors_only(ever: grimp.ImportGraph) -> None:
    assert ours(ever, "connectkit.values") == {"connectkit.errors"}


def test_events_stand_on_values_and_errors(ever: grimp.ImportGraph) -> None:
    """They are read in Lambdas that need nothing else, where every import is a part of the cold start."""
    assert ours(ever, "connectkit.events") == {"connectkit.values", "connectkit.errors", "connectkit._performed_by"}


def test_filters_know_values_errors_and_the_models_of_cases_only(ever: grimp.ImportGraph) -> None:
    assert ours(ever, "connectkit.filters") == {"connectkit.errors", "connectkit.values", f"{MODELS}.connectcases"}


def test_definitions_of_task_templates_know_values_and_errors_only(ever: grimp.ImportGraph) -> None:
    assert ours(ever, "connectkit.task_definitions") == {"connectkit.errors", "connectkit.values"}


def test_facades_stand_on_what_calls_and_on_what_is_pure(at_run_time: grimp.ImportGraph) -> None:
    models = {one for one in at_run_time.modules if inside(one, MODELS)}
    pure = {
        one
        for one in at_run_time.modules
        for room in ("filters", "task_definitions")
        if inside(one, f"connectkit.{room}")
    }
    calls = {"connectkit.pagination", "connectkit.errors", "connectkit.values", "connectkit._performed_by"}
    assert ours(at_run_time, RESOURCES) <= models | pure | calls


def test_the_rooms_of_the_facades_open_in_one_direction(at_run_time: grimp.ImportGraph) -> None:
    """What hangs on a case knows nothing of it, and what is set up in a domain knows nothing of cases."""
    rooms: dict[str, set[str]] = {"cases": {"related_items"}}
    rooms |= {room: set() for room in ("setup", "related_items", "views", "task_templates")}
    for room, others in rooms.items():
        known = {
            one.removeprefix(f"{RESOURCES}.").partition(".")[0]
            for one in ours(at_run_time, f"{RESOURCES}.{room}")
            if inside(one, RESOURCES)
        }
        assert known & {*rooms, "domains", "instances"} == others, room


def test_nothing_but_the_package_itself_looks_up_to_the_client(ever: grimp.ImportGraph) -> None:
    assert ever.find_modules_that_directly_import("connectkit.client") == {"connectkit"}
    assert ever.find_modules_that_directly_import("connectkit") == set()
    assert SIMULATOR not in {imported.rpartition(".")[0] for imported in ours(ever, "connectkit.client")}


def test_the_simulator_shares_nothing_with_what_it_checks(ever: grimp.ImportGraph) -> None:
    assert ours(ever, SIMULATOR) == set()
    everyone = (
        (importer, imported)
        for importer in ever.modules
        for imported in ever.find_modules_directly_imported_by(importer)
    )
    users = {
        importer for importer, imported in everyone if inside(imported, SIMULATOR) and not inside(importer, SIMULATOR)
    }
    assert users == {PLUGIN}


def test_moto_has_one_home(ever: grimp.ImportGraph) -> None:
    assert ever.find_modules_that_directly_import("moto") == {f"{SIMULATOR}.moto._seams"}
    users = {
        importer
        for module in ever.modules
        if inside(module, f"{SIMULATOR}.moto")
        for importer in ever.find_modules_that_directly_import(module)
    }
    assert all(inside(user, f"{SIMULATOR}.moto") for user in users)


def test_pytest_is_known_to_the_plugin_alone(ever: grimp.ImportGraph) -> None:
    assert ever.find_modules_that_directly_import("pytest") == {PLUGIN}
    assert ours(ever, PLUGIN) == {SIMULATOR}


def test_what_generates_the_models_and_what_tests_them_is_not_needed_to_use_them(ever: grimp.ImportGraph) -> None:
    used = {imported for importer, imported in imports(ever, "connectkit") if importer != PLUGIN}
    assert not used & {"codegen", "tests", "examples", "benchmarks", "grimp", "pytest", "hypothesis"}


def test_only_what_is_a_dependency_is_imported(at_run_time: grimp.ImportGraph) -> None:
    used = {imported for _, imported in imports(at_run_time, "connectkit")} - set(sys.stdlib_module_names)
    # The last two are there whenever their modules are loaded: an extra, and what loads the plugin.
    dependencies = {"boto3", "botocore", "pydantic", "pydantic_core", "tenacity", "typing_extensions"}
    assert used <= {*dependencies, "moto", "pytest"}


def test_no_modules_import_each_other_in_a_circle(at_run_time: grimp.ImportGraph) -> None:
    circles: list[tuple[str, ...]] = []
    for module in sorted(module for module in at_run_time.modules if inside(module, "connectkit")):
        for imported in at_run_time.find_modules_directly_imported_by(module):
            back = at_run_time.find_shortest_chain(imported, module)
            if back:
                circles.append((module, *back))
    assert circles == []


def test_tenacity_has_one_home(ever: grimp.ImportGraph) -> None:
    assert ever.find_modules_that_directly_import("tenacity") == {"connectkit.retry"}


def test_boto3_is_spoken_to_in_the_transport_alone(at_run_time: grimp.ImportGraph) -> None:
    for package, also in (("boto3", set[str]()), ("botocore", {f"{MODELS}._declare"})):
        users = at_run_time.find_modules_that_directly_import(package)
        beyond = {user for user in users if not inside(user, TRANSPORT) and not inside(user, SIMULATOR)}
        assert beyond == also


def modules_after(code: str) -> set[str]:
    """The modules that a new process has loaded after ``code``."""
    report = "\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", code + report], env=environment(), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def loaded_by(code: str) -> set[str]:
    """The third-party packages among them."""
    return {name.partition(".")[0] for name in modules_after(code)} & THIRD_PARTY


@pytest.mark.parametrize(
    "code",
    [
        "import connectkit",
        "from connectkit import ConnectKitError, Fault, NotFoundError, RetryPolicy",
        "from connectkit.models import connect, connectcases",
        "import connectkit; dir(connectkit)",
        "from connectkit.events import parse_event, process_records",
        "from connectkit import F; repr(F.status.eq('open') & ~F.tag('team').eq('legal'))",
        "import connectkit.filters, connectkit.values",
        "from connectkit.task_definitions import NameField, TaskTemplateDefinition",
    ],
)
def test_importing_loads_no_dependency(code: str) -> None:
    assert loaded_by(code) == set()


def test_models_load_pydantic_and_not_boto3() -> None:
    loaded = loaded_by("from connectkit.models.connectcases import GetCaseRequest")
    assert (
        {"pydantic", "pydantic_core"} <= loaded <= {"pydantic", "pydantic_core", "annotated_types", "typing_inspection"}
    )


def test_one_request_loads_one_module_and_what_it_is_made_of() -> None:
    code = "from connectkit.models import connectcases as cases; cases.GetDomainRequest"
    home = f"{MODELS}."
    loaded = {name.removeprefix(home) for name in modules_after(code) if name.startswith(home)}
    assert loaded == {"_base", "_declare", "_operation", "connectcases", "connectcases.domains"}


def test_making_a_kit_loads_no_boto3_until_it_is_needed() -> None:
    assert not {"boto3", "tenacity"} & loaded_by("import connectkit; connectkit.ConnectKit(region_name='us-east-1')")


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "connectkit" / "py.typed").is_file()
