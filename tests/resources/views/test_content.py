"""What views show: read from Python, JSON and files in every form, checked, compared."""

from __future__ import annotations

import json
from collections import OrderedDict, UserDict
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from connectkit import Fault, FileError, RequestError, ResponseDecodeError
from connectkit.models import connect
from connectkit.resources.views.content import ContentInput, ViewContent, content_of
from connectkit.resources.views.diff import Change, compare
from connectkit.resources.views.files import ViewSource, look_at, read_source

from .contents import button, refund

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=5)


def wrong_with(template: Any) -> list[Fault]:
    with pytest.raises(RequestError) as caught:
        ViewContent(template)
    assert caught.value.operation == "ViewContent"
    return list(caught.value.faults)


def source_of(given_: ContentInput) -> ViewSource:
    source, faults = look_at(given_)
    assert source is not None
    assert faults == []
    return source


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_template_is_stringified_once_without_spaces_and_in_its_order() -> None:
    template: dict[str, Any] = {"Head": {"Title": "Größe"}, "Body": [], "A": 1}
    text = '{"Head":{"Title":"Größe"},"Body":[],"A":1}'
    for form in (
        template,
        text,
        json.dumps(template, indent=4),
        text.encode(),
        text.encode("utf-16"),
        OrderedDict(template),
    ):
        content = ViewContent(form)
        assert (content.template_text, content.template) == (text, template)
        assert content.to_model() == connect.ViewInputContent(template=text, actions=[])
    assert ViewContent("\ufeff".encode() + text.encode()).template == template


def test_mappings_and_sequences_of_other_kinds_are_taken() -> None:
    template: MappingProxyType[str, Any] = MappingProxyType({"Body": (UserDict({"a": 1}), [])})
    assert ViewContent(template).template == {"Body": [{"a": 1}, []]}


def test_changing_what_was_given_or_what_is_shown_changes_no_content() -> None:
    template = refund()
    content = ViewContent(template)
    template["Body"].clear()
    content.template["Body"].clear()
    assert content == ViewContent(refund())


def test_everything_that_people_are_used_to_and_json_does_not_have_is_named_with_its_place() -> None:
    text = '{ // the head\n  "Head": {"Url": "http://x", },\n  "Body": [1, /* none */ NaN,],\n "n": -Infinity}'
    assert [str(fault) for fault in wrong_with(text)] == [
        "template: line 1, column 3: a comment, which JSON doesn't have: remove it",
        "template: line 2, column 29: a comma after the last item, which JSON doesn't have: remove it",
        "template: line 3, column 15: a comment, which JSON doesn't have: remove it",
        "template: line 3, column 26: NaN, which is no number in JSON; null or a text would be",
        "template: line 3, column 29: a comma after the last item, which JSON doesn't have: remove it",
        "template: line 4, column 7: -Infinity, which is no number in JSON; null or a text would be",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1, column 1: expecting value"),
        ('{"a" 1}', "line 1, column 6: expecting ':' delimiter"),
        ('{"a":\n 1 "b"}', "line 2, column 4: expecting ',' delimiter"),
        ("{'a': 1}", "line 1, column 2: expecting property name enclosed in double quotes"),
        ('{"a": [}', "line 1, column 8: expecting value"),
        ('{"a": "//", "b": }', "line 1, column 18: expecting value"),
        ('{"a": 1, "a": 2}', "the member 'a' is there twice in one object"),
        ('{"a": 1e999}', "the number 1e999 is too large to be read"),
        ('{"a": %s}' % ("9" * 5000), "the number 99999999999999999999… has too many digits to be read"),
        ("[1]", "is a list; a view's template is a JSON object, with Head and Body"),
        ("null", "is null; a view's template is a JSON object, with Head and Body"),
        (json.dumps("{}"), "is a text inside JSON: it was turned into JSON twice, once is done here"),
        ("[" * 200_000, "is nested too deeply to be read"),
    ],
)
def test_what_is_no_template_is_refused(text: str, problem: str) -> None:
    assert [fault.problem for fault in wrong_with(text)] == [problem]


def test_what_json_has_no_form_for_is_refused_with_its_path() -> None:
    template = {
        "Body": [{"n": float("nan"), "ok": (1, None)}, {1: 2, "day": date(2030, 1, 1)}],
        "--x": Decimal(1),
        "Head": {"raw": b"x", "set": {1}},
    }
    assert [str(fault) for fault in wrong_with(template)] == [
        "template.Body[0].n: is nan, which JSON doesn't have",
        "template.Body[1]: has the key 1; JSON has texts for keys",
        "template.Body[1].day: is a date, which JSON has no form for",
        'template["--x"]: is a Decimal, which JSON has no form for',
        "template.Head.raw: is a bytes, which JSON has no form for",
        "template.Head.set: is a set, which JSON has no form for",
    ]
    ring: dict[str, Any] = {}
    ring["Body"] = [ring]
    assert wrong_with(ring) == [Fault("template", "is nested too deeply, or contains itself")]
    (fault,) = wrong_with({"a": 10**5000})
    assert fault.problem.startswith("can't be written as JSON: Exceeds the limit")
    with pytest.raises(TypeError, match="actions is to be a list of names, not the text 'Accept'"):
        ViewContent({}, actions="Accept")


def test_bytes_that_are_no_text_are_refused() -> None:
    assert wrong_with(b'{"a": "\xff"}') == [Fault("template", "byte 7 is not valid utf-8; JSON is UTF-8")]


@given(OBJECTS)
def test_any_json_object_comes_back_as_it_was(template: dict[str, Any]) -> None:
    content = ViewContent(template)
    assert same(content.template, template)
    assert same(ViewContent(content.template_text).template, template)
    assert same(ViewContent(json.dumps(template)).template, template)
    assert content == ViewContent(template)


def same(one: Any, other: Any) -> bool:
    """Equal as JSON texts are: Python takes True for 1 and doesn't look at the order of members."""
    return json.dumps(one) == json.dumps(other)


def test_deep_and_large_documents_come_back() -> None:
    deep: dict[str, Any] = {}
    for _ in range(300):
        deep = {"Content": [deep]}
    document: dict[str, Any] = {
        "Body": deep,
        "big": 2**200,
        "small": 5e-324,
        "half": "\ud83d",
        "nul": "\0",
        "": {"": []},
    }
    content = ViewContent(document)
    assert content.template == document
    assert content.template_text.encode().count(b"\\ud83d") == 1
    assert ViewContent(json.dumps(document)) == content


# --- the forms that people keep ---------------------------------------------------------------------------------------


TEMPLATE = refund()
FORMS: dict[str, Any] = {
    "template": TEMPLATE,
    "envelope": {"name": "Refund", "description": "Ask", "template": TEMPLATE, "actions": ["Accept", "Decline"]},
    "content": {"Template": TEMPLATE, "Actions": ["Decline", "Accept"]},
    "content as it is sent": {"Template": json.dumps(TEMPLATE), "Actions": ["Accept", "Decline"]},
    "DescribeView": {
        "View": {
            "Id": "i",
            "Arn": "arn",
            "Name": "Refund",
            "Status": "PUBLISHED",
            "Type": "CUSTOMER_MANAGED",
            "Description": "Ask",
            "Version": 3,
            "VersionDescription": "third",
            "Content": {"InputSchema": "{}", "Template": json.dumps(TEMPLATE), "Actions": ["Accept", "Decline"]},
            "Tags": {"team": "care"},
            "CreatedTime": "2030-01-01",
            "LastModifiedTime": "2030-01-01",
            "ViewContentSha256": "a",
        },
        "ResponseMetadata": {},
    },
    "CreateView": {
        "InstanceId": "i",
        "Name": "Refund",
        "Status": "SAVED",
        "Content": {"Template": json.dumps(TEMPLATE)},
    },
    "CloudFormation": {
        "Type": "AWS::Connect::View",
        "Properties": {
            "InstanceArn": "arn",
            "Name": "Refund",
            "Template": TEMPLATE,
            "Actions": ["Accept", "Decline"],
            "Tags": [{"Key": "team", "Value": "care"}],
        },
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_a_view_is_read_in_each_form_that_people_keep(form: str, tmp_path: Path) -> None:
    path = tmp_path / "refund.json"
    path.write_text(json.dumps(FORMS[form], indent=2), encoding="utf-8")
    given_: list[ContentInput] = [
        FORMS[form],
        json.dumps(FORMS[form]),
        json.dumps(FORMS[form]).encode(),
        path,
        str(path),
    ]
    for one in given_:
        source = source_of(one)
        assert source.content == ViewContent(TEMPLATE)
        assert source.name == (None if form in ("template", "content", "content as it is sent") else "Refund")
        assert source.description == ("Ask" if form in ("envelope", "DescribeView") else None)
        assert source.tags == ({"team": "care"} if form in ("DescribeView", "CloudFormation") else None)
    assert source_of(path).called == (source_of(path).name or "refund")
    assert source_of(FORMS[form]).called == source_of(FORMS[form]).name


def test_actions_that_are_given_go_before_those_of_an_envelope() -> None:
    source, faults = look_at(FORMS["envelope"], actions=["Accept"])
    assert source is not None
    assert source.content.actions == ("Accept",)
    assert faults == [Fault("actions", "lacks 'Decline', which the template uses")]
    content = ViewContent(TEMPLATE)
    source, _ = look_at(content, actions=["Accept"])
    assert source is not None
    assert (source.content.actions, content.actions) == (("Accept",), ("Accept", "Decline"))


def test_a_template_may_have_members_that_an_envelope_has() -> None:
    odd: dict[str, Any] = {"Body": [], "template": {"a": 1}, "name": "n"}
    assert source_of(odd).content.template == odd
    assert source_of({"template": 3}).content.template == {"template": 3}
    assert source_of({"content": []}).content.template == {"content": []}
    assert source_of(ViewContent({"template": {}})).content.template == {"template": {}}


def test_everything_that_is_wrong_with_an_envelope_is_said(tmp_path: Path) -> None:
    envelope = {
        "nmae": "Refund",
        "description": 3,
        "template": {"Body": [button("a", "A", "Yes"), button("a", "B", "No")]},
        "actions": ["Yes", "Maybe", "Yes"],
        "tags": ["team"],
    }
    path = tmp_path / "refund.json"
    path.write_text(json.dumps(envelope), encoding="utf-8")
    with pytest.raises(FileError) as caught:
        read_source(path, operation="UpdateViewContent")
    assert [str(fault).removeprefix(f"{path}: ") for fault in caught.value.faults] == [
        (
            "nmae: isn't known here; "
            "a view is kept with name, description, template, actions, tags, or as its template alone"
        ),
        "description: is 3; it is to be a text",
        "tags: is ['team']; it is to be an object with a text for each key",
        "template.Body[1]: has the _id 'a', which template.Body[0] has already",
        "actions[2]: is 'Yes', which is there already",
        "actions: lacks 'No', which the template uses",
        "actions[1]: is 'Maybe', which the template doesn't use",
    ]
    assert str(caught.value).startswith("the files can't be used, 7 faults:\n")
    assert look_at({"template": "{", "actions": "Yes"})[1] == [
        Fault("template", "line 1, column 2: expecting property name enclosed in double quotes"),
        Fault("actions", "is 'Yes'; it is to be a list of texts"),
    ]


def test_a_file_that_is_not_there_or_not_json_is_named() -> None:
    with pytest.raises(FileError, match=r"^the files can't be used: no/refund.json: can't be read: No such file"):
        read_source("no/refund.json", operation="UpdateViewContent")
    with pytest.raises(FileError, match=r"the files can't be used: tests: can't be read: "):
        read_source(Path("tests"), operation="UpdateViewContent")
    with pytest.raises(RequestError, match=r"^UpdateViewContent can't be sent: line 1, column 2: expecting property"):
        read_source("{", operation="UpdateViewContent")
    with pytest.raises(TypeError, match="content is a mapping, JSON or the path of a file, not int"):
        look_at(3)  # type: ignore[arg-type]


# --- checks -----------------------------------------------------------------------------------------------------------


def test_actions_that_are_left_out_are_those_that_the_template_uses_in_its_order() -> None:
    body = [button("b", "B", "Later"), {"Content": [{"Action": "Accept"}, {"Action": "$.Chosen"}, {"Action": "Later"}]}]
    content = ViewContent({"Body": body, "Action": "Begin"})
    assert content.actions == ("Later", "Accept", "Begin")
    assert content.faults() == []
    assert ViewContent({"Body": [{"Action": {"Action": 3}, "Actions": ["No"], "MyAction": "No"}]}).actions == ()


def test_declared_actions_are_those_that_are_used_when_it_is_published() -> None:
    content = ViewContent(refund(), actions=["Accept", "Other"])
    assert content.faults() == [
        Fault("actions", "lacks 'Decline', which the template uses"),
        Fault("actions[1]", "is 'Other', which the template doesn't use"),
    ]
    assert content.faults(publish=False) == []
    chosen = ViewContent(refund("Accept", button("c", "C", "$.Chosen")), actions=["Accept", "Decline", "Other"])
    assert chosen.faults() == []  # what is chosen may be Other


def test_no_component_has_the_id_of_another() -> None:
    inner = {"_id": "outer", "Content": [button("accept", "A", "Accept")]}
    content = ViewContent(refund("Accept", inner, {"_id": 3}, {"_id": 3}))
    assert content.faults() == [
        Fault("template.Body[2].Content[0]", "has the _id 'accept', which template.Body[0] has already")
    ]
    assert content.faults(publish=False) == content.faults()


def test_a_content_may_have_400_kb_of_template_and_actions() -> None:
    room = 400_000 - ViewContent({"Body": [""]}, actions=["é"]).size
    fits = ViewContent({"Body": ["x" * room]}, actions=["é"])
    assert (fits.size, fits.faults(publish=False)) == (400_000, [])
    large = ViewContent({"Body": ["x" * room + "y"]}, actions=["é"])
    problem = "has 400,001 bytes; a view's template and actions may have 400,000 together"
    assert large.faults(publish=False) == [Fault("template", problem)]


# --- what the service answers -----------------------------------------------------------------------------------------


def test_an_answer_is_read_whatever_it_lacks() -> None:
    whole = connect.ViewContent(template='{"a":1}', actions=["A"], input_schema='{"type":"object"}')
    content = content_of(whole, operation="DescribeView")
    assert (content.template, content.actions, content.input_schema) == ({"a": 1}, ("A",), {"type": "object"})
    assert content_of(None, operation="DescribeView").template == {}
    assert content_of(connect.ViewContent(), operation="DescribeView").input_schema is None
    twice = connect.ViewContent(template='{"a":1,"a":2}')
    assert content_of(twice, operation="DescribeView").template == {"a": 2}


@pytest.mark.parametrize("template", ["{", "[]", '"{}"', '{"a":NaN}'])
def test_an_answer_that_is_no_template_is_said_to_be_unreadable(template: str) -> None:
    with pytest.raises(
        ResponseDecodeError, match=r"^DescribeView: the answer can't be read: view\.content: "
    ) as caught:
        content_of(connect.ViewContent(template=template), operation="DescribeView")
    assert caught.value.status is None


def test_the_schema_that_was_read_is_not_written_back() -> None:
    content = ViewContent({"Body": []}, input_schema={"type": "object"})
    assert content.to_model().to_wire() == {"Template": '{"Body":[]}', "Actions": []}
    assert content == ViewContent({"Body": []})


def test_a_content_can_be_read_by_people() -> None:
    content = ViewContent({"Body": [{"Action": "Ä"}]})
    assert json.loads(str(content)) == {"template": {"Body": [{"Action": "Ä"}]}, "actions": ["Ä"]}
    assert repr(content) == "<ViewContent: 28 bytes, 1 actions>"
    assert source_of(str(content)).content == content


# --- differences ------------------------------------------------------------------------------------------------------


def test_a_difference_names_the_place_and_both_sides() -> None:
    before, after = ViewContent(refund("Accept")), ViewContent(refund("Yes"))
    assert str(before.diff(after)) == 'Body[0].Props.Label: "Accept" → "Yes"'
    assert before.diff(after)[0] == Change("Body[0].Props.Label", "changed", "Accept", "Yes")
    assert (str(before.diff(before)), bool(before.diff(before)), before.diff(before).summary) == (
        "no difference",
        False,
        "",
    )


def test_components_are_matched_by_their_ids() -> None:
    accept, decline = refund()["Body"]
    later = button("later", "Later", "Later")
    before = ViewContent({"Body": [accept, decline, {"Type": "Text"}], "Head": {"--x": 1, "gone": [1, 2]}})
    after = ViewContent(
        {"Body": [later, decline, {"Type": "Link"}, {**accept, "Props": {"Label": "Yes"}}], "Head": {"--x": 2}}
    )
    assert str(before.diff(after)).splitlines() == [
        'Body: order ["accept", "decline", "#0"] → ["decline", "#0", "accept"]',
        'Body[0]: + {"_id": "later", "Type": "Button", "Props": {"Label": "Late…',
        'Body[2].Type: "Text" → "Link"',
        'Body[3].Props.Label: "Accept" → "Yes"',
        'Body[3].Props.Action: - "Accept"',
        'Head["--x"]: 1 → 2',
        "Head.gone: - [1, 2]",
        'actions: + "Later"',
        'actions: - "Accept"',
    ]
    assert (
        before.diff(after).summary == 'Body: order ["accept", "decline", "#0"] → ["decline", "#0", "accept"] and 8 more'
    )
    assert repr(before.diff(after)) == "<ViewDiff: 9 changes>"


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ({"a": 1}, {"a": True}, True),
        ({"a": 0}, {"a": False}, True),
        ({"a": 1}, {"a": 1.0}, False),
        ({"a": 1}, {"a": "1"}, True),
        ({"a": None}, {}, True),
        ({"a": []}, {"a": {}}, True),
        ({"a": [1, 2]}, {"a": [2, 1]}, True),
        ({"a": [1]}, {"a": [1, 1]}, True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
    ],
)
def test_what_is_the_same_in_json_is_the_same_here(one: dict[str, Any], other: dict[str, Any], *, differ: bool) -> None:
    assert (ViewContent(one) != ViewContent(other)) is differ


def test_the_order_of_actions_is_no_difference_and_ids_that_are_there_twice_are_none_too() -> None:
    assert len({ViewContent({}, actions=["A", "B"]), ViewContent({}, actions=["B", "A"])}) == 1
    twice = {"Body": [button("a", "A", "A"), button("a", "B", "A")]}
    assert ViewContent(twice) == ViewContent(twice)
    assert ViewContent(twice) != object()
    assert ViewContent(twice).diff(ViewContent({"Body": twice["Body"][::-1]})).summary.endswith("and 1 more")


IDS: st.SearchStrategy[Any] = st.sampled_from(["a", "b", "c", 3])
COMPONENT: st.SearchStrategy[Any] = st.fixed_dictionaries({"v": VALUES}, optional={"_id": IDS})
COMPONENTS: st.SearchStrategy[Any] = st.lists(COMPONENT, max_size=6)


@given(COMPONENTS | VALUES, COMPONENTS | VALUES)
def test_two_values_differ_if_and_only_if_there_is_a_change_to_show(one: Any, other: Any) -> None:
    assert not list(compare(one, one))
    assert bool(list(compare(one, other))) == bool(list(compare(other, one))) == (canonical(one) != canonical(other))
    for change in compare(one, other):
        assert str(change)


def canonical(value: Any) -> str:
    """A text that is the same for what is the same in JSON."""

    def plain(inner: Any) -> Any:
        if isinstance(inner, dict):
            return {key: plain(one) for key, one in cast("dict[str, Any]", inner).items()}
        if isinstance(inner, list):
            return [plain(one) for one in cast("list[object]", inner)]
        return int(inner) if isinstance(inner, float) and inner.is_integer() else inner

    return json.dumps(plain(value), sort_keys=True)
