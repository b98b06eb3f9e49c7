"""Bring an instance's task templates to what the files of a folder say; the second run changes nothing.

Without arguments it runs on the simulated service and needs no AWS account::

    python examples/sync_task_templates.py

On a real instance it shows the plan, and carries it out if it is told to::

    python examples/sync_task_templates.py --instance-id … --region us-east-1 --folder tasks [--apply]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from connectkit import ConnectKit, Instance
from connectkit.simulator import simulate

FOLDER = Path(__file__).parent / "tasks"


def main() -> None:
    """Run it on the simulated service, or on the instance that is named."""
    arguments = _arguments()
    if arguments.instance_id:
        kit = ConnectKit(region_name=arguments.region)
        sync(kit.instance(arguments.instance_id), arguments.folder, apply=arguments.apply)
        return
    with simulate() as simulator:
        instance = ConnectKit(region_name="us-east-1").instance(simulator.instance_id)
        sync(instance, arguments.folder, apply=True)
        print("\nOnce more:")
        sync(instance, arguments.folder, apply=True)


def sync(instance: Instance, folder: Path, *, apply: bool) -> None:
    """Show what differs, and change it."""
    plan = instance.task_templates.sync(folder / "*.json")  # "*.yaml" as well, with connectkit[yaml]
    print(plan)
    if apply and plan.changes:
        print(plan.apply())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Sync a folder of task templates.")
    parser.add_argument("--instance-id", help="Connect instance; the simulated one if left out")
    parser.add_argument("--region", help="AWS region, e.g. us-east-1")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are")
    parser.add_argument("--apply", action="store_true", help="write, and don't only show")
    return parser.parse_args()


if __name__ == "__main__":
    main()
