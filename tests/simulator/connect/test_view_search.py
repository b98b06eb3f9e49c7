"""SearchViews: criteria, tags and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs, refused
from .helpers import Views

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


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
