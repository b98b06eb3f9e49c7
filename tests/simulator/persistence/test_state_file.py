"""A state in a file is there again after a restart, and a file that is no such thing is left as it is."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectkit.simulator import Clock, HttpRequest, Simulator, StateFileError, simulate
from tests.simulator.helpers import START, DomainFixture, make_client, refused, text

from .conftest import Restarts

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "seed.json"


def rows(path: Path, query: str) -> list[Any]:
    """Ask a state file that is not in use."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def change(path: Path, *statements: str) -> None:
    """Change a state file that is not in use, past all rules."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


# ---- what is there again -----------------------------------------------------------------------------------------


def test_everything_is_there_after_a_restart(restart: Restarts) -> None:
    sim = restart()
    ids = sim.load_seed(EXAMPLE)
    cases, domain = restart.client(), ids["domains"]["Support"]
    cases.update_case(domainId=domain["id"], caseId=domain["cases"][0], fields=[text("title", "Parcel found")])
    cases.delete_layout(domainId=domain["id"], layoutId=domain["layouts"]["Refund"])
    restart.client("connect", "eu-west-1").list_instances()
    before, instance_id = sim.dump(), sim.instance_id
    sim = restart()
    assert sim.dump() == before
    assert sim.instance_id == instance_id
    cases = restart.client()
    found = cases.search_cases(domainId=domain["id"], searchTerm="found", fields=[{"id": "title"}])
    assert [case["fields"][0]["value"]["stringValue"] for case in found["cases"]] == ["Parcel found"]
    history = cases.get_case_audit_events(domainId=domain["id"], caseId=domain["cases"][0])["auditEvents"]
    assert {event["type"] for event in history} >= {"Case.Created", "Case.Updated", "RelatedItem.Created"}


def test_it_goes_on_where_it_was(restart: Restarts) -> None:
    restart()
    domain = DomainFixture(restart.client())
    first = domain.case("First")
    restart()
    domain.client = restart.client()
    second = domain.case("Second")
    domain.update(first, text("title", "First of all"))
    restart()
    domain.client = restart.client()
    assert domain.values(first, "title") == {"title": "First of all"}
    assert domain.values(second, "title") == {"title": "Second"}
    with refused("ConflictException"):
        domain.client.create_domain(name="Support")


def test_page_tokens_still_mean_what_they_meant(restart: Restarts) -> None:
    restart()
    domain = DomainFixture(restart.client())
    for number in range(3):
        domain.case(f"Case {number}")
    query: dict[str, Any] = {"domainId": domain.id, "maxResults": 2, "fields": [{"id": "title"}]}
    token = domain.client.search_cases(**query)["nextToken"]
    restart()
    (case,) = restart.client().search_cases(**query, nextToken=token)["cases"]
    assert case["fields"][0]["value"]["stringValue"] == "Case 0"


def test_client_tokens_still_give_their_first_answer(restart: Restarts) -> None:
    restart()
    domain = DomainFixture(restart.client())
    case_id = domain.case("Once", clientToken="t-1")
    restart()
    domain.client = restart.client()
    assert domain.case("Once", clientToken="t-1") == case_id


def test_no_identifier_comes_twice_although_they_are_the_same_in_every_run(tmp_path: Path) -> None:
    runs: list[list[str]] = []
    for run in ("one", "two"):
        made: list[str] = []
        for start in range(3):
            with simulate(seed=1, clock=Clock(START), state_file=tmp_path / run):
                made.append(make_client("connectcases").create_domain(name=f"Start {start}")["domainId"])
        runs.append(made)
    assert len(set(runs[0])) == 3
    assert runs[0] == runs[1]


def test_the_order_of_creation_goes_on(restart: Restarts) -> None:
    restart()
    domain = DomainFixture(restart.client())
    field_id = domain.select("Priority", "low", "high")
    for value in ("higher", "highest"):
        restart()
        domain.client = restart.client()
        domain.put_options(field_id, **{value: True})
    query: dict[str, Any] = {"domainId": domain.id, "fieldId": field_id, "maxResults": 1}
    found: list[str] = []
    token: dict[str, str] = {}
    for _ in range(4):
        page = domain.client.list_field_options(**query, **token)
        found += [option["value"] for option in page["options"]]
        token = {"nextToken": page["nextToken"]} if "nextToken" in page else {}
    assert found == ["low", "high", "higher", "highest"]


def test_records_keep_their_places_although_one_was_changed(restart: Restarts) -> None:
    restart()
    cases = restart.client()
    domain = DomainFixture(cases)
    first = domain.field("First")
    domain.field("Second")
    cases.update_field(domainId=domain.id, fieldId=first, name="Still first")
    restart()
    names = [field["name"] for field in restart.client().list_fields(domainId=domain.id)["fields"]]
    assert names[-2:] == ["Still first", "Second"]


# ---- time --------------------------------------------------------------------------------------------------------


def test_a_clock_that_stands_still_stands_where_it_stood(restart: Restarts) -> None:
    sim = restart()
    sim.clock.advance(days=3)
    restart.client().create_domain(name="Support")
    before = sim.clock.now()
    assert restart(clock=Clock(START)).clock.now() == before


def test_closing_keeps_the_time_and_so_does_asking_for_it(restart: Restarts, tmp_path: Path) -> None:
    restart().clock.advance(days=1)
    assert restart().clock.now() == START + timedelta(days=1)
    restart.sim.clock.advance(days=1)
    restart.sim.save_time()
    # As a kill leaves it.
    copy = tmp_path / "copy.db"
    copy.write_bytes(restart.path.read_bytes())
    Path(f"{copy}-wal").write_bytes(Path(f"{restart.path}-wal").read_bytes())
    with closing(Simulator(clock=Clock(START), state_file=copy)) as sim:
        assert sim.clock.now() == START + timedelta(days=2)


def test_a_clock_that_goes_on_has_gone_on_meanwhile(restart: Restarts) -> None:
    sim = restart(clock=Clock(live=True))
    sim.clock.advance(days=365)
    before = sim.clock.now()
    restart.end()
    # The real time of the last change, an hour earlier.
    times = json.loads(rows(restart.path, "SELECT value FROM facts WHERE name = 'time'")[0][0])
    times["real"] = (datetime.fromisoformat(times["real"]) - timedelta(hours=1)).isoformat()
    with closing(sqlite3.connect(restart.path)) as connection, connection:
        connection.execute("UPDATE facts SET value = ? WHERE name = 'time'", [json.dumps(times)])
    after = restart(clock=Clock(live=True)).clock.now()
    assert timedelta(minutes=59) < after - before < timedelta(minutes=62)


# ---- what is not there any more ----------------------------------------------------------------------------------


def test_what_a_domain_or_an_instance_held_goes_with_it(restart: Restarts) -> None:
    sim = restart()
    ids = sim.load_seed(EXAMPLE)
    sim.add_contact("c", instance_id="second-instance")
    restart.client().delete_domain(domainId=ids["domains"]["Support"]["id"])
    sim.remove_instance("second-instance")
    before = sim.dump()
    restart.end()
    owners = {owner for (owner,) in rows(restart.path, "SELECT DISTINCT owner FROM records")}
    assert owners == {"", sim.instance_id}
    assert restart().dump() == before


def test_a_reset_lasts(restart: Restarts) -> None:
    sim = restart()
    sim.load_seed(EXAMPLE)
    sim.reset()
    sim = restart()
    assert sim.is_empty
    instances = restart.client("connect").list_instances()["InstanceSummaryList"]
    assert [instance["Id"] for instance in instances] == [sim.instance_id]


def test_an_instance_that_was_removed_does_not_come_back(restart: Restarts) -> None:
    sim = restart()
    sim.remove_instance(sim.instance_id)
    restart()
    assert restart.client("connect").list_instances()["InstanceSummaryList"] == []


def test_a_request_that_failed_is_not_in_the_file(restart: Restarts) -> None:
    sim = restart()
    domain = DomainFixture(restart.client())
    before = sim.dump()
    with refused("ValidationException"):
        domain.case("A", text("no-such-field", "b"))
    sim.fail("CreateDomain", "ThrottlingException")
    with refused("ThrottlingException"):
        domain.client.create_domain(name="Never")
    assert restart().dump() == before


def test_a_seed_with_a_mistake_is_not_in_the_file(restart: Restarts) -> None:
    sim = restart()
    with pytest.raises(ValueError, match="is missing"):
        sim.load_seed({"domains": [{"name": "Support"}, {}]})
    assert restart().is_empty


# ---- when it can't be written ------------------------------------------------------------------------------------


def test_what_can_not_be_written_down_fails_and_changes_nothing(
    restart: Restarts, caplog: pytest.LogCaptureFixture
) -> None:
    sim = restart()
    cases = restart.client()
    cases.create_domain(name="Support")
    before = sim.dump()
    sim.close()
    sim.close()
    with refused("InternalServerException", "StateFileError"):
        cases.create_domain(name="Never")
    assert [domain["name"] for domain in cases.list_domains()["domains"]] == ["Support"]
    assert sim.dump() == before
    assert f"{restart.path} has been closed" in caplog.text


def test_a_region_that_can_not_be_written_down_is_made_when_it_can(restart: Restarts) -> None:
    sim = restart()
    keep, vars(sim)["_regions"].journal.keep = vars(sim)["_regions"].journal.keep, _fail
    with pytest.raises(OSError, match="no space"):
        sim.add_contact("c")
    vars(sim)["_regions"].journal.keep = keep
    sim.add_contact("c")
    (instance,) = restart().dump()[sim.account_id][sim.region_name]["instances"]
    assert [contact["id"] for contact in instance["contact"]] == ["c"]


def _fail(_: object) -> None:
    raise OSError("no space left")


def test_a_file_in_use_is_refused(restart: Restarts) -> None:
    restart()
    with pytest.raises(StateFileError, match=r"state\.db is in use by another simulator"):
        Simulator(state_file=restart.path)
    restart.client().create_domain(name="Still works")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only some systems fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_process_that_is_forked_off_leaves_the_file_alone(restart: Restarts) -> None:
    sim, cases = restart(), restart.client()
    cases.create_domain(name="Support")
    before = sim.dump()
    child = os.fork()
    if child == 0:
        # Nothing of pytest may run in here.
        try:
            with pytest.raises(cases.exceptions.InternalServerException):
                cases.create_domain(name="of the child")
            with pytest.raises(StateFileError, match=r"state\.db is in use by the process that this one was"):
                sim.add_instance("of the child")
            same = sim.dump() == before
            sim.close()
        except BaseException:  # noqa: BLE001 - whatever it is, the parent shall know
            same = False
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    cases.create_domain(name="Sales")
    restart()
    assert [domain["name"] for domain in restart.client().list_domains()["domains"]] == ["Support", "Sales"]


def test_a_file_in_use_by_another_process_is_refused(restart: Restarts) -> None:
    restart()
    code = "import sys; from connectkit.simulator import Simulator; Simulator(state_file=sys.argv[1])"
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", code, restart.path], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stderr.splitlines()[-1].endswith("state.db is in use by another simulator")


def test_simulate_lets_go_of_the_file_that_it_opened(tmp_path: Path) -> None:
    for _ in range(2):
        with simulate(state_file=tmp_path / "state.db"):
            make_client("connectcases").list_domains()


def test_a_text_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes.\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StateFileError, match="is no state file; name a file that does not exist yet"):
        Simulator(state_file=path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_something_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    change(path, "CREATE TABLE mine (a TEXT)")
    before = path.read_bytes()
    with pytest.raises(StateFileError, match="is a database of something else"):
        Simulator(state_file=path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_a_newer_format_is_refused_and_left_as_it_is(restart: Restarts) -> None:
    restart()
    restart.end()
    change(restart.path, "PRAGMA user_version = 2")
    before = restart.path.read_bytes()
    with pytest.raises(StateFileError, match="written by a newer connectkit, in format 2; this one reads up to 1"):
        restart()
    assert restart.path.read_bytes() == before


def test_a_folder_that_does_not_exist_is_said_not_to(tmp_path: Path) -> None:
    with pytest.raises(StateFileError, match="there is no folder"):
        Simulator(state_file=tmp_path / "none" / "state.db")


def test_a_folder_is_no_state_file(tmp_path: Path) -> None:
    with pytest.raises(StateFileError, match="can't be used: unable to open database file"):
        Simulator(state_file=tmp_path)


def test_an_empty_file_becomes_one(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    with closing(Simulator(state_file=path)) as sim:
        assert sim.is_empty


# ---- files of other versions -------------------------------------------------------------------------------------


def test_records_of_an_older_version_have_the_defaults_of_what_they_lack(restart: Restarts) -> None:
    sim = restart()
    DomainFixture(restart.client())
    before = sim.dump()
    restart.end()
    change(
        restart.path,
        "UPDATE records SET record = json_remove(record, '$.tags', '$.deleted', '$.options') WHERE kind = 'field'",
        "UPDATE records SET record = json_remove(record, '$.tags', '$.inbound_calls') WHERE kind = 'instance'",
    )
    after = restart().dump()
    # The options of the status were there, and that there are none is the default.
    (domain,) = after[sim.account_id][sim.region_name]["domains"]
    options = {field["id"]: field["options"] for field in domain["field"]}
    assert options["status"] == {}
    for field in before[sim.account_id][sim.region_name]["domains"][0]["field"]:
        field["options"] = {}
    assert after == before


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE records SET record = json_set(record, '$.colour', 'red') WHERE kind = 'template'",
            "this is no Template: colour is not known to this version",
        ),
        ("UPDATE records SET record = '{' WHERE kind = 'template'", "this is no Template: Expecting"),
        ("UPDATE records SET kind = 'gadget' WHERE kind = 'template'", "there are no records of the kind gadget"),
        ("DELETE FROM records WHERE kind = 'domain'", "there is no 123456789012/us-east-1/"),
        ("DELETE FROM regions", "there is no 123456789012/us-east-1"),
        ("UPDATE facts SET value = '{' WHERE name = 'time'", "has no readable time"),
        ("UPDATE facts SET value = '{}' WHERE name = 'time'", "has no readable time"),
        ("UPDATE facts SET value = 'x' WHERE name = 'opened'", "has no readable opened: 'x'"),
        ("UPDATE facts SET value = 'x' WHERE name = 'token_secret'", "has no readable token_secret: 'x'"),
        ("DROP TABLE regions", "no such table: regions"),
    ],
)
def test_what_can_not_be_read_is_said_and_lets_go_of_the_file(restart: Restarts, statement: str, problem: str) -> None:
    restart()
    DomainFixture(restart.client())
    restart.end()
    change(restart.path, statement)
    for _ in range(2):
        with pytest.raises(StateFileError) as caught:
            restart()
        assert problem in str(caught.value)
        assert str(restart.path) in str(caught.value)


def test_a_simulator_is_empty_until_something_is_made(restart: Restarts) -> None:
    sim = restart()
    empty = [sim.is_empty]
    restart.client("connect", "eu-west-1").list_instances()
    empty.append(sim.is_empty)
    sim.add_contact("c")
    empty.append(sim.is_empty)
    empty.append(restart().is_empty)
    assert empty == [True, True, False, False]


def test_a_request_is_written_down_before_it_is_answered(restart: Restarts) -> None:
    sim = restart()
    written: list[int] = []
    journal = vars(sim)["_regions"].journal
    keep = journal.keep

    def watch(changes: Any) -> None:
        keep(changes)
        written.append(len(changes))

    journal.keep = watch
    request = HttpRequest("POST", "/domains", "", {}, b'{"name": "Support"}')
    assert sim.handle(request, service="connectcases").status == 200
    # The instance of the region, and then the domain with its fields, at once.
    assert len(written) == 2
    assert sim.handle(HttpRequest("POST", "/domains-list"), service="connectcases").status == 200
    assert len(written) == 2
