"""Syncing the views of an instance from files in git."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import Fault, FileError, IncompleteError
from .._sync import Action, Plan, Sources, Step, find_files, named_twice
from .files import ViewSource, look_at
from .publishing import Publication, Publisher
from .view import ListedView, LoadedView

if TYPE_CHECKING:
    from .._instance_scope import InstanceScope

__all__ = ["plan_views"]

_OPERATION = "UpdateViewContent"


def plan_views(
    scope: InstanceScope,
    sources: Sources,
    present: Iterable[ListedView],
    *,
    delete: bool,
    version_description: str | None,
) -> Plan:
    """Read the files, and compare them with the views that there are.

    Raises:
        FileError: with everything that is wrong with all the files.
    """
    kept = _read(sources)
    views = {view.name: view for view in present}
    publisher = Publisher(scope, LoadedView)
    steps = [_step(publisher, name, source, views.get(name), version_description) for name, source in kept.items()]
    others = [view for name, view in views.items() if name not in kept]
    if delete:
        steps += [Step(Action("delete", view.name, None, "in no file"), view.delete) for view in others]
    return Plan("views", steps, not_in_files=() if delete else [view.name for view in others])


def _read(sources: Sources) -> Mapping[str, ViewSource]:
    paths, faults = find_files(sources)
    found: list[tuple[str, ViewSource]] = []
    for path in paths:
        source, wrong = look_at(path)
        faults += wrong
        if source is not None:
            found.append((source.called or path.stem, source))
    faults += named_twice((name, source.path or Path(name)) for name, source in found)
    if not faults and not paths:
        faults = [Fault("", "there is none")]
    if faults:
        raise FileError(operation=_OPERATION, faults=faults)
    return dict(found)


def _step(
    publisher: Publisher,
    name: str,
    source: ViewSource,
    view: ListedView | None,
    version_description: str | None,
) -> Step:
    content, description = source.content, source.description
    if view is None:
        return Step(Action("create", name, source.path), _creating(publisher, name, source, version_description))
    standing = publisher.look(view.id, content)
    details = [
        *([standing.changes.summary] if standing.changes else []),
        *(["to be published for the first time"] if standing.published is None else []),
        *(["replaces a draft"] if standing.draft is not None and standing.to_publish else []),
        *(["to get a version"] if not standing.to_publish and standing.newest is None else []),
        *(["description"] if standing.redescribed(description) else []),
    ]
    if not details:
        note = "a draft stays" if standing.draft is not None else ""
        return Step(Action("unchanged", name, source.path, note))

    def update() -> Publication:
        return publisher.update(
            view.id,
            content,
            description=description,
            version_description=version_description,
            expected=standing.expected,
        )

    return Step(Action("update", name, source.path, "; ".join(details)), update)


def _creating(
    publisher: Publisher, name: str, source: ViewSource, version_description: str | None
) -> Callable[[], Publication]:
    """Creates a view; run again after it stopped half-way, it goes on with what it has made."""
    made: list[str] = []

    def create() -> Publication:
        if made:
            return publisher.update(made[0], source.content, version_description=version_description)
        try:
            return publisher.create(
                name,
                source.content,
                description=source.description,
                tags=source.tags,
                version_description=version_description,
            )
        except IncompleteError as error:
            if error.resource is not None:  # the view itself is there, and the plan goes on from it
                made.append(error.resource.id)
            raise

    return create
