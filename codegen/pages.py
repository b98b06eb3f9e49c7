"""The tables of the documentation that follow from the models and from `data/permissions.toml`.

A page has them between two comments, ``<!-- begin NAME ... -->`` and ``<!-- end NAME -->``; the rest of it is by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from codegen import files
from codegen.description import GenerationError, Op, Service

PAGES = [files.HERE.parent / "docs" / page for page in ("iam.md", "reference/operations.md")]
_REGION = re.compile(r"(<!-- begin (?P<table>[\w-]+)[^\n]*-->\n).*?(\n<!-- end (?P=table) -->)", re.DOTALL)


def pages(services: list[Service]) -> dict[Path, str]:
    """Each page as it should be."""
    permissions = files.read_toml(files.PERMISSIONS)
    operations = files.read_toml(files.OPERATIONS)
    tables = {"methods": _methods(services, permissions)}
    for service in services:
        _check(service, permissions)
        tables[f"{service.name}-operations"] = _operations(service, operations, permissions)
        tables[f"{service.name}-actions"] = _actions(service, permissions[service.name])

    def made(found: re.Match[str]) -> str:
        table = found.group("table")
        if table not in tables:
            raise GenerationError(f"there is no table {table}; there are {', '.join(sorted(tables))}")
        return f"{found.group(1)}\n{tables[table]}\n{found.group(3)}"

    return {page: _REGION.sub(made, page.read_text(encoding="utf-8")) for page in PAGES}


def action(operation: str, service: dict[str, Any]) -> str:
    """The IAM action of an operation: ``cases:SearchCases``."""
    return f"{service['prefix']}:{service['actions'].get(operation, operation)}"


def _check(service: Service, permissions: dict[str, Any]) -> None:
    told = permissions[service.name]
    if missing := service.operations.keys() ^ told["resources"].keys():
        raise GenerationError(f"permissions.toml and operations.toml differ: {', '.join(sorted(missing))}")
    for table in ("actions", "also", "sources"):
        if unknown := told[table].keys() - service.operations.keys():
            raise GenerationError(f"permissions.toml: {service.name} has no {', '.join(sorted(unknown))}")


def _operations(service: Service, operations: dict[str, Any], permissions: dict[str, Any]) -> str:
    repeat: dict[str, list[str]] = operations[service.name]["repeat"]
    pattern: str = operations[service.name]["link"]
    rows: list[list[str]] = []
    for name, op in sorted(service.operations.items()):
        methods = [method for method, (asks, _) in permissions["methods"].items() if name in asks.split()]
        if not methods:  # what is only looked up
            methods = [method for method, (_, reads) in permissions["methods"].items() if name in reads.split()]
        rows.append(
            [
                f"[{name}]({pattern.format(name=name)})",
                f"`{op.request}`<br>`{op.response}`",
                "<br>".join(_method(method) for method in methods),
                f"`{op.paging.item_type}`" if op.paging else "",
                _again(name, op, repeat),
                f"`{action(name, permissions[service.name])}`",
            ]
        )
    return _table(["Operation", "Models", "Reached by", "Pages of", "Sent again", "IAM action"], rows)


def _again(name: str, op: Op, repeat: dict[str, list[str]]) -> str:
    if op.token:
        return "yes: it has a token"
    for kind, why in (("reads", "it reads"), ("replacements", "it sets"), ("deletions", "gone is gone")):
        if name in repeat[kind]:
            return f"yes: {why}"
    return "if nothing was done"


def _actions(service: Service, told: dict[str, Any]) -> str:
    rows: list[list[str]] = []
    for name in sorted(service.operations):
        resources = [
            f"{kind.rstrip('?')} (optional)" if kind.endswith("?") else kind for kind in told["resources"][name].split()
        ]
        also = [f"`{one}`{f' if {when}' if when else ''}" for one, when in told["also"].get(name, {}).items()]
        rows.append(
            [
                name,
                f"`{action(name, told)}`",
                ", ".join(resources) or "`*`",
                "<br>".join(also),
                told["sources"].get(name, "reference"),
            ]
        )
    return _table(["Operation", "Action", "Resource types", "Also", "Source"], rows)


def _methods(services: Iterable[Service], permissions: dict[str, Any]) -> str:
    owners = {name: permissions[service.name] for service in services for name in service.operations}

    def actions(names: str) -> str:
        found = dict.fromkeys(f"`{action(name, owners[name])}`" for name in sorted(names.split()))
        return "<br>".join(found)

    methods: dict[str, list[str]] = permissions["methods"]
    if unknown := {name for told in methods.values() for name in " ".join(told).split()} - owners.keys():
        raise GenerationError(f"permissions.toml: there is no operation {', '.join(sorted(unknown))}")
    rows = [[f"`{method}`", actions(asks), actions(reads)] for method, (asks, reads) in methods.items()]
    return _table(["Method", "For what it does", "To look up before"], rows)


def _method(name: str) -> str:
    return f"[`{name}`][connectkit.{name}]"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
