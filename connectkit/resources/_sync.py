"""Bringing an instance to what files say: find the files, make a plan that a person can read, carry it out.

It knows neither views nor task templates. Whoever syncs reads files and the present state, and makes a :class:`Step` of
each thing: what is to be done, and the function that does it.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, cast

from ..errors import BatchError, ConnectKitError, Fault
from ._batches import Batch

__all__ = ["Action", "ActionKind", "Plan", "Sources", "Step", "SyncResult", "find_files", "named_twice"]

ActionKind: TypeAlias = Literal["create", "update", "unchanged", "delete"]
"""What a sync does with one thing."""

Sources: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"
"""Files: a path, a pattern such as ``"views/*.json"`` or ``"views/**/*.json"``, or several of either."""

_PAST = {"create": "created", "update": "updated", "delete": "deleted"}


@dataclass(frozen=True)
class Action:
    """What is to be done with one thing, or was."""

    kind: ActionKind
    """``create``, ``update``, ``unchanged`` or ``delete``."""
    name: str
    """The name of the thing."""
    source: Path | None = None
    """The file that says so; ``None`` where no file has that name."""
    detail: str = ""
    """What changes, in a line."""

    def __str__(self) -> str:
        return "  ".join(part for part in (f"{self.kind} {self.name}", str(self.source or ""), self.detail) if part)


class Step(NamedTuple):
    """An action, and how it is done."""

    action: Action
    run: Callable[[], object] | None = None
    """Does it; ``None`` where there is nothing to do. It has to come out right if it is run again after a failure."""


@dataclass(frozen=True)
class SyncResult(Batch):
    """What a sync did."""

    succeeded: tuple[Action, ...]
    """What was done, in that order."""
    unchanged: tuple[Action, ...] = ()
    """What was as its file says."""
    failed: tuple[Action, ...] = ()
    """What failed; one, for nothing is done after it."""
    left: tuple[Action, ...] = ()
    """What wasn't come to."""
    results: Mapping[str, object] = field(default_factory=dict[str, object])
    """What each action gave, by the name of the thing."""

    def __str__(self) -> str:
        lines = [f"{_PAST.get(action.kind, action.kind)} {action.name}" for action in self.succeeded]
        lines += [f"failed to {action.kind} {action.name}" for action in self.failed]
        lines += [f"left to {action.kind} {action.name}" for action in self.left]
        return "\n".join([*lines, f"{len(self.unchanged)} unchanged"])


class Plan:
    """What a sync would do. Nothing is written before :meth:`apply`; ``print(plan)`` shows it."""

    def __init__(self, what: str, steps: Iterable[Step], *, not_in_files: Iterable[str] = ()) -> None:
        """Plan the steps; ``sync()`` makes it.

        Args:
            what: What is synced, for errors: ``"views"``.
            steps: What is to be done with each thing. Those that delete come last.
            not_in_files: Names of the things that are in no file, and stay.
        """
        self._what = what
        self._steps = sorted(steps, key=lambda step: (step.action.kind == "delete", step.action.name))
        self._not_in_files = tuple(sorted(not_in_files))
        self._done: list[Action] = []
        self._results: dict[str, object] = {}

    @property
    def actions(self) -> list[Action]:
        """What is to be done with everything, in that order; what is unchanged as well."""
        return [step.action for step in self._steps]

    @property
    def changes(self) -> list[Action]:
        """What is to be written, in that order; empty if nothing is."""
        return [action for action in self.actions if action.kind != "unchanged"]

    @property
    def not_in_files(self) -> tuple[str, ...]:
        """Names of the things that are in no file, and stay as they are."""
        return self._not_in_files

    def apply(self) -> SyncResult:
        """Do it, one after the other.

        After a failure it may be called again: it goes on with what isn't done yet. So does a new sync.

        Raises:
            BatchError: one of the actions failed: ``result`` is the :class:`SyncResult` so far, ``done`` and ``left``
                say in words which are done and which are not, and the ``__cause__`` is the failure.
        """
        for action, run in self._steps:
            if run is None or action in self._done:
                continue
            try:
                self._results[action.name] = run()
            except ConnectKitError as error:
                raise self._stopped(action, error) from error
            self._done.append(action)
        return self._result()

    def __str__(self) -> str:
        actions = self.actions
        kinds = max((len(action.kind) for action in actions), default=0)
        names = max((len(action.name) for action in actions), default=0)
        files = max((len(str(action.source or "")) for action in actions), default=0)
        lines: list[str] = []
        for action in actions:
            source = str(action.source or "")
            line = f"{action.kind:<{kinds}}  {action.name:<{names}}  {source:<{files}}  {action.detail}"
            lines.append(line.rstrip())
        return "\n".join([*lines, self._totals()])

    def __repr__(self) -> str:
        return f"<Plan for {self._what}: {self._totals()}>"

    def _totals(self) -> str:
        kinds = [action.kind for action in self.actions]
        counted = [(kind, kinds.count(kind)) for kind in ("create", "update", "delete")]
        told = [f"{count} to {kind}" for kind, count in counted if count] or ["nothing to do"]
        told += [f"{count} unchanged" for count in [kinds.count("unchanged")] if count]
        return ", ".join([*told, *([f"{len(self._not_in_files)} in no file"] if self._not_in_files else [])])

    def _result(self, failed: Sequence[Action] = ()) -> SyncResult:
        unchanged = tuple(action for action in self.actions if action.kind == "unchanged")
        left = tuple(action for action in self.changes if action not in self._done and action not in failed)
        return SyncResult(tuple(self._done), unchanged, tuple(failed), left, dict(self._results))

    def _stopped(self, at: Action, error: ConnectKitError) -> BatchError:
        left = [action for action in self.changes if action not in self._done]
        counted = f"{len(self._done)} of {len(self.changes)} done"
        return BatchError(
            f"syncing {self._what} stopped, {counted}: to {at.kind} {at.name!r} failed: {error}",
            result=self._result([at]),
            done=[f"{action.kind} {action.name}" for action in self._done],
            left=[f"{action.kind} {action.name}" for action in left],
        )


def find_files(sources: Sources) -> tuple[list[Path], list[Fault]]:
    """The files that are meant, sorted, each once; and what is wrong with what was said of them."""
    found: dict[Path, None] = {}
    faults: list[Fault] = []
    for source in _each(sources):
        told = os.fspath(source)
        if not isinstance(cast("object", told), str):
            raise TypeError(f"a file is named by a str or a path, not by {type(told).__name__} {told!r}")
        paths, problem = _files(os.path.expanduser(told))  # noqa: PTH111 - a pattern is no path yet
        found.update(dict.fromkeys(paths))
        if problem:
            faults.append(Fault(told, problem))
    return sorted(found), faults


def named_twice(named: Iterable[tuple[str, Path]]) -> list[Fault]:
    """A fault for each file whose name another has as well."""
    first: dict[str, Path] = {}
    faults: list[Fault] = []
    for name, path in named:
        if first.setdefault(name, path) != path:
            faults.append(Fault(str(path), f"is called {name!r}, as {first[name]} is: a name is for one file"))
    return faults


def _each(sources: Sources) -> list[str | os.PathLike[str]]:
    return [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)


def _files(told: str) -> tuple[list[Path], str]:
    path = Path(told)
    if path.is_file():  # before it is read as a pattern: a name may have brackets in it
        return [path], ""
    if path.is_dir():
        return [], "is a directory; say which of its files, with a pattern that ends like theirs: *.json"
    if not glob.has_magic(told):
        return [], "there is no such file"
    paths = [path for path in map(Path, glob.glob(told, recursive=True)) if path.is_file()]  # noqa: PTH207 - absolute ones too
    return paths, "" if paths else "no file is like that"
