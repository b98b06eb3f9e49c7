"""The history of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import USER_ARN, empty, has_member, maximum, needs, number, refused, text
from .support import CONTACT_ARN, FILE_ARN, changes, close, comment, contact, custom, history, link, relate, sla

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture


def types(domain: DomainFixture, case_id: str) -> list[str]:
    """Give the types of a case's history, the newest first."""
    return [entry["type"] for entry in history(domain, case_id)]


@pytest.mark.rule("audit.types", "audit.order")
def test_each_change_of_a_case_is_one_entry_and_the_newest_comes_first(domain: DomainFixture) -> None:
    case_id = domain.case()
    comment(domain, case_id)
    domain.update(case_id, text("title", "New"))
    contact(domain, case_id)
    entries = history(domain, case_id)
    assert [(entry["type"], entry.get("relatedItemType")) for entry in entries] == [
        ("RelatedItem.Created", "Contact"),
        ("Case.Updated", None),
        ("RelatedItem.Created", "Comment"),
        ("Case.Created", None),
    ]
    times = [entry["performedTime"] for entry in entries]
    assert times == sorted(times, reverse=True)
    assert len({entry["eventId"] for entry in entries}) == 4
    assert types(domain, domain.case()) == ["Case.Created"]


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("audit.types", "audit.values", "audit.item-fields")
def test_an_item_that_is_changed_and_deleted_leaves_an_entry_each(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    here = {"domainId": domain.id, "caseId": case_id, "relatedItemId": comment(domain, case_id, "Old")}
    content = {"comment": {"body": "New", "contentType": "Text/Plain"}}
    cases.update_related_item(**here, content=content, performedBy={"userArn": USER_ARN})
    cases.delete_related_item(**here)
    gone, changed, made, _ = history(domain, case_id)
    assert (gone["type"], changes(gone)) == ("RelatedItem.Deleted", {"comment.body": ("New", {})})
    assert (changed["type"], changes(changed)) == ("RelatedItem.Updated", {"comment.body": ("Old", "New")})
    assert (made["type"], changes(made)) == ("RelatedItem.Created", {"comment.body": (None, "Old")})
    assert changed["performedBy"]["user"] == {"userArn": USER_ARN}
    assert {entry["relatedItemType"] for entry in (gone, changed, made)} == {"Comment"}


@pytest.mark.rule("audit.values", "audit.cleared", "audit.shown")
def test_an_entry_has_each_changed_field_before_and_after(domain: DomainFixture) -> None:
    size, flag = domain.field("Size", "Number"), domain.field("Flag", "Boolean")
    case_id = domain.case("Old", text("summary", "gone soon"), {"id": flag, "value": {"booleanValue": False}})
    values = [text("title", "New"), empty("summary"), number(size, 0), {"id": flag, "value": {"booleanValue": True}}]
    domain.update(case_id, *values)
    entry = history(domain, case_id)[0]
    assert changes(entry) == {
        "title": ("Old", "New"),
        "summary": ("gone soon", {}),
        size: (None, 0),
        flag: (False, True),
    }
    close(domain, case_id)
    entry = history(domain, case_id)[0]
    assert changes(entry).keys() == {"status", "last_closed_datetime"}


@pytest.mark.rule("audit.values", "audit.shown")
def test_the_first_entry_has_what_a_case_began_with(domain: DomainFixture) -> None:
    case_id = domain.case("A case", performedBy={"userArn": USER_ARN})
    (entry,) = history(domain, case_id)
    began = changes(entry)
    assert {before for before, _ in began.values()} == {None}
    assert began["title"] == (None, "A case")
    assert began["case_id"] == (None, case_id)
    assert began.keys() == {"title", "status", "case_id", "reference_number", "created_datetime", "created_by"}


@pytest.mark.rule("audit.who")
def test_an_entry_says_who_performed_the_request_and_who_signed_it(domain: DomainFixture, sim: Simulator) -> None:
    case_id = domain.case(performedBy={"userArn": USER_ARN})
    (entry,) = history(domain, case_id)
    assert entry["performedBy"]["user"] == {"userArn": USER_ARN}
    assert entry["performedBy"]["iamPrincipalArn"].startswith(f"arn:aws:iam::{sim.account_id}:role/")
    domain.update(case_id, text("title", "New"))
    assert "user" not in history(domain, case_id)[0]["performedBy"]
    if has_member("connectcases", "UserUnion", "customEntity"):
        domain.update(case_id, text("title", "Newer"), performedBy={"customEntity": "night shift"})
        assert history(domain, case_id)[0]["performedBy"]["user"] == {"customEntity": "night shift"}


@pytest.mark.rule("audit.item-fields")
def test_an_entry_about_an_item_names_what_it_stands_for(domain: DomainFixture) -> None:
    case_id = domain.case()
    contact(domain, case_id)
    assert changes(history(domain, case_id)[0]) == {"contact.contactArn": (None, CONTACT_ARN)}
    relate(domain, case_id, "File", {"file": {"fileArn": FILE_ARN}})
    assert changes(history(domain, case_id)[0]) == {"file.fileArn": (None, FILE_ARN)}


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("audit.item-fields", "audit.cleared")
def test_an_entry_about_a_newer_kind_of_item_does_so_too(cases: Any, domain: DomainFixture) -> None:
    case_id, other = domain.case(), domain.case()
    link(domain, case_id, other)
    assert changes(history(domain, case_id)[0]) == {"connectCase.caseId": (None, other)}
    sla(domain, case_id)
    assert changes(history(domain, case_id)[0]) == {"sla.name": (None, "In time")}
    size, note = domain.field("Size", "Number"), domain.field("Note")
    here = {"domainId": domain.id, "caseId": case_id, "relatedItemId": custom(domain, case_id, number(size, 1))}
    cases.update_related_item(**here, content={"custom": {"fields": [text(note, "x")]}})
    assert changes(history(domain, case_id)[0]) == {size: (1, {}), note: (None, "x")}
    cases.update_related_item(**here, content={"custom": {"fields": [text(note, "x"), number(size, 2)]}})
    assert changes(history(domain, case_id)[0]) == {size: (None, 2)}


@pytest.mark.rule("audit.long")
def test_a_long_text_is_cut(domain: DomainFixture) -> None:
    case_id = domain.case()
    body = "x" * maximum("connectcases", "CommentContent", "body")
    comment(domain, case_id, body)
    assert changes(history(domain, case_id)[0]) == {"comment.body": (None, body[:4100])}


@pytest.mark.rule("audit.same")
def test_an_update_to_the_same_values_leaves_an_entry_without_fields(domain: DomainFixture) -> None:
    case_id = domain.case("A case")
    domain.update(case_id, text("title", "A case"))
    (entry, _) = history(domain, case_id)
    assert (entry["type"], entry["fields"]) == ("Case.Updated", [])


@pytest.mark.rule("audit.types")
def test_tags_and_refused_requests_are_not_in_the_history(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case()
    arn = f"{cases.get_domain(domainId=domain.id)['domainArn']}/case/{case_id}"
    cases.tag_resource(arn=arn, tags={"team": "legal"})
    domain.update(case_id)
    with refused("ValidationException"):
        domain.update(case_id, text("status", "no such status"))
    with refused("ValidationException"):
        contact(domain, case_id, "no ARN")
    assert types(domain, case_id) == ["Case.Created"]
