"""SearchCases: which cases pass, in which order, and what is shown of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectkit.simulator.cases.filters import Filter, all_of, compile_filter, compile_keywords
from connectkit.simulator.cases.lookup import find_domain, known_field
from connectkit.simulator.cases.ordering import Order, SortKey
from connectkit.simulator.cases.summaries import encode_summaries
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Case, words_of
from connectkit.simulator.state.domains import Domain

__all__ = ["Search", "handles"]

handles: Handlers = Handlers()

_DEFAULT_PAGE = 25
_DEFAULT_SORTS: Sequence[Mapping[str, str]] = ({"fieldId": "last_updated_datetime", "sortOrder": "Desc"},)


@handles("SearchCases")
def search_cases(context: Context, params: Params) -> Output:
    """Find cases by keywords and a filter, and give a page of them with how many there are in all."""
    domain = find_domain(context, params)
    shown = list(dict.fromkeys(entry["id"] for entry in params.get("fields", ())))
    for field_id in shown:
        known_field(domain, field_id, where="fields")
    index = domain.search_index
    index.catch_up(context.now)
    query = context.query(params)
    results = index.results(query, lambda: Search(domain, params))
    order = results.query.order
    page, token = context.page(
        params,
        results.cases,
        key=order.key,
        read_key=order.read,
        write_key=order.write,
        default_size=_DEFAULT_PAGE,
        query=query,
    )
    return {"cases": encode_summaries(page, shown), "totalCount": len(results.cases), "nextToken": token}


class Search:
    """The filter, the keywords and the order of a search, read once for all its pages.

    Raises a ValidationException for what makes no sense. It goes on making sense: a field never goes away
    altogether, nor does its type change.
    """

    def __init__(self, domain: Domain, params: Params) -> None:
        self._columns = columns = domain.search_index.columns
        filters: list[Filter] = []
        if "filter" in params:
            filters.append(compile_filter(domain, columns, params["filter"]))
        # Inferred: keywords are whole words, in any case, and all of them must be on the case.
        filters.append(compile_keywords(columns, words_of(params.get("searchTerm", ""))))
        self._filter = all_of(filters)
        self.order: Order = Order(domain, params.get("sorts") or _DEFAULT_SORTS)

    def find(self) -> list[Case]:
        """Give the cases that pass now, in order."""
        return self.order.arrange(self._columns, self._filter.select(list(self._columns), passing=True))

    def passes(self, case: Case, /) -> bool:
        """Say whether a case passes, which must be one that can be seen now."""
        return bool(self._filter.select([self._columns.place(case.id)], passing=True))

    def key(self, case: Case, /) -> SortKey:
        """Give a case's place in the order."""
        return self.order.key(case)
