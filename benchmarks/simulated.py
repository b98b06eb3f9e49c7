"""A simulated domain with very many cases, filled and searched the way any client would."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from benchmarks.answers import session
from connectkit.simulator import HttpRequest, Simulator

__all__ = ["CASES_A_PAGE", "Answer", "BigDomain"]

CASES_A_PAGE = 100
_FIELDS = {
    "Note": "Text",
    "Carrier": "Text",
    "Amount": "Number",
    "Weight": "Number",
    "Urgent": "Boolean",
    "Due": "DateTime",
    "Link": "Url",
    "Agent": "User",
}
_SYSTEM_FIELDS = (
    "title",
    "status",
    "summary",
    "case_id",
    "reference_number",
    "created_datetime",
    "last_updated_datetime",
)
_SUBJECTS = ("Parcel lost on the way", "Parcel damaged", "Refund not received", "Wrong address", "Invoice missing")
_TEAMS = ("legal", *["refunds"] * 9)
_CARRIERS = ("Called the carrier", "The carrier called back", "Nobody answered", "Left a message")


class Answer(NamedTuple):
    """What came back, and the milliseconds of CPU time that ``Simulator.handle`` took."""

    body: dict[str, Any]
    took: float


class BigDomain:
    """A domain of a simulator of its own, spoken to through ``Simulator.handle``."""

    def __init__(self) -> None:
        self.simulator = Simulator(seed=1)
        self._random = random.Random(1)  # noqa: S311 - the same cases every time
        self.id: str = self._post("/domains", {"name": "Support"}).body["domainId"]
        self.template: str = self._post(f"/domains/{self.id}/templates", {"name": "General"}).body["templateId"]
        self.fields = {name: self._add_field(name, kind) for name, kind in _FIELDS.items()}

    def _add_field(self, name: str, kind: str) -> str:
        body = {"name": name, "type": kind}
        return str(self._post(f"/domains/{self.id}/fields", body).body["fieldId"])

    @property
    def shown(self) -> list[dict[str, str]]:
        """All fields that the cases have values for, as a search asks for them."""
        return [{"id": field} for field in (*_SYSTEM_FIELDS, *self.fields.values())]

    def create(self) -> Answer:
        """Make a case with a value for every field."""
        return self._post(f"/domains/{self.id}/cases", self._case())

    def update(self, case_id: str) -> Answer:
        """Change a case, so that it sorts elsewhere."""
        fields = [{"id": "title", "value": {"stringValue": self._title()}}]
        return self._call("PUT", f"/domains/{self.id}/cases/{case_id}", {"fields": fields})

    def search(self, **members: Any) -> Answer:
        """Search for a page of cases, every field of them shown."""
        body = {"fields": self.shown, "maxResults": CASES_A_PAGE, **members}
        return self._post(f"/domains/{self.id}/cases-search", body)

    def pages(self, **members: Any) -> Iterator[Answer]:
        """Search for one page after another."""
        token: dict[str, str] = {}
        while True:
            answer = self.search(**members, **token)
            yield answer
            if "nextToken" not in answer.body:
                return
            token = {"nextToken": answer.body["nextToken"]}

    def four_terms(self, number: int) -> dict[str, Any]:
        """Give a filter of four terms, which two in five cases pass; a new one for each ``number``."""
        field = self.fields
        due = {"id": field["Due"], "value": {"stringValue": "2026-01-03T00:00:00Z"}}
        amount = {"id": field["Amount"], "value": {"doubleValue": 20 + number / 1000}}
        return {
            "andAll": [
                {"field": {"contains": {"id": field["Carrier"], "value": {"stringValue": "carrier"}}}},
                {"field": {"greaterThan": amount}},
                {"not": {"field": {"lessThan": due}}},
                {"tag": {"equalTo": {"key": "team", "value": "refunds"}}},
            ]
        }

    def client(self) -> Any:
        """Give a plain boto3 client that this simulator answers."""
        client: Any = cast("Any", session()).client("connectcases")
        self.simulator.attach(client)
        return client

    def _title(self) -> str:
        return f"{self._random.choice(_SUBJECTS)}: {self._random.randrange(10**6)}"

    def _case(self) -> dict[str, Any]:
        pick, field = self._random, self.fields
        day, hour, second = pick.randrange(1, 29), pick.randrange(24), pick.randrange(60)
        values: dict[str, dict[str, Any]] = {
            "title": {"stringValue": self._title()},
            "status": {"stringValue": pick.choice(("open", "closed"))},
            "summary": {"stringValue": f"What happened to order {pick.randrange(10**8)}"},
            field["Note"]: {"stringValue": f"Order {pick.randrange(10**8)}, asked for twice"},
            field["Carrier"]: {"stringValue": pick.choice(_CARRIERS)},
            field["Amount"]: {"doubleValue": pick.randrange(100_000) / 100},
            field["Weight"]: {"doubleValue": pick.randrange(1000) / 10},
            field["Urgent"]: {"booleanValue": pick.choice((True, False))},
            field["Due"]: {"stringValue": f"2026-01-{day:02}T{hour:02}:00:{second:02}Z"},
            field["Link"]: {"stringValue": f"https://example.com/parcels/{pick.randrange(10**8)}"},
            field["Agent"]: {"userArnValue": f"arn:aws:connect:us-east-1:123456789012:instance/i/agent/{second}"},
        }
        return {
            "templateId": self.template,
            "fields": [{"id": name, "value": value} for name, value in values.items()],
            "clientToken": f"{pick.getrandbits(128):032x}",
            "tags": {"team": pick.choice(_TEAMS)},
        }

    def _post(self, path: str, body: dict[str, Any]) -> Answer:
        return self._call("POST", path, body)

    def _call(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        headers = {"Host": "cases.us-east-1.amazonaws.com", "Content-Type": "application/json"}
        request = HttpRequest(method, path, "", headers, json.dumps(body).encode())
        begun = time.process_time()
        response = self.simulator.handle(request, service="connectcases", region="us-east-1")
        took = (time.process_time() - begun) * 1000
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"{method} {path}: {response.status} {response.body.decode()}")
        return Answer(json.loads(response.body or b"{}"), took)
