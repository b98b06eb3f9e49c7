"""What can be wrong with a request about views and task templates that fits its model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from .slip import DUPLICATE, NOT_FOUND, PROPERTY, QUOTA, Of, Params, Slip, put
from .wire import INVALID
from .world import USED_TOKEN, Ids, task_template

__all__ = ["slips_of_connect"]

_LARGE: Final = 400_000
_NO_TEMPLATES: Final = (
    "",
    "{",
    "[]",
    "1",
    "null",
    '"x"',
    "{'a': 1}",
    "{} {}",
    '{"a": NaN}',
    '{"a": -Infinity}',
    "\ufeff{}",
    "[" * 100_000,
    '{"a":' * 2000,
)
_ON_WHOLE_VIEWS: Final = (
    "CreateViewVersion",
    "DeleteView",
    "DeleteViewVersion",
    "UpdateViewContent",
    "UpdateViewMetadata",
)


def slips_of_connect() -> Iterator[Slip]:
    """Give them all."""
    yield from _contents()
    yield from _views()
    yield from _task_templates()
    yield from _default_values()


# --- views ------------------------------------------------------------------------------------------------------------


def _content(template: str | None, *actions: str) -> Params:
    return {**({} if template is None else {"Template": template}), "Actions": list(actions)}


_ONE_ACTION: Final = json.dumps({"Body": [{"Action": "Go"}]})


def _contents() -> Iterator[Slip]:
    for operation in ("CreateView", "UpdateViewContent"):
        for template in _NO_TEMPLATES:
            for status in ("SAVED", "PUBLISHED"):
                yield Slip(operation, put(Status=status, Content=_content(template)), "Content.Template")
        for filling in ("x" * (_LARGE + 1 - 8), "é" * (_LARGE // 2 - 3), "x" * 3_000_000):
            yield Slip(operation, put(Content=_content(f'{{"a":"{filling}"}}')), "bytes")
        many = ["a" * 200 + str(number) for number in range(2000)]
        yield Slip(operation, put(Content=_content("{}", *many)), "bytes")
        published = {"Status": "PUBLISHED"}
        yield Slip(operation, put(**published, Content={}), "Template")
        yield Slip(operation, put(**published, Content=_content(None, "Go")), "Template")
        yield Slip(operation, put(**published, Content=_content(_ONE_ACTION)), "lacks Go")
        yield Slip(operation, put(**published, Content=_content("{}", "Go")), "does not use")
        surrogate = _content('{"Action": "\\ud800"}')
        yield Slip(operation, put(**published, Content=surrogate), "lacks \\ud800")


def _views() -> Iterator[Slip]:
    yield Slip("CreateView", put(Name="Greeting"), codes=DUPLICATE)
    yield Slip("CreateView", put(ClientToken=f"{USED_TOKEN} for Greeting"), "ClientToken")
    yield Slip("UpdateViewMetadata", put(Name="Draft"), codes=DUPLICATE)
    for wrong in (" x", "a*", "a\nb", "\x00", "{}", "😀"):
        for operation, member in (
            ("CreateView", "Name"),
            ("CreateView", "Description"),
            ("UpdateViewMetadata", "Name"),
            ("CreateViewVersion", "VersionDescription"),
        ):
            yield Slip(operation, put(**{member: wrong}), member)
    yield Slip("DescribeView", put(ViewId=Of("saved_view")), "published")
    yield Slip("DescribeView", put(ViewId=Of("saved_view", form="{}:$LATEST")), "published")
    for qualifier in ("3", "0", "01x", "-1", "$latest", "$NEXT", "9" * 400, "٣", "1:1", "\x00"):
        yield Slip("DescribeView", put(ViewId=Of("view", form=f"{{}}:{qualifier}")), codes=NOT_FOUND)
    yield Slip("CreateViewVersion", put(ViewId=Of("saved_view")), "published")
    yield Slip("CreateViewVersion", put(ViewContentSha256="0" * 64), "ViewContentSha256")
    yield Slip("DeleteViewVersion", put(ViewVersion=3), codes=NOT_FOUND)
    for number in (0, -1, 2**31 - 1):
        yield Slip("DeleteViewVersion", put(ViewVersion=number), codes=NOT_FOUND | INVALID)
    managed = "arn:aws:connect:us-east-1:aws:view/form"
    for operation in _ON_WHOLE_VIEWS:
        yield Slip(operation, put(ViewId=managed), "AWS")
        yield Slip(operation, put(ViewId=Of("view", form="{}:1")), "whole view")
    for condition in ({}, {"FieldName": "name"}, {"FieldName": "colour", "Value": "x"}, {"Value": "x"}):
        criteria = {"OrConditions": [{"AndConditions": [{"StringCondition": condition}]}]}
        yield Slip("SearchViews", put(SearchCriteria=criteria), "StringCondition")
    yield Slip("UpdateViewMetadata", _metadata_of_nothing, "Name or Description")


def _metadata_of_nothing(params: Params, _: Ids) -> None:
    params.pop("Name", None)
    params.pop("Description", None)


# --- task templates ---------------------------------------------------------------------------------------------------


def _task(codes: frozenset[str] = PROPERTY, without: str = "", **members: Any) -> Iterator[Slip]:
    """Create a task template, or replace one, with other members than those of a valid one or without one of them."""
    definition = {**task_template("new for a slip"), "Status": "ACTIVE", **members}

    def change(params: Params, _: Ids) -> None:
        params.update(definition)
        params.pop(without, None)

    for operation in ("CreateTaskTemplate", "UpdateTaskTemplate"):
        yield Slip(operation, change, codes=codes)


def _named(name: str, kind: str | None = None, **members: Any) -> Params:
    return {"Id": {"Name": name}, **({"Type": kind} if kind else {}), **members}


_WHOLE: Final = task_template("whole")
_ODD_FIELDS: Final[Sequence[Params]] = (
    _named("Title", "TEXT"),
    _named("Another", "NAME"),
    _named("Untyped"),
    {"Id": {}, "Type": "TEXT"},
    _named("Choice", "SINGLE_SELECT"),
    _named("Choice", "SINGLE_SELECT", SingleSelectOptions=[]),
    _named("Choice", "SINGLE_SELECT", SingleSelectOptions=["a", "a"]),
    _named("Choice", "TEXT", SingleSelectOptions=["a"]),
)


def _task_templates() -> Iterator[Slip]:
    yield from _task(without="ContactFlowId")
    yield from _task(without="Constraints")
    yield from _task(Constraints={})
    yield from _task(Fields=[])
    yield from _task(Name="Asleep")
    for field in _ODD_FIELDS:
        yield from _task(Fields=[*_WHOLE["Fields"], field])
    entries: tuple[Params, ...] = ({}, {"Id": {}}, _named("Nothing"))
    for entry in entries:
        required = _WHOLE["Constraints"]["RequiredFields"]
        yield from _task(Constraints={"RequiredFields": [*required, entry]})
        for kind in ("ReadOnlyFields", "InvisibleFields"):
            yield from _task(Constraints={"RequiredFields": required, kind: [entry]})
    many = [_named(f"Field {number}", "TEXT") for number in range(51)]
    yield from _task(QUOTA, Fields=[*_WHOLE["Fields"], *many])
    for member in ("Status", "Name", "Fields"):
        yield Slip("UpdateTaskTemplate", _without(member), codes=PROPERTY)
    yield Slip("CreateTaskTemplate", put(ClientToken=USED_TOKEN), "ClientToken")
    yield Slip("GetTaskTemplate", put(SnapshotVersion="1"), codes=NOT_FOUND)


def _without(member: str) -> Any:
    def change(params: Params, _: Ids) -> None:
        params.pop(member, None)

    return change


_NO_VALUES: Final[Mapping[str, Sequence[str]]] = {
    "NUMBER": ("x", "1e", "٣", "0x10", "NaN", "1" * 4000 + "x"),
    "BOOLEAN": ("yes", "1"),
    "DATE_TIME": ("tomorrow", "2030-02-30T00:00:00Z"),
    "URL": ("x", "http://[", "//a"),
    "EMAIL": ("x", "@", "a@ b"),
    "EXPIRY_DURATION": ("0", "129601", "-1", "1.5", "9" * 4000),
}


def _default_values() -> Iterator[Slip]:
    defaults = _WHOLE["Defaults"]["DefaultFieldValues"]
    for odd in ({}, _named("Nothing"), _named("Size", DefaultValue="XL"), _named("Size", DefaultValue="M")):
        yield from _task(Defaults={"DefaultFieldValues": [*defaults, odd]})
    for kind, values in _NO_VALUES.items():
        for value in values:
            fields = [*_WHOLE["Fields"], _named("Extra", kind)]
            yield from _task(
                Fields=fields, Defaults={"DefaultFieldValues": [*defaults, _named("Extra", DefaultValue=value)]}
            )
