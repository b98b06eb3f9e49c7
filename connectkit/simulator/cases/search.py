"""SearchCases: which cases pass, in which order, and what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import total_ordering
from typing import Any

from connectkit.simulator.cases.filters import compile_filter
from connectkit.simulator.cases.lookup import find_domain, known_field
from connectkit.simulator.cases.values import to_wire
from connectkit.simulator.core.operations import Context, Handlers, Output, Params
from connectkit.simulator.state.cases import Case, words_of
from connectkit.simulator.state.domains import Domain

__all__ = ["handles"]

handles: Handlers = Handlers()

_DEFAULT_PAGE = 25
_DEFAULT_SORTS: Sequence[Mapping[str, str]] = ({"fieldId": "last_updated_datetime", "sortOrder": "Desc"},)
# Inferred: a search index compares long texts by their beginning. It also keeps a page token short.
_COMPARED_CHARACTERS = 256

SortKey = tuple[Any, ...]
"""For each sort whether the value is missing, and the value; at the end the order of creation, newest first.
"""


@handles("SearchCases")
def search_cases(context: Context, params: Params) -> Output:
    """Find cases by keywords and a filter, and give a page of them with how many there are in all."""
    domain = find_domain(context, params)
    shown = list(dict.fromkeys(entry["id"] for entry in params.get("fields", ())))
    for field_id in shown:
        known_field(domain, field_id, where="fields")
    domain.search_index.catch_up(context.now)
    passes = _compile(domain, params)
    order = _Order(domain, params.get("sorts") or _DEFAULT_SORTS)

    found = [(order.key(case), case) for case in domain.search_index.cases.values() if passes(case)]
    found.sort(key=_first)
    page, token = context.page(
        params,
        found,
        key=_first,
        read_key=order.read,
        write_key=order.write,
        default_size=_DEFAULT_PAGE,
    )
    return {
        "cases": [_summary(case, shown) for _, case in page],
        "totalCount": len(found),
        "nextToken": token,
    }


def _first(pair: tuple[SortKey, Case]) -> SortKey:
    return pair[0]


def _summary(case: Case, shown: Sequence[str]) -> Output:
    # Inferred: without a list of fields no values are shown, and a field without a value is left out.
    values = case.values
    return {
        "caseId": case.id,
        "templateId": case.template_id,
        "fields": [to_wire(field_id, values[field_id]) for field_id in shown if field_id in values],
        "tags": case.tags,
    }


def _compile(domain: Domain, params: Params) -> Callable[[Case], bool]:
    tests: list[Callable[[Case], bool]] = []
    if "filter" in params:
        tests.append(compile_filter(domain, params["filter"]))
    # Inferred: keywords are whole words, in any case, and all of them must be on the case.
    if words := words_of(params.get("searchTerm", "")):
        tests.append(lambda case: words <= domain.search_index.words(case))
    match tests:
        case []:
            return lambda _: True
        case [test]:
            return test
        case _:
            return lambda case: all(test(case) for test in tests)


class _Order:
    """The order of a search: its sorts, then the newest case first, so that no two cases share a place."""

    def __init__(self, domain: Domain, sorts: Sequence[Mapping[str, str]]) -> None:
        self._parts: list[tuple[str, Callable[[Any], Any]]] = []
        for index, sort in enumerate(sorts):
            field = known_field(domain, sort["fieldId"], where=f"sorts[{index}]")
            descending = sort["sortOrder"] == "Desc"
            # Numbers turn round by their sign, which is faster than an object for each.
            numeric = field.type in {"Number", "DateTime", "Boolean"}
            turn = (_negative if numeric else _Descending) if descending else _same
            self._parts.append((field.id, turn))

    def key(self, case: Case) -> SortKey:
        """Give a case's place. A missing value comes last in both directions, which is inferred."""
        key: list[Any] = []
        for field_id, turn in self._parts:
            value = case.values.get(field_id)
            if value is None:
                key += (True, 0)
            else:
                raw = value.key
                key += (False, turn(raw[:_COMPARED_CHARACTERS] if isinstance(raw, str) else raw))
        key.append(-case.sequence)
        return tuple(key)

    def write(self, key: SortKey) -> list[Any]:
        """Give what to keep of a key in a page token."""
        return [part.text if isinstance(part, _Descending) else part for part in key]

    def read(self, kept: Sequence[Any]) -> SortKey:
        """Make a key again of what was kept."""
        key = list(kept)
        for index, (_, turn) in enumerate(self._parts):
            missing, place = kept[2 * index], 2 * index + 1
            if turn is _Descending and not missing:
                key[place] = _Descending(kept[place])
        return tuple(key)


def _same(value: Any) -> Any:
    return value


def _negative(value: float) -> float:
    return -value


@total_ordering
class _Descending:
    """A text that sorts the other way round."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and self.text == other.text

    def __lt__(self, other: _Descending) -> bool:
        return self.text > other.text

    def __hash__(self) -> int:
        return hash(self.text)
