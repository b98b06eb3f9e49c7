"""Writing values to one case with UpdateCase, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from ...errors import ConnectKitError, IncompleteError
from ...models.connectcases.cases import UpdateCaseRequest
from .._writing import field_values, performer

if TYPE_CHECKING:
    from ...models.connectcases.field_values import FieldValue, UserUnion
    from .._base import Resource
    from .._scope import Scope
    from .._writing import FieldInputs, Performer

__all__ = ["FIELDS_A_WRITE", "called", "update_requests", "write_fields"]

R = TypeVar("R", bound="Resource")

FIELDS_A_WRITE = 220
"""How many values CreateCase, UpdateCase and BatchUpdateCase take, by the service model; an older boto3's says less."""


def write_fields(scope: Scope, case: Resource, fields: FieldInputs, *, performed_by: Performer) -> None:
    """Write Python values; see ``Case.update``."""
    values = field_values(scope.schema, fields, operation="UpdateCase")
    requests = update_requests(scope, case.id, values, performer(performed_by))
    for request in requests[1:]:
        # What will be refused is refused before anything is written.
        scope.caller.check(request)
    _send(scope, case, requests, 0)


def _send(scope: Scope, case: R, requests: Sequence[UpdateCaseRequest], before: int) -> R:
    """Send requests of which the first ``before`` have been sent already."""
    sent = before
    try:
        for request in requests[before:]:
            scope.caller.send(request)
            sent += 1
    except ConnectKitError as error:
        if not sent:
            raise
        done, left = ([value for one in part for value in one.fields] for part in (requests[:sent], requests[sent:]))
        raise IncompleteError(
            f"case {case.id}: {len(done)} of {len(done) + len(left)} fields are written, and then it failed: {error}",
            resource=case,
            done=[f"write {called(scope, done)}"],
            left=[f"write {called(scope, left)}"],
            resume=lambda: _send(scope, case, requests, sent),
        ) from error
    return case


def update_requests(
    scope: Scope, case_id: str, values: Sequence[FieldValue], acting: UserUnion | None
) -> list[UpdateCaseRequest]:
    """The requests that write these values, each as many as it takes; none for none."""
    most = scope.caller.most(UpdateCaseRequest, "fields", FIELDS_A_WRITE)
    return [
        UpdateCaseRequest(
            domain_id=scope.domain_id,
            case_id=case_id,
            fields=list(values[start : start + most]),
            performed_by=acting,
        )
        for start in range(0, len(values), most)
    ]


def called(scope: Scope, values: Sequence[FieldValue]) -> str:
    """The fields of some values, as people call them."""
    return ", ".join(scope.schema.name(value.id) for value in values)
