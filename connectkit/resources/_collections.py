"""What all collections of resources have in common: whose they are, and that they are read by methods alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NoReturn

from .._bound import Bound

if TYPE_CHECKING:
    from .._caller import Caller
    from ._instance_scope import InstanceScope
    from ._scope import Scope

__all__ = ["Collection", "OfAccount", "OfDomain", "OfInstance"]


class Collection(Bound, ABC):
    """Things of one kind that belong to one thing. Holding it is no call."""

    __slots__ = ()

    _reader: ClassVar[str] = "list()"
    """The method that goes through them, for those who forget it."""

    @abstractmethod
    def _whose(self) -> str:
        """What they belong to."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._whose()}>"

    if not TYPE_CHECKING:  # for a checker there is no such method

        def __iter__(self) -> NoReturn:
            raise TypeError(f"{self!r} makes no call by itself: say .{self._reader} to go through them")


class OfAccount(Collection):
    """Things of the account and region."""

    __slots__ = ("_caller",)

    def __init__(self, caller: Caller) -> None:
        """For a kit; it makes this."""
        self._caller = caller

    def _whose(self) -> str:
        return "the account and region"


class OfDomain(Collection):
    """Things of a Cases domain."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """For a domain; it makes this."""
        self._scope = scope

    def _whose(self) -> str:
        return f"domain {self._scope.domain_id}"


class OfInstance(Collection):
    """Things of an Amazon Connect instance."""

    __slots__ = ("_scope",)

    def __init__(self, scope: InstanceScope) -> None:
        """For an instance; it makes this."""
        self._scope = scope

    def _whose(self) -> str:
        return f"instance {self._scope.instance_id}"
