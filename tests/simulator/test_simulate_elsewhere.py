"""simulate() beside others: those who patch botocore too, threads, tasks, processes, and odd things to decorate."""

from __future__ import annotations

import asyncio
import copy
import functools
import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator import SimulationEndedError, Simulator, simulate
from connectkit.simulator._clients import ANSWERED, is_connected

from .helpers import BOTO3, BOTOCORE_SESSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


def make(session: Any = BOTO3) -> Any:
    """Make a client that would reach AWS, were it not for a simulation."""
    return session.client("connectcases", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")


def sessions(count: int) -> list[Any]:
    """Make sessions, which several threads can't share."""
    return [BOTO3.Session() for _ in range(count)]


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


# ---- threads and tasks ---------------------------------------------------------------------------------------------


def in_thread(function: Callable[[], Any]) -> Any:
    """Run a function in a thread of its own, and give what it returns."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(function()))
    thread.start()
    thread.join()
    return results[0]


def test_decorated_calls_in_several_threads_each_have_their_own_simulation() -> None:
    barrier = threading.Barrier(3, timeout=20)

    @simulate
    def work(name: str, session: Any) -> list[str]:
        barrier.wait()
        client = make(session)
        barrier.wait()
        client.create_domain(name=name)
        barrier.wait()
        found = domains(client)
        barrier.wait()
        return found

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(work, "abc", sessions(3))) == [["a"], ["b"], ["c"]]


def test_decorated_tasks_that_take_turns_each_have_their_own_simulation() -> None:
    @simulate
    async def work(name: str, session: Any) -> list[str]:
        await asyncio.sleep(0)
        client = make(session)
        client.create_domain(name=name)
        await asyncio.sleep(0)
        # A thread that a task hands its work to is part of the task.
        return [*domains(client), *await asyncio.to_thread(lambda: domains(make(session)))]

    async def main() -> list[list[str]]:
        return await asyncio.gather(*(work(*each) for each in zip("abc", sessions(3), strict=True)))

    assert asyncio.run(main()) == [["a", "a"], ["b", "b"], ["c", "c"]]


def test_a_thread_that_is_started_inside_a_simulation_is_in_it() -> None:
    with simulate():
        make().create_domain(name="Support")
        assert in_thread(lambda: domains(make())) == ["Support"]


def test_a_simulation_in_another_thread_takes_no_clients_from_this_one() -> None:
    with simulate(), ExitStack() as elsewhere:
        make().create_domain(name="Mine")
        in_thread(lambda: elsewhere.enter_context(simulate()))
        assert domains(make()) == ["Mine"]


def test_a_simulation_of_another_thread_is_there_for_who_has_none() -> None:
    with ExitStack() as elsewhere:
        sim = in_thread(lambda: elsewhere.enter_context(simulate()))
        make().create_domain(name="Support")
        assert sim.calls("CreateDomain")


def test_a_simulation_may_end_in_another_thread() -> None:
    with simulate():
        inner = simulate()
        inner.__enter__()
        client = make()
        in_thread(lambda: inner.__exit__(None, None, None))
        with pytest.raises(SimulationEndedError):
            client.list_domains()
        assert domains(make()) == []


def test_a_client_may_outlive_its_thread_and_not_its_simulation() -> None:
    with simulate():
        client = in_thread(make)
        assert domains(client) == []
    with pytest.raises(SimulationEndedError):
        client.list_domains()


def test_several_threads_may_attach_and_detach() -> None:
    simulator, clients = Simulator(), [make() for _ in range(8)]

    def work() -> None:
        for _ in range(40):
            for client in clients:
                simulator.attach(client)
            assert simulator.attached <= set(clients)
            for client in clients:
                simulator.detach(client)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(work) for _ in range(4)]:
                done.result()
    finally:
        sys.setswitchinterval(interval)
    assert not simulator.attached
    assert not any(is_connected(client) for client in clients)
    simulator.attach(clients[0])
    assert domains(clients[0]) == []


# ---- odd things to decorate ----------------------------------------------------------------------------------------


class Desk:
    """Something with methods of every kind."""

    @simulate
    def plain(self, name: str) -> list[str]:
        make().create_domain(name=name)
        return domains(make())

    @classmethod
    @simulate
    def of_class(cls, name: str) -> list[str]:
        return [*cls().plain(name), *domains(make())]

    @staticmethod
    @simulate
    def static() -> list[str]:
        return domains(make())

    @simulate()
    async def waiting(self, name: str) -> list[str]:
        await asyncio.sleep(0)
        return self.plain(name)

    async def __call__(self) -> list[str]:
        await asyncio.sleep(0)
        return domains(make())


def test_methods_of_every_kind_can_be_decorated() -> None:
    desk = Desk()
    assert desk.plain("a") == Desk.of_class("a") == ["a"]
    assert desk.static() == Desk.static() == []
    assert asyncio.run(desk.waiting("a")) == ["a"]


def test_what_can_be_called_can_be_decorated_as_it_runs() -> None:
    assert asyncio.run(simulate(Desk())()) == []
    assert asyncio.run(simulate(functools.partial(Desk().waiting, "a"))()) == ["a"]
    assert simulate(functools.partial(Desk().plain, "a"))() == ["a"]


def test_a_decorated_call_may_call_itself() -> None:
    @simulate
    def nested(depth: int) -> list[list[str]]:
        client = make()
        client.create_domain(name=str(depth))
        return [domains(client), *(nested(depth - 1) if depth else [])]

    assert nested(2) == [["2"], ["1"], ["0"]]


@pytest.mark.parametrize("kind", [classmethod, staticmethod])
def test_a_decorator_on_the_wrong_side_is_told_so(kind: Any) -> None:
    with pytest.raises(TypeError, match=f"below @{kind.__name__}"):
        simulate(kind(lambda: None))


def test_a_call_that_gives_a_coroutine_is_refused_before_it_runs_outside() -> None:
    def forgetful() -> Any:
        return Desk().waiting("a")

    with pytest.raises(TypeError, match="make it an async one"):
        simulate(forgetful)()


def test_an_object_that_generates_can_not_be_decorated() -> None:
    class Numbers:
        def __call__(self) -> Any:
            yield 1

    with pytest.raises(TypeError, match="with simulate"):
        simulate(Numbers())


# ---- other processes -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only some systems fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_goes_on_with_a_copy() -> None:
    with simulate():
        client = make()
        client.create_domain(name="before")
        child = os.fork()
        if child == 0:
            # Nothing of pytest may run in here.
            try:
                client.create_domain(name="of the child")
                same = domains(client) == domains(make()) == ["before", "of the child"]
            except BaseException:  # noqa: BLE001 - whatever it is, the parent shall know
                same = False
            os._exit(0 if same else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert domains(client) == ["before"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only some systems fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_process_that_is_forked_off_during_a_request_can_go_on() -> None:
    with simulate() as sim:
        client = make()
        inside, forked = threading.Event(), threading.Event()
        go_on = sim.clock.tick

        def tick() -> datetime:
            inside.set()
            # The fork waits for the end of this request, so it does not come meanwhile.
            assert not forked.wait(0.1)
            return go_on()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sim.clock, "tick", tick)
            thread = threading.Thread(target=client.create_domain, kwargs={"name": "before"})
            thread.start()
            inside.wait()
            child = os.fork()
        if child == 0:
            # Nothing of pytest may run in here. One that hangs is ended by the alarm.
            signal.alarm(30)
            try:
                same = domains(client) == ["before"]
            except BaseException:  # noqa: BLE001 - whatever it is, the parent shall know
                same = False
            os._exit(0 if same else 1)
        forked.set()
        thread.join()
        assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("move", [pickle.dumps, copy.deepcopy])
def test_a_simulator_stays_in_its_process(move: Callable[[Any], Any]) -> None:
    # Its state can go to another one, as a state file.
    with pytest.raises(TypeError, match="can't be copied or pickled; its state goes elsewhere as a state file"):
        move(Simulator())


def test_a_decorated_function_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(decorated)) is decorated  # noqa: S301 - of our own making


@simulate
def decorated() -> list[str]:
    """Something for other processes."""
    return domains(make())
