"""The same comment for many cases with BatchCreateRelatedItem, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from ...errors import BatchError, ConnectKitError, ServiceError
from ...models.connectcases.case_batches import (
    BatchCreateRelatedItemIdentifier,
    BatchCreateRelatedItemRequest,
    BatchCreateRelatedItemResponse,
    CaseIdentifierUnion,
)
from .._base import Resource
from .._case_batches import UNKNOWN, CaseBatch, written
from .._case_id import CaseOrId, case_id
from .._writing import Performer, performer
from ._wire import write_content
from .content import Comment
from .item import CreatedRelatedItem

if TYPE_CHECKING:
    from .._scope import Scope
    from ..cases.case import Case

__all__ = ["CASES_A_BATCH", "CommentFate", "CommentManyResult", "CommentOutcome", "comment_many"]

CASES_A_BATCH = 100
"""How many cases BatchCreateRelatedItem takes, by the service model."""

CommentFate: TypeAlias = Literal["added", "failed", "unknown", "not tried"]
"""What can become of a case; see :class:`CommentOutcome`."""


@dataclass(frozen=True)
class CommentOutcome:
    """What became of one case of many."""

    case: Case
    """The case."""
    fate: CommentFate
    """``added``; ``failed``: it hasn't got the comment; ``unknown``: the call failed and may have added it all the
    same; ``not tried``: a call before failed."""
    comment: CreatedRelatedItem | None = None
    """The comment, if it was added."""
    error_code: str | None = None
    """Why not, as a code: ``CASE_NOT_FOUND``, ``CONFLICT``, …; the service's error code where a whole call failed."""
    error_message: str | None = None
    """Why not, in words."""

    def __str__(self) -> str:
        return written(self)


@dataclass(frozen=True)
class CommentManyResult(CaseBatch[CommentOutcome]):
    """What became of each case of many."""

    _well, _told = "added", "have the comment"

    @property
    def succeeded(self) -> list[CreatedRelatedItem]:
        """The comments that were added; each knows its case."""
        return [outcome.comment for outcome in self.outcomes if outcome.comment is not None]


def comment_many(
    scope: Scope,
    cases: Iterable[CaseOrId],
    body: str,
    *,
    performed_by: Performer,
    client_token: str | None,
    make_case: Callable[[str], Case],
) -> CommentManyResult:
    """Add the same comment to many cases; see ``DomainRelatedItems.comment_many``."""
    wanted = [make_case(id_) for id_ in _ids(scope, cases)]
    content, by = write_content(scope, Comment(body)).content, performer(performed_by)
    chunks = [wanted[start : start + CASES_A_BATCH] for start in range(0, len(wanted), CASES_A_BATCH)]
    requests = [
        BatchCreateRelatedItemRequest(
            domain_id=scope.domain_id,
            content=content,
            cases=_identified(chunk),
            performed_by=by,
            # One for each call: the service would refuse it for other cases.
            client_token=f"{client_token}-{number}" if client_token is not None else None,
        )
        for number, chunk in enumerate(chunks)
    ]
    for request in requests:
        # What will be refused is refused before any case has the comment.
        scope.caller.check(request)
    outcomes: list[CommentOutcome] = []
    for number, (chunk, request) in enumerate(zip(chunks, requests, strict=True)):
        try:
            answer = scope.caller.send(request)
        except ConnectKitError as error:
            if not number and not error.may_have_acted:
                raise
            outcomes += [_lost(case, error) for case in chunk]
            outcomes += [CommentOutcome(case, "not tried") for case in wanted[len(outcomes) :]]
            result = CommentManyResult(tuple(outcomes))
            message = f"BatchCreateRelatedItem: a call failed part of the way, {result.summary()}: {error}"
            raise BatchError(message, result=result) from error
        outcomes += _read(scope, chunk, answer, make_case)
    return CommentManyResult(tuple(outcomes))


def _ids(scope: Scope, cases: Iterable[CaseOrId]) -> list[str]:
    if isinstance(cast("object", cases), (str, Resource)):
        raise TypeError("cases is to be a list of cases or of their ids, not one of them")
    ids = [
        case_id(scope, case, operation="BatchCreateRelatedItem", path=f"cases[{index}]")
        for index, case in enumerate(cases)
    ]
    return list(dict.fromkeys(ids))


def _identified(cases: Iterable[Case]) -> list[BatchCreateRelatedItemIdentifier]:
    return [BatchCreateRelatedItemIdentifier(case_identifier=CaseIdentifierUnion(case_id=case.id)) for case in cases]


def _lost(case: Case, error: ConnectKitError) -> CommentOutcome:
    """What became of a case whose call failed as a whole: nothing, where the failure tells so."""
    code = error.code if isinstance(error, ServiceError) else type(error).__name__
    return CommentOutcome(
        case, "unknown" if error.may_have_acted else "failed", error_code=code, error_message=str(error)
    )


def _read(
    scope: Scope, cases: Sequence[Case], answer: BatchCreateRelatedItemResponse, make_case: Callable[[str], Case]
) -> list[CommentOutcome]:
    """What became of each case of a call, in its order, whatever the order of the answer."""
    done = {item.case_identifier.case_id: item for item in answer.successful_items or () if item.case_identifier}
    errors = {item.case_identifier.case_id: item for item in answer.failed_items or () if item.case_identifier}
    outcomes: list[CommentOutcome] = []
    for case in cases:
        if (item := done.get(case.id)) is not None:
            made = CreatedRelatedItem(
                scope, case.id, item.related_item_id, make_case, type_="Comment", arn=item.related_item_arn
            )
            outcomes.append(CommentOutcome(case, "added", made))
        elif (error := errors.get(case.id)) is not None:
            outcomes.append(
                CommentOutcome(case, "failed", error_code=error.error_code, error_message=error.error_message)
            )
        else:
            outcomes.append(CommentOutcome(case, "unknown", error_code="UNKNOWN", error_message=UNKNOWN))
    return outcomes
