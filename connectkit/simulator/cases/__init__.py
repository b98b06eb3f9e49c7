"""Amazon Connect Cases: the rules of the service, a module for each resource."""

from connectkit.simulator.cases import (
    audit,
    batches,
    case_rules,
    cases,
    domains,
    events,
    fields,
    layouts,
    merges,
    related_item_search,
    related_items,
    search,
    tags,
    templates,
)
from connectkit.simulator.core.engine import Service
from connectkit.simulator.core.operations import Handlers, ServiceProfile

__all__ = ["CASES"]

CASES = Service(
    ServiceProfile(
        name="connectcases",
        signing_name="cases",
        invalid=("ValidationException",),
        # That a body which can't be read is no error of its own is inferred.
        malformed=("ValidationException",),
        internal="InternalServerException",
        # The documentation speaks of replays for the batch operations; that creates are alike is inferred.
        reused=("ConflictException",),
        cursor_member="nextToken",
        size_member="maxResults",
        replay_member="clientToken",
    ),
    Handlers.union(
        module.handles
        for module in (
            audit,
            batches,
            case_rules,
            cases,
            domains,
            events,
            fields,
            layouts,
            merges,
            related_item_search,
            related_items,
            search,
            tags,
            templates,
        )
    ),
    settle=merges.finish_due_merges,
)
