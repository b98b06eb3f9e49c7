"""A Cases domain in plain dictionaries, which says what the service answers: the other side of the comparison.

It knows the rules of fields, options, templates, cases and searches, and nothing of how the simulator keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from .wrong import Wrong

__all__ = ["MEMBERS", "MOMENTS", "Case", "Field", "ReferenceDomain", "Template", "spell_moment"]

Union = Mapping[str, Any]
Entries = Sequence[tuple[str, Union]]

INVALID: Final = "ValidationException"
CONFLICT: Final = "ConflictException"
NOT_FOUND: Final = "ResourceNotFoundException"

MEMBERS: Final[Mapping[str, str]] = {
    "Text": "stringValue",
    "Number": "doubleValue",
    "Boolean": "booleanValue",
    "DateTime": "stringValue",
    "SingleSelect": "stringValue",
    "Url": "stringValue",
    "User": "userArnValue",
}
"""The member of the value union for each type of field."""
_INDIA: Final = timezone(timedelta(hours=5, minutes=30))
MOMENTS: Final[Mapping[str, datetime]] = {
    "2030-01-01T12:00:00Z": datetime(2030, 1, 1, 12, tzinfo=timezone.utc),
    "2030-01-01T17:30:00+05:30": datetime(2030, 1, 1, 17, 30, tzinfo=_INDIA),
    "1999-12-31T23:59:59.5Z": datetime(1999, 12, 31, 23, 59, 59, 500_000, tzinfo=timezone.utc),
    "2031-06-01t00:00z": datetime(2031, 6, 1, tzinfo=timezone.utc),
}
"""What can be written to a DateTime field, and the moment that it means."""
SYSTEM: Final[Mapping[str, str]] = {
    "assigned_queue": "Text",
    "assigned_user": "Text",
    "case_id": "Text",
    "case_reason": "SingleSelect",
    "created_by": "User",
    "created_datetime": "DateTime",
    "customer_id": "Text",
    "last_closed_datetime": "DateTime",
    "last_reopened_datetime": "DateTime",
    "last_updated_datetime": "DateTime",
    "last_updated_user": "User",
    "next_sla_breach_datetime": "DateTime",
    "reference_number": "Text",
    "status": "SingleSelect",
    "summary": "Text",
    "title": "Text",
}
_WRITABLE_SYSTEM: Final = frozenset(
    {"assigned_queue", "assigned_user", "case_reason", "customer_id", "status", "summary", "title"}
)

_BEGINNINGS: Final = {
    "assigned_queue": "arn:aws:connect:",
    "assigned_user": "arn:aws:connect:",
    "customer_id": "arn:aws:profile:",
}
"""How the ARN begins that each of these takes."""


@dataclass
class Field:
    """A field; ``options`` are name and activity by value."""

    id: str
    name: str | None
    type: str
    created: datetime | None = None
    modified: datetime | None = None
    description: str | None = None
    deleted: bool = False
    options: dict[str, tuple[str, bool]] = field(default_factory=dict[str, tuple[str, bool]])

    @property
    def system(self) -> bool:
        """Whether every domain has it."""
        return self.id in SYSTEM


@dataclass
class Template:
    """A template of cases."""

    id: str
    name: str
    status: str
    required: Sequence[str]
    created: datetime
    modified: datetime
    description: str | None = None
    deleted: bool = False


@dataclass
class Case:
    """A case, with the union of each field that has a value; ``order`` is its place among all that were made."""

    id: str
    order: int
    template: str
    values: dict[str, Union]


def spell_moment(moment: datetime) -> str:
    """Write a moment as the service does."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


class ReferenceDomain:
    """A domain. Whoever asks it to do something says first what time it is, in ``now``."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        # The service gives the names of system fields; the reference takes them as it finds them.
        self.fields: dict[str, Field] = {name: Field(name, None, kind) for name, kind in SYSTEM.items()}
        self.fields["status"].options = {"open": ("Open", True), "closed": ("Closed", True)}
        self.templates: dict[str, Template] = {}
        self.cases: dict[str, Case] = {}
        self._made = 0

    # --- fields and options -------------------------------------------------------------------------------------------

    def check_new_field(self, name: str) -> None:
        """Refuse a name that a living field has."""
        self._refuse({CONFLICT} if self._field_has_name(name) else set())

    def add_field(self, identifier: str, name: str, kind: str, description: str | None) -> None:
        """Add a field that the service has made."""
        self.fields[identifier] = Field(identifier, name, kind, self.now, self.now, description)

    def update_field(self, identifier: str, changes: Mapping[str, str]) -> None:
        """Change the name or the description of a field."""
        found = self._find(self.fields, identifier)
        wrong = {INVALID} if found.system or found.deleted else set[str]()
        if "name" in changes and self._field_has_name(changes["name"], but=identifier):
            wrong.add(CONFLICT)
        self._refuse(wrong)
        found.name = changes.get("name", found.name)
        found.description = changes.get("description", found.description)
        found.modified = self.now

    def delete_field(self, identifier: str) -> None:
        """Delete a field, softly."""
        found = self._find(self.fields, identifier)
        self._refuse({INVALID} if found.system or found.deleted else set())
        found.deleted, found.modified = True, self.now

    def put_options(self, identifier: str, options: Sequence[tuple[str, str, bool]]) -> list[str]:
        """Add or change options, and give the values of those that were refused."""
        found = self._find(self.fields, identifier)
        self._refuse({INVALID} if found.deleted or found.type != "SingleSelect" else set())
        refused: list[str] = []
        seen: set[str] = set()
        for value, name, active in options:
            fixed = found.id == "status" and value in {"open", "closed"}
            if value in seen or (fixed and found.options[value] != (name, active)):
                refused.append(value)
            else:
                found.options[value] = (name, active)
            seen.add(value)
        found.modified = self.now
        return refused

    def living_fields(self) -> list[Field]:
        """The fields that are listed."""
        return [found for found in self.fields.values() if not found.deleted]

    def _field_has_name(self, name: str, *, but: str = "") -> bool:
        return any(found.name == name and found.id != but for found in self.living_fields())

    # --- templates ----------------------------------------------------------------------------------------------------

    def check_template(self, name: str | None, required: Sequence[str] | None, *, updated: str = "") -> None:
        """Refuse what a new template can't be, or what the one that is updated can't become."""
        wrong: set[str] = set()
        if updated:
            found = self._find(self.templates, updated)
            if found.deleted:
                wrong.add(INVALID)
        if any(other.name == name and not other.deleted and other.id != updated for other in self.templates.values()):
            wrong.add(CONFLICT)
        unknown = [name for name in required or () if name not in self.fields or self.fields[name].deleted]
        if unknown or len(set(required or ())) != len(required or ()):
            wrong.add(INVALID)
        self._refuse(wrong)

    def add_template(self, identifier: str, name: str, status: str, required: Sequence[str]) -> None:
        """Add a template that the service has made."""
        self.templates[identifier] = Template(identifier, name, status, required, self.now, self.now)

    def update_template(self, identifier: str, changes: Mapping[str, Any]) -> None:
        """Change what is given of a template."""
        found = self._find(self.templates, identifier)
        if not changes:
            self._refuse({INVALID})
        self.check_template(changes.get("name"), changes.get("required"), updated=identifier)
        for name, value in changes.items():
            setattr(found, name, value)
        found.modified = self.now

    def delete_template(self, identifier: str) -> None:
        """Delete a template, softly and as often as anybody likes."""
        found = self._find(self.templates, identifier)
        found.deleted, found.modified = True, self.now

    # --- cases --------------------------------------------------------------------------------------------------------

    def check_new_case(self, template: str, entries: Entries) -> dict[str, Union]:
        """Refuse what a new case can't be, or give the values that it would be given."""
        found = self._find(self.templates, template)
        wrong = {INVALID} if found.deleted or found.status != "Active" else set[str]()
        self._refuse(wrong | self._write_faults(entries, {}))
        values = {name: value for name, value in entries if "emptyValue" not in value}
        values.setdefault("status", {"stringValue": "open"})
        self._refuse(self._lacking(values, self._required(found)))
        return values

    def add_case(
        self, identifier: str, reference: str, template: str, values: Mapping[str, Union], user: str | None
    ) -> None:
        """Add a case that the service has made."""
        now = {"stringValue": spell_moment(self.now)}
        kept = {**values, "case_id": {"stringValue": identifier}, "reference_number": {"stringValue": reference}}
        kept |= {"created_datetime": now, "last_updated_datetime": now}
        if user is not None:
            kept |= {"created_by": {"userArnValue": user}, "last_updated_user": {"userArnValue": user}}
        if kept["status"] == {"stringValue": "closed"}:
            kept["last_closed_datetime"] = now
        self._made += 1
        self.cases[identifier] = Case(identifier, self._made, template, kept)

    def update_case(self, identifier: str, entries: Entries, user: str | None) -> bool:
        """Write to a case, and say whether that changed it."""
        case = self._find(self.cases, identifier)
        self._refuse(self._write_faults(entries, case.values))
        if not entries:
            return False
        values = dict(case.values)
        for name, value in entries:
            values.pop(name, None)
            if "emptyValue" not in value:
                values[name] = value
        template = self.templates[case.template]
        written = {name for name, _ in entries}
        self._refuse(self._lacking(values, self._required(template) & written))
        now = {"stringValue": spell_moment(self.now)}
        before, after = (held["status"]["stringValue"] == "closed" for held in (case.values, values))
        if after and not before:
            values["last_closed_datetime"] = now
        if before and not after:
            values["last_reopened_datetime"] = now
        values["last_updated_datetime"] = now
        values.pop("last_updated_user", None)
        if user is not None:
            values["last_updated_user"] = {"userArnValue": user}
        case.values = values
        return True

    def delete_case(self, identifier: str) -> None:
        """Delete a case for good."""
        del self.cases[self._find(self.cases, identifier).id]

    def get_case(self, identifier: str, names: Sequence[str]) -> list[tuple[str, Union]]:
        """Give the values that a case has of some fields, in their order."""
        case = self._find(self.cases, identifier)
        self._refuse({INVALID} if any(name not in self.fields for name in names) else set())
        return [(name, case.values[name]) for name in dict.fromkeys(names) if name in case.values]

    def _write_faults(self, entries: Entries, current: Mapping[str, Union]) -> set[str]:
        names = [name for name, _ in entries]
        twice = len(set(names)) != len(names)
        return {INVALID} if twice or any(not self._fits(name, value, current) for name, value in entries) else set()

    def _fits(self, name: str, value: Union, current: Mapping[str, Union]) -> bool:
        found = self.fields.get(name)
        if found is None or (found.deleted and name not in current) or (found.system and name not in _WRITABLE_SYSTEM):
            return False
        ((member, wire),) = value.items()
        if member == "emptyValue" or member != MEMBERS[found.type]:
            return member == "emptyValue"
        if found.type == "DateTime":
            return wire in MOMENTS
        if found.type == "SingleSelect" and value != current.get(name):
            return found.options.get(wire, ("", False))[1]
        beginning = "https://" if found.type == "Url" else _BEGINNINGS.get(name, "")
        return str(wire).startswith(beginning)

    def _required(self, template: Template) -> set[str]:
        return {"title", "status", *(name for name in template.required if not self.fields[name].deleted)}

    def _lacking(self, values: Mapping[str, Union], required: Iterable[str]) -> set[str]:
        lacking = any(values.get(name, {"stringValue": ""}) == {"stringValue": ""} for name in required)
        return {INVALID} if lacking else set()

    # --- searches -----------------------------------------------------------------------------------------------------

    def search(self, wanted: Mapping[str, Any] | None, term: str, sorts: Sequence[tuple[str, bool]]) -> list[str]:
        """Give the cases that a search finds, in its order; a sort is a field and whether it goes down."""
        names = [name for name, _ in sorts]
        wrong = any(name not in self.fields for name in names)
        wrong = wrong or (wanted is not None and not self._can_ask(wanted))
        self._refuse({INVALID} if wrong else set())
        words = _words(term)
        found = [case for case in self.cases.values() if words <= self._words_of(case)]
        if wanted is not None:
            found = [case for case in found if self._passes(case, wanted)]
        found.sort(key=lambda case: -case.order)
        for name, down in reversed(sorts or [("last_updated_datetime", True)]):
            found = self._sorted(found, name, down=down)
        return [case.id for case in found]

    def _sorted(self, cases: Sequence[Case], name: str, *, down: bool) -> list[Case]:
        """Sort by one field, those without a value last; what is alike in it stays in order."""
        having = [case for case in cases if name in case.values]
        having.sort(key=lambda case: self._key(name, case.values[name]), reverse=down)
        return having + [case for case in cases if name not in case.values]

    def _words_of(self, case: Case) -> set[str]:
        return _words(" ".join(str(wire) for value in case.values.values() for wire in value.values()))

    def _key(self, name: str, value: Union) -> Any:
        (wire,) = value.values()
        if self.fields[name].type != "DateTime":
            return wire
        return MOMENTS[wire] if wire in MOMENTS else datetime.strptime(wire, "%Y-%m-%dT%H:%M:%S.%f%z")

    def _can_ask(self, wanted: Mapping[str, Any]) -> bool:
        ((kind, content),) = wanted.items()
        if kind == "not":
            return self._can_ask(content)
        if kind in {"andAll", "orAll"}:
            return all(self._can_ask(term) for term in content)
        ((comparison, operand),) = content.items()
        found = self.fields.get(operand["id"])
        if found is None:
            return False
        ((member, wire),) = operand["value"].items()
        if member == "emptyValue":
            return bool(comparison == "equalTo")
        if member != MEMBERS[found.type] or (found.type == "DateTime" and wire not in MOMENTS):
            return False
        types = {"equalTo": set(MEMBERS), "contains": {"Text", "Url"}}
        return found.type in types.get(comparison, {"Number", "DateTime"})

    def _passes(self, case: Case, wanted: Mapping[str, Any]) -> bool:
        ((kind, content),) = wanted.items()
        if kind == "not":
            return not self._passes(case, content)
        if kind in {"andAll", "orAll"}:
            held = [self._passes(case, term) for term in content]
            return all(held) if kind == "andAll" else any(held)
        ((comparison, operand),) = content.items()
        name, value = operand["id"], operand["value"]
        if name not in case.values or "emptyValue" in value:
            return "emptyValue" in value and name not in case.values
        return _COMPARISONS[comparison](self._key(name, case.values[name]), self._key(name, value))

    # --- in general ---------------------------------------------------------------------------------------------------

    def _find(self, where: Mapping[str, Any], identifier: str) -> Any:
        if identifier not in where:
            raise Wrong(NOT_FOUND)
        return where[identifier]

    def _refuse(self, codes: Iterable[str]) -> None:
        if codes := set(codes):
            raise Wrong(*codes)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "equalTo": lambda held, wanted: held == wanted,
    "contains": lambda held, wanted: wanted.casefold() in held.casefold(),
    "greaterThan": lambda held, wanted: held > wanted,
    "greaterThanOrEqualTo": lambda held, wanted: held >= wanted,
    "lessThan": lambda held, wanted: held < wanted,
    "lessThanOrEqualTo": lambda held, wanted: held <= wanted,
}
