"""The tests catch the likeliest mistakes: each is made in a copy of the package, where a test must fail.

It takes minutes: ``make mistakes``. With ``-rP`` it says which test caught which mistake.
"""

from __future__ import annotations

import pytest

from .seeding import AREAS, Copy, Mistake, catching, mistakes

pytestmark = pytest.mark.mistakes

# A mistake with one of these was made wrongly: any test that comes by fails.
_BADLY_MADE = ("NameError", "ImportError", "SyntaxError")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy for each process that runs these tests."""
    return Copy(tmp_path_factory.mktemp("copy"))


@pytest.mark.parametrize("area", AREAS)
def test_without_a_mistake_the_tests_of_an_area_pass(area: str, copy: Copy) -> None:
    verdict = copy.run(area)
    assert verdict.code == pytest.ExitCode.OK, verdict.output


@pytest.mark.parametrize("mistake", [pytest.param(one, id=one.id) for one in mistakes()])
def test_a_mistake_is_caught(mistake: Mistake, copy: Copy) -> None:
    with copy.having(mistake):
        verdict = copy.run(mistake.area)
    made = f"the mistake {mistake.id!r} in {mistake.file} ({mistake.what})"
    assert verdict.code != pytest.ExitCode.OK, f"{' '.join(catching(mistake.area))} don't catch {made}"
    assert verdict.code == pytest.ExitCode.TESTS_FAILED, f"no test fails for {made}:\n{verdict.output}"
    assert verdict.failed, f"no test fails for {made}:\n{verdict.output}"
    assert not verdict.broken, f"tests don't begin for {made}:\n{verdict.output}"
    assert not any(word in line for line in verdict.failed for word in _BADLY_MADE), f"{made} is badly made"
    print(*verdict.failed)  # noqa: T201 - which test it was
