"""Every operation of Cases is reached through a facade: the method for each, called, and seen to ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectkit import F, Pager
from connectkit.models import connectcases
from connectkit.resources.cases.audit import AuditEvents
from connectkit.resources.cases.case import Case
from connectkit.resources.cases.cases import Cases
from connectkit.resources.cases.merge import Merge
from connectkit.resources.domains import CasesDomain, Domains
from connectkit.resources.event_configuration import EventConfiguration
from connectkit.resources.related_items.content import Comment
from connectkit.resources.related_items.item import RelatedItem
from connectkit.resources.related_items.items import DomainRelatedItems, RelatedItems
from connectkit.resources.setup.case_rules import CaseRule, CaseRules
from connectkit.resources.setup.field import Field
from connectkit.resources.setup.field_options import FieldOptions
from connectkit.resources.setup.fields import Fields
from connectkit.resources.setup.layouts import Layout, Layouts
from connectkit.resources.setup.rules import RequiredRule
from connectkit.resources.setup.templates import Template, Templates
from connectkit.resources.tags import Tags
from connectkit.simulator import Delays

from ..simulator.helpers import BOTOCORE_SESSION, has_operation
from .related import make_case

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.simulator import Simulator

    from .conftest import Calls


@dataclass
class World:
    """What there is to call methods of."""

    kit: ConnectKit
    domain: CasesDomain
    case: Case
    contact: str


@dataclass(frozen=True)
class Way:
    """A method that reaches an operation, and how to call it."""

    method: Callable[..., object]
    of: Callable[[World], object]
    """Makes that of which it is a method."""
    arguments: Mapping[str, object] = field(default_factory=dict[str, object])


def rule(world: World) -> CaseRule:
    return world.domain.case_rules.create(name="Closed", rule=RequiredRule(when=F.status.eq("closed")))


def names(world: World, collection: str) -> str:
    """The id of the first thing in a collection of the domain."""
    first = next(iter(getattr(world.domain, collection).list()))
    return str(first.id)


def priority(world: World) -> FieldOptions:
    return world.domain.field(world.domain.schema["Priority"].id).options


def notes(world: World) -> Field:
    return world.domain.field(world.domain.schema["Notes"].id)


def comment(world: World) -> RelatedItem:
    return world.case.comments.add("Called the carrier")


def merge(world: World) -> Merge:
    return world.case.merge(make_case(world.kit, world.domain, "Another"))


class _Late:
    """An argument that is made when the world is there."""

    def __init__(self, make: Callable[[World], object]) -> None:
        self.make = make


WAYS: dict[str, Way] = {
    "BatchCreateRelatedItem": Way(
        DomainRelatedItems.comment_many,
        lambda world: world.domain.related_items,
        {"cases": _Late(lambda world: [world.case]), "body": "Closed today"},
    ),
    "BatchGetCaseRule": Way(
        CaseRules.get_many,
        lambda world: world.domain.case_rules,
        {"case_rules": _Late(lambda world: [rule(world)])},
    ),
    "BatchGetField": Way(Fields.get_many, lambda world: world.domain.fields, {"fields": ["Amount", "status"]}),
    "BatchPutFieldOptions": Way(FieldOptions.put, priority, {"options": [("urgent", "Urgent")]}),
    "BatchUpdateCase": Way(
        Cases.update_many,
        lambda world: world.domain.cases,
        {"cases": _Late(lambda world: [world.case]), "fields": {"Amount": 3}},
    ),
    "CreateCase": Way(
        Cases.create, lambda world: world.domain.cases, {"template": "Refund", "fields": {"title": "Parcel lost"}}
    ),
    "CreateCaseRule": Way(
        CaseRules.create,
        lambda world: world.domain.case_rules,
        {"name": "Closed", "rule": RequiredRule(when=F.status.eq("closed"))},
    ),
    "CreateDomain": Way(Domains.create, lambda world: world.kit.domains, {"name": "Another"}),
    "CreateField": Way(Fields.create, lambda world: world.domain.fields, {"name": "Weight", "type": "Number"}),
    "CreateLayout": Way(
        Layouts.create, lambda world: world.domain.layouts, {"name": "Another", "top_panel": ["Amount"]}
    ),
    "CreateRelatedItem": Way(
        RelatedItems.create, lambda world: world.case.related_items, {"content": Comment("Called the carrier")}
    ),
    "CreateTemplate": Way(Templates.create, lambda world: world.domain.templates, {"name": "Another"}),
    "DeleteCase": Way(Case.delete, lambda world: world.case),
    "DeleteCaseRule": Way(CaseRule.delete, rule),
    "DeleteDomain": Way(CasesDomain.delete, lambda world: world.domain),
    "DeleteField": Way(Field.delete, notes),
    "DeleteLayout": Way(Layout.delete, lambda world: world.domain.layouts.create(name="Another")),
    "DeleteRelatedItem": Way(RelatedItem.delete, comment),
    "DeleteTemplate": Way(Template.delete, lambda world: world.domain.templates.create(name="Another")),
    "GetCase": Way(Case.refresh, lambda world: world.case),
    "GetCaseAuditEvents": Way(AuditEvents.list, lambda world: world.case.audit_events),
    "GetCaseEventConfiguration": Way(EventConfiguration.get, lambda world: world.domain.event_configuration),
    "GetDomain": Way(CasesDomain.refresh, lambda world: world.domain),
    "GetLayout": Way(Layout.refresh, lambda world: world.domain.layout(names(world, "layouts"))),
    "GetMergeCasesStatus": Way(Merge.status, merge),
    "GetTemplate": Way(Template.refresh, lambda world: world.domain.template(names(world, "templates"))),
    "ListCaseRules": Way(CaseRules.list, lambda world: world.domain.case_rules),
    "ListCasesForContact": Way(
        Cases.for_contact, lambda world: world.domain.cases, {"contact_arn": _Late(lambda world: world.contact)}
    ),
    "ListDomains": Way(Domains.list, lambda world: world.kit.domains),
    "ListFieldOptions": Way(FieldOptions.list, priority),
    "ListFields": Way(Fields.list, lambda world: world.domain.fields),
    "ListLayouts": Way(Layouts.list, lambda world: world.domain.layouts),
    "ListTagsForResource": Way(Tags.list, lambda world: world.case.tags),
    "ListTemplates": Way(Templates.list, lambda world: world.domain.templates),
    "PutCaseEventConfiguration": Way(
        EventConfiguration.update, lambda world: world.domain.event_configuration, {"enabled": True}
    ),
    "SearchAllRelatedItems": Way(DomainRelatedItems.search, lambda world: world.domain.related_items),
    "SearchCases": Way(Cases.search, lambda world: world.domain.cases),
    "SearchRelatedItems": Way(RelatedItems.list, lambda world: world.case.related_items),
    "StartMergeCases": Way(
        Case.merge,
        lambda world: world.case,
        {"other": _Late(lambda world: make_case(world.kit, world.domain, "Another"))},
    ),
    "TagResource": Way(Tags.update, lambda world: comment(world).tags, {"tags": {"team": "parcels"}}),
    "UntagResource": Way(Tags.delete, lambda world: world.domain.tags, {"*": ["team"]}),
    "UpdateCase": Way(Case.update, lambda world: world.case, {"fields": {"Amount": 3}}),
    "UpdateCaseRule": Way(CaseRule.update, rule, {"name": "Done"}),
    "UpdateField": Way(Field.update, notes, {"name": "Remarks"}),
    "UpdateLayout": Way(Layout.update, lambda world: world.domain.layout(names(world, "layouts")), {"name": "Another"}),
    "UpdateRelatedItem": Way(RelatedItem.update, comment, {"content": Comment("Called the depot")}),
    "UpdateTemplate": Way(
        Template.update, lambda world: world.domain.template(names(world, "templates")), {"name": "Another"}
    ),
}
"""The method for each operation. Some have several: this is the plainest."""


@pytest.fixture
def world(kit: ConnectKit, domain: CasesDomain, sim: Simulator) -> World:
    sim.delays = Delays(merge=timedelta(hours=1))
    return World(kit, domain, make_case(kit, domain), sim.add_contact())


def test_every_operation_has_its_method() -> None:
    known = set(BOTOCORE_SESSION.Session().get_service_model("connectcases").operation_names)
    unreached = sorted(known - WAYS.keys())
    assert not unreached, (
        f"connectcases has operations that no facade is known to reach: {', '.join(unreached)}. "
        "Build a method for each, and name it in WAYS."
    )


def test_every_operation_that_is_named_is_one_of_the_models() -> None:
    # An older boto3 knows fewer of them than the models do.
    modelled = {name.removesuffix("Request") for name in connectcases.__all__ if name.endswith("Request")}
    assert WAYS.keys() == modelled


@pytest.mark.parametrize("operation", sorted(WAYS))
def test_the_method_asks_for_the_operation(operation: str, world: World, calls: Calls) -> None:
    if not has_operation("connectcases", operation):
        # Over the oldest boto3 (`make test-floor`) nothing can ask for it; that it is in the table was checked above.
        pytest.skip(f"the installed botocore has no {operation}")
    way = WAYS[operation]
    assert way.method.__module__.startswith("connectkit.resources.")
    assert not way.method.__name__.startswith("_")
    owner = way.of(world)
    assert getattr(type(owner), way.method.__name__, None) is not None
    arguments = {
        name: given.make(world) if isinstance(given, _Late) else given for name, given in way.arguments.items()
    }
    positional: Any = arguments.pop("*", [])
    calls()
    result = getattr(owner, way.method.__name__)(*positional, **arguments)
    if isinstance(result, Pager):
        assert calls() == []
        result.first()
    assert operation in calls()
