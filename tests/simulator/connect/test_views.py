"""Views: creating, reading, listing, changing and deleting one, and those of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import refused
from .helpers import Views, content, title_of

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


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


@pytest.mark.rule("view.qualifiers")
def test_a_view_is_found_by_id_by_arn_and_by_either_with_a_qualifier(views: Views) -> None:
    made = views.create()
    for name in (made["Id"], made["Arn"]):
        for qualifier in ("", ":$LATEST", ":$SAVED"):
            assert views.describe(name + qualifier)["Id"] == made["Id"]
    for name in ("nowhere", f"{made['Id']}:7", f"{made['Id']}:x", f"{made['Id']}:", made["Arn"] + "0"):
        with refused("ResourceNotFoundException"):
            views.describe(name)


@pytest.mark.rule("view.unqualified")
def test_an_unpublished_view_is_seen_as_saved_only(views: Views) -> None:
    made = views.create(status="SAVED")
    assert made["Status"] == "SAVED"
    assert "ViewContentSha256" not in made
    for name in (made["Id"], f"{made['Id']}:$LATEST"):
        with refused("InvalidRequestException", "$SAVED"):
            views.describe(name)
    assert views.describe(f"{made['Id']}:$SAVED")["Status"] == "SAVED"


@pytest.mark.rule("view.qualifiers")
def test_a_version_is_qualified_by_its_number_as_it_is_written(views: Views) -> None:
    made = views.create()
    views.version(made["Id"])
    for name in (made["Id"], made["Arn"]):
        assert views.describe(f"{name}:1")["Version"] == 1
        for qualifier in ("01", "+1", "1.0", "$saved", "$FIRST"):
            with refused("ResourceNotFoundException"):
                views.describe(f"{name}:{qualifier}")


def test_the_view_of_another_instance_is_not_found(views: Views, sim: Simulator) -> None:
    other = Views(views.client, sim.add_instance("other").rpartition("/")[2])
    made = other.create()
    for name in (made["Id"], made["Arn"]):
        with refused("ResourceNotFoundException"):
            views.describe(name)


@pytest.mark.rule("view.saved-and-published")
def test_saving_changes_saved_and_publishing_changes_both(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]

    def titles() -> tuple[str, str]:
        return title_of(views.describe(f"{view_id}:$SAVED")), title_of(views.describe(f"{view_id}:$LATEST"))

    assert titles() == ("one", "one")
    views.update(view_id, "two", "SAVED")
    assert titles() == ("two", "one")
    views.update(view_id, "three", "PUBLISHED")
    assert titles() == ("three", "three")


@pytest.mark.rule("view.checksum")
def test_the_checksum_is_that_of_what_is_published(views: Views) -> None:
    made = views.create(Content=content("one"))
    assert views.update(made["Id"], "two", "SAVED")["ViewContentSha256"] == made["ViewContentSha256"]
    assert views.update(made["Id"], "two", "PUBLISHED")["ViewContentSha256"] != made["ViewContentSha256"]


@pytest.mark.rule("view.name")
def test_a_view_name_is_unique_in_the_instance(views: Views, connect: Any) -> None:
    views.create("Greeting")
    other = views.create("Other")["Id"]
    with refused("DuplicateResourceException", "Greeting"):
        views.create("Greeting")
    with refused("DuplicateResourceException", "Greeting"):
        connect.update_view_metadata(InstanceId=views.instance_id, ViewId=other, Name="Greeting")


@pytest.mark.rule("view.replay")
def test_a_client_token_gives_the_first_answer_again(views: Views) -> None:
    first = views.create(ClientToken="t")
    assert views.create(ClientToken="t") == first
    with refused("InvalidRequestException", "ClientToken"):
        views.create("Another", ClientToken="t")


@pytest.mark.rule("view.name")
def test_the_name_of_a_saved_view_is_as_taken_as_that_of_a_published_one(views: Views, connect: Any) -> None:
    draft = views.create("Draft", status="SAVED")["Id"]
    for status in ("SAVED", "PUBLISHED"):
        with refused("DuplicateResourceException", "Draft"):
            views.create("Draft", status=status)
    views.update(draft, "now", "PUBLISHED")
    with refused("DuplicateResourceException", "Draft"):
        views.create("Draft", status="SAVED")
    connect.update_view_metadata(InstanceId=views.instance_id, ViewId=draft, Name="Draft")
    connect.update_view_metadata(InstanceId=views.instance_id, ViewId=draft, Name="Final")
    views.create("Draft", status="SAVED")


@pytest.mark.rule("view.name")
def test_a_view_name_may_be_had_again_in_another_instance(views: Views, sim: Simulator) -> None:
    views.create("Greeting")
    Views(views.client, sim.add_instance("other").rpartition("/")[2]).create("Greeting")


@pytest.mark.rule("view.characters")
@pytest.mark.parametrize("text", ["what?", " leading", "tab\there", "a & b"])
def test_a_name_and_a_description_fit_the_model(views: Views, connect: Any, text: str) -> None:
    view_id = views.create("Greeting")["Id"]
    for member in ("Name", "Description"):
        with refused("InvalidParameterException", member):
            connect.update_view_metadata(InstanceId=views.instance_id, ViewId=view_id, **{member: text})
    with refused("InvalidParameterException", "Name"):
        views.create(text)
    with refused("InvalidParameterException", "Description"):
        views.create("Another", Description=text)
    with refused("InvalidParameterException", "VersionDescription"):
        views.version(view_id, VersionDescription=text)
    with refused("InvalidParameterException", "Actions"):
        views.create("Another", status="SAVED", Content={"Actions": [text]})


@pytest.mark.rule("view.characters")
def test_names_in_any_script_are_good(views: Views) -> None:
    made = views.create("Grüße (v1.2): it's 中文", Description="says hello, and more")
    assert views.describe(made["Id"])["Name"] == "Grüße (v1.2): it's 中文"
    with refused("InvalidParameterException", "Name"):
        views.create("says hello, and more")
    with refused("InvalidParameterException", "ClientToken"):
        views.create("Another", ClientToken="what?")


@pytest.mark.rule("view.replay")
def test_what_was_created_once_may_be_saved_and_published_with_the_same_token(views: Views) -> None:
    first = views.create("Greeting", "SAVED", ClientToken="t")
    with refused("InvalidRequestException", "ClientToken"):
        views.create("Greeting", "PUBLISHED", ClientToken="t")
    assert views.create("Greeting", "SAVED", ClientToken="t") == first
    with refused("InvalidRequestException", "Template"):
        views.create("Another", ClientToken="u", Content={"Template": "{"})
    # What failed has not used its token up.
    views.create("Another", ClientToken="u")


# ---- listing, changing, deleting -----------------------------------------------------------------------------------


@pytest.mark.rule("view.list")
def test_views_are_listed_by_type_then_name(views: Views) -> None:
    views.create("b")
    views.create("a", status="SAVED")
    managed = ["Cards", "Confirmation", "Detail", "Form", "List"]
    assert views.listed() == [*managed, "a", "b"]
    assert views.listed(Type="CUSTOMER_MANAGED") == ["a", "b"]
    assert views.listed(Type="AWS_MANAGED") == managed


@pytest.mark.rule("view.list")
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


@pytest.mark.rule("view.metadata")
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


@pytest.mark.rule("view.modified")
def test_content_is_a_modification_and_metadata_is_none(views: Views, connect: Any, sim: Simulator) -> None:
    made = views.create(Content=content("one"))

    def modified() -> float:
        return float((views.describe(made["Id"])["LastModifiedTime"] - made["CreatedTime"]).total_seconds())

    sim.clock.advance(60)
    connect.update_view_metadata(InstanceId=views.instance_id, ViewId=made["Id"], Name="Farewell")
    assert modified() == 0
    views.update(made["Id"], "two", "SAVED")
    assert 60 <= modified() < 61
    sim.clock.advance(60)
    views.version(made["Id"])
    assert 120 <= modified() < 121


def test_a_list_shows_whether_a_view_was_last_saved_or_published(views: Views, connect: Any) -> None:
    view_id = views.create("a")["Id"]

    def summary() -> Any:
        answer = connect.list_views(InstanceId=views.instance_id, Type="CUSTOMER_MANAGED")
        return answer["ViewsSummaryList"][0]

    assert summary()["Status"] == "PUBLISHED"
    views.update(view_id, "two", "SAVED")
    assert summary() == {
        "Id": view_id,
        "Arn": f"{views.describe(view_id)['Arn']}",
        "Name": "a",
        "Type": "CUSTOMER_MANAGED",
        "Status": "SAVED",
    }


@pytest.mark.rule("view.list")
def test_a_list_has_a_hundred_views_unless_told_otherwise(views: Views) -> None:
    for number in range(100):
        views.create(f"{number:03}", status="SAVED")
    assert len(views.listed()) == 100
    assert len(views.listed(Type="CUSTOMER_MANAGED")) == 100
    with refused("InvalidParameterException", "100"):
        views.listed(MaxResults=101)


@pytest.mark.rule("view.delete")
def test_a_deleted_view_is_gone_with_all_its_qualifiers(views: Views, connect: Any) -> None:
    view_id = views.create()["Id"]
    views.version(view_id)
    connect.delete_view(InstanceId=views.instance_id, ViewId=view_id)
    for name in (view_id, f"{view_id}:$SAVED", f"{view_id}:1"):
        with refused("ResourceNotFoundException"):
            views.describe(name)
    views.create()


# ---- the views of AWS ----------------------------------------------------------------------------------------------


@pytest.mark.rule("view.managed-arn")
def test_a_managed_view_is_found_by_its_arn_and_is_version_one(views: Views, sim: Simulator) -> None:
    arn = f"arn:aws:connect:{sim.region_name}:aws:view/form"
    for name in (arn, f"{arn}:1", f"{arn}:$LATEST", f"{arn}:$SAVED"):
        read = views.describe(name)
        assert (read["Name"], read["Type"], read["Version"], read["Arn"]) == ("Form", "AWS_MANAGED", 1, arn)
    for name in ("form", "form:1", f"{arn}:2", f"arn:aws:connect:{sim.region_name}:aws:view/nowhere"):
        with refused("ResourceNotFoundException"):
            views.describe(name)


@pytest.mark.rule("view.managed-read-only")
def test_the_versions_of_a_managed_view_are_listed(views: Views, sim: Simulator) -> None:
    assert views.versions(f"arn:aws:connect:{sim.region_name}:aws:view/form") == [1]


@pytest.mark.rule("view.managed-read-only")
def test_a_managed_view_can_not_be_changed(views: Views, connect: Any, sim: Simulator) -> None:
    arn = f"arn:aws:connect:{sim.region_name}:aws:view/form"
    with refused("InvalidRequestException", "managed by AWS"):
        connect.delete_view(InstanceId=views.instance_id, ViewId=arn)
    with refused("InvalidRequestException", "managed by AWS"):
        views.update(arn, "mine", "SAVED")
    with refused("InvalidRequestException", "managed by AWS"):
        connect.update_view_metadata(InstanceId=views.instance_id, ViewId=arn, Name="Mine")
    with refused("InvalidRequestException", "managed by AWS"):
        views.version(arn)
    with refused("InvalidRequestException", "managed by AWS"):
        views.delete_version(arn, 1)


def test_the_name_of_a_managed_view_may_be_used(views: Views) -> None:
    views.create("Form")
    assert views.listed().count("Form") == 2
