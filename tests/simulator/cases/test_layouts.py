"""Layouts are made of fields that exist, save for two that are not configurable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..helpers import refused

if TYPE_CHECKING:
    from ..helpers import DomainFixture


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


def test_title_and_status_are_not_configurable(cases: Any, domain: DomainFixture) -> None:
    for field_id in ("title", "status"):
        with refused("ValidationException", field_id):
            cases.create_layout(domainId=domain.id, name="Page", content=content(field_id))


def test_an_unknown_field_is_refused(cases: Any, domain: DomainFixture) -> None:
    with refused("ValidationException", "nowhere"):
        cases.create_layout(domainId=domain.id, name="Page", content=content("nowhere"))


def test_a_panel_has_one_section(cases: Any, domain: DomainFixture) -> None:
    two = {"basic": {"topPanel": {"sections": panel("summary")["sections"] * 2}}}
    with refused("ValidationException", "at most 1 element"):
        cases.create_layout(domainId=domain.id, name="Page", content=two)


def test_a_layout_has_a_quota_of_fields_in_both_panels(cases: Any, domain: DomainFixture) -> None:
    most = {"basic": {"topPanel": panel(*["summary"] * 60), "moreInfo": panel(*["summary"] * 40)}}
    cases.create_layout(domainId=domain.id, name="Full", content=most)
    many = {"basic": {"topPanel": panel(*["summary"] * 60), "moreInfo": panel(*["summary"] * 41)}}
    with refused("ServiceQuotaExceededException", "100"):
        cases.create_layout(domainId=domain.id, name="Page", content=many)


def test_a_layout_name_is_unique_in_its_domain(cases: Any, domain: DomainFixture) -> None:
    cases.create_layout(domainId=domain.id, name="Page", content=content())
    with refused("ConflictException", "Page"):
        cases.create_layout(domainId=domain.id, name="Page", content=content())
    other = cases.create_domain(name="Other")["domainId"]
    cases.create_layout(domainId=other, name="Page", content=content())


def test_layouts_are_listed_in_pages(cases: Any, domain: DomainFixture) -> None:
    made = [cases.create_layout(domainId=domain.id, name=name, content=content())["layoutId"] for name in ("b", "a")]
    first = cases.list_layouts(domainId=domain.id, maxResults=1)
    rest = cases.list_layouts(domainId=domain.id, nextToken=first["nextToken"])
    assert [layout["layoutId"] for layout in first["layouts"] + rest["layouts"]] == made


def test_an_unknown_layout_is_not_found(cases: Any, domain: DomainFixture) -> None:
    with refused("ResourceNotFoundException", "Layout nowhere"):
        cases.get_layout(domainId=domain.id, layoutId="nowhere")
