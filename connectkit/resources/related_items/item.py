"""One related item of a case: what can be done with it, and what was read of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias

from ..._performed_by import PerformedBy
from ...errors import Fault, RequestError, UnknownNameError
from ...models.connectcases.case_audit import RelatedItemType
from ...models.connectcases.related_item_search import (
    RelatedItemTypeFilter,
    SearchAllRelatedItemsResponseItem,
    SearchRelatedItemsRequest,
    SearchRelatedItemsResponseItem,
)
from ...models.connectcases.related_items import DeleteRelatedItemRequest, UpdateRelatedItemRequest
from .._base import Resource
from .._performed_by import read_performer
from .._writing import Performer, performer
from ..tags import LoadedTags, Tags
from ._wire import MEMBERS, TYPES, read_contents, write_update
from .content import Comment, ContentT_co, CustomItem

if TYPE_CHECKING:
    from .._scope import Scope
    from ..cases.case import Case

__all__ = ["MOST_A_PAGE", "CreatedRelatedItem", "LoadedRelatedItem", "RelatedItem", "SearchedItem", "load_items"]

MOST_A_PAGE = 25
"""The most items that the service gives on a page of a search."""
_CHANGEABLE = ("Comment", "Custom")

SearchedItem: TypeAlias = "SearchRelatedItemsResponseItem | SearchAllRelatedItemsResponseItem"
"""An item as searches answer with it."""


class RelatedItem(Resource):
    """A related item of a case, known by its id and that of the case; ``case.related_item(id)`` makes it."""

    __slots__ = ("_case_id", "_make_case")

    kind: ClassVar[str] = "related item"
    """What it is, in a word; ``type`` is the kind of what it holds."""

    def __init__(self, scope: Scope, case_id: str, id_: str, make_case: Callable[[str], Case]) -> None:
        super().__init__(scope, id_)
        self._case_id = case_id
        self._make_case = make_case

    @property
    def case_id(self) -> str:
        """Id of the case that it belongs to."""
        return self._case_id

    @property
    def case(self) -> Case:
        """The case that it belongs to; no call."""
        return self._make_case(self._case_id)

    @property
    def tags(self) -> Tags:
        """Its tags."""
        return Tags(self._scope.caller, self._read_arn)

    def refresh(self) -> LoadedRelatedItem:
        """Read it; gives it anew, with all there is. The case's items are read, 25 a call, until it is found.

        Raises:
            UnknownNameError: the case has no such item.
            NotFoundError: there is no such case.
        """
        return self._sought()

    def update(self, content: Comment | CustomItem, *, performed_by: Performer = None) -> None:
        """Give a comment another text, or a custom item other fields.

        Args:
            content: What it is to hold. A custom item loses the fields that aren't in it:
                :meth:`CustomItem.changed` changes some and keeps the others.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: it is of another kind; a field isn't there; a value doesn't suit its field.
            InvalidRequestError: the service refuses it.
            NotFoundError: there is no such item.
            ConflictError: the case is being merged into another one.
        """
        self._check_update(TYPES.get(type(content)))
        request = UpdateRelatedItemRequest(
            domain_id=self.domain_id,
            case_id=self._case_id,
            related_item_id=self._id,
            content=write_update(self._scope, content),
            performed_by=performer(performed_by),
        )
        self._scope.caller.send(request)

    def delete(self) -> None:
        """Take it off the case, for good. A file goes by Connect's DeleteAttachedFile instead.

        Raises:
            RequestError: it is known to be a file.
            InvalidRequestError: it is a file.
            NotFoundError: there is no such item.
            ConflictError: the case is being merged into another one.
        """
        self._check_delete()
        request = DeleteRelatedItemRequest(domain_id=self.domain_id, case_id=self._case_id, related_item_id=self._id)
        self._scope.caller.send(request)

    def _sought(self, type_: RelatedItemType | None = None) -> LoadedRelatedItem[Any]:
        filters = [RelatedItemTypeFilter.from_wire({MEMBERS[type_]: {}})] if type_ in MEMBERS else None
        request = SearchRelatedItemsRequest(domain_id=self.domain_id, case_id=self._case_id, filters=filters)
        for page in self._scope.caller.paginate(request, page_size=MOST_A_PAGE).pages():
            for item in page.items:
                if item.related_item_id == self._id:
                    (loaded,) = load_items(self._scope, [(self._case_id, item)], self._make_case)
                    return loaded
        raise UnknownNameError(kind=self.kind, name=self._id, where=f"case {self._case_id}")

    def _read_arn(self) -> str:
        # The form of a related item's ARN is that of the service authorization reference.
        return f"{self._scope.arn()}/case/{self._case_id}/related-item/{self._id}"

    def _check_update(self, given: str | None) -> None:
        """What it is isn't known here; the service looks."""

    def _check_delete(self) -> None:
        """What it is isn't known here; the service looks."""


class _OfKnownKind(RelatedItem):
    """A related item whose kind is known, so that what its kind can't do is refused here."""

    __slots__ = ("_type",)

    def __init__(
        self, scope: Scope, case_id: str, id_: str, make_case: Callable[[str], Case], type_: RelatedItemType
    ) -> None:
        super().__init__(scope, case_id, id_, make_case)
        self._type: RelatedItemType = type_

    @property
    def type(self) -> RelatedItemType:
        """What it is: ``Contact``, ``Comment``, ``File``, ``Sla``, ``ConnectCase`` or ``Custom``."""
        return self._type

    def refresh(self) -> LoadedRelatedItem:
        """As :meth:`RelatedItem.refresh`, among the items of its kind alone."""
        return self._sought(self._type)

    def _check_update(self, given: str | None) -> None:
        if self._type not in _CHANGEABLE:
            self._refuse("UpdateRelatedItem", "only comments and custom items can be changed")
        if given is not None and given != self._type:
            self._refuse("UpdateRelatedItem", f"it can't be given the content of one of type {given}")

    def _check_delete(self) -> None:
        if self._type == "File":
            self._refuse("DeleteRelatedItem", "Amazon Connect's DeleteAttachedFile deletes files")

    def _refuse(self, operation: str, why: str) -> None:
        raise RequestError(operation=operation, faults=[Fault("", f"related item {self._id} is a {self._type}: {why}")])


class CreatedRelatedItem(_OfKnownKind):
    """A related item that has just been made."""

    __slots__ = ("_arn",)

    def __init__(
        self,
        scope: Scope,
        case_id: str,
        id_: str,
        make_case: Callable[[str], Case],
        *,
        type_: RelatedItemType,
        arn: str,
    ) -> None:
        super().__init__(scope, case_id, id_, make_case, type_)
        self._arn = arn

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._arn

    def _read_arn(self) -> str:
        return self._arn


class LoadedRelatedItem(_OfKnownKind, Generic[ContentT_co]):
    """A related item, with all there is to read of it, as it was when it was read."""

    __slots__ = ("_association_time", "_content", "_performed_by", "_tags")

    def __init__(
        self,
        scope: Scope,
        case_id: str,
        make_case: Callable[[str], Case],
        read: SearchedItem,
        content: ContentT_co,
    ) -> None:
        super().__init__(scope, case_id, read.related_item_id, make_case, read.type)
        self._content = content
        self._association_time = read.association_time
        self._performed_by = read_performer(read.performed_by)
        self._tags = dict(read.tags or {})

    def refresh(self) -> LoadedRelatedItem[ContentT_co]:
        """As :meth:`RelatedItem.refresh`, among the items of its kind alone."""
        return self._sought(self._type)

    @property
    def content(self) -> ContentT_co:
        """What it holds: ``isinstance(item.content, Comment)`` and so on tell what that is."""
        return self._content

    @property
    def tags(self) -> LoadedTags:
        """Its tags as they were, by key; the methods read and change them as they are now."""
        return LoadedTags(self._scope.caller, self._read_arn, self._tags)

    @property
    def association_time(self) -> datetime:
        """When it was attached to the case; aware."""
        return self._association_time

    @property
    def performed_by(self) -> PerformedBy:
        """Who attached it."""
        return self._performed_by


def load_items(
    scope: Scope, read: Sequence[tuple[str, SearchedItem]], make_case: Callable[[str], Case]
) -> list[LoadedRelatedItem[Any]]:
    """What a page of a search becomes: its items, each with the id of its case, and the names of their fields."""
    contents = read_contents(scope, [item.content for _, item in read], make_case)
    return [
        LoadedRelatedItem(scope, case_id, make_case, item, content)
        for (case_id, item), content in zip(read, contents, strict=True)
    ]
