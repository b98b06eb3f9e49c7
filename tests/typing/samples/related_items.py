"""What a type checker sees of what hangs on a case: the content of items by kind, history and merges."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from typing_extensions import assert_type

from connectkit import (
    CaseLink,
    Comment,
    CommentManyResult,
    ConnectKit,
    ContactLink,
    CreatedRelatedItem,
    CustomItem,
    F,
    FileLink,
    LoadedRelatedItem,
    Merge,
    MergeState,
    Pager,
    PerformedBy,
    Sla,
    UnknownContent,
)
from connectkit.models import connectcases as cases


def use(_: object) -> None: ...


Plain = str | float | bool | datetime | None


def narrowed_by_isinstance(kit: ConnectKit) -> str | None:
    for item in kit.domain("d").case("c").related_items.list():
        assert_type(item.type, Literal["Contact", "Comment", "File", "Sla", "ConnectCase", "Custom"])
        if isinstance(item.content, Comment):
            assert_type(item.content.body, str)
            item.update(Comment(item.content.body.strip()))
        elif isinstance(item.content, Sla):
            assert_type(item.content.target_values, tuple[Plain, ...])
            assert_type(item.content.status, Literal["Active", "Overdue", "Met", "NotMet"])
        elif isinstance(item.content, CaseLink):
            return item.content.case.refresh(fields=["title"]).template_id
        use(item.content.body)  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    return None


def narrowed_by_match(item: LoadedRelatedItem) -> str:  # noqa: PLR0911 - a kind each
    match item.content:
        case Comment(body):
            return body
        case ContactLink(contact_arn=arn, channel=channel):
            assert_type(channel, str | None)
            return arn
        case FileLink(arn):
            return arn
        case Sla(target_time=moment):
            return moment.isoformat()
        case CaseLink(case_id):
            return case_id
        case CustomItem(fields=fields):
            assert_type(fields, Mapping[str, Plain])
            return str(fields["Seats"])
        case UnknownContent():
            return "?"  # and that is all there are: a function that ends without a result would be an error


def said_by_the_search(kit: ConnectKit) -> None:
    case = kit.domain("d").case("c")
    assert_type(case.comments.list(), Pager[LoadedRelatedItem[Comment], cases.SearchRelatedItemsResponse])
    for comment in case.comments.list(limit=3):
        assert_type(comment.content, Comment)
        assert_type(comment.refresh(), LoadedRelatedItem[Comment])
    for late in case.related_items.search(Sla.where(status="Overdue")):
        assert_type(late.content, Sla)
    for booking in kit.domain("d").related_items.search(CustomItem.where(F.number("n").gt(2)), sort="-case_id"):
        assert_type(booking, LoadedRelatedItem[CustomItem])
        booking.update(booking.content.changed({"Seats": 3}))
    for item in case.related_items.search(Comment, Sla.where(name="hour")):
        assert_type(item, LoadedRelatedItem)


def any_item(_: LoadedRelatedItem) -> None: ...


def written(kit: ConnectKit) -> None:
    case = kit.domain("d").case("c")
    assert_type(case.comments.add("Called the carrier", performed_by="bot"), CreatedRelatedItem)
    for comment in case.comments.list():
        assert_type(comment.performed_by, PerformedBy)
        case.comments.add(comment.content.body, performed_by=comment.performed_by)
    case.add_sla(name="Closed in a day", field="status", targets=["closed"], within=timedelta(days=1))
    case.add_custom({"Seats": 2, "From": datetime(2030, 1, 1).astimezone(), F.text("t"): "x"})
    case.link_case(kit.domain("d").case("other"))
    any_item(next(iter(case.comments.list())))  # an item of one kind is an item
    assert_type(kit.domain("d").related_items.comment_many([case, "id"], "Closed today"), CommentManyResult)


def history(kit: ConnectKit) -> Sequence[tuple[str, Plain, Plain]]:
    return [
        (change.name, change.old, change.new)
        for event in kit.domain("d").case("c").audit_events.list()
        for change in event.changes
    ]


def merged(kit: ConnectKit) -> bool:
    merge = kit.domain("d").case("c").merge("other", take_fields=["Seats"], move=["comments", "case_links"])
    assert_type(merge, Merge)
    assert_type(merge.status(), MergeState | None)
    return merge.wait(timeout=60).is_over


def slips(kit: ConnectKit) -> None:
    case = kit.domain("d").case("c")
    case.related_items.create("Called the carrier")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    case.related_items.create(Sla(name="s", status="Met", target_time=datetime.now().astimezone()))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    case.related_items.search(Sla.where(status="Late"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    case.merge("other", move=["files"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    case.add_sla(name="s", field="status", targets=["closed"], within=60)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    case.audit_events()  # type: ignore[operator]  # pyright: ignore[reportCallIssue]
    kit.domain("d").related_items.search(sort="title")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    use(case.comments.list().first().content)  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
