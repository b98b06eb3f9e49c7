"""Views: created, read, listed, searched, changed, copied and deleted; and every operation in reach."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from connectkit import (
    ConflictError,
    ConnectKit,
    InvalidRequestError,
    NotFoundError,
    RequestError,
    UnknownNameError,
)
from connectkit.models import connect
from connectkit.resources.instances import Instance
from connectkit.resources.views.content import ViewContent
from connectkit.resources.views.view import LoadedView, View
from connectkit.simulator import Simulator

from ...simulator.helpers import needs
from ..conftest import Calls
from .contents import button, refund
from .test_content import OBJECTS, same

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def view(instance: Instance, calls: Calls) -> LoadedView:
    """A published view without a version."""
    made = instance.views.create(name="Refund", content=refund(), description="Ask", tags={"team": "care"})
    calls()
    return made


def described(kit: ConnectKit, view: View, qualifier: str = "") -> connect.View:
    """What the service says of a view, past every facade."""
    request = connect.DescribeViewRequest(instance_id=view.instance_id, view_id=view.id + qualifier)
    found = kit.send(request).view
    assert found is not None
    return found


def test_naming_a_view_makes_no_call(instance: Instance, calls: Calls) -> None:
    arn = f"arn:aws:connect:us-east-1:123456789012:instance/{instance.id}/view/{NOBODY}"
    for name in (NOBODY, arn, f"{arn}:$SAVED", f"{NOBODY}:3"):
        assert instance.view(name).id == NOBODY
        assert instance.view(name) == instance.view(NOBODY)
    assert (repr(instance.view(NOBODY)), instance.view(NOBODY).instance_id) == (f"<View {NOBODY}>", instance.id)
    assert instance.view(NOBODY).version(3).id == f"{NOBODY}:3"
    assert calls() == []


def test_creating_a_view_takes_one_call_and_gives_all_of_it(instance: Instance, kit: ConnectKit, calls: Calls) -> None:
    made = instance.views.create(name="Refund", content=refund(), description="Ask", tags={"team": "care"})
    assert calls() == ["CreateView"]
    assert (made.name, made.description, made.tags, made.status) == ("Refund", "Ask", {"team": "care"}, "PUBLISHED")
    assert (made.type, made.is_managed, made.version_number) == ("CUSTOMER_MANAGED", False, None)
    assert made.arn.endswith(f"/view/{made.id}")
    assert made.created_time == made.last_modified_time
    assert made.content == ViewContent(refund())
    assert made.content.input_schema is not None
    sent = described(kit, made).content
    assert sent is not None
    assert json.loads(sent.template or "") == refund()
    assert sent.actions == ["Accept", "Decline"]
    assert repr(made) == f"<LoadedView {made.id} 'Refund'>"


def test_a_draft_is_saved_and_not_published(instance: Instance) -> None:
    made = instance.views.create(name="Refund", content=refund(), actions=[], publish=False)
    assert (made.status, made.checksum, made.content.actions) == ("SAVED", None, ())
    with pytest.raises(InvalidRequestError, match="no published content"):
        made.refresh()
    assert made.refresh("saved").content == ViewContent(refund(), actions=[])


def test_what_is_wrong_with_a_content_is_said_before_any_call(
    instance: Instance, view: LoadedView, calls: Calls
) -> None:
    wrong = {"Body": [button("a", "A", "Accept"), button("a", "B", "Other")]}
    verbs: list[Callable[..., object]] = [
        partial(instance.views.create, name="x"),
        partial(instance.views.publish, name="x"),
        view.update_content,
        view.publish,
    ]
    for verb in verbs:
        with pytest.raises(RequestError) as caught:
            verb(content=wrong, actions=["Accept"])
        assert [fault.path for fault in caught.value.faults] == ["template.Body[1]", "actions"]
    with pytest.raises(RequestError, match=r"^CreateView can't be sent: name: has to be given: neither"):
        instance.views.publish(refund())
    assert calls() == []


@pytest.mark.parametrize("by", ["id", "arn", "name"])
def test_a_view_is_read_by_its_id_arn_or_name(by: str, instance: Instance, view: LoadedView, calls: Calls) -> None:
    named = getattr(view, by)
    assert instance.views.get(named).content == view.content
    assert calls() == [*(["ListViews"] if by == "name" else []), "DescribeView"]
    view.versions.create(description="first")
    view.update_content(refund("Yes"))
    view.update_content(refund("Draft"), publish=False)
    labels = {
        qualifier: instance.views.get(named, qualifier).content.template["Body"][0]["Props"]["Label"]
        for qualifier in (None, "latest", "saved", 1)
    }
    assert labels == {None: "Yes", "latest": "Yes", "saved": "Draft", 1: "Accept"}
    loaded = instance.views.get(named, 1)
    assert (loaded, loaded.version_number, loaded.version_description) == (view, 1, "first")


def test_a_qualifier_behind_an_id_counts(instance: Instance, view: LoadedView) -> None:
    view.update_content(refund("Draft"), publish=False)
    for name in (view.id, view.arn):
        assert instance.views.get(f"{name}:$SAVED").status == "SAVED"
        assert instance.views.get(f"{name}:$LATEST", "latest").status == "PUBLISHED"
        with pytest.raises(ValueError, match=r"has a qualifier already; qualifier='latest' says another"):
            instance.views.get(f"{name}:$SAVED", "latest")
    with pytest.raises(ValueError, match="qualifier is 'latest', 'saved' or the number of a version, not 'newest'"):
        view.refresh("newest")  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        instance.views.get(f"{view.id}:7")


def test_a_name_that_is_not_there_is_answered_with_the_nearest(
    instance: Instance, view: LoadedView, calls: Calls
) -> None:
    del view
    with pytest.raises(UnknownNameError, match=r"^there is no view 'Refnd' in instance .*; did you mean 'Refund'\?"):
        instance.views.get("Refnd")
    assert calls() == ["ListViews"]
    assert instance.views.find("Refnd") is None
    with pytest.raises(NotFoundError):
        instance.views.get(NOBODY)


def test_views_are_listed_by_type_and_found_by_name(instance: Instance, view: LoadedView, calls: Calls) -> None:
    for number in range(3):
        instance.views.create(name=f"View {number}", content=refund())
    calls()
    own = instance.views.list(type="CUSTOMER_MANAGED", page_size=3)
    assert [listed.name for listed in own] == ["Refund", "View 0", "View 1", "View 2"]
    assert calls() == ["ListViews", "ListViews"]
    managed = instance.views.list(type="AWS_MANAGED").all()
    assert all(listed.is_managed and listed.id.endswith(f":aws:view/{listed.name.lower()}") for listed in managed)
    assert len(instance.views.list().all()) == 4 + len(managed)
    assert len(instance.views.list(limit=2).all()) == 2
    found = instance.views.find("Refund")
    assert found is not None
    assert (found, found.name, found.status, found.description) == (view, "Refund", "PUBLISHED", "Ask")
    assert (found.type, found.arn) == ("CUSTOMER_MANAGED", view.arn)


def test_one_s_own_view_goes_before_one_of_aws_with_the_same_name(instance: Instance) -> None:
    form = instance.views.get("Form")
    assert (form.is_managed, form.version_number) == (True, 1)
    assert form == instance.view(f"{form.id}:1") == instance.views.find("Form")
    own = instance.views.create_from(form)
    assert instance.views.get("Form") == own == instance.views.find("Form")
    assert own != form
    assert own.content == form.content


def test_views_of_aws_are_not_changed(instance: Instance, calls: Calls) -> None:
    form = instance.views.get("Form")
    assert instance.views.get(form.id, 1).content == form.content == form.versions.get(1).content()
    calls()
    changes: list[Callable[[], object]] = [
        lambda: form.update(name="Mine"),
        lambda: form.update_content({"Body": []}),
        lambda: form.publish({"Body": []}),
        lambda: form.rollback(to=1),
        form.delete,
        form.versions.create,
        lambda: form.versions.delete(1),
        lambda: form.version(1).delete(),
    ]
    for change in changes:
        with pytest.raises(RequestError, match=r"view: arn:aws:connect:us-east-1:aws:view/form is AWS's, and can't be"):
            change()
    assert calls() == []


def test_name_and_description_are_changed_without_the_content(
    instance: Instance, view: LoadedView, calls: Calls
) -> None:
    view.update(name="Refunds")
    view.update(description="Ask them")
    assert calls() == ["UpdateViewMetadata", "UpdateViewMetadata"]
    changed = view.refresh()
    assert (changed.name, changed.description, changed.content) == ("Refunds", "Ask them", view.content)
    assert (view.name, view.description) == ("Refund", "Ask")  # as it was read
    with pytest.raises(RequestError, match="name or description has to be given; content goes to update_content"):
        view.update()
    instance.views.create(name="Taken", content=refund())
    with pytest.raises(ConflictError):
        view.update(name="Taken")
    with pytest.raises(ConflictError):
        instance.views.create(name="Taken", content=refund())


def test_updating_the_content_gives_the_view_with_its_new_content(view: LoadedView, calls: Calls) -> None:
    updated = view.update_content(refund("Yes"))
    assert calls() == ["UpdateViewContent"]
    assert (updated, updated.content, updated.status) == (view, ViewContent(refund("Yes")), "PUBLISHED")
    assert updated.checksum not in (None, view.checksum)
    assert view.refresh().content == updated.content
    draft = view.update_content(refund("Draft"), actions=["Accept"], publish=False)
    assert (draft.status, draft.checksum, draft.content.actions) == ("SAVED", updated.checksum, ("Accept",))


def test_a_deleted_view_is_gone(instance: Instance, view: LoadedView) -> None:
    view.delete()
    assert instance.views.find("Refund") is None
    for gone in (view.refresh, view.delete, lambda: view.publish(refund("Yes")), view.versions.create):
        with pytest.raises(NotFoundError):
            gone()


def test_two_views_are_compared_readably(view: LoadedView, calls: Calls) -> None:
    view.versions.create()
    updated = view.update_content(refund("Yes"))
    calls()
    expected = 'Body[0].Props.Label: "Accept" → "Yes"'
    assert (
        str(view.diff(updated))
        == str(view.diff(refund("Yes")))
        == str(view.diff(json.dumps(refund("Yes"))))
        == expected
    )
    assert calls() == []
    assert str(updated.diff(view.version(1))) == 'Body[0].Props.Label: "Yes" → "Accept"'
    assert calls() == ["DescribeView"]
    with pytest.raises(RequestError, match="line 1, column 2"):
        view.diff("{")


def test_a_view_that_was_read_can_be_created_in_another_instance(
    kit: ConnectKit, sim: Simulator, view: LoadedView, calls: Calls
) -> None:
    other = kit.instance(sim.add_instance("other"))
    calls()
    read = view.refresh()
    copy = other.views.create_from(read)
    assert calls() == ["DescribeView", "CreateView"]
    assert (copy.name, copy.description, copy.tags) == ("Refund", "Ask", {"team": "care"})
    assert (copy.content, copy.content.input_schema) == (read.content, read.content.input_schema)
    assert (copy != view, copy.instance_id) == (True, other.id)
    renamed = other.views.create_from(read, name="Second", description="Other", tags={}, publish=False)
    assert (renamed.name, renamed.description, renamed.tags, renamed.status) == ("Second", "Other", {}, "SAVED")
    third = other.views.create(name="Third", content=read.content)
    assert third.content == read.content


@needs("connect", "SearchViews")
def test_views_are_searched_by_everything_that_the_service_offers(instance: Instance, calls: Calls) -> None:
    create = instance.views.create
    create(name="Refund late", content=refund(), description="Parcel late", tags={"team": "care", "tier": "1"})
    create(name="Refund lost", content=refund(), description="Parcel lost", tags={"team": "care"})
    create(name="Return", content=refund(), description="Come back", tags={"team": "shop"}, publish=False)
    calls()

    def found(**keywords: Any) -> list[str]:
        return [view.name for view in instance.views.search(type="CUSTOMER_MANAGED", **keywords)]

    assert found() == ["Refund late", "Refund lost", "Return"]
    assert found(name="return") == ["Return"]
    assert found(name_starts_with="Ref") == ["Refund late", "Refund lost"]
    assert found(name_contains=["late", "turn"]) == ["Refund late", "Return"]
    assert found(name_contains="Ref", description_contains="lost") == ["Refund lost"]
    assert (
        found(description="Come back") == found(status="SAVED") == found(description_starts_with="Come") == ["Return"]
    )
    assert found(tags={"team": "care"}) == ["Refund late", "Refund lost"]
    assert found(tags={"team": None, "tier": "1"}) == ["Refund late"]
    assert found(tags=[{"tier": "1"}, {"team": "shop"}]) == ["Refund late", "Return"]
    lost = connect.StringCondition(field_name="name", value="lost", comparison_type="CONTAINS")
    assert found(name_starts_with="Ref", criteria=connect.ViewSearchCriteria(string_condition=lost)) == ["Refund lost"]
    assert set(calls()) == {"SearchViews"}
    assert instance.views.search(name="Form").all() == [instance.views.find("Form")]
    pages = list(instance.views.search(type="CUSTOMER_MANAGED", page_size=2).pages())
    assert [page.response.approximate_total_count for page in pages] == [3, 3]


EVERY_OPERATION: dict[str, Callable[[Instance, View], object]] = {
    "CreateView": lambda instance, _: instance.views.create(name="Another", content={"Body": []}),
    "DescribeView": lambda _, view: view.refresh(),
    "ListViews": lambda instance, _: instance.views.list().all(),
    "SearchViews": lambda instance, _: instance.views.search(name="Refund").all(),
    "UpdateViewContent": lambda _, view: view.update_content({"Body": []}),
    "UpdateViewMetadata": lambda _, view: view.update(description="Other"),
    "CreateViewVersion": lambda _, view: view.versions.create(),
    "ListViewVersions": lambda _, view: view.versions.list().all(),
    "DeleteViewVersion": lambda _, view: view.versions.delete(view.versions.create().number),
    "DeleteView": lambda _, view: view.delete(),
}


def test_the_table_has_every_operation_on_views() -> None:
    names = {name for name in connect.__all__ if name.endswith("Request") and "View" in name}
    assert {f"{operation}Request" for operation in EVERY_OPERATION} == names


@pytest.mark.parametrize(
    "operation",
    [pytest.param(name, marks=needs("connect", name) if name == "SearchViews" else ()) for name in EVERY_OPERATION],
)
def test_every_operation_is_reached(operation: str, instance: Instance, view: LoadedView, calls: Calls) -> None:
    EVERY_OPERATION[operation](instance, instance.view(view.id))
    assert operation in calls()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(OBJECTS, OBJECTS)
def test_any_json_document_survives_publishing_and_reading(
    instance: Instance, first: dict[str, Any], second: dict[str, Any]
) -> None:
    for template in (first, second):
        result = instance.views.publish(ViewContent(template), name="Any")
        read = instance.views.get("Any")
        assert same(read.content.template, template)
        assert same(result.view.content.template, template)
        assert result.version.number == (read.version_number or 0)
        assert same(read.versions.get(result.version.number).content().template, template)
        assert instance.views.publish(ViewContent(template), name="Any").outcome == "unchanged"
    instance.view(read.id).delete()
