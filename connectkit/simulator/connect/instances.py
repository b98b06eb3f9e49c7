"""Connect instances, and the Cases domain that belongs to one."""

from __future__ import annotations

from datetime import datetime

from connectkit.simulator.connect.lookup import find_instance
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import InstanceInfo
from connectkit.simulator.state.instances import Instance
from connectkit.simulator.state.region import RegionState

__all__ = ["add_instance", "handles"]

handles: Handlers = Handlers()


def add_instance(
    state: RegionState,
    *,
    instance_id: str,
    alias: str,
    now: datetime,
    cases_domain_id: str | None = None,
    adopts_domain: bool = False,
) -> InstanceInfo:
    """Put an instance into a region, with the Cases domain that belongs to it, if one does."""
    info = InstanceInfo(
        id=instance_id,
        arn=state.arn("connect", f"instance/{instance_id}"),
        sequence=state.next_sequence(),
        alias=alias,
        created=now,
        cases_domain_id=cases_domain_id,
        adopts_domain=adopts_domain,
    )
    state.connect.infos.put(info)
    return info


@handles("ListInstances")
def list_instances(context: Context, params: Params) -> Output:
    """List the instances of the account and region."""
    instances = list(context.state.connect.infos.values())
    page, token = context.page(params, instances, key=lambda info: info.sequence)
    return {"InstanceSummaryList": [_describe(context.state, info) for info in page], "NextToken": token}


@handles("DescribeInstance")
def describe_instance(context: Context, params: Params) -> Output:
    """Describe an instance."""
    return {"Instance": _describe(context.state, find_instance(context, params).info)}


@handles("ListIntegrationAssociations")
def list_integration_associations(context: Context, params: Params) -> Output:
    """List what is associated with an instance: its Cases domain, if it has one.

    That the association's identifier is the domain's is inferred.
    """
    instance = find_instance(context, params)
    wanted = [
        association
        for association in _associations(context.state, instance)
        if params.get("IntegrationType", "CASES_DOMAIN") == association["IntegrationType"]
        and params.get("IntegrationArn", association["IntegrationArn"]) == association["IntegrationArn"]
    ]
    page, token = context.page(params, list(enumerate(wanted)), key=lambda entry: entry[0])
    return {"IntegrationAssociationSummaryList": [association for _, association in page], "NextToken": token}


def _associations(state: RegionState, instance: Instance) -> list[Output]:
    domain = state.cases.domain(instance.info.cases_domain_id or "")
    if domain is None:
        return []
    return [
        {
            "IntegrationAssociationId": domain.id,
            "IntegrationAssociationArn": f"{instance.arn}/integration-association/{domain.id}",
            "InstanceId": instance.id,
            "IntegrationType": "CASES_DOMAIN",
            "IntegrationArn": domain.arn,
        }
    ]


def _describe(state: RegionState, info: InstanceInfo) -> Output:
    role = "role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect"
    return {
        "Id": info.id,
        "Arn": info.arn,
        "IdentityManagementType": "CONNECT_MANAGED",
        "InstanceAlias": info.alias,
        "CreatedTime": info.created,
        "ServiceRole": f"arn:aws:iam::{state.account_id}:{role}",
        "InstanceStatus": "ACTIVE",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": True,
        "InstanceAccessUrl": f"https://{info.alias}.my.connect.aws",
    }
