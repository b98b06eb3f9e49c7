"""SLAs: related items that want a field of the case to have some value by some time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from connectkit.simulator.cases.lookup import invalid, known_field
from connectkit.simulator.cases.values import check_choice, moment_value, read_value, to_union
from connectkit.simulator.core.operations import Context, Output
from connectkit.simulator.state.cases import RelatedItem, Value, Wire
from connectkit.simulator.state.domains import Domain

__all__ = ["complete_slas", "describe_sla", "read_sla", "refresh_next_breach", "sla_status", "start_sla"]

_NEXT_BREACH = "next_sla_breach_datetime"


def read_sla(domain: Domain, content: Wire, *, where: str) -> Mapping[str, Value]:
    """Check what a request wants of an SLA, and give the value that it waits for under its field.

    That a field and a value are needed, and that the value must be one that the field could have, is inferred.
    """
    configuration = content["slaInputConfiguration"]
    where = f"{where}.slaInputConfiguration"
    if "fieldId" not in configuration or not configuration.get("targetFieldValues"):
        raise invalid(f"{where}: fieldId and targetFieldValues are required for an SLA of type CaseField")
    field = known_field(domain, configuration["fieldId"], where=f"{where}.fieldId", deleted=False)
    (union,) = configuration["targetFieldValues"]
    value = read_value(field, union, where=f"{where}.targetFieldValues[0]")
    if value is None:
        raise invalid(f"{where}.targetFieldValues[0]: an emptyValue is nothing to wait for")
    check_choice(field, value, where=f"{where}.targetFieldValues[0]")
    return {field.id: value}


def start_sla(context: Context, domain: Domain, item: RelatedItem) -> RelatedItem:
    """Set the clock of a new SLA; one whose field has the value already is met at once, which is inferred."""
    minutes: int = item.content["sla"]["slaInputConfiguration"]["targetSlaMinutes"]
    target = context.now + timedelta(minutes=minutes)
    met = _is_met(item, domain.cases[item.case_id].values)
    return replace(item, target=target, completed=context.now if met else None)


def complete_slas(context: Context, domain: Domain, case_id: str, values: dict[str, Value]) -> None:
    """End the SLAs whose value the case has come to have, and note in ``values`` which is the next to breach.

    Inferred: an SLA that has ended stays so, its end is no entry in the history and no event by itself, and one on a
    field that has been deleted goes on.
    """
    for item in list(domain.items_of_case.of(case_id).values()):
        if item.target is not None and item.completed is None and _is_met(item, values):
            domain.related_items.put(replace(item, completed=context.now))
    _note_next_breach(domain, case_id, values)


def refresh_next_breach(domain: Domain, item: RelatedItem) -> None:
    """Note on the case which SLA is the next to breach, after ``item`` has come or gone.

    Inferred: this alone is no update of the case.
    """
    if item.type != "Sla":
        return
    case = domain.cases[item.case_id]
    values = dict(case.values)
    _note_next_breach(domain, case.id, values)
    if values != case.values:
        domain.cases.put(replace(case, values=values))


def _note_next_breach(domain: Domain, case_id: str, values: dict[str, Value]) -> None:
    """Write the system field. That an overdue SLA counts until it is done is inferred."""
    items = domain.items_of_case.of(case_id).values()
    targets = [item.target for item in items if item.target is not None and item.completed is None]
    if targets:
        values[_NEXT_BREACH] = moment_value(min(targets))
    else:
        values.pop(_NEXT_BREACH, None)


def sla_status(item: RelatedItem, now: datetime) -> str:
    """Give the status: Met in time or NotMet, once it is done; until then Active or, when late, Overdue.

    That it follows a clock which is set back is inferred, there being no such thing elsewhere.
    """
    target = item.target or now
    if item.completed is not None:
        return "Met" if item.completed <= target else "NotMet"
    return "Active" if now <= target else "Overdue"


def describe_sla(item: RelatedItem, now: datetime) -> Output:
    """Write an SLA as the service does."""
    configuration = item.content["sla"]["slaInputConfiguration"]
    return {
        "slaConfiguration": {
            "name": configuration["name"],
            "type": configuration["type"],
            "status": sla_status(item, now),
            "fieldId": configuration["fieldId"],
            "targetFieldValues": [to_union(value) for value in item.values.values()],
            "targetTime": item.target,
            "completionTime": item.completed,
        }
    }


def _is_met(item: RelatedItem, values: Mapping[str, Value]) -> bool:
    return all(
        (found := values.get(field_id)) is not None and found.key == wanted.key
        for field_id, wanted in item.values.items()
    )
