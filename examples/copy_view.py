"""Copy a view from one instance to another: from where it was tried out to where agents use it.

``copy_view`` is what a release calls. The rest is a story around it, on the simulated service, without an AWS account::

    python examples/copy_view.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from connectkit import ConnectKit

if TYPE_CHECKING:
    from connectkit import Instance

VIEW = Path(__file__).parent / "views" / "refund.json"


def copy_view(name: str, source: Instance, target: Instance) -> None:
    """Have the view of this name in ``target`` show what it shows in ``source``; created if it isn't there."""
    view = source.views.get(name)
    present = target.views.find(name)
    if present is not None:
        print(present.refresh().diff(view))
    result = target.views.publish(
        view.content,
        name=view.name,
        description=view.description,
        tags=view.tags,
        version_description=f"Version {view.version_number} of {source.refresh().alias}",
    )
    print(result)


# --- the story around it, on the simulated service --------------------------------------------------------------------


def main() -> None:
    """Copy a view, change it where it came from, and copy it again; then one of AWS's, as one's own."""
    from connectkit.simulator import simulate

    with simulate(seed=1) as sim:
        kit = ConnectKit(region_name="us-east-1")
        trial, live = (kit.instance(sim.add_instance(alias)) for alias in ("trial", "live"))
        view = trial.views.publish(VIEW).view
        copy_view("Refund", trial, live)
        template = view.content.template
        template["Body"][1]["Props"]["Label"] = "Yes"
        view.publish(template)
        copy_view("Refund", trial, live)
        copy_view("Refund", trial, live)
        print(live.views.create_from(live.views.get("Form"), name="Our form"))


if __name__ == "__main__":
    main()
