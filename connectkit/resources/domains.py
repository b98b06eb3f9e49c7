"""Cases domains: what ``kit.domains`` and ``kit.domain(id)`` give, and the way to all that is in one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..errors import UnknownNameError, WaitError
from ..models.connectcases.domains import (
    CreateDomainRequest,
    DeleteDomainRequest,
    DomainStatus,
    DomainSummary,
    GetDomainRequest,
    GetDomainResponse,
    ListDomainsRequest,
    ListDomainsResponse,
)
from ._base import Resource, given_id
from ._collections import OfAccount
from ._names import is_uuid, nearest
from ._scope import Scope
from .tags import LoadedTags, Tags

if TYPE_CHECKING:
    from ..pagination import Pager
    from .cases.case import Case
    from .cases.cases import Cases
    from .event_configuration import EventConfiguration
    from .related_items.items import DomainRelatedItems
    from .schema import Schema
    from .setup.case_rules import CaseRule, CaseRules
    from .setup.fields import Field, Fields
    from .setup.layouts import Layout, Layouts
    from .setup.templates import Template, Templates

__all__ = ["CasesDomain", "Domains", "ListedDomain", "LoadedDomain"]

_MOST_A_PAGE = 10


class CasesDomain(Resource):
    """A Cases domain, known by its id; the way to its cases and all that they are made of.

    ``kit.domain(id)`` makes one without a call. All that name the same domain through one kit share its schema.
    """

    __slots__ = ()

    kind = "domain"

    @property
    def schema(self) -> Schema:
        """Its fields by name; read when the first is needed."""
        return self._scope.schema

    @property
    def cases(self) -> Cases:
        """Its cases: create, get, search, update."""
        from .cases.cases import Cases

        return Cases(self._scope)

    @property
    def related_items(self) -> DomainRelatedItems:
        """The related items of all its cases: search, and comments for many cases at once."""
        from .related_items.items import DomainRelatedItems

        return DomainRelatedItems(self._scope, self.case)

    @property
    def fields(self) -> Fields:
        """Its fields as resources: create, list, change, and their options. For filters see :attr:`schema`."""
        from .setup.fields import Fields

        return Fields(self._scope)

    @property
    def layouts(self) -> Layouts:
        """Its layouts."""
        from .setup.layouts import Layouts

        return Layouts(self._scope)

    @property
    def templates(self) -> Templates:
        """Its case templates."""
        from .setup.templates import Templates

        return Templates(self._scope)

    @property
    def case_rules(self) -> CaseRules:
        """Its case rules."""
        from .setup.case_rules import CaseRules

        return CaseRules(self._scope)

    @property
    def event_configuration(self) -> EventConfiguration:
        """Which case events it sends to EventBridge."""
        from .event_configuration import EventConfiguration

        return EventConfiguration(self._scope)

    @property
    def tags(self) -> Tags:
        """The tags of the domain itself."""
        return Tags(self._scope.caller, self, self._read_arn)

    def case(self, case_id: str) -> Case:
        """The case with this id; no call."""
        from .cases.case import Case

        return Case(self._scope, given_id(case_id, "case"))

    def field(self, field_id: str) -> Field:
        """The field with this id; no call."""
        from .setup.fields import Field

        return Field(self._scope, given_id(field_id, "field"))

    def layout(self, layout_id: str) -> Layout:
        """The layout with this id; no call."""
        from .setup.layouts import Layout

        return Layout(self._scope, given_id(layout_id, "layout"))

    def template(self, template_id: str) -> Template:
        """The template with this id; no call."""
        from .setup.templates import Template

        return Template(self._scope, given_id(template_id, "template"))

    def case_rule(self, case_rule_id: str) -> CaseRule:
        """The case rule with this id; no call."""
        from .setup.case_rules import CaseRule

        return CaseRule(self._scope, given_id(case_rule_id, "case rule"))

    def refresh(self) -> LoadedDomain:
        """Read it; gives it anew, with all there is.

        Raises:
            NotFoundError: there is no such domain.
        """
        return LoadedDomain(self._scope, self._scope.caller.send(GetDomainRequest(domain_id=self._id)))

    def delete(self) -> None:
        """Delete the domain with all that is in it, for good. An instance's association with it stays.

        Raises:
            NotFoundError: there is no such domain.
        """
        self._scope.caller.send(DeleteDomainRequest(domain_id=self._id))

    def forget_names(self) -> None:
        """Forget what is known by name: fields and options, layouts, templates, case rules; no call.

        Each is read anew when it is next needed, without waiting for the kit's ``names_max_age``.
        """
        self._scope.schema.forget()
        for names in (self._scope.layouts, self._scope.templates, self._scope.case_rules):
            names.forget()

    def wait_until_active(self, *, timeout: float = 300.0, interval: float = 5.0) -> LoadedDomain:
        """Wait until the domain can be used; a new one takes a while.

        Args:
            timeout: Seconds to wait at most.
            interval: Most seconds between two looks; the first follow each other more quickly.

        Raises:
            WaitTimeoutError: it isn't active by then.
            WaitError: the service failed to create it.
            NotFoundError: there is no such domain.
        """

        def active() -> LoadedDomain | None:
            domain = self.refresh()
            if domain.status == "CreationFailed":
                raise WaitError(f"domain {self._id} won't become active: the service failed to create it")
            return domain if domain.status == "Active" else None

        return self._scope.caller.wait(
            active, what=f"domain {self._id} to become active", timeout=timeout, interval=interval
        )

    def _read_arn(self) -> str:
        return self.refresh().arn


class ListedDomain(CasesDomain):
    """A Cases domain, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: Scope, listed: DomainSummary | GetDomainResponse) -> None:
        super().__init__(scope, listed.domain_id)
        self._listed = listed

    @property
    def name(self) -> str:
        """Its name, unique in the account."""
        return self._listed.name

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._listed.domain_arn

    def _read_arn(self) -> str:
        return self.arn


class LoadedDomain(ListedDomain):
    """A Cases domain, with all there is to read of it, as it was when it was read."""

    __slots__ = ("_loaded",)

    def __init__(self, scope: Scope, loaded: GetDomainResponse) -> None:
        super().__init__(scope, loaded)
        self._loaded = loaded

    @property
    def status(self) -> DomainStatus:
        """How far setting it up has got: ``Active``, ``CreationInProgress`` or ``CreationFailed``."""
        return self._loaded.domain_status

    @property
    def created_time(self) -> datetime:
        """When it was created."""
        return self._loaded.created_time

    @property
    def tags(self) -> LoadedTags:
        """Its tags as they were, by key; the methods read and change them as they are now."""
        return LoadedTags(self._scope.caller, self, self._read_arn, self._loaded.tags or {})


class Domains(OfAccount):
    """The Cases domains of the account and region: ``kit.domains``."""

    __slots__ = ()

    def create(self, *, name: str) -> ListedDomain:
        """Create a domain; :meth:`CasesDomain.wait_until_active` follows it until it can be used.

        Args:
            name: Its name, unique in the account.

        Raises:
            ConflictError: there is a domain of that name.
            QuotaExceededError: there are as many domains as the account may have.
        """
        made = self._caller.send(CreateDomainRequest(name=name))
        summary = DomainSummary(domain_id=made.domain_id, domain_arn=made.domain_arn, name=name)
        return ListedDomain(Scope.of(self._caller, made.domain_id), summary)

    def ensure(self, *, name: str, timeout: float = 300.0) -> LoadedDomain:
        """The domain of this name, created first if there is none, and active.

        Args:
            name: Its name.
            timeout: Seconds to wait at most until it is active.

        Raises:
            WaitTimeoutError: it isn't active by then.
            WaitError: the service failed to create it.
        """
        return (self.find(name) or self.create(name=name)).wait_until_active(timeout=timeout)

    def get(self, domain: str) -> LoadedDomain:
        """The domain with this id or name.

        Raises:
            UnknownNameError: there is no domain of that name.
            NotFoundError: there is no domain with that id.
        """
        if is_uuid(domain):
            return CasesDomain(Scope.of(self._caller, domain), domain).refresh()
        known = {listed.name: listed for listed in self.list()}
        if domain not in known:
            raise UnknownNameError(kind="domain", name=domain, near=nearest(domain, known))
        return known[domain].refresh()

    def find(self, name: str) -> ListedDomain | None:
        """The domain of this name, or ``None``. Reads pages of ten until it is found."""
        return next((domain for domain in self.list() if domain.name == name), None)

    def list(
        self, *, page_size: int | None = _MOST_A_PAGE, limit: int | None = None, start_token: str | None = None
    ) -> Pager[ListedDomain, ListDomainsResponse]:
        """All domains.

        Args:
            page_size: Most domains a page may hold, at most ten.
            limit: Most domains in all.
            start_token: Token of the page to begin with.
        """
        pager = self._caller.paginate(ListDomainsRequest(), page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedDomain(Scope.of(self._caller, summary.domain_id), summary))
