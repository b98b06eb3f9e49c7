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
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from connectkit import ConnectKit, ConnectKitError
from connectkit.models import connect, connectcases as cases

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
    domain = kit.send(cases.CreateDomainRequest(name=f"quickstart-{uuid.uuid4().hex[:8]}"))
    undo.callback(removed, "domain", lambda: kit.send(cases.DeleteDomainRequest(domain_id=domain.domain_id)))
    wait_until_active(kit, domain.domain_id)
    step("domain", domain.domain_id)

    priority = create_priority_field(kit, domain.domain_id)
    amount = kit.send(cases.CreateFieldRequest(domain_id=domain.domain_id, name="Amount", type="Number")).field_id
    step("fields", f"Priority ({', '.join(PRIORITIES)}), Amount")

    layout = kit.send(
        cases.CreateLayoutRequest(
            domain_id=domain.domain_id,
            name="Refund",
            content=cases.LayoutContent(
                basic=cases.BasicLayout(
                    top_panel=panel("What happened", priority, amount), more_info=panel("More", "reference_number")
                )
            ),
        )
    )
    template = kit.send(
        cases.CreateTemplateRequest(
            domain_id=domain.domain_id,
            name="Refund",
            layout_configuration=cases.LayoutConfiguration(default_layout=layout.layout_id),
            required_fields=[cases.RequiredField(field_id=priority)],
        )
    )
    step("layout and template", "Refund")

    made = [
        create_case(kit, domain.domain_id, template.template_id, number, priority=priority, amount=amount)
        for number in range(36)
    ]
    step("cases", f"{len(made)} created")

    # (High and above 100) or about a parcel, but not closed.
    pressing = any_of(
        all_of(
            compare(priority, equal_to=cases.FieldValueUnion(string_value="High")),
            compare(amount, greater_than=cases.FieldValueUnion(double_value=100)),
        ),
        compare("title", contains=cases.FieldValueUnion(string_value="parcel")),
    )
    closed = compare("status", equal_to=cases.FieldValueUnion(string_value="closed"))
    search = cases.SearchCasesRequest(
        domain_id=domain.domain_id,
        filter=all_of(pressing, cases.CaseFilter(not_=closed)),
        sorts=[cases.Sort(field_id=amount, sort_order="Desc")],
        fields=[cases.FieldIdentifier(id=name) for name in ("title", priority, amount)],
    )
    wait_until_found(kit, domain.domain_id, len(made))
    pages = list(kit.paginate(search, page_size=6).pages())
    found = [case for page in pages for case in page.items]
    if not found:
        raise SystemExit("the search found none of the cases, although all of them can be found")
    step("search", f"{len(found)} cases match, read in {len(pages)} pages:")
    for case in found[:5]:
        title, level, sum_ = (value_of(case.fields, name) for name in ("title", priority, amount))
        print(f"      {sum_:>8.2f}  {level:<7} {title}")
    print(f"      … and {max(len(found) - 5, 0)} more")

    worst = found[0]
    kit.send(
        cases.UpdateCaseRequest(
            domain_id=domain.domain_id,
            case_id=worst.case_id,
            fields=[cases.FieldValue(id="status", value=cases.FieldValueUnion(string_value="closed"))],
        )
    )
    step("update", f"closed the dearest one; {how_many(kit, search)} left")


def wait_until_active(kit: ConnectKit, domain_id: str) -> None:
    """A real domain takes a moment; the simulated one is there at once."""
    for _ in patiently():
        status = kit.send(cases.GetDomainRequest(domain_id=domain_id)).domain_status
        if status == "Active":
            return
        if status == "CreationFailed":
            raise SystemExit("the service could not create the domain")
    raise SystemExit("the domain is still not active")


def wait_until_found(kit: ConnectKit, domain_id: str, count: int) -> None:
    """A real search may take a moment to find what was just made."""
    for _ in patiently():
        if how_many(kit, cases.SearchCasesRequest(domain_id=domain_id)) >= count:
            return
    raise SystemExit(f"the search still doesn't find all {count} cases")


def how_many(kit: ConnectKit, search: cases.SearchCasesRequest) -> int:
    """How many cases a search finds: the service says so, but a boto3 from before that doesn't pass it on."""
    total = kit.send(search.model_copy(update={"max_results": 1})).total_count
    return len(kit.paginate(search).all()) if total is None else total


def patiently() -> Iterator[None]:
    """Come round every two seconds, for two minutes."""
    for _ in range(60):
        yield
        time.sleep(2)


def create_priority_field(kit: ConnectKit, domain_id: str) -> str:
    """A single select with its options; returns its id."""
    field = kit.send(cases.CreateFieldRequest(domain_id=domain_id, name="Priority", type="SingleSelect"))
    answer = kit.send(
        cases.BatchPutFieldOptionsRequest(
            domain_id=domain_id,
            field_id=field.field_id,
            options=[cases.FieldOption(name=name, value=name, active=True) for name in PRIORITIES],
        )
    )
    for failed in answer.errors or []:
        print(f"      option {failed.value}: {failed.message}")
    return field.field_id


def create_case(kit: ConnectKit, domain_id: str, template_id: str, number: int, *, priority: str, amount: str) -> str:
    """One case of the series; returns its id."""
    values = {
        "title": cases.FieldValueUnion(string_value=f"{STORIES[number % len(STORIES)]} ({number + 1})"),
        priority: cases.FieldValueUnion(string_value=PRIORITIES[number % len(PRIORITIES)]),
        amount: cases.FieldValueUnion(double_value=number * 7.25),
    }
    fields = [cases.FieldValue(id=field, value=value) for field, value in values.items()]
    return kit.send(cases.CreateCaseRequest(domain_id=domain_id, template_id=template_id, fields=fields)).case_id


def panel(name: str, *fields: str) -> cases.LayoutSections:
    """A layout panel with one group of fields."""
    group = cases.FieldGroup(name=name, fields=[cases.FieldItem(id=field) for field in fields])
    return cases.LayoutSections(sections=[cases.Section(field_group=group)])


def compare(
    field: str,
    *,
    equal_to: cases.FieldValueUnion | None = None,
    contains: cases.FieldValueUnion | None = None,
    greater_than: cases.FieldValueUnion | None = None,
) -> cases.CaseFilter:
    """A filter that compares one field."""
    return cases.CaseFilter(
        field=cases.FieldFilter(
            equal_to=cases.FieldValue(id=field, value=equal_to) if equal_to else None,
            contains=cases.FieldValue(id=field, value=contains) if contains else None,
            greater_than=cases.FieldValue(id=field, value=greater_than) if greater_than else None,
        )
    )


def all_of(*filters: cases.CaseFilter) -> cases.CaseFilter:
    """Matches what all the filters match."""
    return cases.CaseFilter(and_all=list(filters))


def any_of(*filters: cases.CaseFilter) -> cases.CaseFilter:
    """Matches what one of the filters matches."""
    return cases.CaseFilter(or_all=list(filters))


def value_of(fields: list[cases.FieldValue], field_id: str) -> str | float | bool | None:
    """The plain value of a field of a case."""
    return next((field.value.value for field in fields if field.id == field_id), None)


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
