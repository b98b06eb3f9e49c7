"""Writing values to one case with UpdateCase, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import ConnectKitError, IncompleteError
from ..models.connectcases.cases import UpdateCaseRequest
from ._writing import field_values, performer

if TYPE_CHECKING:
    from ..models.connectcases.field_values import FieldValue
    from ._base import Resource
    from ._scope import Scope
    from ._writing import FieldInputs, Performer

__all__ = ["FIELDS_A_WRITE", "write_fields", "write_values"]

FIELDS_A_WRITE = 220
"""How many values CreateCase and UpdateCase take, by the service model."""


def write_fields(scope: Scope, case: Resource, fields: FieldInputs, *, performed_by: Performer) -> None:
    """Write Python values; see ``Case.update``."""
    values = field_values(scope.schema, fields, operation="UpdateCase")
    for start in range(0, len(values), FIELDS_A_WRITE):
        try:
            write_values(scope, case.id, values[start : start + FIELDS_A_WRITE], performed_by=performed_by)
        except ConnectKitError as error:  # noqa: PERF203 - a call takes a thousand times as long
            if not start:
                raise
            raise IncompleteError(
                f"case {case.id}: {start} of {len(values)} fields are written, and then it failed: {error}",
                resource=case,
                done=[_step(scope, values[:start])],
                left=[_step(scope, values[start:])],
            ) from error


def write_values(scope: Scope, case_id: str, values: Sequence[FieldValue], *, performed_by: Performer) -> None:
    """Write values as requests take them, at most as many as one call takes."""
    scope.caller.send(
        UpdateCaseRequest(
            domain_id=scope.domain_id, case_id=case_id, fields=list(values), performed_by=performer(performed_by)
        )
    )


def _step(scope: Scope, values: Sequence[FieldValue]) -> str:
    return f"write {', '.join(scope.schema.name(value.id) for value in values)}"
