"""Writes found cases straight to JSON.

A page may hold 2,500 values. A dictionary or two for each would be most of what a search costs, and would have
Python's garbage collector go through the whole simulated state every few pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from connectkit.simulator.core.encode import EncodedList
from connectkit.simulator.state.cases import Case, Value

__all__ = ["encode_summaries"]

_text = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def encode_summaries(cases: Iterable[Case], shown: Sequence[str]) -> EncodedList:
    """Write the summaries of cases, each with its values of the fields that are ``shown``.

    That without fields no values are shown, and that a field without a value is left out, is inferred.
    """
    openings = [(field_id, f'{{"id":{_text(field_id)},"value":{{"') for field_id in shown]
    return EncodedList("[{}]".format(",".join([_summary(case, openings) for case in cases])))


def _summary(case: Case, openings: Sequence[tuple[str, str]]) -> str:
    value_of = case.values.get
    fields = ",".join(
        [
            f'{opening}{value.member}":{_scalar(value)}}}}}'
            for field_id, opening in openings
            if (value := value_of(field_id)) is not None
        ]
    )
    head = f'"caseId":{_text(case.id)},"templateId":{_text(case.template_id)}'
    return f'{{{head},"fields":[{fields}],"tags":{_text(case.tags)}}}'


def _scalar(value: Value) -> str:
    wire = value.wire
    return _text(wire) if isinstance(wire, str) else repr(wire) if isinstance(wire, float) else _text(wire)
