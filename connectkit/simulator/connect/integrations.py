"""What is associated with an instance: its Cases domain above all."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.connect.lookup import find_instance, not_found
from connectkit.simulator.connect.patterns import check_source_name
from connectkit.simulator.connect.tagging import check_tags
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import IntegrationAssociation
from connectkit.simulator.state.instances import Instance
from connectkit.simulator.state.region import RegionState

__all__ = ["find_association", "handles"]

handles: Handlers = Handlers()

_CASES_DOMAIN = "CASES_DOMAIN"
_MOST = {
    "EVENT": 10,
    "PINPOINT_APP": 1,
    "VOICE_ID": 1,
    "WISDOM_ASSISTANT": 1,
    "WISDOM_KNOWLEDGE_BASE": 10,
    _CASES_DOMAIN: 1,
}
"""How many of a kind an instance may have, as the administrator guide lists it; of the others it says nothing."""
_OF_EVENTS = ("SourceApplicationUrl", "SourceApplicationName", "SourceType")


@handles("CreateIntegrationAssociation")
def create_integration_association(context: Context, params: Params) -> Output:
    """Associate something with an instance.

    A Cases domain must exist. Whatever else it is, is kept and listed as it came, which is inferred: the simulator has
    no way to know of it. So are the errors inferred: DuplicateResource for what is associated already, InvalidRequest
    for one too many.
    """
    instance = find_instance(context, params)
    kind, arn = params["IntegrationType"], params["IntegrationArn"]
    _check_source(context, params)
    tags = check_tags(context, params.get("Tags", {}))
    identifier = _find_domain(context, arn) if kind == _CASES_DOMAIN else context.ids.uuid()
    # A domain that an instance took by itself gives way to the one that somebody asks for.
    own = () if kind == _CASES_DOMAIN and instance.info.adopts_domain else _associations(context.state, instance)
    same_kind = [association for association in own if association.type == kind]
    if any(association.integration_arn == arn for association in same_kind):
        raise ServiceError("DuplicateResourceException", f"{arn} is associated with the instance already")
    if len(same_kind) >= _MOST.get(kind, len(same_kind) + 1):
        raise context.refused(f"The instance has {len(same_kind)} associations of type {kind}, and may have no more")
    association = IntegrationAssociation(
        id=identifier,
        sequence=context.state.next_sequence(),
        type=kind,
        integration_arn=arn,
        modified=context.now,
        source_url=params.get("SourceApplicationUrl"),
        source_name=params.get("SourceApplicationName"),
        source_type=params.get("SourceType"),
        tags=tags,
    )
    instance.integrations.put(association)
    if kind == _CASES_DOMAIN:
        _set_domain(context, instance, identifier)
    return {
        "IntegrationAssociationId": association.id,
        "IntegrationAssociationArn": _arn(instance, association),
    }


@handles("DeleteIntegrationAssociation")
def delete_integration_association(context: Context, params: Params) -> Output:
    """End an association; a Cases domain stays, with everything in it."""
    instance = find_instance(context, params)
    association = find_association(context.state, instance, params["IntegrationAssociationId"])
    if association.type == _CASES_DOMAIN:
        _set_domain(context, instance, None)
    else:
        instance.integrations.remove(association.id)
    return {}


@handles("ListIntegrationAssociations")
def list_integration_associations(context: Context, params: Params) -> Output:
    """List what is associated with an instance, oldest first, which is inferred."""
    instance = find_instance(context, params)
    wanted = [
        association
        for association in _associations(context.state, instance)
        if params.get("IntegrationType", association.type) == association.type
        and params.get("IntegrationArn", association.integration_arn) == association.integration_arn
    ]
    page, token = context.page(params, wanted, key=lambda association: association.sequence)
    return {
        "IntegrationAssociationSummaryList": [_describe(context.state, instance, entry) for entry in page],
        "NextToken": token,
    }


def find_association(state: RegionState, instance: Instance, identifier: str) -> IntegrationAssociation:
    """Give the association with this id."""
    for association in _associations(state, instance):
        if association.id == identifier:
            return association
    raise not_found("Integration association", identifier)


def _associations(state: RegionState, instance: Instance) -> list[IntegrationAssociation]:
    """Give what is associated with an instance, oldest first.

    The instance itself says which Cases domain is its own, so that one which it took when it was made, or which
    has been deleted, is right here too. A record of that association is there once somebody asked for it or gave
    it tags. That its identifier is the domain's is inferred.
    """
    associations = [entry for entry in instance.integrations.values() if entry.type != _CASES_DOMAIN]
    domain = state.cases.domain(instance.info.cases_domain_id or "")
    if domain is not None:
        of_domain = instance.integrations.get(domain.id) or IntegrationAssociation(
            id=domain.id,
            sequence=domain.info.sequence,
            type=_CASES_DOMAIN,
            integration_arn=domain.arn,
            modified=domain.info.created,
        )
        associations.append(of_domain)
    return sorted(associations, key=lambda association: association.sequence)


def _set_domain(context: Context, instance: Instance, domain_id: str | None) -> None:
    """Make a domain the instance's own. Once somebody sees to that, it takes none by itself any more."""
    former = instance.info.cases_domain_id
    if former is not None and former != domain_id and former in instance.integrations:
        instance.integrations.remove(former)
    context.state.connect.infos.put(replace(instance.info, cases_domain_id=domain_id, adopts_domain=False))


def _find_domain(context: Context, arn: str) -> str:
    """Give the id of the Cases domain with this ARN. Which errors there are without one is inferred."""
    prefix = context.state.arn("cases", "domain/")
    if not arn.startswith(prefix):
        raise context.refused(f"IntegrationArn {arn} is not the ARN of a Cases domain of this account and region")
    identifier = arn.removeprefix(prefix)
    if context.state.cases.domain(identifier) is None:
        raise not_found("Cases domain", arn)
    return identifier


def _check_source(context: Context, params: Params) -> None:
    """Ask an event integration for its source, the only kind that needs one."""
    missing = [name for name in _OF_EVENTS if name not in params]
    if params["IntegrationType"] == "EVENT" and missing:
        raise context.refused(f"An integration of type EVENT needs {', '.join(missing)}")
    if "SourceApplicationName" in params:
        check_source_name(context, params["SourceApplicationName"])


def _arn(instance: Instance, association: IntegrationAssociation) -> str:
    return f"{instance.arn}/integration-association/{association.id}"


def _describe(state: RegionState, instance: Instance, association: IntegrationAssociation) -> Output:
    return {
        "IntegrationAssociationId": association.id,
        "IntegrationAssociationArn": _arn(instance, association),
        "InstanceId": instance.id,
        "IntegrationType": association.type,
        "IntegrationArn": association.integration_arn,
        "SourceApplicationUrl": association.source_url,
        "SourceApplicationName": association.source_name,
        "SourceType": association.source_type,
        "LastModifiedTime": association.modified,
        "LastModifiedRegion": state.region,
    }
