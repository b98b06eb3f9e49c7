"""A tour of connectkit: a Cases domain with cases to search, a published view, a task template.

Without arguments it runs on the simulated service and needs no AWS account::

    python examples/quickstart.py

On a real account it makes the same things, with names of their own, and removes them at the end::

    python examples/quickstart.py --live --region us-east-1
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Callable
from contextlib import ExitStack

from connectkit import ConnectKit, ConnectKitError, F
from connectkit.models import connect
from connectkit.resources.cases.case import Case
from connectkit.resources.domains import CasesDomain

PRIORITIES = ["High", "Normal", "Low"]
STORIES = ["Parcel lost", "Parcel late", "Wrong size", "Broken on arrival", "Charged twice", "Return not booked"]


def main() -> int:
    """Run the tour; returns the process's exit code."""
    arguments = _arguments()
    with ExitStack() as stack:
        if arguments.live:
            kit = ConnectKit(region_name=arguments.region, profile_name=arguments.profile)
        else:
            from connectkit.simulator import simulate

            stack.enter_context(simulate())
            kit = ConnectKit(region_name=arguments.region or "us-east-1")
        print(f"connectkit on {'your AWS account' if arguments.live else 'the simulated service'}")
        try:
            tour_cases(kit, stack)
            instance_id = arguments.instance_id or first_instance(kit)
            tour_views(kit, instance_id, stack)
            tour_task_templates(kit, instance_id, stack)
        except ConnectKitError as error:
            print(f"\nStopped: {error}", file=sys.stderr)
            return 1
        finally:
            heading("Removing what was made")
    print("\nDone.")
    return 0


# --- Cases ------------------------------------------------------------------------------------------------------------


def tour_cases(kit: ConnectKit, undo: ExitStack) -> None:
    """Make a domain with fields, a layout and a template; fill it with cases; search and update them."""
    heading("Cases")
    domain = kit.domains.create(name=f"quickstart-{uuid.uuid4().hex[:8]}")
    undo.callback(removed, "domain", domain.delete)
    domain.wait_until_active()  # a real one takes a moment, the simulated one is there at once
    step("domain", domain.id)

    domain.fields.create(name="Priority", type="SingleSelect", options=PRIORITIES)
    domain.fields.create(name="Amount", type="Number")
    step("fields", f"Priority ({', '.join(PRIORITIES)}), Amount")

    domain.layouts.create(name="Refund", top_panel=["Priority", "Amount"], more_info=["reference_number"])
    domain.templates.create(name="Refund", layout="Refund", required_fields=["Priority"])
    step("layout and template", "Refund")

    made = [create_case(domain, number) for number in range(36)]
    made[-1].wait_until_searchable()
    step("cases", f"{len(made)} created")

    priority, amount = domain.schema.select("Priority"), domain.schema.number("Amount")
    pressing = (priority.eq("High") & amount.gt(100)) | F.title.contains("parcel")
    search = domain.cases.search(
        pressing & F.status.ne("closed"), fields=["title", priority, amount], sort="-Amount", page_size=6
    )
    pages = list(search.pages())
    found = [case for page in pages for case in page.items]
    if not found:
        raise SystemExit("the search found none of the cases, although all of them can be found")
    step("search", f"{len(found)} cases match, read in {len(pages)} pages:")
    for case in found[:5]:
        print(f"      {case[amount] or 0:>8.2f}  {case['Priority']:<7} {case['title']}")
    print(f"      … and {max(len(found) - 5, 0)} more")

    worst = found[0]
    worst.update({"status": "closed"})
    worst.comments.add("Paid back by hand")
    worst.wait_until_searchable(F.status.eq("closed"))
    left = domain.cases.count(pressing & F.status.ne("closed"))
    step("update", f"closed the dearest one; {left} left")
    for event in worst.audit_events:
        print(f"      {event.type}: {', '.join(change.name for change in event.changes) or event.related_item_type}")


def create_case(domain: CasesDomain, number: int) -> Case:
    """One case of the series."""
    return domain.cases.create(
        template="Refund",
        fields={
            "title": f"{STORIES[number % len(STORIES)]} ({number + 1})",
            "Priority": PRIORITIES[number % len(PRIORITIES)],
            "Amount": number * 7.25,
        },
    )


# --- Views ------------------------------------------------------------------------------------------------------------


def tour_views(kit: ConnectKit, instance_id: str, undo: ExitStack) -> None:
    """Publish a view and make an immutable version of it."""
    heading("Views")
    template = {
        "Head": {"Title": "Refund", "Configuration": {"Layout": {"Columns": ["12"]}}},
        "Body": [
            {"_id": "accept", "Type": "Button", "Props": {"Action": "Accept"}, "Content": ["Refund the parcel"]},
            {"_id": "decline", "Type": "Button", "Props": {"Action": "Decline"}, "Content": ["Not this time"]},
        ],
    }
    created = kit.send(
        connect.CreateViewRequest(
            instance_id=instance_id,
            name=f"quickstart-{uuid.uuid4().hex[:8]}",
            description="Refund or not",
            status="PUBLISHED",
            content=connect.ViewInputContent(template=json.dumps(template), actions=["Accept", "Decline"]),
        )
    ).view
    if created is None or created.id is None:
        raise SystemExit("the service named no view in its answer")
    view_id = created.id
    undo.callback(
        removed, "view", lambda: kit.send(connect.DeleteViewRequest(instance_id=instance_id, view_id=view_id))
    )
    step("published", f"{created.name} ({created.id})")

    version = kit.send(
        connect.CreateViewVersionRequest(
            instance_id=instance_id, view_id=view_id, version_description="The first that agents see"
        )
    ).view
    step("version", f"{version.version if version else '?'}, which never changes")
    for summary in kit.paginate(connect.ListViewVersionsRequest(instance_id=instance_id, view_id=view_id)):
        print(f"      version {summary.version}: {summary.version_description}")


# --- Task templates ---------------------------------------------------------------------------------------------------


def tour_task_templates(kit: ConnectKit, instance_id: str, undo: ExitStack) -> None:
    """Create a task template, then update it: an update replaces the whole."""
    heading("Task templates")
    fields = [task_field("Task name", "NAME"), task_field("Assign to", "QUICK_CONNECT"), task_field("Details", "TEXT")]
    required = connect.TaskTemplateConstraints(
        required_fields=[
            connect.RequiredFieldInfo(id=connect.TaskTemplateFieldIdentifier(name=name))
            for name in ("Task name", "Assign to")
        ]
    )
    created = kit.send(
        connect.CreateTaskTemplateRequest(
            instance_id=instance_id,
            name=f"quickstart-{uuid.uuid4().hex[:8]}",
            fields=fields,
            constraints=required,
            status="ACTIVE",
        )
    )
    undo.callback(
        removed,
        "task template",
        lambda: kit.send(connect.DeleteTaskTemplateRequest(instance_id=instance_id, task_template_id=created.id)),
    )
    step("created", created.id)

    present = kit.send(connect.GetTaskTemplateRequest(instance_id=instance_id, task_template_id=created.id))
    updated = kit.send(
        connect.UpdateTaskTemplateRequest(
            instance_id=instance_id,
            task_template_id=created.id,
            name=present.name,
            description="Call the carrier, then the customer",
            fields=[*(present.fields or []), task_field("Carrier", "SINGLE_SELECT", "Post", "Courier")],
            constraints=present.constraints,
            status="ACTIVE",
        )
    )
    names = ", ".join(field.id.name or "?" for field in updated.fields or [])
    step("updated", f"{updated.description!r}, with the fields {names}")


def task_field(name: str, kind: connect.TaskTemplateFieldType, *options: str) -> connect.TaskTemplateField:
    """A field of a task template."""
    return connect.TaskTemplateField(
        id=connect.TaskTemplateFieldIdentifier(name=name), type=kind, single_select_options=list(options) or None
    )


# --- the rest ---------------------------------------------------------------------------------------------------------


def first_instance(kit: ConnectKit) -> str:
    """The id of the account's first Connect instance."""
    instance = kit.paginate(connect.ListInstancesRequest(), limit=1).first()
    if instance is None or instance.id is None:
        raise SystemExit("this account and region has no Amazon Connect instance; name one with --instance-id")
    return instance.id


def heading(text: str) -> None:
    """A heading in the output."""
    print(f"\n{text}")


def step(what: str, told: str) -> None:
    """A line of the output."""
    print(f"  ✓ {what:<20} {told}")


def removed(what: str, remove: Callable[[], object]) -> None:
    """Remove one thing, and say so; say as well if that fails."""
    try:
        remove()
    except ConnectKitError as error:
        print(f"  ✗ {what} stays: {error}", file=sys.stderr)
    else:
        print(f"  ✓ {what} removed")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A tour of connectkit.")
    parser.add_argument("--live", action="store_true", help="use your AWS account instead of the simulated service")
    parser.add_argument("--region", help="AWS region, e.g. us-east-1")
    parser.add_argument("--profile", help="profile of your AWS configuration files")
    parser.add_argument("--instance-id", help="Connect instance for the view and the task template; else the first")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
