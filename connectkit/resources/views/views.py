"""The views of an instance: ``instance.views``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ...errors import Fault, OvertakenError, RequestError, UnknownNameError
from ...models.connect.view_search import SearchViewsRequest, SearchViewsResponse, ViewSearchCriteria
from ...models.connect.views import (
    CreateViewRequest,
    ListViewsRequest,
    ListViewsResponse,
    View as ViewModel,
    ViewStatus,
    ViewType,
)
from .._collections import OfInstance
from .._names import nearest
from ._ids import Qualifier, is_id, split
from .content import ContentInput, ViewContent, content_of
from .files import read_source
from .publishing import Expected, Publication, Publisher
from .search import TagsInput, Texts, search_criteria, search_filter
from .sync import plan_views
from .view import ListedView, LoadedView, View

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._sync import Plan, Sources

__all__ = ["Views"]

# What ListViews gives a page when it isn't told, and the most that SearchViews does.
_MOST_A_PAGE = 100
# Keys that begin so belong to AWS, and nobody else may set them.
_RESERVED = "aws:"


class Views(OfInstance):
    """The views of an instance: ``instance.views``."""

    __slots__ = ()

    def create(
        self,
        *,
        name: str,
        content: ContentInput,
        actions: Iterable[str] | None = None,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        publish: bool = True,
    ) -> LoadedView:
        """Create a view. :meth:`publish` makes a version as well, and takes a view that is there already.

        Args:
            name: Its name, unique in the instance.
            content: What it shows, see :data:`ContentInput`. A name in an envelope is passed over.
            actions: What agents can do; if left out, as the envelope says or else what the template uses.
            description: What it is for; if left out, as the envelope says.
            tags: Value by key; if left out, as the envelope says.
            publish: Whether it is used at once. If not, it is saved as a draft.

        Raises:
            RequestError: with everything that is wrong with the content.
            ConflictError: there is a view of that name.
            InvalidRequestError: the service refuses the content.
            QuotaExceededError: the instance may have no more views.
        """
        source = read_source(content, operation="CreateView", actions=actions, publish=publish)
        return self._create(
            name,
            source.content,
            description=description if description is not None else source.description,
            tags=tags if tags is not None else source.tags,
            publish=publish,
        )

    def create_from(
        self,
        view: LoadedView,
        *,
        name: str | None = None,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        publish: bool = True,
    ) -> LoadedView:
        """Create a view like one that was read, of this instance or another, or like one of AWS's.

        ::

            other.views.create_from(instance.views.get("Refund"))

        Args:
            view: The view, with the content that was read.
            name: Its name; that of the view if left out.
            description: What it is for; as of the view if left out.
            tags: Value by key; those of the view if left out, but for AWS's own.
            publish: Whether it is used at once. If not, it is saved as a draft.

        Raises:
            ConflictError: there is a view of that name.
            InvalidRequestError: the service refuses the content.
            QuotaExceededError: the instance may have no more views.
        """
        kept = {key: value for key, value in view.tags.items() if not key.startswith(_RESERVED)}
        return self._create(
            name if name is not None else view.name,
            view.content,
            description=description if description is not None else view.description,
            tags=tags if tags is not None else kept,
            publish=publish,
        )

    def publish(
        self,
        content: ContentInput,
        *,
        name: str | None = None,
        actions: Iterable[str] | None = None,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        version_description: str | None = None,
        expected: str | None = None,
    ) -> Publication:
        """Publish a view as it should be: create it if there is none, update it if something differs, make a version.

        ::

            print(instance.views.publish("views/refund.json", version_description="Ticket 4711"))

        If all is as it should be nothing is written. After a failure half-way it may be called again, and does the
        rest.

        Args:
            content: What the view is to show, see :data:`ContentInput`.
            name: Its name; if left out, as the envelope says, or else that of the file without its ending.
            actions: What agents can do; if left out, as the envelope says or else what the template uses.
            description: What it is for; if left out, as the envelope says, or else as it is.
            tags: Value by key, for a new view; if left out, as the envelope says.
            version_description: What is special about the version.
            expected: Checksum of what was published when the caller read it (``view.checksum``). It is compared just
                before writing. The service offers no more than that: whoever publishes between that reading and the
                end of the writing is overwritten, though a version never shows another's content.

        Raises:
            RequestError: with everything that is wrong with the content, or there is no name.
            OvertakenError: a ConflictError: someone else has published in between, and nothing was overwritten.
            ConflictError: someone else has created a view of that name just now.
            IncompleteError: the content is published, but making the version failed, or changing the description.
            InvalidRequestError: the service refuses the content.
        """
        source = read_source(content, operation="UpdateViewContent", actions=actions)
        called = name if name is not None else source.called
        if called is None:
            problem = "has to be given: neither an envelope nor a file says it"
            raise RequestError(operation="CreateView", faults=[Fault("name", problem)])
        described = description if description is not None else source.description
        publisher = Publisher(self._scope, LoadedView)
        found = self._find_own(called)
        if found is not None:
            return publisher.update(
                found.id,
                source.content,
                description=described,
                version_description=version_description,
                expected=None if expected is None else Expected(expected),
            )
        if expected is not None:
            message = f"there is no view {called!r} any more; without expected= it would be created"
            raise OvertakenError(operation="UpdateViewContent", message=message)
        return publisher.create(
            called,
            source.content,
            description=described,
            tags=tags if tags is not None else source.tags,
            version_description=version_description,
        )

    def sync(self, files: Sources, *, delete: bool = False, version_description: str | None = None) -> Plan:
        """Plan to bring the views to what files say. Nothing is written before ``plan.apply()``.

        ::

            plan = instance.views.sync("views/*.json")
            print(plan)
            plan.apply()

        A file is the template alone or an envelope; the view's name is what the envelope says, or else that of the file
        without its ending. Applying publishes as :meth:`publish` does. What has changed since it was planned isn't
        overwritten: it ends there with an ``IncompleteError`` whose cause is an ``OvertakenError``.

        Args:
            files: A path, a pattern, or several of either.
            delete: Whether views that are in no file are to be deleted. AWS's never are.
            version_description: What is special about the versions that are made.

        Raises:
            FileError: with everything that is wrong with all the files, two of one name included.
        """
        own = self.list(type="CUSTOMER_MANAGED")
        return plan_views(self._scope, files, own, delete=delete, version_description=version_description)

    def get(self, view: str, qualifier: Qualifier | None = None) -> LoadedView:
        """The view with this id, ARN or name, and its content.

        Args:
            view: Its id or ARN, which may have a qualifier behind it as the service writes it, or its name. One's own
                view goes before one of AWS's with the same name.
            qualifier: Which content: ``"latest"``, what is published; ``"saved"``, what was saved last; or the number
                of a version. If left out, what is published, or version 1 of a view of AWS's.

        Raises:
            UnknownNameError: there is no view of that name.
            NotFoundError: there is no such view, or no such version of it.
            InvalidRequestError: nothing is published; ``"saved"`` reads the draft.
            ValueError: there is no such qualifier, or another one is behind the id.
        """
        if not is_id(view):
            known = {listed.name: listed for listed in self.list()}  # AWS's come first
            found = known.get(view)
            if found is None:
                where = f"instance {self._scope.instance_id}"
                raise UnknownNameError(kind="view", name=view, near=nearest(view, known), where=where)
            return found.refresh(qualifier)
        id_, behind = split(view)
        if qualifier is not None and behind not in (None, qualifier):
            raise ValueError(f"{view!r} has a qualifier already; qualifier={qualifier!r} says another")
        return View(self._scope, id_).refresh(qualifier if qualifier is not None else behind)

    def find(self, name: str) -> ListedView | None:
        """The view of this name, or ``None``: one's own before one of AWS's. Reads pages of 100 until it is found."""
        managed: ListedView | None = None
        for view in self.list():
            if view.name == name and not view.is_managed:
                return view
            managed = managed or (view if view.name == name else None)
        return managed

    def list(
        self,
        *,
        type: ViewType | None = None,  # noqa: A002 - as the service calls it
        page_size: int | None = _MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
    ) -> Pager[ListedView, ListViewsResponse]:
        """All views, by type and then by name.

        Args:
            type: ``CUSTOMER_MANAGED`` for one's own, ``AWS_MANAGED`` for those of AWS.
            page_size: Most views a page may hold.
            limit: Most views in all.
            start_token: Token of the page to begin with.
        """
        request = ListViewsRequest(instance_id=self._scope.instance_id, type=type)
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedView(self._scope, summary))

    def search(
        self,
        *,
        name: Texts = None,
        name_starts_with: Texts = None,
        name_contains: Texts = None,
        description: Texts = None,
        description_starts_with: Texts = None,
        description_contains: Texts = None,
        type: ViewType | None = None,  # noqa: A002 - as the service calls it
        status: ViewStatus | None = None,
        tags: TagsInput = None,
        criteria: ViewSearchCriteria | None = None,
        page_size: int | None = _MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
    ) -> Pager[ListedView, SearchViewsResponse]:
        """Views for which everything holds that is given; where several texts are given for one thing, one of them.

        ::

            instance.views.search(name_starts_with=["Refund", "Return"], status="PUBLISHED", tags={"team": "care"})

        Args:
            name: The whole name.
            name_starts_with: How the name begins.
            name_contains: What is in the name.
            description: The whole description.
            description_starts_with: How the description begins.
            description_contains: What is in the description.
            type: ``CUSTOMER_MANAGED`` for one's own, ``AWS_MANAGED`` for those of AWS.
            status: ``PUBLISHED``, or ``SAVED`` for those that have a draft.
            tags: Tags that it must have, value by key, ``None`` for any value; or a list of such, for one of them.
            criteria: Further criteria, as the service takes them.
            page_size: Most views a page may hold, at most 100.
            limit: Most views in all.
            start_token: Token of the page to begin with.
        """
        request = SearchViewsRequest(
            instance_id=self._scope.instance_id,
            search_filter=search_filter(tags),
            search_criteria=search_criteria(
                {
                    ("name", "EXACT"): name,
                    ("name", "STARTS_WITH"): name_starts_with,
                    ("name", "CONTAINS"): name_contains,
                    ("description", "EXACT"): description,
                    ("description", "STARTS_WITH"): description_starts_with,
                    ("description", "CONTAINS"): description_contains,
                },
                type_=type,
                status=status,
                criteria=criteria,
            ),
        )
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda found: ListedView(self._scope, found))

    def _create(
        self,
        name: str,
        content: ViewContent,
        *,
        description: str | None,
        tags: Mapping[str, str] | None,
        publish: bool,
    ) -> LoadedView:
        request = CreateViewRequest(
            instance_id=self._scope.instance_id,
            name=name,
            description=description,
            content=content.to_model(),
            status="PUBLISHED" if publish else "SAVED",
            tags=dict(tags) if tags else None,
        )
        answer = self._scope.caller.send(request)
        made = answer.view or ViewModel(name=name)
        return LoadedView(self._scope, made, content_of(made.content, operation="CreateView", metadata=answer.metadata))

    def _find_own(self, name: str) -> ListedView | None:
        return next((view for view in self.list(type="CUSTOMER_MANAGED") if view.name == name), None)
