"""The example that provisions a domain: the second run writes nothing, and what it describes is what there is."""

from __future__ import annotations

import ast
import inspect
import runpy
from pathlib import Path
from typing import Any

import pytest

from connectkit import ConnectKit, F, HiddenRule, RequiredRule
from connectkit.simulator import simulate

from ..simulator.helpers import needs_member

EXAMPLE = Path(__file__).parents[2] / "examples" / "provision_domain.py"
MOST_STATEMENTS = 12
pytestmark = needs_member("connectcases", "CaseRuleDetails", "hidden")


@pytest.fixture
def example() -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLE))


def test_it_tells_that_the_second_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    first, second, told = capsys.readouterr().out.splitlines()
    assert first.endswith(
        "calls wrote CreateDomain x1, CreateField x4, BatchPutFieldOptions x3, CreateCaseRule x2, CreateLayout x1, "
        "CreateTemplate x1"
    )
    assert second.endswith("calls wrote nothing")
    assert told == "Returns has 60 products to choose from"


def test_what_it_describes_is_what_there_is(example: dict[str, Any]) -> None:
    with simulate():
        domain = example["provision"](ConnectKit(region_name="us-east-1"))
        fields = {field.name: field for field in domain.fields.list() if field.namespace == "Custom"}
        assert [*fields] == ["Product", "Decision", "Amount", "Story"]
        template = domain.templates.get("Return")
        assert template.required_field_names() == ["Product"]
        assert {rule.field for rule in template.rules} == {fields["Amount"].id}
        decision = F.select(fields["Decision"].id)
        assert [rule.rule for rule in domain.case_rules.get_many(rule.rule for rule in template.rules)] == [
            RequiredRule(when=decision.eq("refund")),
            HiddenRule(when=decision.ne("refund")),
        ]
        layout = domain.layout(template.layout_id or "").refresh()
        assert layout.field_names(layout.top_panel) == ["Product", "Decision", "Amount"]


def test_what_was_changed_by_hand_is_put_right(example: dict[str, Any]) -> None:
    with simulate() as sim:
        domain = example["provision"](ConnectKit(region_name="us-east-1"))
        domain.fields.get("Product").options.deactivate("p-07")
        domain.layouts.get("Return").update(top_panel=["Product"])
        seen = len(sim.requests)
        example["provision"](ConnectKit(region_name="us-east-1"))
        assert example["written"](sim.requests[seen:]) == "BatchPutFieldOptions x1, UpdateLayout x1"


def test_it_says_it_in_a_dozen_lines(example: dict[str, Any]) -> None:
    (function,) = ast.parse(inspect.getsource(example["provision"])).body
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) - 1 <= MOST_STATEMENTS, "the first is its docstring"
