"""Ids by the names that people use: read all at once when first needed, and kept."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..errors import UnknownNameError

if TYPE_CHECKING:
    from .._caller import Caller

__all__ = ["MOST_LISTED", "Age", "Names", "is_uuid", "nearest"]

MOST_LISTED = 100
"""The most that a page of a list of Cases may hold, which is what is asked for when all of it is wanted."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOST_NEAR = 3


def is_uuid(text: str) -> bool:
    """Whether ``text`` is an id as the service makes them, and not a name."""
    return _UUID.fullmatch(text) is not None


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that look like ``name``, the nearest first, whatever the case of their letters."""
    by_letters = {known.casefold(): known for known in names}
    near = get_close_matches(name.casefold(), by_letters, n=_MOST_NEAR)
    begun = [letters for letters in by_letters if letters.startswith(name.casefold()) and name] if not near else []
    return tuple(by_letters[letters] for letters in [*near, *begun][:_MOST_NEAR])


class Age:
    """How long ago something was first read since it was last forgotten, and whether that is too long."""

    def __init__(self, caller: Caller) -> None:
        """Nothing has been read yet; ``caller`` has the clock, and says how old names may get."""
        self._clock, self._most = caller.retry.clock, caller.names_max_age
        self._since: float | None = None

    def begin(self) -> None:
        """Something was read; it counts from the first on."""
        if self._since is None:
            self._since = self._clock()

    def end(self) -> None:
        """Everything was forgotten."""
        self._since = None

    @property
    def is_over(self) -> bool:
        """Whether what was read is too old."""
        since = self._since
        return since is not None and self._most is not None and self._clock() - since > self._most


class Names:
    """The ids of one kind of thing by their names. Safe to use from several threads.

    A name that isn't known is looked for anew, once: it may have come since.
    """

    def __init__(self, caller: Caller, kind: str, where: str, read: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Know nothing yet.

        Args:
            caller: Says how old they may get.
            kind: What is named, for errors: ``template``.
            where: Where, for errors: ``domain …``.
            read: Gives all there are, as pairs of name and id.
        """
        self._kind, self._where, self._read = kind, where, read
        self._ids: dict[str, list[str]] | None = None
        self._age = Age(caller)
        self._reading = threading.Lock()

    def id(self, given: str) -> str:
        """The id that ``given`` is, or is the name of.

        Raises:
            UnknownNameError: nothing has that name, or several have.
        """
        found = self.find(given)
        if found is None:
            raise UnknownNameError(kind=self._kind, name=given, near=nearest(given, self._ids or ()), where=self._where)
        return found

    def find(self, name: str) -> str | None:
        """As :meth:`id`, but ``None`` where nothing has that name."""
        if is_uuid(name):
            return name
        if self._age.is_over:
            self.forget()
        before = self._ids
        ids = before or self._refreshed(before)
        if name not in ids and before is not None:
            ids = self._refreshed(before)
        found = ids.get(name, [])
        if len(found) > 1:
            raise UnknownNameError(kind=self._kind, name=name, where=self._where, several=found)
        return found[0] if found else None

    def forget(self) -> None:
        """Read them anew when they are next needed."""
        self._ids = None
        self._age.end()

    def _refreshed(self, before: dict[str, list[str]] | None) -> dict[str, list[str]]:
        with self._reading:
            ids = self._ids
            if ids is None or ids is before:  # otherwise another thread has just done it
                ids = dict[str, list[str]]()
                for name, id_ in self._read():
                    ids.setdefault(name, []).append(id_)
                self._ids = ids
                self._age.begin()
            return ids
