"""The views that AWS provides in every instance, with contents of the simulator's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from connectkit.simulator.connect.view_content import AWS_MANAGED, PUBLISHED, make_content
from connectkit.simulator.state.connect import View, ViewVersion
from connectkit.simulator.state.instances import Instance

__all__ = ["managed_views"]

# The form of the ARN was seen in public code; that these five exist is in the administrator guide.
_NAMES = ("Cards", "Confirmation", "Detail", "Form", "List")


def managed_views(instance: Instance) -> Sequence[View]:
    """Give the managed views of an instance, sorted by name, each with a version 1. Nobody changes them."""
    return _managed_views(instance.info.arn.split(":")[3], instance.info.created)


@lru_cache
def _managed_views(region: str, now: datetime) -> Sequence[View]:
    return [_make(region, name, number, now) for number, name in enumerate(_NAMES)]


def _make(region: str, name: str, number: int, now: datetime) -> View:
    identifier = name.lower()
    template = {"Head": {"Title": name}, "Body": [{"Type": name}]}
    content = make_content(json.dumps(template), template, (), PUBLISHED)
    return View(
        id=identifier,
        arn=f"arn:aws:connect:{region}:aws:view/{identifier}",
        sequence=number,
        type=AWS_MANAGED,
        name=name,
        description=f"The AWS managed {identifier} view",
        created=now,
        modified=now,
        saved=content,
        latest=content,
        versions={1: ViewVersion(1, None, content)},
        last_number=1,
    )
