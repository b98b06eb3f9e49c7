"""The versions of a view: numbered, listed, read, guarded and deleted."""

from __future__ import annotations

import pytest

from connectkit import InvalidRequestError, NotFoundError
from connectkit.resources.instances import Instance
from connectkit.resources.views.content import ViewContent
from connectkit.resources.views.view import LoadedView

from ..conftest import Calls
from .contents import refund


@pytest.fixture
def view(instance: Instance, calls: Calls) -> LoadedView:
    """A published view with two versions."""
    made = instance.views.create(name="Refund", content=refund("One"))
    made.versions.create(description="first")
    made.update_content(refund("Two"))
    made.versions.create(description="second")
    calls()
    return made


def test_versions_are_listed_the_newest_first(view: LoadedView, calls: Calls) -> None:
    listed = view.versions.list().all()
    assert [(one.number, one.description) for one in listed] == [(2, "second"), (1, "first")]
    assert next((one.name, one.view_id, one.arn) for one in listed) == ("Refund", view.id, f"{view.arn}:2")
    assert [one.number for one in view.versions.list(limit=1)] == [2]
    calls()
    newest = view.versions.newest()
    assert newest is not None
    assert (newest.number, newest == view.version(2), calls()) == (2, True, ["ListViewVersions"])


def test_a_version_is_read_with_its_content_once(view: LoadedView, calls: Calls) -> None:
    first = view.versions.get(1)
    assert (first.number, first.description, first.id) == (1, "first", f"{view.id}:1")
    assert first.content() == first.content() == ViewContent(refund("One"))
    assert calls() == ["DescribeView"]
    assert view.version(1).content() == first.content()
    assert repr(first) == f"<LoadedViewVersion {view.id}:1 'Refund'>"
    with pytest.raises(NotFoundError):
        view.versions.get(3)


def test_a_version_is_made_of_what_is_published_and_only_if_it_changed(view: LoadedView, calls: Calls) -> None:
    again = view.versions.create(description="third")
    assert (again.number, again.description) == (2, "second")
    updated = view.update_content(refund("Three"))
    view.update_content(refund("Draft"), publish=False)
    calls()
    third = view.versions.create(description="third", expected=updated.checksum)
    assert calls() == ["CreateViewVersion"]
    assert (third.number, third.description, third.content()) == (3, "third", updated.content)


def test_a_version_of_something_else_than_was_expected_is_not_made(view: LoadedView) -> None:
    view.update_content(refund("Three"))
    with pytest.raises(InvalidRequestError, match="checksum"):
        view.versions.create(expected=view.checksum)
    assert [one.number for one in view.versions.list()] == [2, 1]


def test_a_view_without_published_content_gets_no_version(instance: Instance) -> None:
    draft = instance.views.create(name="Draft", content=refund(), publish=False)
    with pytest.raises(InvalidRequestError, match="no published content"):
        draft.versions.create()
    assert draft.versions.newest() is None


def test_a_deleted_version_is_gone_and_its_number_with_it(view: LoadedView, calls: Calls) -> None:
    view.versions.delete(2)
    assert calls() == ["DeleteViewVersion"]
    assert [one.number for one in view.versions.list()] == [1]
    view.version(1).delete()
    for gone in (view.version(1).delete, view.version(1).refresh, view.version(1).content):
        with pytest.raises(NotFoundError):
            gone()
    assert view.versions.create().number == 3
