"""What can be wrong with a request about rules, related items, merges, batches and events that fits its model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .relations import FILE_ARN
from .slip import CONFLICT, NOT_FOUND, Of, Params, Slip, put, text
from .wire import INVALID, has_member
from .world import USED_TOKEN, Ids

__all__ = ["slips_of_relations"]

_TEXT = Of("fields", "Text")
_NUMBER = Of("fields", "Number")
_SELECT = Of("fields", "SingleSelect")


def slips_of_relations() -> Iterator[Slip]:
    """Give them all."""
    yield from _rules()
    yield from _items()
    yield from _custom_items()
    yield from _slas()
    yield from _changed_items()
    yield from _merges()
    yield from _batches()
    for field in ("nowhere", Of("deleted_field"), Of("other_field")):
        included = {"caseData": {"fields": [{"id": field}]}}
        configuration = {"enabled": True, "includedData": included}
        yield Slip("PutCaseEventConfiguration", put(eventBridge=configuration), "caseData.fields")


# --- rules ------------------------------------------------------------------------------------------------------------


def _comparison(field: Any, value: Any) -> Params:
    return {"equalTo": {"operandOne": {"fieldId": field}, "operandTwo": value, "result": True}}


def _rule(*conditions: Params) -> Params:
    return {"required": {"defaultValue": True, "conditions": list(conditions)}}


def _rules() -> Iterator[Slip]:
    good = _comparison(_TEXT, text("x"))
    deep = {"andAll": {"conditions": [{"orAll": {"conditions": [good]}}]}}
    for operation in ("CreateCaseRule", "UpdateCaseRule"):
        yield Slip(operation, put(rule=_rule(*[good] * 6)), "conditions")
        yield Slip(operation, put(rule=_rule({"andAll": {"conditions": [good] * 6}})), "conditions")
        yield Slip(operation, put(rule=_rule(deep)), "levels")
        for field in ("nowhere", Of("deleted_field"), Of("other_field")):
            yield Slip(operation, put(rule=_rule(good, _comparison(field, text("x")))), "conditions[1]")
        yield Slip(operation, put(rule=_rule(_comparison(_NUMBER, text("1")))), "doubleValue")
        yield Slip(operation, put(rule=_rule(_comparison(_SELECT, text("nothing")))), "option")
        yield Slip(operation, put(name="Attached"), codes=CONFLICT)
    yield Slip("UpdateCaseRule", put(caseRuleId=Of("deleted_rule")), "deleted")
    yield Slip("UpdateCaseRule", put(rule={"hidden": _rule()["required"]}), "type")
    yield Slip("DeleteCaseRule", put(caseRuleId=Of("attached_rule")), codes=CONFLICT)
    yield Slip("DeleteCaseRule", put(caseRuleId=Of("deleted_rule")), codes=NOT_FOUND)
    yield from _option_rules()


def _option_rules() -> Iterator[Slip]:
    mapping = {"parentFieldOptionValue": "high", "childFieldOptionValues": ["low"]}
    good = {"parentFieldId": "case_reason", "childFieldId": _SELECT, "parentChildFieldOptionsMappings": [mapping]}
    wrong: list[tuple[Params, str]] = [
        ({"parentFieldId": _TEXT}, "SingleSelect"),
        ({"childFieldId": "nowhere"}, "does not exist"),
        ({"childFieldId": "case_reason"}, "own options"),
        ({"parentChildFieldOptionsMappings": [mapping] * 2}, "more than once"),
        ({"parentChildFieldOptionsMappings": [{**mapping, "parentFieldOptionValue": "nothing"}]}, "option"),
        ({"parentChildFieldOptionsMappings": [{**mapping, "childFieldOptionValues": ["low", "nothing"]}]}, "option"),
    ]
    for change, says in wrong:
        yield Slip("CreateCaseRule", put(rule={"fieldOptions": {**good, **change}}), says)
    for missing in ("parentFieldId", "childFieldId"):
        rest = {name: value for name, value in good.items() if name != missing}
        yield Slip("CreateCaseRule", put(rule={"fieldOptions": rest}), f"{missing} is required")


# --- related items ----------------------------------------------------------------------------------------------------


def _item(item_type: str, content: Params, says: str = "", codes: frozenset[str] = INVALID) -> Iterator[Slip]:
    """Create a related item, where the installed botocore has its type."""
    if has_member("RelatedItemInputContent", next(iter(content))):
        yield Slip("CreateRelatedItem", put(type=item_type, content=content), says, codes)


def _items() -> Iterator[Slip]:
    comment = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    for other in ("Contact", "File", "Sla"):
        yield from _item(other, comment, "comment")
    yield from _item("Comment", {"contact": {"contactArn": Of("contact_arn")}}, "contact")
    for arn in ("x", "arn:aws:connect:us-east-1:123456789012:instance/i", "arn:aws:connect:::instance/i/contact/c"):
        yield from _item("Contact", {"contact": {"contactArn": arn}}, "contactArn")
    yield from _item("Contact", {"contact": {"contactArn": Of("contact_arn")}}, "already", CONFLICT)
    yield from _item("File", {"file": {"fileArn": "x"}}, "fileArn")
    yield from _item("File", {"file": {"fileArn": FILE_ARN}}, "already", CONFLICT)
    yield from _item("ConnectCase", {"connectCase": {"caseId": Of("case")}}, "itself")
    yield from _item("ConnectCase", {"connectCase": {"caseId": Of("strict_case")}}, "already", CONFLICT)
    for case in (Of("other_case"), "nowhere"):
        yield from _item("ConnectCase", {"connectCase": {"caseId": case}}, codes=NOT_FOUND)


def _custom_items() -> Iterator[Slip]:
    for fields, says in (
        ([{"id": "summary", "value": text("x")}], "system field"),
        ([{"id": "nowhere", "value": text("x")}], "does not exist"),
        ([{"id": Of("deleted_field"), "value": text("x")}], "deleted"),
        ([{"id": _NUMBER, "value": text("1")}], "doubleValue"),
        ([{"id": _SELECT, "value": text("old")}], "inactive"),
        ([{"id": _TEXT, "value": text("x")}] * 2, "more than once"),
    ):
        yield from _item("Custom", {"custom": {"fields": fields}}, says)


def _slas() -> Iterator[Slip]:
    good = {
        "name": "x",
        "type": "CaseField",
        "fieldId": _SELECT,
        "targetFieldValues": [text("low")],
        "targetSlaMinutes": 1,
    }
    changes: tuple[tuple[Params, str], ...] = (
        ({"fieldId": "nowhere"}, "does not exist"),
        ({"fieldId": Of("deleted_field")}, "deleted"),
        ({"fieldId": _NUMBER}, "doubleValue"),
        ({"targetFieldValues": [text("nothing")]}, "option"),
        ({"targetFieldValues": [{"emptyValue": {}}]}, "emptyValue"),
    )
    for change, says in changes:
        yield from _item("Sla", {"sla": {"slaInputConfiguration": {**good, **change}}}, says)
    for missing in ("fieldId", "targetFieldValues"):
        rest = {name: value for name, value in good.items() if name != missing}
        yield from _item("Sla", {"sla": {"slaInputConfiguration": rest}}, missing)


def _changed_items() -> Iterator[Slip]:
    yield Slip("UpdateRelatedItem", put(relatedItemId=Of("items", "Contact")), "can't be changed")
    for item_type in ("File", "Sla", "ConnectCase"):
        yield Slip("UpdateRelatedItem", put(relatedItemId=Of("items", item_type)), "can't be changed")
    comment = {"comment": {"body": "x", "contentType": "Text/Plain"}}
    yield Slip("UpdateRelatedItem", put(relatedItemId=Of("items", "Custom"), content=comment), "custom")
    custom = {"custom": {"fields": [{"id": _TEXT, "value": text("x")}]}}
    yield Slip("UpdateRelatedItem", put(relatedItemId=Of("items", "Comment"), content=custom), "comment")
    twice = {"custom": {"fields": [{"id": _TEXT, "value": text("x")}] * 2}}
    yield Slip("UpdateRelatedItem", put(relatedItemId=Of("items", "Custom"), content=twice), "more than once")
    yield Slip("DeleteRelatedItem", put(relatedItemId=Of("items", "File")), "file")
    for operation in ("UpdateRelatedItem", "DeleteRelatedItem"):
        yield Slip(operation, put(relatedItemId=Of("other_item")), codes=NOT_FOUND)
        yield Slip(operation, put(caseId=Of("closed_case")), codes=NOT_FOUND)
    for operation in ("SearchRelatedItems", "SearchAllRelatedItems"):
        for field, value in (("nowhere", text("x")), (Of("other_field"), text("x")), (_NUMBER, text("x"))):
            wanted = {"custom": {"fields": {"not": {"field": {"equalTo": {"id": field, "value": value}}}}}}
            yield Slip(operation, put(filters=[{"comment": {}}, wanted]), "filters[1]")


# --- merges and batches -----------------------------------------------------------------------------------------------


def _merges() -> Iterator[Slip]:
    def start(says: str = "", codes: frozenset[str] = INVALID, **members: Any) -> Slip:
        return Slip("StartMergeCases", put(**members), says, codes)

    yield start("itself", secondaryCaseIds=[Of("case")])
    yield start("closed", secondaryCaseIds=[Of("closed_case")], fieldsConfiguration=[])
    yield start("closed", caseId=Of("closed_case"))
    yield start("customers", secondaryCaseIds=[Of("strange_case")], fieldsConfiguration=[])
    for case in ("nowhere", Of("other_case")):
        yield start(codes=NOT_FOUND, secondaryCaseIds=[case])
    yield start("merged", CONFLICT, secondaryCaseIds=[Of("merged_case")])
    yield start("merged", CONFLICT, caseId=Of("merged_case"))
    source = {"fieldIds": [{"id": _TEXT}], "sourceCaseId": Of("strict_case")}
    yield start("sourceCaseId", fieldsConfiguration=[{**source, "sourceCaseId": Of("case")}])
    yield start("one entry", fieldsConfiguration=[source] * 2)
    for field in ("status", "title", "customer_id", "nowhere", Of("other_field")):
        yield start("can be merged", fieldsConfiguration=[{**source, "fieldIds": [{"id": field}]}])
    yield start("does not have", fieldsConfiguration=[{**source, "fieldIds": [{"id": _NUMBER}]}])
    yield start("more than once", fieldsConfiguration=[{**source, "fieldIds": [{"id": _TEXT}] * 2}])
    for case in ("case", "primary_case"):
        yield Slip("GetMergeCasesStatus", put(caseId=Of(case)), codes=NOT_FOUND)


def _batches() -> Iterator[Slip]:
    twice = [{"caseIdentifier": {"caseId": Of("case")}}] * 2
    nobody = [{"caseIdentifier": {"caseId": Of("case")}}, {"caseIdentifier": {"referenceId": "NOBODY"}}]
    for operation in ("BatchUpdateCase", "BatchCreateRelatedItem"):
        yield Slip(operation, put(cases=twice), "more than once")
        yield Slip(operation, put(cases=nobody), codes=NOT_FOUND)
        yield Slip(operation, put(domainId="nowhere"), codes=NOT_FOUND)
    yield Slip("BatchUpdateCase", put(clientToken=USED_TOKEN), codes=CONFLICT)
    yield Slip("BatchUpdateCase", _no_update, "Nothing to update")
    for identifier, says in (
        ({"id": "nowhere"}, "nowhere"),
        ({"id": Of("other_field")}, "field"),
        ({"name": "A text"}, "A text"),
        ({"name": "A|B"}, "pipe"),
        ({"id": "status"}, "parameter of its own"),
        ({"name": "Title"}, "parameter of its own"),
    ):
        yield Slip("BatchUpdateCase", put(fields=[{"fieldIdentifier": identifier, "value": text("x")}]), says)
    named = [{"fieldIdentifier": name, "value": text("x")} for name in ({"id": _TEXT}, {"name": "A Text"})]
    yield Slip("BatchUpdateCase", put(fields=named), "more than once")
    contact = {"contact": {"contactArn": Of("contact_arn", form="{}y")}}
    yield Slip("BatchCreateRelatedItem", put(content=contact), "comment")


def _no_update(params: Params, _: Ids) -> None:
    params["fields"] = []
    for name in ("title", "status", "customerId"):
        params.pop(name, None)
