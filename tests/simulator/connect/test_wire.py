"""How Connect's requests and answers look on the wire, where it differs from Cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from connectkit.simulator import Quotas, Rate

from ..helpers import refused
from .helpers import Views, definition, send

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

NOTHING: dict[str, Any] = {}
VIEW: dict[str, Any] = {"Name": "V", "Status": "PUBLISHED", "Content": {"Template": "{}"}}


def test_timestamps_are_epoch_seconds(sim: Simulator) -> None:
    view = send(sim, "PUT", f"/views/{sim.instance_id}", VIEW)[1]["View"]
    assert view["CreatedTime"] == pytest.approx(sim.clock.now().timestamp(), abs=1)
    assert view["LastModifiedTime"] == view["CreatedTime"]


def test_an_error_has_its_name_in_a_header_and_its_text_under_message_with_a_capital(sim: Simulator) -> None:
    response, parsed = send(sim, "GET", f"/views/{sim.instance_id}/nowhere")
    assert response.status == 404
    assert response.headers["x-amzn-ErrorType"] == "ResourceNotFoundException"
    assert parsed == {"Message": "View nowhere does not exist"}


def test_an_error_keeps_its_modelled_members(sim: Simulator) -> None:
    body = {**definition(), "Constraints": NOTHING}
    response, parsed = send(sim, "PUT", f"/instance/{sim.instance_id}/task/template", body)
    assert response.status == 400
    assert response.headers["x-amzn-ErrorType"] == "PropertyValidationException"
    assert parsed["Message"] == "1 property of the task template is not valid"
    (problem,) = parsed["PropertyList"]
    assert set(problem) == {"PropertyPath", "Reason", "Message"}


def test_errors_have_the_status_of_the_model(views: Views, sim: Simulator) -> None:
    made = views.create("V")
    assert send(sim, "PUT", f"/views/{sim.instance_id}", VIEW)[0].status == 409
    assert send(sim, "POST", f"/views/{sim.instance_id}/{made['Id']}/metadata", {})[0].status == 400
    sim.quotas = Quotas(active_tasks=0)
    task = {"InstanceId": sim.instance_id, "Name": "T", "ContactFlowId": "flow"}
    assert send(sim, "PUT", "/contact/task", task)[0].status == 402


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "InvalidRequestException"),
        (b"[]", "InvalidRequestException"),
        (NOTHING, "InvalidParameterException"),
        ({**VIEW, "Name": 5}, "InvalidParameterException"),
        ({**VIEW, "Name": "x" * 256}, "InvalidParameterException"),
        ({**VIEW, "Status": "DONE"}, "InvalidParameterException"),
        ({**VIEW, "Content": "text"}, "InvalidParameterException"),
    ],
)
def test_what_does_not_fit_the_model_is_refused(sim: Simulator, body: object, code: str) -> None:
    response, parsed = send(sim, "PUT", f"/views/{sim.instance_id}", body)
    assert (response.status, response.headers["x-amzn-ErrorType"]) == (400, code)
    assert parsed["Message"]


def test_a_view_is_found_by_an_arn_in_the_path_however_it_is_encoded(views: Views, sim: Simulator) -> None:
    arn = views.create()["Arn"]
    for qualified in (arn, f"{arn}:$SAVED"):
        response, parsed = send(sim, "GET", f"/views/{sim.instance_id}/{quote(qualified, safe='')}")
        assert (response.status, parsed["View"]["Arn"]) == (200, arn)
    assert send(sim, "GET", f"/views/{sim.instance_id}/{quote(arn, safe='/')}")[0].status == 404


def test_text_in_a_body_does_not_choose_the_operation(sim: Simulator) -> None:
    path = "/views/x/y/versions"
    body: dict[str, Any] = {
        **VIEW,
        "Content": {"Template": json.dumps({"path": path, "Action": "Go"}), "Actions": ["Go"]},
    }
    assert send(sim, "PUT", f"/views/{sim.instance_id}", body)[1]["View"]["Name"] == "V"


def test_unknown_and_not_simulated_are_told_apart(sim: Simulator) -> None:
    unknown, not_simulated = send(sim, "GET", "/no/such/path")[0], send(sim, "GET", "/users-summary/x")[0]
    assert (unknown.status, unknown.headers["x-amzn-ErrorType"]) == (404, "UnknownOperationException")
    assert (not_simulated.status, not_simulated.headers["x-amzn-ErrorType"]) == (501, "OperationNotSimulatedException")


@pytest.mark.parametrize(
    ("operation", "path", "code"),
    [
        ("ListViews", "/views/{}", "TooManyRequestsException"),
        ("ListTaskTemplates", "/instance/{}/task/template", "ThrottlingException"),
    ],
)
def test_calling_too_often_is_answered_in_the_words_of_the_operation(
    sim: Simulator, operation: str, path: str, code: str
) -> None:
    sim.quotas = Quotas(rates={operation: Rate(1, burst=1)})
    assert send(sim, "GET", path.format(sim.instance_id))[0].status == 200
    response, _ = send(sim, "GET", path.format(sim.instance_id))
    assert (response.status, response.headers["x-amzn-ErrorType"]) == (429, code)


def test_an_unknown_instance_is_not_found_whatever_is_asked_of_it(connect: Any) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        connect.list_views(InstanceId="nowhere")
    with refused("ResourceNotFoundException", "nowhere"):
        connect.list_task_templates(InstanceId="nowhere")
    with refused("ResourceNotFoundException", "nowhere"):
        connect.start_task_contact(InstanceId="nowhere", Name="T", ContactFlowId="flow")
