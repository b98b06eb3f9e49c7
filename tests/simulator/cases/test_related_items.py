"""Related items: what each type holds, and what can be done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas

from ..helpers import START, USER_ARN, empty, maximum, needs, needs_value, number, refused, text
from .support import CONTACT_ARN, FILE_ARN, comment, contact, custom, items, link, relate, sla

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

LONGEST_COMMENT = maximum("connectcases", "CommentContent", "body")
needs_custom = needs_value("connectcases", "RelatedItemType", "Custom")


@pytest.fixture
def case_id(domain: DomainFixture) -> str:
    """A case."""
    return domain.case()


def read_item(domain: DomainFixture, case_id: str, item_id: str) -> dict[str, Any]:
    """Give an item of a case."""
    (item,) = (item for item in items(domain, case_id) if item["relatedItemId"] == item_id)
    return item


# ---- what an item holds --------------------------------------------------------------------------------------------


@pytest.mark.rule("item.types")
def test_comments_contacts_and_files_are_read_as_they_were_written(
    cases: Any, domain: DomainFixture, case_id: str
) -> None:
    contents: dict[str, dict[str, Any]] = {
        "Comment": {"comment": {"body": "Called the carrier", "contentType": "Text/Plain"}},
        "File": {"file": {"fileArn": FILE_ARN}},
    }
    for kind, content in contents.items():
        made = cases.create_related_item(
            domainId=domain.id, caseId=case_id, type=kind, content=content, performedBy={"userArn": USER_ARN}
        )
        read = read_item(domain, case_id, made["relatedItemId"])
        assert (read["type"], read["content"]) == (kind, content)
        assert (read["performedBy"], read["tags"]) == ({"userArn": USER_ARN}, {})
        assert made["relatedItemArn"].endswith(f"/case/{case_id}/related-item/{made['relatedItemId']}")
    read = read_item(domain, case_id, contact(domain, case_id))
    assert (read["type"], read["content"]["contact"]["contactArn"]) == ("Contact", CONTACT_ARN)
    assert "performedBy" not in read


@needs_custom
@pytest.mark.rule("item.types")
def test_links_slas_and_custom_items_are_read_as_they_were_written(domain: DomainFixture, case_id: str) -> None:
    other, size = domain.case(), domain.field("Size", "Number")
    read = read_item(domain, case_id, link(domain, case_id, other))
    assert (read["type"], read["content"]) == ("ConnectCase", {"connectCase": {"caseId": other}})
    read = read_item(domain, case_id, custom(domain, case_id, number(size, 3)))
    assert (read["type"], read["content"]) == ("Custom", {"custom": {"fields": [number(size, 3)]}})
    read = read_item(domain, case_id, sla(domain, case_id))
    assert (read["type"], read["content"]["sla"]["slaConfiguration"]["name"]) == ("Sla", "In time")


@pytest.mark.rule("item.content")
def test_an_item_has_the_content_of_its_type(domain: DomainFixture, case_id: str) -> None:
    with refused("ValidationException", "of type File has file content, not contact"):
        relate(domain, case_id, "File", {"contact": {"contactArn": CONTACT_ARN}})


@pytest.mark.rule("item.comment")
def test_a_comment_is_plain_text_of_some_length(domain: DomainFixture, case_id: str) -> None:
    longest = "x" * LONGEST_COMMENT
    assert read_item(domain, case_id, comment(domain, case_id, longest))["content"]["comment"]["body"] == longest
    with refused("ValidationException", f"at most {LONGEST_COMMENT} characters"):
        comment(domain, case_id, longest + "x")
    with refused("ValidationException", "must be one of Text/Plain"):
        relate(domain, case_id, "Comment", {"comment": {"body": "x", "contentType": "Text/Html"}})


@needs_custom
@pytest.mark.rule("item.custom", "item.custom-values")
def test_a_custom_item_has_fifty_custom_fields_at_most(domain: DomainFixture, case_id: str) -> None:
    fields = [domain.field(f"Field {index}") for index in range(51)]
    values = [text(field_id, "x") for field_id in fields]
    item = read_item(domain, case_id, custom(domain, case_id, *values[:50]))
    assert item["content"] == {"custom": {"fields": values[:50]}}
    for bad, problem in (
        (values, "at most 50 elements"),
        ([text("summary", "x")], "system field"),
        ([text("nowhere", "x")], "nowhere does not exist"),
        ([values[0], values[0]], "more than once"),
        ([number(fields[0], 1)], "takes stringValue, not doubleValue"),
    ):
        with refused("ValidationException", problem):
            custom(domain, case_id, *bad)


@needs_custom
@pytest.mark.rule("item.custom-values")
def test_an_empty_value_of_a_custom_item_is_left_out(domain: DomainFixture, case_id: str) -> None:
    note, size = domain.field("Note"), domain.field("Size", "Number")
    item = custom(domain, case_id, empty(note), number(size, 0))
    assert read_item(domain, case_id, item)["content"] == {"custom": {"fields": [number(size, 0)]}}


@pytest.mark.rule("item.once")
def test_a_contact_or_a_file_is_related_once(domain: DomainFixture, case_id: str) -> None:
    file = {"file": {"fileArn": FILE_ARN}}
    for _ in range(2):
        # A comment stands for itself.
        comment(domain, case_id, "the same")
    contact(domain, case_id)
    relate(domain, case_id, "File", file)
    with refused("ConflictException", CONTACT_ARN):
        contact(domain, case_id)
    with refused("ConflictException", FILE_ARN):
        relate(domain, case_id, "File", file)
    contact(domain, domain.case())


@pytest.mark.rule("item.arns")
@pytest.mark.parametrize("arn", ["c", "arn:aws:connect:us-east-1:1:instance/i/agent/a", "arn:aws:s3:::bucket"])
def test_contacts_and_files_are_named_by_arn(domain: DomainFixture, case_id: str, arn: str) -> None:
    with refused("ValidationException", "takes the ARN of a contact"):
        contact(domain, case_id, arn)
    with refused("ValidationException", "takes the ARN of a file"):
        relate(domain, case_id, "File", {"file": {"fileArn": "f"}})


@needs_custom
@pytest.mark.rule("item.case-link", "item.once")
def test_a_link_is_to_another_case_that_exists(domain: DomainFixture, case_id: str) -> None:
    other = domain.case()
    with refused("ValidationException", "can't be related to itself"):
        link(domain, case_id, case_id)
    with refused("ResourceNotFoundException", "Case nowhere"):
        link(domain, case_id, "nowhere")
    link(domain, case_id, other)
    with refused("ConflictException", other):
        link(domain, case_id, other)
    link(domain, other, case_id)


@pytest.mark.rule("item.contact")
def test_a_contact_that_was_added_shows_its_channel_and_time(
    domain: DomainFixture, case_id: str, sim: Simulator
) -> None:
    arn = sim.add_contact(channel="CHAT", connected=START.replace(year=2029))
    shown = read_item(domain, case_id, contact(domain, case_id, arn))["content"]["contact"]
    assert shown == {"contactArn": arn, "channel": "CHAT", "connectedToSystemTime": START.replace(year=2029)}


@pytest.mark.rule("item.contact-unseen")
def test_a_contact_that_nobody_added_is_a_call(domain: DomainFixture, case_id: str) -> None:
    read = read_item(domain, case_id, contact(domain, case_id))
    assert read["content"]["contact"]["channel"] == "VOICE"
    assert read["content"]["contact"]["connectedToSystemTime"] == read["associationTime"]


@pytest.mark.rule("quota.defaults", "quota.error")
def test_a_case_has_two_hundred_items_at_most(domain: DomainFixture, case_id: str, sim: Simulator) -> None:
    sim.quotas = Quotas(related_items=3)
    for _ in range(3):
        comment(domain, case_id)
    with refused("ServiceQuotaExceededException", "3 related items"):
        comment(domain, case_id)
    comment(domain, domain.case())
    sim.quotas = Quotas()
    for _ in range(197):
        comment(domain, case_id)
    with refused("ServiceQuotaExceededException", "200 related items"):
        comment(domain, case_id)


# ---- changing one --------------------------------------------------------------------------------------------------


def update(domain: DomainFixture, case_id: str, item_id: str, content: dict[str, Any], **members: Any) -> Any:
    """Change an item, and give the answer."""
    return domain.client.update_related_item(
        domainId=domain.id, caseId=case_id, relatedItemId=item_id, content=content, **members
    )


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("item.update", "item.update-answer")
def test_a_comment_can_be_changed(domain: DomainFixture, case_id: str) -> None:
    item = comment(domain, case_id, performedBy={"userArn": USER_ARN})
    before = read_item(domain, case_id, item)
    content = {"comment": {"body": "New", "contentType": "Text/Plain"}}
    answer = update(domain, case_id, item, content, performedBy={"customEntity": "night shift"})
    del answer["ResponseMetadata"]
    assert answer.pop("relatedItemArn").endswith(f"/case/{case_id}/related-item/{item}")
    assert answer == {
        "relatedItemId": item,
        "type": "Comment",
        "content": content,
        "associationTime": before["associationTime"],
        "tags": {},
        "lastUpdatedUser": {"customEntity": "night shift"},
        "createdBy": {"userArn": USER_ARN},
    }
    after = read_item(domain, case_id, item)
    assert after == {**before, "content": content}


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("item.update-replaces")
def test_an_update_of_a_custom_item_replaces_its_fields(domain: DomainFixture, case_id: str) -> None:
    note, size, flag = domain.field("Note"), domain.field("Size", "Number"), domain.field("Flag", "Boolean")
    item = custom(domain, case_id, text(note, "x"), number(size, 1))
    fields = [number(size, 2), {"id": flag, "value": {"booleanValue": False}}]
    update(domain, case_id, item, {"custom": {"fields": fields}})
    assert read_item(domain, case_id, item)["content"] == {"custom": {"fields": fields}}


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("item.update-keeps")
def test_what_a_custom_item_has_may_stay(domain: DomainFixture, case_id: str) -> None:
    kind, note, size = domain.select("Kind", "a", "b"), domain.field("Note"), domain.field("Size", "Number")
    item = custom(domain, case_id, text(kind, "a"), text(note, "x"), number(size, 1))
    without = custom(domain, case_id, number(size, 1))
    domain.put_options(kind, a=False)
    domain.client.delete_field(domainId=domain.id, fieldId=note)
    fields = [text(kind, "a"), text(note, "y"), number(size, 2)]
    update(domain, case_id, item, {"custom": {"fields": fields}})
    assert read_item(domain, case_id, item)["content"] == {"custom": {"fields": fields}}
    for value, problem in ((text(kind, "a"), "inactive"), (text(note, "x"), "deleted")):
        with refused("ValidationException", problem):
            update(domain, case_id, without, {"custom": {"fields": [value]}})
    update(domain, case_id, item, {"custom": {"fields": [number(size, 2)]}})
    with refused("ValidationException", "deleted"):
        update(domain, case_id, item, {"custom": {"fields": [text(note, "x")]}})


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("item.update")
def test_nothing_else_can_be_changed(domain: DomainFixture, case_id: str) -> None:
    note = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    others = [
        contact(domain, case_id),
        relate(domain, case_id, "File", {"file": {"fileArn": FILE_ARN}}),
        link(domain, case_id, domain.case()),
        sla(domain, case_id),
    ]
    for item in others:
        with refused("ValidationException", "which can't be changed"):
            update(domain, case_id, item, note)
    size = domain.field("Size", "Number")
    with refused("ValidationException", "takes custom content"):
        update(domain, case_id, custom(domain, case_id, number(size, 1)), note)
    with refused("ValidationException", "takes comment content"):
        update(domain, case_id, comment(domain, case_id), {"custom": {"fields": [number(size, 1)]}})


# ---- deleting one, and whose it is ---------------------------------------------------------------------------------


@needs("connectcases", "DeleteRelatedItem")
@pytest.mark.rule("item.delete", "item.once")
def test_an_item_can_be_deleted_save_a_file(cases: Any, domain: DomainFixture, case_id: str) -> None:
    case = {"domainId": domain.id, "caseId": case_id}
    file = relate(domain, case_id, "File", {"file": {"fileArn": FILE_ARN}})
    for item in (comment(domain, case_id), contact(domain, case_id), sla(domain, case_id)):
        cases.delete_related_item(**case, relatedItemId=item)
        with refused("ResourceNotFoundException", item):
            cases.delete_related_item(**case, relatedItemId=item)
    with refused("ValidationException", "DeleteAttachedFile"):
        cases.delete_related_item(**case, relatedItemId=file)
    assert [item["relatedItemId"] for item in items(domain, case_id)] == [file]
    contact(domain, case_id)


@needs("connectcases", "UpdateRelatedItem")
@pytest.mark.rule("item.own-case")
def test_an_item_is_found_on_its_own_case_only(cases: Any, domain: DomainFixture, case_id: str) -> None:
    item = comment(domain, case_id)
    here = {"domainId": domain.id, "caseId": domain.case(), "relatedItemId": item}
    with refused("ResourceNotFoundException", item):
        cases.delete_related_item(**here)
    with refused("ResourceNotFoundException", item):
        cases.update_related_item(**here, content={"comment": {"body": "x", "contentType": "Text/Plain"}})
    assert len(items(domain, case_id)) == 1
