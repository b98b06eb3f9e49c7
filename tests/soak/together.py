"""Workers that create, change, search and delete cases at the same time, each keeping its own account of it."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

__all__ = ["Domain", "Worker", "everything", "run_together"]

# More would only make each search longer.
_MOST_CASES = 30
_PAIR = ("Left", "Right")


class Domain:
    """A domain in which every case has two fields that are always written together, and one for its owner.

    Each worker has a field besides, which nobody else writes to.
    """

    def __init__(self, client: Any, workers: Sequence[str]) -> None:
        self.id: str = client.create_domain(name="Together")["domainId"]

        def make(name: str) -> str:
            return str(client.create_field(domainId=self.id, name=name, type="Text")["fieldId"])

        self.fields: dict[str, str] = {name: make(name) for name in (*_PAIR, "Owner")}
        self.marks: dict[str, str] = {name: make(f"Mark of {name}") for name in workers}
        self.template: str = client.create_template(domainId=self.id, name="General")["templateId"]

    def pair(self, value: str) -> list[dict[str, Any]]:
        """The two fields with the same value."""
        return [{"id": self.fields[name], "value": {"stringValue": value}} for name in _PAIR]

    def owned_by(self, owner: str) -> dict[str, Any]:
        """A filter for the cases of an owner."""
        return {"field": {"equalTo": {"id": self.fields["Owner"], "value": {"stringValue": owner}}}}

    def shown(self) -> list[dict[str, str]]:
        """What to ask of a case."""
        return [{"id": name} for name in (*self.fields.values(), "title")]

    def check_whole(self, fields: Sequence[Any]) -> str:
        """See to it that a case has both fields, and the same in them, and give that."""
        values = {entry["id"]: entry["value"]["stringValue"] for entry in fields}
        assert values.keys() == {*self.fields.values(), "title"}, values
        left, right = (values[self.fields[name]] for name in _PAIR)
        assert left == right, values
        return str(left)


@dataclass
class Account:
    """What was answered with success, and so must be so."""

    created: set[str] = field(default_factory=set[str])
    deleted: set[str] = field(default_factory=set[str])
    written: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    """By case the values of its pair, in order."""
    updates: Counter[str] = field(default_factory=Counter[str])
    """By case how many updates of it there were."""
    calls: Counter[str] = field(default_factory=Counter[str])

    @property
    def living(self) -> set[str]:
        """The cases that are there."""
        return self.created - self.deleted


def everything(client: Any, domain: Domain, size: int, **members: Any) -> Iterator[Any]:
    """Give every case of a search page by page, no case twice, with totals that were true at some time."""
    # A title never changes, so nothing moves while it is read.
    sorts = [{"fieldId": "title", "sortOrder": "Asc"}]
    params = {"domainId": domain.id, "fields": domain.shown(), "sorts": sorts, "maxResults": size, **members}
    token: dict[str, str] = {}
    seen: set[str] = set()
    last = ""
    while True:
        page = client.search_cases(**params, **token)
        assert page["totalCount"] >= len(page["cases"])
        for case in page["cases"]:
            assert case["caseId"] not in seen
            seen.add(case["caseId"])
            title = next(entry["value"]["stringValue"] for entry in case["fields"] if entry["id"] == "title")
            assert title >= last
            last = title
            yield case
        if "nextToken" not in page:
            return
        token = {"nextToken": page["nextToken"]}


class Worker:
    """One of those who work, with a client and an account of its own. It changes others' cases too."""

    def __init__(self, name: str, client: Any, domain: Domain, others: list[Worker]) -> None:
        self.name = name
        self.account = Account()
        self._client = client
        self._domain = domain
        self._others = others
        self._dice = random.Random(name)  # noqa: S311 - which case comes next is no secret
        self._count = 0
        self._actions = [self._create] * 3 + [self._update] * 4 + [self._read] * 3 + [self._search, self._delete]

    def work(self) -> None:
        """Do one thing or another."""
        action = self._create if len(self.account.living) < 2 else self._dice.choice(self._actions)
        if len(self.account.living) >= _MOST_CASES:
            action = self._delete
        action()

    def _create(self) -> None:
        value = self._new_value()
        fields = [
            {"id": "title", "value": {"stringValue": value}},
            {"id": self._domain.fields["Owner"], "value": {"stringValue": self.name}},
            *self._domain.pair(value),
            *self._mark(value),
        ]
        made = self._client.create_case(domainId=self._domain.id, templateId=self._domain.template, fields=fields)
        self.account.written[made["caseId"]] = [value]
        self.account.created.add(made["caseId"])
        self.account.calls["created"] += 1

    def _update(self) -> None:
        case, value = self._any_case(), self._new_value()
        try:
            fields = [*self._domain.pair(value), *self._mark(value)]
            self._client.update_case(domainId=self._domain.id, caseId=case, fields=fields)
        except ClientError as error:
            self._forgive(error, case)
            return
        self.account.written.setdefault(case, []).append(value)
        self.account.updates[case] += 1
        self.account.calls["updated"] += 1

    def _read(self) -> None:
        case = self._any_case()
        try:
            answer = self._client.get_case(domainId=self._domain.id, caseId=case, fields=self._domain.shown())
        except ClientError as error:
            self._forgive(error, case)
            return
        self._domain.check_whole(answer["fields"])
        self.account.calls["read"] += 1

    def _search(self) -> None:
        size = self._dice.randint(1, 100)
        mine = everything(self._client, self._domain, size, filter=self._domain.owned_by(self.name))
        found = [case for case in mine if self._domain.check_whole(case["fields"])]
        # Nobody else creates or deletes these.
        assert {case["caseId"] for case in found} == self.account.living
        for case in everything(self._client, self._domain, 100):
            self._domain.check_whole(case["fields"])
        self.account.calls["searched"] += 1

    def _delete(self) -> None:
        case = self._dice.choice(sorted(self.account.living))
        self._client.delete_case(domainId=self._domain.id, caseId=case)
        self.account.deleted.add(case)
        self.account.calls["deleted"] += 1

    def _any_case(self) -> str:
        owner = self._dice.choice([self, self, *self._others])
        return self._dice.choice(sorted(owner.account.living.copy() or self.account.living))

    def _forgive(self, error: ClientError, case: str) -> None:
        """Let it pass that somebody else's case is gone, and nothing else."""
        assert error.response.get("Error", {}).get("Code") == "ResourceNotFoundException", error
        assert case not in self.account.living
        self.account.calls["gone"] += 1

    def _mark(self, value: str) -> list[dict[str, Any]]:
        return [{"id": self._domain.marks[self.name], "value": {"stringValue": value}}]

    def _new_value(self) -> str:
        self._count += 1
        return f"{self.name}-{self._count:06}"


def run_together(workers: Sequence[Worker], seconds: float) -> None:
    """Have everybody work for some seconds at the same time. Raises what any of them has raised."""
    barrier, failures = threading.Barrier(len(workers)), list[BaseException]()
    end = time.monotonic() + seconds

    def work(worker: Worker) -> None:
        try:
            barrier.wait(timeout=60)
            # Everybody has had their turn, also where the machine has others to serve.
            while not failures and (time.monotonic() < end or not worker.account.created):
                worker.work()
        except BaseException as error:  # noqa: BLE001 - it is raised again, where it is seen
            failures.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    interval = sys.getswitchinterval()
    # Python would let a thread finish most requests before it turns to another one, and so hide what this is to find.
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=seconds + 120)
    finally:
        sys.setswitchinterval(interval)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    if failures:
        raise failures[0]
