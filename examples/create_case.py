"""A Lambda that opens a case for a contact, and doesn't lose it when a step after creating it fails.

``handler`` is what would be deployed, in a contact flow. The rest is a story around it, on the simulated service,
without an AWS account::

    python examples/create_case.py
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from connectkit import Case, ConnectKit, IncompleteError

if TYPE_CHECKING:
    from connectkit import CasesDomain

log = logging.getLogger(__name__)


@cache
def domain() -> CasesDomain:
    """The domain, named once for all invocations of a warm Lambda."""
    return ConnectKit().domain(os.environ["CASES_DOMAIN_ID"])


def handler(event: Mapping[str, Any], _context: object = None) -> dict[str, str]:
    """What the flow calls: opens a case for its contact; the flow gets the case's id, whatever happens afterwards."""
    contact = event["Details"]["ContactData"]
    return {"caseId": open_case(contact["ContactARN"], contact["Attributes"].get("reason", "No reason given")).id}


def open_case(contact_arn: str, reason: str) -> Case:
    """A case with its contact and a comment. Asked twice for one contact, it is the same case."""
    try:
        return domain().cases.create(
            template="Refund",
            fields={"title": reason, "Priority": "High"},
            contact=contact_arn,
            comment="Opened by the contact flow",
            client_token=contact_arn.rpartition("/")[2],
        )
    except IncompleteError as error:
        case = error.resource
        if not isinstance(case, Case):
            raise
        log.warning("case %s is open, but not complete: %s", case.id, "; ".join(error.left))
        return case


# --- the story around it, on the simulated service --------------------------------------------------------------------


def main() -> None:
    """Open a case while comments can't be written, and look at what there is."""
    from connectkit.simulator import simulate

    logging.basicConfig(format="  logged: %(message)s")
    with simulate() as sim:
        provision(ConnectKit(region_name="us-east-1"))
        contact = sim.add_contact(channel="VOICE")
        sim.fail("CreateRelatedItem", "ServiceQuotaExceededException", after=1)
        answer = handler({"Details": {"ContactData": {"ContactARN": contact, "Attributes": {"reason": "Parcel lost"}}}})
        case = domain().case(answer["caseId"])
        print(f"The flow got its case: {case.refresh(fields=['title', 'Priority']).to_dict()}")
        print(f"The contact is linked: {domain().cases.for_contact(contact).all() == [case]}")
        print(f"Comments: {len(case.comments.list().all())}")


def provision(kit: ConnectKit) -> None:
    """A domain with what the Lambda needs, which finds it in the environment."""
    os.environ["CASES_DOMAIN_ID"] = (made := kit.domains.ensure(name="Support")).id
    os.environ["AWS_REGION"] = os.environ["AWS_DEFAULT_REGION"] = "us-east-1"  # as Lambda has it
    made.fields.ensure(name="Priority", type="SingleSelect", options={"high": "High", "low": "Low"})
    made.layouts.ensure(name="Refund", top_panel=["Priority"])
    made.templates.ensure(name="Refund", layout="Refund")
    domain.cache_clear()


if __name__ == "__main__":
    main()
