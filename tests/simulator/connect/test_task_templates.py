"""Task templates: what makes one valid, and updates that replace the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs_value, refused
from .helpers import TaskTemplates, default, definition, field, ids

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


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


@pytest.mark.rule("task-template.name-field")
def test_a_name_field_is_needed_exactly_once(templates: TaskTemplates) -> None:
    none = templates.problems(**{**definition(), "Fields": [field("Title", "TEXT")]})
    assert ("Fields", "REQUIRED_PROPERTY_MISSING") in none
    two = templates.problems(**definition(field("Other", "NAME")))
    assert ("Fields[1].Type", "UNIQUE_CONSTRAINT_VIOLATED") in two


@pytest.mark.rule("task-template.name-field")
def test_the_name_field_must_be_a_required_one(templates: TaskTemplates) -> None:
    expected = [("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING")]
    assert templates.problems(**definition(Constraints={})) == expected
    body = definition()
    del body["Constraints"]
    assert templates.problems(**body) == expected


@pytest.mark.rule("task-template.name-field")
def test_at_least_one_field_must_be_a_required_one(templates: TaskTemplates) -> None:
    problems = templates.problems(**{**definition(), "Fields": [field("Note", "TEXT")], "Constraints": {}})
    assert ("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING") in problems


STANDARD = ["DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT"]


@pytest.mark.rule("task-template.fields")
@pytest.mark.parametrize("kind", STANDARD)
def test_a_standard_field_is_there_once(templates: TaskTemplates, kind: str) -> None:
    templates.create(**definition(field("One", kind)))
    body = definition(field("One", kind), field("Two", kind), Name="Another")
    assert templates.problems(**body) == [("Fields[2].Type", "UNIQUE_CONSTRAINT_VIOLATED")]


@pytest.mark.rule("task-template.flow")
def test_a_flow_or_a_quick_connect_field_is_needed(templates: TaskTemplates) -> None:
    body = definition()
    del body["ContactFlowId"]
    assert templates.problems(**body) == [("ContactFlowId", "REQUIRED_PROPERTY_MISSING")]
    body["Fields"] = [*body["Fields"], field("To", "QUICK_CONNECT")]
    templates.create(**body)


@pytest.mark.rule("task-template.unique-name")
def test_a_template_name_is_unique_in_the_instance(templates: TaskTemplates, sim: Simulator) -> None:
    taken = [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]
    template_id = templates.create(**definition())
    assert templates.problems(**definition()) == taken
    assert templates.problems(**definition(Status="INACTIVE")) == taken
    other = templates.create(**definition(Name="Another"))
    with refused("PropertyValidationException") as caught:
        templates.update(other, **definition(Status="ACTIVE"))
    assert caught.response["PropertyList"][0]["Reason"] == "RESOURCE_NAME_ALREADY_EXISTS"
    templates.update(template_id, **definition(Status="ACTIVE"))
    TaskTemplates(templates.client, sim.add_instance("other").rpartition("/")[2]).create(**definition())


@pytest.mark.rule("task-template.problems")
def test_every_reason_of_the_model_is_given_but_for_good_cause(templates: TaskTemplates) -> None:
    templates.create(**definition())
    body = definition(
        field("Title", "TEXT", SingleSelectOptions=["a"]),
        field("Count", "NUMBER"),
        field("Link", "URL"),
        field("Kind", "SINGLE_SELECT"),
        Constraints={"RequiredFields": ids("Title", "nowhere")},
        Defaults={
            "DefaultFieldValues": [
                {"Id": {"Name": "Count"}, "DefaultValue": "many"},
                {"Id": {"Name": "Link"}, "DefaultValue": "example"},
            ]
        },
    )
    assert {reason for _, reason in templates.problems(**body)} == {
        "INVALID_FORMAT",
        "UNIQUE_CONSTRAINT_VIOLATED",
        "REFERENCED_RESOURCE_NOT_FOUND",
        "RESOURCE_NAME_ALREADY_EXISTS",
        "REQUIRED_PROPERTY_MISSING",
        "NOT_SUPPORTED",
        "TYPE_MISMATCH",
    }


@pytest.mark.rule("task-template.fields")
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


@pytest.mark.rule("task-template.references")
@pytest.mark.parametrize("kind", ["RequiredFields", "ReadOnlyFields", "InvisibleFields"])
def test_a_constraint_names_a_field_of_the_template(templates: TaskTemplates, kind: str) -> None:
    constraints = {"RequiredFields": ids("Title")}
    constraints[kind] = [*constraints.get(kind, []), *ids("nowhere")]
    (problem,) = templates.problems(**definition(Constraints=constraints))
    assert problem[0].startswith(f"Constraints.{kind}[")
    assert problem[1] == "REFERENCED_RESOURCE_NOT_FOUND"


@pytest.mark.rule("task-template.invisible")
def test_what_is_required_and_invisible_needs_a_default(templates: TaskTemplates) -> None:
    constraints = {"RequiredFields": ids("Title", "Note"), "InvisibleFields": ids("Note")}
    body = definition(field("Note", "TEXT"), Constraints=constraints)
    assert templates.problems(**body) == [("Constraints.InvisibleFields[0]", "REQUIRED_PROPERTY_MISSING")]
    templates.create(**body, Defaults=default("Note", "from the web"))


HAS_EXPIRY = needs_value("connect", "TaskTemplateFieldType", "EXPIRY_DURATION")


@pytest.mark.rule("task-template.expiry")
@pytest.mark.parametrize(
    ("kind", "good", "bad", "reason"),
    [
        ("NUMBER", "-1.5e3", "many", "TYPE_MISMATCH"),
        ("BOOLEAN", "true", "yes", "TYPE_MISMATCH"),
        ("BOOLEAN", "false", "False", "TYPE_MISMATCH"),
        ("DATE_TIME", "2030-01-01T00:00:00Z", "soon", "INVALID_FORMAT"),
        ("SCHEDULED_TIME", "1893456000", "soon", "INVALID_FORMAT"),
        ("URL", "https://example.com", "example", "INVALID_FORMAT"),
        ("EMAIL", "a@example.com", "a", "INVALID_FORMAT"),
        pytest.param("EXPIRY_DURATION", "129600", "129601", "INVALID_FORMAT", marks=HAS_EXPIRY),
        pytest.param("EXPIRY_DURATION", "1", "0", "INVALID_FORMAT", marks=HAS_EXPIRY),
        ("TEXT", "x" * 511, "x" * 512, "INVALID_FORMAT"),
        ("TEXT_AREA", "x" * 4095, "x" * 4096, "INVALID_FORMAT"),
        ("DESCRIPTION", "x" * 4096, None, None),
    ],
)
def test_a_default_fits_the_type_of_its_field(
    templates: TaskTemplates, kind: str, good: str, bad: str | None, reason: str | None
) -> None:
    templates.create(**definition(field("Extra", kind), Defaults=default("Extra", good)))
    if bad is not None:
        body = definition(field("Extra", kind), Name="Another", Defaults=default("Extra", bad))
        assert templates.problems(**body) == [("Defaults.DefaultFieldValues[0].DefaultValue", reason)]


def test_a_default_name_is_short_enough_for_a_task(templates: TaskTemplates) -> None:
    templates.create(**definition(Defaults=default("Title", "x" * 1024)))
    body = definition(Name="Another", Defaults=default("Title", "x" * 1025))
    assert templates.problems(**body) == [("Defaults.DefaultFieldValues[0].DefaultValue", "INVALID_FORMAT")]


@pytest.mark.rule("task-template.references")
def test_a_default_is_one_of_the_options_of_a_field_that_exists(templates: TaskTemplates) -> None:
    choice = field("Kind", "SINGLE_SELECT", SingleSelectOptions=["a"])
    assert templates.problems(**definition(choice, Defaults=default("Kind", "b"))) == [
        ("Defaults.DefaultFieldValues[0].DefaultValue", "REFERENCED_RESOURCE_NOT_FOUND")
    ]
    assert templates.problems(**definition(Defaults=default("nowhere", "b"))) == [
        ("Defaults.DefaultFieldValues[0].Id.Name", "REFERENCED_RESOURCE_NOT_FOUND")
    ]


@pytest.mark.rule("task-template.problems")
def test_all_problems_are_reported_together(templates: TaskTemplates) -> None:
    body = definition(field("Kind", None), Constraints={}, Defaults=default("nowhere", "x"))
    assert len(templates.problems(**body)) == 3


@pytest.mark.rule("task-template.quotas")
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


@pytest.mark.rule("view.replay")
def test_a_client_token_gives_the_first_answer_again(templates: TaskTemplates) -> None:
    first = templates.create(**definition(), ClientToken="t")
    assert templates.create(**definition(), ClientToken="t") == first
    with refused("InvalidParameterException", "ClientToken"):
        templates.create(**definition(Name="Another"), ClientToken="t")


@pytest.mark.rule("task-template.update")
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


@pytest.mark.rule("task-template.update")
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


@pytest.mark.rule("task-template.list")
def test_templates_are_listed_by_status_and_name_and_never_in_pages(templates: TaskTemplates) -> None:
    templates.create(**definition(Name="b"))
    templates.create(**definition(Name="a", Status="INACTIVE"))
    assert templates.listed() == ["b", "a"]
    assert templates.listed(Status="INACTIVE") == ["a"]
    assert templates.listed(Name="b") == ["b"]
    assert templates.listed(MaxResults=1) == ["b"]
    assert templates.listed(NextToken="") == ["b", "a"]
    with refused("InvalidRequestException", "NextToken"):
        templates.listed(NextToken="anything")


def test_a_deleted_template_is_gone_and_its_name_free(templates: TaskTemplates) -> None:
    template_id = templates.create(**definition())
    templates.client.delete_task_template(**templates.instance, TaskTemplateId=template_id)
    with refused("ResourceNotFoundException", template_id):
        templates.get(template_id)
    templates.create(**definition())
    with refused("ResourceNotFoundException", template_id):
        templates.update(template_id, **definition(Name="Another", Status="ACTIVE"))
    with refused("ResourceNotFoundException", template_id):
        templates.client.delete_task_template(**templates.instance, TaskTemplateId=template_id)


def test_a_template_is_found_by_its_arn_too(templates: TaskTemplates) -> None:
    template_id = templates.create(**definition())
    assert templates.get(templates.get(template_id)["Arn"])["Id"] == template_id


@pytest.mark.rule("task-template.quotas")
def test_quotas_hold_for_updates(templates: TaskTemplates) -> None:
    template_id = templates.create(**definition())
    with refused("ServiceQuotaExceededException", "50"):
        templates.update(
            template_id, **definition(*(field(str(index), "TEXT") for index in range(51)), Status="ACTIVE")
        )
    assert len(templates.get(template_id)["Fields"]) == 1


@pytest.mark.rule("task-template.snapshots")
def test_an_unknown_template_or_snapshot_is_not_found(templates: TaskTemplates) -> None:
    with refused("ResourceNotFoundException", "nowhere"):
        templates.get("nowhere")
    with refused("ResourceNotFoundException", "snapshot"):
        templates.get(templates.create(**definition()), SnapshotVersion="1")
