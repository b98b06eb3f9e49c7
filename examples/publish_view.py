"""Publish a view from a file in git, with the commit as the note of its version; and go back to an earlier version.

``publish`` and ``go_back`` are what a deployment calls. The rest is a story around them, on the simulated service,
without an AWS account::

    python examples/publish_view.py
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from connectkit import ConnectKit, OvertakenError, ViewContent

if TYPE_CHECKING:
    from connectkit import Instance

VIEW = Path(__file__).parent / "views" / "refund.json"


def publish(instance: Instance, path: Path, *, note: str) -> None:
    """Create or update the view that a file describes; if all is so already, nothing is written."""
    print(instance.views.publish(path, version_description=note))


def go_back(instance: Instance, name: str, *, to: int) -> None:
    """Publish an earlier version again, unless someone else publishes at the same time."""
    view = instance.views.get(name)
    try:
        print(view.rollback(to=to))
    except OvertakenError as error:
        print(f"left alone: {error}")
    for version in view.versions.list():
        print(f"  {version.number}  {version.description}")


def commit(folder: Path) -> str:
    """What is checked out, such as ``Commit 50ee3c2``."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - no input in it
    return f"Commit {told.stdout.strip()}" if told.returncode == 0 else "Not from git"


# --- the story around it, on the simulated service --------------------------------------------------------------------


def main() -> None:
    """Publish, publish again, change a label, and go back."""
    from connectkit.simulator import simulate

    with simulate(seed=1) as sim:
        kit = ConnectKit(region_name="us-east-1")
        instance = kit.instance(sim.add_instance("care"))
        publish(instance, VIEW, note=commit(VIEW.parent))
        publish(instance, VIEW, note="The same again")
        document = json.loads(VIEW.read_text(encoding="utf-8"))
        document["template"]["Body"][1]["Props"]["Label"] = "Yes"
        changed = ViewContent(document["template"])
        print(instance.views.publish(changed, name="Refund", version_description="Shorter labels"))
        go_back(instance, "Refund", to=1)


if __name__ == "__main__":
    main()
