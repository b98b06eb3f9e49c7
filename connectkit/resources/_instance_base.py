"""What all facades of an instance have in common: an identity, and a scope to act in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from ._instance_scope import InstanceScope

__all__ = ["InstanceResource"]


class InstanceResource:
    """Something in an Amazon Connect instance, known by its id.

    Two are equal if they are the same thing, whatever each has read of it.
    """

    __slots__ = ("_id", "_scope")

    kind: ClassVar[str] = "resource"
    """What it is, in a word."""

    def __init__(self, scope: InstanceScope, id_: str) -> None:
        self._scope = scope
        self._id = id_

    @property
    def id(self) -> str:
        """Its id, a UUID."""
        return self._id

    @property
    def instance_id(self) -> str:
        """Id of the instance that it belongs to."""
        return self._scope.instance_id

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, InstanceResource) or self.kind != other.kind:
            return NotImplemented
        return (self._id, self.instance_id) == (other._id, other.instance_id)

    def __hash__(self) -> int:
        return hash((self.kind, self.instance_id, self._id))

    def __repr__(self) -> str:
        name: object = getattr(self, "name", None)
        return f"<{type(self).__name__} {self._id}{f' {name!r}' if isinstance(name, str) else ''}>"
