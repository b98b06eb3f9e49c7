"""Plans of a sync: what a person reads, what is done in which order, and how one that failed goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectkit import BatchError, Fault, WaitError
from connectkit.resources._sync import Action, Plan, Step, SyncResult, find_files, named_twice


class Doer:
    """Notes what is done, and fails where it is told to."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.fails: set[str] = set()

    def step(self, kind: str, name: str, source: str | None = None, detail: str = "") -> Step:
        action = Action(kind, name, Path(source) if source else None, detail)  # type: ignore[arg-type]  # of a table
        return Step(action, None if kind == "unchanged" else lambda: self.do(f"{kind} {name}"))

    def do(self, what: str) -> str:
        if what in self.fails:
            raise WaitError(f"can't {what}")
        self.did.append(what)
        return f"did {what}"


@pytest.fixture
def doer() -> Doer:
    return Doer()


@pytest.fixture
def plan(doer: Doer) -> Plan:
    steps = [
        doer.step("delete", "Ancient", None, "in no file"),
        doer.step("update", "Refund", "views/refund.json", 'Body[0]: "a" → "b"'),
        doer.step("unchanged", "Greeting", "views/greeting.json"),
        doer.step("create", "Escalation", "views/escalation.json"),
    ]
    return Plan("views", steps, not_in_files=["Mine"])


def test_a_person_can_read_the_plan(plan: Plan) -> None:
    assert str(plan).splitlines() == [
        "create     Escalation  views/escalation.json",
        "unchanged  Greeting    views/greeting.json",
        'update     Refund      views/refund.json      Body[0]: "a" → "b"',
        "delete     Ancient                            in no file",
        "1 to create, 1 to update, 1 to delete, 1 unchanged, 1 in no file",
    ]
    assert repr(plan) == "<Plan for views: 1 to create, 1 to update, 1 to delete, 1 unchanged, 1 in no file>"
    assert str(Plan("views", [])) == "nothing to do"
    assert str(plan.actions[2]) == 'update Refund  views/refund.json  Body[0]: "a" → "b"'


def test_planning_does_nothing_and_applying_does_what_was_planned_deleting_last(doer: Doer, plan: Plan) -> None:
    assert [action.name for action in plan.changes] == ["Escalation", "Refund", "Ancient"]
    assert (doer.did, plan.not_in_files) == ([], ("Mine",))
    result = plan.apply()
    assert doer.did == ["create Escalation", "update Refund", "delete Ancient"]
    assert list(result.succeeded) == plan.changes
    assert [action.name for action in result.unchanged] == ["Greeting"]
    assert result.results["Refund"] == "did update Refund"
    assert str(result) == "created Escalation\nupdated Refund\ndeleted Ancient\n1 unchanged"


def test_a_failure_says_what_is_done_and_what_is_left_and_the_plan_can_go_on(doer: Doer, plan: Plan) -> None:
    doer.fails = {"update Refund"}
    told = "syncing views stopped, 1 of 3 done: to update 'Refund' failed: can't update Refund"
    with pytest.raises(BatchError, match=told) as caught:
        plan.apply()
    assert caught.value.done == ("create Escalation",)
    assert caught.value.left == ("update Refund", "delete Ancient")
    assert isinstance(caught.value.__cause__, WaitError)
    assert isinstance(caught.value.result, SyncResult)
    result = caught.value.result
    assert result.results == {"Escalation": "did create Escalation"}
    assert [[one.name for one in them] for them in (result.succeeded, result.failed, result.left)] == [
        ["Escalation"],
        ["Refund"],
        ["Ancient"],
    ]
    assert not result.ok
    assert str(result) == "created Escalation\nfailed to update Refund\nleft to delete Ancient\n1 unchanged"
    with pytest.raises(BatchError, match="failed to update Refund"):
        result.raise_for_failures()
    doer.fails = set()
    assert list(plan.apply().succeeded) == plan.changes
    assert doer.did == ["create Escalation", "update Refund", "delete Ancient"]


def test_what_is_applied_is_not_done_again(doer: Doer, plan: Plan) -> None:
    assert plan.apply() == plan.apply()
    assert len(doer.did) == 3


def test_a_failure_that_is_no_error_of_ours_is_not_dressed_up() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Plan("views", [Step(Action("create", "a"), broken)]).apply()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.json", "a.json", "deep/c.json", "[odd].json", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    return tmp_path


def test_files_are_named_by_path_by_pattern_or_by_several_of_either(folder: Path) -> None:
    def found(*sources: str | Path) -> list[str]:
        paths, faults = find_files(sources[0] if len(sources) == 1 else sources)
        assert faults == []
        return [path.relative_to(folder).as_posix() for path in paths]

    assert found(f"{folder}/[a-z].json") == ["a.json", "b.json"]
    assert found(f"{folder}/**/*.json") == ["[odd].json", "a.json", "b.json", "deep/c.json"]
    assert found(folder / "a.json") == ["a.json"]
    assert found(folder / "[odd].json") == ["[odd].json"]
    assert found(folder / "b.json", f"{folder}/b*", str(folder / "a.json")) == ["a.json", "b.json"]


def test_everything_that_is_wrong_with_the_files_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    paths, faults = find_files(["a.json", "c.json", "*.yaml", "deep"])
    assert paths == [Path("a.json")]
    assert faults == [
        Fault("c.json", "there is no such file"),
        Fault("*.yaml", "no file is like that"),
        Fault("deep", "is a directory; say which of its files, with a pattern that ends like theirs: *.json"),
    ]
    with pytest.raises(TypeError, match=r"a file is named by a str or a path, not by bytes b'a.json'"):
        find_files([b"a.json"])  # type: ignore[list-item]


def test_two_files_of_one_name_are_found_out() -> None:
    named = [("Refund", Path("a.json")), ("Other", Path("b.json")), ("Refund", Path("c.json"))]
    assert named_twice(named) == [Fault("c.json", "is called 'Refund', as a.json is: a name is for one file")]
