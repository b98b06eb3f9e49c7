"""The simulated Cases and a domain in plain dictionaries are told the same, and say the same."""

from __future__ import annotations

from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from ..helpers import USER_ARN
from .machine import NOWHERE
from .reference_cases import SYSTEM, Case, Field, ReferenceDomain, Template
from .searching import GOOD, OPTIONS, TYPES, SearchRules
from .wire import OPERATIONS, Target

NAMES = st.sampled_from(["A", "B", "C", "Title"])
USERS = st.sampled_from([None, USER_ARN, f"{USER_ARN}2"])


def knows(operation: str) -> bool:
    """Say whether the installed botocore has an operation."""
    return Target("connectcases", operation) in OPERATIONS


class CasesMachine(SearchRules):
    """Fields, options, templates, cases and searches in one domain."""

    @initialize()
    def begin(self) -> None:
        self.domain_id: str = self.call("create_domain", name="Support")["domainId"]
        self.reference = ReferenceDomain(self.next_time())
        self.gone: list[str] = [NOWHERE]
        for kind in ("Text", "Number", "SingleSelect"):
            self.create_field(kind, f"A {kind}", None)
        choice = list(self.reference.fields)[-1]
        self.put_options(choice, dict.fromkeys(OPTIONS, True))
        self.create_template("General", [], "Active")
        for title in ("parcel", "Parcel lost", "~", "é", "parcels"):
            self.create(next(iter(self.reference.templates)), [("title", {"stringValue": title})], None)

    # --- what a rule is about: mostly what is there, now and then what is not -----------------------------------------

    def a_field(self, data: st.DataObject) -> str:
        custom = [name for name, field in self.reference.fields.items() if not field.system]
        others = ["title", "status", "case_reason", "created_datetime", NOWHERE]
        return data.draw(st.sampled_from([*custom * 3, *others]), label="field")

    def a_template(self, data: st.DataObject) -> str:
        living = [
            name for name, held in self.reference.templates.items() if not held.deleted and held.status == "Active"
        ]
        return data.draw(st.sampled_from([*living * 4, *self.reference.templates, NOWHERE]), label="template")

    def a_case(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([*self.reference.cases, *self.reference.cases, *self.gone]), label="case")

    # --- fields -------------------------------------------------------------------------------------------------------

    @rule(kind=st.sampled_from(TYPES), name=NAMES, description=st.sampled_from([None, "x", ""]))
    def create_field(self, kind: str, name: str, description: str | None) -> None:
        more = {} if description is None else {"description": description}
        answer = self.ask(lambda: self.reference.check_new_field(name), "create_field", name=name, type=kind, **more)
        if answer is not None:
            self.reference.add_field(answer[1]["fieldId"], name, kind, description)

    @rule(data=st.data(), changes=st.dictionaries(st.sampled_from(["name", "description"]), NAMES))
    def update_field(self, data: st.DataObject, changes: dict[str, str]) -> None:
        field = self.a_field(data)
        self.ask(lambda: self.reference.update_field(field, changes), "update_field", fieldId=field, **changes)

    @rule(data=st.data())
    def delete_field(self, data: st.DataObject) -> None:
        field = self.a_field(data)
        self.ask(lambda: self.reference.delete_field(field), "delete_field", fieldId=field)

    @rule(data=st.data(), active=st.dictionaries(st.sampled_from([*OPTIONS, "open"]), st.booleans(), max_size=3))
    def change_options(self, data: st.DataObject, active: dict[str, bool]) -> None:
        selects = [name for name, held in self.reference.fields.items() if held.type == "SingleSelect"]
        one = data.draw(st.sampled_from(selects), label="select")
        self.put_options(data.draw(st.sampled_from([one, one, self.a_field(data)])), active)

    def put_options(self, field: str, active: dict[str, bool]) -> None:
        options = [(value, value.title(), on) for value, on in active.items()]
        # The same value a second time is refused by itself.
        options += options[:1] if len(options) == 3 else []
        wire = [{"value": value, "name": name, "active": on} for value, name, on in options]
        answer = self.ask(
            lambda: self.reference.put_options(field, options), "batch_put_field_options", fieldId=field, options=wire
        )
        if answer is not None:
            refused, given = answer
            assert [error["value"] for error in given.get("errors", [])] == refused

    # --- templates ----------------------------------------------------------------------------------------------------

    def some_fields(self, data: st.DataObject) -> list[str]:
        # What only the service writes can't be required of anybody.
        chosen = [self.a_field(data) for _ in range(data.draw(st.integers(0, 2), label="how many"))]
        return [field for field in chosen if field not in SYSTEM or field == "title"]

    @rule(data=st.data(), name=NAMES, status=st.sampled_from(["Active", "Active", "Inactive"]))
    def new_template(self, data: st.DataObject, name: str, status: str) -> None:
        self.create_template(name, self.some_fields(data), status)

    def create_template(self, name: str, required: list[str], status: str) -> None:
        answer = self.ask(
            lambda: self.reference.check_template(name, required),
            "create_template",
            name=name,
            requiredFields=[{"fieldId": field} for field in required],
            status=status,
        )
        if answer is not None:
            self.reference.add_template(answer[1]["templateId"], name, status, required)

    @rule(data=st.data(), name=st.one_of(st.none(), NAMES), status=st.sampled_from([None, "Active", "Inactive"]))
    @precondition(lambda _: knows("UpdateTemplate"))
    def update_template(self, data: st.DataObject, name: str | None, status: str | None) -> None:
        template = self.a_template(data)
        required = self.some_fields(data) if data.draw(st.booleans(), label="with fields") else None
        given: dict[str, Any] = {"name": name, "required": required, "status": status}
        changes = {name: value for name, value in given.items() if value is not None}
        wire = {name: value for name, value in changes.items() if name != "required"}
        if required is not None:
            wire["requiredFields"] = [{"fieldId": field} for field in required]
        self.ask(
            lambda: self.reference.update_template(template, changes), "update_template", templateId=template, **wire
        )

    @rule(data=st.data())
    @precondition(lambda _: knows("DeleteTemplate"))
    def delete_template(self, data: st.DataObject) -> None:
        template = self.a_template(data)
        self.ask(lambda: self.reference.delete_template(template), "delete_template", templateId=template)

    # --- cases --------------------------------------------------------------------------------------------------------

    def some_entries(self, data: st.DataObject) -> list[tuple[str, dict[str, Any]]]:
        """Draw values to write, most of which their fields take."""
        custom = [name for name, field in self.reference.fields.items() if not (field.system or field.deleted)]
        usual = [*custom, "summary", "case_reason", "status"]
        names = st.sampled_from([*usual * 4, *self.reference.fields, NOWHERE])
        unique = data.draw(st.sampled_from([True] * 5 + [False]), label="each once")
        chosen = data.draw(st.lists(names, max_size=4, unique=unique), label="fields")
        return [(name, data.draw(self.value_of(name), label=name)) for name in chosen]

    @rule(data=st.data())
    def new_case(self, data: st.DataObject) -> None:
        user = data.draw(USERS, label="user")
        entries = self.some_entries(data)
        if data.draw(st.integers(0, 9), label="with a title"):
            entries = [entry for entry in entries if entry[0] != "title"]
            entries.append(("title", data.draw(GOOD["Text"], label="title")))
        self.create(self.a_template(data), entries, user)

    def create(self, template: str, entries: list[tuple[str, dict[str, Any]]], user: str | None) -> None:
        answer = self.ask(
            lambda: self.reference.check_new_case(template, entries),
            "create_case",
            templateId=template,
            fields=[{"id": name, "value": value} for name, value in entries],
            **by(user),
        )
        if answer is None:
            return
        values, made = answer
        shown = self.call(
            "get_case", domainId=self.domain_id, caseId=made["caseId"], fields=[{"id": "reference_number"}]
        )
        reference: str = shown["fields"][0]["value"]["stringValue"]
        taken = {case.values["reference_number"]["stringValue"] for case in self.reference.cases.values()}
        assert len(reference) == 9
        assert reference not in taken
        self.reference.add_case(made["caseId"], reference, template, values, user)

    @rule(data=st.data())
    def update_case(self, data: st.DataObject) -> None:
        self.write(self.a_case(data), self.some_entries(data), data.draw(USERS, label="user"))

    @rule(data=st.data())
    def close_or_reopen(self, data: st.DataObject) -> None:
        status = data.draw(st.sampled_from(["open", "closed"]), label="status")
        self.write(self.a_case(data), [("status", {"stringValue": status})], None)

    def write(self, case: str, entries: list[tuple[str, dict[str, Any]]], user: str | None) -> None:
        answer = self.ask(
            lambda: self.reference.update_case(case, entries, user),
            "update_case",
            caseId=case,
            fields=[{"id": name, "value": value} for name, value in entries],
            **by(user),
        )
        if answer is not None and answer[0]:
            self.moved(case)

    @rule(data=st.data())
    @precondition(lambda _: knows("DeleteCase"))
    def delete_case(self, data: st.DataObject) -> None:
        case = self.a_case(data)
        self.ask(lambda: self.reference.delete_case(case), "delete_case", caseId=case)
        self.gone.append(case)
        self.moved(case)

    @rule(data=st.data(), sizes=st.lists(st.integers(1, 2), min_size=8, max_size=8))
    def read_while_others_write(self, data: st.DataObject, sizes: list[int]) -> None:
        cursor = self.begin_a_search(data)
        for size in sizes:
            if cursor is None or not cursor.token:
                return
            writes = [self.new_case, self.update_case, self.close_or_reopen]
            writes += [self.delete_case] if knows("DeleteCase") else []
            data.draw(st.sampled_from(writes), label="write")(data)
            self.read_page(cursor, size)

    @rule(data=st.data(), count=st.integers(1, 4))
    def get_case(self, data: st.DataObject, count: int) -> None:
        case, names = self.a_case(data), [self.a_field(data) for _ in range(count)]
        fields = [{"id": name} for name in names]
        answer = self.ask(lambda: self.reference.get_case(case, names), "get_case", caseId=case, fields=fields)
        if answer is not None:
            wanted, given = answer
            assert [(entry["id"], entry["value"]) for entry in given["fields"]] == wanted

    # --- everything that can be seen ----------------------------------------------------------------------------------

    @invariant()
    def both_have_the_same_fields(self) -> None:
        fields = self.reference.fields
        listed = list(self.pages("list_fields", "fields", 7, domainId=self.domain_id))
        for given in listed:
            if fields[given["fieldId"]].name is None:
                fields[given["fieldId"]].name = given["name"]
        wanted = [(field.id, field.name, field.type) for field in self.reference.living_fields()]
        assert [(given["fieldId"], given["name"], given["type"]) for given in listed] == wanted
        asked = [{"id": name} for name in [*fields, NOWHERE]][-50:]
        answer = self.call("batch_get_field", domainId=self.domain_id, fields=asked)
        assert [error["id"] for error in answer["errors"]] == [NOWHERE]
        for given in answer["fields"]:
            self.check_field(fields[given["fieldId"]], given)

    def check_field(self, field: Field, given: Any) -> None:
        assert given["namespace"] == ("System" if field.system else "Custom")
        assert (given["name"], given["type"], given["deleted"]) == (field.name, field.type, field.deleted)
        assert given.get("description") == field.description
        if not field.system:
            assert (given["createdTime"], given["lastModifiedTime"]) == (field.created, field.modified)
        if field.type == "SingleSelect":
            options = self.pages("list_field_options", "options", 2, domainId=self.domain_id, fieldId=field.id)
            shown = [(option["value"], option["name"], option["active"]) for option in options]
            assert shown == [(value, *rest) for value, rest in field.options.items()]

    @invariant()
    def both_have_the_same_templates(self) -> None:
        listed = self.pages("list_templates", "templates", 2, domainId=self.domain_id)
        living = [template for template in self.reference.templates.values() if not template.deleted]
        wanted = [(template.id, template.name, template.status) for template in living]
        assert [(given["templateId"], given["name"], given["status"]) for given in listed] == wanted
        for template in self.reference.templates.values():
            self.check_template(template)

    def check_template(self, template: Template) -> None:
        given = self.call("get_template", domainId=self.domain_id, templateId=template.id)
        assert (given["name"], given["status"], given["deleted"]) == (template.name, template.status, template.deleted)
        living = [name for name in template.required if not self.reference.fields[name].deleted]
        assert [entry["fieldId"] for entry in given["requiredFields"]] == living
        assert (given["createdTime"], given["lastModifiedTime"]) == (template.created, template.modified)

    @invariant()
    def both_have_the_same_cases(self) -> None:
        for case in self.reference.cases.values():
            self.check_case(case)

    def check_case(self, case: Case) -> None:
        fields = [{"id": name} for name in self.reference.fields]
        given = self.call("get_case", domainId=self.domain_id, caseId=case.id, fields=fields)
        assert given["templateId"] == case.template
        assert {entry["id"]: entry["value"] for entry in given["fields"]} == case.values


def by(user: str | None) -> dict[str, Any]:
    """Say who performs a request, where it is somebody in particular."""
    return {} if user is None else {"performedBy": {"userArn": user}}


CasesMachine.TestCase.settings = settings(
    max_examples=max(10, settings().max_examples // 2), stateful_step_count=20 if settings().max_examples < 100 else 50
)
TestCases = CasesMachine.TestCase
