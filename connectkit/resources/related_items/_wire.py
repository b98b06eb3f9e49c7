"""The content of related items between the small classes that people hold and the models of the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from ...errors import Fault, FieldValueError, RequestError, UnknownNameError
from ...filters import AnyRef, FieldRef
from ...models.connectcases.field_values import FieldValue, FieldValueUnion
from ...models.connectcases.related_item_content import (
    CommentContent,
    ConnectCaseContent,
    ConnectCaseInputContent,
    Contact,
    ContactContent,
    CustomContent,
    CustomInputContent,
    FileContent,
    RelatedItemContent,
    RelatedItemInputContent,
    SlaConfiguration,
    SlaContent,
    SlaInputConfiguration,
    SlaInputContent,
)
from ...models.connectcases.related_items import CommentUpdateContent, CustomUpdateContent, RelatedItemUpdateContent
from ...values import decode
from .._field_lookup import label, look_up
from .._writing import field_values, to_union
from .content import (
    CaseLink,
    Comment,
    ContactLink,
    CustomItem,
    FileLink,
    ItemContent,
    NewItemContent,
    NewSla,
    Sla,
    UnknownContent,
)

if TYPE_CHECKING:
    from ...models.connectcases.case_audit import RelatedItemType
    from .._scope import Scope
    from ..cases.case import Case

__all__ = ["MEMBERS", "TYPES", "Written", "read_contents", "write_content", "write_update"]

_PLAIN: Literal["Text/Plain"] = "Text/Plain"
TYPES: dict[type[Any], RelatedItemType] = {
    Comment: "Comment",
    ContactLink: "Contact",
    FileLink: "File",
    Sla: "Sla",
    NewSla: "Sla",
    CaseLink: "ConnectCase",
    CustomItem: "Custom",
}
"""What the service calls each kind of content."""
MEMBERS: dict[str, str] = {
    "Comment": "comment",
    "Contact": "contact",
    "File": "file",
    "Sla": "sla",
    "ConnectCase": "connectCase",
    "Custom": "custom",
}
"""The member of a filter that goes with each."""

_CHANGES = (Comment, CustomItem)
_MAKES = (Comment, ContactLink, FileLink, NewSla, CaseLink, CustomItem)


class Written(NamedTuple):
    """Content as requests have it."""

    type: RelatedItemType
    content: RelatedItemInputContent


def write_content(scope: Scope, content: NewItemContent) -> Written:
    """What a new item is made from, as the service takes it.

    Raises:
        RequestError: a field isn't there, or a value doesn't suit its field.
        TypeError: it is nothing that an item is made from.
    """
    _check_kind(content, _MAKES, "a related item is made from")
    match content:
        case Comment():
            made = RelatedItemInputContent(comment=CommentContent(body=content.body, content_type=_PLAIN))
        case ContactLink():
            made = RelatedItemInputContent(contact=Contact(contact_arn=content.contact_arn))
        case FileLink():
            made = RelatedItemInputContent(file=FileContent(file_arn=content.file_arn))
        case NewSla():
            made = RelatedItemInputContent(sla=SlaInputContent(sla_input_configuration=_sla(scope, content)))
        case CaseLink():
            made = RelatedItemInputContent(connect_case=ConnectCaseInputContent(case_id=content.case_id))
        case CustomItem():
            made = RelatedItemInputContent(
                custom=CustomInputContent(fields=_values(scope, content, "CreateRelatedItem"))
            )
    return Written(TYPES[type(content)], made)


def write_update(scope: Scope, content: Comment | CustomItem) -> RelatedItemUpdateContent:
    """What an item is to hold from now on, as the service takes it; see :func:`write_content`."""
    _check_kind(content, _CHANGES, "a related item can be changed to")
    match content:
        case Comment():
            return RelatedItemUpdateContent(comment=CommentUpdateContent(body=content.body, content_type=_PLAIN))
        case CustomItem():
            fields = _values(scope, content, "UpdateRelatedItem")
            return RelatedItemUpdateContent(custom=CustomUpdateContent(fields=fields))


def read_contents(
    scope: Scope, unions: Sequence[RelatedItemContent | None], make_case: Callable[[str], Case]
) -> list[ItemContent]:
    """What items hold, with the names of their fields, which are looked up for all of them at once."""
    fields = look_up(scope, (field_id for union in unions for field_id in _field_ids(union)))
    return [_read(union, fields, make_case) for union in unions]


# ---- writing -------------------------------------------------------------------------------------------------------


def _sla(scope: Scope, sla: NewSla) -> SlaInputConfiguration:
    if not isinstance(cast("object", sla.within), timedelta):
        raise TypeError(f"within is to be a timedelta, such as timedelta(hours=4), not {sla.within!r}")
    faults: list[Fault] = []
    minutes, rest = divmod(sla.within, timedelta(minutes=1))
    if rest:
        faults.append(Fault("within", f"is {sla.within}; an SLA takes whole minutes"))
    field_id, targets = "", list[FieldValueUnion]()
    try:
        reference = scope.schema.resolve(sla.field)
        field_id = reference.id
        targets = [to_union(reference, target) for target in sla.targets]
    except FieldValueError as error:
        faults.append(Fault("targets", error.problem))
    except UnknownNameError as error:
        faults.append(Fault("field", str(error)))
    if faults:
        raise RequestError(operation="CreateRelatedItem", faults=faults)
    return SlaInputConfiguration(
        name=sla.name,
        type="CaseField",
        field_id=field_id,
        target_field_values=targets,
        target_sla_minutes=minutes,
    )


def _values(scope: Scope, content: CustomItem, operation: str) -> list[FieldValue]:
    return field_values(scope.schema, content.named(), operation=operation)


def _check_kind(given: object, kinds: tuple[type[Any], ...], what: str) -> None:
    """For callers who don't check types."""
    if not isinstance(given, kinds):
        right = ", ".join(kind.__name__ for kind in kinds)
        hint = ": NewSla makes one" if isinstance(given, Sla) else ""
        raise TypeError(f"{what} a {right}, not {type(given).__name__}{hint}")


# ---- reading -------------------------------------------------------------------------------------------------------


def _field_ids(union: RelatedItemContent | None) -> list[str]:
    held = None if union is None else union.value
    match held:
        case CustomContent():
            return [value.id for value in held.fields or ()]
        case SlaContent(sla_configuration=SlaConfiguration(field_id=str(field_id))):
            return [field_id]
        case _:
            return []


def _read(union: RelatedItemContent | None, fields: dict[str, AnyRef], make_case: Callable[[str], Case]) -> ItemContent:
    """What one item holds. Answers may lack what the service says it always sends; nobody's reading fails for that."""
    held = None if union is None else union.value
    match held:
        case CommentContent():
            return Comment(held.body)
        case CustomContent():
            return _custom(held.fields or (), fields)
        case SlaContent(sla_configuration=SlaConfiguration() as configuration):
            return _read_sla(configuration, fields)
        case ContactContent() | FileContent() | ConnectCaseContent():
            return _read_link(held, make_case)
        case _:
            return UnknownContent(union.to_wire() if union is not None else {})


def _read_link(
    read: ContactContent | FileContent | ConnectCaseContent, make_case: Callable[[str], Case]
) -> ItemContent:
    match read:
        case ContactContent():
            return ContactLink(read.contact_arn, channel=read.channel, connected_at=read.connected_to_system_time)
        case FileContent():
            return FileLink(read.file_arn)
        case ConnectCaseContent():
            return CaseLink(read.case_id, _make=make_case)


def _read_sla(read: SlaConfiguration, fields: dict[str, AnyRef]) -> Sla:
    reference = fields.get(read.field_id) if read.field_id else None
    kind = reference.type if reference is not None else None
    return Sla(
        name=read.name,
        status=read.status,
        target_time=read.target_time,
        field_id=read.field_id,
        field=label(read.field_id, reference) if read.field_id is not None else None,
        target_values=tuple(decode(union.to_wire(), kind) for union in read.target_field_values or ()),
        completion_time=read.completion_time,
    )


def _custom(values: Iterable[FieldValue], fields: dict[str, AnyRef]) -> CustomItem:
    read: dict[str, Any] = {}
    references: dict[str, FieldRef[Any]] = {}
    for value in values:
        reference = fields.get(value.id)
        named = reference.name if reference is not None else None
        called = named if named and named not in read else value.id
        union = cast("FieldValueUnion | None", value.value)
        read[called] = decode(union.to_wire(), reference.type if reference else None) if union is not None else None
        if reference is not None:
            references[called] = reference
    return CustomItem(read, _references=references)
