from __future__ import annotations

import gzip
import io
import json
import socketserver
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.validate import validator

import pytest

from connectkit.simulator.server.body import LARGEST_BODY
from connectkit.simulator.wsgi import WsgiApp, make_app
from tests.simulator.helpers import DomainFixture, refused

from .support import make_remote_client, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectkit.simulator import Simulator


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's signature
        pass


class Threading(socketserver.ThreadingMixIn, WSGIServer):
    """wsgiref's server, with a thread for each request."""

    daemon_threads = True


@pytest.fixture
def app(simulator: Simulator) -> WsgiApp:
    """The application for the test's simulator."""
    return make_app(simulator)


@pytest.fixture
def url(app: WsgiApp) -> Iterator[str]:
    """Where wsgiref serves it, watching that both keep to the specification."""
    server = Threading(("127.0.0.1", 0), Quiet)
    server.set_app(validator(app))  # type: ignore[arg-type,unused-ignore]  # pyright: ignore[reportArgumentType]  # any mapping does for us, a dict alone for wsgiref
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(app: WsgiApp, method: str, path: str, body: bytes = b"", **environ: Any) -> tuple[int, dict[str, str], Any]:
    """Send a request past any server."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    answer = b"".join(app(given, lambda status, headers: begun.append((status, headers))))
    ((status, headers),) = begun
    return int(status.split()[0]), dict(headers), json.loads(answer) if answer else None


def test_boto3_works_as_over_the_server_of_its_own(url: str) -> None:
    domain = DomainFixture(make_remote_client("connectcases", url))
    case_id = domain.case("Parcel lost")
    assert domain.values(case_id, "title") == {"title": "Parcel lost"}
    with refused("ResourceNotFoundException"):
        domain.client.get_domain(domainId="missing")


def test_arns_stay_whole_although_the_server_decodes_them(url: str, simulator: Simulator) -> None:
    cases, connect = make_remote_client("connectcases", url), make_remote_client("connect", url)
    arn = cases.create_domain(name="Support")["domainArn"]
    cases.tag_resource(arn=arn, tags={"team": "a/b"})
    assert cases.list_tags_for_resource(arn=arn)["tags"] == {"team": "a/b"}
    view = connect.create_view(
        InstanceId=simulator.instance_arn, Name="Form", Status="PUBLISHED", Content={"Template": "{}", "Actions": []}
    )["View"]
    made = connect.create_view_version(InstanceId=simulator.instance_arn, ViewId=view["Arn"])["View"]
    listed = connect.list_view_versions(InstanceId=simulator.instance_arn, ViewId=view["Arn"])
    assert [version["Version"] for version in listed["ViewVersionSummaryList"]] == [made["Version"]]
    managed = connect.describe_view(
        InstanceId=simulator.instance_id, ViewId="arn:aws:connect:us-east-1:aws:view/form:1"
    )
    assert managed["View"]["Type"] == "AWS_MANAGED"


def test_the_control_paths_are_there(url: str) -> None:
    make_remote_client("connectcases", url).create_domain(name="Support")
    assert request("POST", f"{url}/_simulator/reset") == {}
    assert request("GET", f"{url}/_simulator/requests") == {"requests": []}


def test_slowness_takes_real_time(app: WsgiApp, simulator: Simulator) -> None:
    simulator.slow_down("ListDomains", 0.1)
    began = time.monotonic()
    assert ask(app, "POST", "/domains-list")[0] == 200
    assert time.monotonic() - began >= 0.1


def test_a_connection_that_would_break_is_a_502(app: WsgiApp, simulator: Simulator) -> None:
    simulator.break_connection("CreateDomain", carried_out=True)
    status, headers, answer = ask(app, "POST", "/domains", b'{"name": "Support"}')
    assert (status, headers["x-amzn-ErrorType"]) == (502, "ConnectionBrokenException")
    assert "as the test arranged" in answer["message"]
    assert len(ask(app, "POST", "/domains-list")[2]["domains"]) == 1


@pytest.mark.parametrize("name", ["RAW_URI", "REQUEST_URI"])
@pytest.mark.parametrize("form", ["{}", "{}?a=b", "http://127.0.0.1:80{}"])
@pytest.mark.parametrize("mount", ["", "/under/this"])
def test_the_undecoded_path_is_taken_where_a_server_gives_it(
    app: WsgiApp, simulator: Simulator, name: str, form: str, mount: str
) -> None:
    # Without it, a name like this could not be told from two.
    view_id = "a/b"
    raw = f"{mount}/views/{quote(simulator.instance_arn, safe='')}/{quote(view_id, safe='')}"
    decoded = f"/views/{simulator.instance_arn}/{view_id}"
    environ: dict[str, Any] = {name: form.format(raw), "SCRIPT_NAME": mount}
    status, _, answer = ask(app, "GET", decoded, **environ)
    assert (status, answer) == (404, {"Message": answer["Message"]})
    assert [call.params for call in simulator.requests] == [{"InstanceId": simulator.instance_arn, "ViewId": view_id}]


def test_headers_queries_and_regions_arrive(app: WsgiApp, simulator: Simulator) -> None:
    scope = "AWS4-HMAC-SHA256 Credential=AKID/20300101/eu-west-1/cases/aws4_request, SignedHeaders=host, Signature=0"
    assert ask(app, "POST", "/domains-list", QUERY_STRING="maxResults=3", HTTP_AUTHORIZATION=scope)[0] == 200
    (call,) = simulator.requests
    assert (call.region, call.params) == ("eu-west-1", {"maxResults": 3})


def test_a_body_may_be_compressed(app: WsgiApp) -> None:
    body = gzip.compress(b'{"name": "Small"}')
    assert ask(app, "POST", "/domains", body, HTTP_CONTENT_ENCODING="gzip")[0] == 200


def test_a_body_without_a_length_is_read_where_the_server_says_that_it_ends(app: WsgiApp) -> None:
    stream: dict[str, Any] = {"wsgi.input": io.BytesIO(b'{"name": "In pieces"}'), "HTTP_TRANSFER_ENCODING": "chunked"}
    assert ask(app, "POST", "/domains", **stream)[0] == 411
    stream["wsgi.input_terminated"] = True
    assert ask(app, "POST", "/domains", **stream)[0] == 200


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "5"}, 400),
        ({"CONTENT_LENGTH": str(LARGEST_BODY + 1)}, 413),
        ({"CONTENT_LENGTH": "9" * 100}, 413),
        ({"HTTP_CONTENT_ENCODING": "br"}, 415),
        ({"HTTP_ORIGIN": "https://example.com"}, 403),
        (
            {
                "wsgi.input": io.BytesIO(b"x" * (LARGEST_BODY + 1)),
                "HTTP_TRANSFER_ENCODING": "chunked",
                "wsgi.input_terminated": True,
            },
            413,
        ),
        ({"PATH_INFO": "/\xff\xfe"}, 404),
        ({"REQUEST_METHOD": "BREW"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused(app: WsgiApp, environ: dict[str, Any], status: int) -> None:
    answered, headers, answer = ask(app, "POST", "/nothing", **environ)
    assert answered == status
    assert headers["x-amzn-ErrorType"]
    assert answer["message"]


def test_an_answer_to_head_has_no_body(app: WsgiApp) -> None:
    status, headers, answer = ask(app, "HEAD", "/_simulator/health")
    assert (status, answer) == (200, None)
    assert int(headers["Content-Length"]) > 0


def test_without_a_simulator_it_makes_one_whose_clock_goes_on() -> None:
    assert make_app().simulator.clock.live
