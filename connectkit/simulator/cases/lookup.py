"""Finds the resources that a request names, and makes the errors that Cases answers with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Params
from connectkit.simulator.state.cases import Case, CaseRule, Field, Layout, RelatedItem, Template
from connectkit.simulator.state.domains import Domain

__all__ = [
    "check_may_delete",
    "check_name_is_free",
    "conflict",
    "find_case",
    "find_case_rule",
    "find_domain",
    "find_field",
    "find_layout",
    "find_related_item",
    "find_template",
    "invalid",
    "known_field",
    "not_found",
    "quota_exceeded",
]

T = TypeVar("T")

_MOST_DELETED = 100


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def deleted(self) -> bool: ...


def invalid(message: str) -> ServiceError:
    """Make the error for a request that breaks a rule."""
    return ServiceError("ValidationException", message)


def conflict(message: str) -> ServiceError:
    """Make the error for a request that collides with what is there."""
    return ServiceError("ConflictException", message)


def quota_exceeded(message: str) -> ServiceError:
    """Make the error for one resource too many."""
    return ServiceError("ServiceQuotaExceededException", message)


def not_found(kind: str, identifier: str) -> ServiceError:
    """Make the error for something that is not there. The spelling of ``resourceType`` is inferred."""
    message = f"{kind} {identifier} does not exist"
    return ServiceError("ResourceNotFoundException", message, resourceId=identifier, resourceType=kind)


def find_domain(context: Context, params: Params, *, active: bool = True) -> Domain:
    """Give the domain that ``domainId`` names, which must be ``active`` unless the caller can do without.

    That a domain which is still being created answers with a ConflictException, or where an operation has none
    a ValidationException, is inferred.
    """
    domain = context.state.cases.domain(params["domainId"])
    if domain is None:
        raise not_found("Domain", params["domainId"])
    if active and not domain.info.is_active(context.now):
        message = f"Domain {domain.id} is still being created"
        raise conflict(message) if "ConflictException" in context.operation.errors else invalid(message)
    return domain


def find_field(domain: Domain, params: Params) -> Field:
    """Give the field that ``fieldId`` names, a deleted one too."""
    return _find(domain.fields, params["fieldId"], "Field")


def find_layout(domain: Domain, params: Params) -> Layout:
    """Give the layout that ``layoutId`` names, a deleted one too."""
    return _find(domain.layouts, params["layoutId"], "Layout")


def find_template(domain: Domain, params: Params) -> Template:
    """Give the template that ``templateId`` names, a deleted one too."""
    return _find(domain.templates, params["templateId"], "Template")


def find_case_rule(domain: Domain, params: Params) -> CaseRule:
    """Give the case rule that ``caseRuleId`` names, a deleted one too."""
    return _find(domain.case_rules, params["caseRuleId"], "CaseRule")


def find_case(domain: Domain, params: Params) -> Case:
    """Give the case that ``caseId`` names."""
    return _find(domain.cases, params["caseId"], "Case")


def find_related_item(domain: Domain, case: Case, params: Params) -> RelatedItem:
    """Give the related item of ``case`` that ``relatedItemId`` names."""
    return _find(domain.items_of_case.of(case.id), params["relatedItemId"], "RelatedItem")


def known_field(domain: Domain, field_id: str, *, where: str, deleted: bool = True) -> Field:
    """Give the field that a member inside a request names.

    Unlike a field named in the path, an unknown one makes the request invalid; this is documented for layouts
    and inferred elsewhere. ``deleted`` says whether a deleted field counts as known: for what is there already it
    does, and that nothing new refers to one is documented for cases and inferred elsewhere.
    """
    field = domain.fields.get(field_id)
    if field is None:
        raise invalid(f"{where}: field {field_id} does not exist")
    if field.deleted and not deleted:
        raise invalid(f"{where}: field {field_id} has been deleted")
    return field


def check_name_is_free(kind: str, name: str, others: Iterable[_Named], *, but: str | None = None) -> None:
    """Raise a conflict when a resource that is not deleted has this name; ``but`` is the id of one that may.

    That the names of deleted resources are free again, and that case matters in a name, is inferred.
    """
    if any(other.name == name and not other.deleted and other.id != but for other in others):
        raise conflict(f"{kind} {name!r} exists already")


def check_may_delete(kind: str, resources: Iterable[_Named]) -> None:
    """Refuse to mark one more of ``resources`` as deleted when as many are as a domain may have.

    The number is documented for layouts and templates; the error is inferred.
    """
    if sum(resource.deleted for resource in resources) >= _MOST_DELETED:
        raise invalid(f"{kind}s: {_MOST_DELETED} have been deleted from the domain, and no more can be")


def _find(resources: Mapping[str, T], identifier: Any, kind: str) -> T:
    found = resources.get(identifier)
    if found is None:
        raise not_found(kind, identifier)
    return found
