"""Task templates: what makes one valid, and updates that replace the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs_value, refused

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


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


@pytest.fixture
def templates(connect: Any, sim: Simulator) -> TaskTemplates:
    """The task templates of the instance."""
    return TaskTemplates(connect, sim.instance_id)


def test_a_template_is_read_as_it_was_written(templates: TaskTemplates, sim: Simulator) -> None:
    wanted = definition(
        field("Kind", "SINGLE_SELECT", SingleSelectOptions=["a", "b"]),
        Description="calls somebody back",
        Defaults=default("Kind", "b"),
    )
    template_id = templates.create(**wanted)
    read = templates.get(template_id)
    assert {name: read[name] for name in wanted} == wanted
    assert read["Status"] == "ACTIVE"
    assert read["InstanceId"] == sim.instance_id
    assert read["Arn"] == f"{sim.instance_arn}/task-template/{template_id}"
    assert read["CreatedTime"] == read["LastModifiedTime"]


# ---- what makes one valid ------------------------------------------------------------------------------------------


def test_a_name_field_is_needed_exactly_once(templates: TaskTemplates) -> None:
    none = templates.problems(**{**definition(), "Fields": [field("Title", "TEXT")]})
    assert ("Fields", "REQUIRED_PROPERTY_MISSING") in none
    two = templates.problems(**definition(field("Other", "NAME")))
    assert ("Fields[1].Type", "UNIQUE_CONSTRAINT_VIOLATED") in two


def test_the_name_field_must_be_a_required_one(templates: TaskTemplates) -> None:
    expected = [("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING")]
    assert templates.problems(**definition(Constraints={})) == expected
    body = definition()
    del body["Constraints"]
    assert templates.problems(**body) == expected


def test_a_flow_or_a_quick_connect_field_is_needed(templates: TaskTemplates) -> None:
    body = definition()
    del body["ContactFlowId"]
    assert templates.problems(**body) == [("ContactFlowId", "REQUIRED_PROPERTY_MISSING")]
    body["Fields"] = [*body["Fields"], field("To", "QUICK_CONNECT")]
    templates.create(**body)


def test_a_template_name_is_unique_in_the_instance(templates: TaskTemplates) -> None:
    templates.create(**definition())
    assert templates.problems(**definition()) == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        (field("Title", "TEXT"), ("Fields[1].Id.Name", "UNIQUE_CONSTRAINT_VIOLATED")),
        ({"Id": {}, "Type": "TEXT"}, ("Fields[1].Id.Name", "REQUIRED_PROPERTY_MISSING")),
        (field("Kind", None), ("Fields[1].Type", "REQUIRED_PROPERTY_MISSING")),
        (field("Kind", "SINGLE_SELECT"), ("Fields[1].SingleSelectOptions", "REQUIRED_PROPERTY_MISSING")),
        (
            field("Kind", "SINGLE_SELECT", SingleSelectOptions=["a", "a"]),
            ("Fields[1].SingleSelectOptions", "UNIQUE_CONSTRAINT_VIOLATED"),
        ),
        (
            field("Kind", "TEXT", SingleSelectOptions=["a"]),
            ("Fields[1].SingleSelectOptions", "NOT_SUPPORTED"),
        ),
    ],
)
def test_a_field_must_make_sense_by_itself(
    templates: TaskTemplates, extra: dict[str, Any], problem: tuple[str, str]
) -> None:
    assert templates.problems(**definition(extra)) == [problem]


@pytest.mark.parametrize("kind", ["RequiredFields", "ReadOnlyFields", "InvisibleFields"])
def test_a_constraint_names_a_field_of_the_template(templates: TaskTemplates, kind: str) -> None:
    constraints = {"RequiredFields": ids("Title")}
    constraints[kind] = [*constraints.get(kind, []), *ids("nowhere")]
    (problem,) = templates.problems(**definition(Constraints=constraints))
    assert problem[0].startswith(f"Constraints.{kind}[")
    assert problem[1] == "REFERENCED_RESOURCE_NOT_FOUND"


def test_what_is_required_and_invisible_needs_a_default(templates: TaskTemplates) -> None:
    constraints = {"RequiredFields": ids("Title", "Note"), "InvisibleFields": ids("Note")}
    body = definition(field("Note", "TEXT"), Constraints=constraints)
    assert templates.problems(**body) == [("Constraints.InvisibleFields[0]", "REQUIRED_PROPERTY_MISSING")]
    templates.create(**body, Defaults=default("Note", "from the web"))


HAS_EXPIRY = needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")


@pytest.mark.parametrize(
    ("kind", "good", "bad", "reason"),
    [
        ("NUMBER", "-1.5e3", "many", "TYPE_MISMATCH"),
        ("BOOLEAN", "true", "yes", "TYPE_MISMATCH"),
        ("DATE_TIME", "2030-01-01T00:00:00Z", "soon", "INVALID_FORMAT"),
        ("SCHEDULED_TIME", "1893456000", "soon", "INVALID_FORMAT"),
        ("URL", "https://example.com", "example", "INVALID_FORMAT"),
        ("EMAIL", "a@example.com", "a", "INVALID_FORMAT"),
        pytest.param("EXPIRY_DURATION", "129600", "129601", "INVALID_FORMAT", marks=HAS_EXPIRY),
        pytest.param("EXPIRY_DURATION", "1", "0", "INVALID_FORMAT", marks=HAS_EXPIRY),
        ("TEXT", "anything", None, None),
    ],
)
def test_a_default_fits_the_type_of_its_field(
    templates: TaskTemplates, kind: str, good: str, bad: str | None, reason: str | None
) -> None:
    templates.create(**definition(field("Extra", kind), Defaults=default("Extra", good)))
    if bad is not None:
        body = definition(field("Extra", kind), Name="Another", Defaults=default("Extra", bad))
        assert templates.problems(**body) == [("Defaults.DefaultFieldValues[0].DefaultValue", reason)]


def test_a_default_is_one_of_the_options_of_a_field_that_exists(templates: TaskTemplates) -> None:
    choice = field("Kind", "SINGLE_SELECT", SingleSelectOptions=["a"])
    assert templates.problems(**definition(choice, Defaults=default("Kind", "b"))) == [
        ("Defaults.DefaultFieldValues[0].DefaultValue", "REFERENCED_RESOURCE_NOT_FOUND")
    ]
    assert templates.problems(**definition(Defaults=default("nowhere", "b"))) == [
        ("Defaults.DefaultFieldValues[0].Id.Name", "REFERENCED_RESOURCE_NOT_FOUND")
    ]


def test_all_problems_are_reported_together(templates: TaskTemplates) -> None:
    body = definition(field("Kind", None), Constraints={}, Defaults=default("nowhere", "x"))
    assert len(templates.problems(**body)) == 3


def test_quotas_of_templates_and_custom_fields(templates: TaskTemplates) -> None:
    custom = [field(str(index), "TEXT") for index in range(51)]
    with refused("ServiceQuotaExceededException", "50"):
        templates.create(**definition(*custom))
    templates.create(**definition(*custom[:50], field("To", "QUICK_CONNECT")))
    for index in range(49):
        templates.create(**definition(Name=str(index)))
    with refused("ServiceQuotaExceededException", "50"):
        templates.create(**definition(Name="one more"))


# ---- idempotency, updating, listing, deleting ----------------------------------------------------------------------


def test_a_client_token_gives_the_first_answer_again(templates: TaskTemplates) -> None:
    first = templates.create(**definition(), ClientToken="t")
    assert templates.create(**definition(), ClientToken="t") == first
    with refused("InvalidParameterException", "ClientToken"):
        templates.create(**definition(Name="Another"), ClientToken="t")


def test_an_update_replaces_everything(templates: TaskTemplates, sim: Simulator) -> None:
    template_id = templates.create(**definition(Description="calls somebody back", Defaults=default("Title", "x")))
    sim.clock.advance(60)
    answer = templates.update(template_id, **definition(Status="INACTIVE"))
    read = templates.get(template_id)
    for shown in (answer, read):
        assert shown["Status"] == "INACTIVE"
        assert "Description" not in shown
        assert "Defaults" not in shown
        assert (shown["LastModifiedTime"] - shown["CreatedTime"]).total_seconds() >= 60


def test_an_update_needs_a_status_a_name_and_fields(templates: TaskTemplates) -> None:
    template_id = templates.create(**definition())
    for missing in ("Status", "Name", "Fields"):
        body = definition(Status="ACTIVE")
        del body[missing]
        with refused("PropertyValidationException") as caught:
            templates.update(template_id, **body)
        assert (missing, "REQUIRED_PROPERTY_MISSING") in [
            (problem["PropertyPath"], problem["Reason"]) for problem in caught.response["PropertyList"]
        ]
    assert templates.get(template_id)["Status"] == "ACTIVE"


def test_templates_are_listed_by_status_and_name_and_never_in_pages(templates: TaskTemplates) -> None:
    templates.create(**definition(Name="b"))
    templates.create(**definition(Name="a", Status="INACTIVE"))
    assert templates.listed() == ["b", "a"]
    assert templates.listed(Status="INACTIVE") == ["a"]
    assert templates.listed(Name="b") == ["b"]
    assert templates.listed(MaxResults=1) == ["b"]


def test_a_deleted_template_is_gone_and_its_name_free(templates: TaskTemplates) -> None:
    template_id = templates.create(**definition())
    templates.client.delete_task_template(**templates.instance, TaskTemplateId=template_id)
    with refused("ResourceNotFoundException", template_id):
        templates.get(template_id)
    templates.create(**definition())


def test_an_unknown_template_or_snapshot_is_not_found(templates: TaskTemplates) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        templates.get("nowhere")
    with refused("ResourceNotFoundException", "snapshot"):
        templates.get(templates.create(**definition()), SnapshotVersion="1")
