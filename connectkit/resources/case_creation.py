"""Creating a case, and what is to be there from its beginning: more values, a contact, a comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ConnectKitError, Fault, IncompleteError, RequestError
from ..models.connectcases.cases import CreateCaseRequest
from ..models.connectcases.related_item_content import CommentContent, Contact, RelatedItemInputContent
from ..models.connectcases.related_items import CreateRelatedItemRequest
from ..models.connectcases.templates import GetTemplateRequest
from ._resolving import Resolving
from ._writing import field_values, performer
from .case import CreatedCase
from .case_writing import FIELDS_A_WRITE, called, update_requests

if TYPE_CHECKING:
    from ..models._operation import Request
    from ..models.connectcases.case_audit import RelatedItemType
    from ..models.connectcases.cases import UpdateCaseRequest
    from ..models.connectcases.field_values import FieldValue, UserUnion
    from ._resolving import TemplateName
    from ._scope import Scope
    from ._writing import FieldInputs, Performer

__all__ = ["create_case"]

# What stands for the id of a case that isn't there yet, where a request is only checked.
_SOME_ID = "00000000-0000-0000-0000-000000000000"


class _Step(NamedTuple):
    """Something to do after the case is there."""

    what: str
    request: Callable[[str], Request[Any]]
    """Makes the request, for the case with this id."""


def create_case(
    scope: Scope,
    *,
    template: TemplateName,
    fields: FieldInputs,
    tags: Mapping[str, str] | None,
    performed_by: Performer,
    client_token: str | None,
    contact: str | None,
    comment: str | None,
) -> CreatedCase:
    """Create a case; see ``Cases.create``."""
    values = field_values(scope.schema, fields, operation="CreateCase")
    _check(values, contact, comment)
    template_id = _template_id(scope, template)
    acting = performer(performed_by)
    now, later = _divided(scope, template_id, values)
    steps = _steps(scope, later, acting, contact, comment)
    for step in steps:
        # What will be refused is refused while there is nothing to be left over.
        scope.caller.check(step.request(_SOME_ID))
    made = scope.caller.send(
        CreateCaseRequest(
            domain_id=scope.domain_id,
            template_id=template_id,
            fields=now,
            tags=dict(tags) if tags else None,
            performed_by=acting,
            client_token=client_token,
        )
    )
    case = CreatedCase(scope, made.case_id, template_id=template_id, arn=made.case_arn)
    return _carry_out(scope, case, steps, ["create the case"])


def _template_id(scope: Scope, given: TemplateName) -> str:
    resolving = Resolving(scope, "CreateCase")
    if isinstance(given, str):
        return scope.templates.id(given)  # whose error has what is near
    id_ = resolving.template(given, "template")
    resolving.finish()
    return id_


def _check(values: list[FieldValue], contact: str | None, comment: str | None) -> None:
    faults: list[Fault] = []
    title = next((value.value.string_value for value in values if value.id == "title"), None)
    if not title:
        faults.append(Fault("fields['title']", "is missing, and every case needs a title"))
    if contact is not None and not contact.startswith("arn:"):
        faults.append(Fault("contact", f"takes the ARN of a contact, not {contact!r}"))
    if comment is not None and not comment.strip():
        faults.append(Fault("comment", "is empty"))
    if faults:
        raise RequestError(operation="CreateCase", faults=faults)


def _divided(
    scope: Scope, template_id: str, values: list[FieldValue]
) -> tuple[list[FieldValue], list[list[FieldValue]]]:
    """What CreateCase takes, and what has to be written afterwards: what the template requires goes first."""
    most = scope.caller.most(CreateCaseRequest, "fields", FIELDS_A_WRITE)
    if len(values) <= most:
        return values, []
    template = scope.caller.send(GetTemplateRequest(domain_id=scope.domain_id, template_id=template_id))
    required = {field.field_id for field in template.required_fields or ()} | {"title", "status"}
    values = sorted(values, key=lambda value: value.id not in required)
    parts = [values[start : start + most] for start in range(0, len(values), most)]
    return parts[0], parts[1:]


def _steps(
    scope: Scope,
    later: list[list[FieldValue]],
    acting: UserUnion | None,
    contact: str | None,
    comment: str | None,
) -> list[_Step]:
    def writing(part: list[FieldValue]) -> _Step:
        def request(case_id: str) -> UpdateCaseRequest:
            return update_requests(scope, case_id, part, acting)[0]

        return _Step(f"write {called(scope, part)}", request)

    def relating(what: str, type_: RelatedItemType, content: RelatedItemInputContent) -> _Step:
        def request(case_id: str) -> CreateRelatedItemRequest:
            return CreateRelatedItemRequest(
                domain_id=scope.domain_id, case_id=case_id, type=type_, content=content, performed_by=acting
            )

        return _Step(what, request)

    steps = [writing(part) for part in later]
    if contact is not None:
        content = RelatedItemInputContent(contact=Contact(contact_arn=contact))
        steps.append(relating(f"link contact {contact}", "Contact", content))
    if comment is not None:
        body = CommentContent(body=comment, content_type="Text/Plain")
        steps.append(relating("add the comment", "Comment", RelatedItemInputContent(comment=body)))
    return steps


def _carry_out(scope: Scope, case: CreatedCase, steps: Sequence[_Step], before: Sequence[str]) -> CreatedCase:
    done = list(before)
    left = list(steps)
    try:
        while left:
            scope.caller.send(left[0].request(case.id))
            done.append(left.pop(0).what)
    except ConnectKitError as error:
        raise IncompleteError(
            f"case {case.id} is created, but it failed to {left[0].what}: {error}\n"
            f"left to do, which this error's resume() does: {'; '.join(step.what for step in left)}",
            resource=case,
            done=done,
            left=[step.what for step in left],
            resume=lambda: _carry_out(scope, case, left, done),
        ) from error
    return case
