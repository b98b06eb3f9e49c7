"""Related items: comments, contacts, files, SLAs, links to other cases and custom items, of a case or of all cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, overload

from ...models.connectcases.related_item_search import (
    RelatedItemTypeFilter,
    SearchAllRelatedItemsRequest,
    SearchAllRelatedItemsResponse,
    SearchAllRelatedItemsSort,
    SearchRelatedItemsRequest,
    SearchRelatedItemsResponse,
)
from ...models.connectcases.related_items import CreateRelatedItemRequest
from .._writing import Performer, performer
from ._wire import MEMBERS, TYPES, write_content
from .content import Comment, ContentT, ItemFilter, NewItemContent
from .item import MOST_A_PAGE, CreatedRelatedItem, LoadedRelatedItem, RelatedItem, load_items

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._case_id import CaseOrId
    from .._scope import Scope
    from ..cases.case import Case
    from .batches import CommentManyResult

__all__ = [
    "ByKind",
    "Comments",
    "DomainRelatedItems",
    "RelatedItemSort",
    "RelatedItems",
]

ByKind: TypeAlias = "type[ContentT] | ItemFilter[ContentT]"
"""Related items of one kind: its class, or what ``where`` of that class makes."""
RelatedItemSort: TypeAlias = Literal["association_time", "-association_time", "case_id", "-case_id"]
"""What a domain's related items can be sorted by; with a minus the other way round."""
_SORTS = {"association_time": "AssociationTime", "case_id": "CaseId"}


class RelatedItems:
    """The related items of a case: ``case.related_items``."""

    __slots__ = ("_case_id", "_make_case", "_scope")

    def __init__(self, scope: Scope, case_id: str, make_case: Callable[[str], Case]) -> None:
        """For a case; it makes this."""
        self._scope, self._case_id, self._make_case = scope, case_id, make_case

    def create(self, content: NewItemContent, *, performed_by: Performer = None) -> CreatedRelatedItem:
        """Attach something to the case: ``create(Comment("Called the carrier"))``.

        Args:
            content: What it is: a ``Comment``, ``ContactLink``, ``FileLink``, ``NewSla``, ``CaseLink`` or
                ``CustomItem``.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: a field isn't there, a value doesn't suit its field, a text is too long.
            ConflictError: the case is being merged into another one, or the service has that link already.
            NotFoundError: there is no such case.
            QuotaExceededError: the case has as many related items as it may.
        """
        type_, wire = write_content(self._scope, content)
        request = CreateRelatedItemRequest(
            domain_id=self._scope.domain_id,
            case_id=self._case_id,
            type=type_,
            content=wire,
            performed_by=performer(performed_by),
        )
        made = self._scope.caller.send(request)
        return CreatedRelatedItem(
            self._scope,
            self._case_id,
            made.related_item_id,
            self._make_case,
            type_=type_,
            arn=made.related_item_arn,
        )

    def get(self, related_item_id: str) -> LoadedRelatedItem:
        """The related item with this id. There is no call for one: they are read, 25 a call, until it is found.

        Raises:
            UnknownNameError: the case has no such item.
            NotFoundError: there is no such case.
        """
        return RelatedItem(self._scope, self._case_id, related_item_id, self._make_case).refresh()

    def list(
        self,
        *,
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem, SearchRelatedItemsResponse]:
        """All of them; see :meth:`search`."""
        return self.search(page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch)

    @overload
    def search(
        self,
        only: ByKind[ContentT],
        /,
        *,
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem[ContentT], SearchRelatedItemsResponse]: ...
    @overload
    def search(
        self,
        *filters: ByKind[Any],
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem, SearchRelatedItemsResponse]: ...
    def search(
        self,
        *filters: ByKind[Any],
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem[Any], SearchRelatedItemsResponse]:
        """Those that pass any of the filters; all of them if there are none.

        ::

            case.related_items.search(Comment)
            case.related_items.search(Sla.where(status="Overdue"), ContactLink.where(channels="VOICE"))

        Where there are SLAs or custom items, the domain's fields are read too, unless that was done before.

        Args:
            filters: Kinds of content, or filters that their ``where`` makes; at most ten.
            page_size: Most items a page may hold, at most 25.
            limit: Most items in all.
            start_token: Token of the page to begin with.
            prefetch: Read the next page in a thread while the current one is being used.
        """
        request = SearchRelatedItemsRequest(
            domain_id=self._scope.domain_id, case_id=self._case_id, filters=_filters(filters)
        )
        pager = self._scope.caller.paginate(
            request, page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch
        )
        return pager.map_pages(
            lambda page: load_items(self._scope, [(self._case_id, item) for item in page], self._make_case)
        )


class Comments:
    """The comments of a case: ``case.comments``."""

    __slots__ = ("_items",)

    def __init__(self, items: RelatedItems) -> None:
        """For a case; it makes this."""
        self._items = items

    def add(self, body: str, *, performed_by: Performer = None) -> CreatedRelatedItem:
        """Add a comment.

        Args:
            body: Its text, plain, at most 15,000 characters.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: the text is empty or too long.
            ConflictError: the case is being merged into another one.
            NotFoundError: there is no such case.
            QuotaExceededError: the case has as many related items as it may.
        """
        return self._items.create(Comment(body), performed_by=performed_by)

    def list(
        self,
        *,
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem[Comment], SearchRelatedItemsResponse]:
        """All comments; see :meth:`RelatedItems.search`. ``comment.content.body`` is the text of one."""
        return self._items.search(Comment, page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch)


class DomainRelatedItems:
    """The related items of all cases of a domain: ``domain.related_items``."""

    __slots__ = ("_make_case", "_scope")

    def __init__(self, scope: Scope, make_case: Callable[[str], Case]) -> None:
        """For a domain; it makes this."""
        self._scope, self._make_case = scope, make_case

    @overload
    def search(
        self,
        only: ByKind[ContentT],
        /,
        *,
        sort: RelatedItemSort | Sequence[RelatedItemSort] = (),
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem[ContentT], SearchAllRelatedItemsResponse]: ...
    @overload
    def search(
        self,
        *filters: ByKind[Any],
        sort: RelatedItemSort | Sequence[RelatedItemSort] = (),
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem, SearchAllRelatedItemsResponse]: ...
    def search(
        self,
        *filters: ByKind[Any],
        sort: RelatedItemSort | Sequence[RelatedItemSort] = (),
        page_size: int | None = MOST_A_PAGE,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedRelatedItem[Any], SearchAllRelatedItemsResponse]:
        """Those that pass any of the filters; all of them if there are none. See :meth:`RelatedItems.search`.

        Args:
            filters: Kinds of content, or filters that their ``where`` makes; at most ten.
            sort: What to sort by, the most important first, with a minus the other way round: at most two.
            page_size: Most items a page may hold, at most 25.
            limit: Most items in all.
            start_token: Token of the page to begin with.
            prefetch: Read the next page in a thread while the current one is being used.

        Raises:
            ValueError: they can't be sorted by that.
        """
        request = SearchAllRelatedItemsRequest(
            domain_id=self._scope.domain_id, filters=_filters(filters), sorts=_sorts(sort)
        )
        pager = self._scope.caller.paginate(
            request, page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch
        )
        return pager.map_pages(
            lambda page: load_items(self._scope, [(item.case_id, item) for item in page], self._make_case)
        )

    def comment_many(
        self,
        cases: Iterable[CaseOrId],
        body: str,
        *,
        performed_by: Performer = None,
        client_token: str | None = None,
    ) -> CommentManyResult:
        """Add the same comment to many cases, each succeeding or failing by itself; a call for each hundred.

        Args:
            cases: The cases, or their ids; one that is given twice gets one comment.
            body: The text, plain, at most 15,000 characters.
            performed_by: Who acts: the ARN of a Connect user, or any other name.
            client_token: Makes it safe to ask twice: with the same token and the same arguments, a case that has the
                comment gets no second one. At most 60 characters.

        Returns:
            What became of each, in the order of ``cases``. That some failed is no exception:
            ``result.raise_for_failures()`` makes it one.

        Raises:
            RequestError: the text is empty or too long, or a case is of another domain; nothing was sent.
            ServiceError: the first call was refused, and no case has the comment.
            BatchError: a call failed after others went well, or without its being known what it did. Its ``result``
                says what became of each case: which have the comment, which were in the call that failed, and which
                weren't tried.
        """
        from .batches import comment_many

        return comment_many(
            self._scope,
            cases,
            body,
            performed_by=performed_by,
            client_token=client_token,
            make_case=self._make_case,
        )


def _filters(given: Sequence[ByKind[Any]]) -> list[RelatedItemTypeFilter] | None:
    return [_filter(one) for one in given] or None


def _filter(given: ByKind[Any]) -> RelatedItemTypeFilter:
    if isinstance(given, ItemFilter):
        member, criteria = given.member, given.criteria
        return RelatedItemTypeFilter.from_wire({member: criteria})
    type_ = TYPES.get(given)
    if type_ is None:
        raise TypeError(f"items are searched for by a kind, such as Comment, or a filter, Sla.where(…), not {given!r}")
    return RelatedItemTypeFilter.from_wire({MEMBERS[type_]: {}})


def _sorts(given: RelatedItemSort | Sequence[RelatedItemSort]) -> list[SearchAllRelatedItemsSort] | None:
    names = [given] if isinstance(given, str) else list(given)
    return [_sort(name) for name in names] or None


def _sort(name: str) -> SearchAllRelatedItemsSort:
    plain = name.removeprefix("-")
    if plain not in _SORTS:
        raise ValueError(f"related items can be sorted by {' and '.join(_SORTS)}, with a minus or not, not {name!r}")
    down = name.startswith("-")
    return SearchAllRelatedItemsSort(sort_property=cast("Any", _SORTS[plain]), sort_order="Desc" if down else "Asc")
