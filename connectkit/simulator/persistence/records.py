"""Which class the records of each kind of table are of. Adding a table means adding its kind here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from connectkit.simulator.persistence.codec import Codec, RecordError
from connectkit.simulator.state.cases import (
    AuditEvent,
    Case,
    CaseRule,
    DomainInfo,
    Field,
    Layout,
    Merge,
    RelatedItem,
    Template,
)
from connectkit.simulator.state.connect import (
    Contact,
    ContactFlow,
    InstanceInfo,
    IntegrationAssociation,
    QuickConnect,
    TaskTemplate,
    View,
)
from connectkit.simulator.state.region import Event
from connectkit.simulator.state.replays import Replay

__all__ = ["RECORDS", "codec_of"]

RECORDS: Mapping[str, type[Any]] = {
    "audit-event": AuditEvent,
    "case": Case,
    "case-rule": CaseRule,
    "cases-replay": Replay,
    "connect-replay": Replay,
    "contact": Contact,
    "contact-flow": ContactFlow,
    "domain": DomainInfo,
    "event": Event,
    "field": Field,
    "instance": InstanceInfo,
    "instance-replay": Replay,
    "integration-association": IntegrationAssociation,
    "layout": Layout,
    "merge": Merge,
    "quick-connect": QuickConnect,
    "related-item": RelatedItem,
    "task-template": TaskTemplate,
    "template": Template,
    "view": View,
}


@cache
def codec_of(kind: str) -> Codec:
    """Give the codec of a kind's records. Raises RecordError for a kind that is not above."""
    if kind not in RECORDS:
        raise RecordError(f"there are no records of the kind {kind}")
    return Codec(RECORDS[kind])
