"""Domains and instances with their tables, kept beside the table that says which of them there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from connectkit.simulator.state.table import Row, Table

__all__ = ["Owners"]

Info = TypeVar("Info", bound=Row)
Owner = TypeVar("Owner")


class Owners(Generic[Info, Owner]):
    """The owners that ``infos`` names, each made by ``make`` from its id when it is first asked for.

    One whose info is removed is forgotten, with its tables, once that lasts.
    """

    def __init__(self, infos: Table[Info], make: Callable[[str], Owner]) -> None:
        self._infos = infos
        self._make = make
        self._made: dict[str, Owner] = {}
        infos.on_commit = self._forget

    def get(self, identifier: str) -> Owner | None:
        """Give an owner, or None when there is none with this id."""
        if identifier not in self._infos:
            return None
        known = self._made.get(identifier)
        if known is None:
            known = self._made[identifier] = self._make(identifier)
        return known

    def all(self) -> list[Owner]:
        """Give every owner, oldest first."""
        return [owner for identifier in self._infos if (owner := self.get(identifier)) is not None]

    def _forget(self, before: Info | None, after: Info | None, _now: datetime) -> None:
        if before is not None and after is None:
            self._made.pop(before.id, None)
