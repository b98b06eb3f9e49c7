"""A contact-flow Lambda that finds the caller's open cases.

``handler`` is what would be deployed: the flow has the ARN of the customer's profile in its attribute ``profileArn``,
and gets texts by name, as a Lambda function block wants them. The rest is a story around it, on the simulated service,
without an AWS account::

    python examples/find_open_cases.py
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from connectkit import ConnectKit, F

if TYPE_CHECKING:
    from connectkit import CasesDomain

SAID = 3
"""How many cases the flow offers to its caller."""


@cache
def domain() -> CasesDomain:
    """The domain, named once for all invocations of a warm Lambda."""
    return ConnectKit().domain(os.environ["CASES_DOMAIN_ID"])


def handler(event: Mapping[str, Any], _context: object = None) -> dict[str, str]:
    """What the flow calls: the caller's open cases, the last changed first, and how many there are in all."""
    customer = event["Details"]["ContactData"]["Attributes"].get("profileArn")
    if not customer:
        return {"openCases": "0"}
    theirs = F.customer_id.eq(customer) & F.status.ne("closed")
    answer = {"openCases": str(domain().cases.count(theirs))}
    for number, case in enumerate(domain().cases.search(theirs, limit=SAID), start=1):
        answer |= {f"case{number}Number": str(case["reference_number"]), f"case{number}Title": str(case["title"])}
    return answer


# --- the story around it, on the simulated service --------------------------------------------------------------------

PROFILES = "arn:aws:profile:us-east-1:123456789012:domains/shop/profiles"


def main() -> None:
    """Have two customers with cases, and one of them call."""
    from connectkit.simulator import simulate

    with simulate():
        provision(ConnectKit(region_name="us-east-1"))
        for caller in ({"profileArn": f"{PROFILES}/anna"}, {}):
            print(handler({"Details": {"ContactData": {"Attributes": caller}}}))


def provision(kit: ConnectKit) -> None:
    """A domain with cases, which the Lambda finds in the environment."""
    os.environ["CASES_DOMAIN_ID"] = (made := kit.domains.ensure(name="Support")).id
    os.environ["AWS_REGION"] = os.environ["AWS_DEFAULT_REGION"] = "us-east-1"  # as Lambda has it
    made.templates.ensure(name="Refund")
    for title, status, customer in (
        ("Parcel lost", "open", "anna"),
        ("Wrong size", "closed", "anna"),
        ("Charged twice", "open", "anna"),
        ("Broken on arrival", "open", "bert"),
    ):
        values = {"title": title, "status": status, "customer_id": f"{PROFILES}/{customer}"}
        made.cases.create(template="Refund", fields=values)
    domain.cache_clear()


if __name__ == "__main__":
    main()
