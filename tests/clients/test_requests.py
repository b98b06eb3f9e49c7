"""Whatever an operation can be asked, with whatever text in it, arrives as the client was given it.

Only the SDK for JavaScript is put to this, since it writes requests by code of its own. The CLI has botocore's.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import Phase, given, settings, strategies as st

from connectkit.simulator.cases import CASES
from connectkit.simulator.connect import CONNECT
from tests.simulator.server.support import Command
from tests.wire.harness import INSTALLED, AnyRequest, name_of, operation_model
from tests.wire.strategies import parameters

from .javascript_story import JavaScriptStory
from .support import Control

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = pytest.mark.clients

# What the SDK's version does not know yet. It leaves out such members.
_NEWER_OPERATIONS = frozenset({"BatchCreateRelatedItem", "BatchUpdateCase", "GetMergeCasesStatus", "StartMergeCases"})
_NEWER_MEMBERS = frozenset({"ContactHooks", "autoIncludeFields"})

_SIMULATED = CASES.handlers.keys() | CONNECT.handlers.keys()
_OPERATIONS = [one for one in INSTALLED if name_of(one) in _SIMULATED - _NEWER_OPERATIONS]
_LARGEST = 2**31 - 1


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server of its own, for these requests leave all kinds of things behind."""
    with Command() as command:
        yield command.url


# To shrink a failure would mean to start the client hundreds of times.
@settings(max_examples=3, phases=[Phase.generate])
@given(inputs=st.deferred(lambda: st.tuples(*(parameters(one.operation) for one in _OPERATIONS))))
def test_every_request_arrives_as_it_was_given(home: Path, server: str, inputs: tuple[Any, ...]) -> None:
    given_inputs = [_writable(one) for one in inputs]
    control = Control(server)
    told = JavaScriptStory(server, home).tell(
        "call_all",
        calls=[
            {"service": one.operation.service, "operation": name_of(one), "input": given_input}
            for one, given_input in zip(_OPERATIONS, given_inputs, strict=True)
        ],
    )
    arrived = control.calls()
    assert [request["operation"] for request in arrived] == [name_of(one) for one in _OPERATIONS], told
    for one, given_input, request in zip(_OPERATIONS, given_inputs, arrived, strict=True):
        assert request["params"] == _expected(one, given_input), request


def _writable(value: Any) -> Any:
    """Give the nearest that every client can write: whole numbers of 32 bits, moments in milliseconds."""
    if isinstance(value, dict):
        return {name: _writable(item) for name, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_writable(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, datetime):
        return value.replace(microsecond=value.microsecond // 1000 * 1000)
    if isinstance(value, int) and abs(value) > _LARGEST:
        return _LARGEST
    return value


def _expected(request: AnyRequest, given: dict[str, Any]) -> dict[str, Any] | None:
    """Give what should arrive, or None where the request can't be read, since an empty list in a query is none."""
    shape = operation_model(request.operation).input_shape
    unwritten = {
        name
        for name, member in shape.members.items()
        if given.get(name) == [] and member.serialization.get("location") == "querystring"
    }
    if not unwritten.isdisjoint(shape.required_members):
        return None
    written = {name: value for name, value in given.items() if name not in unwritten}
    return cast("dict[str, Any]", _recorded(written))


def _recorded(value: Any) -> Any:
    """Give a value as the server shows it among its requests."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: _recorded(item) for name, item in members.items() if name not in _NEWER_MEMBERS}
    if isinstance(value, list):
        return [_recorded(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value
