"""The same comment for many cases: a call for each hundred, and what became of each case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..errors import (
    BatchError,
    ConfigurationError,
    ConnectKitError,
    Fault,
    RequestError,
    ServiceError,
    TransportError,
)
from ..models.connectcases.case_batches import (
    BatchCreateRelatedItemIdentifier,
    BatchCreateRelatedItemRequest,
    BatchCreateRelatedItemResponse,
    CaseIdentifierUnion,
)
from ._case_id import CaseOrId, case_id
from ._related_item_wire import write_content
from ._writing import Performer, performer
from .related_item import CreatedRelatedItem
from .related_item_content import Comment

if TYPE_CHECKING:
    from ._scope import Scope
    from .case import Case

__all__ = ["CASES_A_BATCH", "CommentOutcome", "CommentResults", "CommentState", "comment_many"]

CASES_A_BATCH = 100
"""The most cases that BatchCreateRelatedItem takes, in the service model."""
_SHOWN = 20
# A request that the service refuses, with a status below this, has done nothing.
_SERVER_ERRORS = 500

CommentState: TypeAlias = Literal["added", "failed", "unanswered", "not tried"]
"""How far a case got: ``unanswered`` means that its call broke off, so that it may have the comment or not."""


@dataclass(frozen=True, slots=True)
class CommentOutcome:
    """What became of one case."""

    case_id: str
    """Id of the case, as it was given."""
    state: CommentState
    """``added``, ``failed``, ``unanswered`` or ``not tried``."""
    comment: CreatedRelatedItem | None = None
    """The comment, if it was added."""
    error_code: str | None = None
    """The service's reason, if it failed: ``CASE_NOT_FOUND``, ``CONFLICT``, ``THROTTLED``, …"""
    error_message: str | None = None
    """The same in words."""

    def __str__(self) -> str:
        why = f": {self.error_code}" if self.error_code else ""
        return f"{self.case_id}: {self.state}{why}" + (f": {self.error_message}" if self.error_message else "")


@dataclass(frozen=True, slots=True)
class CommentResults:
    """What became of each case that was to get a comment."""

    outcomes: tuple[CommentOutcome, ...]
    """One for each case, in the order given."""

    @property
    def succeeded(self) -> tuple[CommentOutcome, ...]:
        """The cases that have the comment."""
        return self._in("added")

    @property
    def failed(self) -> tuple[CommentOutcome, ...]:
        """The cases that the service refused, each by itself or with the whole call; they don't have it."""
        return self._in("failed")

    @property
    def unanswered(self) -> tuple[CommentOutcome, ...]:
        """The cases of a call that broke off, or that its answer left out: they may have it or not."""
        return self._in("unanswered")

    @property
    def left(self) -> tuple[CommentOutcome, ...]:
        """The cases of the calls after one that failed: they weren't tried, and don't have it."""
        return self._in("not tried")

    @property
    def ok(self) -> bool:
        """Whether all cases have the comment."""
        return len(self.succeeded) == len(self.outcomes)

    def raise_for_failures(self) -> None:
        """Do nothing if all cases have the comment.

        Raises:
            BatchError: some don't, or may not; has this for its ``result``.
        """
        if not self.ok:
            raise self.error()

    def error(self) -> BatchError:
        """The exception that says which cases don't have the comment, and why."""
        others = [outcome for outcome in self.outcomes if outcome.state != "added"]
        told = "".join(f"\n  {outcome}" for outcome in others[:_SHOWN])
        more = f"\n  and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        counts = [(len(self.failed), "failed"), (len(self.unanswered), "unanswered"), (len(self.left), "not tried")]
        summary = ", ".join(f"{count} {state}" for count, state in counts if count)
        message = f"{len(others)} of {len(self.outcomes)} cases weren't commented on ({summary}):{told}{more}"
        return BatchError(message, result=self)

    def _in(self, state: CommentState) -> tuple[CommentOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.state == state)


def comment_many(
    scope: Scope,
    cases: Iterable[CaseOrId],
    body: str,
    *,
    performed_by: Performer,
    make_case: Callable[[str], Case],
) -> CommentResults:
    """See :meth:`connectkit.resources.related_items.DomainRelatedItems.comment_many`."""
    ids = _ids(scope, cases)
    content = write_content(scope, Comment(body)).content
    outcomes: list[CommentOutcome] = []
    for begin in range(0, len(ids), CASES_A_BATCH):
        chunk = ids[begin : begin + CASES_A_BATCH]
        named = [BatchCreateRelatedItemIdentifier(case_identifier=CaseIdentifierUnion(case_id=id_)) for id_ in chunk]
        request = BatchCreateRelatedItemRequest(
            domain_id=scope.domain_id, content=content, cases=named, performed_by=performer(performed_by)
        )
        try:
            answer = scope.caller.send(request)
        except ConnectKitError as error:
            if not outcomes:
                raise
            outcomes += [_lost(id_, error) for id_ in chunk]
            outcomes += [CommentOutcome(id_, "not tried") for id_ in ids[begin + CASES_A_BATCH :]]
            raise CommentResults(tuple(outcomes)).error() from error
        outcomes += _read(scope, chunk, answer, make_case)
    return CommentResults(tuple(outcomes))


def _ids(scope: Scope, cases: Iterable[CaseOrId]) -> list[str]:
    if isinstance(cases, str):
        raise TypeError(f"cases is to be a list of cases, not the text {cases!r}")
    ids = [case_id(scope, case) for case in cases]
    twice = [id_ for id_, count in Counter(ids).items() if count > 1]
    if twice:
        # The service refuses that within a call; over several it would comment twice.
        faults = [Fault(f"cases[{ids.index(id_, ids.index(id_) + 1)}]", f"case {id_} is given twice") for id_ in twice]
        raise RequestError(operation="BatchCreateRelatedItem", faults=faults)
    return ids


def _lost(case_id: str, error: ConnectKitError) -> CommentOutcome:
    """What became of a case whose call failed as a whole, as far as the failure tells."""
    if isinstance(error, ServiceError) and error.status < _SERVER_ERRORS:
        return CommentOutcome(case_id, "failed", error_code=error.code, error_message=error.message)
    never_sent = isinstance(error, TransportError) and error.never_sent
    untried = never_sent or isinstance(error, (ConfigurationError, RequestError))
    return CommentOutcome(case_id, "not tried" if untried else "unanswered")


def _read(
    scope: Scope, chunk: Sequence[str], answer: BatchCreateRelatedItemResponse, make_case: Callable[[str], Case]
) -> list[CommentOutcome]:
    """What became of each case of a call, in its order, whatever the order of the answer."""
    outcomes = {id_: CommentOutcome(id_, "unanswered") for id_ in chunk}
    for done in answer.successful_items or ():
        id_ = done.case_identifier.case_id
        if id_ in outcomes:
            comment = CreatedRelatedItem(
                scope, id_, done.related_item_id, make_case, type_="Comment", arn=done.related_item_arn
            )
            outcomes[id_] = CommentOutcome(id_, "added", comment)
    for failed in answer.failed_items or ():
        id_ = failed.case_identifier.case_id
        if id_ in outcomes:
            outcomes[id_] = CommentOutcome(
                id_, "failed", error_code=failed.error_code, error_message=failed.error_message
            )
    return list(outcomes.values())
