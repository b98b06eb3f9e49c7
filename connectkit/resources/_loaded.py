"""What the answers about fields, layouts, templates and case rules all say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

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


class Loaded:
    """A resource that was read, as it was then. Deleting one leaves it readable by its id."""

    __slots__ = ()

    def _read(self) -> _Read:
        raise NotImplementedError  # those that mix this in hold the answer

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
    def tag_values(self) -> dict[str, str]:
        """Its tags when it was read, value by key; ``tags`` reads and changes them."""
        return dict(self._read().tags or {})
