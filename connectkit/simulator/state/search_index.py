"""What a search can see of a domain: its cases, as they were a delay ago, and what has changed since when."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from connectkit.simulator.state.cases import Case, words_of
from connectkit.simulator.state.settings import Settings

__all__ = ["SearchIndex", "Seen"]

_LONGEST_LOG = 10_000


class Seen(NamedTuple):
    """A case before and after a change, as the index sees them."""

    before: Case | None
    after: Case | None


class _Pending(NamedTuple):
    visible_from: datetime
    identifier: str
    after: Case | None


class SearchIndex:
    """The searchable cases of a domain, oldest first.

    Whoever derives something from them keeps the :attr:`revision` that it belongs to, and later asks for the
    changes :meth:`since` then.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cases: dict[str, Case] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._pending: deque[_Pending] = deque()
        self._log: deque[Seen] = deque()
        self._log_start = 0

    def changed(self, before: Case | None, after: Case | None, now: datetime) -> None:
        """Take in a change of a case, to be seen after the delay."""
        case = after or before
        if case is not None:
            self._pending.append(_Pending(now + self._settings.delays.search_index, case.id, after))

    def catch_up(self, now: datetime) -> None:
        """Make visible what is due, each change after the one before it."""
        pending = self._pending
        while pending and pending[0].visible_from <= now:
            _, identifier, after = pending.popleft()
            before = self._cases.get(identifier)
            if after is None:
                self._cases.pop(identifier, None)
            else:
                self._cases[identifier] = after
            self._words.pop(identifier, None)
            self._log.append(Seen(before, after))
            if len(self._log) > _LONGEST_LOG:
                self._log.popleft()
                self._log_start += 1

    @property
    def cases(self) -> Mapping[str, Case]:
        """The cases that can be seen, by id and oldest first."""
        return self._cases

    @property
    def revision(self) -> int:
        """A number that grows with each change that becomes visible."""
        return self._log_start + len(self._log)

    def since(self, revision: int) -> Sequence[Seen] | None:
        """Give the changes that became visible after ``revision``, or None when they are no longer known."""
        if revision < self._log_start:
            return None
        skip = revision - self._log_start
        return [self._log[index] for index in range(skip, len(self._log))]

    def words(self, case: Case) -> frozenset[str]:
        """Give every word of a case's values in one case, found once for each version of it."""
        known = self._words.get(case.id)
        if known is None or self._cases.get(case.id) is not case:
            known = words_of(" ".join(str(value.wire) for value in case.values.values()))
            if self._cases.get(case.id) is case:
                self._words[case.id] = known
        return known
