"""What can be wrong with a request about domains, fields, templates, layouts, cases and tags that fits its model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..helpers import USER_ARN
from .slip import CONFLICT, NOT_FOUND, Of, Params, Slip, put, text
from .wire import has_member
from .world import FIELD_TYPES, USED_TOKEN, VALUES, Ids

__all__ = ["slips_of_cases"]

_EMPTY: Params = {"emptyValue": {}}


def slips_of_cases() -> Iterator[Slip]:
    """Give them all."""
    yield from _values()
    yield from _cases()
    yield from _searches()
    yield from _fields()
    yield from _layouts()
    yield from _templates()
    yield from _tags()
    yield Slip("CreateDomain", put(name="Support"), codes=CONFLICT)


def _custom(kind: str) -> Of:
    return Of("fields", kind)


# --- values -----------------------------------------------------------------------------------------------------------


def _write(field: Of | str, value: Any, says: str) -> Iterator[Slip]:
    """Write a value to a field of a case, in a create and in an update."""

    def change(params: Params, ids: Ids) -> None:
        name = field.resolve(ids) if isinstance(field, Of) else field
        others = [entry for entry in params["fields"] if entry["id"] != name]
        params["fields"] = [*others, {"id": name, "value": value}]

    for operation in ("CreateCase", "UpdateCase"):
        yield Slip(operation, change, says)


def _values() -> Iterator[Slip]:
    """Values that a field does not take."""
    for kind in FIELD_TYPES:
        member = next(iter(VALUES[kind]))
        for other in ({"stringValue": "x"}, {"doubleValue": 1}, {"booleanValue": False}, {"userArnValue": USER_ARN}):
            if member not in other:
                yield from _write(_custom(kind), other, f"takes {member}")
    for moment in ("", "today", "2030-01-01", "2030-13-01T00:00:00Z", "2030-01-01T25:00:00Z", "1893456000", "٢٠٣٠"):
        yield from _write(_custom("DateTime"), text(moment), "ISO-8601")
    for moment in ("0001-01-01T00:00:00+23:59", "2030-01-01T00:00:00+99:99", "9999-12-31T23:59:59-23:59", "x" * 4100):
        yield from _write(_custom("DateTime"), text(moment), "ISO-8601")
    for url in ("", "x", "ftp://example.com", "https://", "http://a b", "javascript:alert(1)", "http://[", "//a"):
        yield from _write(_custom("Url"), text(url), "URL")
    for option in ("", "old", "High", "high ", "nothing", "\x00"):
        yield from _write(_custom("SingleSelect"), text(option), "option")
    for arn in ("", "x", "arn:aws", "agent/a", "arn:aws:connect:::"):
        yield from _write(_custom("User"), {"userArnValue": arn}, "ARN")
    yield from _system_values()


def _system_values() -> Iterator[Slip]:
    for status in ("Open", "lost"):
        yield from _write("status", text(status), "option")
    yield from _write("case_reason", text("old"), "inactive")
    yield from _write("summary", text("x" * 3001), "summary")
    for name in ("assigned_queue", "assigned_user", "customer_id"):
        yield from _write(name, text("someone"), name)
    for name in ("case_id", "reference_number"):
        yield from _write(name, text("x"), "read-only")
    yield from _write("created_datetime", VALUES["DateTime"], "read-only")
    yield from _write("last_updated_user", VALUES["User"], "read-only")
    for unknown in ("nowhere", "title ", "Title", "\x00", "é", "x" * 500, "../title", Of("other_field")):
        yield from _write(unknown, text("x"), "does not exist")
    for nothing in (_EMPTY, text("")):
        yield from _write("title", nothing, "title")
    yield Slip("UpdateCase", put(fields=[{"id": "status", "value": _EMPTY}]), "status")


# --- cases ------------------------------------------------------------------------------------------------------------


def _twice(params: Params, _: Ids) -> None:
    params["fields"] = [*params["fields"], *[{"id": "summary", "value": text(value)} for value in "ab"]]


def _cases() -> Iterator[Slip]:
    for operation in ("CreateCase", "UpdateCase"):
        yield Slip(operation, _twice, "more than once")
    for template in ("inactive_template", "deleted_template"):
        yield Slip("CreateCase", put(templateId=Of(template)), "can't be used")
    for other in (Of("other_template"), Of("case"), "nowhere"):
        yield Slip("CreateCase", put(templateId=other), codes=NOT_FOUND)
    yield Slip(
        "CreateCase", put(templateId=Of("strict_template"), fields=[{"id": "title", "value": text("x")}]), "required"
    )
    for nothing in (_EMPTY, text("")):
        cleared = [{"id": _custom("Text"), "value": nothing}]
        yield Slip("UpdateCase", put(caseId=Of("strict_case"), fields=cleared), "required")
    yield Slip("CreateCase", put(clientToken=USED_TOKEN), "clientToken", CONFLICT)
    yield Slip("CreateCase", put(tags={"aws:x": "1"}), "aws:")
    for names in (["title", "nowhere"], ["title", Of("other_field")]):
        yield Slip("GetCase", put(fields=[{"id": name} for name in names]), "does not exist")


def _filter(wire: Any, says: str) -> Slip:
    return Slip("SearchCases", put(filter=wire), says)


def _compare(comparison: str, field: Of | str, value: Any) -> Params:
    return {"field": {comparison: {"id": field, "value": value}}}


def _searches() -> Iterator[Slip]:
    for kind in FIELD_TYPES:
        wrong = {"doubleValue": 1} if kind != "Number" else text("1")
        yield _filter(_compare("equalTo", _custom(kind), wrong), "takes")
        if kind not in {"Text", "Url"}:
            yield _filter(_compare("contains", _custom(kind), VALUES[kind]), "contains")
        if kind not in {"Number", "DateTime"}:
            yield _filter(_compare("greaterThan", _custom(kind), VALUES[kind]), "greaterThan")
    for comparison in ("contains", "greaterThan", "lessThanOrEqualTo"):
        yield _filter(_compare(comparison, _custom("Number"), _EMPTY), "emptyValue")
    yield _filter(_compare("equalTo", Of("other_field"), VALUES["Text"]), "does not exist")
    nested = _compare("equalTo", "nowhere", VALUES["Text"])
    yield _filter({"not": {"andAll": [{"orAll": [nested]}]}}, "nowhere")
    if has_member("CaseFilter", "tag"):
        for wanted in ({}, {"key": "x"}, {"value": "x"}):
            yield _filter({"not": {"tag": {"equalTo": wanted}}}, "key and a value")
    for order in ("Asc", "Desc"):
        yield Slip("SearchCases", put(sorts=[{"fieldId": "nowhere", "sortOrder": order}]), "sorts[0]")
    yield Slip("SearchCases", put(fields=[{"id": "nowhere"}]), "nowhere")


# --- fields, layouts, templates ---------------------------------------------------------------------------------------


def _fields() -> Iterator[Slip]:
    attributes = {"text": {"isMultiline": True}}
    yield Slip("UpdateField", put(fieldId=Of("deleted_field")), "deleted")
    yield Slip("UpdateField", put(fieldId="title"), "system field")
    yield Slip("UpdateField", put(name="A Number"), codes=CONFLICT)
    yield Slip("UpdateField", put(fieldId=_custom("Number"), attributes=attributes), "attributes")
    for name in ("A Text", "Title"):
        yield Slip("CreateField", put(name=name), codes=CONFLICT)
    yield Slip("CreateField", put(type="Url", attributes=attributes), "attributes")
    yield Slip("DeleteField", put(fieldId=Of("deleted_field")), "deleted")
    yield Slip("DeleteField", put(fieldId="status"), "system field")
    yield Slip("BatchPutFieldOptions", put(fieldId=_custom("Text")), "SingleSelect")
    yield Slip("ListFieldOptions", put(fieldId=_custom("Text")), "SingleSelect")


def _layouts() -> Iterator[Slip]:
    for operation in ("CreateLayout", "UpdateLayout"):
        for name, says in (
            ("title", "title"),
            ("status", "status"),
            ("nowhere", "nowhere"),
            (Of("deleted_field"), "deleted"),
            (Of("other_field"), "does not exist"),
        ):
            panel = {"sections": [{"fieldGroup": {"fields": [{"id": name}]}}]}
            for where in ("topPanel", "moreInfo"):
                yield Slip(operation, put(content={"basic": {where: panel}}), says)
    yield Slip("CreateLayout", put(name="Wide"), codes=CONFLICT)
    yield Slip("UpdateLayout", put(layoutId=Of("second_layout"), name="Wide"), codes=CONFLICT)
    yield Slip("UpdateLayout", put(layoutId=Of("deleted_layout")), "deleted")


def _templates() -> Iterator[Slip]:
    for operation in ("CreateTemplate", "UpdateTemplate"):
        yield Slip(operation, put(name="Strict"), codes=CONFLICT)
        for field in ("nowhere", Of("deleted_field"), Of("other_field")):
            yield Slip(operation, put(requiredFields=[{"fieldId": field}]), "requiredFields")
        yield Slip(operation, put(requiredFields=[{"fieldId": "summary"}] * 2), "more than once")
        for layout in ("nowhere", Of("deleted_layout"), Of("other_layout")):
            yield Slip(operation, put(layoutConfiguration={"defaultLayout": layout}), "layout")
        for rule in ("nowhere", Of("other_rule"), Of("deleted_rule")):
            entry = {"caseRuleId": rule, "fieldId": _custom("Text")}
            yield Slip(operation, put(rules=[entry]), "does not exist")
        yield Slip(operation, put(rules=[{"caseRuleId": Of("rule")}]), "fieldId")
        for field in ("nowhere", Of("deleted_field")):
            yield Slip(operation, put(rules=[{"caseRuleId": Of("rule"), "fieldId": field}]), "rules[0]")
        twice = [{"caseRuleId": Of("rule"), "fieldId": "summary"}] * 2
        yield Slip(operation, put(rules=twice), "more than once")
        tags = [{"resourceType": "Cases", "tagMap": {"AWS:x": "1"}}]
        yield Slip(operation, put(tagPropagationConfigurations=tags), "aws:")
    yield Slip("UpdateTemplate", put(templateId=Of("deleted_template")), "deleted")
    yield Slip("UpdateTemplate", _nothing, "must be given")


def _nothing(params: Params, _: Ids) -> None:
    for name in params.keys() - {"domainId", "templateId"}:
        del params[name]


def _tags() -> Iterator[Slip]:
    for key in ("aws:team", "AWS:team", "Aws:", "", "k" * 129):
        yield Slip("TagResource", put(tags={key: "x"}), "Tag")
    yield Slip("TagResource", put(tags={"k": "v" * 257}), "value")
    yield Slip("TagResource", put(tags={str(number): "" for number in range(51)}), "tags")
    for operation in ("TagResource", "UntagResource", "ListTagsForResource"):
        for form in ("{}/case/nowhere", "{}x", "{}/case", "{}/cases/x", "{}/case/", "{}/field/title/x"):
            arn = f"arn:aws:cases:us-east-1:123456789012:domain/{form}"
            yield Slip(operation, put(arn=Of("domain", form=arn)), codes=NOT_FOUND | {"ValidationException"})
        for wrong in ("cases:eu-west-1:123456789012", "cases:us-east-1:999999999999", "connect:us-east-1:123456789012"):
            yield Slip(operation, put(arn=Of("domain", form=f"arn:aws:{wrong}:domain/{{}}")), "ARN")
