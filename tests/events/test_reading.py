"""One event, in every published form, and what isn't one."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timezone
from typing import Any, NamedTuple

import pytest

from connectkit import EventDecodeError
from connectkit.events import (
    CaseChanged,
    CaseCreated,
    CaseDeleted,
    CaseEvent,
    CaseUpdated,
    CommentContent,
    ConnectCaseContent,
    ContactContent,
    CustomContent,
    FileContent,
    RelatedItemChanged,
    RelatedItemCreated,
    RelatedItemData,
    RelatedItemDeleted,
    RelatedItemUpdated,
    SlaContent,
    parse_event,
)

from . import samples
from .samples import case_event, item_event


class Reference(NamedTuple):
    """What a filter's reference is to an event."""

    id: str


def read_case(**detail: Any) -> CaseChanged:
    event = parse_event(case_event(**detail))
    assert isinstance(event, CaseChanged)
    return event


def read_item(item_type: str, **content: Any) -> RelatedItemData:
    event = parse_event(item_event(item_type=item_type, **content))
    assert isinstance(event, RelatedItemCreated)
    return event.related_item


def test_an_event_says_where_and_when_and_by_whom() -> None:
    raw = case_event()
    event = parse_event(raw)
    assert type(event) is CaseUpdated
    assert (event.id, event.type, event.detail_type) == ("e-6666", "CASE.UPDATED", samples.PRESENT)
    assert (event.account, event.region) == (samples.ACCOUNT, samples.REGION)
    assert event.time == datetime(2031, 5, 6, 7, 8, 10, tzinfo=timezone.utc)
    assert event.approximate_change_time == datetime(2031, 5, 6, 7, 8, 9, 987000, tzinfo=timezone.utc)
    assert event.resources == (samples.DOMAIN_ARN, samples.CASE_ARN)
    assert (event.domain_arn, event.domain_id) == (samples.DOMAIN_ARN, samples.DOMAIN_ID)
    assert (event.case_arn, event.case_id) == (samples.CASE_ARN, samples.CASE_ID)
    assert event.performed_by.user_arn == samples.USER_ARN
    assert event.performed_by.iam_principal_arn == samples.ROLE_ARN
    assert event.performed_by.custom_entity is None
    assert event.message_id is None
    assert event.raw is raw


def test_an_event_about_a_case_has_plain_values_by_field_id() -> None:
    event = read_case()
    assert event.fields == {
        "status": "closed",
        "last_closed_datetime": datetime(2031, 5, 7, 8, tzinfo=timezone.utc),
        samples.CUSTOM_FIELD: 12.5,
    }
    assert event.case.fields is event.fields
    assert (event.case.id, event.case.template_id) == (samples.CASE_ID, samples.TEMPLATE_ID)
    assert event.case.created_datetime == datetime(2031, 5, 6, 7, 8, 9, 123000, tzinfo=timezone.utc)
    assert event.case.raw is event.raw["detail"]["case"]


def test_every_member_of_a_value_is_read() -> None:
    unions: dict[str, Any] = {
        "a": {"booleanValue": False},
        "b": {"userArnValue": samples.USER_ARN},
        "c": {"emptyValue": {}},
        "d": {"doubleValue": 0},
        "e": {"someNewValue": "kept"},
        "f": {"doubleValue": "no number"},
        "g": {"doubleValue": 10**400},
    }
    event = read_case(case={"fields": {name: {"value": union} for name, union in unions.items()}})
    expected = {"a": False, "b": samples.USER_ARN, "c": None, "d": 0.0, "e": "kept", "f": "no number", "g": 10**400}
    assert event.fields == expected


def test_a_datetime_of_a_custom_field_is_one_when_its_type_is_given() -> None:
    noon = {"value": {"stringValue": "2031-05-07T12:00:00Z"}}
    raw = case_event(case={"fields": {"when": noon, "created_datetime": noon}})
    plain, typed = parse_event(raw), parse_event(raw, types={"when": "DateTime"})
    assert isinstance(plain, CaseChanged)
    assert isinstance(typed, CaseChanged)
    moment = datetime(2031, 5, 7, 12, tzinfo=timezone.utc)
    assert plain.fields == {"when": "2031-05-07T12:00:00Z", "created_datetime": moment}
    assert typed.fields == {"when": moment, "created_datetime": moment}


def test_it_says_which_fields_changed() -> None:
    event = read_case()
    assert event.changed_field_ids == {"status", "last_updated_datetime"}
    assert event.changed("status")
    assert not event.changed("title")
    assert event.changed(Reference("status"))
    assert not event.changed(Reference("title"))


@pytest.mark.parametrize("detail_type", [samples.PRESENT, samples.OF_2022])
@pytest.mark.parametrize(
    ("kind", "cls"), [("CASE.CREATED", CaseCreated), ("CASE.UPDATED", CaseUpdated), ("CASE.DELETED", CaseDeleted)]
)
def test_each_type_of_case_event_has_its_class(kind: str, cls: type[CaseEvent], detail_type: str) -> None:
    event = parse_event(case_event(kind, detail_type=detail_type))
    assert type(event) is cls
    assert (event.type, event.detail_type) == (kind, detail_type)


@pytest.mark.parametrize("detail_type", [samples.PRESENT, samples.OF_2022])
@pytest.mark.parametrize(
    ("kind", "cls"),
    [
        ("RELATED_ITEM.CREATED", RelatedItemCreated),
        ("RELATED_ITEM.UPDATED", RelatedItemUpdated),
        ("RELATED_ITEM.DELETED", RelatedItemDeleted),
        ("CASE.RELATED_ITEM.DELETED", RelatedItemDeleted),
    ],
)
def test_each_type_of_related_item_event_has_its_class(kind: str, cls: type[CaseEvent], detail_type: str) -> None:
    event = parse_event(item_event(kind, detail_type=detail_type))
    assert type(event) is cls
    assert event.type == kind.removeprefix("CASE.")
    assert event.raw["detail"]["eventType"] == kind


def test_a_custom_entity_may_stand_for_the_user() -> None:
    event = read_case(performedBy={"user": {"customEntity": "night shift"}, "iamPrincipalArn": samples.ROLE_ARN})
    assert (event.performed_by.user_arn, event.performed_by.custom_entity) == (None, "night shift")


def test_the_form_of_2022_names_nobody() -> None:
    performer = read_case(performedBy=None).performed_by
    assert (performer.user_arn, performer.custom_entity, performer.iam_principal_arn) == (None, None, None)


def test_a_related_item_says_what_it_belongs_to() -> None:
    event = parse_event(item_event(comment={"body": "Called back"}))
    assert isinstance(event, RelatedItemChanged)
    assert (event.case_id, event.case_arn) == (samples.CASE_ID, samples.CASE_ARN)
    assert (event.domain_id, event.domain_arn) == (samples.DOMAIN_ID, samples.DOMAIN_ARN)
    assert event.changed_attributes == ("comment.commentText",)
    item = event.related_item
    assert (item.id, item.type, item.case_id) == (samples.ITEM_ID, "Comment", samples.CASE_ID)
    assert item.created_datetime == datetime(2031, 5, 6, 7, 8, 9, 123000, tzinfo=timezone.utc)
    assert item.content == CommentContent(body="Called back")
    assert item.raw is event.raw["detail"]["relatedItem"]


@pytest.mark.parametrize("spelling", ["Contact", "contact", "CONTACT"])
def test_a_related_item_type_is_spelt_as_the_api_does(spelling: str) -> None:
    item = read_item(spelling, contact={"contactArn": samples.CONTACT_ARN, "channel": "VOICE"})
    assert item.type == "Contact"
    assert item.raw["relatedItemType"] == spelling
    assert item.content == ContactContent(contact_arn=samples.CONTACT_ARN, channel="VOICE")
    assert isinstance(item.content, ContactContent)
    assert item.content.contact_id == "k-1"


def test_the_content_of_the_other_types_is_read() -> None:
    assert read_item("file", file={"fileArn": "arn:f"}).content == FileContent(file_arn="arn:f")
    assert read_item("connectcase", connectCase={"caseId": "c-9"}).content == ConnectCaseContent(case_id="c-9")
    values = {"f": {"value": {"doubleValue": 1}}}
    assert read_item("custom", custom={"fields": values}).content == CustomContent(fields={"f": 1.0})
    listed = [{"id": "f", "value": {"doubleValue": 1}}]
    assert read_item("Custom", custom={"fields": listed}).content == CustomContent(fields={"f": 1.0})


@pytest.mark.parametrize("member", ["slaConfiguration", "slaInputConfiguration"])
def test_the_content_of_an_sla_is_read(member: str) -> None:
    told = {
        "name": "In time",
        "type": "CaseField",
        "status": "Overdue",
        "fieldId": "status",
        "targetFieldValues": [{"stringValue": "closed"}],
        "targetSlaMinutes": 10,
        "targetTime": "2031-05-07T08:00:00Z",
        "completionTime": "2031-05-07T09:00:00Z",
    }
    assert read_item("Sla", sla={member: told}).content == SlaContent(
        name="In time",
        type="CaseField",
        status="Overdue",
        field_id="status",
        target_field_values=("closed",),
        target_sla_minutes=10,
        target_time=datetime(2031, 5, 7, 8, tzinfo=timezone.utc),
        completion_time=datetime(2031, 5, 7, 9, tzinfo=timezone.utc),
    )


def test_what_should_be_a_number_and_is_none_is_left_out() -> None:
    for minutes in (True, "10", None):
        content = read_item("Sla", sla={"slaConfiguration": {"targetSlaMinutes": minutes}}).content
        assert content == SlaContent()


def test_an_event_of_a_known_type_is_of_its_class_whatever_else_it_carries() -> None:
    assert type(read_case(relatedItem={"relatedItemType": "Comment"})) is CaseUpdated
    raw = item_event()
    raw["detail"]["case"] = {"caseId": "another"}
    assert type(parse_event(raw)) is RelatedItemCreated


def test_content_that_is_not_included_is_none() -> None:
    assert read_item("Comment").content is None
    assert read_item("Comment", comment=None).content is None


def test_a_type_of_related_item_that_nobody_knows_survives() -> None:
    item = read_item("Hologram", hologram={"of": "x"})
    assert (item.type, item.content) == ("Hologram", None)
    assert item.raw["hologram"] == {"of": "x"}


def test_an_event_type_that_nobody_knows_survives_as_what_it_carries() -> None:
    moved, pinned, paused = case_event("CASE.MOVED"), item_event("RELATED_ITEM.PINNED"), case_event("DOMAIN.PAUSED")
    del paused["detail"]["case"]
    paused["resources"] = [samples.DOMAIN_ARN]
    events = [parse_event(raw) for raw in (moved, pinned, paused)]
    assert [type(event) for event in events] == [CaseChanged, RelatedItemChanged, CaseEvent]
    assert [str(event.type) for event in events] == ["CASE.MOVED", "RELATED_ITEM.PINNED", "DOMAIN.PAUSED"]
    assert (events[2].domain_id, events[2].case_id) == (samples.DOMAIN_ID, "")


def test_the_arn_names_the_case_and_the_item_where_the_detail_does_not() -> None:
    case = read_case(case=None)
    assert (case.case_id, case.case.id, case.fields) == (samples.CASE_ID, samples.CASE_ID, {})
    raw = item_event()
    raw["detail"]["relatedItem"] = None
    item = parse_event(raw)
    assert isinstance(item, RelatedItemCreated)
    assert (item.related_item.id, item.related_item.case_id) == (samples.ITEM_ID, samples.CASE_ID)


def test_an_event_type_is_all_that_is_needed() -> None:
    event = parse_event({"detail": {"eventType": "CASE.CREATED"}})
    assert type(event) is CaseCreated
    assert (event.id, event.case_id, event.domain_id, event.time, event.fields) == ("", "", "", None, {})


def test_partitions_other_than_aws_are_read() -> None:
    raw = case_event()
    raw["resources"] = [arn.replace("arn:aws:", "arn:aws-us-gov:") for arn in raw["resources"]]
    event = parse_event(raw)
    assert (event.domain_id, event.case_id) == (samples.DOMAIN_ID, samples.CASE_ID)
    assert event.case_arn.startswith("arn:aws-us-gov:")


def test_json_reads_as_its_object_does() -> None:
    raw = case_event()
    written = json.dumps(raw)
    assert parse_event(written) == parse_event(written.encode()) == parse_event(raw)
    assert parse_event(written).raw == raw


def test_events_can_be_kept_in_sets_copied_and_sent_between_processes() -> None:
    for event in (parse_event(case_event()), parse_event(item_event(comment={"body": "x"}))):
        assert {event, copy.deepcopy(event)} == {event}
        again = pickle.loads(pickle.dumps(event))  # noqa: S301 - our own
        assert again == event
        assert again.raw == event.raw
        with pytest.raises(AttributeError):
            event.id = "other"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def test_a_repr_shows_nothing_that_a_customer_wrote() -> None:
    case = read_case(
        case={"fields": {"title": {"value": {"stringValue": "SECRET"}}}},
        performedBy={"user": {"customEntity": "SECRET"}},
    )
    item = parse_event(item_event(comment={"body": "SECRET"}))
    sla = parse_event(item_event(item_type="Sla", sla={"slaConfiguration": {"name": "SECRET"}}))
    assert case.fields["title"] == "SECRET"
    for event in (case, item, sla):
        assert "SECRET" not in repr(event)
        assert samples.CASE_ID in repr(event)


OF_CLOUDTRAIL = {
    "source": "aws.cases",
    "detail-type": "AWS API Call via CloudTrail",
    "detail": {"eventSource": "cases.amazonaws.com", "eventName": "CreateCase", "eventType": "AwsApiCall"},
}


@pytest.mark.parametrize(
    ("given", "path", "problem"),
    [
        ("{", "", "is no JSON"),
        (b"\xff\xfe\xfd", "", "is no JSON"),
        ("[" * 100_000, "", "is no JSON"),
        ("[1]", "", "is of type list; a JSON object is needed"),
        ("null", "", "is of type NoneType"),
        ({}, "detail", "is missing"),
        ({"detail": 3}, "detail", "is no object"),
        ({"eventType": "CASE.UPDATED", "case": {}}, "detail", "the whole event is needed"),
        ({"detail": {}}, "detail.eventType", "is missing; a case event has one, such as 'CASE.UPDATED'"),
        ({"detail": {"eventType": 3}}, "detail.eventType", "is no text"),
        ({"detail": {"eventType": ""}}, "detail.eventType", "is no text"),
        ({"source": "aws.s3", "detail": {"eventType": "x"}}, "source", "is 'aws.s3'; a case event has 'aws.cases'"),
        ({"source": 3, "detail": {"eventType": "x"}}, "source", "is of type int"),
        (OF_CLOUDTRAIL, "detail-type", "a record of an API call"),
    ],
)
def test_what_is_no_case_event_is_refused_with_the_place_and_the_reason(given: Any, path: str, problem: str) -> None:
    with pytest.raises(EventDecodeError) as caught:
        parse_event(given)
    assert caught.value.path == path
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"no case event: {path or 'it'} ")
    assert isinstance(caught.value, ValueError)
    assert pickle.loads(pickle.dumps(caught.value)).path == path  # noqa: S301 - our own
