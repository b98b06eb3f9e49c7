"""Views, their qualifiers and their versions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs, refused

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


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


@pytest.fixture
def views(connect: Any, sim: Simulator) -> Views:
    """The views of the instance."""
    return Views(connect, sim.instance_id)


# ---- creating and reading ------------------------------------------------------------------------------------------


def test_a_published_view_is_read_as_it_was_written(views: Views, sim: Simulator) -> None:
    made = views.create("Greeting", Description="says hello", Tags={"team": "legal"}, Content=content("Hi", "Go"))
    read = views.describe(made["Id"])
    assert read == made
    assert read["Arn"] == f"{sim.instance_arn}/view/{made['Id']}"
    assert (read["Name"], read["Type"], read["Status"]) == ("Greeting", "CUSTOMER_MANAGED", "PUBLISHED")
    assert (read["Description"], read["Tags"]) == ("says hello", {"team": "legal"})
    assert title_of(read) == "Hi"
    assert read["Content"]["Actions"] == ["Go"]
    assert len(read["ViewContentSha256"]) == 64


def test_a_view_is_found_by_id_by_arn_and_by_either_with_a_qualifier(views: Views) -> None:
    made = views.create()
    for name in (made["Id"], made["Arn"]):
        for qualifier in ("", ":$LATEST", ":$SAVED"):
            assert views.describe(name + qualifier)["Id"] == made["Id"]
    for name in ("nowhere", f"{made['Id']}:7", f"{made['Id']}:x", f"{made['Id']}:", made["Arn"] + "0"):
        with refused("ResourceNotFoundException"):
            views.describe(name)


def test_an_unpublished_view_is_seen_as_saved_only(views: Views) -> None:
    made = views.create(status="SAVED")
    assert made["Status"] == "SAVED"
    assert "ViewContentSha256" not in made
    for name in (made["Id"], f"{made['Id']}:$LATEST"):
        with refused("InvalidRequestException", "$SAVED"):
            views.describe(name)
    assert views.describe(f"{made['Id']}:$SAVED")["Status"] == "SAVED"


def test_saving_changes_saved_and_publishing_changes_both(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]

    def titles() -> tuple[str, str]:
        return title_of(views.describe(f"{view_id}:$SAVED")), title_of(views.describe(f"{view_id}:$LATEST"))

    assert titles() == ("one", "one")
    views.update(view_id, "two", "SAVED")
    assert titles() == ("two", "one")
    views.update(view_id, "three", "PUBLISHED")
    assert titles() == ("three", "three")


def test_the_checksum_is_that_of_what_is_published(views: Views) -> None:
    made = views.create(Content=content("one"))
    assert views.update(made["Id"], "two", "SAVED")["ViewContentSha256"] == made["ViewContentSha256"]
    assert views.update(made["Id"], "two", "PUBLISHED")["ViewContentSha256"] != made["ViewContentSha256"]


def test_the_schema_of_the_input_names_what_the_template_refers_to(views: Views) -> None:
    template = json.dumps({"Body": [{"Type": "$.Kind", "Props": {"Label": "$.customer.name"}}]})
    schema = json.loads(views.create(Content={"Template": template})["Content"]["InputSchema"])
    assert set(schema["properties"]) == {"Kind", "customer"}


def test_a_view_name_is_unique_in_the_instance(views: Views, connect: Any) -> None:
    views.create("Greeting")
    other = views.create("Other")["Id"]
    with refused("DuplicateResourceException", "Greeting"):
        views.create("Greeting")
    with refused("DuplicateResourceException", "Greeting"):
        connect.update_view_metadata(InstanceId=views.instance_id, ViewId=other, Name="Greeting")


def test_a_client_token_gives_the_first_answer_again(views: Views) -> None:
    first = views.create(ClientToken="t")
    assert views.create(ClientToken="t") == first
    with refused("InvalidRequestException", "ClientToken"):
        views.create("Another", ClientToken="t")


@pytest.mark.parametrize("status", ["SAVED", "PUBLISHED"])
@pytest.mark.parametrize("template", ["", "{", "[]", '"text"', "[" * 100_000, "x" * 400_001])
def test_a_template_must_be_a_json_object_of_some_size(views: Views, status: str, template: str) -> None:
    with refused("InvalidRequestException", "Content"):
        views.create(status=status, Content={"Template": template})


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


def test_a_published_view_needs_a_template(views: Views) -> None:
    views.create(status="SAVED", Content={})
    with refused("InvalidRequestException", "Template"):
        views.create("Another", Content={})


# ---- listing, changing, deleting -----------------------------------------------------------------------------------


def test_views_are_listed_by_type_then_name(views: Views) -> None:
    views.create("b")
    views.create("a", status="SAVED")
    managed = ["Cards", "Confirmation", "Detail", "Form", "List"]
    assert views.listed() == [*managed, "a", "b"]
    assert views.listed(Type="CUSTOMER_MANAGED") == ["a", "b"]
    assert views.listed(Type="AWS_MANAGED") == managed


def test_views_are_listed_in_pages(views: Views, connect: Any) -> None:
    views.create("a")
    seen: list[str] = []
    request: dict[str, Any] = {"InstanceId": views.instance_id, "MaxResults": 4}
    while True:
        page = connect.list_views(**request)
        seen += [view["Name"] for view in page["ViewsSummaryList"]]
        if "NextToken" not in page:
            break
        request["NextToken"] = page["NextToken"]
    assert seen == views.listed()
    with refused("InvalidRequestException", "NextToken"):
        views.listed(NextToken="forged")


def test_metadata_changes_what_is_given_of_it(views: Views, connect: Any) -> None:
    view_id = views.create("Greeting", Description="says hello")["Id"]
    connect.update_view_metadata(InstanceId=views.instance_id, ViewId=view_id, Name="Farewell")
    read = views.describe(view_id)
    assert (read["Name"], read["Description"]) == ("Farewell", "says hello")
    connect.update_view_metadata(InstanceId=views.instance_id, ViewId=view_id, Description="says goodbye")
    read = views.describe(view_id)
    assert (read["Name"], read["Description"]) == ("Farewell", "says goodbye")
    with refused("InvalidRequestException", "Name or Description"):
        connect.update_view_metadata(InstanceId=views.instance_id, ViewId=view_id)


def test_a_deleted_view_is_gone_with_all_its_qualifiers(views: Views, connect: Any) -> None:
    view_id = views.create()["Id"]
    views.version(view_id)
    connect.delete_view(InstanceId=views.instance_id, ViewId=view_id)
    for name in (view_id, f"{view_id}:$SAVED", f"{view_id}:1"):
        with refused("ResourceNotFoundException"):
            views.describe(name)
    views.create()


# ---- the views of AWS ----------------------------------------------------------------------------------------------


def test_a_managed_view_is_found_by_its_arn_and_is_version_one(views: Views, sim: Simulator) -> None:
    arn = f"arn:aws:connect:{sim.region_name}:aws:view/form"
    for name in (arn, f"{arn}:1"):
        read = views.describe(name)
        assert (read["Name"], read["Type"], read["Version"]) == ("Form", "AWS_MANAGED", 1)
    for name in ("form", f"{arn}:2"):
        with refused("ResourceNotFoundException"):
            views.describe(name)


def test_a_managed_view_can_not_be_changed(views: Views, connect: Any, sim: Simulator) -> None:
    arn = f"arn:aws:connect:{sim.region_name}:aws:view/form"
    with refused("InvalidRequestException", "managed by AWS"):
        connect.delete_view(InstanceId=views.instance_id, ViewId=arn)
    with refused("InvalidRequestException", "managed by AWS"):
        views.update(arn, "mine", "SAVED")


# ---- versions ------------------------------------------------------------------------------------------------------


def test_versions_count_up_and_do_not_change(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]
    first = views.version(view_id, VersionDescription="the first")
    assert (first["Version"], first["VersionDescription"]) == (1, "the first")
    views.update(view_id, "two", "PUBLISHED")
    assert views.version(view_id)["Version"] == 2
    assert title_of(views.describe(f"{view_id}:1")) == "one"
    assert title_of(views.describe(f"{view_id}:2")) == "two"
    assert views.versions(view_id) == [2, 1]


def test_unchanged_content_gives_the_highest_version_again(views: Views) -> None:
    view_id = views.create()["Id"]
    first = views.version(view_id, VersionDescription="the first")
    assert views.version(view_id, VersionDescription="not a second") == first
    # What is only saved is not published, so it makes no version.
    views.update(view_id, "two", "SAVED")
    assert views.version(view_id)["Version"] == 1


def test_a_checksum_must_be_that_of_the_published_content(views: Views) -> None:
    made = views.create()
    with refused("InvalidRequestException", "ViewContentSha256"):
        views.version(made["Id"], ViewContentSha256="0" * 64)
    assert views.version(made["Id"], ViewContentSha256=made["ViewContentSha256"])["Version"] == 1


def test_an_unpublished_view_has_nothing_to_make_a_version_of(views: Views) -> None:
    with refused("InvalidRequestException", "published"):
        views.version(views.create(status="SAVED")["Id"])


def test_the_number_of_a_deleted_version_does_not_come_back(views: Views) -> None:
    view_id = views.create()["Id"]
    views.version(view_id)
    views.delete_version(view_id, 1)
    assert views.versions(view_id) == []
    with refused("ResourceNotFoundException"):
        views.describe(f"{view_id}:1")
    with refused("ResourceNotFoundException"):
        views.delete_version(view_id, 1)
    assert views.version(view_id)["Version"] == 2


def test_versions_are_listed_in_pages(views: Views, connect: Any) -> None:
    view_id = views.create()["Id"]
    for number in range(3):
        views.update(view_id, str(number), "PUBLISHED")
        views.version(view_id)
    first = connect.list_view_versions(InstanceId=views.instance_id, ViewId=view_id, MaxResults=2)
    assert [version["Version"] for version in first["ViewVersionSummaryList"]] == [3, 2]
    assert views.versions(view_id, NextToken=first["NextToken"]) == [1]


def test_an_operation_on_the_whole_view_takes_no_version(views: Views) -> None:
    view_id = views.create()["Id"]
    views.version(view_id)
    with refused("InvalidRequestException", "version 1"):
        views.update(f"{view_id}:1", "two", "SAVED")
    assert title_of(views.update(f"{view_id}:$SAVED", "two", "SAVED")) == "two"


# ---- searching -----------------------------------------------------------------------------------------------------


@needs("connect", "SearchViews")
@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        ({}, ["Cards", "Confirmation", "Detail", "Form", "List", "Farewell", "Greeting"]),
        ({"StringCondition": {"FieldName": "name", "Value": "gREET", "ComparisonType": "STARTS_WITH"}}, ["Greeting"]),
        ({"StringCondition": {"FieldName": "name", "Value": "greet", "ComparisonType": "EXACT"}}, []),
        ({"StringCondition": {"FieldName": "description", "Value": "goodbye"}}, ["Farewell"]),
        ({"ViewStatusCondition": "SAVED"}, ["Farewell"]),
        (
            {
                "OrConditions": [
                    {"StringCondition": {"FieldName": "name", "Value": "Form", "ComparisonType": "EXACT"}},
                    {
                        "AndConditions": [
                            {"ViewTypeCondition": "CUSTOMER_MANAGED"},
                            {"ViewStatusCondition": "PUBLISHED"},
                        ]
                    },
                ]
            },
            ["Form", "Greeting"],
        ),
    ],
)
def test_views_are_searched_by_criteria(views: Views, criteria: dict[str, Any], names: list[str]) -> None:
    views.create("Greeting", Description="says hello")
    views.create("Farewell", status="SAVED", Description="says goodbye")
    answer = views.client.search_views(InstanceId=views.instance_id, SearchCriteria=criteria)
    assert [view["Name"] for view in answer["Views"]] == names
    assert answer["ApproximateTotalCount"] == len(names)


@needs("connect", "SearchViews")
def test_views_are_searched_by_tags(views: Views) -> None:
    views.create("a", Tags={"team": "legal", "tier": "1"})
    views.create("b", Tags={"team": "legal", "tier": "2"})
    views.create("c", Tags={"team": "sales", "tier": "1"})

    def found(**attributes: Any) -> list[str]:
        answer = views.client.search_views(InstanceId=views.instance_id, SearchFilter={"AttributeFilter": attributes})
        return [view["Name"] for view in answer["Views"]]

    legal, first = {"TagKey": "team", "TagValue": "legal"}, {"TagKey": "tier", "TagValue": "1"}
    assert found(TagCondition=legal) == ["a", "b"]
    assert found(TagCondition={"TagKey": "team"}) == ["a", "b", "c"]
    assert found(AndCondition={"TagConditions": [legal, first]}) == ["a"]
    assert found(OrConditions=[{"TagConditions": [legal, first]}, {"TagConditions": [{"TagKey": "team"}]}]) == [
        "a",
        "b",
        "c",
    ]


@needs("connect", "SearchViews")
def test_a_search_takes_the_arn_of_the_instance_and_pages(views: Views, sim: Simulator) -> None:
    first = views.client.search_views(InstanceId=sim.instance_arn, MaxResults=3)
    rest = views.client.search_views(InstanceId=sim.instance_arn, NextToken=first["NextToken"])
    assert len(first["Views"]) == 3
    assert len(first["Views"] + rest["Views"]) == first["ApproximateTotalCount"]


@needs("connect", "SearchViews")
def test_a_condition_is_on_a_field_that_can_be_searched(views: Views) -> None:
    criteria = {"StringCondition": {"FieldName": "colour", "Value": "red"}}
    with refused("InvalidRequestException", "name, description"):
        views.client.search_views(InstanceId=views.instance_id, SearchCriteria=criteria)
