"""What the page about setting up a domain shows of errors is what is printed."""

import re
from pathlib import Path

import pytest

from connectkit import ConnectKit
from connectkit.simulator import simulate

from ..simulator.helpers import needs_member

PAGE = (Path(__file__).parents[2] / "docs" / "provisioning.md").read_text(encoding="utf-8")


@needs_member("connectcases", "CaseRuleDetails", "hidden")
def test_the_errors_on_it_are_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with simulate():
        names: dict[str, object] = {}
        for snippet in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
            exec(snippet, names)  # noqa: S102 - our own text
        (domain,) = ConnectKit(region_name="us-east-1").domains.list()
    printed = capsys.readouterr().out.replace(domain.id, "…")
    shown = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(shown) == 3
    for text in shown:
        assert text in printed
