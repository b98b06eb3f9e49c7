"""What is known of system fields, as the simulator knows it by itself: two lists, so that each checks the other."""

from __future__ import annotations

from connectkit.filters import READ_ONLY_FIELDS, SYSTEM_FIELDS
from connectkit.simulator.cases.system_fields import READ_ONLY

from ..simulator.cases.test_fields import SYSTEM_FIELDS as TYPES


def test_the_fields_and_their_types_are_the_same() -> None:
    by_type = {kind: {name for name, its in SYSTEM_FIELDS.items() if its == kind} for kind in SYSTEM_FIELDS.values()}
    assert by_type == {kind: set(names) for kind, names in TYPES.items()}


def test_what_the_service_alone_writes_is_the_same() -> None:
    assert READ_ONLY_FIELDS == READ_ONLY
    assert SYSTEM_FIELDS.keys() > READ_ONLY_FIELDS
