"""One case: created, read, written, waited for and deleted; its values by name; and what fails half-way."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from connectkit import (
    ConflictError,
    ConnectKit,
    F,
    FilterError,
    IncompleteError,
    InvalidRequestError,
    NotFoundError,
    NotLoadedError,
    RequestError,
    ServiceError,
    UnknownNameError,
    WaitTimeoutError,
)
from connectkit.filters import reference
from connectkit.models import connectcases as cases
from connectkit.resources.cases.case import Case, CreatedCase, ListedCase, LoadedCase
from connectkit.simulator import Delays, Quotas

from ...simulator.helpers import START, has_member, maximum, needs, needs_member

if TYPE_CHECKING:
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
DUE = datetime(2030, 3, 1, 9, 30, tzinfo=timezone.utc)
AGENT = "arn:aws:connect:us-east-1:123456789012:instance/i/agent/a"
VALUES: dict[str, Any] = {
    "title": "Parcel lost",
    "Priority": "High",
    "Amount": 12,
    "Due date": DUE,
    "Urgent": False,
    "Notes": "",
    "Link": "https://example.com/1",
    "Owner": AGENT,
}
# An older boto3 creates no tags.
TAGS = {"team": "returns"} if has_member("connectcases", "CreateCaseRequest", "tags") else {}
READ = {**VALUES, "Priority": "high", "Amount": 12.0}


@pytest.fixture
def case(domain: CasesDomain, calls: Calls) -> CreatedCase:
    """A case with a value in each field."""
    made = domain.cases.create(template="Refund", fields=VALUES, tags=TAGS)
    calls()
    return made


def many_fields(kit: ConnectKit, domain: CasesDomain, sim: Simulator, count: int) -> list[str]:
    """Add Text fields to a domain; gives their names."""
    sim.quotas = Quotas(fields=1000)
    names = [f"Field {number:03}" for number in range(count)]
    for name in names:
        kit.send(cases.CreateFieldRequest(domain_id=domain.id, name=name, type="Text"))
    return names


def template_id(domain: CasesDomain) -> str:
    """Id of the template that the domain has from its beginning."""
    return next(template.id for template in domain.templates.list() if template.name == "Refund")


# --- creating ---------------------------------------------------------------------------------------------------------


def test_a_case_is_created_with_values_by_name_and_read_back(domain: CasesDomain, case: CreatedCase) -> None:
    loaded = domain.cases.get(case.id, fields=list(VALUES))
    assert loaded.to_dict() == READ
    assert type(loaded["Amount"]) is float
    assert loaded["Urgent"] is False
    assert loaded.template_id == case.template_id == template_id(domain)
    assert dict(loaded.tags) == TAGS
    assert loaded == case == domain.case(case.id)
    assert case.arn.endswith(f"domain/{domain.id}/case/{case.id}")
    assert repr(case) == f"<CreatedCase {case.id}>"


def test_creating_one_costs_a_call_and_what_names_have_to_be_learnt(domain: CasesDomain, calls: Calls) -> None:
    for _ in range(2):
        domain.cases.create(template="Refund", fields={"title": "A", "Priority": "High"})
    assert calls() == ["ListFields", "ListFieldOptions", "ListTemplates", "CreateCase", "CreateCase"]


def test_all_that_is_wrong_with_a_new_case_is_said_before_anything_is_sent(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(RequestError) as raised:
        domain.cases.create(
            template="Refund",
            fields={"Amount": "12", "Prioritty": "High", "Priority": "Hihg", "Due date": DUE.replace(tzinfo=None)},
        )
    assert [fault.path for fault in raised.value.faults] == [
        "fields['Amount']",
        "fields['Prioritty']",
        "fields['Priority']",
        "fields['Due date']",
    ]
    for said in ("did you mean 'Priority'?", "did you mean 'High'", "not '12'", "has none"):
        assert said in str(raised.value)
    assert "CreateCase" not in calls()


@pytest.mark.parametrize("fields", [{}, {"title": None}, {"title": ""}, {"summary": "Lost"}])
def test_a_case_without_a_title_is_refused_here(domain: CasesDomain, calls: Calls, fields: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match=r"fields\['title'\]: is missing, and every case needs a title"):
        domain.cases.create(template="Refund", fields=fields)
    assert calls() == []


def test_what_is_wrong_with_the_contact_and_the_comment_is_said_before_there_is_a_case(
    domain: CasesDomain, calls: Calls
) -> None:
    with pytest.raises(RequestError, match=r"(?s)contact: takes the ARN .*comment: is empty"):
        domain.cases.create(template="Refund", fields={"title": "A"}, contact="contact-1", comment=" ")
    with pytest.raises(RequestError, match="CreateRelatedItem"):
        domain.cases.create(template="Refund", fields={"title": "A"}, comment="x" * 20_000)
    with pytest.raises(UnknownNameError, match=r"there is no template 'Refunds' in domain .* did you mean 'Refund'"):
        domain.cases.create(template="Refunds", fields={"title": "A"})
    assert "CreateCase" not in calls()


def test_a_token_makes_a_repeated_call_give_the_same_case(domain: CasesDomain) -> None:
    def create() -> CreatedCase:
        return domain.cases.create(template="Refund", fields={"title": "A"}, client_token="order-17")

    assert create() == create()
    assert domain.cases.count() == 1
    with pytest.raises(ConflictError):
        domain.cases.create(template="Refund", fields={"title": "B"}, client_token="order-17")


def test_an_answer_that_is_lost_makes_no_second_case(domain: CasesDomain, sim: Simulator) -> None:
    sim.break_connection("CreateCase", carried_out=True)
    made = domain.cases.create(template="Refund", fields={"title": "A"})
    assert [case.id for case in domain.cases.list()] == [made.id]


@needs_member("connectcases", "UserUnion", "customEntity")
def test_who_creates_and_changes_a_case_is_recorded(domain: CasesDomain) -> None:
    made = domain.cases.create(template="Refund", fields={"title": "A"}, performed_by=AGENT)
    assert made.refresh(fields=["created_by"])[F.created_by] == AGENT
    made.update({"title": "B"}, performed_by="the night job")
    assert made.refresh(fields=["last_updated_user", "created_by"]).to_dict() == {
        "last_updated_user": None,
        "created_by": AGENT,
    }


def test_a_contact_and_a_comment_go_with_the_case(domain: CasesDomain, sim: Simulator, calls: Calls) -> None:
    contact = sim.add_contact(channel="CHAT")
    made = domain.cases.create(template="Refund", fields={"title": "A"}, contact=contact, comment="Called in")
    assert calls()[-3:] == ["CreateCase", "CreateRelatedItem", "CreateRelatedItem"]
    assert domain.cases.for_contact(contact).all() == [made]
    (listed,) = domain.cases.for_contact(contact)
    assert listed.template_id == made.template_id


def test_the_case_is_not_lost_when_a_later_step_fails(domain: CasesDomain, sim: Simulator) -> None:
    contact = sim.add_contact()
    sim.fail("CreateRelatedItem", "ServiceQuotaExceededException", after=1)
    with pytest.raises(IncompleteError) as raised:
        domain.cases.create(template="Refund", fields={"title": "A"}, contact=contact, comment="Called in")
    error = raised.value
    assert isinstance(error.resource, CreatedCase)
    assert error.resource.id in str(error)
    assert error.done == ("create the case", f"link contact {contact}")
    assert error.left == ("add the comment",)
    assert isinstance(error.__cause__, ServiceError)
    assert domain.cases.for_contact(contact).all() == [error.resource]

    sim.fail("CreateRelatedItem", "ServiceQuotaExceededException")
    with pytest.raises(IncompleteError) as again:
        error.resume()
    assert (again.value.done, again.value.left) == (error.done, error.left)
    assert again.value.resume() is error.resource
    assert [comment.content.body for comment in error.resource.comments.list()] == ["Called in"]


@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize("lost", [0, 1])
def test_a_step_whose_answer_is_lost_is_called_unknown_and_not_done_twice(
    domain: CasesDomain, sim: Simulator, lost: int, *, carried_out: bool
) -> None:
    contact = sim.add_contact()
    sim.break_connection("CreateRelatedItem", after=lost, carried_out=carried_out)
    with pytest.raises(IncompleteError, match=r"it isn't known whether it came to (link|add)") as raised:
        domain.cases.create(template="Refund", fields={"title": "A"}, contact=contact, comment="Called in")
    sim.fail("SearchRelatedItems", "AccessDeniedException")
    with pytest.raises(IncompleteError, match=r"it isn't known whether it came to (link|add)") as again:
        raised.value.resume()
    assert again.value.left == raised.value.left
    case = again.value.resume()
    assert isinstance(case, CreatedCase)
    assert sorted(item.type for item in case.related_items.list()) == ["Comment", "Contact"]


def test_creating_again_with_the_same_token_adds_nothing_again(domain: CasesDomain, sim: Simulator) -> None:
    contact = sim.add_contact()

    def create() -> CreatedCase:
        return domain.cases.create(
            template="Refund", fields={"title": "A"}, contact=contact, comment="Called in", client_token="event-1"
        )

    sim.fail("CreateRelatedItem", "ServiceQuotaExceededException", after=1)
    with pytest.raises(IncompleteError, match="it failed to add the comment") as raised:
        create()
    case = create()  # as a Lambda does that is invoked again for the same event
    assert case == raised.value.resource == create() == raised.value.resume()
    assert sorted(item.type for item in case.related_items.list()) == ["Comment", "Contact"]


def test_a_case_that_cannot_be_created_is_an_error_as_any_other(domain: CasesDomain, sim: Simulator) -> None:
    sim.fail("CreateCase", "ServiceQuotaExceededException")
    with pytest.raises(ServiceError, match="CreateCase: ServiceQuotaExceededException"):
        domain.cases.create(template="Refund", fields={"title": "A"}, comment="Called in")


def test_more_values_than_a_call_takes_are_created_and_written_those_that_are_required_first(
    domain: CasesDomain, kit: ConnectKit, sim: Simulator, calls: Calls
) -> None:
    names = many_fields(kit, domain, sim, 450)
    schema = domain.schema.load()
    layout = kit.send(cases.ListLayoutsRequest(domain_id=domain.id)).layouts[0].layout_id
    kit.send(
        cases.CreateTemplateRequest(
            domain_id=domain.id,
            name="Long",
            layout_configuration=cases.LayoutConfiguration(default_layout=layout),
            required_fields=[cases.RequiredField(field_id=schema[names[-1]].id)],
        )
    )
    calls()
    values = {**{name: name.upper() for name in names}, "title": "Long"}
    made = domain.cases.create(template="Long", fields=values)
    most = maximum("connectcases", "CreateCaseRequest", "fields")
    updates = -(-(len(values) - most) // most)
    assert calls() == ["ListTemplates", "GetTemplate", "CreateCase", *["UpdateCase"] * updates]
    loaded = made.refresh(fields=list(values))
    assert loaded.to_dict() == values
    assert made.refresh()["Field 449"] == "FIELD 449"

    sim.fail("UpdateCase", "AccessDeniedException")
    with pytest.raises(IncompleteError, match="is created, but it failed to write Field") as raised:
        domain.cases.create(template="Long", fields=values, comment="Called in")
    assert raised.value.left[-1] == "add the comment"
    assert isinstance(raised.value.resource, CreatedCase)
    assert raised.value.resource.refresh(fields=["title"])["title"] == "Long"
    resumed = raised.value.resume()
    assert isinstance(resumed, CreatedCase)
    assert resumed.refresh(fields=list(values)).to_dict() == values


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_case_is_read_with_all_fields_of_the_domain(domain: CasesDomain, case: CreatedCase) -> None:
    loaded = case.refresh()
    assert {name: loaded[name] for name in READ} == READ
    assert (loaded["status"], loaded["summary"]) == ("open", None)
    assert len(loaded) == len(domain.schema)
    assert {"Priority", "status"} <= set(loaded)
    assert loaded.to_dict().keys() == set(loaded)


def test_a_value_is_named_by_name_id_and_reference(domain: CasesDomain, case: CreatedCase) -> None:
    loaded = case.refresh(fields=["Priority", F.title, domain.schema["Amount"]])
    field = domain.schema["Priority"]
    assert loaded["Priority"] == loaded[field.id] == loaded[field] == loaded[domain.schema.select("Priority")] == "high"
    assert loaded["Amount"] == loaded[domain.schema.number("Amount")] == 12.0
    assert loaded["title"] == loaded["Title"] == loaded[F.title] == "Parcel lost"
    assert "Priority" in loaded
    assert field in loaded
    assert F.status not in loaded
    assert "no such field" not in loaded
    assert 3 not in loaded
    assert list(loaded) == ["Priority", "title", "Amount"]


def test_a_moment_is_read_by_what_the_field_is_known_to_be(domain: CasesDomain, case: CreatedCase) -> None:
    field = domain.schema["Due date"].id
    loaded = case.refresh(fields=[F.datetime(field)])
    assert loaded[F.datetime(field)] == loaded["Due date"] == DUE
    as_text = loaded[F.text(field)]
    assert isinstance(as_text, str)
    assert as_text.startswith("2030-03-01T09:30")


def test_a_field_that_was_not_asked_for_is_no_empty_one(domain: CasesDomain, case: CreatedCase, calls: Calls) -> None:
    domain.schema.load()
    loaded = case.refresh(fields=["Priority", "summary"])
    calls()
    for asked in ("Amount", F.status, domain.schema["Amount"]):
        with pytest.raises(NotLoadedError, match=r"only 'Priority', 'summary': case.refresh\(fields=\['"):
            loaded[asked]
    with pytest.raises(NotLoadedError):
        loaded.fields.get("status")
    with pytest.raises(NotLoadedError):
        F.status.eq("open").matches(loaded)
    with pytest.raises(UnknownNameError, match="did you mean 'Priority'"):
        loaded["Prioritty"]
    assert loaded["summary"] is None
    assert calls() == []


def test_names_that_nobody_has_read_yet_are_not_looked_up_behind_ones_back(
    domain: CasesDomain, case: CreatedCase, calls: Calls
) -> None:
    fresh = ConnectKit(region_name="us-east-1").domain(domain.id)
    loaded = fresh.case(case.id).refresh(fields=["title"])
    with pytest.raises(NotLoadedError, match=r"names of other fields aren't known before domain.schema.load\(\)"):
        loaded["Priority"]
    assert calls() == ["GetCase"]


def test_a_filter_is_asked_about_a_case_and_its_tags(domain: CasesDomain, case: CreatedCase) -> None:
    loaded = case.refresh()
    schema = domain.schema
    passing = F.status.eq("open") & schema["Priority"].eq("High") & F.summary.is_empty()
    assert passing.matches(loaded)
    assert F.tag("team").eq("returns").matches(loaded) == bool(TAGS)
    assert not (schema.number("Amount") > 12).matches(loaded)
    assert loaded.fields[schema["Amount"].id] == 12.0
    assert (len(loaded.fields), len(list(loaded.fields))) == (len(schema), len(schema))
    assert "status" in loaded.fields
    assert "Amount" not in loaded.fields
    with pytest.raises(FilterError):
        F.tag("team").eq("returns").matches(dict(loaded.fields))


def test_reading_more_fields_than_a_call_takes_and_than_a_page_holds(
    domain: CasesDomain, kit: ConnectKit, sim: Simulator, case: CreatedCase, calls: Calls
) -> None:
    names = many_fields(kit, domain, sim, 300)
    domain.schema.refresh()
    case.update({name: name for name in names[:200]})
    case.update({name: name for name in names[200:]})
    calls()
    loaded = case.refresh(fields=[*names, "title"])
    assert loaded.to_dict() == {**{name: name for name in names}, "title": "Parcel lost"}
    reads = calls()
    assert set(reads) == {"GetCase"}
    most = maximum("connectcases", "GetCaseRequest", "fields")
    # Every page has a hundred of the fields that one call asked for.
    assert len(reads) == sum(-(-min(most, 301 - start) // 100) for start in range(0, 301, most))


def test_reading_no_field_gives_template_and_tags(case: CreatedCase) -> None:
    loaded = case.refresh(fields=[])
    assert (loaded.to_dict(), loaded.template_id, dict(loaded.tags)) == ({}, case.template_id, TAGS)


def test_a_case_is_there_even_if_no_field_of_it_was_read(domain: CasesDomain, case: CreatedCase) -> None:
    read = case.refresh(fields=[])
    assert len(read) == 0
    assert read  # or ``if case := domain.cases.find(number, fields=[])`` would miss it
    assert domain.cases.search(fields=[]).first()


def test_a_case_keeps_the_names_that_its_fields_had_when_it_was_read(domain: CasesDomain, case: CreatedCase) -> None:
    read = case.refresh()
    before = read.to_dict()
    domain.fields.get("Notes").update(name="Remarks")
    domain.fields.get("Amount").update(name="Notes")
    domain.schema.load()
    assert {name: read[name] for name in read} == read.to_dict() == before
    assert read["Notes"] == ""
    assert read["Remarks"] == ""


def test_a_field_that_is_called_like_a_system_field_hides_no_value(domain: CasesDomain, case: CreatedCase) -> None:
    named = domain.fields.create(name="title", type="Text")
    case.update({named.id: "of its own"})
    assert case.refresh(fields=["title", named.id]).to_dict() == {"title": "Parcel lost", named.id: "of its own"}


def test_a_case_is_created_from_the_template_itself(kit: ConnectKit, domain: CasesDomain, calls: Calls) -> None:
    template = domain.templates.get("Refund")
    assert domain.cases.create(template=template, fields={"title": "By itself"}).template_id == template.id
    calls()
    with pytest.raises(
        RequestError, match=f"template: template {NOBODY} is of domain {NOBODY}, and this is domain {domain.id}"
    ):
        domain.cases.create(template=kit.domain(NOBODY).template(NOBODY), fields={"title": "Elsewhere"})
    with pytest.raises(TypeError, match="template is to be the name or id of a template, or itself, not Layout"):
        domain.cases.create(template=domain.layout(NOBODY), fields={"title": "x"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    assert calls() == []


def test_an_id_is_a_text_and_not_the_resource_itself(
    kit: ConnectKit, domain: CasesDomain, case: CreatedCase, calls: Calls
) -> None:
    wrong: Any = case
    with pytest.raises(TypeError, match=f"a case is known by its id here, a str, not <CreatedCase {case.id}>"):
        domain.cases.get(wrong)
    for of_id in (domain.case, domain.field, domain.layout, domain.template, domain.case_rule, kit.domain):
        with pytest.raises(TypeError, match="is known by its id here"):
            of_id(wrong)
    assert calls() == []


def test_a_case_or_a_field_that_is_not_there_is_an_error(domain: CasesDomain, case: CreatedCase) -> None:
    with pytest.raises(NotFoundError):
        domain.cases.get(NOBODY)
    with pytest.raises(UnknownNameError, match="did you mean 'Amount'"):
        case.refresh(fields=["Amuont"])
    with pytest.raises(TypeError, match="fields is to be a list of fields or 'all', not the text 'title'"):
        case.refresh(fields="title")


def test_every_way_of_reading_cases_takes_all_fields_a_list_or_none(domain: CasesDomain, case: CreatedCase) -> None:
    number = str(case.refresh(fields=["reference_number"])["reference_number"])
    everything = case.refresh().to_dict()
    some = {name: everything[name] for name in ("reference_number", "title", "status")}

    assert domain.cases.get(case.id).to_dict() == domain.cases.get(case.id, fields="all").to_dict() == everything
    assert case.wait_until_readable(fields="all").to_dict() == everything
    assert [one.to_dict() for one in domain.cases.list(fields="all")] == [everything]
    assert [one.to_dict() for one in domain.cases.search(fields="all")] == [everything]
    found, brief = domain.cases.find(number, fields="all"), domain.cases.find(number)
    assert found is not None
    assert found.to_dict() == everything
    assert brief is not None
    assert brief.to_dict() == domain.cases.search().all()[0].to_dict() == some
    assert case.wait_until_readable().to_dict() == some
    assert domain.cases.search(fields=[]).all()[0].to_dict() == case.refresh(fields=[]).to_dict() == {}

    nothing: Any = None
    for read in (case.refresh, domain.cases.search, domain.cases.list):
        with pytest.raises(TypeError, match="fields is to be a list of fields or 'all', not None"):
            read(fields=nothing)


def test_a_case_is_copied_by_what_can_be_written_of_it(domain: CasesDomain, case: CreatedCase, calls: Calls) -> None:
    read = domain.cases.get(case.id)
    calls()
    with pytest.raises(
        RequestError, match=r"fields\['case_id'\]: is written by the service alone; case.to_dict"
    ) as raised:
        domain.cases.create(template="Refund", fields=read.to_dict())
    assert calls() == []
    refused = {name for name in read if f"fields[{name!r}]" in {fault.path for fault in raised.value.faults}}
    assert refused == set(read) - set(read.to_dict(writable=True))
    with pytest.raises(RequestError, match=r"fields\['reference_number'\]: is written by the service alone"):
        case.update({F.reference_number: "A1B2C3D4E"})

    copy = domain.cases.create(template="Refund", fields=read.to_dict(writable=True)).refresh()
    assert copy.to_dict(writable=True) == read.to_dict(writable=True)
    assert copy["reference_number"] != read["reference_number"]


def test_a_case_that_was_read_makes_a_dictionary(case: CreatedCase) -> None:
    read = case.refresh(fields=["title", "Amount"])
    assert dict(read) == read.to_dict()
    assert list(read.keys()) == list(read) == ["title", "Amount"]


def test_a_field_itself_names_it_wherever_a_field_is_named(domain: CasesDomain, case: CreatedCase) -> None:
    amount = domain.fields.get("Amount")
    status = domain.field("status")  # known by its id alone
    domain.cases.create(template="Refund", fields={"title": "By fields", amount: 30})

    case.update({amount: 20, status: "closed"})
    read = case.refresh(fields=[amount, status])
    assert (read[amount], read[status], read.fields[amount.id]) == (20.0, "closed", 20.0)
    assert amount in read
    assert domain.fields.get("Notes") not in read
    with pytest.raises(NotLoadedError, match="field 'Notes' wasn't asked for"):
        read[domain.fields.get("Notes")]
    searched = domain.cases.search(sort=[amount, "title"], fields=[amount])
    assert [one[amount] for one in searched] == [20.0, 30.0]
    assert list(domain.schema.options(status)) == ["open", "closed"]
    with pytest.raises(RequestError, match=r"fields\['Amount'\]: is of type Number"):
        case.update({amount: "much"})
    wrong: Any = case
    with pytest.raises(TypeError, match="a case is given where a field belongs: <CreatedCase"):
        case.refresh(fields=[wrong])


def test_values_stay_as_they_were_read(case: CreatedCase) -> None:
    before = case.refresh(fields=["title"])
    before.update({"title": "Parcel found"})
    assert before["title"] == "Parcel lost"
    assert before.refresh(fields=["title"])["title"] == "Parcel found"


def test_two_fields_of_one_name_are_told_apart_by_their_ids(domain: CasesDomain, case: CreatedCase) -> None:
    first, second = domain.schema["Notes"].id, domain.schema["Link"].id
    references = [F.text(first), F.url(second)]
    loaded = case.refresh(fields=references)
    assert loaded.to_dict() == {first: "", second: "https://example.com/1"}
    named = [reference(first, "Text", name="Same"), reference(second, "Url", name="Same")]
    assert case.refresh(fields=named).to_dict() == {first: "", second: "https://example.com/1"}


def test_what_a_case_is_read_as_shows_no_value_of_it(case: CreatedCase) -> None:
    loaded = case.refresh()
    assert repr(loaded) == f"<LoadedCase {case.id}>"
    assert "Parcel" not in repr(loaded.fields)


# --- writing ----------------------------------------------------------------------------------------------------------


def test_values_are_written_and_cleared_by_name_id_and_reference(domain: CasesDomain, case: CreatedCase) -> None:
    schema = domain.schema
    case.update({"Priority": "low", schema["Amount"].id: None})
    case.update({F.summary: "Found", schema["Urgent"]: True})
    loaded = case.refresh()
    assert (loaded["Priority"], loaded["Amount"], loaded["summary"], loaded["Urgent"]) == ("low", None, "Found", True)
    assert loaded["title"] == "Parcel lost"


def test_writing_what_cannot_be_is_refused_here(case: CreatedCase, calls: Calls) -> None:
    with pytest.raises(RequestError) as raised:
        case.update({"Amount": "12", "Priority": "Urgent"})
    assert len(raised.value.faults) == 2
    assert "UpdateCase" not in calls()
    case.update({})
    assert calls() == []


def test_closing_and_reopening_is_writing_the_status(case: CreatedCase, calls: Calls) -> None:
    case.update({"status": "closed"})
    case.update({"status": "open"})
    assert calls() == ["UpdateCase", "UpdateCase"]  # the options of status needn't be known for that
    assert case.refresh(fields=["status", "last_closed_datetime"])[F.last_closed_datetime] is not None


def test_more_values_than_a_call_takes_are_written_and_a_failure_says_how_far_it_got(
    domain: CasesDomain, kit: ConnectKit, sim: Simulator, case: CreatedCase, calls: Calls
) -> None:
    names = many_fields(kit, domain, sim, 450)
    domain.schema.refresh()
    calls()
    case.update({name: name for name in names})
    most = maximum("connectcases", "UpdateCaseRequest", "fields")
    assert calls() == ["UpdateCase"] * -(-450 // most)
    assert case.refresh(fields=names).to_dict() == {name: name for name in names}

    sim.fail("UpdateCase", "AccessDeniedException", after=1)
    with pytest.raises(IncompleteError, match=f"{most} of 450 fields are written, and then it failed") as raised:
        case.update(dict.fromkeys(names, "new"))
    assert raised.value.resource is case
    assert raised.value.done[0].startswith("write Field 000, Field 001")
    assert raised.value.left[0].startswith(f"write Field {most}")
    assert raised.value.resume() is case
    assert set(case.refresh(fields=names).to_dict().values()) == {"new"}
    sim.fail("UpdateCase", "AccessDeniedException")
    with pytest.raises(ServiceError, match="AccessDenied"):
        case.update(dict.fromkeys(names, "new"))


def test_what_would_be_refused_in_a_later_part_is_refused_before_the_first(
    domain: CasesDomain, kit: ConnectKit, sim: Simulator, case: CreatedCase, calls: Calls
) -> None:
    names = many_fields(kit, domain, sim, 230)
    domain.schema.refresh()
    calls()
    with pytest.raises(RequestError):
        case.update({**dict.fromkeys(names, "new"), names[-1]: "x" * 50_000})
    assert calls() == []


@needs("connectcases", "DeleteCase")
def test_a_case_is_deleted_for_good(case: CreatedCase) -> None:
    case.delete()
    with pytest.raises(NotFoundError):
        case.refresh(fields=["title"])
    with pytest.raises(NotFoundError):
        case.delete()


@needs_member("connectcases", "CreateCaseRequest", "tags")
def test_tags_are_a_snapshot_and_what_changes_them(domain: CasesDomain, case: CreatedCase, calls: Calls) -> None:
    loaded = case.refresh(fields=[])
    assert (loaded.tags["team"], len(loaded.tags), list(loaded.tags)) == ("returns", 1, ["team"])
    loaded.tags.update({"team": "legal", "level": "2"})
    loaded.tags.delete("level")
    assert loaded.tags == {"team": "returns"}
    assert loaded.tags.list() == {"team": "legal"}
    assert case.refresh(fields=[]).tags == {"team": "legal"}
    # A case's ARN is made of its domain's, which is read once; a new case has its own.
    assert calls().count("GetDomain") == 1
    assert case.tags.list() == domain.case(case.id).tags.list()
    assert "GetDomain" not in calls()


# --- waiting ----------------------------------------------------------------------------------------------------------


def test_a_case_is_waited_for_until_it_can_be_read(sim: Simulator, case: CreatedCase) -> None:
    sim.fail("GetCase", "ResourceNotFoundException", times=3)
    loaded = case.wait_until_readable()
    assert loaded["title"] == "Parcel lost"
    assert loaded["status"] == "open"
    sim.fail("GetCase", "ResourceNotFoundException", times=1000)
    with pytest.raises(WaitTimeoutError, match=f"waited 5 s for case {case.id} to become readable"):
        case.wait_until_readable(timeout=5)


def test_waiting_for_a_case_of_no_domain_ends_at_once(kit: ConnectKit, sim: Simulator) -> None:
    with pytest.raises(NotFoundError):
        kit.domain(NOBODY).case(NOBODY).wait_until_readable()
    assert sim.clock.now() - START < timedelta(seconds=1)


def test_a_case_is_waited_for_until_a_search_finds_it(domain: CasesDomain, sim: Simulator) -> None:
    sim.delays = Delays(search_index=timedelta(seconds=9))
    made = domain.cases.create(template="Refund", fields={"title": "A"})
    assert domain.cases.count() == 0
    made.wait_until_searchable()
    assert domain.cases.list().all() == [made]
    made.update({"status": "closed"})
    closed = F.status.eq("closed")
    assert domain.cases.count(closed) == 0
    made.wait_until_searchable(closed)
    assert domain.cases.count(closed) == 1
    with pytest.raises(WaitTimeoutError, match=f"waited 3 s for case {made.id} to be found by a search"):
        made.wait_until_searchable(F.status.eq("open"), timeout=3)


# --- what is no call --------------------------------------------------------------------------------------------------


def test_no_attribute_calls_the_service(domain: CasesDomain, sim: Simulator, case: CreatedCase, calls: Calls) -> None:
    loaded = case.refresh()
    found = domain.cases.search(fields=["Priority"]).first()
    assert found is not None
    contact = sim.add_contact()
    domain.cases.create(template="Refund", fields={"title": "A"}, contact=contact)
    listed = domain.cases.for_contact(contact).first()
    assert type(listed) is ListedCase
    calls()
    for facade in (domain.case(case.id), listed, case, loaded, found, domain.cases, domain.schema):
        for name in dir(type(facade)):
            if not name.startswith("_"):
                assert getattr(facade, name) is not NotImplemented
        repr(facade)
    for one in (loaded, found):
        one.to_dict()
        assert [one[field] for field in one] == list(one.to_dict().values())
        assert dict(one.fields).keys() == set(one.fields)
        assert (dict(one.tags), "Priority" in one) == (TAGS, True)
    assert dict.fromkeys((case, loaded, found), 1) == {domain.case(case.id): 1}
    assert isinstance(found, LoadedCase)
    assert isinstance(found, Case)
    assert calls() == []


@needs_member("connectcases", "CreateCaseRequest", "tags")
def test_tags_of_the_template_are_there_as_well(domain: CasesDomain) -> None:
    made = domain.cases.create(template="Refund", fields={"title": "A"}, tags={"a": "1", "b": "2"})
    assert dict(made.refresh(fields=[]).tags) == {"a": "1", "b": "2"}


def test_a_template_that_is_inactive_is_the_services_to_refuse(domain: CasesDomain, kit: ConnectKit) -> None:
    template = template_id(domain)
    kit.send(cases.UpdateTemplateRequest(domain_id=domain.id, template_id=template, status="Inactive"))
    with pytest.raises(InvalidRequestError, match="inactive"):
        domain.cases.create(template="Refund", fields={"title": "A"})
