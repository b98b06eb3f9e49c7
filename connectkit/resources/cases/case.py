"""One case: what can be done with it, and the values that were read of it."""

from __future__ import annotations

from collections.abc import Iterator, KeysView, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ...errors import NotFoundError
from ...filters import READ_ONLY_FIELDS, F, FieldRef, Filter
from ...models.connectcases.case_search import SearchCasesRequest
from ...models.connectcases.cases import DeleteCaseRequest
from ..tags import LoadedTags, Tags
from ._parts import CaseParts
from .reading import CaseContent, read_case
from .values import DEFAULT_FIELDS, Asked, FieldValues
from .writing import write_fields

if TYPE_CHECKING:
    from ...values import PlainValue
    from .._scope import Scope
    from .._writing import FieldInputs, Performer
    from ..schema import FieldName
    from ..setup.field import Field
    from .values import FieldsToRead

__all__ = ["Case", "CreatedCase", "ListedCase", "LoadedCase"]

V = TypeVar("V")


class Case(CaseParts):
    """A case, known by its id.

    ``domain.case(id)`` makes one without a call.
    """

    __slots__ = ()

    kind = "case"

    @property
    def tags(self) -> Tags:
        """Its tags."""
        return Tags(self._scope.caller, self, self._read_arn)

    def refresh(self, *, fields: FieldsToRead = "all") -> LoadedCase:
        """Read it; gives it anew, with the values of these fields.

        Args:
            fields: The fields to read, by name, id or reference; ``"all"`` for every field of the domain.

        Raises:
            NotFoundError: there is no such case.
            UnknownNameError: there is no such field.
        """
        return LoadedCase(self._scope, self._id, read_case(self._scope, self._id, Asked(self._scope.schema, fields)))

    def update(self, fields: FieldInputs, *, performed_by: Performer = None) -> None:
        """Write values; fields that aren't named stay as they are.

        More than 220 take a call for each 220, in the order given.

        Args:
            fields: Values by field, which is named by name, id or reference; ``None`` clears one. Without any there
                is no call.
            performed_by: Whom to record as acting: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: a field isn't there, or a value doesn't suit its field; lists all that is wrong.
            NotFoundError: there is no such case.
            IncompleteError: some of more than 220 fields were written, and then a call failed.
        """
        write_fields(self._scope, self, fields, performed_by=performed_by)

    def delete(self) -> None:
        """Delete it for good, with its related items and its history.

        Raises:
            NotFoundError: there is no such case.
            ConflictError: it is being merged.
        """
        self._scope.caller.send(DeleteCaseRequest(domain_id=self.domain_id, case_id=self._id))

    def wait_until_readable(
        self,
        *,
        fields: FieldsToRead = DEFAULT_FIELDS,
        timeout: float = 60.0,
        interval: float = 2.0,
    ) -> LoadedCase:
        """Wait until it can be read; a new case may take a moment.

        Args:
            fields: The fields to read, by name, id or reference; ``"all"`` for every field of the domain.
            timeout: Seconds to wait at most.
            interval: Most seconds between two looks; the first follow each other more quickly.

        Raises:
            WaitTimeoutError: it can't be read by then.
            NotFoundError: there is no such domain.
            UnknownNameError: there is no such field.
        """
        asked = Asked(self._scope.schema, fields)

        def readable() -> LoadedCase | None:
            try:
                return LoadedCase(self._scope, self._id, read_case(self._scope, self._id, asked))
            except NotFoundError as error:
                if error.details.get("resourceId") == self.domain_id:
                    raise  # without the domain there is no use in waiting
                return None

        what = f"case {self._id} to become readable"
        return self._scope.caller.wait(readable, what=what, timeout=timeout, interval=interval)

    def wait_until_searchable(
        self,
        filter: Filter | None = None,  # noqa: A002 - the API's own word
        *,
        timeout: float = 60.0,
        interval: float = 2.0,
    ) -> None:
        """Wait until a search finds it; what is written takes a moment to get there.

        Args:
            filter: What it is to be found by, ``F.status.eq("closed")`` after closing it; by its id alone if left out.
            timeout: Seconds to wait at most.
            interval: Most seconds between two looks; the first follow each other more quickly.

        Raises:
            WaitTimeoutError: it isn't found by then.
        """
        itself = F.case_id.eq(self._id)
        request = SearchCasesRequest(
            domain_id=self.domain_id, filter=(itself if filter is None else itself & filter).to_model(), max_results=1
        )

        def searchable() -> bool | None:
            return bool(self._scope.caller.send(request).cases) or None

        what = f"case {self._id} to be found by a search"
        self._scope.caller.wait(searchable, what=what, timeout=timeout, interval=interval)

    def _other(self, case_id: str) -> Case:
        return Case(self._scope, case_id)

    def _read_arn(self) -> str:
        # The form of a case's ARN is that of the service authorization reference.
        return f"{self._scope.arn()}/case/{self._id}"


class ListedCase(Case):
    """A case, with what a list says of it."""

    __slots__ = ("_template_id",)

    def __init__(self, scope: Scope, id_: str, *, template_id: str) -> None:
        super().__init__(scope, id_)
        self._template_id = template_id

    @property
    def template_id(self) -> str:
        """Id of the template that it was created from."""
        return self._template_id


class CreatedCase(ListedCase):
    """A case that was just created."""

    __slots__ = ("_arn",)

    def __init__(self, scope: Scope, id_: str, *, template_id: str, arn: str) -> None:
        super().__init__(scope, id_, template_id=template_id)
        self._arn = arn

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._arn

    def _read_arn(self) -> str:
        return self._arn


class LoadedCase(ListedCase):
    """A case, with the values that were read of it, as they were then: ``case["Priority"]``.

    A field is named by its name, its id, a reference, or the resource that it is; a reference also says the type of its
    value to type checkers.
    Looking at a value never calls the service.
    """

    __slots__ = ("_content",)

    def __init__(self, scope: Scope, id_: str, content: CaseContent) -> None:
        super().__init__(scope, id_, template_id=content.template_id)
        self._content = content

    @property
    def fields(self) -> Mapping[str, PlainValue]:
        """The values by field id, as ``Filter.matches`` looks at them."""
        return FieldValues(self._content.reading, self._content.unions)

    @property
    def tags(self) -> LoadedTags:
        """Its tags as they were, by key; the methods read and change them as they are now."""
        return LoadedTags(self._scope.caller, self, self._read_arn, self._content.tags or {})

    @overload
    def __getitem__(self, field: FieldRef[V]) -> V | None: ...
    @overload
    def __getitem__(self, field: str | Field) -> PlainValue: ...
    def __getitem__(self, field: FieldName) -> Any:
        """The value of a field, ``None`` if it has none.

        Raises:
            NotLoadedError: it wasn't asked for when the case was read.
            UnknownNameError: there is no such field.
            ResponseDecodeError: the service sent something that can't be understood.
        """
        return self._content.reading.value(self._content.unions, field)

    def __contains__(self, field: object) -> bool:
        """Whether a field was asked for when the case was read, whatever its value."""
        return self._content.reading.asked.has(field)

    def __iter__(self) -> Iterator[str]:
        """The fields that were asked for, as people call them: those of :meth:`to_dict`."""
        return iter(self._content.reading.asked.labels)

    def keys(self) -> KeysView[str]:
        """The same; with them ``dict(case)`` is :meth:`to_dict`."""
        return self._content.reading.asked.labels.keys()

    def __len__(self) -> int:
        return len(self._content.reading.asked.types)

    def __bool__(self) -> bool:
        """A case is there, even one that no field was read of: ``if case := search(fields=[]).first():``."""
        return True

    def to_dict(self, *, writable: bool = False) -> dict[str, PlainValue]:
        """The values by the names of their fields, system fields by their ids; in the order asked for.

        Args:
            writable: Leave out what the service alone writes, such as ``case_id`` and ``created_datetime``: what is
                left makes a copy, ``domain.cases.create(template=…, fields=case.to_dict(writable=True))``.
        """
        labels = self._content.reading.asked.labels.items()
        return {label: self[id_] for label, id_ in labels if not (writable and id_ in READ_ONLY_FIELDS)}
