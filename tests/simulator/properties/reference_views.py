"""The views of an instance in plain dictionaries, which say what the service answers.

The reference does not know how the service makes a checksum or the schema of a view's input. It knows which contents
are the same, and which names a content takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from .wrong import Wrong

__all__ = ["Content", "ReferenceViews", "Shown", "View"]

INVALID: Final = "InvalidRequestException"
NOT_FOUND: Final = "ResourceNotFoundException"
DUPLICATE: Final = "DuplicateResourceException"


@dataclass(frozen=True)
class Content:
    """A content as a request gives it, with what is true of it."""

    template: str | None
    actions: tuple[str, ...]
    inputs: frozenset[str] = frozenset()
    """The names that the template takes from the view's input."""
    readable: bool = True
    """Whether the template is a JSON object."""
    used: frozenset[str] = frozenset()
    """The actions that the template uses."""

    def may_be(self, status: str) -> bool:
        """Whether a view may have it in this status."""
        complete = self.template is not None and self.used == frozenset(self.actions)
        return self.readable and (status == "SAVED" or complete)


@dataclass
class View:
    """A view. ``saved`` and ``latest`` are a content and its status; ``versions`` are contents and descriptions."""

    id: str
    arn: str
    name: str
    description: str | None
    tags: Mapping[str, str]
    created: datetime
    modified: datetime
    saved: tuple[Content, str]
    latest: tuple[Content, str] | None
    versions: dict[int, tuple[Content, str | None]] = field(default_factory=dict[int, "tuple[Content, str | None]"])
    last: int = 0


@dataclass(frozen=True)
class Shown:
    """What a description of a view shows, as far as the reference can say."""

    view: View
    content: Content
    status: str
    version: int | None
    version_description: str | None


class ReferenceViews:
    """The views that are not AWS's own. Whoever asks says first what time it is, in ``now``."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.views: dict[str, View] = {}

    def check_new(self, name: str, status: str, content: Content) -> None:
        """Refuse what a new view can't be."""
        wrong = set[str]() if content.may_be(status) else {INVALID}
        self._refuse(wrong | ({DUPLICATE} if self._has_name(name) else set()))

    def add(self, identifier: str, arn: str, status: str, content: Content, **members: Any) -> Shown:
        """Add a view that the service has made."""
        latest = (content, status) if status == "PUBLISHED" else None
        self.views[identifier] = View(
            id=identifier,
            arn=arn,
            created=self.now,
            modified=self.now,
            saved=(content, status),
            latest=latest,
            **members,
        )
        return self._alias(self.views[identifier], (content, status))

    def update_content(self, view_id: str, status: str, content: Content) -> Shown:
        """Save a content, and publish it where that is asked for."""
        view = self._whole(view_id)
        self._refuse(set() if content.may_be(status) else {INVALID})
        view.saved, view.modified = (content, status), self.now
        if status == "PUBLISHED":
            view.latest = view.saved
        return self._alias(view, view.saved)

    def update_metadata(self, view_id: str, changes: Mapping[str, str]) -> None:
        """Change the name or the description."""
        view = self._whole(view_id)
        wrong = set[str]() if changes else {INVALID}
        if "Name" in changes and self._has_name(changes["Name"], but=view.id):
            wrong.add(DUPLICATE)
        self._refuse(wrong)
        view.name = changes.get("Name", view.name)
        view.description = changes.get("Description", view.description)

    def describe(self, view_id: str) -> Shown:
        """Show a view as its qualifier has it."""
        view, qualifier = self._split(view_id)
        if qualifier in {"", "$LATEST"}:
            if view.latest is None:
                raise Wrong(INVALID)
            return self._alias(view, view.latest)
        if qualifier == "$SAVED":
            return self._alias(view, view.saved)
        for number, (content, description) in view.versions.items():
            if str(number) == qualifier:
                return Shown(view, content, "PUBLISHED", number, description)
        raise Wrong(NOT_FOUND)

    def create_version(self, view_id: str, description: str | None, *, right_checksum: bool) -> Shown:
        """Number the published content, unless the highest version shows it already."""
        view = self._whole(view_id)
        if view.latest is None or not right_checksum:
            raise Wrong(INVALID)
        highest = max(view.versions, default=None)
        if highest is None or view.versions[highest][0] != view.latest[0]:
            view.last += 1
            highest = view.last
            view.versions[highest] = (view.latest[0], description)
            view.modified = self.now
        content, described = view.versions[highest]
        return Shown(view, content, "PUBLISHED", highest, described)

    def delete_version(self, view_id: str, number: int) -> None:
        """Delete a version; its number is not given again."""
        view = self._whole(view_id)
        if number not in view.versions:
            raise Wrong(NOT_FOUND)
        del view.versions[number]

    def versions(self, view_id: str) -> list[tuple[int, str | None]]:
        """The versions of a view, the highest first."""
        view = self._whole(view_id)
        return [(number, view.versions[number][1]) for number in sorted(view.versions, reverse=True)]

    def delete(self, view_id: str) -> None:
        """Delete a view with all its qualifiers."""
        del self.views[self._whole(view_id).id]

    def listed(self) -> list[View]:
        """The views in the order of their names."""
        return sorted(self.views.values(), key=lambda view: view.name)

    def _alias(self, view: View, seen: tuple[Content, str]) -> Shown:
        return Shown(view, *seen, max(view.versions, default=None), None)

    def _whole(self, view_id: str) -> View:
        view, qualifier = self._split(view_id)
        if qualifier not in {"", "$SAVED", "$LATEST"}:
            raise Wrong(INVALID)
        return view

    def _split(self, view_id: str) -> tuple[View, str]:
        for view in self.views.values():
            for name in (view.id, view.arn):
                if view_id == name or view_id.startswith(f"{name}:"):
                    return view, view_id[len(name) + 1 :]
        raise Wrong(NOT_FOUND)

    def _has_name(self, name: str, *, but: str = "") -> bool:
        return any(view.name == name and view.id != but for view in self.views.values())

    def _refuse(self, codes: Iterable[str]) -> None:
        if codes := set(codes):
            raise Wrong(*codes)
