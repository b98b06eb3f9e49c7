"""The story as the AWS CLI tells it. Each function is a chapter: it takes what earlier ones gave, and gives what the
service answered. ``javascript/story.mjs`` has the same chapters.
"""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from .aws_cli import AwsCli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Given = dict[str, Any]

_AT_ONCE = 3
"""Commands at a time, where their order does not matter; each spends most of its time on starting."""


class CliStory:
    """Tells the story to the server at ``url``."""

    def __init__(self, url: str, home: Path) -> None:
        self.aws = AwsCli(url, home)

    def tell(self, chapter: str, **given: Any) -> Any:
        """Tell a chapter; see :class:`tests.clients.support.Story`."""
        return _CHAPTERS[chapter](self.aws, given)


# ---- Cases -----------------------------------------------------------------------------------------------------------


def prepare(aws: AwsCli, given: Given) -> Any:
    domain = {"domain_id": aws("connectcases", "create-domain", name=given["name"])["domainId"]}

    def make_field(name: str, kind: str) -> str:
        return str(aws("connectcases", "create-field", **domain, name=name, type=kind)["fieldId"])

    priority, amount, notes = (
        make_field("Priority", "SingleSelect"),
        make_field("Amount", "Number"),
        make_field("Notes", "Text"),
    )
    # The CLI's own short way to write a list of structures.
    options = ["name=HIGH,value=high,active=true", "name=LOW,value=low,active=true"]
    put = aws("connectcases", "batch-put-field-options", "--options", *options, **domain, field_id=priority)
    group = {"name": "About", "fields": [{"id": priority}, {"id": amount}]}
    content = {"basic": {"topPanel": {"sections": [{"fieldGroup": group}]}}}
    layout = {"layout_id": aws("connectcases", "create-layout", **domain, name="Desk", content=content)["layoutId"]}
    made = aws(
        "connectcases",
        "create-template",
        **domain,
        name="Refund",
        layout_configuration=f"defaultLayout={layout['layout_id']}",
        required_fields=f"fieldId={priority}",
    )
    template = {"template_id": made["templateId"]}
    return {
        "domainId": domain["domain_id"],
        "templateId": template["template_id"],
        "layoutId": layout["layout_id"],
        "priority": priority,
        "amount": amount,
        "notes": notes,
        "optionErrors": put["errors"],
        "domain": aws("connectcases", "get-domain", **domain),
        "layout": aws("connectcases", "get-layout", **domain, **layout),
        "template": aws("connectcases", "get-template", **domain, **template),
        "options": aws("connectcases", "list-field-options", **domain, field_id=priority),
    }


def open_cases(aws: AwsCli, given: Given) -> Any:
    where = {"domain_id": given["domainId"], "template_id": given["templateId"]}

    def open_case(case: Given) -> Any:
        return aws("connectcases", "create-case", **where, fields=case["fields"], tags=case["tags"])

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(open_case, given["wanted"]))


def list_fields(aws: AwsCli, given: Given) -> Any:
    # The CLI knows no pages of this operation, so a user passes its tokens on.
    pages = aws.pages("connectcases", "list-fields", domain_id=given["domainId"], max_results=7)
    return {"pages": [[field["fieldId"] for field in page["fields"]] for page in pages]}


def search(aws: AwsCli, given: Given) -> Any:
    query = {_snake(name): value for name, value in given.items()}
    answer = aws("connectcases", "search-cases", **query, page_size=4)
    return {"cases": answer["cases"], "totals": [answer["totalCount"]]}


def change_case(aws: AwsCli, given: Given) -> Any:
    case = {"domain_id": given["domainId"], "case_id": given["caseId"]}
    before = aws("connectcases", "get-case", **case, fields=given["fields"])
    assert aws("connectcases", "update-case", **case, fields=given["changes"]) is None
    return {"before": before, "after": aws("connectcases", "get-case", **case, fields=given["fields"])}


def relate(aws: AwsCli, given: Given) -> Any:
    domain = {"domain_id": given["domainId"]}
    case = {**domain, "case_id": given["caseId"]}
    comment = {"comment": {"body": given["comment"], "contentType": "Text/Plain"}}
    contact = {"contact": {"contactArn": given["contactArn"]}}
    made = [
        aws("connectcases", "create-related-item", **case, type="Comment", content=comment),
        aws("connectcases", "create-related-item", **case, type="Contact", content=contact),
    ]
    found = aws("connectcases", "search-related-items", **case, page_size=1)
    linked = aws("connectcases", "list-cases-for-contact", **domain, contact_arn=given["contactArn"])
    return {"made": made, "found": found["relatedItems"], "cases": linked["cases"]}


def audit(aws: AwsCli, given: Given) -> Any:
    case = {"domain_id": given["domainId"], "case_id": given["caseId"]}
    pages = aws.pages("connectcases", "get-case-audit-events", **case, max_results=2)
    return {"events": [event for page in pages for event in page["auditEvents"]]}


def batch(aws: AwsCli, given: Given) -> Any:
    domain = {"domain_id": given["domainId"]}
    options = [
        {"name": "Normal", "value": "normal", "active": True},
        {"name": "Normal again", "value": "normal", "active": True},
    ]
    wanted = [{"id": given["amount"]}, {"id": "nowhere"}]
    return {
        "put": aws("connectcases", "batch-put-field-options", **domain, field_id=given["priority"], options=options),
        "got": aws("connectcases", "batch-get-field", **domain, fields=wanted),
    }


def tag(aws: AwsCli, given: Given) -> Any:
    arn = {"arn": given["arn"]}
    aws("connectcases", "tag-resource", **arn, tags=given["tags"])
    tagged = aws("connectcases", "list-tags-for-resource", **arn)
    aws("connectcases", "untag-resource", **arn, tag_keys=given["tagKeys"])
    untagged = aws("connectcases", "list-tags-for-resource", **arn)
    return {"tagged": tagged["tags"], "untagged": untagged["tags"]}


# ---- views and task templates ----------------------------------------------------------------------------------------


def find_instance(aws: AwsCli, _given: Given) -> Any:
    return aws("connect", "list-instances", query="InstanceSummaryList[0]")


def publish_view(aws: AwsCli, given: Given) -> Any:
    instance = {"instance_id": given["InstanceId"]}
    made = aws(
        "connect",
        "create-view",
        **instance,
        name=given["Name"],
        status="PUBLISHED",
        content=given["content"],
        tags=given["Tags"],
    )["View"]
    versioned = aws(
        "connect",
        "create-view-version",
        **instance,
        view_id=made["Id"],
        version_description="first",
        view_content_sha256=made["ViewContentSha256"],
    )
    view = {**instance, "view_id": made["Arn"]}
    aws("connect", "update-view-content", **view, status="SAVED", content=given["newContent"])
    aws("connect", "update-view-metadata", **view, description="says hello")

    def describe(qualifier: str) -> Any:
        return aws("connect", "describe-view", **instance, view_id=f"{made['Arn']}:{qualifier}")["View"]

    return {
        "created": made,
        "versioned": versioned["View"],
        "latest": describe("$LATEST"),
        "saved": describe("$SAVED"),
        "first": describe("1"),
        "versions": aws("connect", "list-view-versions", **view)["ViewVersionSummaryList"],
    }


def list_views(aws: AwsCli, given: Given) -> Any:
    answer = aws("connect", "list-views", instance_id=given["InstanceId"], page_size=2)
    return {"names": [view["Name"] for view in answer["ViewsSummaryList"]]}


def keep_large_view(aws: AwsCli, given: Given) -> Any:
    instance = {"instance_id": given["InstanceId"]}
    template = json.dumps({"Head": {"Title": ""}, "Body": []})
    filled = template.replace('""', json.dumps("x" * (given["size"] - len(template))))
    # More than fits on a command line.
    file = aws.home / "content.json"
    file.write_text(json.dumps({"Template": filled, "Actions": []}), encoding="utf-8")
    made = aws("connect", "create-view", **instance, name=given["Name"], status="PUBLISHED", content=f"file://{file}")[
        "View"
    ]
    read = aws("connect", "describe-view", **instance, view_id=made["Id"])["View"]["Content"]["Template"]
    return {"size": len(read), "same": read == filled}


def keep_task_template(aws: AwsCli, given: Given) -> Any:
    instance = {"instance_id": given["InstanceId"]}
    made = aws("connect", "create-task-template", **instance, cli_input_json=given["definition"])
    template = {**instance, "task_template_id": made["Id"]}
    return {
        "created": aws("connect", "get-task-template", **template),
        "updated": aws("connect", "update-task-template", **template, cli_input_json=given["changed"]),
        "read": aws("connect", "get-task-template", **template),
        "listed": aws("connect", "list-task-templates", **instance)["TaskTemplates"],
    }


def start_task(aws: AwsCli, given: Given) -> Any:
    instance = {"instance_id": given["InstanceId"]}
    made = aws("connect", "create-task-template", **instance, cli_input_json=given["definition"])
    moment = given["ScheduledTime"].isoformat()
    template = {**instance, "task_template_id": made["Id"]}
    return aws("connect", "start-task-contact", **template, name="Call", scheduled_time=moment)


# ---- what goes wrong -------------------------------------------------------------------------------------------------


def call(aws: AwsCli, given: Given) -> Any:
    if "maxAttempts" in given:
        aws = aws.setting(AWS_MAX_ATTEMPTS=str(given["maxAttempts"]))
    outcome = aws.run(given["service"], _kebab(given["operation"]), cli_input_json=given["input"])
    refusal = outcome.refusal
    return {"refusal": refusal} if refusal else {"answer": outcome.answer}


def _kebab(name: str) -> str:
    return re.sub(r"(?<=.)([A-Z])", r"-\1", name).lower()


def _snake(name: str) -> str:
    return _kebab(name).replace("-", "_")


_CHAPTERS: dict[str, Callable[[AwsCli, Given], Any]] = {
    chapter.__name__: chapter
    for chapter in (
        prepare,
        open_cases,
        list_fields,
        search,
        change_case,
        relate,
        audit,
        batch,
        tag,
        find_instance,
        publish_view,
        list_views,
        keep_large_view,
        keep_task_template,
        start_task,
        call,
    )
}
