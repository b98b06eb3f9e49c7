"""What may be a value of a case's field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import PROFILE_ARN, QUEUE_ARN, USER_ARN, empty, maximum, refused, text

if TYPE_CHECKING:
    from ..helpers import DomainFixture

# 4100 in a current botocore.
LONGEST_TEXT = maximum("connectcases", "FieldValueUnion", "stringValue")
MOST_FIELDS = maximum("connectcases", "GetCaseRequest", "fields")


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
@pytest.mark.rule("case.value-type", "case.value-form", "case.text-length")
def test_a_value_that_does_not_fit_its_field_is_refused(
    domain: DomainFixture, kind: str, value: dict[str, Any]
) -> None:
    field_id = domain.field("Custom", kind)
    with refused("ValidationException"):
        domain.case("A case", {"id": field_id, "value": value})
    case_id = domain.case()
    with refused("ValidationException"):
        domain.update(case_id, {"id": field_id, "value": value})


# Such a botocore refuses the text by its model, before the rule is reached.
@pytest.mark.skipif(LONGEST_TEXT <= 3000, reason="the installed botocore has shorter texts")
@pytest.mark.rule("case.text-length")
def test_a_summary_has_three_thousand_characters_at_most(domain: DomainFixture) -> None:
    domain.case("A case", text("summary", "x" * 3000))
    with refused("ValidationException", "3000"):
        domain.case("A case", text("summary", "x" * 3001))


@pytest.mark.parametrize(
    ("field_id", "arn"), [("customer_id", PROFILE_ARN), ("assigned_queue", QUEUE_ARN), ("assigned_user", USER_ARN)]
)
@pytest.mark.rule("case.arns", "case.customer")
def test_people_and_queues_are_full_arns(domain: DomainFixture, field_id: str, arn: str) -> None:
    assert domain.values(domain.case("A case", text(field_id, arn)), field_id) == {field_id: arn}
    with refused("ValidationException", "full ARN"):
        domain.case("A case", text(field_id, arn.rpartition("/")[2]))


@pytest.mark.parametrize(
    "field_id", ["case_id", "reference_number", "created_datetime", "last_updated_datetime", "last_closed_datetime"]
)
@pytest.mark.rule("case.read-only")
def test_what_the_service_writes_is_read_only(domain: DomainFixture, field_id: str) -> None:
    case_id = domain.case()
    for value in (text(field_id, "2030-01-01T00:00:00Z"), empty(field_id)):
        with refused("ValidationException", "read-only"):
            domain.update(case_id, value)


@pytest.mark.rule("case.unknown-field", "case.field-once")
def test_an_unknown_field_or_one_that_is_there_twice_is_refused(domain: DomainFixture) -> None:
    case_id = domain.case()
    with refused("ValidationException", "nowhere"):
        domain.case("A case", text("nowhere", "x"))
    with refused("ValidationException", "nowhere"):
        domain.update(case_id, text("nowhere", "x"))
    with refused("ValidationException", "more than once"):
        domain.update(case_id, text("summary", "a"), text("summary", "b"))


@pytest.mark.rule("option.inactive")
def test_an_inactive_option_stays_where_it_is_but_is_not_set_anew(domain: DomainFixture) -> None:
    field_id = domain.select("Priority", "high", "low")
    case_id = domain.case("A case", text(field_id, "high"))
    domain.put_options(field_id, high=False)
    assert domain.values(case_id, field_id) == {field_id: "high"}
    domain.update(case_id, text(field_id, "high"), text("summary", "still high"))
    with refused("ValidationException", "inactive"):
        domain.case("Another", text(field_id, "high"))


@pytest.mark.rule("case.customer")
def test_a_customer_may_come_change_and_go_where_none_is_required(domain: DomainFixture) -> None:
    case_id = domain.case()
    for arn in (PROFILE_ARN, PROFILE_ARN + "2"):
        domain.update(case_id, text("customer_id", arn))
        assert domain.values(case_id, "customer_id") == {"customer_id": arn}
    domain.update(case_id, empty("customer_id"))
    assert domain.values(case_id, "customer_id") == {}


@pytest.mark.rule("case.size")
def test_a_request_has_a_largest_number_of_fields(cases: Any, domain: DomainFixture) -> None:
    most = maximum("connectcases", "CreateCaseRequest", "fields")
    fields = [domain.field(f"Field {index}") for index in range(most)]
    values = [text(field_id, "x") for field_id in fields]
    case_id = domain.case("A case", *values[1:])
    domain.update(case_id, *values)
    wanted = [{"id": field_id} for field_id in fields]
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=wanted)
    assert read["fields"]
    with refused("ValidationException", f"at most {most}"):
        domain.case("A case", *values)
    with refused("ValidationException", f"at most {most}"):
        domain.update(case_id, *values, text("summary", "x"))
    with refused("ValidationException", f"at most {MOST_FIELDS}"):
        cases.get_case(domainId=domain.id, caseId=case_id, fields=[*wanted[:MOST_FIELDS], {"id": "title"}])
