"""Reading one case with GetCase: any number of fields, and every page of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ...models.connectcases.cases import GetCaseRequest
from ...models.connectcases.field_values import FieldIdentifier
from ...pagination import Page, Pager
from .values import Asked, Reading, tags_of, text_of, unions_by_id

if TYPE_CHECKING:
    from .._scope import Scope

__all__ = ["FIELDS_A_READ", "CaseContent", "read_case"]

FIELDS_A_READ = 220
"""How many fields GetCase takes, by the service model; that of an older boto3 says less."""


class CaseContent(NamedTuple):
    """What there is to read of a case."""

    template_id: str
    tags: dict[str, str] | None
    unions: dict[str, Any]
    reading: Reading


def read_case(scope: Scope, case_id: str, asked: Asked) -> CaseContent:
    """Read a case, in as many calls as its fields take.

    Raises:
        NotFoundError: there is no such case.
    """
    most = scope.caller.most(GetCaseRequest, "fields", FIELDS_A_READ)
    # GetCase takes at least one field, and this one is known already.
    ids = list(asked.types) or ["case_id"]
    parts = [
        part for start in range(0, len(ids), most) for part in _parts(scope, case_id, ids[start : start + most], asked)
    ]
    unions = {field_id: union for part in parts for field_id, union in part.unions.items()}
    return parts[0]._replace(unions=unions)


def _parts(scope: Scope, case_id: str, ids: Sequence[str], asked: Asked) -> Iterable[CaseContent]:
    request = GetCaseRequest(
        domain_id=scope.domain_id, case_id=case_id, fields=[FieldIdentifier(id=field) for field in ids]
    )

    def fetch(token: str | None) -> Page[CaseContent]:
        answer = scope.caller.send_plain(request.model_copy(update={"next_token": token}))
        read, reading = answer.mapping, Reading(asked, "GetCase", answer.metadata)
        content = CaseContent(
            template_id=text_of(read, "templateId", reading),
            tags=tags_of(read, reading),
            unions=unions_by_id(read.get("fields"), reading, "fields"),
            reading=reading,
        )
        return Page[CaseContent].late([content], text_of(read, "nextToken", reading) or None, answer.model)

    return Pager(fetch, operation="GetCase")
