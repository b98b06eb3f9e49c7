"""The numbered versions of views."""

from __future__ import annotations

from typing import Any

import pytest

from ..helpers import refused
from .helpers import Views, content, title_of


@pytest.mark.rule("view.versions")
def test_versions_count_up_and_do_not_change(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]
    first = views.version(view_id, VersionDescription="the first")
    assert (first["Version"], first["VersionDescription"]) == (1, "the first")
    views.update(view_id, "two", "PUBLISHED")
    assert views.version(view_id)["Version"] == 2
    assert title_of(views.describe(f"{view_id}:1")) == "one"
    assert title_of(views.describe(f"{view_id}:2")) == "two"
    assert views.versions(view_id) == [2, 1]


@pytest.mark.rule("view.unchanged")
def test_unchanged_content_gives_the_highest_version_again(views: Views) -> None:
    view_id = views.create()["Id"]
    first = views.version(view_id, VersionDescription="the first")
    assert views.version(view_id, VersionDescription="not a second") == first
    # What is only saved is not published, so it makes no version.
    views.update(view_id, "two", "SAVED")
    assert views.version(view_id)["Version"] == 1


@pytest.mark.rule("view.checksum")
def test_a_checksum_must_be_that_of_the_published_content(views: Views) -> None:
    made = views.create()
    with refused("InvalidRequestException", "ViewContentSha256"):
        views.version(made["Id"], ViewContentSha256="0" * 64)
    assert views.version(made["Id"], ViewContentSha256=made["ViewContentSha256"])["Version"] == 1


def test_an_unpublished_view_has_nothing_to_make_a_version_of(views: Views) -> None:
    with refused("InvalidRequestException", "published"):
        views.version(views.create(status="SAVED")["Id"])


@pytest.mark.rule("view.number-once")
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


@pytest.mark.rule("view.list-versions")
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


@pytest.mark.rule("view.checksum")
def test_a_checksum_guards_against_what_was_published_meanwhile(views: Views) -> None:
    before = views.create(Content=content("one"))["ViewContentSha256"]
    view_id = views.describe(views.create("Another", Content=content("one"))["Id"])["Id"]
    views.update(view_id, "two", "SAVED")
    assert views.version(view_id, ViewContentSha256=before)["Version"] == 1
    views.update(view_id, "two", "PUBLISHED")
    with refused("InvalidRequestException", "ViewContentSha256"):
        views.version(view_id, ViewContentSha256=before)
    # The guard holds even where the content would make no new version.
    with refused("InvalidRequestException", "ViewContentSha256"):
        views.version(view_id, ViewContentSha256="0" * 64)
    assert views.versions(view_id) == [1]


@pytest.mark.rule("view.unchanged")
def test_content_is_compared_with_the_highest_version_that_is_left(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]
    views.version(view_id)
    views.update(view_id, "two", "PUBLISHED")
    views.version(view_id)
    views.update(view_id, "one", "PUBLISHED")
    assert views.version(view_id)["Version"] == 3
    views.delete_version(view_id, 3)
    views.delete_version(view_id, 2)
    assert views.version(view_id)["Version"] == 1
    views.update(view_id, "two", "PUBLISHED")
    assert views.version(view_id)["Version"] == 4
    assert views.versions(view_id) == [4, 1]


def test_a_version_is_listed_with_its_own_arn_and_description(views: Views, connect: Any) -> None:
    made = views.create("Greeting", Description="says hello")
    views.version(made["Id"], VersionDescription="the first")
    answer = connect.list_view_versions(InstanceId=views.instance_id, ViewId=made["Arn"])
    assert answer["ViewVersionSummaryList"] == [
        {
            "Id": made["Id"],
            "Arn": f"{made['Arn']}:1",
            "Name": "Greeting",
            "Description": "says hello",
            "Type": "CUSTOMER_MANAGED",
            "Version": 1,
            "VersionDescription": "the first",
        }
    ]


@pytest.mark.rule("view.versions")
def test_publishing_does_not_change_a_version(views: Views) -> None:
    view_id = views.create(Content=content("one"))["Id"]
    before = views.version(view_id)["Content"]
    views.update(view_id, "two", "PUBLISHED")
    assert views.describe(f"{view_id}:1")["Content"] == before


@pytest.mark.rule("view.list-versions")
def test_a_list_has_a_hundred_versions_unless_told_otherwise(views: Views) -> None:
    view_id = views.create()["Id"]
    for number in range(101):
        views.update(view_id, str(number), "PUBLISHED")
        views.version(view_id)
    assert views.versions(view_id) == list(range(101, 1, -1))
