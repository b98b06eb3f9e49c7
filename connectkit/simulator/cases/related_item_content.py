"""What is in a related item: checking what a request gives, and writing what the service shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from connectkit.simulator.cases.audit import FieldChange
from connectkit.simulator.cases.lookup import conflict, invalid, known_field, not_found
from connectkit.simulator.cases.slas import describe_sla, read_sla
from connectkit.simulator.cases.values import check_writable, read_value, text_value, to_wire
from connectkit.simulator.core.operations import Context, Output
from connectkit.simulator.state.cases import Case, RelatedItem, Value, Wire
from connectkit.simulator.state.connect import Contact
from connectkit.simulator.state.domains import Domain
from connectkit.simulator.state.region import RegionState

__all__ = ["MEMBERS", "check_content", "content_changes", "describe_content", "find_contact", "linked_to"]

MEMBERS: Mapping[str, str] = {
    "Contact": "contact",
    "Comment": "comment",
    "File": "file",
    "Sla": "sla",
    "ConnectCase": "connectCase",
    "Custom": "custom",
}
"""The member of the content's union for each type of related item."""

# Inferred: how closely the service looks at an ARN.
_CONTACT_ARN = re.compile(r"arn:aws[a-z-]*:connect:[^:]+:[^:]+:instance/([^/]+)/contact/([^/]+)")
_FILE_ARN = re.compile(r"arn:aws[a-z-]*:[^:]+:[^:]*:[^:]*:.+")
# Inferred: what stands for a contact that nobody has seeded.
_UNSEEN_CHANNEL = "VOICE"


class _Link(NamedTuple):
    """Where the content of a type says what the item stands for; a case has each only once."""

    member: str
    name: str


_LINKS: Mapping[str, _Link] = {
    "Contact": _Link("contact", "contactArn"),
    "File": _Link("file", "fileArn"),
    "ConnectCase": _Link("connectCase", "caseId"),
}


def linked_to(item_type: str, content: Wire) -> str | None:
    """Give the contact, the file or the case that a content stands for, or None when it stands for itself."""
    link = _LINKS.get(item_type)
    return None if link is None else str(content[link.member][link.name])


def check_content(domain: Domain, case: Case, item_type: str, content: Wire) -> Mapping[str, Value]:
    """Refuse content that does not fit its type or its case, and give the values of fields in it.

    That a type needs the content of its name, that a case has a contact, a file or another case only once and no link
    to itself, and which error each of these is, is inferred.
    """
    ((member, given),) = content.items()
    if MEMBERS[item_type] != member:
        raise invalid(f"content: an item of type {item_type} has {MEMBERS[item_type]} content, not {member}")
    where = f"content.{member}"
    match item_type:
        case "Custom":
            return read_custom(domain, given["fields"], where=f"{where}.fields")
        case "Sla":
            return read_sla(domain, given, where=where)
        case "Contact" if not _CONTACT_ARN.fullmatch(given["contactArn"]):
            raise invalid(f"{where}.contactArn: takes the ARN of a contact")
        case "File" if not _FILE_ARN.fullmatch(given["fileArn"]):
            raise invalid(f"{where}.fileArn: takes the ARN of a file")
        case "ConnectCase" if given["caseId"] == case.id:
            raise invalid(f"{where}.caseId: a case can't be related to itself")
        case "ConnectCase" if given["caseId"] not in domain.cases:
            raise not_found("Case", given["caseId"])
        case _:
            pass
    target = linked_to(item_type, content)
    others = domain.items_of_case.of(case.id).values()
    if target is not None and any(
        other.type == item_type and linked_to(item_type, other.content) == target for other in others
    ):
        raise conflict(f"Case {case.id} is related to {target} already")
    return {}


def read_custom(
    domain: Domain, entries: Iterable[Wire], *, where: str, before: Mapping[str, Value] | None = None
) -> Mapping[str, Value]:
    """Read the values of a custom item that has those of ``before``, if there is one.

    System fields have no place there. Inferred: values are checked as those of a case are, so that what is there
    already may stay although its field was deleted or its option is inactive by now; and an empty one is left out.
    """
    before = before or {}
    values: dict[str, Value] = {}
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        path = f"{where}[{index}]"
        current = before.get(entry["id"])
        field = known_field(domain, entry["id"], where=path, deleted=current is not None)
        if field.is_system:
            raise invalid(f"{path}: {field.id} is a system field, which a custom item can't have")
        if field.id in seen:
            raise invalid(f"{path}: field {field.id} is in the list more than once")
        seen.add(field.id)
        value = read_value(field, entry["value"], where=path)
        check_writable(field, value, current=current, where=path)
        if value is not None:
            values[field.id] = value
    return values


def describe_content(context: Context, item: RelatedItem) -> Output:
    """Write the content of an item as the service shows it now."""
    member = MEMBERS[item.type]
    match item.type:
        case "Contact":
            arn: str = item.content["contact"]["contactArn"]
            contact = find_contact(context.state, arn)
            channel = _UNSEEN_CHANNEL if contact is None else contact.channel
            connected = item.created if contact is None else contact.connected
            return {member: {"contactArn": arn, "channel": channel, "connectedToSystemTime": connected}}
        case "Sla":
            return {member: describe_sla(item, context.now)}
        case "Custom":
            return {member: {"fields": [to_wire(field_id, value) for field_id, value in item.values.items()]}}
        case _:
            return dict(item.content)


def content_changes(before: RelatedItem | None, after: RelatedItem | None) -> list[FieldChange]:
    """Give what changed in an item, for the history of its case. The names of what is no field are inferred."""
    old, new = _shown(before), _shown(after)
    return [(name, old.get(name), new.get(name)) for name in sorted({*old, *new}) if old.get(name) != new.get(name)]


def find_contact(state: RegionState, arn: str) -> Contact | None:
    """Give a contact of this account and region, or None when nobody has seeded it.

    That a contact's channel and time are those of a seeded one is inferred: the service looks them up in Connect.
    """
    match = _CONTACT_ARN.fullmatch(arn)
    instance = state.connect.instance(match.group(1)) if match else None
    if match is None or instance is None or not arn.startswith(instance.arn):
        return None
    return instance.contacts.get(match.group(2))


def _shown(item: RelatedItem | None) -> Mapping[str, Value]:
    if item is None:
        return {}
    match item.type:
        case "Custom":
            return item.values
        case "Sla":
            return {"sla.name": text_value(item.content["sla"]["slaInputConfiguration"]["name"])}
        case "Comment":
            return {"comment.body": text_value(item.content["comment"]["body"])}
        case _:
            link = _LINKS[item.type]
            return {f"{link.member}.{link.name}": text_value(str(linked_to(item.type, item.content)))}
