"""The whole state as plain JSON values, for a person to read and for a test to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, cast

from connectkit.simulator.core.timestamps import format_iso
from connectkit.simulator.state.region import RegionState
from connectkit.simulator.state.table import Table

__all__ = ["dump_regions", "plain"]


def dump_regions(regions: Iterable[RegionState]) -> dict[str, Any]:
    """Give what is in some regions: by account and region the domains, the instances and the events.

    Whatever a domain or an instance holds is a list under the name of its kind, oldest first; kinds of which
    there is nothing are left out.
    """
    accounts: dict[str, dict[str, Any]] = {}
    for state in sorted(regions, key=lambda state: (state.account_id, state.region)):
        accounts.setdefault(state.account_id, {})[state.region] = {
            "domains": [_node(domain.info, domain.tables) for domain in state.cases.domains()],
            "instances": [_node(instance.info, instance.tables) for instance in state.connect.instances()],
            "events": [event.body for event in state.events.values()],
        }
    return accounts


def _node(info: Any, tables: Sequence[Table[Any]]) -> dict[str, Any]:
    contents = {table.address.kind: [plain(record) for record in table.values()] for table in tables if table}
    return {**plain(info), **contents}


def plain(value: object) -> Any:
    """Give a record, or whatever is in one, as values that JSON can hold."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in cast("Mapping[object, object]", value).items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in cast("Sequence[object]", value)]
    return format_iso(value) if isinstance(value, datetime) else value
