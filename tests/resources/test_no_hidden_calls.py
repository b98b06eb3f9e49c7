"""No attribute of a facade calls the service: every one of every class is looked at, in kits that know nothing yet."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from operator import eq
from typing import TYPE_CHECKING, Any

import pytest

import connectkit.resources
from connectkit import ConnectKit, F
from connectkit.resources.domains import CasesDomain
from connectkit.resources.related_items.content import CustomItem
from connectkit.resources.setup.rules import RequiredRule
from connectkit.simulator import Delays

from ..simulator.helpers import has_operation, needs_value
from ..task_definitions.definitions import simple
from .related import make_case

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from .conftest import Calls

pytestmark = needs_value("connectcases", "RelatedItemType", "Custom")


class World:
    """A domain with one of each thing in it, by ids alone: each look is through a kit that has read nothing."""

    def __init__(self, kit: ConnectKit, domain: CasesDomain, sim: Simulator, clients: dict[str, Any]) -> None:
        self._clients = clients
        self.domain_id: str = domain.id
        self.instance_id: str = sim.instance_id
        self.case_id: str = make_case(kit, domain).id
        self.layout_id: str = self._only(domain.layouts.list()).id
        self.template_id: str = self._only(domain.templates.list()).id
        self.field_id: str = domain.schema["Priority"].id
        if has_operation("connectcases", "CreateCaseRule"):
            made = domain.case_rules.create(name="Closed", rule=RequiredRule(when=F.status.eq("closed")))
            self.case_rule_id: str = made.id
        self.related_item_id: str = domain.case(self.case_id).add_custom({"Amount": 3, "Priority": "High"}).id
        instance = kit.instance(sim.instance_id)
        self.task_template_id: str = instance.task_templates.create(simple()).id
        published = kit.instance(sim.instance_id).views.publish({"Head": {}, "Body": []}, name="Refund")
        self.view_id: str = published.view.id
        self.contact_arn: str = sim.add_contact()
        domain.case(self.case_id).link_contact(self.contact_arn)

    @staticmethod
    def _only(items: Any) -> Any:
        return next(iter(items))

    @property
    def kit(self) -> ConnectKit:
        """A new one."""
        return ConnectKit(**self._clients)

    @property
    def domain(self) -> CasesDomain:
        """The domain, of a new kit."""
        return self.kit.domain(self.domain_id)

    @property
    def view(self) -> Any:
        """The view, of a new kit."""
        return self.kit.instance(self.instance_id).view(self.view_id)

    @property
    def case(self) -> Any:
        """The case, of a new kit."""
        return self.domain.case(self.case_id)


FACADES: dict[str, Callable[[World], object]] = {
    # ---- known by their ids, and collections --------------------------------------------------------------------
    "ConnectKit": lambda world: world.kit,
    "Instances": lambda world: world.kit.instances,
    "Instance": lambda world: world.kit.instance(world.instance_id),
    "Views": lambda world: world.kit.instance(world.instance_id).views,
    "View": lambda world: world.view,
    "ViewVersions": lambda world: world.view.versions,
    "ViewVersion": lambda world: world.view.version(1),
    "TaskTemplates": lambda world: world.kit.instance(world.instance_id).task_templates,
    "TaskTemplate": lambda world: world.kit.instance(world.instance_id).task_template(world.task_template_id),
    "Domains": lambda world: world.kit.domains,
    "CasesDomain": lambda world: world.domain,
    "Schema": lambda world: world.domain.schema,
    "Cases": lambda world: world.domain.cases,
    "DomainRelatedItems": lambda world: world.domain.related_items,
    "Fields": lambda world: world.domain.fields,
    "Layouts": lambda world: world.domain.layouts,
    "Templates": lambda world: world.domain.templates,
    "CaseRules": lambda world: world.domain.case_rules,
    "EventConfiguration": lambda world: world.domain.event_configuration,
    "Tags": lambda world: world.domain.tags,
    "Case": lambda world: world.case,
    "RelatedItems": lambda world: world.case.related_items,
    "Comments": lambda world: world.case.comments,
    "AuditEvents": lambda world: world.case.audit_events,
    "RelatedItem": lambda world: world.case.related_item(world.related_item_id),
    "Field": lambda world: world.domain.field(world.field_id),
    "FieldOptions": lambda world: world.domain.field(world.field_id).options,
    "Layout": lambda world: world.domain.layout(world.layout_id),
    "Template": lambda world: world.domain.template(world.template_id),
    "CaseRule": lambda world: world.domain.case_rule(world.case_rule_id),
    # ---- listed and created -------------------------------------------------------------------------------------
    "ListedInstance": lambda world: next(iter(world.kit.instances.list())),
    "ListedView": lambda world: next(iter(world.kit.instance(world.instance_id).views.list())),
    "ListedViewVersion": lambda world: next(iter(world.view.versions.list())),
    "ListedTaskTemplate": lambda world: next(iter(world.kit.instance(world.instance_id).task_templates.list())),
    "ListedDomain": lambda world: next(iter(world.kit.domains.list())),
    "ListedField": lambda world: next(iter(world.domain.fields.list())),
    "ListedLayout": lambda world: next(iter(world.domain.layouts.list())),
    "ListedTemplate": lambda world: next(iter(world.domain.templates.list())),
    "ListedCaseRule": lambda world: next(iter(world.domain.case_rules.list())),
    "ListedCase": lambda world: next(iter(world.domain.cases.for_contact(world.contact_arn))),
    "CreatedCase": lambda world: world.domain.cases.create(template=world.template_id, fields={"title": "Another"}),
    "CreatedRelatedItem": lambda world: world.case.comments.add("Called the carrier"),
    "Merge": lambda world: world.case.merge(
        world.domain.cases.create(template=world.template_id, fields={"title": "Another"})
    ),
    # ---- read ---------------------------------------------------------------------------------------------------
    "LoadedInstance": lambda world: world.kit.instance(world.instance_id).refresh(),
    "LoadedView": lambda world: world.view.refresh(),
    "LoadedViewVersion": lambda world: world.view.versions.get(1),
    "LoadedTaskTemplate": lambda world: (
        world.kit.instance(world.instance_id).task_template(world.task_template_id).refresh()
    ),
    "LoadedDomain": lambda world: world.domain.refresh(),
    "LoadedField": lambda world: world.domain.field(world.field_id).refresh(),
    "LoadedLayout": lambda world: world.domain.layout(world.layout_id).refresh(),
    "LoadedTemplate": lambda world: world.domain.template(world.template_id).refresh(),
    "LoadedCaseRule": lambda world: world.domain.case_rule(world.case_rule_id).refresh(),
    "LoadedCase": lambda world: world.case.refresh(fields=["title", "Priority", "Due date"]),
    "LoadedTags": lambda world: world.case.refresh(fields=["title"]).tags,
    "LoadedRelatedItem": lambda world: next(iter(world.case.related_items.search(CustomItem))),
}
"""A way to come by one of each class, by what the class is called."""


def calling_classes() -> Iterator[type[Any]]:
    """The classes of facades: those that are made from what calls are made with."""
    for module in pkgutil.walk_packages(connectkit.resources.__path__, "connectkit.resources."):
        home = importlib.import_module(module.name)
        for name in getattr(home, "__all__", ()):
            found = getattr(home, name)
            public = "._" not in module.name and inspect.isclass(found) and found.__module__ == home.__name__
            if public and {"scope", "caller"} & inspect.signature(found).parameters.keys():
                yield found


def test_every_facade_is_looked_at() -> None:
    found = {kind.__name__ for kind in calling_classes()}
    assert len(found) > 30
    missing = sorted(found - FACADES.keys() - {"CaseSearch", "Publisher"})
    assert not missing, f"{', '.join(missing)}: say in FACADES how to come by one, so that its attributes are looked at"


def hidden_calls(facade: object, calls: Calls) -> dict[str, list[str]]:
    """The calls that looking at something makes, by what was looked at."""
    looks: dict[str, Callable[[], object]] = {
        attribute: partial(getattr, facade, attribute) for attribute in dir(facade) if not attribute.startswith("__")
    }
    assert looks
    looks |= {"repr()": partial(repr, facade), "==": partial(eq, facade, object())}
    made: dict[str, list[str]] = {}
    for what, look in looks.items():
        repr(look())  # a value that is itself a facade should show without a call
        if asked := calls():
            made[what] = asked
    return made


@pytest.fixture
def world(kit: ConnectKit, domain: CasesDomain, sim: Simulator, clients: dict[str, Any]) -> World:
    sim.delays = Delays(merge=timedelta(hours=1))
    return World(kit, domain, sim, clients)


@pytest.mark.parametrize("name", FACADES)
def test_its_attributes_make_no_call(name: str, world: World, calls: Calls) -> None:
    if "CaseRule" in name and not hasattr(world, "case_rule_id"):
        # Over the oldest boto3 (`make test-floor`) there are no such things to look at.
        pytest.skip("the installed botocore has no case rules")
    if name == "Merge" and not has_operation("connectcases", "StartMergeCases"):
        # As above.
        pytest.skip("the installed botocore has no merges")
    facade = FACADES[name](world)
    assert type(facade).__name__ == name
    calls()
    assert hidden_calls(facade, calls) == {}


def test_everything_says_what_it_is_and_whose_and_is_copied_but_not_pickled(world: World) -> None:
    for name, make in FACADES.items():
        if "CaseRule" in name and not hasattr(world, "case_rule_id"):
            continue  # over the oldest boto3 there are none
        if name == "Merge" and not has_operation("connectcases", "StartMergeCases"):
            continue  # as above
        facade = make(world)
        assert re.fullmatch(rf"<{name}( .+)?>", repr(facade)), repr(facade)
        assert " object at " not in repr(facade)
        assert copy.copy(facade) is facade
        assert copy.deepcopy([facade]) == [facade]
        with pytest.raises(TypeError, match=f"<{name}.* belongs to a kit, whose boto3 clients can't be pickled"):
            pickle.dumps(facade)


def test_a_collection_is_gone_through_by_a_method_and_says_which(world: World) -> None:
    collections: list[Any] = [world.domain.cases, world.domain.fields, world.case.comments, world.case.audit_events]
    for collection in collections:
        for look in (list, iter):
            with pytest.raises(TypeError, match=r"<\w+ of \w+ \S+> makes no call by itself: say \.list\(\) to go"):
                look(collection)
    with pytest.raises(TypeError, match=r"say \.search\(\)"):
        list(world.domain.related_items)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType] - the mistake
    assert list(world.case.refresh(fields=["title"]).tags) == []


def test_a_hidden_call_would_be_noticed(world: World, calls: Calls) -> None:
    class Hiding(CasesDomain):
        @property
        def status(self) -> str:
            return self.refresh().status

    hiding = Hiding(world.domain._scope, world.domain_id)  # pyright: ignore[reportPrivateUsage] - to make one by hand
    calls()
    assert hidden_calls(hiding, calls) == {"status": ["GetDomain"]}
