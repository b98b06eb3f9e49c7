"""What fields, layouts, templates and case rules say of themselves, seen by a type checker."""

import csv

from typing_extensions import assert_type

from connectkit import ConnectKit, F, FieldOptionsRule, HiddenRule, Pager, RequiredRule
from connectkit.models import connectcases as cases
from connectkit.resources.setup.case_rules import ListedCaseRule, LoadedCaseRule, OtherRule
from connectkit.resources.setup.field_options import OptionsResult
from connectkit.resources.setup.fields import Field, ListedField, LoadedField
from connectkit.resources.setup.layouts import LoadedLayout, Panel
from connectkit.resources.setup.templates import AppliedRule, ListedTemplate, LoadedTemplate


def fields(kit: ConnectKit) -> None:
    domain = kit.domain("d")
    field = domain.field("f")
    assert_type(field, Field)
    str(field.name)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
    assert_type(domain.fields.list(), Pager[ListedField, cases.ListFieldsResponse])
    for listed in domain.fields.list():
        assert_type(listed.name, str)
        str(listed.description)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
        assert_type(listed.refresh().description, str | None)
    assert_type(domain.fields.find("Priority"), ListedField | None)
    assert_type(domain.fields.get_many(["Priority", F.status, field]), list[LoadedField])
    assert_type(
        domain.fields.create(name="Priority", type="SingleSelect", options=["High", ("low", "Low")]), ListedField
    )
    domain.fields.create(name="Priority", type="Select")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    domain.fields.create("Priority", type="Text")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert_type(field.options.put({"low": "Low"}), OptionsResult)
    field.options.put(list(csv.reader(["low,Low"])))
    field.options.put([("low", "Low", True)])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]


def layouts_and_templates(kit: ConnectKit) -> None:
    domain = kit.domain("d")
    layout = domain.layouts.ensure(name="Refund", top_panel=["Priority", F.summary], more_info={"More": ["Notes"]})
    assert_type(layout, LoadedLayout)
    assert_type(layout.top_panel, Panel)
    assert_type(domain.templates.create(name="Refund", layout=layout, rules=[("Needed", "Amount")]), ListedTemplate)
    template = domain.templates.get("Refund")
    assert_type(template, LoadedTemplate)
    assert_type(template.rules, tuple[AppliedRule, ...])
    domain.templates.create(name="Refund", rules=template.rules, required_fields=template.required_field_ids)
    domain.templates.create(name="Refund", layout=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def case_rules(kit: ConnectKit) -> None:
    domain = kit.domain("d")
    high = domain.schema["Priority"].eq("High")
    assert_type(domain.case_rules.create(name="Needed", rule=RequiredRule(when=high)), ListedCaseRule)
    HiddenRule(when=[(high, True), (F.status.eq("closed"), False)], otherwise=True)
    FieldOptionsRule("Category", F.select("s"), {"Hardware": ["Laptop"], None: []})
    rule = domain.case_rules.get("Needed")
    assert_type(rule, LoadedCaseRule)
    assert_type(rule.rule, RequiredRule | HiddenRule | FieldOptionsRule | OtherRule)
    domain.case_rules.create(name="Needed", rule=high)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    RequiredRule(when=True)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    RequiredRule(high, False)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
