"""Amazon Connect Cases: the rules of the service, a module for each resource."""

from connectkit.simulator.cases import cases, domains, fields, layouts, search, tags, templates
from connectkit.simulator.core.engine import Service
from connectkit.simulator.core.operations import Handlers, ServiceProfile

__all__ = ["CASES"]

CASES = Service(
    ServiceProfile(
        name="connectcases",
        signing_name="cases",
        invalid=("ValidationException",),
        malformed=("ValidationException",),
        internal="InternalServerException",
        # The documentation speaks of replays for the batch operations; that creates are alike is inferred.
        reused=("ConflictException",),
        cursor_member="nextToken",
        size_member="maxResults",
        replay_member="clientToken",
    ),
    Handlers.union(module.handles for module in (cases, domains, fields, layouts, search, tags, templates)),
)
