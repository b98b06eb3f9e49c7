"""A large page, a small call, and memory while many pages stream by."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any, cast

from benchmarks.answers import CASES_A_PAGE, SMALL, injected, page, session
from benchmarks.measure import Pair, compare_calls
from connectkit import ConnectKit
from connectkit.models import connectcases as cases

__all__ = ["large_page", "large_page_read", "memory_while_streaming", "small_call"]

DOMAIN = "3c8a4f6e-0000-4000-8000-000000000000"
CASE = "9f1b2c3d-0000-4000-8000-000000000000"
STREAMED_CASES = 100_000
_SETTLED_AFTER = 10_000


def _both(body: bytes) -> tuple[ConnectKit, Any]:
    kit, client = ConnectKit(session()), cast("Any", session()).client("connectcases")
    injected(kit.connectcases, lambda: body)
    injected(client, lambda: body)
    return kit, client


def large_page() -> Pair:
    """A SearchCases page through ``send``, and through a boto3 client."""
    kit, client = _both(page())
    request = cases.SearchCasesRequest(domain_id=DOMAIN)
    return compare_calls(lambda: kit.send(request), lambda: client.search_cases(domainId=DOMAIN), rounds=15, calls=12)


def large_page_read() -> Pair:
    """The same, and then every value looked at."""
    kit, client = _both(page())
    request = cases.SearchCasesRequest(domain_id=DOMAIN)

    def ours() -> int:
        reply = kit.send(request)
        return sum(
            field.value.string_value is not None or field.value.double_value is not None
            for case in reply.cases
            for field in case.fields
        )

    def theirs() -> int:
        reply = client.search_cases(domainId=DOMAIN)
        return sum(
            "stringValue" in field["value"] or "doubleValue" in field["value"]
            for case in reply["cases"]
            for field in case["fields"]
        )

    if ours() != theirs():
        raise AssertionError("the two don't see the same")
    return compare_calls(ours, theirs, rounds=9, calls=8)


def small_call() -> Pair:
    """GetCase for three fields, its request made anew each time."""
    kit, client = _both(SMALL)
    names = ("title", "status", "amount")

    def ours() -> object:
        fields = [cases.FieldIdentifier(id=name) for name in names]
        return kit.send(cases.GetCaseRequest(domain_id=DOMAIN, case_id=CASE, fields=fields))

    def theirs() -> object:
        return client.get_case(domainId=DOMAIN, caseId=CASE, fields=[{"id": name} for name in names])

    return compare_calls(ours, theirs, rounds=25, calls=60)


def memory_while_streaming() -> float:
    """Megabytes that the process grows by while 100,000 cases stream through ``paginate``."""
    kit = ConnectKit(session())
    numbers = iter(range(1_000_000))
    template = page("NEXT-TOKEN")
    injected(kit.connectcases, lambda: template.replace(b"NEXT-TOKEN", b"token-%d" % next(numbers)))
    seen, before = 0, 0.0
    for _ in kit.paginate(cases.SearchCasesRequest(domain_id=DOMAIN), limit=STREAMED_CASES + _SETTLED_AFTER):
        seen += 1
        if seen == _SETTLED_AFTER:  # by now all that is kept for good has been made
            gc.collect()
            before = _resident()
    if seen != STREAMED_CASES + _SETTLED_AFTER or seen % CASES_A_PAGE:
        raise AssertionError(f"{seen} cases came by")
    gc.collect()
    return _resident() - before


def _resident() -> float:
    """Megabytes of memory that the process holds now."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource  # elsewhere: the largest it ever was, which is the stricter of the two

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
