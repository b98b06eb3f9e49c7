"""How the values of a case come to change, whichever operation asks for it.

A write is checked as a whole first. Then the case, its history, its SLAs and the events change together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from connectkit.simulator.cases.audit import FieldChange, changes_between, record
from connectkit.simulator.cases.events import send_case_event
from connectkit.simulator.cases.lookup import conflict, invalid, known_field
from connectkit.simulator.cases.rule_evaluation import option_limits, required_fields
from connectkit.simulator.cases.slas import complete_slas
from connectkit.simulator.cases.system_fields import CLOSED
from connectkit.simulator.cases.values import check_writable, moment_value, read_value, user_value
from connectkit.simulator.core.operations import Context
from connectkit.simulator.state.cases import Case, Template, Value, Wire
from connectkit.simulator.state.domains import Domain

__all__ = [
    "Written",
    "add_case",
    "change_case",
    "check_not_merging",
    "check_values",
    "read_fields",
    "store_case",
]

Written = Mapping[str, Value | None]
"""The values to write by field; None clears."""


def read_fields(domain: Domain, entries: Iterable[Wire], *, case: Case | None) -> dict[str, Value | None]:
    """Read the values to write to a case; without ``case`` they are for a new one.

    That a field may be in the list only once is inferred.
    """
    written: dict[str, Value | None] = {}
    for index, entry in enumerate(entries):
        where = f"fields[{index}]"
        field_id = entry["id"]
        current = case.values.get(field_id) if case else None
        # A deleted field can still be changed on the cases that have a value for it.
        field = known_field(domain, field_id, where=where, deleted=current is not None)
        if field_id in written:
            raise invalid(f"{where}: field {field_id} is in the list more than once")
        value = read_value(field, entry["value"], where=where)
        check_writable(field, value, current=current, where=where)
        written[field_id] = value
    return written


def check_values(
    domain: Domain, template: Template, before: Mapping[str, Value] | None, after: Mapping[str, Value], written: Written
) -> None:
    """Refuse values that lack what is required, or that a rule about options closes.

    What a template requires is documented for creating a case; so an update (``before`` is not None) is held to it
    in what it writes and in what it makes required. What a rule requires is wanted of every update, as the guide
    has it of agents. That this is so of requests as well, that an empty text counts as no value, and that a status
    can't be cleared, is inferred; so is that a rule about options is enforced when either of its fields is written.
    """
    required = required_fields(domain, template, after)
    always = required.always
    if before is not None:
        always -= required_fields(domain, template, before).always - written.keys()
    for field_id in sorted(always | required.by_rules):
        if field_id not in after or after[field_id].wire == "":
            raise invalid(f"fields: {field_id} is required and has no value")
    for limit in option_limits(domain, template):
        if (before is None or written.keys() & {limit.parent, limit.child}) and not limit.allows(after):
            parent = after.get(limit.parent)
            given = "no value" if parent is None else repr(parent.wire)
            message = f"{after[limit.child].wire!r} is not open while {limit.parent} has {given}"
            raise invalid(f"fields: field {limit.child}: {message}")


def check_not_merging(domain: Domain, case: Case) -> None:
    """Raise a conflict when the case is the secondary one of a merge that is running."""
    if any(not merge.done for merge in domain.merge_by_secondary.of(case.id).values()):
        raise conflict(f"Case {case.id} is being merged into another case")


def add_case(context: Context, domain: Domain, case: Case, *, user: Wire | None) -> None:
    """Put a new case into a domain, with the first entry of its history."""
    now = moment_value(context.now)
    values = {**case.values, "created_datetime": now, "last_updated_datetime": now, **_user_values(user)}
    if _by(user) is not None:
        values["created_by"] = values["last_updated_user"]
    if values["status"].wire == CLOSED:
        values["last_closed_datetime"] = now
    case = replace(case, values=values)
    domain.cases.put(case)
    record(context, domain, case.id, "Case.Created", changes_between({}, values), user=user)
    send_case_event(context, domain, case, "CASE.CREATED", changed=values.keys(), user=user)


def change_case(context: Context, domain: Domain, case: Case, written: Written, *, user: Wire | None) -> None:
    """Check a write to a case and carry it out. That an empty one changes nothing is inferred."""
    check_not_merging(domain, case)
    if not written:
        return
    values = dict(case.values)
    for field_id, value in written.items():
        if value is None:
            values.pop(field_id, None)
        else:
            values[field_id] = value
    check_values(domain, domain.templates[case.template_id], case.values, values, written)
    changes = store_case(context, domain, case, values, user=user)
    record(context, domain, case.id, "Case.Updated", changes, user=user)


def store_case(
    context: Context, domain: Domain, case: Case, values: dict[str, Value], *, user: Wire | None
) -> list[FieldChange]:
    """Give a case new values and what follows from them, send the event, and give what has changed."""
    now = moment_value(context.now)
    was_closed, is_closed = (held["status"].wire == CLOSED for held in (case.values, values))
    if is_closed and not was_closed:
        values["last_closed_datetime"] = now
    if was_closed and not is_closed:
        # Only the closing time is documented; that reopening sets its own field is inferred.
        values["last_reopened_datetime"] = now
    values["last_updated_datetime"] = now
    # Inferred: an update by nobody in particular leaves no name behind, rather than that of the one before.
    values.pop("last_updated_user", None)
    values |= _user_values(user)
    complete_slas(context, domain, case.id, values)
    changed = replace(case, values=values, modified=context.now)
    domain.cases.put(changed)
    changes = changes_between(case.values, values)
    fields = [field_id for field_id, _, _ in changes]
    send_case_event(context, domain, changed, "CASE.UPDATED", changed=fields, user=user)
    return changes


def _by(user: Wire | None) -> str | None:
    """Give the ARN of who performed a request. That a custom entity, being no user, leaves no value is inferred."""
    return None if user is None else user.get("userArn")


def _user_values(user: Wire | None) -> dict[str, Value]:
    arn = _by(user)
    return {} if arn is None else {"last_updated_user": user_value(arn)}
