"""A tour of connectkit: a Cases domain with cases to search, a published view, a task template.

Without arguments it runs on the simulated service and needs no AWS account::

    python examples/quickstart.py

On a real account it makes the same things, with names of their own, and removes them at the end::

    python examples/quickstart.py --live --region us-east-1
"""

from __future__ import annotations

import argparse
import sys
import uuid
from collections.abc import Callable
from contextlib import ExitStack

from connectkit import Case, CasesDomain, ConnectKit, ConnectKitError, F, Instance, TaskTemplateDefinition
from connectkit.task_definitions import NameField, QuickConnectField, SelectField

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
            instance = kit.instance(arguments.instance_id) if arguments.instance_id else first_instance(kit)
            tour_views(instance, stack)
            tour_task_templates(instance, stack)
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
    for event in worst.audit_events.list():
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


def tour_views(instance: Instance, undo: ExitStack) -> None:
    """Publish a view, change it, and go back."""
    heading("Views")
    name = f"quickstart-{uuid.uuid4().hex[:8]}"
    published = instance.views.publish(refund_view("Refund the parcel"), name=name, version_description="The first")
    undo.callback(removed, "view", published.view.delete)
    step("published", str(published))
    step("unchanged", str(instance.views.publish(refund_view("Refund the parcel"), name=name)))

    changed = instance.views.publish(refund_view("Pay it back"), name=name, version_description="Other words")
    step("published", str(changed))
    step("went back", str(changed.view.rollback(to=1)))
    for version in changed.view.versions.list():
        print(f"      version {version.number}: {version.description}")


def refund_view(label: str) -> dict[str, object]:
    """What agents see: a question, and two buttons to answer it with."""
    return {
        "Head": {"Title": "Refund", "Configuration": {"Layout": {"Columns": ["12"]}}},
        "Body": [
            {"_id": "accept", "Type": "Button", "Props": {"Action": "Accept"}, "Content": [label]},
            {"_id": "decline", "Type": "Button", "Props": {"Action": "Decline"}, "Content": ["Not this time"]},
        ],
    }


# --- Task templates ---------------------------------------------------------------------------------------------------


def tour_task_templates(instance: Instance, undo: ExitStack) -> None:
    """Create a task template, then change one thing of it; the service would replace the whole."""
    heading("Task templates")
    definition = TaskTemplateDefinition(
        name=f"quickstart-{uuid.uuid4().hex[:8]}",
        fields=[
            NameField("Task name"),
            QuickConnectField("Assign to", required=True),
            SelectField("Carrier", options=["Post", "Courier"], default="Post"),
        ],
    )
    template = instance.task_templates.create(definition)
    undo.callback(removed, "task template", template.delete)
    step("created", template.id)
    template.update(description="Call the carrier, then the customer")
    updated = template.refresh()
    names = ", ".join(field.name for field in updated.definition().fields)
    step("updated", f"{updated.description!r}, with the fields {names}")


# --- the rest ---------------------------------------------------------------------------------------------------------


def first_instance(kit: ConnectKit) -> Instance:
    """The account's first Connect instance."""
    instance = kit.instances.list(limit=1).first()
    if instance is None:
        raise SystemExit("this account and region has no Amazon Connect instance; name one with --instance-id")
    return instance


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
