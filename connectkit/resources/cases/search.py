"""Searching cases: the query by names, its pages, and more fields than one query gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from ...errors import NotFoundError
from ...filters import Descending, FieldRef, Filter
from ...models.connectcases.case_search import CaseFilter, SearchCasesRequest, SearchCasesResponse, Sort
from ...models.connectcases.field_values import FieldIdentifier
from ...pagination import Page
from .._base import Resource
from .case import LoadedCase
from .reading import CaseContent, read_case
from .values import Asked, Reading, given_fields, tags_of, text_of, unions_by_id

if TYPE_CHECKING:
    from ..._transport import PlainAnswer
    from .._scope import Scope
    from ..schema import FieldName, Schema
    from .values import FieldsToRead

__all__ = ["FIELDS_A_SEARCH", "MOST_CASES", "CaseSearch", "SortInput", "filter_model"]

FIELDS_A_SEARCH = 25
"""How many fields SearchCases gives with each case, by the service model; that of an older boto3 says 10."""
MOST_CASES = 100
"""The most cases that a page of SearchCases holds, by the service model; that of an older boto3 says 25."""

SortKey: TypeAlias = "FieldName | Descending | Sort"
"""One thing to sort by: a field, its ``desc()``, or the request's own model. ``-name`` sorts downwards."""
SortInput: TypeAlias = "SortKey | Sequence[SortKey]"
"""A field to sort by or several, the most important first: by name or id, with a ``-`` before it for the last one
first; by reference, with ``.desc()`` for the same; or as the API says it."""


class CaseSearch:
    """One search, whichever page of it is wanted."""

    def __init__(
        self,
        scope: Scope,
        *,
        filter: Filter | CaseFilter | None,  # noqa: A002 - the API's own word
        term: str | None,
        fields: FieldsToRead,
        sort: SortInput | None,
        page_size: int | None,
        limit: int | None,
    ) -> None:
        """Note what is wanted; makes no call.

        Raises:
            TypeError: the filter is none, or the fields are no list.
        """
        self._scope = scope
        self._wanted = given_fields(fields)
        self._sort: tuple[SortKey, ...] = _several(sort)
        self._page_size, self._limit = page_size, limit
        self._base = SearchCasesRequest(domain_id=scope.domain_id, search_term=term, filter=filter_model(filter))
        self._query: _Query | None = None
        self._left: tuple[str | None, list[dict[str, CaseContent]]] | None = None

    def fetch(self, token: str | None) -> Page[LoadedCase, SearchCasesResponse]:
        """Read the page that ``token`` opens."""
        query = self._query
        if query is None:
            query = self._query = self._prepared()
        if len(query.requests) > 1:
            return self._joined(query, token)
        answer = self._send(query.requests[0], token)
        read = _ReadPage(answer, query.asked)
        cases = [LoadedCase(self._scope, case_id, content) for case_id, content in read.cases]
        return Page[LoadedCase, SearchCasesResponse].late(cases, read.next_token, answer.model)

    def _prepared(self) -> _Query:
        caller, schema = self._scope.caller, self._scope.schema
        asked = Asked(schema, self._wanted)
        sorts = [_sort(by, schema) for by in self._sort]
        size = self._page_size
        if size is None:
            size = caller.most(SearchCasesRequest, "maxResults", MOST_CASES)
        base = self._base.model_copy(
            update={"sorts": sorts or None, "max_results": min(size, self._limit) if self._limit else size}
        )
        most = caller.most(SearchCasesRequest, "fields", FIELDS_A_SEARCH)
        fields = [FieldIdentifier(id=field) for field in asked.types]
        groups = [fields[start : start + most] for start in range(0, len(fields), most)]
        return _Query(asked, [base.model_copy(update={"fields": group}) for group in groups] or [base])

    def _send(self, request: SearchCasesRequest, token: str | None) -> PlainAnswer:
        return self._scope.caller.send_plain(request.model_copy(update={"next_token": token}))

    def _joined(self, query: _Query, token: str | None) -> Page[LoadedCase, SearchCasesResponse]:
        """A page of which each query has a part of the fields; the first one says which cases are on it."""
        tokens: Sequence[str | None] = _split(token, len(query.requests))
        first = self._send(query.requests[0], tokens[0])
        read = _ReadPage(first, query.asked)
        next_tokens = [read.next_token]
        known = self._take_left(token, len(query.requests) - 1)
        for request, part, others in zip(query.requests[1:], tokens[1:], known, strict=True):
            if token is not None and part is None:  # its pages have come to their end earlier
                next_tokens.append(None)
                continue
            page = _ReadPage(self._send(request, part), query.asked)
            next_tokens.append(page.next_token)
            others.update(page.cases)
        cases = [
            LoadedCase(self._scope, case_id, self._completed(query, case_id, content, known))
            for case_id, content in read.cases
        ]
        next_token = json.dumps(next_tokens) if read.next_token else None
        self._left = (next_token, [dict(list(others.items())[-MOST_CASES:]) for others in known])
        return Page[LoadedCase, SearchCasesResponse].late(cases, next_token, first.model)

    def _take_left(self, token: str | None, count: int) -> list[dict[str, CaseContent]]:
        """What the other queries gave on the page before and the first one didn't: it is likely to give it now.

        Once cases have moved, the pages of the queries don't begin with the same case any more.
        """
        left, self._left = self._left, None
        if left is not None and token is not None and left[0] == token:
            return left[1]
        return [{} for _ in range(count)]

    def _completed(
        self, query: _Query, case_id: str, content: CaseContent, known: Sequence[dict[str, CaseContent]]
    ) -> CaseContent:
        """A case with all its values: those that the other queries have of it, and the rest read for itself.

        Cases move from page to page while they are being changed, so one may be missing from where it belongs.
        """
        missing: list[str] = []
        unions = dict(content.unions)
        for request, others in zip(query.requests[1:], known, strict=True):
            found = others.pop(case_id, None)
            if found is not None:
                unions.update(found.unions)
            else:
                missing += [field.id for field in request.fields or ()]
        if missing:
            try:
                read = read_case(self._scope, case_id, query.asked.only(missing))
            except NotFoundError:
                # It was found, and then deleted: what is known of it stays.
                there = [field for field in query.asked.types if field not in missing]
                reading = content.reading.of(query.asked.only(there, gone=True))
                return content._replace(unions=unions, reading=reading)
            unions.update(read.unions)
        return content._replace(unions=unions)


class _Query(NamedTuple):
    """A search with all names resolved."""

    asked: Asked
    requests: list[SearchCasesRequest]
    """One for each 25 fields, otherwise the same."""


class _ReadPage:
    """What an answer of SearchCases says, as plain dictionaries."""

    __slots__ = ("cases", "next_token")

    def __init__(self, answer: PlainAnswer, asked: Asked) -> None:
        reading = Reading(asked, "SearchCases", answer.metadata)
        self.next_token: str | None = text_of(answer.mapping, "nextToken", reading) or None
        found: object = answer.mapping.get("cases")
        if found is not None and not isinstance(found, list):
            raise reading.unreadable("cases", "it is no list")
        cases = cast("Sequence[object]", found or ())
        self.cases: list[tuple[str, CaseContent]] = [
            _case(case, reading, f"cases[{index}]") for index, case in enumerate(cases)
        ]


def _case(case: object, reading: Reading, path: str) -> tuple[str, CaseContent]:
    if not isinstance(case, dict):
        raise reading.unreadable(path, "it is no object")
    read = cast("dict[str, Any]", case)
    case_id = text_of(read, "caseId", reading, path)
    if not case_id:
        raise reading.unreadable(f"{path}.caseId", "it is missing")
    return case_id, CaseContent(
        text_of(read, "templateId", reading, path),
        tags_of(read, reading, path),
        unions_by_id(read.get("fields"), reading, f"{path}.fields"),
        reading,
    )


def filter_model(given: Filter | CaseFilter | None) -> CaseFilter | None:
    """The filter as requests take it.

    Raises:
        TypeError: it is something else.
    """
    if given is None or isinstance(given, CaseFilter):
        return given
    if not isinstance(cast("object", given), Filter):
        hint = ": Filter.from_wire reads one from the wire" if isinstance(given, Mapping) else ""
        raise TypeError(f"filter is to be a Filter such as F.status.eq('open'), not {type(given).__name__}{hint}")
    return given.to_model()


def _several(sort: SortInput | None) -> tuple[SortKey, ...]:
    if sort is None:
        return ()
    return (sort,) if isinstance(sort, (str, FieldRef, Resource, Descending, Sort)) else tuple(sort)


def _sort(by: SortKey, schema: Schema) -> Sort:
    if isinstance(by, Sort):
        return by
    if isinstance(by, Descending):
        return Sort(field_id=by.field.id, sort_order="Desc")
    if isinstance(by, str) and by.startswith("-"):
        return Sort(field_id=schema.resolve(by[1:]).id, sort_order="Desc")
    return Sort(field_id=schema.resolve(by).id, sort_order="Asc")


def _split(token: str | None, count: int) -> Sequence[str | None]:
    """The tokens of all queries, out of the one that opens a page of them together."""
    if token is None:
        return [None] * count
    try:
        tokens: object = json.loads(token)
    except (ValueError, RecursionError):  # a token may come from anywhere, and be nested as deep as anybody likes
        tokens = None
    if isinstance(tokens, list):
        parts = cast("list[object]", tokens)
        # The first query is the one that goes on to the end.
        if len(parts) == count and parts[0] and all(part is None or isinstance(part, str) for part in parts):
            return cast("list[str | None]", parts)
    raise ValueError("start_token isn't one of a search for as many fields as this one")
