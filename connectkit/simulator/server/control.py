"""The paths below ``/_simulator``, with which a test in any language can do what one in Python can."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from connectkit.simulator._json_input import InputError, Node, parse_json
from connectkit.simulator._simulator import Simulator
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.server.control_faults import ArrangedFaults
from connectkit.simulator.server.control_settings import ControlledSettings
from connectkit.simulator.server.refusals import RefusedError
from connectkit.simulator.state.dump import plain

__all__ = ["PREFIX", "Control"]

PREFIX = "/_simulator"
"""Where its paths begin; no operation has such a path."""

Query = Mapping[str, str]

_SEED = {"domains": [{"name": "Support", "fields": [{"name": "Priority", "type": "Text"}]}]}


@dataclass(frozen=True, slots=True)
class _Action:
    """Something that can be asked for: what it is for, the body that it takes, and who does it."""

    purpose: str
    act: Callable[[Node, Query], Any]
    example: object = None
    """A body, of an action that takes one."""
    parameters: tuple[str, ...] = ()
    """The names that its query may have."""


class Control:
    """Answers what is asked of the simulator itself."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._faults = faults = ArrangedFaults(simulator)
        settings = ControlledSettings(simulator)
        clock = {"advance_seconds": 60}
        fault = {"kind": "fail", "operation": "GetCase", "error": "ThrottlingException", "times": 2}
        some = {"quotas": {"domains": 10}, "delays": {"search_index_seconds": 2}}
        contact = {"contact_id": "c-1", "channel": "VOICE"}
        operation = ("operation",)
        self._actions: Mapping[str, Mapping[str, _Action]] = {
            "": {"GET": _Action("list what there is", self._index)},
            "health": {"GET": _Action("say that it is there", self._health)},
            "reset": {"POST": _Action("forget everything but the clock, quotas and delays", self._reset)},
            "seed": {"POST": _Action("make what a seed describes, and give its identifiers", self._seed, _SEED)},
            "state": {"GET": _Action("show everything that it remembers", self._state)},
            "requests": {"GET": _Action("show the latest requests", self._requests, parameters=operation)},
            "events": {"GET": _Action("show the events that EventBridge would have had", self._events)},
            "clock": {
                "GET": _Action("show the simulated time", self._clock),
                "POST": _Action("move the simulated time, or set it", self._move_clock, clock),
            },
            "settings": {
                "GET": _Action("show the quotas and the delays", settings.show),
                "POST": _Action("change some of them", settings.change, some),
            },
            "faults": {
                "GET": _Action("show what was arranged here, and how many calls it has met", faults.show),
                "POST": _Action("arrange for calls to fail, to be slow or to break", faults.add, fault),
                "DELETE": _Action("end what was arranged here, or one of it", faults.end, parameters=("id",)),
            },
            "contacts": {"POST": _Action("add a contact", self._add_contact, contact)},
            "contact-flows": {"POST": _Action("add a flow", self._add_contact_flow, {"name": "Refund tasks"})},
            "quick-connects": {"POST": _Action("add a quick connect", self._add_quick_connect, {"name": "Refunds"})},
            "instances": {"POST": _Action("add a Connect instance", self._add_instance, {"alias": "second"})},
        }

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer a request whose path begins with PREFIX. Raises RefusedError for one that can't be carried out."""
        name = request.path.removeprefix(PREFIX).strip("/")
        actions = self._actions.get(name)
        if actions is None:
            known = ", ".join(f"{PREFIX}/{known}" for known in self._actions if known)
            raise RefusedError(404, f"There is no {request.path}; there are {known}")
        action = actions.get("GET" if request.method == "HEAD" else request.method)
        if action is None:
            raise RefusedError(405, f"{PREFIX}/{name} takes {' and '.join(actions)}, not {request.method}")
        try:
            answer = action.act(_read_body(action, request), _read_query(action, request))
        except (ValueError, OverflowError) as error:
            hint = f"; right would be, for example, {json.dumps(action.example)}" if action.example else ""
            raise RefusedError(400, f"{error}{hint}") from error
        return _respond(answer, name)

    def _index(self, _body: Node, _query: Query) -> Any:
        return {
            f"{method} {PREFIX}/{name}": {
                "purpose": action.purpose,
                **({"example": action.example} if action.example else {}),
                **({"query": list(action.parameters)} if action.parameters else {}),
            }
            for name, actions in self._actions.items()
            for method, action in actions.items()
        }

    def _health(self, _body: Node, _query: Query) -> Any:
        return {"status": "ok", "account_id": self._simulator.account_id, "instance_arn": self._simulator.instance_arn}

    def _reset(self, _body: Node, _query: Query) -> Any:
        self._faults.forget()
        self._simulator.reset()
        return {}

    def _seed(self, body: Node, _query: Query) -> Any:
        return self._simulator.load_seed(body.object())

    def _state(self, _body: Node, _query: Query) -> Any:
        return self._simulator.dump()

    def _requests(self, _body: Node, query: Query) -> Any:
        operation = query.get("operation")
        found = self._simulator.requests if operation is None else self._simulator.calls(operation)
        return {"requests": [plain(request) for request in found]}

    def _events(self, _body: Node, _query: Query) -> Any:
        return {"events": list(self._simulator.events)}

    def _clock(self, _body: Node, _query: Query) -> Any:
        clock = self._simulator.clock
        return {"now": clock.now().isoformat(), "live": clock.live}

    def _move_clock(self, body: Node, query: Query) -> Any:
        given = body.members(optional=("advance_seconds", "set"))
        if ("advance_seconds" in given) == ("set" in given):
            raise InputError("", "either advance_seconds or set is needed")
        if "set" in given:
            self._simulator.clock.set(given["set"].moment())
        else:
            self._simulator.clock.advance(given["advance_seconds"].amount())
        self._simulator.save_time()
        return self._clock(body, query)

    def _add_contact(self, body: Node, _query: Query) -> Any:
        given = body.members(optional=("contact_id", "channel", "connected", "instance_id", "region_name"))
        arn = self._simulator.add_contact(
            given.read("contact_id", Node.text, None),
            channel=given.read("channel", Node.text, "VOICE"),
            connected=given.read("connected", Node.moment, None),
            instance_id=given.read("instance_id", Node.text, None),
            region_name=given.read("region_name", Node.text, None),
        )
        return {"arn": arn}

    def _add_contact_flow(self, body: Node, _query: Query) -> Any:
        given = body.members("name", optional=("flow_id", "type", "instance_id", "region_name"))
        identifier = self._simulator.add_contact_flow(
            given["name"].text(),
            flow_id=given.read("flow_id", Node.text, None),
            type=given.read("type", Node.text, "CONTACT_FLOW"),
            instance_id=given.read("instance_id", Node.text, None),
            region_name=given.read("region_name", Node.text, None),
        )
        return {"id": identifier}

    def _add_quick_connect(self, body: Node, _query: Query) -> Any:
        given = body.members("name", optional=("quick_connect_id", "type", "instance_id", "region_name"))
        identifier = self._simulator.add_quick_connect(
            given["name"].text(),
            quick_connect_id=given.read("quick_connect_id", Node.text, None),
            type=given.read("type", Node.text, "QUEUE"),
            instance_id=given.read("instance_id", Node.text, None),
            region_name=given.read("region_name", Node.text, None),
        )
        return {"id": identifier}

    def _add_instance(self, body: Node, _query: Query) -> Any:
        given = body.members("alias", optional=("instance_id", "cases_domain_id", "region_name"))
        arn = self._simulator.add_instance(
            given["alias"].text(),
            instance_id=given.read("instance_id", Node.text, None),
            cases_domain_id=given.read("cases_domain_id", Node.text, None),
            region_name=given.read("region_name", Node.text, None),
        )
        return {"arn": arn}


def _read_body(action: _Action, request: HttpRequest) -> Node:
    body = parse_json(request.body) if request.body.strip() else Node({})
    if action.example is None:
        body.members()
    return body


def _read_query(action: _Action, request: HttpRequest) -> Query:
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    for name in query:
        if name not in action.parameters:
            takes = f"it takes {', '.join(action.parameters)}" if action.parameters else "it takes none"
            raise InputError("", f"the query has {name}, which is not known here; {takes}")
    return query


def _respond(answer: object, name: str) -> HttpResponse:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "x-amzn-RequestId": str(uuid.uuid4()),
    }
    return HttpResponse(200, headers, body, operation=f"{PREFIX}/{name}")
