"""What a view may show, saved or published, and what is derived from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ..helpers import refused
from .helpers import Views, content, send, title_of

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


def test_the_schema_of_the_input_names_what_the_template_refers_to(views: Views) -> None:
    template = json.dumps({"Body": [{"Type": "$.Kind", "Props": {"Label": "$.customer.name"}}]})
    schema = json.loads(views.create(Content={"Template": template})["Content"]["InputSchema"])
    assert set(schema["properties"]) == {"Kind", "customer"}


@pytest.mark.rule("view.template")
@pytest.mark.parametrize("status", ["SAVED", "PUBLISHED"])
@pytest.mark.parametrize("template", ["", "{", "[]", '"text"', '{"a": NaN}', "[" * 100_000, "x" * 400_001])
def test_a_template_must_be_a_json_object_of_some_size(views: Views, status: str, template: str) -> None:
    with refused("InvalidRequestException", "Content"):
        views.create(status=status, Content={"Template": template})


@pytest.mark.rule("view.actions")
@pytest.mark.parametrize("listed", [[], ["Go", "Stop"], ["Stop"]])
def test_a_published_view_lists_exactly_the_actions_that_it_uses(views: Views, listed: list[str]) -> None:
    unfinished = {**content("Hi", "Go"), "Actions": listed}
    with refused("InvalidRequestException", "Actions"):
        views.create(Content=unfinished)
    view_id = views.create(status="SAVED", Content=unfinished)["Id"]
    with refused("InvalidRequestException", "Actions"):
        views.client.update_view_content(
            InstanceId=views.instance_id, ViewId=view_id, Status="PUBLISHED", Content=unfinished
        )


@pytest.mark.rule("view.published-checks")
def test_a_published_view_needs_a_template(views: Views) -> None:
    views.create(status="SAVED", Content={})
    with refused("InvalidRequestException", "Template"):
        views.create("Another", Content={})


@pytest.mark.rule("view.size")
def test_content_has_at_most_400_kilobytes_of_template_and_actions(views: Views) -> None:
    action = "é" * 100
    # The name of the action is in the template as well, since a published view lists what it uses.
    rest = len(content("", action)["Template"].encode()) + len(action.encode())
    fitting, larger = content("x" * (400_000 - rest), action), content("x" * (400_001 - rest), action)
    for status in ("SAVED", "PUBLISHED"):
        view_id = views.create(status, status, Content=fitting)["Id"]
        with refused("InvalidRequestException", "400001 bytes"):
            views.create("Another", status, Content=larger)
        with refused("InvalidRequestException", "400001 bytes"):
            views.client.update_view_content(
                InstanceId=views.instance_id, ViewId=view_id, Status=status, Content=larger
            )


@pytest.mark.rule("view.template")
@pytest.mark.parametrize("depth", [100, 300, *range(880, 1000, 7), 2000, 50_000])
def test_a_deep_template_is_taken_or_refused_but_never_a_fault(sim: Simulator, depth: int) -> None:
    template = '{"a": ' * depth + '{"Action": "Go"}' + "}" * depth
    body = {"Name": "Deep", "Status": "PUBLISHED", "Content": {"Template": template, "Actions": ["Go"]}}
    response, parsed = send(sim, "PUT", f"/views/{sim.instance_id}", body)
    assert response.status == 200 or (response.status == 400 and "JSON" in parsed["Message"])
    assert response.status == 200 or depth > 300


@pytest.mark.rule("view.actions")
def test_an_action_that_the_input_names_need_not_be_listed(views: Views) -> None:
    views.create(Content={"Template": json.dumps({"Action": "$.chosen"}), "Actions": []})


@pytest.mark.rule("view.published-checks")
def test_what_failed_to_be_published_has_not_been_saved_either(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]
    with refused("InvalidRequestException", "Actions"):
        views.client.update_view_content(
            InstanceId=views.instance_id,
            ViewId=view_id,
            Status="PUBLISHED",
            Content={**content("two", "Go"), "Actions": []},
        )
    assert title_of(views.describe(f"{view_id}:$SAVED")) == "one"
