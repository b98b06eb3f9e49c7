"""Related items of a case: each kind is written and read back in plain values, found, changed and taken off."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectkit import NotFoundError, RequestError, UnknownNameError
from connectkit.errors import ConflictError, InvalidRequestError
from connectkit.models import connectcases as cases
from connectkit.resources.related_items.content import (
    CaseLink,
    Comment,
    ContactLink,
    CustomItem,
    FileLink,
    NewItemContent,
    NewSla,
    Sla,
    UnknownContent,
)
from connectkit.resources.related_items.item import LoadedRelatedItem, RelatedItem

from ...simulator.helpers import START, USER_ARN, maximum, needs, needs_member, needs_value
from ..related import FILE_ARN, answer_with, field_id, make_case

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.cases.case import Case
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
needs_slas = needs_value("connectcases", "RelatedItemType", "Sla")
needs_links = needs_value("connectcases", "RelatedItemType", "ConnectCase")
needs_custom = needs_value("connectcases", "RelatedItemType", "Custom")


@pytest.fixture
def case(kit: ConnectKit, domain: CasesDomain, calls: Calls) -> Case:
    made = make_case(kit, domain)
    calls()
    return made


def only(case: Case) -> LoadedRelatedItem:
    (item,) = case.related_items.list()
    return item


# ---- each kind -----------------------------------------------------------------------------------------------------

OTHER = "to be the other case"
KINDS = [
    pytest.param(Comment("Called the carrier"), id="comment"),
    pytest.param(FileLink(FILE_ARN), id="file"),
    pytest.param(CaseLink(OTHER), id="case", marks=needs_links),
    pytest.param(
        CustomItem(
            {
                "Amount": 12.5,
                "Due date": datetime(2030, 2, 1, 9, 30, tzinfo=timezone.utc),
                "Urgent": False,
                "Notes": "",
                "Link": "https://example.com/order/1",
                "Owner": USER_ARN,
                "Priority": "high",
            }
        ),
        id="custom",
        marks=needs_custom,
    ),
]


@needs_member("connectcases", "UserUnion", "customEntity")
@pytest.mark.parametrize("content", KINDS)
def test_what_an_item_is_made_from_is_what_is_read_back(
    kit: ConnectKit, domain: CasesDomain, case: Case, content: NewItemContent
) -> None:
    given = CaseLink(make_case(kit, domain, "Another").id) if content == CaseLink(OTHER) else content
    made = case.related_items.create(given, performed_by="parcel bot")
    read = only(case)
    assert read.content == given
    assert (read.id, read.type, read.case_id, read.case) == (made.id, made.type, case.id, case)
    assert read == made == case.related_item(made.id)
    assert read.performed_by.custom_entity == "parcel bot"
    assert "parcel bot" not in repr(read.performed_by)
    assert read.association_time.utcoffset() == timedelta(0)
    assert read.association_time > START


@pytest.mark.parametrize("content", [Comment("at the old mill"), CustomItem({"Notes": "at the old mill"})])
def test_what_is_printed_or_logged_of_an_item_has_no_content(content: NewItemContent) -> None:
    assert "old mill" not in repr(content)


def test_a_contact_is_read_with_what_connect_knows_of_it(case: Case, sim: Simulator) -> None:
    connected = START - timedelta(hours=3)
    arn = sim.add_contact(channel="CHAT", connected=connected)
    case.link_contact(arn, performed_by=USER_ARN)
    item = only(case)
    assert item.content == ContactLink(arn, channel="CHAT", connected_at=connected)
    assert item.performed_by.user_arn == USER_ARN
    with pytest.raises(ConflictError):
        case.link_contact(arn)


@needs_slas
def test_an_sla_says_what_it_waits_for_in_plain_values_until_it_is_met(
    kit: ConnectKit, domain: CasesDomain, case: Case, sim: Simulator
) -> None:
    case.add_sla(name="Calm it", field="Priority", targets=["Low"], within=timedelta(hours=2))
    begun = sim.clock.now()
    content = only(case).content
    assert isinstance(content, Sla)
    assert (content.name, content.status, content.field) == ("Calm it", "Active", "Priority")
    assert (content.field_id, content.target_values) == (field_id(kit, domain, "Priority"), ("low",))
    assert abs(content.target_time - begun - timedelta(hours=2)) < timedelta(seconds=1)
    assert content.completion_time is None
    assert "Calm it" not in repr(content)
    case.update({"Priority": "Low"})
    met = only(case).content
    assert isinstance(met, Sla)
    assert met.status == "Met"
    assert met.completion_time is not None
    assert met.completion_time < met.target_time


@needs_slas
@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("Amount", 3.0),
        ("Urgent", True),
        ("Due date", datetime(2030, 5, 1, tzinfo=timezone.utc)),
        ("Notes", "done"),
        ("status", "closed"),
        ("Owner", USER_ARN),
    ],
)
def test_the_target_of_an_sla_is_read_as_the_type_of_its_field_says(case: Case, field: str, target: object) -> None:
    case.related_items.create(NewSla("Soon", field, (target,), timedelta(minutes=1)))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - one of each type
    content = only(case).content
    assert isinstance(content, Sla)
    assert content.target_values == (target,)


def test_an_sla_that_can_not_be_is_refused_with_everything_that_is_wrong(case: Case, calls: Calls) -> None:
    with pytest.raises(RequestError) as refused:
        case.add_sla(name="s", field="Priorty", targets=["Low"], within=timedelta(seconds=90))
    within, field = refused.value.faults
    assert within == ("within", "is 0:01:30; an SLA takes whole minutes")
    assert "did you mean 'Priority'?" in field.problem
    with pytest.raises(RequestError, match=r"targets: has no option 'Lwo'; did you mean 'Low'"):
        case.add_sla(name="s", field="Priority", targets=["Lwo"], within=timedelta(days=1))
    with pytest.raises(TypeError, match=r"targets is to be a list of values, \['Low'\]"):
        case.add_sla(name="s", field="Priority", targets="Low", within=timedelta(days=1))
    assert "CreateRelatedItem" not in calls()


def test_the_time_of_an_sla_is_a_timedelta(case: Case) -> None:
    with pytest.raises(TypeError, match=r"within is to be a timedelta, such as timedelta\(hours=4\), not 3600"):
        case.add_sla(name="Soon", field="status", targets=["closed"], within=3600)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake


@needs_member("connectcases", "UserUnion", "customEntity")
def test_a_comment_is_copied_with_who_made_it(kit: ConnectKit, domain: CasesDomain, case: Case) -> None:
    other = make_case(kit, domain, "Another")
    case.comments.add("By a person", performed_by=USER_ARN)
    case.comments.add("By a program", performed_by="parcel bot")
    case.comments.add("By nobody in particular")
    for comment in reversed(case.comments.list().all()):
        other.comments.add(comment.content.body, performed_by=comment.performed_by)
    copied = [(item.content, item.performed_by) for item in other.comments.list()]
    assert copied == [(item.content, item.performed_by) for item in case.comments.list()]


@needs_links
def test_a_link_leads_to_the_other_case(kit: ConnectKit, domain: CasesDomain, case: Case) -> None:
    other = make_case(kit, domain, "Another")
    case.link_case(other)
    content = only(case).content
    assert isinstance(content, CaseLink)
    assert content.case == other
    assert content.case.refresh(fields=["title"])["title"] == "Another"
    with pytest.raises(
        RequestError, match=f"other: case {case.id} is of domain {domain.id}, and this is domain {NOBODY}"
    ):
        kit.domain(NOBODY).case(NOBODY).link_case(case)
    with pytest.raises(TypeError, match="a case is given as its id or itself"):
        case.link_case(domain)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    with pytest.raises(AttributeError, match="only a link that was read knows its domain"):
        _ = CaseLink(NOBODY).case


@needs_custom
def test_a_custom_item_takes_fields_by_name_id_and_reference_and_options_by_name(
    kit: ConnectKit, domain: CasesDomain, case: Case
) -> None:
    notes = field_id(kit, domain, "Notes")
    case.add_custom({domain.schema.number("Amount"): Decimal("2.50"), notes: "by id", "Priority": "High"})
    assert only(case).content == CustomItem({"Amount": 2.5, "Notes": "by id", "Priority": "high"})


def test_values_that_do_not_suit_are_refused_all_at_once_before_anything_is_sent(case: Case, calls: Calls) -> None:
    with pytest.raises(RequestError) as refused:
        case.add_custom({"Amount": "3", "Prioritty": "High", "Urgent": 1})
    assert [fault.path for fault in refused.value.faults] == [
        "fields['Amount']",
        "fields['Prioritty']",
        "fields['Urgent']",
    ]
    assert "CreateRelatedItem" not in calls()
    with pytest.raises(TypeError, match=r"a custom item is made of a dictionary, .*, not of list"):
        case.add_custom(["Amount"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    with pytest.raises(TypeError, match=r"a related item is made from a Comment, ContactLink, .*, not str"):
        case.related_items.create("Called the carrier")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    sla = Sla(name="s", status="Met", target_time=START)
    with pytest.raises(TypeError, match="not Sla: NewSla makes one"):
        case.related_items.create(sla)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake


def test_a_comment_may_be_as_long_as_the_service_takes_and_no_longer(case: Case) -> None:
    body = "ä" * maximum("connectcases", "CommentContent", "body")
    case.comments.add(body)
    (comment,) = case.comments.list()
    assert comment.content.body == body
    with pytest.raises(RequestError, match="body"):
        case.comments.add(body + "!")
    with pytest.raises(RequestError, match="body"):
        case.comments.add("")


# ---- reading -------------------------------------------------------------------------------------------------------


def test_comments_are_read_without_reading_the_fields(case: Case, calls: Calls) -> None:
    for number in range(30):
        case.comments.add(f"Comment {number}")
    calls()
    assert [comment.content.body for comment in case.comments.list()] == [f"Comment {n}" for n in reversed(range(30))]
    assert calls() == ["SearchRelatedItems"] * 2


@needs_custom
def test_the_fields_are_read_once_for_pages_of_custom_items(case: Case, calls: Calls, domain: CasesDomain) -> None:
    for number in range(30):
        case.add_custom({"Amount": number})
    domain.schema.refresh()
    calls()
    contents = [item.content for item in case.related_items.search(CustomItem)]
    assert [content.fields["Amount"] for content in contents] == [float(number) for number in reversed(range(30))]
    assert calls() == ["SearchRelatedItems"] * 2


@needs_custom
def test_a_field_that_was_deleted_is_still_called_by_its_name_and_stays_when_others_change(
    kit: ConnectKit, domain: CasesDomain, case: Case, calls: Calls
) -> None:
    for moment in (1, 2):
        due = datetime(2030, 2, moment, tzinfo=timezone.utc)
        case.add_custom({"Amount": moment, "Due date": due, "Notes": "fragile"})
    for name in ("Due date", "Notes"):
        kit.send(cases.DeleteFieldRequest(domain_id=domain.id, field_id=field_id(kit, domain, name)))
    domain.schema.refresh()
    calls()
    first, second = case.related_items.search(CustomItem)
    assert calls() == ["SearchRelatedItems", "BatchGetField"]
    due = datetime(2030, 2, 1, tzinfo=timezone.utc)
    assert second.content == CustomItem({"Amount": 1.0, "Due date": due, "Notes": "fragile"})
    first.update(first.content.changed({"Amount": 7}))
    changed = first.refresh()
    assert changed.content.fields == {**first.content.fields, "Amount": 7.0}
    assert first.content.fields["Amount"] == 2.0
    assert calls() == ["UpdateRelatedItem", "SearchRelatedItems"]


@needs_custom
def test_a_field_that_was_deleted_gives_way_to_one_of_the_same_name(
    kit: ConnectKit, domain: CasesDomain, case: Case
) -> None:
    old = field_id(kit, domain, "Notes")
    case.add_custom({"Notes": "old"})
    kit.send(cases.DeleteFieldRequest(domain_id=domain.id, field_id=old))
    kit.send(cases.CreateFieldRequest(domain_id=domain.id, name="Notes", type="Text"))
    domain.schema.refresh()
    (item,) = case.related_items.search(CustomItem)
    item.update(item.content.changed({domain.schema["Notes"].id: "new"}))
    (read,) = case.related_items.search(CustomItem)
    assert sorted(read.content.fields.values(), key=str) == ["new", "old"]
    assert len(read.content.fields) == 2


def test_a_kind_that_nobody_knows_yet_is_kept_as_it_came(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    hologram = {"hologram": {"beam": "blue"}}
    answer = cases.SearchRelatedItemsResponse.from_wire(
        {
            "relatedItems": [
                {
                    "relatedItemId": "1",
                    "type": "Hologram",
                    "associationTime": "2030-01-01T00:00:00Z",
                    "content": hologram,
                },
                {"relatedItemId": "2", "type": "Comment", "content": {}},
                {"relatedItemId": "3", "type": "Sla", "content": {"sla": {}}},
                {"relatedItemId": "4", "type": "Comment"},
            ]
        }
    )
    answer_with(monkeypatch, answer)
    items = case.related_items.list().all()
    assert [item.type for item in items] == ["Hologram", "Comment", "Sla", "Comment"]
    assert items[0].content == UnknownContent(hologram)
    assert "blue" not in repr(items[0].content)
    assert all(isinstance(item.content, UnknownContent) for item in items)
    assert items[1].performed_by == items[0].performed_by


def test_an_item_is_found_by_its_id_among_its_kind(case: Case, sim: Simulator, calls: Calls) -> None:
    first = case.comments.add("The first")
    for _ in range(30):
        case.link_contact(sim.add_contact())
    calls()
    assert case.related_items.get(first.id).content == Comment("The first")
    assert calls() == ["SearchRelatedItems"] * 2
    assert first.refresh().content == Comment("The first")
    assert calls() == ["SearchRelatedItems"]
    with pytest.raises(UnknownNameError, match=f"there is no related item '{NOBODY}' in case {case.id}"):
        case.related_items.get(NOBODY)


# ---- changing ------------------------------------------------------------------------------------------------------


@needs("connectcases", "UpdateRelatedItem")
def test_a_comment_gets_another_text(case: Case) -> None:
    made = case.comments.add("Claled the carrier")
    made.update(Comment("Called the carrier"), performed_by="an editor")
    assert made.refresh().content == Comment("Called the carrier")


@needs("connectcases", "DeleteRelatedItem")
@needs("connectcases", "UpdateRelatedItem")
def test_what_a_kind_can_not_do_is_refused_here_where_the_kind_is_known_and_else_by_the_service(
    case: Case, sim: Simulator, calls: Calls
) -> None:
    file = case.link_file(FILE_ARN)
    contact = case.link_contact(sim.add_contact())
    comment = case.comments.add("A comment")
    calls()
    with pytest.raises(RequestError, match="is a File: Amazon Connect's DeleteAttachedFile deletes files"):
        file.delete()
    with pytest.raises(RequestError, match="is a Contact: only comments and custom items can be changed"):
        contact.update(Comment("no"))
    with pytest.raises(RequestError, match="is a Comment: it can't be given the content of one of type Custom"):
        comment.update(CustomItem({"Amount": 1}))
    with pytest.raises(TypeError, match="can be changed to a Comment, CustomItem, not str"):
        comment.update("no")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    assert calls() == []
    with pytest.raises(InvalidRequestError):
        case.related_item(file.id).delete()
    with pytest.raises(InvalidRequestError):
        case.related_item(contact.id).update(Comment("no"))


@needs("connectcases", "DeleteRelatedItem")
def test_an_item_is_taken_off(case: Case) -> None:
    comment = case.comments.add("A comment")
    comment.delete()
    assert case.related_items.list().all() == []
    with pytest.raises(NotFoundError):
        comment.delete()


def test_naming_an_item_makes_no_call(case: Case, calls: Calls) -> None:
    item = case.related_item(NOBODY)
    assert type(item) is RelatedItem
    assert (item.id, item.case_id, item.case, item.domain_id) == (NOBODY, case.id, case, case.domain_id)
    assert repr(item) == f"<RelatedItem {NOBODY}>"
    assert calls() == []


def test_an_item_has_tags(case: Case, calls: Calls) -> None:
    made = case.comments.add("A comment")
    calls()
    made.tags.update({"team": "parcels"})
    assert calls() == ["TagResource"]
    item = only(case)
    assert dict(item.tags) == {"team": "parcels"}
    assert item.tags.list() == case.related_item(made.id).tags.list() == {"team": "parcels"}
    item.tags.delete("team")
    assert dict(item.tags) == {"team": "parcels"}
    assert made.tags.list() == {}
