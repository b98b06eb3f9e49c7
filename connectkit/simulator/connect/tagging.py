"""What may be a tag on a Connect resource."""

from __future__ import annotations

from collections.abc import Mapping

from connectkit.simulator.connect.patterns import check_tag_key
from connectkit.simulator.core.operations import Context

__all__ = ["MOST_TAGS", "check_tags"]

MOST_TAGS = 50
"""The tags of one resource, as the administrator guide has it; the model says it of one request."""


def check_tags(context: Context, tags: Mapping[str, str]) -> Mapping[str, str]:
    """Give the tags back, or refuse keys that a tag can't have; the model's lengths are checked before."""
    for key in tags:
        check_tag_key(context, key)
    return tags
