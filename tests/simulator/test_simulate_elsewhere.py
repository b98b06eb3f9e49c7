"""simulate() beside others: those who patch botocore too, threads, tasks, processes, and odd things to decorate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import simulate
from connectkit.simulator._hook import ANSWERED

from .helpers import BOTO3, BOTOCORE_SESSION

if TYPE_CHECKING:
    from collections.abc import Callable


def make() -> Any:
    """Make a client that would reach AWS, were it not for a simulation."""
    return BOTO3.client("connectcases", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")


def domains(client: Any) -> list[str]:
    """Give the names of the domains that a client sees. A client that is not simulated would fail instead."""
    client.meta.events.register("before-send", _refuse)
    return [domain["name"] for domain in client.list_domains()["domains"]]


def _refuse(request: Any, **_: Any) -> None:
    if ANSWERED not in request.headers:
        raise ConnectionAbortedError(f"this would have reached {request.url}")


# ---- others who patch botocore -------------------------------------------------------------------------------------

_ORIGINAL = BOTOCORE_SESSION.Session.create_client


def _anything(*args: Any, **kwargs: Any) -> Any:
    return _ORIGINAL(*args, **kwargs)


def _method(self: Any, *args: Any, **kwargs: Any) -> Any:
    return _ORIGINAL(self, *args, **kwargs)


def _named(session: Any, service_name: str, **kwargs: Any) -> Any:
    return _ORIGINAL(session, service_name, **kwargs)


@pytest.mark.parametrize("wrapper", [_anything, _method, _named])
def test_a_wrapper_that_does_not_name_its_arguments_lets_no_client_out(
    wrapper: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BOTOCORE_SESSION.Session, "create_client", wrapper)
    with simulate():
        assert domains(make()) == []
    assert BOTOCORE_SESSION.Session.create_client is wrapper
