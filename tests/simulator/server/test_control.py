from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError

from connectkit.simulator import Clock, Simulator
from connectkit.simulator.core.model import load_model
from connectkit.simulator.core.routing import Router
from connectkit.simulator.server import SimulatorServer
from connectkit.simulator.server.control import PREFIX
from connectkit.simulator.state.region import Event
from tests.simulator.helpers import START, DomainFixture, refused
from tests.simulator.remote import Answer

from .support import ask


def get(server: SimulatorServer, name: str) -> Any:
    answer = ask(server, "GET", f"{PREFIX}/{name}")
    assert answer.status == 200, answer.body
    return answer.json


def post(server: SimulatorServer, name: str, body: object = None) -> Any:
    answer = ask(server, "POST", f"{PREFIX}/{name}", body)
    assert answer.status == 200, answer.body
    return answer.json


def test_no_operation_has_such_a_path(server: SimulatorServer) -> None:
    listed = [entry.split() for entry in get(server, "")]
    for service in ("connect", "connectcases"):
        model = load_model(service)
        router = Router(model.routes)
        methods = {method for method, _, _ in model.routes}
        for method in methods | {method for method, _ in listed}:
            for _, path in listed:
                assert router.match(method, path) is None
                assert router.match(method, f"{path}/") is None
        # Nor would one that only begins in this way, whatever followed.
        assert not [uri for _, uri, _ in model.routes if uri.startswith(("/{", "/_"))]


def test_the_index_says_what_there_is_and_what_it_takes(server: SimulatorServer) -> None:
    index = get(server, "")
    assert {"GET /_simulator/", "POST /_simulator/reset", "DELETE /_simulator/faults"} <= index.keys()
    for entry, description in index.items():
        method, path = entry.split()
        if "example" in description:
            answer = ask(server, method, path, description["example"])
            assert answer.status == 200, (entry, answer.body)


def test_health_says_whose_it_is(server: SimulatorServer, simulator: Simulator) -> None:
    assert get(server, "health") == {
        "status": "ok",
        "account_id": "123456789012",
        "instance_arn": simulator.instance_arn,
    }
    head = ask(server, "HEAD", f"{PREFIX}/health")
    assert (head.status, head.body) == (200, b"")


def test_reset_forgets_everything(server: SimulatorServer, cases: Any) -> None:
    cases.create_domain(name="Support")
    post(server, "faults", {"kind": "fail", "operation": "*", "error": "ThrottlingException", "times": None})
    assert post(server, "reset") == {}
    assert get(server, "faults") == {"faults": []}
    assert get(server, "requests") == {"requests": []}
    assert cases.list_domains()["domains"] == []


def test_a_seed_can_be_loaded(server: SimulatorServer, cases: Any) -> None:
    ids = post(server, "seed", {"domains": [{"name": "Support", "fields": [{"name": "Priority", "type": "Text"}]}]})
    (domain,) = cases.list_domains()["domains"]
    assert domain["domainId"] == ids["domains"]["Support"]["id"]


def test_the_state_and_the_events_can_be_read(server: SimulatorServer, cases: Any, simulator: Simulator) -> None:
    DomainFixture(cases).case("Parcel lost")
    state = vars(simulator)["_regions"].region(simulator.account_id, "us-east-1")
    state.events.put(Event(id="e-1", sequence=state.next_sequence(), body={"time": "2030-01-01T12:00:00Z"}))
    dumped = get(server, "state")
    assert dumped == simulator.dump()
    assert dumped["123456789012"]["us-east-1"]["domains"][0]["name"] == "Support"
    assert get(server, "events") == {"events": [{"time": "2030-01-01T12:00:00Z"}]}


def test_requests_can_be_counted_by_operation(server: SimulatorServer, cases: Any) -> None:
    cases.create_domain(name="Support")
    cases.list_domains(maxResults=3)
    assert [entry["operation"] for entry in get(server, "requests")["requests"]] == ["CreateDomain", "ListDomains"]
    (entry,) = get(server, "requests?operation=ListDomains")["requests"]
    assert entry["params"] == {"maxResults": 3}
    assert entry["status"] == 200


def test_the_clock_can_be_read_moved_and_set(server: SimulatorServer, simulator: Simulator) -> None:
    assert get(server, "clock") == {"now": START.isoformat(), "live": False}
    post(server, "clock", {"advance_seconds": 90})
    assert simulator.clock.now() == START + timedelta(seconds=90)
    assert post(server, "clock", {"set": "2031-01-01T00:00:00+01:00"})["now"] == "2030-12-31T23:00:00+00:00"


def test_calls_can_be_made_to_fail(server: SimulatorServer, cases: Any) -> None:
    arranged = post(
        server,
        "faults",
        {
            "kind": "fail",
            "operation": "ListDomains",
            "error": "InternalServerException",
            "times": 2,
            "after": 1,
            "message": "Out of order",
            "members": {"retryAfterSeconds": 7},
        },
    )
    assert arranged == {"id": "1", "operation": "ListDomains", "remaining": 2, "met": 0}
    cases.list_domains()
    with refused("InternalServerException", "Out of order") as refusal:
        cases.list_domains()
    assert refusal.response["ResponseMetadata"]["HTTPHeaders"]["retry-after"] == "7"
    assert get(server, "faults")["faults"] == [{"id": "1", "operation": "ListDomains", "remaining": 1, "met": 1}]
    ended = ask(server, "DELETE", f"{PREFIX}/faults").json
    assert [fault["met"] for fault in ended["faults"]] == [1]
    cases.list_domains()


def test_items_of_a_batch_can_be_made_to_fail(server: SimulatorServer, cases: Any) -> None:
    fault = {"kind": "fail_items", "operation": "BatchGetField", "error": "Broken", "items": ["title"], "times": 1}
    assert post(server, "faults", fault) == {"id": "1", "operation": "BatchGetField", "remaining": 1, "met": 0}
    domain_id = cases.create_domain(name="Support")["domainId"]
    for failed in (["title"], []):
        answer = cases.batch_get_field(domainId=domain_id, fields=[{"id": "status"}, {"id": "title"}])
        assert [error["id"] for error in answer["errors"]] == failed


def test_calls_can_be_made_slow_or_to_break(server: SimulatorServer, cases: Any) -> None:
    slow = post(server, "faults", {"kind": "slow_down", "operation": "*", "seconds": 0.01})
    assert slow["remaining"] is None
    broken = post(server, "faults", {"kind": "break_connection", "operation": "ListDomains", "carried_out": True})
    assert broken["remaining"] == 1
    with pytest.raises(ConnectionClosedError):
        cases.list_domains()
    ended = ask(server, "DELETE", f"{PREFIX}/faults?id={slow['id']}").json
    assert ended["faults"] == [{"id": slow["id"], "operation": "*", "remaining": None, "met": 1}]
    assert [fault["id"] for fault in get(server, "faults")["faults"]] == [broken["id"]]


def test_contacts_and_instances_can_be_added(server: SimulatorServer, connect: Any, simulator: Simulator) -> None:
    arn = post(server, "contacts", {"contact_id": "c-1", "channel": "CHAT", "connected": "2030-01-01T11:00:00Z"})["arn"]
    assert arn == f"{simulator.instance_arn}/contact/c-1"
    arn = post(server, "instances", {"alias": "second", "instance_id": "i-2"})["arn"]
    aliases = [found["InstanceAlias"] for found in connect.list_instances()["InstanceSummaryList"]]
    assert aliases == ["simulated", "second"]
    assert post(server, "contacts", {"instance_id": "i-2"})["arn"].startswith(f"{arn}/contact/")


def test_flows_and_quick_connects_can_be_added(server: SimulatorServer, connect: Any, simulator: Simulator) -> None:
    flow_id = post(server, "contact-flows", {"name": "Refund tasks"})["id"]
    whisper = {"name": "Whisper", "flow_id": "w", "type": "AGENT_WHISPER", "instance_id": simulator.instance_id}
    assert post(server, "contact-flows", whisper) == {"id": "w"}
    listed = connect.list_contact_flows(InstanceId=simulator.instance_id)["ContactFlowSummaryList"]
    assert [(found["Id"], found["Name"], found["ContactFlowType"]) for found in listed] == [
        (flow_id, "Refund tasks", "CONTACT_FLOW"),
        ("w", "Whisper", "AGENT_WHISPER"),
    ]
    quick_connect_id = post(server, "quick-connects", {"name": "Refunds"})["id"]
    assert post(server, "quick-connects", {"name": "Jane", "quick_connect_id": "j", "type": "USER"}) == {"id": "j"}
    found = connect.list_quick_connects(InstanceId=simulator.instance_id)["QuickConnectSummaryList"]
    assert [(one["Id"], one["Name"], one["QuickConnectType"]) for one in found] == [
        (quick_connect_id, "Refunds", "QUEUE"),
        ("j", "Jane", "USER"),
    ]


def test_quotas_and_delays_can_be_changed(server: SimulatorServer, cases: Any, simulator: Simulator) -> None:
    before = get(server, "settings")
    assert before["quotas"]["domains"] == 5
    assert before["delays"]["merge_seconds"] == 0.005
    changed: dict[str, dict[str, Any]] = {
        "quotas": {"domains": 0, "rates": {"ListDomains": {"per_second": 1, "burst": 1}}},
        "delays": {"search_index_seconds": 2.5},
    }
    after = post(server, "settings", changed)
    assert simulator.delays.search_index == timedelta(seconds=2.5)
    assert after["quotas"] == {**before["quotas"], **changed["quotas"]}
    assert after["delays"] == {**before["delays"], **changed["delays"]}
    with refused("ServiceQuotaExceededException"):
        cases.create_domain(name="Support")
    cases.list_domains()
    with refused("ThrottlingException"):
        cases.list_domains()


MISTAKES: list[tuple[str, Any, str]] = [
    ("POST clock", b"{", "line 1 column 2"),
    ("POST clock", b"\xff", "not in UTF-8"),
    ("POST clock", b'{"set": NaN}', "NaN is not JSON"),
    ("POST clock", b"[" * 100_000, "nested too deeply"),
    ("POST clock", [], 'must be an object, not a list; right would be, for example, {"advance_seconds": 60}'),
    ("POST clock", {}, "either advance_seconds or set is needed"),
    ("POST clock", {"advance_seconds": 1, "set": "2030-01-01T00:00:00Z"}, "either advance_seconds or set"),
    ("POST clock", {"advance": 1}, "advance: is not known here; did you mean 'advance_seconds'?"),
    ("POST clock", {"advance_seconds": "1"}, "advance_seconds: must be a number, not text"),
    ("POST clock", {"advance_seconds": -1}, "advance_seconds: must be a number that is 0 or more"),
    ("POST clock", {"advance_seconds": 10**400}, "advance_seconds: must be a number that a computer"),
    ("POST clock", {"advance_seconds": 1e300}, "right would be"),
    ("POST clock", {"advance_seconds": 1e12}, "right would be"),
    ("POST clock", {"set": "tomorrow"}, "set: must be an ISO-8601 date and time, such as 2030-01-31T12:00:00Z"),
    ("POST reset", {"seed": 1}, "seed: is not known here; it has no members"),
    ("GET requests?operation=GetCaes", None, "did you mean 'GetCase'?"),
    ("GET requests?op=GetCase", None, "the query has op, which is not known here; it takes operation"),
    ("POST faults", {}, "kind: must be text, not null"),
    ("POST faults", {"kind": "explode"}, "kind: must be one of fail, fail_items, slow_down, break_connection"),
    ("POST faults", {"kind": "fail", "operation": "GetCase"}, "error: is missing"),
    (
        "POST faults",
        {"kind": "fail_items", "operation": "GetCase", "error": "X"},
        "'GetCase' does not answer for each item; Batch",
    ),
    (
        "POST faults",
        {"kind": "fail_items", "operation": "BatchGetField", "error": "X", "items": [1]},
        "items[0]: must be text, not a number",
    ),
    ("POST faults", {"kind": "fail", "operation": "GetCaes", "error": "X"}, "did you mean 'GetCase'?"),
    ("POST faults", {"kind": "fail", "operation": "GetCase", "error": "Throttling"}, "ThrottlingException"),
    (
        "POST faults",
        {"kind": "fail", "operation": "*", "error": "ThrottlingException", "times": 0},
        "times must be at least 1",
    ),
    (
        "POST faults",
        {"kind": "fail", "operation": "*", "error": "InternalServerException", "members": {"retry": 1}},
        "members.retry: is not known here; it may have retryAfterSeconds",
    ),
    (
        "POST faults",
        {
            "kind": "fail",
            "operation": "*",
            "error": "InternalServerException",
            "members": {"retryAfterSeconds": "a\r\nb: c"},
        },
        "retryAfterSeconds must be a whole number, not a string",
    ),
    (
        "POST faults",
        {"kind": "slow_down", "operation": "*", "seconds": True},
        "seconds: must be a number, not true",
    ),
    (
        "POST faults",
        {"kind": "slow_down", "operation": "*", "seconds": 1, "error": "X"},
        "error: is not known here",
    ),
    ("POST faults", {"kind": "break_connection", "operation": "*", "carried_out": 1}, "must be true or false"),
    ("DELETE faults?id=9", None, "there is no fault 9"),
    ("POST contacts", {"contact_id": 5}, "contact_id: must be text, not a number"),
    ("POST contacts", {"channel": ""}, "channel: must be text that is not empty"),
    ("POST contacts", {"instance_id": "none"}, "has no instance none"),
    ("POST instances", {}, "alias: is missing"),
    ("POST instances", {"alias": "simulated"}, "has an instance 'simulated'"),
    ("POST seed", {"domains": [{}]}, "domains[0].name: is missing; right would be, for example, "),
    ("POST settings", {"quotas": {"domain": 1}}, "quotas.domain: is not known here; did you mean 'domains'?"),
    ("POST settings", {"quotas": {"domains": -1}}, "quotas.domains: must be 0 or more"),
    (
        "POST settings",
        {"quotas": {"rates": {"GetCase": {"burst": 1}}}},
        "quotas.rates.GetCase.per_second: is missing",
    ),
    ("POST settings", {"quotas": {"rates": {"GetCase": {"burst": 0, "per_second": 1}}}}, "burst at least 1"),
    ("POST settings", {"quotas": {"rates": {"GetCaes": {"burst": 1, "per_second": 1}}}}, "did you mean 'GetCase'?"),
    (
        "POST settings",
        {"quotas": {"domains": 9}, "delays": {"merge": 1}},
        "it may have search_index_seconds, merge_seconds",
    ),
]


@pytest.mark.parametrize(("request_line", "body", "problem"), MISTAKES)
def test_what_makes_no_sense_is_refused_with_what_would(
    server: SimulatorServer, simulator: Simulator, request_line: str, body: object, problem: str
) -> None:
    assert simulator.instance_arn  # The region is there before, so that it can be compared.
    before = simulator.dump(), simulator.quotas, simulator.clock.now()
    method, name = request_line.split()
    answer = ask(server, method, f"{PREFIX}/{name}", body)
    assert answer.status == 400, answer.body
    assert problem in answer.json["message"]
    assert before == (simulator.dump(), simulator.quotas, simulator.clock.now())


def test_what_there_is_not_is_answered_with_what_there_is(server: SimulatorServer) -> None:
    answer = ask(server, "GET", f"{PREFIX}/nothing")
    assert answer.status == 404
    assert "/_simulator/reset" in answer.json["message"]
    answer = ask(server, "PUT", f"{PREFIX}/clock")
    assert answer.status == 405
    assert answer.json["message"] == "/_simulator/clock takes GET and POST, not PUT"


def test_a_web_page_can_not_reset_it(server: SimulatorServer, cases: Any) -> None:
    cases.create_domain(name="Support")
    answer: Answer = ask(server, "POST", f"{PREFIX}/reset", headers={"Origin": "https://example.com"})
    assert answer.status == 403
    assert len(cases.list_domains()["domains"]) == 1


def test_control_is_no_request_of_the_service(server: SimulatorServer, log: list[str]) -> None:
    get(server, "health")
    assert get(server, "requests") == {"requests": []}
    assert log[0].startswith("GET /_simulator/health 200 ")


def test_a_clock_that_goes_on_says_so() -> None:
    with SimulatorServer(Simulator(clock=Clock(live=True))) as server:
        assert get(server, "clock")["live"] is True
