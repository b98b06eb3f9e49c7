"""Amazon Connect: instances, views, task templates and tasks, a module for each resource."""

from connectkit.simulator.connect import (
    flows,
    instances,
    integrations,
    tags,
    task_templates,
    tasks,
    view_search,
    view_versions,
    views,
)
from connectkit.simulator.core.engine import Service
from connectkit.simulator.core.operations import Handlers, ServiceProfile

__all__ = ["CONNECT"]

CONNECT = Service(
    ServiceProfile(
        name="connect",
        signing_name="connect",
        invalid=("InvalidParameterException", "InvalidRequestException"),
        malformed=("InvalidRequestException", "InvalidParameterException"),
        internal="InternalServiceException",
        # No operation models an error for it, so which one it is, is inferred.
        reused=("InvalidRequestException", "InvalidParameterException"),
        cursor_member="NextToken",
        size_member="MaxResults",
        replay_member="ClientToken",
    ),
    Handlers.union(
        module.handles
        for module in (flows, instances, integrations, tags, task_templates, tasks, view_search, view_versions, views)
    ),
)
