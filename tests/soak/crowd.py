"""A crowd of threads on one simulator: each with a client of its own, all on the same domain.

Every case has two fields that are only ever written together, so whoever sees one value without the other has seen a
half-written case.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["THREADS", "Crowd", "check_what_is_left"]

THREADS = 16

MakeClient = Callable[[], Any]


@dataclass
class _Mine:
    """What one thread knows to be acknowledged: its cases with the latest number in both fields."""

    numbers: dict[str, int] = field(default_factory=dict[str, int])
    deleted: set[str] = field(default_factory=set[str])
    writes: int = 0
    reads: int = 0


class Crowd:
    """Threads that create, update, search and delete until they are told to stop, or one of them sees a fault."""

    def __init__(self, make_client: MakeClient) -> None:
        self.make_client = make_client
        self._stop = threading.Event()
        self.faults: list[BaseException] = []
        self.mine: list[_Mine] = [_Mine() for _ in range(THREADS)]
        client = make_client()
        self.domain_id: str = client.create_domain(name="Crowded")["domainId"]
        self.pair: list[str] = [
            client.create_field(domainId=self.domain_id, name=name, type="Number")["fieldId"] for name in ("A", "B")
        ]
        self.owner: str = client.create_field(domainId=self.domain_id, name="Owner", type="Text")["fieldId"]
        self.template_id: str = client.create_template(domainId=self.domain_id, name="T")["templateId"]

    def run(self, seconds: float) -> None:
        """Let them loose for some seconds. Raises the first fault that one of them has seen."""
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.faults:
            self._stop.wait(0.05)
        self._stop.set()
        for thread in threads:
            thread.join()
        if self.faults:
            raise self.faults[0]

    @property
    def writes(self) -> int:
        """How many writes were acknowledged."""
        return sum(mine.writes for mine in self.mine)

    @property
    def reads(self) -> int:
        """How many cases were looked at."""
        return sum(mine.reads for mine in self.mine)

    def _work(self, number: int) -> None:
        try:
            client, chance, mine = self.make_client(), random.Random(number), self.mine[number]  # noqa: S311
            actions = (self._create, self._create, self._update, self._update, self._look, self._search, self._delete)
            while not self._stop.is_set():
                chance.choice(actions)(client, chance, mine, number)
        except BaseException as error:  # noqa: BLE001  # the main thread raises it again
            self.faults.append(error)
            self._stop.set()

    def _create(self, client: Any, _: random.Random, mine: _Mine, number: int) -> None:
        fields = [*self._values(1), _text("title", "A case"), _text(self.owner, f"owner{number}")]
        answer = client.create_case(domainId=self.domain_id, templateId=self.template_id, fields=fields)
        mine.numbers[answer["caseId"]] = 1
        mine.writes += 1

    def _update(self, client: Any, chance: random.Random, mine: _Mine, _: int) -> None:
        if not mine.numbers:
            return
        case_id = chance.choice(list(mine.numbers))
        value = mine.numbers[case_id] + 1
        client.update_case(domainId=self.domain_id, caseId=case_id, fields=self._values(value))
        mine.numbers[case_id] = value
        mine.writes += 1

    def _look(self, client: Any, chance: random.Random, mine: _Mine, _: int) -> None:
        if not mine.numbers:
            return
        case_id = chance.choice(list(mine.numbers))
        wanted = [{"id": name} for name in self.pair]
        answer = client.get_case(domainId=self.domain_id, caseId=case_id, fields=wanted)
        assert self.read_pair(answer["fields"]) == mine.numbers[case_id]
        mine.reads += 1

    def _search(self, client: Any, chance: random.Random, mine: _Mine, number: int) -> None:
        """Look at everybody's cases, or at this thread's own, of which nobody else changes any."""
        own = chance.random() < 0.5
        request: dict[str, Any] = {
            "domainId": self.domain_id,
            "fields": [{"id": name} for name in self.pair],
            "sorts": [{"fieldId": self.pair[0], "sortOrder": chance.choice(["Asc", "Desc"])}],
            "maxResults": chance.choice([7, 100]),
        }
        if own:
            request["filter"] = {"field": {"equalTo": _text(self.owner, f"owner{number}")}}
        seen: dict[str, int] = {}
        for _ in range(4):
            answer = client.search_cases(**request)
            for case in answer["cases"]:
                # One that somebody else has moved meanwhile may come again.
                assert not own or case["caseId"] not in seen, "a page has repeated a case that stayed"
                seen[case["caseId"]] = self.read_pair(case["fields"])
            if own:
                assert answer["totalCount"] == len(mine.numbers)
            if "nextToken" not in answer:
                break
            request["nextToken"] = answer["nextToken"]
        else:
            own = False
        mine.reads += len(seen)
        if own:
            assert seen == mine.numbers

    def _delete(self, client: Any, chance: random.Random, mine: _Mine, _: int) -> None:
        # Fewer than are made, so that there is something to search.
        if len(mine.numbers) < 5 or chance.random() < 0.5:
            return
        case_id = chance.choice(list(mine.numbers))
        client.delete_case(domainId=self.domain_id, caseId=case_id)
        del mine.numbers[case_id]
        mine.deleted.add(case_id)
        mine.writes += 1

    def read_pair(self, fields: list[dict[str, Any]]) -> int:
        """Give the number that both fields have to have."""
        numbers = {entry["id"]: entry["value"]["doubleValue"] for entry in fields}
        assert numbers.keys() == set(self.pair), f"a case has one field without the other: {numbers}"
        first, second = (numbers[name] for name in self.pair)
        assert first == second, f"half-written: {first} and {second}"
        return int(first)

    def _values(self, number: int) -> list[dict[str, Any]]:
        return [{"id": name, "value": {"doubleValue": float(number)}} for name in self.pair]


def check_what_is_left(crowd: Crowd, client: Any) -> int:
    """See to it that every acknowledged write is there and nothing else is, and give how many cases there are."""
    expected = {case_id: number for mine in crowd.mine for case_id, number in mine.numbers.items()}
    found: dict[str, int] = {}
    request: dict[str, Any] = {
        "domainId": crowd.domain_id,
        "fields": [{"id": name} for name in crowd.pair],
        "maxResults": 100,
    }
    while True:
        answer = client.search_cases(**request)
        assert answer["totalCount"] == len(expected)
        found |= {case["caseId"]: crowd.read_pair(case["fields"]) for case in answer["cases"]}
        if "nextToken" not in answer:
            break
        request["nextToken"] = answer["nextToken"]
    assert found == expected
    for mine in crowd.mine:
        for case_id in sorted(mine.deleted)[:3]:
            try:
                client.get_case(domainId=crowd.domain_id, caseId=case_id, fields=[{"id": "title"}])
            except client.exceptions.ResourceNotFoundException:
                continue
            raise AssertionError(f"deleted case {case_id} is still there")
    return len(found)


def _text(field_id: str, value: str) -> dict[str, Any]:
    return {"id": field_id, "value": {"stringValue": value}}
