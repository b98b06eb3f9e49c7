from __future__ import annotations

import time
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, strategies as st

from connectkit.simulator.core.model import load_model
from connectkit.simulator.core.routing import Router
from connectkit.simulator.server.paths import encode_path

INSTANCE = "arn:aws:connect:us-east-1:123456789012:instance/i-1"
VIEW = f"{INSTANCE}/view/v-1"
MANAGED = "arn:aws:connect:us-east-1:aws:view/form:1"
DOMAIN = "arn:aws:cases:us-east-1:123456789012:domain/d-1"
ROUTERS = {service: Router(load_model(service).routes) for service in ("connect", "connectcases")}


@pytest.mark.parametrize(
    ("method", "path", "encoded"),
    [
        ("GET", "/views/i-1/v-1", "/views/i-1/v-1"),
        ("GET", "/views/i-1/é ?#%", "/views/i-1/%C3%A9%20%3F%23%25"),
        ("GET", f"/tags/{DOMAIN}/field/f-1", f"/tags/{DOMAIN.replace('/', '%2F')}%2Ffield%2Ff-1"),
        ("GET", f"/views/{INSTANCE}/v-1", f"/views/{INSTANCE.replace('/', '%2F')}/v-1"),
        ("GET", f"/views/i-1/{MANAGED}", f"/views/i-1/{MANAGED.replace('/', '%2F')}"),
        ("GET", f"/views/i-1/{VIEW}/versions", f"/views/i-1/{VIEW.replace('/', '%2F')}/versions"),
        (
            "DELETE",
            f"/views/{INSTANCE}/{VIEW}/versions/2",
            f"/views/{INSTANCE.replace('/', '%2F')}/{VIEW.replace('/', '%2F')}/versions/2",
        ),
        ("POST", f"/views/i-1/{VIEW}/", f"/views/i-1/{VIEW.replace('/', '%2F')}"),
        ("GET", f"/nothing/has/this/{DOMAIN}", f"/nothing/has/this/{DOMAIN}"),
        ("PUT", "/", "/"),
    ],
)
def test_arns_are_put_together_by_the_templates_of_the_services(method: str, path: str, encoded: str) -> None:
    assert encode_path(method, path.encode()) == encoded.replace(":", "%3A")


PLAIN = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=8).map(
    "x{}".format
)
PAIRS = st.lists(st.tuples(PLAIN, PLAIN).map("/".join), min_size=1, max_size=3).map("/".join)
ARN = PAIRS.map("arn:aws:{}".format)
ROUTES = [(service, *route) for service in ROUTERS for route in load_model(service).routes]


@given(route=st.sampled_from(ROUTES), labels=st.lists(PLAIN | ARN, min_size=8, max_size=8))
def test_every_path_comes_back_whatever_stands_in_it(route: tuple[str, str, str, str], labels: list[str]) -> None:
    service, method, uri, operation = route
    segments = [labels.pop() if segment.startswith("{") else segment for segment in uri.split("/")]
    names = [segment[1:-1] for segment in uri.split("/") if segment.startswith("{")]
    values = [value for value, segment in zip(segments, uri.split("/"), strict=True) if segment.startswith("{")]
    match = ROUTERS[service].match(method, encode_path(method, "/".join(segments).encode()))
    assert match is not None
    assert match.operation == operation
    assert match.labels == dict(zip(names, values, strict=True))


@given(st.binary(max_size=60))
def test_no_bytes_are_lost(path: bytes) -> None:
    assert unquote_to_bytes(encode_path("GET", path)).strip(b"/") == path.strip(b"/")


@pytest.mark.parametrize("path", [b"/tags/arn:" + b"/" * 60_000, b"/views/" + b"arn:/" * 12_000])
def test_a_path_that_is_made_to_take_time_takes_none(path: bytes) -> None:
    encode_path("GET", b"/tags/arn:a/b")
    began = time.process_time()
    encode_path("GET", path)
    assert time.process_time() - began < 2
