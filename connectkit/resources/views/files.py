"""The forms in which people keep a view: the template alone, what DescribeView answers, and what is between."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ...errors import Fault, FileError, RequestError
from .._base import several
from . import _json_text
from .content import ContentInput, ViewContent, inside, not_an_object

__all__ = ["ViewSource", "look_at", "read_source"]

# Inferred: what tells a template from an envelope. Each template that AWS shows has one of the two.
_OF_A_TEMPLATE = frozenset({"Head", "Body"})
_READ = ("name", "description", "template", "actions", "tags", "content")
# What else DescribeView answers and CreateView takes: it belongs to one view of one instance, and is passed over.
_PASSED = frozenset(
    {
        *("arn", "clienttoken", "createdtime", "id", "inputschema", "instancearn", "instanceid", "lastmodifiedtime"),
        *("responsemetadata", "status", "type", "version", "versiondescription", "viewcontentsha256", "$schema"),
    }
)
_RESOURCE_TYPE = "AWS::Connect::View"


@dataclass(frozen=True)
class ViewSource:
    """What a file or a mapping says of a view."""

    content: ViewContent
    name: str | None = None
    description: str | None = None
    tags: Mapping[str, str] | None = None
    path: Path | None = None

    @property
    def called(self) -> str | None:
        """The name that it gives the view; that of the file, without its ending, if it gives none."""
        return self.name if self.name is not None or self.path is None else self.path.stem


def read_source(
    given: ContentInput, *, operation: str, actions: Iterable[str] | None = None, publish: bool = True
) -> ViewSource:
    """Read what a view is to show, and check it as far as that is possible here.

    Raises:
        RequestError: with everything that is wrong; a FileError if it is in a file.
    """
    source, faults = look_at(given, actions=actions, publish=publish)
    if source is None or faults:
        of_a_file = not isinstance(given, (ViewContent, Mapping, bytes)) and not _is_json(given)
        raise (FileError if of_a_file else RequestError)(operation=operation, faults=faults)
    return source


def look_at(
    given: ContentInput, *, actions: Iterable[str] | None = None, publish: bool = True
) -> tuple[ViewSource | None, list[Fault]]:
    """What ``given`` says, ``None`` where that can't be known; and everything that is wrong with it."""
    actions = None if actions is None else several(actions, "actions", of="names")
    if isinstance(given, ViewContent):
        content = given if actions is None else ViewContent(given.template_text, actions=actions)
        return ViewSource(content), content.faults(publish=publish)
    if not isinstance(cast("object", given), (Mapping, str, bytes, os.PathLike)):
        raise TypeError(f"content is a mapping, JSON or the path of a file, not {type(given).__name__}")
    if isinstance(given, (Mapping, bytes)) or _is_json(given):
        return _Reading(actions).read(cast("Mapping[str, Any] | str | bytes", given), publish=publish)
    path = Path(given)
    try:
        source, faults = _Reading(actions, path).read(path.expanduser().read_bytes(), publish=publish)
    except OSError as error:
        return None, [Fault(str(path), f"can't be read: {error.strerror or error}")]
    return source, [Fault(f"{path}: {fault.path}" if fault.path else str(path), fault.problem) for fault in faults]


def _is_json(given: str | os.PathLike[str]) -> bool:
    """Whether it is JSON rather than the path of a file."""
    return isinstance(given, str) and (any(sign in given for sign in "{\n") or given.lstrip()[:1] in {"[", '"'})


class _Reading:
    """Reads one of the forms, and collects what is wrong."""

    def __init__(self, actions: Iterable[str] | None, path: Path | None = None) -> None:
        self._actions = None if actions is None else list(actions)
        self._path = path
        self._faults: list[Fault] = []

    def read(self, given: Mapping[str, Any] | str | bytes, *, publish: bool) -> tuple[ViewSource | None, list[Fault]]:
        value, faults = _json_text.load(given)
        if not faults and not isinstance(value, dict):
            faults = [Fault("", not_an_object(value))]
        if faults:
            return None, faults
        source = self._source(cast("dict[str, Any]", value))
        return source, [*self._faults, *(source.content.faults(publish=publish) if source is not None else ())]

    def _source(self, document: dict[str, Any]) -> ViewSource | None:
        members = self._envelope(document)
        if members is None:
            return ViewSource(ViewContent(document, actions=self._actions), path=self._path)
        template = self._template(members["template"])
        declared = self._list(members.get("actions"))
        name, description = (self._text(members.get(member), member) for member in ("name", "description"))
        tags = self._tags(members.get("tags"))
        if template is None:
            return None
        actions = self._actions if self._actions is not None else declared
        return ViewSource(ViewContent(template, actions=actions), name, description, tags, self._path)

    def _envelope(self, document: Mapping[str, Any]) -> dict[str, Any] | None:
        """The members of an envelope by their names in small letters; ``None`` for a template."""
        if document.keys() & _OF_A_TEMPLATE:
            return None
        members = _folded(document)
        for outer, marks in (("view", True), ("properties", members.get("type") == _RESOURCE_TYPE)):
            if marks and isinstance(members.get(outer), dict):
                document = cast("dict[str, Any]", members[outer])
                members = _folded(document)
        names = dict.fromkeys(document)
        content = members.get("content")
        if isinstance(content, dict):
            members |= _folded(cast("dict[str, Any]", content))
            names |= dict.fromkeys(cast("dict[str, Any]", content))
        if not isinstance(members.get("template"), (dict, str)):
            return None
        for name in names:
            if _fold(name) not in {*_READ, *_PASSED}:
                right = f"a view is kept with {', '.join(_READ[:-1])}"
                self._faults.append(Fault(name, f"isn't known here; {right}, or as its template alone"))
        return members

    def _template(self, given: dict[str, Any] | str) -> dict[str, Any] | None:
        value, faults = _json_text.load(given)
        if not faults and not isinstance(value, dict):
            faults = [Fault("", not_an_object(value))]
        self._faults += [inside("template", fault) for fault in faults]
        return None if faults else cast("dict[str, Any]", value)

    def _text(self, given: object, member: str) -> str | None:
        if given is None or isinstance(given, str):
            return given
        self._faults.append(Fault(member, f"is {given!r}; it is to be a text"))
        return None

    def _list(self, given: object) -> list[str] | None:
        if given is None:
            return None
        if isinstance(given, list) and all(isinstance(one, str) for one in cast("list[object]", given)):
            return cast("list[str]", given)
        self._faults.append(Fault("actions", f"is {given!r}; it is to be a list of texts"))
        return []

    def _tags(self, given: object) -> dict[str, str] | None:
        """Value by key, or a list of ``Key`` and ``Value`` as in CloudFormation."""
        tags = given
        if isinstance(tags, list):
            pairs = [
                _folded(cast("dict[str, Any]", one)) if isinstance(one, dict) else {}
                for one in cast("list[object]", tags)
            ]
            tags = {pair.get("key"): pair.get("value") for pair in pairs}
        if tags is None:
            return None
        if isinstance(tags, dict):
            texts = cast("dict[object, object]", tags)
            if all(isinstance(part, str) for pair in texts.items() for part in pair):
                return cast("dict[str, str]", tags)
        self._faults.append(Fault("tags", f"is {given!r}; it is to be an object with a text for each key"))
        return None


def _folded(document: Mapping[str, Any]) -> dict[str, Any]:
    return {_fold(name): value for name, value in document.items()}


def _fold(name: str) -> str:
    return name.replace("_", "").casefold()
