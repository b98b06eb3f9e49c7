"""Each client gets a server of its own, started by the command, and tells the story to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.simulator.server.support import Command

from .cli_story import CliStory
from .javascript_story import JavaScriptStory
from .refusals import Ground
from .support import TAG, Control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .support import Story

_CLIENTS: dict[str, Callable[[str, Path], Story]] = {"cli": CliStory, "javascript": JavaScriptStory}


@dataclass(frozen=True)
class Desk:
    """What a client has prepared, and short ways to use it."""

    story: Story
    made: dict[str, Any]

    def __getitem__(self, name: str) -> str:
        return cast("str", self.made[name])

    def open(self, *wanted: dict[str, Any]) -> list[str]:
        """Open cases of this client's template and give their ids, in the same order."""
        cases = self.story.tell(
            "open_cases", domainId=self["domainId"], templateId=self["templateId"], wanted=list(wanted)
        )
        return [case["caseId"] for case in cases]

    def case(self, title: str, priority: str = "low", amount: float = -1, **tags: str) -> dict[str, Any]:
        """Give what :meth:`open` takes."""
        fields = [
            {"id": "title", "value": {"stringValue": title}},
            {"id": self["priority"], "value": {"stringValue": priority}},
            {"id": self["amount"], "value": {"doubleValue": amount}},
        ]
        return {"fields": fields, "tags": tags}


@pytest.fixture(scope="session", params=_CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    """The name of a client."""
    return cast("str", request.param)


@pytest.fixture(scope="session")
def server(client: str) -> Iterator[str]:
    """The address of a server that the command started for this client alone."""
    assert client in _CLIENTS
    with Command() as command:
        yield command.url
        status, _, errors = command.end()
    assert (status, errors) == (0, "")


@pytest.fixture
def control(server: str) -> Iterator[Control]:
    """What that server lets those who test with it arrange and see, during one test."""
    control = Control(server)
    yield control
    control.end()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home directory for the client's user."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def story(client: str, server: str, home: Path) -> Story:
    """The story as this client tells it to its server."""
    return _CLIENTS[client](server, home)


@pytest.fixture(scope="session")
def desk(story: Story) -> Desk:
    """A domain with fields, options, a layout and a template."""
    return Desk(story, story.tell("prepare", name="Support"))


@pytest.fixture(scope="session")
def parcels(desk: Desk) -> list[str]:
    """The ids of thirty cases: every third has a high priority, the amounts run from 0 to 29, and one has a tag."""
    wanted = [
        desk.case(f"Parcel {number:02}", "low" if number % 3 else "high", number, **(TAG if number == 27 else {}))
        for number in range(30)
    ]
    return desk.open(*wanted)


@pytest.fixture(scope="session")
def instance(story: Story) -> dict[str, Any]:
    """The summary of the Connect instance that is there from the beginning."""
    return cast("dict[str, Any]", story.tell("find_instance"))


@pytest.fixture(scope="session")
def ground(story: Story, desk: Desk, instance: dict[str, Any]) -> Ground:
    """A domain, an instance and a view."""
    members = {"InstanceId": instance["Id"], "Name": "Taken", "Status": "SAVED", "Content": {"Template": "{}"}}
    made = story.tell("call", service="connect", operation="CreateView", input=members)
    return Ground(desk["domainId"], desk["templateId"], instance["Id"], made["answer"]["View"]["Id"])
