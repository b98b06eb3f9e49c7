"""Connect instances."""

from __future__ import annotations

from datetime import datetime

from connectkit.simulator.connect.lookup import find_instance
from connectkit.simulator.connect.patterns import check_alias, check_directory_id
from connectkit.simulator.connect.tagging import check_tags
from connectkit.simulator.core.client_tokens import answer_once
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.connect import InstanceInfo
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


@handles("CreateInstance")
def create_instance(context: Context, params: Params) -> Output:
    """Make an instance; a repeated client token gives the first answer again."""
    return answer_once(context, context.state.connect.replays, params, _create)


def _create(context: Context, params: Params) -> Output:
    """Make an instance, which is active at once. No Cases domain belongs to it until one is associated.

    Inferred: that an existing directory has to be named and any other instance needs an alias, that an alias is unique
    in the account and region (truly it is so for everyone), and that the limit of creations in 30 days is of no
    interest here.
    """
    infos = context.state.connect.infos
    management, alias = params["IdentityManagementType"], params.get("InstanceAlias", "")
    needed = "DirectoryId" if management == "EXISTING_DIRECTORY" else "InstanceAlias"
    if needed not in params:
        raise context.refused(f"An instance with the identity management {management} needs {needed}")
    if alias:
        check_alias(context, alias)
    if "DirectoryId" in params:
        check_directory_id(context, params["DirectoryId"])
    tags = check_tags(context, params.get("Tags", {}))
    if alias and any(alias == info.alias for info in infos.values()):
        raise context.refused(f"InstanceAlias {alias!r} is taken")
    quota = context.state.quotas.instances
    if len(infos) >= quota:
        raise ServiceError(
            "ServiceQuotaExceededException", f"The account has {len(infos)} instances; its quota is {quota}"
        )
    identifier = context.ids.uuid()
    info = InstanceInfo(
        id=identifier,
        arn=context.state.arn("connect", f"instance/{identifier}"),
        sequence=context.state.next_sequence(),
        alias=alias,
        created=context.now,
        identity_management=management,
        inbound_calls=params["InboundCallsEnabled"],
        outbound_calls=params["OutboundCallsEnabled"],
        tags=tags,
    )
    infos.put(info)
    return {"Id": info.id, "Arn": info.arn}


@handles("DeleteInstance")
def delete_instance(context: Context, params: Params) -> Output:
    """Delete an instance with everything in it, at once; a Cases domain of its own stays, which is inferred."""
    return answer_once(context, context.state.connect.replays, params, _delete)


def _delete(context: Context, params: Params) -> Output:
    context.state.connect.infos.remove(find_instance(context, params).id)
    return {}


@handles("ListInstances")
def list_instances(context: Context, params: Params) -> Output:
    """List the instances of the account and region."""
    instances = list(context.state.connect.infos.values())
    page, token = context.page(params, instances, key=lambda info: info.sequence)
    return {"InstanceSummaryList": [_describe(context.state, info) for info in page], "NextToken": token}


@handles("DescribeInstance")
def describe_instance(context: Context, params: Params) -> Output:
    """Describe an instance."""
    info = find_instance(context, params).info
    return {"Instance": {**_describe(context.state, info), "Tags": info.tags or None}}


def _describe(state: RegionState, info: InstanceInfo) -> Output:
    role = "role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect"
    return {
        "Id": info.id,
        "Arn": info.arn,
        "IdentityManagementType": info.identity_management,
        "InstanceAlias": info.alias or None,
        "CreatedTime": info.created,
        "ServiceRole": f"arn:aws:iam::{state.account_id}:{role}",
        "InstanceStatus": "ACTIVE",
        "InboundCallsEnabled": info.inbound_calls,
        "OutboundCallsEnabled": info.outbound_calls,
        "InstanceAccessUrl": f"https://{info.alias}.my.connect.aws" if info.alias else None,
    }
