"""Cases domains."""

from __future__ import annotations

from connectkit.simulator.cases.lookup import check_name_is_free, find_domain, quota_exceeded
from connectkit.simulator.cases.system_fields import make_system_fields
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

# Inferred: a real domain takes a moment in CreationInProgress, which only slows a test down.
_STATUS = "Active"


@handles("CreateDomain")
def create_domain(context: Context, params: Params) -> Output:
    """Make a domain with its system fields; it is active at once."""
    state = context.state
    domains = state.cases.domains
    check_name_is_free("Domain", params["name"], domains.values())
    if len(domains) >= state.quotas.domains:
        raise quota_exceeded(f"The account has {len(domains)} domains, which is its quota")
    identifier = context.ids.uuid()
    arn = state.arn("cases", f"domain/{identifier}")
    domains[identifier] = Domain(
        id=identifier,
        arn=arn,
        sequence=state.next_sequence(),
        created=context.now,
        modified=context.now,
        name=params["name"],
        fields=make_system_fields(state, arn, context.now),
    )
    return {"domainId": identifier, "domainArn": arn, "domainStatus": _STATUS}


@handles("GetDomain")
def get_domain(context: Context, params: Params) -> Output:
    """Describe a domain."""
    domain = find_domain(context, params)
    return {
        "domainId": domain.id,
        "domainArn": domain.arn,
        "name": domain.name,
        "createdTime": domain.created,
        "domainStatus": _STATUS,
        "tags": domain.tags,
    }


@handles("ListDomains")
def list_domains(context: Context, params: Params) -> Output:
    """List the account's domains, oldest first."""
    domains = list(context.state.cases.domains.values())
    page, token = context.page(params, domains, key=lambda domain: domain.sequence)
    return {
        "domains": [{"domainId": domain.id, "domainArn": domain.arn, "name": domain.name} for domain in page],
        "nextToken": token,
    }


@handles("DeleteDomain")
def delete_domain(context: Context, params: Params) -> Output:
    """Delete a domain with everything in it. That it may still hold cases is inferred."""
    del context.state.cases.domains[find_domain(context, params).id]
    return {}
