"""Task templates for tests: good ones, and whatever could be sent, right or wrong."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from connectkit.task_definitions import NameField, TaskField, TaskTemplateDefinition
from connectkit.task_definitions.fields import field_of

from ..simulator.helpers import BOTOCORE_SESSION, has_member

_TYPES = BOTOCORE_SESSION.Session().get_service_model("connect").shape_for("TaskTemplateFieldType").enum
HAS_SELF_ASSIGN = has_member("connect", "CreateTaskTemplateRequest", "SelfAssignFlowId")
HAS_HOOKS = has_member("connect", "CreateTaskTemplateRequest", "ContactHooks")
HAS_EXPIRY = "EXPIRY_DURATION" in _TYPES
"""What the installed botocore has."""

FLOW = "11111111-1111-4111-8111-111111111111"
OTHER_FLOW = "22222222-2222-4222-8222-222222222222"
NOBODY = "00000000-0000-4000-8000-000000000000"

# By type, values that fit and values that don't; for those that aren't here every text fits.
FITTING: dict[str, list[str]] = {
    "NUMBER": ["1", "-2.50", "+.5e3", "007"],
    "BOOLEAN": ["true", "false"],
    "DATE_TIME": ["2030-01-01T12:00:00Z", "2030-01-01T12:00+02:00", "1893456000", "2030-01-01T12:00:00.123456789"],
    "SCHEDULED_TIME": ["2030-01-01T12:00:00-0230", "0"],
    "URL": ["https://example.com/a?b", "mailto://x"],
    "EMAIL": ["a@b", "first.last@example.com"],
    "EXPIRY_DURATION": ["1", "129600", "007"],
    "TEXT": ["x" * 511, " "],
    "TEXT_AREA": ["x" * 4095, "two\nlines"],
    "NAME": ["x" * 1024],
    "QUICK_CONNECT": [FLOW, NOBODY],
}
UNFITTING: dict[str, list[str]] = {
    "NUMBER": ["x", "1e", "٣", "0x10", "nan", " 1"],
    "BOOLEAN": ["yes", "True", "1"],
    "DATE_TIME": ["tomorrow", "2030-02-30T00:00:00Z", "2030-01-01", "9" * 15, "2030-01-01T12:00:00+25:00", "٣"],
    "SCHEDULED_TIME": ["2030-01-01 12:00", "-1", "0001-01-01T00:00:00+14:00"],
    "URL": ["x", "http://[", "//a"],
    "EMAIL": ["x", "@", "a@ b"],
    "EXPIRY_DURATION": ["0", "129601", "-1", "1.5", "9" * 9, "٣"],
    "TEXT": ["x" * 512],
    "TEXT_AREA": ["x" * 4096],
    "NAME": ["x" * 1025],
}
_ONCE = ["DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"]
ONCE = [kind for kind in _ONCE if kind in _TYPES]
OFTEN = ["TEXT", "TEXT_AREA", "NUMBER", "BOOLEAN", "DATE_TIME", "URL", "EMAIL", "SINGLE_SELECT"]

_names = st.text(string.ascii_letters + " é_", min_size=1, max_size=12)
_flags = st.fixed_dictionaries(
    {}, optional={"required": st.booleans(), "read_only": st.booleans(), "description": _names}
)


@st.composite
def _field(draw: st.DrawFn, name: str, type_: str) -> TaskField:
    told: dict[str, Any] = draw(_flags)
    if type_ == "SINGLE_SELECT":
        told["options"] = tuple(draw(st.lists(_names, min_size=1, max_size=4, unique=True)))
    values = list(told["options"]) if type_ == "SINGLE_SELECT" else FITTING.get(type_, ["anything"])
    told["default"] = draw(st.none() | st.sampled_from(values))
    told["invisible"] = draw(st.booleans()) and not (told.get("required") and told["default"] is None)
    if type_ == "NAME":
        told |= {"required": True, "invisible": told["invisible"] and told["default"] is not None}
    return field_of(name, type_, **told)


@st.composite
def definitions(draw: st.DrawFn) -> TaskTemplateDefinition:
    """Valid definitions, with fields of all types and every rule that they can have."""
    types = draw(st.permutations(["NAME", *draw(st.lists(st.sampled_from(ONCE), unique=True))]))
    types = [*types, *draw(st.lists(st.sampled_from(OFTEN), max_size=6))]
    names = draw(st.lists(_names, min_size=len(types), max_size=len(types), unique=True))
    fields = [draw(_field(name, type_)) for name, type_ in zip(names, types, strict=True)]
    flow = st.just(FLOW)
    return TaskTemplateDefinition(
        name=draw(_names),
        fields=fields,
        description=draw(st.none() | _names),
        status=draw(st.sampled_from(["ACTIVE", "INACTIVE"])),
        contact_flow=draw(flow if "QUICK_CONNECT" not in types else st.none() | flow),
        self_assign_flow=draw(st.none() | flow) if HAS_SELF_ASSIGN else None,
        wrap_up_flow=draw(st.none() | flow) if HAS_HOOKS else None,
    )


_some_names = st.sampled_from(["A", "B", "C", "D"])
_identity = st.one_of(
    *[_some_names.map(lambda name: {"Id": {"Name": name}})] * 8,
    st.sampled_from([{"Id": {}}, {"Id": {"Name": ""}}, {"Id": {"Name": "Z"}}]),
)
_any_value = st.sampled_from(
    ["", "x", *(value for pool in (FITTING, UNFITTING) for values in pool.values() for value in values)]
)


@st.composite
def _any_field(draw: st.DrawFn) -> dict[str, Any]:
    field: dict[str, Any] = dict(draw(_identity))
    kind = draw(st.sampled_from(["NAME", *ONCE, *OFTEN, None]))
    if kind is not None:
        field["Type"] = kind
    if draw(st.booleans()) if kind == "SINGLE_SELECT" else draw(st.integers(0, 9)) == 0:
        field["SingleSelectOptions"] = draw(st.lists(st.sampled_from(["x", "y", "", "1"]), max_size=3))
    if draw(st.integers(0, 4)) == 0:
        field["Description"] = draw(st.sampled_from(["hint", "", "x" * 255, "x" * 256]))
    return field


@st.composite
def anything(draw: st.DrawFn) -> dict[str, Any]:
    """Members of CreateTaskTemplate of the right kinds that may be right or wrong in many ways at once."""
    fields = draw(st.lists(_any_field(), max_size=4, unique_by=lambda field: str(field.get("Id"))))
    if draw(st.integers(0, 5)):  # mostly, so that there is something else to be wrong
        fields = [{"Id": {"Name": "T"}, "Type": "NAME"}, *(field for field in fields if field.get("Type") != "NAME")]
    required = draw(st.lists(_identity, max_size=2))
    if draw(st.integers(0, 5)):
        required.append({"Id": {"Name": "T"}})
    defaults = draw(st.lists(st.tuples(_identity, _any_value), max_size=2))
    members: dict[str, Any] = {"Name": draw(st.sampled_from(["Refund", "x" * 100, "x" * 101])), "Fields": fields}
    members["Constraints"] = {
        "RequiredFields": required,
        "InvisibleFields": draw(st.lists(_identity, max_size=2)),
        "ReadOnlyFields": draw(st.lists(_identity, max_size=2)),
    }
    if defaults:
        kinds = {str(field["Id"]): field.get("Type") for field in fields}
        # Any other text is the name of a quick connect here, and the service doesn't know names.
        fitting = {"QUICK_CONNECT": FLOW}
        entries = [
            {**identity, "DefaultValue": fitting.get(str(kinds.get(str(identity["Id"]))), value)}
            for identity, value in defaults
        ]
        members["Defaults"] = {"DefaultFieldValues": entries}
    if draw(st.integers(0, 5)):
        members["ContactFlowId"] = FLOW
    return members


def simple(*fields: TaskField, **told: Any) -> TaskTemplateDefinition:
    """A valid definition with these further fields."""
    members: dict[str, Any] = {"name": "Refund", "contact_flow": FLOW, "fields": [NameField("Task name"), *fields]}
    return TaskTemplateDefinition(**{**members, **told})
