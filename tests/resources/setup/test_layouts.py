"""Layouts: panels of field names, checked before they are sent, changed one at a time, and ensured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectkit import ConflictError, InvalidRequestError, NotFoundError, RequestError, UnknownNameError
from connectkit.filters import F
from connectkit.resources.setup.layouts import LoadedLayout, Panel, PanelGroup
from connectkit.simulator import Quotas

if TYPE_CHECKING:
    from connectkit import ConnectKit
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"
WRITES = {"CreateLayout", "UpdateLayout", "DeleteLayout"}


def test_panels_are_built_from_names_ids_references_and_fields(domain: CasesDomain) -> None:
    amount = domain.fields.get("Amount")
    made = domain.layouts.create(
        name="Everything",
        top_panel=["Priority", amount, domain.schema["Due date"], F.summary],
        more_info={"The rest": [domain.schema["Notes"].id, "reference_number"]},
    )
    layout = made.refresh()
    assert layout.field_names(layout.top_panel) == ["Priority", "Amount", "Due date", "Summary"]
    assert layout.more_info == Panel((PanelGroup((domain.schema["Notes"].id, "reference_number"), "The rest"),))
    assert layout.top_panel.groups[0].name is None
    assert layout.top_panel.fields[1] == amount.id


def test_a_layout_is_listed_found_read_renamed_and_deleted(domain: CasesDomain) -> None:
    made = domain.layouts.create(name="Empty")
    assert made.arn.endswith(made.id)
    assert [(layout.name, layout.id, layout.arn) for layout in domain.layouts.list()][1:] == [
        ("Empty", made.id, made.arn)
    ]
    assert made == domain.layouts.find("Empty") == domain.layouts.get("Empty") == domain.layout(made.id)
    assert domain.layouts.get(made.id).top_panel == Panel()
    made.update(name="Nothing")
    assert domain.layouts.get("Nothing").name == "Nothing"
    assert domain.layouts.find("Empty") is None
    made.delete()
    with pytest.raises(UnknownNameError, match=r"there is no layout 'Nothing' in domain .*"):
        domain.layouts.get("Nothing")
    assert domain.layouts.get(made.id).deleted
    with pytest.raises(InvalidRequestError):
        made.update(name="Again")
    with pytest.raises(NotFoundError):
        domain.layout(NOBODY).refresh()
    with pytest.raises(ConflictError):
        domain.layouts.create(name="Refund")


def test_everything_that_is_wrong_with_the_panels_is_said_at_once(domain: CasesDomain, calls: Calls) -> None:
    with pytest.raises(RequestError) as caught:
        domain.layouts.create(
            name="Wrong",
            top_panel=["title", "Priority", "Amuont", domain.schema["Priority"]],
            more_info={"The rest": [F.status, NOBODY, "Priority", "Priority"]},
        )
    faults = {fault.path: fault.problem for fault in caught.value.faults}
    assert {path: problem[:46] for path, problem in faults.items()} == {
        "top_panel[0]": "is 'title', which agents always see and no lay",
        "top_panel[2]": f"there is no field 'Amuont' in domain {domain.id}"[:46],
        "top_panel[3]": "is the field that top_panel[1] is already",
        "more_info['The rest'][0]": "is 'status', which agents always see and no la",
        "more_info['The rest'][1]": f"there is no field '{NOBODY}'"[:46],
        "more_info['The rest'][3]": "is the field that more_info['The rest'][2] is ",
    }
    assert faults["top_panel[2]"].endswith("did you mean 'Amount'?")
    assert not WRITES & {*calls()}


def test_what_is_no_list_of_fields_is_refused(kit: ConnectKit, domain: CasesDomain) -> None:
    with pytest.raises(TypeError, match="top_panel is to be a list, not the text 'Priority'"):
        domain.layouts.create(name="Wrong", top_panel="Priority")
    with pytest.raises(TypeError, match=r"top_panel\['Dates'\] is to be a list, not the text 'Due date'"):
        domain.layouts.create(name="Wrong", top_panel={"Dates": "Due date"})
    with pytest.raises(TypeError, match=r"top_panel\[0\] is to be a field, not a layout"):
        domain.layouts.create(name="Wrong", top_panel=[domain.layouts.get("Refund")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    elsewhere = kit.domains.create(name="Elsewhere").fields.create(name="Story", type="Text")
    with pytest.raises(RequestError, match=r"top_panel\[0\]: field .* is of domain .*, and this is domain "):
        domain.layouts.create(name="Wrong", top_panel=[elsewhere])
    with pytest.raises(RequestError, match=r"content\.basic\.top_panel\.sections.*1"):
        domain.layouts.create(name="Wrong", top_panel={"One": ["Amount"], "Two": ["Notes"]})


def test_changing_one_panel_leaves_the_other(domain: CasesDomain, calls: Calls) -> None:
    layout = domain.layouts.create(name="Two", top_panel=["Priority"], more_info={"Money": ["Amount"]})
    calls()
    layout.update(top_panel=["Due date", "Priority"])
    assert calls() == ["GetLayout", "UpdateLayout"]
    loaded = layout.refresh()
    assert loaded.field_names(loaded.top_panel) == ["Due date", "Priority"]
    assert (loaded.field_names(loaded.more_info), loaded.more_info.groups[0].name) == (["Amount"], "Money")
    calls()
    layout.update(top_panel=[], more_info=loaded.top_panel)
    assert calls() == ["UpdateLayout"]
    loaded = layout.refresh()
    assert (loaded.top_panel.fields, loaded.field_names(loaded.more_info)) == ((), ["Due date", "Priority"])
    calls()
    layout.update()
    assert calls() == []


def test_a_deleted_field_is_gone_from_the_panels_that_are_read(domain: CasesDomain) -> None:
    domain.fields.get("Amount").delete()
    layout = domain.layouts.get("Refund")
    assert "Amount" not in layout.field_names(layout.top_panel)
    assert len(layout.top_panel.fields) == 6
    layout.update(more_info=["summary"])
    assert layout.refresh().top_panel == layout.top_panel


def test_a_layout_is_ensured_once(domain: CasesDomain, calls: Calls) -> None:
    def ensure() -> LoadedLayout:
        return domain.layouts.ensure(name="Refunds", top_panel=["Priority", "Amount"], more_info={"More": ["Notes"]})

    first = ensure()
    assert calls().count("CreateLayout") == 1
    again = ensure()
    assert calls() == ["ListLayouts", "GetLayout"]
    assert (again, again.top_panel, again.more_info) == (first, first.top_panel, first.more_info)
    first.update(top_panel=["Amount", "Priority"])
    calls()
    assert ensure().top_panel == first.top_panel
    assert [call for call in calls() if call in WRITES] == ["UpdateLayout"]
    domain.layouts.ensure(name="Refunds", more_info=["Notes"])
    loaded = first.refresh()
    assert (loaded.top_panel, loaded.more_info.groups[0].name) == (first.top_panel, None)
    calls()
    domain.layouts.ensure(name="Refunds")
    domain.layouts.ensure(name="Refunds", top_panel=loaded.top_panel)
    assert not WRITES & {*calls()}


def test_layouts_have_tags(domain: CasesDomain, calls: Calls) -> None:
    layout = domain.layouts.get("Refund")
    calls()
    domain.layout(layout.id).tags.update({"team": "billing"})
    assert calls() == ["GetLayout", "TagResource"]
    assert layout.tags.list() == layout.refresh().tags == {"team": "billing"}


def test_more_layouts_than_a_page_holds_are_all_there(domain: CasesDomain, sim: Simulator) -> None:
    sim.quotas = Quotas(fields_per_layout=1000)
    for number in range(105):
        domain.layouts.create(name=f"Layout {number}")
    assert len(domain.layouts.list().all()) == 106
    assert domain.layouts.get("Layout 104").name == "Layout 104"
    assert domain.layouts.find("Layout 103") is not None
    assert len(domain.layouts.list(page_size=7, limit=20).all()) == 20
