"""Task templates on their way to the service: names become ids, everything is checked at once, nothing is lost.

An update replaces the whole template, so what it doesn't change has to be read and sent again: as it was read, to the
last member.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import Fault, RequestError, UnknownNameError
from ...models.connect.task_templates import CreateTaskTemplateRequest, UpdateTaskTemplateRequest
from ...task_definitions.definition import TaskTemplateDefinition
from ...task_definitions.wire import DEFINING, plain_members, read_wire

if TYPE_CHECKING:
    from ...task_definitions.fields import TaskField
    from .._instance_scope import InstanceScope
    from .._names import Names

__all__ = [
    "Changes",
    "check_definition",
    "create_request",
    "essence",
    "refuse_lost",
    "replace_request",
    "update_request",
    "with_ids",
]


_TEXTS = {
    "name": "Name",
    "description": "Description",
    "status": "Status",
    "contact_flow": "ContactFlowId",
    "self_assign_flow": "SelfAssignFlowId",
}
# Where the check of a request finds a fault, and what a definition calls it.
_FIELD = re.compile(r"fields\[(\d+)\]\.(id\.name|type|description|single_select_options)(.*)")
_DEFAULT = re.compile(r"defaults\.default_field_values\[(\d+)\]\.default_value")
_OF_FIELDS = {"id.name": "name", "single_select_options": "options"}
_OF_THE_WHOLE = {
    "contact_flow_id": "contact_flow",
    "self_assign_flow_id": "self_assign_flow",
    "contact_hooks.wrap_up_flow_id": "wrap_up_flow",
}


def create_request(
    scope: InstanceScope, definition: TaskTemplateDefinition, client_token: str | None = None
) -> CreateTaskTemplateRequest:
    """The request that creates a template.

    Raises:
        RequestError: with everything that is wrong.
    """
    token = {} if client_token is None else {"ClientToken": client_token}

    check_definition(scope, definition)
    members = with_ids(scope, definition, "CreateTaskTemplate").to_wire()
    return CreateTaskTemplateRequest.from_wire({"InstanceId": scope.instance_id, **members, **token})


def replace_request(
    scope: InstanceScope, template_id: str, definition: TaskTemplateDefinition
) -> UpdateTaskTemplateRequest:
    """The request that puts a definition in the place of all that a template has.

    Raises:
        RequestError: with everything that is wrong.
    """
    _check(scope, _update(scope, template_id, definition.to_wire()), definition.faults())
    return _update(scope, template_id, with_ids(scope, definition, "UpdateTaskTemplate").to_wire())


def check_definition(scope: InstanceScope, definition: TaskTemplateDefinition) -> None:
    """Refuse a definition that can be known to be wrong without a call.

    Raises:
        RequestError: with everything that is wrong.
    """
    request = CreateTaskTemplateRequest.from_wire({"InstanceId": scope.instance_id, **definition.to_wire()})
    _check(scope, request, definition.faults())


class Changes:
    """What an update is to change: a text that is empty is taken away."""

    def __init__(
        self, texts: Mapping[str, str | None], fields: Iterable[TaskField] | None, wrap_up_flow: str | None
    ) -> None:
        """Take what is given; ``None`` is for what stays."""
        self.texts: dict[str, str] = {word: text for word, text in texts.items() if text is not None}
        self.fields: Sequence[TaskField] | None = None if fields is None else tuple(fields)
        self.wrap_up_flow: str | None = wrap_up_flow

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is to change."""
        return not self.texts and self.fields is None and self.wrap_up_flow is None

    def definition(self) -> TaskTemplateDefinition:
        """What is given, for its names to be looked up."""
        flows = {word: text for word, text in self.texts.items() if word.endswith("_flow")}
        return TaskTemplateDefinition(name="", fields=self.fields or (), **flows)

    def on(self, present: Mapping[str, Any], named: TaskTemplateDefinition) -> dict[str, Any]:
        """The members of a template as they are to be.

        Args:
            present: Its members as they are.
            named: :meth:`definition`, with names or with ids.
        """
        members = dict(present)
        for word, text in self.texts.items():
            members[_TEXTS[word]] = getattr(named, word) if word.endswith("_flow") else text
        if self.fields is not None:
            built = named.to_wire()
            members |= {member: built.get(member) for member in ("Fields", "Constraints", "Defaults")}
        if self.wrap_up_flow is not None:
            members["ContactHooks"] = {**members.get("ContactHooks", {}), "WrapUpFlowId": self.wrap_up_flow or None}
        return {member: value for member, value in plain_members(members).items() if value not in ("", {})}


def update_request(
    scope: InstanceScope, template_id: str, present: Mapping[str, Any], changes: Changes
) -> UpdateTaskTemplateRequest | None:
    """The request that changes something and keeps the rest; ``None`` if nothing would differ.

    What is wrong already, by our rules, doesn't keep anyone from changing something else.

    Raises:
        RequestError: with everything that the changes make wrong.
    """
    given, before = changes.definition(), _faults(present)

    def request(members: Mapping[str, Any]) -> UpdateTaskTemplateRequest:
        return _update(scope, template_id, {member: members[member] for member in DEFINING if member in members})

    wanted = changes.on(present, given)
    if essence(wanted) == essence(present):
        return None
    _check(scope, request(wanted), [fault for fault in _faults(wanted) if fault not in before])
    wanted = changes.on(present, with_ids(scope, given, "UpdateTaskTemplate"))
    return None if essence(wanted) == essence(present) else request(wanted)


def refuse_lost(present: Mapping[str, Any], ignoring: Collection[str], *, fields_too: bool) -> None:
    """Refuse to write over what this version doesn't know.

    Args:
        present: The template as it was read.
        ignoring: Members that may be lost.
        fields_too: Whether fields, constraints and defaults are replaced as well.

    Raises:
        RequestError: with each member that would be lost.
    """
    told = "this version of connectkit doesn't know it, and writing would lose it"
    lost = [
        Fault(path, told + ("" if "." in path else f"; ignoring=[{path!r}] says that it may be"))
        for path in read_wire(present, ignoring=ignoring).unknown
        if "." not in path or (fields_too and path.startswith(("Constraints", "Defaults")))
    ]
    if lost:
        raise RequestError(operation="UpdateTaskTemplate", faults=lost)


def essence(members: Mapping[str, Any]) -> object:
    """What two templates have to have in common to be the same: the order of constraints, for one, doesn't count."""
    told, faults, _ = read_wire(members)
    return plain_members(members) if faults else TaskTemplateDefinition(**told)


def _faults(members: Mapping[str, Any]) -> list[Fault]:
    told, faults, _ = read_wire(members)
    return [*faults, *TaskTemplateDefinition(**told).faults()]


def _update(scope: InstanceScope, template_id: str, members: Mapping[str, Any]) -> UpdateTaskTemplateRequest:
    identity = {"InstanceId": scope.instance_id, "TaskTemplateId": template_id}
    return UpdateTaskTemplateRequest.from_wire({**identity, **members})


def with_ids(scope: InstanceScope, definition: TaskTemplateDefinition, operation: str) -> TaskTemplateDefinition:
    """The definition with ids in the place of names. What are ids or ARNs already is not looked up.

    That the service takes the id of a quick connect for a default is inferred.

    Raises:
        RequestError: with each name that nothing has.
    """
    faults: list[Fault] = []

    def id_of(names: Names, given: str | None, path: str) -> str | None:
        if given is None or given.startswith("arn:"):
            return given and given.rpartition("/")[2]
        try:
            return names.id(given)
        except UnknownNameError as error:
            faults.append(Fault(path, str(error)))
            return given

    named = replace(
        definition,
        contact_flow=id_of(scope.contact_flows, definition.contact_flow, "contact_flow"),
        self_assign_flow=id_of(scope.contact_flows, definition.self_assign_flow, "self_assign_flow"),
        fields=[
            field.with_default(id_of(scope.quick_connects, field.default, f"fields[{field.name!r}].default"))
            if field.type == "QUICK_CONNECT" and field.default
            else field
            for field in definition.fields
        ],
    )
    if faults:
        raise RequestError(operation=operation, faults=faults)
    return named


def _check(
    scope: InstanceScope,
    request: CreateTaskTemplateRequest | UpdateTaskTemplateRequest,
    faults: list[Fault],
) -> None:
    """Refuse a request with all that is wrong with it, under the names that people use."""
    found = list(faults)
    try:
        scope.caller.check(request)
    except RequestError as error:
        known = {fault.path for fault in faults}
        for path, problem in error.faults:
            called = _called(path, request.to_wire())
            if called is not None and called not in known:
                found.append(Fault(called, problem))
    if found:
        raise RequestError(operation=request.operation.name, faults=found)


def _called(path: str, members: Mapping[str, Any]) -> str | None:
    """What a definition calls a member of the request; ``None`` where another path says the same."""
    field, default = _FIELD.fullmatch(path), _DEFAULT.fullmatch(path)
    if field is not None:
        index, word, rest = int(field[1]), _OF_FIELDS.get(field[2], field[2]), field[3]
        named = index if word == "name" else repr(members["Fields"][index]["Id"]["Name"])
        return f"fields[{named}].{word}{rest}"
    if default is not None:
        entry = members["Defaults"]["DefaultFieldValues"][int(default[1])]
        return f"fields[{entry['Id']['Name']!r}].default"
    # A constraint or a default names a field, which has the same name and the same fault.
    return None if path.endswith(".id.name") else _OF_THE_WHOLE.get(path, path)
