"""Set up a Cases domain from code: fields, 60 options, a layout, rules and a template.

``provision`` says what there is to be, and makes what isn't there or is different. Running it again changes nothing, so
a deployment can run it each time. Here it runs twice on the simulated service, without an AWS account::

    python examples/provision_domain.py
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from connectkit import ConnectKit, HiddenRule, LoadedDomain, RequiredRule

if TYPE_CHECKING:
    from connectkit.simulator import RecordedRequest

PRODUCTS = {f"p-{number:02}": f"Parcel size {number}" for number in range(1, 61)}
DECISIONS = {"refund": "Refund", "replace": "Replace", "refuse": "Refuse"}


def provision(kit: ConnectKit) -> LoadedDomain:
    """A domain for returned parcels, as it is described here."""
    domain = kit.domains.ensure(name="Returns")
    domain.fields.ensure(name="Product", type="SingleSelect", options=PRODUCTS)
    domain.fields.ensure(name="Decision", type="SingleSelect", options=DECISIONS, description="What we do about it")
    domain.fields.ensure(name="Amount", type="Number", description="In euros")
    domain.fields.ensure(name="Story", type="Text", multiline=True)
    decision = domain.schema["Decision"]
    needed = domain.case_rules.ensure(name="Refunds have an amount", rule=RequiredRule(when=decision.eq("Refund")))
    hidden = domain.case_rules.ensure(name="Others have none", rule=HiddenRule(when=decision.ne("Refund")))
    domain.layouts.ensure(name="Return", top_panel=["Product", "Decision", "Amount"], more_info={"Told": ["Story"]})
    rules = [(needed, "Amount"), (hidden, "Amount")]
    domain.templates.ensure(name="Return", layout="Return", required_fields=["Product"], rules=rules)
    return domain


# --- the story around it, on the simulated service --------------------------------------------------------------------


def main() -> None:
    """Provision twice, and tell what each run sent."""
    from connectkit.simulator import simulate

    with simulate() as sim:
        seen = 0
        for run in ("first", "second"):
            domain = provision(ConnectKit(region_name="us-east-1"))
            new, seen = sim.requests[seen:], len(sim.requests)
            print(f"The {run} run of {len(new)} calls wrote {written(new) or 'nothing'}")
        products = domain.fields.get("Product").options.list().all()
        print(f"{domain.name} has {len(products)} products to choose from")


def written(requests: Iterable[RecordedRequest]) -> str:
    """The operations that change something, with how often each was called."""
    names = [request.operation for request in requests if not request.operation.startswith(("Get", "List", "BatchGet"))]
    return ", ".join(f"{name} x{names.count(name)}" for name in dict.fromkeys(names))


if __name__ == "__main__":
    main()
