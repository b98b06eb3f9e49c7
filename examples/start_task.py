"""Start a task from a task template, with values by the names of its fields.

Without arguments it runs on the simulated service and needs no AWS account::

    python examples/start_task.py

On a real instance it starts a task from a template that is there::

    python examples/start_task.py --instance-id … --region us-east-1 --template Refund --field "Carrier=Post"
"""

from __future__ import annotations

import argparse

from connectkit import ConnectKit, Instance, RequestError
from connectkit.simulator import simulate
from connectkit.task_definitions import NameField, NumberField, SelectField, TaskTemplateDefinition

REFUND = TaskTemplateDefinition(
    name="Refund",
    contact_flow="11111111-1111-4111-8111-111111111111",
    fields=[
        NameField("Task name"),
        SelectField("Carrier", options=["Post", "Courier"], default="Post"),
        NumberField("Amount", required=True),
    ],
)


def main() -> None:
    """Run it on the simulated service, or on the instance that is named."""
    arguments = _arguments()
    if arguments.instance_id:
        kit = ConnectKit(region_name=arguments.region)
        fields = dict(field.split("=", 1) for field in arguments.field)
        start(kit.instance(arguments.instance_id), arguments.template, fields)
        return
    with simulate() as simulator:
        instance = ConnectKit(region_name="us-east-1").instance(simulator.instance_id)
        instance.task_templates.ensure(REFUND)
        start(instance, "Refund", {"Carrier": "Courier", "Amount": "a lot"})
        start(instance, "Refund", {"Carrier": "Courier", "Amount": "12.50"})


def start(instance: Instance, template: str, fields: dict[str, str]) -> None:
    """Start a task, or say everything that is wrong with it."""
    try:
        contact_id = instance.task_templates.get(template).start_task(name="Parcel lost", fields=fields)
    except RequestError as error:
        print(f"Not started: {error}")
    else:
        print(f"Started: {contact_id}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Start a task from a template.")
    parser.add_argument("--instance-id", help="Connect instance; the simulated one if left out")
    parser.add_argument("--region", help="AWS region, e.g. us-east-1")
    parser.add_argument("--template", default="Refund", help="name or id of the template")
    parser.add_argument("--field", action="append", default=[], help="a value: NAME=VALUE; may be repeated")
    return parser.parse_args()


if __name__ == "__main__":
    main()
