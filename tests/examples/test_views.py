"""The examples about views do what their pages say."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from connectkit import ConnectKit, LoadedView
from connectkit.resources.views.files import look_at
from connectkit.simulator import simulate

EXAMPLES = Path(__file__).parents[2] / "examples"


def told_by(name: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    return capsys.readouterr().out.splitlines()


def test_a_view_is_published_from_git_and_goes_back(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told_by("publish_view.py", capsys)
    assert lines[:-1] == [
        "created Refund, version 1",
        "unchanged Refund, version 1",
        'updated Refund, version 2: Body[1].Props.Label: "Refund it" → "Yes"',
        'updated Refund, version 3: Body[1].Props.Label: "Yes" → "Refund it"',
        "  3  Back to version 1",
        "  2  Shorter labels",
    ]
    assert lines[-1].startswith(("  1  Commit ", "  1  Not from git"))


def test_going_back_leaves_what_someone_else_publishes_alone(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = runpy.run_path(str(EXAMPLES / "publish_view.py"))
    with simulate() as sim:
        instance = ConnectKit(region_name="us-east-1").instance(sim.add_instance("care"))
        view = instance.views.publish({"Body": ["One"]}, name="Refund").view
        other = view.publish({"Body": ["Two"]}).view

        def read_before(*_: object) -> LoadedView:
            return view  # as it was when the other hadn't published yet

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(instance.views), "get", read_before)
            names["go_back"](instance, "Refund", to=1)
        assert other.refresh().content == other.content
    assert capsys.readouterr().out.startswith("left alone: UpdateViewContent: view ")


def test_a_view_is_copied_between_instances(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told_by("copy_view.py", capsys)
    assert lines[:-1] == [
        "created Refund, version 1",
        'Body[1].Props.Label: "Refund it" → "Yes"',
        'updated Refund, version 2: Body[1].Props.Label: "Refund it" → "Yes"',
        "no difference",
        "unchanged Refund, version 2",
    ]
    assert lines[-1].endswith("'Our form'>")


def test_the_views_that_are_kept_here_have_nothing_wrong_with_them() -> None:
    for path in sorted((EXAMPLES / "views").glob("*.json")):
        _, faults = look_at(path)
        assert faults == []
