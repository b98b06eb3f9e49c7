"""Case templates: a layout, the fields that a case needs, and the rules that it follows, all by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ...models.connectcases.templates import (
    CreateTemplateRequest,
    DeleteTemplateRequest,
    GetTemplateRequest,
    GetTemplateResponse,
    ListTemplatesRequest,
    ListTemplatesResponse,
    TemplateStatus,
    TemplateSummary,
    UpdateTemplateRequest,
)
from .._base import Resource
from .._collections import OfDomain
from .._loaded import Loaded
from .._names import MOST_LISTED
from ..tags import Tags
from ._template_settings import AppliedRule, RuleInput, TemplateSettings, propagated, read, resolved

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._scope import Scope
    from ..schema import FieldName
    from ._resolving import LayoutName

__all__ = ["AppliedRule", "ListedTemplate", "LoadedTemplate", "RuleInput", "Template", "TemplateSettings", "Templates"]


class Template(Resource):
    """A template, known by its id. ``domain.template(id)`` makes one without a call."""

    __slots__ = ()

    kind = "template"

    @property
    def tags(self) -> Tags:
        """The tags of the template itself."""
        return Tags(self._scope.caller, self, self._read_arn)

    def update(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        layout: LayoutName | None = None,
        required_fields: Iterable[FieldName] | None = None,
        rules: Iterable[RuleInput] | None = None,
        status: TemplateStatus | None = None,
        tag_propagation: Mapping[str, str] | None = None,
    ) -> None:
        """Change what is given; nothing given, no call. Cases that were created from it stay as they are.

        Args:
            name: Its new name.
            description: What it is for.
            layout: The layout of its cases, by name or id. It can't be taken away, only replaced.
            required_fields: Fields that a new case needs a value for, instead of those before; an empty list for none.
            rules: Case rules, instead of those before; an empty list for none.
            status: Whether new cases can be created from it: ``Active`` or ``Inactive``.
            tag_propagation: Tags that cases created from it get, instead of those before; an empty mapping for none.

        Raises:
            RequestError: with every name that nothing has, and every field that is there twice; nothing was sent.
            ConflictError: another template has that name.
            InvalidRequestError: the template is deleted, or a rule lacks the field that it is to act upon.
            NotFoundError: there is no such template.
        """
        settings = resolved(
            self._scope,
            "UpdateTemplate",
            description=description,
            layout=layout,
            required_fields=required_fields,
            rules=rules,
            status=status,
            tag_propagation=tag_propagation,
        )
        _update(self, self._scope, name, settings)

    def activate(self) -> None:
        """Let new cases be created from it."""
        self.update(status="Active")

    def deactivate(self) -> None:
        """Let no new cases be created from it; those that there are stay."""
        self.update(status="Inactive")

    def delete(self) -> None:
        """Delete the template; :meth:`Templates.get` still reads it by its id.

        Raises:
            NotFoundError: there is no such template.
        """
        self._scope.caller.send(DeleteTemplateRequest(domain_id=self.domain_id, template_id=self._id))
        self._scope.templates.forget()

    def refresh(self) -> LoadedTemplate:
        """Read it; gives it anew, with all there is. A deleted one too.

        Raises:
            NotFoundError: there is no such template.
        """
        request = GetTemplateRequest(domain_id=self.domain_id, template_id=self._id)
        return LoadedTemplate(self._scope, self._scope.caller.send(request))

    def _read_arn(self) -> str:
        return self.refresh().arn


class ListedTemplate(Template):
    """A template, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: Scope, listed: TemplateSummary | GetTemplateResponse) -> None:
        super().__init__(scope, listed.template_id)
        self._listed = listed

    @property
    def name(self) -> str:
        """Its name, unique in the domain."""
        return self._listed.name

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._listed.template_arn

    @property
    def status(self) -> TemplateStatus:
        """Whether new cases can be created from it: ``Active`` or ``Inactive``."""
        return self._listed.status

    @property
    def tag_propagation(self) -> dict[str, str]:
        """Tags that cases created from it get, value by key."""
        return propagated(self._listed.tag_propagation_configurations)

    def _read_arn(self) -> str:
        return self.arn


class LoadedTemplate(Loaded, ListedTemplate):
    """A template, with all there is to read of it, as it was when it was read. Deleted fields aren't in it any more."""

    __slots__ = ("_loaded",)

    def __init__(self, scope: Scope, loaded: GetTemplateResponse) -> None:
        super().__init__(scope, loaded)
        self._loaded = loaded

    @property
    def description(self) -> str | None:
        """What it is for."""
        return self._loaded.description

    @property
    def settings(self) -> TemplateSettings:
        """What it says of its cases, as :meth:`Templates.ensure` compares it."""
        return read(self._loaded)

    @property
    def layout_id(self) -> str | None:
        """Id of the layout of its cases, if it has one."""
        return self.settings.layout_id

    @property
    def required_field_ids(self) -> tuple[str, ...]:
        """Ids of the fields that a new case needs a value for."""
        return self.settings.required_field_ids or ()

    @property
    def rules(self) -> tuple[AppliedRule, ...]:
        """Its case rules, with the field that each acts upon."""
        return self.settings.rules or ()

    def required_field_names(self) -> list[str]:
        """What people call the fields that a new case needs. The fields are read, if they weren't before."""
        schema = self._scope.schema.load()
        return [schema.name(field) for field in self.required_field_ids]

    def _read(self) -> GetTemplateResponse:
        return self._loaded


class Templates(OfDomain):
    """The case templates of a domain: ``domain.templates``."""

    __slots__ = ()

    def create(
        self,
        *,
        name: str,
        description: str | None = None,
        layout: LayoutName | None = None,
        required_fields: Iterable[FieldName] | None = None,
        rules: Iterable[RuleInput] | None = None,
        status: TemplateStatus | None = None,
        tag_propagation: Mapping[str, str] | None = None,
    ) -> ListedTemplate:
        """Create a template.

        ::

            domain.templates.create(
                name="Refund", layout="Refund", required_fields=["Priority"], rules=[("Amount needed", "Amount")]
            )

        Args:
            name: Its name, unique in the domain.
            description: What it is for.
            layout: The layout of its cases, by name or id.
            required_fields: Fields that a new case needs a value for.
            rules: Case rules; a required or hidden one in a pair with the field that it acts upon.
            status: Whether cases can be created from it: ``Active``, unless it is said otherwise, or ``Inactive``.
            tag_propagation: Tags that cases created from it get, value by key.

        Raises:
            RequestError: with every name that nothing has, and every field that is there twice; nothing was sent.
            ConflictError: there is a template of that name.
            InvalidRequestError: a rule lacks the field that it is to act upon.
            QuotaExceededError: there are as many templates as the domain may have.
        """
        settings = resolved(
            self._scope,
            "CreateTemplate",
            description=description,
            layout=layout,
            required_fields=required_fields,
            rules=rules,
            status=status,
            tag_propagation=tag_propagation,
        )
        return self._create(name, settings)

    def ensure(
        self,
        *,
        name: str,
        description: str | None = None,
        layout: LayoutName | None = None,
        required_fields: Iterable[FieldName] | None = None,
        rules: Iterable[RuleInput] | None = None,
        status: TemplateStatus | None = None,
        tag_propagation: Mapping[str, str] | None = None,
    ) -> LoadedTemplate:
        """The template of this name, created first if there is none, and as it is described here.

        What is left out stays as it is. Where nothing differs, nothing is written. In which order the required fields
        and the rules are makes no difference.

        Args:
            name: Its name.
            description: What it is for.
            layout: The layout of its cases.
            required_fields: Fields that a new case needs a value for, and no others.
            rules: Case rules, and no others.
            status: ``Active`` or ``Inactive``.
            tag_propagation: Tags that cases created from it get, and no others.

        Raises:
            RequestError: as :meth:`create`.
            InvalidRequestError: as :meth:`create`.
        """
        wanted = resolved(
            self._scope,
            "CreateTemplate",
            description=description,
            layout=layout,
            required_fields=required_fields,
            rules=rules,
            status=status,
            tag_propagation=tag_propagation,
        )
        found = self.find(name)
        if found is None:
            return self._create(name, wanted).refresh()
        present = found.refresh()
        changes = wanted.differing(present.settings)
        if changes.says_nothing:
            return present
        _update(present, self._scope, None, changes)
        return present.refresh()

    def get(self, template: str) -> LoadedTemplate:
        """The template with this id or name. By its id a deleted one too.

        Raises:
            UnknownNameError: there is no template of that name.
            NotFoundError: there is no template with that id.
        """
        return Template(self._scope, self._scope.templates.id(template)).refresh()

    def find(self, name: str) -> ListedTemplate | None:
        """The template of this name, or ``None``. Reads pages of 100 until it is found."""
        return next((template for template in self.list() if template.name == name), None)

    def list(
        self,
        *,
        status: TemplateStatus | None = None,
        page_size: int | None = MOST_LISTED,
        limit: int | None = None,
        start_token: str | None = None,
    ) -> Pager[ListedTemplate, ListTemplatesResponse]:
        """All templates that aren't deleted.

        Args:
            status: Those of this status alone.
            page_size: Most templates a page may hold, at most 100.
            limit: Most templates in all.
            start_token: Token of the page to begin with.
        """
        request = ListTemplatesRequest(domain_id=self._scope.domain_id, status=None if status is None else [status])
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedTemplate(self._scope, summary))

    def _create(self, name: str, settings: TemplateSettings) -> ListedTemplate:
        members = settings.members()
        made = self._scope.caller.send(CreateTemplateRequest(domain_id=self._scope.domain_id, name=name, **members))
        self._scope.templates.forget()
        summary = TemplateSummary(
            template_id=made.template_id,
            template_arn=made.template_arn,
            name=name,
            # Inferred: what a template is that was created without a word about it.
            status=settings.status or "Active",
            tag_propagation_configurations=members["tag_propagation_configurations"],
        )
        return ListedTemplate(self._scope, summary)


def _update(template: Template, scope: Scope, name: str | None, settings: TemplateSettings) -> None:
    if name is None and settings.says_nothing:
        return
    scope.caller.send(
        UpdateTemplateRequest(domain_id=scope.domain_id, template_id=template.id, name=name, **settings.members())
    )
    scope.templates.forget()
