from __future__ import annotations

import gzip
import http.client
import json
import socket
import struct
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from botocore.exceptions import ConnectionClosedError
from hypothesis import HealthCheck, given, settings, strategies as st

from connectkit.simulator.server import SimulatorServer
from connectkit.simulator.server.body import LARGEST_BODY
from tests.simulator.helpers import DomainFixture, refused

from .support import ask, make_remote_client, open_socket, speak

if TYPE_CHECKING:
    from connectkit.simulator import Simulator

LIST_DOMAINS = b"POST /domains-list HTTP/1.1\r\nHost: x\r\n"


def is_alive(server: SimulatorServer) -> bool:
    return ask(server, "POST", "/domains-list").status == 200


# ---- clients -----------------------------------------------------------------------------------------------------


def test_boto3_works_over_the_port_as_it_does_in_the_process(cases: Any, simulator: Simulator) -> None:
    domain = DomainFixture(cases)
    case_id = domain.case("Parcel lost")
    assert domain.values(case_id, "title") == {"title": "Parcel lost"}
    assert domain.search(searchTerm="parcel") == ["Parcel lost"]
    assert [call.operation for call in simulator.requests][-2:] == ["GetCase", "SearchCases"]


def test_errors_arrive_as_the_errors_that_they_are(cases: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        cases.get_domain(domainId="missing")
    assert refusal.response["resourceType"] == "Domain"
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_the_signature_says_which_region(server: SimulatorServer) -> None:
    for region in ("us-east-1", "eu-central-1"):
        make_remote_client("connectcases", server.url, region_name=region).create_domain(name=f"In {region}")
    answer = make_remote_client("connectcases", server.url, region_name="eu-central-1").list_domains()
    assert [domain["name"] for domain in answer["domains"]] == ["In eu-central-1"]


def test_an_arn_in_a_path_stays_whole(cases: Any, connect: Any, simulator: Simulator) -> None:
    domain = DomainFixture(cases)
    arn = cases.get_domain(domainId=domain.id)["domainArn"]
    cases.tag_resource(arn=arn, tags={"team": "a/b c+d%2F"})
    assert cases.list_tags_for_resource(arn=arn)["tags"] == {"team": "a/b c+d%2F"}
    view = connect.describe_view(InstanceId=simulator.instance_id, ViewId="arn:aws:connect:us-east-1:aws:view/form:1")
    assert view["View"]["Id"] == "form"
    by_arn = connect.describe_view(InstanceId=simulator.instance_arn, ViewId=view["View"]["Arn"])
    assert by_arn["View"] == view["View"]


def test_a_broken_connection_breaks(cases: Any, simulator: Simulator) -> None:
    simulator.break_connection("CreateDomain", carried_out=True)
    with pytest.raises(ConnectionClosedError):
        cases.create_domain(name="Support")
    assert [domain["name"] for domain in cases.list_domains()["domains"]] == ["Support"]


def test_slowness_takes_real_time_and_holds_up_nobody_else(cases: Any, connect: Any, simulator: Simulator) -> None:
    simulator.slow_down("ListDomains", 0.5)
    times: dict[str, float] = {}

    def call_slowly() -> None:
        began = time.monotonic()
        cases.list_domains()
        times["slow"] = time.monotonic() - began

    slow = threading.Thread(target=call_slowly)
    slow.start()
    while not simulator.calls("ListDomains"):
        time.sleep(0.001)
    connect.list_instances()
    assert slow.is_alive()
    slow.join()
    assert times["slow"] >= 0.5


def test_many_clients_at_once_lose_nothing(cases: Any, server: SimulatorServer, simulator: Simulator) -> None:
    domain = DomainFixture(cases)
    made: list[str] = []

    def make_cases(name: str) -> None:
        own = make_remote_client("connectcases", server.url)
        for number in range(10):
            fields = [{"id": "title", "value": {"stringValue": f"{name} {number}"}}]
            made.append(own.create_case(domainId=domain.id, templateId=domain.template_id, fields=fields)["caseId"])

    threads = [threading.Thread(target=make_cases, args=(str(name),)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 80
    (dumped,) = simulator.dump()[simulator.account_id][simulator.region_name]["domains"]
    assert {case["id"] for case in dumped["case"]} == set(made)


# ---- requests that no SDK signed ---------------------------------------------------------------------------------


def test_without_a_signature_the_path_says_which_service(server: SimulatorServer, simulator: Simulator) -> None:
    assert ask(server, "POST", "/domains-list").json == {"domains": []}
    instances = ask(server, "GET", "/instance").json["InstanceSummaryList"]
    assert [instance["Id"] for instance in instances] == [simulator.instance_id]


def test_a_path_of_both_services_needs_a_signature_or_a_host(server: SimulatorServer, simulator: Simulator) -> None:
    path = f"/tags/{quote(simulator.instance_arn, safe='')}"
    answer = ask(server, "GET", path)
    assert answer.status == 404
    assert "connectcases and connect" in answer.json["message"]
    answer = ask(server, "GET", path, headers={"Host": "cases.us-east-1.amazonaws.com"})
    assert answer.headers["x-amzn-ErrorType"] != "UnknownOperationException"


def test_a_host_of_another_aws_service_is_not_ours(server: SimulatorServer) -> None:
    answer = ask(server, "POST", "/domains-list", headers={"Host": "s3.us-east-1.amazonaws.com"})
    assert answer.status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PATCH", "PROPFIND", "get", "BREW"])
@pytest.mark.parametrize("path", ["/", "/nothing/here", "*"])
def test_what_no_operation_has_is_an_error_in_json(server: SimulatorServer, method: str, path: str) -> None:
    answer = ask(server, method, path)
    assert answer.status == 404
    assert answer.headers["x-amzn-ErrorType"] == "UnknownOperationException"
    assert "Access-Control-Allow-Origin" not in answer.headers
    if method == "HEAD":
        assert answer.body == b""
        assert int(answer.headers["Content-Length"]) > 0
    else:
        assert answer.json["message"]


@pytest.mark.parametrize("header", [{"Origin": "https://example.com"}, {"Sec-Fetch-Site": "cross-site"}])
def test_web_pages_get_no_answer(server: SimulatorServer, simulator: Simulator, header: dict[str, str]) -> None:
    answer = ask(server, "POST", "/domains", {"name": "From a page"}, headers=header)
    assert answer.status == 403
    assert simulator.requests == []


def test_a_whole_url_may_stand_for_the_path(server: SimulatorServer) -> None:
    assert ask(server, "POST", f"{server.url}/domains-list?maxResults=5").json == {"domains": []}


# ---- the protocol ------------------------------------------------------------------------------------------------


def test_a_connection_serves_many_requests(server: SimulatorServer) -> None:
    connection = http.client.HTTPConnection(server.host, server.port)
    for _ in range(3):
        connection.request("POST", "/domains-list", b"{}")
        response = connection.getresponse()
        assert json.loads(response.read()) == {"domains": []}
        assert response.getheader("Connection") == "keep-alive"
    connection.close()


def test_requests_may_be_sent_before_the_answers_have_come(server: SimulatorServer) -> None:
    last = LIST_DOMAINS + b"Connection: close\r\n\r\n"
    received = speak(server, (LIST_DOMAINS + b"Content-Length: 2\r\n\r\n{}\r\n") * 2 + last)
    assert received.count(b"HTTP/1.1 200 OK") == 3


def test_a_body_may_come_in_chunks(server: SimulatorServer) -> None:
    head = b"POST /domains HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    received = speak(server, head + b'8;a=b\r\n{"name":\r\n', b'4\r\n"In"\r\n1\r\n}\r\n0\r\nTrailer: t\r\n\r\n')
    assert b"HTTP/1.1 200" in received
    assert ask(server, "POST", "/domains-list").json["domains"][0]["name"] == "In"


def test_a_body_may_be_compressed(server: SimulatorServer) -> None:
    body = gzip.compress(json.dumps({"name": "Small"}).encode())
    assert ask(server, "POST", "/domains", body, {"Content-Encoding": "gzip"}).status == 200


def test_a_client_may_ask_before_it_sends_the_body(server: SimulatorServer) -> None:
    with open_socket(server) as connection:
        connection.sendall(b"POST /domains HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(1024) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b'{"name":"One"}')
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK")


def test_a_client_that_asks_first_is_spared_a_body_that_is_too_large(server: SimulatorServer) -> None:
    head = b"POST /domains HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"
    assert speak(server, head).startswith(b"HTTP/1.1 413")


def test_a_client_that_sends_too_much_still_reads_why(server: SimulatorServer) -> None:
    answer = ask(server, "POST", "/domains", b"x" * (LARGEST_BODY + 1))
    assert answer.status == 413
    assert str(LARGEST_BODY) in answer.json["message"]


def test_an_old_client_gets_one_answer(server: SimulatorServer) -> None:
    received = speak(server, b"POST /domains-list HTTP/1.0\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 200")
    assert b"Connection: close" in received


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 505),
        (b"GET /\r\n\r\n", 400),
        (b"GET / HTTP/x\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b" \r\n\r\n", 400),
        (b"a b c d e\r\n\r\n", 400),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", 431),
        (LIST_DOMAINS + b"Content-Length: -1\r\n\r\n", 400),
        (LIST_DOMAINS + b"Content-Length: 1_0\r\n\r\n", 400),
        (LIST_DOMAINS + b"Content-Length : 5\r\n\r\nhello", 400),
        (LIST_DOMAINS + b"Content-Length: \xb2\r\n\r\n", 400),
        (LIST_DOMAINS + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\n{", 400),
        (LIST_DOMAINS + b"Content-Length: 99999999999\r\n\r\n", 413),
        (LIST_DOMAINS + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 413),
        (LIST_DOMAINS + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400),
        (LIST_DOMAINS + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (LIST_DOMAINS + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
        (LIST_DOMAINS + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n", 400),
        (LIST_DOMAINS + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n", 400),
        (LIST_DOMAINS + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", 413),
        (LIST_DOMAINS + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: a\r\n" * 200, 400),
        (LIST_DOMAINS + b"Content-Length: 100\r\n\r\n{}", 400),
        (LIST_DOMAINS + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}", 400),
        (LIST_DOMAINS + b"Connection: close\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 400),
        (LIST_DOMAINS + b"Connection: close\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", 415),
        (b"POST /domains HTTP/1.1\r\nConnection: close\r\nContent-Length: 3\r\n\r\n{{{", 400),
    ],
)
def test_what_is_no_proper_request_is_refused(
    server: SimulatorServer, capfd: pytest.CaptureFixture[str], request_bytes: bytes, status: int
) -> None:
    received = speak(server, request_bytes, end=True)
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"x-amzn-ErrorType: " in head
    assert json.loads(body)["message"]
    assert is_alive(server)
    assert capfd.readouterr() == ("", "")


def test_a_body_that_would_grow_without_end_is_refused(server: SimulatorServer) -> None:
    bomb = gzip.compress(b" " * (LARGEST_BODY + 1))
    assert ask(server, "POST", "/domains", bomb, {"Content-Encoding": "gzip"}).status == 413


def test_a_client_that_falls_silent_is_let_go(simulator: Simulator) -> None:
    with SimulatorServer(simulator, patience=0.1) as impatient:
        assert speak(impatient, LIST_DOMAINS + b"Content-Length: 10\r\n\r\n{").startswith(b"HTTP/1.1 408")
        assert speak(impatient, b"") == b""


def test_a_client_that_leaves_before_its_answer_disturbs_nobody(
    server: SimulatorServer, simulator: Simulator, capfd: pytest.CaptureFixture[str]
) -> None:
    simulator.slow_down("ListDomains", 0.05)
    for _ in range(5):
        connection = open_socket(server)
        # Closing resets the connection, so that the server's answer meets an error.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(LIST_DOMAINS + b"\r\n")
        connection.close()
    assert is_alive(server)
    server.close()
    assert capfd.readouterr() == ("", "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(server: SimulatorServer, data: bytes) -> None:
    received = speak(server, data, end=True)
    assert received == b"" or received.startswith(b"HTTP/1.1 ")
    assert is_alive(server)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.binary(max_size=60), query=st.binary(max_size=30), body=st.binary(max_size=100))
def test_no_path_or_body_is_answered_with_a_fault_of_the_server(
    server: SimulatorServer, path: bytes, query: bytes, body: bytes
) -> None:
    target = quote(path, safe="/%").encode() + b"?" + quote(query, safe="&=%").encode()
    head = b"PUT /domains/" + target + b" HTTP/1.1\r\nConnection: close\r\n"
    received = speak(server, head + b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body)
    assert received.startswith(b"HTTP/1.1 4")


# ---- its life ----------------------------------------------------------------------------------------------------


def test_the_log_has_operations_and_statuses_and_no_values(
    server: SimulatorServer, simulator: Simulator, log: list[str]
) -> None:
    ask(server, "POST", "/domains", {"name": "Secret name"})
    ask(server, "POST", "/domains/secret-id")
    ask(server, "GET", "/secret-path?secret=query")
    simulator.break_connection("ListDomains")
    with pytest.raises(http.client.RemoteDisconnected):
        ask(server, "POST", "/domains-list")
    speak(server, b"SECRET\r\n\r\n")
    # Whoever has an answer finds its line in the log.
    assert [line.rsplit(maxsplit=2)[0] for line in log] == [
        "POST CreateDomain 200",
        "POST GetDomain 404",
        "GET - 404",
        "POST ListDomains lost",
        "? - 400",
    ]
    assert not any("secret" in line.lower() for line in log)


def test_a_port_is_taken_once(server: SimulatorServer) -> None:
    with pytest.raises(OSError, match="in use"):
        SimulatorServer(port=server.port)


def test_it_ends_although_connections_are_open(server: SimulatorServer, simulator: Simulator) -> None:
    idle = open_socket(server)
    simulator.slow_down("ListDomains", 3600)
    waiting = open_socket(server)
    waiting.sendall(LIST_DOMAINS + b"\r\n")
    while not simulator.calls("ListDomains"):
        time.sleep(0.001)
    began = time.monotonic()
    server.close()
    server.close()
    assert time.monotonic() - began < 3
    assert idle.recv(100) == b""
    assert waiting.recv(100).startswith(b"HTTP/1.1 200 OK")
    idle.close()
    waiting.close()
    with pytest.raises(ConnectionRefusedError):
        open_socket(server)


def test_it_is_used_once(server: SimulatorServer) -> None:
    with pytest.raises(RuntimeError, match="started already"):
        server.start()
    server.close()
    with pytest.raises(RuntimeError, match="closed"):
        server.serve_forever()


def test_one_that_was_never_started_can_be_closed(simulator: Simulator) -> None:
    unused = SimulatorServer(simulator)
    unused.close()
    with pytest.raises(ConnectionRefusedError):
        open_socket(unused)


def test_it_listens_on_version_6_addresses_too() -> None:
    try:
        six = SimulatorServer(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with six:
        assert six.url == f"http://[::1]:{six.port}"
        assert make_remote_client("connectcases", six.url).list_domains()["domains"] == []


def test_without_a_simulator_it_makes_one_whose_clock_goes_on() -> None:
    with SimulatorServer() as server:
        assert server.simulator.clock.live
