"""Short ways to say what the tests of Connect's resources say often."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from connectkit.simulator import HttpRequest

from ..helpers import refused

if TYPE_CHECKING:
    from connectkit.simulator import HttpResponse, Simulator


def send(sim: Simulator, method: str, path: str, body: object = None, *, query: str = "") -> tuple[HttpResponse, Any]:
    """Send a request past any client, which would check it, and give the response with its parsed body."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    response = sim.handle(HttpRequest(method, path, query, {}, data), service="connect")
    return response, json.loads(response.body or b"{}")


def content(title: str = "Hello", *actions: str) -> dict[str, Any]:
    """Give a content that uses its actions."""
    body = [{"Type": "Button", "Props": {"Action": action}} for action in actions]
    return {"Template": json.dumps({"Head": {"Title": title}, "Body": body}), "Actions": list(actions)}


class Views:
    """Short ways to say what these tests say often."""

    def __init__(self, client: Any, instance_id: str) -> None:
        self.client = client
        self.instance_id = instance_id

    def create(self, name: str = "Greeting", status: str = "PUBLISHED", **members: Any) -> Any:
        """Make a view."""
        members.setdefault("Content", content())
        return self.client.create_view(InstanceId=self.instance_id, Name=name, Status=status, **members)["View"]

    def describe(self, view_id: str) -> Any:
        """Describe a view by its id, ARN or qualified id."""
        return self.client.describe_view(InstanceId=self.instance_id, ViewId=view_id)["View"]

    def update(self, view_id: str, title: str, status: str) -> Any:
        """Change the content of a view."""
        return self.client.update_view_content(
            InstanceId=self.instance_id, ViewId=view_id, Status=status, Content=content(title)
        )["View"]

    def version(self, view_id: str, **members: Any) -> Any:
        """Make a version of a view."""
        return self.client.create_view_version(InstanceId=self.instance_id, ViewId=view_id, **members)["View"]

    def versions(self, view_id: str, **members: Any) -> list[int]:
        """Give the numbers of a view's versions."""
        answer = self.client.list_view_versions(InstanceId=self.instance_id, ViewId=view_id, **members)
        return [version["Version"] for version in answer["ViewVersionSummaryList"]]

    def delete_version(self, view_id: str, number: int) -> None:
        """Delete a version."""
        self.client.delete_view_version(InstanceId=self.instance_id, ViewId=view_id, ViewVersion=number)

    def listed(self, **members: Any) -> list[str]:
        """Give the names in the list of views."""
        answer = self.client.list_views(InstanceId=self.instance_id, **members)
        return [view["Name"] for view in answer["ViewsSummaryList"]]


def title_of(view: Any) -> str:
    """Give the title in the content of a view."""
    return str(json.loads(view["Content"]["Template"])["Head"]["Title"])


def field(name: str, kind: str | None, **members: Any) -> dict[str, Any]:
    """Give a field as the wire has it."""
    return {"Id": {"Name": name}, **({"Type": kind} if kind else {}), **members}


def ids(*names: str) -> list[dict[str, Any]]:
    """Give a list of constraints on these fields."""
    return [{"Id": {"Name": name}} for name in names]


def definition(*fields: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Give a valid definition with further fields."""
    return {
        "Name": "Call back",
        "ContactFlowId": "flow",
        "Fields": [field("Title", "NAME"), *fields],
        "Constraints": {"RequiredFields": ids("Title")},
        **members,
    }


def default(name: str, value: str) -> dict[str, Any]:
    """Give the Defaults of one field."""
    return {"DefaultFieldValues": [{"Id": {"Name": name}, "DefaultValue": value}]}


class TaskTemplates:
    """Short ways to say what these tests say often."""

    def __init__(self, client: Any, instance_id: str) -> None:
        self.client = client
        self.instance = {"InstanceId": instance_id}

    def create(self, **members: Any) -> str:
        """Make a task template and give its id."""
        return str(self.client.create_task_template(**self.instance, **members)["Id"])

    def get(self, template_id: str, **members: Any) -> Any:
        """Read a task template."""
        return self.client.get_task_template(**self.instance, TaskTemplateId=template_id, **members)

    def update(self, template_id: str, **members: Any) -> Any:
        """Replace a task template."""
        return self.client.update_task_template(**self.instance, TaskTemplateId=template_id, **members)

    def listed(self, **members: Any) -> list[str]:
        """Give the names in the list of task templates."""
        answer = self.client.list_task_templates(**self.instance, **members)
        assert "NextToken" not in answer
        return [template["Name"] for template in answer["TaskTemplates"]]

    def problems(self, **members: Any) -> list[tuple[str, str]]:
        """Give the paths and reasons for which a create is refused."""
        with refused("PropertyValidationException") as caught:
            self.create(**members)
        assert all(problem["Message"] for problem in caught.response["PropertyList"])
        return [(problem["PropertyPath"], problem["Reason"]) for problem in caught.response["PropertyList"]]


class Tasks:
    """Short ways to say what these tests say often."""

    def __init__(self, client: Any, instance_id: str, sim: Simulator) -> None:
        self.client = client
        self.instance = {"InstanceId": instance_id}
        self.sim = sim

    def start(self, name: str = "Call back", **members: Any) -> str:
        """Start a task by a flow, unless the members say by what, and give its id."""
        if not members.keys() & {"ContactFlowId", "QuickConnectId", "TaskTemplateId"}:
            members["ContactFlowId"] = "flow"
        return str(self.client.start_task_contact(**self.instance, Name=name, **members)["ContactId"])

    def change(self, contact_id: str, template_id: str) -> None:
        """Put another template on a task."""
        self.client.update_contact_task_template(**self.instance, ContactId=contact_id, TaskTemplateId=template_id)

    def kept(self, contact_id: str) -> Any:
        """Give what the simulator remembers of a contact."""
        (region,) = self.sim.dump().values()
        contacts = [contact for entry in region["us-east-1"]["instances"] for contact in entry.get("contact", [])]
        return next(contact for contact in contacts if contact["id"] == contact_id)


def reference(kind: str, value: str = "") -> dict[str, str]:
    """Give a reference as the wire has it."""
    return {"Type": kind, "Value": value}
