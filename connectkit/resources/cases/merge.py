"""Merging one case into another: started by a call, then followed until it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from ..._bound import Bound
from ...errors import Fault, NotFoundError, RequestError, UnknownNameError, WaitError
from ...models.connectcases.case_merge import (
    FieldsConfiguration,
    GetMergeCasesStatusRequest,
    MergeStatus,
    RelatedItemsConfiguration,
    StartMergeCasesRequest,
)
from ...models.connectcases.field_values import FieldIdentifier
from .._base import several
from .._writing import Performer, performer

if TYPE_CHECKING:
    from .._scope import Scope
    from ..schema import FieldName
    from .case import Case

__all__ = ["Merge", "MergeState", "Movable", "merge_state", "start_merge"]

Movable: TypeAlias = Literal["comments", "contacts", "custom_items", "case_links"]
"""Kinds of related items that a merge can move. Files and SLAs stay where they are."""
_MEMBERS: dict[str, str] = {
    "comments": "comment",
    "contacts": "contact",
    "custom_items": "custom",
    "case_links": "connect_case",
}


@dataclass(frozen=True, slots=True)
class MergeState:
    """How far a merge is, and of which cases."""

    status: MergeStatus
    """``IN_PROGRESS`` or ``COMPLETED``; may be one that this version doesn't know."""
    primary_case_id: str | None = None
    """Id of the case that stays."""
    secondary_case_ids: tuple[str, ...] = ()
    """Ids of the cases that are merged in and closed; one so far."""

    @property
    def is_over(self) -> bool:
        """Whether it is completed."""
        return self.status == "COMPLETED"


class Merge(Bound):
    """A merge that was started: ``case.merge(other)`` gives it."""

    __slots__ = ("_primary", "_scope", "_secondary")

    def __init__(self, scope: Scope, primary: Case, secondary: Case) -> None:
        """Follow a merge; cases make this."""
        self._scope, self._primary, self._secondary = scope, primary, secondary

    @property
    def primary(self) -> Case:
        """The case that stays."""
        return self._primary

    @property
    def secondary(self) -> Case:
        """The case that is merged in and closed."""
        return self._secondary

    def status(self) -> MergeState | None:
        """How far it is; one call. ``None`` where the service knows of no merge.

        The secondary case is asked about, for of the primary one the service knows nothing any more once it is over.
        """
        return merge_state(self._scope, self._secondary.id)

    def wait(self, *, timeout: float = 300.0, interval: float = 5.0) -> MergeState:
        """Wait until it is over.

        Args:
            timeout: Seconds to wait at most.
            interval: Most seconds between two looks; the first follow each other more quickly.

        Raises:
            WaitTimeoutError: it isn't over by then. It goes on all the same, and can be waited for again.
            WaitError: it was running, and isn't there any more without having been completed.
        """
        seen = False

        def over() -> MergeState | None:
            nonlocal seen
            state = self.status()
            if state is None and seen:
                raise WaitError(f"{self._what} won't be completed: it was running, and the service has dropped it")
            # Inferred: right after it was started the service may not know of it yet.
            seen = seen or state is not None
            return state if state is not None and state.is_over else None

        return self._scope.caller.wait(over, what=f"{self._what} to be completed", timeout=timeout, interval=interval)

    @property
    def _what(self) -> str:
        return f"the merge of case {self._secondary.id} into case {self._primary.id}"

    def __repr__(self) -> str:
        return f"<Merge of {self._secondary.id} into {self._primary.id}>"


def start_merge(
    scope: Scope,
    primary: Case,
    secondary: Case,
    *,
    take_fields: Iterable[FieldName],
    move: Iterable[Movable],
    performed_by: Performer,
) -> Merge:
    """See ``Case.merge``."""
    faults: list[Fault] = []
    if primary.id == secondary.id:
        faults.append(Fault("other", f"is case {primary.id} itself; a case can't be merged into itself"))
    fields = _fields(scope, take_fields, faults)
    members = _members(move, faults)
    if faults:
        raise RequestError(operation="StartMergeCases", faults=faults)
    request = StartMergeCasesRequest(
        domain_id=scope.domain_id,
        case_id=primary.id,
        secondary_case_ids=[secondary.id],
        fields_configuration=([FieldsConfiguration(field_ids=fields, source_case_id=secondary.id)] if fields else None),
        related_items_configuration=RelatedItemsConfiguration(**members) if members else None,
        performed_by=performer(performed_by),
    )
    scope.caller.send(request)
    return Merge(scope, primary, secondary)


def merge_state(scope: Scope, case_id: str) -> MergeState | None:
    """What the service knows of a merge of this case; ``None`` if it knows of none.

    It answers with not-found for a case that takes part in none, as for one that isn't there; nothing official says
    how to tell these apart.
    """
    try:
        read = scope.caller.send(GetMergeCasesStatusRequest(domain_id=scope.domain_id, case_id=case_id))
    except NotFoundError:
        return None
    return MergeState(read.status, read.primary_case_id, tuple(read.secondary_case_ids or ()))


def _fields(scope: Scope, given: Iterable[FieldName], faults: list[Fault]) -> list[FieldIdentifier]:
    ids: list[str] = []
    for index, field in enumerate(several(given, "take_fields", of="fields")):
        try:
            ids.append(scope.schema.resolve(field).id)
        except UnknownNameError as error:  # noqa: PERF203 - all that is wrong is to be said at once
            faults.append(Fault(f"take_fields[{index}]", str(error)))
    return [FieldIdentifier(id=id_) for id_ in dict.fromkeys(ids)]


def _members(given: Iterable[Movable], faults: list[Fault]) -> dict[str, bool]:
    if isinstance(cast("object", given), str):
        raise TypeError(f"move is to be a list of kinds, ({given!r},), not a text")
    members: dict[str, bool] = {}
    for index, kind in enumerate(given):
        member = _MEMBERS.get(kind)
        if member is None:
            right = ", ".join(_MEMBERS)
            faults.append(Fault(f"move[{index}]", f"{kind!r} can't be moved by a merge; it moves {right}"))
        else:
            members[member] = True
    return members
