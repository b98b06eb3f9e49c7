"""The tags of a Cases resource."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from ..models.connectcases.tags import ListTagsForResourceRequest, TagResourceRequest, UntagResourceRequest
from ._collections import Collection

if TYPE_CHECKING:
    from .._caller import Caller
    from ._base import Identified

__all__ = ["LoadedTags", "Tags"]


class Tags(Collection):
    """The tags of a resource; each method is a call, and one more where the resource's ARN has to be read first."""

    __slots__ = ("_arn", "_caller", "_owner")

    def __init__(self, caller: Caller, owner: Identified, arn: Callable[[], str]) -> None:
        """Begin with a way to learn the ARN; resources make it."""
        self._caller, self._owner, self._arn = caller, owner, arn

    def _whose(self) -> str:
        return f"{self._owner.kind} {self._owner.id}"

    def list(self) -> dict[str, str]:
        """All tags, value by key.

        Raises:
            NotFoundError: there is no such resource.
        """
        return dict(self._caller.send(ListTagsForResourceRequest(arn=self._arn())).tags or {})

    def update(self, tags: Mapping[str, str]) -> None:
        """Add tags, and give those that are there already their new values. Others stay.

        Args:
            tags: Value by key; none of them, no call.
        """
        if tags:
            self._caller.send(TagResourceRequest(arn=self._arn(), tags=dict(tags)))

    def delete(self, *keys: str) -> None:
        """Remove the tags with these keys; no key, no call. One that isn't there is no error."""
        for key in keys:
            if not isinstance(cast("object", key), str):
                raise TypeError(f"keys are given one by one: say delete(*keys), not delete({key!r})")
        if keys:
            self._caller.send(UntagResourceRequest(arn=self._arn(), tag_keys=list(keys)))


class LoadedTags(Tags, Mapping[str, str]):
    """The tags that a resource had when it was read, by key; its methods are calls, and change nothing here."""

    __slots__ = ("_read",)

    def __init__(self, caller: Caller, owner: Identified, arn: Callable[[], str], read: Mapping[str, str]) -> None:
        """Add what was read to what can be done; resources make it."""
        super().__init__(caller, owner, arn)
        self._read = read

    def __getitem__(self, key: str) -> str:
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __repr__(self) -> str:
        return f"<LoadedTags of {self._whose()}: {dict(self._read)}>"
