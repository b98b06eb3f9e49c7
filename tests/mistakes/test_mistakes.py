"""The tests catch the likeliest mistakes: each is made in a copy of the package, where a test must fail.

It takes minutes: ``make mistakes``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .seeding import AREAS, Mistake, catching, copy, mistakes, run

pytestmark = pytest.mark.mistakes

# A mistake with one of these was made wrongly: any test that comes by fails.
_BADLY_MADE = ("NameError", "ImportError", "SyntaxError")


@pytest.mark.parametrize("area", AREAS)
def test_without_a_mistake_the_catching_an_area_pass(area: str, tmp_path: Path) -> None:
    verdict = run(copy(tmp_path), catching(area))
    assert verdict.code == pytest.ExitCode.OK, verdict.output


@pytest.mark.parametrize("mistake", [pytest.param(one, id=one.id) for one in mistakes()])
def test_a_mistake_is_caught(mistake: Mistake, tmp_path: Path) -> None:
    file = copy(tmp_path) / mistake.file
    file.write_text(mistake.made_in(file.read_text(encoding="utf-8")), encoding="utf-8")
    verdict = run(tmp_path, mistake.tests)
    made = f"the mistake {mistake.id!r} in {mistake.file} ({mistake.what})"
    assert verdict.code != pytest.ExitCode.OK, f"{' '.join(mistake.tests)} don't catch {made}"
    assert verdict.code == pytest.ExitCode.TESTS_FAILED, f"no test fails for {made}:\n{verdict.output}"
    assert verdict.failed, f"no test fails for {made}:\n{verdict.output}"
    assert not verdict.broken, f"tests don't begin for {made}:\n{verdict.output}"
    assert not any(word in line for line in verdict.failed for word in _BADLY_MADE), f"{made} is badly made"
    print(*verdict.failed)  # noqa: T201 - which test it was, for `pytest -rP`
