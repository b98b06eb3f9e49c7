"""What is known of the values in requests about rules, related items, merges and batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from ..helpers import PROFILE_ARN
from .ingredients import ANY, Fit, Knowledge, Known, Strategy, new_name, one_of, under
from .known_cases import EMPTY, FILLED, combined, field_filters
from .relations import item_contents
from .world import Ids, ids

__all__ = ["KNOWN"]


# --- rules ------------------------------------------------------------------------------------------------------------


def _conditions(got: Ids) -> Strategy:
    """At most five comparisons over two levels."""

    def comparison(kind: str, values: Strategy) -> Strategy:
        # A rule knows a user's ARN as a text.
        operands = values.map(
            lambda value: {"stringValue": value["userArnValue"]} if "userArnValue" in value else value
        )
        made = st.fixed_dictionaries(
            {
                "operandOne": st.just({"fieldId": got.fields[kind]}),
                "operandTwo": st.one_of(operands, EMPTY),
                "result": st.booleans(),
            }
        )
        return st.builds(under, one_of("equalTo", "notEqualTo"), made)

    leaves = st.one_of(*(comparison(kind, values) for kind, values in FILLED.items()))
    inner = st.lists(leaves, max_size=2).map(lambda held: {"conditions": held})
    groups = st.builds(under, one_of("andAll", "orAll"), inner)
    return st.lists(st.one_of(leaves, groups), max_size=2)


def _required_rules(got: Ids) -> Strategy:
    made = st.fixed_dictionaries({"defaultValue": st.booleans(), "conditions": _conditions(got)})
    return made.map(lambda held: {"required": held})


def _rules(got: Ids) -> Strategy:
    hidden = _required_rules(got).map(lambda rule: {"hidden": rule["required"]})
    children = st.lists(one_of("high", "low", ""), max_size=3)
    mappings = st.dictionaries(one_of("high", "low", "old", ""), children, min_size=1).map(
        lambda chosen: [
            {"parentFieldOptionValue": parent, "childFieldOptionValues": held} for parent, held in chosen.items()
        ]
    )
    ends = {"parentFieldId": "case_reason", "childFieldId": got.fields["SingleSelect"]}
    options = mappings.map(lambda held: {"fieldOptions": {**ends, "parentChildFieldOptionsMappings": held}})
    return st.one_of(_required_rules(got), hidden, options)


def _template_rules(got: Ids) -> Strategy:
    names = st.lists(one_of(got.fields["Text"], got.fields["Number"], "summary"), max_size=2, unique=True)
    return names.map(lambda chosen: [{"caseRuleId": got.rule, "fieldId": name} for name in chosen])


# --- related items ----------------------------------------------------------------------------------------------------


_COMMENTS: Final = st.text(ANY, min_size=1, max_size=20).map(
    lambda body: {"comment": {"body": body, "contentType": "Text/Plain"}}
)


def _custom(got: Ids) -> Strategy:
    values = {got.fields[kind]: st.one_of(held, EMPTY) for kind, held in FILLED.items()}
    chosen = st.fixed_dictionaries({}, optional=values).filter(bool)
    return chosen.map(
        lambda held: {"custom": {"fields": [{"id": name, "value": value} for name, value in held.items()]}}
    )


def _contents(got: Ids) -> Strategy:
    known = dict(item_contents(got))
    made = [_COMMENTS, st.just(known["Contact"]).map(lambda _: {"contact": {"contactArn": f"{got.contact_arn}x"}})]
    if "File" in known:
        made.append(st.just({"file": {"fileArn": "arn:aws:connect:us-east-1:123456789012:file/new"}}))
    if "Sla" in known:
        made.append(st.builds(_sla, st.just(known["Sla"]), st.integers(1, 1_051_200)))
    if "ConnectCase" in known:
        made.append(st.just({"connectCase": {"caseId": got.closed_case}}))
    if "Custom" in known:
        made.append(_custom(got))
    return st.one_of(*made)


def _sla(content: Mapping[str, Any], minutes: int) -> dict[str, Any]:
    configuration = content["sla"]["slaInputConfiguration"]
    return {"sla": {"slaInputConfiguration": {**configuration, "targetSlaMinutes": minutes}}}


_TYPES: Final = {
    "contact": "Contact",
    "comment": "Comment",
    "file": "File",
    "sla": "Sla",
    "connectCase": "ConnectCase",
    "custom": "Custom",
}


def _of_its_type(params: dict[str, Any]) -> dict[str, Any]:
    return {**params, "type": _TYPES[next(iter(params["content"]))]}


def _of_its_kind(params: dict[str, Any]) -> dict[str, Any]:
    kind = _TYPES[next(iter(params["content"]))]
    return {**params, "relatedItemId": ids().items[kind]}


def _custom_filters(got: Ids) -> Strategy:
    return combined(field_filters(got).map(lambda comparison: {"field": comparison}))


# --- batches and merges -----------------------------------------------------------------------------------------------


def _batch_cases(got: Ids) -> Strategy:
    case, reference = {"caseId": got.case}, {"referenceId": got.reference.lower()}
    first = one_of(case, reference, {"referenceId": got.reference})
    others = st.lists(one_of(got.closed_case, "of nothing"), max_size=2, unique=True)
    return st.builds(_named_cases, first, others)


def _named_cases(first: dict[str, Any], others: list[str]) -> list[dict[str, Any]]:
    return [{"caseIdentifier": named} for named in (first, *({"caseId": case} for case in others))]


def _batch_fields(got: Ids) -> Strategy:
    names = {kind: st.one_of(st.just({"id": got.fields[kind]}), st.just({"name": f"A {kind}"})) for kind in FILLED}
    entries = {
        kind: st.fixed_dictionaries({"fieldIdentifier": names[kind], "value": st.one_of(held, EMPTY)})
        for kind, held in FILLED.items()
    }
    return st.fixed_dictionaries({}, optional=entries).map(lambda held: list(held.values()))


def _some_update(params: dict[str, Any]) -> dict[str, Any]:
    return params if params["fields"] or params.keys() & {"title", "status", "customerId"} else {**params, "title": "x"}


def _merged_fields(got: Ids) -> Strategy:
    source = {"fieldIds": [{"id": got.fields["Text"]}], "sourceCaseId": got.strict_case}
    return one_of([], [{**source, "fieldIds": []}], [source])


_BY_SHAPE: Final[Mapping[str, Known]] = {
    "CaseRuleDetails": _rules,
    "CaseRuleId": lambda got: one_of(got.rule),
    "CaseRuleName": new_name(100),
    "ContactArn": lambda got: one_of(got.contact_arn),
    "CustomFieldsFilter": _custom_filters,
    "RelatedItemInputContent": _contents,
    "TemplateCaseRuleList": _template_rules,
}
_BY_OPERATION: Final[Mapping[str, Callable[[Ids], Mapping[str, Strategy]]]] = {
    "BatchCreateRelatedItem": lambda got: {"content": _COMMENTS, "cases": _batch_cases(got)},
    "BatchUpdateCase": lambda got: {
        "cases": _batch_cases(got),
        "fields": _batch_fields(got),
        "status": one_of("open", "closed"),
        "customerId": one_of(PROFILE_ARN),
    },
    "CreateRelatedItem": lambda got: {"caseId": one_of(got.case)},
    "DeleteRelatedItem": lambda got: {
        "caseId": one_of(got.case),
        "relatedItemId": one_of(*(item for kind, item in got.items.items() if kind != "File")),
    },
    "GetMergeCasesStatus": lambda got: {"caseId": one_of(got.merged_case)},
    "StartMergeCases": lambda got: {
        "caseId": one_of(got.case),
        "secondaryCaseIds": st.just([got.strict_case]),
        "fieldsConfiguration": _merged_fields(got),
    },
    "UpdateCaseRule": lambda got: {"rule": _required_rules(got)},
    "UpdateRelatedItem": lambda got: {
        "caseId": one_of(got.case),
        "content": st.one_of(_COMMENTS, _custom(got)) if "Custom" in got.items else _COMMENTS,
    },
}
_FITTED: Final[Mapping[str, Fit]] = {
    "BatchUpdateCase": _some_update,
    "CreateRelatedItem": _of_its_type,
    "UpdateRelatedItem": _of_its_kind,
}
KNOWN: Final = Knowledge(_BY_SHAPE, _BY_OPERATION, _FITTED)
