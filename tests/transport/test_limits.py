"""Each kind of value up to its limits and past them, by a small model of the test's own: no boto3 moves its limits."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from typing import Any, cast

import botocore.model
import pytest
from botocore import __version__ as botocore_version

from connectkit._transport.check import Checker

_BOTOCORE: Any = cast("Any", botocore.model)
_MEMBERS = {
    "Plain": {"type": "string"},
    "Name": {"type": "string", "min": 2, "max": 4},
    "Kind": {"type": "string", "enum": ["First", "Second"]},
    "Count": {"type": "integer", "min": 0, "max": 3},
    "Ratio": {"type": "double", "min": -1, "max": 0},
    "Flag": {"type": "boolean"},
    "When": {"type": "timestamp"},
    "Names": {"type": "list", "member": {"shape": "Name"}, "min": 1, "max": 3},
    "Tags": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Kind"}, "min": 1, "max": 2},
    "Choice": {"type": "structure", "union": True, "members": {"A": {"shape": "Name"}, "B": {"shape": "Count"}}},
}
_INPUT = {
    "type": "structure",
    "required": ["Id"],
    "members": {
        "Id": {"shape": "Plain", "location": "uri", "locationName": "id"},
        "Part": {"shape": "Part", "location": "uri", "locationName": "part"},
        **{name: {"shape": name} for name in _MEMBERS},
    },
}
_SHAPES = {"Input": _INPUT, "Part": {"type": "string", "min": 1}, **_MEMBERS}
_CHECK = Checker("connectcases").for_input(_BOTOCORE.ShapeResolver(_SHAPES).get_shape_by_name("Input"))


def faults(**parameters: Any) -> dict[str, str]:
    """What is wrong with some parameters, by path."""
    found = _CHECK({"Id": "x", **parameters})
    assert len(dict(found)) == len(found), "a path is told twice"
    return dict(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("Name", text) for text in ("ab", "abcd")),
        ("Plain", ""),
        ("Kind", "Second"),
        *(("Count", number) for number in (0, 3)),
        *(("Ratio", number) for number in (-1, -1.0, -0.5, 0, 0.0)),
        *(("Flag", flag) for flag in (True, False)),
        ("When", datetime(2026, 1, 1, tzinfo=timezone.utc)),
        *(("Names", names) for names in (["ab"], ["ab"] * 3, ("ab", "cd"))),
        *(("Tags", tags) for tags in ({"ab": "First"}, {"ab": "First", "cd": "First"})),
        *(("Choice", choice) for choice in ({"A": "ab"}, {"B": 0})),
    ],
)
def test_what_just_reaches_a_limit_is_let_through(name: str, value: object) -> None:
    assert faults(**{name: value}) == {}


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("Name", "a", {"name": "has 1 character; 2 is the least"}),
        ("Name", "abcde", {"name": "has 5 characters; 4 is the most"}),
        ("Name", 5, {"name": "must be a string, not int"}),
        ("Name", None, {"name": "must be a string, not None"}),
        ("Kind", "first", {"kind": "'first' is none of 'First', 'Second'; did you mean 'First'?"}),
        ("Count", -1, {"count": "is -1; 0 is the least"}),
        ("Count", 4, {"count": "is 4; 3 is the most"}),
        ("Count", 1.0, {"count": "must be a whole number, not float"}),
        ("Count", True, {"count": "must be a whole number, not bool"}),
        ("Ratio", -1.5, {"ratio": "is -1.5; -1 is the least"}),
        ("Ratio", 0.5, {"ratio": "is 0.5; 0 is the most"}),
        ("Ratio", False, {"ratio": "must be a number, not bool"}),
        *(
            ("Ratio", wrong, {"ratio": f"is {wrong}, which JSON has no way to write"})
            for wrong in (math.nan, -math.inf)
        ),
        ("Flag", 1, {"flag": "must be True or False, not int"}),
        ("When", "2026-01-01", {"when": "must be a datetime, not str"}),
        ("Names", [], {"names": "has 0 items; 1 is the least"}),
        ("Names", ["ab"] * 4, {"names": "has 4 items; 3 is the most"}),
        ("Names", "ab", {"names": "must be a list, not str"}),
        (
            "Names",
            ["ab", "a", None],
            {"names[1]": "has 1 character; 2 is the least", "names[2]": "must be a string, not None"},
        ),
        ("Tags", {}, {"tags": "has 0 entries; 1 is the least"}),
        ("Tags", {"ab": "First", "cd": "First", "ef": "First"}, {"tags": "has 3 entries; 2 is the most"}),
        ("Tags", {"ab": "zz"}, {"tags['ab']": "'zz' is none of 'First', 'Second'"}),
        ("Tags", {"a": "First"}, {"tags['a']": "has 1 character; 2 is the least"}),
        ("Tags", ["ab"], {"tags": "must be a mapping, not list"}),
        ("Choice", {}, {"choice": "exactly one of a, b must be set; none is"}),
        ("Choice", {"A": "ab", "B": 1}, {"choice": "exactly one of a, b must be set; a, b are"}),
        ("Choice", {"B": 4}, {"choice.b": "is 4; 3 is the most"}),
        ("Choice", "ab", {"choice": "must be an object, not str"}),
        ("Ratio", 10**400, {"ratio": f"is {10**400}; 0 is the most"}),
        ("Kind", "z" * 40, {"kind": f"'{'z' * 40}' is none of 'First', 'Second'"}),
        ("Kind", "z" * 41, {"kind": f"'{'z' * 40}…' is none of 'First', 'Second'"}),
        ("Part", "", {"part": "has 0 characters; 1 is the least"}),
        ("Id", "", {"id": "is part of the URL, and can't be empty"}),
    ],
)
def test_what_passes_a_limit_or_is_of_another_kind_is_refused(name: str, value: object, wanted: dict[str, str]) -> None:
    assert faults(**{name: value}) == wanted


def test_a_required_member_is_missed() -> None:
    assert dict(_CHECK({})) == {"id": "is required, and missing"}


def test_a_member_that_nobody_knows_names_the_nearest() -> None:
    (found,) = faults(Nam="ab").items()
    assert found[0] == "['Nam']"
    assert "is not a member of Input in botocore" in found[1]
    assert found[1].endswith("; did you mean name?")
    (problem,) = faults(Zzz="ab").values()
    assert problem.endswith(f"is not a member of Input in botocore {botocore_version}")
