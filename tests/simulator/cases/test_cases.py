"""Creating, reading, updating and deleting cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import PROFILE_ARN, USER_ARN, empty, needs, needs_member, number, refused, text
from .support import CONTACT_ARN, comment, contact, items, link, sla

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

# ---- creating ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("case.status-default", "case.reference-number", "case.users")
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


@pytest.mark.rule("case.reference-number")
def test_reference_numbers_differ(domain: DomainFixture) -> None:
    numbers = {domain.values(domain.case(), "reference_number")["reference_number"] for _ in range(20)}
    assert len(numbers) == 20


@pytest.mark.rule("case.title", "case.required-empty")
def test_a_case_always_needs_a_title(cases: Any, domain: DomainFixture) -> None:
    for fields in ([], [text("title", "")], [empty("title")]):
        with refused("ValidationException", "title is required"):
            cases.create_case(domainId=domain.id, templateId=domain.template_id, fields=fields)


@pytest.mark.rule("case.required", "case.customer")
def test_a_case_needs_what_its_template_requires(domain: DomainFixture) -> None:
    template_id = domain.template("Refund", required=("customer_id",))
    with refused("ValidationException", "customer_id is required"):
        domain.case(templateId=template_id)
    domain.case("A case", text("customer_id", PROFILE_ARN), templateId=template_id)


@pytest.mark.rule("template.inactive")
def test_an_inactive_template_makes_no_case(domain: DomainFixture) -> None:
    with refused("ValidationException", "inactive"):
        domain.case(templateId=domain.template("Old", status="Inactive"))


def test_an_unknown_template_is_not_found(domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Template nowhere"):
        domain.case(templateId="nowhere")


@pytest.mark.rule("case.replay")
def test_a_client_token_gives_the_first_answer_again(domain: DomainFixture) -> None:
    first = domain.case("Parcel lost", clientToken="t1")
    assert domain.case("Parcel lost", clientToken="t1") == first
    assert domain.case("Parcel lost", clientToken="t2") != first
    assert len(domain.search()) == 2


@pytest.mark.rule("case.replay")
def test_a_client_token_with_other_parameters_is_a_conflict(domain: DomainFixture) -> None:
    domain.case("Parcel lost", clientToken="t1")
    with refused("ConflictException", "clientToken"):
        domain.case("Parcel found", clientToken="t1")


@pytest.mark.rule("case.replay-failed")
def test_the_token_of_a_failed_create_can_be_used_again(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException"):
        cases.create_case(domainId=domain.id, templateId=domain.template_id, fields=[], clientToken="t1")
    domain.case(clientToken="t1")


@needs_member("connectcases", "CreateCaseRequest", "tags")
@pytest.mark.rule("tag.resources")
def test_tags_are_on_the_case(cases: Any, domain: DomainFixture) -> None:
    case_id = domain.case(tags={"team": "legal"})
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "title"}])
    assert read["tags"] == {"team": "legal"}


# ---- updating ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("case.clear")
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


@pytest.mark.rule("case.update-answer")
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
@pytest.mark.rule("case.required", "case.status-kept", "case.title")
def test_what_is_required_can_not_be_cleared(domain: DomainFixture, field_id: str) -> None:
    template_id = domain.template("Refund", required=("summary",))
    case_id = domain.case("A case", text("summary", "needed"), templateId=template_id)
    with refused("ValidationException", f"{field_id} is required"):
        domain.update(case_id, empty(field_id))


@pytest.mark.rule("case.users")
def test_who_updates_is_noted(domain: DomainFixture) -> None:
    case_id = domain.case(performedBy={"userArn": USER_ARN})
    other = USER_ARN + "2"
    domain.update(case_id, text("title", "New"), performedBy={"userArn": other})
    assert domain.values(case_id, "created_by", "last_updated_user") == {
        "created_by": USER_ARN,
        "last_updated_user": other,
    }


@pytest.mark.rule("case.closed", "case.reopened")
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


@pytest.mark.rule("case.closed-editable")
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


@pytest.mark.rule("case.unset", "case.unknown-field")
def test_a_field_without_a_value_is_left_out_and_an_unknown_one_refused(domain: DomainFixture) -> None:
    case_id = domain.case("A case")
    assert domain.values(case_id, "summary", "title") == {"title": "A case"}
    with refused("ValidationException", "nowhere"):
        domain.values(case_id, "nowhere")


# ---- tokens, tags, and who did it ----------------------------------------------------------------------------------


@pytest.mark.rule("case.client-token")
def test_a_client_token_has_a_largest_length(domain: DomainFixture) -> None:
    domain.case(clientToken="x" * 64)
    with refused("ValidationException", "clientToken must have at most 64"):
        domain.case(clientToken="x" * 65)


@needs_member("connectcases", "CreateCaseRequest", "tags")
@pytest.mark.rule("case.tags")
def test_a_case_is_given_fifty_tags_besides_those_of_its_template(cases: Any, domain: DomainFixture) -> None:
    theirs = {f"template {index}": "" for index in range(10)}
    propagated = [{"resourceType": "Cases", "tagMap": theirs}]
    template_id = domain.template("Refund", tagPropagationConfigurations=propagated)
    own = {f"own {index}": "" for index in range(50)}
    case_id = domain.case(templateId=template_id, tags=own)
    read = cases.get_case(domainId=domain.id, caseId=case_id, fields=[{"id": "title"}])
    assert read["tags"] == {**theirs, **own}
    with refused("ValidationException", "at most 50"):
        domain.case(tags={**own, "one more": ""})
    with refused("ValidationException", "reserved"):
        domain.case(tags={"aws:x": ""})


@pytest.mark.rule("case.users-unknown")
def test_nobody_in_particular_leaves_no_name(domain: DomainFixture) -> None:
    users = ("created_by", "last_updated_user")
    assert domain.values(domain.case(), *users) == {}
    case_id = domain.case(performedBy={"userArn": USER_ARN})
    domain.update(case_id, text("title", "New"))
    assert domain.values(case_id, *users) == {"created_by": USER_ARN}


@needs_member("connectcases", "UserUnion", "customEntity")
@pytest.mark.rule("case.users-unknown")
def test_a_custom_entity_is_no_user(domain: DomainFixture) -> None:
    case_id = domain.case(performedBy={"customEntity": "the night shift"})
    domain.update(case_id, text("title", "New"), performedBy={"customEntity": "the day shift"})
    assert domain.values(case_id, "created_by", "last_updated_user") == {}


@pytest.mark.rule("case.update-nothing")
def test_an_update_without_fields_changes_nothing(domain: DomainFixture, sim: Simulator) -> None:
    case_id = domain.case()
    before = sim.dump()
    sim.clock.advance(60)
    domain.update(case_id)
    assert sim.dump() == before


@pytest.mark.rule("case.closed")
def test_a_case_can_be_made_closed(domain: DomainFixture) -> None:
    read = domain.values(
        domain.case("A case", text("status", "closed")), "status", "last_closed_datetime", "created_datetime"
    )
    assert read["status"] == "closed"
    assert read["last_closed_datetime"] == read["created_datetime"]


@pytest.mark.rule("case.closed", "case.reopened")
def test_a_case_that_is_closed_again_is_dated_anew(domain: DomainFixture) -> None:
    case_id = domain.case()
    closed: list[str] = []
    domain.put_options("status", waiting=True)
    for status in ("closed", "waiting", "closed"):
        domain.update(case_id, text("status", status))
        closed.append(domain.values(case_id, "last_closed_datetime")["last_closed_datetime"])
    assert closed[0] == closed[1] < closed[2]
    # Any status but closed is an open one.
    assert closed[1] < domain.values(case_id, "last_reopened_datetime")["last_reopened_datetime"] < closed[2]


# ---- deleting ------------------------------------------------------------------------------------------------------


@needs("connectcases", "DeleteCase")
@pytest.mark.rule("case.delete")
def test_a_deleted_case_is_gone_with_everything_on_it(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    before = sim.dump()
    case = {"domainId": domain.id, "caseId": domain.case()}
    item = comment(domain, case["caseId"])
    contact(domain, case["caseId"])
    sla(domain, case["caseId"])
    cases.delete_case(**case)
    note = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    calls: list[Callable[[], Any]] = [
        lambda: cases.get_case(**case, fields=[{"id": "title"}]),
        lambda: cases.update_case(**case, fields=[]),
        lambda: cases.delete_case(**case),
        lambda: cases.get_case_audit_events(**case),
        lambda: cases.search_related_items(**case),
        lambda: cases.create_related_item(**case, type="Comment", content=note),
        lambda: cases.update_related_item(**case, relatedItemId=item, content=note),
        lambda: cases.delete_related_item(**case, relatedItemId=item),
    ]
    for refused_call in calls:
        with refused("ResourceNotFoundException", f"Case {case['caseId']}"):
            refused_call()
    assert domain.search() == []
    assert cases.search_all_related_items(domainId=domain.id)["relatedItems"] == []
    assert cases.list_cases_for_contact(domainId=domain.id, contactArn=CONTACT_ARN)["cases"] == []
    # Only the answer to the token that botocore made up is still known.
    (left,) = sim.dump()["123456789012"]["us-east-1"]["domains"]
    (earlier,) = before["123456789012"]["us-east-1"]["domains"]
    assert {name: left[name] for name in earlier} == earlier
    assert left.keys() - earlier.keys() <= {"cases-replay"}


@needs("connectcases", "DeleteCase")
@pytest.mark.rule("case.delete-links")
def test_links_to_a_deleted_case_stay(cases: Any, domain: DomainFixture) -> None:
    gone, kept = domain.case(), domain.case()
    item = link(domain, kept, gone)
    cases.delete_case(domainId=domain.id, caseId=gone)
    (found,) = items(domain, kept)
    assert (found["relatedItemId"], found["content"]) == (item, {"connectCase": {"caseId": gone}})
    cases.delete_related_item(domainId=domain.id, caseId=kept, relatedItemId=item)
