"""Fields as resources: made, changed, found, read by the hundred, and ensured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectkit import (
    BatchError,
    ConflictError,
    ConnectKit,
    IncompleteError,
    InvalidRequestError,
    NotFoundError,
    RequestError,
    ServiceError,
    UnknownNameError,
)
from connectkit.filters import F, NumberRef, SelectRef, UserRef
from connectkit.models.connectcases import FieldOption
from connectkit.resources._batches import ReadResult
from connectkit.resources.setup.fields import ListedField, LoadedField

from ...simulator.helpers import needs_member

if TYPE_CHECKING:
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
with_attributes = needs_member("connectcases", "CreateFieldRequest", "attributes")
WRITES = {"CreateField", "UpdateField", "DeleteField", "BatchPutFieldOptions"}


def test_a_field_is_created_listed_found_read_changed_and_deleted(domain: CasesDomain, sim: Simulator) -> None:
    made = domain.fields.create(name="Story", type="Text", description="What happened")
    assert type(made) is ListedField
    assert (made.name, made.type, made.namespace) == ("Story", "Text", "Custom")
    assert made.arn.endswith(made.id)
    listed = next(field for field in domain.fields.list() if field.name == "Story")
    assert (listed.id, listed.arn, listed.type) == (made.id, made.arn, "Text")
    sim.clock.advance(60)
    made.update(name="Tale", description="As the customer tells it")
    loaded = domain.fields.get("Tale")
    assert (loaded.description, loaded.deleted) == ("As the customer tells it", False)
    assert loaded.created_time is not None
    assert loaded.last_modified_time is not None
    assert 60 <= (loaded.last_modified_time - loaded.created_time).total_seconds() < 61
    assert loaded == made == domain.field(made.id) == domain.fields.find("Tale") == domain.fields.get(made)
    assert domain.fields.find("Story") is None
    made.delete()
    assert domain.fields.find("Tale") is None
    assert "Tale" not in {field.name for field in domain.fields.list()}
    with pytest.raises(UnknownNameError):
        domain.fields.get("Tale")
    assert domain.fields.get(made.id).deleted


def test_creating_a_field_tells_the_schema(domain: CasesDomain, calls: Calls) -> None:
    assert "Story" not in domain.schema
    field = domain.fields.create(name="Story", type="Text")
    calls()
    assert domain.schema["Story"].id == field.id
    assert calls() == ["ListFields"]
    field.update(name="Tale")
    assert domain.schema.find("Story") is None
    assert domain.schema["Tale"].id == domain.schema[field.id].id == field.id
    field.delete()
    assert domain.schema.find(field.id) is None
    assert "Tale" not in domain.schema


def test_attributes_of_the_schema_stay_until_it_is_read_anew(domain: CasesDomain, calls: Calls) -> None:
    due = domain.schema.load().due_date
    domain.fields.create(name="Story", type="Text")
    calls()
    assert domain.schema.due_date.id == due.id
    assert domain.schema.status.id == "status"
    assert calls() == []
    assert domain.schema.load().story.name == "Story"
    assert calls() == ["ListFields"]


def test_a_field_made_with_options_has_them(domain: CasesDomain, calls: Calls) -> None:
    field = domain.fields.create(name="Reason", type="SingleSelect", options=["Lost", ("late", "Too late")])
    assert calls() == ["CreateField", "BatchPutFieldOptions"]
    assert [option.value for option in field.options.list()] == ["Lost", "late"]


def test_what_does_not_go_with_the_type_is_refused_before_anything_is_made(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(RequestError) as caught:
        domain.fields.create(name="Sum", type="Number", multiline=True, options=["High"])
    assert [fault.path for fault in caught.value.faults] == ["multiline", "options"]
    with pytest.raises(RequestError, match=r"^CreateField can't be sent: options\[0\]: 'Too late' can't be"):
        domain.fields.create(name="Reason", type="SingleSelect", options=["Too late"])
    assert calls() == []


def test_a_field_whose_options_fail_is_not_lost(domain: CasesDomain, sim: Simulator) -> None:
    sim.fail("BatchPutFieldOptions", "AccessDeniedException", times=None)
    with pytest.raises(IncompleteError, match=r"field 'Reason' is created, .*, but not all of its options") as caught:
        domain.fields.create(name="Reason", type="SingleSelect", options=["Lost"])
    error = caught.value
    assert isinstance(error.resource, ListedField)
    assert (error.resource.name, error.done, error.left) == ("Reason", ("create the field",), ("put options",))
    assert isinstance(error.__cause__, ServiceError)
    assert domain.fields.find("Reason") == error.resource


def test_names_are_taken_once(domain: CasesDomain) -> None:
    with pytest.raises(ConflictError):
        domain.fields.create(name="Amount", type="Text")
    with pytest.raises(ConflictError):
        domain.fields.get("Notes").update(name="Amount")


def test_system_fields_are_read_and_not_changed(domain: CasesDomain) -> None:
    status = domain.fields.get("status")
    assert (status.id, status.namespace, status.type) == ("status", "System", "SingleSelect")
    assert domain.fields.find("status") == domain.fields.get("Status") == status
    with pytest.raises(InvalidRequestError):
        status.update(description="Open or not")
    with pytest.raises(InvalidRequestError):
        status.delete()


def test_an_update_of_nothing_makes_no_call(domain: CasesDomain, calls: Calls) -> None:
    domain.field(NOBODY).update()
    assert calls() == []
    with pytest.raises(NotFoundError):
        domain.field(NOBODY).update(name="x")


def test_a_field_that_is_not_there_is_not_found(domain: CasesDomain) -> None:
    with pytest.raises(NotFoundError, match=f"^BatchGetField: ResourceNotFoundException .*{NOBODY}") as caught:
        domain.field(NOBODY).refresh()
    assert caught.value.request_id
    with pytest.raises(NotFoundError):
        domain.fields.get(NOBODY)
    with pytest.raises(UnknownNameError, match="did you mean 'Amount'"):
        domain.fields.get("Amuont")


def test_130_fields_are_read_in_three_calls_and_in_order(domain: CasesDomain, calls: Calls) -> None:
    made = [domain.fields.create(name=f"Field {number}", type="Text") for number in range(130)]
    wanted = [*reversed(made)]
    domain.schema.load()
    calls()
    read = domain.fields.get_many([*wanted[:64], *(field.name for field in wanted[64:]), wanted[0].id])
    assert calls() == ["BatchGetField"] * 3
    assert [field.id for field in read] == [*(field.id for field in wanted), wanted[0].id]
    assert all(type(field) is LoadedField for field in read)


def test_reading_many_finds_deleted_ones_by_id(domain: CasesDomain) -> None:
    notes = domain.fields.get("Notes")
    notes.delete()
    assert [(field.name, field.deleted) for field in domain.fields.get_many([notes.id, "title", F.status])] == [
        ("Notes", True),
        ("Title", False),
        ("Status", False),
    ]


def test_reading_many_says_all_names_that_are_not_there(domain: CasesDomain, sim: Simulator) -> None:
    with pytest.raises(RequestError) as caught:
        domain.fields.get_many(["Amount", "Amuont", "Nothing at all"])
    assert [fault.path for fault in caught.value.faults] == ["fields[1]", "fields[2]"]
    assert not sim.calls("BatchGetField")
    with pytest.raises(TypeError, match="fields is to be a list, not the text 'Amount'"):
        domain.fields.get_many("Amount")
    assert domain.fields.get_many([]) == []


def test_reading_many_keeps_what_could_be_read(domain: CasesDomain) -> None:
    with pytest.raises(BatchError, match=f"fields: 1 of 2 couldn't be read:\n  {NOBODY}: ResourceNotFound") as caught:
        domain.fields.get_many(["Amount", NOBODY])
    result = caught.value.result
    assert isinstance(result, ReadResult)
    (read,) = result.succeeded
    assert isinstance(read, LoadedField)
    assert read.name == "Amount"
    assert [(failure.id, failure.error_code) for failure in result.failed] == [(NOBODY, "ResourceNotFoundException")]


def test_a_later_call_that_fails_keeps_what_was_read_before(domain: CasesDomain, sim: Simulator) -> None:
    made = [domain.fields.create(name=f"Field {number}", type="Text") for number in range(60)]
    sim.fail("BatchGetField", "AccessDeniedException", after=1, times=None)
    with pytest.raises(BatchError, match="fields: 10 of 60 couldn't be read:\n  no answer for 10: ") as caught:
        domain.fields.get_many(made)
    assert caught.value.result.left == tuple(field.id for field in made[50:])
    assert list(caught.value.result.succeeded) == made[:50]
    assert isinstance(caught.value.__cause__, ServiceError)


def test_a_field_gives_the_reference_of_its_type(domain: CasesDomain, calls: Calls) -> None:
    amount, priority = domain.fields.get("Amount"), domain.fields.find("Priority")
    assert priority is not None
    calls()
    number = amount.reference()
    assert isinstance(number, NumberRef)
    assert (number.id, number.name) == (amount.id, "Amount")
    select = priority.reference()
    assert isinstance(select, SelectRef)
    assert calls() == []
    assert select.eq("High") == F.select(priority.id).eq("high")
    assert calls() == ["ListFieldOptions"]
    assert isinstance(domain.field(domain.schema["Owner"].id).reference(), UserRef)
    with pytest.raises(UnknownNameError):
        domain.field(NOBODY).reference()


def test_tags_of_a_field_are_known_by_its_arn(domain: CasesDomain, calls: Calls) -> None:
    amount = domain.fields.get("Amount")
    calls()
    amount.tags.update({"team": "billing"})
    assert calls() == ["TagResource"]
    assert domain.field(amount.id).tags.list() == {"team": "billing"}
    assert calls() == ["BatchGetField", "ListTagsForResource"]
    assert amount.tags == {}
    assert amount.refresh().tags == {"team": "billing"}


def test_a_field_is_ensured_once(domain: CasesDomain, calls: Calls) -> None:
    def ensure() -> LoadedField:
        return domain.fields.ensure(
            name="Reason",
            type="SingleSelect",
            description="Why",
            options=["Lost", FieldOption(value="x", name="X", active=False)],
        )

    first = ensure()
    assert WRITES & {*calls()} == {"CreateField", "BatchPutFieldOptions"}
    again = ensure()
    assert calls() == ["ListFields", "BatchGetField", "ListFieldOptions"]
    assert (again, again.description) == (first, "Why")
    first.update(description="Why then?")
    first.options.put(["x"])
    calls()
    assert ensure().description == "Why"
    assert sorted(WRITES & {*calls()}) == ["BatchPutFieldOptions", "UpdateField"]
    assert not first.options.get("x").active
    calls()
    domain.fields.ensure(name="Reason", type="SingleSelect")
    assert not WRITES & {*calls()}


@with_attributes
def test_a_text_field_takes_several_lines_if_told_to(domain: CasesDomain) -> None:
    made = domain.fields.create(name="Story", type="Text", multiline=True)
    listed = next(field for field in domain.fields.list() if field.name == "Story")
    assert (made.multiline, listed.multiline, made.refresh().multiline) == (True, True, True)
    made.update(multiline=False)
    assert (made.multiline, made.refresh().multiline) == (True, False), "what was read is a snapshot"
    assert domain.fields.get("Amount").multiline is None


@with_attributes
def test_several_lines_are_ensured(domain: CasesDomain, calls: Calls) -> None:
    assert domain.fields.ensure(name="Notes", type="Text", multiline=True).multiline
    assert "UpdateField" in calls()
    assert domain.fields.ensure(name="Notes", type="Text", multiline=True).multiline
    assert "UpdateField" not in calls()


def test_a_field_of_another_type_can_not_be_ensured(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(RequestError, match="type: field 'Amount' is there and of type Number, which can't change into"):
        domain.fields.ensure(name="Amount", type="Text", description="In euros")
    assert not WRITES & {*calls()}


def test_a_field_that_somebody_else_has_deleted_is_made_again(domain: CasesDomain) -> None:
    old = domain.fields.get("Notes")
    ConnectKit(region_name="us-east-1").domain(domain.id).field(old.id).delete()
    new = domain.fields.ensure(name="Notes", type="Text")
    assert new.id != old.id
    assert domain.schema["Notes"].id == new.id
