"""What a search can see of a domain: its cases, as they were a delay ago, and what searches found among them."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, cast

from connectkit.simulator.state.cases import Case
from connectkit.simulator.state.columns import Columns
from connectkit.simulator.state.results import Q, Results, Seen
from connectkit.simulator.state.settings import Settings

__all__ = ["SearchIndex"]

_LONGEST_LOG = 10_000
_MOST_RESULTS = 16
# To find and sort anew costs about as much as to follow this part of the cases one by one.
_PART_WORTH_FOLLOWING = 1 / 50


class _Pending(NamedTuple):
    visible_from: datetime
    identifier: str
    after: Case | None


class SearchIndex:
    """The searchable cases of a domain, and the latest results of searches among them.

    Whoever derives something from the cases keeps the :attr:`revision` that it belongs to, and later asks for
    the changes :meth:`since` then.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.columns: Columns[Case] = Columns()
        self._pending: deque[_Pending] = deque()
        self._log: deque[Seen] = deque(maxlen=_LONGEST_LOG)
        self._revision = 0
        self._results: OrderedDict[str, Results[Any]] = OrderedDict()

    def changed(self, before: Case | None, after: Case | None, now: datetime) -> None:
        """Take in a change of a case, to be seen after the delay."""
        case = after or before
        if case is not None:
            self._pending.append(_Pending(now + self._settings.delays.search_index, case.id, after))
            # What can be seen at once is taken in at once, so that no search pays for all the writes before it.
            self.catch_up(now)

    def catch_up(self, now: datetime) -> None:
        """Make visible what is due, each change after the one before it."""
        pending = self._pending
        while pending and pending[0].visible_from <= now:
            _, identifier, after = pending.popleft()
            before = self.columns.remove(identifier) if after is None else self.columns.put(after)
            self._log.append(Seen(before, after))
            self._revision += 1

    @property
    def revision(self) -> int:
        """A number that grows with each change that becomes visible."""
        return self._revision

    def since(self, revision: int) -> Sequence[Seen] | None:
        """Give what has become visible after ``revision``, or None when that is no longer known.

        Each case is there once: as it was then and as it is now.
        """
        count = self._revision - revision
        if count > len(self._log):
            return None
        changes: dict[str, Seen] = {}
        for change in reversed(list(islice(reversed(self._log), count))):
            case = cast("Case", change.after or change.before)
            first = changes.get(case.id, change)
            changes[case.id] = Seen(first.before, change.after)
        return list(changes.values())

    def results(self, query_id: str, make_query: Callable[[], Q]) -> Results[Q]:
        """Give what a query finds now; the latest few queries only cost what has changed since the last time.

        Args:
            query_id: a text that stands for this query and no other.
            make_query: makes the query, when it has to be.

        Raises what ``make_query`` raises.
        """
        kept = self._results.get(query_id)
        if kept is None:
            kept = Results(make_query(), self._revision)
        else:
            changes = self.since(kept.revision)
            if changes is not None and len(changes) <= len(self.columns) * _PART_WORTH_FOLLOWING:
                kept.follow(changes, self._revision)
            else:
                kept = Results(kept.query, self._revision)
        self._results[query_id] = kept
        self._results.move_to_end(query_id)
        if len(self._results) > _MOST_RESULTS:
            self._results.popitem(last=False)
        return kept
