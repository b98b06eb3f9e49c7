"""The views that AWS provides in every instance, with contents of the simulator's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from connectkit.simulator.connect.lookup import AWS_MANAGED
from connectkit.simulator.connect.view_content import PUBLISHED, make_content
from connectkit.simulator.state.connect import View, ViewVersion

__all__ = ["make_managed_views"]

# The form of the ARN was seen in public code; that these five exist is in the administrator guide.
_NAMES = ("Cards", "Confirmation", "Detail", "Form", "List")


def make_managed_views(region: str, now: datetime) -> Sequence[View]:
    """Give the managed views of a region, sorted by name, each with a version 1."""
    return [_make(region, name, now) for name in _NAMES]


def _make(region: str, name: str, now: datetime) -> View:
    identifier = name.lower()
    template = json.dumps({"Head": {"Title": name}, "Body": [{"Type": name}]})
    content = make_content(template, (), PUBLISHED)
    return View(
        id=identifier,
        arn=f"arn:aws:connect:{region}:aws:view/{identifier}",
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
