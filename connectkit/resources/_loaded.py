"""What the answers about fields, layouts, templates and case rules all say."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from ._base import Resource
from .tags import LoadedTags

__all__ = ["Loaded"]


class _Read(Protocol):
    """An answer that describes a resource."""

    @property
    def deleted(self) -> bool | None: ...
    @property
    def created_time(self) -> datetime | None: ...
    @property
    def last_modified_time(self) -> datetime | None: ...
    @property
    def tags(self) -> Mapping[str, str] | None: ...


class Loaded(Resource):
    """A resource that was read, as it was then. Deleting one leaves it readable by its id."""

    __slots__ = ()

    @abstractmethod
    def _read(self) -> _Read:
        """The answer that it was read from."""

    @property
    def deleted(self) -> bool:
        """Whether it is deleted: there to be read, and for nothing else."""
        return bool(self._read().deleted)

    @property
    def created_time(self) -> datetime | None:
        """When it was created."""
        return self._read().created_time

    @property
    def last_modified_time(self) -> datetime | None:
        """When it was last changed."""
        return self._read().last_modified_time

    @property
    def tags(self) -> LoadedTags:
        """Its tags as they were, by key; the methods read and change them as they are now."""
        return LoadedTags(self._scope.caller, self, self._read_arn, self._read().tags or {})

    if TYPE_CHECKING:  # what this is mixed into knows it

        def _read_arn(self) -> str: ...
