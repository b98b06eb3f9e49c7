"""Publishing what a view shows: only what has changed, past no other writer, with a version to go back to.

The service has no update that takes a checksum, so a guard can only read and compare just before writing. What is left
open is the time from that DescribeView to the end of UpdateViewContent: whoever publishes in between is overwritten.
CreateViewVersion does take one. It gets that of what was written here, so a number never goes to another's content.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ...errors import ConnectKitError, IncompleteError, InvalidRequestError, NotFoundError, OvertakenError
from ...models.connect.views import (
    CreateViewRequest,
    DescribeViewRequest,
    UpdateViewContentRequest,
    UpdateViewMetadataRequest,
    View as ViewModel,
)
from ._ids import Qualifier, qualified, writable
from .content import ViewContent, content_of
from .diff import ViewDiff
from .versions import ListedViewVersion, ViewVersions

if TYPE_CHECKING:
    from .._instance_scope import InstanceScope
    from .view import LoadedView

__all__ = ["Expected", "Publication", "PublicationOutcome", "Publisher", "Standing"]

PublicationOutcome: TypeAlias = Literal["created", "updated", "unchanged"]
"""What became of a view. ``unchanged``: nothing at all was written."""

_NOTHING = ViewDiff([])


@dataclass(frozen=True)
class Publication:
    """What publishing did."""

    outcome: PublicationOutcome
    """Whether the view was created, updated, or was as it should be already, in which case nothing was written."""
    view: LoadedView
    """The view, with what is published now."""
    version: ListedViewVersion
    """The version that shows it."""
    changes: ViewDiff = field(default_factory=lambda: _NOTHING)
    """What is different from what was published before. Empty for a new view."""
    draft: ViewContent | None = None
    """A draft that somebody had saved and not published, if it shows something else. Publishing content replaces it."""
    content_published: bool = True
    """Whether content was written. Otherwise it was published already."""

    def __str__(self) -> str:
        told = f"{self.outcome} {self.view.name}, version {self.version.number}"
        if self.changes:
            told += f": {self.changes.summary}"
        if self.draft is not None:
            told += f"; a draft that was not published {'is replaced' if self.content_published else 'stays'}"
        return told


class Expected(NamedTuple):
    """How a view was when it was read."""

    checksum: str | None
    """Of what was published; ``None`` if nothing was."""
    modified: datetime | None = None
    """When content was last saved; ``None`` if that isn't to be compared."""


@dataclass(frozen=True)
class Standing:
    """How a view is, beside how it should be."""

    saved: ViewModel
    """What was saved last."""
    published: ViewModel | None
    """What is published; ``None`` if nothing is."""
    draft: ViewContent | None
    """What was saved last, if it is neither what is published nor what should be."""
    changes: ViewDiff
    """From what is published to what should be."""
    newest: ListedViewVersion | None
    """The newest version, if it shows what is published and that is as it should be."""

    @property
    def to_publish(self) -> bool:
        """Whether the content has to be written."""
        return self.published is None or bool(self.changes)

    @property
    def expected(self) -> Expected:
        """That it should still be so when something is written."""
        return Expected(self.saved.view_content_sha256, self.saved.last_modified_time)

    def redescribed(self, description: str | None) -> bool:
        """Whether this description has to be written."""
        return description is not None and description != (self.saved.description or "")


class Publisher:
    """Publishes contents in one instance."""

    def __init__(
        self, scope: InstanceScope, loaded: Callable[[InstanceScope, ViewModel, ViewContent], LoadedView]
    ) -> None:
        """For an instance.

        Args:
            scope: Of the instance.
            loaded: Makes the view of an answer. This module is below that of the views, so it is told.
        """
        self._scope, self._loaded = scope, loaded

    def create(
        self,
        name: str,
        content: ViewContent,
        *,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        version_description: str | None = None,
    ) -> Publication:
        """Create a view, publish it, and make its first version."""
        request = CreateViewRequest(
            instance_id=self._scope.instance_id,
            name=name,
            description=description,
            content=content.to_model(),
            status="PUBLISHED",
            tags=dict(tags) if tags else None,
        )
        made = self._scope.caller.send(request).view or ViewModel()
        view = self._loaded(self._scope, made, content)
        with _going_on(view, done=["create the view"], left=["make a version"]):
            version = self._version(view.id, content, made.view_content_sha256, version_description)
        return Publication("created", view, version)

    def update(
        self,
        view_id: str,
        content: ViewContent,
        *,
        description: str | None = None,
        version_description: str | None = None,
        expected: Expected | None = None,
    ) -> Publication:
        """Publish ``content`` in a view where it isn't published yet, and see that a version shows it."""
        writable(view_id, "UpdateViewContent")
        standing = self.look(view_id, content)
        published, done = standing.published, list[str]()
        if standing.to_publish:
            _hold(view_id, standing, expected)
            published = self._publish(view_id, content)
            done.append("publish the content")
        view = self._loaded(self._scope, published or ViewModel(id=view_id), content)
        redescribe = standing.redescribed(description)
        version = standing.newest
        if version is None:
            left = ["make a version", *(["change the description"] if redescribe else [])]
            with _going_on(view, done=done, left=left):
                version = self._version(view_id, content, view.checksum, version_description)
            done.append("make a version")
        if redescribe and description is not None:
            with _going_on(view, done=done, left=["change the description"]):
                self._redescribe(view_id, description)
            done.append("change the description")
            view = self._loaded(self._scope, _described(published, description), content)
        outcome: PublicationOutcome = "updated" if done else "unchanged"
        return Publication(outcome, view, version, standing.changes, standing.draft, standing.to_publish)

    def look(self, view_id: str, content: ViewContent) -> Standing:
        """Read how a view is, beside ``content``: one read, one more for a draft, two more if it is as it should be."""
        saved, saved_content = self._describe(view_id, "saved")
        published, shown = self._published(view_id, saved, saved_content)
        changes = shown.diff(content) if shown is not None else _NOTHING
        draft = saved_content if saved_content not in (shown, content) else None
        newest = self._newest(view_id, content) if shown is not None and not changes else None
        return Standing(saved, published, draft, changes, newest)

    def _published(
        self, view_id: str, saved: ViewModel, saved_content: ViewContent
    ) -> tuple[ViewModel | None, ViewContent | None]:
        if saved.status == "PUBLISHED":  # publishing saves as well, so they are the same
            return saved, saved_content
        if saved.view_content_sha256 is None:
            return None, None
        return self._describe(view_id, "latest")

    def _newest(self, view_id: str, content: ViewContent) -> ListedViewVersion | None:
        newest = ViewVersions(self._scope, view_id).newest()
        if newest is None:
            return None
        try:
            return newest if newest.content() == content else None
        except NotFoundError:  # deleted in between
            return None

    def _describe(self, view_id: str, qualifier: Qualifier) -> tuple[ViewModel, ViewContent]:
        request = DescribeViewRequest(instance_id=self._scope.instance_id, view_id=qualified(view_id, qualifier))
        answer = self._scope.caller.send(request)
        view = answer.view or ViewModel(id=view_id)
        return view, content_of(view.content, operation="DescribeView", metadata=answer.metadata)

    def _publish(self, view_id: str, content: ViewContent) -> ViewModel:
        request = UpdateViewContentRequest(
            instance_id=self._scope.instance_id, view_id=view_id, status="PUBLISHED", content=content.to_model()
        )
        return self._scope.caller.send(request).view or ViewModel(id=view_id)

    def _version(
        self, view_id: str, content: ViewContent, checksum: str | None, description: str | None
    ) -> ListedViewVersion:
        """Make a version of what was just published, unless another has published since.

        An answer that lacks the checksum is made up for by reading; what is published then has to be ``content``.
        """
        versions = ViewVersions(self._scope, view_id)
        if checksum is None:
            checksum = self._checksum(view_id, content)
        try:
            return versions.create(description=description, expected=checksum)
        except InvalidRequestError as error:
            # The service has one code for all that it refuses, so only reading tells why.
            if self._describe(view_id, "latest")[0].view_content_sha256 != checksum:
                raise _overtaken_by_publishing(view_id) from error
            raise

    def _checksum(self, view_id: str, content: ViewContent) -> str | None:
        model, shown = self._describe(view_id, "latest")
        if shown != content:
            raise _overtaken_by_publishing(view_id)
        return model.view_content_sha256

    def _redescribe(self, view_id: str, description: str) -> None:
        request = UpdateViewMetadataRequest(
            instance_id=self._scope.instance_id, view_id=view_id, description=description
        )
        self._scope.caller.send(request)


def _described(model: ViewModel | None, description: str) -> ViewModel:
    return (model or ViewModel()).model_copy(update={"description": description})


def _hold(view_id: str, standing: Standing, expected: Expected | None) -> None:
    """Stop before anything is overwritten that whoever publishes hasn't seen.

    Raises:
        OvertakenError: something else is published than was read, or a draft was saved since.
    """
    if expected is None:
        return
    if standing.saved.view_content_sha256 != expected.checksum:
        told = "was published by someone else since it was read, and nothing was overwritten; read it again"
        raise OvertakenError(operation="UpdateViewContent", message=f"view {view_id} {told}")
    saved = standing.saved.last_modified_time
    if expected.modified not in (None, saved) and standing.draft is not None:
        told = "was saved since it was read and has a draft, so nothing was overwritten; read it again"
        raise OvertakenError(operation="UpdateViewContent", message=f"view {view_id} {told}")


def _overtaken_by_publishing(view_id: str) -> OvertakenError:
    told = "was published by someone else just after; their content is in use, and got no version here"
    return OvertakenError(operation="CreateViewVersion", message=f"view {view_id} {told}")


@contextmanager
def _going_on(view: LoadedView, *, done: list[str], left: list[str]) -> Generator[None, None, None]:
    """A failure after the first step says what is done. Before it, or when overtaken, it is what it is.

    Raises:
        IncompleteError: something was done before.
    """
    try:
        yield
    except OvertakenError:
        raise
    except ConnectKitError as error:
        if not done:
            raise
        message = f"view {view.name!r}: done: {', '.join(done)}; not done: {', '.join(left)}: {error}"
        right = "publishing the same again does the rest"
        raise IncompleteError(f"{message}; {right}", resource=view, done=done, left=left) from error
