"""The task templates of an instance: ``instance.task_templates``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UnknownNameError
from ...models.connect.task_templates import (
    ListTaskTemplatesRequest,
    ListTaskTemplatesResponse,
    TaskTemplateMetadata,
    TaskTemplateStatus,
)
from ...task_definitions.definition import TaskTemplateDefinition
from .._collections import OfInstance
from .._names import is_uuid, nearest
from ._writing import create_request
from .task_template import ListedTaskTemplate, LoadedTaskTemplate, TaskTemplate, as_definition

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._sync import Plan, Sources

__all__ = ["TaskTemplates"]


class TaskTemplates(OfInstance):
    """The task templates of an instance: ``instance.task_templates``."""

    __slots__ = ()

    def create(
        self, definition: TaskTemplateDefinition | Mapping[str, Any], *, client_token: str | None = None
    ) -> ListedTaskTemplate:
        """Create a task template.

        ::

            instance.task_templates.create(
                TaskTemplateDefinition(
                    name="Refund",
                    contact_flow="Refund tasks",
                    fields=[NameField("Task name"), NumberField("Amount", required=True)],
                )
            )

        Args:
            definition: What it is to be; a mapping in the form for files or in the API's.
            client_token: Makes repeating this harmless, over processes too; made anew for each call if left out.

        Raises:
            RequestError: with everything that is wrong; nothing was sent.
            InvalidRequestError: what only the service can know is wrong: the name is taken, a flow isn't there.
                ``details["PropertyList"]`` says which properties, and why.
            QuotaExceededError: there are as many templates as the instance may have, or fields as a template may have.
        """
        wanted = as_definition(definition)
        made = self._scope.caller.send(create_request(self._scope, wanted, client_token))
        told = {"Name": wanted.name, "Description": wanted.description, "Status": wanted.status}
        return ListedTaskTemplate(self._scope, TaskTemplateMetadata.from_wire({"Id": made.id, "Arn": made.arn, **told}))

    def ensure(self, definition: TaskTemplateDefinition | Mapping[str, Any]) -> LoadedTaskTemplate:
        """The template of this name, created first if there is none, and exactly as it is described here.

        Where nothing differs, nothing is written. The order of constraints and defaults makes no difference.

        Args:
            definition: What it is to be; a mapping in the form for files or in the API's.

        Raises:
            RequestError: as :meth:`create`.
            InvalidRequestError: as :meth:`create`.
            OvertakenError: someone else changed it while this compared it.
        """
        wanted = as_definition(definition)
        found = self.find(wanted.name)
        if found is None:
            return self.create(wanted).refresh()
        present = found.refresh()
        if present.differs_from(wanted):
            present.replace_if_unchanged(wanted)
            return present.refresh()
        return present

    def sync(self, files: Sources, *, delete: bool = False) -> Plan:
        """Plan what makes the templates as files say: reads them and what there is, and writes nothing.

        ::

            plan = instance.task_templates.sync("tasks/*.yaml")
            print(plan)
            plan.apply()

        A file holds one template, in the form for files or in the API's: JSON or, with ``connectkit[yaml]``, YAML.
        Its ``name`` says which template it is, or else the name of the file. The file says everything: what it leaves
        out, the template won't have.

        Carrying out the plan refuses to overwrite what someone else changed meanwhile; see :meth:`TaskTemplate.update`.

        Args:
            files: A path or a pattern, or several.
            delete: Delete the templates that are in none of the files. Otherwise they stay.

        Raises:
            FileError: with everything that is wrong with the files.
        """
        from ._sync import plan_sync

        return plan_sync(self, self._scope, files, delete=delete)

    def get(self, template: str) -> LoadedTaskTemplate:
        """The template with this id, ARN or name.

        Raises:
            UnknownNameError: there is no template of that name, or there are several.
            NotFoundError: there is no template with that id.
        """
        id_ = template.rpartition("/")[2] if template.startswith("arn:") else template
        if is_uuid(id_) or id_ != template:
            return TaskTemplate(self._scope, id_).refresh()
        listed = self.list().all()
        found = [one for one in listed if one.name == template]
        if len(found) == 1:
            return found[0].refresh()
        names = [one.name for one in listed]
        raise UnknownNameError(
            kind="task template",
            name=template,
            near=nearest(template, names),
            where=f"instance {self._scope.instance_id}",
            several=[one.id for one in found],
        )

    def find(self, name: str) -> ListedTaskTemplate | None:
        """The template of this name, or ``None``; one call."""
        return next((template for template in self.list(name=name) if template.name == name), None)

    def list(
        self, *, name: str | None = None, status: TaskTemplateStatus | None = None, limit: int | None = None
    ) -> Pager[ListedTaskTemplate, ListTaskTemplatesResponse]:
        """All task templates. The service gives them on one page, however many.

        Args:
            name: Those of this name alone.
            status: Those of this status alone: ``ACTIVE`` or ``INACTIVE``.
            limit: Most templates in all.
        """
        request = ListTaskTemplatesRequest(instance_id=self._scope.instance_id, name=name, status=status)
        pager = self._scope.caller.paginate(request, limit=limit)
        return pager.map(lambda listed: ListedTaskTemplate(self._scope, listed))
