"""The simulated views and those in plain dictionaries are told the same, and say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import initialize, invariant, rule

from .machine import NOWHERE, SimulatedMachine
from .reference_views import Content, ReferenceViews, Shown
from .wrong import Wrong

NAMES = st.sampled_from(["Alpha", "Beta", "Gamma", "alpha", "Form"])
TEXTS = st.sampled_from([None, "first", "second"])
STATUSES = st.sampled_from(["SAVED", "PUBLISHED", "PUBLISHED"])
QUALIFIERS = st.sampled_from(["", "", ":$SAVED", ":$LATEST", ":1", ":2", ":3", ":01", ":x"])


Names = frozenset[str]


def content(title: str, used: Names, listed: Names | None = None, inputs: Names = frozenset()) -> Content:
    """Make a content that can be read, and that lists the actions that it uses unless it is told otherwise."""
    body = [{"Type": "Button", "Action": action} for action in sorted(used)]
    names = {f"Of {name}": f"$.{name}.more" for name in sorted(inputs)}
    template = json.dumps({"Head": {"Title": title}, "Body": body, **names})
    return Content(template, tuple(sorted(used if listed is None else listed)), inputs, readable=True, used=used)


ACTIONS = st.frozensets(st.sampled_from(["Go", "Stop"]))
CONTENTS = st.one_of(
    st.builds(content, st.sampled_from(["One", "Two"]), ACTIONS, inputs=st.frozensets(st.sampled_from(["a", "b"]))),
    st.builds(content, st.just("Odd"), ACTIONS, ACTIONS),
    st.sampled_from([Content(None, ()), Content("{", (), readable=False), Content("[]", (), readable=False)]),
)


class ViewsMachine(SimulatedMachine):
    """Views, their qualifiers and their versions in one instance."""

    service = "connect"

    @initialize(wanted=CONTENTS)
    def begin(self, wanted: Content) -> None:
        self.instance = {"InstanceId": self.simulator.instance_id}
        self.reference = ReferenceViews(self.next_time())
        self.checksums: dict[tuple[str | None, tuple[str, ...]], str] = {}
        self.gone: list[str] = [NOWHERE]
        self.tokens: dict[str, tuple[dict[str, Any], Any]] = {}
        self.create("Alpha", "SAVED", wanted, None, {})
        self.create("Zeta", "PUBLISHED", content("One", frozenset()), "first", {"team": "blue"})

    def ask(self, expected: Callable[[], Any], method: str, **params: Any) -> Any:
        """Ask both about the instance."""
        self.reference.now = self.next_time()
        return self.both(expected, method, **self.instance, **params)

    def a_view(self, data: st.DataObject) -> str:
        """Draw a view by its id or its ARN, now and then one that is gone."""
        there = [name for view in self.reference.views.values() for name in (view.id, view.id, view.arn)]
        return data.draw(st.sampled_from([*there, *there, *self.gone]), label="view")

    # --- views --------------------------------------------------------------------------------------------------------

    @rule(
        name=NAMES,
        status=STATUSES,
        wanted=CONTENTS,
        description=TEXTS,
        tags=st.dictionaries(st.just("team"), st.sampled_from(["blue", ""])),
    )
    def new_view(self, name: str, status: str, wanted: Content, description: str | None, tags: dict[str, str]) -> None:
        self.create(name, status, wanted, description, tags)

    def create(
        self, name: str, status: str, wanted: Content, description: str | None, tags: dict[str, str], token: str = ""
    ) -> Any:
        more: dict[str, Any] = {} if description is None else {"Description": description}
        more |= {"Tags": tags} if tags else {}
        more |= {"ClientToken": token} if token else {}
        params = {"Name": name, "Status": status, "Content": wire(wanted), **more}
        answer = self.ask(lambda: self.reference.check_new(name, status, wanted), "create_view", **params)
        if answer is None:
            return None
        view = answer[1]["View"]
        members = {"name": name, "description": description, "tags": tags}
        self.check(self.reference.add(view["Id"], view["Arn"], status, wanted, **members), view)
        return params, view

    @rule(name=NAMES, token=st.sampled_from(["one", "two"]), again=st.booleans())
    def create_once(self, name: str, token: str, *, again: bool) -> None:
        if token not in self.tokens:
            wanted = content("Once", frozenset())
            made = self.create(name, "PUBLISHED", wanted, None, {}, token)
            if made is not None:
                self.tokens[token] = made
            return
        params, view = self.tokens[token]
        if again:
            # The first answer comes again, whatever has become of the view.
            assert self.call("create_view", **self.instance, **params)["View"] == view
        else:
            self.ask(refuse_reuse, "create_view", **{**params, "Description": "other"})

    @rule(data=st.data(), status=STATUSES, wanted=CONTENTS, qualifier=QUALIFIERS)
    def update_content(self, data: st.DataObject, status: str, wanted: Content, qualifier: str) -> None:
        view = self.a_view(data) + qualifier
        params = {"ViewId": view, "Status": status, "Content": wire(wanted)}
        answer = self.ask(lambda: self.reference.update_content(view, status, wanted), "update_view_content", **params)
        if answer is not None:
            self.check(answer[0], answer[1]["View"])

    @rule(data=st.data(), changes=st.dictionaries(st.sampled_from(["Name", "Description"]), NAMES))
    def update_metadata(self, data: st.DataObject, changes: dict[str, str]) -> None:
        view = self.a_view(data)
        self.ask(lambda: self.reference.update_metadata(view, changes), "update_view_metadata", ViewId=view, **changes)

    @rule(data=st.data(), qualifier=QUALIFIERS)
    def describe(self, data: st.DataObject, qualifier: str) -> None:
        self.compare(self.a_view(data) + qualifier)

    def compare(self, view: str) -> None:
        """Describe a view."""
        answer = self.ask(lambda: self.reference.describe(view), "describe_view", ViewId=view)
        if answer is not None:
            self.check(answer[0], answer[1]["View"])

    @rule(data=st.data(), qualifier=QUALIFIERS)
    def delete(self, data: st.DataObject, qualifier: str) -> None:
        name = self.a_view(data)
        self.ask(lambda: self.reference.delete(name + qualifier), "delete_view", ViewId=name + qualifier)
        self.gone.append(name)

    # --- versions -----------------------------------------------------------------------------------------------------

    @rule(data=st.data(), description=TEXTS, checksum=st.sampled_from([None, None, "right", "wrong"]))
    def create_version(self, data: st.DataObject, description: str | None, checksum: str | None) -> None:
        view = self.a_view(data)
        more: dict[str, Any] = {} if description is None else {"VersionDescription": description}
        if checksum is not None:
            known = [held for held in self.reference.views.values() if view in (held.id, held.arn) and held.latest]
            latest = known[0].latest if known else None
            right = None if latest is None else self.checksums[key(latest[0])]
            more["ViewContentSha256"] = right if checksum == "right" and right is not None else "0" * 64
        right_checksum = more.get("ViewContentSha256") != "0" * 64
        answer = self.ask(
            lambda: self.reference.create_version(view, description, right_checksum=right_checksum),
            "create_view_version",
            ViewId=view,
            **more,
        )
        if answer is not None:
            self.check(answer[0], answer[1]["View"])

    @rule(data=st.data())
    def delete_version(self, data: st.DataObject) -> None:
        view = self.a_view(data)
        there = [
            number for held in self.reference.views.values() if view in (held.id, held.arn) for number in held.versions
        ]
        number = data.draw(st.sampled_from([*there * 3, 1, 2, 3]), label="number")
        self.ask(
            lambda: self.reference.delete_version(view, number), "delete_view_version", ViewId=view, ViewVersion=number
        )

    # --- everything that can be seen ----------------------------------------------------------------------------------

    @invariant()
    def both_list_the_same_views(self) -> None:
        listed = list(self.paged("list_views", "ViewsSummaryList", 2, Type="CUSTOMER_MANAGED"))
        wanted = [(view.id, view.name, view.saved[1], view.description) for view in self.reference.listed()]
        assert [(view["Id"], view["Name"], view["Status"], view.get("Description")) for view in listed] == wanted
        everything = [view["Type"] for view in self.paged("list_views", "ViewsSummaryList", 100)]
        assert everything == ["AWS_MANAGED"] * 5 + ["CUSTOMER_MANAGED"] * len(wanted)

    @invariant()
    def both_show_the_same_of_every_view(self) -> None:
        for view in list(self.reference.views.values()):
            for qualifier in ("", ":$SAVED", *(f":{number}" for number in view.versions)):
                self.compare(view.id + qualifier)
            versions = self.paged("list_view_versions", "ViewVersionSummaryList", 1, ViewId=view.id)
            shown = [(version["Version"], version.get("VersionDescription")) for version in versions]
            assert shown == self.reference.versions(view.id)

    def paged(self, method: str, name: str, size: int, **params: Any) -> Any:
        """Give everything that is listed."""
        return self.pages(method, name, size, "NextToken", "MaxResults", **self.instance, **params)

    def check(self, shown: Shown, given: Any) -> None:
        """Compare a view with what the service shows of it."""
        view, wanted = shown.view, shown.content
        assert (given["Id"], given["Arn"], given["Type"]) == (view.id, view.arn, "CUSTOMER_MANAGED")
        assert (given["Name"], given.get("Description")) == (view.name, view.description)
        assert (given["Status"], given.get("Version")) == (shown.status, shown.version)
        assert given.get("VersionDescription") == shown.version_description
        assert given.get("Tags", {}) == view.tags
        assert (given["CreatedTime"], given["LastModifiedTime"]) == (view.created, view.modified)
        assert given["Content"].get("Template") == wanted.template
        assert tuple(given["Content"]["Actions"]) == wanted.actions
        schema = json.loads(given["Content"]["InputSchema"])
        assert schema["properties"].keys() == wanted.inputs
        self.check_checksum(None if view.latest is None else view.latest[0], given.get("ViewContentSha256"))

    def check_checksum(self, published: Content | None, given: str | None) -> None:
        """See to it that contents share a checksum when, and only when, they are the same."""
        if published is None:
            assert given is None
            return
        assert given is not None
        assert self.checksums.setdefault(key(published), given) == given
        assert len(set(self.checksums.values())) == len(self.checksums)


def refuse_reuse() -> None:
    """A client token does not come again with other parameters."""
    raise Wrong("InvalidRequestException")


def key(wanted: Content) -> tuple[str | None, tuple[str, ...]]:
    """What makes a content the same as another one."""
    return wanted.template, wanted.actions


def wire(wanted: Content) -> dict[str, Any]:
    """Write a content as a request does."""
    template = {} if wanted.template is None else {"Template": wanted.template}
    return {**template, "Actions": list(wanted.actions)}


ViewsMachine.TestCase.settings = settings(
    max_examples=max(10, settings().max_examples // 2), stateful_step_count=20 if settings().max_examples < 100 else 50
)
TestViews = ViewsMachine.TestCase
