"""Amazon Connect instances: what ``kit.instances`` and ``kit.instance(id)`` give, and the Cases domain of one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from ..errors import NoCasesDomainError, UnknownNameError
from ..models.connect.instances import (
    DescribeInstanceRequest,
    Instance as InstanceModel,
    InstanceStatus,
    InstanceSummary,
    ListInstancesRequest,
    ListInstancesResponse,
)
from ..models.connect.integrations import ListIntegrationAssociationsRequest
from ._base import Identified
from ._collections import OfAccount
from ._instance_scope import InstanceScope
from ._names import is_uuid, nearest

if TYPE_CHECKING:
    from .._caller import Caller
    from ..pagination import Pager
    from .domains import CasesDomain
    from .task_templates.task_template import TaskTemplate
    from .task_templates.task_templates import TaskTemplates
    from .views.view import View
    from .views.views import Views

__all__ = ["Instance", "Instances", "ListedInstance", "LoadedInstance", "instance_id"]

# The most that the service gives: ListInstances says 10, and so does botocore's model.
_MOST_A_PAGE = 10


class Instance(Identified):
    """An Amazon Connect instance, known by its id. ``kit.instance(id_or_arn)`` makes one without a call."""

    __slots__ = ("_scope",)

    kind = "instance"

    def __init__(self, caller: Caller, id_: str) -> None:
        super().__init__(id_)
        self._scope = InstanceScope.of(caller, id_)

    @property
    def task_templates(self) -> TaskTemplates:
        """Its task templates: create, get, list, sync."""
        from .task_templates.task_templates import TaskTemplates

        return TaskTemplates(self._scope)

    def task_template(self, task_template_id: str) -> TaskTemplate:
        """The task template with this id; no call."""
        from .task_templates.task_template import TaskTemplate

        return TaskTemplate(self._scope, task_template_id)

    @property
    def views(self) -> Views:
        """Its views: create, publish from files, get, list, search."""
        from .views.views import Views

        return Views(self._scope)

    def view(self, view: str) -> View:
        """The view with this id or ARN; no call. :meth:`views.get` takes a name as well."""
        from .views._ids import split
        from .views.view import View

        return View(self._scope, split(view)[0])

    def cases_domain(self) -> CasesDomain:
        """The Cases domain that the instance is joined to; one call.

        Raises:
            NoCasesDomainError: it is joined to none.
            NotFoundError: there is no such instance.
        """
        from ._scope import Scope
        from .domains import CasesDomain

        request = ListIntegrationAssociationsRequest(instance_id=self._id, integration_type="CASES_DOMAIN")
        for association in self._scope.caller.paginate(request):
            # The kind was asked for; a service that knows better than to heed it would give others too.
            if association.integration_type == "CASES_DOMAIN" and association.integration_arn:
                domain_id = association.integration_arn.rpartition("/")[2]
                return CasesDomain(Scope.of(self._scope.caller, domain_id), domain_id)
        raise NoCasesDomainError(
            f"instance {self._id} has no Cases domain; Connect's CreateIntegrationAssociation or the console joins one"
        )

    def refresh(self) -> LoadedInstance:
        """Read it; gives it anew, with all there is.

        Raises:
            NotFoundError: there is no such instance.
        """
        described = self._scope.caller.send(DescribeInstanceRequest(instance_id=self._id)).instance
        return LoadedInstance(self._scope.caller, described or InstanceModel(id=self._id))

    def _place(self) -> str:
        return ""  # an id of an instance says it all


class ListedInstance(Instance):
    """An instance, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, caller: Caller, listed: InstanceSummary | InstanceModel) -> None:
        super().__init__(caller, listed.id or "")
        self._listed = listed

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._listed.arn or ""

    @property
    def alias(self) -> str | None:
        """The alias that it goes by; ``None`` for one with a directory of the caller's."""
        return self._listed.instance_alias

    @property
    def status(self) -> InstanceStatus | None:
        """How far setting it up has got: ``ACTIVE``, ``CREATION_IN_PROGRESS`` or ``CREATION_FAILED``."""
        return self._listed.instance_status

    @property
    def created_time(self) -> datetime | None:
        """When it was created."""
        return self._listed.created_time

    @property
    def access_url(self) -> str | None:
        """URL of its admin website."""
        return self._listed.instance_access_url

    def _called(self) -> object:
        return self.alias


class LoadedInstance(ListedInstance):
    """An instance, with all there is to read of it, as it was when it was read."""

    __slots__ = ()

    @property
    def status_reason(self) -> str | None:
        """Why setting it up failed; ``None`` if it didn't."""
        reason = cast("InstanceModel", self._listed).status_reason
        return reason.message if reason is not None else None

    @property
    def tags(self) -> dict[str, str]:
        """Its tags, value by key."""
        return dict(cast("InstanceModel", self._listed).tags or {})


class Instances(OfAccount):
    """The Amazon Connect instances of the account and region: ``kit.instances``."""

    __slots__ = ()

    def get(self, instance: str) -> LoadedInstance:
        """The instance with this id, ARN or alias.

        Raises:
            UnknownNameError: there is no instance of that alias.
            NotFoundError: there is no instance with that id.
        """
        if is_uuid(instance_id(instance)):
            return Instance(self._caller, instance_id(instance)).refresh()
        known = {listed.alias: listed for listed in self.list() if listed.alias is not None}
        if instance not in known:
            raise UnknownNameError(kind="instance", name=instance, near=nearest(instance, known))
        return known[instance].refresh()

    def find(self, alias: str) -> ListedInstance | None:
        """The instance of this alias, or ``None``. Reads pages of ten until it is found."""
        return next((instance for instance in self.list() if instance.alias == alias), None)

    def list(
        self, *, page_size: int | None = _MOST_A_PAGE, limit: int | None = None, start_token: str | None = None
    ) -> Pager[ListedInstance, ListInstancesResponse]:
        """All instances.

        Args:
            page_size: Most instances a page may hold, at most ten.
            limit: Most instances in all.
            start_token: Token of the page to begin with.
        """
        pager = self._caller.paginate(ListInstancesRequest(), page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedInstance(self._caller, summary))


def instance_id(given: str) -> str:
    """The id in an instance's ARN; anything else as it is."""
    return given.rpartition("/")[2] if given.startswith("arn:") else given
