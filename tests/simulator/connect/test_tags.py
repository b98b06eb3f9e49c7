"""Tags on instances, views, task templates and integration associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import needs_member, refused
from .helpers import TaskTemplates, Views, content, definition, send

if TYPE_CHECKING:
    from connectkit.simulator import Simulator


class Tags:
    """Short ways to say what these tests say often."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def of(self, arn: str) -> dict[str, str]:
        """Give the tags of a resource."""
        return dict(self.client.list_tags_for_resource(resourceArn=arn).get("tags", {}))

    def add(self, arn: str, **tags: str) -> None:
        """Add tags to a resource."""
        self.client.tag_resource(resourceArn=arn, tags=tags)

    def remove(self, arn: str, *keys: str) -> None:
        """Remove tags from a resource."""
        self.client.untag_resource(resourceArn=arn, tagKeys=list(keys))


@pytest.fixture
def tags(connect: Any) -> Tags:
    return Tags(connect)


@pytest.fixture
def view_arn(views: Views) -> str:
    return str(views.create()["Arn"])


@pytest.mark.rule("connect-tag.merge")
def test_tags_are_added_changed_and_removed(tags: Tags, view_arn: str) -> None:
    tags.add(view_arn, team="legal", tier="1")
    tags.add(view_arn, tier="2")
    assert tags.of(view_arn) == {"team": "legal", "tier": "2"}
    tags.remove(view_arn, "team", "not there")
    assert tags.of(view_arn) == {"tier": "2"}


def test_a_resource_without_tags_has_nothing_to_say_of_them(sim: Simulator) -> None:
    response, parsed = send(sim, "GET", f"/tags/{sim.instance_arn.replace('/', '%2F')}")
    assert (response.status, parsed) == (200, {})


def test_the_tags_of_a_view_show_where_it_is_described_and_searched(tags: Tags, views: Views) -> None:
    made = views.create(Tags={"team": "legal"})
    assert tags.of(made["Arn"]) == made["Tags"] == {"team": "legal"}
    tags.add(made["Arn"], tier="1")
    read = views.describe(made["Id"])
    assert read["Tags"] == {"team": "legal", "tier": "1"}
    assert read["LastModifiedTime"] == made["LastModifiedTime"]
    tags.remove(made["Arn"], "team", "tier")
    assert "Tags" not in views.describe(made["Id"])


def test_the_versions_and_aliases_of_a_view_share_its_tags(tags: Tags, views: Views) -> None:
    made = views.create(Content=content("one"))
    views.version(made["Id"])
    tags.add(f"{made['Arn']}:1", team="legal")
    for qualifier in ("", ":1", ":$SAVED", ":$LATEST"):
        assert tags.of(made["Arn"] + qualifier) == {"team": "legal"}
    assert views.describe(f"{made['Id']}:1")["Tags"] == {"team": "legal"}
    with refused("ResourceNotFoundException"):
        tags.of(f"{made['Arn']}:2")


def test_an_unpublished_view_has_tags_too(tags: Tags, views: Views) -> None:
    arn = views.create(status="SAVED", Tags={"team": "legal"})["Arn"]
    assert tags.of(arn) == {"team": "legal"}


def test_the_tags_of_a_task_template_show_where_it_is_read(tags: Tags, templates: TaskTemplates) -> None:
    template_id = templates.create(**definition())
    arn = templates.get(template_id)["Arn"]
    tags.add(arn, team="legal")
    assert tags.of(arn) == templates.get(template_id)["Tags"] == {"team": "legal"}
    templates.update(template_id, **definition(Status="INACTIVE"))
    assert tags.of(arn) == {"team": "legal"}


@needs_member("connect", "Instance", "Tags")
def test_the_tags_of_an_instance_show_where_it_is_described(tags: Tags, sim: Simulator) -> None:
    tags.add(sim.instance_arn, team="legal")
    assert tags.of(sim.instance_arn) == {"team": "legal"}
    assert tags.client.describe_instance(InstanceId=sim.instance_id)["Instance"]["Tags"] == {"team": "legal"}


def test_an_integration_association_has_tags(tags: Tags, cases: Any, sim: Simulator) -> None:
    cases.create_domain(name="Support")
    listed = tags.client.list_integration_associations(InstanceId=sim.instance_id)
    (association,) = listed["IntegrationAssociationSummaryList"]
    arn = association["IntegrationAssociationArn"]
    assert tags.of(arn) == {}
    tags.add(arn, team="legal")
    assert tags.of(arn) == {"team": "legal"}
    # Giving it tags doesn't make it another association.
    listed = tags.client.list_integration_associations(InstanceId=sim.instance_id)
    assert listed["IntegrationAssociationSummaryList"] == [association]


@pytest.mark.rule("connect-tag.bounds")
def test_a_resource_has_at_most_fifty_tags(tags: Tags, view_arn: str) -> None:
    tags.add(view_arn, **{str(number): "" for number in range(50)})
    tags.add(view_arn, **{"7": "another value"})
    with refused("InvalidParameterException", "50"):
        tags.add(view_arn, extra="")
    with refused("InvalidParameterException", "50"):
        tags.add(view_arn, **{str(number): "" for number in range(51)})
    assert len(tags.of(view_arn)) == 50


@pytest.mark.rule("connect-tag.bounds")
@pytest.mark.parametrize("key", ["aws:team", "k" * 129, "what?", "line\nbreak"])
def test_a_key_fits_the_model(tags: Tags, views: Views, view_arn: str, key: str) -> None:
    with refused("InvalidParameterException"):
        tags.add(view_arn, **{key: "legal"})
    with refused("InvalidParameterException"):
        tags.remove(view_arn, key)
    with refused("InvalidParameterException"):
        views.create("Another", Tags={key: "legal"})


def test_keys_in_any_script_and_empty_values_are_good(tags: Tags, view_arn: str) -> None:
    wanted = {"équipe 中 _.:/=+-@ 7": "", "AWS:team": "x" * 256}
    tags.add(view_arn, **wanted)
    assert tags.of(view_arn) == wanted
    with refused("InvalidParameterException", "256"):
        tags.add(view_arn, team="x" * 257)


def test_a_request_needs_tags(sim: Simulator) -> None:
    path = f"/tags/{sim.instance_arn.replace('/', '%2F')}"
    for method, body in (("POST", b'{"tags": {}}'), ("POST", b"{}"), ("DELETE", b"")):
        assert send(sim, method, path, body)[0].headers["x-amzn-ErrorType"] == "InvalidParameterException"


def test_what_is_not_there_can_not_have_tags(tags: Tags, sim: Simulator) -> None:
    for suffix in ("/view/nowhere", "/task-template/nowhere", "/integration-association/nowhere", "/queue/nowhere"):
        with refused("ResourceNotFoundException", "nowhere"):
            tags.of(sim.instance_arn + suffix)
    with refused("ResourceNotFoundException", "0" * 8):
        tags.of(sim.instance_arn.replace(sim.instance_id, "0" * 8))


@pytest.mark.parametrize(
    "arn",
    [
        "view",
        "arn:aws:connect:eu-west-1:123456789012:instance/i",
        "arn:aws:connect:us-east-1:111111111111:instance/i",
        "arn:aws:connect:us-east-1:aws:view/form",
        "arn:aws:cases:us-east-1:123456789012:domain/d",
    ],
)
def test_an_arn_is_one_of_connect_in_this_account_and_region(tags: Tags, arn: str) -> None:
    with refused("InvalidParameterException", arn):
        tags.of(arn)


def test_a_contact_has_no_tags_by_these_operations(tags: Tags, sim: Simulator) -> None:
    with refused("InvalidRequestException", "contact"):
        tags.add(sim.add_contact(), team="legal")


def test_tags_go_with_their_resource(tags: Tags, views: Views) -> None:
    made = views.create(Tags={"team": "legal"})
    views.client.delete_view(InstanceId=views.instance_id, ViewId=made["Id"])
    with refused("ResourceNotFoundException"):
        tags.of(made["Arn"])
