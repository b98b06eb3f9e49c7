"""What all facades of Cases have in common: an identity, and a scope to act in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

if TYPE_CHECKING:
    from ._scope import Scope

__all__ = ["Resource", "given_id"]


class Resource:
    """Something in a Cases domain, known by its id.

    Two are equal if they are the same thing, whatever each has read of it.
    """

    __slots__ = ("_id", "_scope")

    kind: ClassVar[str] = "resource"
    """What it is, in a word."""

    def __init__(self, scope: Scope, id_: str) -> None:
        self._scope = scope
        self._id = id_

    @property
    def id(self) -> str:
        """Its id: a UUID, or for system fields a word such as ``status``."""
        return self._id

    @property
    def domain_id(self) -> str:
        """Id of the Cases domain that it belongs to."""
        return self._scope.domain_id

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Resource) or self.kind != other.kind:
            return NotImplemented
        return (self._id, self.domain_id) == (other._id, other.domain_id)

    def __hash__(self) -> int:
        return hash((self.kind, self.domain_id, self._id))

    def __repr__(self) -> str:
        name: object = getattr(self, "name", None)
        return f"<{type(self).__name__} {self._id}{f' {name!r}' if isinstance(name, str) else ''}>"


def given_id(given: str, kind: str) -> str:
    """An id that a caller gives, if it is one.

    Raises:
        TypeError: it is no text, but the resource itself for instance.
    """
    if not isinstance(cast("object", given), str):
        raise TypeError(f"a {kind} is known by its id here, a str, not {given!r}")
    return given
