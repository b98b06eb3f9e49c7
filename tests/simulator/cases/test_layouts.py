"""Layouts are made of fields that exist, save for two that are not configurable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import Quotas

from ..helpers import maximum, refused

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

    from ..helpers import DomainFixture
    from ..remote import Send


def panel(*field_ids: str) -> dict[str, Any]:
    """Give a panel of one section with these fields."""
    return {"sections": [{"fieldGroup": {"name": "About", "fields": [{"id": each} for each in field_ids]}}]}


def content(*field_ids: str) -> dict[str, Any]:
    """Give a layout's content with these fields at the top."""
    return {"basic": {"topPanel": panel(*field_ids)}}


def test_a_layout_is_read_as_it_was_written(cases: Any, domain: DomainFixture) -> None:
    wanted = {"basic": {"topPanel": panel("summary", domain.field("Size")), "moreInfo": panel("customer_id")}}
    made = cases.create_layout(domainId=domain.id, name="Page", content=wanted)
    read = cases.get_layout(domainId=domain.id, layoutId=made["layoutId"])
    assert (read["name"], read["content"], read["layoutArn"]) == ("Page", wanted, made["layoutArn"])


@pytest.mark.rule("layout.not-configurable")
def test_title_and_status_are_not_configurable(cases: Any, domain: DomainFixture) -> None:
    for field_id in ("title", "status"):
        with refused("ValidationException", field_id):
            cases.create_layout(domainId=domain.id, name="Page", content=content(field_id))


@pytest.mark.rule("layout.unknown-field")
def test_an_unknown_field_is_refused(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "nowhere"):
        cases.create_layout(domainId=domain.id, name="Page", content=content("nowhere"))


@pytest.mark.rule("layout.one-section")
def test_a_panel_has_one_section(cases: Any, domain: DomainFixture) -> None:
    two = {"basic": {"topPanel": {"sections": panel("summary")["sections"] * 2}}}
    with refused("ValidationException", "at most 1 element"):
        cases.create_layout(domainId=domain.id, name="Page", content=two)


@pytest.mark.rule("quota.defaults")
def test_a_layout_has_a_quota_of_fields_in_both_panels(cases: Any, domain: DomainFixture) -> None:
    most = {"basic": {"topPanel": panel(*["summary"] * 60), "moreInfo": panel(*["summary"] * 40)}}
    cases.create_layout(domainId=domain.id, name="Full", content=most)
    many = {"basic": {"topPanel": panel(*["summary"] * 60), "moreInfo": panel(*["summary"] * 41)}}
    with refused("ServiceQuotaExceededException", "100"):
        cases.create_layout(domainId=domain.id, name="Page", content=many)


@pytest.mark.rule("layout.name-unique")
def test_a_layout_name_is_unique_in_its_domain(cases: Any, domain: DomainFixture) -> None:
    cases.create_layout(domainId=domain.id, name="Page", content=content())
    with refused("ConflictException", "Page"):
        cases.create_layout(domainId=domain.id, name="Page", content=content())
    other = cases.create_domain(name="Other")["domainId"]
    cases.create_layout(domainId=other, name="Page", content=content())


@pytest.mark.rule("domain.order")
def test_layouts_are_listed_in_pages(cases: Any, domain: DomainFixture) -> None:
    made = [cases.create_layout(domainId=domain.id, name=name, content=content())["layoutId"] for name in ("b", "a")]
    first = cases.list_layouts(domainId=domain.id, maxResults=1)
    rest = cases.list_layouts(domainId=domain.id, nextToken=first["nextToken"])
    assert [layout["layoutId"] for layout in first["layouts"] + rest["layouts"]] == made


def test_an_unknown_layout_is_not_found(cases: Any, domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Layout nowhere"):
        cases.get_layout(domainId=domain.id, layoutId="nowhere")


@pytest.mark.rule("layout.section-size")
def test_a_section_has_a_largest_size(cases: Any, domain: DomainFixture, sim: Simulator) -> None:
    most = maximum("connectcases", "FieldGroup", "fields")
    sim.quotas = Quotas(fields_per_layout=2 * most)
    full = {"basic": {"topPanel": panel(*["summary"] * most), "moreInfo": panel(*["summary"] * most)}}
    cases.create_layout(domainId=domain.id, name="Full", content=full)
    with refused("ValidationException", f"at most {most} elements"):
        cases.create_layout(domainId=domain.id, name="Page", content=content(*["summary"] * (most + 1)))


@pytest.mark.rule("layout.update")
def test_an_update_changes_what_it_gives_and_answers_with_nothing(
    cases: Any, domain: DomainFixture, send: Send, sim: Simulator
) -> None:
    layout = cases.create_layout(domainId=domain.id, name="Page", content=content("summary"))["layoutId"]
    sim.clock.advance(60)
    answer = send("PUT", f"/domains/{domain.id}/layouts/{layout}", {"name": "Another page"})
    assert (answer.status, answer.body) == (200, b"")
    read = cases.get_layout(domainId=domain.id, layoutId=layout)
    assert (read["name"], read["content"]) == ("Another page", content("summary"))
    assert (read["lastModifiedTime"] - read["createdTime"]).total_seconds() >= 60
    cases.update_layout(domainId=domain.id, layoutId=layout, content=content("customer_id"))
    read = cases.get_layout(domainId=domain.id, layoutId=layout)
    assert (read["name"], read["content"]) == ("Another page", content("customer_id"))


@pytest.mark.rule("layout.update")
def test_an_update_is_held_to_the_same_rules(cases: Any, domain: DomainFixture) -> None:
    cases.create_layout(domainId=domain.id, name="Other", content=content())
    here = {"domainId": domain.id}
    here["layoutId"] = cases.create_layout(**here, name="Page", content=content("summary"))["layoutId"]
    with refused("ValidationException", "title is not configurable"):
        cases.update_layout(**here, content=content("title"))
    with refused("ValidationException", "nowhere does not exist"):
        cases.update_layout(**here, name="New", content=content("nowhere"))
    with refused("ServiceQuotaExceededException", "101 fields"):
        two = {"topPanel": panel(*["summary"] * 60), "moreInfo": panel(*["summary"] * 41)}
        cases.update_layout(**here, content={"basic": two})
    with refused("ConflictException", "Other"):
        cases.update_layout(**here, name="Other")
    cases.update_layout(**here, name="Page")
    read = cases.get_layout(**here)
    assert (read["name"], read["content"]) == ("Page", content("summary"))
