"""One view: its content, its drafts, versions and publications."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from ...errors import Fault, RequestError
from ...models.connect.views import (
    DeleteViewRequest,
    DescribeViewRequest,
    UpdateViewContentRequest,
    UpdateViewMetadataRequest,
    View as ViewModel,
    ViewStatus,
    ViewSummary,
    ViewType,
)
from .._base import InstanceResource
from ._ids import Qualifier, bare, is_managed, qualified, writable
from .content import ContentInput, ViewContent, content_of
from .files import look_at, read_source
from .publishing import Expected, Publication, Publisher
from .versions import ViewVersion, ViewVersions

if TYPE_CHECKING:
    from .._instance_scope import InstanceScope
    from .diff import ViewDiff

__all__ = ["ListedView", "LoadedView", "View"]


class View(InstanceResource):
    """A view, known by its id. ``instance.view(id_or_arn)`` makes one without a call."""

    __slots__ = ()

    kind = "view"

    @property
    def id(self) -> str:
        """Its id, a UUID; for a view of AWS's its ARN, by which such a view is called."""
        return self._id

    @property
    def is_managed(self) -> bool:
        """Whether it is a view of AWS's, which can be read and not changed."""
        return is_managed(self._id)

    @property
    def versions(self) -> ViewVersions:
        """Its numbered versions."""
        return ViewVersions(self._scope, self._id)

    def version(self, number: int) -> ViewVersion:
        """The version with this number; no call."""
        return ViewVersion(self._scope, self._id, number)

    def update(self, *, name: str | None = None, description: str | None = None) -> None:
        """Change its name, its description, or both. Its content is another thing: :meth:`update_content`.

        Args:
            name: Its new name, unique in the instance.
            description: What it is for. Once there is one, the service has no way to take it off.

        Raises:
            RequestError: neither was given, or the view is one of AWS's.
            ConflictError: another view has that name.
            NotFoundError: there is no such view.
        """
        writable(self._id, "UpdateViewMetadata")
        if name is None and description is None:
            faults = [Fault("", "name or description has to be given; content goes to update_content")]
            raise RequestError(operation="UpdateViewMetadata", faults=faults)
        self._scope.caller.send(
            UpdateViewMetadataRequest(
                instance_id=self.instance_id, view_id=self._id, name=name, description=description
            )
        )

    def update_content(
        self, content: ContentInput, *, actions: Iterable[str] | None = None, publish: bool = True
    ) -> LoadedView:
        """Replace what it shows, whatever that is now. :meth:`publish` looks first, and makes a version.

        Args:
            content: The new content, see :data:`ContentInput`.
            actions: What agents can do; if left out, as the envelope says or else what the template uses.
            publish: Whether it is used at once. If not, it is saved as a draft, and what is published stays.

        Returns:
            The view with its new content.

        Raises:
            RequestError: with everything that is wrong with the content, or the view is one of AWS's.
            InvalidRequestError: the service refuses the content.
            NotFoundError: there is no such view.
        """
        writable(self._id, "UpdateViewContent")
        source = read_source(content, operation="UpdateViewContent", actions=actions, publish=publish)
        request = UpdateViewContentRequest(
            instance_id=self.instance_id,
            view_id=self._id,
            status="PUBLISHED" if publish else "SAVED",
            content=source.content.to_model(),
        )
        answer = self._scope.caller.send(request)
        updated = answer.view or ViewModel(id=self._id)
        return LoadedView(
            self._scope,
            updated,
            content_of(updated.content, operation="UpdateViewContent", metadata=answer.metadata),
        )

    def publish(
        self,
        content: ContentInput,
        *,
        actions: Iterable[str] | None = None,
        version_description: str | None = None,
        expected: str | None = None,
    ) -> Publication:
        """Publish ``content`` where it isn't published yet, and make a version of it.

        If it is published and the newest version shows it, nothing is written. After a failure half-way it may be
        called again, and does the rest.

        Args:
            content: What the view is to show, see :data:`ContentInput`; a name and the like are passed over.
            actions: What agents can do; if left out, as the envelope says or else what the template uses.
            version_description: What is special about the version.
            expected: Checksum of what was published when the caller read it (``view.checksum``). It is compared just
                before writing. The service offers no more than that: whoever publishes between that reading and the
                end of the writing is overwritten, though a version never shows another's content.

        Raises:
            RequestError: with everything that is wrong with the content, or the view is one of AWS's.
            OvertakenError: a ConflictError: someone else has published in between, and nothing was overwritten.
            IncompleteError: the content is published, but making the version failed.
            InvalidRequestError: the service refuses the content.
            NotFoundError: there is no such view.
        """
        source = read_source(content, operation="UpdateViewContent", actions=actions)
        return self._publish(source.content, version_description, self._expected(expected))

    def rollback(
        self, *, to: int | ViewVersion, version_description: str | None = None, expected: str | None = None
    ) -> Publication:
        """Publish again what an earlier version shows, as a new version.

        Args:
            to: The version to go back to, or its number.
            version_description: What is special about the new version; if left out, which one it goes back to.
            expected: As for :meth:`publish`.

        Raises:
            RequestError: the view is one of AWS's.
            OvertakenError: a ConflictError: someone else has published in between, and nothing was overwritten.
            IncompleteError: the content is published, but making the version failed.
            NotFoundError: there is no such view, or no such version of it.
        """
        writable(self._id, "UpdateViewContent")
        version = self.version(to) if isinstance(to, int) else to
        if version.view_id != self._id or version.instance_id != self.instance_id:
            fault = Fault("to", f"is a version of view {version.view_id}, and this is view {self._id}")
            raise RequestError(operation="UpdateViewContent", faults=[fault])
        described = version_description or f"Back to version {version.number}"
        return self._publish(version.content(), described, self._expected(expected))

    def delete(self) -> None:
        """Delete it: what is published, its draft and every version.

        Raises:
            RequestError: it is one of AWS's.
            ConflictError: it is in use.
            NotFoundError: there is no such view.
        """
        writable(self._id, "DeleteView")
        self._scope.caller.send(DeleteViewRequest(instance_id=self.instance_id, view_id=self._id))

    def refresh(self, qualifier: Qualifier | None = None) -> LoadedView:
        """Read it; gives it anew, with all there is.

        Args:
            qualifier: Which content: ``"latest"``, what is published; ``"saved"``, what was saved last; or the number
                of a version. If left out, what is published, or version 1 of a view of AWS's.

        Raises:
            InvalidRequestError: nothing is published; ``"saved"`` reads the draft.
            NotFoundError: there is no such view, or no such version of it.
            ValueError: there is no such qualifier.
        """
        request = DescribeViewRequest(instance_id=self.instance_id, view_id=qualified(self._id, qualifier))
        answer = self._scope.caller.send(request)
        described = answer.view or ViewModel(id=self._id)
        content = content_of(described.content, operation="DescribeView", metadata=answer.metadata)
        return LoadedView(self._scope, described, content)

    def _publish(self, content: ViewContent, version_description: str | None, expected: Expected | None) -> Publication:
        publisher = Publisher(self._scope, LoadedView)
        return publisher.update(self._id, content, version_description=version_description, expected=expected)

    def _expected(self, checksum: str | None) -> Expected | None:
        return None if checksum is None else Expected(checksum)


class ListedView(View):
    """A view, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: InstanceScope, listed: ViewSummary | ViewModel) -> None:
        """For an instance; its ``views`` make it."""
        super().__init__(scope, _identity(listed))
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
    def type(self) -> ViewType | None:
        """``CUSTOMER_MANAGED``, or ``AWS_MANAGED`` for a view of AWS's."""
        return self._listed.type

    @property
    def status(self) -> ViewStatus | None:
        """``PUBLISHED``, or ``SAVED`` for a draft."""
        return self._listed.status

    @property
    def description(self) -> str | None:
        """What it is for."""
        return self._listed.description


class LoadedView(ListedView):
    """A view, with its content, as it was when it was read.

    :meth:`publish` and :meth:`rollback` of one that was read overwrite nothing that came since, if they aren't told
    what to expect: neither what someone else published nor a draft that someone else saved.
    """

    __slots__ = ("_content", "_loaded")

    def __init__(self, scope: InstanceScope, loaded: ViewModel, content: ViewContent) -> None:
        """For an instance; its ``views`` make it."""
        super().__init__(scope, loaded)
        self._loaded = loaded
        self._content = content

    @property
    def content(self) -> ViewContent:
        """What it shows: of the published, the saved or the numbered content that which was read."""
        return self._content

    @property
    def checksum(self) -> str | None:
        """SHA-256 of what is published, whichever content was read; ``None`` if nothing is."""
        return self._loaded.view_content_sha256

    @property
    def version_number(self) -> int | None:
        """The number of the version that was read, or else of the newest."""
        return self._loaded.version

    @property
    def version_description(self) -> str | None:
        """What is special about the version that was read."""
        return self._loaded.version_description

    @property
    def tags(self) -> dict[str, str]:
        """Its tags, value by key."""
        return dict(self._loaded.tags or {})

    @property
    def created_time(self) -> datetime | None:
        """When it was created."""
        return self._loaded.created_time

    @property
    def last_modified_time(self) -> datetime | None:
        """When content was last saved or published, or a version last made."""
        return self._loaded.last_modified_time

    def diff(self, after: LoadedView | ViewVersion | ContentInput) -> ViewDiff:
        """What is different in another content, beside this one; ``print`` shows it.

        ::

            print(view.versions.get(3).content().diff(view.content))
            print(view.diff("views/refund.json"))

        Args:
            after: A view that was read, a version (one call, if it wasn't read), or any content.

        Raises:
            RequestError: the content can't be read.
        """
        if isinstance(after, LoadedView):
            return self._content.diff(after.content)
        if isinstance(after, ViewVersion):
            return self._content.diff(after.content())
        source, faults = look_at(after)
        if source is None:
            raise RequestError(operation="UpdateViewContent", faults=faults)
        return self._content.diff(source.content)

    def _expected(self, checksum: str | None) -> Expected:
        return Expected(self.checksum, self.last_modified_time) if checksum is None else Expected(checksum)


def _identity(listed: ViewSummary | ViewModel) -> str:
    """What a view is called by: of AWS's the ARN, without the version at its end."""
    arn = listed.arn or ""
    if listed.type == "AWS_MANAGED" or is_managed(arn):
        head, _, tail = arn.rpartition(":")
        return head if tail.isdigit() else arn
    return bare(listed.id or arn)
