"""The cases of a domain: ``domain.cases``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ...errors import UnknownNameError
from ...filters import F
from ...models.connectcases.case_search import SearchCasesRequest
from ...models.connectcases.cases import ListCasesForContactRequest
from ...pagination import Pager
from .._base import given_id
from .._collections import OfDomain
from .case import Case, ListedCase
from .search import CaseSearch, filter_model
from .values import DEFAULT_FIELDS

if TYPE_CHECKING:
    from ...filters import Filter
    from ...models.connectcases.case_search import CaseFilter, SearchCasesResponse
    from ...models.connectcases.cases import ListCasesForContactResponse
    from .._writing import FieldInputs, Performer
    from ..setup._resolving import TemplateName
    from .batches import UpdateManyResult
    from .case import CreatedCase, LoadedCase
    from .search import SortInput
    from .values import FieldsToRead

__all__ = ["Cases"]

# The most that ListCasesForContact gives, by the service model.
_MOST_FOR_CONTACT = 10
_TOO_MANY = 2


class Cases(OfDomain):
    """The cases of a domain: ``domain.cases``.

    Fields are named by name, id or reference, or given themselves; templates by name or id. One case is read with all
    its fields, each of many with ``reference_number``, ``title`` and ``status``, unless ``fields`` says which: a list,
    or ``"all"``. The names of a domain are read when the first is needed, and kept: see :class:`~connectkit.Schema`.
    """

    __slots__ = ()

    def create(
        self,
        *,
        template: TemplateName,
        fields: FieldInputs,
        tags: Mapping[str, str] | None = None,
        performed_by: Performer = None,
        client_token: str | None = None,
        contact: str | None = None,
        comment: str | None = None,
    ) -> CreatedCase:
        """Create a case, link a contact to it and comment it; whatever can be refused here is refused before.

        Args:
            template: An active template: its name or id, or itself, as ``domain.templates`` gave it.
            fields: Values by field, ``title`` among them. More than 220 take an update for each 220 more, and those
                that the template requires go first.
            tags: Tags, value by key, besides those that the template gives.
            performed_by: Whom to record as acting: the ARN of a Connect user, or any other name.
            client_token: Makes it safe to ask twice: with the same token and the same arguments it is the same case.
                A contact and a comment are then looked for before they are added, a call more for each.
                Without one a call is safe in itself, its retries carrying one token.
            contact: ARN of a contact to link to the case.
            comment: Text of a comment to add to it.

        Returns:
            The case, as far as that is known without reading it.

        Raises:
            RequestError: there is no title, a field isn't there, or a value doesn't suit its field; nothing was sent.
            UnknownNameError: there is no such template.
            InvalidRequestError: the template isn't active, or requires a value that isn't given.
            IncompleteError: the case is there and a later step failed. ``resource`` is the case, ``done`` and ``left``
                say in words which steps were done and which weren't, and ``resume()`` goes on with those.
        """
        from .creation import create_case

        return create_case(
            self._scope,
            template=template,
            fields=fields,
            tags=tags,
            performed_by=performed_by,
            client_token=client_token,
            contact=contact,
            comment=comment,
        )

    def get(self, case_id: str, *, fields: FieldsToRead = "all") -> LoadedCase:
        """The case with this id, read; see :meth:`Case.refresh`.

        Args:
            case_id: Its id. :meth:`find` takes its reference number.
            fields: The fields to read, by name, id or reference; ``"all"`` for every field of the domain.

        Raises:
            NotFoundError: there is no such case.
            UnknownNameError: there is no such field.
        """
        return Case(self._scope, given_id(case_id, "case")).refresh(fields=fields)

    def find(self, reference_number: str, *, fields: FieldsToRead = DEFAULT_FIELDS) -> LoadedCase | None:
        """The case with this reference number, or ``None``. It is a search, which may not know a new case yet.

        Args:
            reference_number: Its reference number.
            fields: The fields to read; see :meth:`search`.

        Raises:
            UnknownNameError: several cases have that number, or there is no such field.
        """
        found = self.search(F.reference_number.eq(reference_number), fields=fields, limit=_TOO_MANY).all()
        if len(found) > 1:
            several = [case.id for case in found]
            raise UnknownNameError(kind="case", name=reference_number, where=self._where, several=several)
        return found[0] if found else None

    def list(
        self,
        *,
        fields: FieldsToRead = DEFAULT_FIELDS,
        page_size: int | None = None,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedCase, SearchCasesResponse]:
        """All cases, the last changed first; a :meth:`search` without a condition."""
        return self.search(fields=fields, page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch)

    def search(
        self,
        filter: Filter | CaseFilter | None = None,  # noqa: A002 - the API's own word
        *,
        term: str | None = None,
        fields: FieldsToRead = DEFAULT_FIELDS,
        sort: SortInput | None = None,
        page_size: int | None = None,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[LoadedCase, SearchCasesResponse]:
        """Search cases. Nothing is sent until the result is used; then each page is a call.

        Names of fields that aren't known yet cost one more, for each hundred fields of the domain, and once.

        More than 25 fields take a call for each 25: the same search several times, page by page, put together by the
        ids of the cases. Where a case has moved to another page in between, it is read by itself; where it was
        deleted, asking for one of the values that are lacking raises :class:`~connectkit.NotLoadedError`.

        Args:
            filter: Condition; all cases if left out. A ``Filter``, or a ``CaseFilter`` model.
            term: Keywords to look for in all fields.
            fields: The fields to read of each case, by name, id or reference; ``"all"`` for every field of the domain.
                With ``[]`` there are ids, templates and tags.
            sort: Field to sort by or a list of up to two: by name, id or reference; ``"-title"`` or ``F.title.desc()``
                for descending. The service's own order if left out: the last changed first.
            page_size: Most cases a page may hold; as many as can be if left out, which is 100.
            limit: Most cases in all.
            start_token: Token of the page to begin with.
            prefetch: Read the next page in a thread while the current one is being used.

        Returns:
            The cases found. The ``response`` of a page has the total count; with more than 25 fields it is the answer
            to the first query.

        Raises:
            TypeError: the filter isn't one, or the fields are no list.
            UnknownNameError: there is no such field; when the result is used.
            RequestError: the service's limits are passed: two sorts, 100 cases a page; when the result is used.
        """
        search = CaseSearch(
            self._scope, filter=filter, term=term, fields=fields, sort=sort, page_size=page_size, limit=limit
        )
        return Pager(search.fetch, operation="SearchCases", limit=limit, start_token=start_token, prefetch=prefetch)

    def count(
        self,
        filter: Filter | CaseFilter | None = None,  # noqa: A002 - the API's own word
        *,
        term: str | None = None,
    ) -> int:
        """How many cases pass; one call. A boto3 that doesn't know the total yet has all pages read."""
        request = SearchCasesRequest(
            domain_id=self._scope.domain_id, filter=filter_model(filter), search_term=term, max_results=1
        )
        total = self._scope.caller.send(request).total_count
        if total is not None:
            return total
        return sum(1 for _ in self.search(filter, term=term, fields=()))

    def for_contact(
        self,
        contact_arn: str,
        *,
        page_size: int | None = _MOST_FOR_CONTACT,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[ListedCase, ListCasesForContactResponse]:
        """The cases that a contact is linked to, by id and template id.

        Args:
            contact_arn: ARN of the contact.
            page_size: Most cases a page may hold, at most ten.
            limit: Most cases in all.
            start_token: Token of the page to begin with.
            prefetch: Read the next page in a thread while the current one is being used.
        """
        pager = self._scope.caller.paginate(
            ListCasesForContactRequest(domain_id=self._scope.domain_id, contact_arn=contact_arn),
            page_size=page_size,
            limit=limit,
            start_token=start_token,
            prefetch=prefetch,
        )
        return pager.map(lambda case: ListedCase(self._scope, case.case_id, template_id=case.template_id))

    def update_many(
        self, cases: Iterable[Case | str], fields: FieldInputs, *, performed_by: Performer = None
    ) -> UpdateManyResult:
        """Write the same values to many cases, a hundred a call; each succeeds or fails by itself.

        Args:
            cases: Cases or their ids: a list, or what a search gives, which is read to its end first. One that is
                given twice is written once.
            fields: Values by field; ``None`` clears one, but for title, status and customer. More than 220 take a
                call for each 220.
            performed_by: Whom to record as acting: the ARN of a Connect user, or any other name.

        Returns:
            What became of each case. Failures of single cases are there and not raised, unless
            ``raise_for_failures()`` is called.

        Raises:
            RequestError: there is nothing to write, a field isn't there, or a value doesn't suit its field. This boto3
                doesn't know the operation. Nothing was sent.
            BatchError: a call failed after others went well, or without its being known what it did; ``result`` says
                what became of each case, and which weren't tried.
            ServiceError: the first call was refused, and nothing has changed.
        """
        from .batches import update_many

        return update_many(self._scope, cases, fields, performed_by=performed_by)

    @property
    def _where(self) -> str:
        return f"domain {self._scope.domain_id}"
