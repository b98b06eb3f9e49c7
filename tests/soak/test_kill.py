"""The server is killed while several clients write: what it acknowledged is there afterwards, and nothing by halves."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from ..simulator.server.support import Command, request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

ROUNDS = 50
ROUNDS_PER_FILE = 10
_BROKEN = (ConnectionError, http.client.HTTPException)


@dataclass
class Acknowledged:
    """What the server has said that it did, in all rounds on a file."""

    titles: dict[str, str] = field(default_factory=dict[str, str])
    """Of the cases that were made."""
    comments: set[str] = field(default_factory=set[str])
    updates: dict[str, int] = field(default_factory=dict[str, int])
    """How often a case was updated; its title is the number of its last update."""
    domains: set[str] = field(default_factory=set[str])
    doomed_domains: set[str] = field(default_factory=set[str])
    """Those whose deletion was asked for, answered or not."""
    deleted_domains: set[str] = field(default_factory=set[str])
    unanswered: int = 0
    """Requests that were on their way when the server was killed."""

    @property
    def made(self) -> int:
        """How many things were made, which can be asked while they are."""
        return len(self.titles) + len(self.comments) + len(self.domains)

    @property
    def writes(self) -> int:
        """How many writes were acknowledged."""
        return self.made + len(self.deleted_domains) + sum(self.updates.values())


class Writer(threading.Thread):
    """One client, which writes until the server is gone."""

    def __init__(self, url: str, act: Callable[[Writer], None], acknowledged: Acknowledged) -> None:
        super().__init__()
        self.acknowledged = acknowledged
        self._address = urlsplit(url)
        self._act = act
        self._connection = http.client.HTTPConnection(str(self._address.hostname), self._address.port, timeout=20)
        self.failure: Exception | None = None

    def run(self) -> None:
        """Write until the connection breaks."""
        try:
            while True:
                self._act(self)
        except _BROKEN:
            self._connection.close()
        except Exception as error:  # noqa: BLE001 - the test's own thread raises it again
            self.failure = error

    def post(self, method: str, path: str, body: object = None) -> Any:
        """Send a request and give the answer to it."""
        self._connection.request(method, path, None if body is None else json.dumps(body))
        try:
            response = self._connection.getresponse()
            answer = response.read()
        except _BROKEN:
            self.acknowledged.unanswered += 1
            raise
        assert response.status == 200, answer
        return json.loads(answer or b"{}")


class Life:
    """The rounds on one state file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.acknowledged = Acknowledged()
        self.domain_id = ""
        self.template_id = ""

    def begin(self, command: Command) -> None:
        """Make what the writers write to, unless it is there, and have the server allow enough domains."""
        request("POST", f"{command.url}/_simulator/settings", {"quotas": {"domains": 10_000}})
        if not self.domain_id:
            seed = {"domains": [{"name": "Support", "templates": [{"name": "T"}]}]}
            made = request("POST", f"{command.url}/_simulator/seed", seed)["domains"]["Support"]
            self.domain_id, self.template_id = made["id"], made["templates"]["T"]

    def writers(self, command: Command, number: int) -> list[Writer]:
        """Give the writers of a round."""
        title = Counter[str]()

        def make_case(writer: Writer) -> str:
            title[writer.name] += 1
            text = f"{number} {writer.name} {title[writer.name]}"
            fields = [{"id": "title", "value": {"stringValue": text}}]
            body = {"templateId": self.template_id, "fields": fields}
            case_id = writer.post("POST", f"/domains/{self.domain_id}/cases", body)["caseId"]
            self.acknowledged.titles[case_id] = text
            return str(case_id)

        def make_and_update(writer: Writer) -> None:
            case_id = make_case(writer)
            for count in range(1, 20):
                fields = [{"id": "title", "value": {"stringValue": str(count)}}]
                writer.post("PUT", f"/domains/{self.domain_id}/cases/{case_id}", {"fields": fields})
                self.acknowledged.updates[case_id] = count

        def make_and_comment(writer: Writer) -> None:
            case_id = make_case(writer)
            content = {"comment": {"body": "A comment", "contentType": "Text/Plain"}}
            for _ in range(5):
                path = f"/domains/{self.domain_id}/cases/{case_id}/related-items"
                made = writer.post("POST", path, {"type": "Comment", "content": content})
                self.acknowledged.comments.add(made["relatedItemId"])

        def make_and_delete_domain(writer: Writer) -> None:
            title[writer.name] += 1
            name = f"{number} {title[writer.name]}"
            domain_id = writer.post("POST", "/domains", {"name": name})["domainId"]
            self.acknowledged.domains.add(domain_id)
            if title[writer.name] % 3:
                self.acknowledged.doomed_domains.add(domain_id)
                writer.post("DELETE", f"/domains/{domain_id}")
                self.acknowledged.deleted_domains.add(domain_id)

        acts: list[Callable[[Writer], Any]] = [
            make_case,
            make_case,
            make_and_update,
            make_and_comment,
            make_and_delete_domain,
        ]
        return [Writer(command.url, act, self.acknowledged) for act in acts]

    def check(self, state: dict[str, Any]) -> None:
        """Compare what is there with what was acknowledged, and what belongs together with each other."""
        domains = {domain["id"]: domain for domain in state["123456789012"]["us-east-1"]["domains"]}
        acknowledged, domain = self.acknowledged, domains[self.domain_id]
        cases = {case["id"]: case for case in domain.get("case", ())}
        history = Counter((event["type"], event["case_id"]) for event in domain.get("audit-event", ()))
        comments = Counter(item["case_id"] for item in domain.get("related-item", ()))

        assert acknowledged.titles.keys() <= cases.keys()
        for case_id, case in cases.items():
            _, title, _ = case["values"]["title"]
            updates = history["Case.Updated", case_id]
            assert history["Case.Created", case_id] == 1
            # The title and the entry in the history are written by one request.
            assert updates == (int(title) if title.isdecimal() else 0)
            assert acknowledged.updates.get(case_id, 0) <= updates <= acknowledged.updates.get(case_id, 0) + 1
            if not updates and case_id in acknowledged.titles:
                assert title == acknowledged.titles[case_id]
            assert history["RelatedItem.Created", case_id] == comments[case_id]
        assert {case_id for _, case_id in history} <= cases.keys()
        assert acknowledged.comments <= {item["id"] for item in domain.get("related-item", ())}

        system_fields = len(domain["field"])
        assert all(len(other["field"]) == system_fields for other in domains.values())
        assert not acknowledged.deleted_domains & domains.keys()
        assert acknowledged.domains - acknowledged.doomed_domains <= domains.keys()


def test_no_acknowledged_write_is_lost_to_a_kill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moments = random.Random(0)  # noqa: S311 - how many writes to let through
    lives: list[Life] = []
    for number in range(ROUNDS):
        if number % ROUNDS_PER_FILE == 0:
            lives.append(Life(tmp_path / f"state-{number}.db"))
        life = lives[-1]
        until = life.acknowledged.made + moments.randint(10, 300)
        with Command("--state", life.path) as command:
            life.begin(command)
            writers = life.writers(command, number)
            for writer in writers:
                writer.start()
            while life.acknowledged.made < until and all(writer.is_alive() for writer in writers):
                time.sleep(0.001)
            command.process.kill()
            command.process.wait()
            for writer in writers:
                writer.join()
        for writer in writers:
            if writer.failure is not None:
                raise writer.failure
        assert life.acknowledged.made >= until
        with Command("--state", life.path) as command:
            life.check(request("GET", f"{command.url}/_simulator/state"))
    writes = sum(life.acknowledged.writes for life in lives)
    unanswered = sum(life.acknowledged.unanswered for life in lives)
    with capsys.disabled():
        print(f"\n\n{ROUNDS} kills: {writes} writes acknowledged and none lost, {unanswered} on their way")  # noqa: T201
    # Otherwise the server was never killed in the middle of anything.
    assert unanswered >= ROUNDS
