"""A task template of an instance: read it, change it without losing anything, start tasks from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...errors import OvertakenError
from ...models.connect.task_templates import (
    DeleteTaskTemplateRequest,
    GetTaskTemplateRequest,
    GetTaskTemplateResponse,
    TaskTemplateMetadata,
    TaskTemplateStatus,
)
from ...task_definitions.definition import TaskTemplateDefinition
from ...task_definitions.wire import plain_members, read_wire
from .._base import InstanceResource
from ._writing import Changes, essence, refuse_lost, replace_request, update_request

if TYPE_CHECKING:
    from ...task_definitions.fields import TaskField
    from .._instance_scope import InstanceScope
    from ._request import ReferenceInput, TaskFieldInputs

__all__ = ["ListedTaskTemplate", "LoadedTaskTemplate", "TaskTemplate"]


class TaskTemplate(InstanceResource):
    """A task template, known by its id. ``instance.task_template(id)`` makes one without a call."""

    __slots__ = ()

    kind = "task template"

    def refresh(self, *, snapshot_version: str | None = None) -> LoadedTaskTemplate:
        """Read it; gives it anew, with all there is.

        Args:
            snapshot_version: A version that a task was created with, as the task notes it; the present one if left out.

        Raises:
            NotFoundError: there is no such template, or no such version of it.
        """
        return LoadedTaskTemplate(self._scope, self._read(snapshot_version))

    def update(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        status: TaskTemplateStatus | None = None,
        fields: Iterable[TaskField] | None = None,
        contact_flow: str | None = None,
        self_assign_flow: str | None = None,
        wrap_up_flow: str | None = None,
        ignoring: Collection[str] = (),
    ) -> None:
        """Change what is given and keep the rest; an empty text takes something away.

        The service can only replace a template as a whole. So it is read, changed and replaced; where nothing would
        differ, nothing is written.

        A template that was read (:meth:`TaskTemplates.get`, :meth:`refresh`) is compared with what was read then: if
        someone else has changed it since, nothing is written. The service has no guard of its own, so whoever writes in
        the moment between this reading and this writing is overwritten.

        Args:
            name: Its new name.
            description: What it is for.
            status: ``ACTIVE`` or ``INACTIVE``.
            fields: Its fields, with their rules and defaults, instead of those before.
            contact_flow: The flow that its tasks go through, by id, ARN or name.
            self_assign_flow: The flow of tasks that agents give to themselves, by id, ARN or name.
            wrap_up_flow: The flow module for wrapping up, by id.
            ignoring: Members of the template that this version doesn't know and that may be lost.

        Raises:
            OvertakenError: someone else has changed it since it was read. A ConflictError.
            RequestError: with everything that the changes make wrong, or with members that this version doesn't know
                and would lose; nothing was written.
            InvalidRequestError: what only the service can know is wrong: a name is taken, a flow isn't there.
                ``details["PropertyList"]`` says which properties, and why.
            NotFoundError: there is no such template.
        """
        texts: dict[str, str | None] = {"name": name, "description": description, "status": status}
        flows = {"contact_flow": contact_flow, "self_assign_flow": self_assign_flow}
        changes = Changes({**texts, **flows}, fields, wrap_up_flow)
        if not changes.says_nothing:
            present = self._unchanged()
            refuse_lost(present, ignoring, fields_too=fields is not None)
            self._write(update_request(self._scope, self._id, present, changes))

    def replace(self, definition: TaskTemplateDefinition | Mapping[str, Any]) -> None:
        """Put a definition in the place of all there is, whatever that is. Nothing is read, nothing kept.

        Args:
            definition: What the template is to be; a mapping in the form for files or in the API's.

        Raises:
            RequestError: with everything that is wrong; nothing was sent.
            InvalidRequestError: as :meth:`update`.
            NotFoundError: there is no such template.
        """
        self._write(replace_request(self._scope, self._id, as_definition(definition)))

    def activate(self) -> None:
        """Let tasks be created from it. See :meth:`update`."""
        self.update(status="ACTIVE")

    def deactivate(self) -> None:
        """Let no tasks be created from it. See :meth:`update`."""
        self.update(status="INACTIVE")

    def delete(self) -> None:
        """Delete it.

        Raises:
            NotFoundError: there is no such template.
        """
        request = DeleteTaskTemplateRequest(instance_id=self.instance_id, task_template_id=self._id)
        self._scope.caller.send(request)

    def start_task(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        fields: TaskFieldInputs | None = None,
        references: Mapping[str, ReferenceInput] | None = None,
        attributes: Mapping[str, str] | None = None,
        segment_attributes: Mapping[str, str | int] | None = None,
        scheduled_time: datetime | None = None,
        expiry: int | timedelta | None = None,
        previous_contact_id: str | None = None,
        related_contact_id: str | None = None,
        created_by: str | None = None,
        attachments: Mapping[str, str] | None = None,
        client_token: str | None = None,
    ) -> str:
        """Start a task from it; gives the id of the contact. The flow is the template's, which has to be active.

        ::

            template.start_task(name="Parcel lost", fields={"Carrier": "Post", "Amount": 12.5})

        ``fields`` become references of the types that go with them, or name, description, time and expiry. For them
        the template is read, unless it was read already; then values and required fields are checked here.

        Args:
            name: The task's name, if it isn't among ``fields``.
            description: What is to be done.
            fields: Values by the names of the template's fields.
            references: Further references by label; a text is one of type ``STRING``.
            attributes: Contact attributes, for flows; shared by all contacts that follow each other.
            segment_attributes: Attributes of this contact alone.
            scheduled_time: When it is to begin, with a time zone; six days ahead at most. Now if left out.
            expiry: Minutes after which it ends by itself, 129,600 at most.
            previous_contact_id: The contact that it follows; twelve tasks at most follow one.
            related_contact_id: The contact to copy attributes from.
            created_by: ARN of the user who creates it.
            attachments: Presigned S3 URLs by file names; five at most.
            client_token: Makes repeating this harmless, over processes too; made anew for each call if left out.

        Raises:
            RequestError: with everything that is wrong; no task was started.
            InvalidRequestError: the template is inactive, has no flow, or asks for more.
            NotFoundError: there is no such template, or no such contact.
            QuotaExceededError: there are too many tasks.
        """
        from ._request import TaskDetails, task_request

        details = TaskDetails()
        for word, value in (("name", name), ("description", description), ("expiry", expiry)):
            details.take(word, value)
        details.take("scheduled_time", scheduled_time)
        known = self._known_fields(needed=bool(fields))
        details.fill(known or (), fields or {})
        details.refer(references or {})
        request = task_request(
            self.instance_id,
            self._id,
            details,
            fields=known,
            attributes=attributes,
            segment_attributes=segment_attributes,
            created_by=created_by,
            attachments=attachments,
            previous_contact_id=previous_contact_id,
            related_contact_id=related_contact_id,
            client_token=client_token,
        )
        return self._scope.caller.send(request).contact_id or ""

    def apply_to(self, contact_id: str) -> None:
        """Put this template on a task that runs already, and has not reached an agent.

        Args:
            contact_id: The task. Its references have to fit the fields of this template.

        Raises:
            InvalidRequestError: the task's references don't fit: ``details["PropertyList"]`` says which. Or it has
                this template already, is with an agent, has ended, or is no task.
            QuotaExceededError: its template was changed five times.
            NotFoundError: there is no such template, or no such contact.
        """
        from ...models.connect.tasks import UpdateContactTaskTemplateRequest

        self._scope.caller.send(
            UpdateContactTaskTemplateRequest(
                instance_id=self.instance_id, task_template_id=self._id, contact_id=contact_id
            )
        )

    def _read(self, snapshot_version: str | None = None) -> GetTaskTemplateResponse:
        request = GetTaskTemplateRequest(
            instance_id=self.instance_id, task_template_id=self._id, snapshot_version=snapshot_version
        )
        return self._scope.caller.send(request)

    def _known_fields(self, *, needed: bool) -> Sequence[TaskField] | None:
        return self.refresh().fields if needed else None

    def _unchanged(self) -> Mapping[str, Any]:
        """Read it, and refuse it if it isn't as it was known. Nothing is known of it here."""
        return plain_members(self._read().to_wire())

    def _write(self, request: Any) -> None:
        if request is not None:
            self._scope.caller.send(request)


class ListedTaskTemplate(TaskTemplate):
    """A task template, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: InstanceScope, listed: TaskTemplateMetadata | GetTaskTemplateResponse) -> None:
        super().__init__(scope, listed.id or "")
        self._listed = listed

    @property
    def name(self) -> str:
        """Its name, unique in the instance."""
        return self._listed.name or ""

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._listed.arn or ""

    @property
    def description(self) -> str | None:
        """What it is for."""
        return self._listed.description

    @property
    def status(self) -> TaskTemplateStatus | None:
        """Whether tasks can be created from it: ``ACTIVE`` or ``INACTIVE``."""
        return self._listed.status

    @property
    def created_time(self) -> datetime | None:
        """When it was created; ``None`` for what :meth:`TaskTemplates.create` gave, which wasn't told."""
        return self._listed.created_time

    @property
    def last_modified_time(self) -> datetime | None:
        """When it was last changed; ``None`` as :attr:`created_time`."""
        return self._listed.last_modified_time


class LoadedTaskTemplate(ListedTaskTemplate):
    """A task template, with all there is to read of it, as it was when it was read."""

    __slots__ = ("_fields", "_known", "_loaded")

    def __init__(self, scope: InstanceScope, loaded: GetTaskTemplateResponse) -> None:
        super().__init__(scope, loaded)
        self._loaded = loaded
        self._fields: Sequence[TaskField] | None = None
        # As the service has it, as far as we know: own changes don't make anyone an overtaker.
        self._known: Mapping[str, Any] = plain_members(loaded.to_wire())

    @property
    def fields(self) -> Sequence[TaskField]:
        """Its fields, each with its rules and its default."""
        fields = self._fields
        if fields is None:
            fields = self._fields = TaskTemplateDefinition(**read_wire(self._loaded.to_wire()).told).fields
        return fields

    @property
    def contact_flow_id(self) -> str | None:
        """Id of the flow that its tasks go through."""
        return self._loaded.contact_flow_id

    @property
    def self_assign_flow_id(self) -> str | None:
        """Id of the flow of tasks that agents give to themselves."""
        return self._loaded.self_assign_flow_id

    @property
    def wrap_up_flow_id(self) -> str | None:
        """Id of the flow module for wrapping up."""
        hooks = self._loaded.contact_hooks
        return hooks.wrap_up_flow_id if hooks is not None else None

    @property
    def tags(self) -> dict[str, str]:
        """Its tags, value by key."""
        return dict(self._loaded.tags or {})

    def definition(self, *, ignoring: Collection[str] = ()) -> TaskTemplateDefinition:
        """What it is, apart from where: to change it, to create it elsewhere, to write it to a file.

        Args:
            ignoring: Members of the template that this version doesn't know and that are to be left out.

        Raises:
            RequestError: with each member that this version doesn't know, for a definition would lose it.
        """
        return TaskTemplateDefinition.from_wire(self._loaded.to_wire(), ignoring=ignoring)

    def differs_from(self, definition: TaskTemplateDefinition | Mapping[str, Any]) -> bool:
        """Whether it is anything else than this definition; flows may go by their names.

        Raises:
            RequestError: the definition is wrong, with everything that is.
        """
        wanted = replace_request(self._scope, self._id, as_definition(definition))
        return essence(plain_members(wanted.to_wire())) != essence(plain_members(self._loaded.to_wire()))

    def replace_if_unchanged(self, definition: TaskTemplateDefinition | Mapping[str, Any]) -> None:
        """As :meth:`replace`, but only if nobody has changed it since it was read; see :meth:`update`.

        Where it is as the definition says already, nothing is written.

        Raises:
            OvertakenError: someone else has changed it since. Nothing was written.
            RequestError: as :meth:`replace`.
            InvalidRequestError: as :meth:`replace`.
            NotFoundError: as :meth:`replace`.
        """
        request = replace_request(self._scope, self._id, as_definition(definition))
        wanted = plain_members(request.to_wire())
        present = plain_members(self._read().to_wire())
        if essence(present) != essence(wanted):
            self._refuse_others(present)
            self._write(request)

    def _known_fields(self, *, needed: bool) -> Sequence[TaskField]:
        del needed
        return self.fields

    def _unchanged(self) -> Mapping[str, Any]:
        present = super()._unchanged()
        self._refuse_others(present)
        return present

    def _refuse_others(self, present: Mapping[str, Any]) -> None:
        if essence(present) != essence(self._known):
            message = f"someone else has changed task template {self.name!r} since it was read; nothing was written"
            raise OvertakenError(operation="UpdateTaskTemplate", message=message)

    def _write(self, request: Any) -> None:
        super()._write(request)
        if request is not None:
            self._known = plain_members(request.to_wire())


def as_definition(given: TaskTemplateDefinition | Mapping[str, Any]) -> TaskTemplateDefinition:
    """A definition, whichever way it is given.

    Raises:
        RequestError: it can't be read, with everything that is wrong.
    """
    return given if isinstance(given, TaskTemplateDefinition) else TaskTemplateDefinition.from_document(given)
