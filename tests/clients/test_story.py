"""The same story, told by each client: what one reads is what it wrote, and it is as the service would show it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, cast

import pytest

from .support import TAG, TEXT, read_moment

if TYPE_CHECKING:
    from .conftest import Desk
    from .support import Control, Story

pytestmark = pytest.mark.clients


def is_recent(moment: object) -> bool:
    """Say whether a client read a moment, and it is one of this run."""
    return isinstance(moment, datetime) and abs(datetime.now(timezone.utc) - moment) < timedelta(minutes=10)


def values(case: Any) -> dict[str, Any]:
    """Give the values of a case by field."""
    return {entry["id"]: next(iter(entry["value"].values())) for entry in case["fields"]}


def text(field_id: str, value: str) -> dict[str, Any]:
    return {"id": field_id, "value": {"stringValue": value}}


def number_filter(comparison: str, desk: Desk, value: float) -> dict[str, Any]:
    return {"field": {comparison: {"id": desk["amount"], "value": {"doubleValue": value}}}}


# ---- Cases -----------------------------------------------------------------------------------------------------------


def test_a_domain_with_its_layout_template_and_options_is_read_as_it_was_made(desk: Desk) -> None:
    made: Any = desk.made
    assert (made["domain"]["name"], made["domain"]["domainStatus"]) == ("Support", "Active")
    assert made["domain"]["domainArn"].endswith(f":domain/{made['domainId']}")
    assert is_recent(made["domain"]["createdTime"])
    assert made["layout"]["content"]["basic"]["topPanel"]["sections"] == [
        {"fieldGroup": {"name": "About", "fields": [{"id": made["priority"]}, {"id": made["amount"]}]}}
    ]
    assert is_recent(made["layout"]["lastModifiedTime"])
    assert made["template"]["layoutConfiguration"] == {"defaultLayout": made["layoutId"]}
    assert made["template"]["requiredFields"] == [{"fieldId": made["priority"]}]
    assert made["template"]["deleted"] is False
    assert made["optionErrors"] == []
    assert made["options"]["options"] == [
        {"name": "HIGH", "value": "high", "active": True},
        {"name": "LOW", "value": "low", "active": True},
    ]


def test_a_list_in_pages_has_every_field_once(story: Story, desk: Desk) -> None:
    pages = story.tell("list_fields", domainId=desk["domainId"])["pages"]
    listed = [field_id for page in pages for field_id in page]
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert len(pages) > 2
    assert len(set(listed)) == len(listed)
    assert {"title", "status", desk["priority"], desk["amount"], desk["notes"]} <= set(listed)


def test_a_search_in_pages_finds_every_case_once(story: Story, desk: Desk, parcels: list[str]) -> None:
    found = story.tell("search", domainId=desk["domainId"], filter=number_filter("greaterThanOrEqualTo", desk, 0))
    assert sorted(case["caseId"] for case in found["cases"]) == sorted(parcels)
    assert set(found["totals"]) == {30}


def test_a_search_filters_sorts_and_counts(story: Story, desk: Desk, parcels: list[str]) -> None:
    high = {"field": {"equalTo": text(desk["priority"], "high")}}
    ((key, value),) = TAG.items()
    tagged = {"tag": {"equalTo": {"key": key, "value": value}}}
    found = story.tell(
        "search",
        domainId=desk["domainId"],
        filter={
            "andAll": [
                high,
                {"not": number_filter("lessThan", desk, 6)},
                {"orAll": [number_filter("lessThanOrEqualTo", desk, 20), tagged]},
            ]
        },
        sorts=[{"fieldId": desk["amount"], "sortOrder": "Desc"}],
        fields=[{"id": "title"}, {"id": desk["amount"]}],
    )
    numbers = [27, 18, 15, 12, 9, 6]
    assert [case["caseId"] for case in found["cases"]] == [parcels[number] for number in numbers]
    assert [values(case) for case in found["cases"]] == [
        {"title": f"Parcel {number:02}", desk["amount"]: number} for number in numbers
    ]
    assert found["cases"][0]["tags"] == TAG
    assert set(found["totals"]) == {6}


def test_text_comes_back_as_it_was_written(story: Story, desk: Desk) -> None:
    (case_id,) = desk.open(desk.case(TEXT, Größe="✓ &Action=x", empty=""))
    changes = [text(desk["notes"], TEXT)]
    fields = [{"id": "title"}, {"id": desk["notes"]}]
    told = story.tell("change_case", domainId=desk["domainId"], caseId=case_id, fields=fields, changes=changes)
    assert values(told["before"]) == {"title": TEXT}
    assert values(told["after"]) == {"title": TEXT, desk["notes"]: TEXT}
    assert told["after"]["tags"] == {"Größe": "✓ &Action=x", "empty": ""}
    found = story.tell("search", domainId=desk["domainId"], searchTerm="荷物", fields=fields)
    assert [values(case) for case in found["cases"]] == [values(told["after"])]


def test_a_case_is_updated_and_closed(story: Story, desk: Desk) -> None:
    (case_id,) = desk.open(desk.case("Lost", amount=1.5))
    told = story.tell(
        "change_case",
        domainId=desk["domainId"],
        caseId=case_id,
        fields=[{"id": "status"}, {"id": desk["amount"]}, {"id": desk["priority"]}, {"id": "last_closed_datetime"}],
        changes=[text("status", "closed"), {"id": desk["amount"], "value": {"emptyValue": {}}}],
    )
    assert told["before"]["templateId"] == desk["templateId"]
    assert values(told["before"]) == {"status": "open", desk["amount"]: 1.5, desk["priority"]: "low"}
    after = values(told["after"])
    closed = after.pop("last_closed_datetime")
    assert after == {"status": "closed", desk["priority"]: "low"}
    assert is_recent(read_moment(closed))


def test_comments_and_contacts_are_related_to_a_case(story: Story, desk: Desk, instance: dict[str, Any]) -> None:
    (case_id,) = desk.open(desk.case("Lost"))
    contact = f"{instance['Arn']}/contact/11111111-2222-3333-4444-555555555555"
    told = story.tell("relate", domainId=desk["domainId"], caseId=case_id, comment=TEXT, contactArn=contact)
    found = {item["type"]: item for item in told["found"]}
    assert [item["relatedItemId"] for item in told["made"]] == [
        found[kind]["relatedItemId"] for kind in ("Comment", "Contact")
    ]
    assert found["Comment"]["content"] == {"comment": {"body": TEXT, "contentType": "Text/Plain"}}
    assert found["Contact"]["content"]["contact"]["contactArn"] == contact
    assert is_recent(found["Contact"]["content"]["contact"]["connectedToSystemTime"])
    assert all(is_recent(item["associationTime"]) for item in told["found"])
    assert told["cases"] == [{"caseId": case_id, "templateId": desk["templateId"]}]


def test_the_history_of_a_case_has_old_and_new_values(story: Story, desk: Desk) -> None:
    (case_id,) = desk.open(desk.case("Lost"))
    where = {"domainId": desk["domainId"], "caseId": case_id}
    for title in ("Found", "Delivered"):
        update = {**where, "fields": [text("title", title)]}
        assert "answer" in story.tell("call", service="connectcases", operation="UpdateCase", input=update)
    events = story.tell("audit", **where)["events"]
    assert [event["type"] for event in events] == ["Case.Updated", "Case.Updated", "Case.Created"]
    assert all(is_recent(event["performedTime"]) for event in events)
    (change,) = [field for field in events[0]["fields"] if field["eventFieldId"] == "title"]
    assert (change["oldValue"], change["newValue"]) == ({"stringValue": "Found"}, {"stringValue": "Delivered"})


def test_a_batch_succeeds_in_part(story: Story, desk: Desk) -> None:
    told = story.tell("batch", domainId=desk["domainId"], priority=desk["priority"], amount=desk["amount"])
    (refused,) = told["put"]["errors"]
    assert refused["value"] == "normal"
    (known,), (unknown,) = told["got"]["fields"], told["got"]["errors"]
    assert (known["fieldId"], known["type"], known["namespace"]) == (desk["amount"], "Number", "Custom")
    assert is_recent(known["createdTime"])
    assert unknown["id"] == "nowhere"


def test_resources_are_tagged_by_their_arn(story: Story, desk: Desk) -> None:
    told = story.tell(
        "tag", arn=cast("Any", desk.made)["template"]["templateArn"], tags={**TAG, "gone": "soon"}, tagKeys=["gone"]
    )
    assert told == {"tagged": {**TAG, "gone": "soon"}, "untagged": TAG}


# ---- views and task templates ----------------------------------------------------------------------------------------


def content(title: str, *actions: str) -> dict[str, Any]:
    body = [{"Type": "Button", "Props": {"Action": action}} for action in actions]
    return {"Template": json.dumps({"Head": {"Title": title}, "Body": body}), "Actions": list(actions)}


def title_of(view: Any) -> str:
    return str(json.loads(view["Content"]["Template"])["Head"]["Title"])


def test_a_view_is_found_by_its_arn_at_each_qualifier(story: Story, instance: dict[str, Any]) -> None:
    told = story.tell(
        "publish_view",
        InstanceId=instance["Id"],
        Name="Greeting",
        content=content(TEXT, "Go"),
        newContent=content("new"),
        Tags=TAG,
    )
    created = told["created"]
    assert (created["Name"], created["Status"], created["Tags"]) == ("Greeting", "PUBLISHED", TAG)
    assert created["Arn"] == f"{instance['Arn']}/view/{created['Id']}"
    assert is_recent(created["CreatedTime"])
    assert (told["versioned"]["Version"], told["versioned"]["VersionDescription"]) == (1, "first")
    assert [title_of(told[name]) for name in ("latest", "first", "saved")] == [TEXT, TEXT, "new"]
    assert [told[name]["Status"] for name in ("latest", "saved")] == ["PUBLISHED", "SAVED"]
    assert told["latest"]["Content"]["Actions"] == ["Go"]
    assert told["latest"]["Description"] == "says hello"
    assert told["latest"]["ViewContentSha256"] == created["ViewContentSha256"]
    assert told["latest"]["LastModifiedTime"] > created["LastModifiedTime"]
    assert [version["Version"] for version in told["versions"]] == [1]


def test_views_are_listed_in_pages(story: Story, instance: dict[str, Any]) -> None:
    for name in ("A view", "B view"):
        created = story.tell(
            "call",
            service="connect",
            operation="CreateView",
            input={"InstanceId": instance["Id"], "Name": name, "Status": "SAVED", "Content": content(name)},
        )
        assert created["answer"]["View"]["Name"] == name
    names = story.tell("list_views", InstanceId=instance["Id"])["names"]
    assert names.index("A view") + 1 == names.index("B view")
    assert len(set(names)) == len(names) > 4


def test_a_view_may_be_as_large_as_the_service_allows(story: Story, instance: dict[str, Any]) -> None:
    told = story.tell("keep_large_view", InstanceId=instance["Id"], Name="Large", size=400_000)
    assert told == {"size": 400_000, "same": True}


def task_template(name: str) -> dict[str, Any]:
    """Give the definition of a task template."""
    return {
        "Name": name,
        "Description": TEXT,
        "ContactFlowId": "flow",
        "Fields": [
            {"Id": {"Name": "Title"}, "Type": "NAME"},
            {"Id": {"Name": "Kind"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["a", "b"]},
        ],
        "Constraints": {"RequiredFields": [{"Id": {"Name": "Title"}}]},
        "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Kind"}, "DefaultValue": "b"}]},
    }


def test_a_task_template_is_read_as_it_was_written(story: Story, instance: dict[str, Any]) -> None:
    definition = task_template("Call back")
    changed = {**definition, "Name": "Call later", "Status": "ACTIVE"}
    told = story.tell("keep_task_template", InstanceId=instance["Id"], definition=definition, changed=changed)
    created, read = told["created"], told["read"]
    assert {name: created[name] for name in definition} == definition
    assert is_recent(created["CreatedTime"])
    assert created["CreatedTime"] == created["LastModifiedTime"]
    assert {name: read[name] for name in changed} == changed
    assert read["LastModifiedTime"] > created["LastModifiedTime"] == read["CreatedTime"]
    assert told["updated"]["LastModifiedTime"] == read["LastModifiedTime"]
    (listed,) = [template for template in told["listed"] if template["Id"] == read["Id"]]
    assert (listed["Name"], listed["Status"]) == ("Call later", "ACTIVE")
    assert listed["LastModifiedTime"] == read["LastModifiedTime"]


def test_a_task_is_started_for_the_moment_that_was_meant(
    story: Story, control: Control, instance: dict[str, Any]
) -> None:
    # The CLI writes whole seconds.
    moment = datetime.now(timezone(timedelta(hours=5, minutes=30))).replace(microsecond=0) + timedelta(days=2)
    told = story.tell(
        "start_task", InstanceId=instance["Id"], definition=task_template("Scheduled"), ScheduledTime=moment
    )
    assert told["ContactId"]
    (request,) = control.calls("StartTaskContact")
    assert read_moment(request["params"]["ScheduledTime"]) == moment
