"""What may be a tag on a Cases resource."""

from __future__ import annotations

from collections.abc import Mapping

from connectkit.simulator.cases.lookup import invalid

__all__ = ["MOST_TAGS", "check_tags"]

MOST_TAGS = 50
_LONGEST_KEY = 128
_LONGEST_VALUE = 256


def check_tags(tags: Mapping[str, str]) -> None:
    """Refuse tags that a case could not have either.

    The bounds are documented for the tags of a case; for TagResource, whose model has none, they are
    inferred.
    """
    for key, value in tags.items():
        if key.lower().startswith("aws:"):
            raise invalid(f"Tag {key!r}: keys that begin with aws: are reserved")
        if not 1 <= len(key) <= _LONGEST_KEY:
            raise invalid(f"Tag {key[:40]!r}: a key has 1 to {_LONGEST_KEY} characters")
        if len(value) > _LONGEST_VALUE:
            raise invalid(f"Tag {key!r}: a value has at most {_LONGEST_VALUE} characters")
