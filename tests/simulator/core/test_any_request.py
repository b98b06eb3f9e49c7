"""Whatever comes in, the simulator answers it as a service would, and never with an error of its own."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings, strategies as st

from connectkit.simulator import HttpRequest, Simulator
from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT
from connectkit.simulator.core.engine import Service
from connectkit.simulator.core.model import Shape

SERVICES = {service.profile.name: service for service in (CASES, CONNECT)}
OPERATIONS = sorted(
    (name, operation)
    for name, service in SERVICES.items()
    for operation in service.handlers
    if operation in service.model
)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(["title", "status", "summary", "$.x", "2030-01-01T00:00:00Z", "PUBLISHED", "{}", ":$SAVED"]),
)


@st.composite
def structures(draw: st.DrawFn, shape: Shape, depth: int) -> dict[str, Any]:
    """Draw an object with one member of a union, or with the required members and some others of a structure."""
    names = sorted(shape.members)
    chosen: set[str] = set()
    if names:
        chosen = draw(st.sets(st.sampled_from(names), max_size=1 if shape.union else len(names)))
    kept: set[str] = chosen if shape.union else chosen.union(shape.required)
    return {name: draw(values(shape.members[name].shape, depth + 1)) for name in sorted(kept)}


def values(shape: Shape, depth: int = 0) -> st.SearchStrategy[Any]:
    """Give values that mostly have the form of a shape."""
    fitting: st.SearchStrategy[Any] = SCALARS
    if shape.enum is not None:
        fitting = st.sampled_from(sorted(shape.enum))
    elif shape.kind == "structure":
        fitting = structures(shape, depth)
    elif shape.kind == "list" and shape.element is not None:
        fitting = st.lists(st.deferred(lambda: values(shape.element or shape, depth + 1)), max_size=2)
    elif shape.kind == "map" and shape.element is not None:
        fitting = st.dictionaries(st.text(max_size=3), values(shape.element, depth + 1), max_size=2)
    elif shape.kind in {"integer", "long"}:
        fitting = st.integers(0, 3)
    elif shape.kind in {"boolean", "string"}:
        fitting = st.booleans() if shape.kind == "boolean" else st.text(max_size=5)
    # One value in a dozen is of some other kind, and none is deeper than the filters that people write.
    odd = st.integers(0, 11).flatmap(lambda dice: SCALARS if dice == 0 else fitting)
    return SCALARS if depth > 6 else odd


class World:
    """A simulator with one of each, whose identifiers go into the paths."""

    def __init__(self) -> None:
        self.simulator = Simulator(seed=1)
        self.domain = self.call("connectcases", "POST", "/domains", {"name": "Support"})["domainId"]
        base = f"/domains/{self.domain}"
        self.template = self.call("connectcases", "POST", f"{base}/templates", {"name": "T"})["templateId"]
        title = {"id": "title", "value": {"stringValue": "A case"}}
        body = {"templateId": self.template, "fields": [title]}
        self.case = self.call("connectcases", "POST", f"{base}/cases", body)["caseId"]
        instance = self.simulator.instance_id
        view = {"Name": "V", "Status": "PUBLISHED", "Content": {"Template": "{}"}}
        self.view = self.call("connect", "PUT", f"/views/{instance}", view)["View"]["Id"]
        self.labels = {
            "domainId": self.domain,
            "templateId": self.template,
            "caseId": self.case,
            "fieldId": "status",
            "InstanceId": instance,
            "ViewId": self.view,
        }

    def call(self, service: str, method: str, path: str, body: object) -> Any:
        """Send a request that is known to be good."""
        request = HttpRequest(method, path, "", {}, json.dumps(body).encode())
        return json.loads(self.simulator.handle(request, service=service).body)


@settings(max_examples=300, deadline=None)
@given(target=st.sampled_from(OPERATIONS), data=st.data())
def test_no_request_makes_the_simulator_fail(target: tuple[str, str], data: st.DataObject) -> None:
    world = World()
    service: Service = SERVICES[target[0]]
    operation = service.model.operation(target[1])
    path, query = operation.uri, ""
    for member in operation.input.members_in("uri"):
        label = world.labels.get(member.wire_name, "1")
        path = path.replace(f"{{{member.wire_name}}}", quote(data.draw(st.sampled_from([label, "x"])), safe=""))
    for member in operation.input.members_in("querystring"):
        query += f"&{member.wire_name}={quote(str(data.draw(values(member.shape))))}"
    known = {"templateId": world.template, "InstanceId": world.simulator.instance_id}
    body = {
        member.wire_name: known.get(member.name) or data.draw(values(member.shape))
        for member in operation.input.members_in("body")
        if member.name in operation.input.required or data.draw(st.booleans())
    }
    request = HttpRequest(operation.method, path, query, {}, json.dumps(body).encode())
    response = world.simulator.handle(request, service=target[0])
    assert response.status < 500, (target, request, response.body)
    if response.status != 200:
        assert response.headers["x-amzn-ErrorType"] in operation.errors, (target, request, response)
