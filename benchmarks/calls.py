"""A large page, as models and through a facade, a small call, pages fetched ahead, and memory while many stream by."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import Any, cast

from benchmarks.answers import CASES_A_PAGE, SMALL, field_ids, fields, injected, page, session
from benchmarks.measure import Pair, compare_calls, compare_wall_clock
from connectkit import ConnectKit
from connectkit.models import connectcases as cases

__all__ = [
    "facade_page",
    "facade_page_read",
    "large_page",
    "large_page_read",
    "memory_while_streaming",
    "prefetched_pages",
    "small_call",
]

DOMAIN = "3c8a4f6e-0000-4000-8000-000000000000"
CASE = "9f1b2c3d-0000-4000-8000-000000000000"
STREAMED_CASES = 100_000
_SETTLED_AFTER = 10_000
_PAGES, _SERVER_SECONDS, _WORK_SECONDS = 50, 0.05, 0.03


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


def facade_page() -> Pair:
    """The same page through ``domain.cases.search``, its fields named, and one value of each case looked at by name."""
    return _facade(every_value=False)


def facade_page_read() -> Pair:
    """The same, and every value looked at by name."""
    return _facade(every_value=True)


def _facade(*, every_value: bool) -> Pair:
    client = cast("Any", session()).client("connectcases")
    kit, bodies = ConnectKit(session()), [fields()]
    injected(kit.connectcases, lambda: bodies[0])
    domain = kit.domain(DOMAIN)
    names = [str(field.name) for field in domain.schema]  # which has the fields read, as a first search would
    bodies[0] = body = page()
    injected(client, lambda: body)
    looked_at = names if every_value else ["Priority"]
    wanted = [{"id": field} for field in field_ids()]

    def ours() -> int:
        read = next(domain.cases.search(fields=names).pages())
        return sum(case[name] is not None for case in read.items for name in looked_at)

    def theirs() -> int:
        reply = client.search_cases(domainId=DOMAIN, fields=wanted, maxResults=CASES_A_PAGE)
        if not every_value:  # untyped, and not looked at
            return len(reply["cases"])
        return sum("emptyValue" not in field["value"] for case in reply["cases"] for field in case["fields"])

    if ours() != theirs():
        raise AssertionError("the two don't see the same")
    return compare_calls(ours, theirs, rounds=15, calls=12)


def prefetched_pages() -> Pair:
    """50 pages from a server that takes 50 ms for each, and 30 ms of work on each: fetched ahead, and one by one."""
    kit, bodies = ConnectKit(session()), [fields()]
    numbers = iter(range(1_000_000))
    wanted = ["Priority", "Field 1", "Field 2"]
    pages = [page(token, fields_a_case=len(wanted)) for token in ("NEXT-TOKEN", None)]

    def answer() -> bytes:
        time.sleep(_SERVER_SECONDS)
        number = next(numbers) % _PAGES
        last = number == _PAGES - 1
        return pages[1] if last else pages[0].replace(b"NEXT-TOKEN", b"token-%d" % number)

    injected(kit.connectcases, lambda: bodies[0] if bodies else answer())
    domain = kit.domain(DOMAIN)
    domain.schema.load()
    bodies.clear()

    def read(*, prefetch: bool) -> None:
        seen = 0
        for one in domain.cases.search(fields=wanted, prefetch=prefetch).pages():
            begun = time.perf_counter()
            while (
                time.perf_counter() - begun < _WORK_SECONDS
            ):  # in Python, so that the two threads are in each other's way
                seen += any(case["Priority"] is None for case in one.items)
        if next(numbers) % _PAGES:
            raise AssertionError("there were more or fewer pages")
        for _ in range(_PAGES - 1):
            next(numbers)

    return compare_wall_clock(lambda: read(prefetch=True), lambda: read(prefetch=False), rounds=2)


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
