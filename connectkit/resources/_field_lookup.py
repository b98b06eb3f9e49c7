"""Names and types of fields by id, for what outlives its fields: related items and the history of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..filters import SYSTEM_FIELDS, AnyRef
from ..models.connectcases.field_values import FieldIdentifier
from ..models.connectcases.fields import BatchGetFieldRequest
from ._names import is_uuid

if TYPE_CHECKING:
    from ._scope import Scope

__all__ = ["label", "look_up"]

# The most that BatchGetField takes, in the service model.
_MOST_A_BATCH = 50


def look_up(scope: Scope, field_ids: Iterable[str]) -> dict[str, AnyRef]:
    """The fields with these ids; those that nobody knows are left out.

    The schema is read if that wasn't done before. It has no deleted fields; whatever isn't in it is asked for once,
    and remembered for the domain. Ids that aren't a field's are no fault: the history names other things as well.

    Raises:
        AccessDeniedError: ``cases:ListFields`` isn't granted, or ``cases:BatchGetField`` and a field was deleted.
    """
    wanted = set(field_ids)
    if not wanted:
        return {}
    schema = scope.schema.load()
    found = {field_id: known for field_id in wanted if (known := schema.known(field_id)) is not None}
    missing = sorted(field_id for field_id in wanted - found.keys() if is_uuid(field_id))
    if missing:
        others = _others(scope, missing)
        found.update({field_id: other for field_id in missing if (other := others.get(field_id)) is not None})
    return found


def label(field_id: str, reference: AnyRef | None) -> str:
    """What people call a field, as ``case.to_dict()`` does: a system field by its id, and so one that nobody knows."""
    name = reference.name if reference is not None and field_id not in SYSTEM_FIELDS else None
    return name or field_id


def _others(scope: Scope, field_ids: list[str]) -> Mapping[str, AnyRef | None]:
    """What is known of fields outside the schema; ``None`` for one that isn't there at all."""
    others = scope.other_fields
    unread = [field_id for field_id in field_ids if field_id not in others]
    for begin in range(0, len(unread), _MOST_A_BATCH):
        identifiers = [FieldIdentifier(id=field_id) for field_id in unread[begin : begin + _MOST_A_BATCH]]
        answer = scope.caller.send(BatchGetFieldRequest(domain_id=scope.domain_id, fields=identifiers))
        others.update(
            {field.field_id: AnyRef(field.field_id, field.type, name=field.name) for field in answer.fields or ()}
        )
        # Any other reason may be gone the next time. The code is free text in the model; what it says is inferred.
        others.update({error.id: None for error in answer.errors or () if "notfound" in error.error_code.casefold()})
    return others
