"""What the facades of views give, seen by a type checker."""

from pathlib import Path

from typing_extensions import assert_type

from connectkit import ConnectKit, LoadedView, Page, Plan, Publication, SyncResult, ViewContent, ViewDiff
from connectkit.models import connect
from connectkit.resources.views.diff import Change
from connectkit.resources.views.versions import ListedViewVersion, LoadedViewVersion
from connectkit.resources.views.view import ListedView


def use(_: object) -> None: ...


def reading(kit: ConnectKit) -> dict[str, str]:
    views = kit.instance("i").views
    view = views.get("Refund", "saved")
    assert_type(view, LoadedView)
    assert_type(view.content, ViewContent)
    assert_type(view.checksum, str | None)
    assert_type(views.find("Refund"), ListedView | None)
    for page in views.search(name_contains=["a", "b"], tags={"team": None}).pages():
        assert_type(page, Page[ListedView, connect.SearchViewsResponse])
        assert_type(page.response.approximate_total_count, int | None)
    assert_type(view.versions.newest(), ListedViewVersion | None)
    assert_type(view.versions.get(3), LoadedViewVersion)
    assert_type(view.version(3).content(), ViewContent)
    return view.tags


def publishing(kit: ConnectKit) -> int:
    views = kit.instance("i").views
    for content in ({"Body": ["a"]}, "refund.json", b"{}", Path("refund.json"), ViewContent({})):
        assert_type(views.publish(content, name="Refund"), Publication)
    result = views.get("Refund").rollback(to=2)
    assert_type(result.changes, ViewDiff)
    assert_type([change.path for change in result.changes], list[str])
    assert_type(result.changes[0], Change)
    plan = views.sync([Path("a.json"), "views/*.json"])
    assert_type(plan, Plan)
    assert_type(plan.apply(), SyncResult)
    return result.version.number


def slips(kit: ConnectKit) -> None:
    views = kit.instance("i").views
    views.get("Refund", "newest")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    views.list(type="MINE")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    views.create(content={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    views.create_from(kit.instance("i").view("v"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    use(kit.instance("i").view("v").content)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
