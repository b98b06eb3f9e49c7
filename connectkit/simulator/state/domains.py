"""The Cases domains of an account in a region, and for each the tables of everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from connectkit.simulator.state.owners import Owners
from connectkit.simulator.state.replays import Replay
from connectkit.simulator.state.search_index import SearchIndex
from connectkit.simulator.state.settings import Settings
from connectkit.simulator.state.table import Address, Index, Journal, Table

__all__ = ["CasesState", "Domain"]


class Domain:
    """A domain and the tables of everything in it."""

    def __init__(self, infos: Table[DomainInfo], identifier: str, journal: Journal, settings: Settings) -> None:
        account_id, region, _, _ = infos.address

        def table(kind: str) -> Table[Any]:
            return Table(journal, Address(account_id, region, kind, identifier))

        self.id = identifier
        self._infos = infos
        self.fields: Table[Field] = table("field")
        self.layouts: Table[Layout] = table("layout")
        self.templates: Table[Template] = table("template")
        self.case_rules: Table[CaseRule] = table("case-rule")
        self.cases: Table[Case] = table("case")
        self.related_items: Table[RelatedItem] = table("related-item")
        self.audit_events: Table[AuditEvent] = table("audit-event")
        self.merges: Table[Merge] = table("merge")
        self.replays: Table[Replay] = table("cases-replay")

        self.case_by_reference: Index[Case] = self.cases.index(_reference_number)
        self.items_of_case: Index[RelatedItem] = self.related_items.index(lambda item: item.case_id)
        self.items_of_contact: Index[RelatedItem] = self.related_items.index(_contact_arn)
        self.audit_of_case: Index[AuditEvent] = self.audit_events.index(lambda event: event.case_id)
        self.running_merges: Index[Merge] = self.merges.index(lambda merge: None if merge.done else "")
        self.merge_by_primary: Index[Merge] = self.merges.index(lambda merge: None if merge.done else merge.primary)
        self.merge_by_secondary: Index[Merge] = self.merges.index(lambda merge: merge.secondary)

        self.search_index: SearchIndex = SearchIndex(settings)
        self.cases.on_commit = self.search_index.changed

    @property
    def info(self) -> DomainInfo:
        """What is known of the domain itself, as of now."""
        return self._infos[self.id]

    @property
    def arn(self) -> str:
        """The domain's ARN."""
        return self.info.arn

    @property
    def tables(self) -> Sequence[Table[Any]]:
        """Every table of the domain, what others refer to before what refers to it."""
        return (
            self.fields,
            self.layouts,
            self.case_rules,
            self.templates,
            self.cases,
            self.related_items,
            self.audit_events,
            self.merges,
            self.replays,
        )


def _reference_number(case: Case) -> str | None:
    value = case.values.get("reference_number")
    return None if value is None else str(value.wire).casefold()


def _contact_arn(item: RelatedItem) -> str | None:
    return str(item.content["contact"]["contactArn"]) if item.type == "Contact" else None


class CasesState:
    """The domains of an account in a region."""

    def __init__(self, journal: Journal, account_id: str, region: str, settings: Settings) -> None:
        self.infos: Table[DomainInfo] = Table(journal, Address(account_id, region, "domain"))
        self._domains = Owners(self.infos, lambda identifier: Domain(self.infos, identifier, journal, settings))

    def domain(self, identifier: str) -> Domain | None:
        """Give a domain, or None when there is none with this id."""
        return self._domains.get(identifier)

    def domains(self) -> list[Domain]:
        """Give every domain, oldest first."""
        return self._domains.all()
