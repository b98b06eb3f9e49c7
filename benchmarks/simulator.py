"""The simulator: a small call beside moto's, and searching a domain of 100,000 cases."""

from __future__ import annotations

import gc
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, islice
from typing import Any, NamedTuple, cast

from benchmarks.answers import session
from benchmarks.measure import compare_calls
from benchmarks.simulated import CASES_A_PAGE, BigDomain
from connectkit.simulator import simulate

__all__ = ["Benchmark", "Figure", "benchmarks"]

CASES = 100_000
_BY_TITLE = [{"fieldId": "title", "sortOrder": "Asc"}]


class Figure(NamedTuple):
    """One measurement: the number that a limit is for, the same for people, and what stands beside it."""

    value: float
    text: str
    beside: str


class Benchmark(NamedTuple):
    """One measurement to make, and its limit, if it has one, as a number and as text."""

    what: str
    measure: Callable[[], Figure]
    limit: float | None = None
    asked: str = ""


def benchmarks(*, pages_through_boto3: int) -> Iterator[Benchmark]:
    """Give what to measure of the simulator, one after the other: the later ones need the 100,000 cases.

    ``pages_through_boto3`` is for the last one: how many of its pages to read through boto3 as well.
    """
    yield Benchmark(
        "GetDomain in `simulate()`, and GetItem of that size in moto's `mock_aws()`, both with boto3",
        _small_call,
        0.6,
        "ratio ≤ 0.60",
    )
    gc.collect()
    domain = BigDomain()
    ids: list[str] = []
    # What it takes to fill the domain can't be measured twice.
    filling = _fill(domain, ids)
    yield Benchmark("making 100,000 cases of 15 values", lambda: filling)
    numbers = count()
    yield Benchmark("making a case among 100,000, and among a few", partial(_create, domain), 1.2, "ratio ≤ 1.20")
    yield Benchmark(
        "first page of a search with 4 terms and a sort", partial(_first_page, domain, numbers), 250, "≤ 250 ms"
    )
    yield Benchmark("a later page of it", partial(_later_pages, domain, numbers), 10, "≤ 10 ms")
    yield Benchmark(
        "a later page of it, each after a write", partial(_with_writes, domain, numbers, ids), 10, "≤ 10 ms"
    )
    all_pages = partial(_all_pages, domain, pages_through_boto3)
    yield Benchmark("all 1,000 pages of all cases", all_pages, 20_000, "≤ 20 s")


def _small_call() -> Figure:
    # Only here: once it is imported, moto listens to every client that the process makes.
    from moto import mock_aws

    with mock_aws(), simulate():
        cases: Any = cast("Any", session()).client("connectcases")
        table: Any = cast("Any", session()).client("dynamodb")
        domain_id = cases.create_domain(name="Support")["domainId"]
        domain = cases.get_domain(domainId=domain_id)
        table.create_table(
            TableName="domains",
            KeySchema=[{"AttributeName": "domainId", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "domainId", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        names = ("domainId", "domainArn", "name", "domainStatus")
        item = {name: {"S": domain[name]} for name in names}
        created = domain["createdTime"].isoformat()
        table.put_item(TableName="domains", Item={**item, "createdTime": {"S": created}, "tags": {"M": {}}})
        key = {"domainId": {"S": domain_id}}
        pair = compare_calls(
            lambda: cases.get_domain(domainId=domain_id),
            lambda: table.get_item(TableName="domains", Key=key),
            rounds=11,
            calls=60,
        )
    return Figure(pair.ratio, f"{pair.ours:.2f} ms", f"{pair.boto3:.2f} ms there, ratio {pair.ratio:.2f}")


def _fill(domain: BigDomain, ids: list[str]) -> Figure:
    begun = time.process_time()
    took: list[float] = []
    for _ in range(CASES):
        answer = domain.create()
        ids.append(answer.body["caseId"])
        took.append(answer.took)
    seconds = time.process_time() - begun
    first, last = statistics.median(took[:1000]), statistics.median(took[-1000:])
    return Figure(seconds, f"{sum(took) / 1000:.1f} s", f"first 1,000 {first:.3f} ms each, last 1,000 {last:.3f} ms")


def _create(domain: BigDomain) -> Figure:
    """Make cases in turn in the large domain and in one that is nearly empty."""
    small = BigDomain()
    gc.collect()
    pairs = [(domain.create().took, small.create().took) for _ in range(1500)]
    large, little = (statistics.median(took) for took in zip(*pairs[500:], strict=True))
    return Figure(large / little, f"{large:.3f} ms", f"{little:.3f} ms there, ratio {large / little:.2f}")


def _first_page(domain: BigDomain, numbers: Iterator[int]) -> Figure:
    client = domain.client()
    gc.collect()
    answers = [domain.search(filter=domain.four_terms(next(numbers)), sorts=_BY_TITLE) for _ in range(7)]
    through = [_cpu(partial(_through_boto3, domain, client, next(numbers))) for _ in range(3)]
    found = answers[0].body["totalCount"]
    took = statistics.median(answer.took for answer in answers)
    return Figure(
        took, f"{took:.1f} ms", f"{statistics.median(through):.1f} ms through boto3; it finds {found:,} cases"
    )


def _through_boto3(domain: BigDomain, client: Any, number: int, **members: Any) -> Any:
    return client.search_cases(
        domainId=domain.id,
        filter=domain.four_terms(number),
        sorts=_BY_TITLE,
        fields=domain.shown,
        maxResults=CASES_A_PAGE,
        **members,
    )


def _later_pages(domain: BigDomain, numbers: Iterator[int]) -> Figure:
    client, number = domain.client(), next(numbers)
    gc.collect()
    pages = domain.pages(filter=domain.four_terms(number), sorts=_BY_TITLE)
    token = next(pages).body["nextToken"]
    took = [answer.took for answer in islice(pages, 200)]
    through = [_cpu(partial(_through_boto3, domain, client, number, nextToken=token)) for _ in range(50)]
    median, beside = statistics.median(took), statistics.median(through)
    return Figure(median, f"{median:.1f} ms", f"{beside:.1f} ms through boto3; {max(took):.1f} ms the slowest of 200")


def _with_writes(domain: BigDomain, numbers: Iterator[int], ids: list[str]) -> Figure:
    gc.collect()
    pages = domain.pages(filter=domain.four_terms(next(numbers)), sorts=_BY_TITLE)
    next(pages)
    writes: list[float] = []
    took: list[float] = []
    for case_id in ids[:: len(ids) // 200]:
        writes.append(domain.update(case_id).took)
        took.append(next(pages).took)
    median, write = statistics.median(took), statistics.median(writes)
    return Figure(median, f"{median:.1f} ms", f"{max(took):.1f} ms the slowest of 200; a write {write:.2f} ms")


def _all_pages(domain: BigDomain, pages_through_boto3: int) -> Figure:
    client = domain.client()
    gc.collect()
    answers = [(answer.took, [found["caseId"] for found in answer.body["cases"]]) for answer in domain.pages()]
    took = sum(took for took, _ in answers)
    seen = [case_id for _, page in answers for case_id in page]
    total = domain.search(maxResults=1).body["totalCount"]
    if not len(set(seen)) == len(seen) == total >= CASES:
        raise AssertionError(f"{len(seen)} cases came by, {len(set(seen))} different ones of {total}")
    through = _cpu(lambda: deque(islice(_client_pages(domain, client), pages_through_boto3), maxlen=0))
    which = "" if pages_through_boto3 >= len(answers) else f"for {pages_through_boto3} of them "
    return Figure(took, f"{took / 1000:.1f} s", f"{through / 1000:.1f} s {which}through boto3")


def _client_pages(domain: BigDomain, client: Any) -> Iterable[Any]:
    settings = {"PageSize": CASES_A_PAGE}
    paginator = client.get_paginator("search_cases")
    return cast("Iterable[Any]", paginator.paginate(domainId=domain.id, fields=domain.shown, PaginationConfig=settings))


def _cpu(function: Callable[[], object]) -> float:
    """Give the milliseconds of CPU time that a call takes."""
    begun = time.process_time()
    function()
    return (time.process_time() - begun) * 1000
