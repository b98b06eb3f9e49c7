"""Views brought to what files say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectkit import FileError, IncompleteError, InternalServiceError, OvertakenError
from connectkit.resources.instances import Instance
from connectkit.resources.views.content import ViewContent
from connectkit.resources.views.publishing import Publication
from connectkit.simulator import Simulator

from ..conftest import Calls
from .contents import button, refund
from .test_publishing import FIVE, writes

Keep = Callable[[str, Any], Path]


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Keeps a view in a file of the folder ``views``, which is in the current directory."""
    (tmp_path / "views").mkdir()
    monkeypatch.chdir(tmp_path)

    def keep(name: str, document: Any) -> Path:
        path = Path("views", f"{name}.json")
        text = document if isinstance(document, str) else json.dumps(document, indent=2)
        path.write_text(text, encoding="utf-8")
        return path

    return keep


def test_planning_writes_nothing_and_applying_brings_the_views_to_what_the_files_say(
    instance: Instance, keep: Keep, calls: Calls
) -> None:
    for name in ("Refund", "Greeting", "Mine"):
        instance.views.publish(refund(), name=name)
    keep("Refund", refund("Yes"))
    keep("Greeting", refund())
    keep("escalation", {"name": "Escalation", "description": "Up", "template": refund(), "tags": {"team": "care"}})
    calls()
    plan = instance.views.sync("views/*.json", version_description="Release 7")
    assert str(plan).splitlines() == [
        "create     Escalation  views/escalation.json",
        "unchanged  Greeting    views/Greeting.json",
        'update     Refund      views/Refund.json      Body[0].Props.Label: "Accept" → "Yes"',
        "1 to create, 1 to update, 1 unchanged, 1 in no file",
    ]
    assert writes(calls) == []
    result = plan.apply()
    assert writes(calls) == ["CreateView", "CreateViewVersion", "UpdateViewContent", "CreateViewVersion"]
    assert str(result) == "created Escalation\nupdated Refund\n1 unchanged"
    made = result.results["Escalation"]
    assert isinstance(made, Publication)
    assert (made.version.description, made.view.description, made.view.tags) == ("Release 7", "Up", {"team": "care"})
    assert instance.views.get("Refund").content == ViewContent(refund("Yes"))
    again = instance.views.sync("views/*.json")
    assert (again.changes, again.not_in_files) == ([], ("Mine",))
    again.apply()
    assert writes(calls) == []


def test_views_in_no_file_are_deleted_only_when_that_is_asked_for(instance: Instance, keep: Keep, calls: Calls) -> None:
    for name in ("Refund", "Old"):
        instance.views.publish(refund(), name=name)
    keep("Refund", refund())
    calls()
    plan = instance.views.sync("views/*.json", delete=True)
    assert [str(action) for action in plan.changes] == ["delete Old  in no file"]
    assert writes(calls) == []
    plan.apply()
    assert writes(calls) == ["DeleteView"]
    assert [view.name for view in instance.views.list(type="CUSTOMER_MANAGED")] == ["Refund"]
    assert instance.views.find("Form") is not None  # AWS's stay
    assert instance.views.sync("views/*.json", delete=True).changes == []


def test_whatever_else_differs_is_said(instance: Instance, keep: Keep) -> None:
    instance.views.create(name="Draft", content=refund("Draft"), publish=False)
    instance.views.create(name="No version", content=refund())
    instance.views.publish(refund(), name="Described").view.update_content(refund("Draft"), publish=False)
    instance.views.publish(refund(), name="Kept").view.update_content(refund("Draft"), publish=False)
    instance.views.publish(refund(), name="Replaced").view.update_content(refund("Draft"), publish=False)
    for name in ("Draft", "No version", "Kept"):
        keep(name, refund())
    keep("Replaced", refund("Yes"))
    keep("Described", {"description": "Ask", "template": refund()})
    plan = instance.views.sync("views/*.json")
    assert {action.name: (action.kind, action.detail) for action in plan.actions} == {
        "Described": ("update", "description"),
        "Draft": ("update", "to be published for the first time; replaces a draft"),
        "Kept": ("unchanged", "a draft stays"),
        "No version": ("update", "to get a version"),
        "Replaced": ("update", 'Body[0].Props.Label: "Accept" → "Yes"; replaces a draft'),
    }
    plan.apply()
    assert instance.views.sync("views/*.json").changes == []
    assert instance.views.get("Described").description == "Ask"
    assert instance.views.get("Kept", "saved").content == ViewContent(refund("Draft"))


def test_everything_that_is_wrong_with_all_the_files_is_said_at_once(
    instance: Instance, keep: Keep, calls: Calls
) -> None:
    keep("comment", '{\n  // the head\n  "Head": {}\n}')
    keep("twice", {"Body": [button("a", "A", "A"), button("a", "B", "A")]})
    keep("one", {"name": "Refund", "template": refund()})
    keep("other", {"name": "Refund", "template": refund()})
    with pytest.raises(FileError) as caught:
        instance.views.sync(["views/*.json", "absent.json", "more/*.json"])
    assert str(caught.value).splitlines() == [
        "the files can't be used, 5 faults:",
        "  absent.json: there is no such file",
        "  more/*.json: no file is like that",
        "  views/comment.json: line 2, column 3: a comment, which JSON doesn't have: remove it",
        "  views/twice.json: template.Body[1]: has the _id 'a', which template.Body[0] has already",
        "  views/other.json: is called 'Refund', as views/one.json is: a name is for one file",
    ]
    with pytest.raises(FileError, match="there is none"):
        instance.views.sync([])
    assert calls() == []


def test_a_failure_half_way_says_what_was_done_and_a_new_sync_does_the_rest(
    instance: Instance, keep: Keep, sim: Simulator, calls: Calls
) -> None:
    for name in "abc":
        keep(name, refund())
    sim.fail("CreateViewVersion", "InternalServiceException", times=FIVE, after=1)
    with pytest.raises(IncompleteError) as caught:
        instance.views.sync("views/*.json").apply()
    assert (caught.value.done, caught.value.left) == (("create a",), ("create b", "create c"))
    assert isinstance(caught.value.__cause__, IncompleteError)
    assert isinstance(caught.value.__cause__.__cause__, InternalServiceError)
    calls()
    plan = instance.views.sync("views/*.json")
    assert [(action.name, action.kind, action.detail) for action in plan.actions] == [
        ("a", "unchanged", ""),
        ("b", "update", "to get a version"),
        ("c", "create", ""),
    ]
    plan.apply()
    assert writes(calls) == ["CreateViewVersion", "CreateView", "CreateViewVersion"]
    assert [view.versions.list().all()[0].number for view in instance.views.list(type="CUSTOMER_MANAGED")] == [1, 1, 1]


def test_a_plan_that_failed_goes_on_when_it_is_applied_again(
    instance: Instance, keep: Keep, sim: Simulator, calls: Calls
) -> None:
    for name in "ab":
        keep(name, refund())
    sim.fail("CreateViewVersion", "InternalServiceException", times=FIVE)
    sim.fail("CreateView", "InternalServiceException", times=FIVE, after=1)
    plan = instance.views.sync("views/*.json")
    for written in (["CreateView"], ["CreateViewVersion"]):  # of a; then its version, and b isn't created
        with pytest.raises(IncompleteError):
            plan.apply()
        assert list(dict.fromkeys(writes(calls)))[:1] == written
    assert [action.name for action in plan.apply().succeeded] == ["a", "b"]
    assert writes(calls) == ["CreateView", "CreateViewVersion"]
    assert instance.views.sync("views/*.json").changes == []


def test_what_someone_changed_since_the_plan_was_made_is_not_overwritten(
    instance: Instance, keep: Keep, calls: Calls
) -> None:
    view = instance.views.publish(refund(), name="Refund").view
    keep("Refund", refund("Mine"))
    plan = instance.views.sync("views/*.json")
    view.publish(refund("Theirs"))
    calls()
    with pytest.raises(IncompleteError) as caught:
        plan.apply()
    assert isinstance(caught.value.__cause__, OvertakenError)
    assert writes(calls) == []
    assert view.refresh().content == ViewContent(refund("Theirs"))
