"""Close cases that nobody has touched for a month, and say what became of each.

``close_stale`` is what a nightly job would call. The rest is a story around it, on the simulated service, without an
AWS account::

    python examples/close_stale_cases.py
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from connectkit import ConnectKit, F

if TYPE_CHECKING:
    from connectkit import CasesDomain, UpdateManyResult


def close_stale(domain: CasesDomain, *, now: datetime | None = None) -> UpdateManyResult:
    """Close what was last changed a month ago or earlier, but for what the lawyers have."""
    month_ago = (now or datetime.now(timezone.utc)) - timedelta(days=30)
    stale = F.status.eq("open") & F.last_updated_datetime.lt(month_ago) & ~F.tag("team").eq("legal")
    found = domain.cases.search(stale, fields=[], prefetch=True)
    result = domain.cases.update_many(found, {"status": "closed", "Outcome": "Expired"}, performed_by="nightly job")
    for outcome in result.failed:
        print(f"  {outcome.case.id} is {outcome.fate}: {outcome.error_code}: {outcome.error_message}")
    print(f"{len(result.succeeded)} of {len(result)} stale cases closed")
    return result


# --- the story around it, on the simulated service --------------------------------------------------------------------


def main() -> None:
    """Have 250 cases grow old, and one be deleted in the very moment."""
    from connectkit.simulator import Delays, simulate

    with simulate(seed=1, delays=Delays(search_index=timedelta(seconds=5))) as sim:
        domain = provision(ConnectKit(region_name="us-east-1"))
        sim.clock.advance(days=40)
        domain.cases.create(template="Refund", fields={"title": "Of today"})
        sim.clock.advance(minutes=1)
        domain.cases.list(limit=3).all()[2].delete()  # which the search doesn't know for a moment
        close_stale(domain, now=sim.clock.now())
        sim.clock.advance(minutes=1)
        print(f"{domain.cases.count(F.status.eq('open'))} still open")


def provision(kit: ConnectKit) -> CasesDomain:
    """A domain with 250 cases, each tenth of them with the lawyers."""
    domain = kit.domains.ensure(name="Support")
    domain.fields.ensure(name="Outcome", type="SingleSelect", options={"refunded": "Refunded", "expired": "Expired"})
    domain.layouts.ensure(name="Refund", top_panel=["Outcome"])
    domain.templates.ensure(name="Refund", layout="Refund")
    for number in range(250):
        team = "legal" if number % 10 == 0 else "returns"
        domain.cases.create(template="Refund", fields={"title": f"Parcel {number}"}, tags={"team": team})
    return domain


if __name__ == "__main__":
    main()
