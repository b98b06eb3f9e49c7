"""Searching the related items of a case: by kind, by what a kind has, by conditions on custom items."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from connectkit import F, Filter, FilterError, all_of
from connectkit.resources.related_items.content import (
    CaseLink,
    Comment,
    ContactLink,
    CustomItem,
    FileLink,
    ItemContent,
    Sla,
    UnknownContent,
)

from ...simulator.helpers import needs_value
from ..related import FILE_ARN, make_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectkit import ConnectKit
    from connectkit.resources.cases.case import Case
    from connectkit.resources.domains import CasesDomain
    from connectkit.resources.related_items.item import LoadedRelatedItem
    from connectkit.simulator import Simulator

    from ..conftest import Calls

needs_custom = needs_value("connectcases", "RelatedItemType", "Custom")


@pytest.fixture
def case(kit: ConnectKit, domain: CasesDomain) -> Case:
    return make_case(kit, domain)


def told(content: ItemContent) -> str:
    match content:
        case Comment(body=text) | Sla(name=text):
            return text
        case ContactLink(channel=channel):
            return str(channel)
        case CustomItem(fields=fields):
            return f"custom {fields['Amount']}"
        case FileLink() | CaseLink() | UnknownContent():
            return type(content).__name__


def found(items: Iterable[LoadedRelatedItem]) -> list[str]:
    return sorted(told(item.content) for item in items)


@pytest.fixture
def full(kit: ConnectKit, domain: CasesDomain, case: Case, sim: Simulator) -> Case:
    """A case with something of each kind."""
    case.comments.add("a comment")
    for channel in ("VOICE", "CHAT"):
        case.link_contact(sim.add_contact(f"contact-{channel}", channel=channel))
    case.link_file(FILE_ARN)
    case.link_case(make_case(kit, domain, "Another"))
    case.add_sla(name="hour", field="status", targets=["closed"], within=timedelta(hours=1))
    case.add_sla(name="day", field="status", targets=["closed"], within=timedelta(days=1))
    for amount in (1, 2, 3):
        case.add_custom({"Amount": amount, "Notes": f"number {amount}"})
    sim.clock.advance(hours=2)
    return case


@needs_custom
def test_items_are_searched_by_kind_and_by_what_the_kind_has(full: Case, domain: CasesDomain) -> None:
    search = full.related_items.search
    assert len(search().all()) == 10
    assert found(search(Comment)) == ["a comment"]
    assert found(search(ContactLink)) == ["CHAT", "VOICE"]
    assert found(search(ContactLink.where(channels="CHAT"))) == ["CHAT"]
    assert found(search(ContactLink.where(channels=["CHAT", "VOICE"]))) == ["CHAT", "VOICE"]
    (voice,) = search(ContactLink.where(channels="VOICE"))
    assert found(search(ContactLink.where(contact_arn=voice.content.contact_arn))) == ["VOICE"]
    assert found(search(ContactLink.where(contact_arn=voice.content.contact_arn, channels="CHAT"))) == []
    assert found(search(FileLink)) == found(search(FileLink.where(file_arn=FILE_ARN))) == ["FileLink"]
    assert found(search(FileLink.where(file_arn=f"{FILE_ARN}2"))) == []
    (link,) = search(CaseLink)
    assert found(search(CaseLink.where(case=link.content.case))) == ["CaseLink"]
    assert found(search(CaseLink.where(case=full))) == []
    assert found(search(Sla)) == ["day", "hour"]
    assert found(search(Sla.where(status="Overdue"))) == ["hour"]
    assert found(search(Sla.where(name="day"))) == ["day"]
    assert found(search(CustomItem)) == ["custom 1.0", "custom 2.0", "custom 3.0"]
    assert found(search(CustomItem.where(domain.schema["Amount"].gte(2)))) == ["custom 2.0", "custom 3.0"]


@needs_custom
def test_filters_are_alternatives(full: Case, domain: CasesDomain) -> None:
    several = full.related_items.search(
        Comment, Sla.where(status="Active"), CustomItem.where(domain.schema["Notes"].contains("number 3"))
    )
    assert found(several) == ["a comment", "custom 3.0", "day"]


@needs_custom
def test_conditions_on_custom_items_are_those_on_cases(full: Case, domain: CasesDomain, calls: Calls) -> None:
    amount, notes = domain.schema.number("Amount"), domain.schema.text("Notes")
    search = full.related_items.search
    assert found(search(CustomItem.where(~amount.eq(2)))) == ["custom 1.0", "custom 3.0"]
    assert found(search(CustomItem.where((amount > 1) & notes.contains("3")))) == ["custom 3.0"]
    assert found(search(CustomItem.where(amount.one_of(1, 3)))) == ["custom 1.0", "custom 3.0"]
    calls()
    many = all_of(amount.ne(number) for number in range(3, 30))
    assert found(search(CustomItem.where(many))) == ["custom 1.0", "custom 2.0"]
    assert calls() == ["SearchRelatedItems"]


def test_custom_items_have_no_tags_to_be_searched_by() -> None:
    condition: Filter = F.number("n").gt(1) & ~(F.tag("team").eq("legal") | F.text("t").eq("x"))
    with pytest.raises(FilterError, match="not by tags"):
        CustomItem.where(condition)
    with pytest.raises(TypeError, match="a condition on custom items is a filter"):
        CustomItem.where({"field": {}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake


def test_what_is_neither_a_kind_nor_a_filter_is_refused(case: Case) -> None:
    with pytest.raises(TypeError, match=r"by a kind, such as Comment, or a filter, Sla.where\(…\), not 'Comment'"):
        case.related_items.search("Comment")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue] - the mistake
