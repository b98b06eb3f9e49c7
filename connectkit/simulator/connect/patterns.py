"""Which characters the service model lets names, descriptions, tag keys and tokens have.

Its patterns name classes of Unicode characters, which Python's regular expressions don't know. The one for a view's
checksum is left out: it allows a single character, so the service can't be holding it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from connectkit.simulator.core.operations import Context

__all__ = [
    "check_alias",
    "check_directory_id",
    "check_file_name",
    "check_source_name",
    "check_tag_key",
    "check_view_texts",
]

_SIGNS = "_.:/=+-@"
_NAME_SIGNS = _SIGNS + "()'"
_DESCRIPTION_SIGNS = _NAME_SIGNS + ","
_SIGNS_OF_VIEW_TEXTS = {
    "Name": _NAME_SIGNS,
    "Description": _DESCRIPTION_SIGNS,
    "VersionDescription": _DESCRIPTION_SIGNS,
}
_ALIAS = re.compile(r"(?!d-)[0-9a-zA-Z]+(-*[0-9a-zA-Z])*")
_DIRECTORY = re.compile(r"d-[0-9a-f]{10}")
_SOURCE_NAME = re.compile(r"[a-zA-Z0-9_ -]+")


def check_view_texts(context: Context, params: Mapping[str, Any]) -> None:
    """Refuse a name, description, action or client token of a view with characters that it can't have."""
    for member, signs in _SIGNS_OF_VIEW_TEXTS.items():
        if member in params and not _is_name(params[member], signs):
            raise context.invalid(_name_fault(member, signs))
    for index, action in enumerate(params.get("Content", {}).get("Actions", ())):
        if not _is_name(action, _NAME_SIGNS):
            raise context.invalid(_name_fault(f"Content.Actions[{index}]", _NAME_SIGNS))
    if not _consists_of(params.get("ClientToken", ""), _SIGNS):
        raise context.invalid(f"ClientToken may have letters, digits, spaces and {_SIGNS}")


def check_tag_key(context: Context, key: str) -> None:
    """Refuse the key of a tag that begins with ``aws:`` or has characters that it can't have."""
    if key.startswith("aws:"):
        raise context.invalid(f"Tag {key!r}: keys that begin with aws: are reserved")
    if not _consists_of(key, _SIGNS):
        raise context.invalid(f"Tag {key!r}: a key may have letters, digits, spaces and {_SIGNS}")


def check_alias(context: Context, alias: str) -> None:
    """Refuse an alias that no instance can have."""
    if not _ALIAS.fullmatch(alias):
        message = "has letters and digits, and hyphens between them, and does not begin with d-"
        raise context.invalid(f"InstanceAlias {alias!r}: an alias {message}")


def check_directory_id(context: Context, identifier: str) -> None:
    """Refuse what is no identifier of a directory."""
    if not _DIRECTORY.fullmatch(identifier):
        raise context.invalid(f"DirectoryId {identifier!r} is not of the form d-0123456789")


def check_source_name(context: Context, name: str) -> None:
    """Refuse a name that no source application can have."""
    if not _SOURCE_NAME.fullmatch(name):
        raise context.invalid(f"SourceApplicationName {name!r} may have letters, digits, spaces, _ and -")


def check_file_name(context: Context, where: str, name: str) -> None:
    """Refuse the name of a file that has control characters or the like."""
    if any(category(char).startswith("C") for char in name):
        raise context.invalid(f"{where}: the name {name!r} has characters that can't be printed")


def _name_fault(where: str, signs: str) -> str:
    return f"{where} may have letters, digits, spaces and {signs}, and does not begin with a space"


def _is_name(text: str, signs: str) -> bool:
    return _consists_of(text, signs) and not category(text[0]).startswith("Z")


def _consists_of(text: str, signs: str) -> bool:
    """Say whether a text has nothing but letters, separators, numbers and these signs."""
    return all(char in signs or category(char)[0] in "LZN" for char in text)
