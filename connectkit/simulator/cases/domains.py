"""Cases domains."""

from __future__ import annotations

from dataclasses import replace

from connectkit.simulator.cases.lookup import check_name_is_free, find_domain, quota_exceeded
from connectkit.simulator.cases.system_fields import make_system_fields
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import DomainInfo

__all__ = ["handles"]

handles: Handlers = Handlers()


@handles("CreateDomain")
def create_domain(context: Context, params: Params) -> Output:
    """Make a domain with its system fields; it is active at once, or after the delay that a test sets."""
    state = context.state
    infos = state.cases.infos
    check_name_is_free("Domain", params["name"], infos.values())
    if len(infos) >= state.quotas.domains:
        raise quota_exceeded(f"The account has {len(infos)} domains, which is its quota")
    identifier = context.ids.uuid()
    info = DomainInfo(
        id=identifier,
        arn=state.arn("cases", f"domain/{identifier}"),
        sequence=state.next_sequence(),
        created=context.now,
        modified=context.now,
        name=params["name"],
        active_from=context.now + state.delays.domain_creation,
    )
    infos.put(info)
    domain = find_domain(context, {"domainId": identifier}, active=False)
    for field in make_system_fields(state, info.arn, context.now):
        domain.fields.put(field)
    _give_to_an_instance(context, identifier)
    return {"domainId": identifier, "domainArn": info.arn, "domainStatus": _status(context, info)}


@handles("GetDomain")
def get_domain(context: Context, params: Params) -> Output:
    """Describe a domain."""
    info = find_domain(context, params, active=False).info
    return {
        "domainId": info.id,
        "domainArn": info.arn,
        "name": info.name,
        "createdTime": info.created,
        "domainStatus": _status(context, info),
        "tags": info.tags,
    }


@handles("ListDomains")
def list_domains(context: Context, params: Params) -> Output:
    """List the account's domains, oldest first. That whatever is listed is in this order is inferred."""
    infos = list(context.state.cases.infos.values())
    page, token = context.page(params, infos, key=lambda info: info.sequence)
    return {
        "domains": [{"domainId": info.id, "domainArn": info.arn, "name": info.name} for info in page],
        "nextToken": token,
    }


@handles("DeleteDomain")
def delete_domain(context: Context, params: Params) -> Output:
    """Delete a domain with everything in it. That it may still hold cases, and lets go of its name, is inferred."""
    state = context.state
    domain = find_domain(context, params, active=False)
    state.cases.infos.remove(domain.id)
    for instance in state.connect.instances():
        if instance.info.cases_domain_id == domain.id:
            state.connect.infos.put(replace(instance.info, cases_domain_id=None))
            if domain.id in instance.integrations:
                instance.integrations.remove(domain.id)
    return {}


def _status(context: Context, info: DomainInfo) -> str:
    return "Active" if info.is_active(context.now) else "CreationInProgress"


def _give_to_an_instance(context: Context, domain_id: str) -> None:
    """Associate a new domain with the instance that waits for one.

    A real domain is associated by a call of its own; that the instance which is there from the beginning takes
    the first domain of its region is inferred from what everyone does next.
    """
    infos = context.state.connect.infos
    for instance in infos.values():
        if instance.adopts_domain and instance.cases_domain_id is None:
            infos.put(replace(instance, cases_domain_id=domain_id))
            return
