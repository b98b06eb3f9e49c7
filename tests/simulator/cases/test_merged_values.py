"""Which values a case has after another one was merged into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..helpers import PROFILE_ARN, QUEUE_ARN, USER_ARN, empty, needs, number, refused, text
from .support import close, custom, decide, make_rule, merge, on, start_merge

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture

pytestmark = needs("connectcases", "StartMergeCases")

SYSTEM_FIELDS = (
    "case_id",
    "created_datetime",
    "last_updated_datetime",
    "reference_number",
    "status",
    "title",
)


@pytest.mark.rule("merge.fields")
@pytest.mark.parametrize("field_id", ["title", "status", "customer_id", "created_datetime", "nowhere"])
def test_other_system_fields_can_not_be_selected(
    domain: DomainFixture, primary: str, secondary: str, field_id: str
) -> None:
    domain.update(secondary, text("customer_id", PROFILE_ARN))
    with refused("ValidationException", f"{field_id} is not a field that can be merged"):
        start_merge(domain, primary, secondary, field_id)


@pytest.mark.rule("merge.fields", "merge.has-field")
def test_a_selected_field_is_on_the_secondary_case(domain: DomainFixture, primary: str, secondary: str) -> None:
    note = domain.field("Note")
    # What a custom item of it has, the case has not.
    custom(domain, secondary, text(note, "x"))
    domain.update(primary, text(note, "x"))
    for field_id in (note, "summary"):
        with refused("ValidationException", f"does not have field {field_id}"):
            start_merge(domain, primary, secondary, field_id)
    domain.update(secondary, text("summary", "x"))
    domain.update(secondary, empty("summary"))
    with refused("ValidationException", "more than once"):
        start_merge(domain, primary, secondary, "summary", "summary")
    start_merge(domain, primary, secondary, "summary")


@pytest.mark.rule("merge.source")
def test_fields_are_selected_from_the_secondary_case(domain: DomainFixture, primary: str, secondary: str) -> None:
    nothing: list[dict[str, str]] = []
    theirs, ours = ({"sourceCaseId": case_id, "fieldIds": nothing} for case_id in (secondary, primary))
    for configuration in ([ours], [theirs, theirs]):
        with refused("ValidationException", f"whose sourceCaseId is {secondary}"):
            start_merge(domain, primary, secondary, fieldsConfiguration=configuration)
    start_merge(domain, primary, secondary, fieldsConfiguration=[])


@pytest.mark.rule("merge.values")
def test_a_case_has_five_hundred_values_at_most(domain: DomainFixture, sim: Simulator) -> None:
    fields = [domain.field(f"Field {index}") for index in range(500)]

    def case(*chosen: str) -> str:
        case_id = domain.case()
        for start in range(0, len(chosen), 200):
            domain.update(case_id, *(text(field_id, "x") for field_id in chosen[start : start + 200]))
        return case_id

    own = len(domain.values(domain.case(), *SYSTEM_FIELDS))
    primary, secondary = case(*fields[:200]), case(*fields[200 : 500 - own])
    larger = case(*fields[200 : 501 - own])
    with refused("ValidationException", "more than 500 field values"):
        start_merge(domain, primary, larger)
    merge(sim, domain, primary, secondary)
    assert domain.values(primary, fields[0], fields[499 - own]) == {fields[0]: "x", fields[499 - own]: "x"}


@pytest.mark.rule("merge.selected", "merge.fields")
def test_a_selected_field_is_taken_from_the_secondary_case(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    size, note = domain.field("Size", "Number"), domain.field("Note")
    domain.put_options("case_reason", refund=True, loss=True)
    values = [
        text("assigned_queue", QUEUE_ARN),
        text("assigned_user", USER_ARN),
        text("case_reason", "refund"),
        text("summary", "theirs"),
        number(size, 2),
    ]
    domain.update(primary, text("summary", "ours"), number(size, 1), text(note, "ours"), text("case_reason", "loss"))
    domain.update(secondary, *values, text(note, "gone soon"))
    domain.update(secondary, empty(note))
    fields = [value["id"] for value in values]
    merge(sim, domain, primary, secondary, *fields, note)
    assert domain.values(primary, *fields, note) == {
        value["id"]: next(iter(value["value"].values())) for value in values
    }


@pytest.mark.rule("merge.blanks", "merge.selected")
def test_other_fields_fill_blanks_only(domain: DomainFixture, primary: str, secondary: str, sim: Simulator) -> None:
    names = ("kept", "missing", "empty", "cleared")
    kept, missing, blank, cleared = (domain.field(name) for name in names)
    domain.update(primary, text(kept, "ours"), text(blank, ""), text(cleared, "ours"))
    domain.update(secondary, *(text(field_id, "theirs") for field_id in (kept, missing, blank)), text(cleared, ""))
    merge(sim, domain, primary, secondary, cleared)
    assert domain.values(primary, kept, missing, blank, cleared) == {
        kept: "ours",
        missing: "theirs",
        blank: "theirs",
        cleared: "",
    }
    # The secondary case keeps what it had.
    assert domain.values(secondary, missing) == {missing: "theirs"}


@pytest.mark.rule("merge.late-values", "merge.primary-free")
def test_values_are_read_when_the_merge_ends(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    first, second = domain.field("First"), domain.field("Second")
    domain.update(secondary, text(first, "theirs"), text(second, "theirs"))
    domain.update(primary, text(second, "ours"))
    start_merge(domain, primary, secondary)
    domain.update(primary, text(first, "ours, later"), empty(second))
    sim.clock.advance(1)
    assert domain.values(primary, first, second) == {first: "ours, later", second: "theirs"}


@pytest.mark.rule("merge.late-values")
def test_a_primary_case_that_is_closed_meanwhile_stays_closed(
    domain: DomainFixture, primary: str, secondary: str, sim: Simulator
) -> None:
    start_merge(domain, primary, secondary)
    close(domain, primary)
    sim.clock.advance(1)
    assert domain.values(primary, "status") == {"status": "closed"}
    assert domain.values(secondary, "status") == {"status": "closed"}


@pytest.mark.rule("merge.as-they-are")
def test_values_are_taken_whatever_has_become_of_their_field(domain: DomainFixture, sim: Simulator) -> None:
    kind, note, needed = domain.select("Kind", "a"), domain.field("Note"), domain.field("Needed")
    rule = make_rule(domain, required=decide(default=True))
    template_id = domain.template("Strict", required=(needed,), rules=[on(rule, "summary")])
    primary = domain.case("Primary", text(needed, "ours"), text("summary", "ours"), templateId=template_id)
    secondary = domain.case("Secondary", text(kind, "a"), text(note, "x"), text(needed, ""), text("summary", "x"))
    domain.update(secondary, empty("summary"))
    start_merge(domain, primary, secondary, needed, "summary")
    domain.put_options(kind, a=False)
    domain.client.delete_field(domainId=domain.id, fieldId=note)
    sim.clock.advance(1)
    assert domain.values(primary, kind, note, needed, "summary") == {kind: "a", note: "x", needed: ""}
