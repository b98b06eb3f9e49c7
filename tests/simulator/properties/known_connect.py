"""What is known of the values in requests to Amazon Connect."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ..helpers import START
from .ingredients import ANY, PLAIN, Fit, Knowledge, Known, Strategy, new_name, one_of
from .world import VIEW, Ids, ids, task_template

__all__ = ["KNOWN"]


def _view_ids(got: Ids, *qualifiers: str) -> Strategy:
    arn = f"{got.instance_arn}/view/{got.view}"
    return one_of(got.view, arn, *(name + qualifier for qualifier in qualifiers for name in (got.view, arn)))


def _view_contents(_: Ids) -> Strategy:
    """Contents that may be published: whatever the template says, it uses the actions that are listed."""
    texts = st.text(ANY, max_size=12)
    trees = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), texts, texts.map("$.{}".format)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(texts.map("{}_".format), inner, max_size=3)
        ),
        max_leaves=8,
    )
    actions = st.lists(one_of("Go", "Stop", "é", "x" * 255), unique=True, max_size=3)

    def content(tree: Any, actions: list[str], *, listed: bool) -> dict[str, Any]:
        template = {"Body": tree, "Buttons": [{"Action": action} for action in actions]}
        return {"Template": json.dumps(template), **({"Actions": actions} if actions or listed else {})}

    large: dict[str, Any] = {"Template": json.dumps({"Body": "x" * 399_000}), "Actions": []}
    return st.one_of(st.builds(content, trees, actions, listed=st.booleans()), st.just(dict(VIEW)), st.just(large))


def _task_members(_: Ids) -> Mapping[str, Strategy]:
    """The members of a task template, which only make sense together."""
    whole = task_template("new task template")
    return {
        "Name": new_name(100)(ids()),
        "ContactFlowId": st.just("flow"),
        "Fields": one_of(
            whole["Fields"],
            [*whole["Fields"], {"Id": {"Name": "When"}, "Type": "SCHEDULED_TIME", "Description": "é"}],
        ),
        "Constraints": one_of(
            whole["Constraints"],
            {**whole["Constraints"], "ReadOnlyFields": [{"Id": {"Name": "Size"}}]},
            {**whole["Constraints"], "InvisibleFields": [{"Id": {"Name": "Size"}}]},
        ),
        "Defaults": one_of(whole["Defaults"], {"DefaultFieldValues": []}, {}),
    }


def _whole_task_template(params: dict[str, Any]) -> dict[str, Any]:
    """What the model calls optional and the service asks for all the same."""
    return {**task_template("new whole one"), "Status": "ACTIVE", **params}


def _some_metadata(params: dict[str, Any]) -> dict[str, Any]:
    return params if params.keys() & {"Name", "Description"} else {**params, "Description": "new"}


# --- instances and tasks ----------------------------------------------------------------------------------------------


def _tag_keys(_: Ids) -> Strategy:
    return st.text(PLAIN, min_size=1, max_size=10)


def _directory_or_alias(params: dict[str, Any]) -> dict[str, Any]:
    needed = "DirectoryId" if params["IdentityManagementType"] == "EXISTING_DIRECTORY" else "InstanceAlias"
    return {"InstanceAlias": "new", "DirectoryId": "d-0123456789", **params} if needed not in params else params


_SOURCE: Final = {"SourceApplicationUrl": "https://x", "SourceApplicationName": "x", "SourceType": "CASES"}


def _with_its_source(params: dict[str, Any]) -> dict[str, Any]:
    """An integration of events has a source, and one of Cases a domain."""
    if params["IntegrationType"] == "CASES_DOMAIN":
        return {**params, "IntegrationArn": f"arn:aws:cases:us-east-1:123456789012:domain/{ids().other_domain}"}
    return {**_SOURCE, **params} if params["IntegrationType"] == "EVENT" else params


def _references(_: Ids) -> Strategy:
    values = {
        "URL": one_of("https://example.com/a"),
        "NUMBER": one_of("1", "-2.5e3"),
        "STRING": st.text(ANY, max_size=10),
        "DATE": one_of("1893456000"),
        "EMAIL": one_of("a@b"),
    }
    more = {"Arn": one_of("arn:aws:connect:us-east-1"), "Status": one_of("APPROVED"), "StatusReason": one_of("é")}
    made = [
        st.fixed_dictionaries({"Type": st.just(kind)}, optional={"Value": held, **more})
        for kind, held in values.items()
    ]
    return st.dictionaries(st.text(ANY, min_size=1, max_size=9).filter(lambda name: name != "Size"), st.one_of(made))


def _segment_attributes(_: Ids) -> Strategy:
    expiry = {"ValueMap": {"ExpiryDuration": {"ValueInteger": 60}}}
    own = st.one_of(
        st.text(ANY, max_size=9).map(lambda value: {"ValueString": value}),
        st.integers(-(2**31), 2**31 - 1).map(lambda value: {"ValueInteger": value}),
    )
    return st.fixed_dictionaries({}, optional={"connect:ContactExpiry": st.just(expiry), "mine": own, "Mine-2": own})


def _one_route(params: dict[str, Any]) -> dict[str, Any]:
    """A task has a flow, a quick connect or a template."""
    routes = [name for name in ("TaskTemplateId", "QuickConnectId", "ContactFlowId") if params.get(name)]
    rest = {name: value for name, value in params.items() if name not in routes}
    return {**rest, routes[0]: params[routes[0]]} if routes else {**rest, "ContactFlowId": "flow"}


_MOMENTS: Final = st.integers(0, 6 * 24 * 60 - 1).map(lambda minutes: START + timedelta(minutes=minutes, seconds=30))

_BY_SHAPE: Final[Mapping[str, Known]] = {
    "Attributes": lambda _: st.dictionaries(
        st.text(PLAIN, min_size=1, max_size=5), st.text(ANY, max_size=9), max_size=2
    ),
    "ContactId": lambda got: one_of(*filter(None, (got.contact, got.task))),
    "ContactReferences": _references,
    "DirectoryAlias": lambda _: st.one_of(st.text(PLAIN, max_size=8).map("new-{}x".format), st.just("x" * 45)),
    "DirectoryId": lambda _: one_of("d-0123456789"),
    "InstanceId": lambda got: one_of(got.instance),
    "InstanceIdOrArn": lambda got: one_of(got.instance, got.instance_arn),
    "IntegrationAssociationId": lambda got: one_of(got.association),
    "Name": lambda _: st.text(ANY, min_size=1, max_size=12),
    "SegmentAttributes": _segment_attributes,
    "StringCondition": lambda _: st.fixed_dictionaries(
        {"FieldName": one_of("name", "description"), "Value": st.text(ANY, max_size=5)},
        optional={"ComparisonType": one_of("STARTS_WITH", "CONTAINS", "EXACT")},
    ),
    "TagKey": _tag_keys,
    "TaskTemplateId": lambda got: one_of(got.task_template),
    "Timestamp": lambda _: _MOMENTS,
    "ViewContentSha256": lambda got: one_of(got.view_sha),
    "ViewId": lambda got: _view_ids(got, ":$SAVED", ":$LATEST"),
    "ViewInputContent": _view_contents,
    "ViewName": new_name(255),
    "ViewVersion": lambda _: one_of(1, 2),
    "ViewsInstanceId": lambda got: one_of(got.instance, got.instance_arn),
}
_BY_OPERATION: Final[Mapping[str, Callable[[Ids], Mapping[str, Strategy]]]] = {
    "CreateTaskTemplate": _task_members,
    "DeleteIntegrationAssociation": lambda got: {"IntegrationAssociationId": one_of(got.association, got.domain)},
    "DescribeView": lambda got: {
        "ViewId": st.one_of(
            _view_ids(got, ":$SAVED", ":$LATEST", ":1", ":2"),
            one_of(f"{got.saved_view}:$SAVED", "arn:aws:connect:us-east-1:aws:view/form"),
        )
    },
    "ListTagsForResource": lambda got: {"resourceArn": one_of(*got.connect_arns)},
    "TagResource": lambda got: {"resourceArn": one_of(*got.connect_arns)},
    "UntagResource": lambda got: {"resourceArn": one_of(*got.connect_arns)},
    "UpdateContactTaskTemplate": lambda got: {"ContactId": one_of(got.task)},
    "UpdateTaskTemplate": _task_members,
}
_FITTED: Final[Mapping[str, Fit]] = {
    "CreateInstance": _directory_or_alias,
    "CreateIntegrationAssociation": _with_its_source,
    "CreateTaskTemplate": _whole_task_template,
    # There are no snapshots.
    "GetTaskTemplate": lambda params: {name: params[name] for name in ("InstanceId", "TaskTemplateId")},
    "StartTaskContact": _one_route,
    "UpdateTaskTemplate": _whole_task_template,
    "UpdateViewMetadata": _some_metadata,
}
KNOWN: Final = Knowledge(_BY_SHAPE, _BY_OPERATION, _FITTED)
