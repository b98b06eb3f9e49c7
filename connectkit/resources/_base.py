"""What all facades have in common: an identity, where that is, and a scope to act in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from .._bound import Bound

if TYPE_CHECKING:
    from ._instance_scope import InstanceScope
    from ._scope import Scope

__all__ = ["Identified", "InstanceResource", "Resource", "elsewhere", "given_id", "several"]

T = TypeVar("T")


class Identified(Bound, ABC):
    """Something known by its id.

    Two are equal if they are the same thing in the same place, whatever each has read of it.
    """

    __slots__ = ("_id",)

    kind: ClassVar[str] = "resource"
    """What it is, in a word."""

    def __init__(self, id_: str) -> None:
        self._id = id_

    @property
    def id(self) -> str:
        """Its id: a UUID, or for system fields a word such as ``status``."""
        return self._id

    @abstractmethod
    def _place(self) -> str:
        """Id of what it belongs to."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Identified) or self.kind != other.kind:
            return NotImplemented
        return (self._id, self._place()) == (other._id, other._place())

    def __hash__(self) -> int:
        return hash((self.kind, self._place(), self._id))

    def __repr__(self) -> str:
        called = self._called()
        return f"<{type(self).__name__} {self._id}{f' {called!r}' if isinstance(called, str) else ''}>"

    def _called(self) -> object:
        """What tells it apart for people, if that is known; nothing that a customer said."""
        return getattr(self, "name", None)


class Resource(Identified):
    """Something in a Cases domain."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope, id_: str) -> None:
        super().__init__(id_)
        self._scope = scope

    @property
    def domain_id(self) -> str:
        """Id of the Cases domain that it belongs to."""
        return self._scope.domain_id

    def _place(self) -> str:
        return self._scope.domain_id


class InstanceResource(Identified):
    """Something in an Amazon Connect instance."""

    __slots__ = ("_scope",)

    def __init__(self, scope: InstanceScope, id_: str) -> None:
        super().__init__(id_)
        self._scope = scope

    @property
    def instance_id(self) -> str:
        """Id of the instance that it belongs to."""
        return self._scope.instance_id

    def _place(self) -> str:
        return self._scope.instance_id


def given_id(given: str, kind: str) -> str:
    """An id that a caller gives, if it is one.

    Raises:
        TypeError: it is no text, but the resource itself for instance.
    """
    if not isinstance(cast("object", given), str):
        raise TypeError(f"a {kind} is known by its id here, a str, not {given!r}")
    return given


def elsewhere(given: Resource, domain_id: str) -> str | None:
    """What is wrong with a resource that is given where one of this domain belongs; ``None`` if it is one."""
    if given.domain_id == domain_id:
        return None
    return f"{given.kind} {given.id} is of domain {given.domain_id}, and this is domain {domain_id}"


def several(given: Iterable[T], path: str, *, of: str = "") -> list[T]:
    """What a caller gives as a list of things; a lone text, whose letters would be taken for them, is refused.

    Raises:
        TypeError: it is one text.
    """
    if isinstance(given, str):
        raise TypeError(f"{path} is to be a list{f' of {of}' if of else ''}, not the text {given!r}")
    return list(given)
