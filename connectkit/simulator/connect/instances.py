"""Connect instances, and the Cases domain that belongs to one."""

from __future__ import annotations

from datetime import datetime

from connectkit.simulator.connect.lookup import find_instance
from connectkit.simulator.connect.managed_views import make_managed_views
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import Instance
from connectkit.simulator.state.region import RegionState

__all__ = ["add_instance", "handles"]

handles: Handlers = Handlers()


def add_instance(state: RegionState, *, instance_id: str, alias: str, now: datetime) -> Instance:
    """Put an instance into a region."""
    arn = state.arn("connect", f"instance/{instance_id}")
    managed = make_managed_views(state.region, now)
    instance = Instance(id=instance_id, arn=arn, alias=alias, created=now, managed_views=managed)
    state.connect.instances[instance_id] = instance
    return instance


@handles("ListInstances")
def list_instances(context: Context, params: Params) -> Output:
    """List the instances of the account and region."""
    instances = list(context.state.connect.instances.values())
    page, token = context.page(params, list(enumerate(instances)), key=lambda entry: entry[0])
    return {
        "InstanceSummaryList": [_describe(context.state, instance) for _, instance in page],
        "NextToken": token,
    }


@handles("DescribeInstance")
def describe_instance(context: Context, params: Params) -> Output:
    """Describe an instance."""
    return {"Instance": _describe(context.state, find_instance(context, params))}


@handles("ListIntegrationAssociations")
def list_integration_associations(context: Context, params: Params) -> Output:
    """List what is associated with an instance: the oldest Cases domain of the region, if there is one.

    A real domain is associated by a call of its own, and an instance takes only one; which one the simulator
    takes, and its association's identifier, are inferred.
    """
    instance = find_instance(context, params)
    associations: list[Output] = [
        {
            "IntegrationAssociationId": domain.id,
            "IntegrationAssociationArn": f"{instance.arn}/integration-association/{domain.id}",
            "InstanceId": instance.id,
            "IntegrationType": "CASES_DOMAIN",
            "IntegrationArn": domain.arn,
        }
        for domain in list(context.state.cases.domains.values())[:1]
    ]
    wanted = [
        association
        for association in associations
        if params.get("IntegrationType", "CASES_DOMAIN") == association["IntegrationType"]
        and params.get("IntegrationArn", association["IntegrationArn"]) == association["IntegrationArn"]
    ]
    page, token = context.page(params, list(enumerate(wanted)), key=lambda entry: entry[0])
    return {"IntegrationAssociationSummaryList": [association for _, association in page], "NextToken": token}


def _describe(state: RegionState, instance: Instance) -> Output:
    role = "role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect"
    return {
        "Id": instance.id,
        "Arn": instance.arn,
        "IdentityManagementType": "CONNECT_MANAGED",
        "InstanceAlias": instance.alias,
        "CreatedTime": instance.created,
        "ServiceRole": f"arn:aws:iam::{state.account_id}:{role}",
        "InstanceStatus": "ACTIVE",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": True,
        "InstanceAccessUrl": f"https://{instance.alias}.my.connect.aws",
    }
