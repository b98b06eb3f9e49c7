"""Found cases are written as the service model has them, although no dictionary is made of them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, strategies as st

from connectkit.simulator.cases.summaries import encode_summaries
from connectkit.simulator.cases.values import to_wire
from connectkit.simulator.core import encode
from connectkit.simulator.core.model import load_model
from connectkit.simulator.state.cases import Case, Value

from ..helpers import START

OPERATION = load_model("connectcases").operation("SearchCases")

# Half of a surrogate pair is no text, and is refused when it comes in.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(
    TEXTS.map(lambda text: Value("stringValue", text, text)),
    TEXTS.map(lambda text: Value("userArnValue", text, text)),
    NUMBERS.map(lambda number: Value("doubleValue", number, number)),
    st.booleans().map(lambda flag: Value("booleanValue", flag, flag)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case with any values and tags."""
    return Case(
        id=draw(TEXTS),
        arn="arn",
        sequence=1,
        created=START,
        modified=START,
        tags=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
        template_id=draw(TEXTS),
        values=draw(st.dictionaries(TEXTS, VALUES, max_size=4)),
    )


@given(st.lists(cases(), max_size=3), TEXTS, st.data())
def test_they_are_what_the_model_makes_of_them(found: list[Case], other: str, data: st.DataObject) -> None:
    known = sorted({field_id for case in found for field_id in case.values} | {other})
    shown = data.draw(st.lists(st.sampled_from(known), unique=True))
    plain: list[dict[str, Any]] = [
        {
            "caseId": case.id,
            "templateId": case.template_id,
            "fields": [to_wire(field_id, case.values[field_id]) for field_id in shown if field_id in case.values],
            "tags": case.tags,
        }
        for case in found
    ]
    rest = {"totalCount": 7, "nextToken": None}
    response = encode.encode_answer(OPERATION, {"cases": encode_summaries(found, shown), **rest}, request_id="r")
    assert json.loads(response.body) == encode.to_wire(OPERATION.output, {"cases": plain, **rest})
    assert response.headers["Content-Length"] == str(len(response.body))
