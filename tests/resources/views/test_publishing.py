"""Publishing: nothing for nothing, past no other writer, on from where it failed, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectkit import (
    ConflictError,
    FileError,
    IncompleteError,
    InternalServiceError,
    InvalidRequestError,
    NotFoundError,
    OvertakenError,
    RequestError,
)
from connectkit._caller import Caller
from connectkit.models import connect
from connectkit.resources.instances import Instance
from connectkit.resources.views.content import ViewContent
from connectkit.resources.views.view import LoadedView
from connectkit.simulator import Simulator

from ..conftest import Calls
from .contents import refund

READS = {"ListViews", "DescribeView", "ListViewVersions"}
FIVE = 5  # as often as the policy tries


def writes(calls: Calls) -> list[str]:
    """The calls since the last look that write."""
    return [operation for operation in calls() if operation not in READS]


@pytest.fixture
def view(instance: Instance, calls: Calls) -> LoadedView:
    """A view that was published, with a version, and read again."""
    instance.views.publish(refund(), name="Refund", description="Ask", version_description="first")
    found = instance.views.get("Refund")
    calls()
    return found


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], object]], None]:
    """Does something, once, just before the next call of an operation."""

    def arrange(operation: str, action: Callable[[], object]) -> None:
        send, waiting = Caller.send, [action]

        def sending(self: Caller, request: Any) -> Any:
            if request.operation.name == operation and waiting:
                waiting.pop()()
            return send(self, request)

        monkeypatch.setattr(Caller, "send", sending)

    return arrange


# --- what is published ------------------------------------------------------------------------------------------------


def test_a_view_that_is_not_there_is_created_published_and_gets_a_version(instance: Instance, calls: Calls) -> None:
    result = instance.views.publish(
        refund(), name="Refund", description="Ask", tags={"team": "care"}, version_description="first"
    )
    assert writes(calls) == ["CreateView", "CreateViewVersion"]
    assert (result.outcome, result.version.number, result.version.description) == ("created", 1, "first")
    assert (result.view.name, result.view.description, result.view.tags) == ("Refund", "Ask", {"team": "care"})
    assert (result.view.content, len(result.changes), result.draft) == (ViewContent(refund()), 0, None)
    assert str(result) == "created Refund, version 1"
    assert instance.views.get("Refund").checksum == result.view.checksum


def test_publishing_what_is_published_makes_no_write_call(instance: Instance, view: LoadedView, calls: Calls) -> None:
    reordered = dict(reversed(refund().items()))
    for content in (refund(), reordered, json.dumps(refund(), indent=4), view.content):
        result = instance.views.publish(content, name="Refund", description="Ask", version_description="again")
        assert (result.outcome, result.version.number, result.version.description) == ("unchanged", 1, "first")
        assert (result.view, result.view.content, result.content_published) == (view, view.content, False)
        assert str(result) == "unchanged Refund, version 1"
        assert writes(calls) == []
    assert view.publish(refund()).outcome == instance.view(view.id).publish(refund()).outcome == "unchanged"
    assert view.rollback(to=1).outcome == "unchanged"
    assert writes(calls) == []


def test_what_changed_is_published_and_gets_a_version(instance: Instance, view: LoadedView, calls: Calls) -> None:
    result = instance.views.publish(refund("Yes"), name="Refund", version_description="friendlier")
    assert writes(calls) == ["UpdateViewContent", "CreateViewVersion"]
    assert (result.outcome, result.version.number, result.version.description) == ("updated", 2, "friendlier")
    assert str(result) == 'updated Refund, version 2: Body[0].Props.Label: "Accept" → "Yes"'
    assert (result.view, result.view.content, result.view.description) == (view, ViewContent(refund("Yes")), "Ask")
    assert instance.views.get("Refund").content == result.view.content
    assert result.version.content() == result.view.content


def test_a_description_alone_is_changed_alone(instance: Instance, view: LoadedView, calls: Calls) -> None:
    result = instance.views.publish(refund(), name="Refund", description="Ask them")
    assert writes(calls) == ["UpdateViewMetadata"]
    assert (result.outcome, result.version.number, result.view.description) == ("updated", 1, "Ask them")
    assert view.refresh().description == "Ask them"


def test_a_file_says_the_name_or_has_it(instance: Instance, tmp_path: Path, calls: Calls) -> None:
    bare, envelope = tmp_path / "Refund late.json", tmp_path / "other.json"
    bare.write_text(json.dumps(refund()), encoding="utf-8")
    envelope.write_text(
        json.dumps({"name": "Return", "description": "Back", "template": refund(), "tags": {"a": "b"}}),
        encoding="utf-8",
    )
    assert instance.views.publish(bare).view.name == "Refund late"
    made = instance.views.publish(str(envelope)).view
    assert (made.name, made.description, made.tags) == ("Return", "Back", {"a": "b"})
    assert instance.views.publish(envelope, name="Third", description="Other").view.description == "Other"
    assert instance.views.publish(envelope).outcome == "unchanged"
    calls()
    bare.write_text("{", encoding="utf-8")
    with pytest.raises(FileError, match=f"{bare}: line 1, column 2"):
        instance.views.publish(bare)
    assert calls() == []


def test_one_s_own_view_is_made_where_aws_has_one_of_that_name(instance: Instance) -> None:
    result = instance.views.publish(refund(), name="Form")
    assert (result.outcome, result.view.is_managed) == ("created", False)
    assert instance.views.publish(refund(), name="Form").outcome == "unchanged"


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_that_would_be_replaced_is_shown(instance: Instance, view: LoadedView) -> None:
    view.update_content(refund("Draft"), publish=False)
    unchanged = instance.views.publish(refund(), name="Refund")
    assert (unchanged.outcome, unchanged.draft) == ("unchanged", ViewContent(refund("Draft")))
    assert str(unchanged) == "unchanged Refund, version 1; a draft that was not published stays"
    assert view.refresh("saved").content == ViewContent(refund("Draft"))
    updated = instance.views.publish(refund("Yes"), name="Refund")
    assert updated.draft == ViewContent(refund("Draft"))
    assert str(updated).endswith('"Accept" → "Yes"; a draft that was not published is replaced')
    assert view.refresh("saved").content == ViewContent(refund("Yes"))


def test_a_view_that_was_never_published_is_published(instance: Instance) -> None:
    draft = instance.views.create(name="Refund", content=refund("Draft"), publish=False)
    result = instance.views.publish(refund(), name="Refund")
    assert (result.outcome, result.version.number, result.draft) == ("updated", 1, ViewContent(refund("Draft")))
    assert draft.refresh().content == ViewContent(refund())
    second = instance.views.create(name="Second", content=refund(), publish=False)
    result = second.publish(refund())
    assert (result.outcome, result.version.number, result.draft) == ("updated", 1, None)


# --- two writers ------------------------------------------------------------------------------------------------------


def test_of_two_writers_the_slower_one_overwrites_nothing(instance: Instance, view: LoadedView, calls: Calls) -> None:
    mine, theirs = instance.views.get("Refund"), instance.views.get("Refund")
    assert theirs.publish(refund("Theirs")).outcome == "updated"
    calls()
    attempts: list[Callable[[], object]] = [
        lambda: mine.publish(refund("Mine")),
        lambda: mine.publish(refund("Mine"), expected=mine.checksum),
        lambda: instance.view(view.id).publish(refund("Mine"), expected=mine.checksum),
        lambda: instance.views.publish(refund("Mine"), name="Refund", expected=mine.checksum),
        lambda: instance.view(view.id).rollback(to=1, expected=mine.checksum),
        lambda: mine.rollback(to=1),
    ]
    for attempt in attempts:
        with pytest.raises(ConflictError, match="was published by someone else since it was read") as caught:
            attempt()
        assert isinstance(caught.value, OvertakenError)
        assert (caught.value.operation, caught.value.code, caught.value.status) == (
            "UpdateViewContent",
            "Overtaken",
            409,
        )
        assert writes(calls) == []
    assert view.refresh().content == ViewContent(refund("Theirs"))
    assert [version.number for version in view.versions.list()] == [2, 1]
    assert view.refresh().publish(refund("Mine")).version.number == 3


def test_both_may_publish_the_same(instance: Instance, view: LoadedView) -> None:
    mine = instance.views.get("Refund")
    view.publish(refund("Yes"))
    assert mine.publish(refund("Yes")).outcome == "unchanged"


def test_a_draft_that_came_since_is_not_overwritten(
    instance: Instance, view: LoadedView, sim: Simulator, calls: Calls
) -> None:
    old = instance.views.get("Refund")
    sim.clock.advance(1)
    view.update_content(refund("Draft"), publish=False)
    calls()
    with pytest.raises(OvertakenError, match="was saved since it was read and has a draft, so nothing was overwritten"):
        old.publish(refund("Mine"))
    assert writes(calls) == []
    assert old.refresh().publish(refund("Mine")).draft == ViewContent(refund("Draft"))


def test_a_view_that_is_gone_is_not_created_where_one_was_expected(instance: Instance, view: LoadedView) -> None:
    view.delete()
    with pytest.raises(OvertakenError, match="there is no view 'Refund' any more"):
        instance.views.publish(refund("Mine"), name="Refund", expected=view.checksum)
    with pytest.raises(NotFoundError):
        view.publish(refund("Mine"))


def test_a_view_that_appears_just_then_is_not_overwritten(
    instance: Instance, before: Callable[[str, Callable[[], object]], None]
) -> None:
    before("CreateView", lambda: instance.views.create(name="Refund", content=refund("Theirs")))
    with pytest.raises(ConflictError):
        instance.views.publish(refund("Mine"), name="Refund")
    assert instance.views.get("Refund").content == ViewContent(refund("Theirs"))


def test_a_version_never_shows_what_another_has_published_just_then(
    instance: Instance, view: LoadedView, before: Callable[[str, Callable[[], object]], None]
) -> None:
    before("CreateViewVersion", lambda: instance.view(view.id).update_content(refund("Theirs")))
    with pytest.raises(ConflictError, match="was published by someone else just after") as caught:
        view.publish(refund("Mine"))
    assert isinstance(caught.value.__cause__, InvalidRequestError)
    assert view.refresh().content == ViewContent(refund("Theirs"))
    assert [version.number for version in view.versions.list()] == [1]


def test_without_a_checksum_in_the_answer_it_is_read(
    instance: Instance,
    view: LoadedView,
    before: Callable[[str, Callable[[], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send = Caller.send

    def without(self: Caller, request: Any) -> Any:
        answer = send(self, request)
        if isinstance(answer, connect.UpdateViewContentResponse) and answer.view is not None:
            silent = answer.view.model_copy(update={"view_content_sha256": None})
            return answer.model_copy(update={"view": silent})
        return answer

    monkeypatch.setattr(Caller, "send", without)
    assert view.publish(refund("Mine")).version.number == 2
    again = view.refresh()
    before("ListViewVersions", lambda: None)
    sent = iter([None, lambda: instance.view(view.id).update_content(refund("Theirs"))])
    monkeypatch.setattr(Caller, "send", overtaking(Caller.send, sent))
    with pytest.raises(OvertakenError, match="was published by someone else just after"):
        again.publish(refund("More"))


def overtaking(send: Any, actions: Any) -> Any:
    """Do the next of some actions before each DescribeView."""

    def sending(self: Caller, request: Any) -> Any:
        if request.operation.name == "DescribeView" and (action := next(actions, None)) is not None:
            action()
        return send(self, request)

    return sending


# --- failures half-way ------------------------------------------------------------------------------------------------


def test_a_new_view_without_its_version_gets_it_when_it_is_published_again(
    instance: Instance, sim: Simulator, calls: Calls
) -> None:
    sim.fail("CreateViewVersion", "InternalServiceException", times=FIVE)
    with pytest.raises(IncompleteError) as caught:
        instance.views.publish(refund(), name="Refund")
    assert (caught.value.done, caught.value.left) == (("create the view",), ("make a version",))
    assert isinstance(caught.value.__cause__, InternalServiceError)
    assert caught.value.resource == instance.views.find("Refund")
    calls()
    result = instance.views.publish(refund(), name="Refund", version_description="first")
    assert writes(calls) == ["CreateViewVersion"]
    assert (result.outcome, result.version.number, result.version.description) == ("updated", 1, "first")
    assert (result.content_published, result.view.content) == (False, ViewContent(refund()))


def test_published_content_without_its_version_gets_it_when_it_is_published_again(
    view: LoadedView, sim: Simulator, calls: Calls
) -> None:
    sim.fail("CreateViewVersion", "InternalServiceException", times=FIVE)
    with pytest.raises(IncompleteError, match=r"^view 'Refund': done: publish the content; not done: make a version: "):
        view.publish(refund("Yes"))
    assert view.refresh().content == ViewContent(refund("Yes"))
    calls()
    result = view.publish(refund("Yes"))  # expects what was published before, and isn't overtaken by itself
    assert writes(calls) == ["CreateViewVersion"]
    assert (result.version.number, result.outcome) == (2, "updated")


def test_what_failed_at_the_description_says_so(
    instance: Instance, view: LoadedView, sim: Simulator, calls: Calls
) -> None:
    sim.fail("UpdateViewMetadata", "InternalServiceException", times=FIVE)
    with pytest.raises(IncompleteError) as caught:
        instance.views.publish(refund("Yes"), name="Refund", description="Other")
    assert caught.value.done == ("publish the content", "make a version")
    assert caught.value.left == ("change the description",)
    calls()
    assert instance.views.publish(refund("Yes"), name="Refund", description="Other").view.description == "Other"
    assert writes(calls) == ["UpdateViewMetadata"]
    sim.fail("CreateViewVersion", "InternalServiceException", times=FIVE)
    with pytest.raises(IncompleteError) as caught:
        instance.views.publish(refund("More"), name="Refund", description="Third")
    assert caught.value.left == ("make a version", "change the description")
    assert view.refresh().description == "Other"


def test_what_failed_at_the_first_step_is_no_half_way(view: LoadedView, sim: Simulator) -> None:
    for operation in ("UpdateViewContent", "DescribeView"):
        sim.fail(operation, "InternalServiceException", times=FIVE)
        with pytest.raises(InternalServiceError):
            view.publish(refund("Yes"))
    assert view.refresh().content == ViewContent(refund())


def test_a_lost_answer_is_made_up_for(instance: Instance, sim: Simulator, calls: Calls) -> None:
    for operation in ("CreateView", "CreateViewVersion"):
        sim.break_connection(operation, carried_out=True)
    assert instance.views.publish(refund(), name="Refund").version.number == 1
    assert calls().count("CreateView") == 2
    assert len(instance.views.list(type="CUSTOMER_MANAGED").all()) == 1


# --- back -------------------------------------------------------------------------------------------------------------


def test_a_rollback_publishes_an_earlier_version_as_a_new_one(
    instance: Instance, view: LoadedView, calls: Calls
) -> None:
    second = view.publish(refund("Yes"))
    calls()
    result = second.view.rollback(to=1)
    assert writes(calls) == ["UpdateViewContent", "CreateViewVersion"]
    assert (result.outcome, result.version.number, result.version.description) == ("updated", 3, "Back to version 1")
    assert str(result.changes) == 'Body[0].Props.Label: "Yes" → "Accept"'
    assert view.refresh().content == ViewContent(refund())
    named = instance.view(view.id).rollback(to=view.version(2), version_description="Forward again")
    assert (named.version.number, named.version.description) == (4, "Forward again")


def test_a_version_to_go_back_to_is_one_of_this_view(instance: Instance, view: LoadedView, calls: Calls) -> None:
    other = instance.views.publish(refund(), name="Other")
    calls()
    with pytest.raises(RequestError, match=f"to: is a version of view {other.view.id}, and this is view {view.id}"):
        view.rollback(to=other.version)
    assert calls() == []
    with pytest.raises(NotFoundError):
        view.rollback(to=7)


def test_a_version_that_was_deleted_is_made_again(view: LoadedView, calls: Calls) -> None:
    view.versions.delete(1)
    calls()
    assert view.publish(refund()).version.number == 2
    assert writes(calls) == ["CreateViewVersion"]
