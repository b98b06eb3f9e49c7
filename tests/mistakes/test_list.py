"""The list of mistakes can be made as it stands: what it changes is still there, once."""

from __future__ import annotations

from collections import Counter

import pytest

from .seeding import AREAS, ROOT, Mistake, catching, mistakes

MISTAKES = mistakes()


@pytest.mark.parametrize("mistake", [pytest.param(one, id=one.id) for one in MISTAKES])
def test_a_mistake_can_be_made_and_is_python(mistake: Mistake) -> None:
    text = (ROOT / mistake.file).read_text(encoding="utf-8")
    made = mistake.made_in(text)
    assert made != text
    compile(made, mistake.file, "exec")
    assert mistake.what.endswith(".")


def test_no_id_is_there_twice_and_no_two_mistakes_are_the_same() -> None:
    for seen in (Counter(one.id for one in MISTAKES), Counter((one.file, one.old, one.new) for one in MISTAKES)):
        assert [one for one, count in seen.items() if count > 1] == []


def test_the_areas_are_covered_evenly() -> None:
    assert {"decoding", "filters", "retries", "simulator", "values"} <= set(AREAS)
    assert min(Counter(one.area for one in MISTAKES).values()) >= 4
    assert len(MISTAKES) >= 20


@pytest.mark.parametrize("area", AREAS)
def test_the_catching_an_area_are_there(area: str) -> None:
    assert [path for path in catching(area) if not (ROOT / path).exists()] == []
