"""simulate() beside others: those who patch botocore too, threads, tasks, processes, and odd things to decorate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import simulate
from connectkit.simulator._hook import ANSWERED

from .helpers import BOTO3, BOTOCORE_SESSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """Leave botocore as it was."""
    yield
    BOTOCORE_SESSION.Session.create_client = _ORIGINAL


def _anything(*args: Any, **kwargs: Any) -> Any:
    return _ORIGINAL(*args, **kwargs)


def _method(self: Any, *args: Any, **kwargs: Any) -> Any:
    return _ORIGINAL(self, *args, **kwargs)


def _named(session: Any, service_name: str, **kwargs: Any) -> Any:
    return _ORIGINAL(session, service_name, **kwargs)


@pytest.mark.parametrize("wrapper", [_anything, _method, _named])
def test_a_wrapper_that_does_not_name_its_arguments_lets_no_client_out(
    wrapper: Callable[..., Any],
) -> None:
    BOTOCORE_SESSION.Session.create_client = wrapper
    with simulate():
        assert domains(make()) == []
    assert BOTOCORE_SESSION.Session.create_client is wrapper


def test_a_patch_that_ends_inside_a_simulation_takes_no_later_one_with_it() -> None:
    BOTOCORE_SESSION.Session.create_client = _anything
    with simulate():
        BOTOCORE_SESSION.Session.create_client = _ORIGINAL
        with simulate():
            assert domains(make()) == []
    with simulate():
        assert domains(make()) == []
    assert BOTOCORE_SESSION.Session.create_client is _ORIGINAL


def test_a_patch_around_our_own_leaves_nothing_behind() -> None:
    with simulate():
        ours: Any = BOTOCORE_SESSION.Session.create_client

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return ours(*args, **kwargs)

        BOTOCORE_SESSION.Session.create_client = wrapper
    for _ in range(3):
        with simulate():
            assert domains(make()) == []
        assert BOTOCORE_SESSION.Session.create_client is wrapper
    # They put back what they found, which is a hook of ours that nobody needs any more.
    BOTOCORE_SESSION.Session.create_client = ours
    with simulate():
        assert domains(make()) == []
    assert BOTOCORE_SESSION.Session.create_client is _ORIGINAL
