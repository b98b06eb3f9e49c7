"""Creating a case, and what is to be there from its beginning: more values, a contact, a comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ...errors import ConnectKitError, Fault, IncompleteError, RequestError
from ...models.connectcases.cases import CreateCaseRequest
from ...models.connectcases.related_item_content import CommentContent, Contact, RelatedItemInputContent
from ...models.connectcases.related_items import CreateRelatedItemRequest
from ...models.connectcases.templates import GetTemplateRequest
from .._base import Resource, elsewhere
from .._writing import field_values, performer
from .case import CreatedCase
from .writing import FIELDS_A_WRITE, called, update_requests

if TYPE_CHECKING:
    from ...models._operation import Request
    from ...models.connectcases.case_audit import RelatedItemType
    from ...models.connectcases.cases import UpdateCaseRequest
    from ...models.connectcases.field_values import FieldValue, UserUnion
    from .._scope import Scope
    from .._writing import FieldInputs, Performer
    from ..setup._resolving import TemplateName

__all__ = ["create_case"]

# What stands for the id of a case that isn't there yet, where a request is only checked.
_SOME_ID = "00000000-0000-0000-0000-000000000000"


class _Step(NamedTuple):
    """Something to do after the case is there."""

    what: str
    request: Callable[[str], Request[Any]]
    """Makes the request, for the case with this id."""
    is_done: Callable[[CreatedCase], bool] = lambda _: False
    """Looks whether it is done already, where doing it twice would do harm; may call the service."""


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
    # With a token of the caller's it may be a case that was created before, and what goes with it may be there.
    return _carry_out(scope, case, steps, ["create the case"], doubtful=len(steps) if client_token is not None else 0)


def _template_id(scope: Scope, given: TemplateName) -> str:
    if isinstance(given, str):
        return scope.templates.id(given)  # whose error has what is near
    other = cast("object", given)
    if not isinstance(other, Resource) or other.kind != "template":
        raise TypeError(f"template is to be the name or id of a template, or itself, not {type(other).__name__}")
    if (problem := elsewhere(other, scope.domain_id)) is not None:
        raise RequestError(operation="CreateCase", faults=[Fault("template", problem)])
    return other.id


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

    def relating(
        what: str, type_: RelatedItemType, content: RelatedItemInputContent, is_done: Callable[[CreatedCase], bool]
    ) -> _Step:
        def request(case_id: str) -> CreateRelatedItemRequest:
            return CreateRelatedItemRequest(
                domain_id=scope.domain_id, case_id=case_id, type=type_, content=content, performed_by=acting
            )

        return _Step(what, request, is_done)

    steps = [writing(part) for part in later]
    if contact is not None:
        content = RelatedItemInputContent(contact=Contact(contact_arn=contact))
        steps.append(relating(f"link contact {contact}", "Contact", content, lambda case: _has_contact(case, contact)))
    if comment is not None:
        body = CommentContent(body=comment, content_type="Text/Plain")
        content = RelatedItemInputContent(comment=body)
        steps.append(relating("add the comment", "Comment", content, lambda case: _has_comment(case, comment)))
    return steps


def _has_contact(case: CreatedCase, contact: str) -> bool:
    from ..related_items.content import ContactLink

    return case.related_items.search(ContactLink.where(contact_arn=contact)).first() is not None


def _has_comment(case: CreatedCase, comment: str) -> bool:
    return any(item.content.body == comment for item in case.comments.list())


def _carry_out(
    scope: Scope, case: CreatedCase, steps: Sequence[_Step], before: Sequence[str], *, doubtful: int = 0
) -> CreatedCase:
    """Do the steps; the first ``doubtful`` of them may have been done before, and are looked for."""
    done = list(before)
    left = list(steps)
    looked = False
    try:
        while left:
            looked = not doubtful
            if not doubtful or not left[0].is_done(case):
                looked = True
                scope.caller.send(left[0].request(case.id))
            doubtful = max(doubtful - 1, 0)
            done.append(left.pop(0).what)
    except ConnectKitError as error:
        unknown = error.may_have_acted or not looked
        failed = "it isn't known whether it came to" if unknown else "it failed to"
        again = max(doubtful, int(unknown))
        raise IncompleteError(
            f"case {case.id} is created, but {failed} {left[0].what}: {error}\n"
            f"left to do, which this error's resume() does: {'; '.join(step.what for step in left)}",
            resource=case,
            done=done,
            left=[step.what for step in left],
            resume=lambda: _carry_out(scope, case, left, done, doubtful=again),
        ) from error
    return case
