"""Creating, reading and updating cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import PROFILE_ARN, QUEUE_ARN, USER_ARN, empty, maximum, needs_member, number, refused, text

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

# 4100 in a current botocore.
LONGEST_TEXT = maximum("connectcases", "FieldValueUnion", "stringValue")
MOST_FIELDS = maximum("connectcases", "GetCaseRequest", "fields")

# ---- creating ------------------------------------------------------------------------------------------------------


def test_a_new_case_is_open_and_has_the_fields_that_the_service_writes(domain: DomainFixture, sim: Simulator) -> None:
    case_id = domain.case("Parcel lost", performedBy={"userArn": USER_ARN})
    read = domain.values(
        case_id,
        "title",
        "status",
        "case_id",
        "reference_number",
        "created_datetime",
        "last_updated_datetime",
        "created_by",
        "last_updated_user",
    )
    now = sim.clock.now().isoformat()[:16]
    assert read["title"] == "Parcel lost"
    assert read["status"] == "open"
    assert read["case_id"] == case_id
    assert len(read["reference_number"]) == 9
    assert read["created_datetime"] == read["last_updated_datetime"]
    assert read["created_datetime"].startswith(now)
    assert read["created_by"] == read["last_updated_user"] == USER_ARN


def test_reference_numbers_differ(domain: DomainFixture) -> None:
    numbers = {domain.values(domain.case(), "reference_number")["reference_number"] for _ in range(20)}
    assert len(numbers) == 20


def test_a_case_always_needs_a_title(cases: Any, domain: DomainFixture) -> None:
    for fields in ([], [text("title", "")], [empty("title")]):
        with refused("ValidationException", "title is required"):
            cases.create_case(domainId=domain.id, templateId=domain.template_id, fields=fields)


def test_a_case_needs_what_its_template_requires(domain: DomainFixture) -> None:
    template_id = domain.template("Refund", required=("customer_id",))
    with refused("ValidationException", "customer_id is required"):
        domain.case(templateId=template_id)
    domain.case("A case", text("customer_id", PROFILE_ARN), templateId=template_id)


def test_an_inactive_template_makes_no_case(domain: DomainFixture) -> None:
    with refused("ValidationException", "inactive"):
        domain.case(templateId=domain.template("Old", status="Inactive"))


def test_an_unknown_template_is_not_found(domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Template nowhere"):
        domain.case(templateId="nowhere")


def test_a_client_token_gives_the_first_answer_again(domain: DomainFixture) -> None:
    first = domain.case("Parcel lost", clientToken="t1")
    assert domain.case("Parcel lost", clientToken="t1") == first
    assert domain.case("Parcel lost", clientToken="t2") != first
    assert len(domain.search()) == 2


def test_a_client_token_with_other_parameters_is_a_conflict(domain: DomainFixture) -> None:
    domain.case("Parcel lost", clientToken="t1")
    with refused("ConflictException", "clientToken"):
        domain.case("Parcel found", clientToken="t1")


def test_the_token_of_a_failed_create_can_be_used_again(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException"):
        cases.create_case(domainId=domain.id, templateId=domain.template_id, fields=[], clientToken="t1")
    domain.case(clientToken="t1")


@needs_member("connectcases", "CreateCaseRequest", "tags")
def test_tags_are_on_the_case(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case(tags={"team": "legal"})
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "title"}])
    assert read["tags"] == {"team": "legal"}


# ---- values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Text", {"stringValue": ""}),
        ("Text", {"stringValue": "x" * LONGEST_TEXT}),
        ("Number", {"doubleValue": 0}),
        ("Number", {"doubleValue": -1.5}),
        ("Boolean", {"booleanValue": False}),
        ("DateTime", {"stringValue": "2030-01-01T00:00:00Z"}),
        ("Url", {"stringValue": "https://example.com/a?b=c"}),
        ("User", {"userArnValue": USER_ARN}),
    ],
)
def test_a_value_of_the_right_type_is_read_as_it_was_written(
    cases: Any, domain: DomainFixture, kind: str, value: dict[str, Any]
) -> None:
    field_id = domain.field("Custom", kind)
    case_id = domain.case("A case", {"id": field_id, "value": value})
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": field_id}])
    assert read["fields"] == [{"id": field_id, "value": value}]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Text", {"doubleValue": 1}),
        ("Text", {"stringValue": "x" * (LONGEST_TEXT + 1)}),
        ("Number", {"stringValue": "1"}),
        ("Boolean", {"stringValue": "true"}),
        ("User", {"stringValue": USER_ARN}),
        ("User", {"userArnValue": "me"}),
        ("DateTime", {"stringValue": "tomorrow"}),
        ("DateTime", {"stringValue": "2030-02-30T00:00:00Z"}),
        ("Url", {"stringValue": "example.com"}),
        ("Url", {"stringValue": "https://"}),
        ("Url", {"stringValue": "http://[broken"}),
        ("SingleSelect", {"stringValue": "no such option"}),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(
    domain: DomainFixture, kind: str, value: dict[str, Any]
) -> None:
    field_id = domain.field("Custom", kind)
    with refused("ValidationException"):
        domain.case("A case", {"id": field_id, "value": value})
    case_id = domain.case()
    with refused("ValidationException"):
        domain.update(case_id, {"id": field_id, "value": value})


@pytest.mark.skipif(LONGEST_TEXT <= 3000, reason="the installed botocore has shorter texts")
def test_a_summary_has_three_thousand_characters_at_most(domain: DomainFixture) -> None:
    domain.case("A case", text("summary", "x" * 3000))
    with refused("ValidationException", "3000"):
        domain.case("A case", text("summary", "x" * 3001))


@pytest.mark.parametrize(
    ("field_id", "arn"), [("customer_id", PROFILE_ARN), ("assigned_queue", QUEUE_ARN), ("assigned_user", USER_ARN)]
)
def test_people_and_queues_are_full_arns(domain: DomainFixture, field_id: str, arn: str) -> None:
    assert domain.values(domain.case("A case", text(field_id, arn)), field_id) == {field_id: arn}
    with refused("ValidationException", "full ARN"):
        domain.case("A case", text(field_id, arn.rpartition("/")[2]))


@pytest.mark.parametrize(
    "field_id", ["case_id", "reference_number", "created_datetime", "last_updated_datetime", "last_closed_datetime"]
)
def test_what_the_service_writes_is_read_only(domain: DomainFixture, field_id: str) -> None:
    case_id = domain.case()
    for value in (text(field_id, "2030-01-01T00:00:00Z"), empty(field_id)):
        with refused("ValidationException", "read-only"):
            domain.update(case_id, value)


def test_an_unknown_field_or_one_that_is_there_twice_is_refused(domain: DomainFixture) -> None:
    case_id = domain.case()
    with refused("ValidationException", "nowhere"):
        domain.case("A case", text("nowhere", "x"))
    with refused("ValidationException", "nowhere"):
        domain.update(case_id, text("nowhere", "x"))
    with refused("ValidationException", "more than once"):
        domain.update(case_id, text("summary", "a"), text("summary", "b"))


def test_an_inactive_option_stays_where_it_is_but_is_not_set_anew(domain: DomainFixture) -> None:
    field_id = domain.select("Priority", "high", "low")
    case_id = domain.case("A case", text(field_id, "high"))
    domain.put_options(field_id, high=False)
    assert domain.values(case_id, field_id) == {field_id: "high"}
    domain.update(case_id, text(field_id, "high"), text("summary", "still high"))
    with refused("ValidationException", "inactive"):
        domain.case("Another", text(field_id, "high"))


# ---- updating ------------------------------------------------------------------------------------------------------


def test_an_update_changes_adds_and_clears_values(domain: DomainFixture, sim: Simulator) -> None:
    size = domain.field("Size", "Number")
    case_id = domain.case("Old", text("summary", "gone soon"))
    before = domain.values(case_id, "last_updated_datetime", "created_datetime")
    sim.clock.advance(60)
    domain.update(case_id, text("title", "New"), number(size, 3), empty("summary"))
    assert domain.values(case_id, "title", size, "summary") == {"title": "New", size: 3}
    after = domain.values(case_id, "last_updated_datetime", "created_datetime")
    assert after["created_datetime"] == before["created_datetime"]
    assert after["last_updated_datetime"] > before["last_updated_datetime"]


def test_an_update_answers_with_nothing(cases: Any, domain: DomainFixture) -> None:
    answer = cases.update_case(domainId=domain.id, caseId=domain.case(), fields=[text("title", "New")])
    del answer["ResponseMetadata"]
    assert answer == {}


def test_a_refused_update_changes_nothing(domain: DomainFixture) -> None:
    case_id = domain.case("Old")
    with refused("ValidationException"):
        domain.update(case_id, text("title", "New"), text("nowhere", "x"))
    assert domain.values(case_id, "title") == {"title": "Old"}


@pytest.mark.parametrize("field_id", ["title", "status", "summary"])
def test_what_is_required_can_not_be_cleared(domain: DomainFixture, field_id: str) -> None:
    template_id = domain.template("Refund", required=("summary",))
    case_id = domain.case("A case", text("summary", "needed"), templateId=template_id)
    with refused("ValidationException", f"{field_id} is required"):
        domain.update(case_id, empty(field_id))


def test_who_updates_is_noted(domain: DomainFixture) -> None:
    case_id = domain.case(performedBy={"userArn": USER_ARN})
    other = USER_ARN + "2"
    domain.update(case_id, text("title", "New"), performedBy={"userArn": other})
    assert domain.values(case_id, "created_by", "last_updated_user") == {
        "created_by": USER_ARN,
        "last_updated_user": other,
    }


def test_closing_and_reopening_are_dated(domain: DomainFixture) -> None:
    case_id = domain.case()
    dates = ("last_closed_datetime", "last_reopened_datetime")
    assert domain.values(case_id, *dates) == {}
    domain.update(case_id, text("status", "closed"))
    closed = domain.values(case_id, *dates)
    assert set(closed) == {"last_closed_datetime"}
    domain.update(case_id, text("status", "open"))
    reopened = domain.values(case_id, *dates)
    assert reopened["last_closed_datetime"] == closed["last_closed_datetime"]
    assert reopened["last_reopened_datetime"] > closed["last_closed_datetime"]


def test_a_closed_case_can_be_edited_and_keeps_its_closing_time(domain: DomainFixture) -> None:
    case_id = domain.case()
    domain.update(case_id, text("status", "closed"))
    closed = domain.values(case_id, "last_closed_datetime")
    domain.update(case_id, text("status", "closed"), text("title", "New"))
    assert domain.values(case_id, "last_closed_datetime") == closed


def test_an_unknown_case_is_not_found(cases: Any, domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Case nowhere"):
        domain.update("nowhere", text("title", "New"))
    with refused("ResourceNotFoundException", "Case nowhere"):
        cases.get_case(domainId=domain.id, caseId="nowhere", fields=[{"id": "title"}])


# ---- reading -------------------------------------------------------------------------------------------------------


def test_a_field_without_a_value_is_left_out_and_an_unknown_one_refused(domain: DomainFixture) -> None:
    case_id = domain.case("A case")
    assert domain.values(case_id, "summary", "title") == {"title": "A case"}
    with refused("ValidationException", "nowhere"):
        domain.values(case_id, "nowhere")


@pytest.mark.skipif(MOST_FIELDS < 120, reason="the installed botocore reads fewer fields at a time")
def test_many_fields_come_in_pages(cases: Any, domain: DomainFixture) -> None:
    fields = [domain.field(f"Field {index}") for index in range(120)]
    case_id = domain.case("A case", *(text(field_id, field_id) for field_id in fields))
    request = {"domainId": domain.id, "caseId": case_id, "fields": [{"id": field_id} for field_id in fields]}
    first = cases.get_case(**request)
    second = cases.get_case(**request, nextToken=first["nextToken"])
    assert [entry["id"] for entry in first["fields"] + second["fields"]] == fields
    assert "nextToken" not in second
    assert first["templateId"] == second["templateId"] == domain.template_id
