"""Values of cases in answers that aren't as they should be: survived, or one clear error."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given, settings, strategies as st

from connectkit import F, NotLoadedError, ResponseDecodeError

from ...transport.standin import REQUEST_ID, Answer, reply
from ...transport.support import Intercepted

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectkit.pagination import Page
    from connectkit.resources.cases.case import LoadedCase

DOMAIN = "3c8a4f6e-0000-4000-8000-000000000000"
CASE = "9f1b2c3d-0000-4000-8000-000000000000"
FIELDS = [F.title, F.number("amount"), F.boolean("urgent"), F.datetime("due"), F.user("owner"), F.summary]
VALUES: list[dict[str, Any]] = [
    {"id": "title", "value": {"stringValue": "Parcel lost"}},
    {"id": "amount", "value": {"doubleValue": 1.5}},
    {"id": "urgent", "value": {"booleanValue": False}},
    {"id": "due", "value": {"stringValue": "2030-01-01T00:00:00.000Z"}},
    {"id": "owner", "value": {"userArnValue": "arn:aws:connect:…"}},
    {"id": "summary", "value": {"emptyValue": {}}},
]
PLAIN = {
    "title": "Parcel lost",
    "amount": 1.5,
    "urgent": False,
    "due": datetime(2030, 1, 1, tzinfo=timezone.utc),
    "owner": "arn:aws:connect:…",
    "summary": None,
}


def a_page(**changes: Any) -> dict[str, Any]:
    """A page with one case, as the service sends it."""
    case = {"caseId": CASE, "templateId": "t", "fields": VALUES, "tags": {"team": "returns"}, **changes}
    return {"cases": [case], "totalCount": 1}


Search: TypeAlias = "Callable[[Answer], Page[LoadedCase]]"


@pytest.fixture(scope="module")
def answered() -> Search:
    """Searches a service that answers like this."""
    intercepted = Intercepted()
    domain = intercepted.kit.domain(DOMAIN)

    def search(answer: Answer) -> Page[LoadedCase]:
        intercepted.answer = lambda _: answer
        return next(domain.cases.search(fields=FIELDS).pages())

    return search


def only(page: Page[LoadedCase]) -> LoadedCase:
    (case,) = page.items
    return case


def test_every_kind_of_value_is_read(answered: Search) -> None:
    case = only(answered(reply(a_page())))
    assert case.to_dict() == PLAIN == dict(case.fields)
    title: str | None = case[F.title]
    amount: float | None = case[F.number("amount")]
    assert (title, amount, case.tags["team"]) == ("Parcel lost", 1.5, "returns")


@pytest.mark.parametrize("member", ["fields", "tags", "templateId"])
@pytest.mark.parametrize("how", ["null", "missing"])
def test_members_of_a_case_may_be_missing_or_null(answered: Search, member: str, how: str) -> None:
    wire = a_page(**{member: None})
    if how == "missing":
        del wire["cases"][0][member]
    case = only(answered(reply(wire)))
    expected: dict[str, Any] = dict.fromkeys(PLAIN) if member == "fields" else PLAIN
    assert case.to_dict() == expected
    assert dict(case.tags) == ({} if member == "tags" else {"team": "returns"})
    assert case.template_id == (None if member == "templateId" else "t")


@pytest.mark.parametrize(
    "wire", [{}, {"cases": None}, {"cases": [], "nextToken": ""}, {"cases": [], "nextToken": None}]
)
def test_a_page_may_hold_nothing(answered: Search, wire: dict[str, Any]) -> None:
    page = answered(reply(wire))
    assert (page.items, page.next_token) == ([], None)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, None),
        ({}, None),
        ({"stringValue": None}, None),
        ({"emptyValue": None}, None),
        ({"futureValue": [1, 2]}, [1, 2]),
        ({"__type": "x", "stringValue": "a"}, "a"),
        ({"stringValue": ""}, ""),
    ],
)
def test_values_that_are_empty_or_of_a_kind_that_nobody_knows_yet_are_read(
    answered: Search, value: object, read: object
) -> None:
    case = only(answered(reply(a_page(fields=[{"id": "title", "value": value}]))))
    assert case[F.title] == read
    assert case[F.summary] is None


def test_a_field_entry_without_a_value_has_none(answered: Search) -> None:
    assert only(answered(reply(a_page(fields=[{"id": "title"}]))))["title"] is None


def test_a_moment_that_cannot_be_understood_stays_a_text(answered: Search) -> None:
    case = only(answered(reply(a_page(fields=[{"id": "due", "value": {"stringValue": "soon"}}]))))
    assert case.fields["due"] == "soon"


def test_a_number_that_cannot_be_understood_stays_what_it_is(answered: Search) -> None:
    case = only(answered(reply(a_page(fields=[{"id": "amount", "value": {"doubleValue": "much"}}]))))
    assert case.fields["amount"] == "much"


def test_a_value_that_nobody_asked_for_is_left_aside(answered: Search) -> None:
    case = only(answered(reply(a_page(fields=[{"id": "status", "value": {"stringValue": "open"}}]))))
    for read in (case.__getitem__, case.fields.__getitem__, case.fields.get):
        with pytest.raises(NotLoadedError):
            read("status")


UNREADABLE: list[tuple[dict[str, Any], str]] = [
    ({"cases": {}}, "cases: it is no list"),
    ({"cases": "many"}, "cases: it is no list"),
    ({"cases": [3]}, "cases[0]: it is no object"),
    ({"cases": [], "nextToken": 7}, "nextToken: it is no text"),
    (a_page(caseId=None), "cases[0].caseId: it is missing"),
    (a_page(caseId=""), "cases[0].caseId: it is missing"),
    (a_page(caseId=3), "cases[0].caseId: it is no text"),
    (a_page(templateId=3), "cases[0].templateId: it is no text"),
    (a_page(tags=["team"]), "cases[0].tags: they are no mapping"),
    (a_page(fields={"title": "x"}), "cases[0].fields: it is no list"),
    (a_page(fields="title"), "cases[0].fields: it is no list"),
    (a_page(fields=[*VALUES, 3]), "cases[0].fields[6]: it is no object"),
    (a_page(fields=[{"value": {}}]), "cases[0].fields[0].id: it is no text"),
    (a_page(fields=[{"id": [], "value": {}}]), "cases[0].fields[0].id: it is no text"),
]


@pytest.mark.parametrize(("wire", "fault"), UNREADABLE, ids=[fault for _, fault in UNREADABLE])
def test_what_cannot_be_read_is_one_error_that_says_where(answered: Search, wire: dict[str, Any], fault: str) -> None:
    with pytest.raises(ResponseDecodeError) as raised:
        answered(reply(wire))
    error = raised.value
    assert (error.operation, error.request_id, error.status, error.attempts) == ("SearchCases", REQUEST_ID, 200, 1)
    assert [str(one) for one in error.faults] == [fault]


@pytest.mark.parametrize("value", ["Parcel lost", 3, ["x"]])
def test_a_value_that_is_none_is_an_error_when_it_is_looked_at(answered: Search, value: object) -> None:
    page = answered(reply(a_page(fields=[{"id": "amount", "value": value}, *VALUES[:1]])))
    case = only(page)
    assert case["title"] == "Parcel lost"
    with pytest.raises(ResponseDecodeError, match="value of field amount: it is no field value") as raised:
        case[F.number("amount")]
    assert (raised.value.operation, raised.value.request_id) == ("SearchCases", REQUEST_ID)


@pytest.mark.parametrize("body", [b"[]", b"3", b"null", b"{", b"\xff"])
def test_an_answer_that_is_no_object_is_an_error(answered: Search, body: bytes) -> None:
    with pytest.raises(ResponseDecodeError):
        answered(Answer(200, body))


def test_reading_one_case_is_as_careful() -> None:
    intercepted = Intercepted()
    case = intercepted.kit.domain(DOMAIN).case(CASE)
    intercepted.answer = lambda _: reply({"fields": VALUES, "templateId": None, "tags": None})
    assert case.refresh(fields=FIELDS).to_dict() == PLAIN
    intercepted.answer = lambda _: reply({})
    assert case.refresh(fields=FIELDS).to_dict() == dict.fromkeys(PLAIN)
    intercepted.answer = lambda _: reply({"fields": [{"id": None}]})
    with pytest.raises(ResponseDecodeError, match=r"GetCase: .*fields\[0\].id: it is no text"):
        case.refresh(fields=FIELDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths to all that is in a JSON value."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    elif isinstance(value, list):
        items = list(enumerate(value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return [found for key, inner in items for found in ((*path, key), *places(inner, (*path, key)))]


PLACES = places(a_page())


@settings(max_examples=300, deadline=None)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_whatever_is_wrong_with_a_page_it_is_read_or_refused(
    answered: Search, changes: list[tuple[tuple[str | int, ...], Any]]
) -> None:
    wire: Any = json.loads(json.dumps(a_page()))
    for path, value in changes:
        inner = wire
        try:
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has taken the place away
    error = None
    try:
        for case in answered(reply(wire)).items:
            assert isinstance(case.id, str)
            assert case.to_dict().keys() == PLAIN.keys()
            assert len(case.tags) >= 0
    except ResponseDecodeError as raised:
        error = raised
    if error is not None:
        assert (error.operation, error.request_id, len(error.faults)) == ("SearchCases", REQUEST_ID, 1)
