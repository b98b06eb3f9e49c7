"""What brings an instance's task templates to what files say."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...errors import Fault, FileError, NotFoundError, RequestError
from ...task_definitions.definition import TaskTemplateDefinition
from .._sync import Action, Plan, Sources, Step, find_files, named_twice
from ._files import read_file
from ._writing import check_definition, with_ids

if TYPE_CHECKING:
    from .._instance_scope import InstanceScope
    from .task_template import ListedTaskTemplate, LoadedTaskTemplate
    from .task_templates import TaskTemplates

__all__ = ["plan_sync"]


class _Wanted(NamedTuple):
    """What a file says, with ids in the place of names."""

    path: Path
    definition: TaskTemplateDefinition


def plan_sync(templates: TaskTemplates, scope: InstanceScope, sources: Sources, *, delete: bool) -> Plan:
    """Read the files and the templates that there are, and plan what makes these as those say.

    Raises:
        FileError: with everything that is wrong with the files.
    """
    wanted, faults = _read(scope, sources)
    if not faults:  # nothing is looked up for what is wrong anyway
        wanted = [_with_ids(scope, one, faults) for one in wanted]
    if faults:
        raise FileError(operation="CreateTaskTemplate", faults=faults)
    there: dict[str, list[ListedTaskTemplate]] = {}
    for template in templates.list():
        there.setdefault(template.name, []).append(template)
    steps = [_step(templates, one, there.pop(one.definition.name, []), faults) for one in wanted]
    if faults:
        raise FileError(operation="UpdateTaskTemplate", faults=faults)
    rest = [template for several in there.values() for template in several]
    if delete:
        steps += [Step(Action("delete", template.name), _deletion(template)) for template in rest]
        rest = []
    return Plan("task templates", steps, not_in_files=[template.name for template in rest])


def _read(scope: InstanceScope, sources: Sources) -> tuple[list[_Wanted], list[Fault]]:
    paths, faults = find_files(sources)
    read = [read_file(path) for path in paths]
    wanted: list[_Wanted] = []
    for path, definition, wrong in read:
        found = list(wrong)
        if definition is not None:
            try:
                check_definition(scope, definition)
            except RequestError as error:
                found += error.faults
            wanted.append(_Wanted(path, definition))
        faults += [Fault(f"{path}: {fault.path}" if fault.path else str(path), fault.problem) for fault in found]
    faults += named_twice((file.definition.name, file.path) for file in read if file.definition is not None)
    return wanted, faults


def _with_ids(scope: InstanceScope, wanted: _Wanted, faults: list[Fault]) -> _Wanted:
    path, definition = wanted
    try:
        return _Wanted(path, with_ids(scope, definition, "CreateTaskTemplate"))
    except RequestError as error:
        faults += [Fault(f"{path}: {fault.path}", fault.problem) for fault in error.faults]
        return wanted


def _step(templates: TaskTemplates, wanted: _Wanted, there: list[ListedTaskTemplate], faults: list[Fault]) -> Step:
    path, definition = wanted
    if not there:
        token = str(uuid.uuid4())  # so that a second try creates no second template
        detail = f"{len(definition.fields)} {'field' if len(definition.fields) == 1 else 'fields'}"
        action = Action("create", definition.name, path, detail)
        return Step(action, lambda: templates.create(definition, client_token=token))
    if len(there) > 1:
        faults.append(Fault(str(path), f"several task templates are called {definition.name!r}"))
    present = there[0].refresh()
    if not present.differs_from(definition):
        return Step(Action("unchanged", definition.name, path))
    try:
        before = present.definition()
    except RequestError as error:
        faults += [
            Fault(f"{path}: {fault.path} of the template that there is", fault.problem) for fault in error.faults
        ]
        before = definition
    detail = "; ".join(_differences(before, definition))
    return Step(Action("update", definition.name, path, detail), _replacement(present, definition))


def _replacement(present: LoadedTaskTemplate, definition: TaskTemplateDefinition) -> Callable[[], object]:
    return lambda: present.replace_if_unchanged(definition)


def _deletion(template: ListedTaskTemplate) -> Callable[[], object]:
    def delete() -> None:
        try:
            template.delete()
        except NotFoundError:
            return  # as it should be

    return delete


def _differences(before: TaskTemplateDefinition, after: TaskTemplateDefinition) -> Iterator[str]:
    """What changes, in words."""
    for word in ("description", "status", "contact_flow", "self_assign_flow", "wrap_up_flow"):
        old, new = getattr(before, word), getattr(after, word)
        if old != new:
            yield f"{word} {old} → {new}" if word == "status" else f"{word} {_verb(old, new)}"
    had = {field.name: field for field in before.fields}
    has = {field.name: field for field in after.fields}
    for word, names in (
        ("new", [name for name in has if name not in had]),
        ("changed", [name for name in has if name in had and had[name] != has[name]]),
        ("gone", [name for name in had if name not in has]),
    ):
        if names:
            yield f"{word}: {', '.join(names)}"
    kept = [name for name in has if name in had]
    if kept != [name for name in had if name in has]:
        yield "fields in another order"


def _verb(old: object, new: object) -> str:
    return "added" if old is None else "removed" if new is None else "changed"
