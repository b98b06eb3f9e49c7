"""Case rules, which the console calls case field conditions."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.cases.lookup import (
    check_name_is_free,
    conflict,
    find_case_rule,
    find_domain,
    invalid,
    not_found,
)
from connectkit.simulator.cases.rule_checks import check_rule
from connectkit.simulator.cases.rule_evaluation import attached_rules
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import CaseRule

__all__ = ["handles"]

handles: Handlers = Handlers()

_TYPES = {"required": "Required", "hidden": "Hidden", "fieldOptions": "FieldOptions"}


@handles("CreateCaseRule")
def create_case_rule(context: Context, params: Params) -> Output:
    """Make a case rule about fields that exist. That its name is its own in the domain is inferred."""
    domain = find_domain(context, params)
    check_rule(domain, params["rule"])
    check_name_is_free("Case rule", params["name"], domain.case_rules.values())
    identifier = context.ids.uuid()
    rule = CaseRule(
        id=identifier,
        arn=f"{domain.arn}/case-rule/{identifier}",
        sequence=context.state.next_sequence(),
        created=context.now,
        modified=context.now,
        name=params["name"],
        description=params.get("description"),
        rule=params["rule"],
    )
    domain.case_rules.put(rule)
    return {"caseRuleId": rule.id, "caseRuleArn": rule.arn}


@handles("UpdateCaseRule")
def update_case_rule(context: Context, params: Params) -> Output:
    """Change what is given of a case rule. That the rest stays, and a deleted one can't be changed, is inferred."""
    domain = find_domain(context, params)
    rule = find_case_rule(domain, params)
    if rule.deleted:
        raise invalid(f"Case rule {rule.id} has been deleted")
    if "rule" in params:
        # Inferred: what a rule is about stays, as templates count on it.
        if params["rule"].keys() != rule.rule.keys():
            raise invalid(f"rule: case rule {rule.id} is of type {_TYPES[next(iter(rule.rule))]}, which stays")
        check_rule(domain, params["rule"])
    if "name" in params:
        check_name_is_free("Case rule", params["name"], domain.case_rules.values(), but=rule.id)
    domain.case_rules.put(
        replace(
            rule,
            name=params.get("name", rule.name),
            description=params.get("description", rule.description),
            rule=params.get("rule", rule.rule),
            modified=context.now,
        )
    )
    return {}


@handles("DeleteCaseRule")
def delete_case_rule(context: Context, params: Params) -> Output:
    """Mark a case rule as deleted. That one on a template can't be, and a deleted one is not found, is inferred."""
    domain = find_domain(context, params)
    rule = find_case_rule(domain, params)
    if rule.deleted:
        raise not_found("CaseRule", rule.id)
    for template in domain.templates.values():
        if not template.deleted and any(entry["caseRuleId"] == rule.id for entry in attached_rules(domain, template)):
            raise conflict(f"Case rule {rule.id} is on template {template.id}; take it off first")
    domain.case_rules.put(replace(rule, deleted=True, modified=context.now))
    return {}


@handles("ListCaseRules")
def list_case_rules(context: Context, params: Params) -> Output:
    """List the case rules that are not deleted, oldest first."""
    domain = find_domain(context, params)
    rules = [rule for rule in domain.case_rules.values() if not rule.deleted]
    page, token = context.page(params, rules, key=lambda rule: rule.sequence)
    return {
        "caseRules": [
            {
                "caseRuleId": rule.id,
                "caseRuleArn": rule.arn,
                "name": rule.name,
                "description": rule.description,
                "ruleType": _TYPES[next(iter(rule.rule))],
            }
            for rule in page
        ],
        "nextToken": token,
    }


@handles("BatchGetCaseRule")
def batch_get_case_rule(context: Context, params: Params) -> Output:
    """Describe case rules, deleted ones too; an unknown id becomes an entry among the errors."""
    domain = find_domain(context, params)
    described: list[Output] = []
    errors: list[Output] = []
    for identifier in dict.fromkeys(entry["id"] for entry in params["caseRules"]):
        rule = domain.case_rules.get(identifier)
        if rule is None:
            message = f"Case rule {identifier} does not exist"
            # The error code is inferred; the model has it as free text.
            errors.append({"id": identifier, "errorCode": "ResourceNotFoundException", "message": message})
        elif (arranged := context.item_error(identifier)) is not None:
            errors.append({"id": identifier, "errorCode": arranged.code, "message": arranged.message})
        else:
            described.append(_describe(rule))
    return {"caseRules": described, "errors": errors}


def _describe(rule: CaseRule) -> Output:
    return {
        "caseRuleId": rule.id,
        "caseRuleArn": rule.arn,
        "name": rule.name,
        "description": rule.description,
        "rule": rule.rule,
        "deleted": rule.deleted,
        "createdTime": rule.created,
        "lastModifiedTime": rule.modified,
        "tags": rule.tags,
    }
