"""Writing the same values to many cases with BatchUpdateCase, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from ...errors import BatchError, ConnectKitError, Fault, RequestError, ServiceError
from ...models.connectcases.case_batches import (
    BatchUpdateCaseIdentifier,
    BatchUpdateCaseRequest,
    BatchUpdateCaseResponse,
    CaseIdentifierUnion,
    FieldIdentifierUnion,
    FieldValueInput,
)
from .._base import elsewhere
from .._writing import field_values, performer
from .case import Case
from .writing import FIELDS_A_WRITE

if TYPE_CHECKING:
    from ...models.connectcases.field_values import FieldValue
    from .._scope import Scope
    from .._writing import FieldInputs, Performer

__all__ = ["CASES_A_BATCH", "CaseOutcome", "UpdateManyResult", "update_many"]

CASES_A_BATCH = 100
"""How many cases BatchUpdateCase takes, by the service model."""
# The fields that have members of their own, and mustn't be among the others.
_ON_TOP = ("title", "status", "customer_id")
_UNKNOWN = "the service's answer doesn't say what became of this case"

CaseFate: TypeAlias = Literal["updated", "failed", "incomplete", "unknown", "not tried"]
"""What became of one case of many; :attr:`CaseOutcome.fate` says what each means."""


@dataclass(frozen=True)
class CaseOutcome:
    """What became of one case of many."""

    case: Case
    """The case."""
    fate: CaseFate
    """``updated``; ``failed``: it is as it was; ``incomplete``: some of more than 220 values were written;
    ``unknown``: the call failed and may have changed it all the same; ``not tried``: a call before failed."""
    error_code: str | None = None
    """Why, as a code: ``CASE_NOT_FOUND``, ``VALIDATION_ERROR``, ``CONFLICT``, …; the service's error code where a
    whole call failed."""
    error_message: str | None = None
    """Why, in words."""


@dataclass(frozen=True)
class UpdateManyResult:
    """What became of each case of many."""

    outcomes: tuple[CaseOutcome, ...]
    """In the order in which the cases were given, each case once."""

    @property
    def updated(self) -> list[Case]:
        """The cases that have the new values."""
        return [outcome.case for outcome in self.outcomes if outcome.fate == "updated"]

    @property
    def failed(self) -> list[CaseOutcome]:
        """The outcomes of all others, whatever became of them."""
        return [outcome for outcome in self.outcomes if outcome.fate != "updated"]

    @property
    def not_tried(self) -> list[Case]:
        """The cases that no call named, for one before failed: to be given to another ``update_many``."""
        return [outcome.case for outcome in self.outcomes if outcome.fate == "not tried"]

    @property
    def ok(self) -> bool:
        """Whether all have the new values."""
        return not self.failed

    def raise_for_failures(self) -> None:
        """Raise an error if a case isn't updated.

        Raises:
            BatchError: with this result; says how many and why the first one.
        """
        failed = self.failed
        if failed:
            first = failed[0]
            raise BatchError(
                f"{len(failed)} of {len(self.outcomes)} cases aren't updated; the first is {first.case.id}: "
                f"{first.error_code}: {first.error_message}",
                result=self,
            )

    def __iter__(self) -> Iterator[CaseOutcome]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)


def update_many(
    scope: Scope, cases: Iterable[Case | str], fields: FieldInputs, *, performed_by: Performer
) -> UpdateManyResult:
    """Write the same values to many cases; see ``Cases.update_many``."""
    wanted = _cases(scope, cases)
    template = _request(scope, fields, performed_by)
    outcomes = {case.id: CaseOutcome(case, "not tried") for case in wanted}
    requests = [
        _parts(template, [case.id for case in wanted[start : start + CASES_A_BATCH]])
        for start in range(0, len(wanted), CASES_A_BATCH)
    ]
    for parts in requests:
        for part in parts:
            # What will be refused is refused before anything is written.
            scope.caller.check(part)
    for parts in requests:
        try:
            _write(scope, parts, outcomes)
        except ConnectKitError as error:  # noqa: PERF203 - a call takes a thousand times as long
            if all(outcome.fate in {"failed", "not tried"} for outcome in outcomes.values()) and parts is requests[0]:
                raise  # and nothing has changed
            result = UpdateManyResult(tuple(outcomes.values()))
            raise BatchError(_told(result, error), result=result) from error
    return UpdateManyResult(tuple(outcomes.values()))


def _write(scope: Scope, parts: Sequence[BatchUpdateCaseRequest], outcomes: dict[str, CaseOutcome]) -> None:
    """Write all values to some cases: a case that fails is left out of the parts that follow."""
    remaining = [case.case_identifier.case_id or "" for case in parts[0].cases]
    for number, part in enumerate(parts):
        if not remaining:
            return
        request = part.model_copy(update={"cases": [_identified(case_id) for case_id in remaining]})
        try:
            answer = scope.caller.send(request)
        except ConnectKitError as error:
            fate: CaseFate = "unknown" if error.may_have_acted else ("incomplete" if number else "failed")
            code = error.code if isinstance(error, ServiceError) else type(error).__name__
            for case_id in remaining:
                outcomes[case_id] = replace(outcomes[case_id], fate=fate, error_code=code, error_message=str(error))
            raise
        last = number == len(parts) - 1
        remaining = _noted(answer, remaining, outcomes, failed="incomplete" if number else "failed", last=last)


def _noted(
    answer: BatchUpdateCaseResponse,
    sent: Sequence[str],
    outcomes: dict[str, CaseOutcome],
    *,
    failed: CaseFate,
    last: bool,
) -> list[str]:
    """Note what became of the cases of one call; those that it did well with."""
    done = {entry.case_identifier.case_id for entry in answer.successful_cases or () if entry.case_identifier}
    errors = {entry.case_identifier.case_id: entry for entry in answer.failed_cases or () if entry.case_identifier}
    well: list[str] = []
    for case_id in sent:
        outcome = outcomes[case_id]
        if (error := errors.get(case_id)) is not None:
            outcomes[case_id] = replace(
                outcome, fate=failed, error_code=error.error_code, error_message=error.error_message
            )
        elif case_id in done:
            well.append(case_id)
            if last:
                outcomes[case_id] = replace(outcome, fate="updated")
        else:
            outcomes[case_id] = replace(outcome, fate="unknown", error_code="UNKNOWN", error_message=_UNKNOWN)
    return well


def _told(result: UpdateManyResult, error: ConnectKitError) -> str:
    counts = dict.fromkeys(("updated", "failed", "incomplete", "unknown", "not tried"), 0)
    for outcome in result.outcomes:
        counts[outcome.fate] += 1
    told = ", ".join(f"{count} {fate}" for fate, count in counts.items() if count)
    return f"BatchUpdateCase: a call failed part of the way through {len(result.outcomes)} cases ({told}): {error}"


def _cases(scope: Scope, given: Iterable[Case | str]) -> list[Case]:
    """The cases that are meant, each once, in the order given."""
    if isinstance(given, (str, Case)):
        raise TypeError("cases is to be a list of cases or of their ids, not one of them")
    cases: dict[str, Case] = {}
    faults: list[Fault] = []
    for index, one in enumerate(given):
        case = Case(scope, one) if isinstance(one, str) else one
        if not isinstance(cast("object", case), Case):
            raise TypeError(f"cases[{index}] is to be a case or the id of one, not {type(case).__name__}")
        if (problem := elsewhere(case, scope.domain_id)) is not None:
            faults.append(Fault(f"cases[{index}]", problem))
        cases.setdefault(case.id, case)
    if faults:
        raise RequestError(operation="BatchUpdateCase", faults=faults)
    return list(cases.values())


def _request(scope: Scope, fields: FieldInputs, performed_by: Performer) -> BatchUpdateCaseRequest:
    """A request that says what is to be written, and not yet to which cases."""
    values = field_values(scope.schema, fields, operation="BatchUpdateCase")
    on_top = {value.id: value for value in values if value.id in _ON_TOP}
    faults = [
        Fault(f"fields[{field!r}]", "can't be cleared for many cases at once: case.update does it for one")
        for field, value in on_top.items()
        if value.value.string_value is None
    ]
    if not values:
        faults.append(Fault("fields", "is empty: there is nothing to write"))
    if faults:
        raise RequestError(operation="BatchUpdateCase", faults=faults)

    def text(field: str) -> str | None:
        return on_top[field].value.string_value if field in on_top else None

    return BatchUpdateCaseRequest(
        domain_id=scope.domain_id,
        cases=[],
        fields=[_input(value) for value in values if value.id not in on_top],
        performed_by=performer(performed_by),
        title=text("title"),
        status=text("status"),
        customer_id=text("customer_id"),
    )


def _parts(request: BatchUpdateCaseRequest, case_ids: Sequence[str]) -> list[BatchUpdateCaseRequest]:
    """The requests that write all the values to these cases, the first with what has a member of its own."""
    fields = request.fields
    first = request.model_copy(
        update={"cases": [_identified(case_id) for case_id in case_ids], "fields": fields[:FIELDS_A_WRITE]}
    )
    without: Mapping[str, object] = {"title": None, "status": None, "customer_id": None}
    return [
        first,
        *(
            first.model_copy(update={**without, "fields": fields[start : start + FIELDS_A_WRITE]})
            for start in range(FIELDS_A_WRITE, len(fields), FIELDS_A_WRITE)
        ),
    ]


def _identified(case_id: str) -> BatchUpdateCaseIdentifier:
    return BatchUpdateCaseIdentifier(case_identifier=CaseIdentifierUnion(case_id=case_id))


def _input(value: FieldValue) -> FieldValueInput:
    return FieldValueInput(field_identifier=FieldIdentifierUnion(id=value.id), value=value.value)
