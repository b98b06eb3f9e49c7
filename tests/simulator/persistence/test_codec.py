"""What is written of a record is read as the same record, type by type."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, strategies as st

from connectkit.simulator import Simulator
from connectkit.simulator.persistence.codec import Codec, RecordError
from connectkit.simulator.persistence.records import RECORDS, codec_of
from connectkit.simulator.state.cases import Case, Value
from tests.simulator.helpers import START, DomainFixture

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(
    timezones=st.sampled_from([timezone.utc, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
    # A fixed offset has no hour that comes twice, so the fold means nothing.
).map(lambda moment: moment.replace(fold=0))
SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(),
    float: NUMBERS,
    bool: st.booleans(),
    type(None): st.none(),
    datetime: MOMENTS,
    Any: JSON,
}


def strategy(annotation: Any) -> st.SearchStrategy[Any]:
    """Anything that a member with this annotation may hold."""
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, types.UnionType}:
        return st.one_of([strategy(argument) for argument in arguments])
    if origin is Mapping:
        return st.dictionaries(strategy(arguments[0]), strategy(arguments[1]), max_size=3)
    if origin is Sequence:
        return st.lists(strategy(arguments[0]), max_size=3)
    if origin is tuple:
        fixed = st.tuples(*[strategy(argument) for argument in arguments if argument is not ...])
        return st.lists(strategy(arguments[0]), max_size=3).map(tuple) if arguments[-1] is ... else fixed
    hints = get_type_hints(annotation)
    return st.builds(annotation, **{name: strategy(hint) for name, hint in hints.items()})


def assert_same(one: Any, other: Any) -> None:
    """Compare values and types all the way down, where Python takes 1, 1.0 and True for the same."""
    assert type(one) is type(other)
    if is_dataclass(one):
        for member in fields(one):
            assert_same(getattr(one, member.name), getattr(other, member.name))
    elif isinstance(one, dict):
        assert_same(list(cast("Mapping[Any, Any]", one).items()), list(other.items()))
    elif isinstance(one, (list, tuple)):
        for left, right in zip(cast("Sequence[Any]", one), other, strict=True):
            assert_same(left, right)
    else:
        # Unlike ==, which takes 0.0 and -0.0 for the same.
        assert repr(one) == repr(other)


@pytest.mark.parametrize("kind", RECORDS)
@given(data=st.data())
def test_a_record_of_every_kind_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    record = data.draw(strategy(RECORDS[kind]))
    assert_same(codec_of(kind).read(codec_of(kind).write(record)), record)


def test_every_table_has_records_that_can_be_kept(sim: Simulator, cases: Any) -> None:
    DomainFixture(cases)
    state = vars(sim)["_regions"].region(sim.account_id, sim.region_name)
    assert {table.address.kind for table in state.tables()} == RECORDS.keys()


VALUES = [
    Value("stringValue", "1", "1"),
    Value("doubleValue", 1, 1),
    Value("doubleValue", 1.0, 1.0),
    Value("doubleValue", 1.0, 1),
    Value("doubleValue", -0.0, -0.0),
    Value("doubleValue", 1e308, 1e308),
    Value("doubleValue", 10**30, 10**30),
    Value("booleanValue", True, True),
    Value("booleanValue", True, 1),
    Value("stringValue", True, True),
    Value("userArnValue", "arn", "arn"),
    Value("stringValue", "2030-01-01T12:00:00Z", 1893499200.0),
    Value("stringValue", "", ""),
    Value("stringValue", "é😀\u2028\0", "é😀\u2028\0"),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_told_from_those_that_are_equal_to_it(value: Value) -> None:
    case = Case(id="c", arn="a", sequence=1, created=START, modified=START, template_id="t", values={"f": value})
    assert_same(codec_of("case").read(codec_of("case").write(case)).values["f"], value)


@dataclass(frozen=True)
class Inner:
    word: str


@dataclass(frozen=True)
class Record:
    id: str
    sequence: int
    inner: Inner | None = None
    words: Sequence[str] = ()
    numbered: Mapping[int, Inner] = field(default_factory=dict[int, Inner])
    extra: Any = None
    when: datetime = START
    pair: tuple[str, float] = ("a", 1.0)


CODEC = Codec(Record)


def test_members_that_came_later_have_their_defaults_in_what_is_older() -> None:
    assert CODEC.read('{"id": "r", "sequence": 5}') == Record("r", 5)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"id": "r"}', "this is no Record: sequence is missing"),
        ('{"id": "r", "sequence": 1, "later": 1}', "later is not known to this version"),
        ('{"id": 5, "sequence": 1}', "id is 5"),
        ('{"id": "r", "sequence": true}', "sequence is True"),
        ('{"id": "r", "sequence": 1.0}', "sequence is 1.0"),
        ('{"id": "r", "sequence": 1, "words": "abc"}', "'abc' is no list"),
        ('{"id": "r", "sequence": 1, "words": [1]}', "1 is none of str"),
        ('{"id": "r", "sequence": 1, "inner": {"word": null}}', "word is None"),
        ('{"id": "r", "sequence": 1, "inner": []}', "this is no Record"),
        ('{"id": "r", "sequence": 1, "numbered": {"one": {"word": ""}}}', "this is no Record"),
        ('{"id": "r", "sequence": 1, "when": "noon"}', "this is no Record"),
        ('{"id": "r", "sequence": 1, "when": "2030-01-01T00:00:00"}', "has no time zone"),
        ('{"id": "r", "sequence": 1, "pair": ["a"]}', "this is no Record"),
        ("[]", "this is no Record"),
        ("{", "this is no Record"),
        ("null", "this is no Record"),
    ],
)
def test_what_is_no_record_is_refused(text: str, problem: str) -> None:
    with pytest.raises(RecordError) as caught:
        CODEC.read(text)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    "values",
    [
        '{"f": null}',
        '{"f": ["stringValue", "a"]}',
        '{"f": ["stringValue", "a", null]}',
        '{"f": {}}',
        "[]",
        '{"f": [1, 2, 3]}',
    ],
)
def test_what_is_no_value_is_refused(values: str) -> None:
    case = Case(id="c", arn="a", sequence=1, created=START, modified=START, template_id="t", values={})
    written = json.loads(codec_of("case").write(case))
    with pytest.raises(RecordError, match="this is no Case"):
        codec_of("case").read(json.dumps({**written, "values": json.loads(values)}))


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (Record("r", 1, extra=START), "not JSON serializable"),
        (Record("r", 1, extra={"a": {1, 2}}), "not JSON serializable"),
        (Record("r", 1, extra=float("nan")), "can't be written"),
        (Record("r", 1, when=datetime(2030, 1, 1)), "has no time zone"),  # noqa: DTZ001 - what the test is about
        (Inner("a"), "a Inner is no Record"),
    ],
)
def test_what_json_can_not_hold_is_refused_before_it_is_lost(record: object, problem: str) -> None:
    with pytest.raises(RecordError, match=problem):
        CODEC.write(record)


@dataclass(frozen=True)
class Impossible:
    id: str
    what: complex


def test_a_class_with_members_that_it_does_not_know_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="complex"):
        Codec(Impossible)


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(RecordError, match="no records of the kind nothing"):
        codec_of("nothing")
