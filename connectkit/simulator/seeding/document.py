"""A seed as a whole: its domains, its instances and its cases, in the order in which they need each other."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectkit.simulator._json_input import InputError, Node, parse_json
from connectkit.simulator.seeding.calls import Calls, Handle
from connectkit.simulator.seeding.cases import add_cases
from connectkit.simulator.seeding.domains import SeededDomain, add_domain
from connectkit.simulator.seeding.instances import SeededInstance, add_instance

if TYPE_CHECKING:
    # At run time it is the simulator that imports this package.
    from connectkit.simulator._simulator import Simulator

__all__ = ["read_document", "regions_of", "seed"]


def read_document(source: Mapping[str, Any] | str | os.PathLike[str]) -> Node:
    """Read a seed from a mapping, or from a file. Raises OSError, or InputError for what is no JSON."""
    if isinstance(source, (str, os.PathLike)):
        return parse_json(Path(source).read_bytes())
    try:
        return parse_json(json.dumps(source, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError("", f"the seed is not what JSON can hold: {error}") from error


def regions_of(document: Node, default: str) -> list[str]:
    """Give the regions in which a seed puts something. Raises InputError when it can't be read that far."""
    given = document.members(optional=("domains", "instances"))
    entries = [entry for name in given for entry in given[name].items()]
    return list(dict.fromkeys(_region(entry, default) for entry in entries))


def seed(simulator: Simulator, handle: Handle, document: Node) -> dict[str, Any]:
    """Make everything that a seed describes, and give the identifiers of it by name.

    Where something is in another region than the simulator's own, its name has that before it: ``eu-west-1/Support``.

    Args:
        simulator: adds what no operation does.
        handle: answers the requests for everything else.
        document: the seed.

    Raises:
        InputError: at the first mistake, with its place. What was made before stays: to take it back is the
            caller's business.
    """
    given = document.members(optional=("domains", "instances"))
    domains: list[SeededDomain] = []
    for node in given.items("domains"):
        region = _region(node, simulator.region_name)
        domains.append(add_domain(Calls(handle, region), node, region))
    instances: list[SeededInstance] = []
    for node in given.items("instances"):
        region = _region(node, simulator.region_name)
        instances.append(add_instance(simulator, Calls(handle, region), node, region, domains))
    for domain in domains:
        contacts: dict[str, str] = {}
        for instance in instances:
            if instance.region == domain.region:
                contacts |= instance.contacts
        add_cases(Calls(handle, domain.region), domain, contacts)
    home = simulator.region_name
    return {
        "domains": {_key(domain.name, domain.region, home): domain.identifiers() for domain in domains},
        "instances": {_key(instance.alias, instance.region, home): instance.identifiers() for instance in instances},
    }


def _key(name: str, region: str, home: str) -> str:
    return name if region == home else f"{region}/{name}"


def _region(node: Node, default: str) -> str:
    region = node.object().get("region")
    return default if region is None else Node(region, f"{node.path}.region").region()
