"""The numbered versions of a view: content that never changes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.connect.view_versions import (
    CreateViewVersionRequest,
    DeleteViewVersionRequest,
    ListViewVersionsRequest,
    ListViewVersionsResponse,
    ViewVersionSummary,
)
from ...models.connect.views import DescribeViewRequest, View as ViewModel
from .._base import InstanceResource
from .._collections import Collection
from ._ids import qualified, writable
from .content import ViewContent, content_of

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._instance_scope import InstanceScope

__all__ = ["ListedViewVersion", "LoadedViewVersion", "ViewVersion", "ViewVersions"]

# What ListViewVersions gives a page when it isn't told; more is not asked for.
_MOST_A_PAGE = 100


class ViewVersion(InstanceResource):
    """A numbered version of a view. ``view.version(3)`` makes one without a call."""

    __slots__ = ("_number", "_view_id")

    kind = "view version"

    def __init__(self, scope: InstanceScope, view_id: str, number: int) -> None:
        """For a view; its ``versions`` make it."""
        super().__init__(scope, qualified(view_id, number))
        self._view_id, self._number = view_id, number

    @property
    def id(self) -> str:
        """The id of its view, a colon and its number, by which the service knows it."""
        return self._id

    @property
    def view_id(self) -> str:
        """Id of the view."""
        return self._view_id

    @property
    def number(self) -> int:
        """Its number. Each new version has a higher one."""
        return self._number

    def content(self) -> ViewContent:
        """What it shows; one call, unless it was read before.

        Raises:
            NotFoundError: there is no such view, or no such version of it.
        """
        return self.refresh().content()

    def delete(self) -> None:
        """Delete this version; its number won't be given again. Flows that name it don't find it any more.

        Raises:
            RequestError: the view is one of AWS's.
            NotFoundError: there is no such view, or no such version of it.
        """
        writable(self._view_id, "DeleteViewVersion")
        self._scope.caller.send(
            DeleteViewVersionRequest(instance_id=self.instance_id, view_id=self._view_id, view_version=self._number)
        )

    def refresh(self) -> LoadedViewVersion:
        """Read it, with its content.

        Raises:
            NotFoundError: there is no such view, or no such version of it.
        """
        answer = self._scope.caller.send(DescribeViewRequest(instance_id=self.instance_id, view_id=self._id))
        content = content_of(
            answer.view.content if answer.view else None, operation="DescribeView", metadata=answer.metadata
        )
        return LoadedViewVersion(self._scope, self._view_id, answer.view or ViewModel(version=self._number), content)


class ListedViewVersion(ViewVersion):
    """A version of a view, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: InstanceScope, view_id: str, listed: ViewVersionSummary | ViewModel) -> None:
        """For a view; its ``versions`` make it."""
        super().__init__(scope, view_id, listed.version or 0)
        self._listed = listed

    @property
    def name(self) -> str:
        """The name of the view."""
        return self._listed.name or ""

    @property
    def arn(self) -> str:
        """Its ARN, which ends with its number."""
        return self._listed.arn or ""

    @property
    def description(self) -> str | None:
        """What is special about this version."""
        return self._listed.version_description


class LoadedViewVersion(ListedViewVersion):
    """A version of a view, with its content."""

    __slots__ = ("_content",)

    def __init__(self, scope: InstanceScope, view_id: str, loaded: ViewModel, content: ViewContent) -> None:
        """For a view; its ``versions`` make it."""
        super().__init__(scope, view_id, loaded)
        self._content = content

    def content(self) -> ViewContent:
        """What it shows; no call, for it doesn't change."""
        return self._content


class ViewVersions(Collection):
    """The versions of a view: ``view.versions``."""

    __slots__ = ("_scope", "_view_id")

    def __init__(self, scope: InstanceScope, view_id: str) -> None:
        """For a view; it makes this."""
        self._scope, self._view_id = scope, view_id

    def _whose(self) -> str:
        return f"view {self._view_id}"

    def create(self, *, description: str | None = None, expected: str | None = None) -> LoadedViewVersion:
        """Give the next number to what is published. If that has not changed since, the newest version is given again.

        Args:
            description: What is special about it.
            expected: Checksum of what is to be published now (``view.checksum``); the service refuses any other.

        Raises:
            RequestError: the view is one of AWS's.
            InvalidRequestError: nothing is published, or not what was expected.
            NotFoundError: there is no such view.
        """
        writable(self._view_id, "CreateViewVersion")
        answer = self._scope.caller.send(
            CreateViewVersionRequest(
                instance_id=self._scope.instance_id,
                view_id=self._view_id,
                version_description=description,
                view_content_sha256=expected,
            )
        )
        made = answer.view or ViewModel()
        content = content_of(made.content, operation="CreateViewVersion", metadata=answer.metadata)
        return LoadedViewVersion(self._scope, self._view_id, made, content)

    def get(self, number: int) -> LoadedViewVersion:
        """The version with this number, and its content.

        Raises:
            NotFoundError: there is no such view, or no such version of it.
        """
        return ViewVersion(self._scope, self._view_id, number).refresh()

    def list(
        self, *, page_size: int | None = _MOST_A_PAGE, limit: int | None = None, start_token: str | None = None
    ) -> Pager[ListedViewVersion, ListViewVersionsResponse]:
        """All versions, the highest number first.

        Args:
            page_size: Most versions a page may hold.
            limit: Most versions in all.
            start_token: Token of the page to begin with.
        """
        request = ListViewVersionsRequest(instance_id=self._scope.instance_id, view_id=self._view_id)
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedViewVersion(self._scope, self._view_id, summary))

    def newest(self) -> ListedViewVersion | None:
        """The version with the highest number, or ``None`` if there is none; one call."""
        return self.list(page_size=1).first()

    def delete(self, number: int) -> None:
        """Delete the version with this number; see :meth:`ViewVersion.delete`."""
        ViewVersion(self._scope, self._view_id, number).delete()
