"""The schema: fields by name, id and attribute, their options, and how few calls that takes."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from connectkit import F, FieldValueError, ServiceError, UnknownNameError
from connectkit.filters import SYSTEM_FIELDS
from connectkit.models import connectcases as cases
from connectkit.resources.schema import Schema

from .conftest import FIELDS, PRIORITIES

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from .conftest import Calls


def add_field(kit: ConnectKit, domain: CasesDomain, name: str, kind: cases.FieldType = "Text") -> str:
    return kit.send(cases.CreateFieldRequest(domain_id=domain.id, name=name, type=kind)).field_id


def rename(kit: ConnectKit, domain: CasesDomain, field_id: str, name: str) -> None:
    kit.send(cases.UpdateFieldRequest(domain_id=domain.id, field_id=field_id, name=name))


def test_a_field_is_known_by_its_name_and_by_its_id(domain: CasesDomain) -> None:
    schema = domain.schema
    for name, kind in FIELDS.items():
        by_name = schema[name]
        assert (by_name.name, by_name.type) == (name, kind)
        assert schema[by_name.id] is by_name
        assert schema.resolve(name) is schema.resolve(by_name) is by_name
    assert len(schema) == len(FIELDS) + len(SYSTEM_FIELDS)
    assert {field.name for field in schema} >= FIELDS.keys()


def test_all_fields_are_read_once_whatever_is_asked_of_them(domain: CasesDomain, calls: Calls) -> None:
    schema = domain.schema
    assert not schema.is_loaded
    assert "Priority" in schema
    assert (schema["Amount"].type, schema.name(schema["Notes"].id), len(list(schema))) == ("Number", "Notes", 23)
    assert schema.load().is_loaded
    assert calls() == ["ListFields"]


def test_system_fields_are_known_without_a_call(domain: CasesDomain, calls: Calls) -> None:
    for field, kind in SYSTEM_FIELDS.items():
        assert (domain.schema[field].id, domain.schema[field].type) == (field, kind)
        assert getattr(domain.schema, field).id == field
        known = domain.schema.known(field)
        assert known is not None
        assert known.id == field
    assert calls() == []


def test_what_a_schema_can_do_hides_no_system_field() -> None:
    assert not SYSTEM_FIELDS.keys() & set(dir(Schema))


def test_the_last_of_230_fields_is_known_by_its_name(domain: CasesDomain, kit: ConnectKit, calls: Calls) -> None:
    for number in range(230 - len(domain.schema)):
        add_field(kit, domain, f"Field {number:03}")
    domain.schema.refresh()
    calls()
    last = f"Field {230 - len(FIELDS) - len(SYSTEM_FIELDS) - 1:03}"
    assert len(domain.schema) == 230
    assert domain.schema[last].name == last
    assert calls() == []
    assert kit.domain(domain.id).schema.refresh()[last].name == last
    assert calls() == ["ListFields"] * 3


def test_a_name_that_is_not_there_is_answered_with_the_nearest_after_looking_anew(
    domain: CasesDomain, calls: Calls
) -> None:
    for misspelt, right in (
        ("Prioritty", "Priority"),
        ("amount", "Amount"),
        ("Due", "Due date"),
        ("statuss", "status"),
    ):
        with pytest.raises(UnknownNameError) as raised:
            domain.schema[misspelt]
        assert right in raised.value.near
        assert (raised.value.kind, raised.value.name) == ("field", misspelt)
        assert f"domain {domain.id}; did you mean" in str(raised.value)
    # The first reading told of the first name, every other one was looked for once more.
    assert calls() == ["ListFields"] * 4
    assert domain.schema.find("Prioritty") is None
    assert "Prioritty" not in domain.schema


def test_a_field_that_came_since_is_found(domain: CasesDomain, kit: ConnectKit) -> None:
    domain.schema.load()
    made = add_field(kit, domain, "Colour")
    assert domain.schema.known("Colour") is None
    assert domain.schema["Colour"].id == made


def test_a_name_that_two_fields_had_in_turn_is_that_of_the_present_one_after_refresh(
    domain: CasesDomain, kit: ConnectKit
) -> None:
    first = domain.schema["Notes"].id
    rename(kit, domain, first, "Old notes")
    second = add_field(kit, domain, "Notes", "Url")
    assert domain.schema["Notes"].id == first
    domain.schema.refresh()
    assert (domain.schema["Notes"].id, domain.schema["Notes"].type) == (second, "Url")
    assert domain.schema["Old notes"].id == first


def test_attributes_are_there_after_load_and_never_make_a_call(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(AttributeError, match=r"load\(\) first"):
        _ = domain.schema.due_date
    assert calls() == []
    schema = domain.schema.load()
    assert schema.due_date.name == "Due date"
    assert {"due_date", "priority", "status"} <= set(dir(schema))
    with pytest.raises(AttributeError, match="did you mean due_date"):
        _ = schema.due_dat
    with pytest.raises(AttributeError, match="no field is called that"):
        _ = schema.zzz
    with pytest.raises(AttributeError):
        _ = schema._private
    assert calls() == ["ListFields"]


def test_two_fields_that_would_be_the_same_attribute_are_named_by_id(domain: CasesDomain, kit: ConnectKit) -> None:
    ids = sorted([domain.schema["Due date"].id, add_field(kit, domain, "due-date")])
    with pytest.raises(AttributeError, match=f"take one by its id, .*{ids[0]}"):
        _ = domain.schema.refresh().due_date


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("text", "Notes"),
        ("number", "Amount"),
        ("boolean", "Urgent"),
        ("datetime", "Due date"),
        ("select", "Priority"),
        ("url", "Link"),
        ("user", "Owner"),
    ],
)
def test_typed_references_are_given_for_fields_of_that_type_only(domain: CasesDomain, method: str, name: str) -> None:
    typed = getattr(domain.schema, method)(name)
    assert (typed.name, typed.type) == (name, FIELDS[name])
    other = "Amount" if name != "Amount" else "Notes"
    right = "number" if other == "Amount" else "text"
    with pytest.raises(TypeError, match=rf"field '{other}' is of type \w+: schema.{right}\('{other}'\) gives it"):
        getattr(domain.schema, method)(other)


def test_options_are_read_once_when_they_are_needed(domain: CasesDomain, calls: Calls) -> None:
    schema = domain.schema
    assert schema["Priority"].eq("High") == F.select(schema["Priority"].id).eq("high")
    assert schema.select("Priority").eq("Low") == F.select(schema["Priority"].id).eq("low")
    assert dict.fromkeys(schema.options("Priority")) == dict.fromkeys(PRIORITIES)
    assert calls() == ["ListFields", "ListFieldOptions"]
    schema.refresh()
    assert schema.options("Priority").name("high") == "High"
    assert calls() == ["ListFields", "ListFieldOptions"]
    with pytest.raises(TypeError, match="field 'Amount' is of type Number and has no options"):
        schema.options("Amount")


def test_an_option_that_came_since_is_found_by_writing_and_by_filters(
    domain: CasesDomain, kit: ConnectKit, calls: Calls
) -> None:
    field = domain.schema["Priority"]
    held = domain.schema.options("Priority")
    with pytest.raises(FieldValueError, match="has no option 'Top'"):
        field.eq("Top")
    added = [cases.FieldOption(value="top", name="Top", active=True)]
    kit.send(cases.BatchPutFieldOptionsRequest(domain_id=domain.id, field_id=field.id, options=added))
    calls()
    assert field.eq("Top") == F.select(field.id).eq("top")
    assert calls() == ["ListFieldOptions"]
    domain.cases.create(template="Refund", fields={"title": "Parcel lost", "Priority": "Top"})
    assert calls() == ["ListTemplates", "CreateCase"]
    assert held.value("top") is None  # what was read just then stays as it was


def test_an_option_that_is_not_there_costs_one_call_each_time_and_none_where_they_were_just_read(
    domain: CasesDomain, calls: Calls
) -> None:
    field = domain.schema["Priority"]
    for asked in (["ListFields", "ListFieldOptions"], ["ListFieldOptions"], ["ListFieldOptions"]):
        with pytest.raises(FieldValueError, match="has no option 'Lou'; did you mean 'Low'"):
            field.eq("Lou")
        assert calls() == asked
    assert field.eq("Low") == F.select(field.id).eq("low")
    assert calls() == []


def test_a_field_that_is_deleted_while_another_thread_looks_it_up_is_found_as_it_was(
    domain: CasesDomain, kit: ConnectKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = domain.schema.load()
    notes = schema["Notes"].id
    schema.refresh()
    look = Schema._id  # pyright: ignore[reportPrivateUsage] - the moment at which the other thread comes

    def looked(self: Schema, fields: Any, given: str) -> str | None:
        found = look(self, fields, given)
        monkeypatch.undo()
        kit.send(cases.DeleteFieldRequest(domain_id=domain.id, field_id=found or ""))
        schema.refresh()
        return found

    monkeypatch.setattr(Schema, "_id", looked)
    found = schema["Notes"]
    assert (found.id, found.name, found.type) == (notes, "Notes", "Text")
    assert schema.find("Notes") is None
    assert schema.find(notes) is None


def test_more_options_than_a_page_holds_are_all_there(domain: CasesDomain, kit: ConnectKit) -> None:
    many = [cases.FieldOption(value=f"o{number}", name=f"Option {number}", active=True) for number in range(120)]
    field = domain.schema["Priority"].id
    for start in range(0, 120, 50):
        kit.send(
            cases.BatchPutFieldOptionsRequest(domain_id=domain.id, field_id=field, options=many[start : start + 50])
        )
    assert domain.schema.options("Priority").value("Option 119") == "o119"


def test_eight_threads_that_begin_at_once_read_the_fields_and_the_options_once(
    domain: CasesDomain, calls: Calls
) -> None:
    together = Barrier(8)

    def look(_: int) -> tuple[str, str | None]:
        together.wait()
        return domain.schema["Amount"].id, domain.schema.options("Priority").value("Normal")

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(look, range(8)))) == 1
    assert calls() == ["ListFields", "ListFieldOptions"]


def test_a_reading_that_fails_is_tried_again_by_the_next(domain: CasesDomain, sim: Simulator) -> None:
    sim.fail("ListFields", "AccessDeniedException")
    with pytest.raises(ServiceError):
        domain.schema["Amount"]
    assert not domain.schema.is_loaded
    assert domain.schema["Amount"].name == "Amount"


def test_what_somebody_else_changes_is_noticed_after_the_age_that_names_may_get(
    domain: CasesDomain, kit: ConnectKit, sim: Simulator, calls: Calls
) -> None:
    schema, amount = domain.schema, domain.schema["Amount"].id
    assert schema.options("Priority").value("High") == "high"
    kit.send(cases.UpdateFieldRequest(domain_id=domain.id, field_id=amount, name="Sum"))
    kit.send(cases.CreateFieldRequest(domain_id=domain.id, name="Late", type="Text"))
    case = domain.cases.create(template="Refund", fields={"title": "x"})
    sim.clock.advance(299)
    calls()
    assert "Late" not in case.refresh().to_dict()
    assert schema["Amount"].id == amount
    assert calls() == ["GetCase"]

    sim.clock.advance(2)
    assert {"Late", "Sum"} <= case.refresh().to_dict().keys()
    assert schema["Sum"].id == amount
    assert schema["status"].id == "status"
    assert calls() == ["ListFields", "GetCase"]
    assert schema.options("Priority").value("High") == "high"
    assert schema.options("Priority").value("Low") == "low"
    assert calls() == ["ListFieldOptions"]


def test_what_is_no_name_is_refused(domain: CasesDomain) -> None:
    with pytest.raises(TypeError, match="a str, not int"):
        domain.schema[3]  # type: ignore[index]  # pyright: ignore[reportArgumentType] - what is tested
    assert 3 not in domain.schema


def test_it_says_whose_it_is_and_leaves_copying_alone(domain: CasesDomain) -> None:
    assert repr(domain.schema) == f"<Schema of domain {domain.id}: not read yet>"
    assert repr(domain.schema.load()) == f"<Schema of domain {domain.id}: 23 fields>"
    assert copy.deepcopy(domain.schema) is domain.schema
    with pytest.raises(TypeError, match="belongs to a kit"):
        pickle.dumps(domain.schema)
