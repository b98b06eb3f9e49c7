"""Files of task templates: JSON or YAML, as people write them or as the API prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, cast

from ...errors import Fault
from ...task_definitions.definition import TaskTemplateDefinition, read_definition

__all__ = ["TaskFile", "read_file"]

_NO_YAML = "reading YAML needs PyYAML: pip install 'connectkit[yaml]'; JSON can be read without"


class TaskFile(NamedTuple):
    """What a file says, and what is wrong with it."""

    path: Path
    definition: TaskTemplateDefinition | None
    """``None`` where there is nothing that could be read."""
    faults: list[Fault]


class _NotReadableError(Exception):
    """Says in words why a file can't be read."""


def read_file(path: Path) -> TaskFile:
    """Read a file. A template without a name has that of its file."""
    try:
        document: Any = _parser(path)(path.read_text(encoding="utf-8-sig"))
    except (_NotReadableError, OSError, UnicodeDecodeError) as error:
        return TaskFile(path, None, [Fault("", str(error))])
    definition, faults = read_definition(_named(document, path.stem))
    return TaskFile(path, definition, faults)


def _named(document: Any, name: str) -> Any:
    if not isinstance(document, Mapping):
        return document
    members = cast("Mapping[str, Any]", document)
    if any(members.get(member) is not None for member in ("name", "Name")):
        return members
    return {**members, "Name" if "Fields" in members else "name": name}


def _parser(path: Path) -> Callable[[str], Any]:
    parsers = {".json": _json, ".yaml": _yaml, ".yml": _yaml}
    parser = parsers.get(path.suffix.lower())
    if parser is None:
        raise _NotReadableError(f"is to end in {', '.join(parsers)}, for that says how to read it")
    return parser


def _json(text: str) -> Any:
    try:
        # Numbers stay as they are written: the service keeps texts.
        return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise _NotReadableError(f"line {error.lineno}, column {error.colno}: {error.msg}") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NotReadableError(f"{twice!r} is there twice in one object")
    return members


def _yaml(text: str) -> Any:
    try:
        yaml: Any = import_module("yaml")  # an extra, whose types nobody needs to install
    except ModuleNotFoundError as error:
        raise _NotReadableError(_NO_YAML) from error
    try:
        return yaml.load(text, Loader=_loader(yaml))
    except yaml.YAMLError as error:
        raise _NotReadableError(" ".join(str(error).split())) from error


def _loader(yaml: Any) -> Any:
    """A safe loader for which only true, false and null aren't texts.

    YAML 1.1 would make ``Yes`` and ``No`` true and false, and take a zero from ``1.50``.
    """

    def mapping(loader: Any, node: Any) -> Mapping[str, Any]:
        loader.flatten_mapping(node)
        pairs = [(loader.construct_object(key, deep=True), value) for key, value in node.value]
        return _unique([(str(key), loader.construct_object(value, deep=True)) for key, value in pairs])

    resolvers = {"~": "null", "n": "null", "": "null", "t": "bool", "f": "bool", "<": "merge"}
    forms = {"null": re.compile(r"~|null|"), "bool": re.compile(r"true|false"), "merge": re.compile("<<")}
    members = {
        "yaml_implicit_resolvers": {
            letter: [(f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{forms[kind].pattern})$"))]
            for letter, kind in resolvers.items()
        },
    }
    loader: Any = type("TaskTemplateLoader", (yaml.SafeLoader,), members)
    loader.add_constructor("tag:yaml.org,2002:map", mapping)
    return loader
